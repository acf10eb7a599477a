package sellingtime

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"playbook/calculators/form"
	"playbook/calculators/internal/calctest"
	"playbook/calculators/report"
)

func values(t testing.TB, encoded string) string {
	t.Helper()
	in, faults := form.Decode(Form(), encoded)
	if len(faults) > 0 {
		return fmt.Sprint(faults)
	}
	r, faults := Compute(in)
	if len(faults) > 0 {
		return fmt.Sprint(faults)
	}
	return report.JSON(r)
}

func TestValues(t *testing.T) {
	for _, test := range []struct{ name, encoded, want string }{
		// 5+7 of 45 = 26.67 %; 13/45 = 28.89 %; 12·46 = 552; 1/12 = 8.33 %; 46/12 = 3.83
		// weeks; 5,000,000 ÷ 552 = 9,057.97.
		{"the example", "", `{"hours":45,"customer_hours":12,"share":26.7,"prepare_hours":8,"travel_hours":9,"office_hours":16,"moved":1,"share_after":28.9,` +
			`"hours_year":552,"hours_added":46,"gain":8.3,"weeks_added":3.8,"hour_value":9057.97,"largest":6}`},
		{"nothing", "activity=", `{"hours":0,"customer_hours":0,"share":null,"prepare_hours":0,"travel_hours":0,"office_hours":0,"moved":0,"share_after":null,` +
			`"hours_year":0,"hours_added":0,"gain":null,"weeks_added":null,"hour_value":null,"largest":null}`},
		{"no customer", "activity.0.hours=40&quota=", `{"hours":40,"customer_hours":0,"share":0,"prepare_hours":0,"travel_hours":0,"office_hours":40,"moved":1,"share_after":2.5,` +
			`"hours_year":0,"hours_added":46,"gain":null,"weeks_added":null,"hour_value":null,"largest":1}`},
		// All there is to move is half an hour.
		{"customers almost alone", "activity.0.kind=customer&activity.0.hours=9.5&activity.1.hours=.5&weeks=10&quota=95", `{"hours":10,"customer_hours":9.5,"share":95,"prepare_hours":0,"travel_hours":0,"office_hours":0.5,"moved":0.5,"share_after":100,` +
			`"hours_year":95,"hours_added":5,"gain":5.3,"weeks_added":0.5,"hour_value":1,"largest":2}`},
		// The hour comes from the office, though travelling takes more; else from travelling.
		{"the farthest from customers", "activity.0.hours=9&activity.0.kind=travel&activity.1.hours=1&activity.2.hours=8&activity.2.kind=prepare&move=0&quota=", `{"hours":18,"customer_hours":0,"share":0,"prepare_hours":8,"travel_hours":9,"office_hours":1,"moved":0,"share_after":0,` +
			`"hours_year":0,"hours_added":0,"gain":null,"weeks_added":null,"hour_value":null,"largest":2}`},
		{"no office", "activity.0.hours=3&activity.0.kind=travel&activity.1.hours=0&activity.2.hours=8&activity.2.kind=prepare&move=0&quota=", `{"hours":11,"customer_hours":0,"share":0,"prepare_hours":8,"travel_hours":3,"office_hours":0,"moved":0,"share_after":0,` +
			`"hours_year":0,"hours_added":0,"gain":null,"weeks_added":null,"hour_value":null,"largest":1}`},
		{"a tie goes to the first", "activity.0.hours=2&activity.1.hours=2&move=0", `{"hours":4,"customer_hours":0,"share":0,"prepare_hours":0,"travel_hours":0,"office_hours":4,"moved":0,"share_after":0,` +
			`"hours_year":0,"hours_added":0,"gain":null,"weeks_added":null,"hour_value":null,"largest":1}`},
		{"more than a week", "activity.0.hours=100&activity.1.hours=68.01", `[{activity week [{hours 168.01}]}]`},
		{"exactly a week", "activity.0.hours=168&activity.0.kind=customer&quota=", `{"hours":168,"customer_hours":168,"share":100,"prepare_hours":0,"travel_hours":0,"office_hours":0,"moved":0,"share_after":100,` +
			`"hours_year":7728,"hours_added":0,"gain":0,"weeks_added":0,"hour_value":null,"largest":null}`},
	} {
		if got := values(t, test.encoded); got != test.want {
			t.Errorf("%s:\ngot  %s\nwant %s", test.name, got, test.want)
		}
	}
}

// TestRandom holds the week against exact fractions.
func TestRandom(t *testing.T) {
	r := rand.New(rand.NewPCG(65, 26))
	for range 200 {
		var b strings.Builder
		by := map[string]int64{}
		total := int64(0)
		for i := range 1 + r.IntN(5) {
			kind, n := kinds[r.IntN(4)], r.Int64N(3000)
			fmt.Fprintf(&b, "activity.%d.kind=%s&activity.%d.hours=%s&", i, kind, i, form.Decimal(n, 2))
			by[kind] += n
			total += n
		}
		move, weeks, quota := r.Int64N(2000), 1+r.Int64N(53), 1+r.Int64N(1e12)
		fmt.Fprintf(&b, "move=%s&weeks=%d&quota=%s", form.Decimal(move, 2), weeks, form.Decimal(quota, 2))
		c := by["customer"]
		moved := min(move, total-c)
		round := func(n, d int64, places int) string {
			if d == 0 {
				return "null"
			}
			s := big.NewRat(n, d).FloatString(places)
			return form.Trim(s)
		}
		value := "null"
		if c > 0 {
			value = form.Trim(new(big.Rat).Quo(big.NewRat(quota, 100), big.NewRat(c*weeks, 100)).FloatString(2))
		}
		want := fmt.Sprintf(`"share":%s,"prepare_hours":%s,"travel_hours":%s,"office_hours":%s,"moved":%s,"share_after":%s,"hours_year":%s,"hours_added":%s,"gain":%s,"weeks_added":%s,"hour_value":%s,`,
			round(100*c, total, 1), round(by["prepare"], 100, 2), round(by["travel"], 100, 2), round(by["office"], 100, 2), round(moved, 100, 2), round(100*(c+moved), total, 1),
			round(c*weeks, 100, 2), round(moved*weeks, 100, 2), round(100*moved, c, 1), round(moved*weeks, c, 1), value)
		if got := values(t, b.String()); !strings.Contains(got, want) {
			t.Errorf("%s:\ngot  %s\nwant %s", b.String(), got, want)
		}
	}
}

func FuzzCompute(f *testing.F) {
	calctest.Fuzz(f, calctest.Calculator{Form: Form(), Compute: Compute}, nil,
		[2]string{"activity.0.hours=1.5&activity.0.kind=customer&move=2", ""},
		[2]string{"quota=10000000000000&activity.0.hours=0.01&activity.0.kind=customer", ""})
}
