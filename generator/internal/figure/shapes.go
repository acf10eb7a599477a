package figure

import (
	"playbook/calculators/chart"
	"playbook/generator/internal/strict"
)

// shapes reads stacks that are held against each other:
//
//	columns: [{label, note, parts: [{label, value}]}], parts from the top down
func shapes(o *strict.Object) chart.Chart {
	c := &chart.Shapes{}
	o.Each("columns", 1, func(o *strict.Object) {
		s := chart.Shape{Label: o.Required("label", ""), Note: o.Text("note")}
		o.Each("parts", 1, func(o *strict.Object) {
			s.Parts = append(s.Parts, chart.ShapePart{Label: o.Required("label", ""), Value: share(o, "value")})
		})
		c.Columns = append(c.Columns, s)
	})
	return c
}
