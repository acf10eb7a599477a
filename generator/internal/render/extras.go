package render

import (
	"playbook/generator/internal/diag"
	"playbook/generator/internal/site"
	"playbook/generator/internal/source"
)

// Extra is a page that the program makes itself.
type Extra struct {
	Path   string
	render func() (*Page, string) // the dot, and the language whose words it uses
}

// Extras lists the pages that no author writes: tags, tools and their
// manuals, sources, headings, the page about reading without a network, the
// choice of a language, and the page for addresses that do not exist.
func (r *Renderer) Extras() []Extra {
	var all []Extra
	add := func(path string, render func() (*Page, string)) { all = append(all, Extra{path, render}) }
	for _, lang := range r.site.Languages {
		if len(r.site.Tags) > 0 {
			add(r.tagsPath(lang), func() (*Page, string) { return r.tagsPage(lang), lang })
			for _, t := range r.site.Tags {
				add(r.site.TagAddress(lang, t.ID), func() (*Page, string) { return r.tagPage(lang, t), lang })
			}
		}
		if len(r.site.Settings.Systems) > 0 {
			add(r.systemsPath(lang), func() (*Page, string) { return r.systemsPage(lang), lang })
		}
		if len(r.site.Tools) > 0 {
			add(r.toolsPath(lang), func() (*Page, string) { return r.toolsPage(lang), lang })
			for _, t := range r.site.Tools {
				add(r.manualPath(lang, t.ID), func() (*Page, string) { return r.manualPage(lang, t), lang })
			}
		}
		add(r.headingsPath(lang), func() (*Page, string) { return r.headingsPage(lang, ""), lang })
		if r.parted(lang) {
			for _, c := range site.Letters {
				letter := string(c)
				add(r.letterPath(lang, letter), func() (*Page, string) { return r.headingsPage(lang, letter), lang })
			}
		}
		if r.OfflineEnabled() {
			add(r.OfflinePath(lang), func() (*Page, string) { return r.offlinePage(lang), lang })
		}
	}
	first := r.site.Languages[0]
	if len(r.site.Languages) > 1 {
		add("index.html", func() (*Page, string) { return r.choosePage(), first })
	}
	add("404.html", func() (*Page, string) { return r.missingPage(), first })
	return all
}

// Extra renders one of them. It may use the memory of into.
func (r *Renderer) Extra(into []byte, e Extra) ([]byte, diag.List) {
	d, lang := e.render()
	html, err := r.execute(into, "pages/"+d.Kind+".html", lang, d.Root, d)
	if err != nil {
		return nil, diag.List{renderFault(err)}
	}
	return html, nil
}

// shared is the frame of a program-made page that every language has.
func (r *Renderer) shared(kind, lang, title string, path func(lang string) string) *Page {
	d := r.frame(kind, lang, path(lang), title)
	for _, l := range r.site.Languages {
		d.Languages = append(d.Languages, LanguageLink{Language: r.language(l), Href: d.Root + path(l), Current: l == lang})
		if d.Canonical != "" && len(r.site.Languages) > 1 {
			d.Alternates = append(d.Alternates, Alternate{Tag: r.language(l).Tag, Href: r.absolute(path(l))})
		}
	}
	d.Crumbs = []Link{{Title: r.site.Home.In(lang).Title, Href: d.Site.Home}}
	return d
}

// ContentAssets maps the files beside the pages to their addresses.
func (r *Renderer) ContentAssets() map[string]*source.File {
	all := map[string]*source.File{}
	for _, f := range r.site.Assets {
		all[r.site.AssetAddress(f)] = f
	}
	return all
}
