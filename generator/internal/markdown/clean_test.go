package markdown

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"playbook/generator/internal/source"
)

// The text for machines is the author's, but for what is the author's own business: and
// its links lead to what is published.
func TestClean(t *testing.T) {
	href := func(l *Link) string {
		if dest, ok := strings.CutPrefix(l.Dest, "module:"); ok {
			return "../" + dest + "/index.md"
		}
		if strings.HasPrefix(l.Dest, "http") {
			return l.Dest
		}
		return "to:" + l.Dest
	}
	calculator := func(id string) string { return "[" + id + "](tools)\n\n" }
	for _, c := range []struct{ name, text, want string }{
		{"front matter", "\n\nText.\n", "Text.\n"},
		{"links", "A [link](module:a/b), [two](module:a/b \"T\") and <https://example.org/>, ![pic](<a b.png>).\n", "A [link](../a/b/index.md), [two](../a/b/index.md \"T\") and <https://example.org/>, ![pic](<to:a b.png>).\n"},
		{"links behind other scripts", "价值等式 [链接](module:a/b)，[再来](module:a/c)。\n", "价值等式 [链接](../a/b/index.md)，[再来](../a/c/index.md)。\n"},
		{"by reference", "See [there][x].\n\n[x]: module:a/b\n", "See [there][x].\n\n[x]: ../a/b/index.md\n"},
		{"in HTML", `<p><a href="x.md">x</a></p>` + "\n", `<p><a href="to:x.md">x</a></p>` + "\n"},
		{"code keeps its text", "`[a](module:a/b) <!-- c -->`\n\n```\n[a](module:a/b) <!-- c -->\n```\n\n    <!-- d -->\n", "`[a](module:a/b) <!-- c -->`\n\n```\n[a](module:a/b) <!-- c -->\n```\n\n    <!-- d -->\n"},
		{"comments", "One <!-- ask legal --> two.\n\n<!-- a\nlong one -->\n\nThree.\n", "One two.\n\n\n\nThree.\n"},
		{"a comment in a list", "- One <!-- a -->\n- > Two <!-- b\n  > c --> three\n", "- One\n- > Two three\n"},
		{"a bound number", "It costs [96,000](value:value-equation.problem_total) a year.\n", "It costs 96,000 a year.\n"},
		{"a question", "### Which? <!-- q: x points=2 -->\n\n- [x] A [link](module:a/b)\n- [ ] B\n\n**Why:** Because.\n", "### Which?\n\n- [x] A [link](../a/b/index.md)\n- [ ] B\n\n**Why:** Because.\n"},
		{"a calculator", "Text.\n\n```calculator value-equation\nyears: 2\n```\n", "Text.\n\n[value-equation](tools)\n\n```calculator value-equation\nyears: 2\n```\n"},
	} {
		src := []byte("---\ntitle: T\nimage: x.png\n---\n" + c.text)
		doc, _ := New(Options{}).Parse(&source.File{Path: "a.md", Data: src})
		if diff := cmp.Diff(c.want, string(doc.Clean(nil, src, href, calculator))); diff != "" {
			t.Errorf("%s (-want +got)\n%s", c.name, diff)
		}
	}
}

func FuzzClean(f *testing.F) {
	f.Add("---\ntitle: T\n---\n[a](b) <!-- c -->\n\n[x]: b\n", true)
	f.Add("价[值](value:a.b) <a href=x>\n> <!--\n> -->", false)
	f.Fuzz(func(t *testing.T, text string, guest bool) {
		src := []byte(strings.ToValidUTF8(text, ""))
		doc, _ := New(Options{Guest: guest}).Parse(&source.File{Path: "a.md", Data: src})
		same := doc.Clean(nil, src, func(l *Link) string { return l.Dest }, func(string) string { return "" })
		if len(same) > len(src) {
			t.Errorf("%q becomes longer: %q", src, same)
		}
		doc.Clean(nil, src, func(l *Link) string { return "elsewhere" }, func(string) string { return "link" })
	})
}
