package slim

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strings"
)

var order = binary.LittleEndian

// span is a range of addresses.
type span struct{ start, end uint64 }

func (s span) in(image []byte) []byte { return image[s.start:s.end] }

// table is the symbol table inside a memory image.
type table struct {
	image []byte
	funcs int // how many functions there are
	// The parts of the table, in this order.
	names, units, files, pcs, lookup, data span
	// finder is runtime.findfunctab.
	finder span
}

// find finds the symbol table through runtime.firstmoduledata, which points at
// all of its parts (type moduledata in runtime/symtab.go), and holds it against
// the table's own header (type pcHeader there).
func find(image []byte) (*table, error) {
	// The header starts with its magic (internal/abi.Go120PCLnTabMagic), two zeros,
	// the size of an instruction and of a pointer.
	magic := []byte{0xf1, 0xff, 0xff, 0xff, 0, 0, 1, 8}
	head := bytes.Index(image, magic)
	if head < 0 || bytes.Contains(image[head+1:], magic) {
		return nil, layout("no header, or several")
	}
	const headerWords, moduleWords = 9, 42
	if len(image) < head+8*headerWords {
		return nil, layout("the header is cut off")
	}
	word := func(at, i int) uint64 { return order.Uint64(image[at+8*i:]) }
	// Words of the header: 1 nfunc, 2 nfiles, 4 to 8 where the parts start.
	var starts [5]uint64
	for i := range starts {
		starts[i] = uint64(head) + word(head, 4+i)
	}
	// Words of moduledata: 0 pcHeader, then slices of three words: 1 funcnametab,
	// 4 cutab, 7 filetab, 10 pctab, 13 pclntable, 16 ftab; 19 findfunctab, 20 minpc,
	// 21 maxpc, 40 gofunc, 41 epclntab.
	module := -1
	for at := 0; at+8*moduleWords <= len(image); at += 8 {
		if word(at, 0) == uint64(head) && word(at, 1) == starts[0] && word(at, 4) == starts[1] && word(at, 7) == starts[2] &&
			word(at, 10) == starts[3] && word(at, 13) == starts[4] && word(at, 16) == starts[4] {
			module = at
			break
		}
	}
	if module < 0 {
		return nil, layout("no moduledata")
	}
	funcs := word(head, 1)
	slice := func(i int, size uint64) span {
		return span{word(module, i), word(module, i) + word(module, i+1)*size}
	}
	t := &table{image: image, funcs: int(funcs),
		names: slice(1, 1), units: slice(4, 4), files: slice(7, 1), pcs: slice(10, 1), lookup: slice(13, 1),
		data: span{word(module, 40), word(module, 41)}}
	const bucketPCs, bucketSize = 4096, 20 // internal/abi.FuncTabBucketSize, runtime.findfuncbucket
	minPC, maxPC := word(module, 20), word(module, 21)
	buckets := (maxPC - minPC + bucketPCs - 1) / bucketPCs
	t.finder = span{word(module, 19), word(module, 19) + buckets*bucketSize}

	return t, nil
}

func (t *table) slim() bool { return false }

// function is runtime._func with the arrays that follow it.
type function struct {
	entry, name, args, deferreturn   uint32
	pcsp, pcfile, pcln               uint32
	unit, startLine                  uint32
	id, flag                         byte
	pcdata, funcdata                 []uint32
}

const none = ^uint32(0)

func (t *table) read() []function {
	all := make([]function, t.funcs)
	b := t.lookup.in(t.image)
	for i := range all {
		f := b[order.Uint32(b[8*i+4:]):]
		u := func(k int) uint32 { return order.Uint32(f[4*k:]) }
		all[i] = function{entry: u(0), name: u(1), args: u(2), deferreturn: u(3), pcsp: u(4), pcfile: u(5), pcln: u(6), unit: u(8), startLine: u(9), id: f[40], flag: f[41]}
		for j := range u(7) { all[i].pcdata = append(all[i].pcdata, u(11+int(j))) }
		for j := range f[43] { all[i].funcdata = append(all[i].funcdata, u(11+int(u(7))+int(j))) }
	}
	return all
}

func (t *table) write(all []function) {
	b := t.lookup.in(t.image)
	endpc := order.Uint32(b[8*len(all):])
	clear(b)
	at := 8*len(all)+4
	order.PutUint32(b[8*len(all):], endpc)
	for i, f := range all {
		order.PutUint32(b[8*i:], f.entry)
		order.PutUint32(b[8*i+4:], uint32(at))
		for _, v := range []uint32{f.entry, f.name, f.args, f.deferreturn, f.pcsp, f.pcfile, f.pcln, uint32(len(f.pcdata)), f.unit, f.startLine, uint32(f.id)|uint32(f.flag)<<8|uint32(len(f.funcdata))<<24} {
			order.PutUint32(b[at:], v); at += 4
		}
		for _, v := range f.pcdata { order.PutUint32(b[at:], v); at += 4 }
		for _, v := range f.funcdata { order.PutUint32(b[at:], v); at += 4 }
	}
}

var (
	Names, Lines, Inline, Args, Unsafe, Finder, Compact, Trim = true, true, true, true, false, 32, true, true
)

func (t *table) rewrite() error {
	all := t.read()
	nametab := t.names.in(t.image)
	name := func(off uint32) string { s := nametab[off:]; return string(s[:bytes.IndexByte(s, 0)]) }
	pcAll, fdAll := map[uint32]bool{}, map[uint32]bool{}
	for _, f := range all {
		for _, v := range append([]uint32{f.pcsp, f.pcfile, f.pcln}, f.pcdata...) { pcAll[v] = true }
		for _, v := range f.funcdata { if v != none {fdAll[v] = true} }
	}
	names := "\x00runtime.f\x00?.(*?).?\x00runtime.(*?).?\x00reflect.makeFuncStub\x00"
	wrappers := 0
	for i := range all {
		f := &all[i]
		wrapper := f.id == 23
		if wrapper && len(f.funcdata)>3 && f.funcdata[3]!=none {wrappers++}
		if Names {
		n := name(f.name)
		f.name = 0
		switch {
		case wrapper && strings.HasPrefix(n, "runtime.") && strings.Contains(n, ".(*"): f.name = uint32(strings.Index(names, "runtime.(*?)"))
		case wrapper && strings.Contains(n, ".(*"): f.name = uint32(strings.Index(names, "?."))
		case strings.HasPrefix(n, "runtime."): f.name = 1
		}
		f.startLine = 0
		}
		if Lines { f.pcfile, f.pcln, f.unit = 0, 0, 0 }
		if Inline && !wrapper {
			if len(f.pcdata) > 2 { f.pcdata[2] = 0 }
			if len(f.funcdata) > 3 { f.funcdata[3] = none }
		}
		if Args {
			if len(f.pcdata) > 3 { f.pcdata[3] = 0 }
			for j := 5; j < len(f.funcdata); j++ { f.funcdata[j] = none }
		}
		if Unsafe && len(f.pcdata) > 0 { f.pcdata[0] = 0 }
		if Trim {
			for len(f.pcdata) > 0 && f.pcdata[len(f.pcdata)-1] == 0 { f.pcdata = f.pcdata[:len(f.pcdata)-1] }
			for len(f.funcdata) > 0 && f.funcdata[len(f.funcdata)-1] == none { f.funcdata = f.funcdata[:len(f.funcdata)-1] }
		}
	}
	_ = wrappers
	pcUsed, fdUsed := map[uint32]int{}, map[uint32]int{}
	for _, f := range all {
		for _, v := range append([]uint32{f.pcsp, f.pcfile, f.pcln}, f.pcdata...) { pcUsed[v]++ }
		for _, v := range f.funcdata { if v != none {fdUsed[v]++} }
	}
	move := func(s span, all map[uint32]bool, used map[uint32]int, first uint32) map[uint32]uint32 {
		b := s.in(t.image)
		old := slices.Clone(b)
		to := map[uint32]uint32{0: 0, none: none}
		clear(b)
		var offs []uint32
		for o := range all { offs = append(offs, o) }
		slices.Sort(offs)
		offs = append(offs, uint32(len(b)))
		at := first
		for i, o := range offs[:len(offs)-1] {
			if used[o] == 0 || first > 0 && o == 0 { continue }
			if !Compact { at = o }
			for (at^o)&7 != 0 && first == 0 { at++ }
			to[o] = at
			at += uint32(copy(b[at:], old[o:offs[i+1]]))
		}

		return to
	}
	if t.finder.start >= t.data.start && t.finder.start < t.data.end { t.data.end = t.finder.start }
	pcTo := move(t.pcs, pcAll, pcUsed, 1)
	fdTo := move(t.data, fdAll, fdUsed, 0)
	for i := range all {
		f := &all[i]
		f.pcsp, f.pcfile, f.pcln = pcTo[f.pcsp], pcTo[f.pcfile], pcTo[f.pcln]
		for j, v := range f.pcdata { f.pcdata[j] = pcTo[v] }
		for j, v := range f.funcdata { f.funcdata[j] = fdTo[v] }
	}
	if Names { clear(nametab); copy(nametab, names) }
	if Lines { clear(t.units.in(t.image)); clear(t.files.in(t.image)) }
	t.write(all)
	if Finder > 0 {
		b := t.finder.in(t.image)
		for i := 0; i < len(b); i += 20 {
			idx := order.Uint32(b[i:])
			order.PutUint32(b[i:], idx/uint32(Finder)*uint32(Finder))
			clear(b[i+4:i+20])
		}
	}
	return nil
}
