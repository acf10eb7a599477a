package render

import (
	"html/template"
	"slices"
	"strconv"
	"strings"

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
	drawn := f.Chart
	if flow, ok := drawn.(*chart.Flow); ok {
		drawn = c.linkedFlow(flow)
	}
	return &Figure{
		ID: id, Kind: f.Kind, Caption: f.Caption,
		SVG:   template.HTML(chart.SVG(drawn, id, f.Caption, f.Alt)),
		Table: f.Chart.Table(),
		Lang:  c.lang,
	}
}

// linkedFlow is a flowchart whose nodes lead from this page to their modules.
func (c *content) linkedFlow(flow *chart.Flow) *chart.Flow {
	link := c.r.moduleHref(c.page.Lang, c.root)
	drawn := *flow
	drawn.Nodes = slices.Clone(flow.Nodes)
	for i := range drawn.Nodes {
		node := &drawn.Nodes[i]
		if node.Link == "" {
			continue
		}
		module, anchor, found := strings.Cut(node.Link, "#")
		if node.Link = link(module); node.Link != "" && found {
			node.Link += "#" + anchor
		}
	}
	return &drawn
}
