package form

import "unicode/utf8"

// line makes one clean line of what was typed: runs of white space become one
// space, none at the ends; control characters, byte order marks and the marks
// that reverse the direction of text (which could disguise what a report says)
// are left out; what is not UTF-8 becomes U+FFFD. line(line(s)) == line(s).
func line(s string) string {
	b := make([]byte, 0, len(s))
	space := false
	for _, r := range s {
		switch {
		case r == ' ' || r >= '\t' && r <= '\r' || r == 0x85 || r == 0xA0 || r == 0x3000 || r == 0x2028 || r == 0x2029:
			space = len(b) > 0
			continue
		case r < ' ' || r >= 0x7F && r < 0xA0 || r == 0xFEFF ||
			r == 0x200E || r == 0x200F || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069:
			continue
		}
		if space {
			b = append(b, ' ')
			space = false
		}
		b = utf8.AppendRune(b, r)
	}
	return string(b)
}

// code reads three letters as a currency's code in capitals.
func code(s string) (string, bool) {
	var b []byte
	for _, r := range s {
		r = plain(r)
		if 'a' <= r && r <= 'z' {
			r -= 'a' - 'A'
		}
		if r < 'A' || r > 'Z' || len(b) == 3 {
			return "", false
		}
		b = append(b, byte(r))
	}
	return string(b), len(b) == 3
}
