// Package idealcustomer ranks customers by the reader's own criteria, draws the
// line under which to let them go, and shows how few of them bring how much
// (system S25, slides 62 and 63; the deck names no criteria, so the ones of the
// form are reconstructed).
//
// A criterion has a weight w, 0 to 10. A customer has a score s for each, 0 to 5,
// or none, and a value: what it brings in a year. With the sums over the criteria
// for which the customer has a score
//
//	fit = Σ w·s ÷ Σ 5·w
//
// compared exactly, as fractions. A customer without any score of weight has no
// fit and is not ranked. Of n ranked customers the
//
//	cut = round(0.35 × n), a half up
//
// lowest are let go (slide 63: 35 %). Of equal fit, the one of lower value is
// lower, an unknown value being lowest of all, then the one that was entered
// later.
//
// The values, in the order of the result:
//
//	customers    rows
//	ranked       those with a fit
//	cut          how many are let go
//	cut_rows     which, as numbers of rows from 1, the lowest first
//	fits         each row's fit in percent, null without
//	value_total  of all values known
//	cut_value    what those that are let go bring
//	cut_share    the same in percent of the total, null where that is 0
//	top          a fifth of the customers with a value: round(0.2 × n), at least 1
//	top_share    what the top ones by value bring, in percent (the rule says 80)
//	for_80       how many, the highest first, bring 80 % or more
//	conflicts    customers let go that are among the top by value
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
		{Name: "customer", Kind: form.Rows, Fields: customer,
			DefaultRows: form.Lines("@default.c0 1000000 5 4 5 4 4|@default.c1 640000 4 5 4 4 5|@default.c2 70000 5 5 4 3 4|" +
				"@default.c3 210000 3 3 4 4 3|@default.c4 150000 4 2 3 3 4|@default.c5 120000 2 4 3 4 2|@default.c6 380000 2 1 0 3 1|" +
				"@default.c7 60000 1 2 2 2 3|@default.c8 25000 2 0 1 2 1|@default.c9 15000 0 1 2 1 0")},
	}}
}

// customer is a row. fit is got ÷ of; of is 0 without a score.
type customer struct {
	row     int // from 1
	name    string
	got, of int64
	value   int64 // minor units; −1 where it is unknown
}

// worth is the value as it counts.
func (c *customer) worth() int64 { return max(c.value, 0) }

// fit is the fit in whole percent, as millionths.
func (c *customer) fit() report.Datum {
	if c.of == 0 {
		return report.Null()
	}
	return report.Percent((c.got*200 + c.of) / (2 * c.of) * 10_000)
}

// list is the answer, computed once.
type list struct {
	all    []customer
	ranked []*customer // the best first
	cut    int         // the last of them
	valued []*customer // by value, the highest first
	top    int         // the first of these
	for80  int
	total  int64 // of all values
	args   []report.Arg
}

// Compute answers.
func Compute(in *form.Input) (*report.Result, []form.Fault) {
	l := read(in)
	return l.report(), nil
}

func read(in *form.Input) *list {
	l := &list{}
	var weights []int64
	for _, r := range in.Rows("criterion") {
		weights = append(weights, r.Int("weight"))
	}
	for i, r := range in.Rows("customer") {
		c := customer{row: i + 1, name: r.Text("name"), value: -1}
		if c.name == "" {
			c.name = "#" + strconv.Itoa(c.row)
		}
		if v, ok := r.OptMoney("value"); ok {
			c.value = v
		}
		for j, w := range weights {
			if s, ok := r.OptInt(scores[j]); ok {
				c.got += w * s
				c.of += w * most
			}
		}
		l.all = append(l.all, c)
	}
	for i := range l.all {
		c := &l.all[i]
		l.total += c.worth()
		if c.of > 0 {
			l.ranked = append(l.ranked, c)
		}
		if c.value >= 0 {
			l.valued = append(l.valued, c)
		}
	}
	l.ranked, l.valued = sorted(sorted(l.ranked, value), fitness), sorted(l.valued, value)
	l.cut = (35*len(l.ranked) + 50) / 100
	if n := len(l.valued); n > 0 {
		l.top = max((2*n+5)/10, 1)
	}
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

// fitness has the order of the fits: different fractions with denominators of at
// most 250 differ by more than 2^-40, and equal ones give the same.
func fitness(c *customer) int64 { return c.got << 40 / c.of }

// gone are those let go, the best of them first.
func (l *list) gone() []*customer { return l.ranked[len(l.ranked)-l.cut:] }

func sum(list []*customer) int64 {
	var n int64
	for _, c := range list {
		n += c.worth()
	}
	return n
}
