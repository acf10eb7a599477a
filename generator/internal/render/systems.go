package render

import (
	"slices"

	"playbook/generator/internal/site"
)

// SystemItem is one of the declared systems with all that teaches it.
type SystemItem struct {
	ID, Title string
	Slides    string
	Modules   []*ModuleItem
	Tools     []Link // the calculators on these modules' pages
	Quizzes   int    // the questions there
}

func (r *Renderer) systemsPath(lang string) string {
	return r.site.SectionPath(lang, site.SourcesSection, "")
}

func (r *Renderer) sourcesPages(lang string) []Generated {
	if len(r.site.Settings.Systems) == 0 {
		return nil
	}
	return []Generated{{r.systemsPath(lang), func() *Page { return r.systemsPage(lang) }}}
}

// systemsPage lists where the course comes from: every declared system.
func (r *Renderer) systemsPage(lang string) *Page {
	w := r.words[lang]
	d := r.newGenerated("sources", lang, w.Get("ui.sources.title"), r.systemsPath)
	taught := map[string][]*site.Module{}
	for _, m := range r.site.Modules {
		seen := map[string]bool{}
		for _, t := range r.site.Texts(m) {
			for _, id := range t.Doc.Meta.Systems {
				if !seen[id] {
					seen[id] = true
					taught[id] = append(taught[id], m)
				}
			}
		}
	}
	for _, y := range r.site.Settings.Systems {
		item := SystemItem{ID: y.ID, Title: y.Title.In(lang, r.site.Languages), Slides: y.Slides}
		var tools []string
		for _, m := range taught[y.ID] {
			it := r.moduleItem(m, lang, d.Root)
			item.Modules = append(item.Modules, it)
			item.Quizzes += it.Quizzes
			for _, id := range it.Calculators {
				if !slices.Contains(tools, id) {
					tools = append(tools, id)
					item.Tools = append(item.Tools, Link{Title: w.Get("calc." + id + ".title"), Href: d.Root + r.site.ToolPath(id, lang)})
				}
			}
		}
		d.Sources = append(d.Sources, item)
	}
	return d
}
