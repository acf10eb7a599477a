package render

// Listing is a file about the site, for machines and hosts.
type Listing struct {
	Path  string
	write func(buf []byte) []byte
}

// Render appends the file to buf.
func (l Listing) Render(buf []byte) []byte { return l.write(buf) }

// Listings are those of the site. While it is served nobody asks for them.
func (r *Renderer) Listings() []Listing {
	if r.opt.Live {
		return nil
	}
	var all []Listing
	if r.opt.BaseURL != "" {
		all = append(all, Listing{"sitemap.xml", r.sitemap})
	}
	all = append(all, r.llms()...)
	all = append(all, r.feeds()...)
	all = append(all, r.hostFiles()...)
	made := all[:0]
	for _, l := range all {
		if l.Path == "sitemap.xml" || r.site.Makes(l.Path) {
			made = append(made, l)
		}
	}
	return made
}
