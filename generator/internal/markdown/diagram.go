package markdown

import (
	"github.com/yuin/goldmark/ast"

	"playbook/generator/internal/diag"
	"playbook/generator/internal/figure"
	"playbook/generator/internal/mermaid"
)

func init() { addBlock(block{name: "mermaid", fence: (*reading).mermaid}) }

// mermaid reads a fenced block "mermaid", a figure whose parts are laid out by package
// mermaid. What that does not draw stays code.
func (r *reading) mermaid(n *ast.FencedCodeBlock, _ string, at [2]diag.Pos) Block {
	src, first := r.content(n)
	d, fault := mermaid.Draw(string(src))
	switch {
	case fault == nil:
		block := &Figure{Pos: r.pos(n), Figure: &figure.Figure{Kind: d.Kind, Caption: d.Title, Alt: d.Description, Chart: d.Diagram}}
		r.doc.Figures = append(r.doc.Figures, block)
		return block
	case fault.Unsupported != "":
		r.warnf(at[0], "diagram", "flowcharts and sequence diagrams are drawn; any other can be an image", "a diagram of the kind %q is shown as its text", fault.Unsupported)
		r.diags[len(r.diags)-1].Key = fault.Unsupported
	default:
		place := first
		if n.Lines().Len() == 0 {
			place = at[0]
		} else if fault.Line > 1 {
			i := min(fault.Line, n.Lines().Len()) - 1
			place = r.at(n.Lines().At(i).Start)
			place.Col += fault.Col - 1
		} else {
			place.Col += fault.Col - 1
		}
		r.warnf(place, "diagram", "until then the diagram is shown as its text", "%s", fault.Message)
	}
	return nil
}
