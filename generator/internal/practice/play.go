package practice

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"playbook/generator/internal/markdown"
)

// Player asks questions in a terminal.
type Player struct {
	In  *bufio.Reader
	Out io.Writer
	Say func(key string, args ...any) string // the words of the questions' language
}

// ErrEnded says that the input ended before the last question.
var ErrEnded = errors.New("the input has ended")

// Play asks all questions, once each, and says what was reached. Points are counted as
// the pages do: a question earns its share, rounded down.
func (p *Player) Play(all []*Question) error {
	points, of := 0, 0
	var err error
	for i, q := range all {
		fmt.Fprintf(p.Out, "%s%d/%d  %s\n", map[bool]string{true: "\n"}[i > 0], i+1, len(all), q.Title)
		if q.Prompt != "" {
			fmt.Fprintf(p.Out, "\n%s\n", q.Prompt)
		}
		fmt.Fprintln(p.Out)
		earned := 0
		if earned, err = p.ask(q); err != nil {
			break
		}
		if q.Why != "" {
			fmt.Fprintf(p.Out, "\n%s\n", q.Why)
		}
		points, of = points+earned, of+q.Points
	}
	if of > 0 {
		fmt.Fprintf(p.Out, "\n%s\n", p.Say("ui.quiz.play-points", "points", points, "of", of))
	}
	return err
}

// read asks for a line until good takes it; "?" gives the hint.
func (p *Player) read(q *Question, prompt string, good func(string) bool) error {
	for {
		fmt.Fprintf(p.Out, "%s ", prompt)
		line, err := p.In.ReadString('\n')
		if err != nil && line == "" {
			fmt.Fprintln(p.Out)
			return ErrEnded
		}
		switch line = strings.TrimSpace(line); {
		case (line == "?" || line == "？") && q.Hint != "":
			fmt.Fprintf(p.Out, "%s: %s\n", p.Say("ui.quiz.hint"), q.Hint)
		case line != "" && good(line):
			return nil
		default:
			fmt.Fprintln(p.Out, p.Say("ui.quiz.empty"))
		}
	}
}

// ask asks one question, and tells what there is to say. It returns its points.
func (p *Player) ask(q *Question) (earned int, err error) {
	prompt := p.Say("ui.quiz.answer") + ":"
	switch q.Kind {
	case "choice", "multiple", "poll":
		err = p.list(optionsOf(q))
		var chosen []int
		if err == nil {
			err = p.read(q, prompt, func(s string) (ok bool) {
				chosen, ok = numbersIn(s, len(q.Options))
				return ok && (q.Kind == "multiple" || len(chosen) == 1)
			})
		}
		if err != nil {
			return 0, err
		}
		if q.Kind == "poll" {
			p.say(q.Options[chosen[0]].Feedback)
			return 0, nil
		}
		good, of := 0, 0
		for i, o := range q.Options {
			ticked := slices.Contains(chosen, i)
			if o.Right {
				of++
			}
			if ticked && o.Right {
				good++
			} else if ticked {
				good--
			}
		}
		earned = p.verdict(q, good, of)
		for i, o := range q.Options {
			if o.Right || slices.Contains(chosen, i) {
				p.mark(fmt.Sprintf("%d", i+1), o.Right, o.Text, o.Feedback)
			}
		}
	case "text":
		task, option := q.Task.(*markdown.Text), -1
		err = p.read(q, prompt, func(s string) bool { option = task.Find(s); return true })
		if err != nil {
			return 0, err
		}
		right := option >= 0 && q.Options[option].Right
		earned = p.verdict(q, map[bool]int{true: 1}[right], 1)
		if option >= 0 {
			p.say(q.Options[option].Feedback)
		}
		if !right {
			accepted := q.Options[slices.IndexFunc(q.Options, func(o Option) bool { return o.Right })]
			p.mark("", true, accepted.Text, accepted.Feedback)
		}
	case "numeric":
		task, right := q.Task.(*markdown.Numeric), false
		if task.Unit != "" {
			prompt = fmt.Sprintf("%s (%s):", p.Say("ui.quiz.answer"), task.Unit)
		}
		told := ""
		err = p.read(q, prompt, func(s string) (number bool) {
			right, number = task.Accepts(s)
			for i, w := range task.Wrong {
				w.Unit = task.Unit
				if typical, _ := w.Accepts(s); typical && !right && told == "" {
					told = q.Options[i].Feedback
				}
			}
			return number
		})
		if err != nil {
			return 0, err
		}
		earned = p.verdict(q, map[bool]int{true: 1}[right], 1)
		p.say(told)
		p.say(value(task))
	case "gaps":
		task, good, right := q.Task.(*markdown.Gaps), 0, make([]bool, len(q.Gaps))
		for i := range q.Gaps {
			err = p.read(q, fmt.Sprintf("(%d)", i+1), func(s string) bool { right[i] = task.Accepts(i, s); return true })
			if err != nil {
				return 0, err
			}
			if right[i] {
				good++
			}
		}
		earned = p.verdict(q, good, len(q.Gaps))
		for i, accepted := range q.Gaps {
			p.mark(fmt.Sprintf("(%d)", i+1), right[i], strings.Join(accepted, " / "), "")
		}
	case "match", "order", "spot", "sort":
		if err = p.list(q.Choices); err != nil {
			return 0, err
		}
		good, given := 0, make([]int, len(q.Parts))
		for i, part := range q.Parts {
			err = p.read(q, part.Text+" →", func(s string) bool {
				chosen, ok := numbersIn(s, len(q.Choices))
				if ok && len(chosen) == 1 {
					given[i] = chosen[0]
				}
				return ok && len(chosen) == 1
			})
			if err != nil {
				return 0, err
			}
			if slices.Contains(part.Accept, given[i]) {
				good++
			}
		}
		earned = p.verdict(q, good, len(q.Parts))
		for i, part := range q.Parts {
			p.mark(part.Text, slices.Contains(part.Accept, given[i]), "→ "+q.names(part), part.Feedback)
		}
	case "reflect":
		if err = p.read(q, prompt, func(string) bool { return true }); err != nil {
			return 0, err
		}
		fmt.Fprintf(p.Out, "%s:\n%s\n", p.Say("ui.quiz.model"), q.Model)
		for _, o := range q.Options {
			fmt.Fprintf(p.Out, "  ☐ %s\n", o.Text)
		}
	}
	return earned, nil
}

func optionsOf(q *Question) []string {
	all := make([]string, len(q.Options))
	for i, o := range q.Options {
		all[i] = o.Text
	}
	return all
}

func (p *Player) list(all []string) error {
	for i, text := range all {
		if _, err := fmt.Fprintf(p.Out, "  %d) %s\n", i+1, text); err != nil {
			return err
		}
	}
	return nil
}

// verdict says how many things are right, and returns the points for it.
func (p *Player) verdict(q *Question, good, of int) int {
	if good == of {
		fmt.Fprintf(p.Out, "✓ %s\n", p.Say("ui.quiz.right"))
	} else {
		fmt.Fprintf(p.Out, "✗ %s\n", p.Say("ui.quiz.wrong"))
	}
	return q.Points * max(good, 0) / max(of, 1)
}

// mark tells of one part.
func (p *Player) mark(name string, right bool, text, feedback string) {
	line := []string{map[bool]string{true: "✓", false: "✗"}[right], name, text}
	fmt.Fprintf(p.Out, "  %s\n", strings.Join(slices.DeleteFunc(line, func(s string) bool { return s == "" }), " "))
	p.say(feedback)
}

func (p *Player) say(feedback string) {
	if feedback != "" {
		fmt.Fprintf(p.Out, "    %s\n", strings.ReplaceAll(feedback, "\n", "\n    "))
	}
}

// numbersIn reads "1 3", "1,3" or "１、３": numbers from 1 to n, each once. It returns
// them from 0.
func numbersIn(s string, n int) (all []int, ok bool) {
	s = strings.Map(func(c rune) rune {
		if c >= '０' && c <= '９' {
			return c - '０' + '0'
		}
		return c
	}, s)
	for _, word := range strings.FieldsFunc(s, func(c rune) bool { return strings.ContainsRune(" \t,;，、；", c) }) {
		i, err := strconv.Atoi(word)
		if err != nil || i < 1 || i > n || slices.Contains(all, i-1) {
			return nil, false
		}
		all = append(all, i-1)
	}
	return all, len(all) > 0
}
