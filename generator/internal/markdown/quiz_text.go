package markdown

import (
	"slices"
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Text is an answer to type. It is written as a task list that readers do not see
// before they answer: what is ticked is accepted, the first of it is the one that is
// shown; the others are typical wrong answers. Feedback is quoted under each.
type Text struct{ Options []Option }

func init() {
	addQuizKind(quizKind{name: "text", read: readText, answers: func(p *parts) int { return p.task }})
}

func readText(r *reading, p *quizParts) Task {
	t := &Text{}
	if p.answer == nil {
		r.noAnswer(p, "write a task list of answers: - [x] for what is accepted, - [ ] for what is often written and wrong")
		return t
	}
	t.Options = r.options(p, "begin it with [x] if it is accepted, with [ ] if it is wrong")
	accepted := false
	seen := map[string]bool{}
	for _, o := range t.Options {
		accepted = accepted || o.Correct
		typed := foldAnswer(o.Plain)
		switch {
		case o.Plain == "": // reported
		case slices.ContainsFunc(o.Text, func(p Part) bool { return p.Link != nil && p.Link.Image }):
			r.errorf(o.Pos, "quiz-answer", "write it as readers would type it", "a picture as an answer to type")
		case typed == "":
			r.errorf(o.Pos, "quiz-answer", "write letters or digits", "nothing of the answer %q is compared", o.Plain)
		case seen[typed]:
			r.errorf(o.Pos, "quiz-answer", "capitals, accents, the width of letters, blanks and a final stop make no difference", "the answer %q stands twice", o.Plain)
		}
		seen[typed] = true
		if !o.Correct && len(o.Feedback) == 0 {
			r.warnf(o.Pos, "quiz-feedback", "quote it under the answer: > Because …; or leave it out, since any other answer is wrong too", "a wrong answer without feedback")
		}
	}
	if !accepted {
		r.errorf(p.Pos, "quiz-answer", "mark it with [x]", "quiz %q accepts no answer", p.ID)
	}
	return t
}

// Key has no number: other languages may have more names for the same.
func (t *Text) Key() string    { return "" }
func (t *Text) Data() string   { return "" }
func (t *Text) Graded() string { return rightOf(0, 0, "") }
func (t *Text) Asked() []Body  { return nil }

func (t *Text) Told() []Body {
	texts, feedback := optionTexts(t.Options)
	return append(texts, feedback...)
}

// foldAnswer leaves out of an answer what makes no difference, as js/quiz/kinds.js does.
func foldAnswer(s string) string {
	s = strings.Map(func(c rune) rune {
		switch {
		case c >= 0x300 && c <= 0x36f: // an accent
			return -1
		case strings.ContainsRune("‘’ʼ", c):
			return '\''
		case strings.ContainsRune("“”„", c):
			return '"'
		case c >= '‐' && c <= '―' || c == '−':
			return '-'
		}
		return c
	}, norm.NFKD.String(s))
	s = strings.Join(strings.Fields(cases.Fold().String(norm.NFC.String(s))), " ")
	return strings.TrimRight(s, " .,;:!?。、")
}

// Find is the place of the option that somebody has typed, -1 for none.
func (t *Text) Find(typed string) int {
	typed = foldAnswer(typed)
	return slices.IndexFunc(t.Options, func(o Option) bool { return typed != "" && foldAnswer(o.Plain) == typed })
}
