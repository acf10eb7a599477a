package render

import (
	"io/fs"
	"strings"
	"testing"

	"playbook/calculators"
	"playbook/calculators/form"
	"playbook/generator/internal/markdown"
	"playbook/generator/internal/source"
	"playbook/generator/internal/words"
	"playbook/templates"
)

// What a manual tells authors to write is read back as the worked example has it,
// in every language.
func TestManualExamples(t *testing.T) {
	var loader words.Loader
	tables, faults := loader.Load([]string{"zh"}, []fs.FS{templates.FS}...)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	for lang, w := range tables {
		for _, calc := range calculators.All() {
			f := calc.Form.In(w.Get)
			values := map[string]string{}
			input, bad := form.DecodePairs(f, nil)
			if len(bad) > 0 {
				t.Fatalf("%s: %v", calc.ID, bad)
			}
			in := input.Pairs()
			for _, p := range in {
				values[p.Name] = p.Value
			}
			block, shell := manualExamples(f, in, w.Get("ui.manual.caption"))
			doc, faults := markdown.New(markdown.Options{}).Parse(&source.File{Path: "p.md", Data: []byte("---\ntitle: T\n---\n" + block + "\n")})
			if len(faults) > 0 || len(doc.Calculators) != 1 {
				t.Errorf("%s %s: %v in\n%s", lang, calc.ID, faults, block)
				continue
			}
			c := doc.Calculators[0]
			if c.ID != calc.ID || c.Caption != w.Get("ui.manual.caption") || len(c.Show) == 0 || len(c.Fields) == 0 {
				t.Errorf("%s: %+v", calc.ID, c)
			}
			for _, field := range c.Fields {
				if values[field.Name] != field.Value {
					t.Errorf("%s %s: %q is read as %q", calc.ID, field.Name, values[field.Name], field.Value)
				}
			}
			if !strings.HasPrefix(shell, "playbook calc "+calc.ID+" ") || !strings.HasSuffix(shell, " --format json") {
				t.Error(shell)
			}
		}
	}
	if len(tables) < 2 {
		t.Error("no languages")
	}
}

func TestIntroOf(t *testing.T) {
	said := map[string]string{"intro": "all", "intro-a": "a alone"}
	word := func(key string) string { return said[key] }
	for _, c := range []struct {
		show []string
		want string
	}{
		{nil, "all"},
		{[]string{"a"}, "a alone"},
		{[]string{"b"}, "all"},
		{[]string{"a", "b"}, "all"},
	} {
		if got := introOf(word, c.show); got != c.want {
			t.Errorf("%v: %q, want %q", c.show, got, c.want)
		}
	}
}

func TestQuoting(t *testing.T) {
	for s, want := range map[string][2]string{
		"plain":      {"plain", "plain"},
		"two words":  {"two words", "'two words'"},
		"it's: 5":    {`"it's: 5"`, `'it'\''s: 5'`},
		"-1":         {`"-1"`, "-1"},
		"":           {`""`, ""},
		"很难操作":       {"很难操作", "很难操作"},
		"$HOME `id`": {"\"$HOME `id`\"", "'$HOME `id`'"},
	} {
		if got := [2]string{yamlText(s), shellText(s)}; got != want {
			t.Errorf("%q: got %q, want %q", s, got, want)
		}
	}
}

func TestGrouped(t *testing.T) {
	for s, want := range map[string]string{"0": "0", "999": "999", "1000": "1,000", "-1000": "-1,000", "-100": "-100", "1234567.05": "1,234,567.05"} {
		if got := grouped(s, ",", "."); got != want {
			t.Errorf("%s: got %s, want %s", s, got, want)
		}
	}
}

// TestLine holds what a folded row says of itself.
func TestLine(t *testing.T) {
	row := func(values ...string) []FormItem {
		items := []FormItem{
			{Field: form.Field{Kind: form.Text}, Label: "Issue"},
			{Field: form.Field{Kind: form.Money}, Label: "Our top"},
			{Field: form.Field{Kind: form.Choice}, Label: "Who", Choices: []Choice{{Text: "–"}, {Value: "we", Text: "We"}}},
			{Field: form.Field{Kind: form.Many}, Label: "Roles"},
			{Field: form.Field{Kind: form.Text}, Label: "Remark"},
		}
		for i, value := range values {
			items[i].Value = value
			for j := range items[i].Choices {
				items[i].Choices[j].Selected = items[i].Choices[j].Value == value
			}
		}
		return items
	}
	group := FormItem{Field: form.Field{Fields: make([]form.Field, 5)}, colon: ": ", mark: ",", decimal: "."}
	group.Fields[3].Kind = form.Many
	for _, test := range []struct {
		row  []FormItem
		want string
	}{
		{row(), ""},
		{row("Price", "108000", "we", "C,E", "x"), "Price · Our top: 108,000 · Who: We"},
		{row("Price", "", "", "C,E", "2027"), "Price · Roles: C E · Remark: 2027"},
		{row("", "999.5"), "Our top: 999.5"},
		{row("12345", "1234567.25"), "12345 · Our top: 1,234,567.25"},
	} {
		if got := group.Line(test.row); got != test.want {
			t.Errorf("got %q, want %q", got, test.want)
		}
	}
}
