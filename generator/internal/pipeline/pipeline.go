// Package pipeline builds a site. Its stages are values, each made of the one before:
//
//	Inputs   the author's files as they were read, with a key that stands for them
//	Plan     every path of the site and what makes it: made by parsing the texts,
//	         relating them in a model, and checking that
//
// A plan is rendered path by path, when somebody asks: output.Publish writes one into
// a folder, page after page in the same memory; package serve shows one, and renders
// only what somebody looks at. Start with New, then Read and Build; a Builder may
// build again after files changed, and keeps a cache of what did not.
package pipeline

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"playbook/generator/internal/check"
	"playbook/generator/internal/diag"
	"playbook/generator/internal/markdown"
	"playbook/generator/internal/pool"
	"playbook/generator/internal/render"
	"playbook/generator/internal/site"
	"playbook/generator/internal/source"
)

// Options are what a build depends on beside the files.
type Options struct {
	Site     string // the folder that holds content/, or a folder of Markdown
	BaseURL  string // absolute address of the published root; "" for none
	Title    string // of the site, instead of its own; "" for none
	Live     bool   // for serve: pages reload themselves, drafts are shown
	Check    bool   // make no plan: only the faults are wanted
	Today    string // as 2027-03-01: dates in front matter are compared with it; today, unless given
	Compress bool   // take the calculators' compressed forms along, which were made when the program was built
}

// Result is what a build found and planned.
type Result struct {
	Diags diag.List // sorted
	Plan  *Plan     // nil when there are errors, or only faults were wanted
	Pages int
	Guest bool

	// Changed are paths of the plan that a change since the builder's last build may
	// have broken: pages whose text is new, and with a new theme one page of each kind.
	// They are worth rendering before the plan is shown.
	Changed []string

	tree  *source.Tree
	model *site.Site // nil where the settings have faults
}

// Failed reports whether there are faults that keep the site from being published.
func (r Result) Failed() bool { return r.Diags.HasErrors() }

// With is the result with the faults that rendering brought up.
func (r Result) With(faults diag.List) Result {
	r.Diags = slices.Concat(r.Diags, faults)
	r.Diags.Sort()
	if r.Failed() {
		r.Plan, r.Changed = nil, nil
	}
	return r
}

// Since lists what questions have lost since an earlier revision of the site; false
// where either has no pages to compare.
func (r Result) Since(then Result, revision string) (diag.List, bool) {
	if r.model == nil || then.model == nil {
		return nil, false
	}
	return check.Since(then.model, r.model, revision), true
}

// Source returns the text of an author's file, for showing a fault in its line.
func (r Result) Source(file string) []byte {
	if r.tree == nil {
		return nil
	}
	return r.tree.Source(file)
}

// Builder builds one site again and again, one build at a time. What it returned stays
// valid when it builds again.
type Builder struct {
	opt   Options
	cache cache
}

// New returns a builder with nothing built yet.
func New(opt Options) *Builder {
	opt.Today = cmp.Or(opt.Today, time.Now().Format(time.DateOnly))
	return &Builder{opt: opt, cache: newCache(opt)}
}

// Build makes a plan of what was read, or says why there is none. The error is for what
// no fault in a file explains.
func (b *Builder) Build(ctx context.Context, in Inputs) (Result, error) {
	return pool.Value(func() (Result, error) { return b.build(ctx, in) })
}

// Run is Read and Build.
func (b *Builder) Run(ctx context.Context, changed []string) (Result, error) {
	in, err := b.Read(changed)
	if err != nil {
		return Result{}, err
	}
	return b.Build(ctx, in)
}

func (b *Builder) build(ctx context.Context, in Inputs) (Result, error) {
	res := Result{Diags: slices.Clone(in.diags), Guest: in.tree.Guest, tree: in.tree}
	settings := in.tree.Settings

	theme, newTheme := b.cache.loadTheme(in)
	res.Diags = slices.Concat(res.Diags, theme.faults)
	unknown := unknownLanguages(settings, theme.Theme)
	res.Diags = append(res.Diags, unknown...)
	if len(unknown) > 0 || res.Failed() && len(in.tree.Files) == 0 {
		return res.With(nil), nil // there is nothing to say, or no words for it
	}

	// Before the texts are parsed, which drops them.
	set, tables, faults := b.cache.worksheets.Load(in.tree, theme.Words())
	res.Diags = append(res.Diags, faults...)
	texts, fresh, faults := b.cache.parse(ctx, b.opt, in.tree, theme.Words())
	res.Diags = append(res.Diags, faults...)
	if err := ctx.Err(); err != nil {
		return res, err
	}
	model := site.New(in.tree, texts, tables, theme.Paths(), set)
	res.model = model
	res.Diags = append(res.Diags, theme.compare(model)...)
	res.Pages = len(model.Modules) * len(model.Languages)

	index := b.cache.index(b.opt, model, tables) // while the site is checked
	defer index()                                // also where there is no plan: the next build reads the same index
	res.Diags = append(res.Diags, b.cache.checks.Run(model, tables, b.opt.Live)...)
	if b.opt.Check || res.Failed() {
		return res.With(nil), ctx.Err()
	}

	files, err := index()
	if err != nil {
		return res, err
	}
	r := render.New(theme.Theme, model, render.Options{BaseURL: in.baseURL, Live: b.opt.Live, Words: tables, History: b.cache.loadHistory(ctx, in)})
	res.Plan = newPlan(r, model, theme.Theme, tables, files)
	res.Plan.baseURL = in.baseURL
	res.Changed = changed(r, model, fresh, newTheme)
	return res.With(nil), ctx.Err()
}

// unknownLanguages reports the languages of a site that the theme does not speak.
func unknownLanguages(s *source.Settings, theme *render.Theme) (faults diag.List) {
	for _, lang := range s.Languages {
		if theme.Words()[lang] == nil {
			faults = append(faults, diag.Diag{
				Pos: s.LanguagesPos, Rule: "language",
				Message: fmt.Sprintf("the theme has no words for the language %q", lang),
				Help:    fmt.Sprintf("add templates/i18n/%s.yaml, a translation of %s.yaml", lang, source.DefaultLanguage),
			})
		}
	}
	return faults
}

// mostChanged is how many pages at most are worth rendering before anybody asks.
const mostChanged = 500

// changed lists the pages of fresh documents, and with a new theme one page of each
// kind, those that no author writes included.
func changed(r *render.Renderer, model *site.Site, fresh map[*markdown.Document]bool, newTheme bool) (paths []string) {
	kinds := map[site.Kind]bool{}
	for _, m := range model.Modules {
		for _, p := range m.Pages {
			if p.Text != nil && fresh[p.Text.Doc] && len(paths) < mostChanged || newTheme && !kinds[m.Kind] {
				kinds[m.Kind] = true
				paths = append(paths, p.Path)
			}
		}
	}
	if newTheme {
		for _, g := range r.Generated() {
			paths = append(paths, g.Path)
		}
	}
	return paths
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
