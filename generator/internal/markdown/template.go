package markdown

import (
	"bytes"
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"playbook/generator/internal/diag"
)

// Template is a text that a reader fills in and copies: any Markdown between two
// comments, which GitHub does not show.
//
//	<!-- template: follow-up -->
//	{{greeting: Dear / Hi}} {{name}},
//
//	{{?trial}} The trial begins on {{date | the day they named}}.
//
//	Waiting costs you {{value-equation.problem_month}} a month.
//	<!-- /template -->
//
// Outside of a template such braces mean nothing. It is in the body twice: where it
// begins and where it ends.
type Template struct {
	Pos   diag.Pos
	ID    string
	Title string // the heading above it
	Gaps  []*Gap // each once, in order
	Ends  bool   // this is where it ends; nothing else is set
}

// GapKind is what stands in a template's place to fill in.
type GapKind uint8

const (
	GapText   GapKind = iota
	GapChoice         // one of Options
	GapPart           // the reader may leave out the paragraph, list item or row that begins with it
	GapValue          // what a worksheet has computed
)

// Gap is a place to fill in. What bears the same name has the same answer.
type Gap struct {
	Pos     diag.Pos
	Kind    GapKind
	Name    string // of a value: CALCULATOR.VALUE
	Hint    string
	Options []string
}

func init() {
	addBlock(block{name: "template", gather: (*reading).gatherTemplates, write: registerTemplate,
		notation: "<!-- template: ID -->, text with {{places to fill in}}, <!-- /template -->"})
}

func (*Template) Template() string       { return "template" }
func (*Template) addText(s *sectionText) { s.blank() }

// ElementID is where a link to the template leads.
func (t *Template) ElementID() string { return "template-" + t.ID }

// templateNode holds what stands between the comments.
type templateNode struct {
	ast.BaseBlock
	template *Template
}

var kindTemplate = ast.NewNodeKind("Template")

func (n *templateNode) Kind() ast.NodeKind            { return kindTemplate }
func (n *templateNode) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }
func (n *templateNode) folded() bool                  { return true } // its headings are not the page's

var (
	templateOpening = regexp.MustCompile(`^\s*<!--\s*template\s*[:：]\s*(.*?)\s*-->\s*$`)
	templateClosing = regexp.MustCompile(`^\s*<!--\s*/\s*template\s*-->\s*$`)
)

// comment is the line of a node that is a comment alone, nil of another.
func comment(n ast.Node, src []byte) []byte {
	if h, ok := n.(*ast.HTMLBlock); ok && h.HTMLBlockType == ast.HTMLBlockType2 && h.Lines().Len() == 1 {
		line := h.Lines().At(0)
		return line.Value(src)
	}
	return nil
}

// gatherTemplates puts what stands between the comments into a block.
func (r *reading) gatherTemplates(container ast.Node) {
	var open *ast.HTMLBlock
	title := r.doc.Title // of what stands above
	if d, ok := container.(*detailsNode); ok {
		title = d.details.heading
	}
	fault := func(n ast.Node, help, message string) {
		if !r.opt.Guest { // whose comments may mean something else
			r.errorf(r.pos(n), "template", help, "%s", message)
		}
	}
	for _, c := range children(container) {
		line := comment(c, r.src)
		if h, ok := c.(*ast.Heading); ok && open == nil {
			title = r.plain(headingText(h)...)
		}
		switch {
		case line == nil:
		case templateOpening.Match(line):
			switch {
			case container.Kind() != ast.KindDocument && container.Kind() != kindDetails:
				fault(c, "write its two comments at the left margin", "a template inside of a list or a quotation")
				continue
			case open != nil:
				fault(open, "write <!-- /template --> where it ends", "a template that does not end before the next one begins")
			}
			open = c.(*ast.HTMLBlock)
		case templateClosing.Match(line) && open != nil:
			r.template(container, open, c, title)
			open = nil
		case templateClosing.Match(line) && (container.Kind() == ast.KindDocument || container.Kind() == kindDetails):
			fault(c, "begin it with <!-- template: ID -->", "the end of a template that has not begun")
		}
	}
	if open != nil {
		fault(open, "write <!-- /template --> where it ends, at the left margin", "a template that does not end")
	}
}

func (r *reading) template(container ast.Node, begins *ast.HTMLBlock, ends ast.Node, title string) {
	m := templateOpening.FindSubmatchIndex(comment(begins, r.src))
	start := begins.Lines().At(0).Start
	at := r.at(start + m[2])
	t := &Template{Pos: r.pos(begins), ID: string(r.src[start+m[2] : start+m[3]]), Title: title}
	switch first, taken := r.ids[t.ElementID()]; {
	case !isID(t.ID):
		r.errorf(at, "template", "write <!-- template: follow-up -->: small letters, digits and hyphens", "%q is no id of a template", t.ID)
	case taken:
		r.errorf(at, "template", "an id names one template of the page", "the id %q is used twice: first at line %d", t.ID, first.Line)
	default:
		r.ids[t.ElementID()] = at
		r.doc.anchors = append(r.doc.anchors, t.ElementID())
	}
	n := &templateNode{template: t}
	n.SetPos(offsetOf(begins))
	for c := begins.NextSibling(); c != ends; c = begins.NextSibling() {
		n.AppendChild(n, c)
	}
	container.RemoveChild(container, ends)
	container.ReplaceChild(container, begins, n)
	r.gaps(n)
	r.doc.Templates = append(r.doc.Templates, t)
	r.need("fill")
	r.need("copy")
}

// gapNode is a place to fill in.
type gapNode struct {
	ast.BaseInline
	start, stop int  // in the source, braces included
	gap         *Gap // nil where it has a fault: it stays as it is written
	again       bool // it was asked before
}

var kindGap = ast.NewNodeKind("Gap")

func (n *gapNode) Kind() ast.NodeKind            { return kindGap }
func (n *gapNode) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// gapParser reads {{…}} within templates. Blocks are parsed before what is in them:
// the first time it is asked it looks where the templates of the document are.
type gapParser struct{}

// What is remembered of a document: where its templates are, and the end of the last
// line with a place that does not end.
var templateRanges, openGap = parser.NewContextKey(), parser.NewContextKey()

const longestGap = 1000 // bytes

func (gapParser) Trigger() []byte { return []byte{'{'} }

func (gapParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, seg := block.PeekLine()
	if !bytes.HasPrefix(line, []byte("{{")) {
		return nil
	}
	ranges, ok := pc.Get(templateRanges).([][2]int)
	if !ok {
		root := parent
		for root.Parent() != nil {
			root = root.Parent()
		}
		ranges = rangesOfTemplates(root, block.Source())
		pc.Set(templateRanges, ranges)
	}
	i, _ := slices.BinarySearchFunc(ranges, seg.Start, func(r [2]int, at int) int { return cmp.Compare(r[1], at) })
	if i == len(ranges) || seg.Start < ranges[i][0] {
		return nil
	}
	n := &gapNode{start: seg.Start, stop: seg.Start + 2}
	if end := bytes.Index(line[:min(len(line), longestGap)], []byte("}}")); end >= 0 {
		n.stop = seg.Start + end + 2
	} else if pc.Get(openGap) == seg.Stop {
		return nil // one fault a line
	} else {
		pc.Set(openGap, seg.Stop)
	}
	n.SetPos(n.start)
	block.Advance(n.stop - n.start)
	return n
}

func rangesOfTemplates(root ast.Node, src []byte) [][2]int {
	all := [][2]int{}
	begins := -1
	for c := root.FirstChild(); c != nil; c = c.NextSibling() {
		line := comment(c, src)
		switch {
		case line == nil:
		case templateOpening.Match(line):
			begins = offsetOf(c)
		case templateClosing.Match(line) && begins >= 0:
			all = append(all, [2]int{begins, offsetOf(c)})
			begins = -1
		}
	}
	return all
}

// gaps reads the places to fill in of a template.
func (r *reading) gaps(n *templateNode) {
	known := map[string]*Gap{}
	_ = ast.Walk(n, func(c ast.Node, entering bool) (ast.WalkStatus, error) {
		at, ok := c.(*gapNode)
		if !ok || !entering {
			return ast.WalkContinue, nil
		}
		gap := r.gap(at)
		if gap == nil {
			return ast.WalkContinue, nil
		}
		if gap.Kind == GapPart && !begins(at, gap) {
			r.errorf(r.at(at.start), "template", "write it at the beginning of what may be left out: a paragraph, a list item, a table's row", "an optional part that begins in the middle")
			return ast.WalkContinue, nil
		}
		key := gap.key()
		first := known[key]
		at.gap, at.again = gap, first != nil && gap.Kind != GapPart
		switch {
		case first == nil:
			gap.Pos = r.at(at.start)
			known[key] = gap
			n.template.Gaps = append(n.template.Gaps, gap)
		case len(gap.Options) == 0:
		case len(first.Options) == 0:
			first.Kind, first.Options = GapChoice, gap.Options
		case !slices.Equal(first.Options, gap.Options):
			r.errorf(r.at(at.start), "template", "write the choices once and the name alone everywhere else", "%q has other choices at line %d", gap.Name, first.Pos.Line)
		}
		if first != nil {
			first.Hint = cmp.Or(first.Hint, gap.Hint)
		}
		if at.again {
			at.gap = first
		}
		return ast.WalkContinue, nil
	})
}

// key is what a place is known by: capitals and blanks make no other name.
func (g *Gap) key() string {
	key := strings.ToLower(strings.Join(strings.Fields(g.Name), " "))
	if g.Kind == GapPart {
		return "?" + key
	}
	return key
}

// valueName is CALCULATOR.VALUE.
var valueName = regexp.MustCompile(`^[a-z][a-z0-9-]*\.[a-z][a-z0-9_]*$`)

// gap reads what stands between the braces; nil with a fault.
func (r *reading) gap(n *gapNode) *Gap {
	fail := func(help, format string, args ...any) *Gap {
		r.errorf(r.at(n.start), "template", help, format, args...)
		return nil
	}
	if n.stop == n.start+2 && n.Parent().Kind() == east.KindTableCell {
		return fail("end it with }} in the same cell; in a table a hint stands behind \\|", "a place to fill in that does not end")
	}
	if n.stop == n.start+2 {
		return fail("end it with }} on the same line, or write \\{{ for braces", "a place to fill in that does not end")
	}
	inner := bytes.ReplaceAll(r.src[n.start+2:n.stop-2], []byte(`\|`), []byte("|")) // in a table
	g, hint, hinted, fault := readGap(string(unescape(inner)))
	if fault != "" {
		help := "write {{name}}, {{name | a hint}} or {{name: one / another}}"
		return fail(help, "%s", fault)
	}
	g.Hint = hint
	if g.Kind == GapValue && hinted {
		return fail("write {{"+g.Name+"}} alone", "a value of a worksheet is not asked for")
	}
	return &g
}

// readGap reads NAME, NAME | HINT, NAME: ONE / ANOTHER | HINT, ?NAME.
func readGap(inner string) (g Gap, hint string, hinted bool, fault string) {
	inner, hint, hinted = strings.Cut(inner, "|")
	hint = strings.TrimSpace(hint)
	name, optional := strings.CutPrefix(strings.TrimSpace(inner), "?")
	if optional {
		g.Kind = GapPart
	}
	name, choices, chosen := cutFirst(name, ":", "：")
	g.Name = strings.TrimSpace(name)
	switch {
	case g.Name == "":
		return g, hint, hinted, "a place to fill in without a name"
	case strings.ContainsAny(g.Name, "{}"):
		return g, hint, hinted, fmt.Sprintf("braces in the name %q", g.Name)
	case !chosen && !optional && valueName.MatchString(g.Name):
		g.Kind = GapValue
		return g, hint, hinted, ""
	case !chosen:
		return g, hint, hinted, ""
	case optional:
		return g, hint, hinted, fmt.Sprintf("the optional part %q has choices", g.Name)
	}
	g.Kind = GapChoice
	for _, option := range strings.Split(" "+strings.ReplaceAll(choices, "／", " / ")+" ", " / ") {
		option = strings.TrimSpace(option)
		if option == "" || slices.Contains(g.Options, option) {
			return g, hint, hinted, fmt.Sprintf("%q has a choice that is empty or there twice", g.Name)
		}
		g.Options = append(g.Options, option)
	}
	if len(g.Options) == 1 {
		return g, hint, hinted, fmt.Sprintf("%q has one choice: between two stands a slash with blanks around it", g.Name)
	}
	return g, hint, hinted, ""
}

// cutFirst cuts at the first of two separators.
func cutFirst(s, a, b string) (before, after string, found bool) {
	i, j := strings.Index(s, a), strings.Index(s, b)
	if j >= 0 && (i < 0 || j < i) {
		i, a = j, b
	}
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(a):], true
}

// begins reports whether an optional part begins a block, and marks the block as the
// part: the list item or the row where it begins one.
func begins(n *gapNode, g *Gap) bool {
	if n.PreviousSibling() != nil {
		return false
	}
	part := n.Parent()
	switch parent := part.Parent(); {
	case part.Kind() == east.KindTableCell && part.PreviousSibling() == nil && parent.Kind() == east.KindTableRow,
		parent.Kind() == ast.KindListItem && part.PreviousSibling() == nil:
		part = parent
	case part.Kind() != ast.KindParagraph && part.Kind() != ast.KindHeading:
		return false
	}
	part.SetAttributeString("data-part", []byte(g.key()))
	return true
}

func registerTemplate(on register) {
	on(kindTemplate, func(e *emitter, n ast.Node, entering bool) ast.WalkStatus {
		t := n.(*templateNode).template
		if !entering {
			t = &Template{Ends: true}
		}
		enter(&e.quiet, entering) // a glossary's card is nothing to send
		e.cut(Part{Block: t})
		return ast.WalkContinue
	})
	on(kindGap, leaf(func(e *emitter, n ast.Node) { e.gap(n.(*gapNode)) }))
}

// gap writes a place to fill in as a reader without scripts needs it.
func (e *emitter) gap(n *gapNode) {
	g := n.gap
	if g == nil {
		e.say(string(e.r.src[n.start:n.stop]))
		return
	}
	if g.Kind == GapValue {
		e.need("values")
		e.cut(Part{Block: &WorksheetValue{Value: g.Name}})
		return
	}
	class := "gap"
	if g.Kind == GapPart {
		class = "gap-part"
	}
	e.WriteString(`<span class="` + class + `" data-gap="`)
	e.escaped(g.key())
	if n.again {
		e.WriteString(`" data-again="`)
	}
	e.WriteString(`">`)
	if g.Kind == GapPart {
		e.WriteString(`<input type="checkbox" checked disabled aria-label="`)
		e.escaped(g.Name)
		e.WriteString(`"> `)
	}
	if g.Kind == GapChoice && !n.again {
		e.WriteString(`<span class="vh">`)
		e.say(g.Name + e.r.opt.colon())
		e.WriteString(`</span>`)
		for i, option := range g.Options {
			if i > 0 {
				e.say(" / ")
			}
			e.WriteString(`<span class="gap-option">`)
			e.say(option)
			e.WriteString(`</span>`)
		}
	} else {
		e.say(g.Name)
	}
	if g.Hint != "" && !n.again {
		e.WriteString(`<span class="gap-hint">`)
		e.say(e.r.opt.colon() + g.Hint)
		e.WriteString(`</span>`)
	}
	e.WriteString(`</span>`)
}

// WorksheetValue is a value in a template: the example's until the reader has one of
// their own.
type WorksheetValue struct{ Value string } // CALCULATOR.VALUE

func (*WorksheetValue) Template() string     { return "value" }
func (*WorksheetValue) addText(*sectionText) {}
