// Package calctest is what the tests of the calculators share: the words of the
// theme, and the cases that run natively and through the WebAssembly that ships.
package calctest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/goccy/go-yaml"

	"playbook/calculators/form"
	"playbook/calculators/report"
)

// Languages are the languages of the theme.
func Languages(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root(), "templates", "i18n", "*.yaml"))
	if err != nil || len(files) < 2 {
		t.Fatalf("languages: %v, %v", files, err)
	}
	var all []string
	for _, f := range files {
		all = append(all, strings.TrimSuffix(filepath.Base(f), ".yaml"))
	}
	return all
}

// words are the languages that have been read.
var words sync.Map

// Words returns every word of a language by its dotted key. The map is shared:
// nobody writes to it.
func Words(t testing.TB, lang string) map[string]string {
	t.Helper()
	if known, ok := words.Load(lang); ok {
		return known.(map[string]string)
	}
	all := readWords(t, lang)
	words.Store(lang, all)
	return all
}

func readWords(t testing.TB, lang string) map[string]string {
	t.Helper()
	words := map[string]string{}
	i18n := filepath.Join(root(), "templates", "i18n")
	read(t, words, "", filepath.Join(i18n, lang+".yaml"))
	own, err := filepath.Glob(filepath.Join(i18n, lang, "*.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range own {
		read(t, words, "calc."+strings.TrimSuffix(filepath.Base(f), ".yaml")+".", f)
	}
	return words
}

func read(t testing.TB, into map[string]string, prefix, file string) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var tree map[string]any
	if err := yaml.Unmarshal(data, &tree); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	flatten(into, prefix, tree)
}

func flatten(into map[string]string, prefix string, tree map[string]any) {
	for key, v := range tree {
		switch v := v.(type) {
		case map[string]any:
			flatten(into, prefix+key+".", v)
		case string:
			into[prefix+key] = v
		}
	}
}

// Get is words as a lookup.
func Get(words map[string]string) func(key string) string {
	return func(key string) string { return words[key] }
}

// Compute decodes an encoding in a language and computes it.
func Compute(t testing.TB, f *form.Form, compute func(*form.Input) (*report.Result, []form.Fault), lang, encoded string) (*report.Result, []form.Fault) {
	t.Helper()
	in, faults := form.Decode(f.In(Get(Words(t, lang))), encoded)
	if len(faults) > 0 {
		return nil, faults
	}
	return compute(in)
}

// Values is a result's values as JSON, or the faults, each in a line.
func Values(r *report.Result, faults []form.Fault) string {
	if len(faults) == 0 {
		return report.JSON(r)
	}
	var b strings.Builder
	for _, f := range faults {
		fmt.Fprintf(&b, "%s: %s %v\n", f.Field, f.Key, f.Args)
	}
	return b.String()
}

// Link stands for the addresses of modules.
func Link(module string) string { return "../../" + module + "/index.html" }

// root is the repository's folder: tests run in their package's, and a program
// built with -trimpath does not know where its source is.
func root() string {
	dir, err := os.Getwd()
	for err == nil && dir != filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		dir = filepath.Dir(dir)
	}
	return "."
}

// Cases returns the encodings of calculators/testdata/ID.txt: one a line, blank
// lines and lines that begin with "#" left out. "default" stands for the empty
// encoding.
func Cases(t testing.TB, id string) []string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(root(), "calculators", "testdata", id+".txt"))
	if err != nil {
		t.Fatalf("every calculator has its cases: %v", err)
	}
	var all []string
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		if line == "default" {
			all = append(all, "")
		} else if line != "" && line[0] != '#' {
			all = append(all, line)
		}
	}
	return all
}

// Sheets returns the encoded worksheets of calculators/testdata/sheets, by id.
func Sheets(t testing.TB) map[string]string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root(), "calculators", "testdata", "sheets", "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	all := map[string]string{}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all[strings.TrimSuffix(filepath.Base(file), ".txt")] = string(data)
	}
	return all
}
