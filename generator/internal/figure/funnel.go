package figure

import (
	"playbook/calculators/chart"
	"playbook/generator/internal/strict"
)

// funnel reads stages, the widest first:
//
//	stages: [{label, note, value, text}]
func funnel(o *strict.Object) chart.Chart {
	c := &chart.Funnel{}
	o.Each("stages", 2, func(o *strict.Object) {
		s := chart.Stage{Label: o.Required("label", ""), Note: o.Text("note"), Text: o.Text("text")}
		if o.Get("value") != nil {
			s.Value = share(o, "value")
			if s.Text == "" {
				s.Text = chart.Number(s.Value)
			}
		}
		c.Stages = append(c.Stages, s)
	})
	return c
}
