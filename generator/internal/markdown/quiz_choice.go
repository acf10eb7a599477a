package markdown

import (
	"fmt"
	"strconv"
	"strings"
)

// Choice is a task list with one right option or, of the kind multiple, several.
type Choice struct{ Options []Option }

func init() {
	task := func(p *parts) int { return p.task }
	addQuizKind(quizKind{
		name: "choice", rank: 2, read: readChoice, answers: task,
		fits: func(p *parts) bool { return p.task >= 0 && countRight(p.nodes[p.task]) < 2 },
	})
	addQuizKind(quizKind{
		name: "multiple", rank: 2, read: readChoice, answers: task,
		fits: func(p *parts) bool { return p.task >= 0 && countRight(p.nodes[p.task]) > 1 },
	})
}

func readChoice(r *reading, p *quizParts) Task {
	c := &Choice{}
	if p.answer == nil {
		r.noAnswer(p, "write a task list: - [x] for right, - [ ] for wrong")
		return c
	}
	c.Options = r.options(p, "begin it with [x] if it is right, with [ ] if it is wrong")
	for _, o := range c.Options {
		if len(o.Feedback) == 0 {
			r.warnf(o.Pos, "quiz-feedback", "quote it under the option: > Because …", "an option without feedback")
		}
	}
	switch right := len(c.right()); {
	case right == 0:
		r.errorf(p.Pos, "quiz-answer", "mark it with [x]", "quiz %q has no right answer", p.ID)
	case right > 1 && p.Kind == "choice":
		r.errorf(p.Pos, "quiz-answer", "mark one with [x], or write type=multiple", "quiz %q has %d right answers, but its type is choice", p.ID, right)
	case len(c.Options) < 2:
		r.errorf(p.Pos, "quiz-answer", "add a wrong one", "quiz %q has a single option", p.ID)
	}
	return c
}

// right lists the numbers of the right options, from 1.
func (c *Choice) right() []string {
	var all []string
	for i, o := range c.Options {
		if o.Correct {
			all = append(all, strconv.Itoa(i+1))
		}
	}
	return all
}

func (c *Choice) Key() string {
	return fmt.Sprintf(" of %d, right: %s", len(c.Options), strings.Join(c.right(), " "))
}

func (c *Choice) Data() string { return "" }

func (c *Choice) Graded() string {
	right := rightOf(0, 0, "")
	for _, o := range c.Options {
		right += fmt.Sprintf(" %t", o.Correct)
	}
	return right
}

func (c *Choice) Asked() []Body { texts, _ := optionTexts(c.Options); return texts }
func (c *Choice) Told() []Body  { _, told := optionTexts(c.Options); return told }
