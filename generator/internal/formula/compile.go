package formula

import (
	"fmt"
	"slices"
	"strings"

	"playbook/calculators/sheet"
	"playbook/generator/internal/diag"
)

// Text is a formula as it stands in a file.
type Text struct {
	Text string
	At   func(offset int) diag.Pos // where a byte of it stands
}

// Type is what a name holds.
type Type struct {
	Kind    sheet.Kind
	Options []string // of a choice

	plain bool // a number that is written out, which is also an amount
	bad   bool // of what has a fault: it causes no others
}

// Program is a worksheet that is being compiled.
type Program struct {
	sheet   *sheet.Sheet
	scalars map[string]*symbol
	groups  map[string]*group
	lookups map[string]*lookup
	order   []*symbol // formulas as they were defined
	working []*symbol // formulas that are being compiled
	faults  diag.List
	hidden  string // what a step is called that a formula needs beside its own
}

// symbol is a field, a value or a column.
type symbol struct {
	name  string
	typ   Type
	node  sheet.Node
	group *group // of a column
	label string // of steps

	text  Text
	state state // of a formula; an input is done
}

type state uint8

const (
	done state = iota
	waiting
	working
)

type group struct {
	index   int
	name    string
	kind    sheet.GroupKind
	columns map[string]*symbol
}

type lookup struct {
	index    int
	key, are Type
	keys     []string // of an exact one with texts
	exact    bool
	read     bool // by a formula
}

// New begins a program that fills a sheet.
func New(s *sheet.Sheet) *Program {
	return &Program{sheet: s, scalars: map[string]*symbol{}, groups: map[string]*group{}, lookups: map[string]*lookup{}}
}

// Faults are what is wrong with the formulas so far.
func (p *Program) Faults() diag.List { return p.faults }

// Input declares a field.
func (p *Program) Input(name string, t Type) {
	p.scalars[name] = &symbol{name: name, typ: t, node: sheet.Node{Op: sheet.Field, N: len(p.sheet.Fields)}}
	p.sheet.Fields = append(p.sheet.Fields, sheet.Input{Name: name, Kind: t.Kind})
}

// Group declares a group of rows.
func (p *Program) Group(name string, kind sheet.GroupKind) {
	p.groups[name] = &group{index: len(p.sheet.Groups), name: name, kind: kind, columns: map[string]*symbol{}}
	p.sheet.Groups = append(p.sheet.Groups, sheet.Group{Name: name, Kind: kind})
}

// Column declares a column of a group that is no formula. input is the form's field
// in a row, option the key of a choice's words.
func (p *Program) Column(of, name string, t Type, input, option string) {
	g := p.groups[of]
	c := &p.sheet.Groups[g.index].Columns
	g.columns[name] = &symbol{name: name, typ: t, group: g, node: sheet.Node{Op: sheet.CellOf, N: g.index, M: len(*c)}}
	*c = append(*c, sheet.Column{Name: name, Input: input, Kind: t.Kind, Option: option})
}

// Lookup declares a lookup with the types of its keys and of what stands there.
func (p *Program) Lookup(name string, l sheet.Lookup, key, are Type) {
	d := &lookup{index: len(p.sheet.Lookups), key: key, are: are, exact: l.Exact}
	for _, k := range l.Keys {
		d.keys = append(d.keys, k.Text)
	}
	p.lookups[name] = d
	p.sheet.Lookups = append(p.sheet.Lookups, l)
}

// Define adds a formula: a value's, or a column's of a group. label is what reports
// call it.
func (p *Program) Define(of, name, label string, text Text) {
	s := &symbol{name: name, label: label, text: text, state: waiting}
	if of == "" {
		s.node = sheet.Node{Op: sheet.ValueOf, N: len(p.sheet.Values)}
		p.sheet.Values = append(p.sheet.Values, sheet.Value{Name: name})
		p.scalars[name] = s
	} else {
		s.group = p.groups[of]
		c := &p.sheet.Groups[s.group.index].Columns
		s.node = sheet.Node{Op: sheet.CellOf, N: s.group.index, M: len(*c)}
		*c = append(*c, sheet.Column{Name: name})
		s.group.columns[name] = s
	}
	p.order = append(p.order, s)
}

// Compile compiles the formulas.
func (p *Program) Compile() {
	for i, s := range p.order {
		if i == sheet.MaxFormulas {
			p.fault(s.text, 0, fmt.Sprintf("the worksheet has more than %d formulas", sheet.MaxFormulas), "")
			return
		}
		p.compile(s)
	}
}

func (p *Program) fault(t Text, at int, message, help string) {
	p.faults = append(p.faults, diag.Diag{Pos: t.At(at), Rule: "worksheet", Message: message, Help: help})
}

// compile compiles a formula when it is first needed, so that steps come in an order
// in which each finds what it needs.
func (p *Program) compile(s *symbol) {
	if s.state != waiting {
		return
	}
	s.state = working
	p.working = append(p.working, s)
	label := p.hidden
	p.hidden = s.label
	c := &compiler{program: p, text: s.text}
	if s.group != nil {
		c.own = s.group
	}
	node, t, places := c.whole()
	s.typ, s.state = t, done
	p.working = p.working[:len(p.working)-1]
	p.hidden = label
	step := sheet.Step{Group: -1, Index: s.node.N, Places: places, Node: node, Name: s.label}
	show := places
	if t.Kind == sheet.Percent && places >= 0 {
		show -= 2
	}
	if s.group != nil {
		step.Group, step.Index = s.group.index, s.node.M
		column := &p.sheet.Groups[step.Group].Columns[step.Index]
		column.Kind = t.Kind
	} else {
		node := s.node
		p.sheet.Values[s.node.N].Show = sheet.Show{Node: &node, Kind: t.Kind, Places: show}
	}
	p.sheet.Steps = append(p.sheet.Steps, step)
}

// Condition compiles what is yes or no, in the rows of a group or for the sheet.
func (p *Program) Condition(of string, text Text) *sheet.Node {
	c := &compiler{program: p, text: text, own: p.groups[of]}
	at, e := c.parsed()
	if e == nil {
		return nil
	}
	node, t := c.expr(e)
	if !t.bad && t.Kind != sheet.Bool {
		c.fault(at, "a condition is yes or no, this is "+t.Kind.String(), "compare it: x > 0")
	}
	return node
}

// Show compiles what is shown: an expression and how it is written.
func (p *Program) Show(of string, text Text) (sheet.Show, Type) {
	c := &compiler{program: p, text: text, own: p.groups[of]}
	node, t, places := c.whole()
	if t.Kind == sheet.Percent && places >= 0 {
		places -= 2
	}
	show := sheet.Show{Node: node, Kind: t.Kind, Places: places}
	if places < 0 && node != nil { // a name is written as it was declared
		if declared, ok := p.declared(node); ok {
			show.Places = declared
		}
	}
	return show, t
}

// declared is how many places a value or a column was declared with.
func (p *Program) declared(n *sheet.Node) (places int, ok bool) {
	switch n.Op {
	case sheet.ValueOf:
		return p.sheet.Values[n.N].Show.Places, true
	case sheet.CellOf:
		for i := range p.sheet.Steps {
			if s := &p.sheet.Steps[i]; s.Group == n.N && s.Index == n.M {
				if p.sheet.Groups[n.N].Columns[n.M].Kind == sheet.Percent && s.Places >= 0 {
					return s.Places - 2, true
				}
				return s.Places, true
			}
		}
	}
	return 0, false
}

// Names are the names that a formula may use, of the sheet or in the rows of a group.
func (p *Program) Names(of string) []string {
	var all []string
	if g := p.groups[of]; g != nil {
		for n := range g.columns {
			all = append(all, n)
		}
	}
	for n := range p.scalars {
		all = append(all, n)
	}
	slices.Sort(all)
	return all
}

// Has reports whether a name is known, of the sheet or in the rows of a group.
func (p *Program) Has(of, name string) bool { return slices.Contains(p.Names(of), name) }

// compiler compiles one formula.
type compiler struct {
	program *Program
	text    Text
	own     *group   // whose row the formula is computed in; nil for the sheet
	within  []*group // the groups that aggregates around it run over; the slot of each is its place + 1

	// qualified: columns of the own row are named with their group alone.
	qualified bool
}

func (c *compiler) fault(at int, message, help string) {
	c.program.fault(c.text, at, message, help)
}

var faulty = Type{bad: true}

// parsed reads the formula; nil where it cannot be read.
func (c *compiler) parsed() (int, *expr) {
	e, _ := c.read()
	if e == nil {
		return 0, nil
	}
	return e.at, e
}

func (c *compiler) read() (*expr, *asForm) {
	var faults []fault
	e, form := parse(c.text.Text, &faults)
	for _, f := range faults {
		c.fault(f.at, f.message, f.help)
	}
	return e, form
}

// whole compiles the formula with what it says of its kind and places.
func (c *compiler) whole() (*sheet.Node, Type, int) {
	e, form := c.read()
	if e == nil {
		return nil, faulty, -1
	}
	node, t := c.expr(e)
	t.plain = false
	if form == nil {
		return node, t, -1
	}
	if !t.bad && t.Kind != form.kind && (!numeric(t) || form.kind > sheet.Money) {
		c.fault(form.at, fmt.Sprintf("this is %s, not %s", t.Kind, form.kind), "")
		return node, faulty, -1
	}
	t.Kind = form.kind
	places := form.places
	if places >= 0 && form.kind == sheet.Percent {
		places += 2
	}
	return node, t, places
}

func numeric(t Type) bool { return t.Kind <= sheet.Money }

// expr compiles an expression.
func (c *compiler) expr(e *expr) (*sheet.Node, Type) {
	switch e.op {
	case num:
		return &sheet.Node{Op: sheet.Literal, Is: e.num}, Type{Kind: e.kind, plain: e.kind == sheet.Number}
	case str:
		return &sheet.Node{Op: sheet.Literal, Textual: true, Text: e.name}, Type{Kind: sheet.Text, plain: true}
	case name:
		return c.name(e)
	case call:
		return c.call(e)
	}
	if e.op == minus && len(e.args) == 1 {
		node, t := c.expr(e.args[0])
		if !t.bad && !numeric(t) {
			c.fault(e.at, "a minus stands before a number, this is "+t.Kind.String(), "")
			return node, faulty
		}
		return &sheet.Node{Op: sheet.Neg, Args: []*sheet.Node{node}}, t
	}
	nodes, types, fine := make([]*sheet.Node, len(e.args)), make([]Type, len(e.args)), true
	for i, arg := range e.args {
		nodes[i], types[i] = c.expr(arg)
		fine = fine && !types[i].bad
	}
	switch e.op {
	case and, or, not:
		op := map[token]sheet.Op{and: sheet.And, or: sheet.Or, not: sheet.Not}[e.op]
		for i, t := range types {
			if !t.bad && t.Kind != sheet.Bool {
				c.fault(e.args[i].at, "this must be yes or no, and is "+t.Kind.String(), "compare it: x > 0")
				fine = false
			}
		}
		if !fine {
			return nil, faulty
		}
		return &sheet.Node{Op: op, Args: nodes}, Type{Kind: sheet.Bool}
	}
	if !fine {
		return nil, faulty
	}
	if e.op >= equal && e.op <= atLeast {
		return c.compare(e, nodes, types)
	}
	return c.arithmetic(e, nodes, types)
}

// compare compiles a comparison.
func (c *compiler) compare(e *expr, nodes []*sheet.Node, types []Type) (*sheet.Node, Type) {
	yes := Type{Kind: sheet.Bool}
	t, ok := c.same(e, types[0], types[1], "compared")
	if !ok {
		return nil, faulty
	}
	if t.Kind == sheet.Text {
		if e.op != equal && e.op != unequal {
			c.fault(e.at, "texts are compared with = and <> alone", "")
			return nil, faulty
		}
		for i := range 2 {
			if options := types[1-i].Options; options != nil && e.args[i].op == str && !slices.Contains(options, e.args[i].name) {
				c.fault(e.args[i].at, quote(e.args[i].name)+" is none of the options"+diag.Suggest(e.args[i].name, options), "the options are: "+strings.Join(options, ", "))
				return nil, faulty
			}
		}
	}
	if t.Kind == sheet.Bool && e.op != equal && e.op != unequal {
		c.fault(e.at, "yes and no are compared with = and <> alone", "")
		return nil, faulty
	}
	op, flip, swap := sheet.Equal, false, false
	switch e.op {
	case unequal:
		flip = true
	case less:
		op = sheet.Less
	case more:
		op, swap = sheet.Less, true
	case atMost:
		op, swap, flip = sheet.Less, true, true
	case atLeast:
		op, flip = sheet.Less, true
	}
	if t.Kind == sheet.Text {
		op = sheet.Same
	}
	if swap {
		nodes[0], nodes[1] = nodes[1], nodes[0]
	}
	node := &sheet.Node{Op: op, Args: nodes}
	if flip {
		node = &sheet.Node{Op: sheet.Not, Args: []*sheet.Node{node}}
	}
	return node, yes
}

// same is the kind that two values have in common.
func (c *compiler) same(e *expr, a, b Type, verb string) (Type, bool) {
	if t, ok := common(a, b); ok {
		return t, true
	}
	help := ""
	if money, other := a, b; money.Kind == sheet.Money || other.Kind == sheet.Money {
		if other.Kind == sheet.Money {
			money, other = other, money
		}
		switch other.Kind {
		case sheet.Percent:
			help = "write price * (1 + 5%) rather than price + 5%"
		case sheet.Number:
			help = "only a number that is written out, such as 100, is also an amount"
		}
	}
	c.fault(e.at, fmt.Sprintf("%s and %s cannot be %s", a.Kind, b.Kind, verb), help)
	return faulty, false
}

func common(a, b Type) (Type, bool) {
	switch {
	case a.Kind == b.Kind:
		if a.plain && !b.plain {
			return b, true
		}
		a.plain = a.plain && b.plain
		if !slices.Equal(a.Options, b.Options) && a.Options != nil && b.Options != nil {
			a.Options = nil
		}
		return a, true
	case a.plain && numeric(a) && numeric(b):
		return b, true
	case b.plain && numeric(b) && numeric(a):
		return a, true
	case a.Kind < sheet.Money && b.Kind < sheet.Money:
		return Type{Kind: sheet.Number}, true
	}
	return faulty, false
}

// arithmetic compiles + - * / ^.
func (c *compiler) arithmetic(e *expr, nodes []*sheet.Node, types []Type) (*sheet.Node, Type) {
	a, b := types[0], types[1]
	op := map[token]sheet.Op{plus: sheet.Add, minus: sheet.Sub, times: sheet.Mul, over: sheet.Div, power: sheet.Pow}[e.op]
	node := &sheet.Node{Op: op, Args: nodes}
	verb := map[token]string{plus: "added", minus: "subtracted", times: "multiplied", over: "divided", power: "raised to a power"}[e.op]
	refuse := func(help string) (*sheet.Node, Type) {
		c.fault(e.at, fmt.Sprintf("%s and %s cannot be %s", a.Kind, b.Kind, verb), help)
		return nil, faulty
	}
	for _, t := range types {
		if t.Kind == sheet.Text || t.Kind == sheet.Bool {
			return refuse("")
		}
	}
	switch e.op {
	case plus, minus:
		switch {
		case a.Kind == sheet.Date && b.Kind == sheet.Date:
			if e.op == plus {
				return refuse("add days to a date: start + 30")
			}
			return node, Type{Kind: sheet.Number}
		case a.Kind == sheet.Date && b.Kind == sheet.Number, e.op == plus && a.Kind == sheet.Number && b.Kind == sheet.Date:
			// Days are whole.
			i := 1
			if b.Kind == sheet.Date {
				i = 0
			}
			nodes[i] = &sheet.Node{Op: sheet.Round, Args: []*sheet.Node{nodes[i], {Op: sheet.Literal}}}
			return node, Type{Kind: sheet.Date}
		case a.Kind == sheet.Date || b.Kind == sheet.Date:
			return refuse("a date and a number of days go together")
		}
		t, ok := c.same(e, a, b, verb)
		if !ok {
			return nil, faulty
		}
		return node, t
	case times:
		switch {
		case a.Kind == sheet.Date || b.Kind == sheet.Date:
			return refuse("")
		case a.Kind == sheet.Money && b.Kind == sheet.Money:
			return refuse("multiply an amount by a number or a percentage")
		case a.Kind == sheet.Money || b.Kind == sheet.Money:
			return node, Type{Kind: sheet.Money}
		case a.Kind == b.Kind:
			return node, Type{Kind: a.Kind, plain: a.plain && b.plain}
		}
		return node, Type{Kind: sheet.Number}
	case over:
		switch {
		case a.Kind == sheet.Date || b.Kind == sheet.Date, b.Kind == sheet.Money && a.Kind != sheet.Money:
			return refuse("")
		case a.Kind == sheet.Money && b.Kind != sheet.Money:
			return node, Type{Kind: sheet.Money}
		case a.Kind == sheet.Percent && b.Kind == sheet.Number:
			return node, a
		}
		return node, Type{Kind: sheet.Number, plain: a.plain && b.plain}
	}
	if a.Kind >= sheet.Money || b.Kind != sheet.Number {
		return refuse("a number is raised to a whole number")
	}
	return node, Type{Kind: sheet.Number}
}

// name compiles a name.
func (c *compiler) name(e *expr) (*sheet.Node, Type) {
	switch strings.ToLower(e.name) {
	case "true", "false":
		n := &sheet.Node{Op: sheet.Literal}
		if strings.EqualFold(e.name, "true") {
			n.Is = sheet.Int(1)
		}
		return n, Type{Kind: sheet.Bool}
	}
	p := c.program
	if c.own != nil {
		if s := c.own.columns[e.name]; s != nil && (!c.qualified || e.name == c.own.name) {
			return c.cell(e, s, 0)
		}
	}
	if s := p.scalars[e.name]; s != nil {
		return c.use(e, s)
	}
	of, column, dotted := strings.Cut(e.name, ".")
	g := p.groups[of]
	if g == nil {
		c.unknown(e)
		return nil, faulty
	}
	if !dotted {
		column = of // a series' own number
	}
	s := g.columns[column]
	slot := -1
	for i, bound := range c.within {
		if bound == g {
			slot = i + 1
		}
	}
	if slot < 0 && c.own == g {
		slot = 0
	}
	switch {
	case s == nil && !dotted:
		c.fault(e.at, quote(of)+" is a group of rows, not a value", "use a function of rows: count("+of+")")
		return nil, faulty
	case s == nil:
		var names []string
		for n := range g.columns {
			names = append(names, n)
		}
		slices.Sort(names)
		c.fault(e.at, quote(of)+" has no "+quote(column)+diag.Suggest(column, names), "it has "+strings.Join(names, ", "))
		return nil, faulty
	case slot < 0:
		c.fault(e.at, quote(e.name)+" has a value in every row", "use a function of rows: sum("+e.name+")")
		return nil, faulty
	}
	return c.cell(e, s, slot)
}

func (c *compiler) cell(e *expr, s *symbol, slot int) (*sheet.Node, Type) {
	node, t := c.use(e, s)
	if node != nil {
		node.Slot = slot
	}
	return node, t
}

// use compiles a symbol's formula first, where it has one.
func (c *compiler) use(e *expr, s *symbol) (*sheet.Node, Type) {
	p := c.program
	if s.state == working {
		var names []string
		for _, w := range p.working[slices.Index(p.working, s):] {
			names = append(names, full(w))
		}
		message := quote(full(s)) + " needs itself"
		if len(names) > 1 {
			message = "a circle: " + strings.Join(append(names, full(s)), " needs ")
		}
		c.fault(e.at, message, "")
		return nil, faulty
	}
	p.compile(s)
	if s.typ.bad {
		return nil, faulty
	}
	node := s.node
	return &node, s.typ
}

func full(s *symbol) string {
	if s.group != nil {
		return s.group.name + "." + s.name
	}
	return s.name
}

func (c *compiler) unknown(e *expr) {
	p := c.program
	var names []string
	for n := range p.scalars {
		names = append(names, n)
	}
	for n, g := range p.groups {
		names = append(names, n)
		for column := range g.columns {
			names = append(names, n+"."+column)
		}
	}
	if c.own != nil && !c.qualified {
		for n := range c.own.columns {
			names = append(names, n)
		}
	}
	slices.Sort(names)
	help := ""
	if _, is := functions[strings.ToLower(e.name)]; is {
		help = "a function has brackets: " + e.name + "(…)"
	} else if p.lookups[e.name] != nil {
		help = "read the lookup with at(" + e.name + ", …)"
	}
	c.fault(e.at, "there is no "+quote(e.name)+diag.Suggest(e.name, slices.Compact(names)), help)
}
