package fasttemplate

import (
	"reflect"
	"slices"
	"strconv"
	"text/template/parse"
)

// piece is some text, and what follows it unless that is nil.
type piece struct {
	text string
	do   action
}

type action func(x *execution, dot reflect.Value)

// expr is an expression. One that is known has the same value wherever it runs.
type expr struct {
	eval  func(x *execution, dot reflect.Value) reflect.Value
	known bool
	value reflect.Value
}

func (p *program) compile() {
	c := &compiler{bound: p.bound, vars: []string{"$"}}
	body, ok := c.tree(p.name)
	p.body, p.slots = body, max(c.slots, 1)
	p.left.Store(!ok)
}

// compiler compiles one template.
type compiler struct {
	bound     *Bound
	vars      []string // in scope; the index is the variable's slot
	slots     int
	dot, root *reflect.Value // "." and "$" where they are known
	inlined   []string       // templates whose text is being found out, from the outermost
}

// tree compiles a template's tree, unless it has something unknown.
func (c *compiler) tree(name string) (body []piece, ok bool) {
	defer recoverGiveUp()
	// A template that html/template made of another for another context is
	// nowhere to be looked up.
	t := c.bound.templates.escaped.Lookup(name)
	if t == nil || t.Tree == nil {
		return nil, false
	}
	return c.list(nil, t.Tree.Root), true
}

func addText(out []piece, text string) []piece {
	if text == "" {
		return out
	}
	if n := len(out); n > 0 && out[n-1].do == nil {
		out[n-1].text += text
		return out
	}
	return append(out, piece{text: text})
}

func addAction(out []piece, do action) []piece {
	if n := len(out); n > 0 && out[n-1].do == nil {
		out[n-1].do = do
		return out
	}
	return append(out, piece{do: do})
}

func (c *compiler) list(out []piece, list *parse.ListNode) []piece {
	if list == nil {
		return out
	}
	for _, n := range list.Nodes {
		switch n := n.(type) {
		case *parse.CommentNode:
		case *parse.TextNode:
			out = addText(out, string(n.Text))
		case *parse.ActionNode:
			out = c.action(out, n.Pipe)
		case *parse.IfNode:
			out = c.branch(out, &n.BranchNode, false)
		case *parse.WithNode:
			out = c.branch(out, &n.BranchNode, true)
		case *parse.RangeNode:
			out = addAction(out, c.loop(n))
		case *parse.TemplateNode:
			out = c.template(out, n)
		default:
			panic(giveUp{})
		}
	}
	return out
}

// scoped compiles a list whose variables end with it.
func (c *compiler) scoped(list *parse.ListNode) []piece {
	scope := len(c.vars)
	defer func() { c.vars = c.vars[:scope] }()
	return c.list(nil, list)
}

// action compiles a pipeline that prints or declares. What is printed must end
// in escapers that this package knows.
func (c *compiler) action(out []piece, p *parse.PipeNode) []piece {
	if len(p.Decl) > 0 {
		e := c.pipe(p)
		return addAction(out, func(x *execution, dot reflect.Value) { e.eval(x, dot) })
	}
	commands, escape := c.bound.escaperOf(p.Cmds)
	if escape == nil {
		panic(giveUp{})
	}
	e := c.commands(commands)
	if e.known {
		x := &execution{}
		if attempt(func() { x.print(e.value, escape) }) {
			return addText(out, string(x.out))
		}
	}
	return addAction(out, func(x *execution, dot reflect.Value) { x.print(e.eval(x, dot), escape) })
}

// branch compiles if and with, which moves the dot.
func (c *compiler) branch(out []piece, n *parse.BranchNode, with bool) []piece {
	scope, above := len(c.vars), c.dot
	defer func() { c.vars, c.dot = c.vars[:scope], above }()
	e := c.pipe(n.Pipe)
	if e.known {
		if !truth(e.value) {
			return c.list(out, n.ElseList)
		}
		if with {
			c.dot = &e.value
		}
		return c.list(out, n.List)
	}
	otherwise := c.scoped(n.ElseList)
	if !with {
		then := c.scoped(n.List)
		return addAction(out, func(x *execution, dot reflect.Value) {
			if truth(e.eval(x, dot)) {
				x.run(then, dot)
			} else {
				x.run(otherwise, dot)
			}
		})
	}
	c.dot = nil
	then := c.scoped(n.List)
	return addAction(out, func(x *execution, dot reflect.Value) {
		if v := e.eval(x, dot); truth(v) {
			x.run(then, v)
		} else {
			x.run(otherwise, dot)
		}
	})
}

// loop compiles range over slices and arrays.
func (c *compiler) loop(n *parse.RangeNode) action {
	scope, above := len(c.vars), c.dot
	defer func() { c.vars = c.vars[:scope] }()
	e := c.pipe(n.Pipe)
	// With one variable it is the element, with two the first is the index.
	index, element := -1, -1
	switch decl := n.Pipe.Decl; len(decl) {
	case 2:
		index, element = c.slot(decl[0].Ident[0]), c.slot(decl[1].Ident[0])
	case 1:
		element = c.slot(decl[0].Ident[0])
	}
	c.dot = nil
	body := c.scoped(n.List)
	c.dot = above
	empty := c.scoped(n.ElseList)
	return func(x *execution, dot reflect.Value) {
		v := deref(e.eval(x, dot))
		count := 0
		switch v.Kind() {
		case reflect.Slice, reflect.Array:
			count = v.Len()
		case reflect.Invalid:
		default:
			panic(giveUp{})
		}
		for i := range count {
			at := v.Index(i)
			if index >= 0 {
				x.vars[x.base+index] = reflect.ValueOf(i)
			}
			if element >= 0 {
				x.vars[x.base+element] = at
			}
			x.run(body, at)
		}
		if count == 0 {
			x.run(empty, dot)
		}
	}
}

// template compiles a call. Called with what is known, a template may come down
// to text: an icon does.
func (c *compiler) template(out []piece, n *parse.TemplateNode) []piece {
	e := known(reflect.Value{})
	if n.Pipe != nil {
		e = c.pipe(n.Pipe)
	}
	if e.known {
		if text, ok := c.inline(n.Name, e.value); ok {
			return addText(out, text)
		}
	}
	p := c.bound.program(n.Name)
	return addAction(out, func(x *execution, dot reflect.Value) { p.run(x, e.eval(x, dot)) })
}

// inline is what a template says to a dot, if that can be known.
func (c *compiler) inline(name string, dot reflect.Value) (string, bool) {
	if slices.Contains(c.inlined, name) {
		return "", false
	}
	in := &compiler{bound: c.bound, vars: []string{"$"}, dot: &dot, root: &dot, inlined: append(c.inlined, name)}
	body, ok := in.tree(name)
	switch {
	case ok && len(body) == 0:
		return "", true
	case ok && len(body) == 1 && body[0].do == nil:
		return body[0].text, true
	}
	return "", false
}

// pipe compiles a pipeline and declares or sets its variables.
func (c *compiler) pipe(p *parse.PipeNode) expr {
	e := c.commands(p.Cmds)
	if len(p.Decl) == 0 {
		return e
	}
	slots := make([]int, len(p.Decl))
	for i, v := range p.Decl {
		if !p.IsAssign {
			c.vars = append(c.vars, v.Ident[0])
			c.slots = max(c.slots, len(c.vars))
		}
		if v.Ident[0] == "$" {
			panic(giveUp{}) // it may be known
		}
		slots[i] = c.slot(v.Ident[0])
	}
	return expr{eval: func(x *execution, dot reflect.Value) reflect.Value {
		v := e.eval(x, dot)
		for _, s := range slots {
			x.vars[x.base+s] = v
		}
		return v
	}}
}

func (c *compiler) slot(name string) int {
	for i := len(c.vars) - 1; i >= 0; i-- {
		if c.vars[i] == name {
			return i
		}
	}
	panic(giveUp{})
}

// commands compiles the commands of a pipeline, each with the value of the one
// before as its last argument.
func (c *compiler) commands(cmds []*parse.CommandNode) expr {
	if len(cmds) == 0 {
		panic(giveUp{})
	}
	var e expr
	for i, cmd := range cmds {
		var args []expr
		for _, arg := range cmd.Args[1:] {
			args = append(args, c.operand(arg, nil))
		}
		if i > 0 {
			args = append(args, e)
		}
		e = contained(c.operand(cmd.Args[0], args))
	}
	return e
}

// operand compiles a value: of a field, a method or a function with arguments,
// or one that takes none.
func (c *compiler) operand(n parse.Node, args []expr) expr {
	switch n := n.(type) {
	case *parse.FieldNode:
		return c.fields(c.here(), n.Ident, args)
	case *parse.ChainNode:
		return c.fields(c.operand(n.Node, nil), n.Field, args)
	case *parse.VariableNode:
		return c.fields(c.variable(n.Ident[0]), n.Ident[1:], args)
	case *parse.IdentifierNode:
		return c.call(n.Ident, args)
	}
	if len(args) > 0 {
		panic(giveUp{})
	}
	switch n := n.(type) {
	case *parse.DotNode:
		return c.here()
	case *parse.PipeNode:
		return c.pipe(n)
	case *parse.StringNode:
		return known(reflect.ValueOf(n.Text))
	case *parse.BoolNode:
		return known(reflect.ValueOf(n.True))
	case *parse.NumberNode:
		// A number that could be of another type than int is for html/template.
		if i, err := strconv.Atoi(n.Text); err == nil && n.IsInt && int64(i) == n.Int64 {
			return known(reflect.ValueOf(i))
		}
	}
	panic(giveUp{})
}

func known(v reflect.Value) expr {
	return expr{func(*execution, reflect.Value) reflect.Value { return v }, true, v}
}

// here is the dot.
func (c *compiler) here() expr {
	if c.dot != nil {
		return known(*c.dot)
	}
	return expr{eval: func(_ *execution, dot reflect.Value) reflect.Value { return dot }}
}

func (c *compiler) variable(name string) expr {
	if name == "$" && c.root != nil {
		return known(*c.root)
	}
	slot := c.slot(name)
	return expr{eval: func(x *execution, _ reflect.Value) reflect.Value { return x.vars[x.base+slot] }}
}

// contained is an expression without the empty interface around its value.
func contained(e expr) expr {
	contents := func(v reflect.Value) reflect.Value {
		if v.Kind() == reflect.Interface && v.NumMethod() == 0 {
			return v.Elem()
		}
		return v
	}
	if e.known {
		return known(contents(e.value))
	}
	eval := e.eval
	return expr{eval: func(x *execution, dot reflect.Value) reflect.Value { return contents(eval(x, dot)) }}
}

// fields compiles a chain of fields and methods; the last takes the arguments.
func (c *compiler) fields(e expr, names []string, args []expr) expr {
	if len(names) == 0 && len(args) > 0 {
		panic(giveUp{})
	}
	for i, name := range names {
		f := &field{name: name}
		of := e
		if i < len(names)-1 || len(args) == 0 {
			e = expr{eval: func(x *execution, dot reflect.Value) reflect.Value { return f.get(of.eval(x, dot), nil) }}
		} else {
			e = expr{eval: func(x *execution, dot reflect.Value) reflect.Value {
				v := of.eval(x, dot)
				values := x.push(args, dot)
				v = f.get(v, values)
				x.pop(len(values))
				return v
			}}
		}
		if of.known && len(args) == 0 {
			e = folded(e)
		}
	}
	return e
}

// folded is a known expression instead of one that depends on nothing, unless
// it fails: then its fault is told when it runs for a page.
func folded(e expr) expr {
	x := &execution{}
	var v reflect.Value
	if !attempt(func() { v = e.eval(x, reflect.Value{}) }) {
		return e
	}
	return known(v)
}

// call compiles the call of a function.
func (c *compiler) call(name string, args []expr) expr {
	var e expr
	dynamic := c.bound.dynamic[name]
	if dynamic {
		e.eval = func(x *execution, dot reflect.Value) reflect.Value {
			values := x.push(args, dot)
			v := invoke(x.executor.funcs[name], values)
			x.pop(len(values))
			return v
		}
	} else if f, ok := c.bound.funcs[name]; ok {
		fn := reflect.ValueOf(f)
		e.eval = func(x *execution, dot reflect.Value) reflect.Value {
			values := x.push(args, dot)
			v := invoke(fn, values)
			x.pop(len(values))
			return v
		}
	} else if name == "and" || name == "or" {
		if len(args) == 0 {
			panic(giveUp{})
		}
		e.eval = func(x *execution, dot reflect.Value) (v reflect.Value) {
			for _, arg := range args {
				if v = arg.eval(x, dot); truth(v) == (name == "or") {
					break
				}
			}
			return v
		}
	} else if f := builtins[name]; f != nil {
		e.eval = func(x *execution, dot reflect.Value) reflect.Value {
			values := x.push(args, dot)
			v := f(values)
			x.pop(len(values))
			return v
		}
	} else {
		panic(giveUp{})
	}
	if dynamic || slices.ContainsFunc(args, func(arg expr) bool { return !arg.known }) {
		return e
	}
	return folded(e)
}
