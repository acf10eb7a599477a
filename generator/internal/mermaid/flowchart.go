package mermaid

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"playbook/calculators/chart"
)

// graph is a flowchart as it is written.
type graph struct {
	direction string // TB, BT, LR or RL
	nodes     []*node
	groups    []*group
	edges     []*edge
	byID      map[string]*node
	arrows    map[string]bool // ids of edges, which have settings of their own
}

type node struct {
	id    string
	label []string
	shape chart.DiagramShape
	group *group // that it stands in
}

// group is a subgraph.
type group struct {
	id     string
	title  []string
	parent *group
	nodes  []*node // that it names
	inner  []*group
}

// edge leads from a node or a group to another.
type edge struct {
	from, to   end
	label      []string
	weight     chart.DiagramWeight
	start, tip chart.DiagramTip
	hidden     bool // it only separates its ends
	length     int  // in ranks, at least 1
}

// end is a node or a group.
type end struct {
	node  *node
	group *group
}

func (e end) name() string {
	if e.group != nil {
		return oneLine(e.group.title)
	}
	return oneLine(e.node.label)
}

var (
	shapes = []struct {
		open  string
		close []string
		shape []chart.DiagramShape
	}{
		{"(((", []string{")))"}, []chart.DiagramShape{chart.ShapeDoubleCircle}},
		{"((", []string{"))"}, []chart.DiagramShape{chart.ShapeCircle}},
		{"([", []string{"])"}, []chart.DiagramShape{chart.ShapeStadium}},
		{"(-", []string{"-)"}, []chart.DiagramShape{chart.ShapeStadium}},
		{"(", []string{")"}, []chart.DiagramShape{chart.ShapeRound}},
		{"[[", []string{"]]"}, []chart.DiagramShape{chart.ShapeSubroutine}},
		{"[(", []string{")]"}, []chart.DiagramShape{chart.ShapeCylinder}},
		{"[/", []string{"/]", "\\]"}, []chart.DiagramShape{chart.ShapeLeanRight, chart.ShapeTrapezoid}},
		{"[\\", []string{"\\]", "/]"}, []chart.DiagramShape{chart.ShapeLeanLeft, chart.ShapeFunnel}},
		{"[", []string{"]"}, []chart.DiagramShape{chart.ShapeBox}},
		{"{{", []string{"}}"}, []chart.DiagramShape{chart.ShapeHexagon}},
		{"{", []string{"}"}, []chart.DiagramShape{chart.ShapeDiamond}},
		{">", []string{"]"}, []chart.DiagramShape{chart.ShapeFlag}},
	}
	// shapeNames are those of @{ shape: … }; any other is a box.
	shapeNames = map[string]chart.DiagramShape{
		"rounded": chart.ShapeRound, "event": chart.ShapeRound, "stadium": chart.ShapeStadium, "terminal": chart.ShapeStadium, "pill": chart.ShapeStadium,
		"subprocess": chart.ShapeSubroutine, "subproc": chart.ShapeSubroutine, "framed-rectangle": chart.ShapeSubroutine, "subroutine": chart.ShapeSubroutine,
		"cyl": chart.ShapeCylinder, "cylinder": chart.ShapeCylinder, "db": chart.ShapeCylinder, "database": chart.ShapeCylinder, "lin-cyl": chart.ShapeCylinder, "disk": chart.ShapeCylinder,
		"circle": chart.ShapeCircle, "circ": chart.ShapeCircle, "sm-circ": chart.ShapeCircle, "start": chart.ShapeCircle,
		"dbl-circ": chart.ShapeDoubleCircle, "double-circle": chart.ShapeDoubleCircle, "stop": chart.ShapeDoubleCircle,
		"diam": chart.ShapeDiamond, "diamond": chart.ShapeDiamond, "decision": chart.ShapeDiamond, "question": chart.ShapeDiamond,
		"hex": chart.ShapeHexagon, "hexagon": chart.ShapeHexagon, "prepare": chart.ShapeHexagon,
		"lean-r": chart.ShapeLeanRight, "lean-right": chart.ShapeLeanRight, "in-out": chart.ShapeLeanRight, "lean-l": chart.ShapeLeanLeft, "lean-left": chart.ShapeLeanLeft, "out-in": chart.ShapeLeanLeft,
		"trap-b": chart.ShapeTrapezoid, "priority": chart.ShapeTrapezoid, "trapezoid": chart.ShapeTrapezoid, "trap-t": chart.ShapeFunnel, "manual": chart.ShapeFunnel, "inv-trapezoid": chart.ShapeFunnel,
		"odd": chart.ShapeFlag, "text": chart.ShapeNone,
	}

	arrowID  = regexp.MustCompile(`^\w+@`)
	isLink   = regexp.MustCompile(`^(?:[xo<]?(?:--|==|-\.)|~~~)`)
	settings = regexp.MustCompile(`(\w+)\s*:\s*(?:"([^"]*)"|'([^']*)'|([^,}\n]*))`)
)

// flowchart reads what follows the first word, lays it out and says it in words.
func (p *parser) flowchart() (*chart.Diagram, string) {
	g := &graph{direction: "TB", byID: map[string]*node{}, arrows: map[string]bool{}}
	p.blanks()
	at := p.at
	switch d := p.word(); d {
	case "TB", "TD", "v":
	case "BT", "LR", "RL":
		g.direction = d
	case "":
		if p.skip("<") {
			g.direction = "RL"
		} else if p.skip(">") {
			g.direction = "LR"
		} else if p.skip("^") {
			g.direction = "BT"
		}
	default:
		p.at = at
		p.fail("%q is no direction: write TD, BT, LR or RL", d)
	}
	var in *group
	for p.space(); p.at < len(p.src); p.space() {
		in = p.statement(g, in)
	}
	if in != nil {
		p.fail("the subgraph %q has no end", oneLine(in.title))
	}
	g.resolve()
	if len(g.nodes) == 0 {
		p.fail("the diagram is empty")
	}
	if len(g.nodes) > maxNodes || len(g.edges) > maxEdges {
		p.at = 0
		p.fail("the diagram has %d nodes and %d arrows; at most %d and %d are drawn", len(g.nodes), len(g.edges), maxNodes, maxEdges)
	}
	d := g.layout()
	return d, g.describe(&d.Rows)
}

// statement reads one and gives the group that the next stands in.
func (p *parser) statement(g *graph, in *group) *group {
	at := p.at
	word := p.word()
	next, _ := utf8.DecodeRuneInString(p.rest())
	if alone := p.at >= len(p.src) || strings.ContainsRune(" \t\n;:{\"[", next); alone {
		switch word {
		case "subgraph":
			return p.subgraph(g, in)
		case "end":
			if p.blanks(); !p.atStatementEnd() {
				break
			}
			if in == nil {
				p.at = at
				p.fail("an end without a subgraph")
			}
			for _, n := range in.nodes {
				if n.group == nil {
					n.group = in
				}
			}
			return in.parent
		case "direction", "classDef", "class", "style", "linkStyle", "click":
			if isLink.MatchString(strings.TrimLeft(p.rest(), " \t")) || next == '[' || next == '{' {
				break // a node of that name
			}
			p.line()
			return in
		case "accTitle", "accDescr":
			p.accessibility(word)
			return in
		}
	}
	p.at = at
	from := p.nodes(g, in)
	for p.linkAhead() {
		e := p.link()
		to := p.nodes(g, in)
		for _, a := range from {
			for _, b := range to {
				one := e
				one.from.node, one.to.node = a, b
				g.edges = append(g.edges, &one)
			}
		}
		from = to
	}
	p.blanks()
	if !p.atStatementEnd() {
		p.fail("an arrow such as --> or the end of the line is missing before %q", firstWord(p.rest()))
	}
	return in
}

func (p *parser) atStatementEnd() bool {
	return p.at >= len(p.src) || p.src[p.at] == ';' || p.src[p.at] == '\n' || strings.HasPrefix(p.rest(), "%%")
}

// firstWord is the beginning of a text, for a fault.
func firstWord(s string) string {
	if f := strings.Fields(s); len(f) > 0 {
		if r := []rune(f[0]); len(r) > 20 {
			return string(r[:20]) + "…"
		}
		return f[0]
	}
	return ""
}

// linkAhead goes to a link that comes next, also on a later line.
func (p *parser) linkAhead() bool {
	at := p.at
	for p.blanks(); p.skip("\n"); p.blanks() {
	}
	if m := arrowID.FindString(p.rest()); m != "" && isLink.MatchString(p.rest()[len(m):]) {
		p.at += len(m)
	}
	if isLink.MatchString(p.rest()) {
		return true
	}
	p.at = at
	return false
}

// subgraph reads the line behind the word.
func (p *parser) subgraph(g *graph, in *group) *group {
	p.blanks()
	s := &group{parent: in}
	at := p.at
	if id := p.id(); id != "" {
		s.id = id
		p.blanks()
		if p.skip("[") {
			s.title = p.label("]")
		}
	} else if p.skip(`"`) {
		s.title = p.label(`"`)
		s.id = oneLine(s.title)
		p.blanks()
		if p.skip("[") {
			s.title = p.label("]")
		}
	}
	if p.blanks(); !p.atStatementEnd() {
		p.at = at // the title as it stands
		s.id = strings.TrimRight(p.line(), ";")
	}
	if s.title == nil {
		s.title = labelLines(strings.Trim(s.id, `"`))
	}
	if in != nil {
		in.inner = append(in.inner, s)
	}
	g.groups = append(g.groups, s)
	return s
}

// nodes reads A & B & C.
func (p *parser) nodes(g *graph, in *group) (all []*node) {
	for {
		behind := p.at
		p.space()
		at := p.at
		id := p.id()
		if id == "" {
			before := ""
			if next := firstWord(p.rest()); next != "" {
				before = " before " + strconv.Quote(next)
			}
			p.at = behind
			p.fail("the name of a node is missing%s", before)
		}
		if p.skip("@{") {
			p.settings(g, in, id)
		} else {
			n := g.node(id, in)
			if shape, label, ok := p.shape(); ok {
				n.shape, n.label = shape, label
			}
		}
		for p.skip(":::") {
			for p.id() != "" && p.skip(",") {
			}
		}
		if n := g.byID[id]; n != nil {
			all = append(all, n)
		} else if !g.arrows[id] {
			p.at = at
			p.fail("there is no node %q", id)
		}
		here := p.at
		p.blanks()
		if !p.skip("&") {
			p.at = here
			return all
		}
	}
}

// node is the node of an id; a new one is added.
func (g *graph) node(id string, in *group) *node {
	n := g.byID[id]
	if n == nil {
		n = &node{id: id, label: labelLines(id)}
		g.byID[id] = n
		g.nodes = append(g.nodes, n)
	}
	if in != nil {
		in.nodes = append(in.nodes, n)
	}
	return n
}

// id reads the name of a node: letters of any script, digits and signs that begin no
// link and no shape.
func (p *parser) id() string {
	start := p.at
	for p.at < len(p.src) {
		c, n := utf8.DecodeRuneInString(p.rest())
		next, _ := utf8.DecodeRuneInString(p.src[p.at+n:])
		switch {
		case unicode.IsLetter(c), unicode.IsNumber(c), unicode.IsMark(c), c > 0x7f && !unicode.IsSpace(c), strings.ContainsRune(`_$%!#*+,'?\`, c):
			if c == '%' && next == '%' {
				return p.src[start:p.at]
			}
		case c == '-' && (idRune(next)), (c == '.' || c == '/' || c == ':') && idRune(next) && p.at > start:
		default:
			return p.src[start:p.at]
		}
		p.at += n
	}
	return p.src[start:]
}

func idRune(c rune) bool {
	return c != utf8.RuneError && (c == '_' || unicode.IsLetter(c) || unicode.IsNumber(c))
}

// settings reads the rest of id@{ shape: …, label: … }.
func (p *parser) settings(g *graph, in *group, id string) {
	end := strings.IndexByte(p.rest(), '}')
	if end < 0 {
		p.fail("the settings of %q do not end with }", id)
	}
	all := map[string]string{}
	for _, m := range settings.FindAllStringSubmatch(p.rest()[:end], -1) {
		all[m[1]] = strings.TrimSpace(m[2] + m[3] + m[4])
	}
	p.at += end + 1
	if _, isNode := g.byID[id]; !isNode && (all["animate"] != "" || all["animation"] != "" || all["curve"] != "") {
		g.arrows[id] = true
		return
	}
	n := g.node(id, in)
	n.shape = shapeNames[all["shape"]]
	if label := all["label"]; label != "" {
		n.label = labelLines(label)
	}
}

// shape reads what stands behind the name of a node.
func (p *parser) shape() (chart.DiagramShape, []string, bool) {
	for _, s := range shapes {
		at := p.at
		if !p.skip(s.open) {
			continue
		}
		for i, closing := range s.close {
			inside := p.at
			if label, ok := p.labelTo(closing); ok && (len(s.close) == 1 || i == 1 || !p.sooner(inside, s.close[1])) {
				return s.shape[i], label, true
			}
			p.at = inside
		}
		p.at = at
		if s.open == "(" || s.open == "[" || s.open == "{" || s.open == ">" {
			p.fail("the text of a node does not end with %s", s.close[0])
		}
	}
	return 0, nil, false
}

// sooner reports whether another closing ends the text that begins at a place before
// the one that was taken.
func (p *parser) sooner(from int, closing string) bool {
	return strings.Contains(p.src[from:p.at-1], closing)
}

func (p *parser) label(closing string) []string {
	label, ok := p.labelTo(closing)
	if !ok {
		p.fail("a text does not end with %s", closing)
	}
	return label
}

// labelTo reads a label and what closes it. Within quotation marks everything is text,
// outside of them brackets of the same kind are if they are paired.
func (p *parser) labelTo(closing string) ([]string, bool) {
	p.blanks()
	if rest := strings.TrimLeft(p.rest(), " \t\n"); strings.HasPrefix(rest, `"`) && closing != `"` {
		if end := strings.IndexByte(rest[1:], '"'); end >= 0 {
			after := strings.TrimLeft(rest[end+2:], " \t\n")
			if strings.HasPrefix(after, closing) {
				p.at = len(p.src) - len(after) + len(closing)
				return labelLines(rest[1 : end+1]), true
			}
		}
	}
	opening := map[byte]byte{']': '[', ')': '(', '}': '{'}[closing[len(closing)-1]]
	depth := 0
	for i := p.at; i < len(p.src); i++ {
		if depth == 0 && strings.HasPrefix(p.src[i:], closing) {
			label := labelLines(strings.Trim(strings.TrimSpace(p.src[p.at:i]), `"`))
			p.at = i + len(closing)
			return label, true
		}
		switch c := p.src[i]; {
		case c == '\n' && i+1 < len(p.src) && isLink.MatchString(strings.TrimLeft(p.src[i:], " \t\n")):
			return nil, false
		case len(closing) == 1 && opening != 0 && c == opening:
			depth++
		case len(closing) == 1 && depth > 0 && c == closing[0]:
			depth--
		}
	}
	return nil, false
}

// link reads an arrow with its label.
func (p *parser) link() (e edge) {
	e.length = 1
	switch p.src[p.at] {
	case '<':
		e.start = chart.TipArrow
		p.at++
	case 'x':
		e.start = chart.TipCross
		p.at++
	case 'o':
		e.start = chart.TipCircle
		p.at++
	}
	stroke := p.src[p.at]
	if stroke == '~' {
		e.hidden = true
		for p.skip("~") {
		}
		return e
	}
	dotted := stroke == '-' && strings.HasPrefix(p.rest(), "-.")
	begin := p.at
	ends := p.strokes(dotted, stroke)
	if !ends { // a text follows, up to the other half
		text := p.at
		for {
			if p.at >= len(p.src) || p.src[p.at] == '\n' && !strings.Contains(p.src[text:p.at], `"`) {
				p.at = begin
				p.fail("the arrow does not end: write A --> B or A -- text --> B")
			}
			if p.src[p.at] == '"' {
				if end := strings.IndexByte(p.src[p.at+1:], '"'); end >= 0 {
					p.at += end + 2
					continue
				}
			}
			if rest := p.rest(); strings.HasPrefix(rest, "--") && stroke == '-' && !dotted || strings.HasPrefix(rest, "==") && stroke == '=' ||
				dotted && (strings.HasPrefix(rest, ".-") || strings.HasPrefix(rest, "..")) {
				e.label = labelLines(strings.Trim(strings.TrimSpace(p.src[text:p.at]), `"`))
				begin = p.at
				if !p.strokes(dotted, stroke) {
					p.at = begin + 2 // e.g. A -- text -- B
				}
				break
			}
			p.at++
		}
	}
	switch p.src[p.at-1] {
	case '>':
		e.tip = chart.TipArrow
	case 'x':
		e.tip = chart.TipCross
	case 'o':
		e.tip = chart.TipCircle
	}
	e.length = p.at - begin - 2 // A ---> B is longer than A --> B
	if dotted {
		e.weight = chart.LineDashed
		e.length = strings.Count(p.src[begin:p.at], ".")
	} else if stroke == '=' {
		e.weight = chart.LineThick
	}
	e.length = min(max(e.length, 1), 8)
	here := p.at
	if p.blanks(); p.skip("|") {
		e.label = p.label("|")
	} else {
		p.at = here
	}
	return e
}

// strokes reads those of a link and its tip; false if it is only the first half.
func (p *parser) strokes(dotted bool, stroke byte) bool {
	if dotted {
		p.skip("-")
		for p.skip(".") {
		}
		if !p.skip("-") {
			return false
		}
	} else {
		n := 0
		for p.at < len(p.src) && p.src[p.at] == stroke {
			p.at++
			n++
		}
		if n == 2 && (p.at >= len(p.src) || !strings.ContainsRune(">xo", rune(p.src[p.at]))) {
			return false
		}
	}
	for _, tip := range []string{">", "x", "o"} {
		if p.skip(tip) {
			break
		}
	}
	return true
}

// resolve turns names of groups into the groups, and groups without content into nodes.
func (g *graph) resolve() {
	named := map[string]*group{}
	for _, s := range g.groups {
		if _, taken := named[s.id]; !taken && s.id != "" {
			named[s.id] = s
		}
	}
	var nodes []*node
	for _, n := range g.nodes {
		if s := named[n.id]; s == nil || s.empty(named) {
			nodes = append(nodes, n)
		} else {
			n.group = nil
		}
	}
	var groups []*group
	for _, s := range g.groups {
		if !s.empty(named) {
			groups = append(groups, s)
			continue
		}
		n := g.byID[s.id]
		if n == nil {
			n = &node{id: s.id}
			nodes = append(nodes, n)
		}
		n.label, n.group = s.title, s.parent
	}
	g.nodes, g.groups = nodes, groups
	for _, e := range g.edges {
		for _, end := range []*end{&e.from, &e.to} {
			if s := named[end.node.id]; s != nil && !s.empty(named) {
				end.node, end.group = nil, s
			}
		}
	}
}

// empty reports whether nothing stands in a group.
func (s *group) empty(named map[string]*group) bool {
	for _, n := range s.nodes {
		if n.group == s && (named[n.id] == nil || named[n.id] == s) && n.id != s.id {
			return false
		}
	}
	for _, in := range s.inner {
		if in.parent == s {
			return false
		}
	}
	return true
}

// nested reports whether one end is the other or stands in it: such an edge says nothing
// about ranks.
func (e *edge) nested() bool {
	return e.from == e.to || e.from.group != nil && e.from.group.contains(e.to) || e.to.group != nil && e.to.group.contains(e.from)
}

// contains reports whether an end stands in the group, or is it.
func (s *group) contains(e end) bool {
	at := e.group
	if e.node != nil {
		at = e.node.group
	}
	for ; at != nil; at = at.parent {
		if at == s {
			return true
		}
	}
	return false
}

// describe says the diagram in words, and adds it to rows: what leads where.
func (g *graph) describe(rows *chart.Table) string {
	var said []string
	for _, s := range g.groups {
		var in []string
		for _, n := range g.nodes {
			if n.group == s {
				in = append(in, oneLine(n.label))
			}
		}
		for _, inner := range g.groups {
			if inner.parent == s {
				in = append(in, oneLine(inner.title))
			}
		}
		rows.Rows = append(rows.Rows, []string{oneLine(s.title), strings.Join(in, "; ")})
		said = append(said, oneLine(s.title)+": "+strings.Join(in, ", "))
	}
	led := map[*node]bool{}
	for _, e := range g.edges {
		if e.hidden {
			continue
		}
		led[e.from.node], led[e.to.node] = true, true
		sign, to := " → ", e.to.name()
		if e.tip == chart.TipNone && e.start == chart.TipNone {
			sign = " — "
		} else if e.start != chart.TipNone && e.tip != chart.TipNone {
			sign = " ↔ "
		}
		if len(e.label) > 0 {
			to += " (" + oneLine(e.label) + ")"
		}
		rows.Rows = append(rows.Rows, []string{e.from.name(), sign[1:len(sign)-1] + " " + to})
		said = append(said, e.from.name()+sign+to)
	}
	for _, n := range g.nodes {
		if !led[n] && n.group == nil {
			rows.Rows = append(rows.Rows, []string{oneLine(n.label), ""})
			said = append(said, oneLine(n.label))
		}
	}
	return strings.Join(said, "; ")
}
