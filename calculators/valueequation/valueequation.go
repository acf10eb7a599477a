// Package valueequation is the value equation: people buy when the seriousness
// of the problem outweighs the cost of the remedy (deck slides 24 to 26).
//
// Both sides are rows of money over a horizon of years. Form asks for them, and
// Compute weighs them:
//
//	problem_total, remedy_total  undiscounted sums over the horizon
//	hard_total, soft_total       of the problem: what shows in the books, and what does not
//	ratio                        problem ÷ remedy, two decimals; null when the remedy is 0
//	verdict                      "buy" if the problem is more, else "dont_buy"
//	verdict_hard                 the same with the hard part of the problem alone
//	missing                      what the problem lacks to the remedy, never below 0
//	npv                          present value of problem − remedy: once at time 0, a
//	                             year's sum at each year's end
//	cost_of_delay_month          the problem's recurring cost in one month
//	payback_month                the first month, 0 to 12 × years, from which on the problem
//	                             has cost as much as the remedy, recurring rows accruing
//	                             evenly; null if there is none
//	verdict_worst, verdict_best  with the problem low and the remedy high, and the reverse
//	verdict_holds                whether these two agree
//	unpriced                     the number of problem rows without an amount
//
// Of the problem only the part counts that the remedy removes, a percentage of each
// row, rounded to minor units; and what recurs of it counts only from the month
// after the ramp-up on, in which the remedy takes effect.
//
// A row without an amount is unpriced: it counts 0 and is listed as such. A
// missing low or high is the amount. An unpriced row may have bounds without
// having an amount: they count in the worst and the best case, a missing low
// being 0 and a missing high the low.
//
// Everything is exact: sums in minor units of the currency, quotients in
// integers, rounded half away from zero once, at the end. With at most 50 rows
// a side of at most 10^12 in major units, a year's sum is at most 6 × 10^16 minor
// units, and 120 times that an int64 holds.
package valueequation

import (
	"playbook/calculators/form"
	"playbook/calculators/report"
)

// ID is the calculator's id.
const ID = "value-equation"

// Form describes the questions. Its default rows are the deck's second picture
// (slide 26), in which training alone has a price.
func Form() *form.Form {
	return &form.Form{ID: ID, Fields: []form.Field{
		{Name: "years", Setting: true, Kind: form.Integer, Default: "1", Unit: "years", Min: 1, Max: 10},
		group("problem", "year", [][]string{
			{"@default.difficulty", "", "once"},
			{"@default.training", "2500", "once"},
			{"@default.turnover", "", "once"},
			{"@default.overtime", "", "once"},
			{"@default.outsourcing", "", "once"},
			{"@default.quality", "", "once"},
		}),
		group("remedy", "once", [][]string{
			{"@default.system", "12000", "once"},
		}),
		{Name: "currency", Setting: true, Kind: form.Currency, Default: "USD", MaxLen: 3, Fold: true},
		{Name: "rate", Setting: true, Kind: form.Percent, Default: "0", Unit: "percent", Max: 1_000_000},
		{Name: "ramp", Setting: true, Kind: form.Integer, Default: "0", Unit: "months", Max: 120},
	}}
}

// group is the rows of one side; every is how often its rows recur unless
// they say so.
func group(name, every string, rows [][]string) form.Field {
	const most = 1e12 * 100
	fields := []form.Field{
		{Name: "name", Kind: form.Text, Optional: true, MaxLen: 120},
		{Name: "amount", Kind: form.Money, Optional: true, Unit: "currency", Max: most},
		{Name: "every", Kind: form.Choice, Default: every, Options: []string{"once", "month", "year"}},
		{Name: "low", Kind: form.Money, Optional: true, Unit: "currency", Max: most, Fold: true},
		{Name: "high", Kind: form.Money, Optional: true, Unit: "currency", Max: most},
		{Name: "source", Kind: form.Text, Optional: true, MaxLen: 200},
	}
	if name == "problem" {
		fields = append(fields,
			form.Field{Name: "removes", Kind: form.Percent, Default: "100", Unit: "percent", Max: whole},
			form.Field{Name: "kind", Kind: form.Choice, Default: "hard", Options: []string{"hard", "soft"}})
	}
	return form.Field{Name: name, Kind: form.Rows, DefaultRows: rows, MaxRows: 50, Fields: fields}
}

// Compute weighs the two sides. Its own faults are bounds that do not enclose
// their amount.
func Compute(in *form.Input) (*report.Result, []form.Fault) {
	problem, faults := readSide(in, "problem")
	remedy, more := readSide(in, "remedy")
	if faults = append(faults, more...); len(faults) > 0 {
		return nil, faults
	}
	e := weigh(problem, remedy, in.Int("years"), in.Percent("rate"), in.Int("ramp"))
	e.currency = in.Text("currency")
	return e.report(), nil
}
