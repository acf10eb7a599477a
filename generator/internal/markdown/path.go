package markdown

import (
	"github.com/yuin/goldmark/ast"

	"playbook/generator/internal/diag"
	"playbook/generator/internal/strict"
)

func init() { addBlock(block{name: "path", fence: (*reading).path}) }

// Path is a fenced block "path ID": some modules in an order.
type Path struct {
	Pos     diag.Pos
	ID      string
	Modules []PathModule
}

// PathModule names a module of a Path.
type PathModule struct {
	Pos diag.Pos
	ID  string // "questions/spin"
}

func (*Path) Template() string { return "path" }

func (*Path) addText(*sectionText) {}

// path reads a fenced block, a way through the course for one role or problem:
//
//	```path new-rep
//	modules:
//	  - start-here/how-to-use
//	  - questions/spin
//	```
//
// Only package check knows the modules. Translations share the id and list the
// same modules; what the path is for stands in the text around the block.
func (r *reading) path(n *ast.FencedCodeBlock, id string, at [2]diag.Pos) Block {
	switch {
	case id == "":
		r.errorf(at[0], "path", "write ```path ID, such as ```path new-rep", "a path without an id")
		return nil
	case !isID(id):
		r.errorf(at[1], "path", "an id is lower case: letters, digits and single hyphens", "malformed path id %q", id)
		return nil
	}
	for _, other := range r.doc.Paths {
		if other.ID == id {
			r.errorf(at[1], "path", "give each path an id of its own", "the path %q stands twice", id)
		}
	}
	src, first := r.content(n)
	o, reader := strict.Read(src, first, "path", "a path")
	p := &Path{Pos: r.pos(n), ID: id}
	if o != nil {
		for _, e := range o.Entries("modules", 1) {
			p.Modules = append(p.Modules, PathModule{Pos: e.ValueAt, ID: e.Value})
		}
		o.End()
	}
	faults := reader.Faults()
	r.yamlFaults(faults, first.Line, first.Line+n.Lines().Len()-1)
	if len(faults) > 0 {
		return nil
	}
	r.need("course") // a way through the course, in the course's style
	r.doc.Paths = append(r.doc.Paths, p)
	r.ids["path-"+id] = p.Pos
	r.doc.anchors = append(r.doc.anchors, "path-"+id)
	return p
}
