package markdown

import (
	"strings"

	"github.com/yuin/goldmark/ast"
)

// prepare walks the tree once, makes blocks of the nodes that are some, and collects
// the headings, which get their ids when every other id of the page is known.
func (r *reading) prepare(root ast.Node) {
	var headings []*ast.Heading
	r.walk(root, &headings)
	r.assignIDs(headings)
}

func (r *reading) walk(container ast.Node, headings *[]*ast.Heading) {
	for _, b := range blocks {
		if b.gather != nil {
			b.gather(r, container)
		}
	}
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
		case *ast.RawHTML:
			r.strayComment(n)
		default:
			if c.Type() != ast.TypeBlock {
				break
			}
			if r.looksLikeTable(c) {
				r.errorf(r.pos(c), "table", "write a line of dashes below its first row: |---|---|", "a table without its line of dashes")
			}
			r.walk(c, headings)
		}
		r.makeBlocks(container, c)
		c = next
	}
}

// fence makes a block of a fence that holds one, and reports a fence that was
// probably meant to, and one that does not end.
func (r *reading) fence(container ast.Node, n *ast.FencedCodeBlock) {
	word, arg, at := r.info(n)
	if strings.Trim(word, "{}.") == "mermaid" {
		word = "mermaid"
	}
	if !r.closed(n) {
		r.errorf(r.at(n.Pos()), "block", "write the same fence on a line of its own behind it; until then all that follows is part of it", "a fence that does not end")
		return
	}
	for _, b := range blocks {
		if b.name != word || b.fence == nil {
			continue
		}
		if read := b.fence(r, n, arg, at); read != nil {
			container.ReplaceChild(container, n, &blockNode{block: read})
		}
		return
	}
	if r.opt.Guest && word == "plantuml" {
		r.foreignSign(n.Pos(), "```"+word)
		return
	}
	r.unknownFence(word, arg, at)
}
