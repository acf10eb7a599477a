package spinplanner

import (
	"fmt"
	"strings"
	"testing"

	"playbook/calculators/form"
	"playbook/calculators/internal/calctest"
	"playbook/calculators/report"
)

func result(t testing.TB, lang, encoded string) (*report.Result, []form.Fault) {
	t.Helper()
	return calctest.Compute(t, Form(), Compute, lang, encoded)
}

// values computes an encoding and returns its values, or its faults, as text.
func values(t testing.TB, encoded string) string {
	t.Helper()
	return calctest.Values(result(t, "en", encoded))
}

// want is the values: S, P, I, N, looked up, problems, bare, statements, codes.
func want(s, p, i, n, lookup, problems, bare, statements int, codes ...string) string {
	for i := range codes {
		codes[i] = `"` + codes[i] + `"`
	}
	return fmt.Sprintf(`{"situation":%d,"problem":%d,"implication":%d,"payoff":%d,"total":%d,"lookup":%d,"problems":%d,"bare":%d,"statements":%d,"warnings":[%s]}`,
		s, p, i, n, s+p+i+n, lookup, problems, bare, statements, strings.Join(codes, ","))
}

func TestValues(t *testing.T) {
	const none = "situation=&problem=&implication="
	for _, test := range []struct{ name, encoded, want string }{
		// One fact of four is asked; 2 + 1 problem questions; the training has no need-payoff.
		{"default", "", want(1, 3, 4, 1, 3, 2, 1, 0)},
		// In a small sale that is no fault.
		{"small", "size=small", want(1, 3, 4, 1, 3, 2, 0, 0)},
		{"nothing", none, want(0, 0, 0, 0, 0, 0, 0, 0)},
		{"facts alone", "problem=&implication=&situation.0.ask=a?&situation.1.ask=b?", want(2, 0, 0, 0, 0, 0, 0, 0, "no-problem", "many-situation", "no-implication", "no-payoff")},
		{"facts alone, small", "size=small&problem=&implication=&situation.0.ask=a?", want(1, 0, 0, 0, 0, 0, 0, 0, "no-problem", "many-situation")},
		// Exactly half is not more than half; two of three are.
		{"half", "size=small&implication=&situation.0.ask=a?&problem.0.ask=p?", want(1, 1, 0, 0, 0, 1, 0, 0)},
		{"more than half", "size=small&implication=&situation.0.ask=a?&situation.1.ask=b?&problem.0.ask=p?", want(2, 1, 0, 0, 0, 1, 0, 0, "many-situation")},
		// One implication to two difficulties; two questions about one difficulty are one.
		{"few", "situation=&problem.0.ask=p?&problem.0.payoff=n?&problem.1.ask=q?&problem.1.payoff=m?&implication.0.problem=1&implication.0.ask=i?", want(0, 2, 1, 2, 0, 2, 1, 0, "few-implication")},
		{"two questions about one difficulty", "situation=&problem.0.ask=p?&problem.0.more=q?&problem.0.payoff=n?&implication.0.ask=i?", want(0, 2, 1, 1, 0, 1, 0, 0)},
		{"enough", "situation=&problem.0.ask=p?&problem.0.payoff=n?&implication.0.ask=i?", want(0, 1, 1, 1, 0, 1, 0, 0)},
		// A difficulty that nothing asks for; the second one's question alone is enough.
		{"bare", "situation=&problem.0.name=A&problem.0.payoff=n?&problem.1.name=B&problem.1.more=q?&problem.1.payoff=m?&implication.0.problem=1&implication.0.ask=i?&implication.1.problem=b&implication.1.ask=j?",
			want(0, 1, 2, 2, 0, 2, 1, 0)},
		// Empty rows are nothing; a looked-up fact without words neither.
		{"empty rows", "situation.0.ask=&situation.1.way=coach&problem.0.name=&problem.0.ask=&implication.0.ask=", want(0, 0, 0, 0, 0, 0, 0, 0)},
		{"statements", "size=small&situation=&implication=&problem.0.ask=That+costs+you+a+lot&problem.0.more=%E6%98%AF%E5%90%97%EF%BC%9F", want(0, 2, 0, 0, 0, 1, 0, 1)},
		{"no such difficulty", "problem.0.name=A&implication.0.problem=B&implication.1.problem=2", "implication.0.problem: problem [{name B}]\nimplication.1.problem: problem [{name 2}]\n"},
		{"size", "size=medium", "size: choice [{options small, large}]\n"},
	} {
		if got := values(t, test.encoded); got != test.want {
			t.Errorf("%s:\ngot  %s\nwant %s", test.name, got, test.want)
		}
	}
}

// TestOrder holds the order of asking: facts, then each difficulty to its end.
func TestOrder(t *testing.T) {
	r, _ := result(t, "en", "situation.0.ask=s&situation.1.ask=looked+up&situation.1.way=observe&problem.0.name=A&problem.0.payoff=nA&problem.0.ask=pA&problem.0.more=qA"+
		"&problem.1.name=B&problem.1.ask=pB&implication.0.problem=B&implication.0.ask=iB&implication.1.problem=A&implication.1.ask=iA&implication.2.ask=i")
	got := ""
	for _, b := range r.Blocks {
		if b.Kind == report.TableOf && len(b.Table.Columns) == 4 {
			for _, row := range b.Table.Rows {
				got += strings.TrimPrefix(report.JSON(&report.Result{Values: []report.Value{{Name: "", Data: row[2].Data}}}), `{"":`) + " "
			}
		}
	}
	if want := `"s"} "pA"} "qA"} "iA"} "nA"} "pB"} "iB"} "i"} `; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestSentences holds what a rep is told, and that every consequence gets its row.
func TestSentences(t *testing.T) {
	for lang, sentences := range map[string][]string{
		"en": {"1 thing to improve in a plan of 9 questions", "Take all 4 consequences over", "#value-equation+problem.0.name=Overtime+to+reconcile+lists&amp;problem.0.source=Paula%2C+VP+Marketing&amp;problem.1.name", "Price this: People leave too soon"},
		"zh": {"一共9个问题，有1处要改", "把4个后果全部带过去", "给它标价：客户流失"},
	} {
		r, faults := result(t, lang, "")
		if len(faults) > 0 {
			t.Fatal(faults)
		}
		html := report.HTML(r, report.NewWords(ID, calctest.Get(calctest.Words(t, lang)), func(to string) string { return to + "#" + strings.TrimPrefix(to, "calculator:") }))
		for _, s := range sentences {
			if !strings.Contains(html, s) {
				t.Errorf("%s: the report lacks %q", lang, s)
			}
		}
	}
}

// TestMany holds that the greatest plan comes back whole, its links bounded.
func TestMany(t *testing.T) {
	var b strings.Builder
	b.WriteString("situation=")
	for i := range 500 {
		fmt.Fprintf(&b, "&problem.%d.name=P%d&problem.%d.ask=p?&problem.%d.payoff=n?&implication.%d.problem=P%d&implication.%d.ask=i?&implication.%d.effect=e", i, i, i, i, i, i, i, i)
	}
	if got, want := values(t, b.String()), want(0, 500, 500, 500, 0, 500, 0, 0); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	r, _ := result(t, "en", b.String())
	links := 0
	for _, block := range r.Blocks {
		links += len(block.Handoffs)
	}
	if links != 1+1+mostLinks {
		t.Error(links)
	}
}

func FuzzCompute(f *testing.F) {
	calctest.Fuzz(f, calctest.Calculator{Form: Form(), Compute: Compute}, nil,
		[2]string{"situation=&problem.0.name=A&implication.0.problem=1", "1"},
		[2]string{"problem=&implication=", "？"})
}
