package address

import (
	"strings"
	"testing"

	"playbook/generator/internal/diag"
)

func TestFault(t *testing.T) {
	for path, want := range map[string]string{
		"a/index.html": "", "价/index.html": "", "a b.png": "", ".hidden": "", strings.Repeat("a", 252): "",
		"": "it is empty", "a\xff": "it is not UTF-8", "/a": "it is absolute", `a\b`: "it holds a backslash", "a\tb": "it holds a control character",
		"a:b": "it names a drive", ".playbook.manifest": "the name is kept for the publication itself", ".PlayBook/x": "the name is kept for the publication itself",
		"a//b": "it has an empty part", "a/": "it has an empty part", "a/./b": "it leads elsewhere", "../a": "it leads elsewhere",
		strings.Repeat("a", 253): "a part of it is longer than 252 bytes", strings.Repeat("价", 85): "a part of it is longer than 252 bytes",
		strings.Repeat("a/", 499) + "bb": "",
		strings.Repeat("a/", 500) + "b":  "it is longer than 1000 bytes",
	} {
		if got := Fault(path); got != want {
			t.Errorf("%.60q: %q, want %q", path, got, want)
		}
	}
}

func TestFold(t *testing.T) {
	for _, pair := range [][2]string{{"a", "A"}, {"é", "É"}, {"é", "e\u0301"}, {"s", "ſ"}, {"ς", "Σ"}} {
		if Fold(pair[0]) != Fold(pair[1]) {
			t.Errorf("%q and %q are two", pair[0], pair[1])
		}
	}
	if Fold("a") == Fold("b") || Fold("价") == Fold("值") {
		t.Error("two paths are one")
	}
}

// What is claimed after the others is refused at its owner's place, or, for the
// program's own pages, at the place of who has it.
func TestClaim(t *testing.T) {
	page := func(file string) Owner { return Owner{Pos: diag.Pos{File: file, Line: 1, Col: 1}} }
	list := Owner{What: "the list"}
	for _, c := range []struct {
		name, path string
		by         Owner
		want       string
	}{
		{"the same", "a/index.html", page("b.md"), "b.md:1:1: the address /a/ is already taken by a.md"},
		{"letter case", "A.png", page("A.png"), "A.png:1:1: the address /A.png differs from /a.png, of a.png, only in letter case"},
		{"letter case of a folder", "A/x", page("x"), "x:1:1: the folder of the address /A/x differs from /a, of a.md, only in letter case"},
		{"a folder", "a", page("a"), "a:1:1: the address /a is a folder, in which there is a.md"},
		{"below a file", "a.png/b", page("b"), "b:1:1: the address /a.png/b needs a folder /a.png, which is a file: a.png"},
		{"in a closed folder", "own/x/y", page("y"), "y:1:1: the folder /own/ is kept for the list"},
		{"no path", "a//b", Owner{What: "the alias", Pos: diag.Pos{File: "c.md", Line: 3, Col: 5}}, "c.md:3:5: the alias has no valid address: it has an empty part"},
		{"the program's", "a/index.html", list, "a.md:1:1: the address /a/ is needed for the list"},
		{"free", "a/b/index.html", page("b.md"), ""},
	} {
		var r Registry
		for _, claim := range []*Conflict{r.Claim("a/index.html", page("a.md")), r.Claim("a.png", page("a.png")), r.Close("own", list)} {
			if claim != nil {
				t.Fatal(claim.Diag())
			}
		}
		got := ""
		if conflict := r.Claim(c.path, c.by); conflict != nil {
			got = conflict.Diag().String()
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
