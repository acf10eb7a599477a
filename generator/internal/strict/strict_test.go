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

// What the YAML parser finds is said in an author's words.
func TestExplain(t *testing.T) {
	for src, want := range map[string]string{
		"title: First call: what to ask\n":         "1:8: a colon in a text | put the text in quotation marks",
		"title: a\n  tags: b\n":                    "2:3: this line is not indented like those above it | begin it where line 1 begins, or one above that it belongs to",
		"title: a\n\n minutes: 3\n":                "3:2: this line is not indented like those above it | begin it where line 1 begins, or one above that it belongs to",
		"title: a\n\tb: c\n":                       "2:1: a tab at the beginning of the line | YAML is indented with spaces",
		"\ttitle: a\n":                             "1:1: a tab at the beginning of the line | YAML is indented with spaces",
		"title: \"a\n":                             "1:8: a quotation mark that is not closed | write one at the end of the text, too",
		"title: 'a\nb: c\n":                        "1:8: an apostrophe that begins a text and is not closed | put the text in quotation marks: \"…\"",
		"tags: [a, b\ntitle: x\n":                  "2:1: the [ above is not closed | write ] behind the last entry, and commas between the entries",
		"items:\n  - {a: b\n  - {a: c}\n":          "3:3: the { above is not closed | write } behind the last entry, and commas between the entries",
		"tags: [a\n":                               "1:7: a [ that is not closed | write ] behind the last entry",
		"tags: {a: b":                              "1:7: a { that is not closed | write } behind the last entry",
		"title: a]\nb: ]\n":                        "2:4: a ] without its [ | take it out, or put the text in quotation marks",
		"title: [a]]\n":                            "1:11: a sign that closes nothing | take it out, or put the text in quotation marks",
		"title: a\njust text\n":                    "2:1: this line has no key | write it as key: value, or indent it under the key that it belongs to",
		"title: @a\n":                              "1:8: a text cannot begin with @ | put the text in quotation marks",
		"title: &a\n":                              "1:8: a text cannot begin with & | put the text in quotation marks",
		"title: %a\n":                              "1:8: a text cannot begin with % | put the text in quotation marks",
		"title: > a\n":                             "1:8: a text cannot begin with > | put the text in quotation marks",
		"title: \"He said \"no\" to me\"\n":        "1:18: text behind a closing quotation mark | write \\\" for a quotation mark within \"…\", or use “…”",
		"title: \"a\\q\"\n":                        "1:11: a backslash between quotation marks | write \\\\ for it",
		"title: -\n- a\n":                          "1:8: a list beside its key | write each entry on a line of its own below the key, beginning with - ",
		"tags:\n  - a\n - b\n":                     "3:2: this line is not indented like those above it | begin it where line 2 begins, or one above that it belongs to",
		"items:\n  - l: a\n    v: 1\n   note: x\n": "4:4: this line is not indented like those above it | begin it where line 3 begins, or one above that it belongs to",
		" title: a\nminutes: 3\n":                  "2:1: this line is not indented like those above it | begin it where line 1 begins, or one above that it belongs to",
	} {
		_, r := Read([]byte(src), diag.Pos{File: "f", Line: 1, Col: 1}, "rule", "a thing")
		got := ""
		for _, d := range r.Faults() {
			got += fmt.Sprintf("%d:%d: %s | %s", d.Pos.Line, d.Pos.Col, d.Message, d.Help)
		}
		if got != want {
			t.Errorf("%q\ngot  %s\nwant %s", src, got, want)
		}
	}
}
