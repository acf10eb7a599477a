package plan965531

import "playbook/calculators/report"

// milestones sets the forecast weight beside the odds that the counts imply,
// which do not follow from each other and are never multiplied.
func (a *answer) milestones(r *report.Result) {
	r.Add(report.Heading, report.NoSign, a.say("milestones.title"))
	t := r.Table(a.say("milestones.caption"), "milestones.name", "#milestones.weeks", "#milestones.until", "#milestones.elapsed",
		"#milestones.weight", "#milestones.count", "#milestones.odds", "#milestones.total")
	cycle, weeks := a.CycleWeeks(), 0
	var product int64 // Σ count × weight, what must not be computed, in millionths
	for i, m := range a.Milestones {
		weeks += m.Weeks
		product += int64(m.Count) * m.Weight
		t.Row(a.milestone(i), m.Weeks, weeks, report.Percent(int64((200*weeks+cycle)/(2*cycle))*10_000),
			report.Percent(m.Weight), m.Count, odds(m), m.Count*a.orders)
	}
	tenths := (product + 50_000) / 100_000
	first := a.Milestones[0]
	a.args.Add("firstodds", odds(first))
	a.args.Add("weight", report.Percent(first.Weight))
	a.args.Add("product", report.Fixed(tenths, 1))
	r.Add(report.Paragraph, report.NoSign, a.say("milestones.text"))
	if tenths != 10 { // otherwise the warning would warn of nothing
		r.Add(report.Note, report.Flag, a.say("milestones.never"))
	}
}

// odds are what a milestone's count implies, as a percentage.
func odds(m Milestone) report.Datum { return report.Percent(impliedOdds(m.Count) * 1000) }
