package markdown

import (
	"strings"
	"testing"
)

func TestKit(t *testing.T) {
	doc, list := home(t, "## Q <!-- q: k type=kit minutes=8 -->\n\nFor *all*.\n\n### Helen {#helen}\n\nYou may **pay**.\n\n| a | b |\n|---|---|\n| c | d |\n\n### Who watches\n\nLook:\n\n| Look for | Points |\n|---|---|\n| *Asks* | 2 |\n| A date | 1 |\n")
	if len(list) > 0 {
		t.Fatal(report(list))
	}
	q := doc.Quizzes[0]
	if got, want := show(q), "k kit 0p [] h2 #q Q\nprompt: <p>For <em>all</em>.</p>\nkit of 2 cards, 2: 2, 2: 1"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if q.Minutes != 8 || q.Mark() != "" {
		t.Errorf("%d minutes, the mark is %q", q.Minutes, q.Mark())
	}
	kit := q.Task.(*Kit)
	if kit.Cards[0].ID != "helen" || flat(kit.Cards[0].Title) != "Helen" || !strings.Contains(flat(kit.Cards[0].Text), "<td>d</td>") || kit.Cards[0].Sheet != nil {
		t.Errorf("%+v", kit.Cards[0])
	}
	if sheet := kit.Cards[1].Sheet; len(sheet) != 2 || flat(sheet[0].Text) != "<em>Asks</em>" || sheet[0].Points != 2 || flat(kit.Cards[1].Text) != "<p>Look:</p>\n" {
		t.Errorf("%+v", kit.Cards[1])
	}
	doc.Sections(nil, func(s Section) {
		if strings.Contains(string(s.Text), "pay") {
			t.Errorf("a search finds %q", s.Text)
		}
	})
}

func TestKitFaults(t *testing.T) {
	const cards = "### A\n\nx\n\n### B\n\ny\n"
	for _, tt := range []struct{ head, text, want string }{
		{"type=kit", "### A\n\nx\n", "page.md:4:14: role-play \"k\" needs two cards or more\n    write each as a heading below the question's, with what this person alone knows"},
		{"type=kit", "### A\n\n### B\n\ny\n", "page.md:6:1: an empty card\n    write what this person alone knows"},
		{"type=kit", cards + "\n**Why:** z\n", "page.md:14:1: **Why:** in a role-play for two\n    write it as text of a card, or as a card of its own"},
		{"type=kit points=2", cards, "page.md:4:25: a quiz of the type kit earns no points\n    take points= out"},
		{"type=kit minutes=0", cards, "page.md:4:25: minutes must be a whole number from 1 to 180, not \"0\""},
		{"minutes=5", "**Answer:** 4\n", "page.md:4:16: a quiz of the type numeric has no clock\n    take minutes= out"},
	} {
		_, list := home(t, "## Q <!-- q: k "+tt.head+" -->\n\n"+tt.text)
		if got := report(list); got != tt.want {
			t.Errorf("%s: got\n%s\nwant\n%s", tt.head, got, tt.want)
		}
	}
}
