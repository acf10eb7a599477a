package markdown

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// Gaps is a text with gaps to type into. What is bold in it is a gap, and says what is
// accepted there, the first of it to be shown:
//
//	A small need grows by an **implication question | implication**.
type Gaps struct {
	Text Body
	Gaps [][]string // what each accepts
}

func init() {
	addQuizKind(quizKind{name: "gaps", whole: readGaps})
}

func readGaps(r *reading, p *quizParts, nodes []ast.Node) Task {
	g := &Gaps{}
	r.need("gaps")
	var text []ast.Node
	under := mark("")
	for _, n := range nodes {
		if m, ok := n.(*marked); ok {
			if m.mark != markHint && m.mark != markWhy {
				r.strayMark(p, m)
				continue
			}
			under = m.mark
			n = r.unmarked(m)
		}
		if under == "" {
			text = append(text, n)
		} else {
			p.text[under] = append(p.text[under], n)
		}
	}
	for _, n := range text {
		r.blanks(n, g)
	}
	if len(g.Gaps) == 0 {
		r.noAnswer(p, "write in bold what is to be filled in: An **implication | I** question makes it grow.")
	}
	g.Text = r.blocks(text)
	return g
}

// blanks puts a gap in the place of everything bold.
func (r *reading) blanks(n ast.Node, g *Gaps) {
	for _, c := range children(n) {
		bold, ok := c.(*ast.Emphasis)
		if !ok || bold.Level != 2 {
			r.blanks(c, g)
			continue
		}
		g.Gaps = append(g.Gaps, r.gapAnswers(bold))
		n.ReplaceChild(n, c, &blankNode{n: len(g.Gaps)})
	}
}

func (r *reading) gapAnswers(bold *ast.Emphasis) []string {
	at := r.pos(bold)
	var all, folded []string
	for answer := range strings.SplitSeq(r.plain(bold), "|") {
		answer = strings.TrimSpace(answer)
		typed := foldAnswer(answer)
		switch {
		case typed == "":
			r.errorf(at, "quiz-answer", "write letters or digits, and a stroke between what is accepted: **implication | I**", "nothing of the gap's answer %q is compared", answer)
		case slices.Contains(folded, typed):
			r.errorf(at, "quiz-answer", "capitals, accents, the width of letters, blanks and a final stop make no difference", "the answer %q stands twice", answer)
		}
		all, folded = append(all, answer), append(folded, typed)
	}
	return all
}

// blankNode is a gap, by its number from 1.
type blankNode struct {
	ast.BaseInline
	n int
}

var kindBlank = ast.NewNodeKind("Blank")

func (n *blankNode) Kind() ast.NodeKind            { return kindBlank }
func (n *blankNode) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

func registerBlank(on register) {
	on(kindBlank, leaf(func(e *emitter, n ast.Node) {
		number := strconv.Itoa(n.(*blankNode).n)
		e.WriteString(`<span class="quiz-gap quiz-part" data-part="` + number + `">`)
		e.say("(" + number + ")")
		e.WriteString(`<span class="quiz-blank"></span></span>`)
	}))
}

func (g *Gaps) Key() string    { return fmt.Sprintf(" of %d", len(g.Gaps)) }
func (g *Gaps) Data() string   { return "" }
func (g *Gaps) Graded() string { return rightOf(len(g.Gaps), 0, "") }
func (g *Gaps) Asked() []Body  { return []Body{g.Text} }
func (g *Gaps) Told() []Body   { return nil }

// Accepts tells whether what somebody has typed is right for a gap, from 0.
func (g *Gaps) Accepts(gap int, typed string) bool {
	typed = foldAnswer(typed)
	return slices.ContainsFunc(g.Gaps[gap], func(answer string) bool { return typed != "" && foldAnswer(answer) == typed })
}
