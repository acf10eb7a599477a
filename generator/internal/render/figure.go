package render

import (
	"html/template"
	"slices"
	"strconv"

	"playbook/calculators/chart"
	"playbook/generator/internal/markdown"
)

// Figure is the dot of blocks/figure.html.
type Figure struct {
	ID      string
	Kind    string
	Caption string
	SVG     template.HTML
	Table   chart.Table
	Lang    Language
}

func (c *content) figure(f *markdown.Figure) *Figure {
	id := "figure-" + strconv.Itoa(slices.Index(c.page.Doc().Figures, f)+1)
	return &Figure{
		ID: id, Kind: f.Kind, Caption: f.Caption,
		SVG:   template.HTML(chart.SVG(f.Chart, id, f.Caption, f.Alt)),
		Table: f.Chart.Table(),
		Lang:  c.lang,
	}
}
