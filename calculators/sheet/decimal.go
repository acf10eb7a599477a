package sheet

import "math/bits"

// Decimal is an exact decimal with 18 places, of at most 10^20 either way. The last
// three places are a guard: comparing and rounding leave them out, so that 1/3*3 is
// 1 and a third added three times is no less. The zero Decimal is 0.
type Decimal struct {
	top, low uint64 // the magnitude in 10^-18; the highest bit is the sign, never of 0
}

const minus = 1 << 63

// high is the magnitude's upper half.
func (d Decimal) high() uint64 { return d.top &^ minus }

// negative is the sign's bit.
func (d Decimal) negative() uint64 { return d.top & minus }

const (
	unit   = 1_000_000_000_000_000_000 // 1 in 10^-18
	places = 18
	guard  = 3
)

// greatest is 10^38, the first magnitude that is too large.
var greatest = [2]uint64{0x4b3b4ca85a86c47a, 0x098a224000000000}

// powers are 10^0 to 10^18.
var powers = func() (p [places + 1]uint64) {
	p[0] = 1
	for i := 1; i <= places; i++ {
		p[i] = p[i-1] * 10
	}
	return p
}()

func tooLarge(high, low uint64) bool {
	return high > greatest[0] || high == greatest[0] && low >= greatest[1]
}

// signed is a magnitude with its sign; false where it is too large.
func signed(high, low, sign uint64) (Decimal, bool) {
	if tooLarge(high, low) {
		return Decimal{}, false
	}
	if high|low != 0 {
		high |= sign
	}
	return Decimal{high, low}, true
}

// Int is a whole number.
func Int(n int64) Decimal { return Scaled(n, 0) }

// Scaled is n × 10^-places; places is 0 to 18.
func Scaled(n int64, at int) Decimal {
	u, sign := uint64(n), uint64(0)
	if n < 0 {
		u, sign = -u, minus
	}
	high, low := bits.Mul64(u, powers[places-at])
	return Decimal{high | sign, low}
}

// Sign is -1, 0 or 1.
func (d Decimal) Sign() int {
	switch {
	case d.top|d.low == 0:
		return 0
	case d.negative() != 0:
		return -1
	}
	return 1
}

// Neg is -d.
func (d Decimal) Neg() Decimal {
	if d.top|d.low != 0 {
		d.top ^= minus
	}
	return d
}

// Add is d + e; false where it is too large.
func (d Decimal) Add(e Decimal) (Decimal, bool) {
	sign := d.negative()
	if sign == e.negative() {
		low, carry := bits.Add64(d.low, e.low, 0)
		return signed(d.high()+e.high()+carry, low, sign)
	}
	low, borrow := bits.Sub64(d.low, e.low, 0)
	high, borrow := bits.Sub64(d.high(), e.high(), borrow)
	if borrow != 0 {
		low, borrow = bits.Sub64(0, low, 0)
		high, _ = bits.Sub64(0, high, borrow)
		sign ^= minus
	}
	return signed(high, low, sign)
}

// Mul is d × e to 18 places, half away from zero; false where it is too large.
func (d Decimal) Mul(e Decimal) (Decimal, bool) {
	var p [4]uint64 // the lowest first
	p[1], p[0] = bits.Mul64(d.low, e.low)
	if dh, eh := d.high(), e.high(); dh|eh != 0 {
		h1, l1 := bits.Mul64(dh, e.low)
		h2, l2 := bits.Mul64(d.low, eh)
		h3, l3 := bits.Mul64(dh, eh)
		var c1, c2 uint64
		p[1], c1 = bits.Add64(p[1], l1, 0)
		p[2], c1 = bits.Add64(h1, l3, c1)
		p[3] = h3 + c1
		p[1], c2 = bits.Add64(p[1], l2, 0)
		p[2], c2 = bits.Add64(p[2], h2, c2)
		p[3] += c2
	}
	return byWord(p, unit, d.negative()^e.negative())
}

// byWord divides four words, the lowest first, by one, half away from zero.
func byWord(p [4]uint64, divisor, sign uint64) (Decimal, bool) {
	var rest uint64
	for i := 3; i >= 0; i-- {
		if p[i]|rest != 0 {
			p[i], rest = bits.Div64(rest, p[i], divisor)
		}
	}
	if p[3]|p[2] != 0 {
		return Decimal{}, false
	}
	if rest >= divisor-rest {
		var carry uint64
		p[0], carry = bits.Add64(p[0], 1, 0)
		p[1] += carry // below 2^64, as what is too large for that was
	}
	return signed(p[1], p[0], sign)
}

// Div is d ÷ e to 18 places, half away from zero; e is not 0. False where it is too
// large.
func (d Decimal) Div(e Decimal) (Decimal, bool) {
	sign, divisor := d.negative()^e.negative(), e.high()
	// d × 10^18 has three words.
	var p [4]uint64
	p[1], p[0] = bits.Mul64(d.low, unit)
	high, low := bits.Mul64(d.high(), unit)
	var carry uint64
	p[1], carry = bits.Add64(p[1], low, 0)
	p[2] = high + carry
	if divisor == 0 {
		return byWord(p, e.low, sign)
	}
	// Long division by two words (Knuth, D), after a shift that fills the divisor.
	shift := uint(bits.LeadingZeros64(divisor))
	v1, v0 := divisor<<shift|e.low>>1>>(63-shift), e.low<<shift
	u := [4]uint64{p[0] << shift, p[1]<<shift | p[0]>>1>>(63-shift), p[2]<<shift | p[1]>>1>>(63-shift), p[2] >> 1 >> (63 - shift)}
	var q [2]uint64
	for j := 1; j >= 0; j-- {
		var guess, rest uint64
		fits := true // rest is below 2^64
		if u[j+2] >= v1 {
			guess = 1<<64 - 1
			rest, carry = bits.Add64(u[j+1], v1, 0)
			fits = carry == 0
		} else {
			guess, rest = bits.Div64(u[j+2], u[j+1], v1)
		}
		for fits {
			high, low = bits.Mul64(guess, v0)
			if high < rest || high == rest && low <= u[j] {
				break
			}
			guess--
			rest, carry = bits.Add64(rest, v1, 0)
			fits = carry == 0
		}
		high, low = bits.Mul64(guess, v0)
		high1, low1 := bits.Mul64(guess, v1)
		var borrow uint64
		u[j], borrow = bits.Sub64(u[j], low, 0)
		low1, carry = bits.Add64(low1, high, 0)
		u[j+1], borrow = bits.Sub64(u[j+1], low1, borrow)
		u[j+2], borrow = bits.Sub64(u[j+2], high1+carry, borrow)
		if borrow != 0 {
			guess--
			u[j], carry = bits.Add64(u[j], v0, 0)
			u[j+1], carry = bits.Add64(u[j+1], v1, carry)
			u[j+2] += carry
		}
		q[j] = guess
	}
	// The rest, twice, against the divisor.
	twice1, twice0 := u[1]<<1|u[0]>>63, u[0]<<1
	if u[1]>>63 != 0 || twice1 > v1 || twice1 == v1 && twice0 >= v0 {
		q[0], carry = bits.Add64(q[0], 1, 0)
		q[1] += carry
	}
	return signed(q[1], q[0], sign)
}

// mode says which way Round goes.
type mode uint8

const (
	nearest mode = iota // half away from zero
	up
	down
)

// round leaves at most that many places; false where it is too large.
func (d Decimal) round(at int, m mode) (Decimal, bool) {
	if at >= places {
		return d, true
	}
	step := powers[places-max(at, 0)]
	high, rest := d.high()/step, d.high()%step
	low, rest := bits.Div64(rest, d.low, step)
	away := false
	switch m {
	case nearest:
		away = rest >= step-rest
	case up:
		away = rest > 0 && d.negative() == 0
	case down:
		away = rest > 0 && d.negative() != 0
	}
	if away {
		var carry uint64
		low, carry = bits.Add64(low, 1, 0)
		high += carry
	}
	top, low := bits.Mul64(low, step)
	return signed(high*step+top, low, d.negative())
}

// dropGuard rounds the guard digits away.
func (d Decimal) dropGuard() Decimal {
	r, ok := d.round(places-guard, nearest)
	if !ok {
		return d
	}
	return r
}

// Round leaves at most that many places, half away from zero; false where it is too
// large.
func (d Decimal) Round(at int) (Decimal, bool) { return d.dropGuard().round(at, nearest) }

// Cmp compares: -1, 0 or 1. The guard places do not count.
func (d Decimal) Cmp(e Decimal) int {
	if d == e {
		return 0
	}
	difference, ok := d.dropGuard().Add(e.dropGuard().Neg())
	if !ok {
		return d.Sign()
	}
	return difference.Sign()
}

// Whole is d as a whole number; false where it has a fraction or needs more than 62
// bits.
func (d Decimal) Whole() (int64, bool) {
	d = d.dropGuard()
	n, rest, ok := d.over(unit)
	return n, ok && rest == 0
}

// Minor is d as a number of 10^-at, rounded; false where it needs more than 62 bits.
func (d Decimal) Minor(at int) (int64, bool) {
	d, ok := d.Round(at)
	n, _, fits := d.over(powers[places-at])
	return n, ok && fits
}

// over is the magnitude divided by a number, with d's sign.
func (d Decimal) over(divisor uint64) (n int64, rest uint64, ok bool) {
	if d.high() >= divisor>>2 && d.high() > 0 {
		return 0, 0, false
	}
	q, rest := bits.Div64(d.high(), d.low, divisor)
	if q >= 1<<62 {
		return 0, 0, false
	}
	if d.negative() != 0 {
		return -int64(q), rest, true
	}
	return int64(q), rest, true
}

// Float is d as nearly as a drawing needs it.
func (d Decimal) Float() float64 {
	f := (float64(d.high())*(1<<64) + float64(d.low)) / unit
	if d.negative() != 0 {
		return -f
	}
	return f
}

// Text writes d plainly, rounded to that many places (0 to 18): "-12.50".
func (d Decimal) Text(at int) string {
	d, ok := d.Round(at)
	if !ok {
		return ""
	}
	var buf [64]byte
	i := len(buf)
	high, low := d.high(), d.low
	for n := 0; n <= places || high|low != 0; n++ {
		var rest uint64
		high, rest = high/10, high%10
		low, rest = bits.Div64(rest, low, 10)
		if n == places && at > 0 {
			i--
			buf[i] = '.'
		}
		if n >= places-at {
			i--
			buf[i] = byte('0' + rest)
		}
	}
	if d.negative() != 0 {
		i--
		buf[i] = '-'
	}
	return string(buf[i:])
}

// ParseDecimal reads a plain number, "-12.50"; false for what is none, has more than
// 18 places or is too large.
func ParseDecimal(s string) (Decimal, bool) {
	sign := uint64(0)
	if s != "" && s[0] == '-' {
		sign, s = minus, s[1:]
	}
	var high, low uint64
	digits, after, point := 0, 0, false
	push := func(digit byte) {
		top, l := bits.Mul64(low, 10)
		var carry uint64
		low, carry = bits.Add64(l, uint64(digit), 0)
		if high > greatest[0] {
			return // too large, and stays so
		}
		high = high*10 + top + carry
	}
	for i := range len(s) {
		c := s[i]
		switch {
		case c == '.' && !point && digits > 0:
			point = true
			continue
		case c < '0' || c > '9':
			return Decimal{}, false
		}
		if digits++; point {
			after++
		}
		if digits > 40 || after > places {
			return Decimal{}, false
		}
		push(c - '0')
	}
	if digits == 0 || point && after == 0 {
		return Decimal{}, false
	}
	for ; after < places; after++ {
		push(0)
	}
	return signed(high, low, sign)
}
