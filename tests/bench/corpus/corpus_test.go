package corpus

import (
	"bytes"
	"io/fs"
	"os"
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
