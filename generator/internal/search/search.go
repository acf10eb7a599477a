// Package search makes the index that the reader's browser searches: static
// files, no server.
//
// Start with New, then Build with the pages of each language; an Index may build
// again after pages changed, and reads only those. What it gives is a set of
// files whose bytes depend on the pages alone, made when they are asked for.
//
// An entry is a heading with what stands under it; the first entry of a page is
// what stands before its first heading. Each language has an index of its own:
//
//	search/en.js       the root: how many entries each page has, where the other
//	                   files begin, the words of the dialog
//	search/en/t0.js …  terms: words in alphabetical order, and where they occur
//	search/en/w0.js …  the words alone, forwards and backwards, for words mistyped
//	search/en/d0.js …  entries in reading order: addresses, headings, texts
//	search/names.js    names for the same thing
//
// A query takes the root, one or two files of terms, and the entries that it
// shows, however large the site. Every file is a classic script, because from
// file:// nothing else can be loaded: a call of playbookSearch with the file's
// name, the stamp of the root that it belongs to, and an object. A browser that
// holds an old root notices by the stamp.
//
// Numbers are written in base 45: the digits are the characters of digits, those
// of a number's last place the first half of them (see appendNumber). Words are
// written in front of a blank, what they share with the one before as one
// character. The reader of all this is templates/assets/js/search/index.js.
package search

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"unicode/utf8"

	"playbook/generator/internal/pool"
)

// Page is one page of the site as a search finds it.
type Page struct {
	Path        string // from the site's root
	Title       string
	Track       string // the title of the part of the course it stands in, or ""
	Description string
	Keywords    string // what readers may type for it and its text does not say; found, not shown
	Reference   bool   // a glossary: its headings stand behind those of the pages that teach

	// Key tells whether the page's text is what it was at the last Build; it must
	// be comparable.
	Key any
	// Sections gives the text, the first section being what stands before the
	// first heading. It is called again when the page's entries are written.
	Sections func(each func(Section))
}

// Section is a heading and the text under it.
type Section struct {
	ID, Heading string
	Text        []byte // valid until the next section is given
}

// entries gives the page's entries, at least one. What stands under more
// headings than an entry's number can tell is not found.
func (p *Page) entries(each func(n int, s Section)) {
	n := 0
	p.Sections(func(s Section) {
		if n < maxEntries {
			each(n, s)
		}
		n++
	})
	if n == 0 {
		each(0, Section{})
	}
}

// maxEntries bounds the headings of one page that are found by themselves.
const maxEntries = 1 << 16

// maxText is how much of an entry's text is kept to be shown.
const maxText = 6000

// shown is the text of an entry as its results show it. buf is scratch space.
func (p *Page) shown(n int, s Section, buf *[]byte) []byte {
	text := s.Text
	if n == 0 && p.Description != "" {
		*buf = append(append(append((*buf)[:0], p.Description...), ' '), text...)
		text = *buf
	}
	if len(text) > maxText {
		cut := maxText
		for cut > 0 && !utf8.RuneStart(text[cut]) {
			cut--
		}
		text = text[:cut]
	}
	return text
}

// Language is the pages of one language, in reading order.
type Language struct {
	Writing
	Code   string // "zh"
	Tag    string // "zh-Hans"
	Script string // "han": for the style sheet
	Name   string // in itself
	Words  map[string]string
	Pages  []Page
}

// Writing is what the index of a language depends on beside its pages.
type Writing struct {
	Stemmer  string // one of Stemmers, or "": words are looked up as they are
	Elision  bool   // an apostrophe parts words, as in l'objectif
	NoSpaces bool   // between words: a passage has fewer characters
}

// Input is what an index is made of.
type Input struct {
	Languages []Language
	// Aliases are names for the same thing, each list in any languages: a query
	// for one finds the others. A name behind "~" is pinyin, a blank between the
	// syllables, of which a beginning is enough.
	Aliases [][]string
}

// File is one file of the index. Data may be called at any time, from several
// goroutines, and gives the same bytes each time.
type File struct {
	Path string // from the site's root
	Data func() []byte
}

// Index keeps what was read of pages from one Build to the next.
type Index struct {
	OneShot  bool // no Build uses anything of the one before: memory is spared
	lexicons map[string]*lexicon
}

// New returns an index that has read nothing yet.
func New() *Index { return &Index{lexicons: map[string]*lexicon{}} }

// Build reads the pages that are new or changed and returns the files of the
// index. After an error nothing of what was read is used again.
func (x *Index) Build(in Input) ([]File, error) {
	if x.OneShot {
		clear(x.lexicons)
	}
	names := len(in.Aliases) > 0
	for _, l := range in.Languages {
		if lex := x.lexicons[l.Code]; lex == nil || lex.of != l.Writing {
			x.lexicons[l.Code] = newLexicon(l.Writing)
		}
	}
	each := make([][]File, len(in.Languages))
	err := pool.Do(context.Background(), len(each), func(i int) error {
		l := &in.Languages[i]
		lex := x.lexicons[l.Code]
		pages, err := lex.read(l.Pages)
		if err != nil {
			return err
		}
		s := newSnapshot(lex, l, pages)
		s.once = x.OneShot
		go pool.Try(func() error { // the first file of terms should not wait for it
			s.collected.Do(s.collect)
			return nil
		})
		each[i] = s.files(in.Languages, names)
		return nil
	})
	if err != nil {
		clear(x.lexicons)
		return nil, err
	}
	files := slices.Concat(each...)
	if names {
		files = append(files, namesFile(in.Aliases))
	}
	return files, nil
}

func namesFile(aliases [][]string) File {
	return File{"search/names.js", func() []byte {
		b := begin("names", "")
		b = append(b, '[')
		for i, names := range aliases {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendStrings(b, names...)
		}
		return end(append(b, ']'))
	}}
}

// files lists the index of one language.
func (s *snapshot) files(languages []Language, names bool) []File {
	root := s.root(languages, names)
	sum := sha256.Sum256(root)
	stamp := hex.EncodeToString(sum[:4])
	code := s.lang.Code
	all := []File{{"search/" + code + ".js", func() []byte { return end(append(begin(code, stamp), root...)) }}}
	add := func(kind string, cuts []int, write func(from, to int, b []byte) []byte) {
		for i := range cuts[:len(cuts)-1] {
			name := code + "/" + kind + strconv.Itoa(i)
			all = append(all, File{"search/" + name + ".js", func() []byte {
				return end(write(cuts[i], cuts[i+1], begin(name, stamp)))
			}})
		}
	}
	add("t", s.termCuts, s.terms)
	add("w", s.wordCuts, s.spelling)
	add("d", s.entryCuts, s.entries)
	return all
}

// begin begins a file. Most files have room in what it gives.
func begin(name, stamp string) []byte {
	b := appendString(append(make([]byte, 0, room), "playbookSearch("...), name)
	return append(appendString(append(b, ','), stamp), ',')
}

const room = 20_000

func end(b []byte) []byte { return append(b, ")\n"...) }

// root writes what is loaded first.
func (s *snapshot) root(languages []Language, names bool) []byte {
	b := []byte(`{"tag":`)
	b = appendString(b, s.lang.Tag)
	b = append(b, `,"script":`...)
	b = appendString(b, s.lang.Script)
	b = append(b, `,"name":`...)
	b = appendString(b, s.lang.Name)
	if s.lang.Elision {
		b = append(b, `,"elision":true`...)
	}
	if s.lang.NoSpaces {
		b = append(b, `,"dense":true`...)
	}
	b = append(b, `,"pages":`...)
	b = append(b, '"')
	for _, p := range s.pages {
		b = appendNumber(b, len(p.entries))
	}
	b = append(b, `","terms":`...)
	b = appendStrings(b, s.termStarts()...)
	b = append(b, `,"spelling":`...)
	b = appendStrings(b, s.wordStarts()...)
	b = append(b, `,"entries":"`...)
	for i, cut := range s.entryCuts[1:] {
		b = appendNumber(b, cut-s.entryCuts[i])
	}
	b = append(b, `","others":[`...)
	first := true
	for i := range languages {
		if code := languages[i].Code; code != s.lang.Code {
			if !first {
				b = append(b, ',')
			}
			first = false
			b = appendString(b, code)
		}
	}
	b = append(b, ']')
	if names {
		b = append(b, `,"names":true`...)
	}
	b = append(b, `,"words":{`...)
	keys := make([]string, 0, len(s.lang.Words))
	for k := range s.lang.Words {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	for i, k := range keys {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendString(append(appendString(b, k), ':'), s.lang.Words[k])
	}
	return append(b, "}}"...)
}
