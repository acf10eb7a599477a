package figure

import (
	"playbook/calculators/chart"
	"playbook/generator/internal/strict"
)

// calendar reads what fills the months of a year:
//
//	unit
//	rows: [{label, spans: [{from: 1, to: 2, label}]}], months 1 to 12
func calendar(o *strict.Object) chart.Chart {
	c := &chart.Calendar{Unit: o.Text("unit")}
	o.Each("rows", 1, func(o *strict.Object) {
		row := chart.CalendarRow{Label: o.Required("label", "")}
		o.Each("spans", 1, func(o *strict.Object) {
			s := chart.Span{From: months(o, "from"), To: months(o, "to"), Label: o.Text("label")}
			if s.From > 0 && s.To > 0 && s.To < s.From {
				o.Add("to", "\"to\" must not be less than \"from\"", "write two spans where one runs over the end of the year")
			}
			row.Spans = append(row.Spans, s)
		})
		c.Rows = append(c.Rows, row)
	})
	return c
}

// months is the number of a month; 0 after a fault.
func months(o *strict.Object, key string) int {
	if o.Get(key) == nil {
		o.Missing(key, "write the number of a month, 1 to 12")
		return 0
	}
	n := o.Whole(key, 1)
	if n > 12 {
		o.Add(key, "\""+key+"\" must be a month from 1 to 12", "")
		return 0
	}
	return n
}
