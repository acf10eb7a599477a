// Package build is the pipeline: source → markdown → site → check → render,
// search → output. It is meant to be read from top to bottom.
//
// Start with New, then Build; a Builder may build again after files changed and
// keeps what did not. Nothing is written here: the result is a set of files that
// the caller publishes or serves.
package build

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"playbook/calculators/wasm/binary"
	"playbook/generator/internal/check"
	"playbook/generator/internal/diag"
	"playbook/generator/internal/markdown"
	"playbook/generator/internal/output"
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
	opt    Options
	tree   *source.Tree
	parsed map[string]parsed // by path: what a file gave, as long as its hash stays
	words  words.Loader
	theme  themed
	search *search.Index
}

// themed is the theme as long as the site's own templates and words stay as they
// are, and what was rendered with it.
type themed struct {
	key    string
	theme  *render.Theme
	faults diag.List
	cache  *render.Cache
}

type parsed struct {
	hash  [32]byte
	cjk   bool
	doc   *markdown.Document
	diags diag.List
}

// New returns a builder with nothing built yet.
func New(opt Options) *Builder {
	return &Builder{opt: opt, parsed: map[string]parsed{}, search: search.New()}
}

// Build runs the pipeline. The error is for what no fault in a file explains: a
// folder that cannot be read, a base URL that is none.
func (b *Builder) Build(ctx context.Context) (*Result, error) {
	base, err := baseURL(b.opt.BaseURL)
	if err != nil {
		return nil, err
	}

	tree, diags, err := source.LoadFrom(b.opt.Site, b.tree)
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

	layers := templateLayers(tree.Root)
	tables, faults := b.words.Load(layers...)
	res.Diags = append(res.Diags, faults...)
	mute := false
	for _, lang := range tree.Settings.Languages {
		if tables[lang] == nil {
			mute = true
			res.Diags = append(res.Diags, diag.Diag{
				Pos: tree.Settings.LanguagesPos, Rule: "language",
				Message: fmt.Sprintf("the theme has no words for the language %q", lang),
				Help:    fmt.Sprintf("add templates/i18n/%s.yaml, a translation of en.yaml", lang),
			})
		}
	}
	if mute || res.Failed() && len(tree.Files) == 0 {
		return res.sorted(), nil // there is nothing to say, or no words for it
	}

	texts, faults := b.parse(ctx, tree, tables)
	res.Diags = append(res.Diags, faults...)

	model := site.New(tree, texts)
	res.Diags = append(res.Diags, check.Run(model, tables)...)

	if key := fingerprint(layers); b.theme.theme == nil || b.theme.key != key {
		b.theme.key, b.theme.cache = key, new(render.Cache)
		b.theme.theme, b.theme.faults = render.LoadTheme(render.Overlay(layers...), b.runtimeAssets())
	}
	res.Diags = append(res.Diags, b.theme.faults...)
	res.Pages = len(model.Modules) * len(model.Languages)
	if b.opt.Check || res.Failed() {
		return res.sorted(), ctx.Err()
	}

	r := render.New(b.theme.theme, model, tables, render.Options{BaseURL: base, Live: b.opt.Live, Cache: b.theme.cache})
	res.Files, faults, err = pages(ctx, r, model, b.theme.theme)
	if err != nil {
		return nil, err
	}
	res.Diags = append(res.Diags, faults...)
	if res.Failed() {
		res.Files = nil
		return res.sorted(), ctx.Err()
	}
	if err := b.index(ctx, res.Files, model, tables); err != nil {
		return nil, err
	}
	return res.sorted(), ctx.Err()
}

func (r *Result) sorted() *Result {
	r.Diags.Sort()
	return r
}

// templateLayers returns the site's own folder of templates, if it has one, over
// the program's.
func templateLayers(root string) []fs.FS {
	own := filepath.Join(root, "templates")
	if info, err := os.Stat(own); err == nil && info.IsDir() {
		return []fs.FS{os.DirFS(own), templates.FS}
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
	parsers := map[string]*markdown.Parser{}
	for _, lang := range tree.Settings.Languages {
		t := tables[lang]
		parsers[lang] = markdown.New(markdown.Options{Lang: lang, CJK: t.CJK, Guest: tree.Guest, Word: t.Get})
	}
	var files []*source.File
	for _, f := range tree.Files {
		if f.Kind == source.Markdown {
			files = append(files, f)
		}
	}
	results := make([]parsed, len(files))
	parallel(ctx, len(files), func(i int) {
		f := files[i]
		lang := f.Lang
		if lang == "" {
			lang = tree.Settings.Languages[0]
		}
		cjk := tables[lang].CJK
		if old, ok := b.parsed[f.Path]; ok && old.hash == f.Hash && old.cjk == cjk {
			results[i] = old
			return
		}
		doc, diags := parsers[lang].Parse(f)
		results[i] = parsed{f.Hash, cjk, doc, diags}
	})
	if ctx.Err() != nil {
		return nil, nil
	}
	keep := make(map[string]parsed, len(files))
	var texts []site.Text
	var all diag.List
	for i, f := range files {
		keep[f.Path] = results[i]
		all = append(all, results[i].diags...)
		if doc := results[i].doc; doc != nil && !(doc.Meta.Draft && !b.opt.Live) {
			texts = append(texts, site.Text{File: f, Doc: doc})
		}
	}
	b.parsed = keep
	return texts, all
}

// pages renders everything that is published.
func pages(ctx context.Context, r *render.Renderer, model *site.Site, theme *render.Theme) (*output.Set, diag.List, error) {
	set := output.NewSet()
	var mu sync.Mutex
	var faults diag.List
	var failed error
	put := func(path string, data []byte, diags diag.List) {
		mu.Lock()
		defer mu.Unlock()
		faults = append(faults, diags...)
		if len(diags) == 0 {
			if err := set.Put(path, data); err != nil && failed == nil {
				failed = err
			}
		}
	}

	var work []func()
	for _, m := range model.Modules {
		for _, p := range m.Pages {
			work = append(work, func() {
				html, diags := r.Page(p)
				put(p.Path, html, diags)
			})
		}
	}
	for _, e := range r.Extras() {
		work = append(work, func() {
			html, diags := r.Extra(e)
			put(e.Path, html, diags)
		})
	}
	parallel(ctx, len(work), func(i int) { work[i]() })

	for _, a := range model.Aliases() {
		put(a.Path, r.Redirect(a), nil)
	}
	for _, f := range theme.Files() {
		put(f.Path, f.Data, nil)
	}
	for path, f := range r.ContentAssets() {
		put(path, f.Data, nil)
	}
	if sitemap := r.Sitemap(); sitemap != nil {
		put("sitemap.xml", sitemap, nil)
	}
	return set, dedupe(faults), failed
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

// parallel calls do(0 … n-1) on every core and waits.
func parallel(ctx context.Context, n int, do func(i int)) {
	var wg sync.WaitGroup
	next := make(chan int)
	for range min(n, runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			for i := range next {
				do(i)
			}
		})
	}
	for i := 0; i < n && ctx.Err() == nil; i++ {
		next <- i
	}
	close(next)
	wg.Wait()
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
