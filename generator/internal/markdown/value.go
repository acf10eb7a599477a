package markdown

import (
	"strings"

	"github.com/yuin/goldmark/ast"

	"playbook/generator/internal/diag"
)

// A number in running text can be bound to a worksheet of the page:
//
//	the problem costs [96,000](value:value-equation.problem_total) a year
//
// The text is printed as it stands; check compares it with the value that the
// calculator computes from the page's block.

// ValueScheme begins the destination of a bound number, CALCULATOR.VALUE.
const ValueScheme = "value:"

// BoundValue is a number in the text, or in a figure, that a calculator computes.
type BoundValue struct {
	Pos   diag.Pos
	Text  string // as readers see it
	Value string // CALCULATOR.VALUE
}

func (r *reading) bind(at diag.Pos, text, value string) {
	r.doc.Values = append(r.doc.Values, BoundValue{Pos: at, Text: text, Value: value})
}

// bound reads a link as a bound number, if it is one.
func (r *reading) bound(l *ast.Link) (value string, ok bool) {
	return strings.CutPrefix(string(l.Destination), ValueScheme)
}
