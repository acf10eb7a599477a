package markdown

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSections(t *testing.T) {
	text := "---\ntitle: T\n---\n" +
		"Before *any* <b>heading</b> &amp; [a link](x.md) ends.\nNext line.\n\n" +
		"## Idea {#idea}\n\n" +
		"> [!FLAG] A mark\n> Said **twice**.\n\n" +
		"> **Rep:** A?\n> **Buyer:** B.\n\n" +
		"| One | Two |\n| --- | --- |\n| 1 | 2 |\n\n" +
		"```calculator value-equation\ncaption: Weigh it\n```\n\n" +
		"```calculator unknown\n```\n\n" +
		"After the calculator, don't split[^1] words.<br>New <svg><text>no</text> no</svg> icon.\n\n<p>Raw</p><p>**text** &amp; more</p>\n\n![Alt](x.png \"Caption\")\n\n" +
		"### Deep <script>\n\n" +
		"`a < b`\n\n" +
		"## Check {#check}\n\n" +
		"### Which? <!-- q: q-1 -->\n\nPrompt.\n\n- [x] Right\n  > Because.\n- [ ] Wrong\n  > No.\n\n**Hint:** Think.\n\n**Why:** So.\n\n" +
		"### In order? <!-- q: q-2 -->\n\n1. First\n2. Second\n\n" +
		"## End\n\nThe end.\n\n[^1]: Note.\n"
	doc, _ := parse(t, Options{}, text)
	type section struct{ ID, Heading, Text string }
	var got []section
	doc.Sections(func(id string) (string, string) {
		if id == "unknown" {
			return "", ""
		}
		return "Title of " + id, "What it does."
	}, func(s Section) { got = append(got, section{s.ID, s.Heading, string(s.Text)}) })
	want := []section{
		{Text: "Before any heading & a link ends. Next line."},
		{"idea", "Idea", "A mark Said twice. Rep: A? Buyer: B. One Two 1 2 After the calculator, don’t split words. New icon. Raw **text** & more Caption"},
		{"value-equation", "Title of value-equation", "What it does. Weigh it"},
		{"deep", "Deep", "a < b"},
		{"check", "Check", ""},
		{"which", "Which?", "Prompt. Right Wrong"},
		{"in-order", "In order?", "Second First"},
		{"end", "End", "The end. Note."},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestNeeds(t *testing.T) {
	for text, want := range map[string]string{
		"text, *emphasis* and `code`\n": "", "```\nx\n```\n": "code copy rare", "    x\n": "code copy rare", "---\n": "rare", "<kbd>F1</kbd>\n": "rare",
		"x[^1]\n\n[^1]: y\n": "rare", "|a|\n|:-:|\n|b|\n": "rare", "|a|\n|-|\n|b|\n": "", "![a](b.png \"c\")\n": "rare", "![a](b.png)\n": "",
		"```path p\nmodules: [a/b]\n```\n": "course", "```calculator c\n```\n": "calculator", good: "quiz",
		strings.Replace(good, "> yes", "> yes\n  >\n  >     code", 1): "code quiz rare",
	} {
		doc, _ := home(t, text)
		if got := strings.Join(doc.Needs, " "); got != want {
			t.Errorf("%q needs %q, want %q", text, got, want)
		}
	}
}
