package render

// missingPage is what hosts show for an address that does not exist, at any depth:
// so its links start from the base URL. Without one they start from the host's
// root, the page carries its style, which may not be found there, and a script looks
// for the site in the folders above.
func (r *Renderer) missingPage() *Page {
	first := r.site.Languages[0]
	root := r.hostRoot()
	d := r.newPageAt(root, "missing", first, "404.html", r.words[first].Get("ui.missing.title"))
	d.Canonical, d.Image = "", ""
	d.Unlinked = r.opt.BaseURL == "" && !r.opt.Live
	for _, l := range r.site.Languages {
		d.Choices = append(d.Choices, LanguageLink{Language: r.language(l), Href: root + r.site.Home.In(l).Path})
	}
	return d
}
