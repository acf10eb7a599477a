package render

import (
	"cmp"
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"playbook/generator/internal/site"
)

// What a page is where it is shared or found: its picture, and what it says of itself in
// the vocabulary of schema.org. Both need the site's public address.

// Card is the picture of pages for which an author gives none; without a path where
// none is published.
func (r *Renderer) Card() Asset { return r.card }

// shareImage finds the picture of pages without one of their own: the site's, or else
// the theme's, which has no words. A card with the title in it would need fonts of every
// script, and says what networks print below it.
func (r *Renderer) shareImage() {
	if r.opt.BaseURL == "" || r.opt.Live {
		return
	}
	if own := r.site.Settings.Image; own != "" {
		if f := r.site.Asset(own); f != nil {
			r.image = r.absolute(site.Relative("", r.site.AssetAddress(f)))
			return
		}
	}
	if len(r.theme.card) > 0 {
		r.card = hashedAsset("card.png", r.theme.card)
		r.card.Path = r.site.Unused(r.card.Path)
		r.image = r.absolute(r.card.Path)
	}
}

// absoluteTarget is the public address of what a link leads to.
func (r *Renderer) absoluteTarget(t site.Target) string {
	if t.External != "" {
		return t.External
	}
	return r.absolute(r.site.Href("", t))
}

// object is an object of JSON while it is written. A page has one of a kilobyte, so it
// is written as it comes.
type object struct{ strings.Builder }

func (o *object) raw(s string) { o.WriteString(s) }

// text writes a key with a text that is not empty; the type comes before it.
func (o *object) text(key, value string) {
	if value != "" {
		o.raw(`,"` + key + `":`)
		o.quote(value)
	}
}

// quote writes a text, which cannot end the script that it stands in.
func (o *object) quote(s string) {
	o.raw(`"`)
	for i := range len(s) {
		switch c := s[i]; {
		case c == '"', c == '\\':
			o.WriteByte('\\')
			o.WriteByte(c)
		case c < ' ', c == '<', c == '>', c == '&':
			fmt.Fprintf(o, `\u%04x`, c)
		default:
			o.WriteByte(c)
		}
	}
	o.raw(`"`)
}

// structured says what a page is: the course, a part of it, or a module with its
// questions; and the way to it. A guest's pages may be anything, so only the way is told.
func (r *Renderer) structured(p *site.Page, d *Page) template.HTML {
	m := p.Module
	if m.Kind == site.Home && r.site.Guest {
		return ""
	}
	var o object
	o.Grow(1280)
	o.raw(`<script type="application/ld+json">{"@context":"https://schema.org","@graph":[`)
	home := r.site.Home.In(p.Lang)
	if !r.site.Guest && m.Kind != site.Glossary {
		r.resource(&o, p, d, home)
		if m.Kind != site.Home {
			o.raw(`,`)
		}
	}
	if m.Kind != site.Home {
		way := []*site.Page{}
		for t := m.Folder(); t != nil && t.Parent != nil; t = t.Parent {
			way = append(way, t.Title.In(p.Lang))
		}
		way = append(way, home)
		o.raw(`{"@type":"BreadcrumbList","itemListElement":[`)
		for i := len(way) - 1; i >= 0; i-- {
			o.item(len(way)-i, way[i].Title)
			o.text("item", r.absolute(way[i].Path))
			o.raw(`},`)
		}
		o.item(len(way)+1, p.Title)
		o.raw(`}]}`)
	}
	o.raw("]}</script>\n")
	return template.HTML(o.String())
}

func (o *object) item(position int, name string) {
	o.raw(`{"@type":"ListItem","position":` + strconv.Itoa(position))
	o.text("name", name)
}

// resource writes what a page of a course is.
func (r *Renderer) resource(o *object, p *site.Page, d *Page, home *site.Page) {
	kind, name, about := "LearningResource", p.Title, d.Description
	switch p.Module.Kind {
	case site.Home:
		kind, name, about = "Course", d.Site.Title, cmp.Or(about, d.Site.Description)
	case site.Title:
		kind = "Course"
	}
	o.raw(`{"@type":"` + kind + `"`)
	o.text("name", name)
	o.text("description", about)
	o.text("url", d.Canonical)
	o.text("inLanguage", d.Lang.Tag)
	if p.Module.Kind != site.Home {
		o.raw(`,"isPartOf":{"@type":"Course"`)
		o.text("name", d.Site.Title)
		o.text("url", r.absolute(home.Path))
		o.raw(`}`)
	}
	if p.Module.Kind == site.Lesson {
		if d.Minutes > 0 {
			o.text("timeRequired", "PT"+strconv.Itoa(d.Minutes)+"M")
		}
		before := `,"teaches":[`
		for _, y := range r.site.Settings.Systems {
			if slices.Contains(d.Systems, y.ID) {
				o.raw(before)
				o.quote(y.Title.In(p.Lang, r.site.Languages))
				before = `,`
			}
		}
		if before == `,` {
			o.raw(`]`)
		}
		if questions := p.Doc().Quizzes; len(questions) > 0 {
			o.raw(`,"hasPart":{"@type":"Quiz","hasPart":[`)
			for i, q := range questions {
				if i > 0 {
					o.raw(`,`)
				}
				o.raw(`{"@type":"Question"`)
				o.text("name", q.Name())
				o.raw(`}`)
			}
			o.raw(`]}`)
		}
	}
	o.raw(`}`)
}
