package markdown

import "testing"

const textQuiz = "### What is it called? <!-- q: t type=text points=2 -->\n\nThe *third* letter.\n\n- [x] Implication\n  > Right.\n- [x] **implication** question\n- [ ] Need-payoff\n  > That is the fourth.\n\n**Why:** It weighs.\n"

func TestTextQuiz(t *testing.T) {
	doc, list := home(t, "## S\n\n"+textQuiz)
	if len(list) > 0 {
		t.Fatal(report(list))
	}
	q := doc.Quizzes[0]
	want := "t text 2p [] h3 #what-is-it-called What is it called?\nprompt: <p>The <em>third</em> letter.</p>\nwhy: <p>It weighs.</p>\ntext, 2 points"
	if got := show(q); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	var got string
	for _, o := range q.Task.(*Text).Options {
		got += map[bool]string{true: "+", false: "-"}[o.Correct] + flat(o.Text) + "|" + o.Plain + "|" + flat(o.Feedback) + "\n"
	}
	if want := "+Implication|Implication|<p>Right.</p>\n\n+<strong>implication</strong> question|implication question|\n-Need-payoff|Need-payoff|<p>That is the fourth.</p>\n\n"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	// Nothing of the answer is found by a search, and another wording keeps the score.
	doc.Sections(nil, func(s Section) {
		if s.ID == q.Anchor && string(s.Text) != "The third letter." {
			t.Errorf("a search finds %q", s.Text)
		}
	})
	other, _ := home(t, "## S\n\n### X <!-- q: t type=text -->\n\n- [x] y\n")
	if a, b := q.Mark(), other.Quizzes[0].Mark(); a == "" || a != b {
		t.Errorf("the marks are %q and %q", a, b)
	}
}

func TestFoldAnswer(t *testing.T) {
	for text, want := range map[string]string{
		"  Der  Käufer. ": "der kaufer", "ＳＰＩＮ！": "spin", "É": "e", "Straße": "strasse", "don’t": "don't", "need–payoff…": "need-payoff",
		"保留点。": "保留点", "１２": "12", "C#": "c#", "…": "", "。": "", "No. 5?!": "no. 5", "ｶﾞ": "ガ", "й": "и",
	} {
		if got := foldAnswer(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}

func TestTextQuizFaults(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"no list", "**Why:** x\n", "page.md:4:14: quiz \"t\" has no answers\n    write a task list of answers: - [x] for what is accepted, - [ ] for what is often written and wrong"},
		{"nothing accepted", "- [ ] a\n  > no\n", "page.md:4:14: quiz \"t\" accepts no answer\n    mark it with [x]"},
		{"the same twice", "- [x] Café\n- [ ] ＣＡＦＥ!\n  > no\n",
			"page.md:7:1: the answer \"ＣＡＦＥ!\" stands twice\n    capitals, accents, the width of letters, blanks and a final stop make no difference"},
		{"nothing to compare", "- [x] a\n- [x] …\n", "page.md:7:1: nothing of the answer \"…\" is compared\n    write letters or digits"},
		{"a picture", "- [x] a\n- [x] ![b](c.png)\n", "page.md:7:1: a picture as an answer to type\n    write it as readers would type it"},
		{"no feedback", "- [x] a\n- [ ] b\n",
			"page.md:7:1: warning: a wrong answer without feedback\n    quote it under the answer: > Because …; or leave it out, since any other answer is wrong too"},
		{"no box", "- [x] a\n- b\n  > no\n", "page.md:7:1: an option without a box\n    begin it with [x] if it is accepted, with [ ] if it is wrong"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, list := home(t, "## Q <!-- q: t type=text -->\n\n"+tt.text)
			if got := report(list); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

func TestTextFind(t *testing.T) {
	text := &Text{Options: []Option{{Plain: "Café crème"}, {Plain: "ＶＩＴＯ"}}}
	for typed, want := range map[string]int{"CAFE  creme.": 0, "vito！": 1, "": -1, "...": -1, "other": -1} {
		if got := text.Find(typed); got != want {
			t.Errorf("%q: %d, want %d", typed, got, want)
		}
	}
}

func TestNumericAccepts(t *testing.T) {
	n := &Numeric{Value: 12000, Tolerance: 10, Unit: "€"}
	for typed, want := range map[string][2]bool{
		"12,000": {true, true}, "12k": {true, true}, "１．２万 €": {true, true}, "12 009.5€": {true, true}, "12.000,00": {true, true},
		"12,0": {false, true}, "12011": {false, true}, "-12000": {false, true}, "twelve": {false, false}, "1,2,3": {false, false}, "": {false, false},
	} {
		if right, number := n.Accepts(typed); right != want[0] || number != want[1] {
			t.Errorf("%q: %t %t, want %v", typed, right, number, want)
		}
	}
}
