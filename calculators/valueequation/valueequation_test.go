package valueequation

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"playbook/calculators/form"
	"playbook/calculators/internal/calctest"
	"playbook/calculators/report"
)

// values computes an encoding and returns its values, or its faults, as text.
func values(t testing.TB, encoded string) string {
	t.Helper()
	in, faults := form.Decode(Form(), encoded)
	if len(faults) == 0 {
		var r *report.Result
		if r, faults = Compute(in); len(faults) == 0 {
			return report.JSON(r)
		}
	}
	var b strings.Builder
	for _, f := range faults {
		fmt.Fprintf(&b, "%s: %s %v\n", f.Field, f.Key, f.Args)
	}
	return b.String()
}

// want is values in their order, payback as text because it may be null.
func want(problem, remedy, ratio, verdict, missing, npv, delay, payback, worst, best string, unpriced int) string {
	return apart(problem, remedy, problem, "0", ratio, verdict, verdict, missing, npv, delay, payback, worst, best, unpriced)
}

// apart is want with a hard and a soft part.
func apart(problem, remedy, hard, soft, ratio, verdict, alone, missing, npv, delay, payback, worst, best string, unpriced int) string {
	return fmt.Sprintf(`{"problem_total":%s,"remedy_total":%s,"hard_total":%s,"soft_total":%s,"ratio":%s,"verdict":"%s","verdict_hard":"%s","missing":%s,"npv":%s,`+
		`"cost_of_delay_month":%s,"payback_month":%s,"verdict_worst":"%s","verdict_best":"%s","verdict_holds":%v,"unpriced":%d}`,
		problem, remedy, hard, soft, ratio, verdict, alone, missing, npv, delay, payback, worst, best, worst == best, unpriced)
}

func TestValues(t *testing.T) {
	const no, yes = "dont_buy", "buy"
	tests := []struct{ name, encoded, want string }{
		// Deck slide 25: the difficulty alone, which nobody has priced, against 12,000.
		{"slide 25", "problem.0.name=Hard+to+operate&problem.0.every=once",
			want("0", "12000", "0", no, "12000", "-12000", "0", "null", no, no, 1)},
		// Deck slide 26, the default: of six weights only training has a price.
		// 12,000 − 2,500 = 9,500; 2,500 ÷ 12,000 = 0.208…
		{"slide 26", "",
			want("2500", "12000", "0.21", no, "9500", "-9500", "0", "null", no, no, 5)},
		// The unpriced ones at exactly 9,500 balance, which is not more.
		{"level", "problem.0.amount=12000&problem.0.every=once",
			want("12000", "12000", "1", no, "0", "0", "0", "0", no, no, 0)},
		{"a cent more", "problem.0.amount=12000.01&problem.0.every=once",
			want("12000.01", "12000", "1", yes, "0", "0.01", "0", "0", yes, yes, 0)},
		// Problems recur every year unless they say otherwise, remedies do not:
		// 3 × 5,000 = 15,000; 5,000 ÷ 12 = 416.666…; after m months 5,000 m ÷ 12
		// reaches 12,000 at m = 28.8, so in month 29.
		{"every defaults", "years=3&problem.0.amount=5000",
			want("15000", "12000", "1.25", yes, "0", "3000", "416.67", "29", yes, yes, 0)},
		// 100 × 24 + 1,200 × 2 + 600 = 5,400 against 5,000 + 10 × 24 = 5,240.
		// Delay 100 + 1,200 ÷ 12 = 200. 600 + 200 m ≥ 5,000 + 10 m: m ≥ 23.157…
		{"all recurrences", "years=2&problem.0.amount=100&problem.0.every=month&problem.1.amount=1200&problem.1.every=year" +
			"&problem.2.amount=600&problem.2.every=once&remedy.0.amount=5000&remedy.1.amount=10&remedy.1.every=month",
			want("5400", "5240", "1.03", yes, "0", "160", "200", "24", yes, yes, 0)},
		// At 10 % a year: −1,000 + 660 ÷ 1.1 + 660 ÷ 1.21 = −1,000 + 600 + 545.4545…
		{"discount", "years=2&rate=10&problem.0.amount=660&remedy.0.amount=1000",
			want("1320", "1000", "1.32", yes, "0", "145.45", "55", "19", yes, yes, 0)},
		// At 100 % a year: 120 ÷ 2 = 60; the remedy's 12 × 5 = 60 ÷ 2 = 30.
		{"discount both", "rate=100&problem.0.amount=10&problem.0.every=month&remedy.0.amount=5&remedy.0.every=month",
			want("120", "60", "2", yes, "0", "30", "10", "0", yes, yes, 0)},
		// Half away from zero: 0.01 ÷ 2 = 0.005 → 0.01, and −0.01 the other way.
		{"npv half up", "rate=100&problem.0.amount=0.01&remedy=", want("0.01", "0", "null", yes, "0", "0.01", "0", "0", yes, yes, 0)},
		{"npv half down", "rate=100&problem=&remedy.0.amount=0.01&remedy.0.every=year",
			want("0", "0.01", "0", no, "0.01", "-0.01", "0", "null", no, no, 0)},
		// Delay 0.06 ÷ 12 = 0.005 → 0.01.
		{"delay half up", "problem.0.amount=0.06&remedy=", want("0.06", "0", "null", yes, "0", "0.06", "0.01", "0", yes, yes, 0)},
		// 0.125 → 0.13; 0.995 → 1.00.
		{"ratio half up", "problem.0.amount=1&problem.0.every=once&remedy.0.amount=8", want("1", "8", "0.13", no, "7", "-7", "0", "null", no, no, 0)},
		{"ratio carries", "problem.0.amount=199&problem.0.every=once&remedy.0.amount=200", want("199", "200", "1", no, "1", "-1", "0", "null", no, no, 0)},
		{"nothing at all", "problem=&remedy=", want("0", "0", "null", no, "0", "0", "0", "0", no, no, 0)},
		{"a free remedy", "remedy.0.amount=0", want("2500", "0", "null", yes, "0", "2500", "0", "0", yes, yes, 5)},
		{"an unpriced remedy", "remedy.0.name=The+system", want("2500", "0", "null", yes, "0", "2500", "0", "0", yes, yes, 5)},
		// Payback in the very last month, and one month too late: 12 × 1 = 12.
		{"payback last", "problem.0.amount=1&problem.0.every=month&remedy.0.amount=12", want("12", "12", "1", no, "0", "0", "1", "12", no, no, 0)},
		{"payback too late", "problem.0.amount=1&problem.0.every=month&remedy.0.amount=12.01",
			want("12", "12.01", "1", no, "0.01", "-0.01", "1", "null", no, no, 0)},
		// The problem was there first, but the remedy runs up faster: it never pays.
		{"payback at once", "problem.0.amount=5&problem.0.every=once&remedy.0.amount=1&remedy.0.every=month",
			want("5", "12", "0.42", no, "7", "-7", "0", "null", no, no, 0)},
		// Worst 9,000 − 11,000 → don't buy; best 14,000 − 10,000 → buy.
		{"bounds", "problem.0.amount=12000&problem.0.every=once&problem.0.low=9000&problem.0.high=14000" +
			"&remedy.0.amount=10000&remedy.0.high=11000",
			want("12000", "10000", "1.2", yes, "0", "2000", "0", "0", no, yes, 0)},
		// A missing bound is the amount: worst 10,000 − 9,000, best 12,000 − 9,000.
		{"one bound", "problem.0.amount=12000&problem.0.every=once&problem.0.low=10000&remedy.0.amount=9000",
			want("12000", "9000", "1.33", yes, "0", "3000", "0", "0", yes, yes, 0)},
		// An unpriced row counts 0 as entered, at most 15,000 in the best case.
		{"bounds without an amount", "problem.0.every=once&problem.0.low=11000&problem.0.high=15000",
			want("0", "12000", "0", no, "12000", "-12000", "0", "null", no, yes, 1)},
		{"a low alone", "problem.0.every=once&problem.0.low=13000",
			want("0", "12000", "0", no, "12000", "-12000", "0", "null", yes, yes, 1)},
		// Of 20,000 the remedy removes 60 %: 12,000, which is not more.
		{"a part removed", "problem.0.amount=20000&problem.0.every=once&problem.0.removes=60", want("12000", "12000", "1", no, "0", "0", "0", "0", no, no, 0)},
		// A third of 0.05 is 0.016665 → 0.02; bounds are removed in the same part.
		{"a part rounded", "problem.0.amount=0.05&problem.0.high=1&problem.0.every=once&problem.0.removes=33.33&remedy.0.amount=0.3", want("0.02", "0.3", "0.07", no, "0.28", "-0.28", "0", "null", no, yes, 0)},
		// 7,000 hard and 6,000 soft of 12,000: without the soft part the balance tips back.
		{"hard and soft", "problem.0.amount=7000&problem.0.every=once&problem.1.amount=6000&problem.1.every=once&problem.1.kind=soft",
			apart("13000", "12000", "7000", "6000", "1.08", yes, no, "0", "1000", "0", "0", yes, yes, 0)},
		// 12 months less 4, at 3,000: 24,000 against 12,000 + 12 × 500. In month m there are
		// 3,000 (m − 4) against 12,000 + 500 m: m ≥ 9.6.
		{"ramp-up", "ramp=4&problem.0.amount=3000&problem.0.every=month&remedy.0.amount=12000&remedy.1.amount=500&remedy.1.every=month",
			want("24000", "18000", "1.33", yes, "0", "6000", "3000", "10", yes, yes, 0)},
		// A year's 1,200 count 20 ÷ 12 times: 2,000; at 100 % a year 400 ÷ 2 + 1,200 ÷ 4 … of
		// the first year 12 − 4 months: 800 ÷ 2 + 1,200 ÷ 4 = 700.
		{"ramp-up, discounted", "years=2&rate=100&ramp=4&problem.0.amount=1200&remedy=", want("2000", "0", "null", yes, "0", "700", "100", "0", yes, yes, 0)},
		{"never takes effect", "ramp=120&problem.0.amount=1200&problem.1.amount=5&problem.1.every=once&remedy.0.amount=6", want("5", "6", "0.83", no, "1", "-1", "100", "null", no, no, 0)},
		{"low above the amount", "problem.3.amount=10&problem.3.low=10.01", "problem.3.low: max [{max 10}]\n"},
		{"high below the amount", "remedy.0.amount=10.5&remedy.0.low=1&remedy.0.high=10", "remedy.0.high: min [{min 10.50}]\n"},
		{"both wrong", "problem.0.amount=10&problem.0.low=11&problem.0.high=9",
			"problem.0.low: max [{max 10}]\nproblem.0.high: min [{min 10}]\n"},
		{"high below low", "problem.0.low=10&problem.0.high=9", "problem.0.high: min [{min 10}]\n"},
		{"negative", "problem.0.amount=-1", "problem.0.amount: min [{min 0}]\n"},
		{"huge", "problem.0.amount=1e999", "problem.0.amount: number [{value 1e999}]\n"},
		{"over the bound", "problem.0.amount=1,000,000,000,000.01", "problem.0.amount: max [{max 1000000000000}]\n"},
		{"years", "years=0&rate=101", "years: min [{min 1}]\nrate: max [{max 100}]\n"},
		{"every", "problem.0.every=week", "problem.0.every: choice [{options once, month, year}]\n"},
		{"currency", "currency=dollars", "currency: currency []\n"},
	}
	for _, test := range tests {
		if got := values(t, test.encoded); got != test.want {
			t.Errorf("%s:\ngot  %s\nwant %s", test.name, got, test.want)
		}
	}
}

// TestLargest holds that the most that the form takes does not overflow.
func TestLargest(t *testing.T) {
	var b strings.Builder
	b.WriteString("years=10")
	for i := range 50 {
		fmt.Fprintf(&b, "&problem.%d.amount=1000000000000&problem.%d.every=month", i, i)
	}
	// 50 × 10^12 × 120 = 6 × 10^15; 6 × 10^15 ÷ 0.01 = 6 × 10^17; 50 × 10^12 a month.
	tiny := b.String() + "&remedy.0.amount=0.01"
	if got, want := values(t, tiny), want("6000000000000000", "0.01", "600000000000000000", "buy", "0", "5999999999999999.99",
		"50000000000000", "1", "buy", "buy", 0); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	b.WriteString("&rate=100")
	for i := range 50 {
		fmt.Fprintf(&b, "&remedy.%d.amount=1000000000000&remedy.%d.every=month", i, i)
	}
	if got, want := values(t, b.String()), want("6000000000000000", "6000000000000000", "1", "dont_buy", "0", "0",
		"50000000000000", "0", "dont_buy", "dont_buy", 0); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	// The longest ramp-up: what the remedy costs until then, 6 × 10^15 less a month, is the most.
	ramp := want("50000000000000", "6000000000000000", "0.01", "dont_buy", "5950000000000000", "-5950000000000000", "50000000000000", "null", "dont_buy", "dont_buy", 0)
	if got := values(t, strings.Replace(b.String(), "rate=100", "ramp=119", 1)); got != ramp {
		t.Errorf("got\n%s\nwant\n%s", got, ramp)
	}
	b.WriteString("&remedy.50.amount=1")
	if got, want := values(t, b.String()), "remedy: rows.max [{max 50}]\n"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestAgainstOracle holds every value of random equations against the same
// computed with rational numbers, month by month and year by year.
func TestAgainstOracle(t *testing.T) {
	r := rand.New(rand.NewPCG(12, 25))
	for range 1000 {
		e := randomEquation(r)
		if got, want := values(t, e.encoded()), e.oracle(); got != want {
			t.Fatalf("%s:\ngot  %s\nwant %s", e.encoded(), got, want)
		}
	}
}

type oracleRow struct {
	group             string
	amount, low, high int64 // minor units; -1: none
	every             string
	removes           int64 // millionths
	soft              bool
}

type oracleEquation struct {
	years, rate, ramp int64
	rows              []oracleRow
}

func randomEquation(r *rand.Rand) *oracleEquation {
	e := &oracleEquation{years: 1 + r.Int64N(10), rate: r.Int64N(1_000_001)}
	if r.IntN(3) == 0 {
		e.rate = []int64{0, 1, 100_000, 1_000_000}[r.IntN(4)]
	}
	if r.IntN(2) == 0 {
		e.ramp = r.Int64N(121)
	}
	scale := []int64{10, 1_000, 1_000_000, 100_000_000_000_000}[r.IntN(4)]
	for range r.IntN(7) {
		row := oracleRow{group: "problem", amount: -1, low: -1, high: -1, every: []string{"once", "month", "year"}[r.IntN(3)], removes: 1_000_000}
		if r.IntN(2) == 0 {
			row.group = "remedy"
		} else {
			row.soft = r.IntN(3) == 0
			if r.IntN(2) == 0 {
				row.removes = r.Int64N(1_000_001)
			}
		}
		if r.IntN(6) > 0 {
			row.amount = r.Int64N(scale + 1)
		}
		middle := max(row.amount, 0)
		if r.IntN(3) == 0 && (row.amount >= 0 || scale > 10) {
			row.low = r.Int64N(middle + 1)
			if row.amount < 0 {
				row.low = r.Int64N(scale)
			}
		}
		if r.IntN(3) == 0 {
			from := max(middle, row.low)
			row.high = from + r.Int64N(scale-from+1)
		}
		e.rows = append(e.rows, row)
	}
	return e
}

func (e *oracleEquation) encoded() string {
	pairs := []form.Pair{
		{Name: "years", Value: fmt.Sprint(e.years)},
		{Name: "rate", Value: form.Decimal(e.rate, 4)}, {Name: "ramp", Value: fmt.Sprint(e.ramp)},
		{Name: "problem", Value: ""}, {Name: "remedy", Value: ""},
	}
	for i, r := range e.rows {
		for _, f := range []struct {
			name  string
			minor int64
		}{{"amount", r.amount}, {"low", r.low}, {"high", r.high}} {
			if f.minor >= 0 {
				pairs = append(pairs, form.Pair{Name: fmt.Sprintf("%s.%d.%s", r.group, i, f.name), Value: form.Decimal(f.minor, 2)})
			}
		}
		pairs = append(pairs, form.Pair{Name: fmt.Sprintf("%s.%d.every", r.group, i), Value: r.every})
		if r.group == "problem" {
			pairs = append(pairs, form.Pair{Name: fmt.Sprintf("problem.%d.removes", i), Value: form.Decimal(r.removes, 4)})
		}
		if r.soft {
			pairs = append(pairs, form.Pair{Name: fmt.Sprintf("problem.%d.kind", i), Value: "soft"})
		}
	}
	return form.Encode(pairs)
}

// half rounds a rational to places decimals, half away from zero, and prints it
// as JSON does.
func half(x *big.Rat, places int) string {
	scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(places)), nil)
	n := new(big.Int).Mul(x.Num(), scale)
	n.Mul(n, big.NewInt(2))
	d := new(big.Int).Mul(x.Denom(), big.NewInt(2))
	if x.Sign() < 0 {
		n.Sub(n, x.Denom())
	} else {
		n.Add(n, x.Denom())
	}
	n.Quo(n, d)
	return form.Trim(new(big.Rat).SetFrac(n, scale).FloatString(places))
}

func (e *oracleEquation) oracle() string {
	hard := new(big.Rat)
	ramp := min(e.ramp, 12*e.years)
	discount := func(year int64) *big.Rat { // (1 + rate)^-year
		x := big.NewRat(1, 1)
		for range year {
			x.Quo(x, big.NewRat(1_000_000+e.rate, 1_000_000))
		}
		return x
	}
	var total, worst, best, npv [2]*big.Rat // of the problem, of the remedy
	delay := new(big.Rat)
	unpriced := 0
	soFar := [2][]*big.Rat{}
	for s, group := range []string{"problem", "remedy"} {
		total[s], worst[s], best[s], npv[s] = new(big.Rat), new(big.Rat), new(big.Rat), new(big.Rat)
		soFar[s] = make([]*big.Rat, 12*e.years+1)
		for m := range soFar[s] {
			soFar[s][m] = new(big.Rat)
		}
		for _, r := range e.rows {
			if r.group != group {
				continue
			}
			if r.amount < 0 && s == 0 {
				unpriced++
			}
			low, high := r.low, r.high
			if low < 0 {
				low = max(r.amount, 0)
			}
			if high < 0 {
				high = max(r.amount, low)
			}
			if s == 1 {
				low, high = high, low
			}
			// What the remedy removes of it, to a minor unit.
			rat := func(minor int64) *big.Rat {
				n, _ := new(big.Rat).SetString(half(new(big.Rat).Mul(big.NewRat(max(minor, 0), 1), big.NewRat(r.removes, 1_000_000)), 0))
				return n.Quo(n, big.NewRat(100, 1))
			}
			delayed := ramp
			if s == 1 {
				delayed = 0
			}
			months := 12*e.years - delayed
			times := map[string]*big.Rat{"once": big.NewRat(1, 1), "month": big.NewRat(months, 1), "year": big.NewRat(months, 12)}[r.every]
			add := func(to, x, times *big.Rat) { to.Add(to, new(big.Rat).Mul(x, times)) }
			add(total[s], rat(r.amount), times)
			add(worst[s], rat(low), times)
			add(best[s], rat(high), times)
			if s == 0 && !r.soft {
				add(hard, rat(r.amount), times)
			}
			month := new(big.Rat) // what it costs in one month
			switch r.every {
			case "once":
				npv[s].Add(npv[s], rat(r.amount))
			case "month":
				month.Set(rat(r.amount))
			case "year":
				month.Quo(rat(r.amount), big.NewRat(12, 1))
			}
			for year := int64(1); year <= e.years; year++ {
				add(npv[s], month, new(big.Rat).Mul(big.NewRat(min(max(12*year-delayed, 0), 12), 1), discount(year)))
			}
			if s == 0 {
				delay.Add(delay, month)
			}
			for m := range soFar[s] {
				if r.every == "once" {
					soFar[s][m].Add(soFar[s][m], rat(r.amount))
				}
				add(soFar[s][m], month, big.NewRat(max(int64(m)-delayed, 0), 1))
			}
		}
	}
	verdict := func(problem, remedy *big.Rat) string {
		if problem.Cmp(remedy) > 0 {
			return "buy"
		}
		return "dont_buy"
	}
	for _, sum := range [][2]*big.Rat{total, worst, best, {hard, nil}} { // as they are compared
		for _, x := range sum {
			if x != nil {
				x.SetString(half(x, 2))
			}
		}
	}
	ratio, payback := "null", "null"
	if total[1].Sign() > 0 {
		ratio = half(new(big.Rat).Quo(total[0], total[1]), 2)
	}
	for m := len(soFar[0]) - 1; m >= 0 && soFar[0][m].Cmp(soFar[1][m]) >= 0; m-- {
		payback = fmt.Sprint(m)
	}
	missing := new(big.Rat).Sub(total[1], total[0])
	if missing.Sign() < 0 {
		missing.SetInt64(0)
	}
	// Totals in minor units, as they are compared.
	return apart(half(total[0], 2), half(total[1], 2), half(hard, 2), half(new(big.Rat).Sub(total[0], hard), 2), ratio, verdict(total[0], total[1]), verdict(hard, total[1]), half(missing, 2),
		half(new(big.Rat).Sub(npv[0], npv[1]), 2), half(delay, 2), payback, verdict(worst[0], worst[1]), verdict(best[0], best[1]), unpriced)
}

// TestWide holds the exact integers against math/big, and present at its edges.
func TestWide(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		once, rate := r.Int64N(12e16)-6e16, r.Int64N(1_000_001)
		exact := big.NewRat(once, 12)
		var years []int64
		for i := range 1 + r.IntN(10) {
			years = append(years, r.Int64N(144e16)-72e16)
			x := big.NewRat(years[i], 12)
			for range i + 1 {
				x.Mul(x, big.NewRat(1_000_000, 1_000_000+rate))
			}
			exact.Add(exact, x)
		}
		if got, want := fmt.Sprint(present(once, years, rate)), half(exact, 0); got != want {
			t.Fatalf("present(%d, %d, %d) = %s, want %s", once, years, rate, got, want)
		}
	}
	flows := slices.Repeat([]int64{72e16}, 10)
	if got := present(6e16, flows, 0); got != 605e15 {
		t.Error(got)
	}
	for i := range flows {
		flows[i] = -flows[i]
	}
	if got := present(-6e16, flows, 0); got != -605e15 {
		t.Error(got)
	}
}

func TestSentences(t *testing.T) {
	for lang, sentences := range map[string][]string{
		"en": {"the unpriced consequences must together exceed USD 9,500.", "<a href=\"../../questions/spin/index.html\">implication questions</a>", "Hard to operate"},
		"zh": {"未标价的后果加起来必须超过9,500美元。", "<a href=\"../../questions/spin/index.html\">", "很难操作"},
	} {
		calctest.Sentences(t, calctest.Calculator{Form: Form(), Compute: Compute}, lang, "", sentences...)
	}
}

func FuzzCompute(f *testing.F) {
	calctest.Fuzz(f, calctest.Calculator{Form: Form(), Compute: Compute}, nil,
		[2]string{"problem.0.amount=1&problem.0.low=0&remedy=", "\"'&\x00"},
		[2]string{"years=10&rate=33.3333&problem.0.amount=999999999999.99&problem.0.every=month", "=1+1"},
		[2]string{"remedy.0.name=x&problem=", "a\nb"})
}
