package figure

import (
	"playbook/calculators/chart"
	"playbook/generator/internal/strict"
)

// chain reads a row of things of which each leads to the next:
//
//	items: [{label, note, sign}]
//	style: arrows | dominoes | ladder
func chain(o *strict.Object) chart.Chart {
	c := &chart.Chain{}
	o.Each("items", 2, func(o *strict.Object) {
		c.Items = append(c.Items, chart.ChainItem{
			Label: o.Required("label", ""),
			Note:  o.Text("note"),
			Sign:  sign(o),
		})
	})
	switch o.Choice("style", "arrows", "dominoes", "ladder") {
	case 1:
		c.Style = chart.Dominoes
	case 2:
		return &chart.Ladder{Items: c.Items}
	}
	return c
}
