package render

import (
	"testing"
	"text/template"
)

func TestCollapseWhitespace(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"indentation", "<b>\n    <i>a</i>\n\t<i>b</i></b>", "<b>\n<i>a</i>\n<i>b</i></b>"},
		{"empty lines", "a\n\n \nb", "a\nb"},
		{"before blocks", "<ul>\n  <li>a</li>\n  <li>b</li>\n</ul>\n<p>c\n<b>d</b></p>", "<ul><li>a</li><li>b</li></ul><p>c\n<b>d</b></p>"},
		{"names that begin alike", "a\n<p-x>\n<link-y>", "a\n<p-x>\n<link-y>"},
		{"verbatim", "<pre>\n  a\n\n  b</pre>", "<pre>\n  a\n\n  b</pre>"},
		{"in branches", "{{if true}}\n  <p>a</p>\n{{else}}\n  b{{end}}", "<p>a</p>\n"},
		{"values stay", "{{\"a\\n  b\"}}\n  c", "a\n  b\nc"},
	} {
		tmpl := template.Must(template.New("").Parse(c.in))
		collapseWhitespace(tmpl.Tree.Root)
		var got captured
		if err := tmpl.Execute(&got, nil); err != nil {
			t.Fatal(err)
		}
		if string(got) != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

type captured []byte

func (c *captured) Write(p []byte) (int, error) { *c = append(*c, p...); return len(p), nil }
