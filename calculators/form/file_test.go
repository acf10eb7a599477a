package form

import (
	"strings"
	"testing"
)

// TestFile holds that a file's text stays as it is, within its bound.
func TestFile(t *testing.T) {
	f := (&Form{ID: "x", Fields: []Field{{Name: "file", Kind: File, Optional: true, Default: "@sample", Max: 20}}}).In(func(key string) string { return key + "\n" })
	for encoded, want := range map[string]string{
		"": "calc.x.sample\n", "file=": "", "file=a%09b%0D%0A++c%00": "a\tb\r\n  c\x00", "file=%FF": "\xff",
	} {
		in, faults := Decode(f, encoded)
		if got := in.Text("file"); got != want || len(faults) > 0 {
			t.Errorf("%q: %q, %v; want %q", encoded, got, faults, want)
		}
		again, _ := Decode(f, Encode(in.Pairs()))
		if again.Text("file") != want {
			t.Errorf("%q: its own pairs give %q", encoded, again.Text("file"))
		}
	}
	if _, faults := Decode(f, "file="+strings.Repeat("x", 21)); len(faults) != 1 || faults[0].Key != "large" || faults[0].Args[0].Value != "20" {
		t.Error(faults)
	}
}
