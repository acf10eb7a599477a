// Package check holds the rules that need the whole site: one rule, one file.
// What a single file can get wrong is reported where it is parsed.
//
// Start with Memory.Run. A rule looks at the model and reports every fault it finds; it
// changes nothing. At home a fault is an error, but for translations and style;
// a guest (a folder without site.yaml) must build, so there every fault is a
// warning.
package check

import (
	stdcontext "context"
	"slices"

	"playbook/generator/internal/diag"
	"playbook/generator/internal/markdown"
	"playbook/generator/internal/pool"
	"playbook/generator/internal/site"
	"playbook/generator/internal/words"
)

// rule is one kind of fault.
type rule func(*context) diag.List

// context is what rules look at.
type context struct {
	site  *site.Site
	words map[string]*words.Table
	draft bool // the site is being written: what its translations lack keeps nothing back
}

// lagging takes the faults of translations that differ, which are warnings while
// the site is being written: one language comes before the others.
func (c *context) lagging(faults diag.List) diag.List {
	if c.draft {
		faults.Soften()
	}
	return faults
}

// written are the pages that show a text of their own; a fallback page shows the
// same text again, and its faults are told once.
func (c *context) written(yield func(*site.Page) bool) {
	for _, m := range c.site.Modules {
		for _, p := range m.Pages {
			if p.Text != nil && !p.Fallback() && !yield(p) {
				return
			}
		}
	}
}

// pageRule looks at one page, and at what links and terms may lead to.
type pageRule func(*context, *site.Page) diag.List

var pageRules = []pageRule{
	links,
	deprecated,
	style,
}

// rules run in this order; the report is sorted by place anyway.
var rules = []rule{
	identity,
	shareImage,
	languages,
	addresses,
	leftOut,
	quizzes,
	guesses,
	calculatorBlocks,
	boundValues,
	fillTemplates,
	ids,
	translations,
	outdated,
	tags,
	systems,
	paths,
	glossary,
}

// Memory knows what the rules for one page had to say about each. A page need not
// be looked at again until it changes, or what it may lead to.
type Memory struct {
	outline uint64
	known   map[*markdown.Document]diag.List
}

// Run applies every rule, but to what is known. draft is for a site that is being
// written.
func (m *Memory) Run(s *site.Site, w map[string]*words.Table, draft bool) diag.List {
	c := &context{site: s, words: w, draft: draft}
	all := m.pages(c)
	for _, r := range rules {
		all = append(all, r(c)...)
	}
	if s.Guest {
		for i := range all {
			all[i].Severity = diag.Warning
		}
	}
	return all
}

// pages applies the rules for one page, on every core.
func (m *Memory) pages(c *context) diag.List {
	if outline := c.site.LinkTargetHash(); outline != m.outline {
		m.outline, m.known = outline, nil
	}
	pages := slices.Collect(c.written)
	found := make([]diag.List, len(pages))
	_ = pool.Do(stdcontext.Background(), len(pages), func(i int) error {
		if faults, ok := m.known[pages[i].Doc()]; ok {
			found[i] = faults
			return nil
		}
		failed := diag.Guard(pages[i].Text.File.Path, func() {
			for _, r := range pageRules {
				found[i] = append(found[i], r(c, pages[i])...)
			}
		})
		found[i] = append(found[i], failed...)
		return nil
	})
	m.known = make(map[*markdown.Document]diag.List, len(pages))
	for i, p := range pages {
		m.known[p.Doc()] = found[i]
	}
	return slices.Concat(found...)
}

// fileStart is the place of a whole file's fault.
func fileStart(file string) diag.Pos { return diag.Pos{File: file, Line: 1, Col: 1} }
