package report

import (
	"strings"
	"testing"

	"playbook/calculators/chart"
)

// TestBuild holds that the methods make the blocks that their names say, in
// order.
func TestBuild(t *testing.T) {
	table := map[string]string{
		"calc.x.verdict": "{n} of {of}", "calc.x.fact": "Fact", "calc.x.remark": "Remark", "calc.x.rows": "Rows",
		"calc.x.name": "Name", "calc.x.cost": "Cost", "calc.x.figure": "Figure", "calc.x.alt": "One.", "calc.x.assumed": "That it holds.",
		"calc.x.over": "Hand it over", "report.yes": "yes", "report.colon": ": ", "report.bell": "Bell", "report.assumptions": "Assumed",
	}
	w := NewWords("x", func(key string) string { return table[key] }, func(target string) string {
		if target == "calculator:plan" {
			return "../plan/index.html#plan"
		}
		return ""
	})
	r := &Result{}
	r.Value("n", Count(1))
	r.Add(Verdict, Bell, Say("verdict", "n", Count(1), "of", Count(2)))
	r.Fact("fact", Count(3))
	remark := Say("remark")
	r.Fact("fact", Count(4)).Note = &remark
	rows := r.Table(Say("rows"), "name", "#cost")
	rows.Row("=a", Count(5))
	rows.Row(Say("name"), Cell{Data: Bool(true), Sign: Bell})
	r.Figure(Say("figure"), Say("alt"), true, func(w *Words) chart.Chart { return &chart.Bars{} })
	r.Handoff("plan", Say("over"), "row.0.name", "It's <b>", "row.0.cause", Say("remark"), "n", "1")
	r.Handoff("gone", Say("over"))
	r.Assume("assumed")

	want := `Bell: 1 of 2

Fact  3
Fact  4  Remark

Rows
Name  Cost
----  ----
=a       5
Name   yes

Figure
  One.

Hand it over:
  playbook calc plan 'row.0.name=It'\''s <b>' row.0.cause=Remark n=1
Hand it over:
  playbook calc gone

Assumed
- That it holds.
`
	if got := PlainText(r, w); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	html := HTML(r, w)
	if want := `<ul class="report-handoffs for-seller"><li><a href="../plan/index.html#plan+row.0.name=It%27s+%3Cb%3E&amp;row.0.cause=Remark&amp;n=1">Hand it over</a></li></ul>`; !strings.Contains(html, want) {
		t.Errorf("no %s in\n%s", want, html)
	}
	if strings.Contains(html, "gone") {
		t.Error("a link to a calculator without a page")
	}
}
