package slim

import (
	"bytes"
	"slices"
	"strings"
)

// The names that functions have afterwards. No table of the linker's starts like
// this one.
const (
	runtimeFunction = "runtime.f"
	runtimeMethod   = "runtime.(*?).?"
	method          = "?.(*?).?"
	makeFuncStub    = "reflect.makeFuncStub"
	methodValueCall = "reflect.methodValueCall"

	shortNames = "\x00" + runtimeFunction + "\x00" + runtimeMethod + "\x00" + method + "\x00" + makeFuncStub + "\x00" + methodValueCall + "\x00"
)

// shorten returns the offset of the name that stands for a function's: 0, which is
// no name (moduledata.funcName), for most.
func shorten(name string, wrapper bool) uint32 {
	ofRuntime := strings.HasPrefix(name, "runtime.")
	ofMethod := wrapper && strings.Contains(name, ".(*")
	switch {
	case name == makeFuncStub || name == methodValueCall:
	case ofRuntime && ofMethod:
		name = runtimeMethod
	case ofRuntime:
		name = runtimeFunction
	case ofMethod:
		name = method
	default:
		return 0
	}
	return uint32(strings.Index(shortNames, "\x00"+name+"\x00") + 1)
}

// isSlim reports whether the table is one that slim left.
func (t *table) isSlim() bool { return bytes.HasPrefix(t.names, []byte(shortNames)) }

// slim takes out of the table what the package's comment lists.
func (t *table) slim() error {
	functions, err := t.read()
	if err != nil {
		return err
	}
	if len(t.names) < len(shortNames) {
		return layout("it has hardly any names")
	}
	pcs, data := tables{content: t.pcs, none: noPCs, align: 1}, tables{content: t.data, none: noFuncdata, align: 8}
	if !pcs.find(pcRefs(functions)) || !data.find(dataRefs(functions)) {
		return layout("a function's table is out of reach")
	}
	for i := range functions {
		f := &functions[i]
		wrapper := f.id == funcIDWrapper
		name, _, _ := bytes.Cut(t.names[f.name:], []byte{0})
		f.name = shorten(string(name), wrapper)
		f.pcfile, f.pcln, f.unit, f.startLine = noPCs, noPCs, 0, 0
		drop(&f.pcdata, noPCs, pcdataArgLiveIndex)
		drop(&f.funcdata, noFuncdata, funcdataArgInfo, funcdataArgLiveInfo, funcdataWrapInfo)
		if !wrapper {
			drop(&f.pcdata, noPCs, pcdataInlTreeIndex)
			drop(&f.funcdata, noFuncdata, funcdataInlTree)
		} else if len(f.funcdata) > funcdataInlTree && f.funcdata[funcdataInlTree] != noFuncdata {
			anonymize(data.at(f.funcdata[funcdataInlTree]))
		}
	}
	pcs.pack(pcRefs(functions))
	data.pack(dataRefs(functions))
	if err := t.write(functions); err != nil {
		return err
	}
	t.coarsen()
	clear(t.names)
	copy(t.names, shortNames)
	clear(t.units)
	clear(t.files)
	return nil
}

// anonymize takes names and lines out of a tree of inlined calls: type inlinedCall
// in runtime/symtabinl.go, whose words are the id, the name, the PC of the call and
// the line.
func anonymize(tree []byte) {
	for ; len(tree) >= 16; tree = tree[16:] {
		clear(tree[4:8])
		clear(tree[12:16])
	}
}

// coarsen lowers the function numbers in findfunctab (runtime.findfuncbucket) to
// multiples of 32 and their differences to zero, which compresses to nothing.
// findfunc starts at the sum of both and walks on to the function, 16 steps on
// average.
func (t *table) coarsen() {
	const step, bucketSize = 32, 4 + 16
	for bucket := range slices.Chunk(t.finder, bucketSize) {
		if len(bucket) >= 4 {
			first := order.Uint32(bucket)
			clear(bucket)
			order.PutUint32(bucket, first/step*step)
		}
	}
}

// drop sets the entries of an array to none and cuts off what is none at its end.
func drop(array *[]uint32, none uint32, entries ...int) {
	a := *array
	for _, i := range entries {
		if i < len(a) {
			a[i] = none
		}
	}
	for len(a) > 0 && a[len(a)-1] == none {
		a = a[:len(a)-1]
	}
	*array = a
}

// pcRefs returns where functions refer to a table in pctab.
func pcRefs(functions []function) (refs []*uint32) {
	for i := range functions {
		f := &functions[i]
		refs = append(refs, &f.pcsp, &f.pcfile, &f.pcln)
		for j := range f.pcdata {
			refs = append(refs, &f.pcdata[j])
		}
	}
	return refs
}

// dataRefs returns where functions refer to a table in go:func.*.
func dataRefs(functions []function) (refs []*uint32) {
	for _, f := range functions {
		for j := range f.funcdata {
			refs = append(refs, &f.funcdata[j])
		}
	}
	return refs
}
