// Package terms finds the terms of a glossary in running text.
//
// Start with New, once a language, then Find for each text. The phrases are a
// tree of their bytes, so a text is read once, however many terms there are.
//
// What a mention is:
//
//   - Of phrases that begin at one place the longest counts, and what it covers
//     is not looked at again: in "economic buyer" there is no "buyer".
//   - A phrase of letters that are written with spaces between words matches
//     whole words, in capitals or not, with one of the language's endings of
//     plurals. A hyphen joins: in "coach-led" there is no "coach".
//   - A phrase in capitals alone, an abbreviation such as "TP", matches only so.
//   - A phrase of characters that are written without spaces matches wherever it
//     stands.
//   - A space matches any blank space, a line break too.
package terms

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Phrase is one way to name a term.
type Phrase struct {
	Text       string
	ID         string // of the term
	Deprecated bool   // deprecated: the term has a better name
}

// Match is a mention: text[Start:End].
type Match struct {
	Start, End int
	*Phrase
}

// Finder finds the phrases that it was made of. It is safe for concurrent use.
type Finder struct {
	plurals []string
	phrases []Phrase
	exact   []string // of each: how it must be written, "" where capitals do not matter
	nodes   []node
	first   [256]int32 // the children of the root; 0: none
}

type node struct {
	next   []edge
	phrase int32 // 1 + its place in phrases; 0: none ends here
}

type edge struct {
	b  byte
	to int32
}

// New returns a finder for a language whose plurals have these endings. Of two
// phrases in the same words the first counts.
func New(phrases []Phrase, plurals []string) *Finder {
	f := &Finder{plurals: append([]string{""}, plurals...), nodes: make([]node, 1)}
	for _, p := range phrases {
		if words := strings.Join(strings.Fields(p.Text), " "); words != "" {
			f.add(words, p)
		}
	}
	return f
}

func (f *Finder) add(words string, p Phrase) {
	at := int32(0)
	for _, r := range words {
		at = f.letter(at, r)
	}
	if f.nodes[at].phrase == 0 {
		f.phrases = append(f.phrases, p)
		if !allCapitals(words) {
			words = ""
		}
		f.exact = append(f.exact, words)
		f.nodes[at].phrase = int32(len(f.phrases))
	}
}

// letter goes on by one letter, small or capital.
func (f *Finder) letter(at int32, r rune) int32 {
	if r < utf8.RuneSelf {
		return f.child(at, lower(byte(r)))
	}
	small, capital := utf8.AppendRune(nil, unicode.ToLower(r)), utf8.AppendRune(nil, unicode.ToUpper(r))
	to := at
	for _, b := range small {
		to = f.child(to, b)
	}
	last := len(capital) - 1
	for _, b := range capital[:last] {
		at = f.child(at, b)
	}
	if f.step(at, capital[last]) == 0 {
		f.link(at, capital[last], to)
	}
	return to
}

// child returns the child of a node, making it at first sight.
func (f *Finder) child(at int32, b byte) int32 {
	if to := f.step(at, b); to > 0 {
		return to
	}
	to := int32(len(f.nodes))
	f.nodes = append(f.nodes, node{})
	f.link(at, b, to)
	return to
}

func (f *Finder) link(at int32, b byte, to int32) {
	if at == 0 {
		f.first[b] = to
	} else {
		f.nodes[at].next = append(f.nodes[at].next, edge{b, to})
	}
}

// step goes on by one byte; 0 where no phrase does.
func (f *Finder) step(at int32, b byte) int32 {
	if at == 0 {
		return f.first[b]
	}
	for _, e := range f.nodes[at].next {
		if e.b == b {
			return e.to
		}
	}
	return 0
}

// Find yields the mentions in a text, from the left. Character references of
// HTML, such as &amp;, are no words.
func (f *Finder) Find(text []byte) iter.Seq[Match] {
	return func(yield func(Match) bool) {
		before := ' ' // the character before i
		for i := 0; i < len(text); {
			c := text[i]
			if f.first[lower(c)] != 0 && (!isWordRune(rune(c)) || !isWordRune(before)) {
				if m, ok := f.longest(text, i); ok {
					if !yield(m) {
						return
					}
					before, _ = utf8.DecodeLastRune(text[i:m.End])
					i = m.End
					continue
				}
			}
			switch {
			case c == '&':
				i += referenceLength(text[i:])
				before = ' '
			case isWordByte(c): // nothing begins within a word
				for i < len(text) && isWordByte(text[i]) {
					i++
				}
				before = 'a'
			case c < utf8.RuneSelf:
				before = rune(c)
				i++
			default:
				r, n := utf8.DecodeRune(text[i:])
				before = r
				i += n
			}
		}
	}
}

// longest is the longest phrase that begins at i.
func (f *Finder) longest(text []byte, i int) (best Match, found bool) {
	for at, j := int32(0), i; j < len(text); {
		b := lower(text[j])
		if isBlank(b) {
			b = ' '
		}
		if at = f.step(at, b); at == 0 {
			break
		}
		j++
		if b == ' ' {
			for j < len(text) && isBlank(text[j]) {
				j++
			}
		}
		if n := f.nodes[at].phrase; n > 0 {
			if exact := f.exact[n-1]; exact != "" && string(text[i:j]) != exact {
				continue
			}
			if end, ok := f.wordEnd(text, j); ok {
				best, found = Match{i, end, &f.phrases[n-1]}, true
			}
		}
	}
	return best, found
}

// wordEnd is where a mention that reaches to j ends: behind the ending of a plural,
// if there is one. It is none when the word goes on.
func (f *Finder) wordEnd(text []byte, j int) (end int, ok bool) {
	if last, _ := utf8.DecodeLastRune(text[:j]); !isWordRune(last) {
		return j, true
	}
	for _, plural := range f.plurals {
		rest := text[j:]
		if !strings.HasPrefix(string(rest[:min(len(rest), len(plural))]), plural) {
			continue
		}
		if next, _ := utf8.DecodeRune(rest[len(plural):]); !isWordRune(next) || len(rest) == len(plural) {
			return j + len(plural), true
		}
	}
	return 0, false
}

// isWordRune reports whether a character makes one word with those beside it.
func isWordRune(r rune) bool {
	switch {
	case r < utf8.RuneSelf:
		return isWordByte(byte(r)) || r == '-' || r == '_'
	case r >= 0x2e80 && !(r >= 0xa640 && r < 0xac00): // Han, kana and what stands with them
		return false
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

func isWordByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

func isBlank(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

func lower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		c |= 0x20
	}
	return c
}

// allCapitals reports whether a phrase has letters, and none but capital ones.
func allCapitals(s string) bool {
	letters := false
	for _, r := range s {
		if unicode.IsLetter(r) {
			if !unicode.IsUpper(r) {
				return false
			}
			letters = true
		}
	}
	return letters
}

// referenceLength is the length of a character referenceLength, or of the lone "&".
func referenceLength(text []byte) int {
	for i := 1; i < len(text) && i < 12; i++ {
		if text[i] == ';' {
			return i + 1
		}
		if !isWordByte(text[i]) && text[i] != '#' {
			break
		}
	}
	return 1
}
