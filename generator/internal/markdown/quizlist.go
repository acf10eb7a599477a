package markdown

import (
	"slices"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"playbook/generator/internal/diag"
)

// item is an entry of a list of answers.
type item struct {
	pos      diag.Pos
	offset   int // of its text
	box      *east.TaskCheckBox
	text     []ast.Node
	feedback []ast.Node
}

// items reads a list of answers: each entry is one paragraph, and what is quoted
// under it is its feedback.
func (r *reading) items(list ast.Node) []item {
	var all []item
	for li := list.FirstChild(); li != nil; li = li.NextSibling() {
		it := item{pos: r.at(itemOffset(li)), offset: offsetOf(li)}
		for i, c := range children(li) {
			switch c.Kind() {
			case ast.KindTextBlock, ast.KindParagraph:
				if i > 0 {
					r.errorf(r.pos(c), "quiz", "quote its feedback under it, with >", "an answer is one paragraph")
					continue
				}
				it.offset = offsetOf(c)
				if box, ok := c.FirstChild().(*east.TaskCheckBox); ok {
					it.box = box
					c.RemoveChild(c, box)
				}
				it.text = children(c)
			case ast.KindBlockquote:
				it.feedback = append(it.feedback, children(c)...)
			case kindDialogue, kindCallout:
				it.feedback = append(it.feedback, c)
			default:
				if isInvisible(c) {
					continue
				}
				r.errorf(r.pos(c), "quiz", "quote its feedback under it, with >", "an answer is one paragraph")
			}
		}
		all = append(all, it)
	}
	return all
}

// itemOffset is where an entry of a list begins.
func itemOffset(li ast.Node) int {
	if p := li.Pos(); p >= 0 {
		return p
	}
	return offsetOf(li)
}

func isTaskList(l *ast.List) bool {
	for li := l.FirstChild(); li != nil; li = li.NextSibling() {
		if box(li) != nil {
			return true
		}
	}
	return false
}

// box is the task box of a list's entry, or nil.
func box(li ast.Node) *east.TaskCheckBox {
	if first := li.FirstChild(); first != nil {
		b, _ := first.FirstChild().(*east.TaskCheckBox)
		return b
	}
	return nil
}

func countRight(list ast.Node) int {
	n := 0
	for li := list.FirstChild(); li != nil; li = li.NextSibling() {
		if b := box(li); b != nil && b.IsChecked {
			n++
		}
	}
	return n
}

// Option is an entry of a task list.
type Option struct {
	Pos      diag.Pos
	Text     Body
	Plain    string // the text without markup
	Correct  bool   // ticked
	Feedback Body
}

// options reads a task list; without a box, help says what to write.
func (r *reading) options(p *quizParts, help string) []Option {
	var all []Option
	for _, it := range r.items(p.answer) {
		if it.box == nil {
			r.errorf(it.pos, "quiz", help, "an option without a box")
		}
		r.wantText(it, "an option")
		all = append(all, Option{Pos: it.pos, Correct: it.box != nil && it.box.IsChecked, Plain: r.plain(it.text...), Text: r.inlines(it.text), Feedback: r.blocks(it.feedback)})
	}
	return all
}

// openOptions reads a task list in which nothing may be ticked.
func (r *reading) openOptions(p *quizParts, because string) []Option {
	all := r.options(p, "begin it with [ ]")
	for _, o := range all {
		if o.Correct {
			r.errorf(o.Pos, "quiz-answer", because+": write [ ]", "a ticked option in a quiz of the type %s", p.Kind)
		}
	}
	return all
}

// texts and feedback of options.
func optionTexts(all []Option) (texts, feedback []Body) {
	for _, o := range all {
		texts, feedback = append(texts, o.Text), append(feedback, o.Feedback)
	}
	return texts, feedback
}

// wantText reports an entry that says nothing.
func (r *reading) wantText(it item, what string) {
	if r.plain(it.text...) == "" && !hasImage(it.text) {
		r.errorf(it.pos, "quiz", "", "%s without a text", what)
	}
}

func hasImage(nodes []ast.Node) bool {
	return slices.ContainsFunc(nodes, func(n ast.Node) bool { return n.Kind() == ast.KindImage })
}

func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}
