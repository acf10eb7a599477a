package markdown

import (
	"bytes"
	"cmp"
	"slices"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"

	"playbook/generator/internal/diag"
)

// lines holds the offset of each line's beginning.
type lines []int

func newLines(src []byte) lines {
	l := make(lines, 1, 1+bytes.Count(src, []byte{'\n'}))
	for i := 0; ; {
		n := bytes.IndexByte(src[i:], '\n')
		if n < 0 {
			return l
		}
		i += n + 1
		l = append(l, i)
	}
}

// at is the place of an offset in the file.
func (r *reading) at(offset int) diag.Pos {
	offset = min(max(offset, 0), len(r.src))
	i, found := slices.BinarySearch(r.lines, offset)
	if !found {
		i--
	}
	return diag.Pos{File: r.file, Line: i + 1, Col: utf8.RuneCount(r.src[r.lines[i]:offset]) + 1}
}

// pos is the place of a node; that of its first child with one where the parser
// noted none.
func (r *reading) pos(n ast.Node) diag.Pos { return r.at(offsetOf(n)) }

func offsetOf(n ast.Node) int {
	for ; n != nil; n = n.FirstChild() {
		if p := n.Pos(); p >= 0 {
			return p
		}
		if n.Type() == ast.TypeBlock && n.Lines() != nil && n.Lines().Len() > 0 {
			return n.Lines().At(0).Start
		}
	}
	return 0
}

func (r *reading) errorf(at diag.Pos, rule, help, format string, args ...any) {
	r.diags = append(r.diags, diag.Errorf(at, rule, format, args...).WithHelp(help))
}

func (r *reading) warnf(at diag.Pos, rule, help, format string, args ...any) {
	r.diags = append(r.diags, diag.Warnf(at, rule, format, args...).WithHelp(help))
}

func comparePos(a, b diag.Pos) int {
	return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col))
}
