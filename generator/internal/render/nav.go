package render

import (
	"html/template"
	"path"
	"strings"
	"sync"

	"playbook/generator/internal/site"
)

// The column of the course is a tree: the folders on the way to a page are open, with
// what stands in each. It is the longest part of a page's frame, and the same on all
// pages of a folder but for the mark of the page itself. So its template runs once for
// all of them, leaves a placeholder in every item, and a page's list is put together from the
// pieces around the placeholders. Of a folder with very many pages a list shows a stretch,
// and the pages of a stretch share it.

// navKey is what a list depends on: its items are those around a place in a folder,
// their addresses are seen from one of its pages.
type navKey struct {
	lang, root, kind string
	dir              string // that the folders of its pages stand in; "" for a page of the root
	here             *site.Track
	stretch          int
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
	key := navKey{lang: p.Lang.Code, root: p.Root, here: p.r.site.Root}
	if dir := path.Dir(p.Self); dir != "." {
		key.dir = path.Dir(dir)
	}
	switch p.Kind {
	case "home", "tools", "glossary", "tags": // which the list itself marks
		key.kind = p.Kind
	}
	id := ""
	if p.of != nil && p.of.Track != nil {
		key.here, id = p.of.Track, p.of.ID
		if p.of.Kind == site.Lesson {
			key.stretch = p.of.Place / p.r.window(key.here, p.Lang.Code)
		}
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
	c := column{r: r, lang: key.lang, from: placeholder, window: r.window(key.here, key.lang)}
	if key.dir != "" { // a name that no page has
		c.from = path.Join(key.dir, placeholder, placeholder)
	}
	for t := key.here; t != nil; t = t.Parent {
		c.way = append(c.way, t)
	}
	d.Column = c.items(r.site.Root, key.stretch*c.window)
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

// column makes the items of a list.
type column struct {
	r      *Renderer
	lang   string
	from   string        // where the addresses are seen from
	way    []*site.Track // from the page's folder up to the root
	window int
}

// items lists what stands in a folder of the way, or where the course is short in any.
// place is where in the page's own folder the page stands.
func (c *column) items(t *site.Track, place int) []*NavItem {
	at := place
	if t != c.way[0] {
		for i, up := range c.way { // the folder on the way that stands in t
			if up == t {
				at = c.way[i-1].Title.Place / c.window * c.window
				break
			}
		}
	}
	first, last := stretch(at, c.window, len(t.Items))
	all := make([]*NavItem, 0, last-first+1)
	for _, m := range t.Items[first:last] {
		p := m.In(c.lang)
		item := &NavItem{Title: p.Title, Href: site.Relative(c.from, p.Path), Folder: m.Kind == site.Title, Mark: mark(m.ID)}
		if item.Folder {
			item.Number = p.Number()
			for _, up := range c.way {
				item.Open = item.Open || up == m.Track
			}
			if item.Open || c.r.lessons < longColumn {
				item.Items = c.items(m.Track, place)
			}
		}
		all = append(all, item)
	}
	if last-first < len(t.Items) {
		all = append(all, &NavItem{Title: t.Title.In(c.lang).Title, Href: site.Relative(c.from, t.Title.In(c.lang).Path), All: len(t.Items)})
	}
	return all
}

// stretch is which of n items a list shows whose page stands at or behind place, a
// multiple of the window: a window's, and some on both sides of it.
func stretch(place, window, n int) (first, last int) {
	beside := window / 4
	return max(0, min(place-beside, n)), min(n, place+window+beside)
}

// Windows, the largest first.
var windows = []int{64, 48, 32, 24, 16, 12, 8, 6, 4, 3, 2}

// window is how many items of each folder on the way to a folder a list may show: as
// many as keep it within columnBytes.
func (r *Renderer) window(here *site.Track, lang string) int {
	type key struct {
		here *site.Track
		lang string
	}
	if n, ok := r.navWindows.Load(key{here, lang}); ok {
		return n.(int)
	}
	n, most := 0, columnBytes-perFolder*here.Depth()
	for _, n = range windows {
		if r.columnSize(here, lang, n) <= most {
			break
		}
	}
	r.navWindows.Store(key{here, lang}, n)
	return n
}

// columnSize is about how many bytes a list takes that shows a window of each folder.
func (r *Renderer) columnSize(here *site.Track, lang string, window int) int {
	const perItem, more = 36, 38 // tags and blank space; in the root, too, the number and the classes
	size := 0
	child := (*site.Module)(nil)
	for t := here; t != nil; t, child = t.Parent, t.Title {
		at := 0
		if child != nil {
			at = child.Place / window * window
		}
		first, last := stretch(at, window, len(t.Items))
		if child == nil { // wherever the page stands in it
			last = min(len(t.Items), first+window+window/2)
		}
		for _, m := range t.Items[first:last] {
			p := m.In(lang)
			if t.Parent == nil {
				size += more
			}
			size += perItem + len(p.Title) + len(site.Relative(t.Title.In(lang).Path, p.Path))
		}
	}
	return size
}
