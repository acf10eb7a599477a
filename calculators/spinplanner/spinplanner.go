// Package spinplanner plans the questions of a call after the SPIN model: of
// situation, problem, implication and need-payoff (deck slides 88 to 93), with the
// other ways to learn something, which need no question (slide 23).
//
// Values:
//
//	situation, problem, implication, payoff   questions of each kind that the customer is asked
//	total                                     all of these
//	lookup                                    what is found out before the call instead
//	problems                                  difficulties that are followed
//	bare                                      those of them that lack a question (see below)
//	statements                                questions without a question mark
//	warnings                                  what the mix lacks, as codes
//
// A difficulty is bare if nothing asks for it; in a large sale also if no
// implication or no need-payoff question follows it.
//
// The warnings read the findings of the research as rules (reconstructed):
//
//	no-problem       no problem question
//	many-situation   more than half of the questions ask for facts
//	no-implication   a large sale without an implication question
//	no-payoff        a large sale without a need-payoff question
//	few-implication  a large sale with fewer implication questions than difficulties
//
// The plan is in the order of asking: situation first, then each difficulty with
// its problem questions, its implications and its need-payoff. Rows name the
// difficulty by its name or its number; a name that there is not is a fault.
package spinplanner

import (
	"playbook/calculators/form"
	"playbook/calculators/report"
)

// ID is the calculator's id.
const ID = "spin-planner"

// Form describes the questions. Its default is the demo company's sale.
func Form() *form.Form { return &form.Form{ID: ID, Fields: fields} }

// fields stand in the program as data, which weighs less than code that makes
// them; nobody writes to them.
var fields = []form.Field{
	{Name: "size", Setting: true, Kind: form.Choice, Default: "large", Options: []string{"small", "large"}},
	{Name: "person", Kind: form.Text, Optional: true, MaxLen: 80, Default: "@default.person"},
	{Name: "situation", Kind: form.Rows, Fields: []form.Field{
		{Name: "ask", Kind: form.Text, Optional: true, MaxLen: 200},
		{Name: "way", Kind: form.Choice, Default: "customer", Options: []string{"customer", "background", "observe", "coach"}},
	}, DefaultRows: [][]string{
		{"@default.s1", "coach"}, {"@default.s2", "observe"}, {"@default.s3", "background"}, {"@default.s4", "customer"},
	}},
	{Name: "problem", Kind: form.Rows, Fields: []form.Field{
		{Name: "name", Kind: form.Text, Optional: true, MaxLen: 80},
		{Name: "ask", Kind: form.Text, Optional: true, MaxLen: 200},
		{Name: "more", Kind: form.Text, Optional: true, MaxLen: 200},
		{Name: "payoff", Kind: form.Text, Optional: true, MaxLen: 200},
	}, DefaultRows: [][]string{
		{"@default.view", "@default.p1", "@default.p2", "@default.n1"},
		{"@default.training", "@default.p3"},
	}},
	{Name: "implication", Kind: form.Rows, Fields: []form.Field{
		{Name: "problem", Kind: form.Text, Optional: true, MaxLen: 80},
		{Name: "ask", Kind: form.Text, Optional: true, MaxLen: 200},
		{Name: "effect", Kind: form.Text, Optional: true, MaxLen: 120},
	}, DefaultRows: [][]string{
		{"@default.view", "@default.i1", "@default.e1"},
		{"@default.view", "@default.i2", "@default.e2"},
		{"@default.view", "@default.i3", "@default.e3"},
		{"@default.training", "@default.i4", "@default.e4"},
	}},
}

// The kinds of question, in their order.
var kinds = []string{"situation", "problem", "implication", "payoff"}

// question is one line of the plan.
type question struct {
	kind        int
	text, about string
}

// plan is what is asked, in the order of asking.
type plan struct {
	in        *form.Input
	questions []question
	n         [4]int // of each kind
	marks     int    // questions with a question mark
}

func (p *plan) ask(kind int, text, about string) bool {
	if text == "" {
		return false
	}
	p.questions = append(p.questions, question{kind, text, about})
	p.n[kind]++
	for _, r := range text {
		if r == '?' || r == '？' {
			p.marks++
			break
		}
	}
	return true
}

// Compute sets the questions in order and weighs the mix.
func Compute(in *form.Input) (*report.Result, []form.Fault) {
	problems, implications := in.Rows("problem"), in.Rows("implication")
	var names []string
	for _, row := range problems {
		names = append(names, row.Text("name"))
	}
	var faults []form.Fault
	of := make([]int, len(implications)) // the difficulty of each implication; -1 for none
	for i, row := range implications {
		name := row.Text("problem")
		of[i] = form.Refer(names, name)
		if name == "" && len(problems) == 1 {
			of[i] = 0
		} else if name != "" && of[i] < 0 {
			faults = append(faults, form.Fault{Field: row.Name("problem"), Key: "problem", Args: []form.Arg{{Name: "name", Value: name}}})
		}
	}
	if len(faults) > 0 {
		return nil, faults
	}
	p := &plan{in: in}
	var before []*form.Set
	for _, row := range in.Rows("situation") {
		if row.Text("way") == "customer" {
			p.ask(0, row.Text("ask"), "")
		} else if row.Text("ask") != "" {
			before = append(before, row)
		}
	}
	large := in.Text("size") == "large"
	var bare []report.Message
	followed := 0
	for i, row := range problems {
		name, asked := names[i], len(p.questions)
		// Not ||, which would leave out the second.
		first, second := p.ask(1, row.Text("ask"), name), p.ask(1, row.Text("more"), name)
		implied := p.imply(implications, of, i, name)
		if name == "" && len(p.questions) == asked && row.Text("payoff") == "" {
			continue
		}
		paid := p.ask(3, row.Text("payoff"), name)
		followed++
		lack := ""
		switch {
		case !first && !second:
			lack = "lack.problem"
		case large && !implied:
			lack = "lack.implication"
		case large && !paid:
			lack = "lack.payoff"
		}
		if lack != "" {
			if name == "" {
				name = p.questions[asked].text
			}
			bare = append(bare, report.Say(lack, "name", name))
		}
	}
	p.imply(implications, of, -1, "")
	return p.present(before, bare, followed, large), nil
}

// imply asks the implication questions of one difficulty.
func (p *plan) imply(rows []*form.Set, of []int, problem int, name string) (any bool) {
	for i, row := range rows {
		if of[i] == problem && p.ask(2, row.Text("ask"), name) {
			any = true
		}
	}
	return any
}
