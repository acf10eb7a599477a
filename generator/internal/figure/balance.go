package figure

import (
	"playbook/calculators/chart"
	"playbook/generator/internal/strict"
)

// balance reads a pair of scales:
//
//	left, right: {label, total, items: [{label, value, text}]}
//	tilt: level | left | right, the side that is down
//	verdict, sign
//
// A weight without a value is unpriced; text is its amount as shown.
func balance(o *strict.Object) chart.Chart {
	c := &chart.Balance{}
	pan := func(pan *chart.Pan) func(*strict.Object) {
		return func(o *strict.Object) {
			pan.Label = o.Required("label", "")
			pan.Total = o.Text("total")
			o.Each("items", 1, func(o *strict.Object) {
				w := chart.Weight{Label: o.Required("label", ""), Text: o.Text("text")}
				v, priced := o.Number("value")
				w.Value, w.Unpriced = v, !priced
				if w.Text == "" {
					w.Text = "?"
					if priced {
						w.Text = chart.Number(v)
					}
				}
				pan.Items = append(pan.Items, w)
			})
		}
	}
	o.One("left", pan(&c.Left))
	o.One("right", pan(&c.Right))
	c.Tilt = []chart.Tilt{chart.Level, chart.Left, chart.Right}[o.Choice("tilt", "level", "left", "right")]
	c.Verdict = o.Text("verdict")
	c.Sign = sign(o)
	return c
}
