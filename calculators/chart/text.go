package chart

import (
	"strings"
	"unicode/utf8"
)

// face is a way to write: its class in the style sheet, and the size and the
// distance of lines that the style sheet gives it, in tenths of a unit.
type face struct {
	class      string
	size, lead int
	bold       bool
}

// The sizes are those of 50-figures.css: at the narrowest phone (328 CSS pixels
// for 360 units) the smallest is still 11.8 pixels.
var (
	label = face{"t", 140, 180, false}   // what a thing is called
	small = face{"t-2", 130, 170, false} // what is said about it
	head  = face{"t-h", 150, 190, true}  // bold
)

// anchor says which end of a text its x is.
type anchor uint8

const (
	start anchor = iota
	middle
	end
)

// em is the width of a character in hundredths of the text's size. It is the
// upper middle of the fonts that browsers take for system-ui, so that a text is
// rarely wider than measured and then by less than the padding around it.
func em(r rune) int {
	switch {
	case r < ' ', r >= 0x300 && r < 0x370, r == 0x200b, r == 0x200d, r >= 0xfe00 && r < 0xfe10:
		return 0 // controls and marks that sit on the letter before
	case r == ' ' || r == 0xa0:
		return 31
	case r < 0x80 && strings.IndexByte("!'()*,-./:;I[]`fijlrt|", byte(r)) >= 0:
		return 38
	case r < 0x80 && strings.IndexByte("%@MWmw", byte(r)) >= 0:
		return 92
	case r >= 'A' && r <= 'Z':
		return 69
	case r < 0x2010:
		return 61 // digits, small letters, and the letters of Europe
	case r == '–' || r == '‘' || r == '’' || r == '“' || r == '”':
		return 60
	}
	return 100 // Han, full-width forms, dashes, arrows, symbols
}

// width measures a text in tenths of a unit.
func (f face) width(s string) int {
	n, before := 0, 0
	for _, r := range s {
		w := em(r)
		if before > 0 && w > 0 && (before == 100) != (w == 100) {
			n += 13 // the space that browsers put between Han and Latin letters
		}
		if w > 0 {
			before = w
		}
		n += w
	}
	if f.bold {
		n += n / 14 // bold letters are wider
	}
	return (n*f.size + 99) / 100
}

// Characters that must not begin a line, and those that must not end one.
const (
	closing = "!%),.:;?]}’”…—、。〉》」』】〕！％），．：；？］｝～·"
	opening = "([{‘“〈《「『【〔（［｛"
)

// wrap breaks a text into at most max lines (0: as many as it takes) that are
// no wider than w: Chinese between any two characters, but neither before
// closing punctuation nor after opening; other scripts at spaces, after hyphens
// and slashes, and inside a word that is wider than a line. What does not fit
// ends in an ellipsis.
func (f face) wrap(s string, w, max int) []string {
	var out []string
	s = strings.Join(strings.Fields(s), " ")
	for s != "" {
		cut := f.line(s, w)
		if max > 0 && len(out) == max-1 && cut < len(s) {
			return append(out, f.cut(s, w))
		}
		out = append(out, strings.TrimRight(s[:cut], " "))
		s = strings.TrimLeft(s[cut:], " ")
	}
	return out
}

// line gives the number of bytes of s that make its first line; at least one
// character.
func (f face) line(s string, w int) int {
	fits, good := 0, 0 // the longest prefix that fits; the longest that may end a line
	var before rune
	for i, r := range s {
		if i > 0 {
			if f.width(strings.TrimRight(s[:i], " ")) > w {
				break
			}
			fits = i
			if breakable(before, r) {
				good = i
			}
		}
		before = r
	}
	switch {
	case f.width(s) <= w:
		return len(s)
	case good > 0:
		return good
	case fits > 0:
		return fits
	}
	_, n := utf8.DecodeRuneInString(s)
	return n
}

// breakable says whether a line may end between a and b.
func breakable(a, b rune) bool {
	switch {
	case b == ' ' || strings.ContainsRune(closing, b) || strings.ContainsRune(opening, a):
		return false
	case a == ' ':
		return true
	case a == '-' || a == '/':
		return b > '9' // keeps 1-5 and 3/4 together
	}
	return em(a) == 100 || em(b) == 100
}

// cut shortens a text to a width, with an ellipsis where something is lost.
func (f face) cut(s string, w int) string {
	if f.width(s) <= w {
		return s
	}
	for s != "" && f.width(s+"…") > w {
		_, n := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-n]
	}
	return strings.TrimRight(s, " ") + "…"
}

// widest measures the widest of some texts.
func (f face) widest(texts ...string) int {
	n := 0
	for _, s := range texts {
		n = max(n, f.width(s))
	}
	return n
}
