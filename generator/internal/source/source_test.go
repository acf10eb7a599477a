package source

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// A number prefix is one to three digits, then - or _, then a letter.
func TestName(t *testing.T) {
	tests := map[string]string{
		"01-one.md":              "one order 1",
		"1_one.en.md":            "one order 1 en",
		"123-x.md":               "x order 123",
		"1234-x.md":              "1234-x order -1",
		"2027-plan.md":           "2027-plan order -1",
		"965531.md":              "965531 order -1",
		"01-965531.md":           "01-965531 order -1",
		"01.md":                  "01 order -1",
		"1-.md":                  "1 order -1",
		"02-价值等式.zh.md":          "价值等式 order 2 zh",
		"Team List.md":           "team-list order -1",
		"a.fr.md":                "a.fr order -1",
		"03-x/index.en.md":       "x/index order -1 en title",
		"03-x/_index.md":         "x/_index order -1 title",
		"README.md":              "readme order -1 title",
		"en.md":                  "en order -1",
		"x/y.MD":                 "asset",
		"!!!.md":                 "page order -1",
		"a  &  b.markdown":       "a-b order -1",
		"deep/02-er/notes.en.md": "deep/er/notes order -1 en",
		"image.png":              "asset",
		".md":                    "asset",
	}
	for rel, want := range tests {
		f := name("content/", rel, []string{"en", "zh"}, false)
		got := "asset"
		if f.Kind == Markdown {
			got = ""
			for _, d := range f.Dirs {
				got += d.Slug + "/"
			}
			got += fmt.Sprintf("%s order %d", f.Name.Slug, f.Name.Order)
			if f.Lang != "" {
				got += " " + f.Lang
			}
			if f.Title {
				got += " title"
			}
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", rel, got, want)
		}
	}
}

func TestText(t *testing.T) {
	tests := []struct{ name, in, out, fault string }{
		{"plain", "a\n", "a\n", ""},
		{"a byte order mark", "\xef\xbb\xbf中\n", "中\n", ""},
		{"line ends", "a\r\nb\rc\n", "a\nb\nc\n", ""},
		{"not UTF-8", "ok\n中\xe9x\n", "", "f:2:2: the file is not UTF-8: byte 0xE9"},
		{"UTF-16", "\xff\xfea\x00", "", "f:1:1: the file is UTF-16"},
		{"a zero byte", "a\nb\x00", "", "f:2:2: the file holds a zero byte: it is not text"},
		{"empty", "", "", ""},
	}
	for _, tt := range tests {
		out, faults := text("f", []byte(tt.in))
		if tt.fault != "" {
			if len(faults) != 1 || faults[0].String() != tt.fault {
				t.Errorf("%s: got %v, want %s", tt.name, faults, tt.fault)
			}
			continue
		}
		if len(faults) > 0 || string(out) != tt.out {
			t.Errorf("%s: got %q, %v", tt.name, out, faults)
		}
	}
}

func paths(t *Tree) []string {
	var all []string
	for _, f := range t.Files {
		all = append(all, f.Path)
	}
	return all
}

func TestLoad(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{
		"content/site.yaml", "content/index.en.md", "content/b/x.en.md", "content/b/dot.svg", "content/.hidden/x.md",
		"content/.draft.md", "content/node_modules/x.md", "content/public/kept.md", "public/index.html", "templates/pages/x.html", "README.md",
	} {
		text := "text\n"
		if name == "content/site.yaml" {
			text = "title: T\nlanguages: [en, zh]\n"
		}
		write(t, dir, name, text)
	}
	tree, diags, err := Load(dir)
	if err != nil || len(diags) > 0 || tree.Guest {
		t.Fatalf("%v %v guest %v", err, diags, tree.Guest)
	}
	want := []string{"content/b/dot.svg", "content/b/x.en.md", "content/index.en.md", "content/public/kept.md"}
	if diff := cmp.Diff(want, paths(tree)); diff != "" {
		t.Error(diff)
	}
	if got := string(tree.Source("content/b/x.en.md")); got != "text\n" {
		t.Errorf("Source = %q", got)
	}
	if tree.Source("../outside") != nil || tree.Source("content/none.md") != nil {
		t.Error("Source gives what is not the site's")
	}
}

func TestLoadGuest(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "README.md", "x")
	write(t, dir, "public/old.md", "x")
	write(t, dir, "templates/x.md", "x")
	write(t, dir, "sub/templates/x.md", "x")
	tree, _, err := Load(dir)
	if err != nil || !tree.Guest {
		t.Fatalf("%v guest %v", err, tree.Guest)
	}
	if diff := cmp.Diff([]string{"README.md"}, paths(tree)); diff != "" {
		t.Error(diff)
	}
}

func TestLoadRefuses(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "file.md", "x")
	if _, _, err := Load(filepath.Join(dir, "file.md")); err == nil || !strings.Contains(err.Error(), "is a file") {
		t.Errorf("a file as the site: %v", err)
	}
	if _, _, err := Load(filepath.Join(dir, "none")); err == nil {
		t.Error("a folder that is not there")
	}
	if _, diags, err := Load(t.TempDir()); err != nil || len(diags) != 1 || diags[0].Message != "there are no Markdown files here" {
		t.Errorf("an empty folder: %v %v", diags, err)
	}
}

// What did not change is taken over; what did is read again, though it keeps its size.
func TestLoadFrom(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "a.md", "one")
	write(t, dir, "b.md", "two")
	old := time.Now().Add(-time.Hour)
	for _, name := range []string{"a.md", "b.md"} {
		if err := os.Chtimes(filepath.Join(dir, name), old, old); err != nil {
			t.Fatal(err)
		}
	}
	first, _, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	write(t, dir, "b.md", "TWO")
	second, _, err := LoadFrom(dir, first, nil)
	if err != nil {
		t.Fatal(err)
	}
	if &first.Files[0].Data[0] != &second.Files[0].Data[0] {
		t.Error("an unchanged file was read again")
	}
	if string(second.Files[1].Data) != "TWO" || second.Files[1].Hash == first.Files[1].Hash {
		t.Errorf("the change was not seen: %q", second.Files[1].Data)
	}
}

// Told what changed, a second reading looks at nothing else, unless a file came
// or went.
func TestLoadChanged(t *testing.T) {
	dir := t.TempDir()
	path := func(name string) string { return filepath.Join(dir, "content", name) }
	write(t, dir, "content/site.yaml", "title: S")
	write(t, dir, "content/01-a/x.md", "one")
	write(t, dir, "content/01-a/y.md", "two")
	tree, _, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	again := func(changed ...string) map[string]string {
		t.Helper()
		next, faults, err := LoadFrom(dir, tree, changed)
		if err != nil || len(faults) > 0 {
			t.Fatal(err, faults)
		}
		tree = next
		all := map[string]string{}
		for _, f := range tree.Files {
			all[f.Rel] = string(f.Data)
		}
		return all
	}
	write(t, dir, "content/01-a/x.md", "ONE")
	write(t, dir, "content/01-a/y.md", "TWO")
	for _, c := range []struct {
		what    string
		before  func()
		changed []string
		want    map[string]string
	}{
		{"only what is named is read", func() {}, []string{path("01-a/x.md")}, map[string]string{"01-a/x.md": "ONE", "01-a/y.md": "two"}},
		{"templates are no content", func() {}, []string{filepath.Join(dir, "templates/pages/home.html")}, map[string]string{"01-a/x.md": "ONE", "01-a/y.md": "two"}},
		{"a new file", func() { write(t, dir, "content/01-a/z.md", "three") }, []string{path("01-a/z.md")},
			map[string]string{"01-a/x.md": "ONE", "01-a/y.md": "TWO", "01-a/z.md": "three"}},
		{"a new folder", func() { write(t, dir, "content/02-b/x.md", "four") }, []string{path("02-b")},
			map[string]string{"01-a/x.md": "ONE", "01-a/y.md": "TWO", "01-a/z.md": "three", "02-b/x.md": "four"}},
		{"a file goes", func() { os.Remove(path("01-a/z.md")) }, []string{path("01-a/z.md")},
			map[string]string{"01-a/x.md": "ONE", "01-a/y.md": "TWO", "02-b/x.md": "four"}},
		{"a folder goes", func() { os.RemoveAll(path("02-b")) }, []string{path("02-b/x.md"), path("02-b")},
			map[string]string{"01-a/x.md": "ONE", "01-a/y.md": "TWO"}},
		{"languages", func() { write(t, dir, "content/site.yaml", "title: S\nlanguages: [en, zh]") }, []string{path("site.yaml")},
			map[string]string{"01-a/x.md": "ONE", "01-a/y.md": "TWO"}},
	} {
		c.before()
		if diff := cmp.Diff(c.want, again(c.changed...)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.what, diff)
		}
	}
	if got := strings.Join(tree.Settings.Languages, " "); got != "en zh" {
		t.Errorf("the languages are %s", got)
	}
}

func FuzzText(f *testing.F) {
	f.Add([]byte("\xef\xbb\xbfa\r\n\xe9"))
	f.Fuzz(func(t *testing.T, data []byte) {
		out, faults := text("f", data)
		if len(faults) == 0 && strings.ContainsRune(string(out), '\r') {
			t.Errorf("%q keeps a carriage return", data)
		}
		for _, d := range faults {
			if d.Pos.Line < 1 || d.Pos.Col < 1 {
				t.Errorf("%q: a fault without a place", data)
			}
		}
	})
}

func FuzzName(f *testing.F) {
	f.Add("01-x/02_y.zh.md")
	f.Add("价 值/%2e%2e/..md")
	f.Fuzz(func(t *testing.T, rel string) {
		if strings.Contains(rel, "//") || strings.HasPrefix(rel, "/") || strings.ContainsAny(rel, "\x00") {
			t.Skip()
		}
		n := name("", rel, []string{"en", "zh"}, false)
		parts := append([]Part{}, n.Dirs...)
		if n.Kind == Markdown {
			parts = append(parts, n.Name)
		}
		for _, p := range parts {
			if p.Slug == "" || p.Slug == "." || p.Slug == ".." || strings.ContainsAny(p.Slug, "/\\?#%:\" ") {
				t.Errorf("%q gives the slug %q", rel, p.Slug)
			}
		}
	})
}

// A save within the same tick of a coarse clock leaves size and time as they were;
// a file that changed just now is read again all the same.
func TestLoadFromRecent(t *testing.T) {
	for name, test := range map[string]struct {
		age  time.Duration
		want string
	}{"just now": {0, "two"}, "long ago": {time.Hour, "one"}} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			write(t, dir, "a.md", "one")
			at := time.Now().Add(-test.age)
			stamp := func() {
				if err := os.Chtimes(filepath.Join(dir, "a.md"), at, at); err != nil {
					t.Fatal(err)
				}
			}
			stamp()
			before, _, err := LoadFrom(dir, nil, nil)
			if err != nil {
				t.Fatal(err)
			}
			write(t, dir, "a.md", "two")
			stamp()
			after, _, err := LoadFrom(dir, before, nil)
			if err != nil {
				t.Fatal(err)
			}
			if got := string(after.Files[0].Text()); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// A link is read only where its target lies in the site.
func TestLoadLinks(t *testing.T) {
	outside := t.TempDir()
	write(t, outside, "secret.md", "secret")
	dir := t.TempDir()
	write(t, dir, "a.md", "a")
	for name, target := range map[string]string{"in.md": filepath.Join(dir, "a.md"), "out.md": filepath.Join(outside, "secret.md")} {
		if err := os.Symlink(target, filepath.Join(dir, name)); err != nil {
			t.Skip(err)
		}
	}
	tree, diags, err := LoadFrom(dir, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range tree.Files {
		if strings.Contains(string(f.Text()), "secret") {
			t.Errorf("%s is read", f.Path)
		}
	}
	if !strings.Contains(fmt.Sprint(diags), "out.md") || strings.Contains(fmt.Sprint(diags), "in.md") {
		t.Error(diags)
	}
}

// A guest's file in another encoding is read, with one warning; what is no text is shown
// as far as it is.
func TestGuestEncodings(t *testing.T) {
	for _, c := range []struct{ name, bytes, text, says string }{
		{"UTF-16 with a mark", "\xff\xfe#\x00 \x00\xfc\x00\n\x00", "# ü\n", "read as utf-16le"},
		{"UTF-16 without one", "#\x00 \x00a\x00b\x00c\x00\n\x00", "# abc\n", "read as utf-16le"},
		{"Windows-1252", "# M\xfcller & S\xf6hne, K\xf6ln\n", "# Müller & Söhne, Köln\n", "read as windows-1252"},
		{"GB18030", "# \xcf\xfa\xca\xdb\xca\xd6\xb2\xe1\n", "# 销售手册\n", "read as gb18030"},
		{"a zero byte", "# Zero\n\na\x00b and more of it\n", "# Zero\n\nab and more of it\n", "zero byte"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, "a.md"), []byte(c.bytes), 0o666); err != nil {
				t.Fatal(err)
			}
			tree, diags, err := Load(dir)
			if err != nil {
				t.Fatal(err)
			}
			if got := string(tree.Files[0].Text()); got != c.text {
				t.Errorf("read %q, want %q", got, c.text)
			}
			if len(diags) != 1 || diags.HasErrors() || !strings.Contains(diags[0].Message, c.says) {
				t.Errorf("reported %v, want one warning with %q", diags, c.says)
			}
		})
	}
}
