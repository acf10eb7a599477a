package search

import "math/bits"

// Weights are whole numbers throughout, so that every machine finds the same
// order. A posting's level, 1 to 31, is what BM25 gives the text, plus what a
// word in a heading or a title is worth:
//
//	text            0 … 6   grows with the number of mentions, less in long sections
//	page's title    2       in every section of the page, so that it says what the section is about
//	a glossary's term  5    in its own entry, so that this comes before those that mention it
//	heading         6 … 10  the more, the shorter the heading
//	title of the page, in the page's first entry  10 … 16
//	keyword of the page, in the same              14
//
// A term's weight is its rarity in sixteenths of a bit, and a mention is worth
// the product of both.
const (
	levels    = 32
	textLevel = 6
)

// where a word stands in an entry.
const (
	inHeading = 1 << iota
	inTitle   // of the page, whose first entry this is
	under     // the page's title, and this is one of its sections
	keyword   // of the page, whose first entry this is
	term      // of a glossary: its heading
)

// level is the worth of a mention. mentions counts those in the text; length and
// average are the section's and the average section's number of words.
func level(mentions int, where uint8, headingLength, titleLength, length, average int) int {
	n := 0
	if mentions > 0 {
		// 6 · tf / (tf + 1.2 · (0.25 + 0.75 · length / average)), rounded
		k := 30*average + 90*length
		num, den := int64(textLevel)*int64(mentions)*100*int64(average), int64(mentions)*100*int64(average)+int64(k)
		n += int((2*num + den) / (2 * den))
	}
	if where&under != 0 {
		n += 2
	}
	if where&term != 0 {
		n += 5
	}
	if where&inHeading != 0 {
		n += 6 + 4/max(1, headingLength)
	}
	if where&inTitle != 0 {
		n += 10 + 6/max(1, titleLength)
	}
	if where&keyword != 0 {
		n += 14
	}
	return min(max(n, 1), levels-1)
}

// rarity is 16 · log2(1 + entries/holding): 16 for a term in every entry.
func rarity(entries, holding int) int {
	// x = 1 + entries/holding with 32 binary places; the logarithm's places come
	// from squaring.
	x := uint64(1)<<32 + uint64(entries)<<32/uint64(max(1, holding))
	whole := bits.Len64(x) - 33
	m := x >> whole // 1 ≤ m < 2
	out := whole
	for range 4 {
		hi, lo := bits.Mul64(m, m)
		m = hi<<32 | lo>>32
		out <<= 1
		if m >= 2<<32 {
			m >>= 1
			out++
		}
	}
	return out
}
