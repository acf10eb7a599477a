package valueequation

import (
	"playbook/calculators/form"
)

// row is one weight: amounts in minor units.
type row struct {
	name, source string
	every        string // "once", "month" or "year"
	amount       int64  // 0 where it is not priced
	low, high    int64  // amount where it is not given
	priced       bool
	hasLow       bool
	hasHigh      bool
}

// times is how often the row counts within the horizon.
func (r row) times(years int64) int64 {
	switch r.every {
	case "month":
		return 12 * years
	case "year":
		return years
	}
	return 1
}

// total is what the row weighs over the horizon.
func (r row) total(years int64) int64 { return r.amount * r.times(years) }

// sum is the sums of a side: what counts once, and what recurs in a year.
type sum struct{ once, year int64 }

func (s *sum) add(amount int64, every string) {
	switch every {
	case "month":
		s.year += 12 * amount
	case "year":
		s.year += amount
	default:
		s.once += amount
	}
}

// over is the undiscounted sum over a horizon.
func (s sum) over(years int64) int64 { return s.once + s.year*years }

// side is one side of the equation.
type side struct {
	group          string // "problem" or "remedy"
	rows           []row
	sum, low, high sum
	unpriced       int
	bounds         bool // some row has a low or a high
	recurs         bool // some row recurs
	sourced        bool // some row names its source
}

// readSide reads a group of rows and faults the bounds that contradict their
// amount or each other.
func readSide(in *form.Input, group string) (side, []form.Fault) {
	s := side{group: group}
	var faults []form.Fault
	for _, set := range in.Rows(group) {
		r := row{name: set.Text("name"), source: set.Text("source"), every: set.Text("every")}
		r.amount, r.priced = set.OptMoney("amount")
		r.low, r.hasLow = set.OptMoney("low")
		r.high, r.hasHigh = set.OptMoney("high")
		major := func(minor int64) string { return form.Round(form.Decimal(minor, 2)) }
		switch {
		case r.priced && r.hasLow && r.low > r.amount:
			faults = append(faults, form.Fault{Field: set.Name("low"), Key: "max", Args: []form.Arg{{Name: "max", Value: major(r.amount)}}})
		case r.hasLow && r.hasHigh && r.high < r.low && !r.priced:
			faults = append(faults, form.Fault{Field: set.Name("high"), Key: "min", Args: []form.Arg{{Name: "min", Value: major(r.low)}}})
		}
		if r.priced && r.hasHigh && r.high < r.amount {
			faults = append(faults, form.Fault{Field: set.Name("high"), Key: "min", Args: []form.Arg{{Name: "min", Value: major(r.amount)}}})
		}
		if !r.hasLow {
			r.low = r.amount
		}
		if !r.hasHigh {
			r.high = max(r.amount, r.low)
		}
		if !r.priced {
			s.unpriced++
		}
		s.bounds = s.bounds || r.hasLow || r.hasHigh
		s.recurs = s.recurs || r.every != "once"
		s.sourced = s.sourced || r.source != ""
		s.sum.add(r.amount, r.every)
		s.low.add(r.low, r.every)
		s.high.add(r.high, r.every)
		s.rows = append(s.rows, r)
	}
	return s, faults
}
