package strip

import "encoding/binary"

const (
	preamble     = "\x00asm\x01\x00\x00\x00"
	custom, data = 0, 11 // sections

	// A segment's address: that of the first memory, as an expression (i32.const, end).
	firstMemory, i32Const, end = 0, 0x41, 0x0b
	mostMemory                 = 16 << 20 // bytes; a module like ours starts with 4 MB
)

// load lays a data section's segments out as they lie in memory; false if it cannot.
func load(body []byte) (image []byte, ok bool) {
	r := reader{rest: body}
	for count := r.number(); count > 0 && !r.broken; count-- {
		memory, op, at, stop := r.number(), r.number(), r.number(), r.number()
		segment := r.bytes(r.number())
		if memory != firstMemory || op != i32Const || stop != end || at > mostMemory {
			return nil, false
		}
		image = append(image, make([]byte, max(0, int(at)+len(segment)-len(image)))...)
		copy(image[at:], segment)
	}
	return image, !r.broken && len(r.rest) == 0
}

// reader reads WebAssembly's encoding. After the first fault it is broken and
// reads zeros.
type reader struct {
	rest   []byte
	broken bool
}

func (r *reader) bytes(n uint64) []byte {
	if n > uint64(len(r.rest)) {
		r.rest, r.broken = nil, true
		return nil
	}
	b := r.rest[:n]
	r.rest = r.rest[n:]
	return b
}

// number reads an unsigned LEB128 number.
func (r *reader) number() uint64 {
	v, n := binary.Uvarint(r.rest)
	if n <= 0 {
		r.rest, r.broken = nil, true
		return 0
	}
	r.bytes(uint64(n))
	return v
}
