package figure

import (
	"playbook/calculators/chart"
	"playbook/generator/internal/strict"
)

// layers reads what stands on one another, the lowest first:
//
//	layers: [{label, boxes: [name, …], tag}]
func layers(o *strict.Object) chart.Chart {
	c := &chart.Layers{}
	o.Each("layers", 2, func(o *strict.Object) {
		c.Layers = append(c.Layers, chart.Layer{Label: o.Required("label", ""), Boxes: o.Texts("boxes"), Tag: o.Text("tag")})
	})
	return c
}
