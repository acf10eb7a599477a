package history

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRead(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not here")
	}
	root := t.TempDir()
	t.Setenv("GIT_CONFIG_GLOBAL", os.DevNull)
	if Head(t.Context(), root) != "" || len(Read(t.Context(), root)) > 0 {
		t.Fatal("a folder without git has a history")
	}
	run := func(args ...string) {
		t.Helper()
		c := exec.Command("git", append([]string{"-C", root}, args...)...)
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
	}
	commit := func(author, date string, files map[string]string) {
		t.Helper()
		for name, text := range files {
			path := filepath.Join(root, name)
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		run("add", "-A")
		run("-c", "user.name=Committer", "-c", "user.email=c@example.org", "commit", "-q", "-m", "x", "--author", author+" <a@example.org>", "--date", date)
	}
	run("init", "-q")
	if Head(t.Context(), root) != "" {
		t.Error("a repository without commits has a head")
	}
	commit("Ada", "2026-01-02T03:04:05+0100", map[string]string{"site/a.md": "1", "site/价 值.md": "1", "other.md": "1"})
	commit("Bo", "2026-02-02T03:04:05+0000", map[string]string{"site/a.md": "2"})
	commit("Ada", "2026-03-02T03:04:05+0800", map[string]string{"site/a.md": "3", "site/in/b.md": "1"})
	site := filepath.Join(root, "site")
	want := map[string]File{
		"a.md":    {"2026-03-02T03:04:05+08:00", []string{"Ada", "Bo"}},
		"价 值.md":  {"2026-01-02T03:04:05+01:00", []string{"Ada"}},
		"in/b.md": {"2026-03-02T03:04:05+08:00", []string{"Ada"}},
	}
	if diff := cmp.Diff(want, Read(t.Context(), site)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if len(Head(t.Context(), site)) != 40 {
		t.Error("no head")
	}
	shallow := filepath.Join(t.TempDir(), "shallow")
	if out, err := exec.Command("git", "clone", "-q", "--depth", "1", "file://"+root, shallow).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if Head(t.Context(), shallow) != "" {
		t.Error("a shallow clone has a history")
	}
	t.Setenv("PATH", "")
	if Head(t.Context(), site) != "" {
		t.Error("without git there is a history")
	}
}
