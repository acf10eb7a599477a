package slim

import (
	"bytes"
	"encoding/binary"
)

// section is one section of a module.
type section struct {
	id   byte
	body []byte
}

// The sections that matter here.
const (
	customSection = 0
	codeSection   = 10
	dataSection   = 11
)

const preamble = "\x00asm\x01\x00\x00\x00"

// split cuts a module into its sections, which share its bytes.
func split(wasm []byte) ([]section, error) {
	body, ok := bytes.CutPrefix(wasm, []byte(preamble))
	if !ok {
		return nil, errModule
	}
	r := reader{rest: body}
	var all []section
	for len(r.rest) > 0 {
		all = append(all, section{r.byte(), r.bytes(r.number())})
	}
	if r.broken {
		return nil, errModule
	}
	return all, nil
}

// appendTo appends the section as it stands in a module.
func (s section) appendTo(b []byte) []byte {
	b = binary.AppendUvarint(append(b, s.id), uint64(len(s.body)))
	return append(b, s.body...)
}

// change puts other code into the place of each function's in a code section, by
// their number among those with code.
func change(body []byte, to func(number uint32, code []byte) []byte) ([]byte, error) {
	r := reader{rest: body}
	count := r.number()
	out := binary.AppendUvarint(nil, count)
	for n := range count {
		code := r.bytes(r.number())
		if r.broken {
			return nil, errModule
		}
		code = to(uint32(n), code)
		out = append(binary.AppendUvarint(out, uint64(len(code))), code...)
	}
	if len(r.rest) > 0 {
		return nil, errModule
	}
	return out, nil
}

// What stands before a segment's bytes: the memory, its address as a constant
// expression, its length.
const (
	firstMemory = 0x00
	i32Const    = 0x41
	end         = 0x0b
)

// load lays a data section's segments out as they lie in memory.
func load(body []byte) ([]byte, error) {
	const most = 16 << 20 // bytes: ten times the memory that a module like ours starts with
	r := reader{rest: body}
	var image []byte
	for count := r.number(); count > 0 && !r.broken; count-- {
		memory, op, at, stop := r.byte(), r.byte(), r.signed(), r.byte()
		data := r.bytes(r.number())
		if r.broken || memory != firstMemory || op != i32Const || stop != end || at < 0 || at > most {
			return nil, errModule
		}
		if more := int(at) + len(data) - len(image); more > 0 {
			image = append(image, make([]byte, more)...)
		}
		copy(image[at:], data)
	}
	if r.broken || len(r.rest) > 0 {
		return nil, errModule
	}
	return image, nil
}

// store writes the image as a data section, leaving out long runs of zeros:
// memory is zero when the module starts.
func store(image []byte) []byte {
	// Zeros in a row that are worth a new segment. Uncompressed that would be the
	// 8 bytes that a segment costs, but broken columns compress badly: with 16, the
	// whole is 25 KB larger under Brotli than with 128, and more gains nothing.
	const gap = 128

	var segments []byte
	count := uint64(0)
	for at := 0; at < len(image); {
		if image[at] == 0 {
			at++
			continue
		}
		stop := at // after the last byte that is not zero
		for i := at; i < len(image) && i-stop < gap; i++ {
			if image[i] != 0 {
				stop = i + 1
			}
		}
		count++
		segments = append(segments, firstMemory, i32Const)
		segments = append(appendSigned(segments, int64(at)), end)
		segments = binary.AppendUvarint(segments, uint64(stop-at))
		segments = append(segments, image[at:stop]...)
		at = stop
	}
	return append(binary.AppendUvarint(nil, count), segments...)
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

func (r *reader) byte() byte {
	if b := r.bytes(1); len(b) == 1 {
		return b[0]
	}
	return 0
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

// signed reads a signed LEB128 number of at most 32 bits.
func (r *reader) signed() int64 {
	v := int64(0)
	for shift := 0; shift < 35; shift += 7 {
		b := r.byte()
		v |= int64(b&0x7f) << shift
		if b&0x80 == 0 {
			return v << (57 - shift) >> (57 - shift) // the sign is the last bit read
		}
	}
	r.rest, r.broken = nil, true
	return 0
}

// appendSigned appends a signed LEB128 number that is not negative.
func appendSigned(b []byte, v int64) []byte {
	for ; v >= 0x40; v >>= 7 {
		b = append(b, byte(v)|0x80)
	}
	return append(b, byte(v))
}
