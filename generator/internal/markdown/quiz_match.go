package markdown

import (
	"fmt"
	"slices"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// Match is a table of two columns, each row a pair.
type Match struct {
	Heads       [2]Body
	Left, Right []Item // partners have the same place
	Shuffled    []Item // the right column as readers get it
}

func init() {
	addQuizKind(quizKind{
		name: "match", rank: 6, read: readMatch,
		fits:    func(p *parts) bool { return p.table >= 0 },
		answers: func(p *parts) int { return p.table },
	})
}

func readMatch(r *reading, p *quizParts) Task {
	m := &Match{}
	if p.answer == nil {
		r.noAnswer(p, "write a table of two columns")
		return m
	}
	right := map[string]bool{}
	for row := p.answer.FirstChild(); row != nil; row = row.NextSibling() {
		var cells [2][]ast.Node
		var texts [2]string
		i := 0
		for c := row.FirstChild(); c != nil && i < 2; c = c.NextSibling() {
			cells[i] = children(c)
			texts[i] = r.plain(cells[i]...)
			i++
		}
		if row.Kind() == east.KindTableHeader {
			m.Heads = [2]Body{r.inlines(cells[0]), r.inlines(cells[1])}
			continue
		}
		for i := range texts {
			if texts[i] == "" && !hasImage(cells[i]) {
				r.errorf(r.pos(row), "quiz-answer", "every row is a pair", "an empty cell in quiz %q", p.ID)
			}
		}
		if texts[1] != "" && right[texts[1]] {
			r.errorf(r.pos(row), "quiz-answer", "readers could not tell which of the two is meant", "%q stands twice in the right column", texts[1])
		}
		right[texts[1]] = true
		place := len(m.Left) + 1
		m.Left = append(m.Left, Item{place, r.inlines(cells[0])})
		m.Right = append(m.Right, Item{place, r.inlines(cells[1])})
	}
	if len(m.Left) < 2 {
		r.errorf(p.Pos, "quiz-answer", "", "quiz %q needs two pairs or more", p.ID)
	}
	m.Shuffled = shuffled(p.ID, m.Right)
	return m
}

func (m *Match) Key() string    { return fmt.Sprintf(" of %d", len(m.Left)) }
func (m *Match) Data() string   { return "" }
func (m *Match) Graded() string { return rightOf(0, len(m.Left), "") }
func (m *Match) Told() []Body   { return m.Heads[:] }

func (m *Match) Asked() (all []Body) {
	for _, it := range m.Left {
		all = append(all, it.Text)
	}
	for _, it := range slices.Backward(m.Right) {
		all = append(all, it.Text)
	}
	return all
}
