package idealcustomer

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"playbook/calculators/form"
	"playbook/calculators/internal/calctest"
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

// w1 is one criterion.
const w1 = "criterion.0.weight=1&"

func TestValues(t *testing.T) {
	for _, test := range []struct{ name, encoded, want string }{
		// Fits of Lindenau: 5·5+4·4+4·5+3·4+3·4 = 85 of 5·19 = 95. cut = round(3.5) = 4:
		// Redfern (36/95), Quay (26/95), Fenwick (23/95), Tallow (15/95), which bring
		// 60+380+25+15 = 480 of 2,670 thousand = 18.0 %. Top: 2 of 10, 1,640/2,670 =
		// 61.4 %. 80 % = 2,136: 1,000+640+380+210 = 2,230, four.
		{"the example", "", `{"customers":10,"ranked":10,"cut":4,"cut_rows":[10,9,7,8],"fits":[89,87,86,67,64,59,27,38,24,16],` +
			`"value_total":2670000,"cut_value":480000,"cut_share":18,"top":2,"top_share":61.4,"for_80":4,"conflicts":0}`},
		{"nobody", "customer=", `{"customers":0,"ranked":0,"cut":0,"cut_rows":[],"fits":[],"value_total":0,"cut_value":0,"cut_share":null,"top":0,"top_share":null,"for_80":0,"conflicts":0}`},
		{"one", w1 + "customer.0.score_1=5&customer.0.value=7", `{"customers":1,"ranked":1,"cut":0,"cut_rows":[],"fits":[100],"value_total":7,"cut_value":0,"cut_share":0,"top":1,"top_share":100,"for_80":1,"conflicts":0}`},
		{"two perfect customers", w1 + "customer.0.score_1=5&customer.1.score_1=5", `{"customers":2,"ranked":2,"cut":0,"cut_rows":[],"fits":[100,100],"value_total":0,"cut_value":0,"cut_share":null,"top":0,"top_share":null,"for_80":0,"conflicts":0}`},
		// One score of three says nothing yet; the other keeps its place and its value.
		{"one score of three", w1 + "criterion.1.weight=1&criterion.2.weight=1&customer.0.score_1=5&customer.1.score_1=4&customer.1.score_2=4&customer.1.score_3=4&customer.1.value=9",
			`{"customers":2,"ranked":1,"cut":0,"cut_rows":[],"fits":[null,80],"value_total":9,"cut_value":0,"cut_share":0,"top":1,"top_share":100,"for_80":1,"conflicts":0}`},
		// round(0.35 × 2) = 1. The second is as fit and worth less.
		{"a tie goes by value", w1 + "customer.0.score_1=2&customer.0.value=9&customer.1.score_1=2&customer.1.value=8", `{"customers":2,"ranked":2,"cut":1,"cut_rows":[2],"fits":[40,40],"value_total":17,"cut_value":8,"cut_share":47.1,"top":1,"top_share":52.9,"for_80":2,"conflicts":0}`},
		{"a tie goes by place", w1 + "customer.0.score_1=2&customer.1.score_1=2", `{"customers":2,"ranked":2,"cut":1,"cut_rows":[2],"fits":[40,40],"value_total":0,"cut_value":0,"cut_share":null,"top":0,"top_share":null,"for_80":0,"conflicts":0}`},
		{"an unknown value is not less than nothing", w1 + "customer.0.score_1=2&customer.1.score_1=2&customer.1.value=0", `{"customers":2,"ranked":2,"cut":1,"cut_rows":[2],"fits":[40,40],"value_total":0,"cut_value":0,"cut_share":null,"top":1,"top_share":null,"for_80":0,"conflicts":0}`},
		{"a fit that stays", "criterion.0.weight=5&floor=48&customer.0.score_1=2&customer.1.score_1=3", `{"customers":2,"ranked":2,"cut":1,"cut_rows":[1],"fits":[40,60],"value_total":0,"cut_value":0,"cut_share":null,"top":0,"top_share":null,"for_80":0,"conflicts":0}`},
		{"the mark itself stays", w1 + "floor=40&customer.0.score_1=2&customer.1.score_1=3", `{"customers":2,"ranked":2,"cut":0,"cut_rows":[],"fits":[40,60],"value_total":0,"cut_value":0,"cut_share":null,"top":0,"top_share":null,"for_80":0,"conflicts":0}`},
		// 3·0+1·5 = 5 of 20; a gap; no score at all; a criterion without weight needs none.
		{"weights and gaps", "criterion.0.weight=3&criterion.1.weight=1&criterion.2.weight=0&customer.0.score_1=0&customer.0.score_2=5&customer.1.score_1=5&customer.2.name=New",
			`{"customers":3,"ranked":1,"cut":0,"cut_rows":[],"fits":[25,null,null],"value_total":0,"cut_value":0,"cut_share":null,"top":0,"top_share":null,"for_80":0,"conflicts":0}`},
		{"no weight", "criterion.0.weight=0&customer.0.score_1=5", `{"customers":1,"ranked":0,"cut":0,"cut_rows":[],"fits":[null],"value_total":0,"cut_value":0,"cut_share":null,"top":0,"top_share":null,"for_80":0,"conflicts":0}`},
		// The fifth is of the ranked: the value of who is not counts nowhere.
		{"one set", w1 + "customer.0.score_1=0&customer.0.value=99&customer.1.score_1=5&customer.1.value=1&customer.2.value=900", `{"customers":3,"ranked":2,"cut":1,"cut_rows":[1],"fits":[0,100,null],"value_total":100,"cut_value":99,"cut_share":99,"top":1,"top_share":99,"for_80":1,"conflicts":1}`},
		{"a score too high", "customer.0.score_1=6", `[{customer.0.score_1 max [{max 5}]}]`},
	} {
		if got := values(t, test.encoded); got != test.want {
			t.Errorf("%s:\ngot  %s\nwant %s", test.name, got, test.want)
		}
	}
}

// TestCut lets go one by one: whoever is lowest of those who are left, until a
// third of all has gone or nobody is under the mark.
func TestCut(t *testing.T) {
	r := rand.New(rand.NewPCG(35, 80))
	for n := range 501 {
		if n > 60 && n != 500 {
			continue
		}
		floor := r.IntN(101)
		got, value := make([]int, n), make([]int, n)
		var b strings.Builder
		fmt.Fprintf(&b, "%sfloor=%d&customer=", w1, floor)
		for i := range n {
			got[i], value[i] = r.IntN(6), r.IntN(40)
			fmt.Fprintf(&b, "&customer.%d.score_1=%d", i, got[i])
			if value[i] < 30 {
				fmt.Fprintf(&b, "&customer.%d.value=%d", i, value[i])
			} else {
				value[i] = 30 // not known
			}
		}
		in, faults := form.Decode(Form(), b.String())
		if len(faults) > 0 {
			t.Fatal(faults)
		}
		gone := map[int]bool{}
		for len(gone) < int(float64(n)*0.35+0.5+1e-9) {
			low := -1
			for i := range n {
				if !gone[i] && got[i]*20 < floor && (low < 0 || got[i] < got[low] || got[i] == got[low] && value[i] <= value[low]) {
					low = i
				}
			}
			if low < 0 {
				break
			}
			gone[low] = true
		}
		l := read(in)
		if l.cut != len(gone) {
			t.Fatalf("%d of %d, want %d", l.cut, n, len(gone))
		}
		for _, c := range l.gone() {
			if !gone[c.row-1] {
				t.Errorf("%d of %d goes", c.row, n)
			}
		}
		if sum(l.gone())+sum(l.ranked[:n-l.cut]) != l.total {
			t.Error("the sums do not agree")
		}
	}
}

func FuzzCompute(f *testing.F) {
	calctest.Fuzz(f, calctest.Calculator{Form: Form(), Compute: Compute}, nil,
		[2]string{"customer.0.score_1=5&customer.0.value=1e9&criterion.0.weight=10", ""},
		[2]string{"customer.0.name=%00&customer.1.value=100000000000000", ""})
}
