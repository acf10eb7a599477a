package markdown

import (
	"strings"
	"testing"
	"time"
)

// TestBadInputStaysCheap: what nests or repeats without end is read in time that
// grows with its length, more or less.
func TestBadInputStaysCheap(t *testing.T) {
	const n = 5000
	for name, text := range map[string]string{
		"quotations":               strings.Repeat(">", n),
		"brackets":                 strings.Repeat("[", n),
		"links":                    strings.Repeat("[a](b.md)", n),
		"stars":                    strings.Repeat("*a", n),
		"closing stars":            strings.Repeat("a* _b ", 8*n),
		"a long line":              strings.Repeat("word \"a\" ", 12*n),
		"open tags of others":      strings.Repeat("{% hint ", 4*n),
		"open comments":            strings.Repeat("{# a ", 4*n),
		"open containers":          strings.Repeat("{% hint %}\n", n),
		"nested containers":        strings.Repeat("::: tip\n", n) + strings.Repeat(":::\n", n),
		"open components":          strings.Repeat("<Foo a=\"b\">\n", n),
		"admonitions":              strings.Repeat("!!! note\n", n),
		"open wiki links":          strings.Repeat("[[a", n),
		"bold Han":                 strings.Repeat("**真，**她", n),
		"tags":                     strings.Repeat("<a ", n),
		"open tags":                strings.Repeat("<b>", n),
		"block tags":               strings.Repeat("<div>\n", n),
		"comments":                 strings.Repeat("<!--", n),
		"rows":                     "|a|b|\n|-|-|\n" + strings.Repeat("|1|2|\n", n),
		"headings":                 strings.Repeat("## a\n", n),
		"options":                  "## Q <!-- q: q -->\n\n" + strings.Repeat("- [x] a\n  > b\n", n),
		"callouts":                 strings.Repeat("> [!NOTE]\n\n", n),
		"templates":                strings.Repeat("<!-- template: a -->\n{{x}}\n<!-- /template -->\n\n", n),
		"places to fill in":        "<!-- template: a -->\n" + strings.Repeat("{{", n) + "\n<!-- /template -->\n",
		"tasks":                    strings.Repeat("- [ ] a <!-- task: day=3 -->\n\n", n),
		"turns":                    strings.Repeat("> **A:** b\n", n),
		"front matter":             "---\n" + strings.Repeat("a: b\n", n) + "---\n",
		"brackets in front matter": "---\na: " + strings.Repeat("[", n) + "\n---\n",
	} {
		start := time.Now()
		parse(t, Options{Guest: true}, text)
		t.Logf("%s: %v", name, time.Since(start))
		if d := time.Since(start); d > 10*time.Second { // on a busy machine; it is hundredths
			t.Errorf("%s: %v", name, d)
		}
	}
}

// TestManySignsOfEmphasis: those beyond the bound are text, and told once; the next
// paragraph has its own.
func TestManySignsOfEmphasis(t *testing.T) {
	doc, diags := parse(t, Options{Guest: true}, strings.Repeat("a* _b ", mostRuns)+"end\n\n**bold** more\n")
	var html strings.Builder
	for _, p := range doc.Body {
		html.Write(p.HTML)
	}
	if len(diags) != 1 || diags[0].Rule != "size" || diags[0].Pos.Line != 1 {
		t.Errorf("reported %v, want one fault of the rule size in line 1", diags)
	}
	if !strings.Contains(html.String(), "_b end</p>") || !strings.Contains(html.String(), "<strong>bold</strong> more") {
		t.Errorf("text is lost, or the next paragraph is not read: …%s", html.String()[html.Len()-100:])
	}
}
