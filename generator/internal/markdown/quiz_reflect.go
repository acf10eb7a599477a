package markdown

import "fmt"

// Reflect gives an answer to hold one's own against: **Model:** and, if there is a
// task list, what readers check an own answer for.
type Reflect struct {
	Model   Body
	Options []Option
}

func init() {
	addQuizKind(quizKind{
		name: "reflect", rank: 1, read: readReflect, open: true, texts: []mark{markModel},
		fits:    func(p *parts) bool { return p.has(markModel) },
		answers: func(p *parts) int { return p.task },
	})
}

func readReflect(r *reading, p *quizParts) Task {
	if len(p.text[markModel]) == 0 {
		r.errorf(p.Pos, "quiz-answer", "write **Model:** and an answer that readers can hold theirs against", "quiz %q has no model answer", p.ID)
	}
	q := &Reflect{Model: r.blocks(p.text[markModel])}
	if p.answer != nil {
		q.Options = r.openOptions(p, "readers tick what their answer has")
	}
	return q
}

func (q *Reflect) Key() string    { return fmt.Sprintf(" of %d", len(q.Options)) }
func (q *Reflect) Data() string   { return "" }
func (q *Reflect) Graded() string { return "" }
func (q *Reflect) Asked() []Body  { texts, _ := optionTexts(q.Options); return texts }
func (q *Reflect) Told() []Body   { return []Body{q.Model} }
