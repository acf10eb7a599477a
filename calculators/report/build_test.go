package report

import (
	"strings"
	"testing"

	"playbook/calculators/chart"
	"playbook/calculators/form"
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
	r.Fact("fact", Count(4)).Note = remark
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
Name       Cost
----  ---------
=a            5
Name  Bell: yes

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
	if want := `<ul class="report-handoffs"><li><a href="../plan/index.html#plan+row.0.name=It%27s+%3Cb%3E&amp;row.0.cause=Remark&amp;n=1">Hand it over</a></li></ul>`; !strings.Contains(html, want) {
		t.Errorf("no %s in\n%s", want, html)
	}
	if strings.Contains(html, "gone") {
		t.Error("a link to a calculator without a page")
	}
}

// TestSheet holds that rows come back as they were filled in, without those in
// which nothing is written, and what a thing lacks with its flag.
func TestSheet(t *testing.T) {
	f := &form.Form{ID: "x", Fields: []form.Field{{Name: "row", Kind: form.Rows, Fields: []form.Field{
		{Name: "what", Kind: form.Text, Optional: true}, {Name: "kind", Kind: form.Choice, Default: "a", Options: []string{"a", "b"}}, {Name: "due", Kind: form.Date, Optional: true},
	}}}}
	in, faults := form.Decode(f, "row.0.what=One&row.0.due=2027-05-12&row.1.kind=b&row.2.what=Two&row.2.kind=b")
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	r := &Result{}
	r.Sheet(Say("rows"), "row", in.Rows("row"), "what kind due")
	r.Sheet(Say("rows"), "row", in.Rows("row")[1:2], "what kind due")
	r.Table(Say("rows"), "name").Row(Missing("gap", []string{"a", "b", "c"}, 5))
	r.Blocks[1].Table.Row(Missing("gap", []string{"a"}, 0))
	table := map[string]string{
		"calc.x.rows": "Rows", "calc.x.name": "Name", "calc.x.group.row.what.label": "What", "calc.x.group.row.kind.label": "Kind", "calc.x.group.row.due.label": "Due",
		"calc.x.option.kind.a": "An a", "calc.x.option.kind.b": "A b", "calc.x.gap.a": "no a", "calc.x.gap.c": "no c", "format.list": ", ", "format.date": "{day}.{month}.{year}", "format.months": "x", "report.none": "–", "report.flag": "Flag", "report.colon": ": ",
	}
	w := NewWords("x", func(key string) string { return table[key] }, nil)
	if got, want := PlainText(r, w), "Rows\nWhat  Kind  Due\n----  ----  ---------\nOne   An a  12.5.2027\nTwo   A b   –\n\nRows\nName\n----------------\nFlag: no a, no c\n\n"; got != want {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
	if html := HTML(r, w); !strings.Contains(html, `Flag</b> no a, no c`) {
		t.Error(html)
	}
}
