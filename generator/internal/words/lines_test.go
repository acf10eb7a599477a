package words

import (
	"io/fs"
	"testing"

	"github.com/google/go-cmp/cmp"

	"playbook/templates"
)

// sameWords compares what is read line by line with what the parser reads; false
// for a file that is left to it.
func sameWords(t *testing.T, data string) bool {
	t.Helper()
	p := reader{file: "x.yaml", section: "calc.x", words: map[string]word{}}
	if !p.lines([]byte(data)) {
		return false
	}
	want, faults := parseYAML("x.yaml", "calc.x", []byte(data))
	if diff := cmp.Diff(want, p.words, cmp.AllowUnexported(word{})); diff != "" {
		t.Errorf("%q (-parser +lines)\n%s", data, diff)
	}
	if diff := cmp.Diff(faults, p.faults); diff != "" {
		t.Errorf("%q: faults (-parser +lines)\n%s", data, diff)
	}
	return true
}

func TestLines(t *testing.T) {
	for _, c := range []struct {
		data string
		ours bool
	}{
		{"a: x\n\nb:\n  c: \"y: {n}\"\n  \"yes\": 是\nd: end", true},
		{"a: |\n  one\n    two\n\n  three\n\nb: x {\n", true},
		{"a:\n    b: x\n    c:\n     d: y\ne: z\n", true},
		{"a: x\na: y\n", false},
		{"a: {b: c}\n", false},
		{"a: x\n  more\n", false},
		{"a: x # why\n", false},
		{"a: 7\nb: 0x1F\nc: 1_000\nd: +1.5e3\ne: 2027-01-01\nf: 007\ng: true\n", true},
		{"a: -7\n", false},
		{"a: null\n", false},
		{"a:\nb: x\n", false},
		{"a: >\n  x\n", false},
		{"a:\n  b: x\n c: y\n", false},
		{"a: \"x\\n\"\n", false},
		{"a: x: y\n", false},
		{"- a: x\n", false},
		{"a: x\r\n", false},
		{"", false},
	} {
		if got := sameWords(t, c.data); got != c.ours {
			t.Errorf("%q: read line by line %v", c.data, got)
		}
	}
}

// TestLinesOfTheTheme: what saves the time at a start.
func TestLinesOfTheTheme(t *testing.T) {
	left := 0
	names, err := files(templates.FS)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		data, err := fs.ReadFile(templates.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		if !sameWords(t, string(data)) {
			t.Logf("%s is left to the parser", name)
			left++
		}
	}
	if left > len(names)/10 {
		t.Errorf("%d of %d files are left to the parser", left, len(names))
	}
}

func FuzzLines(f *testing.F) {
	f.Add("a: x\n\nb:\n  c: \"y: {n}\"\n  \"yes\": 是\nd: |\n  one\n   two\n\ne: null\n")
	f.Fuzz(func(t *testing.T, data string) { sameWords(t, data) })
}
