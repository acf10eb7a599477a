package markdown

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// Raw HTML is let through: authors are trusted. But a page must hold whatever
// they write, and guests' folders hold placeholders such as <REPO>, tags without
// their partners and addresses that were right before the page moved. So raw
// HTML is read tag by tag:
//
//   - what is no element of HTML is text;
//   - a closing tag without its opening one is left out, an opening one without
//     its closing one is closed where the block ends that it stands in;
//   - addresses in href and src become links of the document;
//   - ids become anchors of the document;
//   - comments are left out, and so is what belongs to a whole page (html, body…).

// piece is a part of raw HTML. Exactly one of html, link, text, opens and closes
// says what it is; opens and closes come with their html.
type piece struct {
	html   []byte
	link   *Link
	opens  string // name of the element that begins here
	closes string // name of the element that ends here
	drop   bool
	text   bool // what readers see, without tags
	apart  bool // a tag that parts words
	at     int  // offset in the source
}

func (r *reading) setRaw(n ast.Node, p []piece) {
	if r.raw == nil {
		r.raw = map[ast.Node][]piece{}
	}
	r.raw[n] = p
}

func registerHTML(on register) {
	write := leaf(func(e *emitter, n ast.Node) {
		for _, p := range e.r.raw[n] {
			switch {
			case p.drop:
			case p.link != nil:
				e.cut(Part{Link: p.link})
			default:
				start := len(e.buf)
				e.Write(p.html)
				if p.text {
					e.note(start, notRunning)
				}
				e.apart = e.apart || p.apart
				if isForeign[p.opens] || isForeign[p.closes] {
					enter(&e.aside, p.opens != "")
				}
			}
		}
	})
	on(ast.KindThematicBreak, leaf(func(e *emitter, _ ast.Node) {
		e.need("rare")
		e.WriteString("<hr>\n")
	}))
	on(ast.KindHTMLBlock, write)
	on(ast.KindRawHTML, write)
}

// balance reads the raw HTML in a container and pairs its tags, container by
// container: a browser ends an element with the element around it.
func (r *reading) balance(container ast.Node) {
	type opened struct {
		node  ast.Node
		index int
	}
	var open []opened
	inline := false
	foreign := r.foreign
	for c := container.FirstChild(); c != nil; c = c.NextSibling() {
		switch c.Kind() {
		case ast.KindHTMLBlock, ast.KindRawHTML:
		default:
			if c.HasChildren() {
				r.balance(c)
			}
			continue
		}
		inline = c.Kind() == ast.KindRawHTML
		pieces, done := r.raw[c]
		if !done {
			pieces = r.pieces(c)
			r.setRaw(c, pieces)
		}
		for i := range pieces {
			p := &pieces[i]
			switch {
			case p.drop:
			case p.opens != "":
				open = append(open, opened{c, i})
			case p.closes != "":
				match := len(open) - 1
				for match >= 0 && r.raw[open[match].node][open[match].index].opens != p.closes {
					match--
				}
				if match < 0 {
					p.drop = true
					if !r.opt.Guest {
						r.warnf(r.at(p.at), "html", "", "</%s> closes nothing", p.closes)
					}
					continue
				}
				open = open[:match]
			}
		}
	}
	r.foreign = foreign
	var closers []piece
	for i := len(open) - 1; i >= 0; i-- {
		o := open[i]
		p := r.raw[o.node][o.index]
		if closesByItself[p.opens] {
			continue
		}
		end := piece{html: []byte("</" + p.opens + ">"), closes: p.opens, at: p.at}
		if o.node.Kind() == ast.KindHTMLBlock && phrasing[p.opens] {
			// Bold that nobody ends would run on through the page.
			r.setRaw(o.node, append(r.raw[o.node], end))
		} else {
			closers = append(closers, end)
		}
		if !r.opt.Guest {
			r.warnf(r.at(p.at), "html", "it is closed where its block ends; write </"+p.opens+">", "<%s> is not closed", p.opens)
		}
	}
	if closers == nil {
		return
	}
	var end ast.Node = ast.NewHTMLBlock(ast.HTMLBlockType7)
	if inline {
		end = ast.NewRawHTML()
	}
	r.setRaw(end, closers)
	container.AppendChild(container, end)
}

// pieces reads the HTML of one node.
func (r *reading) pieces(n ast.Node) []piece {
	s := &htmlScanner{r: r, inline: n.Kind() == ast.KindRawHTML}
	switch n := n.(type) {
	case *ast.RawHTML:
		s.add(n.Segments)
		s.next = n.NextSibling()
	case *ast.HTMLBlock:
		s.add(n.Lines())
		if n.HasClosure() {
			s.segment(n.ClosureLine.Start, n.ClosureLine.Stop)
		}
	}
	s.scan()
	return s.out
}

// htmlScanner cuts raw HTML into pieces.
type htmlScanner struct {
	r      *reading
	inline bool
	next   ast.Node // what follows an inline tag
	text   []byte
	starts [][2]int // where the segments begin: in text, in the source
	out    []piece
}

func (s *htmlScanner) add(segments *text.Segments) {
	for i := range segments.Len() {
		seg := segments.At(i)
		s.segment(seg.Start, seg.Stop)
	}
}

func (s *htmlScanner) segment(start, stop int) {
	s.starts = append(s.starts, [2]int{len(s.text), start})
	s.text = append(s.text, s.r.src[start:stop]...)
}

// offset is where a byte of the text stands in the source.
func (s *htmlScanner) offset(i int) int {
	j, found := slices.BinarySearchFunc(s.starts, i, func(start [2]int, i int) int { return cmp.Compare(start[0], i) })
	if !found {
		j--
	}
	return s.starts[j][1] + i - s.starts[j][0]
}

func (s *htmlScanner) literal(b []byte) {
	if len(b) > 0 {
		s.out = append(s.out, piece{html: b, text: true})
	}
}

func (s *htmlScanner) scan() {
	t := s.text
	for i := 0; i < len(t); {
		n := bytes.IndexByte(t[i:], '<')
		if n < 0 {
			s.literal(t[i:])
			return
		}
		s.literal(t[i : i+n])
		i += n
		if end := s.markup(i); end > i {
			i = end
			continue
		}
		s.literal([]byte("&lt;"))
		i++
	}
}

// markup reads what begins with "<" at i and returns its end, or i for text.
func (s *htmlScanner) markup(i int) int {
	t := s.text[i:]
	until := func(end string) int {
		if n := bytes.Index(t[2:], []byte(end)); n >= 0 {
			return i + 2 + n + len(end)
		}
		return len(s.text)
	}
	switch {
	case bytes.HasPrefix(t, []byte("<!-->")):
		return i + 5
	case bytes.HasPrefix(t, []byte("<!--->")):
		return i + 6
	case bytes.HasPrefix(t, []byte("<!--")):
		end := until("-->")
		s.r.comment(s.offset(i), s.offset(end-1)+1)
		return end
	case bytes.HasPrefix(t, []byte("<![CDATA[")):
		end := until("]]>")
		s.literal(appendEscaped(nil, string(bytes.TrimSuffix(s.text[i+9:max(end, i+9)], []byte("]]>")))))
		return end
	case bytes.HasPrefix(t, []byte("<?")):
		return until("?>")
	case bytes.HasPrefix(t, []byte("<!")):
		return until(">")
	case bytes.HasPrefix(t, []byte("</")):
		return s.closing(i)
	}
	return s.opening(i)
}

func (s *htmlScanner) closing(i int) int {
	name, j := tagName(s.text, i+2)
	if name == "" {
		return i
	}
	n := bytes.IndexByte(s.text[j:], '>')
	if n < 0 {
		return i
	}
	end := j + n + 1
	if name == "h1" {
		name = "h2"
	}
	switch {
	case s.r.foreign == 0 && (ofThePage[name] || void[name]):
	case !s.known(name):
		return i
	default:
		if isForeign[name] {
			s.r.foreign = max(0, s.r.foreign-1)
		}
		s.out = append(s.out, piece{html: []byte("</" + name + ">"), closes: name, apart: !phrasing[name], at: s.offset(i)})
	}
	return end
}

// opening reads an opening tag with its attributes.
func (s *htmlScanner) opening(i int) int {
	t := s.text
	name, j := tagName(t, i+1)
	if name == "" {
		return i
	}
	if name == "h1" { // the page has its own
		if element, text := titleIn(t[i:]); s.r.titleInHTML && text == s.r.doc.Title && bytes.HasPrefix(t[i:], element) && !bytes.Contains(element, []byte("<img")) {
			s.r.titleInHTML = false
			if id := cmp.Or(idOf(element), slug(text)); s.r.ids[id].Line == 0 && !frameIDs[id] {
				s.r.ids[id] = s.r.at(s.offset(i))
				s.r.doc.IDs = append(s.r.doc.IDs, id)
				s.out = append(s.out, piece{html: append(appendEscaped([]byte(`<span id="`), id), `"></span>`...)})
			}
			return i + len(element)
		}
		name, t[i+2] = "h2", '2'
	}
	known, drop := s.known(name), ofThePage[name] && s.r.foreign == 0
	if !known && !drop {
		if !s.r.opt.Guest {
			s.r.warnf(s.r.at(s.offset(i)), "html", "write &lt;"+name+"> or `<"+name+">` for text that looks like a tag",
				"<%s> is no element of HTML; it is shown as text", name)
		}
		return i
	}
	var parts []piece
	from := i // what of the tag is not in parts
	var ids []string
	for {
		for j < len(t) && isBlank(t[j]) || j < len(t) && t[j] == '/' && !(j+1 < len(t) && t[j+1] == '>') {
			j++
		}
		if j >= len(t) {
			return i
		}
		if t[j] == '>' || t[j] == '/' {
			break
		}
		begin := j
		for j < len(t) && !isBlank(t[j]) && t[j] != '=' && t[j] != '>' && t[j] != '/' {
			j++
		}
		attr := strings.ToLower(string(t[begin:j]))
		k := j
		for k < len(t) && isBlank(t[k]) {
			k++
		}
		if k >= len(t) || t[k] != '=' {
			if j == begin {
				j++
			}
			continue
		}
		k++
		for k < len(t) && isBlank(t[k]) {
			k++
		}
		value, valueAt, end := attributeValue(t, k)
		if end < 0 {
			return i
		}
		j = end
		switch {
		case attr == "id" || attr == "name" && name == "a":
			ids = append(ids, string(unescape(value)))
		case loading[attr], attr == "href" && name == "link", attr == "src" && !hasSource[name]:
			s.r.noteRequests(s.offset(valueAt), value, attr == "style")
		case attr == "href" && (name == "a" || name == "area"), attr == "src" && hasSource[name]:
			if attr == "src" {
				s.r.noteRequests(s.offset(valueAt), value, false)
			}
			parts = append(parts, piece{html: append(bytes.Clone(t[from:begin]), attr+`="`...)},
				piece{link: &Link{Pos: s.r.at(s.offset(valueAt)), Dest: written(bytes.TrimSpace(value)), Image: attr == "src" && name == "img"}},
				piece{html: []byte{'"'}})
			from = end
		}
	}
	selfClosed := t[j] == '/'
	end := j + 1
	if selfClosed {
		end++
	}
	if drop {
		return end
	}
	content := end
	if isRawText[name] && !selfClosed {
		stop := endOfRawText(t, end, name)
		switch {
		case stop >= 0:
			content = stop
		case s.inline && !closesNext(s.next, s.r.src, name):
			return i
		case s.inline:
		default: // it would swallow the rest of the page
			parts = append(parts, piece{html: append(bytes.Clone(t[from:]), "</"+name+">"...)})
			from, content = len(t), len(t)
		}
	}
	if name == "style" {
		s.r.noteRequests(s.offset(min(end, len(t)-1)), t[end:content], true)
	}
	for _, p := range parts {
		if p.link != nil {
			s.r.doc.Links = append(s.r.doc.Links, p.link)
		}
	}
	s.r.doc.IDs = append(s.r.doc.IDs, ids...)
	s.out = append(s.out, parts...)
	last := piece{html: t[from:content], apart: !phrasing[name], at: s.offset(i)}
	if styledRarely[name] {
		s.r.need("rare")
	}
	foreign := s.r.foreign > 0 || isForeign[name]
	closed := void[name] && !foreign || content > end || isRawText[name] && !s.inline || selfClosed && foreign
	if !closed {
		last.opens = name
		if isForeign[name] {
			s.r.foreign++
		}
	}
	s.out = append(s.out, last)
	return content
}

// attributeValue reads a value at k: what it is, where it begins and where the
// attribute ends; -1 when a quotation mark is not closed.
func attributeValue(t []byte, k int) (value []byte, at, end int) {
	if k >= len(t) {
		return nil, k, -1
	}
	if q := t[k]; q == '"' || q == '\'' {
		n := bytes.IndexByte(t[k+1:], q)
		if n < 0 {
			return nil, k, -1
		}
		return t[k+1 : k+1+n], k + 1, k + n + 2
	}
	end = k
	for end < len(t) && !isBlank(t[end]) && t[end] != '>' {
		end++
	}
	return t[k:end], k, end
}

// endOfRawText finds the end of the closing tag of script, style and the like.
func endOfRawText(t []byte, from int, name string) int {
	for i := from; ; {
		n := bytes.Index(t[i:], []byte("</"))
		if n < 0 {
			return -1
		}
		i += n
		if found, j := tagName(t, i+2); found == name {
			if end := bytes.IndexByte(t[j:], '>'); end >= 0 {
				return j + end + 1
			}
		}
		i += 2
	}
}

// closesNext reports whether an inline node is the closing tag of name.
func closesNext(n ast.Node, src []byte, name string) bool {
	raw, ok := n.(*ast.RawHTML)
	if !ok || raw.Segments.Len() == 0 {
		return false
	}
	seg := raw.Segments.At(0)
	v := seg.Value(src)
	if !bytes.HasPrefix(v, []byte("</")) {
		return false
	}
	found, _ := tagName(v, 2)
	return found == name
}

// tagName reads a name at i, in lower case, and returns where it ends; "" if
// there is none.
func tagName(t []byte, i int) (string, int) {
	j := i
	for j < len(t) && (t[j]|0x20 >= 'a' && t[j]|0x20 <= 'z' || j > i && (t[j] >= '0' && t[j] <= '9' || t[j] == '-')) {
		j++
	}
	if j == i || j < len(t) && !isBlank(t[j]) && t[j] != '>' && t[j] != '/' {
		return "", i
	}
	return strings.ToLower(string(t[i:j])), j
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r' }

// known reports whether a name is an element that may stand in a page's text.
func (s *htmlScanner) known(name string) bool {
	return elements[name] || s.r.foreign > 0 || strings.IndexByte(name, '-') > 0 && name[0] != '-'
}

func set(names string) map[string]bool {
	m := map[string]bool{}
	for name := range strings.FieldsSeq(names) {
		m[name] = true
	}
	return m
}

var (
	elements = set(`a abbr address area article aside audio b bdi bdo big blockquote br button canvas caption center
		cite code col colgroup data datalist dd del details dfn dialog div dl dt em embed fieldset figcaption figure font
		footer form h1 h2 h3 h4 h5 h6 header hgroup hr i iframe img input ins kbd label legend li link main map mark math
		menu meter nav noscript object ol optgroup option output p param picture pre progress q rp rt ruby s samp script
		search section select slot small source span strike strong style sub summary sup svg table tbody td template
		textarea tfoot th thead time tr track tt u ul var video wbr`)
	void         = set("area br col embed hr img input link param source track wbr")
	ofThePage    = set("html head body base meta title frame frameset noframes plaintext xmp")
	styledRarely = set("hr kbd pre") // by css/rare.css
	isForeign    = set("svg math")   // in which there are other elements
	isRawText    = set("script style textarea iframe noscript")
	hasSource    = set("img source video audio track embed iframe")
	phrasing     = set("a abbr b bdi bdo big cite code del dfn em font i ins kbd label mark q s samp small span strike strong sub sup tt u var")
	// closesByItself are elements whose closing tag HTML lets one leave out.
	closesByItself = set("p li dt dd option optgroup rp rt thead tbody tfoot tr td th colgroup caption")
)

// strayComment reports a quiz comment outside of a heading.
func (r *reading) strayComment(n ast.Node) {
	var at int
	switch n := n.(type) {
	case *ast.HTMLBlock:
		if n.Lines().Len() == 0 {
			return
		}
		at = n.Lines().At(0).Start
	case *ast.RawHTML:
		if n.Segments.Len() == 0 {
			return
		}
		at = n.Segments.At(0).Start
	}
	line := bytes.TrimLeft(r.src[at:min(at+32, len(r.src))], " \t")
	if comment, ok := bytes.CutPrefix(line, []byte("<!--")); ok && bytes.HasPrefix(bytes.TrimLeft(comment, " \t"), []byte("q:")) {
		r.errorf(r.at(at), "quiz", "write it at the end of the heading: ### Title <!-- q: ID -->", "a quiz comment outside of a heading")
	}
}
