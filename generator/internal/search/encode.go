package search

import (
	"unicode/utf8"
)

const base = 45

// digits are what numbers are written with: printable, and nothing that a string
// of JavaScript would escape. A digit d of a number's last place is digits[d], of
// the places before digits[base+d].
var digits = func() (t [2 * base]byte) {
	c := byte('#')
	for i := range t {
		if c == '\\' {
			c++
		}
		t[i] = c
		c++
	}
	return t
}()

// appendNumber writes a number that is not negative, the highest place first.
func appendNumber(b []byte, n int) []byte {
	if n >= base*base {
		b = appendHigher(b, n/(base*base))
	}
	if n >= base {
		b = append(b, digits[base+n/base%base])
	}
	return append(b, digits[n%base])
}

func appendHigher(b []byte, n int) []byte {
	if n >= base {
		b = appendHigher(b, n/base)
	}
	return append(b, digits[base+n%base])
}

// appendWord writes a word behind its predecessor in the alphabet: how many bytes
// of JavaScript's characters both begin with, the rest, a blank.
func appendWord(b []byte, before, word string) []byte {
	n, units := 0, 0
	for n < len(word) && n < len(before) && units < base-1 {
		r, size := utf8.DecodeRuneInString(word[n:])
		q, _ := utf8.DecodeRuneInString(before[n:])
		if r != q || r > 0xFFFF {
			break
		}
		n += size
		units++
	}
	b = append(b, digits[units])
	return append(append(b, word[n:]...), ' ')
}

// appendString writes a string of JavaScript and JSON.
func appendString[T string | []byte](b []byte, s T) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	start := len(b)
	from := 0 // what is not written yet
	for i := range len(s) {
		c := s[i]
		if !escaped[c] {
			continue
		}
		b = append(b, s[from:i]...)
		from = i + 1
		if c < 0x20 {
			b = append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		} else {
			b = append(b, '\\', c)
		}
	}
	b = append(b, s[from:]...)
	if !utf8.Valid(b[start:]) { // each byte that is invalid becomes U+FFFD
		b = append(b[:start], string([]rune(string(b[start:])))...)
	}
	return append(b, '"')
}

// escaped are the bytes that a string cannot hold as they are.
var escaped = func() (t [256]bool) {
	for c := range 0x20 {
		t[c] = true
	}
	t['"'], t['\\'] = true, true
	return t
}()

func appendStrings(b []byte, all ...string) []byte {
	b = append(b, '[')
	for i, s := range all {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendString(b, s)
	}
	return append(b, ']')
}
