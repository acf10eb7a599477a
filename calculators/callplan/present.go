package callplan

import (
	"playbook/calculators/chart"
	"playbook/calculators/form"
	"playbook/calculators/report"
)

// present says the plan, then the log.
func (s *sheet) present() *report.Result {
	in, calls := s.in, len(s.log)
	n := &s.outcomes
	var all report.Args
	all.Count("known", s.known)
	all.Count("unknown", len(things)-s.known)
	all.Count("open", len(s.lints))
	all.Count("calls", calls)
	all.Count("orders", n[0])
	all.Count("advances", n[1])
	all.Count("continuations", n[2])
	all.Count("no_sales", n[3])
	all.Count("weak", s.weak)
	rate := report.Share(int64(n[0]+n[1]), int64(calls))
	var codes []report.Datum
	var lints []report.Message
	say := all.Say
	for _, code := range s.lints {
		codes = append(codes, report.Code(code))
		lints = append(lints, say("lint."+code))
	}
	r := &report.Result{}
	r.Publish(all)
	r.Value("lints", report.List(codes...))
	r.Value("success_rate", rate)

	sign, answer := report.Bell, "answer.ready"
	if len(lints) > 0 {
		sign, answer = report.NoSign, "answer.open"
	}
	r.Add(report.Verdict, sign, say(answer), say("answer.known"))
	if len(lints) > 0 {
		r.Add(report.Heading, report.NoSign, say("lint.heading"))
		r.Add(report.Items, report.NoSign, lints...)
	}
	s.agenda(r)
	r.Sheet(say("person.caption"), "person", in.Rows("person"), "name role")
	var asked []*form.Set
	for _, kind := range [...]string{"S", "P", "I", "N"} {
		for _, row := range in.Rows("question") {
			if row.Text("kind") == kind {
				asked = append(asked, row)
			}
		}
	}
	r.Sheet(say("question.caption"), "question", asked, "kind ask")
	r.Sheet(say("proof.caption"), "proof", in.Rows("proof"), "claim evidence")
	r.Sheet(say("support.caption"), "support", in.Rows("support"), "what who due")

	var flags report.Flags
	var open report.Data
	for _, thing := range things {
		if !in.Has("known", thing) {
			open.Add(report.Word("option.known." + thing))
		}
	}
	if len(open) > 0 {
		flags.Add("raise", "n", len(open), "things", report.Some(open))
	}
	r.Raise(flags)
	if calls > 0 {
		r.Add(report.Heading, report.NoSign, say("log.heading"))
		r.Add(report.Paragraph, report.NoSign, say("log.rate").With("rate", rate))
		if s.weak > 0 {
			r.Add(report.Note, report.Flag, say("log.weak"))
		}
		r.Figure(say("figure.caption"), say("figure.alt"), true, func(w *report.Words) chart.Chart {
			c := &chart.Bars{Unit: w.Say(say("figure.unit"))}
			for i, outcome := range outcomes {
				c.Items = append(c.Items, chart.BarItem{Label: w.Say(say("option.outcome." + outcome)), Value: float64(n[i]), Strong: i < 2})
			}
			return c
		})
		t := r.Table(say("log.caption"), "group.call.who.label", "group.call.date.label", "log.counts", "group.call.action.label", "group.call.due.label")
		for i, row := range s.log {
			outcome := report.Cell{Data: report.Word("option.outcome." + s.counted[i])}
			if s.counted[i] != row.Text("outcome") {
				outcome.Sign = report.Flag
			}
			t.Row(row.Text("who"), report.Field(row, "date"), outcome, row.Text("action"), report.Field(row, "due"))
		}
	}
	r.Assume("assume.form", "assume.minutes", "assume.outcomes", "assume.private")
	return r
}

// agenda divides the time among the four phases: a tenth, a half, a quarter and
// the rest of it, the investigation taking what rounding leaves.
func (s *sheet) agenda(r *report.Result) {
	in := s.in
	total := int(in.Int("minutes"))
	minutes := [...]int{total / 10, 0, total / 4, total * 3 / 20}
	minutes[1] = total - minutes[0] - minutes[2] - minutes[3]
	r.Add(report.Heading, report.NoSign, report.Say("agenda.heading", "date", report.Field(&in.Set, "date"), "minutes", total))
	phases := r.Add(report.Items, report.NoSign)
	for i, phase := range [...]string{"one", "two", "three", "four"} {
		phases.Text = append(phases.Text, report.Say("agenda."+phase, "m", minutes[i],
			"purpose", report.Field(&in.Set, "purpose"), "questions", s.filled("question", "ask"), "unknown", len(things)-s.known,
			"claims", s.filled("proof", "claim"), "best", report.Field(&in.Set, "best"), "least", report.Field(&in.Set, "least")))
	}
}

// filled counts the rows of a group in which a field is filled in.
func (s *sheet) filled(group, field string) (n int) {
	for _, row := range s.in.Rows(group) {
		if row.Text(field) != "" {
			n++
		}
	}
	return n
}
