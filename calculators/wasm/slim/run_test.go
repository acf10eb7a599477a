package slim_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/imports/wasi_snapshot_preview1"
	"github.com/tetratelabs/wazero/sys"

	"playbook/calculators/wasm/binary"
	"playbook/calculators/wasm/slim"
)

// stress returns testdata/stress, linked by the current toolchain with what the
// shipped module is built with, inlining included.
var stress = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "slim-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	out := filepath.Join(dir, "stress.wasm")
	build := exec.Command("go", "build", "-trimpath", "-o", out, "./testdata/stress")
	build.Env = append(os.Environ(), "GOOS=wasip1", "GOARCH=wasm", "GOEXPERIMENT=nogreenteagc", "GOFLAGS=", "CGO_ENABLED=0")
	if text, err := build.CombinedOutput(); err != nil {
		return nil, errors.New(string(text))
	}
	return os.ReadFile(out)
})

// modules returns the stress module as linked and slim.
func modules(t *testing.T) map[string][]byte {
	t.Helper()
	full, err := stress()
	if err != nil && os.Getenv("PLAYBOOK_REQUIRE_WASM") == "1" {
		t.Fatal(err)
	}
	if err != nil {
		t.Skipf("go build for wasip1 does not work here, so there is nothing to run: %v", err)
	}
	slimmed, err := slim.Slim(full)
	if err != nil {
		t.Fatalf("%v\nA module that the current toolchain links must become slim: read the package's comment, hold it against that release's runtime.", err)
	}
	return map[string][]byte{"full": full, "slim": slimmed}
}

// outcome is what a run left behind.
type outcome struct {
	stdout, stderr string
	status         uint32
	took           time.Duration
}

// compiled keeps what wazero compiled, which takes seconds.
var compiled = wazero.NewCompilationCache()

func run(t *testing.T, wasm []byte, args ...string) outcome {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	runtime := wazero.NewRuntimeWithConfig(ctx, wazero.NewRuntimeConfig().WithCompilationCache(compiled).WithCloseOnContextDone(true))
	defer runtime.Close(ctx)
	wasi_snapshot_preview1.MustInstantiate(ctx, runtime)
	module, err := runtime.CompileModule(ctx, wasm)
	if err != nil {
		t.Fatal(err)
	}
	var stdout, stderr bytes.Buffer
	start := time.Now()
	_, err = runtime.InstantiateModule(ctx, module, wazero.NewModuleConfig().WithStdout(&stdout).WithStderr(&stderr).
		WithSysWalltime().WithSysNanotime().WithArgs(append([]string{"stress"}, args...)...))
	var exit *sys.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatalf("%v\n%s", err, stderr.String())
	}
	o := outcome{stdout: stdout.String(), stderr: stderr.String(), took: time.Since(start)}
	if exit != nil {
		o.status = exit.ExitCode()
	}
	return o
}

// TestStress runs what leans on the symbol table, deep recursion, collections,
// panics, recover in every place, reflect's stubs, as linked and slim.
func TestStress(t *testing.T) {
	m := modules(t)
	full, slim := run(t, m["full"]), run(t, m["slim"])
	t.Logf("full %v, slim %v\n%s%s", full.took, slim.took, full.stdout, full.stderr)
	if full.status != 0 || strings.Count(full.stdout, "\n") < 12 {
		t.Fatalf("status %d", full.status)
	}
	if slim.status != full.status || slim.stdout != full.stdout || slim.stderr != full.stderr {
		t.Errorf("slim: status %d\n%s%s", slim.status, slim.stdout, slim.stderr)
	}
}

// TestFatal ends the module in each way there is: slim, it says and exits the same.
func TestFatal(t *testing.T) {
	m := modules(t)
	for what, message := range map[string]string{
		"nil":       "panic: runtime error: invalid memory address or nil pointer dereference\n",
		"panic":     "panic: error 7\n",
		"again":     "panic: first\n\tpanic: second\n",
		"elsewhere": "panic: in a goroutine\n",
		"deadlock":  "fatal error: all goroutines are asleep - deadlock!\n",
		"goexit":    "fatal error: no goroutines (main called runtime.Goexit) - deadlock!\n",
		"unlock":    "fatal error: sync: unlock of unlocked mutex\n",
		"map":       "panic: runtime error: hash of unhashable type []int\n",
		"exit":      "",
	} {
		t.Run(what, func(t *testing.T) {
			full, slim := run(t, m["full"], what), run(t, m["slim"], what)
			if slim.status != full.status || slim.status == 0 || slim.stdout != "" {
				t.Errorf("status %d, full %d", slim.status, full.status)
			}
			for name, o := range map[string]outcome{"full": full, "slim": slim} {
				if !strings.Contains(o.stderr, message) || strings.Contains(o.stderr, "invalid runtime symbol table") {
					t.Errorf("%s: %s", name, o.stderr)
				}
			}
		})
	}
}

// TestSlim holds what a caller may rely on.
func TestSlim(t *testing.T) {
	m := modules(t)
	if again, err := slim.Slim(m["slim"]); err != nil || !bytes.Equal(again, m["slim"]) {
		t.Errorf("slim twice: %v", err)
	}
	if other, err := slim.Slim(m["full"]); err != nil || !bytes.Equal(other, m["slim"]) {
		t.Errorf("slim once more: %v", err)
	}
	t.Logf("full %d, slim %d bytes", len(m["full"]), len(m["slim"]))
	for _, name := range []string{"main.deep", "waitgroup.go", "go:buildid"} {
		if !bytes.Contains(m["full"], []byte(name)) || bytes.Contains(m["slim"], []byte(name)) {
			t.Errorf("%q should be in the full module alone", name)
		}
	}
}

// TestShipped holds that what ships went through Slim: so the tests of package
// wasm, which run every case of every calculator, run the slim module.
func TestShipped(t *testing.T) {
	files, err := binary.Files()
	if err != nil {
		t.Skip("the calculators' WebAssembly is not built: run make wasm to test it")
	}
	if again, err := slim.Slim(files[binary.Wasm]); err != nil || !bytes.Equal(again, files[binary.Wasm]) {
		t.Errorf("it is not slim: %v", err)
	}
}
