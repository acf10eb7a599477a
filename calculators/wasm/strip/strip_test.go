package strip

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/imports/wasi_snapshot_preview1"
	"github.com/tetratelabs/wazero/sys"
)

// stress returns testdata/stress, linked by the current toolchain.
var stress = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "strip-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	out := filepath.Join(dir, "stress.wasm")
	build := exec.Command("go", "build", "-trimpath", "-o", out, "./testdata/stress")
	build.Env = append(os.Environ(), "GOOS=wasip1", "GOARCH=wasm", "GOEXPERIMENT=", "GOFLAGS=", "CGO_ENABLED=0")
	if text, err := build.CombinedOutput(); err != nil {
		return nil, errors.New(string(text))
	}
	return os.ReadFile(out)
})

// modules returns the stress module as linked and stripped. A Go release that lays
// the symbol table out in another way skips the test: its modules ship whole.
func modules(t testing.TB) (full, stripped []byte) {
	t.Helper()
	full, err := stress()
	if err != nil && os.Getenv("PLAYBOOK_REQUIRE_WASM") == "1" {
		t.Fatal(err)
	}
	if err != nil {
		t.Skipf("go build for wasip1 does not work here, so there is nothing to run: %v", err)
	}
	stripped, err = Strip(full)
	if err != nil && isKnown(runtime.Version()) {
		t.Fatal(err)
	}
	if err != nil {
		t.Skipf("%s: %v: the calculators' module stays larger under it", runtime.Version(), err)
	}
	return full, stripped
}

// isKnown reports whether Strip must work under a release.
func isKnown(release string) bool {
	return strings.HasPrefix(release, "go1.26") || strings.HasPrefix(release, "go1.27")
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
// panics, recover in every place, reflect's stubs, as linked and stripped.
func TestStress(t *testing.T) {
	wasm, strippedWasm := modules(t)
	full, stripped := run(t, wasm), run(t, strippedWasm)
	t.Logf("full %v, stripped %v\n%s%s", full.took, stripped.took, full.stdout, full.stderr)
	if full.status != 0 || strings.Count(full.stdout, "\n") < 12 {
		t.Fatalf("status %d", full.status)
	}
	if stripped.status != full.status || stripped.stdout != full.stdout || stripped.stderr != full.stderr {
		t.Errorf("stripped: status %d\n%s%s", stripped.status, stripped.stdout, stripped.stderr)
	}
}

// TestFatal ends the module in each way there is: stripped, it says and exits the
// same.
func TestFatal(t *testing.T) {
	fullWasm, strippedWasm := modules(t)
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
			full, stripped := run(t, fullWasm, what), run(t, strippedWasm, what)
			if stripped.status != full.status || stripped.status == 0 || stripped.stdout != "" {
				t.Errorf("status %d, full %d", stripped.status, full.status)
			}
			for name, o := range map[string]outcome{"full": full, "stripped": stripped} {
				if !strings.Contains(o.stderr, message) || strings.Contains(o.stderr, "invalid runtime symbol table") {
					t.Errorf("%s: %s", name, o.stderr)
				}
			}
		})
	}
}

// TestStrip holds what a caller may rely on.
func TestStrip(t *testing.T) {
	full, stripped := modules(t)
	if again, err := Strip(stripped); err != nil || !bytes.Equal(again, stripped) {
		t.Errorf("stripped twice: %v", err)
	}
	if other, err := Strip(full); err != nil || !bytes.Equal(other, stripped) {
		t.Errorf("stripped once more: %v", err)
	}
	for _, name := range []string{"main.deep", "waitgroup.go", "go:buildid"} {
		if !bytes.Contains(full, []byte(name)) || bytes.Contains(stripped, []byte(name)) {
			t.Errorf("%q should be in the full module alone", name)
		}
	}
	for _, wasm := range []string{"", "\x7fELF", preamble, preamble + "\x0b\x7f", preamble + "\x0b\x04\x01\x00\x41\x00"} {
		if out, err := Strip([]byte(wasm)); !errors.Is(err, errModule) || wasm != "" && len(out) == 0 {
			t.Errorf("%q: %q, %v", wasm, out, err)
		}
	}
}

// image returns the memory of the stress module and its symbol table, which shares
// the memory's bytes.
func image(t testing.TB) ([]byte, *table) {
	t.Helper()
	full, _ := modules(t)
	r := reader{rest: full[len(preamble):]}
	for len(r.rest) > 0 {
		id, body := r.number(), r.bytes(r.number())
		if id == data {
			image, ok := load(body)
			if !ok {
				t.Fatal("no image")
			}
			return image, find(image)
		}
	}
	t.Fatal("no data")
	return nil, nil
}

// TestRefuses changes the symbol table in one place each, as another release might:
// then nothing is cleared.
func TestRefuses(t *testing.T) {
	whole, table := image(t)
	head := bytes.Index(whole, []byte("\xf1\xff\xff\xff\x00\x00\x01\x08"))
	at := func(part []byte) int { return cap(whole) - cap(part) } // where a part begins
	byName := map[string]function{}
	inlined := function{}
	for i := range table.count {
		f, ok := table.function(i)
		if !ok {
			t.Fatal(i)
		}
		byName[f.name] = f
		if f.inlined > 0 {
			inlined = f
		}
	}
	panics, deep := at(byName["runtime.gopanic"].words), at(byName["main.deep"].words)
	for name, c := range map[string]struct {
		at int
		to uint32
	}{
		"another magic":                   {head, 0xfffffff2},
		"more functions":                  {head + 8, uint32(table.count) + 1},
		"names elsewhere":                 {head + 4*8, 80},
		"another entry":                   {at(table.lookup) + 8, 0},
		"a function out of the table":     {at(table.lookup) + 12, 0x7fffffff},
		"two functions in one place":      {at(table.lookup) + 12, word(table.lookup, 1)},
		"the middle of a name":            {deep + 4*wordName, word(byName["main.deep"].words, wordName) + 1},
		"no table of stack sizes":         {deep + 4*wordPCSP, uint32(len(table.pcs))},
		"a file's table where lines are":  {deep + 4*wordPCFile, word(byName["main.deep"].words, wordPCLine)},
		"more PCDATA":                     {deep + 4*wordPCData, pcdataKinds + 1},
		"more FUNCDATA":                   {deep + 4*wordLast, 0x09000000},
		"gopanic like any other function": {panics + 4*wordLast, word(byName["runtime.gopanic"].words, wordLast) &^ 0xff},
		"a tree of another kind":          {at(inlined.funcdata) + 4*funcdataInlTree, word(inlined.funcdata, funcdataInlTree) + 4},
		"no tree":                         {at(inlined.funcdata) + 4*funcdataInlTree, noFuncdata},
	} {
		changed := bytes.Clone(whole)
		setWord(changed[c.at:], 0, c.to)
		before := bytes.Clone(changed)
		if err := clearSymbols(changed); !errors.Is(err, errLayout) || !bytes.Equal(changed, before) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// FuzzClear holds that no content of the symbol table crashes it.
func FuzzClear(f *testing.F) {
	whole, table := image(f)
	first, last := cap(whole)-cap(table.names)-72, cap(whole)-cap(table.data)
	f.Add(uint32(0), uint32(1))
	f.Add(uint32(72), uint32(0x7fffffff))
	f.Add(uint32(last-first-4), ^uint32(0))
	f.Fuzz(func(t *testing.T, at, to uint32) {
		changed := bytes.Clone(whole)
		setWord(changed[first+int(at)%(last-first-4):], 0, to)
		before := bytes.Clone(changed)
		if err := clearSymbols(changed); err != nil && !bytes.Equal(changed, before) {
			t.Errorf("%v, and yet it cleared something", err)
		}
	})
}
