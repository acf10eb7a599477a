package markdown

import (
	"github.com/yuin/goldmark/ast"

	"playbook/generator/internal/diag"
)

// prepare walks the tree once, outside in: it makes blocks of fences and
// callouts and dialogues of quotes, and collects the headings, which get their
// ids when every other id of the page is known.
func (r *reading) prepare(root ast.Node) {
	var headings []*ast.Heading
	r.walk(root, &headings)
	r.identify(headings)
}

func (r *reading) walk(container ast.Node, headings *[]*ast.Heading) {
	for c := container.FirstChild(); c != nil; {
		next := c.NextSibling()
		switch n := c.(type) {
		case *ast.Heading:
			*headings = append(*headings, n)
			r.quizComment(n, container)
		case *ast.FencedCodeBlock:
			r.fence(container, n)
		case *ast.HTMLBlock:
			r.strayComment(n)
		case *ast.Paragraph, *ast.TextBlock:
			if r.looksLikeTable(n) {
				r.errorf(r.pos(n), "table", "write a line of dashes below its first row: |---|---|", "a table without its line of dashes")
			}
			r.walk(n, headings)
			r.picture(container, n)
		case *ast.Blockquote:
			r.walk(n, headings)
			r.quote(container, n)
		default:
			if c.Type() == ast.TypeBlock {
				r.walk(c, headings)
			} else if raw, ok := c.(*ast.RawHTML); ok {
				r.strayComment(raw)
			}
		}
		c = next
	}
}

// quote makes a callout or a dialogue of a quotation that is one.
func (r *reading) quote(container ast.Node, q *ast.Blockquote) {
	if title, ok := q.FirstChild().(*calloutTitle); ok {
		r.callout(container, q, title)
		return
	}
	r.dialogues(q)
	// Nothing but a dialogue: it is no quotation.
	if first := q.FirstChild(); first != nil && first == q.LastChild() && first.Kind() == kindDialogue {
		container.ReplaceChild(container, q, first)
	}
}

// fences are the blocks that are written between fences, by the word behind the
// opening one.
var fences = map[string]func(r *reading, n *ast.FencedCodeBlock, arg string, at [2]diag.Pos) Block{
	"calculator": (*reading).calculator,
	"figure":     (*reading).figure,
	"path":       (*reading).path,
}

// fence makes a block of a fence that holds one, and reports a fence that was
// probably meant to, and one that does not end.
func (r *reading) fence(container ast.Node, n *ast.FencedCodeBlock) {
	word, arg, at := r.info(n)
	if !r.closed(n) {
		r.errorf(r.at(n.Pos()), "block", "write the same fence on a line of its own behind it; until then all that follows is part of it", "a fence that does not end")
		return
	}
	read := fences[word]
	if read == nil {
		r.misspeltFence(word, arg, at)
		return
	}
	if block := read(r, n, arg, at); block != nil {
		container.ReplaceChild(container, n, &blockNode{block: block})
	}
}
