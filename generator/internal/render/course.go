package render

import (
	"slices"

	"playbook/generator/internal/site"
)

// From so many modules on, a list of the whole course would be no help any more:
// it lists the folders on the way to the page, and what stands in them. The column
// beside every page is also part of every page's weight.
const (
	longColumn = 12
	longCourse = 150

	// columnBytes is what the items of the column may weigh, about. Where all do not
	// fit, each folder shows those around the way to the page, and leads to the page
	// that lists all.
	columnBytes = 2600
	perFolder   = 180 // less for each folder that a page stands in: its other links get longer
)

// course lists the folders of the root as the home page shows them, with the lessons
// in them unless the course is long; what else stands in the root comes first.
func (r *Renderer) course(lang, root string) []*TrackItem {
	var tracks []*TrackItem
	if len(r.site.Root.Modules) > 0 {
		tracks = append(tracks, r.trackItem(&site.Track{Title: r.site.Home, Modules: r.site.Root.Modules}, lang, root, true))
	}
	for _, m := range r.site.Root.Folders {
		tracks = append(tracks, r.trackItem(m.Track, lang, root, r.lessons < longCourse))
	}
	return tracks
}

// trackItem is a folder, and if wanted what stands in it.
func (r *Renderer) trackItem(t *site.Track, lang, root string, items bool) *TrackItem {
	title := t.Title.In(lang)
	item := &TrackItem{
		Number: title.Number(), ID: t.ID, Title: title.Title, Href: root + title.Path,
		Description: title.Doc().Meta.Description,
	}
	if items {
		for _, m := range t.Modules {
			item.Modules = append(item.Modules, r.moduleItem(m, lang, root))
		}
		for _, m := range t.Folders {
			item.Folders = append(item.Folders, r.trackItem(m.Track, lang, root, false))
		}
	}
	return item
}

func (r *Renderer) moduleItem(m *site.Module, lang, root string) *ModuleItem {
	p := m.In(lang)
	doc := p.Doc()
	item := &ModuleItem{
		Number: p.Number(), ID: m.ID, Title: p.Title, Description: doc.Meta.Description,
		Href: root + p.Path, Minutes: r.minutes(p), Missing: p.Fallback(),
	}
	for _, q := range doc.Quizzes {
		if q.Scored() {
			item.Scored = append(item.Scored, q.ID+":"+q.Mark())
		}
	}
	item.Quizzes = len(item.Scored)
	for _, c := range doc.Calculators {
		item.Calculators = append(item.Calculators, c.ID)
	}
	return item
}

// practice is where a reader begins to answer: the first question of the first
// module that is tagged drill, or of the first that has any; "" without questions.
func (r *Renderer) practice(lang, root string) string {
	first := ""
	for _, m := range r.site.Modules {
		p := m.In(lang)
		if m.Kind != site.Lesson || len(p.Doc().Quizzes) == 0 {
			continue
		}
		href := root + p.Path + "#" + p.Doc().Quizzes[0].Anchor
		if slices.Contains(p.Doc().Meta.Tags, "drill") {
			return href
		}
		if first == "" {
			first = href
		}
	}
	return first
}
