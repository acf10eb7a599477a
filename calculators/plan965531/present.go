package plan965531

import (
	"playbook/calculators/calendar"
	"playbook/calculators/report"
)

// present says the answer: the verdict first, then what would change it, then
// the three views of the plan (back to front, month by month, milestone by
// milestone), then what is assumed. Each view has a file.
func present(a *answer) *report.Result {
	r := &report.Result{Values: a.values()}
	r.Blocks = append(r.Blocks, a.verdict(), a.facts())
	r.Blocks = append(r.Blocks, a.chances()...)
	r.Blocks = append(r.Blocks, a.dates()...)
	r.Blocks = append(r.Blocks, a.work()...)
	r.Blocks = append(r.Blocks, a.milestones()...)
	r.Blocks = append(r.Blocks, a.assumptions())
	return r
}

func (a *answer) verdict() report.Block {
	b := report.Block{Kind: report.Verdict, Sign: report.Flag}
	args := []report.Arg{
		{Name: "chance", Data: said(a.risk.Chance)},
		{Name: "orders", Data: count(a.orders)},
		{Name: "deadline", Data: day(a.Deadline)},
		{Name: "confidence", Data: report.Percent(a.Confidence)},
		{Name: "expected", Data: report.Fixed((thousandths(a.risk.Expected)+50)/100, 1)},
	}
	key := "verdict.short"
	detail := "verdict.average"
	switch {
	case a.sure():
		b.Sign, key = report.Bell, "verdict.reached"
	case a.risk.Expected >= float64(a.orders)-0.5:
		detail = "verdict.coin"
	}
	b.Text = []report.Message{{Key: key, Args: args}, {Key: detail, Args: args}}
	return b
}

func (a *answer) facts() report.Block {
	needed := report.Null()
	neededNote := say("fact.needed-null", report.Arg{Name: "max", Data: count(maxNeeded)})
	if a.risk.StartsNeeded > 0 {
		needed = count(a.risk.StartsNeeded)
		neededNote = say("fact.needed-note",
			report.Arg{Name: "now", Data: count(a.opportunities())},
			report.Arg{Name: "confidence", Data: report.Percent(a.Confidence)})
	}
	fact := func(key string, data report.Datum, note report.Message) report.Fact {
		return report.Fact{Label: say("fact." + key), Data: data, Note: &note}
	}
	return report.Block{Kind: report.Facts, Facts: []report.Fact{
		fact("orders", count(a.orders), say("fact.orders-note",
			report.Arg{Name: "quota", Data: report.Money(a.Quota, "")},
			report.Arg{Name: "value", Data: report.Money(a.OrderValue, "")})),
		fact("expected", report.Fixed(thousandths(a.risk.Expected), 3), say("fact.expected-note")),
		fact("needed", needed, neededNote),
		fact("events", count(a.orders*a.EventsOfWave()), say("fact.events-note",
			report.Arg{Name: "orders", Data: count(a.orders)},
			report.Arg{Name: "n", Data: count(a.EventsOfWave())})),
		fact("cycle", count(a.CycleWeeks()), say("fact.cycle-note",
			report.Arg{Name: "months", Data: report.Fixed(int64(a.CycleMonths()), 1)})),
		fact("peak", count(a.peak), say("fact.peak-note", report.Arg{Name: "month", Data: month(a.month)})),
		fact("latest", day(a.latest), say("fact.latest-note")),
		fact("first", day(a.first), say("fact.first-note")),
	}}
}

func (a *answer) assumptions() report.Block {
	b := report.Block{Kind: report.Assumptions}
	for _, key := range []string{"size", "begin", "pass", "time", "pause", "load", "weight", "needed"} {
		b.Text = append(b.Text, say("assume."+key, report.Arg{Name: "n", Data: count(a.Milestones[0].Count)}))
	}
	return b
}

// name is a milestone's name, or its number where it has none.
func (a *answer) name(i int) report.Message {
	if s := a.Milestones[i].Name; s != "" {
		return say("plain", report.Arg{Name: "text", Data: report.Text(s)})
	}
	return say("unnamed", report.Arg{Name: "n", Data: count(i + 1)})
}

// The rest is shorthand for data, messages and cells.

func say(key string, args ...report.Arg) report.Message { return report.Message{Key: key, Args: args} }

func count(n int) report.Datum { return report.Count(int64(n)) }

func month(m calendar.Month) report.Datum { return report.Month(m.Year, m.Month) }

func day(d calendar.Date) report.Datum { return report.Date(d.Year, d.Month, d.Day) }

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

func heading(key string) report.Block {
	return report.Block{Kind: report.Heading, Text: []report.Message{say(key)}}
}

func paragraph(m ...report.Message) report.Block {
	return report.Block{Kind: report.Paragraph, Text: m}
}

func note(s report.Sign, m ...report.Message) report.Block {
	return report.Block{Kind: report.Note, Sign: s, Text: m}
}

func table(t *report.Table) report.Block { return report.Block{Kind: report.TableOf, Table: t} }

func figure(f *report.Figure) report.Block { return report.Block{Kind: report.FigureOf, Figure: f} }

func cell(d report.Datum) report.Cell { return report.Cell{Data: d} }

func messageCell(m report.Message) report.Cell { return report.Cell{Message: &m} }

func column(key string) report.Column { return report.Column{Head: say(key)} }

func numeric(key string) report.Column { return report.Column{Head: say(key), Numeric: true} }
