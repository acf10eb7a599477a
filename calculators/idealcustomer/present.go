package idealcustomer

import (
	"playbook/calculators/chart"
	"playbook/calculators/report"
)

func names(list []*customer) report.Datum {
	var all []report.Datum
	for _, c := range list[:min(len(list), 10)] {
		all = append(all, report.Text(c.name))
	}
	if len(list) > 10 {
		all = append(all, report.Text("…"))
	}
	return report.List(all...)
}

func count(n int) report.Datum { return report.Count(int64(n)) }

func (l *list) report(floor int64) *report.Result {
	r := &report.Result{}
	gone := l.gone()
	var fits, rows []report.Datum
	for i := range l.all {
		fits = append(fits, l.fit(&l.all[i]))
	}
	for i := range gone {
		rows = append(rows, count(gone[len(gone)-1-i].row))
	}
	var conflicts, gems, unranked []*customer
	for _, c := range l.valued[:l.top] {
		for _, g := range gone {
			if c == g && c.value > 0 {
				conflicts = append(conflicts, c)
			}
		}
	}
	// The best third by fit, as far as that is three quarters and they bring less than the average.
	for _, c := range l.ranked[:len(l.ranked)/3] {
		if 4*c.got >= 3*l.of && c.value >= 0 && c.value < l.total/int64(len(l.valued)) {
			gems = append(gems, c)
		}
	}
	for i := range l.all {
		if !l.all[i].ranked {
			unranked = append(unranked, &l.all[i])
		}
	}
	lost := sum(gone)
	all := &l.args
	all.Count("customers", len(l.all))
	all.Count("ranked", len(l.ranked))
	all.Count("cut", l.cut)
	all.Add("cut_rows", report.List(rows...))
	all.Add("fits", report.List(fits...))
	all.Add("value_total", report.Money(l.total, ""))
	all.Add("cut_value", report.Money(lost, ""))
	all.Add("cut_share", report.Share(lost, l.total))
	all.Count("top", l.top)
	all.Add("top_share", report.Share(sum(l.valued[:l.top]), l.total))
	all.Count("for_80", l.for80)
	all.Count("conflicts", len(conflicts))
	r.Publish(*all)
	all.Add("cut_names", names(gone))
	all.Add("conflict_names", names(conflicts))
	all.Add("gems", names(gems))
	all.Add("unranked", names(unranked))
	all.Count("valued", len(l.valued))
	all.Add("floor", report.Percent(floor))

	verdict, more, sign := "verdict.cut", "verdict.brings", report.Bell
	switch {
	case len(l.ranked) == 0:
		verdict, more, sign = "verdict.none", "verdict.none-do", report.NoSign
	case len(l.ranked) == 1:
		verdict, more, sign = "verdict.one", "verdict.one-do", report.NoSign
	case l.cut == 0:
		verdict, more = "verdict.stay", "verdict.stay-do"
	case l.total == 0:
		more = "verdict.unvalued"
	case len(conflicts) > 0:
		verdict, sign = "verdict.look", report.Flag
	}
	r.Add(report.Verdict, sign, l.say(verdict), l.say(more))
	if len(unranked) > 0 && len(l.ranked) > 0 {
		r.Add(report.Note, report.Flag, l.say("unranked"))
	}
	if n := len(l.valued); n > 0 && n < len(l.ranked) {
		r.Add(report.Note, report.NoSign, l.say("partly"))
	}
	if l.total > 0 {
		r.Figure(l.say("figure.caption"), l.say("figure.alt"), true, l.draw)
		r.NotedGrid(l.args, "cut", "cut_share", "top_share", "for_80")
	}
	if len(l.ranked) > 0 {
		r.Add(report.Heading, report.NoSign, l.say("ranking.title"))
	}
	if len(conflicts) > 0 {
		r.Add(report.Note, report.Flag, l.say("conflict"))
	}
	if n := len(l.ranked) - l.cut; l.cut > 0 && l.ranked[n-1].got == l.ranked[n].got {
		r.Add(report.Note, report.Flag, l.say("tie"))
	}
	if len(gems) > 0 {
		r.Add(report.Note, report.Bell, l.say("gem"))
	}
	if len(l.ranked) > 0 {
		l.table(r)
	}
	r.Assume("assume.fit", "assume.cut", "assume.top", "assume.harm")
	return r
}

// say is a message; all have the same arguments.
func (l *list) say(key string) report.Message { return l.args.Say(key) }

func (l *list) table(r *report.Result) {
	t := r.Table(l.say("ranking.caption"), "ranking.name", "#ranking.fit", "#ranking.value", "#ranking.share", "ranking.decision")
	for i, c := range l.ranked {
		value, share := report.Null(), report.Null()
		if c.value >= 0 {
			value, share = report.Money(c.value, ""), report.Share(c.value, l.total)
		}
		key, sign := "ranking.keep", report.NoSign
		if i >= len(l.ranked)-l.cut {
			key, sign = "ranking.go", report.Flag
		}
		t.Row(c.name, l.fit(c), value, share, report.Cell{Data: report.Word(key), Sign: sign})
	}
	if l.cut > 0 {
		r.Add(report.Paragraph, report.NoSign, l.say("advice"))
	}
}

// shown is how many customers the picture has; those between the best and the
// line, and the lowest, are taken together.
const shown = 12

// draw is the ranking: what each brings, and where the line is.
func (l *list) draw(w *report.Words) chart.Chart {
	c := &chart.Pareto{Unit: w.Say(l.say("figure.unit"))}
	for _, h := range []string{"ranking.name", "ranking.value", "figure.together"} {
		c.Head = append(c.Head, w.Say(l.say(h)))
	}
	add := func(list []*customer) {
		for i, g := range list {
			item := chart.ParetoItem{Label: g.name, Value: float64(g.worth()) / 100, Text: w.Amount(g.worth())}
			if rest := list[i:]; i == shown-1 && len(rest) > 1 {
				item = chart.ParetoItem{Label: w.Say(report.Say("figure.more", "n", count(len(rest)))), Value: float64(sum(rest)) / 100, Text: w.Amount(sum(rest))}
			}
			c.Items = append(c.Items, item)
			if i == shown-1 {
				break
			}
		}
	}
	add(l.ranked[:len(l.ranked)-l.cut])
	kept := len(c.Items)
	add(l.gone())
	c.Cut = len(c.Items) - kept
	return c
}
