package render

import (
	"cmp"

	"playbook/calculators"
	"playbook/generator/internal/site"
)

func (r *Renderer) toolsPath(lang string) string {
	return r.site.SectionPath(lang, site.ToolsSection, "")
}

// toolPages are the list of the calculators, and the page of each.
func (r *Renderer) toolPages(lang string) []Generated {
	if len(r.site.Tools) == 0 {
		return nil
	}
	all := []Generated{{r.toolsPath(lang), func() *Page { return r.toolsPage(lang) }}}
	for _, t := range r.site.Tools {
		all = append(all, Generated{r.site.ToolPath(t.ID, lang), func() *Page { return r.toolPage(lang, t) }})
	}
	return all
}

// toolsPage lists the calculators by the moment of a sale that they are for.
func (r *Renderer) toolsPage(lang string) *Page {
	w := r.words[lang]
	d := r.newGenerated("tools", lang, w.Get("ui.tools.title"), r.toolsPath)
	for _, moment := range append(calculators.Moments(), "") {
		group := ToolGroup{Title: w.Get("ui.tools.moment." + cmp.Or(moment, "other"))}
		for _, t := range r.site.Tools {
			if r.site.Calculators.Find(t.ID).Moment == moment {
				group.Items = append(group.Items, ToolItem{
					ID: t.ID, Title: w.Get("calc." + t.ID + ".title"), Intro: w.Get("calc." + t.ID + ".intro"),
					Href: d.Root + r.site.ToolPath(t.ID, lang),
				})
			}
		}
		if group.Items != nil {
			d.Tools = append(d.Tools, group)
		}
	}
	return d
}
