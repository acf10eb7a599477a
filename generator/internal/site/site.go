// Package site is the model: tracks, modules and pages, their addresses,
// neighbours and translations, and where a link leads.
//
// Start with New. The model knows nothing of templates or files on disk; it is
// cheap to build and is built anew after every change, while the parsed
// documents in it are kept.
package site

import (
	"cmp"
	"encoding/hex"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"

	"playbook/calculators"
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
	Root      *Track    // the folder of the home page; what stands in it is the course
	Tracks    []*Track  // every folder in reading order; the root only if lessons stand in it
	Modules   []*Module // every module in reading order: home, then each track's title page and its modules; the glossary last
	Glossary  *Module   // nil without one
	Terms     []*Term   // of the glossary, in the order of the first language that has each
	Tags      []*Tag
	Assets    []*source.File // images and other files beside the pages
	Aliases   []Alias        // old addresses, in the order of their pages
	Tools     []Tool         // the calculators that pages hold
	Conflicts []Conflict     // addresses that were refused
	Questions bool           // it asks something that is right or wrong

	words map[string]*words.Table // by language

	Calculators *calculators.Set

	byID      map[string]*Module
	byFile    map[string]*Module
	index     func() *index     // of a guest
	leftOut   [4][]*source.File // see LeftOut
	drafts    map[string]bool   // files that are left out
	groups    map[string]string // see source.Tree
	assets    map[string]*source.File
	addresses address.Registry
	sections  map[Section]string      // the folders of those that have one
	optional  map[string]bool         // see Makes
	tagSlugs  map[string]string       // by id, of tags that stand elsewhere than under their own
	moved     map[*source.File]string // files that stand elsewhere than under their own name
	terms     map[string]*Term
	finders   map[string]*terms.Finder // by language

	texts, images func() []string // the files' names in order, for whoever misspells one
}

// Track is a chapter of the course, or a part of one: a folder.
type Track struct {
	ID      string // its folders' slugs: "buying-behaviour", "guide/first-steps"; "" for the root
	Name    string // the folder's name as its author wrote it, without a number
	path    string // the folder's, from the content folder
	Title   *Module
	Parent  *Track    // nil for the root
	Items   []*Module // what stands in it, in order: lessons, and the title pages of its folders
	Modules []*Module // the lessons among them
	Folders []*Module // the title pages among them
}

// Depth is how many folders the track stands in: 0 for the root.
func (t *Track) Depth() int {
	n := 0
	for ; t.Parent != nil; t = t.Parent {
		n++
	}
	return n
}

// Module is one lesson, or a title page, in every language of the site.
type Module struct {
	ID     string // "buying-behaviour/value-equation"; a track's id; "" for home
	Kind   Kind
	Track  *Track // nil for home
	Number string // "3.2"; "" where nothing is numbered. A page shows Page.Number
	Place  int    // among the items of the folder that it stands in, from 0
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

	// Markdown is where the page's text stands for machines, "index.md" beside Path; ""
	// where the page has no text of its own, or something else has that address.
	Markdown string

	// Text is what the page shows: the module's text in TextLang, which differs
	// from Lang where the translation is missing. It is nil for a title page that
	// nobody wrote.
	Text     *Text
	TextLang string

	Prev, Next *Page
}

// Number is the module's, "" where the page's title begins with one already.
func (p *Page) Number() string {
	n := p.Module.Number
	if rest, ok := strings.CutPrefix(p.Title, n); ok && n != "" && !startsWithDigit(rest) {
		return ""
	}
	return n
}

func startsWithDigit(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }

// Folder is where the module stands: of a title page, the folder that holds its own.
func (m *Module) Folder() *Track {
	if m.Track != nil && m.Track.Title == m {
		return m.Track.Parent
	}
	return m.Track
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

// SourceHash stands for a file in the front matter of its translations: when another
// one stands there, it has changed since.
func SourceHash(f *source.File) string { return hex.EncodeToString(f.Hash[:4]) }

// Original is the page's module in the language that a translation's text was made from,
// the first one that it is written in; nil for that page itself, and where the page has
// no text of its own.
func (p *Page) Original() *Page {
	for i, t := range p.Module.written {
		if t != nil {
			if o := p.Module.Pages[i]; o != p && p.Text != nil && !p.Fallback() {
				return o
			}
			return nil
		}
	}
	return nil
}

// Outdated reports whether a translation says which text it was made from, and that has
// changed since.
func (p *Page) Outdated() bool {
	o := p.Original()
	return o != nil && p.Text.Doc.Meta.Source != "" && p.Text.Doc.Meta.Source != SourceHash(o.Text.File)
}

// Tag is a word that modules share.
type Tag struct {
	ID      string
	Modules []*Module

	pos diag.Pos // where it is first given
}

// Tool is a calculator with a page of its own, and the modules that hold it, in
// reading order. The first one's block gives that page its example.
type Tool struct {
	ID      string
	Modules []*Module
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

// order sorts as the author means it.
type order struct {
	place  int     // in a list that the author wrote, from 1; 0 without one
	weight float64 // of the front matter; 0 without one
	number int     // before the name; -1 without one
	folder bool    // pages stand before folders
	name   string
}

func (a order) compare(b order) int {
	return cmp.Or(
		absentLast(a.place, b.place, 0), absentLast(a.weight, b.weight, 0), absentLast(a.number, b.number, -1),
		compareBool(a.folder, b.folder), natural(a.name, b.name),
	)
}

// absentLast compares two numbers of which one or both may be missing.
func absentLast[T cmp.Ordered](a, b, absent T) int {
	return cmp.Or(compareBool(a == absent, b == absent), cmp.Compare(a, b))
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// natural compares names, runs of digits in them as numbers: "part-2" stands before
// "part-10".
func natural(a, b string) int {
	x, y := a, b
	for x != "" && y != "" {
		m, n := digits(x), digits(y)
		if m > 0 && n > 0 {
			one, other := strings.TrimLeft(x[:m], "0"), strings.TrimLeft(y[:n], "0")
			if c := cmp.Or(cmp.Compare(len(one), len(other)), cmp.Compare(one, other)); c != 0 {
				return c
			}
			x, y = x[m:], y[n:]
			continue
		}
		if x[0] != y[0] {
			return cmp.Compare(x[0], y[0])
		}
		x, y = x[1:], y[1:]
	}
	return cmp.Or(cmp.Compare(len(x), len(y)), cmp.Compare(a, b))
}

// digits is how many stand at the beginning.
func digits(s string) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}

// New builds the model from the parsed texts. Drafts must have been left out. tables
// are the words of the site's languages, theme lists the paths that the theme publishes, set are
// the site's calculators.
func New(tree *source.Tree, texts []Text, tables map[string]*words.Table, theme []string, set *calculators.Set) *Site {
	s := &Site{
		words:     tables,
		Settings:  tree.Settings,
		Guest:     tree.Guest,
		Languages: tree.Settings.Languages, Calculators: set,
		byID:     make(map[string]*Module, len(texts)),
		byFile:   make(map[string]*Module, len(texts)),
		assets:   map[string]*source.File{},
		sections: map[Section]string{},
		optional: map[string]bool{},
		tagSlugs: map[string]string{},
		moved:    map[*source.File]string{},
	}
	s.Home = s.module("", Home, nil, order{})
	s.Root = &Track{Title: s.Home}
	s.groups = tree.Groups
	tracks := map[string]*Track{"": s.Root}
	for _, glossary := range []bool{true, false} { // which is known by what is in it, and then has its name
		for i := range texts {
			if texts[i].Doc.Meta.Glossary == glossary {
				s.place(&texts[i], tracks)
			}
		}
	}
	s.order(tree.Places)
	s.sort()
	if home := s.Home.written[0]; s.Guest && !s.Settings.TitleGiven && home != nil && home.Doc.Title != "" {
		settings := *s.Settings
		settings.Title = source.Localised{"": home.Doc.Title}
		s.Settings = &settings
	}
	if s.Glossary != nil {
		s.Modules = append(s.Modules, s.Glossary)
	}
	s.drafts = map[string]bool{}
	for _, f := range tree.Files {
		if f.Kind == source.Markdown && s.byFile[f.Path] == nil {
			s.drafts[f.Path] = true
		}
	}
	s.Questions = slices.ContainsFunc(texts, func(t Text) bool { return slices.ContainsFunc(t.Doc.Quizzes, (*markdown.Quiz).Scored) })
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
		s.claimOptional()
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
		m = s.track(f.Dirs, tracks).Title
	default:
		dirs := f.Dirs
		if group := s.groups[f.Rel]; group != "" {
			dirs = append(slices.Clone(dirs), source.Part{Slug: source.Slug(group), Order: -1, Raw: group, Label: group})
		}
		m = s.module(path.Join(trackID, f.Name.Slug), Lesson, s.track(dirs, tracks), orderOf(f.Name))
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
		twin := s.module(id, Lesson, s.track(f.Dirs, tracks), orderOf(f.Name))
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

// track returns a folder's track, making it and those it stands in at first sight.
func (s *Site) track(dirs []source.Part, tracks map[string]*Track) *Track {
	id := slugs(dirs)
	if t := tracks[id]; t != nil {
		return t
	}
	last := dirs[len(dirs)-1]
	t := &Track{ID: id, Name: last.Label, Parent: s.track(dirs[:len(dirs)-1], tracks)}
	t.path = path.Join(t.Parent.path, last.Raw)
	tracks[id] = t
	o := orderOf(last)
	o.folder = true
	t.Title = s.module(id, Title, t, o)
	// A page x.md beside a folder x is its title page, unless it has one.
	t.Title.Kind, t.Title.Track, t.Title.order = Title, t, o
	return t
}

func orderOf(p source.Part) order { return order{number: p.Order, name: p.Slug} }

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

// order takes what authors of guests said about the order of their pages.
func (s *Site) order(places map[string]int) {
	for _, m := range s.byID {
		for _, t := range m.written {
			if t == nil {
				continue
			}
			if m.order.weight == 0 {
				m.order.weight = t.Doc.Meta.Weight
			}
			if m.order.place == 0 {
				m.order.place = places[t.File.Rel]
			}
		}
		if m.Kind == Title && places[m.Track.path] > 0 {
			m.order.place = places[m.Track.path]
		}
	}
}

// sort puts what stands in each folder in order and numbers it.
func (s *Site) sort() {
	for _, m := range s.byID {
		if f := m.Folder(); f != nil {
			f.Items = append(f.Items, m)
		}
	}
	s.Modules = append(s.Modules, s.Home)
	s.sortFolder(s.Root)
}

// sortFolder lists a folder and those in it, in reading order.
func (s *Site) sortFolder(t *Track) {
	slices.SortFunc(t.Items, func(a, b *Module) int { return cmp.Or(a.order.compare(b.order), cmp.Compare(a.ID, b.ID)) })
	for i, m := range t.Items {
		m.Place, m.Number = i, s.number(t, m, i+1)
		if m.Kind == Title {
			t.Folders = append(t.Folders, m)
		} else {
			t.Modules = append(t.Modules, m)
		}
	}
	if t.Parent != nil || len(t.Modules) > 0 {
		s.Tracks = append(s.Tracks, t)
	}
	for _, m := range t.Items {
		s.Modules = append(s.Modules, m)
		if m.Kind == Title {
			s.sortFolder(m.Track)
		}
	}
}

// number is what a module is called by in its folder: the number of its name behind
// the folder's. At home what has none is counted; a guest's author gave the numbers
// that there are.
func (s *Site) number(in *Track, m *Module, place int) string {
	own := ""
	switch {
	case s.Guest && m.titleNumbered(): // and by another number than the name's, perhaps
	case m.order.number >= 0:
		own = strconv.Itoa(m.order.number)
	case !s.Guest:
		own = strconv.Itoa(place)
	}
	if above := in.Title.Number; above != "" && own != "" {
		return above + "." + own
	}
	return own
}

// titleNumbered reports whether a title of the module begins with a number: "2.2 Beta",
// "3) Close".
func (m *Module) titleNumbered() bool {
	for _, t := range m.written {
		if t != nil && digits(t.Doc.Title) > 0 {
			return true
		}
	}
	return false
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
	name := ""
	switch {
	case p.Module.Kind == Title:
		name = p.Module.Track.Name
	case p.Text != nil:
		name = p.Text.File.Name.Label
	}
	return humanise(cmp.Or(name, path.Base(p.Module.ID)))
}

// humanise makes a title of a name: "buying-behaviour" → "Buying behaviour".
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
