package pipelinehistory

import (
	"strconv"
	"unicode/utf8"

	"playbook/calculators/form"
)

// latin are the small letters of U+00C0 to U+00FF without their accents; "-" where
// it is none.
const latin = "aaaaaaaceeeeiiiidnooooo-ouuuuytsaaaaaaaceeeeiiiidnooooo-ouuuuyty"

// fold is a letter, a digit or a Han character as it is compared: small, half-width
// and without accents. It is 0 for all else.
func fold(r rune) rune {
	if r >= 0xFF01 && r <= 0xFF5E {
		r -= 0xFEE0
	}
	switch {
	case r >= 'A' && r <= 'Z':
		return r + 'a' - 'A'
	case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
		return r
	case r >= 0xC0 && r <= 0xFF && latin[r-0xC0] != '-':
		return rune(latin[r-0xC0])
	case r < 0x100, r >= 0x2000 && r <= 0x2BFF, r >= 0x3000 && r <= 0x303F, r >= 0xFE30 && r <= 0xFFEF:
		return 0
	}
	return r
}

// plain is a text as it is compared: its letters and digits, folded.
func plain(s string) string {
	var b []byte
	for _, r := range s {
		if r = fold(r); r > 0 {
			b = utf8.AppendRune(b, r)
		}
	}
	return string(b)
}

// words are the folded words of a text: runs of letters; digits are none, and each
// run of characters beyond ASCII is one.
func words(s string) texts {
	var all texts
	var word []byte
	wide := false
	for _, r := range s + " " {
		r = fold(r)
		if len(word) > 0 && (r == 0 || r >= '0' && r <= '9' || wide != (r >= 0x80)) {
			all.add(string(word))
			word = word[:0]
		}
		if r > 0 && (r < '0' || r > '9') {
			word = utf8.AppendRune(word, r)
			wide = r >= 0x80
		}
	}
	return all
}

// next takes the first part of a list off.
func next(list string) (first, rest string) {
	for i := range len(list) {
		if list[i] == '|' {
			return list[:i], list[i+1:]
		}
	}
	return list, ""
}

// among reports whether a list has a text.
func among(list, s string) bool {
	for list != "" {
		var one string
		if one, list = next(list); one == s {
			return true
		}
	}
	return false
}

// isAny reports whether a text is one of a list, A to Z and a to z being the same.
func isAny(s, list string) bool {
	for list != "" {
		var one string
		if one, list = next(list); form.Same(one, s) {
			return true
		}
	}
	return false
}

// holds reports whether a text has one of a list in it.
func holds(s, list string) bool {
	for list != "" {
		var one string
		one, list = next(list)
		for i := 0; i+len(one) <= len(s); i++ {
			if s[i:i+len(one)] == one {
				return true
			}
		}
	}
	return false
}

// closing is the parenthesis at the end of a text: where it begins and what it
// holds; at is the text's length where there is none.
func closing(s string) (at int, inside string) {
	for _, pair := range []string{"()", "（）", "[]", "【】"} {
		n := len(pair) / 2
		open, shut := pair[:n], pair[n:]
		if len(s) < 2*n || s[len(s)-n:] != shut {
			continue
		}
		for i := len(s) - 2*n; i >= 0; i-- {
			if s[i:i+n] == open {
				return i, s[i+n : len(s)-n]
			}
		}
	}
	return len(s), ""
}

// remark is what a header says of its unit: the parenthesis at its end, or a known
// unit that stands there without one, as in "Amount in k€" or "金额万元". at is where the
// name before it ends, the text's length where there is none.
func remark(s string) (at int, inside string) {
	if at, inside = closing(s); at < len(s) {
		return at, inside
	}
	before := rune(0)
	for i, r := range s {
		if i > 0 && (r > 0x2E7F || holds(string(before), " |_|-|/|,|:")) {
			if _, ok := form.Unit(s[i:]); ok {
				at = i
				for at > 0 && holds(s[at-1:at], " |_|-|/|,|:") {
					at--
				}
				if at > 3 && (form.Same(s[at-3:at], " in") || form.Same(s[at-3:at], " en")) {
					at -= 3
				}
				return at, s[i:]
			}
		}
		before = r
	}
	return len(s), ""
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// cell is a field without the space around it; "" where the record is too short.
func cell(fields []string, column int) string {
	if column < 0 || column >= len(fields) {
		return ""
	}
	return trim(fields[column])
}

// trim takes the space off both ends, of every width.
func trim(s string) string {
	space := func(r rune) bool { return r <= ' ' || r == 0xA0 || r == 0x3000 || r == 0xFEFF }
	for s != "" {
		r, n := utf8.DecodeRuneInString(s)
		if !space(r) {
			break
		}
		s = s[n:]
	}
	for s != "" {
		r, n := utf8.DecodeLastRuneInString(s)
		if !space(r) {
			break
		}
		s = s[:len(s)-n]
	}
	return s
}

// clean makes a short clean line of a field, for names.
func clean(s string) string {
	var b []byte
	for _, r := range s {
		if r < ' ' || r == 0x3000 || r == 0xA0 {
			r = ' '
		}
		if r == ' ' && (len(b) == 0 || b[len(b)-1] == ' ') || r == 0x7F || r == 0xFEFF || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 {
			continue
		}
		if len(b) > 100 {
			b = append(b, "…"...)
			break
		}
		b = utf8.AppendRune(b, r)
	}
	if n := len(b); n > 0 && b[n-1] == ' ' {
		b = b[:n-1]
	}
	return string(b)
}

// short is what a message shows of a field.
func short(s string) string {
	s = clean(s)
	n := 0
	for i := range s {
		if n++; n > 30 {
			return s[:i] + "…"
		}
	}
	return s
}

// unquote takes quotation marks off both ends.
func unquote(s string) string {
	for _, mark := range []string{"\"", "'", "“", "”", "「", "」", "‘", "’"} {
		if n := len(mark); len(s) > 2*n {
			if s[:n] == mark {
				s = s[n:]
			}
			if s[len(s)-n:] == mark {
				s = s[:len(s)-n]
			}
		}
	}
	return s
}

// some joins the first names of a list.
func some(names []string) string {
	s := ""
	for i, name := range names {
		if i == 12 {
			return s + ", …"
		}
		if i > 0 {
			s += ", "
		}
		s += name
	}
	return s
}

func number(n int) string { return strconv.Itoa(n) }

// index numbers texts in the order in which they come: a hash table, without the
// weight of Go's maps.
type index struct {
	keys  texts
	slots []int32 // numbers of keys plus one
}

// put is the number of a text, a new one where it is new.
func (x *index) put(key string) int {
	if 2*len(x.keys) >= len(x.slots) {
		x.slots = make([]int32, max(64, 4*len(x.slots)))
		for i, k := range x.keys {
			x.slots[x.slot(k)] = int32(i + 1)
		}
	}
	at := x.slot(key)
	if n := x.slots[at]; n > 0 {
		return int(n - 1)
	}
	x.keys.add(key)
	x.slots[at] = int32(len(x.keys))
	return len(x.keys) - 1
}

// has reports whether there is a text.
func (x *index) has(key string) bool {
	return len(x.keys) > 0 && x.slots[x.slot(key)] > 0
}

// slot is where a text is, or may be put.
func (x *index) slot(key string) int {
	hash := uint32(2166136261)
	for i := range len(key) {
		hash = (hash ^ uint32(key[i])) * 16777619
	}
	at := int(hash % uint32(len(x.slots)))
	for x.slots[at] > 0 && x.keys[x.slots[at]-1] != key {
		if at++; at == len(x.slots) {
			at = 0
		}
	}
	return at
}
