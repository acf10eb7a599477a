package report

import "unicode/utf8"

// width is the number of columns a text takes in a terminal.
func width(s string) int {
	n := 0
	for _, r := range s {
		n += columns(r)
	}
	return n
}

// columns is 2 for Han, kana, hangul, full-width forms and emoji, 0 for marks
// that join the rune before, else 1.
func columns(r rune) int {
	switch {
	case r < 0x300:
		return 1
	case r < 0x370, r >= 0x200B && r <= 0x200F, r >= 0xFE00 && r <= 0xFE0F:
		return 0
	case r >= 0x1100 && r <= 0x115F,
		r >= 0x2E80 && r <= 0xA4CF,
		r >= 0xAC00 && r <= 0xD7A3,
		r >= 0xF900 && r <= 0xFAFF,
		r >= 0xFE30 && r <= 0xFE4F,
		r >= 0xFF01 && r <= 0xFF60,
		r >= 0xFFE0 && r <= 0xFFE6,
		r >= 0x1F300 && r <= 0x1F64F,
		r >= 0x1F680 && r <= 0x1FAFF,
		r >= 0x20000 && r <= 0x3FFFD:
		return 2
	}
	return 1
}

// wrap breaks a text into lines of at most most columns: at spaces, and on
// either side of a wide rune, but never before a closing mark or after an
// opening one. A longer word is cut.
func wrap(s string, most int) []string {
	var lines []string
	for {
		s = trimSpaces(s)
		end, next := breakAt(s, most)
		lines = append(lines, s[:end])
		if next >= len(s) {
			return lines
		}
		s = s[next:]
	}
}

// breakAt returns where the first line of s ends and where the next begins.
func breakAt(s string, most int) (end, next int) {
	n := 0
	before := rune(0)
	for i, r := range s {
		if i > 0 && r != ' ' && before != ' ' && (columns(before) == 2 || columns(r) == 2) && !closing(r) && !opening(before) {
			end, next = i, i
		}
		if r == ' ' && before != ' ' {
			end, next = i, i+1
		}
		if n += columns(r); n > most {
			switch {
			case next > 0:
				return end, next
			case i > 0:
				return i, i
			}
			first := utf8.RuneLen(r)
			return first, first
		}
		before = r
	}
	return len(s), len(s)
}

func closing(r rune) bool {
	switch r {
	case '，', '。', '、', '；', '：', '！', '？', '）', '」', '』', '》', '”', '’', '%', '…', ',', '.', ';', ':', '!', '?', ')', ']':
		return true
	}
	return false
}

func opening(r rune) bool {
	switch r {
	case '（', '「', '『', '《', '“', '‘', '(', '[':
		return true
	}
	return false
}

func trimSpaces(s string) string {
	for s != "" && s[0] == ' ' {
		s = s[1:]
	}
	for s != "" && s[len(s)-1] == ' ' {
		s = s[:len(s)-1]
	}
	return s
}
