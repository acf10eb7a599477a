// Package calculators is the explicit list of the calculators. Adding one is
// one package and one line here.
//
// A calculator's package exports two functions, and imports form, report and
// chart but never this package:
//
//	// Form describes the questions; its ID is the calculator's id.
//	func Form() *form.Form
//
//	// Compute answers them. It is pure: no I/O, no clock, no globals.
//	func Compute(in *form.Input) (*report.Result, []form.Fault)
package calculators

import (
	"playbook/calculators/form"
	"playbook/calculators/plan965531"
	"playbook/calculators/report"
	"playbook/calculators/valueequation"
)

// Calculator is one worksheet: what it asks and how it answers. Compute is pure:
// no I/O, no clock, no globals. It is called only with an input that has no
// faults, and may return faults of its own where fields contradict each other.
type Calculator struct {
	ID      string
	Form    *form.Form
	Compute func(in *form.Input) (*report.Result, []form.Fault)
}

// All returns the calculators in the order of the course.
func All() []*Calculator {
	return []*Calculator{
		calculator(valueequation.Form(), valueequation.Compute),
		calculator(plan965531.Form(), plan965531.Compute),
	}
}

func calculator(f *form.Form, compute func(*form.Input) (*report.Result, []form.Fault)) *Calculator {
	return &Calculator{ID: f.ID, Form: f, Compute: compute}
}

// Presets are what a page offers beside a calculator's form, if anything.
func Presets(id string) []form.Preset {
	switch id {
	case "plan-965531":
		return plan965531.Presets()
	}
	return nil
}

// Find returns the calculator with that id, or nil.
func Find(id string) *Calculator {
	for _, c := range All() {
		if c.ID == id {
			return c
		}
	}
	return nil
}
