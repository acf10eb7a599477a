package render

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"html/template"
	"net/url"
	"slices"
	"strings"

	"playbook/generator/internal/diag"
	"playbook/generator/internal/site"
	"playbook/generator/internal/source"
)

// frame fills in what every page has.
func (r *Renderer) frame(kind, lang, self, title string) *Page {
	return r.frameAt(site.Root(self), kind, lang, self, title)
}

// frameAt is frame for a page that is seen from another place than its own.
func (r *Renderer) frameAt(root, kind, lang, self, title string) *Page {
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
	p.Site.Headings = root + r.headingsPath(lang)
	if r.OfflineEnabled() {
		p.Site.Offline = root + r.OfflinePath(lang)
	}
	if app := r.apps[lang]; app != "" {
		p.Site.App = root + app
	}
	if r.opt.BaseURL != "" {
		p.Canonical = r.absolute(self)
	}
	return p
}

func (r *Renderer) tagsPath(lang string) string {
	return r.site.SectionPath(lang, site.TagsSection, "")
}
func (r *Renderer) toolsPath(lang string) string {
	return r.site.SectionPath(lang, site.ToolsSection, "")
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

func (r *Renderer) language(code string) Language {
	t := r.words[code]
	return Language{Code: code, Tag: t.Tag, Name: t.Name, CJK: t.CJK}
}

// seldom marks what css/seldom.css is for.
var seldom = []string{`class="footnotes"`, `class="picture"`, `class="align-`, "<hr", "<kbd", "<pre"}

// data assembles the dot of a page of the site.
func (r *Renderer) data(p *site.Page) (*Page, diag.List) {
	d := r.frame(string(p.Module.Kind), p.Lang, p.Path, p.Title)
	doc := p.Doc()
	c := &content{r: r, page: p, lang: r.language(p.TextLang), root: d.Root}

	d.Description = doc.Meta.Description
	d.Body = c.text(doc)
	d.Languages = r.languageLinks(p)
	d.Number = p.Module.Number
	d.Minutes, d.Words = r.minutes(p), doc.Words
	d.Systems = doc.Meta.Systems
	d.HasQuiz, d.HasCalculator = len(doc.Quizzes) > 0, len(doc.Calculators) > 0
	d.HasPath = len(doc.Paths) > 0
	d.HasCode = strings.Contains(string(d.Body), `class="chroma"`)
	d.HasSeldom = slices.ContainsFunc(seldom, func(mark string) bool { return strings.Contains(string(d.Body), mark) })
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
		if h.Level == 2 || h.Level == 3 {
			d.TOC = append(d.TOC, TOCItem{Level: h.Level, ID: h.ID, Link: linkTo("#" + h.ID), Text: h.Text})
		}
	}
	for _, id := range doc.Meta.Tags {
		d.Tags = append(d.Tags, Link{Title: r.tagTitle(p.Lang, id), Href: d.Root + r.site.TagAddress(p.Lang, id)})
	}
	d.of = p.Module
	switch p.Module.Kind {
	case site.Home:
		d.Tracks, d.Practice = r.course(p.Lang, d.Root, nil, r.lessons < longCourse), r.practice(p.Lang, d.Root)
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
	return d, c.faults
}

// How fast people read: words a minute, and characters of Han, which count as
// words, in a language without spaces.
const (
	wordsPerMinute = 220
	hanPerMinute   = 300
)

// minutes is what the author said, or else how long the text takes at the speed of
// its language, never under one; 0 without a text.
func (r *Renderer) minutes(p *site.Page) int {
	doc := p.Doc()
	if doc.Meta.Minutes > 0 || doc.Words == 0 {
		return doc.Meta.Minutes
	}
	speed := wordsPerMinute
	if r.words[p.TextLang].CJK {
		speed = hanPerMinute
	}
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
	crumbs := []Link{{Title: r.site.Home.In(p.Lang).Title, Href: d.Site.Home}}
	if t := p.Module.Track; t != nil && t.Title != p.Module && t.ID != "" {
		to := t.Title.In(p.Lang)
		crumbs = append(crumbs, Link{Title: to.Title, Href: site.Relative(p.Path, to.Path)})
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

func (r *Renderer) tagTitle(lang, id string) string {
	if title := r.site.Settings.TagIn(lang, id); title != "" {
		return title
	}
	return id
}

// Extra is a page that the program makes itself.
type Extra struct {
	Path   string
	render func() (*Page, string) // the dot, and the language whose words it uses
}

// Extras lists the pages that no author writes: tags, tools and their
// manuals, sources, headings, the page about reading without a network, the
// choice of a language, and the page for addresses that do not exist.
func (r *Renderer) Extras() []Extra {
	var all []Extra
	add := func(path string, render func() (*Page, string)) { all = append(all, Extra{path, render}) }
	for _, lang := range r.site.Languages {
		if len(r.site.Tags) > 0 {
			add(r.tagsPath(lang), func() (*Page, string) { return r.tagsPage(lang), lang })
			for _, t := range r.site.Tags {
				add(r.site.TagAddress(lang, t.ID), func() (*Page, string) { return r.tagPage(lang, t), lang })
			}
		}
		if len(r.site.Settings.Systems) > 0 {
			add(r.systemsPath(lang), func() (*Page, string) { return r.systemsPage(lang), lang })
		}
		if len(r.site.Tools) > 0 {
			add(r.toolsPath(lang), func() (*Page, string) { return r.toolsPage(lang), lang })
			for _, t := range r.site.Tools {
				add(r.manualPath(lang, t.ID), func() (*Page, string) { return r.manualPage(lang, t), lang })
			}
		}
		add(r.headingsPath(lang), func() (*Page, string) { return r.headingsPage(lang, ""), lang })
		if r.parted(lang) {
			for _, c := range site.Letters {
				letter := string(c)
				add(r.letterPath(lang, letter), func() (*Page, string) { return r.headingsPage(lang, letter), lang })
			}
		}
		if r.OfflineEnabled() {
			add(r.OfflinePath(lang), func() (*Page, string) { return r.offlinePage(lang), lang })
		}
	}
	first := r.site.Languages[0]
	if len(r.site.Languages) > 1 {
		add("index.html", func() (*Page, string) { return r.choosePage(), first })
	}
	add("404.html", func() (*Page, string) { return r.missingPage(), first })
	return all
}

// Extra renders one of them. It may use the memory of into.
func (r *Renderer) Extra(into []byte, e Extra) ([]byte, diag.List) {
	d, lang := e.render()
	html, err := r.execute(into, "pages/"+d.Kind+".html", lang, d.Root, d)
	if err != nil {
		return nil, diag.List{renderFault(err)}
	}
	return html, nil
}

// shared is the frame of a program-made page that every language has.
func (r *Renderer) shared(kind, lang, title string, path func(lang string) string) *Page {
	d := r.frame(kind, lang, path(lang), title)
	for _, l := range r.site.Languages {
		d.Languages = append(d.Languages, LanguageLink{Language: r.language(l), Href: d.Root + path(l), Current: l == lang})
		if d.Canonical != "" && len(r.site.Languages) > 1 {
			d.Alternates = append(d.Alternates, Alternate{Tag: r.language(l).Tag, Href: r.absolute(path(l))})
		}
	}
	d.Crumbs = []Link{{Title: r.site.Home.In(lang).Title, Href: d.Site.Home}}
	return d
}

func (r *Renderer) tagsPage(lang string) *Page {
	d := r.shared("tags", lang, r.words[lang].Get("ui.tags.title"), r.tagsPath)
	for _, t := range r.site.Tags {
		d.TagItems = append(d.TagItems, r.tagItem(t, lang, d.Root))
	}
	return d
}

func (r *Renderer) tagPage(lang string, t *site.Tag) *Page {
	path := func(l string) string { return r.site.TagAddress(l, t.ID) }
	d := r.shared("tag", lang, r.tagTitle(lang, t.ID), path)
	d.TagItems = []TagItem{r.tagItem(t, lang, d.Root)}
	d.Crumbs = append(d.Crumbs, Link{Title: r.words[lang].Get("ui.tags.title"), Href: d.Site.Tags})
	return d
}

func (r *Renderer) tagItem(t *site.Tag, lang, root string) TagItem {
	item := TagItem{ID: t.ID, Title: r.tagTitle(lang, t.ID), Href: root + r.site.TagAddress(lang, t.ID)}
	for _, m := range t.Modules {
		if m.Kind == site.Lesson {
			item.Modules = append(item.Modules, r.moduleItem(m, lang, root))
		}
	}
	return item
}

func (r *Renderer) toolsPage(lang string) *Page {
	w := r.words[lang]
	d := r.shared("tools", lang, w.Get("ui.tools.title"), r.toolsPath)
	for _, t := range r.site.Tools {
		p := t.Module.In(lang)
		d.Tools = append(d.Tools, ToolItem{
			ID: t.ID, Title: w.Get("calc." + t.ID + ".title"), Intro: w.Get("calc." + t.ID + ".intro"),
			Href:   d.Root + p.Path + "#" + t.ID,
			Module: Link{Title: p.Title, Href: d.Root + p.Path},
			Manual: d.Root + r.manualPath(lang, t.ID),
		})
	}
	return d
}

// choosePage stands at the root of a site in several languages.
func (r *Renderer) choosePage() *Page {
	first := r.site.Languages[0]
	d := r.frame("choose", first, "index.html", r.site.Settings.TitleIn(first))
	d.Description = r.site.Settings.DescriptionIn(first)
	for _, l := range r.site.Languages {
		link := LanguageLink{Language: r.language(l), Href: r.site.Home.In(l).Path, Title: r.site.Settings.TitleIn(l)}
		d.Languages = append(d.Languages, link)
		d.Choices = append(d.Choices, link)
	}
	return d
}

// missingPage is what hosts show for an address that does not exist, at any depth:
// so its links start from the base URL. Without one they start from the host's
// root, and the page carries its style, which may not be found there.
func (r *Renderer) missingPage() *Page {
	first := r.site.Languages[0]
	root := "/"
	if u, err := url.Parse(r.opt.BaseURL); err == nil && u.Path != "" {
		root = u.Path
	}
	d := r.frameAt(root, "missing", first, "404.html", r.words[first].Get("ui.missing.title"))
	d.Canonical = ""
	d.Unlinked = r.opt.BaseURL == "" && !r.opt.Live
	for _, l := range r.site.Languages {
		d.Choices = append(d.Choices, LanguageLink{Language: r.language(l), Href: root + r.site.Home.In(l).Path})
	}
	return d
}

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

// Sitemap makes the list of the pages with their translations, for search engines;
// nil without a base URL.
func (r *Renderer) Sitemap() func() []byte {
	if r.opt.BaseURL == "" {
		return nil
	}
	return func() []byte {
		var b bytes.Buffer
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
}

// ContentAssets maps the files beside the pages to their addresses.
func (r *Renderer) ContentAssets() map[string]*source.File {
	all := map[string]*source.File{}
	for _, f := range r.site.Assets {
		all[r.site.AssetAddress(f)] = f
	}
	return all
}
