package worksheet

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"playbook/generator/internal/diag"
)

// TestFaults holds every fault of testdata/faults/*.yaml with its line and column:
// each file ends with a comment of what is told.
func TestFaults(t *testing.T) {
	files, err := filepath.Glob("testdata/faults/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			src, want, _ := strings.Cut(string(data), "# Faults\n")
			want = strings.ReplaceAll("\n"+want, "\n# ", "\n")[1:]
			id := strings.TrimSuffix(filepath.Base(file), ".yaml")
			_, faults := compile(t, id, src)
			var got strings.Builder
			for _, f := range faults {
				fmt.Fprintf(&got, "%d:%d: %s", f.Pos.Line, f.Pos.Col, f.Message)
				if f.Help != "" {
					got.WriteString(" | " + f.Help)
				}
				got.WriteByte('\n')
			}
			if got.String() != want {
				t.Errorf("got\n%s\nwant\n%s", got.String(), want)
				if *update {
					var b strings.Builder
					for line := range strings.Lines(got.String()) {
						b.WriteString("# " + line)
					}
					if err := os.WriteFile(file, []byte(src+"# Faults\n"+b.String()), 0o644); err != nil {
						t.Fatal(err)
					}
				}
			}
		})
	}
}

var update = flag.Bool("update", false, "write what the tests expect")

// large is a worksheet with 500 rows and 200 formulas.
func large() string {
	var b strings.Builder
	b.WriteString("title: Large\nrows:\n  deal:\n    label: Deals\n    fields:\n      name: {kind: text, label: Name}\n      value: {kind: money, label: Value}\n      sure: {kind: percent, label: Sure}\n      kind: {kind: choice, label: Kind, options: {a: A, b: B}}\n    formulas: |\n")
	for i := range 40 {
		fmt.Fprintf(&b, "      c%d = value * sure / %d\n", i, i+1)
	}
	b.WriteString("formulas: |\n")
	for i := range 160 {
		fmt.Fprintf(&b, "  v%d = sum(deal.c%d where deal.kind = 'a') as money\n", i, i%40)
	}
	b.WriteString("labels:\n  v0: First\n")
	return b.String()
}

// TestEncoded holds the encoded worksheets that the tests of the WebAssembly run,
// in calculators/testdata/sheets: they are what Compile makes of the examples.
func TestEncoded(t *testing.T) {
	files, err := filepath.Glob("testdata/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	sources := map[string]string{"large": large()}
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		sources[strings.TrimSuffix(filepath.Base(file), ".yaml")] = string(src)
	}
	for id, src := range sources {
		languages := []string{"en", "zh"}
		if id == "large" {
			languages = languages[:1]
		}
		w, faults := Compile(id+".yaml", id, []byte(src), languages, say)
		if len(faults) > 0 {
			t.Fatal(faults)
		}
		at := filepath.Join("..", "..", "..", "calculators", "testdata", "sheets", id+".txt")
		want, err := os.ReadFile(at)
		if got := []byte(w.Calculator.Sheet); err != nil || !bytes.Equal(got, want) {
			if *update {
				if err := os.WriteFile(at, got, 0o644); err != nil {
					t.Fatal(err)
				}
				continue
			}
			t.Errorf("%s is not what is compiled now: go test ./generator/internal/worksheet -update", at)
		}
	}
}

// FuzzCompile holds that no file makes the compiler fail.
func FuzzCompile(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.yaml")
	more, _ := filepath.Glob("testdata/faults/*.yaml")
	for _, file := range append(files, more...) {
		src, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(src))
	}
	f.Fuzz(func(t *testing.T, src string) {
		w, faults := Compile("x.yaml", "x", []byte(src), []string{"en", "zh"}, say)
		if (w == nil) != faults.HasErrors() {
			t.Errorf("%v", faults)
		}
		for _, d := range faults {
			if d.Pos.Line < 1 || d.Pos.Col < 1 || d.Severity != diag.Error {
				t.Errorf("%v", d)
			}
		}
	})
}
