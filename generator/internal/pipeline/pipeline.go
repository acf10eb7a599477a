// Package pipeline builds a site: source → markdown → site → check → render,
// search → output. It is meant to be read from top to bottom.
//
// Start with New, then Build; a Builder may build again after files changed and
// keeps what did not. Nothing is written here: the result is a set of files that
// the caller publishes or serves. A page is rendered when it is asked for, so
// that a site to be published need not stand in memory, and one that is served
// renders only what somebody looks at.
package pipeline

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"playbook/calculators/wasm/binary"
	"playbook/generator/internal/check"
	"playbook/generator/internal/diag"
	"playbook/generator/internal/markdown"
	"playbook/generator/internal/output"
	"playbook/generator/internal/pool"
	"playbook/generator/internal/render"
	"playbook/generator/internal/search"
	"playbook/generator/internal/site"
	"playbook/generator/internal/source"
	"playbook/generator/internal/words"
	"playbook/templates"
)

// Options are what a build depends on beside the files.
type Options struct {
	Site     string // the folder that holds content/, or a folder of Markdown
	BaseURL  string // absolute address of the published root; "" for none
	Live     bool   // for serve: pages reload themselves, drafts are shown
	Check    bool   // stop before rendering: only the faults are wanted
	Compress bool   // take the calculators' compressed forms along, which were made when the program was built
}

// Result is what a build found and made.
type Result struct {
	Diags diag.List
	Files *output.Set // nil when the build failed or only checked
	Pages int
	Guest bool

	tree *source.Tree

	mu            sync.Mutex
	rendered      diag.List    // faults that came up while pages were rendered
	pagesRendered atomic.Int64 // authors' pages rendered, counted for the tests
}

// ErrFaults is returned by Ready when pages could not be rendered.
var ErrFaults = errors.New("there are faults")

// Ready says, when every file has been made, whether they may be published: it
// takes the faults of rendering into Diags. It is output.PublishOptions.Ready.
func (r *Result) Ready() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.Diags = append(r.Diags, dedupe(r.rendered)...)
	r.rendered = nil
	r.sorted()
	if r.Failed() {
		r.Files = nil
		return ErrFaults
	}
	return nil
}

// Rendered returns the faults of the pages that were rendered since the build.
func (r *Result) Rendered() diag.List {
	r.mu.Lock()
	defer r.mu.Unlock()
	return dedupe(r.rendered)
}

// addRenderFaults keeps the faults of rendering.
func (r *Result) addRenderFaults(faults diag.List) {
	if len(faults) > 0 {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.rendered = append(r.rendered, faults...)
	}
}

// Failed reports whether there are faults that keep the site from being published.
func (r *Result) Failed() bool { return r.Diags.HasErrors() }

// Source returns the text of an author's file, for showing a fault in its line.
func (r *Result) Source(file string) []byte {
	if r.tree == nil {
		return nil
	}
	return r.tree.Source(file)
}

// Builder builds one site again and again.
type Builder struct {
	opt           Options
	tree          *source.Tree
	treePreloaded bool               // tree was read for this build
	key           [sha256.Size]byte  // of what is built: see keyOf
	parsed        map[string]*parsed // by path: what a file gave, as long as what it depends on stays
	words         words.Loader
	theme         themeCache
	checks        check.Memory
	fresh         map[*markdown.Document]bool // parsed by the last build, not taken over
	search        *search.Index               // nil makes no index, for the benchmark of what it costs
}

// themeCache is the theme as long as the site's own templates and words stay as they
// are.
type themeCache struct {
	key    string
	theme  *render.Theme
	faults diag.List

	languages []string  // of the site, by which the words were compared
	compared  diag.List // what was found
}

// compare reports what the words of a site's languages lack; it is known as long
// as these languages stay.
func (t *themeCache) compare(languages []string) diag.List {
	if t.languages == nil || !slices.Equal(t.languages, languages) {
		t.languages, t.compared = languages, words.Compare(t.theme.Words(), languages)
	}
	return t.compared
}

// parsed is what a file gave, and all that it depends on.
type parsed struct {
	hash  [32]byte
	opt   markdown.Options
	doc   *markdown.Document
	diags diag.List
}

// New returns a builder with nothing built yet.
func New(opt Options) *Builder {
	b := &Builder{opt: opt, parsed: map[string]*parsed{}, search: search.New()}
	b.search.Once = !opt.Live
	return b
}

// Build runs the pipeline. The error is for what no fault in a file explains: a
// folder that cannot be read, a base URL that is none.
func (b *Builder) Build(ctx context.Context) (*Result, error) { return b.Rebuild(ctx, nil) }

// Rebuild is Build when it is known what may have changed since the last one:
// paths on disk; nil when it is not.
func (b *Builder) Rebuild(ctx context.Context, changed []string) (res *Result, err error) {
	err = pool.Try(func() (err error) {
		res, err = b.rebuild(ctx, changed)
		return err
	})
	return res, err
}

func (b *Builder) rebuild(ctx context.Context, changed []string) (*Result, error) {
	base, err := baseURL(b.opt.BaseURL)
	if err != nil {
		return nil, err
	}

	if b.treePreloaded { // Standing has just read everything
		changed, b.treePreloaded = []string{}, false
	}
	tree, diags, err := source.LoadFrom(b.opt.Site, b.tree, changed)
	if err != nil {
		return nil, err
	}
	b.tree = tree
	res := &Result{Diags: diags, Guest: tree.Guest, tree: tree}
	if base == "" {
		if base, err = baseURL(tree.Settings.BaseURL); err != nil {
			res.Diags = append(res.Diags, diag.Diag{Pos: tree.Settings.BaseURLPos, Rule: "settings", Message: "base_url: " + err.Error()})
		}
	}

	newTheme := b.loadTheme(templateLayers(tree.Root))
	tables := b.theme.theme.Words()
	res.Diags = append(res.Diags, b.theme.faults...)
	res.Diags = append(res.Diags, b.theme.compare(tree.Settings.Languages)...)
	missingLanguage := false
	for _, lang := range tree.Settings.Languages {
		if tables[lang] == nil {
			missingLanguage = true
			res.Diags = append(res.Diags, diag.Diag{
				Pos: tree.Settings.LanguagesPos, Rule: "language",
				Message: fmt.Sprintf("the theme has no words for the language %q", lang),
				Help:    fmt.Sprintf("add templates/i18n/%s.yaml, a translation of en.yaml", lang),
			})
		}
	}
	if missingLanguage || res.Failed() && len(tree.Files) == 0 {
		return res.sorted(), nil // there is nothing to say, or no words for it
	}

	texts, faults := b.parse(ctx, tree, tables)
	res.Diags = append(res.Diags, faults...)

	model := site.New(tree, texts, b.theme.theme.Paths())
	index := func() ([]search.File, error) { return nil, nil }
	if !b.opt.Check && b.search != nil {
		index = b.index(model, tables)
		defer index() // also where the build ends early: the next one reads the same index
	}
	res.Diags = append(res.Diags, b.checks.Run(model, tables, b.opt.Live)...)

	res.Pages = len(model.Modules) * len(model.Languages)
	if b.opt.Check || res.Failed() {
		return res.sorted(), ctx.Err()
	}

	r := render.New(b.theme.theme, model, render.Options{BaseURL: base, Live: b.opt.Live})
	if err := res.pages(r, model, b.theme.theme); err != nil {
		return nil, err
	}
	found, err := index()
	if err != nil {
		return nil, err
	}
	for _, f := range found {
		if err := res.Files.PutLater(f.Path, f.Data); err != nil {
			return nil, err
		}
	}
	if err := res.addServiceWorker(r, model, b.theme.theme, tables); err != nil {
		return nil, err
	}
	if b.opt.Live {
		b.prerenderChanged(ctx, res, r, model, newTheme)
	}
	return res.sorted(), ctx.Err()
}

// loadTheme reads the theme and its words, if they may have changed.
func (b *Builder) loadTheme(layers []fs.FS) (changed bool) {
	key := fingerprint(layers)
	if b.theme.theme != nil && b.theme.key == key {
		return false
	}
	t := themeCache{key: key}
	t.theme, t.faults = render.LoadTheme(layers, &b.words, b.runtimeAssets())
	b.theme = t
	return true
}

func (r *Result) sorted() *Result {
	r.Diags.Sort()
	return r
}

// templateLayers returns the site's own folder of templates, if it has one, over
// the program's.
func templateLayers(root string) []fs.FS {
	if own := source.Templates(root); own != nil {
		return []fs.FS{own, templates.FS}
	}
	return []fs.FS{templates.FS}
}

// fingerprint tells whether the site's own templates changed: names, sizes and
// times. The program's own never do.
func fingerprint(layers []fs.FS) string {
	var b strings.Builder
	for _, layer := range layers[:len(layers)-1] {
		_ = fs.WalkDir(layer, ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return nil // what cannot be read is reported when it is needed
			}
			if info, err := d.Info(); err == nil {
				fmt.Fprintf(&b, "%s %d %d\n", name, info.Size(), info.ModTime().UnixNano())
			}
			return nil
		})
	}
	return b.String()
}

// runtimeAssets is the calculators' code for the browser. A program that was
// built without it publishes pages whose calculators show their worked example.
func (b *Builder) runtimeAssets() map[string][]byte {
	files, err := binary.Files()
	if err != nil {
		return nil
	}
	if !b.opt.Compress {
		delete(files, binary.Brotli)
		delete(files, binary.Gzip)
	}
	return files
}

// parse reads the documents in parallel, in the order of the files; what did not
// change since the last build is taken over, faults included.
func (b *Builder) parse(ctx context.Context, tree *source.Tree, tables map[string]*words.Table) ([]site.Text, diag.List) {
	options, parsers := map[string]markdown.Options{}, map[string]*markdown.Parser{}
	for _, lang := range tree.Settings.Languages {
		t := tables[lang]
		options[lang] = markdown.Options{Lang: lang, CJK: t.CJK, Guest: tree.Guest, Words: markdown.WordsOf(t.Get)}
		parsers[lang] = markdown.New(options[lang])
	}
	var files []*source.File
	for _, f := range tree.Files {
		if f.Kind == source.Markdown {
			files = append(files, f)
		}
	}
	results := make([]*parsed, len(files))
	var fresh []int // numbers of the files that are to be parsed
	for i, f := range files {
		results[i] = b.parsed[f.Path]
		if old := results[i]; old == nil || old.hash != f.Hash || old.opt != options[langOf(f, tree)] {
			fresh = append(fresh, i)
		}
	}
	_ = pool.Do(ctx, len(fresh), func(i int) error {
		f := files[fresh[i]]
		lang := langOf(f, tree)
		f.Data = f.Text()
		p := &parsed{hash: f.Hash, opt: options[lang]}
		failed := diag.Guard(f.Path, func() { p.doc, p.diags = parsers[lang].Parse(f) })
		if failed != nil && tree.Guest { // which is built without it
			failed.Soften()
		}
		p.diags = append(p.diags, failed...)
		f.Data = nil
		results[fresh[i]] = p
		return nil
	})
	if ctx.Err() != nil {
		return nil, nil
	}
	b.fresh = map[*markdown.Document]bool{}
	for _, i := range fresh {
		b.fresh[results[i].doc] = true
		b.parsed[files[i].Path] = results[i]
	}
	if len(b.parsed) > len(files) { // some are gone
		b.parsed = make(map[string]*parsed, len(files))
		for i, f := range files {
			b.parsed[f.Path] = results[i]
		}
	}
	texts := make([]site.Text, 0, len(files))
	var all diag.List
	for i, f := range files {
		all = append(all, results[i].diags...)
		if doc := results[i].doc; doc != nil && !(doc.Meta.Draft && !b.opt.Live) {
			texts = append(texts, site.Text{File: f, Doc: doc})
		}
	}
	return texts, all
}

// langOf is the language that a file is written in.
func langOf(f *source.File, tree *source.Tree) string {
	if f.Lang == "" {
		return tree.Settings.Languages[0]
	}
	return f.Lang
}

// pages puts everything that is published into the result's files.
func (res *Result) pages(r *render.Renderer, model *site.Site, theme *render.Theme) error {
	set := output.NewSetFor(2 * len(model.Modules) * len(model.Languages))
	var failed error
	put := func(path string, make func() []byte) {
		if err := set.PutLater(path, make); err != nil && failed == nil {
			failed = err
		}
	}
	page := func(path string, make func(into []byte) []byte) {
		if err := set.PutInto(path, make); err != nil && failed == nil {
			failed = err
		}
	}
	ready := func(path string, data []byte) {
		if err := set.Put(path, data); err != nil && failed == nil {
			failed = err
		}
	}

	for _, m := range model.Modules {
		for _, p := range m.Pages {
			page(p.Path, func(into []byte) (html []byte) {
				var faults diag.List
				file := p.Path
				if p.Text != nil {
					file = p.Text.File.Path
				}
				failed := diag.Guard(file, func() { html, faults = r.Page(into, p) })
				res.pagesRendered.Add(1)
				res.addRenderFaults(append(faults, failed...))
				return html
			})
		}
	}
	for _, e := range r.Extras() {
		page(e.Path, func(into []byte) []byte {
			var html []byte
			var faults diag.List
			failed := diag.Guard("templates", func() { html, faults = r.Extra(into, e) })
			res.addRenderFaults(append(faults, failed...))
			return html
		})
	}
	for _, a := range model.Aliases {
		put(a.Path, func() []byte { return r.Redirect(a) })
	}
	for _, f := range theme.Files() {
		ready(f.Path, f.Data)
	}
	for _, f := range r.WordAssets() {
		ready(f.Path, f.Data)
	}
	for path, f := range r.ContentAssets() {
		ready(path, f.Data)
	}
	if sitemap := r.Sitemap(); sitemap != nil {
		put("sitemap.xml", sitemap)
	}
	res.Files = set
	return failed
}

// mostPrerendered is how many pages at most are rendered before anybody asks for them.
const mostPrerendered = 500

// prerenderChanged renders what the author's last change may have broken: the pages whose
// text is new, and with a new theme one page of each kind. What was not rendered then is
// rendered, and its faults are told, when somebody looks.
func (b *Builder) prerenderChanged(ctx context.Context, res *Result, r *render.Renderer, model *site.Site, newTheme bool) {
	var work []func()
	kinds := map[site.Kind]bool{}
	for _, m := range model.Modules {
		for _, p := range m.Pages {
			if p.Text != nil && b.fresh[p.Text.Doc] && len(work) < mostPrerendered || newTheme && !kinds[m.Kind] {
				kinds[m.Kind] = true
				work = append(work, func() { res.Files.Get(p.Path) })
			}
		}
	}
	for _, e := range r.Extras() {
		if newTheme {
			work = append(work, func() { res.Files.Get(e.Path) })
		}
	}
	_ = pool.Do(ctx, len(work), func(i int) error { work[i](); return nil })
	_ = res.Ready()
}

// dedupe keeps one of each fault: a theme's mistake shows on every page.
func dedupe(list diag.List) diag.List {
	seen := map[diag.Diag]bool{}
	var out diag.List
	for _, d := range list {
		if !seen[d] {
			seen[d] = true
			out = append(out, d)
		}
	}
	return out
}

// ErrBaseURL is returned (wrapped) for a base URL that is none.
var ErrBaseURL = errors.New("is not a public address: write one such as https://example.org/playbook/")

// baseURL checks the public address and gives it its final slash.
func baseURL(s string) (string, error) {
	if s == "" {
		return "", nil
	}
	u, err := url.Parse(s)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || u.RawQuery != "" || u.Fragment != "" {
		return "", fmt.Errorf("%q %w", s, ErrBaseURL)
	}
	return strings.TrimSuffix(s, "/") + "/", nil
}
