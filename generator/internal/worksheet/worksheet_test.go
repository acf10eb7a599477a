package worksheet

import (
	"cmp"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"playbook/calculators/form"
	"playbook/calculators/report"
	"playbook/generator/internal/diag"
	"playbook/generator/internal/words"
	"playbook/templates"
)

// theme is the theme's words.
var theme = sync.OnceValue(func() map[string]*words.Table {
	tables, _ := words.Load(templates.FS)
	return tables
})

func say(lang, key string, args ...any) string { return theme()[lang].Say(key, args...) }

func compile(t testing.TB, id, src string) (*Worksheet, diag.List) {
	t.Helper()
	return Compile("content/worksheets/"+id+".yaml", id, []byte(src), []string{"en", "zh"}, say)
}

// TestExamples holds that worksheets as teams keep them give the values that they
// state, which were computed with exact fractions.
func TestExamples(t *testing.T) {
	files, err := filepath.Glob("testdata/*.yaml")
	if err != nil || len(files) < 4 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		id := strings.TrimSuffix(filepath.Base(file), ".yaml")
		w, faults := compile(t, id, string(src))
		for _, f := range faults {
			t.Error(f)
		}
		if w == nil {
			continue
		}
		for lang, own := range w.Words {
			get := func(key string) string {
				if s := own[key]; s != "" {
					return s
				}
				return theme()[lang].Get(key)
			}
			in, faults := form.Decode(w.Calculator.Form.In(get), "")
			if len(faults) > 0 {
				t.Fatal(faults)
			}
			r, _ := w.Calculator.Compute(in)
			text := report.PlainText(r, report.NewWords(id, get, nil))
			if strings.Contains(text, "calc.") || strings.Contains(text, "report.") {
				t.Errorf("a word is missing:\n%s", text)
			}
		}
	}
}

// TestUnknownVerdict holds that the verdict for everything else is not said where a
// condition above it hangs on what is unknown.
func TestUnknownVerdict(t *testing.T) {
	w, faults := compile(t, "t", `title: {en: T, zh: 题}
fields:
  seats: {kind: whole, optional: true, label: {en: Seats, zh: 席位}}
  price: {kind: whole, default: 3, label: {en: Price, zh: 价格}}
formulas: |
  total = price / seats as number 1
labels:
  total: {en: Total, zh: 合计}
verdict:
  - {when: total > 5, text: {en: much, zh: 多}, sign: flag}
  - {when: price > 100, text: {en: dear, zh: 贵}}
  - {text: {en: fine, zh: 好}, sign: bell}
`)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	calc := w.Calculator
	for encoded, want := range map[string]string{
		"": "Not decided: a value is not known yet.", "seats=0": "Not decided: a value is not known yet.",
		"price=101": "dear", "seats=1": "Little bell: fine", "seats=1&price=6": "Red flag: much",
	} {
		get := func(key string) string { return cmp.Or(w.Words["en"][key], theme()["en"].Get(key)) }
		in, faults := form.Decode(calc.Form.In(get), encoded)
		if len(faults) > 0 {
			t.Fatal(faults)
		}
		r, _ := calc.Compute(in)
		if got := report.PlainText(r, report.NewWords("t", get, nil)); !strings.HasPrefix(got, want) {
			t.Errorf("%q: %s", encoded, got)
		}
	}
}
