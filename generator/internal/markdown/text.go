package markdown

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer/html"
)

// registerText renders plain text. goldmark's own renderer leaves a line break
// out before every mark on a page with East Asian line breaks, so that a word
// and **the next** would stand glued together.
func registerText(on register) {
	on(ast.KindText, func(e *emitter, n ast.Node, entering bool) ast.WalkStatus {
		if !entering {
			return ast.WalkContinue
		}
		t := n.(*ast.Text)
		value := t.Segment.Value(e.r.src)
		if t.IsRaw() {
			start := len(e.buf)
			html.DefaultWriter.RawWrite(e, value)
			e.note(start, notRunning)
			return ast.WalkContinue
		}
		start := len(e.buf)
		if needsNoEscape(value) {
			e.buf = append(e.buf, value...)
		} else {
			html.DefaultWriter.Write(e, value)
		}
		switch {
		case t.HardLineBreak():
			e.note(start, t.Segment.Start)
			e.WriteString("<br>\n")
			e.apart = true
			return ast.WalkContinue
		case t.SoftLineBreak() && !(e.r.opt.Language.NoSpaces && joinsLines(lastRune(value)) && joinsLines(e.r.firstRune(n.NextSibling()))):
			e.WriteByte('\n')
		}
		e.note(start, t.Segment.Start)
		return ast.WalkContinue
	})
	on(ast.KindString, leaf(func(e *emitter, n ast.Node) { // of typography
		start := len(e.buf)
		e.Write(n.(*ast.String).Value)
		e.goOn(start)
	}))
	on(ast.KindCodeSpan, leaf(func(e *emitter, n ast.Node) {
		e.WriteString("<code>")
		start := len(e.buf)
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			code := c.(*ast.Text).Segment.Value(e.r.src)
			line, broken := bytes.CutSuffix(code, []byte("\n"))
			html.DefaultWriter.RawWrite(e, line)
			if broken {
				e.WriteByte(' ')
			}
		}
		e.note(start, notRunning)
		e.WriteString("</code>")
	}))
}

// joinsLines reports whether a line may break at a character without standing for
// a space.
func joinsLines(r rune) bool { return isCJK(r) && !unicode.Is(unicode.Hangul, r) }

func lastRune(v []byte) rune {
	r, _ := utf8.DecodeLastRune(v)
	return r
}

// firstRune is the first character of a node's text.
func (r *reading) firstRune(n ast.Node) rune {
	for ; n != nil; n = n.FirstChild() {
		switch n := n.(type) {
		case *ast.Text:
			c, _ := utf8.DecodeRune(n.Segment.Value(r.src))
			return c
		case *ast.String:
			c, _ := utf8.DecodeRune(n.Value)
			return c
		}
	}
	return 0
}
