package render

import (
	"playbook/calculators"
	"playbook/generator/internal/site"
)

// courseKey is what the course's links depend on.
type courseKey struct{ lang, root string }

// buildCourses makes the course's items once a language and depth. A page takes
// them over and marks itself in a copy of its own track: work that does not grow
// with the number of pages.
func (r *Renderer) buildCourses() map[courseKey][]*TrackItem {
	all := map[courseKey][]*TrackItem{}
	roots := map[courseKey]bool{}
	for _, lang := range r.site.Languages {
		for _, m := range r.site.Modules {
			roots[courseKey{lang, site.Root(m.In(lang).Path)}] = true
		}
		for _, p := range []string{r.tagsPath(lang), r.site.TagAddress(lang, "x"), "index.html"} {
			roots[courseKey{lang, site.Root(p)}] = true
		}
	}
	for k := range roots {
		all[k] = r.buildCourse(k.lang, k.root)
	}
	return all
}

func (r *Renderer) buildCourse(lang, root string) []*TrackItem {
	var tracks []*TrackItem
	for _, t := range r.site.Tracks {
		title := t.Title.In(lang)
		item := &TrackItem{
			Number: t.Number, ID: t.ID, Title: title.Title, Href: root + title.Path,
			Description: title.Doc().Meta.Description,
		}
		for _, m := range t.Modules {
			item.Modules = append(item.Modules, r.moduleItem(m, lang, root))
		}
		tracks = append(tracks, item)
	}
	return tracks
}

func (r *Renderer) moduleItem(m *site.Module, lang, root string) *ModuleItem {
	p := m.In(lang)
	doc := p.Doc()
	item := &ModuleItem{
		Number: m.Number, ID: m.ID, Title: p.Title, Description: doc.Meta.Description,
		Href: root + p.Path, Minutes: minutes(p), Quizzes: len(doc.Quizzes), Missing: p.Fallback(),
	}
	for _, q := range doc.Quizzes {
		if q.Kind.Scored() {
			item.QuizIDs = append(item.QuizIDs, q.ID)
		}
	}
	for _, c := range doc.Calculators {
		item.Calculators = append(item.Calculators, c.ID)
	}
	return item
}

// course returns the course as a page shows it: its own track and module marked.
func (r *Renderer) course(lang, root string, here *site.Module) []*TrackItem {
	shared := r.courses[courseKey{lang, root}]
	if here == nil || here.Track == nil {
		return shared
	}
	out := make([]*TrackItem, len(shared))
	copy(out, shared)
	for i, t := range shared {
		if t.ID != here.Track.ID {
			continue
		}
		own := *t
		own.Current, own.Here = true, here.Kind == site.Title
		own.Modules = make([]*ModuleItem, len(t.Modules))
		for j, m := range t.Modules {
			own.Modules[j] = m
			if m.ID == here.ID {
				marked := *m
				marked.Here = true
				own.Modules[j] = &marked
			}
		}
		out[i] = &own
	}
	return out
}

// tool is a calculator and the module that holds it first.
type tool struct {
	id     string
	module *site.Module
}

func (r *Renderer) findTools() []tool {
	var all []tool
	for _, c := range calculators.All() {
		if p := r.site.CalculatorPage(c.ID, r.site.Languages[0]); p != nil {
			all = append(all, tool{c.ID, p.Module})
		}
	}
	return all
}
