package render

import (
	"bytes"
	"html/template"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"playbook/generator/internal/site"
	"playbook/generator/internal/words"
)

// The list of all headings by letter is the search of readers without scripts.
// Letters and order are those of the language: accents folded, or by pinyin.

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
	Places []HeadingPlace
}

// HeadingPlace is a page, and the link to the heading on it.
type HeadingPlace struct {
	Title string
	Link  template.HTMLAttr
}

// heading is what stands in the list.
type heading struct {
	text   string
	key    []byte // what orders it; nil in the list itself
	places []headingPlace
}

type headingPlace struct {
	page   *site.Page
	anchor string // "" for the page's title
}

// headingPart is a letter with its headings in order.
type headingPart struct {
	id       string
	headings []*heading
}

func (r *Renderer) headingsPath(lang string) string {
	return r.site.SectionPath(lang, site.HeadingsSection, "")
}

func (r *Renderer) letterPath(lang, id string) string {
	return r.site.SectionPath(lang, site.HeadingsSection, id)
}

// headings lists the titles and headings of what is written in a language, by
// letter and in order. Headings of the same words are one. Letters without
// headings are there, too.
func (r *Renderer) headings(lang string) []headingPart {
	most := r.listing[lang]
	all := make([]heading, 0, most)
	by := make(map[string]*heading, most)
	add := func(text string, at headingPlace) {
		h := by[text]
		if h == nil {
			all = append(all, heading{text: text}) // which never moves: there is room for all
			h = &all[len(all)-1]
			by[text] = h
		}
		h.places = append(h.places, at)
	}
	for _, m := range r.site.Modules {
		p := m.In(lang)
		if !listed(p) {
			continue
		}
		add(p.Title, headingPlace{p, ""})
		for _, h := range p.Doc().Headings {
			if h.Text != "" {
				add(h.Text, headingPlace{p, h.ID})
			}
		}
	}

	letters := r.site.Letters(lang)
	parts := make([]headingPart, len(letters))
	for i := range parts {
		parts[i].id = letters[i]
	}
	order := newAlphabet(&r.words[lang].Language)
	for i := range all {
		h := &all[i]
		var letter int
		letter, h.key = order.place(h.text)
		parts[letter].headings = append(parts[letter].headings, h)
	}
	for _, p := range parts {
		slices.SortStableFunc(p.headings, func(a, b *heading) int { return bytes.Compare(a.key, b.key) })
	}
	for i := range all {
		all[i].key = nil
	}
	return parts
}

// listed reports whether the headings of a page stand in the list of its
// language.
func listed(p *site.Page) bool { return p.Text != nil && !p.Fallback() }

// countHeadings is how many titles and headings each language's list has at most.
// It only counts, so that addresses are known before anything is put in order.
func (r *Renderer) countHeadings() map[string]int {
	n := make(map[string]int, len(r.site.Languages))
	for _, m := range r.site.Modules {
		for _, p := range m.Pages {
			if listed(p) {
				n[p.Lang] += 1 + len(p.Doc().Headings)
			}
		}
	}
	return n
}

// paginated reports whether each letter has a page of its own.
func (r *Renderer) paginated(lang string) bool { return r.listing[lang] > manyHeadings }

// alphabet puts texts in the order of a language's dictionaries, and under the
// letters of its index.
type alphabet struct {
	collator *collate.Collator
	keys     collate.Buffer
	letters  []letterKeys
}

// letterKeys are what tells whether a text stands under a letter.
type letterKeys struct {
	prefix []byte // of the keys of what begins with it
	from   []byte // the least key of another script's; nil without
}

func newAlphabet(l *words.Language) *alphabet {
	a := &alphabet{collator: collate.New(language.Make(l.Sort))}
	loose := collate.New(language.Make(l.Sort), collate.Loose) // whose keys leave accents and capitals out
	for _, letter := range l.Letters {
		k := letterKeys{prefix: loose.KeyFromString(&a.keys, letter.Name)}
		if letter.From != "" {
			k.from = a.collator.KeyFromString(&a.keys, letter.From)
		}
		a.letters = append(a.letters, k)
	}
	return a
}

// place gives a text's letter, a place in site.Letters, and what orders it under
// that letter: as the language's dictionaries have it. Quotation marks and the
// like in front do not count. The key lasts as long as the alphabet.
func (a *alphabet) place(text string) (letter int, key []byte) {
	text = strings.TrimLeftFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
	key = a.collator.KeyFromString(&a.keys, text)
	longest := 0
	for i, l := range a.letters {
		if n := len(l.prefix); n > longest && bytes.HasPrefix(key, l.prefix) {
			letter, longest = i+1, n
		}
	}
	if longest > 0 {
		return letter, key
	}
	for i, l := range a.letters {
		if l.from != nil && bytes.Compare(key, l.from) >= 0 {
			letter = i + 1
		}
	}
	return letter, key
}

// index is the list as a page shows it. Where each letter has a page, the headings
// are those of the letter that is asked for; else all are there, and letters
// without headings are left out.
func (r *Renderer) index(lang, letter, root string) []IndexPart {
	paginated := r.paginated(lang)
	parts := r.headingParts[lang]()
	all := make([]IndexPart, 0, len(parts))
	for _, p := range parts {
		if len(p.headings) == 0 && !paginated {
			continue
		}
		part := IndexPart{
			ID: p.id, Name: strings.ToUpper(p.id), Href: "#letter-" + p.id,
			Here: !paginated || p.id == letter, Count: len(p.headings),
		}
		if p.id == site.OtherLetter {
			part.Name = "0–9"
		}
		if paginated {
			part.Href = root + r.letterPath(lang, p.id)
		}
		if part.Here {
			part.Headings = headingItems(p.headings, root)
		}
		all = append(all, part)
	}
	return all
}

// headingItems is a part's headings as seen from a page.
func headingItems(headings []*heading, root string) []HeadingItem {
	n := 0
	for _, h := range headings {
		n += len(h.places)
	}
	links := make([]HeadingPlace, 0, n)
	items := make([]HeadingItem, len(headings))
	for i, h := range headings {
		from := len(links)
		for _, p := range h.places {
			href := root + site.Relative("index.html", p.page.Path)
			if p.anchor != "" {
				href += "#" + site.EscapeFragment(p.anchor)
			}
			links = append(links, HeadingPlace{Title: p.page.Title, Link: linkTo(href)})
		}
		items[i] = HeadingItem{Text: h.text, Places: links[from:]}
	}
	return items
}

// headingsPages are the list of all headings, and on a large site a page for each
// letter.
func (r *Renderer) headingsPages(lang string) []Generated {
	all := []Generated{{r.headingsPath(lang), func() *Page { return r.headingsPage(lang, "") }}}
	if r.paginated(lang) {
		for _, letter := range r.site.Letters(lang) {
			all = append(all, Generated{r.letterPath(lang, letter), func() *Page { return r.headingsPage(lang, letter) }})
		}
	}
	return all
}

func (r *Renderer) headingsPage(lang, letter string) *Page {
	path := r.headingsPath
	if letter != "" {
		path = func(l string) string {
			if r.paginated(l) {
				return r.letterPath(l, letter)
			}
			return r.headingsPath(l)
		}
	}
	d := r.newGenerated("headings", lang, r.words[lang].Get("ui.headings.title"), path)
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
