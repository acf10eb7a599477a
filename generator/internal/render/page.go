package render

import (
	"crypto/sha256"
	"encoding/hex"
	"html/template"
	"slices"
	"strings"

	"playbook/generator/internal/diag"
	"playbook/generator/internal/site"
	"playbook/generator/internal/words"
)

// newPage fills in what every page has.
func (r *Renderer) newPage(kind, lang, self, title string) *Page {
	return r.newPageAt(site.Root(self), kind, lang, self, title)
}

// newPageAt is newPage for a page that is seen from another place than its own.
func (r *Renderer) newPageAt(root, kind, lang, self, title string) *Page {
	p := &Page{
		r: r, Kind: kind, Title: title, Self: self, Root: root,
		Lang: r.language(lang),
		Live: r.opt.Live,
		Site: SiteData{
			Title:       r.site.Settings.TitleIn(lang),
			Description: r.site.Settings.DescriptionIn(lang),
			Home:        root + r.site.Home.In(lang).Path,
			ID:          r.id,
			FormerID:    r.formerID,
		},
	}
	if len(r.site.Tags) > 0 {
		p.Site.Tags = root + r.tagsPath(lang)
	}
	if len(r.site.Tools) > 0 {
		p.Site.Tools = root + r.toolsPath(lang)
	}
	if len(r.site.Settings.Systems) > 0 {
		p.Site.Sources = root + r.systemsPath(lang)
	}
	if r.site.Glossary != nil {
		p.Site.Glossary = root + r.site.Glossary.In(lang).Path
	}
	if r.hasFeed(lang) {
		p.Site.Feed = root + r.site.Prefix(lang) + site.Feed
	}
	p.Site.Headings = root + r.headingsPath(lang)
	if r.site.Questions {
		p.Site.Progress = root + r.progressPath(lang)
	}
	if r.OfflineEnabled() {
		p.Site.Offline = root + r.OfflinePath(lang)
	}
	if app := r.apps[lang]; app != "" {
		p.Site.App = root + app
	}
	if r.opt.BaseURL != "" {
		p.Canonical, p.Image = r.absolute(self), r.image
	}
	return p
}

// absolute is the public address of a path: folders without index.html.
func (r *Renderer) absolute(path string) string {
	return r.opt.BaseURL + strings.TrimSuffix(path, "index.html")
}

// siteIDs tell sites on one origin apart in the browser's storage. A site without
// an id is known by a hash of its title and address, and was before it got one:
// then former is that hash, so that scripts find what was stored under it.
func siteIDs(s *site.Site, o Options) (id, former string) {
	sum := sha256.Sum256([]byte(s.Settings.TitleIn(s.Languages[0]) + "\n" + o.BaseURL))
	former = hex.EncodeToString(sum[:4])
	if s.Settings.ID == "" {
		return former, ""
	}
	return s.Settings.ID, former
}

func (r *Renderer) language(code string) Language { return r.languages[code] }

// languagesOf are the languages of a site, by their codes.
func languagesOf(s *site.Site, tables map[string]*words.Table) map[string]Language {
	bidirectional := slices.ContainsFunc(s.Languages, func(code string) bool { return tables[code].Dir == "rtl" })
	all := map[string]Language{}
	for _, code := range s.Languages {
		t := tables[code]
		attrs := `lang="` + t.Tag + `" data-script="` + t.Script + `"`
		if bidirectional {
			attrs += ` dir="` + t.Dir + `"`
		}
		all[code] = Language{Code: code, Tag: t.Tag, Name: t.Name, Attrs: template.HTMLAttr(attrs)}
	}
	return all
}

// data assembles the dot of a page of the site.
func (r *Renderer) data(p *site.Page) (*Page, diag.List) {
	d := r.newPage(string(p.Module.Kind), p.Lang, p.Path, p.Title)
	doc := p.Doc()
	c := &content{r: r, page: p, lang: r.language(p.TextLang), root: d.Root}

	d.Description = doc.Meta.Description
	d.Body = c.text(doc)
	d.Languages = r.languageLinks(p)
	d.Number = p.Number()
	d.Minutes, d.Words = r.minutes(p), doc.Words
	d.Systems = doc.Meta.Systems
	if d.needs = doc.Needs; len(c.needs) > 0 {
		d.needs = slices.Concat(doc.Needs, c.needs)
	}
	d.Fill = d.Needs("copy")
	if p.Fallback() {
		d.Fallback = &Fallback{Language: c.lang}
	}
	if doc.Meta.Glossary {
		d.Letters = c.letters(doc)
		d.TOC = nil
	}
	for _, h := range doc.Headings {
		if doc.Meta.Glossary {
			break // the letters lead through it
		}
		if (h.Level == 2 || h.Level == 3) && !h.Folded {
			d.TOC = append(d.TOC, TOCItem{Level: h.Level, ID: h.ID, Link: linkTo("#" + h.ID), Text: h.Text})
		}
	}
	for _, id := range doc.Meta.Tags {
		d.Tags = append(d.Tags, Link{Title: r.tagTitle(p.Lang, id), Href: d.Root + r.site.TagAddress(p.Lang, id)})
	}
	d.of = p.Module
	switch p.Module.Kind {
	case site.Home:
		d.Tracks, d.Practice = r.course(p.Lang, d.Root), r.practice(p.Lang, d.Root)
	case site.Title:
		d.Track = r.trackItem(p.Module.Track, p.Lang, d.Root, true)
	case site.Lesson:
		d.Module = p.Module.ID
	}
	d.Crumbs = r.crumbs(p, d)
	d.Prev, d.Next = r.neighbour(p, p.Prev), r.neighbour(p, p.Next)
	if d.Canonical != "" {
		if p.Fallback() {
			d.Canonical = r.absolute(p.Module.In(p.TextLang).Path)
		}
		d.Alternates = r.alternates(p.Module)
	}
	r.origin(d, p)
	if r.HasMarkdown(p) {
		d.Markdown = site.Relative(p.Path, p.Markdown)
	}
	if d.Canonical != "" && !p.Fallback() {
		d.Structured = r.structured(p, d)
		if l := doc.Meta.Image; l != nil {
			if t, problem := r.site.Resolve(p, l); problem == nil {
				d.Image = r.absoluteTarget(t)
			}
		}
	}
	return d, c.faults
}

// minutes is what the author said, or else how long the text takes at the speed of
// its language, never under one; 0 without a text.
func (r *Renderer) minutes(p *site.Page) int {
	doc := p.Doc()
	if doc.Meta.Minutes > 0 || doc.Words == 0 {
		return doc.Meta.Minutes
	}
	speed := r.words[p.TextLang].Speed
	return max(1, (doc.Words+speed/2)/speed)
}

func (r *Renderer) languageLinks(p *site.Page) []LanguageLink {
	links := make([]LanguageLink, 0, len(r.site.Languages))
	for _, l := range r.site.Languages {
		to := p.Module.In(l)
		links = append(links, LanguageLink{
			Language: r.language(l), Href: site.Relative(p.Path, to.Path),
			Current: l == p.Lang, Missing: to.Fallback(),
		})
	}
	return links
}

func (r *Renderer) crumbs(p *site.Page, d *Page) []Link {
	if p.Module.Kind == site.Home {
		return nil
	}
	folder := p.Module.Folder()
	crumbs := make([]Link, 1)
	if folder != nil {
		crumbs = make([]Link, folder.Depth()+1)
	}
	crumbs[0] = Link{Title: r.site.Home.In(p.Lang).Title, Href: d.Site.Home}
	for t := folder; t != nil && t.Parent != nil; t = t.Parent {
		to := t.Title.In(p.Lang)
		crumbs[t.Depth()] = Link{Title: to.Title, Href: site.Relative(p.Path, to.Path)}
	}
	return crumbs
}

func (r *Renderer) neighbour(p, to *site.Page) *Link {
	if to == nil {
		return nil
	}
	return &Link{Title: to.Title, Href: site.Relative(p.Path, to.Path)}
}

// alternates lists the real translations of a module, if there are several.
func (r *Renderer) alternates(m *site.Module) []Alternate {
	var all []Alternate
	for _, p := range m.Pages {
		if !p.Fallback() {
			all = append(all, Alternate{Tag: r.language(p.Lang).Tag, Href: r.absolute(p.Path)})
		}
	}
	if len(all) < 2 {
		return nil
	}
	return all
}
