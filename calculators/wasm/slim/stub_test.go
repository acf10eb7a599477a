package slim

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// names reads the custom section in which the linker names functions, by their
// number among those with code.
func names(t *testing.T, wasm []byte) map[uint32]string {
	t.Helper()
	sections, err := split(wasm)
	if err != nil {
		t.Fatal(err)
	}
	imports := uint64(0)
	all := map[uint32]string{}
	for _, s := range sections {
		r := reader{rest: s.body}
		switch s.id {
		case 2: // imports, all of them functions
			imports = r.number()
		case customSection:
			if string(r.bytes(r.number())) != "name" {
				continue
			}
			for len(r.rest) > 0 && !r.broken {
				kind, sub := r.byte(), reader{}
				sub.rest = r.bytes(r.number())
				if kind != 1 {
					continue
				}
				for n := sub.number(); n > 0 && !sub.broken; n-- {
					number := sub.number() - imports
					all[uint32(number)] = string(sub.bytes(sub.number()))
				}
			}
		}
	}
	return all
}

// TestStubs holds that the code that goes is that of the functions named, by the
// names that the linker itself gives, and that every beginning still names one.
func TestStubs(t *testing.T) {
	out := filepath.Join(t.TempDir(), "stress.wasm")
	build := exec.Command("go", "build", "-trimpath", "-o", out, "./testdata/stress")
	build.Env = append(os.Environ(), "GOOS=wasip1", "GOARCH=wasm", "GOEXPERIMENT=nogreenteagc", "GOFLAGS=", "CGO_ENABLED=0")
	if text, err := build.CombinedOutput(); err != nil {
		t.Skipf("go build for wasip1 does not work here: %s", text)
	}
	full, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	linked := names(t, full)
	sections, _ := split(full)
	odd := regexp.MustCompile(`[^A-Za-z0-9_.]`) // what the linker writes as "_"
	unused := map[string]bool{}
	for _, begin := range unreached {
		unused[odd.ReplaceAllString(begin, "_")] = true
	}
	var numbers map[uint32]bool
	for _, s := range sections {
		if s.id != dataSection {
			continue
		}
		image, err := load(s.body)
		if err != nil {
			t.Fatal(err)
		}
		table, err := find(image)
		if err != nil {
			t.Fatal(err)
		}
		if numbers, err = table.stubs(); err != nil {
			t.Fatal(err)
		}
	}
	for n := range numbers {
		found := false
		for begin := range unused {
			if strings.HasPrefix(linked[n], begin) {
				found, unused[begin] = true, false
			}
		}
		if !found || strings.HasSuffix(linked[n], ".ok") {
			t.Errorf("code %d is that of %q", n, linked[n])
		}
	}
	for begin, never := range unused {
		if never {
			t.Errorf("no function begins with %q any more", begin)
		}
	}
	for _, s := range sections {
		if s.id == codeSection {
			if short, err := stub(s.body, numbers); err != nil || len(short) > len(s.body)-40_000 {
				t.Errorf("%d of %d bytes of code stay: %v", len(short), len(s.body), err)
			}
			if same, err := stub(s.body, nil); err != nil || !bytes.Equal(same, s.body) {
				t.Error("no stubs, and yet other code")
			}
		}
	}
}
