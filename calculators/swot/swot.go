// Package swot is the worksheet of strengths, weaknesses, opportunities and
// threats at three scopes, with the parts of a project's plan (system S29; deck
// slide 72). The deck names SWOT and its scopes without spelling the letters out:
// terms, pairings and weights are from outside of it (X).
//
// An entry has a scope, a kind, a weight from 1 to 3, and what follows from it: an
// action, an owner, a date. The part of the plan that it belongs to has somebody
// who carries it, a date, and is done or not. Compute gives
//
//	entries, strengths, weaknesses, opportunities, threats
//	                       how many rows say anything, and of which kind
//	company, project, milestone
//	                       how many stand at each scope
//	balance                weights of strengths and opportunities less those of
//	                       weaknesses and threats
//	use, defend, mend, avoid
//	                       pairs that stand at one scope: a strength with an
//	                       opportunity, a strength with a threat, a weakness with an
//	                       opportunity, a weakness with a threat; a strength or a
//	                       weakness of the company counts at every scope
//	loose                  weaknesses and threats that lack an action, an owner or a
//	                       date
//	plan, done             parts of the plan, and those that are done
//	next, next_due         the open part with the earliest date, and that date; null
//	                       where none has a date
package swot

import (
	"strconv"

	"playbook/calculators/chart"
	"playbook/calculators/form"
	"playbook/calculators/report"
)

// ID is the calculator's id.
const ID = "swot"

// Form describes the questions. Its default is the demo company's sale; the parts
// of the plan and who carries them are the deck's.
func Form() *form.Form { return &form.Form{ID: ID, Fields: fields} }

var (
	scopes = []string{"company", "project", "milestone"}
	kinds  = []string{"strength", "weakness", "opportunity", "threat"}
)

// The kinds by their place in kinds; odd ones hinder.
const (
	strength = iota
	weakness
	opportunity
	threat
)

var fields = []form.Field{
	{Name: "entry", Kind: form.Rows, Fields: []form.Field{
		{Name: "what", Optional: true, MaxLen: 120},
		{Name: "scope", Kind: form.Choice, Default: "project", Options: scopes},
		{Name: "kind", Kind: form.Choice, Default: "strength", Options: kinds},
		{Name: "weight", Kind: form.Integer, Default: "2", Min: 1, Max: 3},
		{Name: "action", Optional: true, MaxLen: 200},
		{Name: "owner", Optional: true, MaxLen: 80},
		{Name: "due", Kind: form.Date, Optional: true},
	}, DefaultRows: [][]string{
		{"@default.view", "project", "strength", "3"},
		{"@default.move", "milestone", "strength", "2"},
		{"@default.bottlers", "company", "strength", "2"},
		{"@default.coo", "project", "weakness", "3", "@default.coo-action", "@default.anna", "2027-03-22"},
		{"@default.finance", "company", "weakness", "2"},
		{"@default.goal", "project", "opportunity", "3"},
		{"@default.summer", "milestone", "opportunity", "1"},
		{"@default.graham", "project", "threat", "2", "@default.graham-action", "@default.ben", "2027-03-10"},
		{"@default.tender", "project", "threat", "3"},
	}},
	{Name: "plan", Kind: form.Rows, MaxRows: 100, Fields: []form.Field{
		{Name: "part", Optional: true, MaxLen: 120},
		{Name: "who", Optional: true, MaxLen: 120},
		{Name: "due", Kind: form.Date, Optional: true},
		{Name: "state", Kind: form.Choice, Default: "open", Options: []string{"open", "done"}},
	}, DefaultRows: [][]string{
		{"@default.plan-swot", "@default.plan-swot-who", "2027-01-20", "done"},
		{"@default.plan-sales", "@default.plan-sales-who", "2027-02-05", "done"},
		{"@default.plan-aim", "@default.plan-aim-who", "2027-03-19"},
		{"@default.plan-back", "@default.plan-back-who", "2027-03-26"},
		{"@default.plan-stones", "@default.plan-stones-who", "2027-04-02"},
		{"@default.plan-own"},
	}},
}

// entry is one row that says anything.
type entry struct {
	row         *form.Set
	scope, kind int
	weight      int
	loose       bool
}

// sheet is the worksheet.
type sheet struct {
	entries []entry
	ofKind  [4]int
	ofScope [3]int
	grid    [3][4]int
	balance int
	loose   int
	pairs   [4][]pair // use, defend, mend, avoid
	plan    []*form.Set
	done    int
	next    *form.Set
}

// pair is an inside entry with an outside one.
type pair struct{ inside, outside int }

// Compute answers the form. It has no faults of its own.
func Compute(in *form.Input) (*report.Result, []form.Fault) {
	s := &sheet{}
	for _, row := range in.Rows("entry") {
		if row.Given("what") {
			s.add(row)
		}
	}
	for i := range s.entries {
		for j := range s.entries {
			s.match(i, j)
		}
	}
	for i := range s.pairs {
		s.rank(i)
	}
	first := 0
	for _, row := range in.Rows("plan") {
		if !row.Given("part") {
			continue
		}
		s.plan = append(s.plan, row)
		if row.Text("state") == "done" {
			s.done++
		} else if d, ok := row.OptDate("due"); ok && (s.next == nil || d.Number() < first) {
			s.next, first = row, d.Number()
		}
	}
	return s.present(), nil
}

// place is the index of an option.
func place(options []string, value string) int {
	for i, o := range options {
		if o == value {
			return i
		}
	}
	return 0
}

func (s *sheet) add(row *form.Set) {
	e := entry{row: row, scope: place(scopes, row.Text("scope")), kind: place(kinds, row.Text("kind")), weight: int(row.Int("weight"))}
	s.ofKind[e.kind]++
	s.ofScope[e.scope]++
	s.grid[e.scope][e.kind]++
	if e.kind%2 == 0 {
		s.balance += e.weight
	} else {
		s.balance -= e.weight
		e.loose = !row.Given("action") || !row.Given("owner") || !row.Given("due")
	}
	if e.loose {
		s.loose++
	}
	s.entries = append(s.entries, e)
}

// match pairs an inside entry with an outside one where they meet.
func (s *sheet) match(i, j int) {
	in, out := &s.entries[i], &s.entries[j]
	if in.kind > weakness || out.kind < opportunity || in.scope != out.scope && in.scope != 0 {
		return
	}
	n := in.kind*2 + out.kind - opportunity
	s.pairs[n] = append(s.pairs[n], pair{i, j})
}

// rank puts the heaviest pairs of a kind first.
func (s *sheet) rank(n int) {
	pairs := s.pairs[n]
	keys := make([]int, len(pairs))
	for i, p := range pairs {
		keys[i] = -s.entries[p.inside].weight * s.entries[p.outside].weight
	}
	sorted := make([]pair, 0, len(pairs))
	for _, i := range form.Order(keys) {
		sorted = append(sorted, pairs[i])
	}
	s.pairs[n] = sorted
}

// ways are what a pair asks for, in the order of pairs.
var ways = [...]string{"use", "defend", "mend", "avoid"}

// shownPairs is how many of a kind the report lists: more than anybody acts on.
const shownPairs = 2

// present is the report.
func (s *sheet) present() *report.Result {
	r := &report.Result{}
	k, p := &s.ofKind, &s.pairs
	next, due := report.Null(), report.Null()
	if s.next != nil {
		next, due = report.Field(s.next, "part"), report.Field(s.next, "due")
	}
	var all report.Args
	all.Count("entries", len(s.entries))
	all.Count("strengths", k[0])
	all.Count("weaknesses", k[1])
	all.Count("opportunities", k[2])
	all.Count("threats", k[3])
	all.Count("company", s.ofScope[0])
	all.Count("project", s.ofScope[1])
	all.Count("milestone", s.ofScope[2])
	all.Count("balance", s.balance)
	all.Count("use", len(p[0]))
	all.Count("defend", len(p[1]))
	all.Count("mend", len(p[2]))
	all.Count("avoid", len(p[3]))
	all.Count("loose", s.loose)
	all.Count("plan", len(s.plan))
	all.Count("done", s.done)
	all.Add("next", next)
	all.Add("next_due", due)
	r.Publish(all)
	say := all.Say

	sign, key, more := report.NoSign, "answer.loose", "answer.loose-more"
	switch {
	case len(s.entries) == 0:
		key, more = "answer.none", "answer.none-more"
	case k[0] == 0 || k[1] == 0 || k[2] == 0 || k[3] == 0:
		key, more = "answer.lopsided", "answer.lopsided-more"
	case s.loose > 0:
		sign = report.Flag
	default:
		sign, key, more = report.Bell, "answer.clear", "answer.clear-more"
	}
	r.Add(report.Verdict, sign, say(key), say(more))
	if len(s.entries) > 0 {
		r.Figure(say("grid.caption"), say("grid.alt"), true, s.figure)
		t := r.Table(say("scope.caption"), "scope.scope", "#kind.strength", "#kind.weakness", "#kind.opportunity", "#kind.threat")
		for i, scope := range scopes {
			g := &s.grid[i]
			t.Row(report.Word("option.scope."+scope), g[0], g[1], g[2], g[3])
		}
		s.listed(r)
		s.paired(r)
	}
	if len(s.plan) > 0 {
		r.Add(report.Heading, report.NoSign, say("plan.heading"))
		last := "plan.later"
		switch {
		case s.done == len(s.plan):
			last = "plan.all"
		case s.next != nil:
			last = "plan.next"
		}
		r.Add(report.Paragraph, report.NoSign, say("plan.done"), say(last))
		r.Sheet(say("plan.caption"), "plan", s.plan, "part who due state")
	}
	s.hand(r)
	r.Assume("assume.letters", "assume.pairs", "assume.weight", "assume.plan")
	return r
}

// figure is the field of four, the heaviest entries of each kind in it.
func (s *sheet) figure(w *report.Words) chart.Chart {
	cell := func(kind int) chart.Cell {
		c := chart.Cell{Label: w.Say(report.Say("kind." + kinds[kind])), Sign: "bell"}
		if kind%2 == 1 {
			c.Sign = "flag"
		}
		names := report.Data{}
		for weight := 3; weight > 0; weight-- {
			for i := range s.entries {
				if e := &s.entries[i]; e.kind == kind && e.weight == weight {
					names.Add(report.Field(e.row, "what"))
				}
			}
		}
		if more := len(names) - 3; more > 0 {
			names = append(names[:3:3], report.Text("…"))
		}
		if c.Note = w.Format(report.List(names...)); len(names) == 0 {
			c.Sign = ""
		}
		return c
	}
	return &chart.Quadrants{
		X:       chart.Axis{Label: w.Say(report.Say("axis.aim")), Low: w.Say(report.Say("axis.helps")), High: w.Say(report.Say("axis.hinders"))},
		Y:       chart.Axis{Label: w.Say(report.Say("axis.where")), Low: w.Say(report.Say("axis.outside")), High: w.Say(report.Say("axis.inside"))},
		TopLeft: cell(strength), TopRight: cell(weakness), BottomLeft: cell(opportunity), BottomRight: cell(threat),
	}
}

// listed is every entry with what follows from it, and what a weakness or a threat
// lacks.
func (s *sheet) listed(r *report.Result) {
	t := r.Table(report.Say("entries.caption", "n", len(s.entries)), "entries.what", "entries.kind", "entries.action", "entries.owner", "entries.due")
	for i := range s.entries {
		e := &s.entries[i]
		cells := []any{report.Field(e.row, "what"), report.Word("kind." + kinds[e.kind])}
		for _, field := range []string{"action", "owner", "due"} {
			cell := report.Cell{Data: report.Field(e.row, field)}
			if e.kind%2 == 1 && !e.row.Given(field) {
				cell.Data, cell.Sign = report.Word("entries.missing"), report.Flag
			}
			cells = append(cells, cell)
		}
		t.Row(cells...)
	}
}

// paired is what meets what, the heaviest first.
func (s *sheet) paired(r *report.Result) {
	var t *report.Table
	for n, pairs := range s.pairs {
		for _, p := range pairs[:min(len(pairs), shownPairs)] {
			if t == nil {
				r.Add(report.Heading, report.NoSign, report.Say("pairs.heading"))
				t = r.Table(report.Say("pairs.caption", "n", shownPairs), "pairs.way", "pairs.inside", "pairs.outside", "entries.action")
			}
			in, out := s.entries[p.inside].row, s.entries[p.outside].row
			var actions report.Data
			for _, row := range [...]*form.Set{in, out} {
				if row.Given("action") {
					actions.Add(report.Field(row, "action"))
				}
			}
			action := report.Cell{Data: report.List(actions...)}
			if len(actions) == 0 {
				action = report.Cell{Data: report.Word("entries.missing"), Sign: report.Flag}
			}
			t.Row(report.Say("way."+ways[n]), report.Field(in, "what"), report.Field(out, "what"), action)
		}
	}
}

// mostBells is how many strengths a link takes along: an address has a length.
const mostBells = 20

// hand raises loose weaknesses and threats as flags, and hands strengths on as bells.
func (s *sheet) hand(r *report.Result) {
	var flags report.Flags
	var bells []any
	for i := range s.entries {
		e := &s.entries[i]
		if e.loose {
			flags.Add("flag."+kinds[e.kind], "what", report.Field(e.row, "what"))
		}
		if n := len(bells) / 2; e.kind == strength && n < mostBells {
			bells = append(bells, "bell."+strconv.Itoa(n)+".name", e.row.Text("what"))
		}
	}
	r.Raise(flags)
	if bells != nil {
		r.Handoff("red-flags", report.Say("hand.bells", "n", len(bells)/2), bells...)
	}
}
