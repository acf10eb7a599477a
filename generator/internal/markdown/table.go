package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// A table may be wider than a phone: it stands in a frame that scrolls, which
// the keyboard must be able to reach and which therefore needs a name.

func registerTable(on register) {
	on(east.KindTable, func(e *emitter, n ast.Node, entering bool) ast.WalkStatus {
		if entering {
			e.r.longRows(n)
			e.WriteString(`<div class="table-scroll" role="group" tabindex="0" aria-label="`)
			e.escaped(e.r.opt.word("ui.table"))
			e.WriteString("\">\n<table>\n")
		} else {
			e.WriteString("</table>\n</div>\n")
		}
		return ast.WalkContinue
	})
	on(east.KindTableCell, func(e *emitter, n ast.Node, entering bool) ast.WalkStatus {
		cell := n.(*east.TableCell)
		// An empty corner is no header of anything.
		tag := "td"
		if n.Parent().Kind() == east.KindTableHeader && n.HasChildren() {
			tag = "th"
		}
		if !entering {
			e.WriteString("</" + tag + ">\n")
			return ast.WalkContinue
		}
		e.WriteString("<" + tag)
		if tag == "th" {
			e.WriteString(` scope="col"`)
		}
		if cell.Alignment != east.AlignNone {
			// A class: a strict security policy refuses style attributes.
			e.need("rare")
			e.WriteString(` class="align-` + cell.Alignment.String() + `"`)
		}
		e.WriteByte('>')
		return ast.WalkContinue
	})
}

// longRows reports rows with more cells than the table's head: what stands in those is
// not shown.
func (r *reading) longRows(table ast.Node) {
	for row := table.FirstChild(); row != nil; row = row.NextSibling() {
		last, ok := row.LastChild().(*east.TableCell)
		if !ok || last.Lines().Len() == 0 {
			continue
		}
		end := last.Lines().At(last.Lines().Len() - 1).Stop
		rest, _, _ := bytes.Cut(r.src[end:], []byte("\n"))
		behind := bytes.TrimLeft(rest, " \t")
		if behind = bytes.TrimPrefix(behind, []byte("|")); len(bytes.Trim(behind, " \t\r|")) > 0 {
			r.warnf(r.at(end), "table", "write \\| for a stroke that is part of a text, or give the head another column", "the row has more cells than the table's head: the rest is not shown")
		}
	}
}
