package render

import "playbook/generator/internal/diag"

// Generated is a page that no author writes.
type Generated struct {
	Path string
	data func() *Page
}

// generators list the pages of each kind in one language. A kind is a file of this
// package, a template, a Section of package site if it has an address of its own, and
// a line here.
var generators = []func(r *Renderer, lang string) []Generated{
	(*Renderer).tagPages,
	(*Renderer).sourcesPages,
	(*Renderer).toolPages,
	(*Renderer).headingsPages,
	(*Renderer).offlinePages,
	(*Renderer).progressPages,
}

// Generated lists the pages that no author writes: those of the generators, the choice
// of a language, and the page for addresses that do not exist.
func (r *Renderer) Generated() []Generated {
	var all []Generated
	for _, lang := range r.site.Languages {
		for _, pages := range generators {
			all = append(all, pages(r, lang)...)
		}
	}
	if len(r.site.Languages) > 1 {
		all = append(all, Generated{"index.html", r.choosePage})
	}
	return append(all, Generated{"404.html", r.missingPage})
}

// RenderGenerated appends a generated page, or a redirect, to buf.
func (r *Renderer) RenderGenerated(buf []byte, g Generated) ([]byte, diag.List) {
	html, err := r.execute(buf, g.data())
	if err != nil {
		return nil, diag.List{renderFault(err)}
	}
	return html, nil
}

// newGenerated fills in what a generated page has that every language has.
func (r *Renderer) newGenerated(kind, lang, title string, path func(lang string) string) *Page {
	d := r.newPage(kind, lang, path(lang), title)
	for _, l := range r.site.Languages {
		d.Languages = append(d.Languages, LanguageLink{Language: r.language(l), Href: d.Root + path(l), Current: l == lang})
		if d.Canonical != "" && len(r.site.Languages) > 1 {
			d.Alternates = append(d.Alternates, Alternate{Tag: r.language(l).Tag, Href: r.absolute(path(l))})
		}
	}
	d.Crumbs = []Link{{Title: r.site.Home.In(lang).Title, Href: d.Site.Home}}
	return d
}
