package check

import (
	"cmp"
	"fmt"

	"playbook/generator/internal/diag"
	"playbook/generator/internal/markdown"
	"playbook/generator/internal/site"
)

// Since warns of questions whose kind or key is another than in an earlier revision of
// the site, and of those that are gone: readers lose what they have scored in them. It
// is nil where nothing is lost.
func Since(then, now *site.Site, revision string) diag.List {
	var all diag.List
	before, after := questions(then), questions(now)
	for _, id := range sortedKeys(before) {
		was, is := before[id], after[id]
		switch {
		case is == nil:
			all = append(all, diag.Warnf(fileStart(was.Pos.File), "quiz-since", "the question %q of %s is gone: it stood at line %d", id, revision, was.Pos.Line).
				WithHelp("readers’ scores of it count no longer; give it its id back if it has only been renamed"))
		case was.Kind+was.Mark() != is.Kind+is.Mark():
			all = append(all, diag.Warnf(is.Pos, "quiz-since", "the question %q is another one than in %s: %s now, %s then", id, revision, is.Key(), was.Key()).
				WithHelp(fmt.Sprintf("readers’ scores of it are reset; if something else is asked, give it an id of its own, such as %s-2", id)))
		}
	}
	return all
}

// questions are those of a site by their ids, each in the first language that has it.
func questions(s *site.Site) map[string]*markdown.Quiz {
	all := map[string]*markdown.Quiz{}
	for _, m := range s.Modules {
		for _, t := range s.Texts(m) {
			for _, q := range t.Doc.Quizzes {
				all[q.ID] = cmp.Or(all[q.ID], q)
			}
		}
	}
	delete(all, "") // reported where it was parsed
	return all
}
