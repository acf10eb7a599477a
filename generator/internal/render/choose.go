package render

// choosePage stands at the root of a site in several languages.
func (r *Renderer) choosePage() *Page {
	first := r.site.Languages[0]
	d := r.newPage("choose", first, "index.html", r.site.Settings.TitleIn(first))
	d.Description = r.site.Settings.DescriptionIn(first)
	for _, l := range r.site.Languages {
		link := LanguageLink{Language: r.language(l), Href: r.site.Home.In(l).Path, Title: r.site.Settings.TitleIn(l)}
		d.Languages = append(d.Languages, link)
		d.Choices = append(d.Choices, link)
	}
	return d
}
