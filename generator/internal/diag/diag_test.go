package diag

import (
	"strings"
	"testing"
)

func TestPrint(t *testing.T) {
	source := func(file string) []byte {
		if file == "a.md" {
			return []byte("one\n\tta`b\n价值等式 x\r\n" + strings.Repeat("long ", 60) + "end\n\x1b[31mred\n")
		}
		return nil
	}
	tests := []struct {
		name string
		d    Diag
		want string
	}{
		{"caret after a tab", Diag{Pos: Pos{"a.md", 2, 4}, Message: "unclosed code", Help: "close it"}, "a.md:2:4: unclosed code\n        ta`b\n          ^\n    close it\n"},
		{"caret under Han", Diag{Pos: Pos{"a.md", 3, 3}, Severity: Warning, Message: "term"}, "a.md:3:3: warning: term\n    价值等式 x\n        ^\n"},
		{"past the end of the line", Diag{Pos: Pos{"a.md", 1, 99}, Message: "m"}, "a.md:1:99: m\n    one\n       ^\n"},
		{"past the end of the file", Diag{Pos: Pos{"a.md", 99, 1}, Message: "m"}, "a.md:99:1: m\n"},
		{"the whole file", Diag{Pos: Pos{File: "a.md"}, Message: "m"}, "a.md: m\n"},
		{"no file", Diag{Message: "m"}, "m\n"},
		{"no source", Diag{Pos: Pos{"b.md", 1, 1}, Message: "m"}, "b.md:1:1: m\n"},
		{"control characters", Diag{Pos: Pos{"a.md", 5, 2}, Message: "m"}, "a.md:5:2: m\n    \uFFFD[31mred\n     ^\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var b strings.Builder
			if err := Print(&b, List{tt.d}, source); err != nil {
				t.Fatal(err)
			}
			if b.String() != tt.want {
				t.Errorf("got\n%s\nwant\n%s", b.String(), tt.want)
			}
		})
	}

	var b strings.Builder
	if err := Print(&b, List{{Pos: Pos{"a.md", 4, 250}, Message: "far right"}}, source); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(b.String(), "\n")
	if len([]rune(lines[1])) > 4+excerptWidth+2 || !strings.HasPrefix(lines[1], "    …") || !strings.Contains(lines[2], "^") {
		t.Errorf("a long line is not cut around its place:\n%s", b.String())
	}
}

func TestSortAndCount(t *testing.T) {
	l := List{
		{Pos: Pos{"b.md", 1, 1}, Message: "4"},
		{Pos: Pos{"a.md", 2, 1}, Severity: Warning, Message: "3"},
		{Pos: Pos{"a.md", 1, 9}, Message: "2"},
		{Pos: Pos{"a.md", 1, 2}, Message: "1"},
	}
	l.Sort()
	for i, want := range []string{"1", "2", "3", "4"} {
		if l[i].Message != want {
			t.Errorf("place %d holds %s", i, l[i].Message)
		}
	}
	if e, w := l.Count(); e != 3 || w != 1 || !l.HasErrors() {
		t.Errorf("Count = %d, %d", e, w)
	}
	if (List{{Severity: Warning}}).HasErrors() {
		t.Error("a warning is no error")
	}
}

func TestClosest(t *testing.T) {
	ids := []string{"value-equation", "plan-965531", "buying-roles"}
	for name, want := range map[string]string{
		"value-equaton": "value-equation", "plan-956531": "plan-965531", "valueequation": "value-equation",
		"swot": "", "": "", "value-equation": "",
	} {
		if got := Closest(name, ids); got != want {
			t.Errorf("Closest(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestGuard(t *testing.T) {
	if faults := Guard("a.md", func() {}); faults != nil {
		t.Errorf("no panic gives %v", faults)
	}
	faults := Guard("a.md", func() { panic("out of range") })
	if got := faults[0].String(); len(faults) != 1 || got != "a.md:1:1: the program fails at this file: out of range" {
		t.Errorf("got %s", got)
	}
}

// A list without end is cut, and no error behind warnings.
func TestPrintMany(t *testing.T) {
	var list List
	for i := range 3_000 {
		list = append(list, Warnf(Pos{File: "a.md", Line: i + 1, Col: 1}, "rule", "w"))
	}
	list = append(list, Errorf(Pos{File: "b.md", Line: 1, Col: 1}, "rule", "e"))
	var b strings.Builder
	if err := Print(&b, list, nil); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(b.String()), "\n")
	if len(lines) != 1_001 || lines[0] != "a.md:1:1: warning: w" || lines[999] != "b.md:1:1: e" || lines[1_000] != "… and 2001 more" {
		t.Errorf("%d lines, from %q to %q and %q", len(lines), lines[0], lines[len(lines)-2], lines[len(lines)-1])
	}
}
