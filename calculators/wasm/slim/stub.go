package slim

import (
	"bytes"
	"strings"
)

// unreached names functions of the runtime that nothing calls in a module like
// ours, by how their names begin: the execution tracer's writing, which
// runtime/trace.Start begins, CPU profiles, the goroutine profile, heap dumps, what
// GODEBUG=schedtrace and scavtrace print, hex dumps of a corrupted stack, and
// frames of C. The linker keeps them because a flag that is never set guards them.
// Their code goes; one that ran all the same would trap.
//
// What the runtime calls before it looks at such a flag is not among them:
// traceAcquire, traceLocker.ok, traceReaderAvailable, traceThreadDestroy.
var unreached = []string{
	"runtime.traceLocker.",
	"runtime.traceWriter.",
	"runtime.traceEventWriter.",
	"runtime.(*traceMap).",
	"runtime.(*traceStringTable).",
	"runtime.(*traceStackTable).",
	"runtime.(*traceTypeTable).",
	"runtime.(*traceRegionAlloc).",
	"runtime.traceAdvance",
	"runtime.traceReadCPU",
	"runtime.traceSyncBatch",
	"runtime.traceStack",
	"runtime.makeTraceFrame",
	"runtime.traceRegisterLabelsAndReasons",
	"runtime.traceBufFlush",
	"runtime.goStatusToTraceGoStatus",
	"runtime.(*profBuf).",
	"runtime.schedtrace",
	"runtime.(*hexdumper).",
	"runtime.hexdumpWords",
	"runtime.dumpTypesRec",
	"runtime.dumpStacksRec",
	"runtime.doRecordGoroutineProfile",
	"runtime.printScavTrace",
	"runtime.printAncestorTraceback",
	"runtime.printOneCgoTraceback",
}

// isUnreached reports whether a function is one of those.
func isUnreached(name string) bool {
	if strings.HasSuffix(name, ".ok") {
		return false
	}
	for _, begin := range unreached {
		if strings.HasPrefix(name, begin) {
			return true
		}
	}
	return false
}

// firstEntry is the entry of the first function with code: funcValueOffset in
// cmd/link/internal/wasm/asm.go, which keeps small numbers from being functions.
const firstEntry = 0x1000

// stubs returns the numbers, among those with code, of the functions whose code
// goes.
func (t *table) stubs() (map[uint32]bool, error) {
	functions, err := t.read()
	if err != nil {
		return nil, err
	}
	numbers := map[uint32]bool{}
	for _, f := range functions {
		if name, _, _ := bytes.Cut(t.names[f.name:], []byte{0}); isUnreached(string(name)) {
			numbers[f.entry-firstEntry] = true
		}
	}
	return numbers, nil
}

// trap is a function without locals that only traps.
var trap = []byte{0, 0x00 /* unreachable */, end}

// stub puts traps into the place of functions in a code section. Others keep
// their numbers.
func stub(body []byte, numbers map[uint32]bool) ([]byte, error) {
	return change(body, func(n uint32, code []byte) []byte {
		if numbers[n] {
			return trap
		}
		return code
	})
}
