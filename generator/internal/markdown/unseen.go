package markdown

import (
	"bytes"
	"regexp"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// Signs in a guest's running text of which nothing is shown, or only what they hold.

// unseen stands where the author wrote what readers do not see.
type unseen struct {
	ast.BaseInline
	id  string // an anchor, or ""
	key string // of what is reported, or ""
}

var kindUnseen = ast.NewNodeKind("Unseen")

func (n *unseen) Kind() ast.NodeKind            { return kindUnseen }
func (n *unseen) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// commentParser leaves out comments: Obsidian's, Nunjucks', Liquid's, Hugo's and MDX's.
type commentParser struct{}

var comments = [][2]string{{"%%", "%%"}, {"{# ", "#}"}, {"{#-", "#}"}, {"{{/*", "*/}}"}, {"{{!--", "--}}"}, {"{/*", "*/}"}, {"{% comment %}", "{% endcomment %}"}, {"{{< comment >}}", "{{< /comment >}}"}}

func (commentParser) Trigger() []byte { return []byte{'%', '{', '^', ':'} }

var (
	blockID   = regexp.MustCompile(`^\^([A-Za-z0-9-]+)[ \t]*\r?\n?$`)
	docsifyID = regexp.MustCompile(`^:id=([\w-]+)[ \t]*`)
)

func (commentParser) Parse(parent ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, _ := block.PeekLine()
	before := block.PrecendingCharacter()
	blank := before == ' ' || before == '\t' || before == '\n'
	switch line[0] {
	case '^': // Obsidian's name of a paragraph
		if m := blockID.FindSubmatch(line); m != nil && blank {
			block.Advance(len(bytes.TrimRight(line, "\r\n")))
			return &unseen{id: "^" + string(m[1])}
		}
		return nil
	case ':': // docsify's of a heading
		if m := docsifyID.FindSubmatch(line); m != nil && parent.Kind() == ast.KindHeading {
			block.Advance(len(m[0]))
			parent.SetAttributeString("id", bytes.Clone(m[1]))
			return &unseen{}
		}
		return nil
	}
	for _, c := range comments {
		if !bytes.HasPrefix(line, []byte(c[0])) || c[0] == "%%" && !blank {
			continue
		}
		at, segment := block.Position()
		block.Advance(len(c[0]))
		for seen := 0; seen < maxComment; {
			line, _ := block.PeekLine()
			if line == nil {
				break
			}
			line = line[:min(len(line), maxComment)]
			seen += len(line)
			if i := bytes.Index(line, []byte(c[1])); i >= 0 {
				block.Advance(i + len(c[1]))
				return &unseen{}
			}
			block.AdvanceLine()
		}
		block.SetPosition(at, segment)
	}
	return nil
}

// highlighted is text that is marked: ==text==.
type highlighted struct{ ast.BaseInline }

var kindHighlighted = ast.NewNodeKind("Highlighted")

func (n *highlighted) Kind() ast.NodeKind            { return kindHighlighted }
func (n *highlighted) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

type markParser struct{}

func (markParser) Trigger() []byte { return []byte{'='} }

func (markParser) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, _ := block.PeekLine()
	if len(line) < 3 || line[1] != '=' || line[2] == '=' || block.PrecendingCharacter() == '=' {
		return nil
	}
	return delimiter(block, pc, markProcessor{}, 2)
}

type markProcessor struct{}

func (markProcessor) IsDelimiter(b byte) bool { return b == '=' }

func (markProcessor) CanOpenCloser(opener, closer *parser.Delimiter) bool {
	return opener.Length == 2 && closer.Length == 2
}

func (markProcessor) OnMatch(int) ast.Node { return &highlighted{} }

// Components are the elements of JSX in a page of MDX: <Tabs>, <TabItem label="x">.
// Placeholders look alike, <Name>, so a component closes itself or has attributes or,
// alone in its line, an end.

var (
	aComponent = regexp.MustCompile(`^<([A-Z][A-Za-z0-9.]*)((?:\s+(?:[\w:-]+(?:=(?:"[^"]*"|'[^']*'|\{(?:[^{}]|\{[^{}]*\})*\}))?|\{[^{}]*\}))*)\s*(/?)>`)
	endsOne    = regexp.MustCompile(`^</([A-Z][A-Za-z0-9.]*)\s*>`)
)

// openComponent is what a line opens that begins with a component.
func openComponent(line []byte) *container {
	m := aComponent.FindSubmatchIndex(line)
	if m == nil || m[7] > m[6] || len(bytes.TrimSpace(line[m[1]:])) > 0 || elements[lower(line[m[2]:m[3]])] && m[5] == m[4] {
		return nil
	}
	name := string(line[m[2]:m[3]])
	t := tag{name: lower([]byte(name)), rest: string(line[m[4]:m[5]])}
	attributes := t.attributes()
	title := firstOf(attributes["label"], attributes["title"], attributes["summary"], attributes["header"], attributes["name"])
	if title == "" && t.name == "tabitem" {
		title = attributes["value"]
	}
	c := &container{bare: true, key: "<" + name + ">"}
	if i := bytes.LastIndex(line[:m[5]], []byte(title)); title != "" && i > 0 {
		c.bare, c.kind, c.title = false, "note", [2]int{i, i + len(title)}
		c.plain = true
		if t.name == "tab" || t.name == "tabitem" || t.name == "accordion" || t.name == "details" || t.name == "expandable" || t.name == "collapse" {
			c.kind = "details"
		}
	}
	switch kind := foreignKinds[lower([]byte(attributes["type"]))]; {
	case t.name == "tabs" || t.name == "steps":
		c.key = ""
	case foreignKinds[t.name] != "" && t.name != "details":
		c.bare, c.kind, c.plain = false, foreignKinds[t.name], false
	case kind != "" && (t.name == "admonition" || t.name == "callout" || t.name == "alert" || t.name == "aside"):
		c.bare, c.kind, c.plain = false, kind, false
	}
	c.closes = func(line []byte) (bool, bool) {
		if end := endsOne.FindSubmatch(line); end != nil && string(end[1]) == name {
			return false, len(bytes.TrimSpace(line[len(end[0]):])) == 0
		}
		other := aComponent.FindSubmatch(line)
		return other != nil && string(other[1]) == name && len(other[3]) == 0 && len(bytes.TrimSpace(line[len(other[0]):])) == 0, false
	}
	return c
}

var statement = regexp.MustCompile(`^(?:import\s+(?:[\w*{"']|$)|export\s+(?:const|let|var|function|default|async|class|\*|\{))`)

// withoutStatements is a page of MDX with its imports and exports blanked, each up to the
// next empty line. Between fences there are none.
func withoutStatements(src []byte) []byte {
	out := bytes.Clone(src)
	inside, fence, at := false, "", 0
	for line := range bytes.Lines(src) {
		text := bytes.TrimSpace(line)
		switch mark := fenceMark(text); {
		case len(text) == 0:
			inside = false
		case fence != "":
			if mark != "" && mark[0] == fence[0] && len(mark) >= len(fence) {
				fence = ""
			}
		case !inside && mark != "":
			fence = mark
		case inside || statement.Match(line):
			inside = true
			for i := range len(bytes.TrimRight(line, "\n")) {
				out[at+i] = ' '
			}
		}
		at += len(line)
	}
	return out
}

func lower(b []byte) string { return string(bytes.ToLower(b)) }

// componentParser reports the components in running text: those that close themselves
// stay as they are written.
type componentParser struct{}

func (componentParser) Trigger() []byte { return []byte{'<'} }

func (componentParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, segment := block.PeekLine()
	m := aComponent.FindSubmatch(line[:min(len(line), maxTag)])
	if m == nil || len(m[2])+len(m[3]) == 0 || elements[lower(m[1])] && !bytes.ContainsAny(m[2], "{") {
		return nil
	}
	block.Advance(len(m[0]))
	return &foreignTag{segment: segment.WithStop(segment.Start + len(m[0])), key: "<" + string(m[1]) + ">"}
}
