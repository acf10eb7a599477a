package words

import (
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"playbook/generator/internal/diag"
)

func theme(files ...string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for i := 0; i < len(files); i += 2 {
		fsys["i18n/"+files[i]] = &fstest.MapFile{Data: []byte(files[i+1])}
	}
	return fsys
}

const en = `language: {name: English, tag: en, spaces: true}
ui:
  next: Next
  minutes: "{n} {n?minute|minutes}"
  brace: "{{literally}}"
  two: |
    first
    second
  number: 7
`

func listing(list diag.List) string {
	var b strings.Builder
	for _, d := range list {
		sev := "error"
		if d.Severity == diag.Warning {
			sev = "warning"
		}
		fmt.Fprintf(&b, "%s:%d:%d: %s: %s\n", d.Pos.File, d.Pos.Line, d.Pos.Col, sev, d.Message)
	}
	return b.String()
}

// all loads a theme and compares all of its languages.
func all(layer fs.FS) (map[string]*Table, diag.List) {
	tables, faults := Load(layer, fstest.MapFS{}) // as if it were the author's: the theme's own are not compared
	var calculators []string
	for id := range tables[Languages(tables)[0]].calculators {
		calculators = append(calculators, id)
	}
	return tables, append(faults, Compare(tables, Languages(tables), calculators)...)
}

func TestSay(t *testing.T) {
	tables, faults := Load(theme("en.yaml", en))
	if len(faults) > 0 {
		t.Fatal(listing(faults))
	}
	w := tables["en"]
	if w.Name != "English" || w.Tag != "en" || !w.Spaces {
		t.Errorf("introduced as %q %q %v", w.Name, w.Tag, w.Spaces)
	}
	for _, c := range []struct {
		key  string
		args []any
		want string
	}{
		{"ui.next", nil, "Next"},
		{"ui.minutes", []any{"n", 1}, "1 minute"},
		{"ui.minutes", []any{"n", "1"}, "1 minute"},
		{"ui.minutes", []any{"n", 0}, "0 minutes"},
		{"ui.minutes", []any{"n", 21}, "21 minutes"},
		{"ui.minutes", nil, "{n} {n?minute|minutes}"},
		{"ui.brace", nil, "{literally}"},
		{"ui.two", nil, "first\nsecond"},
		{"ui.number", nil, "7"},
		{"ui.nobody", nil, "ui.nobody"},
	} {
		if got := w.Say(c.key, c.args...); got != c.want {
			t.Errorf("Say(%q, %v) = %q, want %q", c.key, c.args, got, c.want)
		}
	}
	if got := w.Get("ui.nobody"); got != "" {
		t.Errorf("Get of an unknown key = %q", got)
	}
}

// A word that a language lacks is that of the first; a third language needs a
// file and no Go.
func TestLanguages(t *testing.T) {
	tables, faults := all(theme("en.yaml", en,
		"de.yaml", "language: {name: Deutsch, tag: de}\nui:\n  next: Weiter\n  minutes: \"{m} Minuten\"\n  extra: zu viel\n",
		"zh.yaml", strings.NewReplacer("English", "简体中文", "tag: en", "tag: zh-Hans", "spaces: true", "spaces: false", "Next", "下一页").Replace(en)))
	if got := listing(faults); got != `templates/i18n/de.yaml:5:10: warning: unknown word "ui.extra"
templates/i18n/de.yaml:4:12: warning: unknown argument {m} in "ui.minutes"
templates/i18n/de.yaml:5:10: warning: missing word "ui.brace"
templates/i18n/de.yaml:5:10: warning: missing word "ui.number"
templates/i18n/de.yaml:5:10: warning: missing word "ui.two"
` {
		t.Errorf("faults:\n%s", got)
	}
	if got := fmt.Sprint(Languages(tables)); got != "[en de zh]" {
		t.Errorf("Languages = %s", got)
	}
	if got := tables["de"].Get("ui.brace"); got != "{{literally}}" {
		t.Errorf("gap = %q", got)
	}
	if z := tables["zh"]; z.Spaces || z.Tag != "zh-Hans" || z.Get("ui.next") != "下一页" {
		t.Errorf("zh = %+v", z)
	}
}

// An author changes one word without copying the others.
func TestLayers(t *testing.T) {
	tables, faults := Load(theme("en.yaml", "ui: {next: Onwards}\n"), theme("en.yaml", en))
	if len(faults) > 0 {
		t.Fatal(listing(faults))
	}
	if w := tables["en"]; w.Get("ui.next") != "Onwards" || w.Say("ui.minutes", "n", 2) != "2 minutes" || w.Name != "English" {
		t.Errorf("got %q, %q, %q", w.Get("ui.next"), w.Say("ui.minutes", "n", 2), w.Name)
	}
}

// TestSections holds that a calculator's words have a file of their own.
func TestSections(t *testing.T) {
	tables, faults := all(theme("en.yaml", en, "en/funnel.yaml", "title: Funnel\nfield: {quota: Quota}\n",
		"zh.yaml", strings.Replace(en, "tag: en", "tag: zh", 1), "zh/funnel.yaml", "title: 漏斗\nfield: {quotas: 任务}\n", "zh/bare.yaml", "words\n"))
	if got := tables["zh"].Get("calc.funnel.title") + tables["en"].Get("calc.funnel.field.quota"); got != "漏斗Quota" {
		t.Errorf("got %q", got)
	}
	if got := listing(faults); got != `templates/i18n/zh/bare.yaml:1:1: error: a file of words is written as keys with values
templates/i18n/zh/bare.yaml:1:1: warning: there is no calculator "bare"
templates/i18n/zh/funnel.yaml:2:17: warning: unknown word "calc.funnel.field.quotas"
templates/i18n/zh/funnel.yaml:2:17: warning: missing word "calc.funnel.field.quota"
` {
		t.Errorf("got\n%s", got)
	}
}

// A site's own words are compared among its own languages.
func TestCompare(t *testing.T) {
	zh := strings.NewReplacer("tag: en", "tag: zh").Replace(en)
	base := theme("en.yaml", en, "zh.yaml", zh, "en/funnel.yaml", "title: Funnel\nfield: {quota: Quota}\n", "zh/funnel.yaml", "title: 漏斗\nfield: {quota: 任务}\n")
	for _, c := range []struct{ name, code, own, languages, want string }{
		{"an own word", "en.yaml", "ui: {extra: Extra}\n", "en", ""},
		{"an own word of a language that the site has not", "en.yaml", "ui: {extra: Extra}\n", "zh", ""},
		{"an own word of another language", "zh.yaml", "ui: {extra: 另}\n", "zh", ""},
		{"an own word of one of two", "en.yaml", "ui: {extra: Extra}\n", "en zh", "templates/i18n/zh.yaml:9:11: warning: missing word \"ui.extra\"\n"},
		{"an own word of the other of two", "zh.yaml", "ui: {extra: 另}\n", "en zh", "templates/i18n/zh.yaml:1:13: warning: unknown word \"ui.extra\"\n"},
		{"a misspelt word", "en.yaml", "ui: {nxet: On}\n", "en", "templates/i18n/en.yaml:1:12: warning: unknown word \"ui.nxet\"\n"},
		{"another name of a mark", "en.yaml", "ui: {quiz: {mark: {hint: Clue}}}\n", "en zh", ""},
		{"a misspelt mark", "en.yaml", "ui: {quiz: {mark: {hnt: Clue}}}\n", "en", "templates/i18n/en.yaml:1:25: warning: unknown word \"ui.quiz.mark.hnt\"\n"},
		{"an argument", "zh.yaml", "ui: {next: \"{n}\"}\n", "en zh", "templates/i18n/zh.yaml:1:12: warning: unknown argument {n} in \"ui.next\"\n"},
		{"a third language", "fr.yaml", strings.ReplaceAll(en, "  number: 7\n", ""), "fr", "templates/i18n/fr.yaml:6:8: warning: missing word \"ui.number\"\ntemplates/i18n/fr.yaml:1:1: warning: there are no words of the calculator \"funnel\"\n"},
		{"a language without words", "en.yaml", "", "en xx", ""},
	} {
		tables, faults := Load(theme(c.code, c.own), base)
		faults = slices.DeleteFunc(faults, func(d diag.Diag) bool { return c.own == "" })
		if got := listing(append(faults, Compare(tables, strings.Fields(c.languages), []string{"funnel"})...)); got != c.want {
			t.Errorf("%s:\n%swant\n%s", c.name, got, c.want)
		}
	}
}

// A loader that loads again gives what a new one gives.
func TestLoader(t *testing.T) {
	var l Loader
	for _, text := range []string{en, en + "extra: {a b}\n", en} {
		fsys := theme("en.yaml", en, "zh.yaml", text)
		_, want := Load(fsys)
		tables, got := l.Load([]string{"en", "zh"}, fsys)
		if listing(got) != listing(want) || tables["zh"].Get("ui.next") != "Next" || len(l.files) != 2 {
			t.Errorf("got %s, want %s, %d files kept", listing(got), listing(want), len(l.files))
		}
	}
}

func TestFaults(t *testing.T) {
	for _, c := range []struct{ name, src, want string }{
		{"list", "language: {name: E, tag: en}\nui: [a, b]\n", "templates/i18n/en.yaml:2:5: error: \"ui\" must be a text\n"},
		{"twice", "language: {name: E, tag: en}\nui: a\nui: b\n", "templates/i18n/en.yaml:3:1: error: key \"ui\" is given twice\n"},
		{"an own language", "language: {name: E, tag: e n, dir: up, script: Han!, spaces: maybe, speed: fast, letters: A B a 1, quotes: “, wide-marks: ab, font-text: \"a;b\", font: x}\n", `templates/i18n/en.yaml:1:26: error: language.tag is no language tag: "e n"
templates/i18n/en.yaml:1:36: error: language.dir cannot be "up"
templates/i18n/en.yaml:1:48: error: language.script cannot be "Han!"
templates/i18n/en.yaml:1:62: error: language.spaces cannot be "maybe"
templates/i18n/en.yaml:1:76: error: language.speed cannot be "fast"
templates/i18n/en.yaml:1:91: error: language.letters cannot have "a"
templates/i18n/en.yaml:1:91: error: language.letters cannot have "1"
templates/i18n/en.yaml:1:108: error: language.quotes cannot be "“"
templates/i18n/en.yaml:1:123: error: language.wide-marks cannot have "ab"
templates/i18n/en.yaml:1:138: error: language.font-text is no list of fonts
templates/i18n/en.yaml:1:151: error: unknown key "font" of a language
`},
		{"unclosed", "language: {name: E, tag: en}\nui: \"a {n\"\n", "templates/i18n/en.yaml:2:5: error: unclosed { in \"ui\"\n"},
		{"stray", "language: {name: E, tag: en}\nui: \"a } b\"\n", "templates/i18n/en.yaml:2:5: error: stray } in \"ui\"\n"},
		{"forms", "language: {name: E, tag: en}\nui: \"{n?one}\"\n", "templates/i18n/en.yaml:2:5: error: malformed {n?one} in \"ui\"\n"},
		{"bare", "hello\n", "templates/i18n/en.yaml:1:1: error: a file of words is written as keys with values\ntemplates/i18n/en.yaml:1:1: error: language.name is missing\ntemplates/i18n/en.yaml:1:1: error: language.tag is missing\n"},
		{"control", "language: {name: E, tag: en}\nui: {a: \"b\\0c\", d: \"e\\tf\"}\n", "templates/i18n/en.yaml:2:9: error: a control character in \"ui.a\"\n"},
		{"empty", "", "templates/i18n/en.yaml:1:1: error: language.name is missing\ntemplates/i18n/en.yaml:1:1: error: language.tag is missing\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, faults := Load(theme("en.yaml", c.src))
			if got := listing(faults); got != c.want {
				t.Errorf("got\n%swant\n%s", got, c.want)
			}
		})
	}
	if _, faults := Load(fstest.MapFS{}); listing(faults) != "templates/i18n:0:0: error: the theme has no language\n" {
		t.Errorf("no language: %s", listing(faults))
	}
}

// The theme's own languages have the same words, with the same arguments.
func TestTheme(t *testing.T) {
	tables, faults := all(os.DirFS("../../../templates"))
	if len(faults) > 0 {
		t.Errorf("faults:\n%s", listing(faults))
	}
	for _, code := range []string{"en", "zh"} {
		if tables[code] == nil {
			t.Errorf("no language %s", code)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(en)
	f.Add("ui: &a [*a]\n")
	f.Add("ui: {n: \"{a?b|c}}\"}\n--- \n? [x]\n: y")
	f.Fuzz(func(t *testing.T, src string) {
		words, _ := parse("i18n/en.yaml", []byte(src))
		for _, w := range words {
			expand(w.text, "", []any{"n", 1})
		}
	})
}

func FuzzExpand(f *testing.F) {
	f.Add("{n} {n?minute|minutes} {{x}}")
	f.Add("{n?{a}|}")
	f.Fuzz(func(t *testing.T, s string) {
		all, fault := pieces(s)
		if fault != "" {
			return
		}
		var b strings.Builder
		for _, p := range all {
			if p.name == "" {
				b.WriteString(strings.NewReplacer("{", "{{", "}", "}}").Replace(p.text))
			} else {
				b.WriteString(p.text)
			}
		}
		if again, _ := pieces(b.String()); fmt.Sprint(again) != fmt.Sprint(all) {
			t.Errorf("%q reads %+v, written back %q reads %+v", s, all, b.String(), again)
		}
	})
}

// What a word is put together from is not cut up in memory: pages say hundreds.
func TestExpandAllocations(t *testing.T) {
	args := []any{"n", 25}
	if n := testing.AllocsPerRun(10, func() { expand("{n} {n?minute|minutes} {{x}} – {m}", "", args) }); n > 5 {
		t.Errorf("%.0f allocations", n)
	}
}
