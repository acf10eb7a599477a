package markdown

import (
	"slices"
	"strings"
	"testing"
)

func TestGaps(t *testing.T) {
	doc, list := home(t, "## Q <!-- q: g type=gaps points=2 -->\n\nA **problem** makes it *seen*, an **effect | consequence**\nmakes it grow.\n\n> **Ann:** In **2 \\| two** days.\n\n| a | b |\n|--|--|\n| c | **d \\| e** |\n\n**Hint:** **Think.**\n**Why:** So.\n\nMore.\n")
	if len(list) > 0 {
		t.Fatal(report(list))
	}
	q := doc.Quizzes[0]
	if got, want := show(q), "g gaps 2p [] h2 #q Q\nhint: <p><strong>Think.</strong></p>\nwhy: <p>So.</p>\n<p>More.</p>\ngaps of 4, 2 points"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	g := q.Task.(*Gaps)
	want := [][]string{{"problem"}, {"effect", "consequence"}, {"2", "two"}, {"d", "e"}}
	if !slices.EqualFunc(g.Gaps, want, slices.Equal[[]string]) {
		t.Errorf("the gaps are %q", g.Gaps)
	}
	text := flat(g.Text)
	for _, say := range []string{
		`A <span class="quiz-gap quiz-part" data-part="1">(1)<span class="quiz-blank"></span></span> makes it <em>seen</em>`,
		`<b class="speaker">Ann<span class="vh">: </span></b>`, `data-part="4">`,
	} {
		if !strings.Contains(text, say) {
			t.Errorf("%s\nis not in\n%s", say, text)
		}
	}
	// Nothing of the answer is found by a search, and another wording keeps the score.
	doc.Sections(nil, func(s Section) {
		if strings.Contains(string(s.Text), "problem") {
			t.Errorf("a search finds %q", s.Text)
		}
	})
	// Chinese has no blanks around what is bold.
	han, list := parse(t, Options{Language: han}, "---\ntitle: T\n---\n## Q <!-- q: g type=gaps -->\n\n问**难点**，才看得见；问**影响 | 后果**才变大。\n")
	if len(list) > 0 || len(han.Quizzes[0].Task.(*Gaps).Gaps) != 2 {
		t.Errorf("%s\n%q", report(list), han.Quizzes[0].Task.(*Gaps).Gaps)
	}
}

func TestGapsFaults(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"no gap", "Text.\n", "page.md:4:14: quiz \"g\" has no answers\n    write in bold what is to be filled in: An **implication | I** question makes it grow."},
		{"nothing to compare", "a **b | .** c\n", "page.md:6:3: nothing of the gap's answer \".\" is compared\n    write letters or digits, and a stroke between what is accepted: **implication | I**"},
		{"the same twice", "a **Café | CAFE** c\n", "page.md:6:3: the answer \"CAFE\" stands twice\n    capitals, accents, the width of letters, blanks and a final stop make no difference"},
		{"another kind's mark", "a **b** c\n\n**Answer:** 3\n", "page.md:8:1: **Answer:** in a quiz of the type gaps\n    it belongs to a quiz of the type numeric"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, list := home(t, "## Q <!-- q: g type=gaps -->\n\n"+tt.text)
			if got := report(list); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

func TestWrongNumbers(t *testing.T) {
	doc, list := home(t, "## Q <!-- q: n -->\n\n- a list of the question\n\n**Answer:** 4.0 ± 0.2 x\n\n- 3.2 x\n  > You forgot one.\n- 1,000 ± 5\n  > Too *much*.\n\n**Why:** So.\n")
	if len(list) > 0 {
		t.Fatal(report(list))
	}
	q := doc.Quizzes[0]
	var got strings.Builder
	for _, w := range q.Task.(*Numeric).Wrong {
		got.WriteString(w.Text + " " + w.Data() + " " + flat(w.Feedback))
	}
	if want := "3.2 3.2 0 <p>You forgot one.</p>\n1,000 1000 5 <p>Too <em>much</em>.</p>\n"; got.String() != want {
		t.Errorf("got\n%s\nwant\n%s", got.String(), want)
	}
	plain, _ := home(t, "## Q <!-- q: n -->\n\n**Answer:** 4.0 ± 0.2 x\n")
	if q.Key() != "numeric 4 ± 0.2, not 3.2 1000" || q.Mark() != plain.Quizzes[0].Mark() {
		t.Errorf("the key is %q, the marks %s and %s", q.Key(), q.Mark(), plain.Quizzes[0].Mark())
	}
	for text, want := range map[string]string{
		"- about 3\n  > x\n":         "page.md:8:3: a wrong answer: this is no number: \"about 3\"\n    write a number that is often typed and wrong, and quote under it what there is to say",
		"- 4.1\n  > x\n":             "page.md:8:1: the wrong answer 4.1 is right\n    take it out, or narrow the tolerance",
		"- 3 y\n  > x\n":             "page.md:8:1: the wrong answer has the unit \"y\", the answer \"x\"\n    write it in the unit of the answer, or without one",
		"- 3\n  > x\n- 3.0\n  > y\n": "page.md:10:1: the wrong answer 3.0 stands twice\n    leave one of them",
		"- 3\n":                      "page.md:8:1: warning: a wrong answer without feedback\n    quote it under the answer: > You took …; or leave it out, since any other answer is wrong too",
	} {
		_, list := home(t, "## Q <!-- q: n -->\n\n**Answer:** 4.0 ± 0.2 x\n\n"+text)
		if got := report(list); got != want {
			t.Errorf("%q: got\n%s\nwant\n%s", text, got, want)
		}
	}
}

func TestOptionsPinned(t *testing.T) {
	const two = "- [x] a\n  > y\n- [ ] %\n  > n\n"
	for _, tt := range []struct {
		head, option string
		pinned       bool
		want         string
	}{
		{"", "b", false, ""},
		{"", "Take all of these", false, ""},
		{" order=fixed", "b", true, ""},
		{" order=fixed", "All of these", true, ""},
		{"", "All of these, said Ann", true, "page.md:8:1: warning: an option that stands for others, \"All of these, said Ann\": readers do not get the options shuffled\n" +
			"    say what it stands for; or write order=fixed in the heading's comment if it stays last"},
		{" order=random", "b", false, "page.md:4:16: unknown order of a quiz's options \"random\"\n    write order=fixed, or leave it out"},
	} {
		doc, list := home(t, "## Q <!-- q: q"+tt.head+" -->\n\n"+strings.ReplaceAll(two, "%", tt.option))
		if got := report(list); got != tt.want || doc.Quizzes[0].Pinned != tt.pinned {
			t.Errorf("%q %q: pinned: %t, %s", tt.head, tt.option, doc.Quizzes[0].Pinned, got)
		}
	}
	doc, list := home(t, "## Q <!-- q: q -->\n\n- [x] 5 %\n  > y\n- [ ] 10 %\n  > n\n")
	if len(list) > 0 || !doc.Quizzes[0].Pinned {
		t.Error("numbers are shuffled", report(list))
	}
	_, list = home(t, "## Q <!-- q: q order=fixed -->\n\n**Answer:** 4\n")
	if got, want := report(list), "page.md:4:16: a quiz of the type numeric has no options to shuffle\n    take order= out"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
