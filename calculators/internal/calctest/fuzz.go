package calctest

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"playbook/calculators/form"
	"playbook/calculators/report"
)

// Calculator is what the helpers of this package run: calculators.Calculator, which
// the tests of one calculator cannot import.
type Calculator struct {
	Form    *form.Form
	Compute func(in *form.Input) (*report.Result, []form.Fault)
}

// Numbers are the values of a result by name, as JSON has them.
type Numbers map[string]any

// Int is a whole number, 0 where there is none.
func (n Numbers) Int(name string) int { f, _ := n[name].(float64); return int(f) }

// missingWord is what a report shows in place of a word, or of an argument, that
// there is not.
var missingWord = regexp.MustCompile(`\b(calc|report|fault|format|unit)\.[a-z][a-z0-9-]*\.[a-z0-9.-]*|\{[a-z_]+[?}]`)

// Fuzz holds that no input makes a calculator or a report of it panic; that there is
// an answer or a fault; that what is typed cannot become markup; that the values are
// JSON without NaN; and that no word is missing. The first argument is an encoding of
// the form, the second stands in every text of a row beside it. The calculator's cases
// are among the seeds. Check, if not nil, holds what is true of every answer.
func Fuzz(f *testing.F, c Calculator, check func(t *testing.T, n Numbers), seeds ...[2]string) {
	for _, encoded := range Cases(f, c.Form.ID) {
		if len(encoded) < 10_000 {
			f.Add(encoded, "")
		}
	}
	f.Add("", "<script>")
	f.Add("", "\"'&\x00")
	f.Add("", "=1+1")
	for _, s := range seeds {
		f.Add(s[0], s[1])
	}
	var texts []string
	for _, group := range c.Form.Fields {
		if group.Kind == form.File {
			texts = append(texts, group.Name)
		}
		for _, field := range group.Fields {
			if field.Kind == form.Text {
				texts = append(texts, group.Name+".7."+field.Name)
			}
		}
	}
	languages := Languages(f)
	f.Fuzz(func(t *testing.T, encoded, typed string) {
		pairs := form.Parse(encoded)
		if typed != "" {
			for _, name := range texts {
				pairs = append(pairs, form.Pair{Name: name, Value: typed})
			}
		}
		for _, lang := range languages {
			get := Get(Words(t, lang))
			in, faults := form.DecodePairs(c.Form.In(get), pairs)
			for _, fault := range faults {
				if fault.Key != "unknown" {
					return
				}
			}
			r, faults := c.Compute(in)
			if r == nil {
				if len(faults) == 0 {
					t.Fatal("neither an answer nor a fault")
				}
				return
			}
			w := report.NewWords(c.Form.ID, get, Link)
			html := report.HTML(r, w)
			if strings.Contains(html, "<script") || strings.Contains(html, "NaN") {
				t.Fatal(html)
			}
			if !strings.ContainsAny(encoded+typed, "{[.") && missingWord.MatchString(html) {
				t.Fatalf("a word is missing in %s: %s", lang, missingWord.FindString(html))
			}
			report.PlainText(r, w)
			report.CSV(r, w)
			n := Numbers{}
			if err := json.Unmarshal([]byte(report.JSON(r)), &n); err != nil {
				t.Fatal(err)
			}
			if check != nil && len(faults) == 0 {
				check(t, n)
			}
		}
	})
}

// Sentences holds that the report of an encoding says each of some sentences, as
// HTML with its spaces collapsed.
func Sentences(t *testing.T, c Calculator, lang, encoded string, sentences ...string) {
	t.Helper()
	get := Get(Words(t, lang))
	r, faults := Compute(t, c.Form, c.Compute, lang, encoded)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	html := strings.Join(strings.Fields(report.HTML(r, report.NewWords(c.Form.ID, get, Link))), " ")
	for _, s := range sentences {
		if !strings.Contains(html, s) {
			t.Errorf("%s %q: the report lacks %q:\n%s", lang, encoded, s, html)
		}
	}
}
