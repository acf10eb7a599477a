package selfcheck

import (
	"encoding/json"
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

func compute(t testing.TB, encoded string) *report.Result {
	t.Helper()
	in, faults := form.DecodePairs(Form(), last(form.Parse(encoded)))
	if len(faults) > 0 {
		t.Fatalf("%s: %v", encoded, faults)
	}
	r, faults := Compute(in)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	return r
}

// last keeps the last of several values of a field, so that a case can say "none
// of all these, but".
func last(pairs []form.Pair) (kept []form.Pair) {
	for i, p := range pairs {
		if !slices.ContainsFunc(pairs[i+1:], func(q form.Pair) bool { return q.Name == p.Name }) {
			kept = append(kept, p)
		}
	}
	return kept
}

// values are the result's numbers as JSON gives them.
func values(t testing.TB, encoded string) map[string]any {
	t.Helper()
	var all map[string]any
	if err := json.Unmarshal([]byte(report.JSON(compute(t, encoded))), &all); err != nil {
		t.Fatal(err)
	}
	return all
}

const (
	noLayers     = "learning=&process=&customer=&finance="
	noTechniques = "win_win=&real_needs=&background=&pain=&feasible=&roi=&resources=&training=&image=&team=&company_brand=&own_brand=" +
		"&friend=&service=&standards=&promises=&principles=&both_needs=&respect=&vito=&complaints=&emotion=&quality=" +
		"&listening=&appearance=&body=&confidence="
	noRungs = "lead=&opportunity=&won=&loyal=&lifetime="
)

func TestValues(t *testing.T) {
	for _, test := range []struct{ name, encoded, want string }{
		// Think (4+3+4+2+4+2+3) ÷ 7 = 22 ÷ 7 = 3.142…; team 18 ÷ 5; service 40 ÷ 11 =
		// 3.636…; talk 14 ÷ 4; all 94 ÷ 27 = 3.481…
		{"techniques of the example", "", "rated 27, axis_think 3.14, axis_team 3.6, axis_service 3.64, axis_talk 3.5, average 3.48, axis_lowest think, weak [pain roi vito]"},
		// 40+15+12+6+2 = 75, 35, 20, 8, 2; 35 ÷ 75, 20 ÷ 35, 8 ÷ 20, 2 ÷ 8; 2 ÷ 75.
		{"rungs of the example", "", "reached [75 35 20 8 2], conversion [46.7 57.1 40 25], step_lowest loyal, lifetime 2.7"},
		{"layers of the example", "", "layer_lowest learning, layer_lowest_score 45, problems 3"},
		// Spin and needs map for needs and thinking, and so on: by hand from leads.
		{"study of the example", "", "study [value-equation needs-map spin techniques win-results funnel ladder]"},
		{"one part studies for itself", "part=problems", "study [value-equation needs-map win-results funnel spin]"},
		{"quota and cycle both lead to the plan", "part=problems&problem=quota,cycle", "study [plan-965531 outcomes]"},

		{"nothing", strings.Join([]string{noLayers, noTechniques, noRungs, "problem="}, "&"),
			"layer_lowest <nil>, layer_lowest_score <nil>, problems 0, rated 0, axis_think <nil>, average <nil>, axis_lowest <nil>, weak [], reached [0 0 0 0 0], conversion [<nil> <nil> <nil> <nil>], step_lowest <nil>, lifetime <nil>, study []"},
		{"of equal layers the lower one", "learning=70&process=30&customer=30&finance=30", "layer_lowest process, layer_lowest_score 30"},
		{"all at the top", "learning=100&process=100&customer=100&finance=100&problem=&" + strings.ReplaceAll(noTechniques, "=", "=5") + "&lead=0&opportunity=0&won=0&loyal=0&lifetime=3",
			"layer_lowest <nil>, layer_lowest_score 100, average 5, axis_lowest <nil>, weak [], conversion [100 100 100 100], step_lowest <nil>, lifetime 100, study []"},
		{"one layer at the top", "learning=&process=&customer=&finance=100", "layer_lowest <nil>, layer_lowest_score 100"},
		{"all zero", "learning=0&process=0&customer=0&finance=0", "layer_lowest learning, layer_lowest_score 0"},
		{"a layer without a score", "learning=&process=99&customer=98&finance=", "layer_lowest customer, layer_lowest_score 98"},
		{"one technique", noTechniques + "&listening=2", "rated 1, axis_think <nil>, axis_talk 2, average 2, axis_lowest talk, weak [listening]"},
		// Talk 3 and team 3: the first of equal axes.
		{"equal axes", noTechniques + "&listening=3&image=3", "axis_lowest team"},
		{"customers at both ends", "lead=9&opportunity=0&won=0&loyal=0&lifetime=1", "reached [10 1 1 1 1], conversion [10 100 100 100], step_lowest lead, lifetime 10"},
		{"nobody above", "lead=0&opportunity=0&won=3&loyal=0&lifetime=0", "reached [3 3 3 0 0], conversion [100 100 0 <nil>], step_lowest won, lifetime 0"},
		// 1 of 3, 33.33…; 2 of 3 would be 66.7.
		{"rounding", "lead=2&opportunity=0&won=0&loyal=0&lifetime=1", "conversion [33.3 100 100 100]"},
	} {
		got := values(t, test.encoded)
		for _, want := range strings.Split(test.want, ", ") {
			name, _, _ := strings.Cut(want, " ")
			if s := fmt.Sprint(name, " ", got[name]); s != want {
				t.Errorf("%s: got %s, want %s", test.name, s, want)
			}
		}
	}
}

// TestRandom holds averages and conversions against exact fractions.
func TestRandom(t *testing.T) {
	r := rand.New(rand.NewPCG(36, 99))
	for range 100 {
		encoded := noTechniques
		want := map[string]string{}
		all, rated := int64(0), int64(0)
		for _, axis := range axes {
			sum, n := int64(0), int64(0)
			for _, s := range strings.Fields(axis.techniques) {
				if name, _ := number(s); r.IntN(3) > 0 {
					rating := 1 + r.Int64N(5)
					encoded += fmt.Sprintf("&%s=%d", name, rating)
					sum, n = sum+rating, n+1
				}
			}
			want["axis_"+axis.name] = fraction(sum, n, 2)
			all, rated = all+sum, rated+n
		}
		want["average"] = fraction(all, rated, 2)
		var here []int64
		for _, s := range strings.Fields(rungs) {
			name, _ := number(s)
			here = append(here, r.Int64N(9))
			encoded += fmt.Sprintf("&%s=%d", name, here[len(here)-1])
		}
		var climbed []string
		for i := range 4 {
			above := int64(0)
			for _, n := range here[i+1:] {
				above += n
			}
			climbed = append(climbed, fraction(100*above, above+here[i], 1))
		}
		want["conversion"] = fmt.Sprint(climbed)
		got := values(t, encoded)
		for name, w := range want {
			if s := strings.ReplaceAll(fmt.Sprint(got[name]), "<nil>", "null"); s != w {
				t.Errorf("%s: %s is %s, want %s", encoded, name, s, w)
			}
		}
	}
}

// fraction is n ÷ d rounded half up, without needless zeros.
func fraction(n, d int64, places int) string {
	if d == 0 {
		return "null"
	}
	return form.Trim(big.NewRat(n, d).FloatString(places))
}

// TestHeadline holds what a part begins with, and that small numbers carry a caution.
func TestHeadline(t *testing.T) {
	for encoded, want := range map[string]string{
		"part=layers": " layers.answer", "part=layers&" + noLayers: " layers.none",
		"part=layers&learning=100&process=100&customer=100&finance=100": "bell layers.best",
		"part=techniques&" + noTechniques + "&listening=5":              "bell techniques.best techniques.few",
		"part=techniques&" + noTechniques + "&listening=4":              " techniques.answer techniques.few",
		"part=techniques": " techniques.answer",
		"part=rungs":      " rungs.answer rungs.few",
		"part=rungs&lead=400&opportunity=150&won=120&loyal=60&lifetime=20":                " rungs.answer",
		"part=rungs&lead=0&opportunity=0&won=0&loyal=0&lifetime=3":                        "bell rungs.best",
		"part=layers,problems&learning=100&process=100&customer=100&finance=100":          " layers.best",
		"learning=100&process=100&customer=100&finance=100&part=problems,layers&problem=": " layers.best",
	} {
		r := compute(t, encoded)
		got := r.Blocks[0].Sign.String() + " " + r.Blocks[0].Text[0].Key
		for _, b := range r.Blocks {
			if b.Kind == report.Note && strings.HasSuffix(b.Text[0].Key, ".few") {
				got += " " + b.Text[0].Key
			}
		}
		if got != want {
			t.Errorf("%q begins with %q, want %q", encoded, got, want)
		}
	}
}

// TestParts holds that a page that shows a part is told of that part alone.
func TestParts(t *testing.T) {
	get := calctest.Get(calctest.Words(t, "en"))
	w := report.NewWords(ID, get, nil)
	marks := map[string]string{
		"layers": "lowest layer", "problems": "of seven problems", "techniques": "weakest side", "rungs": "Fewest climb",
	}
	for part := range marks {
		text := report.PlainText(compute(t, "part="+part), w)
		for other, mark := range marks {
			if strings.Contains(text, mark) != (part == other) {
				t.Errorf("%s: %q in\n%s", part, mark, text)
			}
		}
		heads := map[string]string{"layers": "\nThe four layers\n", "techniques": "\n27 techniques\n", "rungs": "\nThe loyalty ladder\n"}
		for other, head := range heads {
			if strings.Contains(text, head+"-") != (part == other) {
				t.Errorf("%s: heading %q in\n%s", part, head, text)
			}
		}
	}
	if all, some := report.JSON(compute(t, "")), report.JSON(compute(t, "part=layers,problems,techniques,rungs")); all != some {
		t.Errorf("naming all parts and none differ:\n%s\n%s", all, some)
	}
}

// TestOrderly holds what is true of any answers: what is reached falls from rung
// to rung, no more climb on than were there, and a better rating lowers no
// average.
func TestOrderly(t *testing.T) {
	r := rand.New(rand.NewPCG(36, 37))
	for range 300 {
		var pairs []string
		for _, name := range strings.Fields(rungs) {
			name, _ = number(name)
			pairs = append(pairs, fmt.Sprintf("%s=%d", name, r.IntN(4)*r.IntN(50)))
		}
		worse, better := "", ""
		for _, axis := range axes {
			for _, name := range strings.Fields(axis.techniques) {
				n := 1 + r.IntN(5)
				worse += fmt.Sprintf("&%s=%d", name[:len(name)-1], n)
				better += fmt.Sprintf("&%s=%d", name[:len(name)-1], min(n+r.IntN(2), 5))
			}
		}
		a, b := values(t, strings.Join(pairs, "&")+worse), values(t, strings.Join(pairs, "&")+better)
		reached := a["reached"].([]any)
		for i, share := range a["conversion"].([]any) {
			if reached[i].(float64) < reached[i+1].(float64) || share != nil && (share.(float64) < 0 || share.(float64) > 100) {
				t.Fatalf("%v: %v", pairs, a)
			}
		}
		for _, name := range []string{"axis_think", "axis_team", "axis_service", "axis_talk", "average"} {
			if a[name].(float64) > b[name].(float64) {
				t.Fatalf("%s: %v and %v", name, a, b)
			}
		}
	}
}

// TestLists holds the lists against the deck's numbers.
func TestLists(t *testing.T) {
	var sizes []int
	for _, axis := range axes {
		sizes = append(sizes, len(strings.Fields(axis.techniques)))
	}
	if fmt.Sprint(sizes) != "[7 5 11 4]" {
		t.Error(sizes)
	}
	for i, n := range []int{4, 7, 4, 4} {
		if got := len(strings.Fields(leads[i])); got != n {
			t.Errorf("part %d has %d ways to modules, want %d", i, got, n)
		}
		for _, c := range strings.ReplaceAll(leads[i], " ", "") {
			if int(c-'a') >= len(strings.Fields(modules)) {
				t.Errorf("%c leads nowhere", c)
			}
		}
	}
}

func FuzzCompute(f *testing.F) {
	calctest.Fuzz(f, calctest.Calculator{Form: Form(), Compute: Compute}, nil,
		[2]string{"part=rungs&lead=1000000&lifetime=1", ""},
		[2]string{noLayers + "&" + noRungs, ""},
		[2]string{"problem=needs,boss&pain=&vito=5", ""})
}
