package swot

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"playbook/calculators/form"
	"playbook/calculators/internal/calctest"
	"playbook/calculators/report"
)

// values computes an encoding's values as JSON.
func values(t *testing.T, encoded string) string {
	t.Helper()
	return calctest.Values(calctest.Compute(t, Form(), Compute, "en", encoded))
}

func TestValues(t *testing.T) {
	tests := []struct{ name, encoded, want string }{
		// Strengths: view 3 (project), move 2 (milestone), bottlers 2 (company);
		// weaknesses: COO 3 (project), finance 2 (company); opportunities: goal 3
		// (project), summer 1 (milestone); threats: Graham 2, tender 3 (project).
		// Balance 3+2+2+3+1 − 3−2−2−3 = 1. Pairs at one scope, the company's at all:
		// use: view–goal, move–summer, bottlers–goal, bottlers–summer = 4;
		// defend: view and bottlers with two threats = 4; mend: COO–goal,
		// finance–goal, finance–summer = 3; avoid: COO and finance with two = 4.
		// Loose: finance (nothing at all) and tender.
		{"default", "", `{"entries":9,"strengths":3,"weaknesses":2,"opportunities":2,"threats":2,"company":2,"project":5,"milestone":2,` +
			`"balance":1,"use":4,"defend":4,"mend":3,"avoid":4,"loose":2,"plan":6,"done":2,"next":"Overall aim of the project","next_due":"2027-03-19"}`},
		{"nothing", "entry=&plan=", `{"entries":0,"strengths":0,"weaknesses":0,"opportunities":0,"threats":0,"company":0,"project":0,"milestone":0,` +
			`"balance":0,"use":0,"defend":0,"mend":0,"avoid":0,"loose":0,"plan":0,"done":0,"next":null,"next_due":null}`},
		{"one", "entry.0.what=A&plan=", `{"entries":1,"strengths":1,"weaknesses":0,"opportunities":0,"threats":0,"company":0,"project":1,"milestone":0,` +
			`"balance":2,"use":0,"defend":0,"mend":0,"avoid":0,"loose":0,"plan":0,"done":0,"next":null,"next_due":null}`},
		// A row without text says nothing, whatever else it has.
		{"empty rows", "entry.0.weight=3&entry.1.owner=Ben&plan.0.who=Ben", `{"entries":0,"strengths":0,"weaknesses":0,"opportunities":0,"threats":0,"company":0,"project":0,"milestone":0,` +
			`"balance":0,"use":0,"defend":0,"mend":0,"avoid":0,"loose":0,"plan":0,"done":0,"next":null,"next_due":null}`},
		{"the earliest open part is next, the first of two on one day", "entry=&plan.0.part=A&plan.0.due=2027-05-02&plan.1.part=B&plan.1.due=2027-05-01&plan.2.part=C&plan.2.due=2027-05-01&plan.3.part=D&plan.3.due=2027-01-01&plan.3.state=done",
			`{"entries":0,"strengths":0,"weaknesses":0,"opportunities":0,"threats":0,"company":0,"project":0,"milestone":0,` +
				`"balance":0,"use":0,"defend":0,"mend":0,"avoid":0,"loose":0,"plan":4,"done":1,"next":"B","next_due":"2027-05-01"}`},
	}
	for _, test := range tests {
		if got := values(t, test.encoded); got != test.want {
			t.Errorf("%s:\ngot  %s\nwant %s", test.name, got, test.want)
		}
	}
}

// TestLoose holds that a weakness or a threat needs all three, and what helps
// needs none.
func TestLoose(t *testing.T) {
	full := map[string]string{"action": "Ring+her", "owner": "Ben", "due": "2027-05-01"}
	for _, kind := range kinds {
		for without := range full {
			encoded := "plan=&entry.0.what=A&entry.0.kind=" + kind
			for field, value := range full {
				if field != without {
					encoded += "&entry.0." + field + "=" + value
				}
			}
			want := `"loose":0,`
			if kind == "weakness" || kind == "threat" {
				want = `"loose":1,`
			}
			if got := values(t, encoded); !strings.Contains(got, want) {
				t.Errorf("%s without %s: %s", kind, without, got)
			}
		}
	}
}

// TestPairs holds, for every mix of kinds and scopes, that pairs are those of the
// definition, counted another way: by numbers of entries alone.
func TestPairs(t *testing.T) {
	for mix := range 64 {
		encoded := "plan="
		var n [3][4]int
		row := 0
		for scope := range scopes {
			for kind := range kinds {
				for range (mix >> (scope*2 + kind%2)) & 1 * (kind + 1) {
					encoded += fmt.Sprintf("&entry.%[1]d.what=X&entry.%[1]d.scope=%[2]s&entry.%[1]d.kind=%[3]s", row, scopes[scope], kinds[kind])
					n[scope][kind]++
					row++
				}
			}
		}
		if row == 0 {
			encoded += "&entry="
		}
		pairs := func(inside, outside int) (sum int) {
			for scope := range scopes {
				in := n[scope][inside]
				if scope > 0 {
					in += n[0][inside]
				}
				sum += in * n[scope][outside]
			}
			return sum
		}
		want := fmt.Sprintf(`"use":%d,"defend":%d,"mend":%d,"avoid":%d,`, pairs(0, 2), pairs(0, 3), pairs(1, 2), pairs(1, 3))
		if got := values(t, encoded); !strings.Contains(got, want) {
			t.Errorf("%s:\ngot  %s\nwant %s", encoded, got, want)
		}
	}
}

// TestMany holds that 500 entries are answered, with the heaviest pairs alone in
// the table, heaviest first.
func TestMany(t *testing.T) {
	encoded := "plan="
	for i := range 500 {
		encoded += fmt.Sprintf("&entry.%[1]d.what=N%[1]d&entry.%[1]d.kind=%[2]s&entry.%[1]d.weight=%[3]d", i, kinds[i%4], i%3+1)
	}
	get := calctest.Get(calctest.Words(t, "en"))
	in, faults := form.Decode(Form().In(get), encoded)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	r, _ := Compute(in)
	for _, b := range r.Blocks {
		if b.Table != nil && b.Table.Columns[0].Head.Key == "pairs.way" {
			if len(b.Table.Rows) != len(ways)*shownPairs {
				t.Errorf("%d pairs are listed", len(b.Table.Rows))
			}
			w := report.NewWords(ID, get, nil)
			first := strings.TrimPrefix(w.Format(b.Table.Rows[0][1].Data), "N")
			if n, _ := strconv.Atoi(first); n%4 != 0 || n%3 != 2 {
				t.Errorf("the first strength, N%s, is not of the heaviest", first)
			}
		}
	}
}

func FuzzForm(f *testing.F) {
	for _, encoded := range calctest.Cases(f, ID) {
		f.Add(encoded)
	}
	f.Fuzz(func(t *testing.T, encoded string) {
		get := calctest.Get(nil)
		in, faults := form.Decode(Form().In(get), encoded)
		if len(faults) > 0 {
			return
		}
		r, _ := Compute(in)
		w := report.NewWords(ID, get, nil)
		report.HTML(r, w)
		report.PlainText(r, w)
		report.CSV(r, w)
		report.JSON(r)
	})
}

// TestHand holds that strengths become bells, and that a pair says what follows
// from it, or that nothing does.
func TestHand(t *testing.T) {
	const both = "plan=&entry.0.what=Fast&entry.1.what=Rival&entry.1.kind=threat&entry.2.what=Slow&entry.2.kind=weakness&entry.2.action=Train"
	r, faults := calctest.Compute(t, Form(), Compute, "en", both)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	html := report.HTML(r, report.NewWords(ID, calctest.Get(calctest.Words(t, "en")), func(to string) string { return "x#red-flags" }))
	for _, want := range []string{"#red-flags+bell.0.name=Fast\"", "<td>Slow</td><td>Rival</td><td>Train</td>"} {
		if !strings.Contains(html, want) {
			t.Errorf("no %s in\n%s", want, html)
		}
	}
	text := report.PlainText(r, report.NewWords(ID, calctest.Get(calctest.Words(t, "en")), nil))
	if !regexp.MustCompile(`Hold the strength against the threat +Fast +Rival +.*missing`).MatchString(text) {
		t.Error(text)
	}
}

func FuzzCompute(f *testing.F) {
	calctest.Fuzz(f, calctest.Calculator{Form: Form(), Compute: Compute}, nil)
}
