package book

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// cleaner makes a chapter of a page.
type cleaner struct {
	book    *Book
	page    Chapter
	id      string            // of the chapter
	places  map[string]string // page → chapter's id
	terms   map[string]string // a term's card → where its definition stands
	answers []*html.Node
}

// What of a page is for a screen alone, by class.
var leftOut = []string{"anchor", "calculator-back", "calculator-exports", "calculator-fold", "calculator-open", "calculator-start", "calculator-still",
	"continue", "course", "crumbs", "entries", "facts", "letters", "mark", "module-foot", "needs-js", "hero-drawing", "pager", "progress",
	"tags", "term-cards", "toc", "track", "used-in", "whence"}

// What is only a frame for scripts, or means nothing on paper, by element.
var (
	removed   = atoms(atom.Button, atom.Input, atom.Nav, atom.Noscript, atom.Script, atom.Select, atom.Source, atom.Template, atom.Textarea)
	unwrapped = atoms(atom.Form, atom.Label, atom.Fieldset)
)

// The attributes that stay, beside those of a figure's shapes.
var kept = map[string]bool{
	"alt": true, "class": true, "colspan": true, "dir": true, "height": true, "href": true, "id": true, "lang": true, "open": true, "reversed": true,
	"role": true, "rowspan": true, "scope": true, "src": true, "start": true, "title": true, "type": true, "value": true, "width": true,
	"aria-hidden": true, "aria-label": true, "aria-labelledby": true, "aria-describedby": true,
}

func atoms(names ...atom.Atom) map[atom.Atom]bool {
	set := make(map[atom.Atom]bool, len(names))
	for _, n := range names {
		set[n] = true
	}
	return set
}

// cards notes where the definitions of the terms stand that a page's text mentions:
// each card's last link leads there.
func (c *cleaner) cards(main *html.Node) {
	walk(main, func(n *html.Node) {
		if id := attr(n, "id"); strings.HasPrefix(id, "term-") {
			walk(n, func(a *html.Node) {
				if a.DataAtom == atom.A {
					c.terms[id] = attr(a, "href")
				}
			})
		}
	})
}

// clean mends the children of a node.
func (c *cleaner) clean(n *html.Node) {
	for child, next := n.FirstChild, (*html.Node)(nil); child != nil; child = next {
		next = child.NextSibling
		if child.Type == html.CommentNode {
			n.RemoveChild(child)
		}
		if child.Type != html.ElementNode {
			continue
		}
		switch {
		case child.DataAtom == atom.Button && attr(child, "popovertarget") != "" && c.terms[attr(child, "popovertarget")] != "":
			c.term(child)
		case child.DataAtom == atom.Input && (attr(child, "type") == "checkbox" || attr(child, "type") == "radio"):
			box := "☐\u00a0"
			if hasAttr(child, "checked") {
				box = "☑\u00a0"
			}
			n.InsertBefore(element("span", "box", text(box)), child)
			n.RemoveChild(child)
			continue
		case removed[child.DataAtom] || hasClass(child, leftOut...):
			n.RemoveChild(child)
			continue
		case hasClass(child, "quiz-answer"):
			c.answer(child)
			continue
		}
		if hasAttr(child, "hidden") {
			n.RemoveChild(child)
			continue
		}
		c.clean(child)
		c.attributes(child)
		switch {
		case unwrapped[child.DataAtom]:
			rename(child, "div")
			if isLine(n) {
				rename(child, "span")
			}
		case child.DataAtom == atom.Legend:
			rename(child, "p")
		case strings.HasPrefix(child.Data, "playbook-"):
			rename(child, "div")
		case child.DataAtom == atom.Details:
			setAttr(child, "open", "")
		}
	}
}

// isLine reports whether an element holds a line of text, and no blocks.
func isLine(n *html.Node) bool {
	switch n.DataAtom {
	case atom.P, atom.Span, atom.A, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Summary:
		return true
	}
	return false
}

func rename(n *html.Node, name string) {
	n.Data, n.DataAtom = name, atom.Lookup([]byte(name))
}

// term makes of a word that opens a card a link to its definition.
func (c *cleaner) term(n *html.Node) {
	href := c.terms[attr(n, "popovertarget")]
	rename(n, "a")
	n.Attr = []html.Attribute{{Key: "class", Val: "term"}, {Key: "href", Val: href}}
}

// answer moves the answer to a question to the end of the book.
func (c *cleaner) answer(n *html.Node) {
	parent := n.Parent
	parent.RemoveChild(n)
	quiz := parent
	for quiz != nil && quiz.Data != "playbook-quiz" {
		quiz = quiz.Parent
	}
	if quiz == nil || !c.book.opt.Answers {
		return
	}
	name := c.book.opt.Words.Question
	if title := find(quiz, func(n *html.Node) bool { return hasClass(n, "quiz-title") }); title != nil {
		name = content(title)
	}
	if first := find(n, func(n *html.Node) bool { return n.DataAtom == atom.Summary }); first != nil {
		first.Parent.RemoveChild(first)
	}
	c.clean(n)
	question := c.id + "-" + attr(quiz, "id") // the attributes of what is around are cleaned last
	section := element("section", "book-answer", element("h3", "", link("#"+question, "", text(name))))
	setAttr(section, "id", question+"-answer")
	for _, child := range children(n) {
		section.AppendChild(child)
	}
	c.answers = append(c.answers, section)
	parent.AppendChild(element("p", "book-to-answer", link("#"+question+"-answer", "", text(c.book.opt.Words.Answer))))
}

// content is the text of an element.
func content(n *html.Node) string {
	var b strings.Builder
	var visit func(*html.Node)
	visit = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
		if hasClass(n, "anchor") {
			return
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			visit(c)
		}
	}
	visit(n)
	return strings.Join(strings.Fields(b.String()), " ")
}

// attributes drops what only scripts and screens need, and makes ids and links those of the book.
func (c *cleaner) attributes(n *html.Node) {
	all := n.Attr[:0]
	for _, a := range n.Attr {
		if n.Namespace != "svg" && !kept[a.Key] {
			continue
		}
		switch a.Key {
		case "id":
			a.Val = c.id + "-" + a.Val
		case "aria-labelledby", "aria-describedby":
			ids := strings.Fields(a.Val)
			for i := range ids {
				ids[i] = c.id + "-" + ids[i]
			}
			a.Val = strings.Join(ids, " ")
		case "href":
			to := c.href(a.Val)
			if to == "" {
				continue // words without a link
			}
			a.Val = to
		case "src":
			img := c.book.image(resolve(c.page.Path, unescape(a.Val)))
			if img == nil {
				continue
			}
			a.Val = img.path
		}
		if n.Namespace == "svg" {
			a.Val = strings.ReplaceAll(a.Val, "url(#", "url(#"+c.id+"-")
		}
		all = append(all, a)
	}
	n.Attr = all
}

// href is where a link of the page leads in the book: to a chapter "#c3", to a place in
// one "#c3-idea", to the published site, or nowhere.
func (c *cleaner) href(dest string) string {
	if strings.Contains(dest, ":") || strings.HasPrefix(dest, "//") {
		return dest
	}
	file, fragment, _ := strings.Cut(dest, "#")
	file, _, _ = strings.Cut(file, "?")
	target := c.page.Path
	if file != "" {
		target = resolve(c.page.Path, unescape(file))
	}
	if id := c.places[target]; id != "" {
		if fragment != "" && !strings.ContainsAny(fragment, "?+=") {
			return "#" + id + "-" + unescape(fragment)
		}
		return "#" + id
	}
	if c.book.opt.BaseURL == "" {
		return ""
	}
	to := c.book.opt.BaseURL + (&url.URL{Path: strings.TrimSuffix(target, "index.html")}).EscapedPath()
	if fragment != "" {
		to += "#" + fragment
	}
	return to
}

func unescape(s string) string {
	if u, err := url.PathUnescape(s); err == nil {
		return u
	}
	return s
}
