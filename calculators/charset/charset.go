// Package charset tells how the text of a file is encoded, among the encodings that
// spreadsheets and CRMs write: UTF-8, UTF-16 of either order, GB18030 (with GBK and
// GB2312) and Windows-1252. It decodes nothing: a browser has TextDecoder for that,
// the command line golang.org/x/text; both know the names.
//
// A mark at the beginning decides. Without one, a text with the byte 0 is UTF-16,
// in the order that gives the separators and lines of a table, or it is no text. What is
// valid UTF-8 is UTF-8. GB18030 and Windows-1252 are told apart by how their
// letters stand: an accented letter stands among ASCII letters ("Müller"), and
// Chinese characters stand together, nearly all of them among the 3,755 most
// frequent ones. Where the two signs disagree, both encodings are named.
package charset

import "unicode/utf8"

// The encodings, by the names of the WHATWG's Encoding Standard.
const (
	UTF8        = "utf-8"
	UTF16LE     = "utf-16le"
	UTF16BE     = "utf-16be"
	GB18030     = "gb18030"
	Windows1252 = "windows-1252"
)

// Detect names the encoding of a text; of several that it may be, the likeliest
// first. It names none for what is no text.
func Detect(data string) []string {
	switch {
	case len(data) >= 3 && data[:3] == "\xEF\xBB\xBF":
		return []string{UTF8}
	case len(data) >= 2 && data[:2] == "\xFF\xFE":
		return []string{UTF16LE}
	case len(data) >= 2 && data[:2] == "\xFE\xFF":
		return []string{UTF16BE}
	}
	for i := range len(data) {
		if data[i] == 0 {
			return utf16(data)
		}
	}
	if utf8.ValidString(data) {
		return []string{UTF8}
	}
	return single(data)
}

// utf16 tells the order of the bytes of UTF-16, or names none.
func utf16(data string) []string {
	little, big := ascii(data, 1), ascii(data, 0)
	switch {
	case little > max(big, 0):
		return []string{UTF16LE}
	case big > max(little, 0):
		return []string{UTF16BE}
	}
	return nil
}

// ascii weighs the characters of UTF-16 that are ASCII; high says which byte of a
// pair is the high one. What ends fields and lines weighs more than all others,
// because 一 (U+4E00) is an N in the wrong order, and 最 a g. It is −1 for what holds
// controls that no table does.
func ascii(data string, high int) int {
	const end = 1 << 24
	n := 0
	for i := 0; i+1 < len(data); i += 2 {
		if data[i+high] != 0 {
			continue
		}
		switch c := data[i+1-high]; {
		case c == ',', c == ';', c == '\t', c == '\n', c == '\r':
			n += end
		case c >= ' ' && c < 0x7F:
			n++
		case c < ' ':
			return -1
		}
	}
	return n
}

// single tells GB18030 from Windows-1252.
func single(data string) []string {
	valid := true // as GB18030
	pairs, common := 0, 0
	for i := 0; i < len(data); {
		if data[i] < 0x80 {
			i++
			continue
		}
		n := gb(data[i:])
		if n == 0 {
			valid = false
			i++
			continue
		}
		pairs++
		if n == 2 && data[i+1] >= 0xA1 && (data[i] >= 0xB0 && data[i] <= 0xD7 || data[i] >= 0xA1 && data[i] <= 0xA3) {
			common++ // GB2312's first level, its punctuation and full-width letters
		}
		i += n
	}
	defined := true // in Windows-1252
	high, placed := 0, 0
	for i := range len(data) {
		c := data[i]
		if c < 0x80 {
			continue
		}
		switch c {
		case 0x81, 0x8D, 0x8F, 0x90, 0x9D:
			defined = false
		}
		high++
		before, after := neighbour(data, i-1), neighbour(data, i+1)
		accented := c >= 0xC0 && c != 0xD7 && c != 0xF7 || c == 0x8A || c == 0x8C || c == 0x8E || c >= 0x9A && c <= 0x9F && c != 0x9B && c != 0x9D
		if before < 0x80 && after < 0x80 || accented && (letter(before) || letter(after)) {
			placed++
		}
	}
	// Shares in tenths.
	chinese, western := 10*common >= 7*pairs && pairs > 0, 10*placed >= 7*high
	switch {
	case !defined && !valid:
		return nil
	case !defined:
		return []string{GB18030}
	case valid && 10*placed <= 3*high && (chinese || 10*common >= 3*pairs):
		return []string{GB18030}
	case western && (!valid || 10*common <= 3*pairs):
		return []string{Windows1252}
	case chinese && !western:
		return []string{GB18030, Windows1252}
	}
	return []string{Windows1252, GB18030}
}

// gb is the length of the GB18030 character at the beginning of a text, 0 where
// there is none.
func gb(s string) int {
	if s[0] < 0x81 || s[0] == 0xFF || len(s) < 2 {
		return 0
	}
	switch c := s[1]; {
	case c >= 0x40 && c <= 0xFE && c != 0x7F:
		return 2
	case c >= '0' && c <= '9' && len(s) >= 4 && s[2] >= 0x81 && s[2] <= 0xFE && s[3] >= '0' && s[3] <= '9':
		return 4
	}
	return 0
}

// neighbour is a byte of a text, a space beyond its ends.
func neighbour(data string, i int) byte {
	if i < 0 || i >= len(data) {
		return ' '
	}
	return data[i]
}

func letter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
