package cli

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const rule = "\n--------------------------------------------------------------------------------\n"

// TestNotices: NOTICES has the licence of every module that is linked, in the
// version that is linked. UPDATE_NOTICES=1 writes it, as make notices does.
func TestNotices(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}} {{.Dir}}{{end}}{{end}}", "playbook/generator").Output()
	if err != nil {
		t.Fatal(err)
	}
	var sections []string
	seen := map[string]bool{}
	for line := range strings.Lines(string(out)) {
		fields := strings.Fields(line)
		if len(fields) != 3 || seen[fields[0]] {
			continue
		}
		seen[fields[0]] = true
		sections = append(sections, section(t, fields[0]+" "+fields[1], fields[2]))
	}
	if os.Getenv("UPDATE_NOTICES") != "" {
		root, err := exec.Command("go", "env", "GOROOT").Output()
		if err != nil {
			t.Fatal(err)
		}
		text := "Playbook is made of the following, under their licences.\n" + section(t, "Go: its runtime and standard library, also in calculators.wasm", strings.TrimSpace(string(root))) + strings.Join(sections, "")
		if err := os.WriteFile("NOTICES", []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	for _, s := range sections {
		if !bytes.Contains(notices, []byte(s)) {
			name, _, _ := strings.Cut(strings.TrimPrefix(s, rule), "\n")
			t.Errorf("NOTICES lacks %s: run make notices", name)
		}
	}
	if n := bytes.Count(notices, []byte(rule)); n != len(sections)+1 {
		t.Errorf("NOTICES has %d sections, want %d: run make notices", n, len(sections)+1)
	}
	// What pages bring to readers is the module for the browser, in which Go's
	// runtime is: its licence travels with them.
	published, err := os.ReadFile("../../../templates/assets/licences.txt")
	goes, _, _ := strings.Cut(strings.SplitN(string(notices), rule, 3)[1], rule)
	_, goes, _ = strings.Cut(goes, "\n\n")
	if err != nil || !strings.Contains(string(published), strings.TrimSpace(goes)) {
		t.Errorf("templates/assets/licences.txt lacks Go's licence (%v)", err)
	}
}

func section(t *testing.T, name, dir string) string {
	t.Helper()
	for _, pattern := range []string{"LICENSE*", "COPYING*"} {
		if found, _ := filepath.Glob(filepath.Join(dir, pattern)); len(found) > 0 {
			text, err := os.ReadFile(found[0])
			if err != nil {
				t.Fatal(err)
			}
			return fmt.Sprintf("%s%s\n\n%s\n", rule, name, strings.TrimSpace(strings.ReplaceAll(string(text), "\r\n", "\n")))
		}
	}
	t.Fatalf("%s has no licence in %s", name, dir)
	return ""
}
