package diag

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode"
)

const (
	indent       = "    "
	excerptWidth = 100   // characters of a long source line that are shown
	mostPrinted  = 1_000 // faults
)

// Print writes each fault: its first line, the source line with a caret under
// the place, and the advice. source returns a file's text, or nil where it is
// not known; then the source line is left out. Of a list without end the last line
// says how many more there are; errors are not among them as long as warnings can
// be.
func Print(w io.Writer, list List, source func(file string) []byte) error {
	b := bufio.NewWriter(w)
	lines := lineCache{source: source}
	errors, warnings := list.Count()
	room := map[Severity]int{Error: min(errors, mostPrinted)}
	room[Warning] = min(warnings, mostPrinted-room[Error])
	more := errors + warnings - room[Error] - room[Warning]
	for _, d := range list {
		if room[d.Severity]--; room[d.Severity] < 0 {
			continue
		}
		b.WriteString(printable(d.String()))
		b.WriteByte('\n')
		if line, ok := lines.line(d.Pos); ok {
			text, caret := excerpt(line, d.Pos.Col)
			b.WriteString(indent + text + "\n" + indent + caret + "^\n")
		}
		if d.Help != "" {
			for help := range strings.SplitSeq(d.Help, "\n") {
				b.WriteString(indent + printable(help) + "\n")
			}
		}
	}
	if more > 0 {
		fmt.Fprintf(b, "… and %d more\n", more)
	}
	return b.Flush()
}

// lineCache finds lines of files; faults come sorted, so it keeps one file.
type lineCache struct {
	source func(string) []byte
	file   string
	data   []byte
	line0  int // number of the line that begins at rest
	rest   []byte
}

func (c *lineCache) line(p Pos) (string, bool) {
	if c.source == nil || p.Line < 1 || p.Col < 1 {
		return "", false
	}
	if c.data == nil || c.file != p.File {
		c.file, c.data = p.File, c.source(p.File)
		c.line0, c.rest = 1, c.data
	}
	if p.Line < c.line0 {
		c.line0, c.rest = 1, c.data
	}
	for ; c.line0 < p.Line; c.line0++ {
		_, rest, ok := bytes.Cut(c.rest, []byte{'\n'})
		if !ok {
			return "", false
		}
		c.rest = rest
	}
	line, _, _ := bytes.Cut(c.rest, []byte{'\n'})
	return strings.TrimSuffix(string(line), "\r"), c.data != nil
}

// excerpt is a source line as a terminal shows it, and the blanks that lead to
// the caret under its col-th character: a tab is four wide, a Han character two. A long line is cut around the place.
func excerpt(line string, col int) (text, caret string) {
	runes := []rune(line)
	at := min(col-1, len(runes))
	from, to := 0, len(runes)
	if len(runes) > excerptWidth {
		from = max(0, at-excerptWidth/2)
		to = min(len(runes), from+excerptWidth)
	}
	var t, c strings.Builder
	if from > 0 {
		t.WriteString("…")
		c.WriteByte(' ')
	}
	for i, r := range runes[from:to] {
		blank := " "
		switch {
		case r == '\t':
			blank = indent
			t.WriteString(indent)
		case unicode.In(r, unicode.Mn, unicode.Me):
			blank = ""
			t.WriteRune(r)
		default:
			if Wide(r) {
				blank = "  "
			}
			t.WriteRune(visible(r))
		}
		if from+i < at {
			c.WriteString(blank)
		}
	}
	if to < len(runes) {
		t.WriteString("…")
	}
	return t.String(), c.String()
}

// visible replaces what would steer the terminal instead of being seen.
func visible(r rune) rune {
	if r != '\t' && (unicode.IsControl(r) || r == unicode.ReplacementChar || unicode.Is(unicode.Bidi_Control, r)) {
		return '\uFFFD'
	}
	return r
}

func printable(s string) string { return strings.Map(visible, s) }

// Wide reports whether a terminal gives the character two columns.
func Wide(r rune) bool {
	switch {
	case r < 0x1100:
		return false
	case r <= 0x115F, // Hangul initials
		r >= 0x2E80 && r <= 0x303E, r >= 0x3041 && r <= 0x33FF, // radicals, CJK signs, kana
		r >= 0x3400 && r <= 0x4DBF, r >= 0x4E00 && r <= 0xA4CF, // Han, Yi
		r >= 0xA960 && r <= 0xA97F, r >= 0xAC00 && r <= 0xD7A3, // Hangul
		r >= 0xF900 && r <= 0xFAFF, r >= 0xFE30 && r <= 0xFE6F, // Han, vertical forms
		r >= 0xFF01 && r <= 0xFF60, r >= 0xFFE0 && r <= 0xFFE6, // full width
		r >= 0x1F300 && r <= 0x1F64F, r >= 0x1F900 && r <= 0x1F9FF, // pictures
		r >= 0x20000 && r <= 0x3FFFD:
		return true
	}
	return false
}
