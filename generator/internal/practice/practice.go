// Package practice takes a site's questions out of their pages: to other programs (GIFT,
// Anki), and into a terminal, where Play asks them.
//
// Start with New, which makes of a question of any kind its text without markup. Kinds
// come in three shapes: options to tick or to guess, parts with a choice each, a number.
package practice

import (
	"fmt"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"playbook/generator/internal/markdown"
)

// Question is a question as text. Its texts may have several lines.
type Question struct {
	*markdown.Quiz
	Module                   string // the id of its module
	Title, Prompt, Hint, Why string
	Options                  []Option   // of choice, multiple, text, poll and reflect; of numeric typical wrong answers
	Parts                    []Part     // of match, order, spot and sort
	Choices                  []string   // what each part is asked with
	Gaps                     [][]string // what each gap of the prompt accepts
	Model                    string     // of reflect
	Picture                  bool       // it has a picture, or another thing that is no text
}

// Option is what can be chosen, or typed.
type Option struct {
	Text, Feedback string
	Right          bool
}

// Part is asked with all the choices; any of Accept, places in them, is right.
type Part struct {
	Text, Feedback string
	Accept         []int
	Place          int // from 1, as the page's script counts the parts
}

// New reads a question of a module.
func New(q *markdown.Quiz, module string) *Question {
	out := &Question{Quiz: q, Module: module}
	text := func(b markdown.Body) string {
		s, plain := plainText(b)
		out.Picture = out.Picture || !plain
		return s
	}
	options := func(all []markdown.Option) {
		for _, o := range all {
			out.Options = append(out.Options, Option{text(o.Text), text(o.Feedback), o.Correct})
		}
	}
	out.Title, out.Prompt, out.Hint, out.Why = text(q.Title), text(q.Prompt), text(q.Hint), text(q.Why)
	switch task := q.Task.(type) {
	case *markdown.Choice:
		options(task.Options)
	case *markdown.Text:
		options(task.Options)
	case *markdown.Poll:
		options(task.Options)
	case *markdown.Reflect:
		options(task.Options)
		out.Model = text(task.Model)
	case *markdown.Numeric:
		for _, w := range task.Wrong {
			out.Options = append(out.Options, Option{Text: value(&w.Numeric), Feedback: text(w.Feedback)})
		}
	case *markdown.Gaps:
		out.Prompt, out.Gaps = strings.TrimSpace(out.Prompt+"\n\n"+text(task.Text)), task.Gaps
	case *markdown.Order:
		places := make([]int, len(task.Items)) // an entry's place → its choice
		for i, it := range task.Shuffled {
			out.Choices = append(out.Choices, text(it.Text))
			places[it.Place-1] = i
		}
		for i := range places {
			out.Parts = append(out.Parts, Part{Text: fmt.Sprintf("%d.", i+1), Accept: places[i : i+1], Place: i + 1})
		}
	case *markdown.Match:
		places := make([]int, len(task.Left))
		for i, it := range task.Shuffled {
			out.Choices = append(out.Choices, text(it.Text))
			places[it.Place-1] = i
		}
		for i, it := range task.Left {
			out.Parts = append(out.Parts, Part{Text: text(it.Text), Accept: places[i : i+1], Place: i + 1})
		}
	case *markdown.Sort:
		out.Choices = task.Groups
		for _, it := range task.Shuffled {
			out.Parts = append(out.Parts, Part{text(it.Text), text(it.Feedback), it.Groups, it.Place})
		}
	case *markdown.Spot:
		var lines []string
		for _, t := range task.Turns {
			line := t.Speaker + ": " + text(t.Text)
			if t.N > 0 {
				line = fmt.Sprintf("%d. %s", t.N, line)
				part := Part{Text: line, Feedback: text(t.Feedback), Place: t.N}
				for i, l := range task.Labels {
					for _, a := range t.Accept {
						if a.ID == l.ID {
							part.Accept = append(part.Accept, i)
						}
					}
				}
				out.Parts = append(out.Parts, part)
			}
			lines = append(lines, line)
		}
		out.Prompt = strings.TrimSpace(out.Prompt + "\n\n" + strings.Join(lines, "\n"))
		for _, l := range task.Labels {
			out.Choices = append(out.Choices, l.Text)
		}
	}
	return out
}

// asked is the title and the prompt, and the unit of a number.
func (q *Question) asked() string {
	s := strings.TrimSpace(q.Title + "\n\n" + q.Prompt)
	if n, ok := q.Task.(*markdown.Numeric); ok && n.Unit != "" {
		s += " (" + n.Unit + ")"
	}
	return s
}

// names are the choices that are right for a part.
func (q *Question) names(p Part) string {
	all := make([]string, len(p.Accept))
	for i, c := range p.Accept {
		all[i] = q.Choices[c]
	}
	return strings.Join(all, " / ")
}

// value is the answer to a question for a number, as it is written.
func value(n *markdown.Numeric) string {
	s := n.Text
	if n.Tolerance > 0 {
		s += fmt.Sprintf(" ± %v", n.Tolerance)
	}
	return strings.TrimSpace(s + " " + n.Unit)
}

// Left is a question that was left out, and why.
type Left struct {
	*markdown.Quiz
	Why string
}

// lines are elements that begin a line of their own; apart stand after an empty one.
var (
	lines = map[atom.Atom]bool{atom.Br: true, atom.Li: true, atom.Tr: true, atom.Dt: true, atom.Dd: true, atom.Figcaption: true}
	apart = map[atom.Atom]bool{
		atom.P: true, atom.Ul: true, atom.Ol: true, atom.Div: true, atom.Table: true, atom.Pre: true, atom.Blockquote: true, atom.Dl: true,
		atom.Figure: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true,
	}
)

// plainText is the text of a body; plain says that there is nothing else in it.
func plainText(body markdown.Body) (s string, plain bool) {
	var source strings.Builder
	plain = true
	for _, part := range body {
		source.Write(part.HTML)
		plain = plain && part.Block == nil && (part.Link == nil || !part.Link.Image)
	}
	var b strings.Builder
	pre := 0
	pending := 0 // ends of line before the next word
	blank := false
	write := func(s string) {
		if b.Len() > 0 && pending > 0 {
			b.WriteString(strings.Repeat("\n", pending))
		} else if b.Len() > 0 && blank {
			b.WriteByte(' ')
		}
		pending, blank = 0, false
		b.WriteString(s)
	}
	tokens := html.NewTokenizer(strings.NewReader(source.String()))
	for {
		kind := tokens.Next()
		if kind == html.ErrorToken {
			return b.String(), plain
		}
		t := tokens.Token()
		switch {
		case kind == html.TextToken && pre > 0:
			write(strings.Trim(t.Data, "\n"))
		case kind == html.TextToken:
			words := strings.Join(strings.Fields(t.Data), " ")
			blank = blank || t.Data != strings.TrimLeft(t.Data, " \n\t")
			if words != "" {
				write(words)
				blank = t.Data != strings.TrimRight(t.Data, " \n\t")
			}
		case kind == html.CommentToken:
		case apart[t.DataAtom]:
			pending = max(pending, 2)
		case lines[t.DataAtom]:
			pending = max(pending, 1)
			if kind == html.StartTagToken && t.DataAtom == atom.Li {
				write("- ")
			}
		case t.DataAtom == atom.Td || t.DataAtom == atom.Th:
			blank = true
		case t.DataAtom == atom.Svg || t.DataAtom == atom.Video || t.DataAtom == atom.Math:
			plain = false
		}
		if t.DataAtom == atom.Pre {
			pre += map[html.TokenType]int{html.StartTagToken: 1, html.EndTagToken: -1}[kind]
		}
	}
}
