package spinplanner

import (
	"strconv"

	"playbook/calculators/chart"
	"playbook/calculators/form"
	"playbook/calculators/report"
)

// mostLinks is how many consequences have a link of their own.
const mostLinks = 8

// mostTaken is how many questions a call plan takes over: more than a call has
// time for.
const mostTaken = 20

var columns = []string{"#plan.n", "plan.kind", "plan.ask", "plan.about"}

// present says the plan: what it lacks, the mix, the order, and what each
// consequence may cost.
func (p *plan) present(before []*form.Set, bare []report.Message, followed int, large bool) *report.Result {
	total := len(p.questions)
	n := &p.n
	var all report.Args
	all.Count("situation", n[0])
	all.Count("problem", n[1])
	all.Count("implication", n[2])
	all.Count("payoff", n[3])
	all.Count("total", total)
	all.Count("lookup", len(before))
	all.Count("problems", followed)
	all.Count("bare", len(bare))
	all.Count("statements", total-p.marks)
	say := all.Say

	var codes []report.Datum
	var warned [4]bool
	var warnings []report.Message
	for _, w := range [...]struct {
		found bool
		kind  int
		code  string
	}{
		{n[1] == 0, 1, "no-problem"},
		{2*n[0] > total, 0, "many-situation"},
		{large && n[2] == 0, 2, "no-implication"},
		{large && n[3] == 0, 3, "no-payoff"},
		{large && n[2] > 0 && n[2] < followed, 2, "few-implication"},
	} {
		if w.found && total > 0 {
			codes = append(codes, report.Code(w.code))
			warnings = append(warnings, say("warn."+w.code))
			warned[w.kind] = true
		}
	}
	r := &report.Result{}
	r.Publish(all)
	r.Value("warnings", report.List(codes...))
	if total == 0 {
		r.Add(report.Verdict, report.NoSign, say("answer.empty"), say("answer.begin"))
	} else {
		warnings = append(warnings, bare...)
		if p.marks < total {
			warnings = append(warnings, say("warn.statements"))
		}
		sign, answer := report.Bell, say("answer.ready")
		if len(warnings) > 0 {
			sign, answer = report.NoSign, report.Say("answer.lacks", "n", len(warnings), "total", total)
		}
		r.Add(report.Verdict, sign, answer, say("answer."+p.in.Text("size")))
		r.Figure(say("figure.caption"), say("figure.alt"), true, func(w *report.Words) chart.Chart {
			c := &chart.Bars{Unit: w.Say(say("figure.unit"))}
			for i, kind := range kinds {
				item := chart.BarItem{Label: w.Say(say("kind." + kind)), Value: float64(n[i])}
				if warned[i] {
					item.Sign = "flag"
				}
				c.Items = append(c.Items, item)
			}
			return c
		})
		if len(warnings) > 0 {
			r.Add(report.Heading, report.NoSign, say("warn.heading"))
			r.Add(report.Items, report.NoSign, warnings...)
		}
		t := r.Table(say("plan.caption"), columns...)
		for i := range p.questions {
			q := &p.questions[i]
			t.Row(i+1, report.Word("letter."+kinds[q.kind]), q.text, q.about)
		}
	}
	p.take(r)
	if len(before) > 0 {
		t := r.Table(say("before.caption"), columns[2], "before.way")
		for _, row := range before {
			t.Row(row.Text("ask"), report.Field(row, "way"))
		}
	}
	p.price(r)
	r.Assume("assume.size", "assume.mix", "assume.order")
	return r
}

// take hands the first questions to the call plan.
func (p *plan) take(r *report.Result) {
	var pairs []any
	for i := range p.questions[:min(len(p.questions), mostTaken)] {
		at := "question." + strconv.Itoa(i)
		pairs = append(pairs, at+".kind", "SPIN"[p.questions[i].kind:p.questions[i].kind+1], at+".ask", p.questions[i].text)
	}
	if len(pairs) > 0 {
		r.Handoff("call-plan", report.Say("plan.take"), pairs...)
	}
}

// price hands each consequence to the value equation, and all of them at once.
func (p *plan) price(r *report.Result) {
	var pairs []any
	person := p.in.Text("person")
	var effects []string
	for _, row := range p.in.Rows("implication") {
		if effect := row.Text("effect"); effect != "" {
			at := "problem." + strconv.Itoa(len(effects))
			pairs = append(pairs, at+".name", effect, at+".source", person)
			effects = append(effects, effect)
		}
	}
	if len(effects) == 0 {
		return
	}
	r.Add(report.Heading, report.NoSign, report.Say("price.heading"))
	r.Add(report.Paragraph, report.NoSign, report.Say("price.text"))
	if len(effects) > 1 {
		r.Handoff("value-equation", report.Say("price.all", "n", len(effects)), pairs...)
	}
	for i, effect := range effects[:min(len(effects), mostLinks)] {
		r.Handoff("value-equation", report.Say("price.one", "effect", effect), pairs[4*i:4*i+4]...)
	}
}
