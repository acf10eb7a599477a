package slim

import (
	"bytes"
	"encoding/binary"
)

var order = binary.LittleEndian

// table is the symbol table: its parts, each a slice of one memory image.
type table struct {
	funcs  int    // how many functions there are
	names  []byte // funcnametab: names, each ended by a zero
	units  []byte // cutab: offsets into filetab
	files  []byte // filetab: names, each ended by a zero
	pcs    []byte // pctab: tables from PC to a value
	lookup []byte // functab: (entry, offset of the _func) by entry, the end PC, the _funcs
	data   []byte // go:func.*: what FUNCDATA refers to
	finder []byte // findfunctab: buckets of a function's number and 16 differences
}

// find finds the symbol table through runtime.firstmoduledata, which points at
// all of its parts (type moduledata in runtime/symtab.go), and holds them against
// the table's own header (type pcHeader there).
func find(image []byte) (*table, error) {
	// The header starts with internal/abi.Go120PCLnTabMagic, two zeros, the size of
	// an instruction and that of a pointer.
	magic := []byte{0xf1, 0xff, 0xff, 0xff, 0, 0, 1, 8}
	head := bytes.Index(image, magic)
	if head < 0 || bytes.Contains(image[head+1:], magic) {
		return nil, layout("no header, or several")
	}
	const headerWords, moduleWords = 9, 42
	if len(image)-head < 8*headerWords {
		return nil, layout("the header is cut off")
	}
	word := func(at, i int) uint64 { return order.Uint64(image[at+8*i:]) }
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
	for ; ; at += 8 {
		if len(image)-at < 8*moduleWords {
			return nil, layout("no moduledata that points at it")
		}
		if isModule(at) {
			break
		}
	}
	// And 19 findfunctab, 20 minpc, 21 maxpc, 40 gofunc, 41 epclntab. The parts
	// follow each other.
	last, wrong := uint64(head), false
	part := func(start, size uint64) []byte {
		if start < last || size > uint64(len(image)) || start > uint64(len(image))-size {
			wrong = true
			return nil
		}
		last = start + size
		return image[start:last]
	}
	t := &table{
		names:  part(word(at, 1), word(at, 2)),
		units:  part(word(at, 4), word(at, 5)*4),
		files:  part(word(at, 7), word(at, 8)),
		pcs:    part(word(at, 10), word(at, 11)),
		lookup: part(word(at, 13), word(at, 14)),
		data:   part(word(at, 40), word(at, 19)-word(at, 40)),
		finder: part(word(at, 19), word(at, 41)-word(at, 19)),
	}
	funcs := word(head, 1)
	if wrong || funcs == 0 || funcs > uint64(len(t.lookup))/8 || uint64(len(t.lookup)) < 8*funcs+4 {
		return nil, layout("its parts are not where they should be")
	}
	t.funcs = int(funcs)
	// PCs go to buckets of 4096 (internal/abi.FuncTabBucketSize), in 16 parts each;
	// the last bucket has as many of them as it needs.
	const perBucket, perPart = 4096, 4096 / 16
	pcs := word(at, 21) - word(at, 20)
	if pcs > 1<<40 || uint64(len(t.finder)) != (pcs+perBucket-1)/perBucket*4+(pcs+perPart-1)/perPart {
		return nil, layout("findfunctab has another size")
	}
	return t, nil
}

// function is a function's entry: type _func in runtime/runtime2.go with the
// arrays that follow it.
type function struct {
	entry       uint32 // its number on WebAssembly
	name        uint32 // offset into names
	args        uint32
	deferreturn uint32
	pcsp        uint32 // offset into pcs, like the next two
	pcfile      uint32
	pcln        uint32
	unit        uint32 // offset into units
	startLine   uint32
	id          byte     // internal/abi.FuncID
	flag        byte     // internal/abi.FuncFlag
	pcdata      []uint32 // offsets into pcs, by PCDATA number
	funcdata    []uint32 // offsets into data, by FUNCDATA number
}

// From internal/abi/symtab.go.
const (
	funcIDWrapper = 23

	pcdataInlTreeIndex = 2
	pcdataArgLiveIndex = 3
	pcdataKinds        = 5

	funcdataInlTree     = 3
	funcdataArgInfo     = 5
	funcdataArgLiveInfo = 6
	funcdataWrapInfo    = 7
	funcdataKinds       = 8

	noPCs      = 0 // is no table in pctab
	noFuncdata = ^uint32(0)
)

// The words of a _func before its arrays; the last has funcID, flag, a byte of
// padding and nfuncdata.
const funcWords = 11

// read reads all functions.
func (t *table) read() ([]function, error) {
	all := make([]function, t.funcs)
	for i := range all {
		start := order.Uint32(t.lookup[8*i+4:])
		if int64(start) < int64(8*t.funcs+4) || int64(start)+4*funcWords > int64(len(t.lookup)) {
			return nil, layout("function %d is out of the table", i)
		}
		b := t.lookup[start:]
		word := func(i int) uint32 { return order.Uint32(b[4*i:]) }
		f := function{
			entry: word(0), name: word(1), args: word(2), deferreturn: word(3),
			pcsp: word(4), pcfile: word(5), pcln: word(6), unit: word(8), startLine: word(9),
			id: b[40], flag: b[41],
		}
		npcdata, nfuncdata := word(7), b[43]
		if f.entry != order.Uint32(t.lookup[8*i:]) || f.id > funcIDWrapper || npcdata > pcdataKinds || nfuncdata > funcdataKinds ||
			len(b) < 4*(funcWords+int(npcdata)+int(nfuncdata)) || int64(f.name) >= int64(len(t.names)) {
			return nil, layout("function %d makes no sense", i)
		}
		for j := range int(npcdata) {
			f.pcdata = append(f.pcdata, word(funcWords+j))
		}
		for j := range int(nfuncdata) {
			f.funcdata = append(f.funcdata, word(funcWords+int(npcdata)+j))
		}
		all[i] = f
	}
	return all, nil
}

// write writes all functions, one after the other.
func (t *table) write(all []function) error {
	size := 4 * (2*len(all) + 1)
	for _, f := range all {
		size += 4 * (funcWords + len(f.pcdata) + len(f.funcdata))
	}
	if size > len(t.lookup) { // none has become longer, so some shared their entry
		return layout("functions overlap")
	}
	clear(t.lookup[8*len(all)+4:]) // the end PC stays
	at := uint32(8*len(all) + 4)
	put := func(words ...uint32) {
		for _, w := range words {
			order.PutUint32(t.lookup[at:], w)
			at += 4
		}
	}
	for i, f := range all {
		order.PutUint32(t.lookup[8*i+4:], at)
		put(f.entry, f.name, f.args, f.deferreturn, f.pcsp, f.pcfile, f.pcln, uint32(len(f.pcdata)), f.unit, f.startLine,
			uint32(f.id)|uint32(f.flag)<<8|uint32(len(f.funcdata))<<24)
		put(f.pcdata...)
		put(f.funcdata...)
	}
	return nil
}
