// Package selfcheck is the self-check: where do I stand, and what do I study
// first? Four parts that a page may show one by one:
//
//	layers      S02, slide 5: learning and innovation, internal process, customer
//	            satisfaction, finance, each 0–100. Each layer carries the one above
//	            it, so the lowest score is the root constraint; of equal scores the
//	            one further down (reconstructed).
//	problems    S03, slide 6: the seven problems, ticked. Each leads to modules
//	            (reconstructed).
//	techniques  S36, slides 95–98: the 27 techniques, rated 1 (hardly ever) to 5
//	            (always), in four axes of 7, 5, 11 and 4. An axis is the average of
//	            what is rated in it. The names of the axes are ours.
//	rungs       S37, slide 99: customers per rung, each counted on the highest rung
//	            that they stand on. Whoever stands on a rung has climbed those below:
//	            reached(i) = Σ count(j), j ≥ i; conversion(i) = reached(i+1) ÷
//	            reached(i).
//
// What is weakest in each part that is shown, and every problem that is ticked,
// leads to modules. Those that most of them lead to are studied first; of equally
// many the one that comes first in the course.
//
// Nothing is weakest where the weakest is as good as can be: 100, 5, 100 %.
//
// Values: layer_lowest (code) and layer_lowest_score; problems (how many are
// ticked); rated (how many techniques), axis_think, axis_team, axis_service,
// axis_talk and average (of 5, two decimals), axis_lowest (code), weak (codes of
// the techniques rated 1 or 2); reached (five counts), conversion (four percentages,
// null from an empty rung), step_lowest (the rung from which fewest climb on),
// lifetime (percentage of all who reach the top); study (codes of modules, of the
// parts shown, the first to study first). What does not exist is null.
package selfcheck

import (
	"strings"

	"playbook/calculators/form"
	"playbook/calculators/report"
)

// ID is the calculator's id.
const ID = "self-check"

// What each part asks, a number with its value in the example behind its name.
const (
	layers   = "learning45 process60 customer70 finance65"
	problems = "prospects needs boss price quota shrinking cycle"
	rungs    = "lead40 opportunity15 won12 loyal6 lifetime2"
)

// axes are the techniques of each axis.
var axes = [...]struct{ name, techniques string }{
	{"think", "win_win4 real_needs3 background4 pain2 feasible4 roi2 resources3"},
	{"team", "training3 image4 team4 company_brand4 own_brand3"},
	{"service", "friend4 service4 standards4 promises5 principles3 both_needs3 respect4 vito2 complaints4 emotion3 quality4"},
	{"talk", "listening3 appearance4 body3 confidence4"},
}

// number takes a name and its value in the example apart.
func number(s string) (name, value string) {
	n := len(s)
	for s[n-1] <= '9' {
		n--
	}
	return s[:n], s[n:]
}

// numbers asks for what a list names.
func numbers(fields []form.Field, part, list string, low, most int64) []form.Field {
	for _, s := range strings.Fields(list) {
		f := form.Field{Kind: form.Integer, Optional: true, Min: low, Max: most, Part: part}
		f.Name, f.Default = number(s)
		if most == 100 {
			f.Unit = "points"
		}
		fields = append(fields, f)
		part = ""
	}
	return fields
}

// Form asks for the four parts. The example is invented.
func Form() *form.Form {
	fields := []form.Field{{Name: "part", Kind: form.Many, Options: strings.Fields("layers problems techniques rungs"), View: true}}
	fields = numbers(fields, "layers", layers, 0, 100)
	fields = append(fields, form.Field{Name: "problem", Kind: form.Many, Options: strings.Fields(problems), Default: "needs,price,shrinking", Part: "problems"})
	for i := range axes {
		fields = numbers(fields, "techniques", axes[i].techniques, 1, 5)
	}
	return &form.Form{ID: ID, Fields: numbers(fields, "rungs", rungs, 0, 1_000_000)}
}

// Compute answers the form.
func Compute(in *form.Input) (*report.Result, []form.Fault) {
	c := &check{in: in, r: &report.Result{}}
	c.layers()
	c.problems()
	c.techniques()
	c.rungs()
	c.present()
	return c.r, nil
}
