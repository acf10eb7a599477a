package main

import (
	"bytes"
	"encoding/binary"
	"errors"
)

// slim takes out of a module what only a traceback would print: the names of
// functions and files, and the lines. That is 40 KB of 550 under Brotli. What
// the garbage collector and a panic need stays, so the program runs as before; a
// crash says less, but the same code crashes natively with every name.
//
// All of it lies in the runtime's symbol table (pclntab), whose layout is the
// Go release's own: runtime/symtab.go and the type _func in runtime/runtime2.go.
// slim knows that of Go 1.20 to 1.26 and refuses any other.
func slim(module []byte) ([]byte, error) {
	sections, err := split(module)
	if err != nil {
		return nil, err
	}
	out := append([]byte(nil), module[:8]...)
	for _, s := range sections {
		if s.id == dataSection {
			image, err := load(s.body)
			if err != nil {
				return nil, err
			}
			if err := slimTable(image); err != nil {
				return nil, err
			}
			s.body = store(image)
		}
		out = append(out, s.id)
		out = binary.AppendUvarint(out, uint64(len(s.body)))
		out = append(out, s.body...)
	}
	return out, nil
}

// slimTable blanks the symbol table inside the memory image.
func slimTable(image []byte) error {
	// The header: magic, two zeros, the instruction size of WebAssembly and the
	// size of a pointer; then words of 8 bytes.
	magic := []byte{0xf1, 0xff, 0xff, 0xff, 0, 0, 1, 8}
	at := bytes.Index(image, magic)
	if at < 0 || bytes.Contains(image[at+1:], magic) {
		return errors.New("this release of Go has another symbol table: teach pack/slim.go its layout")
	}
	table := image[at:]
	word := func(i int) uint64 { return binary.LittleEndian.Uint64(table[8+8*i:]) }
	functions := int(word(0))
	names, units, files, pcs, lines := word(3), word(4), word(5), word(6), word(7)
	if functions > 1<<20 || !(names < units && units <= files && files < pcs && pcs < lines && lines < uint64(len(table))) {
		return errors.New("the symbol table makes no sense")
	}
	pctab := table[pcs:lines]
	lookup := table[lines:]
	used := make([]bool, len(pctab))
	for i := range functions {
		f := lookup[binary.LittleEndian.Uint32(lookup[8*i+4:]):]
		const (
			nameOff, pcsp, pcfile, pcln, npcdata, cuOffset, startLine, pcdata = 4, 16, 20, 24, 28, 32, 36, 44
			argLive                                                           = 3 // the table of pcdata that tracebacks alone read
		)
		get := func(field int) uint32 { return binary.LittleEndian.Uint32(f[field:]) }
		for _, field := range []int{nameOff, pcfile, pcln, cuOffset, startLine} {
			binary.LittleEndian.PutUint32(f[field:], 0)
		}
		n := int(get(npcdata))
		if n > argLive {
			binary.LittleEndian.PutUint32(f[pcdata+4*argLive:], 0)
		}
		if err := mark(pctab, used, get(pcsp)); err != nil {
			return err
		}
		for j := range n {
			if err := mark(pctab, used, get(pcdata+4*j)); err != nil {
				return err
			}
		}
	}
	clear(table[names:pcs]) // names of functions, units, names of files
	for i := range pctab {
		if !used[i] {
			pctab[i] = 0
		}
	}
	return nil
}

// mark marks one table of pctab as used: pairs of varints, value and distance,
// up to a value of 0 that is not the first. Offset 0 is no table.
func mark(pctab []byte, used []bool, offset uint32) error {
	if offset == 0 {
		return nil
	}
	for i, first := int(offset), true; ; first = false {
		for pair := range 2 {
			if i >= len(pctab) {
				return errors.New("a table of the symbol table does not end")
			}
			if pair == 0 && pctab[i] == 0 && !first {
				used[i] = true
				return nil
			}
			_, n := binary.Uvarint(pctab[i:])
			if n <= 0 {
				return errors.New("a table of the symbol table is broken")
			}
			for range n {
				used[i] = true
				i++
			}
		}
	}
}

// section is one section of a module.
type section struct {
	id   byte
	body []byte
}

const dataSection = 11

var errModule = errors.New("not a WebAssembly module as Go links it")

func split(module []byte) ([]section, error) {
	if !bytes.HasPrefix(module, []byte("\x00asm\x01\x00\x00\x00")) {
		return nil, errModule
	}
	var all []section
	for rest := module[8:]; len(rest) > 0; {
		size, n := binary.Uvarint(rest[1:])
		if n <= 0 || uint64(len(rest)) < uint64(1+n)+size {
			return nil, errModule
		}
		end := 1 + n + int(size)
		all = append(all, section{rest[0], rest[1+n : end]})
		rest = rest[end:]
	}
	return all, nil
}

// load lays the segments of a data section out as they lie in memory.
func load(body []byte) (image []byte, err error) {
	uvarint := func() uint64 {
		v, n := binary.Uvarint(body)
		if n <= 0 {
			err = errModule
			return 0
		}
		body = body[n:]
		return v
	}
	const i32const, end = 0x41, 0x0b
	count := uvarint()
	for i := uint64(0); i < count && err == nil; i++ {
		if uvarint() != 0 || len(body) == 0 || body[0] != i32const {
			return nil, errModule
		}
		body = body[1:]
		at := int64(0)
		for shift := 0; ; shift += 7 { // a signed LEB128 number
			if len(body) == 0 || shift > 28 {
				return nil, errModule
			}
			b := body[0]
			body = body[1:]
			at |= int64(b&0x7f) << shift
			if b&0x80 == 0 {
				break
			}
		}
		if len(body) == 0 || body[0] != end {
			return nil, errModule
		}
		body = body[1:]
		size := uvarint()
		if err != nil || size > uint64(len(body)) || at+int64(size) > 1<<28 {
			return nil, errModule
		}
		if more := int(at) + int(size) - len(image); more > 0 {
			image = append(image, make([]byte, more)...)
		}
		copy(image[at:], body[:size])
		body = body[size:]
	}
	if err == nil && len(body) > 0 {
		err = errModule
	}
	return image, err
}

// store writes an image as segments, leaving out runs of zeros, which memory is
// full of anyway.
func store(image []byte) []byte {
	const overhead = 128 // bytes of zeros that cost less under Brotli than a segment more
	var segments []byte
	count := uint64(0)
	for from := 0; from < len(image); {
		if image[from] == 0 {
			from++
			continue
		}
		to, zeros := from, 0
		for i := from; i < len(image) && zeros < overhead; i++ {
			if zeros++; image[i] != 0 {
				to, zeros = i+1, 0
			}
		}
		count++
		segments = append(segments, 0, 0x41)
		segments = appendSigned(segments, int64(from))
		segments = append(segments, 0x0b)
		segments = binary.AppendUvarint(segments, uint64(to-from))
		segments = append(segments, image[from:to]...)
		from = to
	}
	return append(binary.AppendUvarint(nil, count), segments...)
}

// appendSigned appends a signed LEB128 number that is not negative.
func appendSigned(b []byte, n int64) []byte {
	for n >= 0x40 {
		b = append(b, byte(n&0x7f)|0x80)
		n >>= 7
	}
	return append(b, byte(n))
}
