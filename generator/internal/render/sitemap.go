package render

import (
	"bytes"
	"html/template"
)

// sitemap is the list of the pages with their translations, for search engines.
func (r *Renderer) sitemap(buf []byte) []byte {
	b := bytes.NewBuffer(buf)
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n")
	b.WriteString(`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">` + "\n")
	for _, m := range r.site.Modules {
		alternates := r.alternates(m)
		for i := range alternates {
			a := &alternates[i]
			a.Tag, a.Href = template.HTMLEscapeString(a.Tag), template.HTMLEscapeString(a.Href)
		}
		for _, p := range m.Pages {
			if p.Fallback() {
				continue
			}
			b.WriteString("<url><loc>" + template.HTMLEscapeString(r.absolute(p.Path)) + "</loc>")
			for _, a := range alternates {
				b.WriteString(`<xhtml:link rel="alternate" hreflang="` + a.Tag + `" href="` + a.Href + `"/>`)
			}
			b.WriteString("</url>\n")
		}
	}
	b.WriteString("</urlset>\n")
	return b.Bytes()
}
