package formula

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"playbook/calculators/form"
	"playbook/calculators/report"
	"playbook/calculators/sheet"
	"playbook/generator/internal/diag"
)

// text is a formula in line 1 of a file.
func text(s string) Text {
	return Text{Text: s, At: func(at int) diag.Pos { return diag.Pos{Line: 1, Col: len([]rune(s[:min(at, len(s))])) + 1} }}
}

// program is a worksheet of many kinds: fields, rows of orders and lines, years.
func program() (*Program, *sheet.Sheet) {
	s := &sheet.Sheet{Form: &form.Form{ID: "test"}}
	p := New(s)
	field := func(f form.Field, k sheet.Kind) {
		s.Form.Fields = append(s.Form.Fields, f)
		p.Input(f.Name, Type{Kind: k, Options: f.Options})
	}
	field(form.Field{Name: "price", Kind: form.Money, Default: "1000"}, sheet.Money)
	field(form.Field{Name: "rate", Kind: form.Percent, Default: "8"}, sheet.Percent)
	field(form.Field{Name: "n", Kind: form.Integer, Default: "3"}, sheet.Number)
	field(form.Field{Name: "start", Kind: form.Date, Default: "2027-01-31"}, sheet.Date)
	field(form.Field{Name: "end", Kind: form.Date, Optional: true}, sheet.Date)
	field(form.Field{Name: "cap", Kind: form.Money, Optional: true}, sheet.Money)
	field(form.Field{Name: "kind", Kind: form.Choice, Options: []string{"new", "renewal"}, Default: "new"}, sheet.Text)
	field(form.Field{Name: "sure", Kind: form.Choice, Options: []string{"yes", "no"}, Default: "yes"}, sheet.Bool)
	rows := func(name string, defaults [][]string) {
		p.Group(name, sheet.Rows)
		s.Form.Fields = append(s.Form.Fields, form.Field{Name: name, Kind: form.Rows, DefaultRows: defaults, Fields: []form.Field{
			{Name: "name", Kind: form.Text, Optional: true}, {Name: "value", Kind: form.Money, Optional: true}, {Name: "weight", Kind: form.Integer, Optional: true},
		}})
		p.Column(name, "name", Type{Kind: sheet.Text}, "name", "")
		p.Column(name, "value", Type{Kind: sheet.Money}, "value", "")
		p.Column(name, "weight", Type{Kind: sheet.Number}, "weight", "")
	}
	rows("order", [][]string{{"A", "100", "1"}, {"B", "", "2"}, {"C", "300", "3"}})
	rows("line", [][]string{{"A", "10", "1"}, {"C", "30", "1"}, {"C", "5", "1"}})
	p.Group("year", sheet.Periods)
	p.Column("year", "year", Type{Kind: sheet.Number}, "", "")
	s.Groups[2].From = &sheet.Node{Op: sheet.Literal}
	s.Groups[2].To = &sheet.Node{Op: sheet.Field, N: 2}
	num := func(n int64) *sheet.Node { return &sheet.Node{Op: sheet.Literal, Is: sheet.Int(n)} }
	p.Lookup("step", sheet.Lookup{Keys: []*sheet.Node{num(0), num(10), num(20)}, Are: []*sheet.Node{num(1), num(2), num(3)}}, Type{Kind: sheet.Number}, Type{Kind: sheet.Number})
	p.Lookup("part", sheet.Lookup{Exact: true,
		Keys: []*sheet.Node{{Op: sheet.Literal, Textual: true, Text: "new"}, {Op: sheet.Literal, Textual: true, Text: "renewal"}},
		Are:  []*sheet.Node{{Op: sheet.Literal, Is: sheet.Scaled(1, 0)}, {Op: sheet.Literal, Is: sheet.Scaled(4, 1)}}}, Type{Kind: sheet.Text}, Type{Kind: sheet.Percent})
	p.Define("order", "part", "name.part", text("value * weight"))
	p.Define("year", "net", "name.net", text("if(year = 0, -price, price / 2) as money"))
	p.Define("year", "total", "name.total", text("running(net)"))
	return p, s
}

// compute gives a formula's value as JSON, with what the report says beside it.
func compute(t testing.TB, formula string, given ...form.Pair) string {
	t.Helper()
	p, s := program()
	p.Define("", "x", "name.x", text(formula))
	p.Compile()
	if faults := p.Faults(); len(faults) > 0 {
		return told(faults)
	}
	loaded := sheet.Load(sheet.Encode(s))
	if loaded == nil {
		t.Fatal("what was encoded cannot be loaded")
	}
	in, bad := form.DecodePairs(loaded.Form, given)
	if len(bad) > 0 {
		t.Fatal(bad)
	}
	r, _ := loaded.Compute(in)
	for _, v := range r.Values {
		if v.Name != "x" {
			continue
		}
		one := &report.Result{Values: []report.Value{v}}
		got := strings.TrimSuffix(strings.TrimPrefix(report.JSON(one), `{"x":`), "}")
		for _, b := range r.Blocks {
			if b.Kind == report.Note {
				got += " " + b.Text[0].Key
			}
		}
		return got
	}
	return "no value"
}

func told(faults diag.List) string {
	var b strings.Builder
	for _, f := range faults {
		fmt.Fprintf(&b, "%d: %s", f.Pos.Col, f.Message)
		if f.Help != "" {
			b.WriteString(" | " + f.Help)
		}
		b.WriteByte('\n')
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func TestValues(t *testing.T) {
	for formula, want := range map[string]string{
		"1 + 2 * 3 - 4 / 8":         "6.5",
		"2 ^ 3 ^ 2":                 "512",
		"-2 ^ 2":                    "-4",
		"2 ^ -1":                    "0.5",
		"(1 + 2) * 3":               "9",
		"1 / 3 as number 3":         "0.333",
		"1 / 3":                     "0.333333",
		"2.5 as number 0":           "3",
		"-2.5 as number 0":          "-3",
		"1万 + 2k":                   "12000",
		"（1 + 2）× 3 ÷ 2":            "4.5",
		"if(1 < 2, 'a', \"b\")":     `"a"`,
		"if(n > 5, 1, n > 2, 2, 3)": "2",
		"price * (1 + 5%)":          "1050",
		"price * rate":              "80",
		"price / 3":                 "333.33",
		"price / 3 as money 0":      "333",
		"order.part":                `1: "order.part" has a value in every row | use a function of rows: sum(order.part)`,
		"rate":                      "8",
		"rate * 2 as percent 1":     "16",
		"1 / 7 as percent 1":        "14.3",
		"price / price":             "1",
		"start + 1":                 `"2027-02-01"`,
		"add_months(start, 1)":      `"2027-02-28"`,
		"months(start, 2027-03-30)": "1",
		"months(2027-03-30, start)": "-1",
		"days(start, 2027-02-01)":   "1",
		"2027-02-01 - start":        "1",
		"end":                       "null",
		"end + 1":                   "null",
		"max(0, days(start, end))":  "null",
		"first_known(cap, price)":   "1000",
		"known(cap)":                "false",
		"empty(cap)":                "true",
		"cap > 5":                   "null",
		"cap > 5 and 1 > 2":         "false",
		"cap > 5 or 1 < 2":          "true",
		"not cap > 5":               "null",
		"if(cap > 5, 1, 2)":         "null",
		"and(1 < 2, sure)":          "true",
		"kind = 'new'":              "true",
		"kind <> 'new'":             "false",
		"sum(order.value)":          "400",
		"sum(order.value where order.weight > 1)": "300",
		"count(order)":                                           "3",
		"count(order.value)":                                     "2",
		"count(order where order.weight >= 2)":                   "2",
		"average(order.value)":                                   "200",
		"average(order.value where order.weight > 9)":            "null",
		"min(order.value)":                                       "100",
		"max(order.weight)":                                      "3",
		"min(3, 2, 5)":                                           "2",
		"max(price, 2000)":                                       "2000",
		"first(order.name where order.value > 100)":              `"C"`,
		"first(order.name where order.value = max(order.value))": `"C"`,
		"any(order.weight > 2)":                                  "true",
		"all(order.weight > 2)":                                  "false",
		"sum(order.part)":                                        "1000",
		"sum(order.weight / sum(order.weight))":                  "1",
		"sum(order.weight * sum(line.value where line.name = order.name))": "115",
		"sum(share(order.weight)) as percent 0":                            "100",
		"sum(split(100, order.weight))":                                    "100",
		"first(split(100, order.weight))":                                  "17",
		"max(split(price, order.weight))":                                  "500",
		"sum(year.net)":                                                    "500",
		"first(year where year.total >= 0)":                                "2",
		"first(year where running(year.net) >= 0)":                         "2",
		"npv(0%, year.net)":                                                "500",
		"npv(10%, year.net) as money":                                      "243.43",
		"npv(-100%, year.net)":                                             "null report.sheet.zero",
		"at(step, 15)":                                                     "2",
		"at(step, -1)":                                                     "null",
		"at(step, 20)":                                                     "3",
		"tiered(step, 25)":                                                 "45",
		"at(part, kind) as percent":                                        "100",
		"round(2.345, 2)":                                                  "2.35",
		"ceil(2.1)":                                                        "3",
		"floor(-2.1)":                                                      "-3",
		"floor(1 / 3 * 3)":                                                 "1",
		"abs(-4)":                                                          "4",
		"n / (n - 3)":                                                      "null report.sheet.zero",
		"(n / (n - 3)) > 0 or 1 = 1":                                       "true report.sheet.zero",
		"1亿 * 1亿 * 1亿":                                                     "null report.sheet.large",
		"2 ^ 0.5":                                                          "null report.sheet.whole",
		"SUM(order.value) + IF(true, 1, 0) * 0":                            "400",
	} {
		if got := compute(t, formula); got != want {
			t.Errorf("%s\n got %s\nwant %s", formula, got, want)
		}
	}
}

func TestFaults(t *testing.T) {
	for formula, want := range map[string]string{
		"":                               "1: there is no formula",
		"1 +":                            "4: the formula ends where a value is missing",
		"(1 + 2":                         "1: this bracket is not closed",
		"1 + 2)":                         "6: this bracket closes nothing",
		"1 2":                            `3: an operator is missing before "2" | such as + or *`,
		"1,000":                          "2: a comma stands between the values of a function, not here | write thousands without it: 1000",
		"* 2":                            `1: a value is missing before "*"`,
		"prise + 1":                      `1: there is no "prise" (did you mean "price"?)`,
		"1 + nothing_like_it":            `5: there is no "nothing_like_it"`,
		"sun(order.value)":               `1: there is no function "sun" (did you mean "sum"?) | the functions are: ` + strings.Join(Functions(), ", "),
		"sum(order.valu)":                `5: "order" has no "valu" (did you mean "value"?) | it has name, part, value, weight`,
		"sum(oder.value)":                `5: there is no "oder.value" (did you mean "order.value"?)`,
		"sum(price)":                     "1: sum runs over rows, and nothing in it has rows | write sum(order.value where order.won)",
		"sum(order.name)":                "5: sum takes numbers, this is a text | write sum(order.value where order.won)",
		"sum(order.value, 2)":            "1: sum takes 1 value, not 2 | write sum(order.value where order.won)",
		"round(1, 2, 3)":                 "1: round takes 1 or 2 values, not 3 | write round(a, places)",
		"if(n > 2, 1)":                   "1: if takes 3 or more values, not 2 | write if(condition, value, otherwise)",
		"if(n, 1, 2)":                    "4: if takes a condition here, this is a number | write if(condition, value, otherwise)",
		"if(n > 1, 1, 'a')":              "11: a number and a text cannot be results of one if",
		"price + start":                  "7: an amount of money and a date cannot be added | a date and a number of days go together",
		"start + start":                  "7: a date and a date cannot be added | add days to a date: start + 30",
		"price + n":                      "7: an amount of money and a number cannot be added | only a number that is written out, such as 100, is also an amount",
		"price + rate":                   "7: an amount of money and a percentage cannot be added | write price * (1 + 5%) rather than price + 5%",
		"price * price":                  "7: an amount of money and an amount of money cannot be multiplied | multiply an amount by a number or a percentage",
		"n / price":                      "3: a number and an amount of money cannot be divided",
		"start > 3":                      "7: a date and a number cannot be compared",
		"kind = 'nw'":                    `8: "nw" is none of the options (did you mean "new"?) | the options are: new, renewal`,
		"kind > 'new'":                   "6: texts are compared with = and <> alone",
		"1 < n < 3":                      "7: two comparisons in a row | write them with and: 0 < x and x < 9",
		"n and sure":                     "1: this must be yes or no, and is a number | compare it: x > 0",
		"'open":                          `1: the text is not closed | end it with '`,
		"a & b":                          `3: a formula has no "&" | texts are put together in the words of the report, not in formulas`,
		"2027-02-30":                     `1: "2027-02-30" is no day`,
		"at(stp, 2)":                     `4: at names a lookup first (did you mean "step"?) | the lookups are: part, step`,
		"at(step, kind)":                 "10: the lookup's keys are of another kind than this: a text",
		"step + 1":                       `1: there is no "step" | read the lookup with at(step, …)`,
		"sum + 1":                        `1: there is no "sum" | a function has brackets: sum(…)`,
		"x + 1":                          `1: "x" needs itself`,
		"sum(order.value * line.weight)": `1: sum runs over the rows of one group, and this names "order" and "line"`,
		"order":                          `1: "order" is a group of rows, not a value | use a function of rows: count(order)`,
		"running(n)":                     "1: running needs a row | use it in a formula of rows, or in a function of rows",
		"price as date":                  "10: this is an amount of money, not a date",
		"price as euro":                  `10: "as" is followed by number, percent, money, date, text or yes_no | such as: as percent 1`,
		"price as money 3":               "16: an amount of money has 0 to 2 decimal places",
		"round(n, n > 2)":                "12: round takes a number of places here, this is yes or no | write round(a, places)",
		"n where n > 2":                  `3: "where" stands inside the brackets of a function of rows | such as sum(order.value where order.won)`,
		strings.Repeat("(", 90):          "21: the formula is nested too deeply | give a part of it a name of its own",
		strings.Repeat("1", 5000):        "1: the formula is longer than 4000 letters | give a part of it a name of its own",
		"2n":                             "1: a name does not begin with a digit",
	} {
		if got := compute(t, formula); got != want {
			t.Errorf("%s\n got %s\nwant %s", formula[:min(len(formula), 60)], got, want)
		}
	}
}

// TestCircle holds that a circle is told with its way, and once.
func TestCircle(t *testing.T) {
	p, _ := program()
	p.Define("", "a", "name.a", text("b + 1"))
	p.Define("", "b", "name.b", text("c * 2"))
	p.Define("", "c", "name.c", text("a"))
	p.Define("", "fine", "name.fine", text("n + 1"))
	p.Compile()
	if got, want := told(p.Faults()), `1: a circle: "a" needs "b" needs "c" needs "a"`; strings.ReplaceAll(got, `"`, "") != strings.ReplaceAll(want, `"`, "") {
		t.Errorf("got %s", got)
	}
}

// expression writes a random formula and computes it exactly.
type expression struct {
	*rand.Rand
	names map[string]*big.Rat
}

// gives are a formula, its exact value (nil for unknown), and how far an
// evaluation to 18 places may be off.
func (g expression) gives(depth int) (string, *big.Rat, *big.Rat) {
	exact := new(big.Rat)
	if depth == 0 {
		if g.IntN(2) == 0 {
			for name, value := range g.names {
				return name, value, exact
			}
		}
		n, at := g.Int64N(20_000), g.IntN(4)
		d := sheet.Scaled(n, at)
		r, _ := new(big.Rat).SetString(d.Text(at))
		return d.Text(at), r, exact
	}
	a, x, e := g.gives(depth - 1)
	b, y, f := g.gives(depth - 1)
	if x == nil || y == nil {
		return "(" + a + " + " + b + ")", nil, exact
	}
	// Each operation rounds by at most half of 10^-18.
	unit := big.NewRat(1, 1_000_000_000_000_000_000)
	abs := func(r *big.Rat) *big.Rat { return new(big.Rat).Abs(r) }
	sum := func(list ...*big.Rat) *big.Rat {
		s := new(big.Rat)
		for _, r := range list {
			s.Add(s, r)
		}
		return s
	}
	mul := func(a, b *big.Rat) *big.Rat { return new(big.Rat).Mul(a, b) }
	switch g.IntN(7) {
	case 0:
		return "(" + a + " + " + b + ")", new(big.Rat).Add(x, y), sum(e, f)
	case 1:
		return "(" + a + " - " + b + ")", new(big.Rat).Sub(x, y), sum(e, f)
	case 2:
		return "(" + a + " * " + b + ")", mul(x, y), sum(mul(e, abs(y)), mul(f, abs(x)), mul(e, f), unit)
	case 3:
		if abs(y).Cmp(big.NewRat(1, 100)) < 0 {
			break
		}
		low := new(big.Rat).Sub(abs(y), f)
		q := new(big.Rat).Quo(x, y)
		return "(" + a + " / " + b + ")", q, sum(new(big.Rat).Quo(sum(e, mul(abs(q), f)), low), unit)
	case 4:
		m := x
		if y.Cmp(x) < 0 {
			m = y
		}
		return "min(" + a + ", " + b + ")", m, sum(e, f)
	case 5:
		return "-(" + a + ")", new(big.Rat).Neg(x), e
	case 6:
		return "abs(" + a + ")", abs(x), e
	}
	return a, x, e
}

// TestRandom holds the evaluator against exact fractions on random formulas.
func TestRandom(t *testing.T) {
	checkRandom(t, rand.New(rand.NewPCG(3, 4)), 3000)
}

func checkRandom(t *testing.T, r *rand.Rand, times int) {
	huge := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(20), nil))
	for range times {
		g := expression{r, map[string]*big.Rat{"n": big.NewRat(r.Int64N(1000), 1)}}
		formula, want, off := g.gives(1 + r.IntN(4))
		if want == nil {
			continue
		}
		s := &sheet.Sheet{Form: &form.Form{ID: "test", Fields: []form.Field{{Name: "n", Kind: form.Integer, Default: g.names["n"].RatString()}}}}
		p := New(s)
		p.Input("n", Type{Kind: sheet.Number})
		p.Define("", "x", "name.x", text("("+formula+") * 1000000 as number 6"))
		p.Compile()
		if len(p.Faults()) > 0 {
			t.Fatalf("%s: %s", formula, told(p.Faults()))
		}
		in, _ := form.DecodePairs(s.Form, nil)
		result, _ := sheet.Load(sheet.Encode(s)).Compute(in)
		var got struct{ X string }
		text := strings.TrimSuffix(strings.TrimPrefix(report.JSON(result), `{"x":`), "}")
		if text == "null" {
			if new(big.Rat).Abs(want).Cmp(new(big.Rat).Quo(huge, big.NewRat(1_000_000_000, 1))) < 0 && !strings.Contains(formula, "*") {
				t.Errorf("%s is unknown, not %s", formula, want.FloatString(6))
			}
			continue
		}
		got.X = text
		value, ok := new(big.Rat).SetString(got.X)
		if !ok {
			t.Fatalf("%s: %s", formula, text)
		}
		value.Quo(value, big.NewRat(1_000_000, 1))
		d := new(big.Rat).Sub(value, want)
		most := new(big.Rat).Add(off, big.NewRat(6, 10_000_000_000_000))
		if d.Abs(d).Cmp(most) > 0 {
			t.Errorf("%s is %s, not %s", formula, text, want.FloatString(18))
		}
	}
}

func FuzzRandom(f *testing.F) {
	f.Add(uint64(1), uint64(2))
	f.Fuzz(func(t *testing.T, a, b uint64) { checkRandom(t, rand.New(rand.NewPCG(a, b)), 20) })
}

// FuzzCompile holds that no formula makes the compiler or the evaluator fail, and
// that every fault has a place in it.
func FuzzCompile(f *testing.F) {
	for _, s := range []string{"1 + 2", "sum(order.value where order.weight > 1)", "first(year where running(year.net) >= 0)", "if(n > 5, 1, n > 2, 2, 3) as percent 1", "split(100, order.weight)", "'", "“a”", "at(step, 2)^-2%"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, formula string) {
		p, s := program()
		p.Define("", "x", "name.x", Text{Text: formula, At: func(at int) diag.Pos {
			if at < 0 || at > len(formula) {
				t.Fatalf("%q: a fault at byte %d", formula, at)
			}
			return diag.Pos{Line: 1, Col: at + 1}
		}})
		p.Define("order", "y", "name.y", text(formula))
		p.Compile()
		if len(p.Faults()) > 0 {
			return
		}
		loaded := sheet.Load(sheet.Encode(s))
		if loaded == nil {
			t.Fatalf("%q cannot be loaded", formula)
		}
		in, _ := form.DecodePairs(loaded.Form, nil)
		loaded.Compute(in)
	})
}
