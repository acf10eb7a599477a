package figure

import (
	"strconv"

	"playbook/calculators/chart"
	"playbook/generator/internal/strict"
)

// bars reads amounts side by side:
//
//	unit
//	bars: [{label, value, text, sign}]
func bars(o *strict.Object) chart.Chart {
	c := &chart.Bars{Unit: o.Text("unit")}
	o.Each("bars", 1, func(o *strict.Object) {
		c.Items = append(c.Items, chart.BarItem{
			Label: o.Required("label", ""),
			Value: share(o, "value"),
			Text:  o.Text("text"),
			Sign:  sign(o),
		})
	})
	return c
}

// share is an amount that has to be there and is not below nothing.
func share(o *strict.Object, key string) float64 {
	v := o.Amount(key)
	if v < 0 {
		o.Add(key, strconv.Quote(key)+" must not be less than 0", "")
	}
	return v
}
