package figure

import (
	"playbook/calculators/chart"
	"playbook/generator/internal/strict"
)

// quadrants reads a field of two by two:
//
//	x, y: {label, low, high}
//	cells: {top-left, top-right, bottom-left, bottom-right: {label, note, sign}}
func quadrants(o *strict.Object) chart.Chart {
	c := &chart.Quadrants{}
	axis := func(a *chart.Axis) func(*strict.Object) {
		return func(o *strict.Object) {
			*a = chart.Axis{Label: o.Required("label", ""), Low: o.Required("low", ""), High: o.Required("high", "")}
		}
	}
	cell := func(c *chart.Cell) func(*strict.Object) {
		return func(o *strict.Object) {
			*c = chart.Cell{Label: o.Required("label", ""), Note: o.Text("note"), Sign: sign(o)}
		}
	}
	o.One("x", axis(&c.X))
	o.One("y", axis(&c.Y))
	o.One("cells", func(o *strict.Object) {
		o.One("top-left", cell(&c.TopLeft))
		o.One("top-right", cell(&c.TopRight))
		o.One("bottom-left", cell(&c.BottomLeft))
		o.One("bottom-right", cell(&c.BottomRight))
	})
	return c
}
