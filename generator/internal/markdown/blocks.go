package markdown

import (
	"github.com/yuin/goldmark/ast"

	"playbook/generator/internal/diag"
)

// block is a kind of block that an author can write. Each is one file, which adds it
// to the registry. What readers see of it is the template blocks/NAME.html or, where
// text flows through it, written here.
type block struct {
	name     string
	notation string // how it is written

	// fence reads a fenced block that begins with the name; nil if it stays code.
	fence func(r *reading, n *ast.FencedCodeBlock, arg string, at [2]diag.Pos) Block

	// node is a kind of node that may be such a block. make puts the block in its
	// place if it is; what is in it has been read.
	node ast.NodeKind
	make func(r *reading, container, n ast.Node)

	// gather makes blocks of several children of a container, before what is in it is
	// read.
	gather func(r *reading, container ast.Node)

	// write registers how the nodes that make has made are written.
	write func(on register)
}

// blocks are the kinds of block; each file of one adds it.
var blocks []*block

func addBlock(b block) { blocks = append(blocks, &b) }

// makeBlocks makes blocks of a node, until it is one.
func (r *reading) makeBlocks(container, n ast.Node) {
	for _, b := range blocks {
		if b.make != nil && b.node == n.Kind() && n.Parent() == container {
			b.make(r, container, n)
		}
	}
}

// folded is a node whose content may be hidden.
type folded interface{ folded() bool }

// isFolded reports whether a node stands in one.
func isFolded(n ast.Node) bool {
	for p := n.Parent(); p != nil; p = p.Parent() {
		if f, ok := p.(folded); ok && f.folded() {
			return true
		}
	}
	return false
}

// blockNode stands in the tree for a block that a template renders.
type blockNode struct {
	ast.BaseBlock
	block Block
}

var kindBlock = ast.NewNodeKind("PlaybookBlock")

func (n *blockNode) Kind() ast.NodeKind            { return kindBlock }
func (n *blockNode) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }
func (n *blockNode) IsRaw() bool                   { return true }

func registerBlock(on register) {
	on(kindBlock, leaf(func(e *emitter, n ast.Node) { e.cut(Part{Block: n.(*blockNode).block}) }))
	// goldmark's renderer must know every kind that may stand in a tree.
	for _, kind := range []ast.NodeKind{kindCalloutTitle, kindMarked} {
		on(kind, leaf(func(*emitter, ast.Node) {}))
	}
}
