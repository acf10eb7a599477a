// Package site is the model: tracks, modules and pages, their addresses,
// neighbours and translations, and where a link leads.
//
// Start with New. The model knows nothing of templates or files on disk; it is
// cheap to build and is built anew after every change, while the parsed
// documents in it are kept.
package site

import (
	"cmp"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"

	"playbook/generator/internal/address"
	"playbook/generator/internal/diag"
	"playbook/generator/internal/markdown"
	"playbook/generator/internal/source"
	"playbook/generator/internal/terms"
	"playbook/generator/internal/words"
)

// Kind says what a module is for.
type Kind string

const (
	Home   Kind = "home"   // the site's title page
	Title  Kind = "track"  // a track's title page
	Lesson Kind = "module" // everything else that an author wrote

	// Glossary stands beside the course: in no track, without neighbours.
	Glossary Kind = "glossary"
)

// Site is the whole playbook.
type Site struct {
	Settings  *source.Settings
	Guest     bool
	Languages []string // codes; the first is the default
	Home      *Module
	Tracks    []*Track
	Modules   []*Module // every module in reading order: home, then each track's title page and its modules; the glossary last
	Glossary  *Module   // nil without one
	Terms     []*Term   // of the glossary, in the order of the first language that has each
	Tags      []*Tag
	Assets    []*source.File // images and other files beside the pages
	Aliases   []Alias        // old addresses, in the order of their pages
	Tools     []Tool         // the calculators that pages hold
	Conflicts []Conflict     // addresses that were refused

	words map[string]*words.Table // by language

	calculators map[calculatorKey]*Page

	byID      map[string]*Module
	byFile    map[string]*Module
	drafts    map[string]bool // files that are left out
	assets    map[string]*source.File
	addresses address.Registry
	sections  map[Section]string      // the folders of those that have one
	tagSlugs  map[string]string       // by id, of tags that stand elsewhere than under their own
	moved     map[*source.File]string // files that stand elsewhere than under their own name
	terms     map[string]*Term
	finders   map[string]*terms.Finder // by language

	texts, images func() []string // the files' names in order, for whoever misspells one
}

// Track is a chapter of the course: a folder.
type Track struct {
	ID      string // its folders' slugs: "buying-behaviour"; "" for modules beside the home page
	Number  int    // the folder's number prefix, or its place from 1
	Title   *Module
	Modules []*Module
}

// Module is one lesson, or a title page, in every language of the site.
type Module struct {
	ID     string // "buying-behaviour/value-equation"; a track's id; "" for home
	Kind   Kind
	Track  *Track // nil for home
	Number string // "3.2"; "" where nothing is numbered
	Pages  []*Page

	order   order
	written []*Text // by number of the language, nil where it is missing
	texts   []*Text // those that are not missing
}

// Text is a module as written in one language.
type Text struct {
	File *source.File
	Doc  *markdown.Document
}

// Page is a module in one language.
type Page struct {
	Module *Module
	Lang   string // code
	Path   string // from the site's root: "en/buying-behaviour/value-equation/index.html"
	Title  string

	// Text is what the page shows: the module's text in TextLang, which differs
	// from Lang where the translation is missing. It is nil for a title page that
	// nobody wrote.
	Text     *Text
	TextLang string

	Prev, Next *Page
}

// Doc returns the page's parsed text; an empty document where nobody wrote one.
func (p *Page) Doc() *markdown.Document {
	if p.Text == nil {
		return &markdown.Document{}
	}
	return p.Text.Doc
}

// Fallback reports whether the page shows another language's text.
func (p *Page) Fallback() bool { return p.TextLang != p.Lang }

// Tag is a word that modules share.
type Tag struct {
	ID      string
	Modules []*Module

	pos diag.Pos // where it is first given
}

// Tool is a calculator and the module that holds it first.
type Tool struct {
	ID     string
	Module *Module
}

// In returns the module's page in a language.
func (m *Module) In(lang string) *Page {
	for _, p := range m.Pages {
		if p.Lang == lang {
			return p
		}
	}
	return m.Pages[0]
}

// Written returns the module's text in a language, nil where it is missing.
func (m *Module) Written(lang string) *Text {
	for i, p := range m.Pages {
		if p.Lang == lang {
			return m.written[i]
		}
	}
	return nil
}

// Texts returns the module's texts in the order of the site's languages.
func (s *Site) Texts(m *Module) []*Text { return m.texts }

// Find returns the module with that id, or nil.
func (s *Site) Find(id string) *Module { return s.byID[id] }

// order sorts as readers expect: numbered names first, by number, then by name.
type order struct {
	number int // -1 without a prefix
	name   string
}

func (a order) compare(b order) int {
	switch {
	case a.number >= 0 && b.number < 0:
		return -1
	case a.number < 0 && b.number >= 0:
		return 1
	}
	return cmp.Or(cmp.Compare(a.number, b.number), cmp.Compare(a.name, b.name))
}

// New builds the model from the parsed texts. Drafts must have been left out. tables
// are the words of the site's languages, theme lists the paths that the theme publishes.
func New(tree *source.Tree, texts []Text, tables map[string]*words.Table, theme []string) *Site {
	s := &Site{
		words:     tables,
		Settings:  tree.Settings,
		Guest:     tree.Guest,
		Languages: tree.Settings.Languages,
		byID:      make(map[string]*Module, len(texts)),
		byFile:    make(map[string]*Module, len(texts)),
		assets:    map[string]*source.File{},
		sections:  map[Section]string{},
		tagSlugs:  map[string]string{},
		moved:     map[*source.File]string{},
	}
	s.Home = s.module("", Home, nil, order{})
	tracks := map[string]*Track{}
	for _, glossary := range []bool{true, false} { // which is known by what is in it, and then has its name
		for i := range texts {
			if texts[i].Doc.Meta.Glossary == glossary {
				s.place(&texts[i], tracks)
			}
		}
	}
	s.sort(tracks)
	if s.Glossary != nil {
		s.Modules = append(s.Modules, s.Glossary)
	}
	s.drafts = map[string]bool{}
	for _, f := range tree.Files {
		if f.Kind == source.Markdown && s.byFile[f.Path] == nil {
			s.drafts[f.Path] = true
		}
	}
	s.makePages()
	var beside sync.WaitGroup
	beside.Go(func() {
		s.collectTags()
		s.collectCalculators()
		s.claimFixed(theme)
		s.claimPages()
		s.claimSections()
		s.claimAssets(tree)
		s.claimAliases()
	})
	s.link()
	s.collectTerms()
	beside.Wait()
	s.texts = sync.OnceValue(func() []string { return slices.Sorted(maps.Keys(s.byFile)) })
	s.images = sync.OnceValue(func() []string { return slices.Sorted(maps.Keys(s.assets)) })
	return s
}

// module returns the module with that id, making it at first sight.
func (s *Site) module(id string, kind Kind, track *Track, o order) *Module {
	m := s.byID[id]
	if m == nil {
		m = &Module{ID: id, Kind: kind, Track: track, order: o, written: make([]*Text, len(s.Languages))}
		s.byID[id] = m
	}
	return m
}

// place finds the module that a text belongs to.
func (s *Site) place(t *Text, tracks map[string]*Track) {
	f := t.File
	var m *Module
	switch trackID := slugs(f.Dirs); {
	case f.Title && trackID == "":
		m = s.Home
	case t.Doc.Meta.Glossary && (s.Glossary == nil || s.Glossary.ID == glossaryID(f)):
		// Wherever it lies, it stands at the root; check reports a second one.
		s.Glossary = s.module(glossaryID(f), Glossary, nil, order{})
		m = s.Glossary
	case f.Title:
		m = s.track(f, tracks).Title
	default:
		m = s.module(path.Join(trackID, f.Name.Slug), Lesson, s.track(f, tracks), order{f.Name.Order, f.Name.Slug})
	}
	lang := max(slices.Index(s.Languages, f.Lang), 0) // a name without a language is in the first
	s.byFile[f.Path] = m
	had := m.written[lang]
	if had == nil {
		m.written[lang] = t
		return
	}
	first, second := had, t
	if titleRank(f) < titleRank(had.File) { // it is the title page, whatever was read first
		first, second = t, had
	}
	m.written[lang] = first
	at := s.pagePath(m.ID, s.Languages[lang])
	c := Conflict{Conflict: &address.Conflict{Path: at, Taken: at, By: ownerOf(second), Holder: ownerOf(first)}}
	if s.Guest { // which must build whole: the second text becomes a page of its own
		f := second.File
		id := path.Join(slugs(f.Dirs), f.Name.Slug)
		for n := 2; s.byID[id] != nil; n++ {
			id = path.Join(slugs(f.Dirs), numbered(f.Name.Slug, n))
		}
		c.Instead = s.pagePath(id, s.Languages[lang])
		twin := s.module(id, Lesson, s.track(f, tracks), order{f.Name.Order, f.Name.Slug})
		twin.written[lang] = second
		s.byFile[f.Path] = twin
	}
	s.Conflicts = append(s.Conflicts, c)
}

// glossaryID is the id of a glossary: its file's name, or, of a folder's title page,
// the folder's.
func glossaryID(f *source.File) string {
	if f.Title {
		return f.Dirs[len(f.Dirs)-1].Slug
	}
	return f.Name.Slug
}

// titleRank orders the files that may be a folder's title page, the best one first.
func titleRank(f *source.File) int {
	switch {
	case !f.Title:
		return 3
	case f.Name.Raw == "index":
		return 0
	case f.Name.Raw == "_index":
		return 1
	}
	return 2 // README
}

// track returns the track that a file stands in, making it at first sight.
func (s *Site) track(f *source.File, tracks map[string]*Track) *Track {
	id := slugs(f.Dirs)
	if t := tracks[id]; t != nil {
		return t
	}
	t := &Track{ID: id, Title: s.Home}
	tracks[id] = t
	if id != "" {
		last := f.Dirs[len(f.Dirs)-1]
		o := order{last.Order, last.Slug}
		t.Title = s.module(id, Title, t, o)
		// A page x.md beside a folder x is its title page, unless it has one.
		t.Title.Kind, t.Title.Track, t.Title.order = Title, t, o
	}
	return t
}

func slugs(parts []source.Part) string {
	if len(parts) == 1 {
		return parts[0].Slug
	}
	var b strings.Builder
	for i, p := range parts {
		if i > 0 {
			b.WriteByte('/')
		}
		b.WriteString(p.Slug)
	}
	return b.String()
}

// sort puts tracks and modules in order and numbers them.
func (s *Site) sort(tracks map[string]*Track) {
	for _, t := range tracks {
		s.Tracks = append(s.Tracks, t)
	}
	slices.SortFunc(s.Tracks, func(a, b *Track) int {
		// Nested folders of a guest follow their parents.
		x, y := strings.Split(a.ID, "/"), strings.Split(b.ID, "/")
		for i := 0; i < len(x) && i < len(y); i++ {
			if x[i] != y[i] {
				return s.orderOf(x[:i+1]).compare(s.orderOf(y[:i+1]))
			}
		}
		return cmp.Compare(len(x), len(y))
	})
	for _, m := range s.byID {
		if m.Kind == Lesson && m.Track != nil {
			m.Track.Modules = append(m.Track.Modules, m)
		}
	}
	s.Modules = append(s.Modules, s.Home)
	for i, t := range s.Tracks {
		t.Number = i + 1
		if t.ID != "" {
			if t.Title.order.number >= 0 {
				t.Number = t.Title.order.number
			}
			t.Title.Number = strconv.Itoa(t.Number)
			s.Modules = append(s.Modules, t.Title)
		}
		slices.SortFunc(t.Modules, func(a, b *Module) int { return a.order.compare(b.order) })
		for j, m := range t.Modules {
			n := j + 1
			if m.order.number >= 0 {
				n = m.order.number
			}
			m.Number = strconv.Itoa(n)
			if t.ID != "" {
				m.Number = strconv.Itoa(t.Number) + "." + m.Number
			}
			s.Modules = append(s.Modules, m)
		}
	}
}

// orderOf gives the order of a folder; a folder without texts of its own sorts
// by name.
func (s *Site) orderOf(dirs []string) order {
	if m := s.byID[strings.Join(dirs, "/")]; m != nil && m.Kind == Title {
		return m.order
	}
	return order{-1, dirs[len(dirs)-1]}
}

// makePages gives every module a page in every language.
func (s *Site) makePages() {
	n := len(s.Modules) * len(s.Languages)
	all, pages := make([]Page, n), make([]*Page, n)
	for i := range all {
		pages[i] = &all[i]
	}
	for _, m := range s.Modules {
		m.Pages, pages = pages[:len(s.Languages):len(s.Languages)], pages[len(s.Languages):]
		m.texts = m.written
		if slices.Contains(m.written, nil) {
			m.texts = slices.DeleteFunc(slices.Clone(m.written), func(t *Text) bool { return t == nil })
		}
		for i, lang := range s.Languages {
			p := m.Pages[i]
			*p = Page{Module: m, Lang: lang, TextLang: lang, Text: m.written[i]}
			if p.Text == nil && len(m.texts) > 0 {
				p.Text = m.texts[0]
				p.TextLang = s.Languages[slices.Index(m.written, p.Text)]
			}
			p.Title = s.titleOf(p)
		}
	}
}

func (s *Site) titleOf(p *Page) string {
	if p.Text != nil && p.Text.Doc.Title != "" {
		return p.Text.Doc.Title
	}
	if p.Module.Kind == Home {
		return s.Settings.TitleIn(p.Lang)
	}
	last := p.Module.ID[strings.LastIndexByte(p.Module.ID, '/')+1:]
	return humanise(last)
}

// humanise makes a title of a slug: "buying-behaviour" → "Buying behaviour".
func humanise(slug string) string {
	s := []rune(strings.NewReplacer("-", " ", "_", " ").Replace(slug))
	if len(s) > 0 {
		s[0] = []rune(strings.ToUpper(string(s[0])))[0]
	}
	return string(s)
}

// link sets each page's neighbours in reading order.
func (s *Site) link() {
	for i := range s.Languages {
		var before *Page
		for _, m := range s.Modules {
			if m.Kind == Glossary {
				continue
			}
			p := m.Pages[i]
			if p.Prev = before; before != nil {
				before.Next = p
			}
			before = p
		}
	}
}

func (s *Site) collectTags() {
	byID := map[string]*Tag{}
	for _, m := range s.Modules {
		for _, p := range m.Pages {
			if p.Text == nil || p.Fallback() {
				continue
			}
			for _, id := range p.Text.Doc.Meta.Tags {
				tag := byID[id]
				if tag == nil {
					tag = &Tag{ID: id, pos: p.Text.Doc.Meta.Pos["tags"]}
					byID[id] = tag
					s.Tags = append(s.Tags, tag)
				}
				if n := len(tag.Modules); n == 0 || tag.Modules[n-1] != m { // once a module
					tag.Modules = append(tag.Modules, m)
				}
			}
		}
	}
	slices.SortFunc(s.Tags, func(a, b *Tag) int { return cmp.Compare(a.ID, b.ID) })
}
