package markdown

import (
	"bytes"
	"cmp"
	"regexp"
	"slices"
	"strings"
)

// comment notes a comment of the file, which is the author's own.
func (r *reading) comment(start, end int) {
	r.doc.comments = append(r.doc.comments, [2]int{start, end})
}

var moduleLink = regexp.MustCompile(`\]\((module:[^\s)]+)\)`)

// edit is a change of a text: what stands between two offsets gives way.
type edit struct {
	start, end int
	with       string
}

// Clean appends the document's text to buf as others than its author may read it: as it
// is written, without front matter, comments and what binds a number to a worksheet.
// src is the file. href gives the address for a link, calculator a line to put before
// the block of a calculator.
func (d *Document) Clean(buf, src []byte, href func(*Link) string, calculator func(id string) string) []byte {
	lines := newLines(src)
	offset := func(line, col int) int {
		if line < 1 || line > len(lines) {
			return len(src)
		}
		at := lines[line-1]
		for ; col > 1 && at < len(src); col-- {
			at++
			for at < len(src) && src[at]&0xC0 == 0x80 { // within a character
				at++
			}
		}
		return at
	}
	var edits []edit
	for _, c := range d.comments {
		for c[0] > 0 && src[c[0]-1] == ' ' {
			c[0]--
		}
		edits = append(edits, edit{c[0], c[1], ""})
	}
	for _, l := range d.Links {
		at := offset(l.Pos.Line, l.Pos.Col)
		to := href(l)
		switch {
		case to == l.Dest || at <= d.start:
		case bytes.HasPrefix(src[at:], []byte(l.Dest)) && strings.IndexByte("( <\"'=\n", src[at-1]) >= 0:
			edits = append(edits, edit{at, at + len(l.Dest), to})
		default: // by reference: its definition says where it leads
			for _, before := range []string{"]: ", "]: <"} {
				if i := bytes.Index(src, []byte(before+l.Dest)); i >= 0 {
					edits = append(edits, edit{i + len(before), i + len(before) + len(l.Dest), to})
				}
			}
		}
	}
	for _, v := range d.Values { // [96,000](value:value-equation.problem_total)
		at := offset(v.Pos.Line, v.Pos.Col)
		if end := []byte("](" + ValueScheme + v.Value + ")"); at < len(src) && src[at] == '[' {
			if i := bytes.Index(src[at:], end); i >= 0 {
				edits = append(edits, edit{at, at + 1, ""}, edit{at + i, at + i + len(end), ""})
			}
		}
	}
	for _, c := range d.Calculators {
		at := offset(c.Pos.Line, 1)
		edits = append(edits, edit{at, at, calculator(c.ID)})
		block, _, _ := bytes.Cut(src[at:], []byte("\n```"))
		for _, m := range moduleLink.FindAllSubmatchIndex(block, -1) { // in words of a scorecard, which are no links of the document
			dest := string(block[m[2]:m[3]])
			edits = append(edits, edit{at + m[2], at + m[3], href(&Link{Pos: c.Pos, Dest: dest})})
		}
	}
	slices.SortFunc(edits, func(a, b edit) int { return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(a.end, b.end)) })
	done := min(d.start, len(src))
	for _, e := range edits {
		if e.start < done || e.end > len(src) {
			continue // in front matter, or within another one
		}
		buf = append(append(buf, src[done:e.start]...), e.with...)
		done = e.end
	}
	return append(buf, src[done:]...)
}
