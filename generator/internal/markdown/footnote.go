package markdown

import (
	"strconv"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// Footnotes: numbered in the order of their first mention, collected at the end
// of the page. A note that is mentioned several times has as many ways back.

func footnoteRef(index, ref int) string {
	id := "fnref-" + strconv.Itoa(index)
	if ref > 0 {
		id += "-" + strconv.Itoa(ref+1)
	}
	return id
}

func registerFootnote(on register) {
	on(east.KindFootnoteLink, leaf(func(e *emitter, n ast.Node) {
		link := n.(*east.FootnoteLink)
		index := strconv.Itoa(link.Index)
		id := footnoteRef(link.Index, link.RefIndex)
		e.r.doc.anchors = append(e.r.doc.anchors, id)
		e.WriteString(`<sup id="` + id + `"><a class="footnote-ref" href="#fn-` + index + `" role="doc-noteref">` + index + `</a></sup>`)
	}))
	on(east.KindFootnoteBacklink, leaf(func(e *emitter, n ast.Node) {
		link := n.(*east.FootnoteBacklink)
		e.WriteString(` <a class="footnote-backref" href="#` + footnoteRef(link.Index, link.RefIndex) + `" role="doc-backlink" aria-label="`)
		e.escaped(e.r.opt.word("ui.footnote.back"))
		if link.RefCount > 1 {
			e.WriteString(" " + strconv.Itoa(link.Index) + "-" + strconv.Itoa(link.RefIndex+1))
		} else {
			e.WriteString(" " + strconv.Itoa(link.Index))
		}
		e.WriteString("\">↩\uFE0E</a>")
	}))
	on(east.KindFootnote, func(e *emitter, n ast.Node, entering bool) ast.WalkStatus {
		if entering {
			id := "fn-" + strconv.Itoa(n.(*east.Footnote).Index)
			e.r.doc.anchors = append(e.r.doc.anchors, id)
			e.WriteString(`<li id="` + id + "\">\n")
		} else {
			e.WriteString("</li>\n")
		}
		return ast.WalkContinue
	})
	on(east.KindFootnoteList, func(e *emitter, n ast.Node, entering bool) ast.WalkStatus {
		if entering {
			e.need("rare")
			e.WriteString("<div class=\"footnotes\" role=\"doc-endnotes\">\n<ol>\n")
		} else {
			e.WriteString("</ol>\n</div>\n")
		}
		return ast.WalkContinue
	})
}
