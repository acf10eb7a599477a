package messagelevels

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

func want(levels, rights, aims, objections, fromKey, ready int) string {
	return fmt.Sprintf(`{"levels":%d,"rights":%d,"aims":%d,"objections":%d,"from_key":%d,"ready":%d,"gaps":%d}`,
		levels, rights, aims, objections, fromKey, ready, 4-levels+4-rights+objections-ready)
}

// sound is an offer without a gap and without objections.
const sound = "vito=1+million&rights=channel,product,time,person&objection="

func TestValues(t *testing.T) {
	long := strings.Repeat("a", 160)
	for _, test := range []struct{ name, encoded, want string }{
		// VITO hears no number, the channel is open, the fourth objection has neither a
		// known source nor evidence; the third has no answer but a day.
		{"default", "", want(3, 3, 2, 4, 1, 3)},
		{"sound", sound, want(4, 4, 2, 0, 0, 0)},
		{"nothing", "fact=&user=&seymour=&manager=&vito=&rights=&aims=&objection=", want(0, 0, 0, 0, 0, 0)},
		// The user hears the bare fact, Seymour the manager's words … the later one repeats.
		{"repeated", sound + "&fact=A+b&user=a+B&seymour=7&manager=7", want(2, 4, 2, 0, 0, 0)},
		// An empty fact repeats nothing; an empty level is one gap.
		{"no fact", sound + "&fact=&user=", want(3, 4, 2, 0, 0, 0)},
		{"numbers", "rights=channel,product,time,person&objection=&seymour=fast&vito=%E7%BF%BB%E4%B8%A4%E5%80%8D", want(3, 4, 2, 0, 0, 0)},
		{"no number needed", sound + "&user=fast&manager=more", want(4, 4, 2, 0, 0, 0)},
		{"rights", "vito=1+million&objection=&rights=person", want(4, 1, 2, 0, 0, 0)},
		{"answered", sound + "&objection.0.said=a&objection.0.source=E&objection.0.answer=b&objection.0.evidence=c", want(4, 4, 2, 1, 1, 1)},
		{"no evidence", sound + "&objection.0.said=a&objection.0.source=E&objection.0.answer=b", want(4, 4, 2, 1, 1, 0)},
		{"no answer", sound + "&objection.0.said=a&objection.0.source=C", want(4, 4, 2, 1, 0, 0)},
		{"promised", sound + "&objection.0.said=a&objection.0.source=C&objection.0.due=2027-05-19", want(4, 4, 2, 1, 0, 1)},
		{"source", sound + "&objection.0.said=a&objection.0.answer=b&objection.0.evidence=c", want(4, 4, 2, 1, 0, 0)},
		{"160 letters", sound + "&objection.0.source=T&objection.0.evidence=c&objection.0.answer=" + long, want(4, 4, 2, 1, 0, 1)},
		{"161 letters", sound + "&objection.0.source=T&objection.0.evidence=c&objection.0.answer=b" + long, want(4, 4, 2, 1, 0, 0)},
		{"80 Han", sound + "&objection.0.source=T&objection.0.evidence=c&objection.0.answer=" + strings.Repeat("长", 80), want(4, 4, 2, 1, 0, 1)},
		{"81 Han", sound + "&objection.0.source=T&objection.0.evidence=c&objection.0.answer=" + strings.Repeat("长", 81), want(4, 4, 2, 1, 0, 0)},
		{"empty rows", sound + "&objection.0.source=E&objection.1.said=", want(4, 4, 2, 0, 0, 0)},
		{"faults", "rights=price&objection.0.source=X&objection.0.due=soon",
			"rights: choice [{options channel, product, time, person}]\nobjection.0.source: choice [{options unknown, C, U, T, E}]\nobjection.0.due: date []\n"},
	} {
		if got := values(t, test.encoded); got != test.want {
			t.Errorf("%s:\ngot  %s\nwant %s", test.name, got, test.want)
		}
	}
}

// TestOrder holds that who decides comes first, and rows of one role in their order.
func TestOrder(t *testing.T) {
	r, _ := result(t, "en", "objection.0.said=a&objection.1.said=b&objection.1.source=U&objection.2.said=c&objection.2.source=E&objection.3.said=d&objection.3.source=T&objection.4.said=e&objection.4.source=E")
	got := ""
	for _, b := range r.Blocks {
		if b.Kind == report.TableOf && len(b.Table.Columns) == 5 {
			for _, row := range b.Table.Rows {
				got += report.JSON(&report.Result{Values: []report.Value{{Name: "", Data: row[0].Data}}})
			}
		}
	}
	if want := `{"":"c"}{"":"e"}{"":"d"}{"":"b"}{"":"a"}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestMany holds that the longest log is told whole and handed over in part.
func TestMany(t *testing.T) {
	var b strings.Builder
	b.WriteString(sound)
	for i := range 500 {
		fmt.Fprintf(&b, "&objection.%d.said=o%d", i, i)
	}
	if got, want := values(t, b.String()), want(4, 4, 2, 500, 0, 0); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestSentences(t *testing.T) {
	for lang, sentences := range map[string][]string{
		"en": {"3 gaps to close", "3 of 4 levels, 3 of 4 rights and 3 of 4 objections are in order.", "meets a need, standardises a process", "source not known, no evidence", ">19 May 2027</td>", "Objection: The others can do that too"},
		"zh": {"还有3处缺口", "满足需求、规范流程", "不清楚谁提的、没有证据", "反对意见：别家也能做"},
	} {
		calctest.Sentences(t, calctest.Calculator{Form: Form(), Compute: Compute}, lang, "", sentences...)
	}
}

func FuzzCompute(f *testing.F) {
	calctest.Fuzz(f, calctest.Calculator{Form: Form(), Compute: Compute}, nil,
		[2]string{sound, "7"})
}
