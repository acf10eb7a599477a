package redflags

import (
	"playbook/calculators/chart"
	"playbook/calculators/form"
	"playbook/calculators/report"
)

// present is the report.
func (s *sheet) present() *report.Result {
	r := &report.Result{}
	open, closed := len(s.open), len(s.closed)
	late, next, due := report.Null(), report.Null(), report.Null()
	if s.today < never {
		late = report.Count(int64(s.overdue))
	}
	if open > 0 {
		if due = report.Field(s.open[0], "due"); s.open[0].Given("due") {
			next = report.Name(s.open[0].Text("what"))
		}
	}
	var idle []report.Datum
	for i, name := range s.bells {
		if s.used(0, i) == 0 {
			idle = append(idle, report.Text(name))
		}
	}
	r.Count("flags", open+closed)
	r.Count("open", open)
	r.Count("closed", closed)
	r.Value("overdue", late)
	l := &s.lacking
	r.Count("ready", s.ready)
	r.Count("no_cause", l[0])
	r.Count("no_bell", l[1])
	r.Count("no_action", l[2])
	r.Count("no_owner", l[3])
	r.Count("no_date", l[4])
	r.Count("twice", s.twice)
	r.Count("bells", len(s.bells))
	r.Count("bells_idle", len(idle))
	r.Value("next", next)
	r.Value("next_due", due)

	s.answer(r)
	r.Fact("fact.open", open)
	r.Fact("fact.ready", s.ready)
	r.Fact("fact.overdue", late)
	r.Fact("fact.closed", closed)
	if open > 0 {
		r.Figure(report.Say("lacks.caption", "open", open),
			report.Say("lacks.alt", "open", open, "cause", l[0], "bell", l[1], "action", l[2], "owner", l[3], "due", l[4]), false, s.figure)
	}
	s.table(r, "open.caption", s.open)
	if s.twice > 0 {
		r.Add(report.Note, report.Flag, report.Say("twice", "n", s.twice))
	}
	if len(s.bells) > 0 {
		t := r.Table(report.Say("bells.caption"), "bells.name", "#bells.open", "#bells.closed")
		for i, name := range s.bells {
			t.Row(report.Cell{Data: report.Text(name), Sign: report.Bell}, s.used(0, i), s.used(1, i))
		}
	}
	if n := len(idle); n > 0 && open > 0 {
		r.Add(report.Note, report.Bell, report.Say("bells.idle", "n", n, "names", report.List(idle[:min(n, 8)]...)))
	}
	s.table(r, "closed.caption", s.closed)
	r.Assume("assume.ready", "assume.overdue", "assume.bell")
	return r
}

// used is how many flags of a state, 0 for open, use a bell.
func (s *sheet) used(state, bell int) int {
	if bell < len(s.uses[state]) {
		return s.uses[state][bell]
	}
	return 0
}

// answer is the verdict: what to do about the flags first.
func (s *sheet) answer(r *report.Result) {
	open, n := len(s.open), len(s.open)-s.ready
	sign, key, next := report.NoSign, "answer.lack", "next.undated"
	var what, owner, due report.Datum
	if open > 0 {
		row := s.open[0]
		what, owner, due = report.Name(row.Text("what")), report.Field(row, "owner"), report.Field(row, "due")
		if row.Given("due") {
			next = "next.due"
			if row.Given("owner") {
				next = "next.owner"
			}
		}
	}
	switch {
	case open == 0 && len(s.closed) == 0:
		key, next = "answer.none", "answer.none-more"
	case open == 0:
		sign, key, next, n = report.Bell, "answer.clear", "answer.clear-more", len(s.closed)
	case s.overdue > 0:
		sign, key, n = report.Flag, "answer.overdue", s.overdue
	case n == 0:
		sign, key = report.Bell, "answer.ready"
	}
	r.Add(report.Verdict, sign, report.Say(key, "n", n, "open", open), report.Say(next, "what", what, "owner", owner, "due", due))
}

// figure is how many open flags lack each part.
func (s *sheet) figure(w *report.Words) chart.Chart {
	c := &chart.Bars{Unit: w.Say(report.Say("lacks.unit"))}
	for p, field := range parts {
		item := chart.BarItem{Label: w.Say(report.Say("part." + field)), Value: float64(s.lacking[p])}
		if s.lacking[p] > 0 {
			item.Sign = "flag"
		}
		c.Items = append(c.Items, item)
	}
	return c
}

// table lists flags, if there are any. What an open one lacks is said where it
// would stand.
func (s *sheet) table(r *report.Result, caption string, flags []*form.Set) {
	if len(flags) == 0 {
		return
	}
	t := r.Table(report.Say(caption, "n", len(flags)), "part.what", "part.cause", "part.bell", "part.action", "part.owner", "part.due")
	for _, row := range flags {
		cells := []any{report.Name(row.Text("what"))}
		for _, field := range parts {
			cell := report.Cell{Data: report.Field(row, field)}
			if open := row.Text("state") == "open"; open && !row.Given(field) {
				cell.Data = report.Word("lacks.cell")
			} else if open && field == "due" && s.late(row) {
				cell.Sign = report.Flag
			} else if i := s.bell(row); field == "bell" && i >= 0 {
				cell.Data = report.Text(s.bells[i])
			}
			cells = append(cells, cell)
		}
		t.Row(cells...)
	}
}
