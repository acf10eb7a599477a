package negotiation

import (
	"encoding/json"
	"fmt"
	"math/big"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"playbook/calculators/form"
	"playbook/calculators/internal/calctest"
	"playbook/calculators/report"
)

// answer gives the values, or the faults as "field: key".
func answer(t testing.TB, encoded string) (map[string]any, string) {
	t.Helper()
	in, faults := form.Decode(Form(), encoded)
	var r *report.Result
	if len(faults) == 0 {
		r, faults = Compute(in)
	}
	told := ""
	for _, f := range faults {
		told += f.Field + ": " + f.Key + "\n"
	}
	if told != "" {
		return nil, told
	}
	var all map[string]any
	if err := json.Unmarshal([]byte(report.JSON(r)), &all); err != nil {
		t.Fatal(err)
	}
	return all, ""
}

// one is an issue from 0 to 10 for both, opposed, with nothing else.
const one = "issue.0.name=a&issue.0.our_top=10&issue.0.our_bottom=0&issue.0.their_top=0&issue.0.their_bottom=10&concession=&batna_points="

func TestValues(t *testing.T) {
	for _, test := range []struct{ name, encoded, want string }{
		// Price: (96 − 92) ÷ 16 = 25 %, (98 − 96) ÷ 12 = 16.6 %; years: (2 − 1) ÷ 2, (3 − 2)
		// ÷ 2; days: (45 − 40) ÷ 31 = 16.1 %, (40 − 30) ÷ 60 = 16.6 %. Ours .5 × 25 + .3 ×
		// 50 + .2 × 16.1 = 30.72; theirs .35 × 16.6 + .15 × 50 + .5 × 16.6 = 21.61.
		{"example", "", "issues 3; zones 3; low [92000 1 30]; high [98000 3 45]; width [6000 2 15]; package 30.7; package_possible 30.7; their_package 21.6; their_package_possible 21.6; better true; open [measure their_authority]"},
		// We: price 100 → 25 % of weight .5 = 37.5, days 100 → 16.1 % of .2 = 16.8; they:
		// years 100 → 50 % of .15. Worth to them: price 0 → 16.6 % of .35 = 5.8, days 0 (14
		// is past their bottom) → 16.6 % of .5 = 8.3; to us: years 0 → 50 % of .3.
		{"example's concessions", "", "given 54.3; their_given 7.5; worth 14.1; their_worth 15; more we; free 1; steps 4; next bargain"},
		// The module: a zone from 92 to 98, 6 wide.
		{"the module's price", "issue.0.our_top=108&issue.0.our_target=100&issue.0.our_bottom=92&issue.0.their_top=86&issue.0.their_target=90&issue.0.their_bottom=98",
			"low [92]; high [98]; width [6]; package <nil>"},
		// Its question: 9,000 − 8,200.
		{"the module's fee", "issue.0.our_top=9400&issue.0.our_bottom=8200&issue.0.their_top=7900&issue.0.their_bottom=9000", "width [800]; zones 1"},
		{"no zone", "issue.0.our_top=9900&issue.0.our_bottom=9600&issue.0.their_bottom=9000", "zones 0; width [<nil>]"},
		{"a zone of one point", "issue.0.our_top=3&issue.0.our_bottom=2&issue.0.their_bottom=2", "zones 1; width [0]"},
		{"we want less", "issue.0.our_top=14&issue.0.our_bottom=45&issue.0.their_top=90&issue.0.their_bottom=30", "low [30]; high [45]; width [15]"},
		// The other side's lines do not tell what we want.
		{"our direction is not known", "issue.0.their_top=9&issue.0.their_bottom=4&issue.0.our_top=6&issue.0.our_bottom=6", "low [<nil>]; zones 0"},
		{"bottom lines alone tell nothing", "issue.0.our_bottom=92000&issue.0.their_bottom=98000", "zones 0; width [<nil>]"},
		{"bottom lines, we want more", "issue.0.want=more&issue.0.our_bottom=92000&issue.0.their_bottom=98000", "zones 1; low [92000]; high [98000]; width [6000]"},
		{"bottom lines, we want more and there is no room", "issue.0.want=more&issue.0.our_bottom=98000&issue.0.their_bottom=92000", "zones 0; width [<nil>]"},
		{"bottom lines, we want less", "issue.0.want=less&issue.0.our_bottom=98000&issue.0.their_bottom=92000", "zones 1; low [92000]; high [98000]"},
		{"a target tells as well", "issue.0.our_target=100&issue.0.our_bottom=92&issue.0.their_bottom=98", "zones 1; low [92]; high [98]"},
		{"both want more", "issue.0.our_top=5&issue.0.our_bottom=3&issue.0.their_top=5&issue.0.their_bottom=2", "zones 1; low [3]; high [<nil>]; width [<nil>]"},
		{"both want less", "issue.0.our_top=2&issue.0.our_bottom=3&issue.0.their_top=1&issue.0.their_bottom=2", "zones 1; low [<nil>]; high [2]; width [<nil>]"},
		{"nothing", "issue=&concession=&done=&batna_points=", "issues 0; zones 0; low []; package <nil>; their_package <nil>; better <nil>; given 0; more even; free 0; steps 0; next prepare"},
		{"half way", one + "&issue.0.offer=5", "package 50; their_package 50; better <nil>"},
		{"past their limit is no package", one + "&issue.0.offer=99", "package <nil>; their_package <nil>; better <nil>"},
		{"past ours is none", strings.Replace(one, "our_bottom=0", "our_bottom=1", 1) + "&issue.0.offer=0.99", "package <nil>; better <nil>"},
		// 1 of 100 parts of the weight is on the table, at its best for us.
		{"a hundredth of the weight", one[:len(one)-len("batna_points=")] + "batna_points=20&issue.0.offer=10&issue.1.our_top=9&issue.1.our_bottom=1&issue.1.weight=99",
			"package 1; package_possible 100; better <nil>"},
		{"enough whatever comes", one[:len(one)-len("batna_points=")] + "batna_points=20&issue.0.offer=8&issue.0.weight=3&issue.1.our_top=9&issue.1.our_bottom=1",
			"package 60; package_possible 85; better true"},
		{"too little whatever comes", one[:len(one)-len("batna_points=")] + "batna_points=60&issue.0.offer=2&issue.0.weight=3&issue.1.our_top=9&issue.1.our_bottom=1",
			"package 15; package_possible 40; better false"},
		{"as good as the alternative", one[:len(one)-len("batna_points=")] + "batna_points=50&issue.0.offer=5", "better false"},
		{"weights of nothing", one + "&issue.0.offer=5&issue.0.weight=0&issue.0.their_weight=0", "package <nil>; their_package <nil>"},
		{"by name or number, both the same", strings.Replace(one, "concession=&", "concession.0.issue=A&concession.0.from=10&concession.0.to=5&concession.1.who=they&concession.1.issue=1&concession.1.from=0&concession.1.to=5&concession.1.return=x&", 1),
			"given 50; their_given 50; worth 50; their_worth 50; more even; free 1"},
		{"an issue that is not there counts nothing", strings.Replace(one, "concession=&", "concession.0.issue=b&concession.0.from=9&concession.0.to=1&concession.1.issue=2&concession.1.return=x&", 1), "given 0; free 1; more even"},
		// One of ours is worth 5 ÷ 10; the second helps us, whatever it does to them.
		{"who gains by a move concedes nothing", strings.Replace(one, "concession=&", "concession.0.issue=a&concession.0.from=10&concession.0.to=5&concession.0.return=x&concession.1.issue=a&concession.1.from=5&concession.1.to=8&", 1),
			"given 50; worth 50; free 0; more we"},
		// A move in one's own direction, also where the points do not change.
		{"a gain outside the lines", strings.Replace(one, "concession=&", "concession.0.who=they&concession.0.issue=a&concession.0.from=12&concession.0.to=11&", 1), "their_given 0; their_worth 0"},
		// Both want more: what we give up, they lose too.
		{"a concession that nobody gains by", strings.Replace(strings.Replace(one, "their_top=0", "their_top=10", 1), "their_bottom=10&concession=&", "their_bottom=0&concession.0.issue=a&concession.0.from=8&concession.0.to=6&", 1),
			"given 20; worth -20; free 1; more we"},
		{"all steps", "done=prepare,strategy,open,understand,bargain,close", "steps 6; next <nil>"},
	} {
		got, faults := answer(t, test.encoded)
		if faults != "" {
			t.Errorf("%s: %s", test.name, faults)
			continue
		}
		for _, want := range strings.Split(test.want, "; ") {
			name, _, _ := strings.Cut(want, " ")
			if s := fmt.Sprint(name, " ", got[name]); s != want {
				t.Errorf("%s: got %s, want %s", test.name, s, want)
			}
		}
	}
}

func TestFaults(t *testing.T) {
	_, got := answer(t, "issue.0.name=a&issue.0.our_top=10&issue.0.our_target=11&issue.0.our_bottom=8&issue.3.their_top=1&issue.3.their_target=0.5&issue.3.their_bottom=2")
	if want := "issue.0.our_target: target\nissue.3.their_target: target\n"; got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	if _, got = answer(t, "issue.0.want=less&issue.0.our_top=10&issue.0.our_bottom=8"); got != "issue.0.want: want\n" {
		t.Error(got)
	}
}

// TestMirror holds that what is one side's is the other's when both change places,
// that a package moves with its offer, and that a point more for one is none for
// the other where the lines mirror each other.
func TestMirror(t *testing.T) {
	r := rand.New(rand.NewPCG(42, 113))
	for range 300 {
		a, b := 1+r.IntN(1000), 1+r.IntN(1000)
		offer := 2000 + r.IntN(a+b) // within both sides' lines, the next one too
		issue := func(ourTop, ourBottom, theirTop, theirBottom, offer, ours, theirs int) string {
			return fmt.Sprintf("concession=&batna_points=&issue.0.our_top=%d&issue.0.our_bottom=%d&issue.0.their_top=%d&issue.0.their_bottom=%d&issue.0.offer=%d&issue.0.weight=%d&issue.0.their_weight=%d",
				ourTop, ourBottom, theirTop, theirBottom, offer, ours, theirs)
		}
		lo, hi := 2000, 2000+a
		one, _ := answer(t, issue(hi, lo, lo-b, hi+b, offer, 3, 7))
		two, _ := answer(t, issue(lo-b, hi+b, hi, lo, offer, 7, 3))
		if fmt.Sprint(one["package"], one["their_package"]) != fmt.Sprint(two["their_package"], two["package"]) {
			t.Fatalf("%v and %v", one, two)
		}
		more, _ := answer(t, issue(hi, lo, lo-b, hi+b, offer+1, 3, 7))
		if more["package"].(float64) < one["package"].(float64) || more["their_package"].(float64) > one["their_package"].(float64) {
			t.Fatalf("%v and %v", one, more)
		}
	}
}

// TestHeadline holds what the report begins with.
func TestHeadline(t *testing.T) {
	const lines = "concession=&issue.0.our_top=10&issue.0.our_bottom=5&issue.0.their_top=1&issue.0.their_bottom=8"
	for encoded, want := range map[string]string{
		"":       "bell answer.deal",
		"issue=": " answer.none",
		"issue.0.our_bottom=92&issue.0.their_bottom=98":                   " answer.blind",
		"issue.0.want=more&issue.0.our_bottom=98&issue.0.their_bottom=92": "flag answer.closed",
		"issue.0.want=more&issue.0.our_bottom=92":                         " answer.unknown",
		lines:                      "bell answer.room",
		lines + "&issue.0.offer=4": "flag answer.beyond",
		lines + "&issue.0.offer=9": "flag answer.refused",
		lines + "&issue.0.offer=6&batna_points=20":                                                      "flag answer.batna",
		lines + "&issue.0.offer=8&batna_points=":                                                        " answer.worth",
		lines + "&issue.0.offer=8&issue.1.weight=9&batna_points=20":                                     " answer.partly",
		lines + "&issue.0.offer=8&issue.0.weight=9&issue.1.name=b":                                      "bell answer.deal",
		"concession=&issue.0.our_top=5&issue.0.our_bottom=3&issue.0.their_top=5&issue.0.their_bottom=2": "bell answer.room",
	} {
		in, _ := form.Decode(Form(), encoded)
		r, faults := Compute(in)
		if len(faults) > 0 {
			t.Fatal(encoded, faults)
		}
		if got := r.Blocks[0].Sign.String() + " " + r.Blocks[0].Text[0].Key; got != want {
			t.Errorf("%q begins with %q, want %q", encoded, got, want)
		}
	}
}

// TestLog holds that a move by which its maker gains has neither cost nor worth.
func TestLog(t *testing.T) {
	r, _ := calctest.Compute(t, Form(), Compute, "en", "concession.0.issue=1&concession.0.from=96000&concession.0.to=98000&concession.1.issue=1&concession.1.from=98000&concession.1.to=96000&concession.1.return=x")
	text := report.PlainText(r, report.NewWords(ID, calctest.Get(calctest.Words(t, "en")), calctest.Link))
	for _, want := range []string{
		`We +Price a year +96,000 → 98,000 +– +– +no concession`,
		`We +Price a year +98,000 → 96,000 +6\.3 +5\.8 +x`,
		`No concession, so not counted: Price a year`,
	} {
		if !regexp.MustCompile(want).MatchString(text) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}

// TestZone finds the zone by asking for each value whether both could sign it.
func TestZone(t *testing.T) {
	r := rand.New(rand.NewPCG(42, 113))
	for range 400 {
		ours, theirs := [2]int{r.IntN(9), r.IntN(9)}, [2]int{r.IntN(9), r.IntN(9)}
		encoded := fmt.Sprintf("concession=&issue.0.our_top=%d&issue.0.our_bottom=%d&issue.0.their_top=%d&issue.0.their_bottom=%d", ours[0], ours[1], theirs[0], theirs[1])
		want := r.IntN(3)
		if want > 0 {
			encoded += "&issue.0.want=" + []string{"", "more", "less"}[want]
		}
		got, faults := answer(t, encoded)
		if contradicts := want == 1 && ours[0] < ours[1] || want == 2 && ours[0] > ours[1]; contradicts != (faults != "") {
			t.Fatalf("%s: %s", encoded, faults)
		} else if contradicts {
			continue
		}
		up := [2]bool{want == 1 || want == 0 && ours[0] > ours[1], theirs[0] > theirs[1]}
		if theirs[0] == theirs[1] {
			up[1] = !up[0]
		}
		if want == 0 && ours[0] == ours[1] {
			if got["zones"] != 0. {
				t.Errorf("%s: %v", encoded, got)
			}
			continue
		}
		var low, high any
		zones := 0.
		for v := range 99 {
			if (up[0] && v >= ours[1] || !up[0] && v <= ours[1]) && (up[1] && v >= theirs[1] || !up[1] && v <= theirs[1]) {
				if zones = 1; low == nil {
					low = float64(v)
				}
				high = float64(v)
			}
		}
		if zones > 0 && up[0] && up[1] {
			high = nil
		} else if zones > 0 && !up[0] && !up[1] {
			low = nil
		}
		if fmt.Sprint(got["zones"], got["low"], got["high"]) != fmt.Sprint(zones, []any{low}, []any{high}) {
			t.Errorf("%s: got %v %v %v, want %v %v %v", encoded, got["zones"], got["low"], got["high"], zones, low, high)
		}
	}
}

// TestPackage holds what is safe and what is possible against exact fractions.
func TestPackage(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 42))
	for range 200 {
		var b strings.Builder
		fmt.Fprintf(&b, "concession=&batna_points=%d", r.IntN(101))
		safe, open, total := new(big.Rat), int64(0), int64(0)
		some := false
		for i := range 1 + r.IntN(5) {
			top, bottom, weight := int64(20+r.IntN(20)), int64(r.IntN(20)), int64(r.IntN(30))
			fmt.Fprintf(&b, "&issue.%d.our_top=%d&issue.%d.our_bottom=%d&issue.%d.weight=%d", i, top, i, bottom, i, weight)
			total += weight
			if r.IntN(2) == 0 {
				open += weight
				continue
			}
			some = true
			offer := bottom + r.Int64N(30)
			fmt.Fprintf(&b, "&issue.%d.offer=%d", i, offer)
			thousandths := min((offer-bottom)*1000/(top-bottom), 1000)
			safe.Add(safe, big.NewRat(weight*thousandths, 10))
		}
		got, faults := answer(t, b.String())
		if faults != "" {
			t.Fatal(faults)
		}
		if !some || total == 0 {
			continue
		}
		points := func(r *big.Rat) string {
			return strings.TrimSuffix(new(big.Rat).Quo(r, big.NewRat(total, 1)).FloatString(1), ".0")
		}
		possible := new(big.Rat).Add(safe, big.NewRat(open*100, 1))
		if s := fmt.Sprint(got["package"], " ", got["package_possible"]); s != points(safe)+" "+points(possible) {
			t.Errorf("%s: got %s, want %s %s", b.String(), s, points(safe), points(possible))
		}
	}
}

// Five hundred issues, each at its best.
func TestMany(t *testing.T) {
	var b strings.Builder
	b.WriteString("concession=")
	for i := range 500 {
		fmt.Fprintf(&b, "&issue.%d.our_top=100000000000&issue.%d.our_bottom=0&issue.%d.their_bottom=100000000000&issue.%d.offer=100000000000&issue.%d.weight=100", i, i, i, i, i)
	}
	got, _ := answer(t, b.String())
	if got["package"] != 100. || got["zones"] != 500. {
		t.Error(got["package"], got["zones"])
	}
}

func FuzzCompute(f *testing.F) {
	calctest.Fuzz(f, calctest.Calculator{Form: Form(), Compute: Compute}, nil,
		[2]string{"issue=&concession=&done=", ""},
		[2]string{one + "&issue.0.offer=1e9&concession.0.issue=1&concession.0.from=3", ""},
		[2]string{"issue.0.our_top=0&issue.0.our_bottom=100000000000&issue.0.offer=0.01&concession=", ""})
}
