package check

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"playbook/generator/internal/diag"
	"playbook/generator/internal/markdown"
	"playbook/generator/internal/site"
)

// fillTemplates: a value that no worksheet has, and translations that ask for other things.
func fillTemplates(c *context) diag.List {
	var all diag.List
	for p := range c.written {
		for _, t := range p.Doc().Templates {
			for _, gap := range t.Gaps {
				if gap.Kind == markdown.GapValue {
					if message, help := c.templateValue(gap.Name, p); message != "" {
						all = append(all, diag.Diag{Pos: gap.Pos, Rule: "template", Message: message, Help: help})
					}
				}
			}
		}
	}
	var differ diag.List
	for _, m := range c.site.Modules {
		texts := c.site.Texts(m)
		for _, text := range texts[min(1, len(texts)):] {
			differ = append(differ, compareTemplates(texts[0].Doc, text.Doc)...)
		}
	}
	return append(all, c.lagging(differ)...)
}

// templateValue says what is wrong with a value in a template, "" for nothing.
func (c *context) templateValue(value string, p *site.Page) (message, help string) {
	id, name, _ := strings.Cut(value, ".")
	calc := c.site.Calculators.Find(id)
	var held []string
	for _, t := range c.site.Tools {
		held = append(held, t.ID)
	}
	switch {
	case c.site.Calculators.Faulty(id):
		return "", ""
	case calc == nil:
		return fmt.Sprintf("unknown worksheet %q", id), diag.DidYouMean(id, held, "a name with a point is CALCULATOR.VALUE; the worksheets are")
	case !slices.Contains(held, id):
		return fmt.Sprintf("no page holds the worksheet %q", id), "add a block to a module, where readers can fill it in: ```calculator " + id
	}
	if known := compute(calc, p, c.words[p.Lang]); !known.faulty && !slices.Contains(known.names, name) {
		return fmt.Sprintf("%s has no value %q", id, name), diag.DidYouMean(name, known.names, "the values are")
	}
	return "", ""
}

func compareTemplates(first, other *markdown.Document) diag.List {
	var all diag.List
	for _, t := range other.Templates {
		i := slices.IndexFunc(first.Templates, func(f *markdown.Template) bool { return f.ID == t.ID })
		if i < 0 {
			all = append(all, diag.Errorf(t.Pos, "template", "the template %q is not in %s", t.ID, first.File).WithHelp("translations share the ids of their templates"))
			continue
		}
		if here, there := asks(t), asks(first.Templates[i]); here != there {
			all = append(all, diag.Errorf(t.Pos, "template", "the template %q asks for %s; in %s for %s", t.ID, here, first.File, there).
				WithHelp("translations ask for the same things, each in its own words"))
		}
	}
	for _, t := range first.Templates {
		if !slices.ContainsFunc(other.Templates, func(o *markdown.Template) bool { return o.ID == t.ID }) {
			all = append(all, diag.Errorf(t.Pos, "template", "the template %q is not in %s", t.ID, other.File).WithHelp("translations share the ids of their templates"))
		}
	}
	return all
}

// asks says what a template asks for without the words of its language: "text ×2,
// choice of 3".
func asks(t *markdown.Template) string {
	counts := map[string]int{}
	for _, gap := range t.Gaps {
		what := "text"
		switch gap.Kind {
		case markdown.GapPart:
			what = "optional part"
		case markdown.GapChoice:
			what = fmt.Sprintf("choice of %d", len(gap.Options))
		case markdown.GapValue:
			what = gap.Name
		}
		counts[what]++
	}
	said := []string{}
	for _, what := range slices.Sorted(maps.Keys(counts)) {
		said = append(said, fmt.Sprintf("%s ×%d", what, counts[what]))
	}
	return cmp.Or(strings.Join(said, ", "), "nothing")
}
