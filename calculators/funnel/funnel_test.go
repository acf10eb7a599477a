package funnel

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
	r, _ := Compute(in)
	return report.JSON(r)
}

const none = `"counts":[0,0,0,0,0,0,0],"amounts":[0,0,0,0,0,0,0],"standing":0,"ready":0,"not_yet":0,"unknown":0}`

func TestValues(t *testing.T) {
	for _, test := range []struct{ name, encoded, want string }{
		// 5,000,000 − 1,000,000 remain; 1 ÷ (0.25 × 0.8) = 5; open: 1 + 1 + .6 + 1 + .8 + .45
		// + 1 + .5 + 1 = 7.35 m; 7.35 ÷ 4 = 1.84; 5 × 4 − 7.35 = 12.65 m. In Advance 45 days
		// are usual: 95 > 67.5. In Qualify 30: 40 < 45.
		{"the example", "", `{"deals":10,"open":9,"won_deals":1,"pipeline":7350000,"won":1000000,"remaining":4000000,"coverage":1.84,"required":5,"missing":12650000,` +
			`"counts":[1,2,3,1,1,1,1],"amounts":[1000000,1500000,2250000,1000000,600000,1000000,1000000],"standing":1,"ready":3,"not_yet":4,"unknown":2}`},
		{"nothing", "deal=", `{"deals":0,"open":0,"won_deals":0,"pipeline":0,"won":0,"remaining":5000000,"coverage":0,"required":5,"missing":25000000,` + none},
		{"no quota", "deal=&quota=0", `{"deals":0,"open":0,"won_deals":0,"pipeline":0,"won":0,"remaining":0,"coverage":null,"required":5,"missing":0,` + none},
		{"all slips", "deal=&slippage=100", `{"deals":0,"open":0,"won_deals":0,"pipeline":0,"won":0,"remaining":5000000,"coverage":0,"required":null,"missing":null,` + none},
		{"nearly all slips", "deal=&slippage=99.9999", `{"deals":0,"open":0,"won_deals":0,"pipeline":0,"won":0,"remaining":5000000,"coverage":0,"required":null,"missing":null,` + none},
		// 1 ÷ (0.3 × 0.8) = 4.1666…
		{"rounded", "deal=&win_rate=30&quota=30", `{"deals":0,"open":0,"won_deals":0,"pipeline":0,"won":0,"remaining":30,"coverage":0,"required":4.17,"missing":125,` + none},
		{"covered", "win_rate=100&slippage=0&deal.0.value=6m", `{"deals":1,"open":1,"won_deals":0,"pipeline":6000000,"won":0,"remaining":5000000,"coverage":1.2,"required":1,"missing":0,` +
			`"counts":[1,0,0,0,0,0,0],"amounts":[6000000,0,0,0,0,0,0],"standing":0,"ready":0,"not_yet":0,"unknown":1}`},
		// 45 is 1.5 times 30 exactly, and does not stand; two that are both late do.
		{"at the bound", "quota=0&deal.0.days=45&deal.1.days=46&deal.2.days=400&deal.3.days=390", `{"deals":4,"open":4,"won_deals":0,"pipeline":0,"won":0,"remaining":0,"coverage":null,"required":5,"missing":0,` +
			`"counts":[4,0,0,0,0,0,0],"amounts":[0,0,0,0,0,0,0],"standing":3,"ready":0,"not_yet":0,"unknown":4}`},
		{"what is usual is not known", "quota=0&usual_prospect=&deal.0.days=400&deal.1.days=1", `{"deals":2,"open":2,"won_deals":0,"pipeline":0,"won":0,"remaining":0,"coverage":null,"required":5,"missing":0,` +
			`"counts":[2,0,0,0,0,0,0],"amounts":[0,0,0,0,0,0,0],"standing":0,"ready":0,"not_yet":0,"unknown":2}`},
		// What is won does not stand, however long it has been there.
		{"won", "quota=1&deal.0.stage=deploy&deal.0.days=99&deal.0.value=2&deal.1.stage=deploy&deal.1.days=1", `{"deals":2,"open":0,"won_deals":2,"pipeline":0,"won":2,"remaining":0,"coverage":null,"required":5,"missing":0,` +
			`"counts":[0,0,0,0,0,0,2],"amounts":[0,0,0,0,0,0,2],"standing":0,"ready":0,"not_yet":0,"unknown":0}`},
		{"a win rate of nothing, and more than all slips", "win_rate=0&slippage=101", `[{win_rate min [{min 1}]} {slippage max [{max 100}]}]`},
	} {
		if got := values(t, test.encoded); got != test.want {
			t.Errorf("%s:\ngot  %s\nwant %s", test.name, got, test.want)
		}
	}
}

// TestHeadline holds what the report begins with.
func TestHeadline(t *testing.T) {
	for encoded, want := range map[string]string{
		"": "flag verdict.short", "deal=": " verdict.empty", "quota=0": " verdict.no-quota", "quota=1": "bell verdict.reached",
		"slippage=100": "flag verdict.never", "slippage=0&win_rate=100": "bell verdict.covered",
	} {
		in, _ := form.Decode(Form(), encoded)
		r, _ := Compute(in)
		if got := r.Blocks[0].Sign.String() + " " + r.Blocks[0].Text[0].Key; got != want {
			t.Errorf("%q begins with %q, want %q", encoded, got, want)
		}
	}
}

// TestRequired holds coverage against exact fractions.
func TestRequired(t *testing.T) {
	r := rand.New(rand.NewPCG(27, 67))
	for range 300 {
		p, s, quota := 10_000+r.Int64N(990_001), r.Int64N(900_001), 1+r.Int64N(1e14)
		pipeline := r.Int64N(1e13)
		percent := func(n int64) string { return form.Decimal(n, 4) }
		in, faults := form.Decode(Form(), fmt.Sprintf("win_rate=%s&slippage=%s&quota=%s&deal.0.value=%s", percent(p), percent(s), form.Decimal(quota, 2), form.Decimal(pipeline, 2)))
		if len(faults) > 0 {
			t.Fatal(faults)
		}
		// Of the open deals p × (1 − s) arrives; so much of them is needed that this is the quota.
		arrives := new(big.Rat).Mul(big.NewRat(p, 1e6), big.NewRat(1e6-s, 1e6))
		needed := new(big.Rat).Quo(big.NewRat(quota, 100), arrives)
		needed.Sub(needed, big.NewRat(pipeline, 100))
		if needed.Sign() < 0 {
			needed.SetInt64(0)
		}
		want := fmt.Sprintf(`"required":%s,"missing":%s,`, trimmed(new(big.Rat).Inv(arrives)), trimmed(needed))
		if got, _ := Compute(in); !strings.Contains(report.JSON(got), want) {
			t.Errorf("%d %d %d: got %s, want %s", p, s, quota, report.JSON(got), want)
		}
	}
}

// trimmed is a fraction with two decimals, without needless zeros.
func trimmed(r *big.Rat) string {
	return strings.TrimSuffix(strings.TrimRight(r.FloatString(2), "0"), ".")
}

// TestLargest holds that the most that the form takes does not overflow.
func TestLargest(t *testing.T) {
	var b strings.Builder
	b.WriteString("quota=10000000000000&win_rate=1&slippage=90")
	for i := range 500 {
		fmt.Fprintf(&b, "&deal.%d.value=1000000000000&deal.%d.days=10000", i, i)
	}
	// 1 ÷ (0.01 × 0.1) × 10^13 = 10^16, − 5 × 10^14.
	if got, want := values(t, b.String()), `"pipeline":500000000000000,"won":0,"remaining":10000000000000,"coverage":50,"required":1000,"missing":9500000000000000,`; !strings.Contains(got, want) {
		t.Errorf("got %s, want %s", got, want)
	}
}

func FuzzCompute(f *testing.F) {
	calctest.Fuzz(f, calctest.Calculator{Form: Form(), Compute: Compute}, nil,
		[2]string{"deal.0.days=5&deal.0.stage=close&deal.0.says=no&quota=7", ""})
}
