package markdown

import (
	"fmt"
	"slices"
)

// Order is a numbered list in the right order.
type Order struct {
	Items    []Item
	Shuffled []Item // as readers get them
}

func init() {
	addQuizKind(quizKind{
		name: "order", rank: 5, read: readOrder,
		fits:    func(p *parts) bool { return p.numbered > p.table },
		answers: func(p *parts) int { return p.numbered },
	})
}

func readOrder(r *reading, p *quizParts) Task {
	o := &Order{}
	if p.answer == nil {
		r.noAnswer(p, "write a numbered list")
		return o
	}
	for i, it := range r.items(p.answer) {
		r.wantText(it, "an entry")
		if len(it.feedback) > 0 {
			r.warnf(it.pos, "quiz-feedback", "say it under **Why:**", "the entries of an order quiz have no feedback of their own")
		}
		o.Items = append(o.Items, Item{Place: i + 1, Text: r.inlines(it.text)})
	}
	if len(o.Items) < 2 {
		r.errorf(p.Pos, "quiz-answer", "", "quiz %q has a single entry: there is nothing to put in order", p.ID)
	}
	o.Shuffled = shuffled(p.ID, o.Items)
	return o
}

func (o *Order) Key() string    { return fmt.Sprintf(" of %d", len(o.Items)) }
func (o *Order) Data() string   { return "" }
func (o *Order) Graded() string { return rightOf(len(o.Items), 0, "") }
func (o *Order) Told() []Body   { return nil }

func (o *Order) Asked() (all []Body) {
	for _, it := range slices.Backward(o.Items) {
		all = append(all, it.Text)
	}
	return all
}
