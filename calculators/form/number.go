package form

import (
	"math"
	"unicode/utf8"
)

// A number as people type and paste it:
//
//	12000   12,000   12 000   12'000   12.000,50   12,000.50   12,34,567
//	1,5   .5   5.   +3   −3   5-   (3)   １２，０００   1'200.–
//	12k   1.5m   5,5 Mio.   1.2万   3百万   2亿   5 lakh
//
// and, in money, a currency before it or after it (€5, 5 €, USD 5, 5 CHF, 5元,
// 5万美元); in a percentage, % after it. There is no exponent notation: 1e3 is not
// a number that anyone types into a form, and 1e999 is none at all.
//
// The marks. Where both "," and "." occur, the last is the decimal mark. Where
// one of them occurs more than once it groups thousands. Spaces and apostrophes
// group. A single mark is the decimal mark, unless exactly three digits follow one
// to three others that do not begin with 0: then it may do either, and
//
//   - "12,000" in money and in whole numbers groups, as three decimals would be
//     none of these;
//   - "12.000" there is refused as ambiguous: half of the world groups so, and the
//     other half has slipped;
//   - in a percentage "12.345" divides and "12,345" is ambiguous;
//   - before 千, 万 and 亿 "," groups and "." divides, as in Chinese; before k, m,
//     Mio and the like either is ambiguous;
//   - in a language whose decimal mark is the comma (see Form.In) "12,000" is
//     ambiguous in money and in whole numbers, and divides in a percentage.
//
// Who knows the decimal mark of a source, such as a file's, says so and has no
// ambiguous numbers. Decimals beyond those that a field holds may be zeros.

// problem is what is wrong with a typed number.
type problem uint8

const (
	fine      problem = iota
	noNumber          // not a number
	ambiguous         // a mark that may group or divide
	tooFine           // more decimals than the field holds
	tooBig            // beyond what an int64 holds
	tooSmall          // the same, below zero
)

// Words before and after the digits, in small letters, with what they mean.
const (
	multipliers = "k:3 tsd:3 thousand:3 thousands:3 tausend:3 千:3 m:6 mn:6 mio:6 mln:6 million:6 millions:6 millionen:6 " +
		"b:9 bn:9 mrd:9 mia:9 milliarde:9 milliarden:9 lakh:5 lakhs:5 crore:7 crores:7 百:2 万:4 萬:4 亿:8 億:8"
	currencies = "$:$ us$:usd hk$:hkd nt$:twd a$:aud au$:aud c$:cad ca$:cad nz$:nzd s$:sgd r$:brl ¥:¥ 元:¥ €:eur £:gbp ₹:inr ₩:krw ₽:rub ₺:try ₫:vnd ₪:ils ฿:thb " +
		"zł:pln kč:czk kr:kr fr:chf sfr:chf rs:inr rmb:cny 人民币:cny 美元:usd 美金:usd 欧元:eur 港元:hkd 港币:hkd 英镑:gbp 日元:jpy 日圆:jpy euro:eur euros:eur"
	// The codes of ISO 4217 that money is typed in.
	codes = "aed afn all amd aoa ars aud awg azn bam bbd bdt bgn bhd bif bmd bnd bob brl bsd btn bwp byn bzd cad cdf chf clp cny cop crc cup cve czk djf dkk dop dzd egp " +
		"ern etb eur fjd fkp gbp gel ghs gip gmd gnf gtq gyd hkd hnl htg huf idr ils inr iqd irr isk jmd jod jpy kes kgs khr kmf kpw krw kwd kyd kzt lak lbp lkr lrd lsl lyd " +
		"mad mdl mga mkd mmk mnt mop mru mur mvr mwk mxn myr mzn nad ngn nio nok npr nzd omr pab pen pgk php pkr pln pyg qar ron rsd rub rwf sar sbd scr sdg sek sgd shp sle " +
		"sos srd ssp stn syp szl thb tjs tmt tnd top try ttd twd tzs uah ugx usd uyu uzs ves vnd vuv wst xaf xcd xof xpf yer zar zmw zwg"
)

// digits is a typed number taken apart: digits × 10^(exponent − decimals).
type digits struct {
	digits   []byte
	decimals int
	exponent int
	han      bool // the multiplier is Chinese
	negative bool
	currency string // its code in small letters, "$", "¥" or "kr"; "" where there is none
	shown    byte   // the decimal mark that the number shows, '.' or ','; 0 where it shows none
	doubt    byte   // the mark that may group or divide, or 0
}

// number reads s as a multiple of 10^-places. decimal is the source's decimal mark,
// or 0 where that is not known; comma says that the reader's is the comma.
func number(s string, kind Kind, places int, decimal byte, comma bool) (int64, digits, problem) {
	d, ok := parse(s, kind, decimal)
	if !ok {
		return 0, d, noNumber
	}
	if d.doubt != 0 {
		divides := d.doubt == '.' || comma && kind == Percent
		switch {
		case d.exponent > 0 && !d.han, kind == Percent && !divides, kind != Percent && (comma || divides && !d.han):
			return 0, d, ambiguous
		case divides:
			d.decimals = 3
		}
	}
	shift := places + d.exponent - d.decimals
	for n := len(d.digits); shift < 0 && n > 1 && d.digits[n-1] == '0'; n-- {
		d.digits = d.digits[:n-1]
		shift++
	}
	if shift < 0 {
		return 0, d, tooFine
	}
	beyond := tooBig
	if d.negative {
		beyond = tooSmall
	}
	var n int64
	for _, c := range d.digits {
		if n > (math.MaxInt64-9)/10 {
			return 0, d, beyond
		}
		n = n*10 + int64(c-'0')
	}
	for ; shift > 0 && n > 0; shift-- {
		if n > math.MaxInt64/10 {
			return 0, d, beyond
		}
		n *= 10
	}
	if d.negative {
		n = -n
	}
	return n, d, fine
}

// Amount is an amount of money as it was read.
type Amount struct {
	Minor    int64  // in minor units
	Currency string // what the text says of it: a code in small letters, "$", "¥", "kr", or ""
	Shown    byte   // the decimal mark that the text shows: '.', ',' or 0
	Doubt    byte   // the mark that may group or divide, or 0; Minor takes "," as grouping, and is 0 for "."
}

// ReadAmount reads an amount of money as people type it. decimal is the decimal
// mark of the source, 0 where that is not known; exponent the power of ten of its
// unit (4 where amounts are in 万).
func ReadAmount(s string, decimal byte, exponent int) (a Amount, ok bool) {
	n, d, problem := number(line(s), Money, 2+exponent, decimal, false)
	return Amount{n, d.currency, d.shown, d.doubt}, problem == fine || problem == ambiguous
}

// Unit reads what stands for a unit of money, such as 万元, k€, $M, TEUR or Mio.
// USD: the power of ten. It is false for what is none.
func Unit(s string) (exponent int, ok bool) {
	s = simplify(line(s))
	if d := (digits{}); d.after(s, Money) {
		return d.exponent, true
	}
	d := digits{}
	if n := d.money(s, Money); n > 0 && d.after(s[n:], Integer) { // $M
		return d.exponent, true
	}
	if s != "" && (s[0] == 't' || s[0] == 'k' || s[0] == 'm') { // TEUR
		if n := d.money(s[1:], Money); n > 0 && n == len(s)-1 {
			if s[0] == 'm' {
				return 6, true
			}
			return 3, true
		}
	}
	return 0, false
}

// parse takes a number apart.
func parse(s string, kind Kind, decimal byte) (d digits, ok bool) {
	if len(s) > 100 {
		return d, false
	}
	s = simplify(s)
	from, to := -1, 0
	for i := range len(s) {
		if s[i] >= '0' && s[i] <= '9' {
			if from < 0 {
				from = i
			}
			to = i + 1
		}
	}
	if from < 0 {
		return d, false
	}
	if from > 0 && (s[from-1] == '.' || s[from-1] == ',') { // .5
		from--
	}
	if to < len(s) && (s[to] == '.' || s[to] == ',') { // 5. and 5.–
		for to++; to < len(s) && s[to] == '-'; to++ {
		}
	}
	before, open := d.before(s[:from], kind)
	after := s[to:]
	if n := len(after); open {
		if n == 0 || after[n-1] != ')' {
			return d, false
		}
		after = after[:n-1]
	}
	if !before || !d.after(after, kind) {
		return d, false
	}
	body := s[from:to]
	for n := len(body); n > 0 && body[n-1] == '-'; n-- {
		body = body[:n-1]
	}
	return d, d.marks(body, decimal)
}

// before reads what stands before the digits; open: a parenthesis is to be closed.
func (d *digits) before(s string, kind Kind) (ok, open bool) {
	signed := false
	for s != "" {
		switch s[0] {
		case ' ':
			s = s[1:]
			continue
		case '+', '-', '(':
			if signed {
				return false, false
			}
			signed, open, d.negative = true, s[0] == '(', s[0] != '+'
			s = s[1:]
			continue
		}
		n := d.money(s, kind)
		if n == 0 {
			return false, false
		}
		s = s[n:]
	}
	return true, open
}

// after reads what stands after the digits.
func (d *digits) after(s string, kind Kind) bool {
	several, percent, money := 0, false, false
	for s != "" {
		n := 1
		switch {
		case s[0] == ' ':
		case s[0] == '-' && !d.negative && d.exponent == 0: // 5-, as some programs write it
			d.negative = true
		case s[0] == '%' && kind == Percent && !percent:
			percent = true
		default:
			var value string
			n, value = longestWord(s, multipliers)
			if n == 0 {
				if n = d.money(s, kind); n == 0 || money {
					return false
				}
				money = true
				break
			}
			if several++; several > 2 || percent || money || several == 2 && (s[0] < 0x80 || !d.han) {
				return false // only Chinese ones follow each other, as in 千万
			}
			d.han = s[0] >= 0x80
			d.exponent += int(value[0] - '0')
			if n < len(s) && s[n] == '.' { // Mio.
				n++
			}
		}
		s = s[n:]
	}
	return true
}

// money reads a currency at the beginning of s and returns its length, 0 where
// there is none that may stand here.
func (d *digits) money(s string, kind Kind) int {
	if kind != Money {
		return 0
	}
	n, code := longestWord(s, currencies)
	if n > 0 {
		if n < len(s) && s[n] == '.' && letter(s[0]) { // Fr. and Rs.
			n++
		}
	} else if n, _ = longestWord(s, codes); n > 0 {
		code = s[:n]
	}
	if d.currency != "" && d.currency != code { // ¥5元 says it twice
		return 0
	}
	d.currency = code
	return n
}

// longestWord finds the longest word of a table that s begins with: its length and
// what the table says of it. A word of letters does not end amid letters.
func longestWord(s, table string) (length int, value string) {
	for at := 0; at < len(table); {
		end := at
		for end < len(table) && table[end] != ' ' {
			end++
		}
		word, means := table[at:end], ""
		for i := range word {
			if word[i] == ':' {
				word, means = word[:i], word[i+1:]
				break
			}
		}
		if n := len(word); n > length && n <= len(s) && s[:n] == word && (n == len(s) || !letter(word[n-1]) || !letter(s[n])) {
			length, value = n, means
		}
		at = end + 1
	}
	return length, value
}

func letter(c byte) bool { return c >= 'a' && c <= 'z' }

// simplify maps digits, marks and letters to ASCII where they are forms of it, and
// capitals to small letters.
func simplify(s string) string {
	b := make([]byte, 0, len(s))
	for _, r := range s {
		if r = plain(r); r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		}
		b = utf8.AppendRune(b, r)
	}
	return string(b)
}

// plain maps the full-width and typographic forms of digits and marks to ASCII.
func plain(r rune) rune {
	switch {
	case 0xFF01 <= r && r <= 0xFF5E:
		return r - 0xFEE0
	case r == 0x3000 || r == 0xA0 || r == 0x202F || r >= 0x2000 && r <= 0x200A || r == '\t':
		return ' '
	case r == '−' || r >= 0x2010 && r <= 0x2015: // hyphens and dashes
		return '-'
	case r == '’' || r == '‘' || r == '´' || r == 'ʼ':
		return '\''
	case r == '。':
		return '.'
	case r == '￥':
		return '¥'
	case r == '圆' || r == '圓' || r == '元':
		return '元'
	}
	return r
}

// marks reads digits with their marks; decimal is the decimal mark where it is
// known.
func (d *digits) marks(body string, decimal byte) bool {
	var count [128]int
	last := -1 // where the last "," or "." stands
	for i := range len(body) {
		c := body[i]
		if c >= 128 {
			return false
		}
		if count[c]++; c == ',' || c == '.' {
			last = i
		}
	}
	commas, points := count[','], count['.']
	point := -1 // where the decimal mark stands
	group := byte(0)
	other := byte(',' + '.' - decimal)
	switch {
	case count[' '] > 0 && count['\''] > 0:
		return false
	case count[' '] > 0 || count['\''] > 0:
		if commas+points > 1 {
			return false
		}
		point, group = last, ' '
		if count['\''] > 0 {
			group = '\''
		}
	case last < 0:
	case decimal != 0:
		group = other
		if count[decimal] > 0 {
			point = last
		}
		if count[decimal] > 1 || count[decimal] == 1 && body[last] != decimal {
			return false
		}
	case commas > 0 && points > 0:
		point, group = last, ','+'.'-body[last]
		if count[body[last]] > 1 {
			return false
		}
	case commas > 1 || points > 1:
		group = body[last]
		d.shown = ',' + '.' - group
	case last >= 1 && last <= 3 && len(body)-last-1 == 3 && body[0] != '0':
		group, d.doubt = body[last], body[last]
	default:
		point = last
	}
	if point >= 0 {
		if d.shown = body[point]; decimal != 0 && d.shown != decimal {
			return false
		}
	}
	whole, fraction := body, ""
	if point >= 0 {
		whole, fraction = body[:point], body[point+1:]
	}
	return d.whole(whole, group) && d.fraction(fraction) && len(d.digits) > 0
}

// whole reads the digits before the decimal mark: groups of three, or as in India
// of two and a last one of three.
func (d *digits) whole(s string, group byte) bool {
	run, groups := 0, 0
	twos, threes := true, true
	for i := range len(s) {
		c := s[i]
		if group != 0 && c == group {
			if run == 0 || run > 3 {
				return false
			}
			if groups > 0 {
				twos, threes = twos && run == 2, threes && run == 3
			} else {
				twos = twos && run <= 2
			}
			run = 0
			groups++
			continue
		}
		if c < '0' || c > '9' {
			return false
		}
		d.digits = append(d.digits, c)
		run++
	}
	return groups == 0 || run == 3 && (threes || twos && group == ',')
}

func (d *digits) fraction(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	d.digits = append(d.digits, s...)
	d.decimals = len(s)
	return true
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
