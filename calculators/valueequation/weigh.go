package valueequation

import (
	"math/bits"
	"strconv"
)

// equation is both sides weighed. Amounts are minor units.
type equation struct {
	problem, remedy           side
	years                     int64
	rate                      int64 // discount a year, millionths
	currency                  string
	problemTotal, remedyTotal int64
	npv                       int64
	delay                     int64 // the problem's recurring cost in one month
	payback                   int64 // month; -1 where there is none
	worst, best               outcome
}

// outcome is the totals of a case.
type outcome struct{ problem, remedy int64 }

// buy is the value equation itself.
func (o outcome) buy() bool { return o.problem > o.remedy }

func weigh(problem, remedy side, years, rate int64) *equation {
	return &equation{
		problem: problem, remedy: remedy, years: years, rate: rate,
		problemTotal: problem.sum.over(years),
		remedyTotal:  remedy.sum.over(years),
		npv:          present(problem.sum.once-remedy.sum.once, problem.sum.year-remedy.sum.year, years, rate),
		delay:        divide(problem.sum.year, 12),
		payback:      payback(problem.sum, remedy.sum, years),
		worst:        outcome{problem.low.over(years), remedy.high.over(years)},
		best:         outcome{problem.high.over(years), remedy.low.over(years)},
	}
}

func (e *equation) buy() bool { return outcome{e.problemTotal, e.remedyTotal}.buy() }

// missing is what the problem lacks to the remedy.
func (e *equation) missing() int64 { return max(0, e.remedyTotal-e.problemTotal) }

// holds reports whether the worst and the best case have the same verdict.
func (e *equation) holds() bool { return e.worst.buy() == e.best.buy() }

// divide returns n ÷ d for n ≥ 0, d > 0, rounded half away from zero.
func divide(n, d int64) int64 { return n/d + (n%d*2)/d }

// ratio writes a ÷ b with two decimals, rounded half away from zero, for a ≥ 0
// and b > 0.
func ratio(a, b int64) string {
	whole := a / b
	hundredths := part(a%b, b, 100)
	if hundredths == 100 {
		whole, hundredths = whole+1, 0
	}
	return strconv.FormatInt(whole, 10) + "." + string([]byte{byte('0' + hundredths/10), byte('0' + hundredths%10)})
}

// part returns scale × a ÷ b rounded half away from zero, for 0 ≤ a ≤ b, b > 0:
// the product has 128 bits.
func part(a, b, scale int64) int64 {
	hi, lo := bits.Mul64(uint64(a), uint64(2*scale))
	lo, carry := bits.Add64(lo, uint64(b), 0)
	q, _ := bits.Div64(hi+carry, lo, 2*uint64(b))
	return int64(q)
}

// payback returns the first month from 0 to 12 × years in which the problem has
// cost at least what the remedy has, or -1. Both grow evenly, so what is between
// them at month 0 shrinks by the same amount every month.
func payback(problem, remedy sum, years int64) int64 {
	behind := remedy.once - problem.once // ≤ 5 × 10^16
	gain := problem.year - remedy.year   // in 12 months
	if behind <= 0 {
		return 0
	}
	if gain <= 0 {
		return -1
	}
	m := (12*behind-1)/gain + 1 // the ceiling of behind ÷ (gain ÷ 12)
	if m > 12*years {
		return -1
	}
	return m
}
