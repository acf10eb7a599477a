package slim

import (
	"bytes"
	"encoding/binary"
	"slices"
)

// tighten writes a function's code shorter where Go's compiler is long-winded
// (cmd/internal/obj/wasm, cmd/compile/internal/wasm): by a tenth, which is worth
// 30 KB under Brotli. Every step leaves what the code does as it is:
//
//   - A jump sets PC_B and goes back to the dispatch at the function's beginning,
//     which leads to a block. Where that block lies ahead, one branch does it
//     (jumps).
//   - A place in the frame is computed in 64 bits, SP + n, and then read or written
//     at offset 0. Reading and writing take an offset of their own (frame).
//   - What stands side by side and says one thing twice says it once (pairs).
//
// A function that is not as the compiler writes them, of which the runtime has some
// by hand, goes without the first two; one with an instruction that is not known
// here stays as it is.
func tighten(code []byte) []byte {
	list, locals := decode(code)
	if list == nil {
		return code
	}
	out := bytes.Clone(locals)
	for _, in := range pairs(frame(jumps(list))) {
		out = append(out, in.raw...)
	}
	return out
}

// The instructions that matter here.
const (
	opBlock       = 0x02
	opLoop        = 0x03
	opIf          = 0x04
	opElse        = 0x05
	opBr          = 0x0c
	opBrIf        = 0x0d
	opBrTable     = 0x0e
	opReturn      = 0x0f
	opCall        = 0x10
	opIndirect    = 0x11
	opDrop        = 0x1a
	opSelect      = 0x1b
	opGet         = 0x20
	opSet         = 0x21
	opTee         = 0x22
	opGlobalGet   = 0x23
	opGlobalSet   = 0x24
	opI32Load     = 0x28 // the first that reads memory
	opI64Load     = 0x29
	opI64Load32U  = 0x35 // the last
	opI32Store    = 0x36 // the first that writes it
	opI64Store32  = 0x3e // the last
	opMemorySize  = 0x3f
	opMemoryGrow  = 0x40
	opI32Const    = 0x41
	opI64Const    = 0x42
	opF32Const    = 0x43
	opF64Const    = 0x44
	opI32Eqz      = 0x45 // the first of those without numbers behind them
	opI64Eqz      = 0x50
	opI32Add      = 0x6a
	opI64Add      = 0x7c
	opI32Wrap     = 0xa7
	opI64ExtendS  = 0xac
	opI64ExtendU  = 0xad
	opI64Extend32 = 0xc4 // the last
	opMore        = 0xfc

	void = 0x40 // the type of a construct that takes and gives nothing
)

// The locals and the global that Go's functions keep the same thing in.
const (
	localPCB = 0 // the block to go on from
	localSP  = 1 // the stack pointer, which is global 0
	globalSP = 0
)

// instruction is one instruction; raw is its opcode and what stands behind it,
// nothing where it is gone.
type instruction struct {
	op  byte
	raw []byte
}

// with is an instruction with numbers behind it.
func with(op byte, args ...uint64) instruction {
	raw := []byte{op}
	for _, n := range args {
		raw = binary.AppendUvarint(raw, n)
	}
	return instruction{op, raw}
}

// constant is a constant of 32 bits, not negative.
func constant(n int64) instruction {
	return instruction{opI32Const, appendSigned([]byte{opI32Const}, n)}
}

// arg is the first number behind the opcode.
func (in instruction) arg() uint64 {
	r := reader{rest: in.raw[1:]}
	return r.number()
}

func (in instruction) is(op byte, arg uint64) bool { return in.op == op && in.arg() == arg }

// most is the greatest constant that is the same in 32 bits and in 64.
const most = 1<<31 - 1

// value is that of a constant from 0 to most; -1 for any other.
func (in instruction) value() int64 {
	r := reader{rest: in.raw[1:]}
	if v := r.signed(); !r.broken && v >= 0 && v <= most {
		return v
	}
	return -1
}

// decode takes a function apart; no list where it holds an instruction that is
// not known here.
func decode(code []byte) (list []instruction, locals []byte) {
	r := reader{rest: code}
	for n := r.number(); n > 0 && !r.broken; n-- {
		r.number()
		r.byte()
	}
	locals = code[:len(code)-len(r.rest)]
	for len(r.rest) > 0 && !r.broken {
		from := r.rest
		op := r.byte()
		switch {
		case opBlock <= op && op <= opIf, op == opBr, op == opBrIf, op == opCall, opGet <= op && op <= opGlobalSet,
			opMemorySize <= op && op <= opI64Const:
			r.leb()
		case op == opBrTable:
			for n := r.number() + 1; n > 0 && !r.broken; n-- {
				r.leb()
			}
		case op == opIndirect, opI32Load <= op && op <= opI64Store32:
			r.leb()
			r.leb()
		case op == opF32Const:
			r.bytes(4)
		case op == opF64Const:
			r.bytes(8)
		case op == opMore:
			switch n := r.number(); {
			case n <= 7: // conversions that saturate
			case n == 10: // memory.copy
				r.bytes(2)
			case n == 11: // memory.fill
				r.bytes(1)
			default:
				r.broken = true
			}
		case op < opBlock, op == opElse, op == end, op == opReturn, op == opDrop, op == opSelect, opI32Eqz <= op && op <= opI64Extend32:
		default:
			r.broken = true
		}
		list = append(list, instruction{op, from[:len(from)-len(r.rest)]})
	}
	if r.broken {
		return nil, nil
	}
	return list, locals
}

// leb skips a number.
func (r *reader) leb() {
	for r.byte() >= 0x80 {
	}
}

// nest follows how constructs are nested: it holds where those begin that are
// open.
type nest []int

// pass takes the instruction at a place.
func (n *nest) pass(op byte, at int) {
	switch {
	case opBlock <= op && op <= opIf:
		*n = append(*n, at)
	case op == end && len(*n) > 0:
		*n = (*n)[:len(*n)-1]
	}
}

// at is the place where the construct begins that a branch leads to, -1 for the
// function itself.
func (n nest) at(depth uint64) int {
	if depth >= uint64(len(n)) {
		return -1
	}
	return n[len(n)-1-int(depth)]
}

// jumps turns ways over the dispatch into branches.
func jumps(list []instruction) []instruction {
	var open nest
	var blocks []int // where those begin that the dispatch leads to
	loop, reads := -1, 0
	short := map[int]instruction{}
	for i, in := range list {
		open.pass(in.op, i)
		switch in.op {
		case opGet:
			if in.arg() == localPCB {
				reads++
			}
		case opBrTable:
			if blocks != nil || i == 0 || !list[i-1].is(opGet, localPCB) {
				return list
			}
			at := i - 2
			for at >= 0 && list[at].op == opBlock {
				at--
			}
			if at >= 0 && list[at].op == opLoop {
				loop = at
			}
			r := reader{rest: in.raw[1:]}
			for n := r.number(); n > 0; n-- {
				blocks = append(blocks, open.at(r.number()))
			}
		case opBr, opBrIf:
			if loop < 0 || open.at(in.arg()) != loop {
				continue
			}
			if in.op == opBrIf || i < 2 || list[i-2].op != opI32Const || !list[i-1].is(opSet, localPCB) {
				return list
			}
			k := list[i-2].value()
			if k < 0 || k >= int64(len(blocks)) {
				return list
			}
			for depth := range uint64(len(open)) {
				if at := open.at(depth); at == blocks[k] && list[at].op == opBlock && list[at].raw[1] == void {
					short[i] = with(opBr, depth)
				}
			}
		}
	}
	if reads != 1 {
		return list
	}
	for i, branch := range short {
		list[i-2].raw, list[i-1].raw, list[i] = nil, nil, branch
	}
	return branches(rest(list))
}

// branches turns a construct that is nothing but a branch into one on a condition,
// and takes out a branch to what follows anyway.
func branches(list []instruction) []instruction {
	var open nest
	for i, in := range list {
		open.pass(in.op, i)
		if in.op != opBr || i == 0 || i+1 == len(list) || list[i+1].op != end {
			continue
		}
		depth, around := in.arg(), open.at(0)
		switch {
		case around < 0 || list[around].raw[1] != void:
		case around == i-1 && list[around].op == opIf && depth > 0:
			list[i-1].raw, list[i], list[i+1].raw = nil, with(opBrIf, depth-1), nil
		case depth == 0 && list[around].op == opBlock:
			list[i].raw = nil
		}
	}
	return rest(list)
}

// rest is the list without what is gone.
func rest(list []instruction) []instruction {
	return slices.DeleteFunc(list, func(in instruction) bool { return in.raw == nil })
}

// frame gives what reads and writes the frame its offset. SP lies in memory with
// the frame above it, so that the sum does not wrap.
func frame(list []instruction) []instruction {
	found := false
	for i, in := range list {
		if (in.op != opSet && in.op != opTee) || in.arg() != localSP {
			continue
		}
		switch {
		case i > 0 && list[i-1].is(opGlobalGet, globalSP):
			found = true
		case i+1 < len(list) && list[i+1].is(opGlobalSet, globalSP):
		default:
			return list
		}
	}
	if !found {
		return list
	}
	for i := 0; i+5 < len(list); i++ {
		in := list[i:]
		if !in[0].is(opGet, localSP) || in[1].op != opI64ExtendU || in[2].op != opI64Const || in[3].op != opI64Add || in[4].op != opI32Wrap {
			continue
		}
		n := in[2].value()
		if n < 0 {
			continue
		}
		in[1].raw, in[4].raw = nil, nil
		if at := user(in[5:]); at >= 0 {
			in[2].raw, in[3].raw = nil, nil
			in[5+at] = moved(in[5+at].op, in[5+at], uint64(n))
		} else {
			in[2], in[3] = constant(n), with(opI32Add)
		}
	}
	return rest(list)
}

// moved is an access to memory by another opcode, so much further.
func moved(op byte, in instruction, by uint64) instruction {
	r := reader{rest: in.raw[1:]}
	align, offset := r.number(), r.number()
	if op == opI32Load {
		align = min(align, 2)
	}
	return with(op, align, offset+by)
}

// user finds what takes the address that lies on top before the list: a load that
// follows, or the store after the value; -1 where that is not to be seen at once.
func user(list []instruction) int {
	above := 0 // values on top of the address
	for i, in := range list {
		takes := 0 // of them, where it gives one value
		switch op := in.op; {
		case in.raw == nil:
			continue
		case op == opGet, op == opGlobalGet, opI32Const <= op && op <= opF64Const:
		case opI32Load <= op && op <= opI64Load32U:
			if above == 0 {
				return i
			}
			takes = 1
		case opI32Store <= op && op <= opI64Store32:
			if above == 1 {
				return i
			}
			return -1
		case opI32Eqz <= op && op <= opI64Extend32:
			takes = operands(op)
		default:
			return -1
		}
		if above < takes {
			return -1
		}
		above += 1 - takes
	}
	return -1
}

// operands is how many values an instruction takes of those that compute with
// nothing but them.
func operands(op byte) int {
	switch {
	case op == opI32Eqz, op == opI64Eqz,
		0x67 <= op && op <= 0x69, 0x79 <= op && op <= 0x7b, // clz, ctz, popcnt
		0x8b <= op && op <= 0x91, 0x99 <= op && op <= 0x9f, // abs to sqrt
		opI32Wrap <= op && op <= opI64Extend32:
		return 1
	}
	return 2
}

// pairs shortens what stands side by side.
func pairs(list []instruction) []instruction {
	kept := list[:0]
	for i, in := range list {
		last := len(kept) - 1
		if last < 0 {
			kept = append(kept, in)
			continue
		}
		switch before := kept[last]; {
		case before.op == opSet && in.is(opGet, before.arg()):
			kept[last] = with(opTee, before.arg())
		case in.op == opI32Wrap && (before.op == opI64ExtendS || before.op == opI64ExtendU):
			kept = kept[:last]
		case in.op == opI32Wrap && before.op == opI64Const && before.value() >= 0:
			kept[last] = constant(before.value())
		case in.op == opI32Wrap && before.op == opI64Load: // the lower half comes first
			kept[last] = moved(opI32Load, before, 0)
		case in.op == opI64Eqz && before.op == opI64ExtendU:
			kept[last] = with(opI32Eqz)
		case in.op == opI32Eqz && before.op == opI32Eqz && i+1 < len(list) && (list[i+1].op == opBrIf || list[i+1].op == opIf):
			kept = kept[:last] // who asks minds only whether it is 0
		default:
			kept = oneStep(append(kept, in))
		}
	}
	return kept
}

// oneStep makes one of two steps that the stack pointer takes up at the list's end,
// as at a function's: out of the frame, and over the return address.
func oneStep(list []instruction) []instruction {
	const long = 5 // instructions of a step
	n := len(list) - 2*long
	if n < 0 {
		return list
	}
	sum := int64(0)
	for at := n; at < len(list); at += long {
		in := list[at:]
		if !in[0].is(opGet, localSP) || in[1].op != opI32Const || in[1].value() < 0 || in[2].op != opI32Add ||
			!in[3].is(opTee, localSP) || !in[4].is(opGlobalSet, globalSP) {
			return list
		}
		sum += in[1].value()
	}
	if sum > most {
		return list
	}
	list[n+1] = constant(sum)
	return list[:n+long]
}
