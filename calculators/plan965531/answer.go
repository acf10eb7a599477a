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
	args   report.Args // what the messages of the report may name
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
func (a *answer) sure() bool { return a.reaches(a.risk.Chance) }

func (a *answer) reaches(chance float64) bool { return chance >= float64(a.Confidence)/1e6-margin }

// opportunities is how many a full month of the plan begins.
func (a *answer) opportunities() int { return a.StartsPerMonth * a.Milestones[0].Count }

// publish adds the computed numbers under their stable names. With what else
// messages name, they are the arguments that all messages share.
func (a *answer) publish(r *report.Result) {
	var odds []report.Datum
	for _, m := range a.Milestones {
		odds = append(odds, report.Fixed(impliedOdds(m.Count), 3))
	}
	needed := report.Null()
	if a.risk.StartsNeeded > 0 {
		needed = count(a.risk.StartsNeeded)
	}
	begin := a.FirstMonth.First()
	spare := a.first.Number() - begin.Number()
	spread := a.startMonths(a.orders)
	all := &a.args
	all.Add("orders", count(a.orders))
	all.Add("events_total", count(a.orders*a.EventsOfWave()))
	all.Add("cycle_weeks", count(a.CycleWeeks()))
	all.Add("cycle_months", report.Fixed(int64(a.CycleMonths()), 1))
	all.Add("load", report.List(counts(a.load.Total)...))
	all.Add("peak", count(a.peak))
	all.Add("peak_month", month(a.month))
	all.Add("steady_peak", count(a.SteadyPeak()))
	all.Add("over_capacity", report.List(months(a.over)...))
	all.Add("deadline", day(a.Deadline))
	all.Add("latest_start", day(a.latest))
	all.Add("first_start", day(a.first))
	r.Publish(*all)
	r.Value("chance", precise(a.risk.Chance))
	r.Value("expected_orders", precise(a.risk.Expected))
	r.Value("starts_needed", needed)
	r.Value("chance_one_more_wave", precise(a.risk.OneMoreWave))
	r.Value("chance_one_month_earlier", precise(a.risk.OneMonthEarlier))
	r.Value("implied_odds", report.List(odds...))

	all.Add("starts_needed", needed)
	all.Add("chance", said(a.risk.Chance))
	all.Add("expected_orders", report.Fixed((thousandths(a.risk.Expected)+50)/100, 1)) // to a tenth, as reports say it
	all.Add("share", share(a.risk.Chance))
	all.Add("short", share(1-a.risk.Chance))
	all.Add("confidence", report.Percent(a.Confidence))
	all.Add("points", report.Fixed(thousandths(a.risk.OneMonthEarlier)-thousandths(a.risk.Chance), 1))
	all.Add("quota", report.Money(a.Quota, ""))
	all.Add("value", report.Money(a.OrderValue, ""))
	all.Add("capacity", count(a.Capacity))
	all.Add("perwave", count(a.EventsOfWave()))
	all.Add("starts", count(a.StartsPerMonth))
	all.Add("each", count(a.Milestones[0].Count))
	all.Add("now", count(a.opportunities()))
	all.Add("max", count(maxNeeded))
	all.Add("next", month(a.FirstMonth.Add(a.orders/a.StartsPerMonth)))
	all.Add("before", month(a.FirstMonth.Add(-1)))
	all.Add("begin", day(begin))
	all.Add("during", count(spread))
	all.Add("earlier", count(spread-1))
	all.Add("spare", count(spare))
	all.Add("missing", count(-spare))
}

func (a *answer) say(key string) report.Message { return a.args.Say(key) }
