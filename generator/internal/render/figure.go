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
	Title   string // the caption, or what kind of diagram it is
	Caption string // may be empty
	SVG     template.HTML
	Table   chart.Table
	Wide    bool // it may be wider than the page
	Lang    Language
}

func (c *content) figure(f *markdown.Figure) *Figure {
	id := "figure-" + strconv.Itoa(slices.Index(c.page.Doc().Figures, f)+1)
	drawn := f.Chart
	if flow, ok := drawn.(*chart.Flow); ok {
		drawn = c.linkedFlow(flow)
	}
	_, wide := f.Chart.(*chart.Diagram)
	title := f.Caption
	if title == "" {
		title = c.r.words[c.page.Lang].Say("ui.figure." + f.Kind)
	}
	return &Figure{
		ID: id, Kind: f.Kind, Title: title, Caption: f.Caption, Wide: wide,
		SVG:   template.HTML(chart.SVG(drawn, id, title, f.Alt)),
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
