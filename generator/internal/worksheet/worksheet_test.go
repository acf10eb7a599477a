package worksheet

import (
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
