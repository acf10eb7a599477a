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
		if d := time.Since(start); d > 10*time.Second { // on a busy machine; it is hundredths
			t.Errorf("%s: %v", name, d)
		}
	}
}
