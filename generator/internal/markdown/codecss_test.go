package markdown

import (
	"io/fs"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/styles"
	"github.com/google/go-cmp/cmp"

	"playbook/templates"
)

// TestCodeCSS: the theme's colours of code are those of chroma's styles github and
// github-dark. They stand in a file because reading chroma's styles, of which it
// has seventy, would be a part of every start.
func TestCodeCSS(t *testing.T) {
	data, err := fs.ReadFile(templates.FS, "assets/css/code.css")
	if err != nil {
		t.Fatal(err)
	}
	_, got, _ := strings.Cut(string(data), "*/\n")
	if diff := cmp.Diff(codeCSS(), got); diff != "" {
		t.Errorf("(-chroma +theme)\n%s", diff)
	}
}

// codeCSS is the style sheet of highlighted code: a colour for each class, that
// by day and that by night.
func codeCSS() string {
	light, dark := styles.Get("github"), styles.Get("github-dark")
	rules := map[string][]string{} // declarations → classes
	for t, class := range chroma.StandardTypes {
		if class == "" || t < 0 || t == chroma.TextWhitespace {
			continue // of the frame or without ink
		}
		l, d := light.Get(t), dark.Get(t)
		var decl string
		if lc, dc := ink(l.Colour, light), ink(d.Colour, dark); lc != dc || lc != "currentcolor" {
			decl = "color:light-dark(" + lc + "," + dc + ")"
		}
		if lb, db := ground(l.Background, light), ground(d.Background, dark); lb != db || lb != "transparent" {
			decl += ";background:light-dark(" + lb + "," + db + ")"
		}
		if l.Underline == chroma.Yes {
			decl += ";text-decoration:underline"
		}
		if decl = strings.TrimPrefix(decl, ";"); decl != "" {
			rules[decl] = append(rules[decl], "."+class)
		}
	}
	var all []string
	for decl, classes := range rules {
		slices.Sort(classes)
		all = append(all, ".chroma :is("+strings.Join(classes, ",")+"){"+decl+"}\n")
	}
	slices.Sort(all)
	return strings.Join(all, "")
}

// ink is a colour of text; that of the text around it where the style has none
// of its own.
func ink(c chroma.Colour, s *chroma.Style) string {
	if !c.IsSet() || c == s.Get(chroma.Background).Colour {
		return "currentcolor"
	}
	return c.String()
}

// ground is a colour behind text, none where it is that of the whole block.
func ground(c chroma.Colour, s *chroma.Style) string {
	if !c.IsSet() || c == s.Get(chroma.Background).Background {
		return "transparent"
	}
	return c.String()
}
