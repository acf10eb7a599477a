package plan965531

import "playbook/calculators/calendar"

// Params is a plan as it is asked for: what the form holds, as plain numbers.
// Every function of the numeric core takes it; none changes it.
type Params struct {
	Quota, OrderValue int64 // minor units, both above 0
	Milestones        []Milestone
	FirstMonth        calendar.Month
	Deadline          calendar.Date // after the first day of FirstMonth
	StartsPerMonth    int           // waves begun each month, at least 1
	Capacity          int           // events a month; 0: no limit
	Pauses            Pauses        // as MergePauses returns them
	Confidence        int64         // millionths
}

// Milestone is one step of the way to a signature.
type Milestone struct {
	Name   string
	Weight int64 // forecast weight in millionths: the deck's "probability"
	Weeks  int   // the time it usually takes
	Count  int   // how many it takes for one signature; 1 at the last milestone
}

// Orders is how many signatures the quota takes: ceil(quota ÷ order value).
func (p *Params) Orders() int {
	return int((p.Quota + p.OrderValue - 1) / p.OrderValue)
}

// EventsOfWave is the number of events of one wave: the sum of the counts.
func (p *Params) EventsOfWave() int {
	n := 0
	for _, m := range p.Milestones {
		n += m.Count
	}
	return n
}

// CycleWeeks is the time from a wave's beginning to its signature.
func (p *Params) CycleWeeks() int {
	n := 0
	for _, m := range p.Milestones {
		n += m.Weeks
	}
	return n
}

// CycleMonths is CycleWeeks in tenths of a month of 30 days: the deck's measure
// (23 weeks are 5.4 months), rounded half up.
func (p *Params) CycleMonths() int {
	return (p.CycleWeeks()*14 + 3) / 6 // weeks × 7 ÷ 30 × 10 = weeks × 14 ÷ 6
}

// startMonths is how many months it takes to begin so many waves.
func (p *Params) startMonths(waves int) int {
	return (waves + p.StartsPerMonth - 1) / p.StartsPerMonth
}

// startsIn is how many of so many waves begin in the month so many months after
// the first.
func (p *Params) startsIn(month, waves int) int {
	if month < 0 {
		return 0
	}
	return max(0, min(p.StartsPerMonth, waves-month*p.StartsPerMonth))
}
