// Package slim takes out of a WebAssembly module that Go linked what only a
// traceback would show, a quarter of its compressed size, and writes its code
// shorter, a twentieth more. It is a step after
// linking (golang/go#36555 asks the linker for it) and runs natively.
//
// All of it lies in the runtime's symbol table, runtime.pclntab (written by
// cmd/link/internal/ld/pcln.go, read by runtime/symtab.go):
//
//   - names of functions (funcnametab) and of files (cutab, filetab), lines
//     (_func.startLine) and the tables from PC to file and line (pcfile, pcln);
//   - trees of inlined calls (FUNCDATA_InlTree, PCDATA_InlTreeIndex);
//   - how a traceback prints arguments (FUNCDATA_ArgInfo, FUNCDATA_ArgLiveInfo,
//     PCDATA_ArgLiveIndex), and FUNCDATA_WrapInfo, which the execution tracer
//     reads.
//
// The tables that remain move together. They are found by offsets in _func alone,
// and the linker shares those of equal content, so one stays as long as anything
// that stays refers to it. runtime.findfunctab, the index from PC to function, is
// made coarser: findfunc takes it as a lower bound and walks on from there. The
// custom sections (build id, names, producers) go too, and the code of functions
// that only the tracer, profiles and dumps would call (stub.go). The code that stays
// is written shorter (tighten.go).
//
// Whatever the collector, stack growth, defer, panic and recover read stays: the
// order and entries of functions, their ids and flags, sizes of arguments, pcsp,
// stack maps, unsafe points, stack objects, open-coded defers. The runtime also
// decides a few things by a function's name or by inlined calls; so that it decides
// them as before,
//
//   - a name that starts with "runtime." stays one that does
//     (isSystemGoroutine, which deadlock detection and NumGoroutine rest on);
//   - the wrapper of a method keeps a name of that shape (panicwrap takes it apart
//     for the message of a recoverable panic);
//   - reflect's stubs keep their names (stkframe.argMapInternal: their arguments);
//   - wrappers keep their inlined calls: gorecover counts the frames up to
//     gopanic without the wrappers, inlined ones included. Of other functions it
//     need not know the inlined calls: they count as one frame or more either way,
//     and a function that calls recover is never inlined.
//
// Lost are the frames of a traceback, and what a program would learn from
// runtime.Callers and FuncForPC, so it must not depend on them. A panic still prints
// its message and exits.
package slim

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
)

// release is the Go release whose runtime was read for this package. Each new one
// has to be: what is said above about names and inlined calls must hold for it.
const release = "go1.26"

var (
	errModule  = errors.New("slim: not a WebAssembly module as Go links it")
	errRelease = errors.New("slim: not linked by " + release + ", the release that this step knows")
	errLayout  = errors.New("slim: the symbol table is not laid out as " + release + " does")
)

// layout is an errLayout that says what is not as it should be.
func layout(format string, args ...any) error {
	return fmt.Errorf("%w: %s", errLayout, fmt.Sprintf(format, args...))
}

// Slim returns the module without what the package's comment lists, and a module
// that went through it before as it is. It fails on one that Go 1.26 did not link;
// that one is still good to use as it is.
func Slim(wasm []byte) ([]byte, error) {
	sections, err := split(wasm)
	if err != nil {
		return nil, err
	}
	known := false
	var data []byte
	for _, s := range sections {
		known = known || s.id == customSection && linkedBy(s.body, release)
		if s.id == dataSection {
			data = s.body
		}
	}
	if data == nil {
		return nil, errModule
	}
	image, err := load(data)
	if err != nil {
		return nil, err
	}
	t, err := find(image)
	switch {
	case err == nil && t.isSlim():
		return bytes.Clone(wasm), nil
	case !known:
		return nil, errRelease
	case err != nil:
		return nil, err
	}
	numbers, err := t.stubs() // by name, so before the names go
	if err != nil {
		return nil, err
	}
	if err := t.slim(); err != nil {
		return nil, err
	}
	out := []byte(preamble)
	for _, s := range sections {
		switch s.id {
		case customSection:
			continue
		case codeSection:
			if s.body, err = stub(s.body, numbers); err != nil {
				return nil, err
			}
			if s.body, err = change(s.body, func(_ uint32, code []byte) []byte { return tighten(code) }); err != nil {
				return nil, err
			}
		case dataSection:
			s.body = store(image)
		}
		out = s.appendTo(out)
	}
	return out, nil
}

// linkedBy reports whether a custom section is the one in which the linker names
// its release (writeProducerSec in cmd/link/internal/wasm/asm.go).
func linkedBy(body []byte, release string) bool {
	r := reader{rest: body}
	text := func() string { return string(r.bytes(r.number())) }
	if text() != "producers" {
		return false
	}
	for fields := r.number(); fields > 0 && !r.broken; fields-- {
		field := text()
		for values := r.number(); values > 0 && !r.broken; values-- {
			name, version := text(), text()
			if field == "processed-by" && name == "Go cmd/compile" {
				return version == release || strings.HasPrefix(version, release+".") || strings.HasPrefix(version, release+" ")
			}
		}
	}
	return false
}
