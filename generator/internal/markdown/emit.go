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
	prose []Span // of buf, in what is not yet in the body
	quiet int    // above 0, text is not running text
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

// plainly reports whether a text is HTML as it stands: without signs to escape
// and without Markdown's own escapes.
func plainly(v []byte) bool {
	for _, c := range v {
		if escapes[c] != "" || c == '\\' {
			return false
		}
	}
	return true
}

// cut puts something between the HTML before and after.
func (e *emitter) cut(p Part) {
	e.settle()
	e.body = append(e.body, p)
}

func (e *emitter) settle() {
	if n := len(e.buf); n > e.start {
		for i := range e.prose {
			e.prose[i].Start -= e.start
			e.prose[i].End -= e.start
		}
		e.body = append(e.body, Part{HTML: e.buf[e.start:n:n], Prose: slices.Clone(e.prose)})
		e.start, e.prose = n, e.prose[:0]
	}
}

// running notes that what was written since start is running text, which stands
// at an offset of the file. Lines of one paragraph are one span.
func (e *emitter) running(start, offset int) {
	if e.quiet > 0 || start == len(e.buf) {
		return
	}
	if n := len(e.prose); n > 0 && e.prose[n-1].End == start {
		e.prose[n-1].End = len(e.buf)
		return
	}
	e.prose = append(e.prose, Span{start, len(e.buf), offset})
}

// hush begins or ends a stretch whose text is not running text.
func (e *emitter) hush(entering bool) {
	if entering {
		e.quiet++
	} else {
		e.quiet--
	}
}

// render renders the children of a container.
func (r *reading) render(container ast.Node) Body {
	r.balance(container)
	e := emitters.Get().(*emitter)
	defer emitters.Put(e)
	*e = emitter{r: r, buf: e.buf[:0], prose: e.prose[:0], body: e.body[:0]}
	e.children(container)
	e.settle()
	return e.taken()
}

// emitters lend their buffers to one body after the other: documents are kept,
// and hold no byte more than they need.
var emitters = sync.Pool{New: func() any { return new(emitter) }}

// taken is the body, apart from the emitter's buffers.
func (e *emitter) taken() Body {
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
	registerCode(on)
	registerTable(on)
	registerPicture(on)
	registerTask(on)
	registerFootnote(on)
	registerHTML(on)
	registerCallout(on)
	registerDialogue(on)
	registerBlock(on)
}

type register = func(kind ast.NodeKind, f func(e *emitter, n ast.Node, entering bool) ast.WalkStatus)

// once wraps a renderer that writes a whole node by itself.
func once(f func(e *emitter, n ast.Node)) func(*emitter, ast.Node, bool) ast.WalkStatus {
	return func(e *emitter, n ast.Node, entering bool) ast.WalkStatus {
		if entering {
			f(e, n)
		}
		return ast.WalkSkipChildren
	}
}

// blockNode stands in the tree for a quiz, a calculator or a figure.
type blockNode struct {
	ast.BaseBlock
	block Block
}

var kindBlock = ast.NewNodeKind("PlaybookBlock")

func (n *blockNode) Kind() ast.NodeKind            { return kindBlock }
func (n *blockNode) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }
func (n *blockNode) IsRaw() bool                   { return true }

func registerBlock(on register) {
	on(kindBlock, once(func(e *emitter, n ast.Node) { e.cut(Part{Block: n.(*blockNode).block}) }))
	// goldmark's renderer must know every kind that may stand in a tree.
	for _, kind := range []ast.NodeKind{kindCalloutTitle, kindMarked} {
		on(kind, once(func(*emitter, ast.Node) {}))
	}
}
