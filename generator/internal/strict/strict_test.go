package strict

import (
	"fmt"
	"strings"
	"testing"

	"playbook/generator/internal/diag"
)

// read asks for one key of every kind and returns what it got and the faults.
func read(src string) (got, faults string) {
	o, r := Read([]byte(src), diag.Pos{File: "f", Line: 10, Col: 1}, "rule", "a thing")
	if o != nil {
		got = fmt.Sprintf("%q %v %d %v %q", o.Text("text"), o.Bool("bool"), o.Whole("whole", 1), o.Numbers("numbers", 0), o.TextOrTexts("texts"))
		if m := o.Map("map"); m != nil {
			for _, e := range m.Rest() {
				got += fmt.Sprintf(" %s=%s@%d:%d", e.Key, e.Value, e.ValueAt.Line, e.ValueAt.Col)
			}
		}
		o.End()
	}
	var b strings.Builder
	for _, d := range r.Faults() {
		fmt.Fprintf(&b, "%d:%d: %s\n", d.Pos.Line, d.Pos.Col, d.Message)
	}
	return got, b.String()
}

func TestRead(t *testing.T) {
	tests := []struct{ name, src, got, faults string }{
		{"everything", "text: a b\nbool: true\nwhole: 3\nnumbers: [1, 2.5]\ntexts: one\nmap:\n  x: 1\n  y: two\n  z:\n",
			`"a b" true 3 [1 2.5] ["one"] x=1@16:6 y=two@17:6 z=@18:3`, ""},
		{"nothing", "", `"" false 0 [] []`, ""},
		{"only a comment", "# nothing\n", `"" false 0 [] []`, ""},
		{"unknown keys", "txet: a\nbool: true\nother: 1\n", `"" true 0 [] []`,
			"10:1: unknown key \"txet\" (did you mean \"text\"?)\n12:1: unknown key \"other\"\n"},
		{"twice", "text: a\ntext: b\n", `"a" false 0 [] []`, "11:1: key \"text\" is given twice\n"},
		{"wrong kinds", "text: [a]\nbool: perhaps\nwhole: 0\nnumbers: 1\nmap: x\n", `"" false 0 [] []`,
			"10:7: \"text\" must be a text\n11:7: \"bool\" must be true or false\n12:8: \"whole\" must be a whole number of at least 1\n13:10: \"numbers\" must be a list\n14:6: \"map\" is written as keys with values\n"},
		{"a list of keys is no map", "- a\n- b\n", "", "10:1: a thing is written as keys with values\n"},
		{"two documents", "text: a\n---\ntext: b\n", "", "11:1: a thing is one YAML document\n"},
		{"too large", "whole: 1e999\n", `"" false 0 [] []`, "10:8: \"whole\" is too large: \"1e999\"\n"},
		{"a large text", "text: a\n" + strings.Repeat("# a\n", 20_000), "", "10:1: a thing has more than 64 KB\n"},
		{"a long line", "bool: true\ntext: " + strings.Repeat("a: ", 5_000), "", "11:1: a thing has a line of more than 10000 bytes\n"},
		{"deep brackets", "text: " + strings.Repeat("[", 60), "", "10:55: a thing has more than 50 levels\n"},
		{"deep lists", "text:\n" + strings.Repeat("- ", 60) + "a\n", "", "11:1: a thing has more than 50 levels\n"},
		{"deep keys", func() (s string) {
			for i := range 60 {
				s += strings.Repeat(" ", i) + "a:\n"
			}
			return s
		}(), "", "59:1: a thing has more than 50 levels\n"},
		{"brackets in many lines", "texts:\n- \"[[ ]] }} {{x}}\"\n" + strings.Repeat("# [[ ]]\n", 60), `"" false 0 [] ["[[ ]] }} {{x}}"]`, ""},
		{"a long word", "text: " + strings.Repeat("长", 2_001), `"" false 0 [] []`, "10:7: \"text\" is longer than 2000 characters\n"},
		{"control characters", "text: \"a\\x07b\"\n", `"ab" false 0 [] []`, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, faults := read(tt.src)
			if got != tt.got || faults != tt.faults {
				t.Errorf("got  %s\nwant %s\nfaults\n%swant\n%s", got, tt.got, faults, tt.faults)
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{"text: a\nmap: {x: 1}\n", "a: &x [*x]\n", "? a\n: b\n", "- - -", "{", "a: |\n  b\n c", "!!binary x: <<: y"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, src string) { read(src) })
}
