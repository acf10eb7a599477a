package markdown

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// A guest's text may hold what its own generator understood: containers, tags, wiki
// links. Where its meaning is clear it becomes ours:
//
//	::: tip Title … :::                         a callout, or folded details
//	!!! note "Title", ??? note                  with a text indented by four blanks
//	{{% alert title="…" %}} … {{% /alert %}}    and hint, notice, callout, details …
//	{% hint style="info" %} … {% endhint %}
//	{{< tabs >}}, {{< tab "Name" >}} …          folds, one a tab; also {% tabs %}
//	=== "Name"                                  a fold; with a text indented by four blanks
//	<TabItem label="Name"> … </TabItem>         a fold; of other components their content
//	{{< highlight go >}} … {{< /highlight >}}   code
//	!> text, ?> text
//	[text]({{< ref "x.md" >}})                  a link to x.md; {% page %}, {% link %} …
//	{{< youtube ID >}}, {{< figure src="…" >}}  a link, an image
//	[[page|text]]                               a link
//	==text==                                    marked text
//	%% text %%, {# text #}, {/* text */}        nothing
//	{: .class }, {#id}                          nothing, an anchor
//
// Any other tag stays in the text as it is written, and is reported.

// foreignParsers are the parsers that a guest's text is read with beside the others.
func foreignParsers() (block, inline []util.PrioritizedValue) {
	return []util.PrioritizedValue{util.Prioritized(containerParser{}, 90)},
		[]util.PrioritizedValue{
			util.Prioritized(commentParser{}, 145), util.Prioritized(tagParser{}, 150), util.Prioritized(markParser{}, 150),
			util.Prioritized(componentParser{}, 160), util.Prioritized(wikiLinkParser{}, 190),
			util.Prioritized(tagLinkParser{parser.NewLinkParser()}, 200),
		}
}

// foreignKinds are the kinds of containers, and the callout that each becomes; "details"
// is a fold.
var foreignKinds = map[string]string{
	"note": "note", "info": "note", "information": "note", "primary": "note", "secondary": "note", "seealso": "note", "todo": "note",
	"abstract": "note", "summary": "note", "question": "note", "help": "note", "faq": "note", "quote": "note",
	"tip": "tip", "hint": "tip", "success": "tip", "check": "tip", "done": "tip",
	"important": "important", "attention": "warning", "warning": "warning", "warn": "warning",
	"caution": "caution", "danger": "caution", "error": "caution", "bug": "caution", "failure": "caution", "fail": "caution",
	"example": "example", "details": "details", "collapse": "details", "expand": "details", "spoiler": "details",
}

// foreignBoxes are the tags that hold a callout, whose kind stands in an attribute.
var foreignBoxes = map[string]bool{"alert": true, "hint": true, "notice": true, "callout": true, "admonition": true}

// foreignWrappers are tags that only hold others.
var foreignWrappers = map[string]bool{"tabs": true, "tabpane": true, "steps": true, "stepper": true, "step": true, "columns": true, "column": true, "cardpane": true, "comment": true}

// foreignCode are the tags that hold code, and codeTabs those whose tabs do.
var foreignCode, codeTabs = map[string]bool{"highlight": true, "codeblock": true}, map[string]bool{"tabpane": true}

var (
	colons     = regexp.MustCompile(`^(:{3,})[ \t]*\{?\.?([A-Za-z][\w-]*)\}?[ \t]*(.*?)[ \t]*$`)
	admonition = regexp.MustCompile(`^(!!!|\?\?\?\+?)[ \t]+([A-Za-z]+)[^"\n]*?(?:"(.*)")?[ \t]*$`)
	contentTab = regexp.MustCompile(`^===[+!]*[ \t]+(?:"(.+)"|'(.+)')[ \t]*$`)
	docsify    = regexp.MustCompile(`^([!?])> `)
	aTag       = regexp.MustCompile(`^(?:\{\{<.*?>\}\}|\{\{%.*?%\}\}|\{%.*?%\}|\{\{.*?\}\}|\{:[^{}\n]*\}|\{[ \t]*[.#][\w-][^{}\n]*\})`)
	isAttrs    = regexp.MustCompile(`^\{:?[ \t]*(?:(?:[.#][\w:-]+|[\w-]+=(?:"[^"]*"|'[^']*'|[^\s}"']+)|toc)[ \t]*)+\}`)
	idIn       = regexp.MustCompile(`[{\s]#([\w:-]+)`)
	attribute  = regexp.MustCompile(`([A-Za-z][\w-]*)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>}%]+))`)
	quotedText = regexp.MustCompile(`"([^"]*)"|'([^']*)'`)
)

// tag is one of a generator's templates.
type tag struct {
	open, name, rest string // "{{<", "alert", `title="x"`
	closing          bool   // {{< /alert >}}, {% endhint %}
}

// Bounds, for reading in time that grows with the length of a text: a tag's bytes, a
// comment's, containers in containers, and those that a file opens without closing them.
const (
	maxTag         = 2_000
	maxComment     = 16_000
	mostContainers = 30
	mostUnclosed   = 100
)

var unclosedKey = parser.NewContextKey()

// readTag reads the tag that a text begins with; length is 0 if it begins with none.
func readTag(s []byte) (t tag, length int) {
	s = s[:min(len(s), maxTag)]
	if bytes.IndexByte(s, '}') < 0 {
		return t, 0
	}
	m := aTag.Find(s)
	if m == nil {
		return t, 0
	}
	inner := string(m)
	for _, open := range []string{"{{<", "{{%", "{%", "{{", "{:"} {
		if strings.HasPrefix(inner, open) {
			t.open = open
			break
		}
	}
	inner = strings.TrimRight(strings.TrimPrefix(inner, t.open), ">%}")
	inner = strings.TrimSpace(strings.Trim(inner, "- \t"))
	t.name, t.rest, _ = strings.Cut(inner, " ")
	t.rest = strings.TrimSpace(t.rest)
	if name, ok := strings.CutPrefix(t.name, "/"); ok {
		t.name, t.closing = name, true
		if name == "" {
			t.name, t.rest, _ = strings.Cut(t.rest, " ")
		}
	} else if name, ok := strings.CutPrefix(t.name, "end"); ok && t.open == "{%" && name != "" {
		t.name, t.closing = name, true
	}
	return t, len(m)
}

// key is how the tag is called in a report.
func (t tag) key() string {
	switch t.open {
	case "{{<":
		return "{{< " + t.name + " >}}"
	case "{{%":
		return "{{% " + t.name + " %}}"
	case "{%":
		return "{% " + t.name + " %}"
	case "{:":
		return "{: }"
	}
	if strings.HasPrefix(t.name, "#") {
		return "{{" + t.name + "}}"
	}
	return "{{ }}"
}

// attributes are the tag's, by name; "" is the first text that has none.
func (t tag) attributes() map[string]string {
	all := map[string]string{}
	for _, m := range attribute.FindAllStringSubmatch(t.rest, -1) {
		all[strings.ToLower(m[1])] = m[2] + m[3] + m[4]
	}
	bare := strings.TrimSpace(attribute.ReplaceAllString(t.rest, ""))
	if m := quotedText.FindStringSubmatch(bare); m != nil {
		bare = m[1] + m[2]
	}
	all[""] = bare
	return all
}

// destination is where a tag in the place of a link's destination leads.
func (t tag) destination() (string, bool) {
	switch t.name {
	case "ref", "relref", "page", "link", "url", "post_url":
		return t.attributes()[""], true
	case "site.baseurl", "site.url", "page.baseurl", "baseurl", "base_url", "root":
		return "", true
	}
	if t.open == "{{" && strings.Contains(t.rest, "_url") { // {{ "/x" | relative_url }}
		if m := quotedText.FindStringSubmatch(t.name); m != nil {
			return m[1] + m[2], true
		}
	}
	return "", false
}

// A container becomes a quotation that begins with a callout's first line.

type containerParser struct{}

func (containerParser) Trigger() []byte { return []byte{':', '!', '?', '{', '=', '<', '%'} }

// container is what a line opens.
type container struct {
	kind       string
	title      [2]int // in the line
	folded     bool
	bare       bool                                   // nothing is shown of it but what it holds
	hidden     bool                                   // nor that
	plain      bool                                   // the title stands without the word of its kind
	code       *ast.CodeBlock                         // what it holds is not read
	codeTabs   bool                                   // nor what its tabs hold
	key        string                                 // how it is called in a report; "" where its meaning is known
	oneLine    string                                 // the tag whose end stands in the same line
	closes     func(line []byte) (opens, closes bool) // nil: a text that is indented, or one paragraph
	paragraph  bool
	rest       int // what of the line stands before the text
	endsBefore int // where in the source the closing line begins
}

func (containerParser) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	indent, pos := util.IndentWidth(line, reader.LineOffset())
	if indent > 3 || pos >= len(line) {
		return nil, parser.NoChildren
	}
	inCode := false
	if value, ok := parent.AttributeString("container"); ok {
		inCode = value.(*container).codeTabs
	}
	c := openContainer(bytes.TrimRight(line[pos:], "\r\n"), inCode)
	if c == nil {
		return nil, parser.NoChildren
	}
	depth := 0
	for n := parent; n != nil; n = n.Parent() {
		depth++
	}
	unclosed, _ := pc.Get(unclosedKey).(int)
	if depth > mostContainers || unclosed > mostUnclosed {
		return nil, parser.NoChildren
	}
	if c.closes != nil {
		if c.endsBefore = endOfContainer(reader.Source(), segment.Stop, c.closes); c.endsBefore < 0 {
			pc.Set(unclosedKey, unclosed+1)
			return nil, parser.NoChildren
		}
	}
	start := segment.Start - segment.Padding + pos
	if c.code != nil && c.bare {
		c.code.SetPos(start)
		c.code.SetAttributeString("container", c)
		reader.AdvanceToEOL()
		return c.code, parser.NoChildren
	}
	title := &calloutTitle{kind: c.kind, folded: c.folded, plain: c.plain, offset: start}
	if c.kind == "details" {
		title.kind, title.folded, title.plain = "note", true, true
	}
	title.SetPos(start)
	if c.title[1] > c.title[0] {
		title.Lines().Append(text.NewSegment(start+c.title[0], start+c.title[1]))
	}
	var quote ast.Node = ast.NewBlockquote()
	if c.bare {
		quote = &wrapper{hidden: c.hidden, key: c.key}
	} else {
		quote.AppendChild(quote, title)
	}
	quote.(interface{ SetPos(int) }).SetPos(start)
	quote.SetAttributeString("container", c)
	switch {
	case c.paragraph:
		reader.Advance(pos + c.rest)
	case c.code != nil:
		quote.AppendChild(quote, c.code)
		reader.AdvanceToEOL()
		return quote, parser.NoChildren
	default:
		reader.AdvanceToEOL()
	}
	return quote, parser.HasChildren
}

func (containerParser) Continue(node ast.Node, reader text.Reader, _ parser.Context) parser.State {
	value, _ := node.AttributeString("container")
	c := value.(*container)
	line, segment := reader.PeekLine()
	switch blank := util.IsBlank(line); {
	case c.closes != nil:
		if segment.Start >= c.endsBefore {
			reader.AdvanceToEOL()
			return parser.Close
		}
		if c.code != nil {
			c.code.Lines().Append(segment)
			reader.AdvanceToEOL()
			return parser.Continue | parser.NoChildren
		}
	case c.paragraph:
		if blank {
			return parser.Close
		}
	case !blank:
		pos, padding := util.IndentPosition(line, reader.LineOffset(), 4)
		if pos < 0 {
			return parser.Close
		}
		reader.AdvanceAndSetPadding(pos, padding)
	}
	return parser.Continue | parser.HasChildren
}

func (containerParser) Close(ast.Node, text.Reader, parser.Context) {}
func (containerParser) CanInterruptParagraph() bool                 { return true }
func (containerParser) CanAcceptIndentedLine() bool                 { return false }

// openContainer is what a line opens; nil if nothing. Tabs hold code where inCode.
func openContainer(line []byte, inCode bool) *container {
	at := func(m []int, group int) [2]int {
		if m[2*group] < 0 {
			return [2]int{}
		}
		return [2]int{m[2*group], m[2*group+1]}
	}
	switch line[0] {
	case ':':
		m := colons.FindSubmatchIndex(line)
		if m == nil {
			return nil
		}
		n := m[3] - m[2]
		c := &container{kind: foreignKinds[strings.ToLower(string(line[m[4]:m[5]]))], title: at(m, 3)}
		if t := line[c.title[0]:c.title[1]]; len(t) > 1 && t[0] == '[' && t[len(t)-1] == ']' {
			c.title[0], c.title[1] = c.title[0]+1, c.title[1]-1
		}
		c.closes = func(line []byte) (bool, bool) {
			colons := len(line) - len(bytes.TrimLeft(line, ":"))
			rest := len(bytes.TrimSpace(line[colons:]))
			return colons == n && rest > 0, colons == n && rest == 0
		}
		if c.kind == "" {
			c.bare, c.key = true, "::: "+string(line[m[4]:m[5]])
		}
		return c
	case '=':
		m := contentTab.FindSubmatchIndex(line)
		if m == nil {
			return nil
		}
		c := &container{kind: "details", title: at(m, 1)}
		if m[2] < 0 {
			c.title = at(m, 2)
		}
		return c
	case '<':
		return openComponent(line)
	case '%':
		if rest, ok := bytes.CutPrefix(line, []byte("%%")); ok && !bytes.Contains(rest, []byte("%%")) {
			return &container{bare: true, hidden: true, closes: func(line []byte) (bool, bool) { return false, bytes.HasSuffix(line, []byte("%%")) }}
		}
		return nil
	case '!', '?':
		if m := docsify.FindSubmatchIndex(line); m != nil {
			return &container{kind: map[byte]string{'!': "important", '?': "tip"}[line[0]], paragraph: true, rest: m[1]}
		}
		m := admonition.FindSubmatchIndex(line)
		if m == nil {
			return nil
		}
		c := &container{kind: foreignKinds[strings.ToLower(string(line[m[4]:m[5]]))], title: at(m, 3), folded: line[0] == '?'}
		if m[6] >= 0 && c.kind == "" { // a kind of the author's own
			c.kind, c.plain = "note", true
		}
		return c.known()
	}
	t, length := readTag(line)
	if length == 0 || t.closing {
		return nil
	}
	attributes := t.attributes()
	c := &container{kind: foreignKinds[t.name], bare: foreignWrappers[t.name] || foreignCode[t.name], hidden: t.name == "comment"}
	c.codeTabs = codeTabs[t.name] && attributes["text"] != "true"
	if foreignCode[t.name] || inCode && t.name == "tab" && attributes["text"] != "true" {
		c.code = ast.NewCodeBlock()
	}
	title := firstOf(attributes["title"], attributes["header"], attributes["name"])
	if t.name == "tab" {
		c.kind, c.bare = "details", title+attributes[""] == ""
	}
	if foreignBoxes[t.name] {
		first, _, _ := strings.Cut(t.rest, " ")
		c.kind = "note"
		for _, kind := range []string{attributes["type"], attributes["style"], attributes["color"], first} {
			if known := foreignKinds[strings.ToLower(kind)]; known != "" {
				if c.kind = known; kind == attributes[""] {
					attributes[""] = ""
				}
				break
			}
		}
	}
	if title == "" {
		title = strings.Trim(attributes[""], `"'`)
	}
	if i := bytes.LastIndex(line, []byte(title)); title != "" && i > 0 {
		c.title = [2]int{i, i + len(title)}
	}
	if len(bytes.TrimSpace(line[length:])) > 0 { // {{< alert >}} text {{< /alert >}}
		end := bytes.LastIndex(line, []byte(t.open[:2]))
		other, n := readTag(line[max(end, 0):])
		if end < length || !other.closing || other.name != t.name || end+n < len(bytes.TrimRight(line, " \t")) || c.code != nil || c.hidden {
			return nil
		}
		c.paragraph, c.rest, c.oneLine = true, length, t.name
		return c.known()
	}
	c.closes = func(line []byte) (bool, bool) {
		other, length := readTag(line)
		if length == 0 || other.open != t.open || other.name != t.name || len(bytes.TrimSpace(line[length:])) > 0 {
			return false, false
		}
		return !other.closing, other.closing
	}
	return c.known()
}

func (c *container) known() *container {
	if c.kind == "" && !c.bare {
		return nil
	}
	return c
}

// wrapper is a container of which only its content is shown, or, of a comment, nothing.
type wrapper struct {
	ast.BaseBlock
	hidden bool
	key    string // of what is reported
}

var kindWrapper = ast.NewNodeKind("Wrapper")

func (n *wrapper) Kind() ast.NodeKind            { return kindWrapper }
func (n *wrapper) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// endOfContainer is where the line begins that closes what was opened before from; -1
// if there is none. Lines between fences do not count.
func endOfContainer(src []byte, from int, closes func(line []byte) (opens, closes bool)) int {
	depth, fence := 1, ""
	for at := from; at < len(src); {
		end := bytes.IndexByte(src[at:], '\n')
		if end < 0 {
			end = len(src) - at
		}
		line := bytes.TrimSpace(src[at : at+end])
		mark := fenceMark(line)
		switch {
		case fence != "":
			if mark != "" && mark[0] == fence[0] && len(mark) >= len(fence) {
				fence = ""
			}
		case mark != "":
			fence = mark
		default:
			switch opened, closed := closes(line); {
			case opened:
				depth++
			case closed:
				if depth--; depth == 0 {
					return at
				}
			}
		}
		at += end + 1
	}
	return -1
}

// fenceMark is the fence that a line begins with.
func fenceMark(line []byte) string {
	for _, c := range "`~" {
		if n := len(line) - len(bytes.TrimLeft(line, string(c))); n >= 3 {
			return strings.Repeat(string(c), n)
		}
	}
	return ""
}

// foreignTag is a tag in running text.
type foreignTag struct {
	ast.BaseInline
	segment text.Segment
	key     string
}

var kindForeignTag = ast.NewNodeKind("ForeignTag")

func (n *foreignTag) Kind() ast.NodeKind            { return kindForeignTag }
func (n *foreignTag) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

type tagParser struct{}

func (tagParser) Trigger() []byte { return []byte{'{', ':', '-', '*'} }

// markers are signs of MkDocs that no braces enclose, and how a report calls them.
var markers = []struct {
	sign *regexp.Regexp
	key  string
}{
	{regexp.MustCompile(`^--8<--[^\n]*`), "--8<--"},
	{regexp.MustCompile(`^:(?:material|octicons|fontawesome|simple)-[\w-]+:`), ":icon:"},
	{regexp.MustCompile(`^\*\[[^\]\n]+\]:[^\n]*`), "*[abbreviation]:"},
}

func (tagParser) Parse(parent ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, segment := block.PeekLine()
	before := block.PrecendingCharacter()
	if line[0] != '{' {
		for _, m := range markers {
			if found := m.sign.Find(line); found != nil && (line[0] != '*' || before == '\n') {
				block.Advance(len(found))
				return &foreignTag{segment: segment.WithStop(segment.Start + len(found)), key: m.key}
			}
		}
		return nil
	}
	if attrs := isAttrs.Find(line[:min(len(line), maxTag)]); attrs != nil && (bytes.ContainsAny(attrs[1:2], ":.#") || before == ')' || bytes.ContainsAny(attrs[1:2], " ") && bytes.ContainsAny(attrs[2:3], ".#") || bytes.HasPrefix(attrs, []byte("{target="))) {
		block.Advance(len(attrs))
		n := &unseen{}
		if m := idIn.FindSubmatch(attrs); m != nil {
			n.id = string(m[1])
		}
		return n
	}
	t, length := readTag(line)
	if length == 0 || t.open == "" {
		return nil
	}
	block.Advance(length)
	attributes := t.attributes()
	switch {
	case t.name == "raw" || t.name == "verbatim": // what stands between is meant as it is written
		return &unseen{}
	case t.closing:
		for n := parent; n != nil; n = n.Parent() {
			if c, ok := n.AttributeString("container"); ok && c.(*container).oneLine == t.name {
				return &unseen{}
			}
		}
	case t.name == "youtube" && isVideo(firstOf(attributes["id"], attributes[""])):
		link := ast.NewLink()
		link.Destination = []byte("https://www.youtube.com/watch?v=" + firstOf(attributes["id"], attributes[""]))
		link.AppendChild(link, ast.NewString([]byte(firstOf(attributes["title"], "YouTube"))))
		return link
	case t.name == "figure" && attributes["src"] != "":
		link := ast.NewLink()
		link.Destination = []byte(attributes["src"])
		if alt := firstOf(attributes["alt"], attributes["caption"], attributes["title"]); alt != "" {
			link.AppendChild(link, ast.NewString([]byte(alt)))
		}
		link.Title = []byte(firstOf(attributes["caption"], attributes["title"]))
		return ast.NewImage(link)
	}
	return &foreignTag{segment: segment.WithStop(segment.Start + length), key: t.key()}
}

func isVideo(id string) bool {
	return id != "" && !strings.ContainsFunc(id, func(c rune) bool {
		return c != '-' && c != '_' && (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'z')
	})
}

func firstOf(all ...string) string {
	for _, s := range all {
		if s != "" {
			return s
		}
	}
	return ""
}

func registerForeign(on register) {
	on(kindWrapper, func(e *emitter, n ast.Node, entering bool) ast.WalkStatus {
		w := n.(*wrapper)
		if w.hidden {
			return ast.WalkSkipChildren
		}
		if entering && w.key != "" {
			e.r.foreignLeft(n.Pos(), w.key)
		}
		return ast.WalkContinue
	})
	on(kindUnseen, leaf(func(e *emitter, n ast.Node) {
		u := n.(*unseen)
		if u.key != "" {
			e.r.foreignLeft(n.Pos(), u.key)
		}
		if _, taken := e.r.ids[u.id]; u.id != "" && !taken && !frameIDs[u.id] {
			e.r.ids[u.id] = e.r.at(n.Pos())
			e.r.doc.IDs = append(e.r.doc.IDs, u.id)
			e.WriteString(`<span id="`)
			e.escaped(u.id)
			e.WriteString(`"></span>`)
		}
	}))
	on(kindHighlighted, func(e *emitter, _ ast.Node, entering bool) ast.WalkStatus {
		e.WriteString(map[bool]string{true: "<mark>", false: "</mark>"}[entering])
		return ast.WalkContinue
	})
	on(kindForeignTag, leaf(func(e *emitter, n ast.Node) {
		t := n.(*foreignTag)
		e.r.foreignSign(t.segment.Start, t.key)
		e.say(string(t.segment.Value(e.r.src)))
	}))
}

// foreignSign reports what is shown as it is written.
func (r *reading) foreignSign(offset int, key string) {
	r.warnf(r.at(offset), "foreign", "write what is meant in Markdown; docs/moving-in.md lists what is understood", "%s is of another generator; it is shown as it is written", key)
	r.diags[len(r.diags)-1].Key = key
}

// foreignLeft reports a sign of which only what it holds is shown.
func (r *reading) foreignLeft(offset int, key string) {
	r.warnf(r.at(offset), "foreign-left", "look at the place; docs/moving-in.md lists what is understood", "%s is of another generator; what it holds is shown without it", key)
	r.diags[len(r.diags)-1].Key = key
}

// tagLinkParser is the parser of links that knows tags in the place of destinations.
// They are written over in the text, blanks behind them, so that nothing moves.
type tagLinkParser struct{ parser.InlineParser }

func (p tagLinkParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, segment := block.PeekLine()
	if bytes.HasPrefix(line, []byte("](")) {
		at := 2 + len(line[2:]) - len(bytes.TrimLeft(line[2:], " \t<"))
		if t, length := readTag(line[at:]); length > 0 {
			end := bytes.IndexByte(line[at+length:], ')')
			if dest, ok := t.destination(); ok && end >= 0 {
				whole := block.Source()[segment.Start+2 : segment.Start+at+length+end]
				dest += strings.TrimSpace(strings.TrimRight(string(line[at+length:at+length+end]), "> "))
				if strings.ContainsAny(dest, " ()") {
					dest = "<" + dest + ">"
				}
				if dest == "" {
					dest = "/"
				}
				if n := copy(whole, dest); n == len(dest) {
					for i := n; i < len(whole); i++ {
						whole[i] = ' '
					}
				}
			}
		}
	}
	n := p.InlineParser.Parse(parent, block, pc)
	if link, ok := n.(*ast.Link); ok && bytes.HasPrefix(link.Title, []byte(":")) { // ':include', ':ignore'
		link.Title = nil
	}
	return n
}

func (p tagLinkParser) CloseBlock(parent ast.Node, block text.Reader, pc parser.Context) {
	p.InlineParser.(parser.CloseBlocker).CloseBlock(parent, block, pc)
}

// wikiLinkParser reads [[page]], [[page#part|text]] and ![[image.png]]. A page that is
// embedded becomes a link to it. In a table the line before the text has a backslash.
type wikiLinkParser struct{}

func (wikiLinkParser) Trigger() []byte { return []byte{'[', '!'} }

var wikiLink = regexp.MustCompile(`^!?\[\[([^\[\]|#\n\\]*)(#[^\[\]|\n\\]*)?(?:\\?\|([^\[\]\n]*))?\]\]`)
var (
	aDate      = regexp.MustCompile(`^\d{4}-`)
	aSize      = regexp.MustCompile(`^\d+(x\d+)?$`)
	anyPicture = regexp.MustCompile(`(?i)\.(png|jpe?g|gif|svg|webp|avif|bmp)$`)
)

func (wikiLinkParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, segment := block.PeekLine()
	m := wikiLink.FindSubmatchIndex(line)
	if m == nil || m[1] < len(line) && (line[m[1]] == '(' || line[m[1]] == '[') || m[3]-m[2] == 0 && m[4] < 0 || !hasLetter(line[m[2]:m[3]]) && m[4] < 0 && !aDate.Match(line[m[2]:m[3]]) {
		return nil
	}
	link := ast.NewLink()
	link.Destination = bytes.TrimSpace(line[m[2]:m[3]])
	label := [2]int{m[2], m[3]}
	if m[4] >= 0 {
		link.Destination = append(bytes.Clone(link.Destination), bytes.TrimSpace(line[m[4]:m[5]])...)
		label[1] = m[5]
	}
	picture := line[0] == '!' && anyPicture.Match(link.Destination)
	if m[6] >= 0 && !(picture && aSize.Match(line[m[6]:m[7]])) {
		label = [2]int{m[6], m[7]}
	}
	link.AppendChild(link, ast.NewTextSegment(text.NewSegment(segment.Start+label[0], segment.Start+label[1])))
	link.SetPos(segment.Start)
	block.Advance(m[1])
	switch {
	case picture:
		return ast.NewImage(link)
	case line[0] == '!':
		link.AppendChild(link, &unseen{key: "![[ ]]"})
		link.LastChild().(*unseen).SetPos(segment.Start)
	}
	return link
}

func hasLetter(s []byte) bool {
	return bytes.ContainsFunc(s, func(c rune) bool { return c >= 0x80 || c|0x20 >= 'a' && c|0x20 <= 'z' })
}
