package needsmap

import (
	"fmt"
	"strings"
	"testing"

	"playbook/calculators/form"
	"playbook/calculators/internal/calctest"
	"playbook/calculators/report"
)

// compute gives the values of an encoding, or its faults, as text.
func compute(t testing.TB, encoded string) string {
	t.Helper()
	get := calctest.Get(calctest.Words(t, "en"))
	in, faults := form.Decode(Form().In(get), encoded)
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

// boxes is an encoding of rows "kind name owner supports", "." for nothing, "_"
// for a space.
func boxes(rows ...string) string {
	var b strings.Builder
	b.WriteString("problem=")
	for i, row := range rows {
		for j, s := range strings.Fields(row) {
			if s != "." {
				fmt.Fprintf(&b, "&problem.%d.%s=%s", i, []string{"type", "name", "owner", "supports"}[j], strings.ReplaceAll(s, "_", "+"))
			}
		}
	}
	return b.String()
}

func TestValues(t *testing.T) {
	want := func(n ...int) string {
		var b strings.Builder
		for i, name := range form.Split("boxes tp cp kbr goal hangs skips down bare number no_owner unmet gaps hanging reach_goal open_ends") {
			fmt.Fprintf(&b, "%q:%d,", name, n[i])
		}
		return b.String()
	}
	chain := []string{"GOAL grow Ana", "KBR up_15 Ana grow", "CP poor Ana up_15", "CP blind Ana poor", "TP split Ana blind", "TP old Ana 5"}
	for _, test := range []struct{ name, encoded, want string }{
		// The deck's 18 boxes: slide 29's two requirements and goal leave 18 − 3 − 7 = 8
		// company problems. Terry's three and Jim's one are of people not met, the
		// installation has no owner; Terry's requirement has no number either:
		// 3 + 1 + 1 = 5 boxes with gaps. The deck's tally of owners, 17 in all.
		{"the deck", "", want(18, 7, 8, 2, 1, 0, 0, 0, 0, 1, 1, 4, 5, 0, 18, 0) +
			`"owners":["Ed","Terry","Sue","Jim","Mike","Chris","Pat"],"owner_boxes":[8,3,2,1,1,1,1],` +
			`"longest":["No time to install a new system","15 people must be hired","Training far over budget","Too little capital","Expand into new markets","Grow big and strong"]`},
		// Two technical problems in a row are one way; a row number is a name.
		{"no gap", "met=ANA&" + boxes(chain...), want(6, 2, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 6, 0) +
			`"owners":["Ana"],"owner_boxes":[6],"longest":["old","split","blind","poor","up 15","grow"]`},
		// Whom one has met is not asked where nobody is named.
		{"nobody met", "met=&" + boxes(chain...), want(6, 2, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 6, 0) +
			`"owners":["Ana"],"owner_boxes":[6],"longest":["old","split","blind","poor","up 15","grow"]`},
		{"met by another spelling", "met=bo%EF%BC%8Cana&" + boxes(chain...), want(6, 2, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 6, 0) +
			`"owners":["Ana"],"owner_boxes":[6],"longest":["old","split","blind","poor","up 15","grow"]`},
		// hangs: a, d (nothing above); skips: b (TP to KBR), e (CP to GOAL); down: c, which
		// stands above a and so hangs too; bare: m3.
		{"every gap", "met=Bo&" + boxes("GOAL g Bo", "KBR k Bo g", "TP a Bo", "TP b Bo k", "CP c . a", "CP d Al", "CP e Bo g", "KBR m_3 Bo g"),
			want(8, 2, 3, 2, 1,
				3,    // a, c, d
				2,    // b, e
				1,    // c
				1,    // m3
				1,    // k
				1, 1, // c; d
				7, // all but the goal
				5, // a, b, c, d, e
				5, // g, k, b, e, m3
				2, // a, d
			) + `"owners":["Bo","Al"],"owner_boxes":[6,1],"longest":["b","k","g"]`},
		// A goal without a number needs none; without anything below it is bare.
		{"a goal alone", "met=&" + boxes("GOAL g Bo"), want(1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 0) +
			`"owners":["Bo"],"owner_boxes":[1],"longest":["g"]`},
		// Rows in which nothing is written count for nothing but the numbers.
		{"empty rows", "met=&problem.0.name=&problem.3.name=A&problem.3.supports=3&problem.4.owner=Bo&problem.4.type=CP",
			want(2, 1, 1, 0, 0, 1, 0, 0, 0, 0, 1, 0, 2, 1, 0, 1) + `"owners":["Bo"],"owner_boxes":[1],"longest":[]`},
		{"nothing", "problem=", want(make([]int, 16)...) + `"owners":[],"owner_boxes":[],"longest":[]`},
		// Two ways: the longer is told. A label with a comma is one name.
		{"several", "met=&" + boxes("GOAL g A", "KBR a,_1 A g", "CP c A a,_1", "TP t A c;2"), want(4, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0) +
			`"owners":["A"],"owner_boxes":[4],"longest":["t","c","a, 1","g"]`},
	} {
		want := "{" + test.want + "}"
		if got := compute(t, test.encoded); got != want {
			t.Errorf("%s:\ngot  %s\nwant %s", test.name, got, want)
		}
	}
}

func TestFaults(t *testing.T) {
	for _, test := range []struct{ name, encoded, want string }{
		{"a name twice", boxes("TP Slow", "CP slow", "CP b . nobody,slow"), "problem.1.name: twice [{name slow}]\nproblem.2.supports: box [{name nobody}]\n"},
		{"a number too high", boxes("TP a . 3", "TP b . 0"), "problem.0.supports: box [{name 3}]\nproblem.1.supports: box [{name 0}]\n"},
		{"an empty row", boxes("TP a . 2", "TP", "TP c"), "problem.0.supports: box [{name 2}]\n"},
		{"itself", boxes("TP a . a"), "problem.0.supports: circle [{name a → a}]\n"},
		{"a circle", boxes("TP x . a", "TP a . b", "CP b . c", "CP c . a"), "problem.3.supports: circle [{name a → b → c → a}]\n"},
		{"two circles", boxes("TP a . b", "TP b . a", "TP . Bo 4", "TP . Al 3"), "problem.1.supports: circle [{name a → b → a}]\nproblem.3.supports: circle [{name #3 → #4 → #3}]\n"},
	} {
		if got := compute(t, test.encoded); got != test.want {
			t.Errorf("%s:\ngot  %s\nwant %s", test.name, got, test.want)
		}
	}
}

// TestMany holds that the greatest map is drawn in part, told whole, and that a
// chain of 500 has no gap.
func TestMany(t *testing.T) {
	rows := []string{"GOAL g A", "KBR k_1 A g", "CP c0 A k_1"}
	for i := 3; i < 500; i++ {
		rows = append(rows, fmt.Sprintf("CP c%d A %d", i, i))
	}
	get := calctest.Get(calctest.Words(t, "en"))
	in, _ := form.Decode(Form(), "met=&"+boxes(rows...))
	r, faults := Compute(in)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	html := report.HTML(r, report.NewWords(ID, get, calctest.Link))
	for _, want := range []string{"No gap in 500 boxes", "476 more boxes are in the table below"} {
		if !strings.Contains(html, want) {
			t.Errorf("the report lacks %q", want)
		}
	}
	if n := strings.Count(html, "<tr>"); n != 1+500+1+1+1+500 { // the boxes, the owner, the figure's own table, with their heads
		t.Errorf("%d rows", n)
	}
}

func TestSentences(t *testing.T) {
	for lang, sentences := range map[string][]string{
		"en": {"5 of 18 boxes have a gap", "<td>Ed</td>", "no number, owner not met", `<a href="../../six-elements/cute-roles/index.html">coach</a>`},
		"zh": {"18个框里，有5个有缺口", "<td>段总</td>", "负责人没见过"},
	} {
		calctest.Sentences(t, calctest.Calculator{Form: Form(), Compute: Compute}, lang, "", sentences...)
	}
}

func FuzzCompute(f *testing.F) {
	calctest.Fuzz(f, calctest.Calculator{Form: Form(), Compute: Compute}, nil,
		[2]string{boxes("GOAL g A", "KBR k A g,g", "TP x . 2", "CP y B 1"), "g"},
		[2]string{boxes("TP a . b", "TP b . a"), "a;b"})
}
