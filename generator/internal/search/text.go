package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A text is read as tokens. templates/assets/js/search/text.js reads queries the same
// way; testdata/tokens.tsv holds both to it.
//
//   - A word is a run of letters, digits and marks. An apostrophe between two of
//     them and a comma between two digits are left out, so "customer's" is
//     customers and "12,000" is 12000. In a language with elision an apostrophe
//     parts words: "l'objectif" is l and objectif.
//   - A character of a script without blanks (Han, kana) is a token by itself, and
//     so is each pair of neighbours.
//   - Tokens are folded: compatibility forms, lower case, and letters of Latin and
//     Greek without their marks, so that who types cafe, resume or strasse finds
//     Café, résumé and Straße.

// unspaced are the characters of scripts that write without blanks between words.
func unspaced(r rune) bool {
	switch {
	case r < 0x2E80:
		return false
	case r >= firstHan && r <= lastHan || r >= 0x3041 && r <= 0x3096 || r >= 0x30A1 && r <= 0x30FA:
		return true
	}
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) }

// sink takes the tokens of a text in order.
type sink interface {
	// word takes a folded word. The bytes are valid until the next call.
	word(w []byte)
	// han takes a folded character, and whether it follows another directly.
	han(w []byte, follows bool)
}

// tokenize reads a text. buf is scratch space; it is returned for the next call.
func tokenize(text []byte, buf []byte, elision bool, to sink) []byte {
	follows := false
	for i := 0; i < len(text); {
		b := text[i]
		if b < utf8.RuneSelf && folded[b] == 0 {
			follows = false
			i++
			continue
		}
		if b >= utf8.RuneSelf {
			r, size := utf8.DecodeRune(text[i:])
			if unspaced(r) {
				w := text[i : i+size]
				if r < firstHan || r > lastHan {
					buf = foldHan(buf[:0], w)
					w = buf
				}
				to.han(w, follows)
				follows = true
				i += size
				continue
			}
			if !isWord(r) {
				follows = false
				i += size
				continue
			}
		}
		follows = false
		end := i
		buf = buf[:0]
		for end < len(text) && folded[text[end]] != 0 {
			buf = append(buf, folded[text[end]])
			end++
		}
		if end < len(text) && (text[end] >= utf8.RuneSelf || text[end] == '\'' || text[end] == ',') {
			if whole := wordEnd(text, i, elision); whole > end { // it is not of ASCII's letters alone
				end = whole
				buf = fold(buf[:0], text[i:end])
			}
		}
		if len(buf) > 0 {
			to.word(buf)
		}
		i = end
	}
	return buf
}

// folded are the letters and digits of ASCII in lower case, and 0 for other bytes.
var folded = func() (t [256]byte) {
	for c := byte('0'); c <= 'z'; c++ {
		switch {
		case c <= '9' || c >= 'a':
			t[c] = c
		case c >= 'A' && c <= 'Z':
			t[c] = c + 'a' - 'A'
		}
	}
	return t
}()

// wordEnd finds the end of the word that begins at i.
func wordEnd(text []byte, i int, elision bool) int {
	prev := rune(0)
	for i < len(text) {
		r, size := utf8.DecodeRune(text[i:])
		switch {
		case r < utf8.RuneSelf && folded[r] != 0:
		case r == '\'' || r == '’' || r == ',':
			next, _ := utf8.DecodeRune(text[i+size:])
			inside := !elision && isWord(next) && !unspaced(next)
			if r == ',' {
				inside = isDigit(prev) && isDigit(next)
			}
			if !inside {
				return i
			}
		case r >= utf8.RuneSelf && isWord(r) && !unspaced(r):
		default:
			return i
		}
		prev = r
		i += size
	}
	return i
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// fold appends a word as it is looked up.
func fold(buf, word []byte) []byte {
	plain := make([]rune, 0, len(word))
	bare := false // the letter before loses its marks
	for _, r := range strings.ToLower(norm.NFKD.String(string(word))) {
		mark := r >= 0x300 && r <= 0x36F
		if mark && bare {
			continue
		}
		if !mark {
			bare = unicode.In(r, unicode.Latin, unicode.Greek)
		}
		if letters, ok := spelled[r]; ok {
			plain = append(plain, []rune(letters)...)
		} else if isWord(r) {
			plain = append(plain, r)
		}
	}
	return norm.NFC.AppendString(buf, string(plain))
}

// spelled are the letters that are no letter with a mark, as people type them who
// do not have them. A sigma is a sigma, wherever it stands.
var spelled = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'đ': "d", 'ð': "d", 'þ': "th", 'ł': "l", 'ħ': "h", 'ı': "i", 'ŧ': "t", 'ς': "σ",
}

// The characters of Han that nearly all text is made of; they fold to themselves.
const firstHan, lastHan = 0x4E00, 0x9FFF

// foldHan appends the NFKC of one character: compatibility forms give way to the
// unified.
func foldHan(buf, w []byte) []byte {
	buf = norm.NFKC.Append(buf, w...)
	_, size := utf8.DecodeRune(buf)
	return buf[:size]
}
