package render

import (
	"bytes"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"

	"playbook/generator/internal/site"
)

// The list of all headings by letter is the search of readers without scripts.
// What is written in Chinese stands under the first letter of its pinyin.

// manyHeadings is where the list of a language gets a page for each letter.
const manyHeadings = 1500

// IndexPart is a letter of the list of all headings.
type IndexPart struct {
	ID       string // "a"; "0" for digits and what else there is
	Name     string // "A"; "0–9"
	Href     string // of its page or its place on this page
	Here     bool   // its headings are shown
	Headings []HeadingItem
	Count    int
}

// HeadingItem is a heading, and the pages that have it.
type HeadingItem struct {
	Text   string
	Places []Link
}

// heading is what stands in the list, before it is put in order.
type heading struct {
	text   string
	id     string // of the letter
	key    []byte
	places []headingPlace
}

type headingPlace struct {
	title, path, anchor string
}

func (r *Renderer) headingsPath(lang string) string {
	return r.site.Prefix(lang) + "headings/index.html"
}

func (r *Renderer) letterPath(lang, id string) string {
	return r.site.Prefix(lang) + "headings/" + id + "/index.html"
}

// headings lists the titles and headings of what is written in a language, in
// order. Headings of the same words are one.
func (r *Renderer) headings(lang string) []*heading {
	by := map[string]*heading{}
	var all []*heading
	add := func(text string, at headingPlace) {
		h := by[text]
		if h == nil {
			h = &heading{text: text}
			by[text] = h
			all = append(all, h)
		}
		h.places = append(h.places, at)
	}
	for _, m := range r.site.Modules {
		p := m.In(lang)
		if p.Text == nil || p.Fallback() {
			continue
		}
		add(p.Title, headingPlace{p.Title, p.Path, ""})
		for _, h := range p.Doc().Headings {
			if h.Text != "" {
				add(h.Text, headingPlace{p.Title, p.Path, h.ID})
			}
		}
	}
	order := newAlphabet(r.words[lang].Tag)
	for _, h := range all {
		h.id, h.key = order.place(h.text)
	}
	slices.SortStableFunc(all, func(a, b *heading) int { return bytes.Compare(a.key, b.key) })
	return all
}

// alphabet puts texts in the order of a language's dictionary.
type alphabet struct {
	collator *collate.Collator
	buf      collate.Buffer
	first    [][]byte // of each letter: the key of the first character of Han under it; nil where there is no pinyin
}

// Pinyin has no syllables in I, U and V. For each other letter: the first
// character of the Unihan that the order by pinyin has under it.
const (
	pinyinLetters = "abcdefghjklmnopqrstwxyz"
	pinyinFirst   = "阿八嚓咑妸发旮哈丌咔垃妈拏噢妑七呥仨他屲夕丫帀"
)

func newAlphabet(tag string) *alphabet {
	t, err := language.Parse(tag)
	if err != nil {
		t = language.Und
	}
	a := &alphabet{}
	if base, _ := t.Base(); base.String() == "zh" {
		a.collator = collate.New(language.MustParse("zh-u-co-pinyin"))
		for _, c := range pinyinFirst {
			a.first = append(a.first, bytes.Clone(a.collator.KeyFromString(&a.buf, string(c))))
			a.buf.Reset()
		}
		return a
	}
	a.collator = collate.New(t)
	return a
}

// place gives a text's letter and what orders it: by letter, then as the
// language's dictionaries have it. Quotation marks and the like in front do not
// count.
func (a *alphabet) place(text string) (id string, key []byte) {
	text = strings.TrimLeftFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
	key = a.collator.KeyFromString(&a.buf, text)
	id = "0"
	for _, r := range norm.NFKD.String(text) {
		r = unicode.ToLower(r)
		switch {
		case r >= 'a' && r <= 'z':
			id = string(r)
		case unicode.Is(unicode.Han, r):
			for i, first := range a.first {
				if bytes.Compare(key, first) >= 0 {
					id = pinyinLetters[i : i+1]
				}
			}
		}
		break
	}
	key = append([]byte(id), key...)
	a.buf.Reset()
	return id, key
}

// parted reports whether each letter has a page of its own. It only counts, so
// that addresses are known before anything is put in order.
func (r *Renderer) parted(lang string) bool {
	n := 0
	for _, m := range r.site.Modules {
		if p := m.In(lang); p.Text != nil && !p.Fallback() {
			n += 1 + len(p.Doc().Headings)
		}
	}
	return n > manyHeadings
}

// indexLetters are the parts of a list that is parted.
const indexLetters = "0abcdefghijklmnopqrstuvwxyz"

// index parts the list by letter. Where each letter has a page, the headings are
// those of the letter that is asked for; else all are there, and letters without
// headings are left out.
func (r *Renderer) index(lang, letter, root string) []IndexPart {
	by := map[string]*IndexPart{}
	parted := r.parted(lang)
	for _, h := range r.listed[lang]() {
		part := by[h.id]
		if part == nil {
			part = &IndexPart{}
			by[h.id] = part
		}
		part.Count++
		if parted && h.id != letter {
			continue
		}
		item := HeadingItem{Text: h.text}
		for _, p := range h.places {
			href := root + site.Relative("index.html", p.path)
			if p.anchor != "" {
				href += "#" + site.EscapeFragment(p.anchor)
			}
			item.Places = append(item.Places, Link{Title: p.title, Href: href})
		}
		part.Headings = append(part.Headings, item)
	}
	var all []IndexPart
	for _, c := range indexLetters {
		id := string(c)
		part := by[id]
		if part == nil {
			if !parted {
				continue
			}
			part = &IndexPart{}
		}
		part.ID, part.Name, part.Href, part.Here = id, strings.ToUpper(id), "#letter-"+id, !parted || id == letter
		if id == "0" {
			part.Name = "0–9"
		}
		if parted {
			part.Href = root + r.letterPath(lang, id)
		}
		all = append(all, *part)
	}
	return all
}

func (r *Renderer) headingsPage(lang, letter string) *Page {
	path := r.headingsPath
	if letter != "" {
		path = func(l string) string {
			if r.parted(l) {
				return r.letterPath(l, letter)
			}
			return r.headingsPath(l)
		}
	}
	d := r.shared("headings", lang, r.words[lang].Get("ui.headings.title"), path)
	d.Index = r.index(lang, letter, d.Root)
	if letter != "" {
		d.Crumbs = append(d.Crumbs, Link{Title: d.Title, Href: d.Root + r.headingsPath(lang)})
		for _, part := range d.Index {
			if part.Here {
				d.Title += " · " + part.Name
			}
		}
	}
	return d
}
