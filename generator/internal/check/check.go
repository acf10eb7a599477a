// Package check holds the rules that need the whole site: one rule, one file.
// What a single file can get wrong is reported where it is parsed.
//
// Start with Run. A rule looks at the model and reports every fault it finds; it
// changes nothing. At home a fault is an error, but for translations and style;
// a guest (a folder without site.yaml) must build, so there every fault is a
// warning.
package check

import (
	"playbook/generator/internal/diag"
	"playbook/generator/internal/site"
	"playbook/generator/internal/words"
)

// rule is one kind of fault.
type rule func(*context) diag.List

// context is what rules look at.
type context struct {
	site  *site.Site
	words map[string]*words.Table
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

// rules run in this order; the report is sorted by place anyway.
var rules = []rule{
	addresses,
	links,
	quizzes,
	calculatorBlocks,
	ids,
	translations,
	tags,
	systems,
	paths,
	glossary,
	deprecated,
	style,
}

// Run applies every rule.
func Run(s *site.Site, w map[string]*words.Table) diag.List {
	c := &context{site: s, words: w}
	var all diag.List
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

// fileStart is the place of a whole file's fault.
func fileStart(file string) diag.Pos { return diag.Pos{File: file, Line: 1, Col: 1} }
