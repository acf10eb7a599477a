package render

import "playbook/generator/internal/site"

// llms are the lists of the pages for language models (llmstxt.org): that of the first
// language at the root, the others in their languages' folders.
func (r *Renderer) llms() []Listing {
	var all []Listing
	for i, lang := range r.site.Languages {
		path := site.LLMs
		if i > 0 {
			path = r.site.Prefix(lang) + site.LLMs
		}
		all = append(all, Listing{path, func(buf []byte) []byte { return r.llmsIn(buf, path, lang) }})
	}
	return all
}

func (r *Renderer) llmsIn(buf []byte, self, lang string) []byte {
	line := func(mark, text string) { buf = append(append(append(buf, mark...), oneLine(text)...), '\n') }
	heading := ""
	section := func(title string) { heading = title } // is written once there is something in it
	link := func(title, path, about string) {
		href := site.Relative(self, path)
		if r.opt.BaseURL != "" {
			href = r.absolute(site.Relative("", path))
		}
		if heading != "" {
			line("\n## ", heading)
			line("", "")
			heading = ""
		}
		if about = oneLine(about); about != "" {
			about = ": " + about
		}
		line("- ", "["+title+"]("+href+")"+about)
	}
	page := func(m *site.Module) {
		if p := m.In(lang); p.Text != nil && !p.Fallback() {
			path := p.Markdown
			if path == "" {
				path = p.Path
			}
			link(p.Title, path, p.Doc().Meta.Description)
		}
	}
	line("# ", r.site.Settings.TitleIn(lang))
	if about := r.site.Settings.DescriptionIn(lang); about != "" {
		line("\n> ", about)
	}
	line("", "")
	page(r.site.Home)
	for _, t := range r.site.Tracks {
		section(t.Title.In(lang).Title)
		if t.Parent != nil {
			page(t.Title)
		}
		for _, m := range t.Modules {
			page(m)
		}
	}
	w := r.words[lang]
	if r.site.Glossary != nil {
		section(w.Get("ui.glossary.title"))
		page(r.site.Glossary)
	}
	if len(r.site.Tools) > 0 {
		section(w.Get("ui.tools.title"))
		for _, t := range r.site.Tools {
			link(w.Get("calc."+t.ID+".title"), r.site.ToolPath(t.ID, lang), "")
		}
	}
	if self == site.LLMs && len(r.site.Languages) > 1 {
		section(w.Get("ui.languages"))
		for _, other := range r.site.Languages[1:] {
			if path := r.site.Prefix(other) + site.LLMs; r.site.Makes(path) {
				link(r.language(other).Name, path, r.site.Settings.TitleIn(other))
			}
		}
	}
	return buf
}
