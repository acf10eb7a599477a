package markdown

import (
	"github.com/yuin/goldmark/ast"

	"playbook/generator/internal/diag"
)

func init() { addBlock(block{name: "scorecard", fence: (*reading).scorecard}) }

// scorecard reads a fenced block "scorecard ID", which defines a worksheet and holds
// it: package worksheet reads what stands in it.
func (r *reading) scorecard(n *ast.FencedCodeBlock, id string, at [2]diag.Pos) Block {
	if id == "" {
		r.errorf(at[0], "scorecard", "write ```scorecard ID, such as ```scorecard deal-fit", "a scorecard without an id")
		return nil
	}
	c := &Calculator{Pos: r.pos(n), ID: id, IDPos: at[1]}
	r.need("calculator")
	r.doc.Calculators = append(r.doc.Calculators, c)
	return c
}
