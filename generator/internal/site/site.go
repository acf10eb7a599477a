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
	"slices"
	"strconv"
	"strings"
	"sync"

	"playbook/generator/internal/markdown"
	"playbook/generator/internal/source"
	"playbook/generator/internal/terms"
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
	Clashes   []Clash

	calculators map[calculatorKey]*Page

	byID      map[string]*Module
	byFile    map[string]*Module
	assets    map[string]*source.File
	addresses map[string]string
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
}

// Clash is two files that claim one address.
type Clash struct {
	Address string
	File    *source.File
	First   string // what has the address: a file's path, or what the program makes there
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

// New builds the model from the parsed texts. Drafts must have been left out.
func New(tree *source.Tree, texts []Text) *Site {
	s := &Site{
		Settings:  tree.Settings,
		Guest:     tree.Guest,
		Languages: tree.Settings.Languages,
		byID:      make(map[string]*Module, len(texts)),
		byFile:    make(map[string]*Module, len(texts)),
		assets:    map[string]*source.File{},
	}
	s.Home = s.module("", Home, nil, order{})
	tracks := map[string]*Track{}
	for i := range texts {
		s.place(&texts[i], tracks)
	}
	s.sort(tracks)
	if s.Glossary != nil {
		s.Modules = append(s.Modules, s.Glossary)
	}
	s.address()
	var beside sync.WaitGroup
	beside.Go(func() {
		s.collectTags()
		s.collectCalculators()
	})
	s.link()
	s.collectTerms()
	s.collectAssets(tree)
	s.addAliases()
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
	lang := max(slices.Index(s.Languages, f.Lang), 0) // a name without a language is in the first
	var m *Module
	trackID := slugs(f.Dirs)
	switch {
	case f.Title && trackID == "":
		m = s.Home
	case t.Doc.Meta.Glossary && (s.Glossary == nil || s.Glossary.ID == f.Name.Slug):
		// Wherever it lies, it stands at the root; check reports a second one.
		s.Glossary = s.module(f.Name.Slug, Glossary, nil, order{})
		m = s.Glossary
	default:
		track := tracks[trackID]
		if track == nil {
			track = &Track{ID: trackID}
			tracks[trackID] = track
			o := order{number: -1}
			if n := len(f.Dirs); n > 0 {
				o = order{f.Dirs[n-1].Order, f.Dirs[n-1].Slug}
			}
			if trackID == "" {
				track.Title = s.Home
			} else {
				track.Title = s.module(trackID, Title, track, o)
				// A page x.md beside a folder x is its title page, unless it has one.
				track.Title.Kind, track.Title.Track, track.Title.order = Title, track, o
			}
		}
		if f.Title {
			m = track.Title
		} else {
			id := f.Name.Slug
			if trackID != "" {
				id = trackID + "/" + id
			}
			m = s.module(id, Lesson, track, order{f.Name.Order, f.Name.Slug})
		}
	}
	if had := m.written[lang]; had != nil {
		first, second := had, t
		// index.md is the title page, whatever was read first.
		if t.File.Title && !had.File.Title {
			first, second = t, had
		}
		m.written[lang] = first
		s.Clashes = append(s.Clashes, Clash{Address: s.addressOf(m, s.Languages[lang]), File: second.File, First: first.File.Path})
		if s.Guest { // a guest must build whole: the second text gets an address of its own
			twin := s.module(m.ID+"-2", Lesson, m.Track, order{m.order.number, m.order.name + "-2"})
			if twin.written[lang] == nil {
				twin.written[lang] = second
				s.byFile[second.File.Path] = twin
			}
		}
		if first == t {
			s.byFile[f.Path] = m
		}
		return
	}
	m.written[lang] = t
	s.byFile[f.Path] = m
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

// address gives every module a page in every language.
func (s *Site) address() {
	n := len(s.Modules) * len(s.Languages)
	s.addresses = make(map[string]string, n+n/8)
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
			*p = Page{Module: m, Lang: lang, TextLang: lang, Path: s.addressOf(m, lang), Text: m.written[i]}
			if p.Text == nil && len(m.texts) > 0 {
				p.Text = m.texts[0]
				p.TextLang = s.Languages[slices.Index(m.written, p.Text)]
			}
			p.Title = s.titleOf(p)
			if p.Text != nil {
				s.claim(p.Path, p.Text.File)
			} else {
				s.addresses[p.Path] = "the page of " + m.ID
			}
		}
	}
}

// Prefix is the folder of a language: "en/", or "" on a one-language site.
func (s *Site) Prefix(lang string) string {
	if len(s.Languages) == 1 {
		return ""
	}
	return lang + "/"
}

func (s *Site) addressOf(m *Module, lang string) string {
	if m.ID == "" {
		return s.Prefix(lang) + "index.html"
	}
	return s.Prefix(lang) + m.ID + "/index.html"
}

// claim takes an address for a file, or notes the clash.
func (s *Site) claim(address string, f *source.File) bool {
	if first, taken := s.addresses[address]; taken {
		if first != f.Path {
			s.Clashes = append(s.Clashes, Clash{Address: address, File: f, First: first})
		}
		return false
	}
	s.addresses[address] = f.Path
	return true
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
					tag = &Tag{ID: id}
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

// TagAddress is where a tag's page stands.
func (s *Site) TagAddress(lang, id string) string {
	return s.Prefix(lang) + "tags/" + source.Slug(id) + "/index.html"
}

func (s *Site) collectAssets(tree *source.Tree) {
	for _, f := range tree.Files {
		if f.Kind == source.Asset {
			s.Assets = append(s.Assets, f)
			s.assets[f.Path] = f
			s.claim(s.AssetAddress(f), f)
		}
	}
}

// AssetAddress is where a file that stands beside the pages is published: once
// for all languages, under its folder's address.
func (s *Site) AssetAddress(f *source.File) string {
	dir := slugs(f.Dirs)
	if dir != "" {
		dir += "/"
	}
	return dir + f.Base
}

// Alias is an old address that leads to a page.
type Alias struct {
	Path string // from the site's root
	To   *Page
}

func (s *Site) addAliases() {
	for _, a := range s.Aliases() {
		s.claim(a.Path, a.To.Text.File)
	}
}

// Aliases lists the old addresses of every page that has its own text.
func (s *Site) Aliases() []Alias {
	var all []Alias
	for _, m := range s.Modules {
		for _, p := range m.Pages {
			if p.Text == nil || p.Fallback() {
				continue
			}
			for _, a := range p.Text.Doc.Meta.Aliases {
				a = strings.Trim(a, "/")
				if !strings.HasSuffix(a, ".html") {
					a += "/index.html"
				}
				all = append(all, Alias{Path: a, To: p})
			}
		}
	}
	return all
}
