package plan965531

import (
	"playbook/calculators/calendar"
	"playbook/calculators/report"
)

// present says the answer: the verdict first, then what would change it, then
// the three views of the plan (back to front, month by month, milestone by
// milestone), then what is assumed. Each view has a file.
func present(a *answer) *report.Result {
	r := &report.Result{}
	a.publish(r)
	a.verdict(r)
	a.facts(r)
	a.chances(r)
	a.dates(r)
	a.work(r)
	a.milestones(r)
	r.Add(report.Assumptions, report.NoSign, a.say("assume.size"), a.say("assume.begin"), a.say("assume.pass"), a.say("assume.time"),
		a.say("assume.pause"), a.say("assume.load"), a.say("assume.weight"), a.say("assume.needed"))
	return r
}

func (a *answer) verdict(r *report.Result) {
	sign, key, more := report.Flag, "verdict.short", "verdict.average"
	switch {
	case a.sure():
		sign, key = report.Bell, "verdict.reached"
	case a.risk.Expected >= float64(a.orders)-0.5:
		more = "verdict.coin"
	}
	r.Add(report.Verdict, sign, a.say(key), a.say(more))
}

// facts are the numbers of the plan, each with a remark.
func (a *answer) facts(r *report.Result) {
	facts := r.NotedGrid(a.args, "orders", "expected_orders", "starts_needed", "events_total", "cycle_weeks", "peak", "latest_start", "first_start")
	if a.risk.StartsNeeded == 0 {
		facts[2].Note = a.say("fact.starts_needed-null")
	}
}

// milestone is a milestone's name, or its number where it has none.
func (a *answer) milestone(i int) report.Message {
	if s := a.Milestones[i].Name; s != "" {
		return report.Say("plain", "text", s)
	}
	return report.Say("unnamed", "n", i+1)
}

// The rest is shorthand for data.

func count(n int) report.Datum { return report.Count(int64(n)) }

func month(m calendar.Month) report.Datum { return report.Month(m.Year, m.Month) }

func day(d calendar.Date) report.Datum { return report.Date(d.Year, d.Month, d.Day) }

func counts(list []int) []report.Datum {
	var all []report.Datum
	for _, n := range list {
		all = append(all, count(n))
	}
	return all
}

func months(list []calendar.Month) []report.Datum {
	var all []report.Datum
	for _, m := range list {
		all = append(all, month(m))
	}
	return all
}

// upTo is a list of at most so many; for more of them stands "…".
func upTo(most int, list []report.Datum) report.Datum {
	if len(list) > most {
		list = append(list[:most:most], report.Code("…"))
	}
	return report.List(list...)
}

// precise is a probability or an expectation among the values.
func precise(p float64) report.Datum { return report.Fixed(thousandths(p), 3) }

// share is a probability as a percentage with one decimal: the same thousandths
// as among the values.
func share(p float64) report.Datum { return report.Percent(thousandths(p) * 1000) }

// said is a probability in a sentence, which does not say 100 % or 0 % of what is
// neither sure nor impossible.
func said(p float64) report.Datum {
	switch n := thousandths(p); {
	case n == 1000 && p < 1-margin:
		return report.Word("almost-sure")
	case n == 0 && p > margin:
		return report.Word("hardly")
	}
	return share(p)
}
