package plan965531

import "playbook/calculators/calendar"

// Load is the deck's simple model of the work (deck slide 71): a wave does its
// first milestone in the month in which it begins, its second in the next, and
// so on, whatever the weeks say.
type Load struct {
	First calendar.Month // the month of the first column
	Parts [][]int        // month by month, the events of each milestone
	Total []int          // month by month, their sum
}

// LoadOf counts the events of so many waves, month by month from the first month
// to that of the last signature, past the deadline too.
func (p *Params) LoadOf(waves int) Load {
	l := Load{First: p.FirstMonth}
	for month := range p.startMonths(waves) + len(p.Milestones) - 1 {
		parts := make([]int, len(p.Milestones))
		total := 0
		for j, m := range p.Milestones {
			parts[j] = m.Count * p.startsIn(month-j, waves)
			total += parts[j]
		}
		l.Parts = append(l.Parts, parts)
		l.Total = append(l.Total, total)
	}
	return l
}

// Peak is the greatest load and the first month that has it.
func (l Load) Peak() (events int, month calendar.Month) {
	at := 0
	for i, n := range l.Total {
		if n > events {
			events, at = n, i
		}
	}
	return events, l.First.Add(at)
}

// Over lists the months whose load is above a capacity; 0 is no limit.
func (l Load) Over(capacity int) []calendar.Month {
	var months []calendar.Month
	for i, n := range l.Total {
		if capacity > 0 && n > capacity {
			months = append(months, l.First.Add(i))
		}
	}
	return months
}

// SteadyPeak is the load of a month in which every milestone is busy: what the
// load grows to when waves begin for at least as many months as there are
// milestones. It is the deck's "at most, one month needs" (29).
func (p *Params) SteadyPeak() int { return p.StartsPerMonth * p.EventsOfWave() }
