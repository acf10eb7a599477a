package render

import (
	"html/template"
	"slices"
	"strings"
	"sync"

	"playbook/generator/internal/site"
)

// From so many modules on, a list of the whole course would be no help any more:
// it lists the tracks, and of one alone the modules. The column beside every page
// is also part of every page's weight.
const (
	longColumn = 12
	longCourse = 150
)

// course lists the tracks as pages of one language and depth show them, with the
// modules of the track here, or of all.
func (r *Renderer) course(lang, root string, here *site.Track, all bool) []*TrackItem {
	tracks := make([]*TrackItem, len(r.site.Tracks))
	for i, t := range r.site.Tracks {
		tracks[i] = r.trackItem(t, lang, root, t == here || all)
		tracks[i].Current = t == here
	}
	return tracks
}

func (r *Renderer) trackItem(t *site.Track, lang, root string, modules bool) *TrackItem {
	title := t.Title.In(lang)
	item := &TrackItem{
		Number: t.Number, ID: t.ID, Title: title.Title, Href: root + title.Path,
		Description: title.Doc().Meta.Description,
	}
	if modules {
		for _, m := range t.Modules {
			item.Modules = append(item.Modules, r.moduleItem(m, lang, root))
		}
	}
	return item
}

func (r *Renderer) moduleItem(m *site.Module, lang, root string) *ModuleItem {
	p := m.In(lang)
	doc := p.Doc()
	item := &ModuleItem{
		Number: m.Number, ID: m.ID, Title: p.Title, Description: doc.Meta.Description,
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

// The course's list is the longest part of a page's frame, and the same on all
// pages of a track but for the mark of the page itself. So its template runs once
// for all of them, leaves a placeholder in every item, and a page's list is put together
// from the pieces around the placeholders.

// navKey is what a list of the course depends on.
type navKey struct {
	lang, root, kind string
	here             *site.Track
}

type nav struct {
	once         sync.Once
	html         template.HTML
	placeholders map[string][]int // by module: where in html its mark belongs
	err          error
}

const (
	placeholder = "\x00" // begins and ends a placeholder; html/template lets no text bring one along
	currentPage = ` aria-current="page"`
)

// mark is the placeholder that a module's item leaves in the list.
func mark(module string) template.HTMLAttr {
	return template.HTMLAttr(placeholder + module + placeholder)
}

// Nav is the course's list with the page itself marked.
func (p *Page) Nav() (template.HTML, error) {
	parts, err := p.NavParts()
	var b strings.Builder
	for _, part := range parts {
		b.WriteString(string(part))
	}
	return template.HTML(b.String()), err
}

// NavParts is Nav in parts. They are shared by the pages that have the list:
// nothing is copied.
func (p *Page) NavParts() ([]template.HTML, error) {
	key := navKey{lang: p.Lang.Code, root: p.Root, kind: p.Kind}
	id := ""
	if p.of != nil {
		key.here, id = p.of.Track, p.of.ID
	}
	entry, _ := p.r.navs.LoadOrStore(key, new(nav))
	n := entry.(*nav)
	n.once.Do(func() { n.html, n.placeholders, n.err = p.r.renderNav(key) })
	var parts []template.HTML
	from := 0
	for _, at := range n.placeholders[id] {
		parts = append(parts, n.html[from:at], currentPage)
		from = at
	}
	return append(parts, n.html[from:]), n.err
}

func (r *Renderer) renderNav(key navKey) (template.HTML, map[string][]int, error) {
	d := r.newPageAt(key.root, key.kind, key.lang, "", "")
	d.Tracks = r.course(key.lang, key.root, key.here, r.lessons < longColumn)
	for _, t := range d.Tracks {
		t.Mark = mark(t.ID)
		for _, m := range t.Modules {
			m.Mark = mark(m.ID)
		}
	}
	html, err := r.fragment("pages/_nav.html", key.lang, key.root, d)
	pieces := strings.Split(string(html), placeholder)
	var b strings.Builder
	placeholders := map[string][]int{}
	for i, piece := range pieces { // text, module, text, module … text
		if i%2 == 0 {
			b.WriteString(piece)
		} else {
			placeholders[piece] = append(placeholders[piece], b.Len())
		}
	}
	return template.HTML(b.String()), placeholders, err
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
