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
	ramp                      int64 // months until the remedy takes effect
	hardTotal                 int64
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

func weigh(problem, remedy side, years, rate, ramp int64) *equation {
	e := &equation{problem: problem, remedy: remedy, years: years, rate: rate, ramp: min(ramp, 12*years)}
	costs, removed := 12*years, 12*years-e.ramp // months
	e.problemTotal, e.hardTotal = problem.sum.over(removed), problem.hard.over(removed)
	e.remedyTotal = remedy.sum.over(costs)
	var flows []int64 // twelfths
	for t := range years {
		flows = append(flows, problem.sum.year*min(max(12*(t+1)-e.ramp, 0), 12)-12*remedy.sum.year)
	}
	e.npv = present(12*(problem.sum.once-remedy.sum.once), flows, rate)
	e.delay = divide(problem.sum.year, 12)
	e.payback = payback(problem.sum, remedy.sum, years, e.ramp)
	e.worst = outcome{problem.low.over(removed), remedy.high.over(costs)}
	e.best = outcome{problem.high.over(removed), remedy.low.over(costs)}
	return e
}

// months is how long the rows of a side recur.
func (e *equation) months(s *side) int64 {
	if s.group == "problem" {
		return 12*e.years - e.ramp
	}
	return 12 * e.years
}

// hard is the verdict without the soft part of the problem.
func (e *equation) hard() bool { return e.hardTotal > e.remedyTotal }

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

// payback returns the first month from 0 to 12 × years from which on the problem
// has cost at least what the remedy has, or -1. The problem falls behind until the
// remedy takes effect; from then on both grow evenly.
func payback(problem, remedy sum, years, ramp int64) int64 {
	gain := problem.year - remedy.year                        // in 12 months
	ahead := 12*(problem.once-remedy.once) - remedy.year*ramp // twelfths, at the ramp's end
	end := ahead + gain*(12*years-ramp)                       // and at the horizon's
	switch {
	case end < 0:
		return -1
	case ahead >= 0:
		return 0
	}
	return ramp + (-ahead-1)/gain + 1 // the ceiling
}
