// Package strip makes a WebAssembly module that Go linked smaller, by a fifth as it
// travels: it clears what only a traceback would show. The linker has no option for
// it (golang/go#36555).
//
// That lies in the runtime's symbol table, runtime.pclntab (written by
// cmd/link/internal/ld/pcln.go, read by runtime/symtab.go): names of functions and
// files, the tables from PC to file and line, the trees of inlined calls. Nothing
// moves and no instruction is touched, so what the collector, stack growth, defer,
// panic and recover read stays as it was. The runtime decides a few things by a
// function's name or by inlined calls; so that it decides them as before,
//
//   - a name that starts with "runtime." stays one that does (isSystemGoroutine);
//   - reflect's functions keep their names (stkframe.argMapInternal);
//   - functions that the runtime treats specially, wrappers of methods among them,
//     keep names and inlined calls: panicwrap takes a wrapper's name apart, and
//     gorecover counts the frames up to gopanic without wrappers, inlined ones
//     included. Any other function counts as one frame or more either way, and one
//     that calls recover is never inlined.
//
// Lost are the frames of a traceback, and what a program would learn from
// runtime.Callers and FuncForPC, so it must not depend on them. A panic still prints
// its message and exits.
//
// The table is recognised by its content, not by the release that linked it: its
// header, the record that points at its parts, and every entry of every function
// are checked before a byte is cleared. Go 1.26 and 1.27 lay it out alike.
package strip

import (
	"bytes"
	"encoding/binary"
	"errors"
)

var errModule = errors.New("strip: not a WebAssembly module as Go links it")

// Strip returns the module without what the package's comment lists, without custom
// sections, and with its memory's initial content in one segment. Where the symbol
// table is not as expected it stays, and err says why; the module that is returned
// works in either case. The argument is not changed.
func Strip(wasm []byte) (stripped []byte, err error) {
	body, ok := bytes.CutPrefix(wasm, []byte(preamble))
	r := reader{rest: body, broken: !ok}
	stripped, err = []byte(preamble), errModule
	for len(r.rest) > 0 && !r.broken {
		id, body := r.number(), r.bytes(r.number())
		switch id {
		case custom:
			continue
		case data:
			image, ok := load(body)
			if !ok {
				return wasm, errModule
			}
			err = clearSymbols(image)
			// The linker begins a segment after every 8 zeros, which breaks up columns of
			// numbers: under Brotli that is 40 KB larger than one at address 0.
			body = []byte{1, firstMemory, i32Const, 0, end}
			body = append(binary.AppendUvarint(body, uint64(len(image))), image...)
		}
		stripped = append(binary.AppendUvarint(append(stripped, byte(id)), uint64(len(body))), body...)
	}
	if r.broken {
		return wasm, errModule
	}
	return stripped, err
}
