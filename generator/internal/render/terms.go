package render

import (
	"bytes"
	"cmp"
	"html/template"
	"slices"
	"strings"
	"unicode/utf8"

	"playbook/generator/internal/markdown"
	"playbook/generator/internal/site"
)

// Card is the dot's entry of blocks/terms.html: what a reader sees of a term
// without leaving the page.
type Card struct {
	ID         string // of the element
	Title      string
	Others     []TermName // what other languages call it
	Definition template.HTML
	Href       string // of the entry in the glossary
}

// TermName is a term's name in another language.
type TermName struct {
	Language
	Title string
}

// Letter is a part of the glossary: the terms that begin with a letter.
type Letter struct {
	Letter string // "A"; "#" for what begins with none
	ID     string
	Terms  []Entry
}

// Entry is a term as the glossary shows it.
type Entry struct {
	ID         string
	Title      string
	Pinyin     string
	Synonyms   []string
	Others     []TermName
	Definition template.HTML
	Modules    []Link // where the course uses it
}

// text renders a page's text with its terms: the first mention of each opens a
// card, and the cards stand at the end of the text. The glossary links itself no
// further.
func (c *content) text(doc *markdown.Document) template.HTML {
	if c.r.site.Glossary == nil || doc.Meta.Glossary {
		return c.body(doc.Body)
	}
	var out strings.Builder
	var ids []string
	seen := map[string]bool{}
	// An explicit link is the mention of its term.
	for _, l := range doc.Links {
		if id, ok := strings.CutPrefix(l.Dest, markdown.TermScheme); ok && !seen[id] && c.r.site.Term(id) != nil {
			seen[id] = true
			ids = append(ids, id)
		}
	}
	finder := c.r.site.Finder(c.lang.Code)
	for i, p := range doc.Body {
		if p.Link != nil || p.Block != nil || finder == nil {
			out.WriteString(string(c.body(doc.Body[i : i+1])))
			continue
		}
		done := 0
		for _, s := range p.Text {
			if !s.Running() {
				continue
			}
			for m := range finder.Find(p.HTML[s.Start:s.End]) {
				if m.Deprecated || seen[m.ID] {
					continue
				}
				seen[m.ID] = true
				ids = append(ids, m.ID)
				start, end := int(s.Start)+m.Start, int(s.Start)+m.End
				first, last := unbroken(p.HTML[done:start], p.HTML[end:s.End])
				first, last = start-first, end+last
				out.Write(p.HTML[done:first])
				if first < start || end < last {
					out.WriteString(`<span class="term-line">`)
				}
				out.Write(p.HTML[first:start])
				out.Write(markdown.AppendTermOpening(nil, m.ID))
				out.Write(p.HTML[start:end])
				out.WriteString("</button>")
				out.Write(p.HTML[end:last])
				if first < start || end < last {
					out.WriteString("</span>")
				}
				done = last
			}
		}
		out.Write(p.HTML[done:])
	}
	out.WriteString(string(c.cards(ids)))
	return template.HTML(out.String())
}

// unbroken says how many bytes of punctuation directly before and after a term must
// stay in its line. A line may break on either side of a button, whatever stands
// there: a comma would begin a line, an opening bracket end one.
func unbroken(before, after []byte) (b, a int) {
	for b < len(before) {
		r, n := utf8.DecodeLastRune(before[:len(before)-b])
		if !strings.ContainsRune("“‘（《「『【([", r) {
			break
		}
		b += n
	}
	for a < len(after) {
		r, n := utf8.DecodeRune(after[a:])
		if !strings.ContainsRune("，。、；：？！”’）》」』】…,.;:?!)]", r) {
			break
		}
		a += n
	}
	return b, a
}

// cards renders the cards of some terms.
func (c *content) cards(ids []string) template.HTML {
	var cards []Card
	glossary := c.r.site.Glossary.In(c.page.Lang)
	for _, id := range ids {
		term := c.r.site.Term(id)
		t := term.In[c.lang.Code]
		if t == nil { // linked by its id, but this language has no words for it
			continue
		}
		cards = append(cards, Card{
			ID: markdown.TermCard(id), Title: t.Title, Others: c.r.otherNames(term, c.lang.Code),
			Definition: c.definition(t, c.r.site.Glossary.In(c.lang.Code)),
			Href:       c.r.site.Href(c.page.Path, site.Target{Page: glossary, Anchor: id}),
		})
	}
	if len(cards) == 0 {
		return ""
	}
	c.needs = c.r.site.Glossary.In(c.lang.Code).Doc().Needs
	html, err := c.r.fragment("blocks/terms.html", c.page.Lang, c.root, cards)
	if err != nil {
		c.faults = append(c.faults, renderFault(err))
	}
	return html
}

// definition renders a definition for the page; its links are seen from there, and
// written in the file of another page, unless that is nil.
func (c *content) definition(t *markdown.Term, from *site.Page) template.HTML {
	d := *c
	d.from = from
	html := d.body(t.Definition)
	c.faults = d.faults
	return html
}

// otherNames are the names in other languages, where they differ.
func (r *Renderer) otherNames(term *site.Term, lang string) []TermName {
	var names []TermName
	own := ""
	if t := term.In[lang]; t != nil {
		own = t.Title
	}
	for _, l := range r.site.Languages {
		if t := term.In[l]; t != nil && l != lang && t.Title != own {
			names = append(names, TermName{r.language(l), t.Title})
		}
	}
	return names
}

// letters is the glossary as a page shows it: in the order of its language, by the
// reading where the terms carry one, with the modules that use each term.
func (c *content) letters(doc *markdown.Document) []Letter {
	used := c.r.termUses[c.lang.Code]()
	letters := c.r.site.Letters(c.lang.Code)
	order := newAlphabet(&c.r.words[c.lang.Code].Language)
	type placed struct {
		*markdown.Term
		letter int
		key    []byte
	}
	terms := make([]placed, len(doc.Terms))
	for i, t := range doc.Terms {
		letter, key := order.place(cmp.Or(t.Pinyin, t.Title))
		terms[i] = placed{t, letter, key}
	}
	slices.SortStableFunc(terms, func(a, b placed) int {
		return cmp.Or(a.letter-b.letter, bytes.Compare(a.key, b.key), strings.Compare(a.ID, b.ID))
	})
	var all []Letter
	for i, t := range terms {
		if i == 0 || t.letter != terms[i-1].letter {
			id := letters[t.letter]
			l := Letter{Letter: strings.ToUpper(id), ID: "letter-" + id}
			if id == site.OtherLetter {
				l = Letter{Letter: "#", ID: "letter-other"}
			}
			all = append(all, l)
		}
		e := Entry{ID: t.ID, Title: t.Title, Pinyin: t.Pinyin, Synonyms: t.Synonyms, Definition: c.definition(t.Term, nil)}
		if term := c.r.site.Term(t.ID); term != nil {
			e.Others = c.r.otherNames(term, c.lang.Code)
		}
		for _, m := range used[t.ID] {
			to := m.In(c.page.Lang)
			e.Modules = append(e.Modules, Link{Title: to.Title, Href: site.Relative(c.page.Path, to.Path)})
		}
		last := &all[len(all)-1]
		last.Terms = append(last.Terms, e)
	}
	return all
}

// usesOfTerms is which modules use each term, by its id.
func (r *Renderer) usesOfTerms(lang string) map[string][]*site.Module {
	uses := map[string][]*site.Module{}
	for _, m := range r.site.Modules {
		if m.Kind != site.Lesson || m.Written(lang) == nil {
			continue
		}
		for _, id := range r.site.Mentions(m.Written(lang).Doc, lang) {
			uses[id] = append(uses[id], m)
		}
	}
	return uses
}
