package figure

import (
	"slices"
	"strconv"

	"playbook/calculators/chart"
	"playbook/generator/internal/strict"
)

// pareto reads amounts that are added up, and how many of the lowest are let go:
//
//	unit, cut
//	bars: [{label, value, text}]
//
// The picture has the highest first, in whatever order they are written.
func pareto(o *strict.Object) chart.Chart {
	c := &chart.Pareto{Unit: o.Text("unit")}
	o.Each("bars", 2, func(o *strict.Object) {
		c.Items = append(c.Items, chart.ParetoItem{Label: o.Required("label", ""), Value: share(o, "value"), Text: o.Text("text")})
	})
	if o.Has("cut") {
		if c.Cut = o.Whole("cut", 1); c.Cut > len(c.Items) {
			o.Add("cut", `"cut" must be at most `+strconv.Itoa(len(c.Items))+", the number of bars", "")
		}
	}
	slices.SortStableFunc(c.Items, func(a, b chart.ParetoItem) int {
		switch {
		case a.Value > b.Value:
			return -1
		case a.Value < b.Value:
			return 1
		}
		return 0
	})
	return c
}
