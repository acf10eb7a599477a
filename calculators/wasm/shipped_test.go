package main

import (
	"bytes"
	"context"
	"errors"
	"go/version"
	"os"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/imports/wasi_snapshot_preview1"

	"playbook/calculators"
	"playbook/calculators/internal/calctest"
	"playbook/calculators/wasm/binary"
)

// shipped returns the files that ship. Without them the test is skipped, or
// fails where PLAYBOOK_REQUIRE_WASM=1 says that they must be there.
func shipped(t *testing.T) map[string][]byte {
	t.Helper()
	files, err := binary.Files()
	if errors.Is(err, binary.ErrMissing) {
		if os.Getenv("PLAYBOOK_REQUIRE_WASM") == "1" {
			t.Fatal("the calculators' WebAssembly is not built: run make wasm")
		}
		t.Skip("the calculators' WebAssembly is not built: run make wasm to test it")
	}
	return files
}

// module is the shipped module, running.
type module struct {
	t                *testing.T
	memory           api.Memory
	input, run, size api.Function
}

func start(t *testing.T, wasm []byte) *module {
	t.Helper()
	ctx := context.Background()
	host := wazero.NewRuntime(ctx)
	t.Cleanup(func() { host.Close(ctx) })
	wasi_snapshot_preview1.MustInstantiate(ctx, host)
	m, err := host.InstantiateWithConfig(ctx, wasm, wazero.NewModuleConfig().WithStartFunctions("_initialize"))
	if err != nil {
		t.Fatal(err)
	}
	return &module{t, m.Memory(), m.ExportedFunction("input"), m.ExportedFunction("run"), m.ExportedFunction("size")}
}

func (m *module) call(f api.Function, args ...uint64) uint32 {
	m.t.Helper()
	results, err := f.Call(context.Background(), args...)
	if err != nil {
		m.t.Fatal(err)
	}
	return uint32(results[0])
}

func (m *module) answer(request string) []byte {
	m.t.Helper()
	if at := m.call(m.input, uint64(len(request))); !m.memory.WriteString(at, request) {
		m.t.Fatal("the request is out of memory")
	}
	at := m.call(m.run)
	answer, ok := m.memory.Read(at, m.call(m.size))
	if !ok {
		m.t.Fatal("the answer is out of memory")
	}
	return bytes.Clone(answer)
}

// TestShipped runs every case of every calculator in every language through the
// very module that ships, and natively: the answers are the same to the byte.
func TestShipped(t *testing.T) {
	m := start(t, shipped(t)[binary.Wasm])
	var native desk
	for _, c := range calculators.All() {
		for _, lang := range append(calctest.Languages(t), "en"+decimalComma) {
			requests := []string{wordsRequest(t, c.ID, lang)}
			for _, encoded := range calctest.Cases(t, c.ID) {
				requests = append(requests, "compute "+c.ID+"\n"+encoded, "csv "+c.ID+"\n"+encoded)
			}
			for _, request := range requests {
				got, want := m.answer(request), native.answer(request)
				if !bytes.Equal(got, want) {
					at := 0
					for at < min(len(got), len(want)) && got[at] == want[at] {
						at++
					}
					t.Fatalf("%s %s\nshipped …%.80q\nnative  …%.80q\n(run make wasm if the calculators changed since it was built)",
						lang, strings.SplitN(request, "\n", 3)[:2], got[at:], want[at:])
				}
			}
		}
	}
}

// TestShippedSheets runs the worksheets of the tests, as authors write them, through
// the module that ships, and natively. Their words are their keys.
func TestShippedSheets(t *testing.T) {
	m := start(t, shipped(t)[binary.Wasm])
	var native desk
	for id, encoded := range calctest.Sheets(t) {
		words := "words " + id + "\nsheet\t" + escape(encoded) + "\nformat.decimal\t.\nformat.minus\t-\n"
		requests := []string{"compute " + id + "\n", words, "compute " + id + "\n", "csv " + id + "\n", words, "compute " + id + "\nprice=1e9", "compute " + id + "\n" + rows(id, 500)}
		for i, request := range requests {
			got, want := m.answer(request), native.answer(request)
			if !bytes.Equal(got, want) {
				t.Errorf("%s, request %d\nshipped %.300q\nnative  %.300q\n(run make wasm if the calculators changed since it was built)", id, i, got, want)
			}
			if i == 2 && !bytes.Contains(got, []byte("report-facts")) {
				t.Errorf("%s: no facts in %.300q", id, got)
			}
		}
	}
}

// rows are the encoding of many rows of a worksheet of the tests.
func rows(id string, n int) string {
	like := map[string]string{
		"commission": "order.N.name=A&order.N.value=1234.56&order.N.kind=renewal",
		"large":      "deal.N.name=A&deal.N.value=1234.56&deal.N.sure=33.3&deal.N.kind=a",
		"roi":        "gain.N.name=A&gain.N.year=1234.56&gain.N.sure=33.3&gain.N.from=2",
		"ramp":       "task.N.name=A&task.N.by=9&task.N.done=2027-03-01",
	}[id]
	var all []string
	for i := range n {
		all = append(all, strings.ReplaceAll(like, "N", strconv.Itoa(i)))
	}
	return strings.Join(all, "&")
}

// TestDoor holds what the browser may do wrong without harm.
func TestDoor(t *testing.T) {
	m := start(t, shipped(t)[binary.Wasm])
	if got := string(m.answer("")); got != "error\tno calculator \n" {
		t.Errorf("nothing: %q", got)
	}
	if at := m.call(m.input, 1<<31); at != 0 {
		t.Error("a buffer of 2 GB")
	}
	long := "compute value-equation\n" + strings.Repeat("problem.0.name=x&", 2_000)
	for range 150 { // together more than 100 MB: memory is given back
		if got := string(m.answer(long)); !strings.HasPrefix(got, "fault\tproblem.0.name\t") {
			t.Fatalf("long: %.80q", got)
		}
	}
	if size := m.memory.Size(); size > 32<<20 {
		t.Errorf("memory grew to %d MB", size>>20)
	}
}

// mostBytes is what the module may have under Brotli, by the Go release that linked
// it: what every reader who touches a calculator pays.
var mostBytes = map[string]int{
	"go1.26": 661_000,
	"go1.27": 662_000,
}

// TestSize holds the module's weight. Under a release that nobody has measured yet it
// says the weight and fails on nothing.
func TestSize(t *testing.T) {
	files, release := shipped(t), version.Lang(runtime.Version())
	size := len(files[binary.Brotli])
	t.Logf("%s: %s: %d bytes, gzip %d, brotli %d", runtime.Version(), binary.Wasm, len(files[binary.Wasm]), len(files[binary.Gzip]), size)
	if most, known := mostBytes[release]; !known {
		t.Logf("no bound is known for %s: add one to mostBytes", runtime.Version())
	} else if size > most {
		t.Errorf("%s has %d bytes, more than %d", binary.Brotli, size, most)
	}
}
