// Package responsemodes tells for each person of an account whether they feel a
// gap, and so whether they are ready to buy (system S22; deck slides 52 to 54).
//
// A person has a wanted result and a perceived reality, both from 0 to 10 as the
// seller hears them. The four modes are the deck's; the scale and the rule are
// reconstructed (I):
//
//	gap = expected − perceived; unknown where either is
//	gap < 0  over     overconfident: reality seems better than what is wanted
//	gap = 0  even     even keel: no gap
//	gap > 0  trouble  where a cause pulled reality down
//	         growth   otherwise
//	receptive         gap > 0, and our proposal closes it
//
//	people, growth, trouble, even, over, unknown
//	                  people, and how many are in each mode
//	receptive         how many are ready to buy
//	modes, gaps       of each person, in the order of the form
//	flags             red flags (S21), which the report lists and hands over: a mode
//	                  that is unknown, even keel or overconfident; a gap that the
//	                  proposal does not close, or perhaps not
package responsemodes

import (
	"playbook/calculators/chart"
	"playbook/calculators/form"
	"playbook/calculators/report"
)

// ID is the calculator's id.
const ID = "response-modes"

// Form describes the questions. Its default is the demo company: the four modes,
// and one person whose mode is not known.
func Form() *form.Form { return &form.Form{ID: ID, Fields: fields} }

// fields are a table rather than code, which would weigh more in WebAssembly;
// nobody writes to it.
var fields = []form.Field{
	{Name: "person", Kind: form.Rows, Fields: []form.Field{
		{Name: "name", Optional: true, MaxLen: 60},
		{Name: "expected", Kind: form.Integer, Optional: true, Max: 10},
		{Name: "perceived", Kind: form.Integer, Optional: true, Max: 10},
		{Name: "cause", Optional: true, MaxLen: 200},
		{Name: "closes", Kind: form.Choice, Optional: true, Options: []string{"yes", "no"}},
	}, DefaultRows: [][]string{
		{"@default.growth", "9", "6", "", "yes"},
		{"@default.trouble", "8", "4", "@default.cause", "yes"},
		{"@default.even", "7", "7"},
		{"@default.over", "5", "8"},
		{"@default.unknown"},
	}},
}

// The modes, in the order of the deck.
const (
	growth = iota
	trouble
	even
	over
	unknown
)

var modes = [...]string{"growth", "trouble", "even", "over", "unknown"}

// person is one row that says anything.
type person struct {
	*form.Set
	mode       int
	difference report.Datum // the gap, or Null
	ready      bool
}

func read(row *form.Set) *person {
	p := &person{Set: row, mode: unknown}
	if !row.Given("expected") || !row.Given("perceived") {
		return p
	}
	gap := row.Int("expected") - row.Int("perceived")
	switch {
	case gap < 0:
		p.mode = over
	case gap == 0:
		p.mode = even
	case row.Given("cause"):
		p.mode = trouble
	default:
		p.mode = growth
	}
	p.difference = report.Count(gap)
	p.ready = gap > 0 && row.Text("closes") == "yes"
	return p
}

// Compute answers the form. It has no faults of its own.
func Compute(in *form.Input) (*report.Result, []form.Fault) {
	var people []*person
	var names []string
	var of [len(modes)]report.Data // names by mode
	var ready, codes, gaps report.Data
	var flags report.Flags
	for _, row := range in.Rows("person") {
		if !row.Given("name") && !row.Given("expected") && !row.Given("perceived") && !row.Given("cause") {
			continue
		}
		p := read(row)
		people = append(people, p)
		names = append(names, row.Text("name"))
		name, mode := report.Name(row.Text("name")), modes[p.mode]
		of[p.mode].Add(name)
		codes.Add(report.Code(mode))
		gaps.Add(p.difference)
		if p.ready {
			ready.Add(name)
			continue
		}
		if p.mode < even {
			mode = "unsure"
			if row.Given("closes") {
				mode = "open"
			}
		}
		flags.Add("flag."+mode, "name", name)
	}
	r := &report.Result{}
	r.Counts("people growth trouble even over unknown receptive",
		len(people), len(of[growth]), len(of[trouble]), len(of[even]), len(of[over]), len(of[unknown]), len(ready))
	r.Value("modes", report.List(codes...))
	r.Value("gaps", report.List(gaps...))
	r.Counts("flags", len(flags))
	switch {
	case len(people) == 0:
		r.Add(report.Verdict, report.Flag, report.Say("answer.none"), report.Say("answer.none-more"))
		return r, nil
	case len(ready) == 0:
		r.Add(report.Verdict, report.Flag, report.Say("answer.nobody"), report.Say("answer.nobody-more"))
	default:
		r.Add(report.Verdict, report.Bell, report.Say("answer.ready", "n", len(ready), "of", len(people)), report.Say("answer.names", "names", report.Some(ready)))
	}
	if len(of[unknown]) < len(people) {
		r.Figure(report.Say("gaps.caption"), report.Say("gaps.alt", "growth", len(of[growth]), "trouble", len(of[trouble]), "even", len(of[even]), "over", len(of[over])), false,
			func(w *report.Words) chart.Chart { return figure(w, people) })
	}
	t := r.Table(report.Say("people.caption"), "people.name", "people.mode", "people.ready", "#people.gap", "#people.expected", "#people.perceived", "people.closes")
	for i, p := range people {
		t.Row(report.Name(names[i]), report.Word("mode."+modes[p.mode]), report.Bool(p.ready), gaps[i],
			report.Field(p.Set, "expected"), report.Field(p.Set, "perceived"), report.Field(p.Set, "closes"))
	}
	r.Twice(names)
	r.Add(report.Heading, report.NoSign, report.Say("advice.heading"))
	b := r.Add(report.Items, report.NoSign)
	for m, list := range of {
		if len(list) > 0 {
			b.Text = append(b.Text, report.Say("advice."+modes[m], "names", report.Some(list)))
		}
	}
	r.Raise(flags)
	r.Assume("assume.scale", "assume.mode", "assume.ready")
	return r, nil
}

// figure is a panel for everybody whose mode is known.
func figure(w *report.Words, people []*person) chart.Chart {
	say := func(key string) string { return w.Say(report.Say(key)) }
	c := &chart.Gaps{Expected: say("gaps.expected"), Perceived: say("gaps.perceived")}
	for _, key := range [...]string{"name", "expected", "perceived", "cause", "mode"} {
		c.Head = append(c.Head, say("people."+key))
	}
	for _, p := range people {
		if p.mode == unknown {
			continue
		}
		g := chart.Gap{
			Label: w.Format(report.Name(p.Text("name"))), Cause: p.Text("cause"), Note: say("mode." + modes[p.mode]),
			Expected: float64(p.Int("expected")), Perceived: float64(p.Int("perceived")),
		}
		if p.ready {
			g.Sign = "bell"
		} else if p.mode >= even {
			g.Sign = "flag"
		}
		c.Panels = append(c.Panels, g)
	}
	return c
}
