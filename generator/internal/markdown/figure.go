package markdown

import (
	"github.com/yuin/goldmark/ast"

	"playbook/generator/internal/diag"
	"playbook/generator/internal/figure"
)

func init() { addBlock(block{name: "figure", fence: (*reading).figure}) }

// Figure is a fenced block "figure KIND", decoded by package figure.
type Figure struct {
	Pos diag.Pos
	*figure.Figure
}

func (*Figure) Template() string { return "figure" }

func (f *Figure) addText(s *sectionText) {
	s.plain(f.Caption)
	s.plain(f.Alt)
}

// figure reads a fenced block "figure KIND"; package figure knows the kinds. With
// faults the block stays what it is, code.
func (r *reading) figure(n *ast.FencedCodeBlock, kind string, at [2]diag.Pos) Block {
	src, first := r.content(n)
	if n.Lines().Len() == 0 {
		first.Col = 1
	}
	f, faults := figure.Parse(kind, src, first)
	for i := range faults {
		if faults[i].Pos.Line < first.Line { // the kind, where it stands
			faults[i].Pos = at[1]
		}
	}
	r.yamlFaults(faults, first.Line, first.Line+n.Lines().Len()-1)
	if f == nil {
		return nil
	}
	for _, l := range f.Links {
		r.doc.Links = append(r.doc.Links, &Link{Pos: l.Pos, Dest: "module:" + l.Module})
	}
	for _, b := range f.Bound {
		r.bind(b.Pos, b.Text, b.Value)
	}
	block := &Figure{Pos: r.pos(n), Figure: f}
	r.doc.Figures = append(r.doc.Figures, block)
	return block
}
