package figure

import (
	"playbook/calculators/chart"
	"playbook/generator/internal/strict"
)

// ranges reads stretches on one axis and the band that they share:
//
//	unit
//	rows: [{label, from, to, marks: [{at, label, sign}]}]
//	band: {from, to, label}
func ranges(o *strict.Object) chart.Chart {
	c := &chart.Ranges{Unit: o.Text("unit")}
	o.Each("rows", 1, func(o *strict.Object) {
		from, to := stretch(o)
		c.Rows = append(c.Rows, chart.Range{Label: o.Required("label", ""), From: from, To: to, Marks: marks(o)})
	})
	if o.Get("band") != nil {
		o.One("band", func(o *strict.Object) { c.Bands = append(c.Bands, band(o)) })
	}
	return c
}
