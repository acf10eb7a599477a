package check

import (
	"fmt"
	"slices"
	"sync"

	"playbook/generator/internal/diag"
	"playbook/generator/internal/markdown"
	"playbook/generator/internal/site"
)

// paths: a path names modules of the course, each once, and the translations of
// a page have the same paths.
func paths(c *context) diag.List {
	inCourse := func(m *site.Module) bool { return m != nil && (m.Kind == site.Lesson || m.Kind == site.Title) }
	ids := sync.OnceValue(func() []string {
		var ids []string
		for _, m := range c.site.Modules {
			if inCourse(m) {
				ids = append(ids, m.ID)
			}
		}
		return ids
	})
	var all diag.List
	for _, m := range c.site.Modules {
		var base *site.Text
		for _, t := range c.site.Texts(m) {
			for _, p := range t.Doc.Paths {
				for i, step := range p.Modules {
					switch {
					case !inCourse(c.site.Find(step.ID)):
						all = append(all, diag.Diag{
							Pos: step.Pos, Rule: "path", Message: fmt.Sprintf("there is no module %q", step.ID),
							Help: didYouMean(step.ID, ids(), "a module's id is its track and name without numbers, such as questions/spin"),
						})
					case slices.ContainsFunc(p.Modules[:i], func(s markdown.PathModule) bool { return s.ID == step.ID }):
						all = append(all, diag.Diag{
							Pos: step.Pos, Rule: "path", Message: fmt.Sprintf("the module %q stands twice in the path %q", step.ID, p.ID),
						})
					}
				}
			}
			if base == nil {
				base = t
				continue
			}
			all = append(all, c.lagging(comparePaths(base, t))...)
		}
	}
	return all
}

func didYouMean(word string, words []string, otherwise string) string {
	if near := diag.Closest(word, words); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return otherwise
}

// comparePaths reports where a translation's paths differ from the first text's.
func comparePaths(base, t *site.Text) diag.List {
	find := func(in *site.Text, id string) *markdown.Path {
		for _, p := range in.Doc.Paths {
			if p.ID == id {
				return p
			}
		}
		return nil
	}
	same := func(a, b markdown.PathModule) bool { return a.ID == b.ID }
	var all diag.List
	for _, p := range t.Doc.Paths {
		b := find(base, p.ID)
		switch {
		case b == nil:
			all = append(all, diag.Diag{
				Pos: p.Pos, Rule: "path", Message: fmt.Sprintf("the path %q is not in %s", p.ID, base.File.Path),
				Help: "translations have the same paths: add it there or take it out here",
			})
		case !slices.EqualFunc(b.Modules, p.Modules, same):
			all = append(all, diag.Diag{
				Pos: p.Pos, Rule: "path", Message: fmt.Sprintf("the path %q lists other modules than its translation at %s", p.ID, place(b.Pos)),
				Help: "translations list the same modules in the same order",
			})
		}
	}
	for _, b := range base.Doc.Paths {
		if find(t, b.ID) == nil {
			all = append(all, diag.Diag{
				Pos: fileStart(t.File.Path), Rule: "path", Message: fmt.Sprintf("the path %q at %s is missing here", b.ID, place(b.Pos)),
				Help: "translations have the same paths: add it here or take it out there",
			})
		}
	}
	return all
}
