package markdown

import (
	"bytes"
	"slices"
	"sync"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
)

// emitter is what the renderers write to. It cuts the HTML where a link's
// address or a block has to be put in; it is a util.BufWriter, so goldmark
// writes to it directly.
type emitter struct {
	r     *reading
	body  Body
	buf   []byte
	start int    // what of buf is not yet in the body
	text  []Span // of buf, in what is not yet in the body
	apart bool   // a block begins or ends here: what follows is another word
	quiet int    // above 0, text is not running text
	aside int    // above 0, text is not the page's
}

func (e *emitter) Write(p []byte) (int, error)       { e.buf = append(e.buf, p...); return len(p), nil }
func (e *emitter) WriteString(s string) (int, error) { e.buf = append(e.buf, s...); return len(s), nil }
func (e *emitter) WriteByte(c byte) error            { e.buf = append(e.buf, c); return nil }
func (e *emitter) WriteRune(c rune) (int, error) {
	e.buf = utf8.AppendRune(e.buf, c)
	return utf8.RuneLen(c), nil
}
func (e *emitter) Available() int { return cap(e.buf) - len(e.buf) }
func (e *emitter) Buffered() int  { return len(e.buf) }
func (e *emitter) Flush() error   { return nil }

// escaped writes a text for HTML content or an attribute in double quotes.
func (e *emitter) escaped(s string) { e.buf = appendEscaped(e.buf, s) }

func appendEscaped(b []byte, s string) []byte {
	done := 0
	for i := range len(s) {
		with := escapes[s[i]]
		if with == "" {
			continue
		}
		b = append(b, s[done:i]...)
		b = append(b, with...)
		done = i + 1
	}
	return append(b, s[done:]...)
}

// escapes is what stands in HTML for bytes that mean something there.
var escapes = [256]string{'&': "&amp;", '<': "&lt;", '>': "&gt;", '"': "&quot;", 0: "\uFFFD"}

// needsNoEscape reports whether a text is HTML as it stands: without signs to escape
// and without Markdown's own escapes.
func needsNoEscape(v []byte) bool {
	for _, c := range v {
		if escapes[c] != "" || c == '\\' {
			return false
		}
	}
	return true
}

// cut puts something between the HTML before and after.
func (e *emitter) cut(p Part) {
	e.flush()
	e.body = append(e.body, p)
}

// flush puts what was written since the last cut into the body.
func (e *emitter) flush() {
	if n := len(e.buf); n > e.start {
		for i := range e.text {
			e.text[i].Start -= int32(e.start)
			e.text[i].End -= int32(e.start)
		}
		e.body = append(e.body, Part{HTML: e.buf[e.start:n:n], Text: slices.Clone(e.text)})
		e.start, e.text = n, e.text[:0]
	}
}

// notRunning is the offset of text that is not running text.
const notRunning = -1

// note says that what was written since start is text, and where in the file it
// stands, or notRunning. Lines of one paragraph are one span.
func (e *emitter) note(start, offset int) {
	if e.aside > 0 || start == len(e.buf) {
		return
	}
	if e.quiet > 0 {
		offset = notRunning
	}
	if n := len(e.text); n > 0 && !e.apart && int(e.text[n-1].End) == start && e.text[n-1].Running() == (offset >= 0) {
		e.text[n-1].End = int32(len(e.buf))
		return
	}
	e.text = append(e.text, Span{Start: int32(start), End: int32(len(e.buf)), Offset: int32(offset), Apart: e.apart})
	e.apart = false
}

// goOn says that what was written since start goes on with the text before it, running
// text or not: a sign that stands for another one of the file.
func (e *emitter) goOn(start int) {
	offset := notRunning
	if n := len(e.text); n > 0 && int(e.text[n-1].End) == start {
		offset = int(e.text[n-1].Offset)
	}
	e.note(start, offset)
}

// say writes a text that is not running text.
func (e *emitter) say(s string) {
	start := len(e.buf)
	e.escaped(s)
	e.note(start, notRunning)
}

// need notes that the page needs an asset.
func (e *emitter) need(asset string) { e.r.need(asset) }

func (r *reading) need(asset string) {
	if !slices.Contains(r.doc.Needs, asset) {
		r.doc.Needs = append(r.doc.Needs, asset)
	}
}

// enter counts into and out of a stretch.
func enter(n *int, entering bool) {
	if entering {
		*n++
	} else {
		*n--
	}
}

// render renders the children of a container.
func (r *reading) render(container ast.Node) Body {
	r.balance(container)
	e := emitters.Get().(*emitter)
	defer emitters.Put(e)
	*e = emitter{r: r, buf: e.buf[:0], text: e.text[:0], body: e.body[:0]}
	e.children(container)
	e.flush()
	return e.copied()
}

// emitters lend their buffers to one body after the other: documents are kept,
// and hold no byte more than they need.
var emitters = sync.Pool{New: func() any { return new(emitter) }}

// copied is the body, apart from the emitter's buffers.
func (e *emitter) copied() Body {
	html := bytes.Clone(e.buf)
	body := slices.Clone(e.body)
	for i := range body {
		n := len(body[i].HTML)
		if n > 0 {
			body[i].HTML, html = html[:n:n], html[n:]
		}
	}
	clear(e.body) // links and blocks belong to the document
	return body
}

// children writes the children of a node.
func (e *emitter) children(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		// Nothing that writes to an emitter gives an error.
		_ = e.r.markdown.Renderer().Render(e, e.r.src, c)
	}
}

// blocks renders some blocks, which leave their place in the document for it.
func (r *reading) blocks(nodes []ast.Node) Body {
	if len(nodes) == 0 {
		return nil
	}
	fragment := ast.NewDocument()
	for _, n := range nodes {
		fragment.AppendChild(fragment, n)
	}
	return r.render(fragment)
}

// inlines renders some inline nodes, without the blank space around them.
func (r *reading) inlines(nodes []ast.Node) Body {
	line := ast.NewTextBlock()
	for _, n := range nodes {
		line.AppendChild(line, n)
	}
	r.trim(line)
	return r.render(line)
}

// trim takes the line break and the blanks off the end of a line of inline nodes,
// and the blanks off its beginning.
func (r *reading) trim(line ast.Node) {
	if t, ok := line.LastChild().(*ast.Text); ok {
		t.SetSoftLineBreak(false)
		t.SetHardLineBreak(false)
		t.Segment = t.Segment.TrimRightSpace(r.src)
	}
	if t, ok := line.FirstChild().(*ast.Text); ok {
		t.Segment = t.Segment.TrimLeftSpace(r.src)
	}
}

// children lists the children of a node.
func children(n ast.Node) []ast.Node {
	var all []ast.Node
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		all = append(all, c)
	}
	return all
}

// spaced is a renderer whose blocks part words.
type spaced struct{ renderer.NodeRenderer }

func (s spaced) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	s.NodeRenderer.RegisterFuncs(spacedFuncs{reg})
}

type spacedFuncs struct {
	renderer.NodeRendererFuncRegisterer
}

func (s spacedFuncs) Register(kind ast.NodeKind, f renderer.NodeRendererFunc) {
	s.NodeRendererFuncRegisterer.Register(kind, func(w util.BufWriter, src []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if n.Type() == ast.TypeBlock {
			w.(*emitter).apart = true
		}
		return f(w, src, n, entering)
	})
}

// ourRenderer renders what this package renders otherwise than goldmark does,
// one construct a file.
type ourRenderer struct{}

func (ourRenderer) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	on := func(kind ast.NodeKind, f func(e *emitter, n ast.Node, entering bool) ast.WalkStatus) {
		reg.Register(kind, func(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
			return f(w.(*emitter), n, entering), nil
		})
	}
	registerText(on)
	registerHeading(on)
	registerLink(on)
	registerTable(on)
	registerTask(on)
	registerQuote(on)
	registerFootnote(on)
	registerHTML(on)
	registerBlock(on)
	registerBlank(on)
	registerForeign(on)
	for _, b := range blocks {
		if b.write != nil {
			b.write(on)
		}
	}
}

type register = func(kind ast.NodeKind, f func(e *emitter, n ast.Node, entering bool) ast.WalkStatus)

// leaf wraps a renderer that writes a whole node by itself.
func leaf(f func(e *emitter, n ast.Node)) func(*emitter, ast.Node, bool) ast.WalkStatus {
	return func(e *emitter, n ast.Node, entering bool) ast.WalkStatus {
		if entering {
			f(e, n)
		}
		return ast.WalkSkipChildren
	}
}
