package render

import (
	"html/template"
	"strings"

	"playbook/generator/internal/site"
)

// Redirect is the page that keeps an old address alive.
func (r *Renderer) Redirect(a site.Alias) []byte {
	href := template.HTMLEscapeString(site.Relative(a.Path, a.To.Path))
	title := template.HTMLEscapeString(a.To.Title)
	var b strings.Builder
	b.WriteString(`<!doctype html><html lang="` + template.HTMLEscapeString(r.language(a.To.Lang).Tag) + `"><head><meta charset="utf-8"><title>` + title + `</title>`)
	b.WriteString(`<meta http-equiv="refresh" content="0; url=` + href + `"><meta name="robots" content="noindex">`)
	if r.opt.BaseURL != "" {
		b.WriteString(`<link rel="canonical" href="` + template.HTMLEscapeString(r.absolute(a.To.Path)) + `">`)
	}
	b.WriteString(`</head><body><p><a href="` + href + `">` + title + `</a></p></body></html>` + "\n")
	return []byte(b.String())
}
