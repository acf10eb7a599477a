package messagelevels

import (
	"playbook/calculators/chart"
	"playbook/calculators/form"
	"playbook/calculators/report"
)

var (
	levelColumns     = []string{"level.level", "level.says", "level.gaps"}
	objectionColumns = []string{"objection.said", "objection.source", "objection.answer", "objection.evidence", "objection.gaps"}
)

// present is the report.
func (s *sheet) present() *report.Result {
	in := s.in
	var flags report.Flags
	ready, sound, fromKey := 0, 0, 0
	found := 0 // the gaps that occur, as bits
	for _, gaps := range s.says {
		found |= gaps
		if gaps == 0 {
			sound++
		}
	}
	for i := range s.objections {
		o := &s.objections[i]
		found |= o.gaps
		if o.set.Text("source") == "E" {
			fromKey++
		}
		if o.gaps == 0 {
			ready++
		} else {
			flags.Add("raise", "said", o.set.Text("said"), "gaps", s.missing(o.gaps).Data)
		}
	}
	right := len(form.Split(in.Text("rights")))
	open := len(levels) - sound + len(rights) - right + len(s.objections) - ready
	var all report.Args
	all.Count("levels", sound)
	all.Count("rights", right)
	all.Count("aims", len(form.Split(in.Text("aims"))))
	all.Count("objections", len(s.objections))
	all.Count("from_key", fromKey)
	all.Count("ready", ready)
	all.Count("gaps", open)
	say := all.Say
	r := &report.Result{}
	r.Publish(all)

	sign, answer := report.Bell, "answer.ready"
	if open > 0 {
		sign, answer = report.NoSign, "answer.gaps"
	}
	r.Add(report.Verdict, sign, say(answer), say("answer.more"))
	r.Figure(say("figure.caption"), say("figure.alt"), true, func(w *report.Words) chart.Chart {
		c := &chart.Ladder{}
		for i, level := range levels {
			item := chart.ChainItem{Label: w.Say(say("ladder." + level)), Note: in.Text(level)}
			if s.says[i] > 0 {
				item.Sign = "flag"
			}
			c.Items = append(c.Items, item)
		}
		return c
	})
	if found > 0 || right < len(rights) {
		r.Add(report.Heading, report.NoSign, say("todo.heading"))
		todo := r.Add(report.Items, report.NoSign)
		for i, name := range gaps {
			if found>>i&1 > 0 {
				todo.Text = append(todo.Text, say("todo."+name))
			}
		}
		for _, name := range rights {
			if !in.Has("rights", name) {
				todo.Text = append(todo.Text, say("todo."+name))
			}
		}
	}
	t := r.Table(say("level.caption"), levelColumns...)
	for i := len(levels) - 1; i >= 0; i-- {
		t.Row(say("ladder."+levels[i]), in.Text(levels[i]), s.missing(s.says[i]))
	}
	aims := "aims.none"
	if in.Text("aims") != "" {
		aims = "aims.some"
	}
	r.Add(report.Paragraph, report.NoSign, report.Say(aims, "aims", report.Field(&in.Set, "aims")))
	if len(s.objections) > 0 {
		t := r.Table(say("objection.caption"), objectionColumns...)
		for i := range s.objections {
			o := &s.objections[i]
			answer := report.Field(o.set, "answer")
			if !o.set.Given("answer") {
				answer = report.Field(o.set, "due")
			}
			t.Row(o.set.Text("said"), report.Field(o.set, "source"), answer, o.set.Text("evidence"), s.missing(o.gaps))
		}
	}
	r.Raise(flags)
	r.Assume("assume.levels", "assume.checks", "assume.rights")
	return r
}

func (s *sheet) missing(bits int) report.Cell { return report.Missing("gap", gaps, bits) }
