// Package calculators is the explicit list of the calculators. Adding one is
// one package and one line here.
//
// A calculator's package exports these, and imports form, report and chart but
// never this package:
//
//	// ID is the calculator's id.
//	const ID = "value-equation"
//
//	// Form describes the questions.
//	func Form() *form.Form
//
//	// Compute answers them. It is pure: no I/O, no clock, no globals.
//	func Compute(in *form.Input) (*report.Result, []form.Fault)
package calculators

import (
	"slices"

	"playbook/calculators/buyingroles"
	"playbook/calculators/callplan"
	"playbook/calculators/form"
	"playbook/calculators/funnel"
	"playbook/calculators/idealcustomer"
	"playbook/calculators/messagelevels"
	"playbook/calculators/needsmap"
	"playbook/calculators/negotiation"
	"playbook/calculators/pipelinehistory"
	"playbook/calculators/plan965531"
	"playbook/calculators/process"
	"playbook/calculators/redflags"
	"playbook/calculators/report"
	"playbook/calculators/responsemodes"
	"playbook/calculators/selfcheck"
	"playbook/calculators/sellingtime"
	"playbook/calculators/sheet"
	"playbook/calculators/spinplanner"
	"playbook/calculators/swot"
	"playbook/calculators/valueequation"
	"playbook/calculators/winresults"
)

// Calculator is one worksheet: what it asks and how it answers. Compute is pure:
// no I/O, no clock, no globals. It is called only with an input that has no
// faults, and may return faults of its own where fields contradict each other; a
// result beside them is what can be said all the same.
type Calculator struct {
	ID      string
	Moment  string // one of Moments; a list puts one without any at its end
	Form    *form.Form
	Compute func(in *form.Input) (*report.Result, []form.Fault)

	// Hands is what its reports may hand to others.
	Hands []Hand

	// Presets are what a page offers beside its form.
	Presets []form.Preset

	// Sheet is the definition of a worksheet that a site's author wrote, as
	// sheet.Encode gives it; "" for a calculator of the program's.
	Sheet string
}

// entry is a line of the list. A form is made when it is asked for.
type entry struct {
	id      string
	moment  string
	form    func() *form.Form
	compute func(in *form.Input) (*report.Result, []form.Fault)

	presets func() []form.Preset // nil for none
	hands   []Hand               // what its reports may hand to others
}

// Hand is one way from a calculator to another: the fields that it fills there,
// "problem.name" standing for a row's. It is part of a calculator's manual.
type Hand struct {
	To     string
	Fields []string
}

// Moments are what a list of the calculators is grouped by: before a call, pricing,
// planning, and on the way to the signature.
func Moments() []string { return []string{"call", "price", "plan", "close"} }

// list is in the order of the course.
func list() []entry {
	to := func(id string, fields ...string) Hand { return Hand{To: id, Fields: fields} }
	flags := []Hand{to(redflags.ID, "flag.what", "flag.cause")}
	return []entry{
		{id: selfcheck.ID, moment: "plan", form: selfcheck.Form, compute: selfcheck.Compute},
		{id: process.ID, moment: "close", form: process.Form, compute: process.Compute},
		{id: valueequation.ID, moment: "price", form: valueequation.Form, compute: valueequation.Compute},
		{id: needsmap.ID, moment: "call", form: needsmap.Form, compute: needsmap.Compute, hands: flags},
		{id: buyingroles.ID, moment: "close", form: buyingroles.Form, compute: buyingroles.Compute, hands: []Hand{flags[0],
			to(responsemodes.ID, "person.name", "person.role"), to(winresults.ID, "person.name", "person.role")}},
		{id: redflags.ID, moment: "close", form: redflags.Form, compute: redflags.Compute},
		{id: responsemodes.ID, moment: "call", form: responsemodes.Form, compute: responsemodes.Compute, hands: flags},
		{id: winresults.ID, moment: "close", form: winresults.Form, compute: winresults.Compute, hands: flags},
		{id: idealcustomer.ID, moment: "plan", form: idealcustomer.Form, compute: idealcustomer.Compute},
		{id: sellingtime.ID, moment: "plan", form: sellingtime.Form, compute: sellingtime.Compute},
		{id: funnel.ID, moment: "plan", form: funnel.Form, compute: funnel.Compute, hands: flags},
		{id: plan965531.ID, moment: "plan", form: plan965531.Form, compute: plan965531.Compute, presets: plan965531.Presets},
		{id: pipelinehistory.ID, moment: "plan", form: pipelinehistory.Form, compute: pipelinehistory.Compute, hands: []Hand{
			to(plan965531.ID, "milestone", "milestone.name", "milestone.weight", "milestone.weeks", "milestone.count", "order_value"),
			to(funnel.ID, "win_rate", "rate_by")}},
		{id: swot.ID, moment: "close", form: swot.Form, compute: swot.Compute, hands: []Hand{to(redflags.ID, "flag.what", "flag.cause", "bell.name")}},
		{id: spinplanner.ID, moment: "call", form: spinplanner.Form, compute: spinplanner.Compute, hands: []Hand{
			to(valueequation.ID, "problem.name", "problem.source"), to(callplan.ID, "question.kind", "question.ask")}},
		{id: callplan.ID, moment: "call", form: callplan.Form, compute: callplan.Compute, hands: flags},
		{id: messagelevels.ID, moment: "call", form: messagelevels.Form, compute: messagelevels.Compute, hands: flags},
		{id: negotiation.ID, moment: "price", form: negotiation.Form, compute: negotiation.Compute},
	}
}

func (e *entry) calculator() *Calculator {
	c := &Calculator{ID: e.id, Moment: e.moment, Form: e.form(), Compute: e.compute, Hands: e.hands}
	if e.presets != nil {
		c.Presets = e.presets()
	}
	return c
}

// All returns the program's calculators in the order of the course.
func All() []*Calculator {
	var all []*Calculator
	for _, e := range list() {
		all = append(all, e.calculator())
	}
	return all
}

// Find returns the program's calculator with that id, or nil.
func Find(id string) *Calculator {
	for _, e := range list() {
		if e.id == id {
			return e.calculator()
		}
	}
	return nil
}

// FromSheet is the calculator of a worksheet that a site's author wrote, as
// sheet.Encode gives it; nil where that cannot be read.
func FromSheet(encoded string) *Calculator {
	s := sheet.Load(encoded)
	if s == nil {
		return nil
	}
	c := &Calculator{ID: s.Form.ID, Form: s.Form, Compute: s.Compute, Sheet: encoded}
	for i := range s.Handoffs {
		h := Hand{To: s.Handoffs[i].To}
		for _, g := range s.Handoffs[i].Gives {
			h.Fields = append(h.Fields, g.Field)
		}
		c.Hands = append(c.Hands, h)
	}
	return c
}

// Set is the calculators of a site: the program's, and the worksheets that its
// author wrote. The nil Set has the program's alone.
type Set struct {
	own    []*Calculator
	faulty []string
}

// NewSet adds worksheets to the program's calculators. faulty are the ids of those
// that have faults and cannot be used: who asks for one need not be told that it is
// not there.
func NewSet(own []*Calculator, faulty []string) *Set { return &Set{own, faulty} }

// Faulty reports whether an id is that of a worksheet with faults.
func (s *Set) Faulty(id string) bool { return s != nil && slices.Contains(s.faulty, id) }

// All returns the program's calculators in the order of the course, then the site's
// own.
func (s *Set) All() []*Calculator {
	if s == nil {
		return All()
	}
	return append(All(), s.own...)
}

// Find returns the calculator with that id, or nil.
func (s *Set) Find(id string) *Calculator {
	if s != nil {
		for _, c := range s.own {
			if c.ID == id {
				return c
			}
		}
	}
	return Find(id)
}

// IDs are the ids of the calculators, in the order of All.
func (s *Set) IDs() []string {
	var ids []string
	for _, c := range s.All() {
		ids = append(ids, c.ID)
	}
	return ids
}
