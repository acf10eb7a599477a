package figure

import (
	"strconv"

	"playbook/calculators/chart"
	"playbook/generator/internal/strict"
)

// load reads stacked columns:
//
//	unit
//	series:  [name, …], the names of the parts, lowest first
//	columns: [{label, parts: [9, 6], sign}]
//	lines:   [{label, value, sign}]
func load(o *strict.Object) chart.Chart {
	c := &chart.Load{Unit: o.Text("unit"), Series: o.Texts("series")}
	o.Each("columns", 1, func(o *strict.Object) {
		parts := o.Numbers("parts", 1)
		if n := len(c.Series); n > 0 && len(parts) > n {
			o.Add("parts",
				"\"parts\" has "+strconv.Itoa(len(parts))+" entries, but there are "+strconv.Itoa(n)+" series", "")
		}
		c.Columns = append(c.Columns, chart.Column{Label: o.Required("label", ""), Parts: parts, Sign: sign(o)})
	})
	o.Each("lines", 0, func(o *strict.Object) {
		c.Lines = append(c.Lines, chart.Line{Label: o.Required("label", ""), Value: share(o, "value"), Sign: sign(o)})
	})
	return c
}
