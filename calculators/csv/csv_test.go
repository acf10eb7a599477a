package csv

import (
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// all reads a text: a line for each record with its number.
func all(text string) string {
	r := New(text)
	out := fmt.Sprintf("%q\n", r.Comma)
	for r.Next() {
		out += fmt.Sprintf("%d %q\n", r.Line, r.Fields)
	}
	if r.Open > 0 {
		out += fmt.Sprintf("open %d\n", r.Open)
	}
	return out
}

func TestReader(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"", "','\n"},
		{"\uFEFFa,b\r\n1,2\r\n", "','\n1 [\"a\" \"b\"]\n2 [\"1\" \"2\"]\n"},
		{"a;b\n1,5;2\n3;4", "';'\n1 [\"a\" \"b\"]\n2 [\"1,5\" \"2\"]\n3 [\"3\" \"4\"]\n"},
		{"a\tb\n1\t", "'\\t'\n1 [\"a\" \"b\"]\n2 [\"1\" \"\"]\n"},
		{"sep=|\r\na,b|c\n", "'|'\n2 [\"a,b\" \"c\"]\n"},
		{"a,b\n\n\r\n1,2\r3,4\n", "','\n1 [\"a\" \"b\"]\n4 [\"1\" \"2\"]\n5 [\"3\" \"4\"]\n"},
		{"a,b\n\"two\nlines\",\"say \"\"no\"\"\"\nx,\"\"\n", "','\n1 [\"a\" \"b\"]\n2 [\"two\\nlines\" \"say \\\"no\\\"\"]\n4 [\"x\" \"\"]\n"},
		{"a,b\n5\" pipe,\"x\"y\n", "','\n1 [\"a\" \"b\"]\n2 [\"5\\\" pipe\" \"xy\"]\n"},
		{"a,b\n1\n1,2,3\n", "','\n1 [\"a\" \"b\"]\n2 [\"1\"]\n3 [\"1\" \"2\" \"3\"]\n"},
		{"a,b\n1,2\n3,\"open\n4,5\n", "','\n1 [\"a\" \"b\"]\n2 [\"1\" \"2\"]\n3 [\"3\" \"open\\n4,5\\n\"]\nopen 3\n"},
		{"Report: Won, lost and open deals\nAs of 2026-03-01, 9:00\n\nid;amount\n1;2,5\n2;3\nTotal;5,5\n", "';'\n1 [\"Report: Won, lost and open deals\"]\n2 [\"As of 2026-03-01, 9:00\"]\n4 [\"id\" \"amount\"]\n5 [\"1\" \"2,5\"]\n6 [\"2\" \"3\"]\n7 [\"Total\" \"5,5\"]\n"},
		{"one column\nalone\n", "','\n1 [\"one column\"]\n2 [\"alone\"]\n"},
		{"\"a;b\",c\n\"d;e\",f\n", "','\n1 [\"a;b\" \"c\"]\n2 [\"d;e\" \"f\"]\n"},
	} {
		if got := all(test.text); got != test.want {
			t.Errorf("%q:\ngot  %swant %s", test.text, got, test.want)
		}
	}
}

// FuzzReader holds what encoding/csv reads against this package.
func FuzzReader(f *testing.F) {
	f.Add("a,b\n\"x\"\"y\n\",2\n")
	f.Add("sep=;\na;b")
	f.Add("a,\"b")
	f.Add("\r\n,\r")
	f.Fuzz(func(t *testing.T, text string) {
		r := New(text)
		var got [][]string
		line := 0
		for r.Next() {
			if r.Line <= line || len(r.Fields) == 0 {
				t.Fatalf("%q: line %d after %d", text, r.Line, line)
			}
			line = r.Line
			got = append(got, slices.Clone(r.Fields))
		}
		if strings.Contains(text, "\r") || strings.HasPrefix(text, "sep=") || strings.HasPrefix(text, "\uFEFF") {
			return // encoding/csv takes these for what they are not
		}
		std := csv.NewReader(strings.NewReader(text))
		std.Comma, std.FieldsPerRecord = rune(r.Comma), -1
		want, err := std.ReadAll()
		if err != nil {
			return // what it refuses is read in some way
		}
		if fmt.Sprintf("%q", got) != fmt.Sprintf("%q", want) {
			t.Fatalf("%q:\ngot  %q\nwant %q", text, got, want)
		}
	})
}

// TestCopies holds that reading does not copy: a field costs no allocation.
func TestCopies(t *testing.T) {
	text := strings.Repeat("abc,def,\"ghi\"\n", 1000)
	n := testing.AllocsPerRun(10, func() {
		for r := New(text); r.Next(); {
		}
	})
	if n > 40 {
		t.Errorf("%v allocations", n)
	}
}
