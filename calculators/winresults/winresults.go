// Package winresults holds for each person of an account the result that the
// offer brings and what this person wins by it (systems S23 and S24; deck slides
// 56 to 60).
//
// A result improves a process of the customer's business and can be measured. A
// win keeps a promise that the person made to themselves. One sentence joins
// them: result R lets person P win W. Two questions, do we win and do they, give
// the deck's four quadrants; the advice for each is ours (I).
//
//	people               rows that say anything
//	sentences            people with a result and a win
//	no_result, no_win    people without one
//	win_win, win_lose, lose_win, lose_lose
//	                     people by quadrant: we, then they
//	undecided            people with one of the two answers missing
//	same_win             people whose win somebody before has, word for word
//	quadrants            of each person, in the order of the form; null where undecided
//	flags                red flags (S21), which the report lists and hands over: somebody
//	                     who loses, one win for several people; one for all whose win is
//	                     not known, and one for all whose result nobody named
package winresults

import (
	"playbook/calculators/chart"
	"playbook/calculators/form"
	"playbook/calculators/report"
)

// ID is the calculator's id.
const ID = "win-results"

// Form describes the questions. Its default is the demo company.
func Form() *form.Form { return &form.Form{ID: ID, Fields: fields} }

// fields are a table rather than code, which would weigh more in WebAssembly;
// nobody writes to it.
var fields = []form.Field{
	{Name: "person", Kind: form.Rows, Fields: []form.Field{
		{Name: "name", Optional: true, MaxLen: 60},
		{Name: "role", Kind: form.Many, Options: []string{"C", "U", "T", "E"}},
		{Name: "result", Optional: true, MaxLen: 200},
		{Name: "win", Optional: true, MaxLen: 200},
		{Name: "i_win", Kind: form.Choice, Optional: true, Options: answers},
		{Name: "you_win", Kind: form.Choice, Optional: true, Options: answers},
	}, DefaultRows: [][]string{
		{"@default.coo", "E", "@default.coo-result", "@default.coo-win", "yes", "yes"},
		{"@default.marketing", "U", "@default.marketing-result", "@default.marketing-win", "yes", "yes"},
		{"@default.systems", "T", "@default.systems-result", "@default.systems-win", "yes", "no"},
		{"@default.consultant", "C", "", "@default.consultant-win", "no", "yes"},
		{"@default.cfo", "", "@default.cfo-result"},
	}},
}

var answers = []string{"yes", "no"}

// The quadrants: we, then they.
const (
	winWin = iota
	winLose
	loseWin
	loseLose
	undecided
)

var quadrants = [...]string{"win_win", "win_lose", "lose_win", "lose_lose", "undecided"}

// quadrant is where a row stands.
func quadrant(row *form.Set) int {
	if !row.Given("i_win") || !row.Given("you_win") {
		return undecided
	}
	q := winWin
	if row.Text("you_win") == "no" {
		q += winLose
	}
	if row.Text("i_win") == "no" {
		q += loseWin
	}
	return q
}

// sheet is everybody and what follows.
type sheet struct {
	people    []*form.Set
	names     []string
	of        [len(quadrants)]report.Data // names
	sentences []report.Message
	noResult  report.Data
	noWin     report.Data
	same      int
	where     report.Data
	flags     report.Flags
}

// Compute answers the form. It has no faults of its own.
func Compute(in *form.Input) (*report.Result, []form.Fault) {
	s := &sheet{}
	for _, row := range in.Rows("person") {
		if row.Given("name") || row.Given("role") || row.Given("result") || row.Given("win") {
			s.add(row)
		}
	}
	if len(s.noWin) > 0 {
		s.flags.Add("flag.no-win", "names", report.Some(s.noWin))
	}
	if len(s.noResult) > 0 {
		s.flags.Add("flag.no-result", "names", report.Some(s.noResult))
	}
	if s.same > 0 {
		s.flags.Add("flag.same", "name", s.same)
	}
	return s.present(), nil
}

// add takes a person in.
func (s *sheet) add(row *form.Set) {
	name, q := report.Name(row.Text("name")), quadrant(row)
	result, win := row.Given("result"), row.Given("win")
	s.of[q].Add(name)
	where := report.Null()
	if q != undecided {
		where = report.Code(quadrants[q])
	}
	s.where.Add(where)
	if win {
		for _, p := range s.people {
			if form.Same(p.Text("win"), row.Text("win")) {
				s.same++
				break
			}
		}
	} else {
		s.noWin.Add(name)
	}
	if result && win {
		s.sentences = append(s.sentences, report.Say("sentence", "result", row.Text("result"), "name", name, "win", row.Text("win")))
	}
	if !result {
		s.noResult.Add(name)
	}
	if row.Text("you_win") == "no" {
		s.flags.Add("flag.they-lose", "name", name)
	}
	if row.Text("i_win") == "no" {
		s.flags.Add("flag.we-lose", "name", name)
	}
	s.people = append(s.people, row)
	s.names = append(s.names, row.Text("name"))
}

// present is the report.
func (s *sheet) present() *report.Result {
	r := &report.Result{}
	n := len(s.people)
	r.Count("people", n)
	r.Count("sentences", len(s.sentences))
	r.Count("no_result", len(s.noResult))
	r.Count("no_win", len(s.noWin))
	r.Count("win_win", len(s.of[winWin]))
	r.Count("win_lose", len(s.of[winLose]))
	r.Count("lose_win", len(s.of[loseWin]))
	r.Count("lose_lose", len(s.of[loseLose]))
	r.Count("undecided", len(s.of[undecided]))
	r.Count("same_win", s.same)
	r.Value("quadrants", report.List(s.where...))
	r.Count("flags", len(s.flags))
	var losers []report.Datum
	for q := winLose; q <= loseLose; q++ {
		losers = append(losers, s.of[q]...)
	}
	sign, key, names := report.NoSign, "answer.none", report.Null()
	switch {
	case n == 0:
	case len(losers) > 0:
		sign, key, names = report.Flag, "answer.lose", report.Some(losers)
	case len(s.noWin) > 0:
		key, names = "answer.no-win", report.Some(s.noWin)
	case len(s.of[undecided]) > 0:
		key, names = "answer.undecided", report.Some(s.of[undecided])
	case len(s.noResult) > 0:
		key, names = "answer.no-result", report.Some(s.noResult)
	default:
		sign, key, names = report.Bell, "answer.win", report.Some(s.of[winWin])
	}
	r.Add(report.Verdict, sign, report.Say(key, "n", len(s.of[winWin]), "of", n), report.Say(key+"-more", "names", names))
	if n == 0 {
		return r
	}
	if len(s.sentences) > 0 {
		r.Add(report.Heading, report.NoSign, report.Say("sentence-heading"))
		r.Add(report.Items, report.NoSign, s.sentences...)
	}
	r.Figure(report.Say("field.caption"), report.Say("field.alt", "win_win", len(s.of[winWin]), "win_lose", len(s.of[winLose]), "lose_win", len(s.of[loseWin]), "lose_lose", len(s.of[loseLose])), false, s.figure)
	t := r.Table(report.Say("people.caption"), "people.name", "people.role", "people.result", "people.win", "people.i_win", "people.you_win")
	for _, p := range s.people {
		cells := []any{report.Name(p.Text("name"))}
		for _, field := range [...]string{"role", "result", "win", "i_win", "you_win"} {
			cell := report.Cell{Data: report.Field(p, field)}
			if !p.Given(field) && (field == "result" || field == "win") {
				cell = report.Cell{Data: report.Word("people.missing"), Sign: report.Flag}
			}
			cells = append(cells, cell)
		}
		t.Row(cells...)
	}
	r.Twice(s.names)
	r.Add(report.Heading, report.NoSign, report.Say("advice.heading"))
	b := r.Add(report.Items, report.NoSign)
	for q, list := range s.of {
		if len(list) > 0 {
			b.Text = append(b.Text, report.Say("advice."+quadrants[q], "names", report.Some(list)))
		}
	}
	r.Raise(s.flags)
	r.Assume("assume.sentence", "assume.quadrant")
	return r
}

// figure is the field of two by two, with the names of those who stand there.
func (s *sheet) figure(w *report.Words) chart.Chart {
	say := func(key string) string { return w.Say(report.Say(key)) }
	axis := func(key string) chart.Axis {
		return chart.Axis{Label: say("field." + key), Low: say("field." + key + "-lose"), High: say("field." + key + "-win")}
	}
	cell := func(q int) chart.Cell {
		c := chart.Cell{Label: say("field." + quadrants[q])}
		if len(s.of[q]) > 0 {
			c.Note = w.Format(report.Some(s.of[q]))
			c.Sign = "flag"
			if q == winWin {
				c.Sign = "bell"
			}
		}
		return c
	}
	return &chart.Quadrants{
		X: axis("they"), Y: axis("we"),
		TopLeft: cell(winLose), TopRight: cell(winWin), BottomLeft: cell(loseLose), BottomRight: cell(loseWin),
	}
}
