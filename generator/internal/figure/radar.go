package figure

import (
	"playbook/calculators/chart"
	"playbook/generator/internal/strict"
)

// radar reads how far each axis has come:
//
//	axes: [{label, value, max, sign}]
func radar(o *strict.Object) chart.Chart {
	c := &chart.Radar{}
	o.Each("axes", 3, func(o *strict.Object) {
		c.Axes = append(c.Axes, chart.Spoke{Label: o.Required("label", ""), Value: o.Amount("value"), Max: o.Positive("max"), Sign: sign(o)})
	})
	return c
}
