package check

import (
	"fmt"

	"playbook/generator/internal/diag"
	"playbook/generator/internal/markdown"
	"playbook/generator/internal/site"
)

// quizzes: an id is unique in the site and shared by a module's translations,
// whose keys must agree.
func quizzes(c *context) diag.List {
	var all diag.List
	type owner struct {
		module *site.Module
		pos    diag.Pos
	}
	first := map[string]owner{}
	for _, m := range c.site.Modules {
		var base map[string]*markdown.Quiz // of the first language that has the module
		var baseFile string
		for _, t := range c.site.Texts(m) {
			var here map[string]*markdown.Quiz
			for _, q := range t.Doc.Quizzes {
				if q.ID == "" {
					continue // reported where it was parsed
				}
				if twin := here[q.ID]; twin != nil {
					all = append(all, diag.Diag{
						Pos: q.Pos, Rule: "quiz-id",
						Message: fmt.Sprintf("the quiz id %q is used twice: first at %s", q.ID, place(twin.Pos)),
						Help:    "give each question an id of its own; readers' scores are kept by it",
					})
					continue
				}
				if here == nil {
					here = map[string]*markdown.Quiz{}
				}
				here[q.ID] = q
				if o, taken := first[q.ID]; taken && o.module != m {
					all = append(all, diag.Diag{
						Pos: q.Pos, Rule: "quiz-id",
						Message: fmt.Sprintf("the quiz id %q is used twice: first at %s", q.ID, place(o.pos)),
						Help:    "give each question an id of its own; only translations of one module share ids",
					})
				} else if !taken {
					first[q.ID] = owner{m, q.Pos}
				}
			}
			if baseFile == "" {
				base, baseFile = here, t.File.Path
				continue
			}
			all = append(all, c.lagging(compare(base, here, baseFile, t))...)
		}
	}
	return all
}

// compare reports where a translation's quizzes differ from the first text's.
func compare(base, here map[string]*markdown.Quiz, baseFile string, t *site.Text) diag.List {
	var all diag.List
	for _, q := range t.Doc.Quizzes {
		if q.ID == "" || here[q.ID] != q {
			continue
		}
		b := base[q.ID]
		switch {
		case b == nil:
			all = append(all, diag.Diag{
				Pos: q.Pos, Rule: "quiz-key",
				Message: fmt.Sprintf("the quiz %q is not in %s", q.ID, baseFile),
				Help:    "translations have the same questions: add it there or take it out here",
			})
		case b.Key() != q.Key():
			all = append(all, diag.Diag{
				Pos: q.Pos, Rule: "quiz-key",
				Message: fmt.Sprintf("the key of quiz %q differs from its translation at %s: %s here, %s there", q.ID, place(b.Pos), q.Key(), b.Key()),
				Help:    "kind, number and order of the answers, and which are right, must agree",
			})
		}
	}
	for _, id := range sortedKeys(base) {
		if here[id] == nil {
			all = append(all, diag.Diag{
				Pos: fileStart(t.File.Path), Rule: "quiz-key",
				Message: fmt.Sprintf("the quiz %q at %s is missing here", id, place(base[id].Pos)),
				Help:    "translations have the same questions: add it here or take it out there",
			})
		}
	}
	return all
}
