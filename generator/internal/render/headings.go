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

// Initial is a part of the list of all headings.
type Initial struct {
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

// letters parts the list. With page "" and few headings all are shown on one
// page; with many, page names the letter that is.
func (r *Renderer) initials(lang, page, root string) []Initial {
	all := r.listed[lang]
	parted := len(all) > manyHeadings
	var out []Initial
	for _, h := range all {
		if len(out) == 0 || out[len(out)-1].ID != h.id {
			l := Initial{ID: h.id, Name: strings.ToUpper(h.id), Href: "#letter-" + h.id, Here: !parted || h.id == page}
			if h.id == "0" {
				l.Name = "0–9"
			}
			if parted {
				l.Href = root + r.letterPath(lang, h.id)
			}
			out = append(out, l)
		}
		l := &out[len(out)-1]
		l.Count++
		if !l.Here {
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
		l.Headings = append(l.Headings, item)
	}
	return out
}

func (r *Renderer) headingsPage(lang, letter string) *Page {
	path := r.headingsPath
	if letter != "" {
		// A letter that a language lacks has no page there: its list has.
		path = func(l string) string {
			if l == lang || slices.ContainsFunc(r.listed[l], func(h *heading) bool { return h.id == letter }) && len(r.listed[l]) > manyHeadings {
				return r.letterPath(l, letter)
			}
			return r.headingsPath(l)
		}
	}
	d := r.shared("headings", lang, r.words[lang].Get("ui.headings.title"), path)
	d.Initials = r.initials(lang, letter, d.Root)
	if letter != "" {
		d.Crumbs = append(d.Crumbs, Link{Title: d.Title, Href: d.Root + r.headingsPath(lang)})
		for _, l := range d.Initials {
			if l.Here {
				d.Title = l.Name
			}
		}
	}
	return d
}
