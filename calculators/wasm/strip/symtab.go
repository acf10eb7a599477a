package strip

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
)

var errLayout = errors.New("strip: this Go release lays its symbol table out in another way")

func word(b []byte, i int) uint32       { return binary.LittleEndian.Uint32(b[4*i:]) }
func setWord(b []byte, i int, v uint32) { binary.LittleEndian.PutUint32(b[4*i:], v) }

// table is the symbol table: its parts, each a slice of one memory image.
type table struct {
	count  int    // how many functions there are
	names  []byte // funcnametab: names, each ended by a zero
	units  []byte // cutab: offsets into files
	files  []byte // filetab: names, each ended by a zero
	pcs    []byte // pctab: tables from PC to a value
	lookup []byte // functab: (entry, offset of the _func) by entry, the end PC, the _funcs
	data   []byte // go:func.*: what FUNCDATA refers to
}

// find finds the symbol table by its header (type pcHeader in runtime/symtab.go) and
// the record that points at its parts (type moduledata there), nil if it cannot.
func find(image []byte) *table {
	// internal/abi.Go120PCLnTabMagic, two zeros, the sizes of instructions and pointers.
	magic := []byte{0xf1, 0xff, 0xff, 0xff, 0, 0, 1, 8}
	const headerWords, moduleWords = 9, 64
	word := func(at, i int) uint64 { return binary.LittleEndian.Uint64(image[at+8*i:]) }
	head := bytes.Index(image, magic)
	if head < 0 || bytes.Contains(image[head+1:], magic) ||
		len(image)-head < 8*headerWords || len(image) < 8*moduleWords {
		return nil
	}
	// Words of the header: 1 nfunc, 4 to 8 where names, units, files, pcs and lookup
	// start. Words of moduledata: 0 pcHeader, then slices of three words: 1
	// funcnametab, 4 cutab, 7 filetab, 10 pctab, 13 pclntable, 16 ftab.
	isModule := func(at int) bool {
		for i := range 5 {
			if word(at, 1+3*i) != uint64(head)+word(head, 4+i) {
				return false
			}
		}
		return word(at, 0) == uint64(head) && word(at, 16) == word(at, 13) && word(at, 17) == word(head, 1)+1
	}
	at := 0
	for !isModule(at) {
		if at += 8; at > len(image)-8*moduleWords {
			return nil
		}
	}
	// Then 19 findfunctab, 20 minpc, 21 maxpc. findfunctab has a bucket for 4096 PCs
	// (internal/abi.FuncTabBucketSize), in 16 parts; the last one has as many of them
	// as it needs. Where it ends is epclntab, and the word before that is gofunc.
	finder, pcs, gofunc := word(at, 19), word(at, 21)-word(at, 20), uint64(0)
	for i := 23; i < moduleWords && gofunc == 0; i++ {
		if word(at, i) == finder+(pcs+4095)/4096*4+(pcs+255)/256 {
			gofunc = word(at, i-1)
		}
	}
	last, wrong := uint64(head), false
	part := func(start, size uint64) []byte { // they follow each other
		if wrong = wrong || start < last || start > uint64(len(image)) || size > uint64(len(image))-start; wrong {
			return nil
		}
		last = start + size
		return image[start:last]
	}
	t := &table{
		count:  int(word(head, 1)),
		names:  part(word(at, 1), word(at, 2)),
		units:  part(word(at, 4), word(at, 5)*4),
		files:  part(word(at, 7), word(at, 8)),
		pcs:    part(word(at, 10), word(at, 11)),
		lookup: part(word(at, 13), word(at, 14)),
		data:   part(gofunc, finder-gofunc),
	}
	if wrong || t.count <= 0 || t.count > len(t.lookup)/8 || len(t.lookup) < 8*t.count+4 {
		return nil
	}
	return t
}

// function is a function's record in the lookup table: type _func in
// runtime/runtime2.go with the arrays that follow it.
type function struct {
	words    []byte // by number; after those of the _func offsets into pcs, by PCDATA number
	funcdata []byte // and at their end offsets into data, by FUNCDATA number
	name     string
	special  bool   // how the runtime treats it: another internal/abi.FuncID than FuncIDNormal
	tree     uint32 // the offset of its inlined calls, if there are any
	inlined  int    // how many there are
}

// The words of a _func that matter here. The last has the FuncID, flags, a zero and
// how many FUNCDATA there are.
const (
	wordEntry, wordName                = 0, 1
	wordPCSP, wordPCFile, wordPCLine   = 4, 5, 6 // offsets into pcs
	wordPCData, wordUnit               = 7, 8    // how many PCDATA; the first of its entries in units
	wordStartLine, wordLast, funcWords = 9, 10, 11
)

// From internal/abi/symtab.go, and inlinedCall in runtime/symtabinl.go.
const (
	pcdataKinds, pcdataInlTreeIndex = 5, 2
	funcdataKinds, funcdataInlTree  = 8, 3
	inlinedSize, mostInlined        = 16, 1 << 16

	noName, noPCs           = 0, 0
	noFuncdata, unknownFile = ^uint32(0), ^uint32(0)
)

// function reads the function of a number, and reports whether all that clearSymbols relies
// on is as expected.
func (t *table) function(i int) (f function, ok bool) {
	start := word(t.lookup, 2*i+1)
	if start%4 != 0 || int64(start) < int64(8*t.count+4) || int64(start)+4*funcWords > int64(len(t.lookup)) {
		return f, false
	}
	f.words = t.lookup[start:]
	pcdata, funcdata := word(f.words, wordPCData), uint32(f.words[4*wordLast+3])
	f.name, ok = text(t.names, word(f.words, wordName))
	if !ok || word(f.words, wordEntry) != word(t.lookup, 2*i) || i > 0 && word(t.lookup, 2*i) <= word(t.lookup, 2*i-2) ||
		pcdata > pcdataKinds || funcdata > funcdataKinds || f.words[4*wordLast+2] != 0 ||
		uint32(len(f.words)) < 4*(funcWords+pcdata+funcdata) {
		return f, false
	}
	f.words = f.words[:4*(funcWords+pcdata+funcdata)]
	f.funcdata = f.words[4*(funcWords+pcdata):]
	f.special = f.words[4*wordLast] != 0
	known := map[int]func(value int64) bool{ // what tables hold
		wordPCFile: func(file int64) bool { // an entry of the function's unit, which is a file's name
			if file += int64(word(f.words, wordUnit)); file < 0 || 4*file >= int64(len(t.units)) {
				return false
			}
			at := word(t.units, int(file))
			_, ok := text(t.files, at)
			return ok || at == unknownFile
		},
		wordPCLine: func(line int64) bool { return line >= 0 },
		funcWords + pcdataInlTreeIndex: func(call int64) bool {
			f.inlined = max(f.inlined, int(call)+1)
			return call >= -1 && call < mostInlined
		},
	}
	for _, w := range f.pcWords() {
		if _, ok := t.pcTable(word(f.words, w), known[w]); !ok {
			return f, false
		}
	}
	if f.tree = noFuncdata; funcdata > funcdataInlTree {
		f.tree = word(f.funcdata, funcdataInlTree)
	}
	ok = f.special || f.name != "runtime.gopanic"
	if f.inlined == 0 || int64(f.tree)+int64(f.inlined*inlinedSize) > int64(len(t.data)) {
		return f, ok && f.inlined == 0 && f.tree == noFuncdata
	}
	for j := range f.inlined { // an id, three zeros, a name, the PC of the call, a line
		call := t.data[int(f.tree)+j*inlinedSize:]
		_, named := text(t.names, word(call, 1))
		ok = ok && named && call[1]|call[2]|call[3] == 0 && int32(word(call, 2)) >= 0
	}
	return f, ok
}

// pcWords returns which words refer to a table in pcs.
func (f *function) pcWords() []int {
	list := []int{wordPCSP, wordPCFile, wordPCLine}
	for w := funcWords; w < (len(f.words)-len(f.funcdata))/4; w++ {
		list = append(list, w)
	}
	return list
}

// text returns the text at an offset of a table of such; false if none starts there.
func text(table []byte, at uint32) (string, bool) {
	if int64(at) >= int64(len(table)) || at > 0 && table[at-1] != 0 {
		return "", false
	}
	s, _, ok := bytes.Cut(table[at:], []byte{0})
	return string(s), ok
}

// pcTable returns the table at an offset of pcs: pairs of a difference to the value
// before and to the PC before, up to a difference of zero (runtime.step). It is false
// if the table cannot be read or check, unless nil, finds a value wrong.
func (t *table) pcTable(at uint32, check func(value int64) bool) ([]byte, bool) {
	if at == noPCs || int64(at) >= int64(len(t.pcs)) {
		return nil, at == noPCs
	}
	r := reader{rest: t.pcs[at:]}
	for value, first := int64(-1), true; ; first = false {
		step := r.number()
		if step == 0 && !first {
			return t.pcs[at : len(t.pcs)-len(r.rest)], !r.broken
		}
		value += int64(step>>1) ^ -int64(step&1)
		if r.number() == 0 || r.broken || check != nil && !check(value) {
			return nil, false
		}
	}
}

// clearSymbols clears what the package's comment lists, or nothing if the table is not
// as expected.
func clearSymbols(image []byte) error {
	t := find(image)
	if t == nil {
		return errLayout
	}
	functions, room := make([]function, t.count), cap(t.lookup)
	for i := range functions {
		f, ok := t.function(i)
		if !ok || cap(f.words) > room { // they follow each other
			return fmt.Errorf("%w: function %d %q", errLayout, i, f.name)
		}
		functions[i], room = f, cap(f.words)-len(f.words)
	}
	const sharedName = "runtime." // takes the place of the first name that begins so
	shared := uint32(noName)      // where that is
	// Functions share names and tables: what one of them still has is kept.
	names, pcs, data := map[uint32]string{}, map[uint32]string{}, map[uint32]bool{}
	for _, f := range functions {
		for _, w := range []int{wordPCFile, wordPCLine, wordUnit, wordStartLine} {
			setWord(f.words, w, 0)
		}
		if f.special || strings.HasPrefix(f.name, "reflect.") {
			names[word(f.words, wordName)] = f.name
			for j := range f.inlined {
				at := word(t.data[int(f.tree)+j*inlinedSize:], 1)
				names[at], _ = text(t.names, at)
			}
		} else {
			name := word(f.words, wordName)
			setWord(f.words, wordName, noName)
			if strings.HasPrefix(f.name, sharedName) {
				shared = cmp.Or(shared, name)
				names[shared] = sharedName
				setWord(f.words, wordName, shared)
			}
			if f.inlined > 0 {
				setWord(f.funcdata, funcdataInlTree, noFuncdata)
				setWord(f.words, funcWords+pcdataInlTreeIndex, noPCs)
			}
		}
		for _, w := range f.pcWords() {
			b, _ := t.pcTable(word(f.words, w), nil)
			pcs[word(f.words, w)] = string(b)
		}
		for j := range len(f.funcdata) / 4 {
			data[word(f.funcdata, j)] = true
		}
	}
	for _, f := range functions {
		if f.inlined > 0 && !data[f.tree] {
			clear(t.data[f.tree:][:f.inlined*inlinedSize])
		}
	}
	clear(t.units)
	clear(t.files)
	clear(t.names)
	clear(t.pcs)
	for at, s := range names {
		copy(t.names[at:], s)
	}
	for at, s := range pcs {
		copy(t.pcs[at:], s)
	}
	return nil
}
