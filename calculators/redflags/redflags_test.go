package redflags

import (
	"fmt"
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
	return fmt.Sprint(faults)
}

// want is values in their order; next is "what date" or "".
func want(flags, open int, overdue string, ready int, lacking [5]int, twice, bells, idle int, next string) string {
	what, due := "null", "null"
	if i := strings.LastIndexByte(next, ' '); i > 0 {
		what, due = `"`+next[:i]+`"`, `"`+next[i+1:]+`"`
	}
	return fmt.Sprintf(`{"flags":%d,"open":%d,"closed":%d,"overdue":%s,"ready":%d,"no_cause":%d,"no_bell":%d,"no_action":%d,"no_owner":%d,"no_date":%d,"twice":%d,"bells":%d,"bells_idle":%d,"next":%s,"next_due":%s}`,
		flags, open, flags-open, overdue, ready, lacking[0], lacking[1], lacking[2], lacking[3], lacking[4], twice, bells, idle, what, due)
}

func TestValues(t *testing.T) {
	full := func(n int, due string) string {
		return strings.ReplaceAll("&flag.N.what=w&flag.N.cause=c&flag.N.bell=b&flag.N.action=a&flag.N.owner=o&flag.N.due="+due, "N", fmt.Sprint(n))
	}
	tests := []struct{ name, encoded, want string }{
		// The demo company, counted by hand: five rows, the last closed. Graham's is
		// due five days before today; two come from other worksheets without a plan,
		// one of them with a cause. Of four bells one answers the closed flag, one none.
		{"default", "", want(5, 4, "1", 2, [5]int{1, 2, 2, 2, 2}, 0, 4, 2, "@default.against 2027-03-10")},
		{"nothing", "flag=&bell=", want(0, 0, "0", 0, [5]int{}, 0, 0, 0, "")},
		{"blank rows", "flag.0.state=open&flag.9.what=+&bell.0.name=+", want(0, 0, "0", 0, [5]int{}, 0, 0, 0, "")},
		{"bare", "flag.0.what=w&bell=&today=", want(1, 1, "null", 0, [5]int{1, 1, 1, 1, 1}, 0, 0, 0, "")},
		{"complete", full(0, "2027-03-15") + "&bell.0.name=B", want(1, 1, "0", 1, [5]int{}, 0, 1, 0, "w 2027-03-15")},
		{"a day late", full(0, "2027-03-14") + "&bell=", want(1, 1, "1", 1, [5]int{}, 0, 1, 0, "w 2027-03-14")},
		{"late without today", full(0, "2027-03-14") + "&bell=&today=", want(1, 1, "null", 1, [5]int{}, 0, 1, 0, "w 2027-03-14")},
		// What is closed lacks nothing and is never late.
		{"closed", "flag.0.what=w&flag.0.due=2027-01-01&flag.0.state=closed&bell=", want(1, 0, "0", 0, [5]int{}, 0, 0, 0, "")},
		// The earliest date comes first, whatever the order of the rows and the year.
		{"order", full(0, "2028-01-01") + full(1, "2027-12-31") + full(2, "") + "&bell=",
			want(3, 3, "0", 2, [5]int{4: 1}, 2, 1, 0, "w 2027-12-31")},
		// A number names a listed bell; a name that is not listed is one more.
		{"bells", "flag.0.bell=2&flag.1.bell=ONE&flag.2.bell=other&flag.3.bell=Other&flag.4.bell=4th&bell.0.name=One&bell.3.name=Two&bell.4.name=Idle",
			want(5, 5, "0", 0, [5]int{5, 0, 5, 5, 5}, 0, 5, 1, "")},
		{"a number without a bell", "flag.0.bell=2&flag.1.bell=1&flag.2.bell=other&bell.0.name=One", "[{flag.0.bell bell [{n 2}]}]"},
		// A bell that only a closed flag uses is idle.
		{"idle", "flag.0.bell=1&flag.0.state=closed&bell.0.name=One", want(1, 0, "0", 0, [5]int{}, 0, 1, 1, "")},
		// A text counts once for every repetition; without a text nothing is the same.
		{"twice", "flag.0.what=a&flag.1.what=A&flag.2.what=a&flag.3.what=a&flag.3.state=closed&flag.4.owner=x&flag.5.owner=x&bell=",
			want(6, 5, "0", 0, [5]int{5, 5, 5, 3, 5}, 2, 0, 0, "")},
	}
	for _, test := range tests {
		if got := values(t, test.encoded); got != test.want {
			t.Errorf("%s:\ngot  %s\nwant %s", test.name, got, test.want)
		}
	}
}

// TestMany holds that 500 flags are all counted and all listed.
func TestMany(t *testing.T) {
	var b strings.Builder
	b.WriteString("bell=")
	for i := range 500 {
		fmt.Fprintf(&b, "&flag.%d.what=flag+%d&flag.%d.bell=bell+%d", i, i, i, i%7)
	}
	if got, w := values(t, b.String()), want(500, 500, "0", 0, [5]int{500, 0, 500, 500, 500}, 0, 7, 0, ""); got != w {
		t.Error(got)
	}
	in, _ := form.Decode(Form(), b.String())
	r, _ := Compute(in)
	if text := report.PlainText(r, report.NewWords(ID, calctest.Get(calctest.Words(t, "en")), nil)); !strings.Contains(text, "flag 499") {
		t.Error("the last flag is not listed")
	}
}

func TestSentences(t *testing.T) {
	for lang, tests := range map[string]map[string]string{
		"en": {
			"": "1 of 4 open flags is overdue",
			"flag.0.what=No+coach&flag.0.due=2027-04-01": "Next: No coach. By 1 April 2027; nobody owns it yet.",
			"flag.0.owner=Anna":                          "Begin with this one: not named yet.",
			"flag.0.what=a&flag.0.state=closed":          "All flags are closed: 1",
			"flag=":                                      `<a href="../../organisation/org-map/index.html">buying roles</a>`,
			"flag.0.what=a":                              "4 strengths are not in use",
		},
		"zh": {
			"":              "4面小红旗里，有1面过了期限",
			"flag.0.what=a": "没有一面小红旗写了期限。先处理这一面：a。",
		},
	} {
		for encoded, sentence := range tests {
			calctest.Sentences(t, calctest.Calculator{Form: Form(), Compute: Compute}, lang, encoded, sentence)
		}
	}
}

func FuzzCompute(f *testing.F) {
	calctest.Fuzz(f, calctest.Calculator{Form: Form(), Compute: Compute}, func(t *testing.T, n calctest.Numbers) {
		if n.Int("flags") != n.Int("open")+n.Int("closed") || n.Int("ready") > n.Int("open") || n.Int("overdue") > n.Int("open") || n.Int("bells_idle") > n.Int("bells") {
			t.Error(n)
		}
	},
		[2]string{"flag.0.due=2027-03-14&today=2027-03-15&bell=", "=1+1"},
		[2]string{"flag.0.bell=1&flag.1.bell=9&flag.2.state=closed", "\"'&\x00"})
}
