package plan965531

import (
	"slices"

	"playbook/calculators/calendar"
	"playbook/calculators/form"
)

// Pause is days on which nothing moves, From and To included.
type Pause struct{ From, To calendar.Date }

// Pauses are pauses in the order of time that neither overlap nor touch.
type Pauses []Pause

// MergePauses puts pauses into order and makes one of those that overlap or
// follow each other without a day between them.
func MergePauses(pauses []Pause) Pauses {
	keys := make([]int, len(pauses))
	for i, p := range pauses {
		keys[i] = p.From.Number()
	}
	var merged Pauses
	for _, i := range form.Order(keys) {
		p := pauses[i]
		last := len(merged) - 1
		if last < 0 || p.From.Number() > merged[last].To.Number()+1 {
			merged = append(merged, p)
		} else if p.To.After(merged[last].To) {
			merged[last].To = p.To
		}
	}
	return merged
}

// Days counts the days outside the pauses from one day (included) to another
// (excluded); it is 0 when the second is not after the first.
func (ps Pauses) Days(from, to calendar.Date) int {
	a, b := from.Number(), to.Number()
	n := max(0, b-a)
	for _, p := range ps {
		n -= max(0, min(b, p.To.Number()+1)-max(a, p.From.Number()))
	}
	return max(0, n)
}

// Before returns the last day from which n days outside the pauses fit before a
// day, that last day counted and the day itself not; n is at least 1. The day it
// returns is itself outside the pauses.
func (ps Pauses) Before(day calendar.Date, n int) calendar.Date {
	end := day.Number()
	for _, p := range slices.Backward(ps) {
		from, to := p.From.Number(), p.To.Number()
		if from >= end {
			continue
		}
		free := max(0, end-(to+1)) // the days between this pause and the next
		if free >= n {
			break
		}
		n -= free
		end = from
	}
	return calendar.FromNumber(end - n)
}

// After returns the first day before which n days outside the pauses have passed
// since a day, that day counted.
func (ps Pauses) After(day calendar.Date, n int) calendar.Date {
	at := day.Number()
	for _, p := range ps {
		from, to := p.From.Number(), p.To.Number()
		if to < at {
			continue
		}
		free := max(0, from-at)
		if free >= n {
			break
		}
		n -= free
		at = to + 1
	}
	return calendar.FromNumber(at + n)
}

// Resume returns the day, or the first day after the pause that it falls into.
func (ps Pauses) Resume(day calendar.Date) calendar.Date {
	for _, p := range ps {
		if !day.Before(p.From) && !day.After(p.To) {
			return p.To.AddDays(1)
		}
	}
	return day
}

// Out returns the day, or the last day before the pause that it falls into.
func (ps Pauses) Out(day calendar.Date) calendar.Date {
	for _, p := range ps {
		if !day.Before(p.From) && !day.After(p.To) {
			return p.From.AddDays(-1)
		}
	}
	return day
}
