package figure

import (
	"playbook/calculators/chart"
	"playbook/generator/internal/strict"
)

// gaps reads panels with two levels each, what is wanted and what is seen:
//
//	panels: [{label, expected: 0–10, perceived: 0–10, cause, note, sign}]
//	expected, perceived: names of the two lines, for a legend
func gaps(o *strict.Object) chart.Chart {
	c := &chart.Gaps{Expected: o.Text("expected"), Perceived: o.Text("perceived")}
	level := func(o *strict.Object, key string) float64 {
		v := o.Amount(key)
		if v < 0 || v > 10 {
			o.Add(key, "\""+key+"\" must be from 0 to 10", "")
		}
		return v
	}
	o.Each("panels", 1, func(o *strict.Object) {
		c.Panels = append(c.Panels, chart.Gap{
			Label:    o.Required("label", ""),
			Expected: level(o, "expected"), Perceived: level(o, "perceived"),
			Cause: o.Text("cause"), Note: o.Text("note"), Sign: sign(o),
		})
	})
	return c
}
