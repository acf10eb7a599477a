// Package idealcustomer ranks customers by the reader's own criteria, draws the
// line under which to let them go, and shows how few of them bring how much
// (system S25, slides 62 and 63; the deck names no criteria, so the ones of the
// form are reconstructed).
//
// A criterion has a weight w, 0 to 10. A customer has a score s for each, 0 to 5,
// or none, and a value: what it brings in a year. Ranked is who has a score for
// every criterion of weight: what is not known of one cannot be held against what is
// known of another. All that follows is of the ranked.
//
//	fit = Σ w·s ÷ Σ 5·w
//
// Those whose fit is under a floor may be let go, the lowest first, but of n ranked
// customers no more than
//
//	round(0.35 × n), a half up
//
// (slide 63: 35 %). Of equal fit, the one of lower value is lower, then the one
// that was entered later; a value that is not known counts against nobody.
//
// The values, in the order of the result:
//
//	customers    rows
//	ranked       those with a fit
//	cut          how many are let go
//	cut_rows     which, as numbers of rows from 1, the lowest first
//	fits         each row's fit in percent, null without
//	value_total  of the values known
//	cut_value    what those that are let go bring
//	cut_share    the same in percent of the total, null where that is 0
//	top          a fifth of the ranked: round(0.2 × n), at least 1 and at most as many
//	             as have a value
//	top_share    what these, the highest by value, bring in percent (the rule says 80)
//	for_80       how many, the highest first, bring 80 % or more
//	conflicts    customers of some value let go that are among the top by value
package idealcustomer

import (
	"strconv"

	"playbook/calculators/form"
	"playbook/calculators/report"
)

// ID is the calculator's id.
const ID = "ideal-customer"

const (
	criteria = 5
	most     = 5 // of a score
	maxValue = 1e14
)

var scores = [criteria]string{"score_1", "score_2", "score_3", "score_4", "score_5"}

// Form asks for criteria and customers; the example is invented.
func Form() *form.Form {
	customer := []form.Field{
		{Name: "name", Kind: form.Text, Optional: true, MaxLen: 60},
		{Name: "value", Kind: form.Money, Optional: true, Max: maxValue},
	}
	for i, name := range scores {
		customer = append(customer, form.Field{Name: name, Kind: form.Integer, Optional: true, Max: most,
			LabelFrom: "criterion." + strconv.Itoa(i) + ".name"})
	}
	return &form.Form{ID: ID, Fields: []form.Field{
		{Name: "criterion", Kind: form.Rows, MinRows: 1, MaxRows: criteria, Fixed: true,
			Fields: []form.Field{
				{Name: "name", Kind: form.Text, Optional: true, MaxLen: 60},
				{Name: "weight", Kind: form.Integer, Default: "1", Max: 10},
			},
			DefaultRows: form.Lines("@default.problem 5|@default.access 4|@default.partner 4|@default.money 3|@default.again 3")},
		{Name: "floor", Kind: form.Percent, Default: "50", Unit: "percent", Max: 1_000_000},
		{Name: "customer", Kind: form.Rows, Fields: customer,
			DefaultRows: form.Lines("@default.c0 1000000 5 4 5 4 4|@default.c1 640000 4 5 4 4 5|@default.c2 70000 5 5 4 3 4|" +
				"@default.c3 210000 3 3 4 4 3|@default.c4 150000 4 2 3 3 4|@default.c5 120000 2 4 3 4 2|@default.c6 380000 2 1 0 3 1|" +
				"@default.c7 60000 1 2 2 2 3|@default.c8 25000 2 0 1 2 1|@default.c9 15000 0 1 2 1 0")},
	}}
}

// customer is a row.
type customer struct {
	row    int // from 1
	name   string
	got    int64 // Σ w·s
	ranked bool
	value  int64 // minor units; −1 where it is unknown
}

// worth is the value as it adds up.
func (c *customer) worth() int64 { return max(c.value, 0) }

// list is the answer, computed once.
type list struct {
	all    []customer
	of     int64       // Σ 5·w
	ranked []*customer // the best first
	cut    int         // the last of them
	valued []*customer // by value, the highest first
	top    int         // the first of these
	for80  int
	total  int64 // of all values
	args   report.Args
}

// Compute answers.
func Compute(in *form.Input) (*report.Result, []form.Fault) {
	l := read(in)
	return l.report(in.Percent("floor")), nil
}

func read(in *form.Input) *list {
	l := &list{}
	var weights []int64
	for _, r := range in.Rows("criterion") {
		weights = append(weights, r.Int("weight"))
		l.of += most * r.Int("weight")
	}
	for i, r := range in.Rows("customer") {
		c := customer{row: i + 1, name: r.Text("name"), value: -1, ranked: l.of > 0}
		if c.name == "" {
			c.name = "#" + strconv.Itoa(c.row)
		}
		if v, ok := r.OptMoney("value"); ok {
			c.value = v
		}
		for j, w := range weights {
			s, ok := r.OptInt(scores[j])
			c.got += w * s
			c.ranked = c.ranked && (ok || w == 0)
		}
		l.all = append(l.all, c)
	}
	for i := range l.all {
		c := &l.all[i]
		if !c.ranked {
			continue
		}
		l.total += c.worth()
		l.ranked = append(l.ranked, c)
		if c.value >= 0 {
			l.valued = append(l.valued, c)
		}
	}
	l.ranked, l.valued = sorted(sorted(l.ranked, benefit), fitness), sorted(l.valued, value)
	n := len(l.ranked)
	for _, c := range l.ranked {
		if c.got*1_000_000 < in.Percent("floor")*l.of && l.cut < (35*n+50)/100 {
			l.cut++
		}
	}
	l.top = min(max((2*n+5)/10, 1), len(l.valued))
	for sum := int64(0); l.total > 0 && l.for80 < len(l.valued) && 5*sum < 4*l.total; l.for80++ {
		sum += l.valued[l.for80].value
	}
	return l
}

// sorted puts those of the highest key first, equal ones in their order.
func sorted(list []*customer, key func(c *customer) int64) []*customer {
	keys := make([]int, len(list))
	for i, c := range list {
		keys[i] = -int(key(c))
	}
	all := make([]*customer, len(list))
	for i, j := range form.Order(keys) {
		all[i] = list[j]
	}
	return all
}

func value(c *customer) int64 { return c.value }

func fitness(c *customer) int64 { return c.got }

// benefit is the value with the benefit of the doubt.
func benefit(c *customer) int64 {
	if c.value < 0 {
		return maxValue + 1
	}
	return c.value
}

// fit is the fit in whole percent, as millionths.
func (l *list) fit(c *customer) report.Datum {
	if !c.ranked {
		return report.Null()
	}
	return report.Percent((c.got*200 + l.of) / (2 * l.of) * 10_000)
}

// gone are those let go, the best of them first.
func (l *list) gone() []*customer { return l.ranked[len(l.ranked)-l.cut:] }

func sum(list []*customer) int64 {
	var n int64
	for _, c := range list {
		n += c.worth()
	}
	return n
}
