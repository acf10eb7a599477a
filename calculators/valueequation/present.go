package valueequation

import "math/bits"

// present returns the present value of once at time 0 and years[t−1] at the end of
// year t, all in twelfths, discounted by rate millionths a year, rounded half away
// from zero to whole ones. With N = 10^6 and D = N + rate it is
//
//	(once × D^n + Σ years[t−1] × N^t × D^(n−t)) ÷ (12 × D^n)
//
// whose terms are whole numbers of fewer than 320 bits: at most
// 11 × (2 × 10^6)^10 × 10^18.
func present(once int64, years []int64, rate int64) int64 {
	const n = 1_000_000
	d := uint64(n + rate)
	power, divisor := wide{1}, wide{1} // N^t, D^t
	var plus, minus wide               // what is gained and lost until year t, × D^t
	add := func(twelfths int64) {
		if twelfths < 0 {
			minus = minus.plus(power.times(magnitude(twelfths)))
		} else {
			plus = plus.plus(power.times(uint64(twelfths)))
		}
	}
	add(once)
	for _, twelfths := range years {
		power, divisor = power.times(n), divisor.times(d)
		plus, minus = plus.times(d), minus.times(d)
		add(twelfths)
	}
	negative := plus.less(minus)
	if negative {
		plus, minus = minus, plus
	}
	// Half a divisor more, then down: half away from zero.
	divisor = divisor.times(12)
	q := int64(plus.minus(minus).times(2).plus(divisor).over(divisor.times(2)))
	if negative {
		return -q
	}
	return q
}

func magnitude(n int64) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}

// wide is a whole number of 384 bits, the least significant word first.
type wide [6]uint64

func (a wide) times(m uint64) wide {
	var carry uint64
	for i := range a {
		hi, lo := bits.Mul64(a[i], m)
		var c uint64
		a[i], c = bits.Add64(lo, carry, 0)
		carry = hi + c
	}
	return a
}

func (a wide) plus(b wide) wide {
	var carry uint64
	for i := range a {
		a[i], carry = bits.Add64(a[i], b[i], carry)
	}
	return a
}

// minus is a − b, for a ≥ b.
func (a wide) minus(b wide) wide {
	var borrow uint64
	for i := range a {
		a[i], borrow = bits.Sub64(a[i], b[i], borrow)
	}
	return a
}

func (a wide) less(b wide) bool {
	for i := len(a) - 1; i >= 0; i-- {
		if a[i] != b[i] {
			return a[i] < b[i]
		}
	}
	return false
}

// over is a ÷ b rounded down, where that has at most 63 bits and b at most 320:
// the division of school, one bit at a time.
func (a wide) over(b wide) uint64 {
	var shifted [63]wide
	shifted[0] = b
	for i := 1; i < len(shifted); i++ {
		shifted[i] = shifted[i-1].times(2)
	}
	var q uint64
	for i := len(shifted) - 1; i >= 0; i-- {
		q *= 2
		if !a.less(shifted[i]) {
			a = a.minus(shifted[i])
			q++
		}
	}
	return q
}
