package form

import "math"

// A number as people type it:
//
//	12000   12,000   12 000   12'000   12.000,50   12,000.50
//	1,5   .5   +3   −3   １２，０００   12k   1.5m   1.2万   3百万   2亿
//
// and, in money, a sign of a currency before it or 元 after it; in a
// percentage, % after it. There is no exponent notation: 1e3 is not a number
// that anyone types into a form, and 1e999 is none at all.
//
// The marks. Where both "," and "." occur, the last is the decimal mark. Where
// one of them occurs more than once it groups thousands. A single "," groups
// where exactly three digits follow one to three others ("12,000"; "0,500" is a
// half), else it is the decimal mark. A single "." is always the decimal mark:
// "12.000" in money has three decimals, and is therefore refused rather than
// guessed at. Spaces and apostrophes group.

// problem is what is wrong with a typed number.
type problem uint8

const (
	fine     problem = iota
	noNumber         // not a number
	tooFine          // more decimals than the field holds
	tooBig           // beyond what an int64 holds
	tooSmall         // the same, below zero
)

// number reads s as a multiple of 10^-places.
func number(s string, kind Kind, places int) (int64, problem) {
	if len(s) > 100 {
		return 0, noNumber
	}
	var body []byte // digits and marks
	negative, signed, symbol := false, false, false
	exponent := 0
	const (
		before = iota // sign, sign of a currency
		inside        // digits and marks
		after         // multipliers, % or 元
		done
	)
	at := before
	multipliers := 0
	for _, r := range s {
		r = plain(r)
		if r == ' ' {
			if at == inside {
				body = append(body, ' ')
			}
			continue
		}
		if at == before {
			switch r {
			case '+', '-':
				if signed {
					return 0, noNumber
				}
				signed, negative = true, r == '-'
				continue
			case '$', '¥', '€', '£':
				if symbol || kind != Money {
					return 0, noNumber
				}
				symbol = true
				continue
			}
			at = inside
		}
		if at == inside {
			if '0' <= r && r <= '9' || r == '.' || r == ',' || r == '\'' {
				body = append(body, byte(r))
				continue
			}
			at = after
		}
		if at == done {
			return 0, noNumber
		}
		if e := multiplier(r); e > 0 {
			if multipliers++; multipliers > 2 {
				return 0, noNumber
			}
			exponent += e
			continue
		}
		if r == '%' && kind == Percent || r == '元' && kind == Money {
			at = done
			continue
		}
		return 0, noNumber
	}
	digits, decimals, ok := marks(body)
	if !ok {
		return 0, noNumber
	}
	shift := places + exponent - decimals
	if shift < 0 {
		return 0, tooFine
	}
	beyond := tooBig
	if negative {
		beyond = tooSmall
	}
	var n int64
	for _, c := range digits {
		if n > (math.MaxInt64-9)/10 {
			return 0, beyond
		}
		n = n*10 + int64(c-'0')
	}
	for ; shift > 0; shift-- {
		if n > math.MaxInt64/10 {
			return 0, beyond
		}
		n *= 10
	}
	if negative {
		n = -n
	}
	return n, fine
}

// Amount reads an amount of money as people type it, in minor units.
func Amount(s string) (minor int64, ok bool) {
	n, problem := number(line(s), Money, 2)
	return n, problem == fine
}

// plain maps the full-width and typographic forms of digits and marks to ASCII.
func plain(r rune) rune {
	switch {
	case 0xFF01 <= r && r <= 0xFF5E:
		return r - 0xFEE0
	case r == 0x3000 || r == 0xA0 || r == 0x202F || r == 0x2007 || r == 0x2009 || r == '\t':
		return ' '
	case r == '−' || r == '–':
		return '-'
	case r == '’' || r == '‘':
		return '\''
	case r == '。':
		return '.'
	case r == '￥':
		return '¥'
	}
	return r
}

// multiplier returns the power of ten of a multiplier, or 0.
func multiplier(r rune) int {
	switch r {
	case 'k', 'K', '千':
		return 3
	case 'm', 'M':
		return 6
	case '百':
		return 2
	case '万', '萬':
		return 4
	case '亿', '億':
		return 8
	}
	return 0
}

// marks reads digits with their marks: the digits alone, and how many of them
// are decimals.
func marks(body []byte) (digits []byte, decimals int, ok bool) {
	for len(body) > 0 && body[len(body)-1] == ' ' {
		body = body[:len(body)-1]
	}
	var count [128]int
	last := -1 // where the last "," or "." stands
	for i, c := range body {
		count[c]++
		if c == ',' || c == '.' {
			last = i
		}
	}
	commas, points := count[','], count['.']
	point := -1 // where the decimal mark stands
	group := byte(0)
	switch {
	case count[' '] > 0 && count['\''] > 0:
		return nil, 0, false
	case count[' '] > 0 || count['\''] > 0:
		if commas+points > 1 {
			return nil, 0, false
		}
		point, group = last, ' '
		if count['\''] > 0 {
			group = '\''
		}
	case commas > 0 && points > 0:
		point, group = last, ','
		if body[last] == ',' {
			group = '.'
		}
		if count[body[last]] > 1 {
			return nil, 0, false
		}
	case commas > 1:
		group = ','
	case points > 1:
		group = '.'
	case points == 1:
		point = last
	case commas == 1:
		if last >= 1 && last <= 3 && len(body)-last-1 == 3 && body[0] != '0' {
			group = ','
		} else {
			point = last
		}
	}
	whole, fraction := body, []byte(nil)
	if point >= 0 {
		whole, fraction = body[:point], body[point+1:]
	}
	run, groups := 0, 0
	for _, c := range whole {
		if c == group && group != 0 {
			if run == 0 || run > 3 || groups > 0 && run != 3 {
				return nil, 0, false
			}
			run = 0
			groups++
			continue
		}
		digits = append(digits, c)
		run++
	}
	if groups > 0 && run != 3 {
		return nil, 0, false
	}
	for _, c := range fraction {
		if c < '0' || c > '9' {
			return nil, 0, false
		}
	}
	digits = append(digits, fraction...)
	return digits, len(fraction), len(digits) > 0
}

// Decimal writes n × 10^-places with all its places: Decimal(-5, 2) is "-0.05".
func Decimal(n int64, places int) string {
	var buf [48]byte
	i := len(buf)
	u := uint64(n)
	if n < 0 {
		u = -u
	}
	for d := 0; u > 0 || d <= places; d++ {
		if d == places && places > 0 {
			i--
			buf[i] = '.'
		}
		i--
		buf[i] = byte('0' + u%10)
		u /= 10
	}
	if n < 0 {
		i--
		buf[i] = '-'
	}
	return string(buf[i:])
}

// Trim leaves out the decimals of a plain number that end it with zeros:
// "2.50" is "2.5", "12.00" is "12".
func Trim(s string) string {
	point := len(s)
	for i := range len(s) {
		if s[i] == '.' {
			point = i
			break
		}
	}
	end := len(s)
	for end > point && (s[end-1] == '0' || s[end-1] == '.') {
		end--
	}
	return s[:end]
}

// Round leaves out the decimals of a plain number where all of them are zero,
// as money is written: "12.00" is "12", "2.50" stays.
func Round(s string) string {
	t := Trim(s)
	for i := range len(t) {
		if t[i] == '.' {
			return s
		}
	}
	return t
}
