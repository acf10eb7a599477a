package valueequation

import (
	"playbook/calculators/form"
)

// row is one weight: amounts in minor units.
type row struct {
	name, source string
	every        string   // "once", "month" or "year"
	amount       int64    // as it counts; 0 where it is not priced
	low, high    int64    // the same; amount where it is not given
	stated       [3]int64 // amount, low and high as they were entered
	removes      int64    // how much of it the remedy removes, in millionths
	soft         bool
	priced       bool
	hasLow       bool
	hasHigh      bool
}

// total is what the row weighs in so many months.
func (r row) total(months int64) int64 {
	var s sum
	s.add(r.amount, r.every)
	return s.over(months)
}

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

// over is the undiscounted sum over so many months, at most 120.
func (s sum) over(months int64) int64 { return s.once + divide(s.year*months, 12) }

// side is one side of the equation.
type side struct {
	group          string // "problem" or "remedy"
	rows           []row
	sum, low, high sum
	hard           sum // of the rows that are not soft
	unpriced       int
	partly         bool // some row is removed only in part
	soft           bool // some row is soft
	bounds         bool // some row has a low or a high
	recurs         bool // some row recurs
	sourced        bool // some row names its source
}

// whole is all, in millionths.
const whole = 1_000_000

// readSide reads a group of rows and faults the bounds that contradict their
// amount or each other.
func readSide(in *form.Input, group string) (side, []form.Fault) {
	s := side{group: group}
	var faults []form.Fault
	for _, set := range in.Rows(group) {
		r := row{name: set.Text("name"), source: set.Text("source"), every: set.Text("every"), removes: whole}
		if group == "problem" {
			r.removes, r.soft = set.Percent("removes"), set.Text("kind") == "soft"
		}
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
		r.stated = [...]int64{r.amount, r.low, r.high}
		for _, n := range [...]*int64{&r.amount, &r.low, &r.high} {
			*n = part(r.removes, whole, *n)
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
		s.partly = s.partly || r.removes < whole
		s.soft = s.soft || r.soft
		s.sum.add(r.amount, r.every)
		if !r.soft {
			s.hard.add(r.amount, r.every)
		}
		s.low.add(r.low, r.every)
		s.high.add(r.high, r.every)
		s.rows = append(s.rows, r)
	}
	return s, faults
}
