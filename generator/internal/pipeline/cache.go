package pipeline

import (
	"context"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"sync"

	"playbook/calculators/wasm/binary"
	"playbook/generator/internal/check"
	"playbook/generator/internal/diag"
	"playbook/generator/internal/history"
	"playbook/generator/internal/markdown"
	"playbook/generator/internal/pool"
	"playbook/generator/internal/render"
	"playbook/generator/internal/search"
	"playbook/generator/internal/site"
	"playbook/generator/internal/source"
	"playbook/generator/internal/words"
	"playbook/generator/internal/worksheet"
)

// cache is what one build leaves for the next, so that only what changed is made
// again. Each part is used as long as all that it depends on stays, so a build gives
// what it would give without.
type cache struct {
	assets     map[string][]byte // the calculators' code for the browser
	tree       *source.Tree
	words      *words.Loader
	worksheets worksheet.Loader
	theme      *theme
	documents  map[string]*document // by path
	checks     check.Memory
	commit     string                  // of the history
	history    map[string]history.File // by path; nil where nobody asks for it
	search     *search.Index           // nil makes no index, for the benchmark of what it costs
}

func newCache(opt Options) cache {
	c := cache{words: new(words.Loader), documents: map[string]*document{}, search: search.New()}
	c.search.OneShot = !opt.Live
	// A program that was built without the calculators' code publishes pages whose
	// calculators show their worked example.
	c.assets, _ = binary.Files()
	if !opt.Compress {
		delete(c.assets, binary.Brotli)
		delete(c.assets, binary.Gzip)
	}
	return c
}

// theme is a theme, as long as the site's own templates and words stay as they are.
type theme struct {
	*render.Theme
	key    string
	faults diag.List

	comparedKey string    // languages and calculators by which the words were compared
	compared    diag.List // what was found
}

// loadTheme returns the theme, and whether it is new.
func (c *cache) loadTheme(in Inputs) (*theme, bool) {
	// What cannot be read is reported when it is needed.
	var languages []string
	if in.tree != nil {
		languages = in.tree.Settings.Languages
	}
	var key strings.Builder
	fmt.Fprintln(&key, languages)
	_ = in.ownTemplates(func(_ fs.FS, name string, d fs.DirEntry) error {
		if info, err := d.Info(); err == nil {
			fmt.Fprintf(&key, "%s %d %d\n", name, info.Size(), info.ModTime().UnixNano())
		}
		return nil
	})
	if c.theme != nil && c.theme.key == key.String() {
		return c.theme, false
	}
	c.theme = &theme{key: key.String()}
	c.theme.Theme, c.theme.faults = render.LoadTheme(in.templates, languages, c.words, c.assets)
	c.theme.faults = append(c.theme.faults, stemmers(c.theme.Words())...)
	return c.theme, true
}

// compare reports what the words of a site's languages and calculators lack; it is
// known as long as these stay.
func (t *theme) compare(s *site.Site) diag.List {
	var calculators []string
	for _, tool := range s.Tools {
		if s.Calculators.Find(tool.ID).Sheet == "" { // a worksheet has its words in its own file
			calculators = append(calculators, tool.ID)
		}
	}
	if key := fmt.Sprint(s.Languages, calculators); t.comparedKey != key {
		t.comparedKey, t.compared = key, words.Compare(t.Words(), s.Languages, calculators)
	}
	return t.compared
}

// loadHistory returns what git knows of the files, as of the commit that was read.
func (c *cache) loadHistory(ctx context.Context, in Inputs) map[string]history.File {
	if in.commit != c.commit {
		c.commit, c.history = in.commit, nil
		if in.commit != "" {
			c.history = history.Read(ctx, in.tree.Root)
		}
	}
	return c.history
}

// document is what parsing a file gave, and all that it depends on.
type document struct {
	hash  [32]byte
	opt   markdown.Options
	doc   *markdown.Document
	diags diag.List
}

// parse parses the texts in parallel, in the order of the files; what did not change
// is taken over, faults included. fresh are the documents that were not.
func (c *cache) parse(ctx context.Context, opt Options, tree *source.Tree, tables map[string]*words.Table) (texts []site.Text, fresh map[*markdown.Document]bool, faults diag.List) {
	options, parsers := map[string]markdown.Options{}, map[string]*markdown.Parser{}
	for _, lang := range tree.Settings.Languages {
		t := tables[lang]
		options[lang] = markdown.Options{Language: textLanguage(&t.Language), Guest: tree.Guest, Words: markdown.WordsOf(t.Get)}
		parsers[lang] = markdown.New(options[lang])
	}
	documents := make(map[string]*document, len(tree.Files))
	var files, stale []*source.File
	for _, f := range tree.Files {
		if f.Kind != source.Markdown || f.Held {
			continue
		}
		files = append(files, f)
		d := c.documents[f.Path]
		if d == nil || d.hash != f.Hash || d.opt != options[langOf(f, tree)] {
			d = &document{hash: f.Hash, opt: options[langOf(f, tree)]}
			stale = append(stale, f)
		}
		documents[f.Path] = d
	}
	_ = pool.Do(ctx, len(stale), func(i int) error {
		f := stale[i]
		d := documents[f.Path]
		f.Data = f.Text()
		failed := diag.Guard(f.Path, func() { d.doc, d.diags = parsers[langOf(f, tree)].Parse(f) })
		if failed != nil && tree.Guest { // which is built without it
			failed.Soften()
		}
		d.diags = append(d.diags, failed...)
		f.Data = nil
		return nil
	})
	if ctx.Err() != nil {
		return nil, nil, nil
	}
	c.documents = documents
	fresh = make(map[*markdown.Document]bool, len(stale))
	for _, f := range stale {
		fresh[documents[f.Path].doc] = true
	}
	folders := map[string]bool{} // that are held back with all that stands in them
	for _, f := range files {
		if d := documents[f.Path]; d.doc != nil && f.Title && d.doc.Meta.HoldsFolder {
			folders[path.Dir(f.Path)] = true
		}
	}
	texts = make([]site.Text, 0, len(files))
	for _, f := range files {
		d := documents[f.Path]
		faults = append(faults, d.diags...)
		if d.doc != nil && (opt.Live || !isHeld(f, d.doc, folders, opt.Today)) {
			texts = append(texts, site.Text{File: f, Doc: d.doc})
		}
	}
	return texts, fresh, faults
}

// isHeld reports whether a page's front matter, or that of a folder above, holds it back.
func isHeld(f *source.File, doc *markdown.Document, folders map[string]bool, today string) bool {
	m := &doc.Meta
	if m.Draft || m.From > today || m.Until != "" && m.Until < today {
		return true
	}
	for dir := path.Dir(f.Path); len(folders) > 0; dir = path.Dir(dir) {
		if folders[dir] {
			return true
		}
		if dir == "." {
			break
		}
	}
	return false
}

// langOf is the language that a file is written in.
func langOf(f *source.File, tree *source.Tree) string {
	if f.Lang == "" {
		return tree.Settings.Languages[0]
	}
	return f.Lang
}

// index reads the pages for the search index while the pipeline goes on, and returns a
// function that waits for it. Its files are made when they are asked for.
func (c *cache) index(opt Options, model *site.Site, tables map[string]*words.Table) (wait func() ([]search.File, error)) {
	if opt.Check || c.search == nil {
		return func() ([]search.File, error) { return nil, nil }
	}
	var files []search.File
	var err error
	var done sync.WaitGroup
	done.Go(func() {
		files, err = pool.Value(func() ([]search.File, error) { return c.search.Build(searchInput(model, tables)) })
	})
	return func() ([]search.File, error) {
		done.Wait()
		return files, err
	}
}
