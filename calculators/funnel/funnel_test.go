package funnel

import (
	"fmt"
	"strings"
	"testing"

	"playbook/calculators/form"
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

const none = `"counts":[0,0,0,0,0,0,0],"amounts":[0,0,0,0,0,0,0],"average_days":[null,null,null,null,null,null,null],"standing":0,"ready":0,"not_yet":0,"unknown":0}`

func TestValues(t *testing.T) {
	for _, test := range []struct{ name, encoded, want string }{
		// 5,000,000 − 1,000,000 remain; 1.2 ÷ 0.25 = 4.8; open: 1 + 1 + .6 + 1 + .8 + .45
		// + 1 + .5 + 1 = 7.35 m; 7.35 ÷ 4 = 1.84; 4.8 × 4 − 7.35 = 11.85 m. In Advance 95,
		// 20 and 25 days: 46.7 on average, 95 > 70. In Qualify 18 and 40: 29, 40 < 43.5.
		{"the example", "", `{"deals":10,"open":9,"won_deals":1,"pipeline":7350000,"won":1000000,"remaining":4000000,"coverage":1.84,"required":4.8,"missing":11850000,` +
			`"counts":[1,2,3,1,1,1,1],"amounts":[1000000,1500000,2250000,1000000,600000,1000000,1000000],"average_days":[10,29,46.7,24,30,12,5],"standing":1,"ready":3,"not_yet":4,"unknown":2}`},
		{"nothing", "deal=", `{"deals":0,"open":0,"won_deals":0,"pipeline":0,"won":0,"remaining":5000000,"coverage":0,"required":4.8,"missing":24000000,` + none},
		{"no quota", "deal=&quota=0", `{"deals":0,"open":0,"won_deals":0,"pipeline":0,"won":0,"remaining":0,"coverage":null,"required":4.8,"missing":0,` + none},
		{"covered", "win_rate=100&slippage=0&deal.0.value=6m", `{"deals":1,"open":1,"won_deals":0,"pipeline":6000000,"won":0,"remaining":5000000,"coverage":1.2,"required":1,"missing":0,` +
			`"counts":[1,0,0,0,0,0,0],"amounts":[6000000,0,0,0,0,0,0],"average_days":[null,null,null,null,null,null,null],"standing":0,"ready":0,"not_yet":0,"unknown":1}`},
		// 3 is 1.5 times the average of 3, 1 and 2 exactly, and does not stand.
		{"at the bound", "quota=0&deal.0.days=3&deal.1.days=1&deal.2.days=2", `{"deals":3,"open":3,"won_deals":0,"pipeline":0,"won":0,"remaining":0,"coverage":null,"required":4.8,"missing":0,` +
			`"counts":[3,0,0,0,0,0,0],"amounts":[0,0,0,0,0,0,0],"average_days":[2,null,null,null,null,null,null],"standing":0,"ready":0,"not_yet":0,"unknown":3}`},
		// What is won does not stand, however long it has been there.
		{"won", "quota=1&deal.0.stage=deploy&deal.0.days=99&deal.0.value=2&deal.1.stage=deploy&deal.1.days=1", `{"deals":2,"open":0,"won_deals":2,"pipeline":0,"won":2,"remaining":0,"coverage":null,"required":4.8,"missing":0,` +
			`"counts":[0,0,0,0,0,0,2],"amounts":[0,0,0,0,0,0,2],"average_days":[null,null,null,null,null,null,50],"standing":0,"ready":0,"not_yet":0,"unknown":0}`},
		{"a win rate of nothing", "win_rate=0", `[{win_rate min [{min 1}]}]`},
	} {
		if got := values(t, test.encoded); got != test.want {
			t.Errorf("%s:\ngot  %s\nwant %s", test.name, got, test.want)
		}
	}
}

// TestLargest holds that the most that the form takes does not overflow.
func TestLargest(t *testing.T) {
	var b strings.Builder
	b.WriteString("quota=10000000000000&win_rate=1&slippage=1000")
	for i := range 500 {
		fmt.Fprintf(&b, "&deal.%d.value=1000000000000&deal.%d.days=10000", i, i)
	}
	// 1,000 × (1 + 10) ÷ 0.01 × 10^10 = 1.1 × 10^16 − 5 × 10^14 = 1.05 × 10^16.
	if got, want := values(t, b.String()), `"pipeline":500000000000000,"won":0,"remaining":10000000000000,"coverage":50,"required":1100,"missing":10500000000000000,`; !strings.Contains(got, want) {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestMonotone holds that a better win rate never asks for more.
func TestMonotone(t *testing.T) {
	before := int64(1) << 62
	for rate := 1; rate <= 100; rate++ {
		in, faults := form.Decode(Form(), fmt.Sprintf("win_rate=%d", rate))
		if len(faults) > 0 {
			t.Fatal(faults)
		}
		w := &work{remaining: 1e9}
		w.missing = over(w.remaining, 1_200_000, in.Percent("win_rate"))
		if w.missing > before {
			t.Errorf("%d%% asks for more", rate)
		}
		before = w.missing
	}
}

func FuzzCompute(f *testing.F) {
	f.Add("deal.0.days=5&deal.0.stage=close&deal.0.says=no&quota=7")
	f.Fuzz(func(t *testing.T, encoded string) {
		in, faults := form.Decode(Form(), encoded)
		if len(faults) > 0 {
			return
		}
		r, _ := Compute(in)
		w := report.NewWords(ID, func(key string) string { return "{days} {sentence}" }, nil)
		report.HTML(r, w)
		report.PlainText(r, w)
	})
}
