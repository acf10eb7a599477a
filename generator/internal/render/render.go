// Package render turns the model into pages: HTML by the theme's templates, with
// calculators computed by the very packages that the reader's browser runs.
//
// Start with New, then Page for each page of the site, and RenderGenerated for those
// that no author writes. A Renderer is safe for concurrent use.
package render

import (
	"errors"
	"html/template"
	"strings"
	"sync"

	"playbook/generator/internal/diag"
	"playbook/generator/internal/fasttemplate"
	"playbook/generator/internal/history"
	"playbook/generator/internal/site"
	"playbook/generator/internal/words"
)

// Options are the settings that change what is rendered.
type Options struct {
	BaseURL string // absolute address of the site's root, with a final slash; "" leaves canonical addresses out
	Live    bool   // pages reload themselves when the site changes

	// Words are those of the theme and of the site's worksheets; nil: the theme's.
	Words map[string]*words.Table

	// History is what git knows of the author's files, by their paths.
	History map[string]history.File
}

// Renderer renders the pages of one site with one theme.
type Renderer struct {
	theme        *Theme
	site         *site.Site
	words        map[string]*words.Table
	opt          Options
	id, formerID string // see siteIDs

	wordFiles  map[string]string // of scripts: "en", "en/value-equation" → published path
	wordAssets []Asset
	apps       map[string]string  // language → published path of its web app manifest
	entries    map[string][]entry // of the feeds, by language
	card       Asset              // see Card
	image      string             // absolute address of the picture of pages without their own; "" without a base URL

	languages map[string]Language // by code

	lessons    int            // how many modules the tracks have
	navs       sync.Map       // navKey → *nav
	navWindows sync.Map       // see window
	listing    map[string]int // how many headings a language lists

	// What few pages ask for, found out when the first does, by language.
	headingParts map[string]func() []headingPart
	termUses     map[string]func() map[string][]*site.Module

	mu        sync.Mutex // for executors
	executors map[view]*fasttemplate.Executor
}

// New prepares what all pages share.
func New(theme *Theme, s *site.Site, opt Options) *Renderer {
	r := &Renderer{theme: theme, site: s, words: opt.Words, opt: opt, executors: map[view]*fasttemplate.Executor{}}
	if r.words == nil {
		r.words = theme.words
	}
	r.id, r.formerID = siteIDs(s, opt)
	r.languages = languagesOf(s, theme.words)
	r.scriptWords()
	r.manifests()
	r.shareImage()
	r.entries = map[string][]entry{}
	for _, lang := range s.Languages {
		r.entries[lang] = r.feedEntries(lang)
	}
	for _, t := range s.Tracks {
		r.lessons += len(t.Modules)
	}
	r.listing = r.countHeadings()
	r.headingParts = map[string]func() []headingPart{}
	r.termUses = map[string]func() map[string][]*site.Module{}
	for _, lang := range s.Languages {
		r.termUses[lang] = sync.OnceValue(func() map[string][]*site.Module { return r.usesOfTerms(lang) })
		r.headingParts[lang] = sync.OnceValue(func() []headingPart { return r.headings(lang) })
	}
	return r
}

// SiteID names the site in its readers' browsers.
func (r *Renderer) SiteID() string { return r.id }

// executor returns what runs the theme's templates for a view, with this renderer's
// functions.
func (r *Renderer) executor(v view) *fasttemplate.Executor {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.executors[v] == nil {
		r.executors[v] = r.theme.compiled(v).Executor(r.funcs(v))
	}
	return r.executors[v]
}

// execute appends a page to buf, by the template of its kind.
func (r *Renderer) execute(buf []byte, d *Page) ([]byte, error) {
	return r.executor(view{d.Lang.Code, d.Root}).Execute(buf, "pages/"+d.Kind+".html", d)
}

// fragment runs one template for a part of a page.
func (r *Renderer) fragment(name, lang, root string, dot any) (template.HTML, error) {
	html, err := r.executor(view{lang, root}).ExecuteString(name, dot)
	return template.HTML(html), err
}

// Page appends a page of the site to buf.
func (r *Renderer) Page(buf []byte, p *site.Page) ([]byte, diag.List) {
	d, faults := r.data(p)
	html, err := r.execute(buf, d)
	if err != nil {
		faults = append(faults, renderFault(err))
	}
	return html, faults
}

// renderFault places a template's fault; an error without a place names none.
func renderFault(err error) diag.Diag {
	var te *template.Error
	if errors.As(err, &te) && te.Line > 0 {
		return diag.Diag{
			Pos: diag.Pos{File: "templates/" + te.Name, Line: te.Line, Col: 1}, Rule: "theme",
			Message: oneLine(te.Description),
		}
	}
	return templateFault(err)
}

// body renders parsed content for a page.
func (r *Renderer) body(c *content, b []part) template.HTML {
	var out strings.Builder
	size := 0
	for _, p := range b {
		size += len(p.HTML)
		if p.Link != nil {
			size += 64 // an address is about as long
		}
	}
	out.Grow(size)
	for _, p := range b {
		switch {
		case p.Link != nil:
			out.WriteString(template.HTMLEscapeString(c.href(p.Link)))
		case p.Block != nil:
			out.WriteString(string(c.block(p.Block)))
		default:
			out.Write(p.HTML)
		}
	}
	return template.HTML(out.String())
}
