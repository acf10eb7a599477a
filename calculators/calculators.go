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
	Form    *form.Form
	Compute func(in *form.Input) (*report.Result, []form.Fault)
}

// entry is a line of the list. A form is made when it is asked for.
type entry struct {
	id      string
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

// list is in the order of the course.
func list() []entry {
	to := func(id string, fields ...string) Hand { return Hand{To: id, Fields: fields} }
	flags := []Hand{to(redflags.ID, "flag.what", "flag.cause")}
	return []entry{
		{id: selfcheck.ID, form: selfcheck.Form, compute: selfcheck.Compute},
		{id: process.ID, form: process.Form, compute: process.Compute},
		{id: valueequation.ID, form: valueequation.Form, compute: valueequation.Compute},
		{id: needsmap.ID, form: needsmap.Form, compute: needsmap.Compute, hands: flags},
		{id: buyingroles.ID, form: buyingroles.Form, compute: buyingroles.Compute, hands: []Hand{flags[0],
			to(responsemodes.ID, "person.name", "person.role"), to(winresults.ID, "person.name", "person.role")}},
		{id: redflags.ID, form: redflags.Form, compute: redflags.Compute},
		{id: responsemodes.ID, form: responsemodes.Form, compute: responsemodes.Compute, hands: flags},
		{id: winresults.ID, form: winresults.Form, compute: winresults.Compute, hands: flags},
		{id: idealcustomer.ID, form: idealcustomer.Form, compute: idealcustomer.Compute},
		{id: sellingtime.ID, form: sellingtime.Form, compute: sellingtime.Compute},
		{id: funnel.ID, form: funnel.Form, compute: funnel.Compute, hands: flags},
		{id: plan965531.ID, form: plan965531.Form, compute: plan965531.Compute, presets: plan965531.Presets},
		{id: pipelinehistory.ID, form: pipelinehistory.Form, compute: pipelinehistory.Compute, hands: []Hand{
			to(plan965531.ID, "milestone", "milestone.name", "milestone.weight", "milestone.weeks", "milestone.count", "order_value"),
			to(funnel.ID, "win_rate", "rate_by")}},
		{id: swot.ID, form: swot.Form, compute: swot.Compute, hands: []Hand{to(redflags.ID, "flag.what", "flag.cause", "bell.name")}},
		{id: spinplanner.ID, form: spinplanner.Form, compute: spinplanner.Compute, hands: []Hand{
			to(valueequation.ID, "problem.name", "problem.source"), to(callplan.ID, "question.kind", "question.ask")}},
		{id: callplan.ID, form: callplan.Form, compute: callplan.Compute, hands: flags},
		{id: messagelevels.ID, form: messagelevels.Form, compute: messagelevels.Compute, hands: flags},
		{id: negotiation.ID, form: negotiation.Form, compute: negotiation.Compute},
	}
}

func (e *entry) calculator() *Calculator {
	return &Calculator{ID: e.id, Form: e.form(), Compute: e.compute}
}

// All returns the calculators in the order of the course.
func All() []*Calculator {
	var all []*Calculator
	for _, e := range list() {
		all = append(all, e.calculator())
	}
	return all
}

// Find returns the calculator with that id, or nil.
func Find(id string) *Calculator {
	if e := find(id); e != nil {
		return e.calculator()
	}
	return nil
}

func find(id string) *entry {
	for _, e := range list() {
		if e.id == id {
			return &e
		}
	}
	return nil
}

// Hands tells what a calculator's reports hand to others.
func Hands(id string) []Hand {
	if e := find(id); e != nil {
		return e.hands
	}
	return nil
}

// Presets are what a page offers beside a calculator's form, if anything.
func Presets(id string) []form.Preset {
	if e := find(id); e != nil && e.presets != nil {
		return e.presets()
	}
	return nil
}
