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
//	                  that is even keel or overconfident; a gap that the proposal does
//	                  not close; one for all whose mode is not known, and one for all
//	                  of whom nobody knows whether it does. Of people without a name
//	                  there is none.
//
// It is good news only when everybody who decides (E) is ready, and somebody is.
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
		{Name: "role", Kind: form.Many, Options: []string{"C", "U", "T", "E"}},
		{Name: "expected", Kind: form.Integer, Optional: true, Max: 10},
		{Name: "perceived", Kind: form.Integer, Optional: true, Max: 10},
		{Name: "cause", Optional: true, MaxLen: 200},
		{Name: "closes", Kind: form.Choice, Optional: true, Options: []string{"yes", "no"}},
	}, DefaultRows: [][]string{
		{"@default.growth", "E", "9", "6", "", "yes"},
		{"@default.trouble", "U", "8", "4", "@default.cause", "yes"},
		{"@default.even", "T", "7", "7"},
		{"@default.over", "T", "5", "8"},
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
	var missed, unasked, unsure report.Data // whose gap we do not close; whom nobody has asked, in part
	var advised [len(modes)]report.Data     // by mode, without missed
	var deciders, waiting report.Data
	var flags report.Flags
	for _, row := range in.Rows("person") {
		if !row.Given("name") && !row.Given("expected") && !row.Given("perceived") && !row.Given("cause") {
			continue
		}
		p := read(row)
		people = append(people, p)
		names = append(names, row.Text("name"))
		name, mode := report.Name(row.Text("name")), modes[p.mode]
		if p.mode < even && row.Text("closes") == "no" {
			missed.Add(name)
		} else {
			advised[p.mode].Add(name)
		}
		of[p.mode].Add(name)
		codes.Add(report.Code(mode))
		gaps.Add(p.difference)
		if row.Has("role", "E") {
			deciders.Add(name)
			if !p.ready {
				waiting.Add(name)
			}
		}
		switch {
		case p.ready:
			ready.Add(name)
		case !row.Given("name"):
		case p.mode == unknown:
			unasked.Add(name)
		case p.mode < even && !row.Given("closes"):
			unsure.Add(name)
		case p.mode < even:
			flags.Add("flag.open", "name", name)
		default:
			flags.Add("flag."+mode, "name", name)
		}
	}
	if len(unsure) > 0 {
		flags.Add("flag.unsure", "names", report.Some(unsure))
	}
	if len(unasked) > 0 {
		flags.Add("flag.unknown", "names", report.Some(unasked))
	}
	r := &report.Result{}
	r.Count("people", len(people))
	r.Count("growth", len(of[growth]))
	r.Count("trouble", len(of[trouble]))
	r.Count("even", len(of[even]))
	r.Count("over", len(of[over]))
	r.Count("unknown", len(of[unknown]))
	r.Count("receptive", len(ready))
	r.Value("modes", report.List(codes...))
	r.Value("gaps", report.List(gaps...))
	r.Count("flags", len(flags))
	switch {
	case len(people) == 0:
		r.Add(report.Verdict, report.NoSign, report.Say("answer.none"), report.Say("answer.none-more"))
		return r, nil
	case len(of[unknown]) == len(people):
		r.Add(report.Verdict, report.NoSign, report.Say("answer.unknown"), report.Say("answer.nobody-more"))
	case len(ready) == 0:
		r.Add(report.Verdict, report.Flag, report.Say("answer.nobody"), report.Say("answer.nobody-more"))
	default:
		sign, more := report.NoSign, "answer.whose"
		if len(waiting) > 0 {
			more = "answer.waiting"
		} else if len(deciders) > 0 {
			sign, more = report.Bell, "answer.decides"
		}
		r.Add(report.Verdict, sign, report.Say("answer.ready", "n", len(ready), "of", len(people)), report.Say("answer.names", "names", report.Some(ready)),
			report.Say(more, "names", report.Some(waiting), "deciders", report.Some(deciders)))
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
	for m, list := range advised {
		if len(list) > 0 {
			b.Text = append(b.Text, report.Say("advice."+modes[m], "names", report.Some(list)))
		}
	}
	if len(missed) > 0 {
		b.Text = append(b.Text, report.Say("advice.open", "names", report.Some(missed)))
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
