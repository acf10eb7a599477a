package valueequation

import (
	"playbook/calculators/chart"
	"playbook/calculators/report"
)

// buyerPage is the page for the buyer: both sides as they were worked out together,
// what has no price yet, and what waiting costs. No verdict and no sign, no bounds,
// and no sources: who said what stays with the seller.
func (e *equation) buyerPage() []report.Block {
	r := &report.Result{}
	var all report.Args
	all.Add("years", report.Count(e.years))
	all.Add("ramp", report.Count(e.ramp))
	all.Add("problem", e.money(e.problemTotal))
	all.Add("remedy", e.money(e.remedyTotal))
	all.Add("cost", e.money(e.delay))
	all.Add("month", report.Count(e.payback))
	all.Count("n", e.problem.unpriced+e.remedy.unpriced)
	text := func(kind report.BlockKind, key string) { r.Add(kind, report.NoSign, all.Say(key)) }
	text(report.Heading, "buyer.title")
	text(report.Paragraph, "buyer.totals")
	r.Figure(all.Say("buyer.balance"), all.Say("balance.alt-"+e.tilted()), true, func(w *report.Words) chart.Chart {
		c := e.balance(w)
		c.Verdict, c.Sign = "", ""
		return c
	})
	e.table(r, &e.problem, true)
	e.table(r, &e.remedy, true)
	if e.problem.unpriced+e.remedy.unpriced > 0 {
		text(report.Paragraph, "buyer.unpriced")
	}
	if e.delay > 0 {
		text(report.Paragraph, "buyer.delay")
	}
	if e.payback > 0 {
		text(report.Paragraph, "buyer.payback")
	}
	if e.ramp > 0 {
		text(report.Paragraph, "buyer.ramp")
	}
	text(report.Paragraph, "buyer.assume")
	return r.Blocks
}
