package calculators_test

import (
	"encoding/csv"
	"encoding/json"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"playbook/calculators"
	"playbook/calculators/form"
	"playbook/calculators/internal/calctest"
	"playbook/calculators/report"
)

func TestFind(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range calculators.All() {
		if c.ID != c.Form.ID || calculators.Find(c.ID) == nil || seen[c.ID] {
			t.Errorf("%q", c.ID)
		}
		seen[c.ID] = true
	}
	if calculators.Find("value-equaton") != nil {
		t.Error("found what is not there")
	}
}

// TestWords holds that every language has the words of every form.
func TestWords(t *testing.T) {
	for _, lang := range calctest.Languages(t) {
		words := calctest.Words(t, lang)
		for _, c := range calculators.All() {
			need := func(keys ...string) {
				for _, key := range keys {
					if words[key] == "" {
						t.Errorf("%s lacks %s", lang, key)
					}
				}
			}
			prefix := "calc." + c.ID + "."
			var fields func(at string, list []form.Field)
			fields = func(at string, list []form.Field) {
				for _, f := range list {
					if f.Default != "" && f.Default[0] == '@' {
						need(prefix + f.Default[1:])
					}
					if f.Unit != "" && f.Unit != "currency" {
						need("unit." + f.Unit)
					}
					for _, o := range f.Options {
						need(prefix + "option." + f.Name + "." + o)
					}
					if f.Kind != form.Rows {
						need(prefix+at+f.Name+".label", prefix+at+f.Name+".help")
						continue
					}
					group := prefix + "group." + f.Name + "."
					need(group+"label", group+"add", group+"remove", group+"row")
					for _, row := range f.DefaultRows {
						for _, s := range row {
							if s != "" && s[0] == '@' {
								need(prefix + s[1:])
							}
						}
					}
					fields("group."+f.Name+".", f.Fields)
				}
			}
			need(prefix+"title", prefix+"intro")
			in, _ := form.Decode(c.Form.In(calctest.Get(words)), "")
			if r, faults := c.Compute(in); len(faults) == 0 {
				for _, v := range r.Values {
					need(prefix + "value." + v.Name)
				}
			} else {
				t.Errorf("%s: its defaults have faults: %v", c.ID, faults)
			}
			fields("field.", c.Form.Fields)
		}
	}
}

// TestHands holds that reports hand over only what the list says, to forms that
// take it.
func TestHands(t *testing.T) {
	for _, c := range calculators.All() {
		declared := map[string][]string{}
		for _, h := range c.Hands {
			declared[h.To] = h.Fields
		}
		get := calctest.Get(calctest.Words(t, "en"))
		w := report.NewWords(c.ID, get, calctest.Link)
		for _, encoded := range calctest.Cases(t, c.ID) {
			in, faults := form.Decode(c.Form.In(get), encoded)
			if len(faults) > 0 {
				continue
			}
			r, faults := c.Compute(in)
			if len(faults) > 0 {
				continue
			}
			for _, b := range r.Blocks {
				for _, h := range b.Handoffs {
					to := calculators.Find(h.To)
					if to == nil {
						t.Errorf("%s hands over to %q", c.ID, h.To)
						continue
					}
					for _, p := range h.Pairs(w) {
						name := regexp.MustCompile(`\.\d+\.`).ReplaceAllString(p.Name, ".")
						if !slices.Contains(declared[h.To], name) {
							t.Errorf("%s hands %s to %s, which the list does not say", c.ID, name, h.To)
						}
					}
					if _, faults := form.DecodePairs(to.Form.In(get), h.Pairs(w)); len(faults) > 0 {
						t.Errorf("%s hands over to %s what it does not take: %v", c.ID, h.To, faults)
					}
				}
			}
		}
	}
}

// missing matches the key of a word that a report could not find.
var missing = regexp.MustCompile(`\b(calc|report|fault|format|unit)\.[a-z][a-z0-9-]*\.?[a-z0-9.-]*|\{[a-z]+[?}]`)

// TestCases runs every case in every language through every rendering.
func TestCases(t *testing.T) {
	for _, c := range calculators.All() {
		for _, lang := range calctest.Languages(t) {
			get := calctest.Get(calctest.Words(t, lang))
			localized := c.Form.In(get)
			w := report.NewWords(c.ID, get, calctest.Link)
			for _, encoded := range calctest.Cases(t, c.ID) {
				in, faults := form.Decode(localized, encoded)
				for _, f := range faults {
					if s := w.Fault(f); missing.MatchString(strings.ReplaceAll(s, f.Field, "")) {
						t.Errorf("%s %s: %s: %s", c.ID, lang, f.Field, s)
					}
				}
				if slices.ContainsFunc(faults, func(f form.Fault) bool { return f.Key != "unknown" }) {
					continue
				}
				r, faults := c.Compute(in)
				if len(faults) > 0 {
					for _, f := range faults {
						if s := w.Fault(f); missing.MatchString(s) {
							t.Errorf("%s %s: %s: %s", c.ID, lang, f.Field, s)
						}
					}
					continue
				}
				html, plain, table := report.HTML(r, w), report.PlainText(r, w), report.CSV(r, w)
				for _, s := range []string{html, plain, table} {
					if key := missing.FindString(s); key != "" {
						t.Errorf("%s %s %q shows the key %s", c.ID, lang, encoded, key)
					}
				}
				if strings.Contains(html, "<script") {
					t.Errorf("%s %s %q: markup from outside", c.ID, lang, encoded)
				}
				if _, err := csv.NewReader(strings.NewReader(table)).ReadAll(); err != nil {
					t.Errorf("%s %s %q: %v", c.ID, lang, encoded, err)
				}
				var values map[string]any
				if err := json.Unmarshal([]byte(report.JSON(r)), &values); err != nil || len(values) != len(r.Values) {
					t.Errorf("%s %s %q: %v in %s", c.ID, lang, encoded, err, report.JSON(r))
				}
				again, faults := form.Decode(localized, form.Encode(in.Pairs()))
				if len(faults) > 0 {
					t.Errorf("%s %s %q: its own pairs have faults: %v", c.ID, lang, encoded, faults)
					continue
				}
				if r, _ := c.Compute(again); report.HTML(r, w) != html {
					t.Errorf("%s %s %q: its own pairs give another report", c.ID, lang, encoded)
				}
			}
		}
	}
}

// TestImports holds that what reaches WebAssembly does without the packages that
// make it heavy. Under Brotli fmt costs 137 KB, regexp 118, os 71, time 45 to 57,
// a strings.NewReplacer alone 19.
func TestImports(t *testing.T) {
	list := exec.Command("go", "list", "-deps", "./wasm")
	list.Env = append(list.Environ(), "GOOS=wasip1", "GOARCH=wasm")
	out, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, dependency := range strings.Fields(string(out)) {
		switch dependency {
		case "fmt", "encoding/json", "math/big", "regexp", "os", "time", "net/url", "reflect", "sort", "text/template", "html":
			t.Errorf("calculators/wasm depends on %s", dependency)
		}
	}
}

func TestMoments(t *testing.T) {
	for _, c := range calculators.All() {
		if !slices.Contains(calculators.Moments(), c.Moment) {
			t.Errorf("%s is for no moment of the list: %q", c.ID, c.Moment)
		}
	}
}
