package render

import "playbook/generator/internal/site"

func (r *Renderer) toolsPath(lang string) string {
	return r.site.SectionPath(lang, site.ToolsSection, "")
}

func (r *Renderer) toolsPage(lang string) *Page {
	w := r.words[lang]
	d := r.shared("tools", lang, w.Get("ui.tools.title"), r.toolsPath)
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
