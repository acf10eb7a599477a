package render

import (
	"cmp"
	"strconv"
	"strings"

	"playbook/generator/internal/site"
)

// origin says where a page's text comes from: what the author says, else git.
func (r *Renderer) origin(d *Page, p *site.Page) {
	if p.Text == nil {
		return
	}
	settings, o := r.site.Settings, &Origin{}
	if settings.Edit != "" {
		o.Edit = strings.ReplaceAll(settings.Edit, "{path}", site.Relative("", p.Text.File.Rel))
	}
	if settings.Updated {
		if o.Updated, _, _ = strings.Cut(r.updatedAt(p), "T"); o.Updated != "" {
			o.Day = r.day(p.Lang, o.Updated)
		}
	}
	if settings.Contributors {
		o.Contributors = r.opt.History[p.Text.File.Path].Authors
	}
	if o.Edit != "" || o.Updated != "" || len(o.Contributors) > 0 {
		d.Origin = o
	}
	if p.Outdated() {
		d.Outdated = r.neighbour(p, p.Original())
	}
}

// updatedAt is when a page's text last changed: a day, or a time as in RFC 3339; "" where
// nobody knows. git is believed where the author asks for its dates.
func (r *Renderer) updatedAt(p *site.Page) string {
	meta, git := p.Text.Doc.Meta, ""
	if r.site.Settings.Updated {
		git = r.opt.History[p.Text.File.Path].Updated
	}
	return cmp.Or(meta.Updated, git, meta.Date)
}

// day is a date as people of a language write it.
func (r *Renderer) day(lang, date string) string {
	w := r.words[lang]
	parts := strings.Split(date, "-")
	months := strings.Split(w.Get("format.months"), "|")
	month, err := strconv.Atoi(parts[1])
	if err != nil || len(parts) != 3 || month < 1 || month > len(months) {
		return date
	}
	return w.Say("format.date", "year", strings.TrimLeft(parts[0], "0"), "month", month, "name", months[month-1], "day", strings.TrimLeft(parts[2], "0"))
}
