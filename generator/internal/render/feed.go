package render

import (
	"cmp"
	"html/template"
	"slices"
	"strings"
	"time"

	"playbook/generator/internal/site"
)

// mostEntries is how many modules a feed has.
const mostEntries = 50

// entry is a module in a feed.
type entry struct {
	page    *site.Page
	updated time.Time
}

// feeds are those of new and changed modules, in Atom, one a language. They need the
// public address, and to know when something changed.
func (r *Renderer) feeds() []Listing {
	var all []Listing
	for _, lang := range r.site.Languages {
		if r.hasFeed(lang) {
			all = append(all, Listing{r.site.Prefix(lang) + site.Feed, func(buf []byte) []byte { return r.feed(buf, lang) }})
		}
	}
	return all
}

func (r *Renderer) hasFeed(lang string) bool {
	return r.opt.BaseURL != "" && !r.opt.Live && r.site.Makes(r.site.Prefix(lang)+site.Feed) && len(r.entries[lang]) > 0
}

// feedEntries are the modules of a language that say when they changed, the newest
// first.
func (r *Renderer) feedEntries(lang string) (all []entry) {
	for _, m := range r.site.Modules {
		p := m.In(lang)
		if m.Kind != site.Lesson || p.Text == nil || p.Fallback() {
			continue
		}
		at := r.updatedAt(p)
		t, err := time.Parse(time.RFC3339, at)
		if err != nil {
			if t, err = time.Parse(time.DateOnly, at); err != nil {
				continue
			}
		}
		all = append(all, entry{p, t.UTC()})
	}
	slices.SortStableFunc(all, func(a, b entry) int {
		return cmp.Or(b.updated.Compare(a.updated), cmp.Compare(a.page.Path, b.page.Path))
	})
	return all[:min(len(all), mostEntries)]
}

func (r *Renderer) feed(buf []byte, lang string) []byte {
	element := func(name, text string) {
		if text != "" {
			buf = append(buf, "<"+name+">"+template.HTMLEscapeString(oneLine(text))+"</"+name+">\n"...)
		}
	}
	link := func(rel, to string) {
		buf = append(buf, `<link rel="`+rel+`" href="`+template.HTMLEscapeString(r.absolute(site.Relative("", to)))+"\"/>\n"...)
	}
	entries := r.entries[lang]
	home := r.site.Home.In(lang).Path
	buf = append(buf, `<?xml version="1.0" encoding="UTF-8"?>`+"\n"+`<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="`+r.language(lang).Tag+"\">\n"...)
	element("title", r.site.Settings.TitleIn(lang))
	element("subtitle", r.site.Settings.DescriptionIn(lang))
	element("id", r.absolute(home))
	element("updated", entries[0].updated.Format(time.RFC3339))
	link("alternate", home)
	link("self", r.site.Prefix(lang)+site.Feed)
	buf = append(buf, "<author>"...)
	element("name", r.site.Settings.TitleIn(lang))
	buf = append(buf, "</author>\n"...)
	for _, e := range entries {
		meta := e.page.Text.Doc.Meta
		buf = append(buf, "<entry>\n"...)
		element("title", strings.TrimSpace(e.page.Title))
		element("id", r.absolute(e.page.Path))
		if meta.Date != "" {
			element("published", meta.Date+"T00:00:00Z")
		}
		element("updated", e.updated.Format(time.RFC3339))
		link("alternate", e.page.Path)
		element("summary", meta.Description)
		buf = append(buf, "</entry>\n"...)
	}
	return append(buf, "</feed>\n"...)
}
