package corpus

import (
	"bytes"
	"io/fs"
	"maps"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func read(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(os.DirFS(dir), name)
		files[name] = string(bytes.TrimSpace(data))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestSameEveryTime(t *testing.T) {
	a, b := t.TempDir(), t.TempDir()
	for _, dir := range []string{a, b} {
		if err := Write(dir, 100); err != nil {
			t.Fatal(err)
		}
	}
	first, second := read(t, a), read(t, b)
	pages, withCode := 0, 0
	for name, text := range first {
		if text != second[name] {
			t.Errorf("%s differs from run to run", name)
		}
		if strings.HasSuffix(name, ".md") {
			pages++
		}
		if strings.Contains(text, "```") {
			withCode++
		}
	}
	if pages != 100 || len(first) != len(second) {
		t.Errorf("%d pages, want 100; %d and %d files", pages, len(first), len(second))
	}
	if withCode < 25 || withCode > 34 {
		t.Errorf("%d of 100 pages have code, want about a third", withCode)
	}
}

// TestDeep: as many pages as asked for, the same every time, deep and uneven, in both
// languages, and every link leads to a page.
func TestDeep(t *testing.T) {
	a, b := t.TempDir(), t.TempDir()
	for _, dir := range []string{a, b} {
		if err := WriteDeep(dir, 1000); err != nil {
			t.Fatal(err)
		}
	}
	first, second := read(t, a), read(t, b)
	link := regexp.MustCompile(`\]\(([^)]+\.md)\)`)
	deepest, chinese, links, in := 0, 0, 0, map[string]int{}
	for name, text := range first {
		if text != second[name] {
			t.Errorf("%s differs from run to run", name)
		}
		dir := path.Dir(name)
		in[dir]++
		deepest = max(deepest, strings.Count(dir, "/"))
		if strings.Contains(text, "。") {
			chinese++
		}
		for _, m := range link.FindAllStringSubmatch(text, -1) {
			if links++; first[path.Join(dir, m[1])] == "" {
				t.Errorf("%s: there is no %s", name, m[1])
			}
		}
	}
	most := slices.Max(slices.Collect(maps.Values(in)))
	if len(first) != 1000 || len(in) < 100 || deepest < 5 || deepest > 7 || most < 40 || chinese < 200 || chinese > 800 || links < 1000 {
		t.Errorf("%d files in %d folders, at most %d in one, %d deep, %d in Chinese, %d links", len(first), len(in), most, deepest, chinese, links)
	}
}
