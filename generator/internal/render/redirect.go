package render

import (
	"html/template"

	"playbook/generator/internal/site"
)

// Redirects lists the pages that keep old addresses alive.
func (r *Renderer) Redirects() []Generated {
	all := make([]Generated, len(r.site.Aliases))
	for i, a := range r.site.Aliases {
		all[i] = Generated{a.Path, func() *Page { return r.redirectPage(a) }}
	}
	return all
}

func (r *Renderer) redirectPage(a site.Alias) *Page {
	d := r.newPage("redirect", a.To.Lang, a.Path, a.To.Title)
	d.Target = site.Relative(a.Path, a.To.Path)
	if d.Canonical != "" {
		d.Canonical = r.absolute(a.To.Path)
	}
	return d
}

// Refresh is what makes a browser go to a redirect's target at once.
func (p *Page) Refresh() template.HTMLAttr {
	return template.HTMLAttr(`content="0; url=` + template.HTMLEscapeString(p.Target) + `"`)
}
