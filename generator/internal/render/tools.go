package render

import "playbook/generator/internal/site"

func (r *Renderer) toolsPath(lang string) string {
	return r.site.SectionPath(lang, site.ToolsSection, "")
}

// toolPages are the list of the calculators, and the manual of each.
func (r *Renderer) toolPages(lang string) []Generated {
	if len(r.site.Tools) == 0 {
		return nil
	}
	all := []Generated{{r.toolsPath(lang), func() *Page { return r.toolsPage(lang) }}}
	for _, t := range r.site.Tools {
		all = append(all, Generated{r.manualPath(lang, t.ID), func() *Page { return r.manualPage(lang, t) }})
	}
	return all
}

func (r *Renderer) toolsPage(lang string) *Page {
	w := r.words[lang]
	d := r.newGenerated("tools", lang, w.Get("ui.tools.title"), r.toolsPath)
	for _, t := range r.site.Tools {
		p := t.Module.In(lang)
		d.Tools = append(d.Tools, ToolItem{
			ID: t.ID, Title: w.Get("calc." + t.ID + ".title"), Intro: w.Get("calc." + t.ID + ".intro"),
			Href:   d.Root + p.Path + "#" + t.ID,
			Module: Link{Title: p.Title, Href: d.Root + p.Path},
			Manual: d.Root + r.manualPath(lang, t.ID),
		})
	}
	return d
}
