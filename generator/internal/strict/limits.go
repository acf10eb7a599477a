package strict

import (
	"bytes"
	"strconv"
	"unicode/utf8"
)

// What the YAML parser is given is bounded: its time and memory grow with the
// square of some of these, so that a few kilobytes could take gigabytes.
const (
	mostBytes = 64 << 10 // of a text of keys with values
	mostLine  = 10_000   // bytes of one of its lines
	mostDepth = 50       // brackets in brackets, lists in lists, keys in keys
	mostText  = 2_000    // characters of a text
)

// excess finds what is beyond the bounds: where, and what is wrong; "" when
// nothing is.
func excess(src []byte) (offset int, fault string) {
	if len(src) > mostBytes {
		return 0, "more than " + strconv.Itoa(mostBytes>>10) + " KB"
	}
	brackets := 0 // that are open, and more where texts hold any
	indents := []int{0}
	for line := range bytes.Lines(src) {
		if len(line) > mostLine {
			return offset, "a line of more than " + strconv.Itoa(mostLine) + " bytes"
		}
		text := bytes.TrimLeft(line, " ")
		if len(bytes.TrimSpace(text)) > 0 {
			indent := len(line) - len(text)
			for len(indents) > 1 && indents[len(indents)-1] >= indent {
				indents = indents[:len(indents)-1]
			}
			indents = append(indents, indent)
		}
		depth := len(indents)
		for bytes.HasPrefix(text, []byte("- ")) || bytes.HasPrefix(text, []byte("? ")) {
			depth++
			text = bytes.TrimLeft(text[2:], " ")
		}
		for i, c := range line {
			switch c {
			case '[', '{':
				brackets++
			case ']', '}':
				brackets = max(0, brackets-1)
			}
			if depth+brackets > mostDepth {
				return offset + i, "more than " + strconv.Itoa(mostDepth) + " levels"
			}
		}
		offset += len(line)
	}
	return 0, ""
}

// long reports whether a text is longer than any that an author means.
func long(s string) bool { return len(s) > mostText && utf8.RuneCountInString(s) > mostText }
