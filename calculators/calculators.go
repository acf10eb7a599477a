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

	// hands is what its reports may hand to others: "ID field group.field; ID
	// field", and is part of each calculator's manual.
	hands string
}

// list is in the order of the course.
func list() []entry {
	return []entry{
		{selfcheck.ID, selfcheck.Form, selfcheck.Compute, ""},
		{process.ID, process.Form, process.Compute, ""},
		{valueequation.ID, valueequation.Form, valueequation.Compute, ""},
		{needsmap.ID, needsmap.Form, needsmap.Compute, "red-flags flag.what flag.cause"},
		{buyingroles.ID, buyingroles.Form, buyingroles.Compute, "red-flags flag.what flag.cause; response-modes person.name person.role; win-results person.name person.role"},
		{redflags.ID, redflags.Form, redflags.Compute, ""},
		{responsemodes.ID, responsemodes.Form, responsemodes.Compute, "red-flags flag.what flag.cause"},
		{winresults.ID, winresults.Form, winresults.Compute, "red-flags flag.what flag.cause"},
		{idealcustomer.ID, idealcustomer.Form, idealcustomer.Compute, ""},
		{sellingtime.ID, sellingtime.Form, sellingtime.Compute, ""},
		{funnel.ID, funnel.Form, funnel.Compute, "red-flags flag.what flag.cause"},
		{plan965531.ID, plan965531.Form, plan965531.Compute, ""},
		{pipelinehistory.ID, pipelinehistory.Form, pipelinehistory.Compute, "plan-965531 milestone milestone.name milestone.weight milestone.weeks milestone.count order_value; funnel win_rate rate_by"},
		{swot.ID, swot.Form, swot.Compute, "red-flags flag.what flag.cause bell.name"},
		{spinplanner.ID, spinplanner.Form, spinplanner.Compute, "value-equation problem.name problem.source; call-plan question.kind question.ask"},
		{callplan.ID, callplan.Form, callplan.Compute, "red-flags flag.what flag.cause"},
		{messagelevels.ID, messagelevels.Form, messagelevels.Compute, "red-flags flag.what flag.cause"},
		{negotiation.ID, negotiation.Form, negotiation.Compute, ""},
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
	for _, e := range list() {
		if e.id == id {
			return e.calculator()
		}
	}
	return nil
}

// Hands tells what a calculator's reports hand to others: ids with the fields
// that they fill, "problem.name" standing for a row's.
func Hands(id string) []Hand {
	var all []Hand
	for _, e := range list() {
		if e.id != id {
			continue
		}
		for _, part := range split(e.hands, ';') {
			words := form.Split(part)
			all = append(all, Hand{To: words[0], Fields: words[1:]})
		}
	}
	return all
}

// Hand is one way from a calculator to another.
type Hand struct {
	To     string
	Fields []string
}

// split takes a text apart at a byte; nothing has no parts.
func split(s string, at byte) []string {
	var parts []string
	for start, i := 0, 0; i <= len(s); i++ {
		if i == len(s) || s[i] == at {
			if i > start {
				parts = append(parts, s[start:i])
			}
			start = i + 1
		}
	}
	return parts
}

// Presets are what a page offers beside a calculator's form, if anything.
func Presets(id string) []form.Preset {
	switch id {
	case "plan-965531":
		return plan965531.Presets()
	}
	return nil
}
