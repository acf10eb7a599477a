package plan965531

import "playbook/calculators/calendar"

// LatestStart plans from back to front: the last day from which one cycle's days
// fit before the deadline, counting only days outside the pauses, the start day
// included and the deadline not.
func (p *Params) LatestStart() calendar.Date { return p.latestStart(p.CycleWeeks()) }

// FirstStart is when the first wave must begin so that the last one begins by
// LatestStart: earlier by the calendar months between the two, the day clamped
// to the month, and moved before a pause it falls into.
func (p *Params) FirstStart() calendar.Date { return p.firstStart(p.CycleWeeks(), p.Orders()) }

func (p *Params) latestStart(weeks int) calendar.Date { return p.Pauses.Before(p.Deadline, weeks*7) }

func (p *Params) firstStart(weeks, waves int) calendar.Date {
	return p.Pauses.Out(p.latestStart(weeks).AddMonths(1 - p.startMonths(waves)))
}

// InTime reports whether the plan begins early enough: FirstStart does not lie
// before the first month.
func (p *Params) InTime() bool { return p.inTime(p.CycleWeeks(), p.Orders()) }

func (p *Params) inTime(weeks, waves int) bool {
	return !p.firstStart(weeks, waves).Before(p.FirstMonth.First())
}

// Remedy is what would bring a late plan into time, each change on its own; 0 or
// no day where that change alone cannot.
type Remedy struct {
	Weeks          int           // a cycle of at most so many weeks
	StartsPerMonth int           // so many waves begun each month
	Deadline       calendar.Date // a deadline not before this day
	Orders         int           // at most so many orders
	OrderValue     int64         // and the order value that makes so few of them enough, minor units
}

// remedyDays is how far a later deadline is looked for: two years.
const remedyDays = 2 * 366

// Remedy finds the smallest change of each kind that brings the plan into time.
func (p *Params) Remedy() Remedy {
	var r Remedy
	weeks, orders := p.CycleWeeks(), p.Orders()
	for w := weeks - 1; w >= len(p.Milestones); w-- {
		if p.inTime(w, orders) {
			r.Weeks = w
			break
		}
	}
	for o := orders - 1; o >= 1; o-- {
		if p.inTime(weeks, o) {
			r.Orders = o
			// A whole major unit is how people set an order's size.
			r.OrderValue = (p.Quota + int64(o)*100 - 1) / (int64(o) * 100) * 100
			break
		}
	}
	try := *p
	for try.StartsPerMonth < maxStarts {
		if try.StartsPerMonth++; try.InTime() {
			r.StartsPerMonth = try.StartsPerMonth
			break
		}
	}
	try = *p
	for range remedyDays {
		if try.Deadline = try.Deadline.AddDays(1); try.InTime() {
			r.Deadline = try.Deadline
			break
		}
	}
	return r
}
