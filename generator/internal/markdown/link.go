package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// link notes a link or image of the document.
func (r *reading) link(offset int, dest string, image bool) *Link {
	l := &Link{Pos: r.at(offset), Dest: dest, Image: image}
	r.doc.Links = append(r.doc.Links, l)
	return l
}

// destination is where a link's destination stands: behind "](" for an inline
// link, the link itself for one by reference.
func (r *reading) destination(offset int, dest []byte, reference bool) int {
	if reference {
		return offset
	}
	rest := r.src[offset:]
	for i := 0; ; {
		n := bytes.Index(rest[i:], []byte("]("))
		if n < 0 {
			return offset
		}
		i += n + 2
		at := i
		for at < len(rest) && (rest[at] == ' ' || rest[at] == '\t' || rest[at] == '\n' || rest[at] == '<') {
			at++
		}
		if bytes.HasPrefix(rest[at:], dest) {
			return offset + at
		}
	}
}

// external reports whether a destination leads out of the site.
func external(dest string) bool {
	return strings.HasPrefix(dest, "//") || hasScheme(dest, "http") || hasScheme(dest, "https")
}

func hasScheme(dest, scheme string) bool {
	return len(dest) > len(scheme) && dest[len(scheme)] == ':' && strings.EqualFold(dest[:len(scheme)], scheme)
}

// written is a destination as the author means it: escapes resolved, and what
// leads out of the site fit for an attribute.
func written(dest []byte) string {
	s := string(unescape(dest))
	if external(s) {
		return string(util.URLEscape([]byte(s), false))
	}
	return s
}

func registerLink(on register) {
	on(ast.KindLink, func(e *emitter, n ast.Node, entering bool) ast.WalkStatus {
		link := n.(*ast.Link)
		if value, ok := e.r.bound(link); ok {
			if entering {
				e.r.bind(e.r.at(max(n.Pos(), 0)), e.r.plain(children(n)...), value)
			}
			return ast.WalkContinue
		}
		enter(&e.quiet, entering)
		id, card := e.r.termLink(link)
		if !entering {
			if card {
				e.WriteString("</button>")
			} else {
				e.WriteString("</a>")
			}
			return ast.WalkContinue
		}
		at := e.r.destination(max(n.Pos(), 0), link.Destination, link.Reference != nil)
		if card {
			e.r.link(at, written(link.Destination), false)
			e.buf = AppendTermOpening(e.buf, id)
			return ast.WalkContinue
		}
		e.open(e.r.link(at, written(link.Destination), false), link.Title)
		return ast.WalkContinue
	})
	on(ast.KindAutoLink, leaf(func(e *emitter, n ast.Node) {
		link := n.(*ast.AutoLink)
		label := link.Label(e.r.src)
		dest := string(link.URL(e.r.src))
		if link.AutoLinkType == ast.AutoLinkEmail && !hasScheme(dest, "mailto") {
			dest = "mailto:" + dest
		}
		at := max(n.Pos(), 0)
		if i := bytes.Index(e.r.src[at:], label); i > 0 {
			at += i
		}
		e.open(e.r.link(at, written([]byte(dest)), false), nil)
		e.say(string(label))
		e.WriteString("</a>")
	}))
	on(ast.KindImage, leaf(func(e *emitter, n ast.Node) {
		image := n.(*ast.Image)
		alt := e.r.plain(children(n)...)
		if alt == "" && !e.r.opt.Guest {
			e.r.warnf(e.r.pos(n), "image-alt", "write what it shows between the brackets: ![…](…)", "the image has no text alternative")
		}
		at := e.r.destination(max(n.Pos(), 0), image.Destination, image.Reference != nil)
		e.r.noteRequests(at, image.Destination, false)
		e.WriteString(`<img src="`)
		e.cut(Part{Link: e.r.link(at, written(image.Destination), true)})
		e.WriteString(`" alt="`)
		e.escaped(alt)
		e.WriteByte('"')
		if n.Parent().Kind() != kindPicture {
			e.titleAttribute(image.Title)
		}
		e.WriteString(` loading="lazy" decoding="async">`)
	}))
}

// open writes the opening tag of a link.
func (e *emitter) open(l *Link, title []byte) {
	e.WriteString(`<a href="`)
	e.cut(Part{Link: l})
	e.WriteByte('"')
	e.titleAttribute(title)
	if external(l.Dest) {
		e.WriteString(` rel="noopener"`)
	}
	e.WriteByte('>')
}

func (e *emitter) titleAttribute(title []byte) {
	if len(title) > 0 {
		e.WriteString(` title="`)
		e.escaped(string(unescape(title)))
		e.WriteByte('"')
	}
}

// bareLinkParser spares goldmark's parser of addresses in running text, which
// looks closely behind every space, the places where none can begin.
type bareLinkParser struct{ parser.InlineParser }

func (p bareLinkParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, _ := block.PeekLine()
	if bytes.IndexByte(line[:min(len(line), longestLocal)], '@') < 0 && !mayBeLink(line) && (len(line) < 2 || !mayBeLink(line[1:])) {
		return nil
	}
	return p.InlineParser.Parse(parent, block, pc)
}

// longestLocal is how far the "@" of an address of e-mail may stand from its beginning.
const longestLocal = 256

// mayBeLink reports whether a text begins as http:, https:, ftp: or www. do.
func mayBeLink(line []byte) bool {
	return len(line) > 3 && (line[0] == 'h' && line[1] == 't' || line[0] == 'f' && line[1] == 't' || line[0] == 'w' && line[1] == 'w')
}
