package figure

import (
	"playbook/calculators/chart"
	"playbook/generator/internal/strict"
)

// gantt reads a plan in time:
//
//	unit
//	bars:   [{label, from, length, note}], one row each
//	pauses: [{from, to, label}]
//	marks:  [{at, label, sign}]
//	ticks:  [{at, label}], round numbers unless given
func gantt(o *strict.Object) chart.Chart {
	c := &chart.Gantt{Unit: o.Text("unit")}
	o.Each("bars", 1, func(o *strict.Object) {
		c.Rows = append(c.Rows, chart.GanttRow{
			Label: o.Required("label", ""),
			Bars:  []chart.Bar{{From: o.Amount("from"), Length: o.Positive("length")}},
			Note:  o.Text("note"),
		})
	})
	o.Each("pauses", 0, func(o *strict.Object) { c.Bands = append(c.Bands, band(o)) })
	c.Marks = marks(o)
	o.Each("ticks", 0, func(o *strict.Object) {
		c.Ticks = append(c.Ticks, chart.Tick{At: o.Amount("at"), Label: o.Required("label", "")})
	})
	return c
}

// band is a stretch of an axis: from, to, label.
func band(o *strict.Object) chart.Band {
	from, to := stretch(o)
	return chart.Band{From: from, To: to, Label: o.Required("label", "")}
}

// stretch is two amounts, the second not below the first.
func stretch(o *strict.Object) (from, to float64) {
	from, ok := o.Number("from")
	to, ok2 := o.Number("to")
	if o.Get("from") == nil {
		o.Missing("from", "")
	}
	if o.Get("to") == nil {
		o.Missing("to", "")
	} else if ok && ok2 && to < from {
		o.Add("to", "\"to\" must not be less than \"from\"", "")
	}
	return from, to
}

// marks are moments or values on an axis: at, label, sign.
func marks(o *strict.Object) (out []chart.Mark) {
	o.Each("marks", 0, func(o *strict.Object) {
		out = append(out, chart.Mark{At: o.Amount("at"), Label: o.Required("label", ""), Sign: sign(o)})
	})
	return out
}
