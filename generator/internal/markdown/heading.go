package markdown

import (
	"bytes"
	"cmp"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer/html"

	"playbook/generator/internal/diag"
)

// frameIDs belong to the page around the text.
var frameIDs = map[string]bool{
	"main": true, "top": true, "course": true, "course-title": true, "modules-title": true,
	"keys": true, "keys-title": true, "keys-on": true,
}

// assignIDs gives every heading its id: the one the author wrote as {#id}, or one
// made of its text. Made ids give way to written ones and to those of blocks.
func (r *reading) assignIDs(headings []*ast.Heading) {
	for _, c := range r.doc.Calculators {
		r.ids[c.ID] = c.Pos
	}
	for i, f := range r.doc.Figures {
		r.ids["figure-"+strconv.Itoa(i+1)] = f.Pos
	}
	written := make([]string, len(headings))
	for i, h := range headings {
		value, ok := h.AttributeString("id")
		id, isText := value.([]byte)
		if !ok || !isText || len(id) == 0 {
			continue
		}
		at := r.idPos(h, id)
		if first, taken := r.ids[string(id)]; taken || frameIDs[string(id)] {
			if frameIDs[string(id)] {
				r.errorf(at, "heading-id", "choose another one", "the id %q belongs to the page's frame", id)
			} else {
				r.errorf(at, "heading-id", "an id names one place of the page", "the id %q is used twice: first at line %d", id, first.Line)
			}
			continue
		}
		written[i] = string(id)
		r.ids[written[i]] = at
	}
	r.headings = map[*ast.Heading]int{}
	last := 1
	for i, h := range headings {
		text := r.plain(headingText(h)...)
		id := written[i]
		if id == "" {
			id = r.unique(slug(text))
			r.ids[id] = r.pos(h)
		}
		h.SetAttributeString("id", []byte(id))
		if h.Level == 1 {
			if !r.opt.Guest {
				r.errorf(r.pos(h), "heading", "the page's title is the title of the front matter; begin sections with ##",
					"a heading of the first level in the text")
			}
			h.Level = 2
		}
		if h.Level > last+1 && !r.opt.Guest {
			r.warnf(r.pos(h), "heading", "readers who listen to the page find their way by the levels",
				"a heading of level %d follows one of level %d", h.Level, last)
		}
		last = h.Level
		r.headings[h] = i
		r.doc.Headings = append(r.doc.Headings, Heading{Pos: r.pos(h), Level: h.Level, ID: id, Text: text, Folded: isFolded(h)})
	}
}

// headingText is what stands in a heading, the comment of a quiz left out.
func headingText(h *ast.Heading) []ast.Node {
	var all []ast.Node
	for c := h.FirstChild(); c != nil; c = c.NextSibling() {
		if c.Kind() != ast.KindRawHTML {
			all = append(all, c)
		}
	}
	return all
}

// headingID is the id that a heading has been given.
func headingID(h *ast.Heading) string {
	if id, ok := h.AttributeString("id"); ok {
		if b, ok := id.([]byte); ok {
			return string(b)
		}
	}
	return ""
}

// idPos is where {#id} stands.
func (r *reading) idPos(h *ast.Heading, id []byte) diag.Pos {
	start := offsetOf(h)
	line := r.src[start:]
	if i := bytes.IndexByte(line, '\n'); i >= 0 {
		line = line[:i]
	}
	if i := bytes.LastIndex(line, id); i >= 0 {
		start += i
	}
	return r.at(start)
}

// unique returns the id, numbered if it is taken.
func (r *reading) unique(id string) string {
	try := id
	for n := r.numbered[id]; ; n++ {
		if n > 0 {
			try = id + "-" + strconv.Itoa(n)
		}
		if _, taken := r.ids[try]; !taken && !frameIDs[try] {
			r.numbered[id] = n + 1 // where to go on, so that many alike cost little
			return try
		}
	}
}

// slug makes an id of a heading's text as GitHub does, so that a guest's links
// to sections work: lower case, letters and digits of every script, "-" for each
// space.
func slug(text string) string {
	var b strings.Builder
	for _, c := range text {
		switch {
		case c == ' ' || c == '-':
			b.WriteByte('-')
		case c == '_' || unicode.IsLetter(c) || unicode.IsNumber(c) || unicode.IsMark(c) && !unicode.Is(unicode.Variation_Selector, c):
			b.WriteRune(unicode.ToLower(c))
		}
	}
	if b.Len() == 0 {
		return "section"
	}
	return b.String()
}

// title finds the title of the page. At home it is the front matter's. A guest's
// is its first heading of the first level, in Markdown or HTML; a heading that says
// nothing but the title leaves the text, its id stays.
func (r *reading) title(root ast.Node) {
	r.doc.Title = r.doc.Meta.Title
	if !r.opt.Guest {
		return
	}
	head, text := r.firstTitle(root)
	if r.doc.Title == "" {
		r.doc.Title = text
	}
	if text != r.doc.Title {
		return
	}
	if head == nil {
		r.titleInHTML = text != ""
		return
	}
	id := cmp.Or(headingID(head), slug(text))
	if frameIDs[id] {
		root.RemoveChild(root, head)
		return
	}
	anchor := ast.NewHTMLBlock(ast.HTMLBlockType7)
	r.setRaw(anchor, []piece{{html: append(appendEscaped([]byte(`<span id="`), id), "\"></span>\n"...)}})
	root.ReplaceChild(root, head, anchor)
	r.ids[id] = r.pos(head)
	r.doc.IDs = append(r.doc.IDs, id)
}

// firstTitle is the first heading of the first level and its text; the heading is nil
// where it is written in HTML, and where there is none.
func (r *reading) firstTitle(root ast.Node) (*ast.Heading, string) {
	for c := root.FirstChild(); c != nil; c = c.NextSibling() {
		switch n := c.(type) {
		case *ast.Heading:
			if n.Level == 1 {
				return n, r.plain(headingText(n)...)
			}
		case *ast.HTMLBlock:
			if _, text := titleIn(n.Lines().Value(r.src)); text != "" {
				return nil, text
			}
		}
	}
	return nil, ""
}

var (
	headingInHTML = regexp.MustCompile(`(?is)<h1(?:\s[^>]*)?>(.*?)</h1\s*>`)
	anyTag        = regexp.MustCompile(`<[^>]*>`)
)

// titleIn is the first heading of the first level in a piece of HTML, and its text.
func titleIn(html []byte) (element []byte, text string) {
	m := headingInHTML.FindSubmatch(html)
	if m == nil {
		return nil, ""
	}
	return m[0], strings.Join(strings.Fields(string(unescape(anyTag.ReplaceAll(m[1], nil)))), " ")
}

var idInHTML = regexp.MustCompile(`(?i)^<h1\s[^>]*?\bid="([^"\s]+)"`)

// idOf is the id that a heading in HTML has.
func idOf(element []byte) string {
	if m := idInHTML.FindSubmatch(element); m != nil {
		return string(m[1])
	}
	return ""
}

func registerHeading(on register) {
	on(ast.KindHeading, func(e *emitter, n ast.Node, entering bool) ast.WalkStatus {
		h := n.(*ast.Heading)
		level := "0123456"[h.Level]
		if entering {
			if i, ok := e.r.headings[h]; ok {
				e.cut(Part{Heading: &e.r.doc.Headings[i]})
			}
			enter(&e.aside, true)
			e.WriteString("<h")
			e.WriteByte(level)
			html.RenderAttributes(e, h, html.HeadingAttributeFilter)
			e.WriteByte('>')
			return ast.WalkContinue
		}
		// The mark is for the pointer; who uses the keyboard or listens has the
		// same links in the page's contents.
		if id := headingID(h); id != "" && h.Level <= 3 {
			e.WriteString(`<a class="anchor" href="#`)
			e.escaped(id)
			e.WriteString(`" aria-hidden="true" tabindex="-1">#</a>`)
		}
		e.WriteString("</h")
		e.WriteByte(level)
		e.WriteString(">\n")
		enter(&e.aside, false)
		return ast.WalkContinue
	})
}
