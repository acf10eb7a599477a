// Package book makes one document of a site's pages, for paper and for e-readers: a
// page of HTML that stands alone, or an EPUB.
//
// Start with New, which renders the pages and takes from each what a reader of paper
// can use: text, figures, questions. Links between its pages lead to the chapter, and
// the answers to the questions stand at the end.
package book

import (
	"bytes"
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"playbook/generator/internal/diag"
)

// Source renders the files of a site: a pipeline.Plan.
type Source interface {
	Render(buf []byte, path string) ([]byte, diag.List)
}

// Chapter is a page of the site that becomes a chapter.
type Chapter struct {
	Path   string // from the site's root
	Title  string
	Number string // "3.2"; "" where nothing is numbered
	Depth  int    // 0 for a part of the course, 1 for what stands in it, and so on
}

// Options are what a book is made of beside its pages.
type Options struct {
	Title       string
	Description string
	Lang        string // as HTML has it: "zh-Hans"
	Dir         string // "rtl", or ""
	ID          string // names the book for readers' libraries; the same for each edition
	BaseURL     string // where the site is published, for links to what the book lacks; ends with a slash. "" leaves such links out
	Answers     bool   // the answers to the questions, at the end
	Words       Words
}

// Words are the book's own words, in its language.
type Words struct{ Contents, Answers, Answer, Question string }

// Book is a book in memory.
type Book struct {
	opt      Options
	chapters []chapter
	styles   []string // of the site's pages, by path
	images   []*image
	source   Source
}

type chapter struct {
	Chapter
	id   string // of its element: "c3"
	body []*html.Node
}

// image is a picture of the site.
type image struct {
	path string
	data []byte
}

// New makes a book of some pages. The faults are those of rendering; a book with an
// error among them is nil.
func New(source Source, pages []Chapter, opt Options) (*Book, diag.List) {
	b := &Book{opt: opt, source: source}
	places := make(map[string]string, len(pages)) // page → chapter's id
	for i, p := range pages {
		places[p.Path] = fmt.Sprintf("c%d", i+1)
	}
	var faults diag.List
	var answers []*html.Node
	for _, p := range pages {
		data, f := source.Render(nil, p.Path)
		faults = append(faults, f...)
		doc, err := html.Parse(bytes.NewReader(data))
		if err != nil {
			panic(err) // of reading memory
		}
		b.addStyles(doc, p.Path)
		main := find(doc, func(n *html.Node) bool { return n.DataAtom == atom.Main })
		if main == nil {
			continue
		}
		c := cleaner{book: b, page: p, id: places[p.Path], places: places, terms: map[string]string{}}
		c.cards(main)
		c.clean(main)
		if len(c.answers) > 0 {
			answers = append(append(answers, element("h2", "", link("#"+c.id, "", text(p.label())))), c.answers...)
		}
		b.chapters = append(b.chapters, chapter{Chapter: p, id: c.id, body: children(main)})
	}
	if faults.HasErrors() {
		return nil, faults
	}
	if opt.Answers && len(answers) > 0 {
		b.chapters = append(b.chapters, chapter{Chapter: Chapter{Title: opt.Words.Answers}, id: "answers",
			body: append([]*html.Node{element("h1", "", text(opt.Words.Answers))}, answers...)})
	}
	b.unlink()
	return b, faults
}

// unlink takes the address from links to what the book has left out.
func (b *Book) unlink() {
	ids := map[string]bool{}
	for _, c := range b.chapters {
		ids[c.id] = true
		for _, n := range c.body {
			walk(n, func(n *html.Node) { ids[attr(n, "id")] = true })
		}
	}
	for _, c := range b.chapters {
		for _, n := range c.body {
			walk(n, func(n *html.Node) {
				n.Attr = slices.DeleteFunc(n.Attr, func(a html.Attribute) bool {
					return a.Key == "href" && strings.HasPrefix(a.Val, "#") && !ids[a.Val[1:]]
				})
			})
		}
	}
}

// addStyles notes the styles that a page loads.
func (b *Book) addStyles(doc *html.Node, page string) {
	walk(doc, func(n *html.Node) {
		if n.DataAtom == atom.Link && attr(n, "rel") == "stylesheet" {
			if p := resolve(page, attr(n, "href")); !slices.Contains(b.styles, p) {
				b.styles = append(b.styles, p)
			}
		}
		if n.DataAtom == atom.Noscript && n.FirstChild != nil && n.FirstChild.Type == html.TextNode {
			if inner, err := html.Parse(strings.NewReader(n.FirstChild.Data)); err == nil {
				b.addStyles(inner, page)
			}
		}
	})
}

// image returns a picture's data once.
func (b *Book) image(p string) *image {
	for _, i := range b.images {
		if i.path == p {
			return i
		}
	}
	data, faults := b.source.Render(nil, p)
	if faults.HasErrors() || len(data) == 0 {
		return nil
	}
	i := &image{path: p, data: data}
	b.images = append(b.images, i)
	return i
}

// resolve is the path in the site of a link of a page.
func resolve(page, href string) string {
	return path.Join(path.Dir(page), href)
}

// find returns the first element of a tree that fits, nil without one.
func find(n *html.Node, fits func(*html.Node) bool) *html.Node {
	if n.Type == html.ElementNode && fits(n) {
		return n
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if found := find(c, fits); found != nil {
			return found
		}
	}
	return nil
}

func walk(n *html.Node, visit func(*html.Node)) {
	if n.Type == html.ElementNode {
		visit(n)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		walk(c, visit)
	}
}

func children(n *html.Node) []*html.Node {
	var all []*html.Node
	for c := n.FirstChild; c != nil; c = n.FirstChild {
		n.RemoveChild(c)
		all = append(all, c)
	}
	return all
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key && a.Namespace == "" {
			return a.Val
		}
	}
	return ""
}

func setAttr(n *html.Node, key, value string) {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			n.Attr[i].Val = value
			return
		}
	}
	n.Attr = append(n.Attr, html.Attribute{Key: key, Val: value})
}

// hasClass reports whether an element has one of some classes.
func hasClass(n *html.Node, names ...string) bool {
	return slices.ContainsFunc(strings.Fields(attr(n, "class")), func(c string) bool { return slices.Contains(names, c) })
}

func hasAttr(n *html.Node, key string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == key })
}

func text(s string) *html.Node { return &html.Node{Type: html.TextNode, Data: s} }

func element(name, class string, inside ...*html.Node) *html.Node {
	n := &html.Node{Type: html.ElementNode, Data: name, DataAtom: atom.Lookup([]byte(name))}
	if class != "" {
		setAttr(n, "class", class)
	}
	for _, c := range inside {
		n.AppendChild(c)
	}
	return n
}

func link(href, class string, inside ...*html.Node) *html.Node {
	a := element("a", class, inside...)
	setAttr(a, "href", href)
	return a
}

// label is a chapter's title with its number.
func (c Chapter) label() string { return strings.TrimSpace(c.Number + " " + cmp.Or(c.Title, c.Path)) }
