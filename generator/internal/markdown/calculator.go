package markdown

import (
	"strings"

	"github.com/yuin/goldmark/ast"

	"playbook/generator/internal/diag"
	"playbook/generator/internal/strict"
)

func init() { addBlock(block{name: "calculator", fence: (*reading).calculator}) }

// Calculator is a fenced block "calculator ID".
type Calculator struct {
	Pos     diag.Pos
	ID      string
	IDPos   diag.Pos
	Caption string
	Show    []string // fields to show; empty: all
	Fields  []FieldValue
}

type FieldValue struct {
	Name, Value       string
	NamePos, ValuePos diag.Pos
}

func (*Calculator) Template() string { return "calculator" }

func (c *Calculator) addText(s *sectionText) {
	if title, text := s.calculator(c.ID); title != "" {
		text = strings.TrimSpace(text + " " + c.Caption)
		s.behind = append(s.behind, Section{ID: c.ID, Heading: title, Text: []byte(text)})
	}
}

// calculator reads a fenced block:
//
//	```calculator value-equation
//	caption: Weigh the problem against the remedy
//	show: [years, problem]
//	years: 3
//	problem.0.name: Training
//	```
//
// caption and show are the block's own; every other key is a field of the
// calculator, which only package check knows.
func (r *reading) calculator(n *ast.FencedCodeBlock, id string, at [2]diag.Pos) Block {
	if id == "" {
		r.errorf(at[0], "calculator", "write ```calculator ID, such as ```calculator value-equation", "a calculator without an id")
		return nil
	}
	src, first := r.content(n)
	o, reader := strict.Read(src, first, "calculator", "a calculator")
	c := &Calculator{Pos: r.pos(n), ID: id, IDPos: at[1]}
	if o != nil {
		c.Caption = o.Text("caption")
		c.Show = o.TextOrTexts("show")
		for _, e := range o.Rest() {
			c.Fields = append(c.Fields, FieldValue{Name: e.Key, Value: e.Value, NamePos: e.KeyAt, ValuePos: e.ValueAt})
		}
	}
	faults := reader.Faults()
	r.yamlFaults(faults, first.Line, first.Line+n.Lines().Len()-1)
	if o == nil || len(faults) > 0 && r.opt.Guest {
		return nil
	}
	r.need("calculator")
	r.doc.Calculators = append(r.doc.Calculators, c)
	return c
}
