package render

import (
	"bytes"
	"html/template"
	"io"
	"slices"
	"strings"
	"text/template/parse"
)

// Most of a page's frame is words of one language, addresses of assets and
// icons: the same on every page of a language and depth. So before a template
// runs for the first time, every action that depends on nothing else is run and
// replaced by what it says. It takes half of the time off rendering a page, and
// an author's template gains as much as the theme's.

// env is the templates with their functions bound to a language and a depth.
type env struct {
	*template.Template
	folded map[string]bool // by name
}

// scratch is a template whose tree folding borrows, to run one node alone.
const scratch = "fold"

// constant are the functions that say the same as long as the theme and its
// words stay. "tt" does not: its links depend on the site.
var constant = map[string]bool{
	"t": true, "asset": true, "sign": true, "json": true, "add": true, "dict": true, "lower": true,
	"and": true, "or": true, "not": true, "eq": true, "ne": true, "lt": true, "le": true, "gt": true, "ge": true,
	"len": true, "index": true, "slice": true, "print": true, "printf": true, "println": true,
	"html": true, "js": true, "urlquery": true,
}

// fold prepares a template and all that it calls. html/template adds its
// escaping to a tree when the template first runs, so it is run once for nothing:
// without a dot it breaks off at the first field.
func (e *env) fold(name string) {
	if e.folded[name] {
		return
	}
	_ = e.ExecuteTemplate(io.Discard, scratch, nil)
	_ = e.ExecuteTemplate(io.Discard, name, nil)
	e.foldTree(name)
}

func (e *env) foldTree(name string) {
	t := e.Lookup(name)
	if e.folded[name] || t == nil || t.Tree == nil {
		return // a template that html/template made of another for another context stays as it is
	}
	e.folded[name] = true
	e.foldList(t.Tree.Root)
}

func (e *env) foldList(list *parse.ListNode) {
	if list == nil {
		return
	}
	var out []parse.Node
	for _, n := range list.Nodes {
		switch n := n.(type) {
		case *parse.IfNode:
			e.foldList(n.List)
			e.foldList(n.ElseList)
		case *parse.RangeNode:
			e.foldList(n.List)
			e.foldList(n.ElseList)
		case *parse.WithNode:
			e.foldList(n.List)
			e.foldList(n.ElseList)
		case *parse.TemplateNode:
			e.foldTree(n.Name)
		}
		if text, ok := e.text(n); ok {
			last := len(out) - 1
			if before, ok := lastText(out); ok {
				text = append(bytes.Clone(before.Text), text...)
				out = out[:last]
			}
			n = &parse.TextNode{NodeType: parse.NodeText, Pos: n.Position(), Text: text}
		}
		out = append(out, n)
	}
	list.Nodes = out
}

func lastText(nodes []parse.Node) (*parse.TextNode, bool) {
	if len(nodes) == 0 {
		return nil, false
	}
	t, ok := nodes[len(nodes)-1].(*parse.TextNode)
	return t, ok
}

// text is what a node says wherever it runs, if it does.
func (e *env) text(n parse.Node) ([]byte, bool) {
	switch n := n.(type) {
	case *parse.TextNode:
		return n.Text, true
	case *parse.ActionNode:
		if len(n.Pipe.Decl) > 0 || !constantPipe(n.Pipe) {
			return nil, false
		}
	case *parse.TemplateNode:
		if n.Pipe != nil && !constantPipe(n.Pipe) || !e.closed(n.Name, nil) {
			return nil, false
		}
	default:
		return nil, false
	}
	t := e.Lookup(scratch)
	if t == nil || t.Tree == nil {
		return nil, false
	}
	t.Tree.Root.Nodes = []parse.Node{n}
	var b bytes.Buffer
	if err := e.ExecuteTemplate(&b, scratch, nil); err != nil {
		return nil, false // its fault is told when it runs for a page
	}
	return b.Bytes(), true
}

// constantPipe reports whether a pipeline depends on nothing but the theme.
func constantPipe(p *parse.PipeNode) bool {
	for _, c := range p.Cmds {
		for _, arg := range c.Args {
			switch arg := arg.(type) {
			case *parse.StringNode, *parse.NumberNode, *parse.BoolNode:
			case *parse.PipeNode:
				if !constantPipe(arg) {
					return false
				}
			case *parse.IdentifierNode:
				if !constantFunc(arg.Ident) {
					return false
				}
			default:
				return false
			}
		}
	}
	return true
}

func constantFunc(name string) bool {
	return constant[name] || strings.HasPrefix(name, "_html_template_")
}

// closed reports whether a template depends on nothing but the theme and its
// dot; above are those that lead to it.
func (e *env) closed(name string, above []string) bool {
	t := e.Lookup(name)
	return t != nil && t.Tree != nil && !slices.Contains(above, name) && e.closedNode(t.Tree.Root, append(above, name))
}

func (e *env) closedNode(n parse.Node, above []string) bool {
	branch := func(b *parse.BranchNode) bool {
		return e.closedNode(b.Pipe, above) && e.closedNode(b.List, above) && (b.ElseList == nil || e.closedNode(b.ElseList, above))
	}
	switch n := n.(type) {
	case *parse.ListNode:
		return !slices.ContainsFunc(n.Nodes, func(inner parse.Node) bool { return !e.closedNode(inner, above) })
	case *parse.ActionNode:
		return e.closedNode(n.Pipe, above)
	case *parse.IfNode:
		return branch(&n.BranchNode)
	case *parse.RangeNode:
		return branch(&n.BranchNode)
	case *parse.WithNode:
		return branch(&n.BranchNode)
	case *parse.TemplateNode:
		return (n.Pipe == nil || e.closedNode(n.Pipe, above)) && e.closed(n.Name, above)
	case *parse.PipeNode:
		for _, c := range n.Cmds {
			if slices.ContainsFunc(c.Args, func(arg parse.Node) bool { return !e.closedNode(arg, above) }) {
				return false
			}
		}
		return true
	case *parse.IdentifierNode:
		return constantFunc(n.Ident)
	case *parse.TextNode, *parse.StringNode, *parse.NumberNode, *parse.BoolNode, *parse.NilNode,
		*parse.DotNode, *parse.FieldNode, *parse.VariableNode, *parse.CommentNode:
		return true
	}
	return false
}
