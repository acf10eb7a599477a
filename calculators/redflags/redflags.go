// Package redflags is the worksheet of red flags and little bells (system S21;
// deck slide 50).
//
// A red flag marks an obstacle or a gap in a sale. It is a good thing to have
// found: it shows where the way is to be cleared. A little bell is a strength,
// the greatest difference from the competitors. The rule that a flag is attacked
// with a bell is reconstructed (I); the source's "leverage from strength" is
// Miller and Heiman's (X).
//
// A flag has a cause, the bell to use, an action, an owner and a date, and is
// open or closed. Rows are the reader's own or come from other worksheets, which
// raise flags by their rules and hand over flag.what and flag.cause. Form asks,
// and Compute sorts:
//
//	flags, open, closed  rows that say anything, and how many are in each state
//	overdue              open flags whose date is before today; null without today
//	ready                open flags that have all five: cause, bell, action, owner, date
//	no_cause, no_bell, no_action, no_owner, no_date
//	                     open flags that lack it
//	twice                open flags whose text an earlier open one has
//	bells, bells_idle    the strengths, and those that no open flag uses
//	next, next_due       the open flag with the earliest date, and that date; null
//	                     where none has a date
//
// A flag's bell is the name of a row of bells, or its number; a name that is not
// there is taken as one more strength, because nothing that a reader typed is
// lost. A number that no row has is a fault, with a result beside it.
package redflags

import (
	"playbook/calculators/form"
	"playbook/calculators/report"
)

// ID is the calculator's id.
const ID = "red-flags"

// Form describes the questions. Its default is the demo company's sale.
func Form() *form.Form { return &form.Form{ID: ID, Fields: fields} }

// fields are a table rather than code, which would weigh more in WebAssembly;
// nobody writes to it.
var fields = []form.Field{
	{Name: "today", Setting: true, Kind: form.Date, Optional: true, Default: "2027-03-15", Today: true},
	{Name: "flag", Kind: form.Rows, Fields: []form.Field{
		{Name: "what", Optional: true, MaxLen: 200},
		{Name: "cause", Optional: true, MaxLen: 200},
		{Name: "bell", Optional: true, MaxLen: 120},
		{Name: "action", Optional: true, MaxLen: 200},
		{Name: "owner", Optional: true, MaxLen: 80},
		{Name: "due", Kind: form.Date, Optional: true},
		{Name: "state", Kind: form.Choice, Default: "open", Options: []string{"open", "closed"}},
	}, DefaultRows: [][]string{
		{"@default.contact", "@default.contact-cause", "@default.view", "@default.contact-action", "@default.owner-1", "2027-03-22"},
		{"@default.against", "@default.against-cause", "@default.move", "@default.against-action", "@default.owner-2", "2027-03-10"},
		{"@default.counterpart", "@default.counterpart-cause"},
		{"@default.orphan"},
		{"@default.coach", "@default.coach-cause", "@default.references", "@default.coach-action", "@default.owner-1", "2027-02-19", "closed"},
	}},
	{Name: "bell", Kind: form.Rows, Fields: []form.Field{
		{Name: "name", Optional: true, MaxLen: 120},
	}, DefaultRows: [][]string{
		{"@default.view"}, {"@default.move"}, {"@default.references"}, {"@default.service"},
	}},
}

// parts are what an open flag needs, in the order of the form.
var parts = [...]string{"cause", "bell", "action", "owner", "due"}

// sheet is the worksheet. Rows that say nothing are left out.
type sheet struct {
	open, closed []*form.Set // by date, those without one last; as given
	bells        []string
	listed       int      // how many of them are rows of the form
	uses         [2][]int // by open and by closed flags, of each bell
	today        int      // day number; no date is before it where there is none
	lacking      [len(parts)]int
	overdue      int
	ready        int
	twice        int
	faults       []form.Fault
}

// Compute answers the form. Its own fault is "bell" at the number of a bell that
// there is not.
func Compute(in *form.Input) (*report.Result, []form.Fault) {
	s := &sheet{today: day(&in.Set, "today")}
	for _, row := range in.Rows("bell") {
		if row.Given("name") {
			s.bells = append(s.bells, row.Text("name"))
		}
	}
	s.listed = len(s.bells)
	var open []*form.Set
	var keys []int
	for _, row := range in.Rows("flag") {
		switch {
		case s.lacks(row, nil) == len(parts) && !row.Given("what"):
		case row.Text("state") == "open":
			open = append(open, row)
			keys = append(keys, day(row, "due"))
		default:
			s.closed = append(s.closed, row)
		}
	}
	for _, i := range form.Order(keys) {
		s.open = append(s.open, open[i])
	}
	for state, flags := range [...][]*form.Set{s.open, s.closed} {
		for _, row := range flags {
			if i := s.bell(row); i < 0 && row.Given("bell") {
				s.faults = append(s.faults, form.Fault{Field: row.Name("bell"), Key: "bell", Args: []form.Arg{{Name: "n", Value: row.Text("bell")}}})
			} else if i >= 0 {
				for len(s.uses[state]) <= i {
					s.uses[state] = append(s.uses[state], 0)
				}
				s.uses[state][i]++
			}
		}
	}
	for i, row := range s.open {
		s.count(i, row)
	}
	return s.present(), s.faults
}

// never is a day number after every date.
const never = 1 << 30

// day is the day number of a date; never where there is none.
func day(set *form.Set, name string) int {
	if d, ok := set.OptDate(name); ok {
		return d.Number()
	}
	return never
}

// lacks counts what a flag needs and does not have, also in each part's count.
func (s *sheet) lacks(row *form.Set, counts []int) (n int) {
	for p, field := range parts {
		if !row.Given(field) {
			n++
			if counts != nil {
				counts[p]++
			}
		}
	}
	return n
}

// bell is the index of a flag's strength, which joins the list where it is not on
// it; -1 for none, and for a number that none has.
func (s *sheet) bell(row *form.Set) int {
	if !row.Given("bell") {
		return -1
	}
	if s.numbered(row) {
		return form.Refer(s.bells[:s.listed], row.Text("bell"))
	}
	i := form.Refer(s.bells, row.Text("bell"))
	if i < 0 {
		i = len(s.bells)
		s.bells = append(s.bells, row.Text("bell"))
	}
	return i
}

// numbered reports whether a flag names its bell by a number alone.
func (s *sheet) numbered(row *form.Set) bool {
	for _, r := range row.Text("bell") {
		if r < '0' || r > '9' {
			return false
		}
	}
	return row.Given("bell")
}

// late reports whether the date of an open flag has passed.
func (s *sheet) late(row *form.Set) bool { return s.today < never && day(row, "due") < s.today }

// count takes an open flag into the counts.
func (s *sheet) count(i int, row *form.Set) {
	if s.late(row) {
		s.overdue++
	}
	if s.lacks(row, s.lacking[:]) == 0 {
		s.ready++
	}
	for _, e := range s.open[:i] {
		if row.Given("what") && form.Same(e.Text("what"), row.Text("what")) {
			s.twice++
			break
		}
	}
}
