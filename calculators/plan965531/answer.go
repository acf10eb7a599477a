package plan965531

import (
	"playbook/calculators/calendar"
	"playbook/calculators/report"
)

// answer is everything that a plan comes to, computed once.
type answer struct {
	*Params
	orders int
	load   Load
	peak   int
	month  calendar.Month // of the peak
	over   []calendar.Month
	latest calendar.Date // latest_start
	first  calendar.Date // first_start
	risk   Risk
}

func solve(p *Params) *answer {
	a := &answer{Params: p, orders: p.Orders(), latest: p.LatestStart(), first: p.FirstStart(), risk: p.Risk()}
	a.load = p.LoadOf(a.orders)
	a.peak, a.month = a.load.Peak()
	a.over = a.load.Over(p.Capacity)
	return a
}

// late reports whether the first wave should have begun before the first month.
func (a *answer) late() bool { return a.first.Before(a.FirstMonth.First()) }

// sure reports whether the chance reaches the confidence asked for.
func (a *answer) sure() bool { return a.risk.Chance >= float64(a.Confidence)/1e6-margin }

// opportunities is how many a full month of the plan begins.
func (a *answer) opportunities() int { return a.StartsPerMonth * a.Milestones[0].Count }

// values are the computed numbers under their stable names.
func (a *answer) values() []report.Value {
	var load, over, odds []report.Datum
	for _, n := range a.load.Total {
		load = append(load, count(n))
	}
	for _, m := range a.over {
		over = append(over, month(m))
	}
	for _, m := range a.Milestones {
		odds = append(odds, report.Fixed(impliedOdds(m.Count), 3))
	}
	needed := report.Null()
	if a.risk.StartsNeeded > 0 {
		needed = count(a.risk.StartsNeeded)
	}
	return []report.Value{
		{Name: "orders", Data: count(a.orders)},
		{Name: "events_total", Data: count(a.orders * a.EventsOfWave())},
		{Name: "cycle_weeks", Data: count(a.CycleWeeks())},
		{Name: "cycle_months", Data: report.Fixed(int64(a.CycleMonths()), 1)},
		{Name: "load", Data: report.List(load...)},
		{Name: "peak", Data: count(a.peak)},
		{Name: "peak_month", Data: month(a.month)},
		{Name: "steady_peak", Data: count(a.SteadyPeak())},
		{Name: "over_capacity", Data: report.List(over...)},
		{Name: "deadline", Data: day(a.Deadline)},
		{Name: "latest_start", Data: day(a.latest)},
		{Name: "first_start", Data: day(a.first)},
		{Name: "chance", Data: report.Fixed(thousandths(a.risk.Chance), 3)},
		{Name: "expected_orders", Data: report.Fixed(thousandths(a.risk.Expected), 3)},
		{Name: "starts_needed", Data: needed},
		{Name: "chance_one_more_wave", Data: report.Fixed(thousandths(a.risk.OneMoreWave), 3)},
		{Name: "chance_one_month_earlier", Data: report.Fixed(thousandths(a.risk.OneMonthEarlier), 3)},
		{Name: "implied_odds", Data: report.List(odds...)},
	}
}
