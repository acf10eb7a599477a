package formula

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"playbook/calculators/sheet"
	"playbook/generator/internal/diag"
)

// function is what a formula may call.
type function struct {
	least, most int  // values; most 0 is no bound
	rows        bool // it runs over rows and may have a "where"
	like        string
}

// functions by their names. like is how each is written.
var functions = map[string]function{
	"sum":         {1, 1, true, "sum(order.value where order.won)"},
	"count":       {1, 1, true, "count(order where order.won)"},
	"average":     {1, 1, true, "average(order.value)"},
	"first":       {1, 1, true, "first(order.name where order.late)"},
	"any":         {1, 1, true, "any(order.late)"},
	"all":         {1, 1, true, "all(order.won)"},
	"npv":         {2, 2, true, "npv(rate, year.net)"},
	"min":         {1, 0, true, "min(a, b), or min(order.value) of rows"},
	"max":         {1, 0, true, "max(a, b), or max(order.value) of rows"},
	"if":          {3, 0, false, "if(condition, value, otherwise)"},
	"and":         {1, 0, false, "and(a, b)"},
	"or":          {1, 0, false, "or(a, b)"},
	"first_known": {2, 0, false, "first_known(a, b)"},
	"known":       {1, 1, false, "known(a)"},
	"empty":       {1, 1, false, "empty(a)"},
	"round":       {1, 2, false, "round(a, places)"},
	"ceil":        {1, 2, false, "ceil(a, places)"},
	"floor":       {1, 2, false, "floor(a, places)"},
	"abs":         {1, 1, false, "abs(a)"},
	"at":          {2, 2, false, "at(table, key)"},
	"tiered":      {2, 2, false, "tiered(table, amount)"},
	"days":        {2, 2, false, "days(from, to)"},
	"months":      {2, 2, false, "months(from, to)"},
	"add_months":  {2, 2, false, "add_months(date, months)"},
	"running":     {1, 1, false, "running(year.net)"},
	"share":       {1, 1, false, "share(value)"},
	"split":       {2, 3, false, "split(total, weight)"},
}

// Functions are the names of the functions, in alphabetical order.
func Functions() []string { return slices.Sorted(maps.Keys(functions)) }

// call compiles a function.
func (c *compiler) call(e *expr) (*sheet.Node, Type) {
	f, ok := functions[e.name]
	if !ok {
		c.fault(e.at, "there is no function "+quote(e.name)+diag.Suggest(e.name, Functions()), "the functions are: "+strings.Join(Functions(), ", "))
		return nil, faulty
	}
	if n := len(e.args); n < f.least || f.most > 0 && n > f.most {
		want := fmt.Sprintf("%d", f.least)
		if f.most == 0 {
			want += " or more"
		} else if f.most != f.least {
			want += fmt.Sprintf(" or %d", f.most)
		}
		values := "values"
		if want == "1" {
			values = "value"
		}
		c.fault(e.at, fmt.Sprintf("%s takes %s %s, not %d", e.name, want, values, n), "write "+f.like)
		return nil, faulty
	}
	rows := f.rows && (e.name != "min" && e.name != "max" || len(e.args) == 1)
	if e.cond != nil && !rows {
		c.fault(e.cond.at, `"where" belongs to functions of rows`, "write "+f.like)
		return nil, faulty
	}
	switch {
	case rows:
		return c.aggregate(e)
	case e.name == "running" || e.name == "share" || e.name == "split":
		return c.column(e)
	case e.name == "at" || e.name == "tiered":
		return c.look(e)
	}
	nodes, types, fine := make([]*sheet.Node, len(e.args)), make([]Type, len(e.args)), true
	for i, arg := range e.args {
		nodes[i], types[i] = c.expr(arg)
		fine = fine && !types[i].bad
	}
	if !fine {
		return nil, faulty
	}
	want := func(i int, allowed bool, what string) bool {
		if !allowed {
			c.fault(e.args[i].at, fmt.Sprintf("%s takes %s here, this is %s", e.name, what, types[i].Kind), "write "+f.like)
		}
		return allowed
	}
	make := func(op sheet.Op, t Type) (*sheet.Node, Type) { return &sheet.Node{Op: op, Args: nodes}, t }
	switch e.name {
	case "and", "or":
		for i := range types {
			if !want(i, types[i].Kind == sheet.Bool, "what is yes or no") {
				return nil, faulty
			}
		}
		return make(map[string]sheet.Op{"and": sheet.And, "or": sheet.Or}[e.name], Type{Kind: sheet.Bool})
	case "known", "empty":
		node, t := make(sheet.Known, Type{Kind: sheet.Bool})
		if e.name == "empty" {
			node = &sheet.Node{Op: sheet.Not, Args: []*sheet.Node{node}}
		}
		return node, t
	case "if":
		if len(nodes)%2 == 0 {
			c.fault(e.at, "if lacks the value for when no condition holds", "write if(a, x, b, y, otherwise)")
			return nil, faulty
		}
		result := types[len(types)-1]
		for i := 0; i+1 < len(types); i += 2 {
			if !want(i, types[i].Kind == sheet.Bool, "a condition") {
				return nil, faulty
			}
			var same bool
			if result, same = c.same(e.args[i+1], types[i+1], result, "results of one if"); !same {
				return nil, faulty
			}
		}
		return make(sheet.If, result)
	case "first_known", "min", "max":
		result := types[0]
		for i, t := range types {
			if e.name != "first_known" && !want(i, t.Kind <= sheet.Date, "numbers or dates") {
				return nil, faulty
			}
			var same bool
			if result, same = c.same(e.args[i], result, t, "compared"); !same {
				return nil, faulty
			}
		}
		return make(map[string]sheet.Op{"first_known": sheet.FirstKnown, "min": sheet.Least, "max": sheet.Greatest}[e.name], result)
	case "round", "ceil", "floor":
		if !want(0, numeric(types[0]), "a number") {
			return nil, faulty
		}
		if len(nodes) == 1 {
			nodes = append(nodes, &sheet.Node{Op: sheet.Literal})
		} else if !want(1, types[1].Kind == sheet.Number, "a number of places") {
			return nil, faulty
		}
		return make(map[string]sheet.Op{"round": sheet.Round, "ceil": sheet.Ceil, "floor": sheet.Floor}[e.name], types[0])
	case "abs":
		if !want(0, numeric(types[0]), "a number") {
			return nil, faulty
		}
		return make(sheet.Abs, types[0])
	case "days":
		if !want(0, types[0].Kind == sheet.Date, "a date") || !want(1, types[1].Kind == sheet.Date, "a date") {
			return nil, faulty
		}
		nodes[0], nodes[1] = nodes[1], nodes[0]
		return make(sheet.Sub, Type{Kind: sheet.Number})
	case "months":
		if !want(0, types[0].Kind == sheet.Date, "a date") || !want(1, types[1].Kind == sheet.Date, "a date") {
			return nil, faulty
		}
		return make(sheet.Months, Type{Kind: sheet.Number})
	}
	if !want(0, types[0].Kind == sheet.Date, "a date") || !want(1, types[1].Kind == sheet.Number, "a number of months") {
		return nil, faulty
	}
	return make(sheet.AddMonths, Type{Kind: sheet.Date})
}

// look compiles at and tiered, whose first value names a lookup.
func (c *compiler) look(e *expr) (*sheet.Node, Type) {
	p := c.program
	l := p.lookups[e.args[0].name]
	if e.args[0].op != name || l == nil {
		names := slices.Sorted(maps.Keys(p.lookups))
		help := "the lookups are: " + strings.Join(names, ", ")
		if len(names) == 0 {
			help = "the worksheet has no lookups"
		}
		c.fault(e.args[0].at, e.name+" names a lookup first"+diag.Suggest(e.args[0].name, names), help)
		return nil, faulty
	}
	node, t := c.expr(e.args[1])
	if t.bad {
		return nil, faulty
	}
	if l.exact && t.Kind == sheet.Text && l.key.Kind == sheet.Number && !l.read {
		// Options may look like numbers.
		l.key.Kind = sheet.Text
		for _, k := range p.sheet.Lookups[l.index].Keys {
			k.Textual = true
		}
	}
	l.read = true
	key := l.key
	key.plain = numeric(key)
	if _, ok := common(t, key); !ok {
		c.fault(e.args[1].at, fmt.Sprintf("the lookup's keys are of another kind than this: %s", t.Kind), "")
		return nil, faulty
	}
	op := sheet.At
	result := l.are
	if e.name == "tiered" {
		op = sheet.Tiered
		if l.exact || !numeric(l.are) || !numeric(t) {
			c.fault(e.at, "tiered reads a lookup with bands of numbers", "write the lookup with \"from\"")
			return nil, faulty
		}
		switch {
		case l.are.Kind == sheet.Money && t.Kind == sheet.Money:
			c.fault(e.at, "an amount of money and an amount of money cannot be multiplied", "")
			return nil, faulty
		case t.Kind == sheet.Money:
			result = t
		}
	} else if l.exact {
		for _, option := range t.Options {
			if !slices.Contains(l.keys, option) {
				c.fault(e.args[1].at, "the lookup has nothing for the option "+quote(option), "")
				return nil, faulty
			}
		}
	}
	return &sheet.Node{Op: op, N: l.index, Args: []*sheet.Node{node}}, result
}

// mentions lists the groups whose columns an expression names, leaving out what
// other functions of rows in it run over.
func (c *compiler) mentions(e *expr, all []*group) []*group {
	if e == nil {
		return all
	}
	if e.op == name {
		of, _, dotted := strings.Cut(e.name, ".")
		g := c.program.groups[of]
		if g != nil && (dotted && c.program.scalars[e.name] == nil || !dotted && c.program.scalars[of] == nil && (c.own == nil || c.own.columns[of] == nil)) && !slices.Contains(all, g) {
			all = append(all, g)
		}
		return all
	}
	if e.op == call && functions[e.name].rows && (len(e.args) == 1 || e.name == "npv") {
		return all
	}
	for _, arg := range e.args {
		all = c.mentions(arg, all)
	}
	return all
}

var aggregates = map[string]sheet.Op{
	"sum": sheet.Sum, "min": sheet.Min, "max": sheet.Max, "count": sheet.Count, "average": sheet.Average,
	"first": sheet.First, "any": sheet.Any, "all": sheet.All, "npv": sheet.NPV,
}

// aggregate compiles a function of rows.
func (c *compiler) aggregate(e *expr) (*sheet.Node, Type) {
	like := "write " + functions[e.name].like
	body := e.args[len(e.args)-1]
	g := c.over(e, body, like)
	if g == nil {
		return nil, faulty
	}
	var rate *sheet.Node
	if e.name == "npv" {
		if e.cond != nil {
			c.fault(e.cond.at, "npv has no \"where\": every period counts", "")
			return nil, faulty
		}
		node, t := c.expr(e.args[0])
		if t.bad {
			return nil, faulty
		}
		if t.Kind > sheet.Percent {
			c.fault(e.args[0].at, "npv takes a rate here, this is "+t.Kind.String(), like)
			return nil, faulty
		}
		rate = node
	}
	inner := *c
	inner.within = append(slices.Clone(c.within), g)
	slot := len(inner.within)
	if slot >= sheet.MaxDepth {
		c.fault(e.at, "functions of rows are nested too deeply", "")
		return nil, faulty
	}
	var node *sheet.Node
	t := Type{Kind: sheet.Bool}
	if e.name == "count" && body.op == name && body.name == g.name {
		node = &sheet.Node{Op: sheet.Literal}
	} else if node, t = inner.expr(body); t.bad {
		if e.cond != nil {
			inner.expr(e.cond) // its faults are told too
		}
		return nil, faulty
	}
	var cond *sheet.Node
	if e.cond != nil {
		var ct Type
		if cond, ct = inner.expr(e.cond); ct.bad {
			return nil, faulty
		}
		if ct.Kind != sheet.Bool {
			c.fault(e.cond.at, "a condition is yes or no, this is "+ct.Kind.String(), "compare it: x > 0")
			return nil, faulty
		}
	}
	fits := true
	what := "numbers"
	switch e.name {
	case "sum", "average", "npv":
		fits = numeric(t)
	case "min", "max":
		fits, what = t.Kind <= sheet.Date, "numbers or dates"
	case "any", "all":
		fits, what = t.Kind == sheet.Bool, "what is yes or no"
	}
	if !fits {
		c.fault(body.at, fmt.Sprintf("%s takes %s, this is %s", e.name, what, t.Kind), like)
		return nil, faulty
	}
	t.plain = false
	if e.name == "count" {
		t = Type{Kind: sheet.Number}
	}
	result := &sheet.Node{Op: aggregates[e.name], N: g.index, Slot: slot, Args: []*sheet.Node{node, cond}}
	if rate != nil {
		result.Args = append(result.Args, rate)
	}
	// What is the same in every row is computed once.
	if (c.own != nil || len(c.within) > 0) && !outward(result, slot) {
		result = &sheet.Node{Op: sheet.Memo, N: c.program.sheet.Memos, Args: []*sheet.Node{result}}
		c.program.sheet.Memos++
	}
	return result, t
}

// outward reports whether an expression reads a row that something around it binds.
func outward(n *sheet.Node, slot int) bool {
	if n == nil {
		return false
	}
	if n.Op == sheet.CellOf && n.Slot < slot {
		return true
	}
	for _, arg := range n.Args {
		if outward(arg, slot) {
			return true
		}
	}
	return false
}

// over finds the group that a function of rows runs over: the one that it names and
// that nothing around it runs over.
func (c *compiler) over(e, body *expr, like string) *group {
	all := c.mentions(e.cond, c.mentions(body, nil))
	var free []*group
	for _, g := range all {
		if !slices.Contains(c.within, g) {
			free = append(free, g)
		}
	}
	if len(free) > 1 {
		free = slices.DeleteFunc(free, func(g *group) bool { return g == c.own })
	}
	if len(free) == 0 {
		free = all
	}
	switch len(free) {
	case 1:
		return free[0]
	case 0:
		// A name that is unknown is the better fault.
		inner := *c
		before := len(c.program.faults)
		if _, t := inner.expr(body); t.bad && len(c.program.faults) > before {
			return nil
		}
		c.fault(e.at, e.name+" runs over rows, and nothing in it has rows", like)
		return nil
	}
	var names []string
	for _, g := range free {
		names = append(names, quote(g.name))
	}
	c.fault(e.at, e.name+" runs over the rows of one group, and this names "+strings.Join(names, " and "), "")
	return nil
}

// column compiles running, share and split, which need all rows of a group: a
// column of their own.
func (c *compiler) column(e *expr) (*sheet.Node, Type) {
	like := "write " + functions[e.name].like
	inner := *c
	slot := 0
	if n := len(c.within); n > 0 {
		slot = n
		inner.own, inner.within, inner.qualified = c.within[n-1], nil, true
	}
	if inner.own == nil {
		c.fault(e.at, e.name+" needs a row", "use it in a formula of rows, or in a function of rows")
		return nil, faulty
	}
	p := c.program
	step := sheet.Step{Kind: map[string]sheet.StepKind{"running": sheet.Running, "share": sheet.Share, "split": sheet.Split}[e.name], Group: inner.own.index, Places: -1, Name: p.hidden}
	body := e.args[0]
	var total Type
	if e.name == "split" {
		body = e.args[1]
		sheetwide := compiler{program: p, text: c.text}
		step.Total, total = sheetwide.expr(e.args[0])
	}
	node, t := inner.expr(body)
	if t.bad || total.bad {
		return nil, faulty
	}
	if !numeric(t) || !numeric(total) {
		c.fault(body.at, e.name+" takes numbers, this is "+t.Kind.String(), like)
		return nil, faulty
	}
	t.plain = false
	switch e.name {
	case "share":
		t = Type{Kind: sheet.Percent}
	case "split":
		t = total
		t.plain = false
		step.Places = 0
		if t.Kind == sheet.Money {
			step.Places = 2
		}
		if len(e.args) == 3 {
			n, whole := e.args[2].num.Whole()
			if e.args[2].op != num || !whole || n < 0 || n > 6 {
				c.fault(e.args[2].at, "the places of a split are written out, from 0 to 6", "")
				return nil, faulty
			}
			step.Places = int(n)
		}
	}
	columns := &p.sheet.Groups[inner.own.index].Columns
	step.Node, step.Index = node, len(*columns)
	*columns = append(*columns, sheet.Column{Kind: t.Kind})
	p.sheet.Steps = append(p.sheet.Steps, step)
	return &sheet.Node{Op: sheet.CellOf, N: inner.own.index, M: step.Index, Slot: slot}, t
}
