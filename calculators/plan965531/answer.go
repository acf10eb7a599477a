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
	args   []report.Arg // what the messages of the report may name
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
	data := []report.Datum{
		count(a.orders), count(a.orders * a.EventsOfWave()), count(a.CycleWeeks()), report.Fixed(int64(a.CycleMonths()), 1),
		report.List(counts(a.load.Total)...), count(a.peak), month(a.month), count(a.SteadyPeak()), report.List(months(a.over)...),
		day(a.Deadline), day(a.latest), day(a.first),
		precise(a.risk.Chance), precise(a.risk.Expected), needed, precise(a.risk.OneMoreWave), precise(a.risk.OneMonthEarlier), report.List(odds...),

		said(a.risk.Chance), share(a.risk.Chance), share(1 - a.risk.Chance), report.Percent(a.Confidence),
		report.Fixed((thousandths(a.risk.Expected)+50)/100, 1), report.Fixed(thousandths(a.risk.OneMonthEarlier)-thousandths(a.risk.Chance), 1),
		report.Money(a.Quota, ""), report.Money(a.OrderValue, ""), count(a.Capacity), count(a.EventsOfWave()),
		count(a.StartsPerMonth), count(a.Milestones[0].Count), count(a.opportunities()), count(maxNeeded),
		month(a.FirstMonth.Add(a.orders / a.StartsPerMonth)), month(a.FirstMonth.Add(-1)), day(begin),
		count(spread), count(spread - 1), count(spare), count(-spare),
	}
	r.Number("orders events_total cycle_weeks cycle_months load peak peak_month steady_peak over_capacity deadline latest_start first_start "+
		"chance expected_orders starts_needed chance_one_more_wave chance_one_month_earlier implied_odds", data[:18]...)
	a.args = report.Args("orders events cycle months load peak month full over deadline latest first "+
		"probability expected needed more sooner odds "+
		"chance share short confidence average points quota value capacity perwave "+
		"starts each now max next before begin during earlier spare missing", data...)
	for i := range a.args {
		if a.args[i].Name == "expected" { // the reports say it to a tenth
			a.args[i].Data = report.Fixed((thousandths(a.risk.Expected)+50)/100, 1)
		}
	}
}

// define names what messages from here on may say.
func (a *answer) define(names string, data ...report.Datum) {
	a.args = append(a.args, report.Args(names, data...)...)
}

func (a *answer) say(key string) report.Message { return report.Phrase(key, a.args) }
