package idealcustomer

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"playbook/calculators/form"
	"playbook/calculators/report"
)

// values gives a form's values as JSON, or its faults.
func values(t testing.TB, encoded string) string {
	t.Helper()
	in, faults := form.Decode(Form(), encoded)
	if len(faults) > 0 {
		return fmt.Sprint(faults)
	}
	r, faults := Compute(in)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	return report.JSON(r)
}

func TestValues(t *testing.T) {
	for _, test := range []struct{ name, encoded, want string }{
		// Fits of Lindenau: 5·5+4·4+4·5+3·4+3·4 = 85 of 5·19 = 95. cut = round(3.5) = 4:
		// Redfern (36/95), Quay (26/95), Fenwick (23/95), Tallow (15/95), which bring
		// 60+380+25+15 = 480 of 2,670 thousand = 18.0 %. Top: 2 of 10, 1,640/2,670 =
		// 61.4 %. 80 % = 2,136: 1,000+640+380+210 = 2,230, four.
		{"the example", "", `{"customers":10,"ranked":10,"cut":4,"cut_rows":[10,9,7,8],"fits":[89,87,86,67,64,59,27,38,24,16],` +
			`"value_total":2670000,"cut_value":480000,"cut_share":18,"top":2,"top_share":61.4,"for_80":4,"conflicts":0}`},
		{"nobody", "customer=", `{"customers":0,"ranked":0,"cut":0,"cut_rows":[],"fits":[],"value_total":0,"cut_value":0,"cut_share":null,"top":0,"top_share":null,"for_80":0,"conflicts":0}`},
		{"one", "customer.0.score_1=5&customer.0.value=7", `{"customers":1,"ranked":1,"cut":0,"cut_rows":[],"fits":[100],"value_total":7,"cut_value":0,"cut_share":0,"top":1,"top_share":100,"for_80":1,"conflicts":0}`},
		// round(0.35 × 2) = 1. The second is as fit and worth less.
		{"a tie goes by value", "customer.0.score_1=2&customer.0.value=9&customer.1.score_2=2&customer.1.value=8", `{"customers":2,"ranked":2,"cut":1,"cut_rows":[2],"fits":[40,40],"value_total":17,"cut_value":8,"cut_share":47.1,"top":1,"top_share":52.9,"for_80":2,"conflicts":0}`},
		{"a tie goes by place", "customer.0.score_1=2&customer.1.score_2=2", `{"customers":2,"ranked":2,"cut":1,"cut_rows":[2],"fits":[40,40],"value_total":0,"cut_value":0,"cut_share":null,"top":0,"top_share":null,"for_80":0,"conflicts":0}`},
		// 3·0+1·5 = 5 of 20; 3·5 = 15 of 15, the empty score left out; no score at all.
		{"weights and gaps", "criterion.0.weight=3&criterion.1.weight=1&customer.0.score_1=0&customer.0.score_2=5&customer.1.score_1=5&customer.2.name=New",
			`{"customers":3,"ranked":2,"cut":1,"cut_rows":[1],"fits":[25,100,null],"value_total":0,"cut_value":0,"cut_share":null,"top":0,"top_share":null,"for_80":0,"conflicts":0}`},
		{"no weight", "criterion.0.weight=0&customer.0.score_1=5", `{"customers":1,"ranked":0,"cut":0,"cut_rows":[],"fits":[null],"value_total":0,"cut_value":0,"cut_share":null,"top":0,"top_share":null,"for_80":0,"conflicts":0}`},
		{"big and bad", "customer.0.score_1=0&customer.0.value=99&customer.1.score_1=5&customer.1.value=1", `{"customers":2,"ranked":2,"cut":1,"cut_rows":[1],"fits":[0,100],"value_total":100,"cut_value":99,"cut_share":99,"top":1,"top_share":99,"for_80":1,"conflicts":1}`},
		{"a score too high", "customer.0.score_1=6", `[{customer.0.score_1 max [{max 5}]}]`},
	} {
		if got := values(t, test.encoded); got != test.want {
			t.Errorf("%s:\ngot  %s\nwant %s", test.name, got, test.want)
		}
	}
}

// TestCut holds the deck's 35 % for every number of customers, and that nobody
// who is let go fits better than one who is kept.
func TestCut(t *testing.T) {
	r := rand.New(rand.NewPCG(35, 80))
	for n := range 501 {
		if n > 60 && n != 500 {
			continue
		}
		var b strings.Builder
		b.WriteString("criterion.0.weight=1&customer=")
		for i := range n {
			fmt.Fprintf(&b, "&customer.%d.score_1=%d&customer.%d.value=%d", i, r.IntN(6), i, r.IntN(1000))
		}
		in, faults := form.Decode(Form(), b.String())
		if len(faults) > 0 {
			t.Fatal(faults)
		}
		l := read(in)
		want := int(float64(n)*0.35 + 0.5 + 1e-9)
		if l.cut != want || len(l.ranked) != n {
			t.Errorf("%d of %d, want %d", l.cut, n, want)
		}
		for i := 1; i < n; i++ {
			if a, b := l.ranked[i-1], l.ranked[i]; a.got < b.got || a.got == b.got && a.value < b.value {
				t.Errorf("%v before %v", a, b)
			}
		}
		if sum(l.gone())+sum(l.ranked[:n-l.cut]) != l.total {
			t.Error("the sums do not agree")
		}
	}
}

func FuzzCompute(f *testing.F) {
	f.Add("customer.0.score_1=5&customer.0.value=1e9&criterion.0.weight=10")
	f.Add("customer.0.name=%00&customer.1.value=100000000000000")
	f.Fuzz(func(t *testing.T, encoded string) {
		in, faults := form.Decode(Form(), encoded)
		if len(faults) > 0 {
			return
		}
		r, _ := Compute(in)
		w := report.NewWords(ID, func(key string) string { return "{ranked}" }, nil)
		report.HTML(r, w)
		report.CSV(r, w)
	})
}
