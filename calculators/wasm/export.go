//go:build wasip1

package main

import (
	"runtime"
	"unsafe"
)

// longestRequest is far beyond any form: 500 rows of every group are some 200 KB.
const longestRequest = 16 << 20

// One request at a time: the browser's worker and Go's reactor have one thread.
var (
	request []byte
	answer  []byte
	calc    desk
)

//go:wasmexport input
func input(n uint32) uint32 {
	if n > longestRequest {
		return 0
	}
	request = make([]byte, n+1) // never empty, so that it has an address
	request = request[:n]
	return address(request)
}

// Go's collector works beside the program, which here stands still as soon as an
// answer is given: cycles begun would not be ended, and memory would grow without
// end. So the host has it off (GOGC=off), and calls rest between the requests,
// when nobody waits; where it does not come to that, run collects by itself, after
// every sixteenth request or a long one.
const collectAfter = 16 * 4096

var sinceCollected int

//go:wasmexport run
func run() uint32 {
	if sinceCollected += max(len(request), 4096); sinceCollected >= collectAfter {
		rest()
	}
	answer = append(calc.answer(string(request)), 0)
	answer = answer[:len(answer)-1]
	return address(answer)
}

//go:wasmexport rest
func rest() {
	if sinceCollected > 0 {
		sinceCollected = 0
		runtime.GC()
	}
}

//go:wasmexport size
func size() uint32 { return uint32(len(answer)) }

// address is where a slice with some capacity begins.
func address(b []byte) uint32 { return uint32(uintptr(unsafe.Pointer(unsafe.SliceData(b)))) }
