package plan965531

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"testing"

	"playbook/calculators/form"
	"playbook/calculators/internal/calctest"
	"playbook/calculators/report"
)

// speak returns the words of a language.
func speak(t testing.TB, lang string) (get func(string) string, w *report.Words) {
	get = calctest.Get(calctest.Words(t, lang))
	return get, report.NewWords(ID, get, calctest.Link)
}

// ask decodes and computes an encoding; faults are told as "field: message".
func ask(t testing.TB, lang, encoded string) (*report.Result, []string) {
	t.Helper()
	get, w := speak(t, lang)
	in, faults := form.Decode(Form().In(get), encoded)
	var r *report.Result
	if len(faults) == 0 {
		r, faults = Compute(in)
	}
	var told []string
	for _, f := range faults {
		told = append(told, f.Field+": "+w.Fault(f))
	}
	return r, told
}

// values computes an encoding's values as JSON.
func values(t testing.TB, encoded string) map[string]any {
	t.Helper()
	r, faults := ask(t, "en", encoded)
	if len(faults) > 0 {
		t.Fatalf("%q: %v", encoded, faults)
	}
	var v map[string]any
	if err := json.Unmarshal([]byte(report.JSON(r)), &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func TestDefault(t *testing.T) {
	r, _ := ask(t, "en", "")
	want := `{"orders":5,"events_total":145,"cycle_weeks":23,"cycle_months":5.4,` +
		`"load":[9,15,20,25,28,20,14,9,4,1],"peak":28,"peak_month":"2027-05","steady_peak":29,"over_capacity":[],` +
		`"deadline":"2027-12-31","latest_start":"2027-07-23","first_start":"2027-03-23",` +
		`"chance":0.569,"expected_orders":4.994,"starts_needed":12,"chance_one_more_wave":0.711,"chance_one_month_earlier":0.57,` +
		`"implied_odds":[0.111,0.167,0.2,0.2,0.333,1]}`
	if got := report.JSON(r); got != want {
		t.Errorf("default:\n%s\nwant\n%s", got, want)
	}
}

func TestValues(t *testing.T) {
	for _, c := range []struct{ encoded, name, want string }{
		{"quota=3000000", "load", "[9,15,20,16,13,9,4,1]"},
		{"capacity=24", "over_capacity", `["2027-04","2027-05"]`},
		{"capacity=28", "over_capacity", `[]`},
		{"first_month=2028-03", "deadline", `"2029-02-28"`},
		{"first_month=2027-03", "deadline", `"2028-02-29"`},
		{"first_month=2027-12&deadline=2028-03-01", "peak_month", `"2028-04"`},
		{"quota=300000001&order_value=1000000&starts_per_month=20", "orders", "301"},
		{"deadline=2027-02-01", "starts_needed", "null"},
		{"deadline=2027-02-01", "chance", "0"},
		{"starts_per_month=5", "peak", "45"},
		{"starts_per_month=5", "first_start", `"2027-07-23"`},
		{"pause.0.from=2027-10-01&pause.0.to=2027-10-07", "latest_start", `"2027-07-16"`},
		{"milestone.0.weeks=4&milestone.0.count=1", "implied_odds", "[1]"},
		{"milestone.0.weeks=4&milestone.0.count=1", "chance", "1"},
	} {
		got, _ := json.Marshal(values(t, c.encoded)[c.name])
		if string(got) != c.want {
			t.Errorf("%q: %s = %s, want %s", c.encoded, c.name, got, c.want)
		}
	}
}

// TestFaults holds the exact words of what no field alone can find.
func TestFaults(t *testing.T) {
	for _, c := range []struct{ encoded, en, zh string }{
		{"quota=1000000001", "quota: This takes more than 1,000 orders: lower the quota or raise the order value",
			"quota: 这要超过1,000单：请调低任务，或调高单笔金额"},
		{"milestone.3.count=2", "milestone.3.count: The last milestone is the signature: its count is 1",
			"milestone.3.count: 最后一个里程碑就是签合同，次数必须是1"},
		{"pause.1.from=2027-02-12&pause.1.to=2027-02-05", "pause.1.to: A pause cannot end before it begins",
			"pause.1.to: 最后一天不能早于第一天"},
		{"deadline=2027-01-01", "deadline: The deadline must come after the first day of the first month, 2027-01",
			"deadline: 截止日必须晚于起始月2027-01的第一天"},
	} {
		for lang, want := range map[string]string{"en": c.en, "zh": c.zh} {
			if _, got := ask(t, lang, c.encoded); len(got) != 1 || got[0] != want {
				t.Errorf("%q: %q, want %q", c.encoded, got, want)
			}
		}
	}
	// All of them in one run.
	_, got := ask(t, "en", "quota=9999999999&milestone.0.count=3&pause.0.from=2027-02-02&pause.0.to=2027-02-01&deadline=2026-01-01")
	if len(got) != 4 {
		t.Errorf("four faults: %q", got)
	}
	for _, encoded := range []string{
		"quota=-1", "quota=", "quota=1e999", "quota=0", "order_value=0", "order_value=<script>", "first_month=2027-13", "deadline=2027-02-30",
		"starts_per_month=0", "starts_per_month=21", "starts_per_month=1.5", "capacity=0", "confidence=49", "confidence=99.5",
		"milestone.0.count=0", "milestone.0.count=100", "milestone.0.weeks=0", "milestone.0.weeks=53", "milestone.0.weight=101",
		"milestone=", "pause.0.from=2027-01-01",
	} {
		if r, faults := ask(t, "en", encoded); r != nil || len(faults) == 0 {
			t.Errorf("%q has no fault", encoded)
		}
	}
	// The largest that is accepted.
	if _, faults := ask(t, "en", "quota=1000000000"); len(faults) > 0 {
		t.Errorf("1,000 orders: %v", faults)
	}
}

func TestManyRows(t *testing.T) {
	var b strings.Builder
	for i := range 10_000 {
		n := strconv.Itoa(i)
		b.WriteString("&pause." + n + ".from=2027-02-05&pause." + n + ".to=2027-02-12")
	}
	_, faults := ask(t, "en", b.String())
	if len(faults) != 1 || !strings.HasPrefix(faults[0], "pause: At most 50 rows") {
		t.Errorf("10,000 pauses: %.200q", faults)
	}
}

// TestMessages holds what the report says in the cases that matter.
func TestMessages(t *testing.T) {
	for _, c := range []struct{ encoded, want string }{
		{"", "The plan is too thin: your chance of 5 orders by 31 December 2027 is 56.9%"},
		{"", "an average is missed nearly as often as it is met"},
		{"", "begin 12 opportunities a month instead of 9, for 5 months. That reaches 80%."},
		{"", "You are not short of time; you are short of opportunities."},
		{"", "Count back 23 weeks from 31 December 2027: the last wave begins by 23 July 2027."},
		{"", "have 81 days in hand"},
		{"", "The slide prints a staircase that peaks at 20, sets a quota of 5 orders, and says that a month takes 29 at most."},
		{"", "9, 15, 20, 16, 13, 9, 4, 1"},
		{"", "would promise 10.5 signatures where there is one"},
		{"", "On average this plan brings 5.0 orders"},
		{"confidence=55", "The plan holds: your chance of 5 orders by 31 December 2027 is 56.9%"},
		{"milestone.0.count=1", "your chance of 5 orders by 31 December 2027 is 100%"},
		{"milestone.0.weeks=9&milestone.0.count=1&milestone.1.weeks=9&milestone.1.count=1", "is more than 99.9%"},
		{"deadline=2027-07-08", "is less than 0.1%"},
		{"confidence=55", "Keep the pace: begin 9 opportunities a month"},
		{"quota=3000000", "With your milestones: 3 waves, as in its staircase, peak at 20"},
		{"starts_per_month=2", "You begin 2, so your busiest month can take up to 58."},
		{"deadline=2027-10-01", "The plan starts too late. The first wave should begin by 23 December 2026, 9 days before your first month."},
		{"deadline=2027-10-01", "Begin 2 waves a month instead of 1."},
		{"deadline=2027-10-01", "Shorten the cycle from 23 to 21 weeks."},
		{"deadline=2027-10-01", "Move the deadline to 9 October 2027 or later."},
		{"deadline=2027-10-01", "Win larger orders: at 1,250,000 each, 4 are enough."},
		{"deadline=2027-01-02", "Move the deadline to 9 October 2027 or later."},
		{"deadline=2027-08-15", "a month’s head start is worth"},
		{"deadline=2027-02-01", "Even 1,000 opportunities a month do not reach 80%"},
		{"capacity=20", "Too much for the team in 2 months: April 2027, May 2027."},
		{"capacity=28", "The work fits"},
		{"pause.0.from=2027-10-01&pause.0.to=2027-10-07", "skipping 7 days of pauses"},
		{"milestone.0.name=&milestone.0.count=1", "Milestone 1"},
		{"quota=300000000", "288 more months of waves"},
	} {
		r, faults := ask(t, "en", c.encoded)
		if len(faults) > 0 {
			t.Errorf("%q: %v", c.encoded, faults)
			continue
		}
		_, w := speak(t, "en")
		text := strings.Join(strings.Fields(report.PlainText(r, w)), " ")
		if !strings.Contains(text, c.want) {
			t.Errorf("%q does not say %q:\n%s", c.encoded, c.want, text)
		}
	}
}

// TestDistribution holds that the bars of the distribution add up, one begins at
// the orders, and they are few.
func TestDistribution(t *testing.T) {
	for _, encoded := range calctest.Cases(t, ID) {
		in, faults := form.Decode(Form(), encoded)
		if len(faults) > 0 {
			continue
		}
		p, faults := read(in)
		if len(faults) > 0 {
			continue
		}
		a := solve(p)
		bars := a.bars()
		sum, above := 0.0, 0.0
		starts := false
		for i, b := range bars {
			sum += b.p
			if b.from >= a.orders {
				above += b.p
			}
			starts = starts || b.from == a.orders
			if i > 0 && b.to >= 0 && b.from <= bars[i-1].to {
				t.Errorf("%q: bars overlap", encoded)
			}
		}
		if sum < 0.99 || sum > 1+1e-9 || above > a.risk.Chance+1e-9 || above < a.risk.Chance-0.01 || !starts {
			t.Errorf("%q: bars add up to %v, %v from the orders up; chance %v", encoded, sum, above, a.risk.Chance)
		}
		if len(bars) > mostBars+3 {
			t.Errorf("%q: %d bars", encoded, len(bars))
		}
	}
}

// TestLongPlan holds that hundreds of waves stay readable, and the page light.
func TestLongPlan(t *testing.T) {
	_, w := speak(t, "en")
	for _, encoded := range []string{"quota=1000000000", "quota=1000000000&starts_per_month=20", "quota=300000000&starts_per_month=1&deadline=2060-01-01"} {
		r, _ := ask(t, "en", encoded)
		if html := report.HTML(r, w); len(html) > 150_000 {
			t.Errorf("%q: %d bytes", encoded, len(html))
		}
	}
}

func TestFestivals(t *testing.T) {
	last := 0
	for _, f := range Festivals() {
		if f.NewYear.Year < 2025 || f.NewYear.Year > 2035 || f.NewYear.Month > 2 {
			t.Errorf("%v", f)
		}
		if f.From.After(f.NewYear) || f.To.Before(f.NewYear) || f.To.Number()-f.From.Number() < 7 {
			t.Errorf("holiday of %v: %v to %v", f.NewYear, f.From, f.To)
		}
		// Lunar years have 12 or 13 months of 29 or 30 days.
		if n := f.NewYear.Number(); last > 0 && !slices.Contains([]int{354, 355, 384, 385, 383}, n-last) {
			t.Errorf("the year before %v has %d days", f.NewYear, n-last)
		} else {
			last = n
		}
	}
}

func FuzzCompute(f *testing.F) {
	calctest.Fuzz(f, calctest.Calculator{Form: Form(), Compute: Compute}, func(t *testing.T, n calctest.Numbers) {
		for _, name := range []string{"chance", "chance_one_more_wave", "chance_one_month_earlier"} {
			if p := n[name].(float64); p < 0 || p > 1 {
				t.Errorf("%s = %v", name, p)
			}
		}
	})
}

// BenchmarkAnswer is an edit on the page: decode, compute, render.
func BenchmarkAnswer(b *testing.B) {
	get, w := speak(b, "en")
	asked := Form().In(get)
	for b.Loop() {
		in, _ := form.Decode(asked, "capacity=25&pause.0.from=2027-02-05&pause.0.to=2027-02-12")
		r, _ := Compute(in)
		_ = report.HTML(r, w)
	}
}
