package worksheet

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"playbook/calculators/form"
	"playbook/calculators/report"
	"playbook/generator/internal/source"
)

const fit = `---
title: Deal fit
---
A table is enough:

` + "```scorecard deal-fit" + `
title: Deal fit
intro: Is this deal worth our week?
scale: 0..5
total: 100
without_evidence: 2

| Criterion | Weight | What a high score needs |
|---|---:|---|
| The buyer has put a figure on the problem | 40 | The figure, in the buyer's words |
| Money | 35 | |
| - A budget is set | 60 | |
| - Someone can move more | 40 | |
| We meet who decides | 25 | |
| The tender is written for another | blocker | |

| From | Verdict | What to do next |
|---|---|---|
| 0–39 | Leave it | Tell the buyer why |
| 40–69 | Work on it | [Ask](module:pricing/size) before you offer |
| 70+ | Go on | |
` + "```" + `
`

// site writes a site and reads it.
func site(t *testing.T, files map[string]string) *source.Tree {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		at := filepath.Join(dir, "content", filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(at, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	tree, faults, err := source.Load(dir)
	if err != nil || len(faults) > 0 {
		t.Fatal(faults, err)
	}
	return tree
}

func TestScorecard(t *testing.T) {
	chinese := strings.NewReplacer("Deal fit", "成交把握", "| blocker |", "| 否决 |", "The buyer has put a figure on the problem", "客户给问题定了数", "Leave it", "放弃").Replace(fit)
	tree := site(t, map[string]string{"site.yaml": "title: {en: S, zh: S}\nid: s\nlanguages: [en, zh]\n", "01-pricing/01-size.en.md": fit, "01-pricing/01-size.zh.md": chinese})
	var l Loader
	set, tables, faults := l.Load(tree, theme())
	for _, f := range faults {
		t.Error(f)
	}
	calc := set.Find("deal-fit")
	if calc == nil {
		t.Fatal("there is no scorecard")
	}
	say := func(lang, encoded string) string {
		w := tables[lang]
		in, faults := form.Decode(calc.Form.In(w.Get), encoded)
		if len(faults) > 0 {
			t.Fatal(faults)
		}
		r, _ := calc.Compute(in)
		report.HTML(r, report.NewWords(calc.ID, w.Get, nil))
		return report.PlainText(r, report.NewWords(calc.ID, w.Get, nil))
	}
	all := "score.c1.points=5&score.c1.evidence=mail&score.c3.points=4&score.c3.evidence=mail&score.c4.points=5&score.c5.points=3&score.c5.evidence=call"
	for encoded, want := range map[string][]string{
		"":                            {"Nothing is scored yet"},
		"score.c1.points=5":           {"Red flag: 16: Leave it", "Tell the buyer why", "1 of 4 criteria are scored", "without evidence it counts"},
		all:                           {"Little bell: 77: Go on", "Criteria scored  4", "Work on first    We meet who decides"},
		all + "&blocker.b6.holds=yes": {"Red flag: Blocked: The tender is written for another."},
		strings.Replace(all, "c1.points=5", "c1.points=2", 1): {"53: Work on it", "Ask before you offer", "Work on first    The buyer has put a figure on the problem"},
	} {
		got := say("en", encoded)
		for _, w := range want {
			if !strings.Contains(got, w) {
				t.Errorf("%s: no %q in\n%s", encoded, w, got)
			}
		}
		if strings.Contains(got, "calc.") || strings.Contains(got, "{") {
			t.Errorf("a word is missing in\n%s", got)
		}
	}
	if got := say("zh", "score.c1.points=5"); !strings.Contains(got, "16分：放弃") || !strings.Contains(got, "客户给问题定了数：没有依据，只按2分算") {
		t.Error(got)
	}
	again, same, _ := l.Load(tree, theme())
	if again.Find("deal-fit") == nil || same["en"].Get("calc.deal-fit.title") != "Deal fit" {
		t.Error("the second time it is another")
	}
}

func TestScorecardFaults(t *testing.T) {
	for _, c := range []struct{ old, new, want string }{
		{"total: 100", "total: 90", "15:1: the weights add up to 100, not to 90 | change a weight, or the total"},
		{"40–69", "41-69", "25:3: a gap between the bands: the one above ends with 39"},
		{"40–69", "42-69", "25:3: a gap between the bands: the one above ends with 39"},
		{"40–69", "30-69", "25:3: the bands overlap: the one above ends with 39"},
		{"0–39", "10–39", "24:3: the lowest band begins at 10: scores below it have none | let it begin at 0"},
		{"| 70+ |", "| 70-90 |", "26:3: scores from 90 to 100 have no band | let the last band have no end"},
		{"| 70+ |", "| 101 |", "26:3: no score reaches 101: the highest is 100"},
		{"| 70+ |", "| 40 |", "26:3: bands rise: 40 is no more than the one above"},
		{"| 25 |", "| lots |", `19:25: a weight is a number above 0, or "blocker", not "lots"`},
		{"scale: 0..5", "scale: 5", "9:8: a scale goes from one whole number to a higher one, at most 100 | such as 0..5"},
		{"without_evidence: 2", "without_evidence: 5", "11:19: without evidence a score counts less than 5, the highest"},
		{"title: Deal fit\nintro", "titel: Deal fit\nintro", `7:1: unknown key "titel"`},
		{"```scorecard deal-fit", "```scorecard Deal", `6:14: "Deal" cannot be an id | small letters, digits and hyphens: deal-fit`},
		{"in the buyer's words |", "in the buyer's words | 6 |", "15:87: the example's score is a whole number from 0 to 5, not \"6\""},
		{"| From | Verdict | What to do next |\n", "", "1"},
	} {
		text := strings.Replace(fit, c.old, c.new, 1)
		if c.want == "1" { // a table needs no head
			continue
		}
		tree := site(t, map[string]string{"site.yaml": "title: S\nid: s\n", "01-pricing/01-size.md": text})
		_, _, faults := new(Loader).Load(tree, theme())
		var got []string
		for _, f := range faults {
			s := fmt.Sprintf("%d:%d: %s", f.Pos.Line, f.Pos.Col, f.Message)
			if f.Help != "" {
				s += " | " + f.Help
			}
			got = append(got, s)
		}
		if !strings.HasPrefix(strings.Join(got, "\n"), c.want) && !strings.Contains(strings.Join(got, "\n"), "\n"+c.want) {
			t.Errorf("%s\n got %s\nwant %s", c.new, strings.Join(got, "\n     "), c.want)
		}
	}
}

// TestScorecardExample holds that columns of a scorecard fill in its form.
func TestScorecardExample(t *testing.T) {
	text := strings.NewReplacer("in the buyer's words |", "in the buyer's words | 5 | 96,000 a year, said Ann |", "| We meet who decides | 25 | |", "| We meet who decides | 25 | | 4 | |").Replace(fit)
	tree := site(t, map[string]string{"site.yaml": "title: S\nid: s\n", "01-pricing/01-size.md": text})
	set, tables, faults := new(Loader).Load(tree, theme())
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	calc := set.Find("deal-fit")
	in, _ := form.Decode(calc.Form.In(tables["en"].Get), "")
	r, _ := calc.Compute(in)
	got := report.PlainText(r, report.NewWords(calc.ID, tables["en"].Get, nil))
	// 40 × 5/5 + 25 × 2/5: without evidence a 4 counts as 2.
	if !strings.Contains(got, "50: Work on it") || !strings.Contains(got, "2 of 4 criteria are scored") || !strings.Contains(got, "without evidence it counts") {
		t.Error(got)
	}
	if in.Text("score.c1.evidence") != "96,000 a year, said Ann" {
		t.Errorf("%q", in.Text("score.c1.evidence"))
	}
}

// TestScorecardTranslation holds that languages of a scorecard have the same numbers.
func TestScorecardTranslation(t *testing.T) {
	tree := site(t, map[string]string{
		"site.yaml":                "title: {en: S, zh: S}\nid: s\nlanguages: [en, zh]\n",
		"01-pricing/01-size.en.md": fit, "01-pricing/01-size.zh.md": strings.Replace(strings.Replace(fit, "| 40 |", "| 35 |", 1), "| 25 |", "| 30 |", 1),
	})
	_, _, faults := new(Loader).Load(tree, theme())
	if len(faults) != 2 || !strings.Contains(faults[0].Message, "counts in another way") {
		t.Error(faults)
	}
}
