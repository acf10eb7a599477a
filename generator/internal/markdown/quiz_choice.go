package markdown

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// Choice is a task list with one right option or, of the kind multiple, several.
type Choice struct{ Options []Option }

func init() {
	task := func(p *parts) int { return p.task }
	addQuizKind(quizKind{
		name: "choice", rank: 2, read: readChoice, answers: task, shuffled: true,
		fits: func(p *parts) bool { return p.task >= 0 && countRight(p.nodes[p.task]) < 2 },
	})
	addQuizKind(quizKind{
		name: "multiple", rank: 2, read: readChoice, answers: task, shuffled: true,
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
	r.pinOptions(p, c)
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

// pinOptions keeps options in the author's order where one of them stands for others
// ("all of these"), or all are numbers.
func (r *reading) pinOptions(p *quizParts, c *Choice) {
	isNumber := func(o Option) bool { return strings.IndexFunc(o.Plain, unicode.IsDigit) == 0 }
	if len(c.Options) > 0 && !slices.ContainsFunc(c.Options, func(o Option) bool { return !isNumber(o) }) {
		p.Pinned = true
		return
	}
	for _, o := range c.Options {
		for phrase := range strings.SplitSeq(r.opt.word("ui.quiz.refers"), "|") {
			phrase = strings.ToLower(strings.TrimSpace(phrase))
			if phrase != "" && !p.fixed && !p.Pinned && strings.HasPrefix(strings.ToLower(o.Plain), phrase) {
				p.Pinned = true
				r.warnf(o.Pos, "quiz-order", "say what it stands for; or write order=fixed in the heading's comment if it stays last",
					"an option that stands for others, %q: readers do not get the options shuffled", o.Plain)
			}
		}
	}
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
