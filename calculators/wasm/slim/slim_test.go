package slim

import (
	"bytes"
	"encoding/binary"
	"errors"
	"slices"
	"strings"
	"testing"
)

// Where the parts of the tiny symbol table lie in memory.
const (
	tinyHead   = 16
	tinyNames  = tinyHead + 72
	tinyUnits  = tinyNames + 160
	tinyFiles  = tinyUnits + 8
	tinyPCs    = tinyFiles + 16
	tinyLookup = tinyPCs + 32
	tinyData   = tinyLookup + 248
	tinyFinder = tinyData + 96
	tinyModule = (tinyFinder + 32*20 + 7) &^ 7
)

const (
	tinyNamesContent = "main.run\x00runtime.bgsweep\x00main.(*T).Get\x00"
	tinyPCsContent   = "\x00\x02\x01\x00\x04\x02\x00\x06\x03\x00\x08\x04\x00\x0a\x05\x00"
)

// tinyFunctions has main.run, runtime.bgsweep and the wrapper main.(*T).Get. They
// share tables in pctab at 1, 4, 7, 10 and 13.
func tinyFunctions() []function {
	return []function{
		{entry: 0, name: 0, args: 8, deferreturn: 3, pcsp: 1, pcfile: 4, pcln: 7, unit: 0, startLine: 11, flag: 1,
			pcdata: []uint32{0, 10, 4, 7}, funcdata: []uint32{0, 24, noFuncdata, 32, noFuncdata, 48}},
		{entry: 1, name: 9, pcsp: 10, pcfile: 4, pcln: 4, startLine: 22, id: 5},
		{entry: 2, name: 25, pcsp: 7, pcfile: 4, pcln: 13, unit: 1, startLine: 33, id: funcIDWrapper,
			pcdata: []uint32{0, 1, 13}, funcdata: []uint32{noFuncdata, 24, noFuncdata, 64, noFuncdata, 48, 80, 88}},
	}
}

// tiny returns a memory image with a symbol table of three functions.
func tiny(t testing.TB) []byte {
	image := append(make([]byte, tinyModule+8*42), "more"...)
	word := func(at int, words ...uint64) {
		for i, w := range words {
			binary.LittleEndian.PutUint64(image[at+8*i:], w)
		}
	}
	copy(image[tinyHead:], "\xf1\xff\xff\xff\x00\x00\x01\x08")
	word(tinyHead+8, 3, 1, 0, tinyNames-tinyHead, tinyUnits-tinyHead, tinyFiles-tinyHead, tinyPCs-tinyHead, tinyLookup-tinyHead)
	copy(image[tinyNames:], tinyNamesContent)
	copy(image[tinyUnits:], "\x00\x00\x00\x00\x08")
	copy(image[tinyFiles:], "main.go\x00sweep.go")
	copy(image[tinyPCs:], tinyPCsContent)
	for i := range tinyFinder - tinyData {
		image[tinyData+i] = byte('A' + i/8) // so a table shows where it came from
	}
	for i := range 3 {
		binary.LittleEndian.PutUint32(image[tinyFinder+20*16*i/3:], uint32(i))
	}
	word(tinyModule, tinyHead)
	slice := func(i, start, size uint64) { word(tinyModule+int(8*i), start, size, size) }
	slice(1, tinyNames, tinyUnits-tinyNames)
	slice(4, tinyUnits, 2)
	slice(7, tinyFiles, tinyPCs-tinyFiles)
	slice(10, tinyPCs, tinyLookup-tinyPCs)
	slice(13, tinyLookup, tinyData-tinyLookup)
	slice(16, tinyLookup, 4)
	word(tinyModule+8*19, tinyFinder, 0x1000<<16, 0x1002<<16)
	word(tinyModule+8*40, tinyData, tinyFinder+32*20)
	// write leaves alone what is never another.
	lookup := image[tinyLookup:tinyData]
	for i, entry := range []uint32{0, 1, 2, 3} {
		binary.LittleEndian.PutUint32(lookup[8*i:], entry)
	}
	if err := (&table{lookup: lookup}).write(tinyFunctions()); err != nil {
		t.Fatal(err)
	}
	return image
}

// module returns a module with such memory, linked by a release.
func module(image []byte, version string) []byte {
	text := func(b []byte, s string) []byte { return append(append(b, byte(len(s))), s...) }
	producers := append(text(nil, "producers"), 1)
	producers = append(text(producers, "processed-by"), 1)
	producers = text(text(producers, "Go cmd/compile"), version)
	wasm := []byte(preamble)
	for _, s := range []section{{5, []byte{1, 0, 1}}, {dataSection, store(image)}, {customSection, producers}} {
		wasm = s.appendTo(wasm)
	}
	return wasm
}

// TestTable holds byte for byte what goes, what stays and where it moves.
func TestTable(t *testing.T) {
	out, err := Slim(module(tiny(t), "go1.26.8"))
	if err != nil {
		t.Fatal(err)
	}
	sections, err := split(out)
	if err != nil || len(sections) != 2 {
		t.Fatalf("%d sections, %v", len(sections), err)
	}
	image, err := load(sections[1].body)
	if err != nil {
		t.Fatal(err)
	}
	got, err := find(image)
	if err != nil {
		t.Fatal(err)
	}
	zeros := func(s string, n int) string { return s + strings.Repeat("\x00", n-len(s)) }
	runs := func(s string) (all string) {
		for _, c := range s {
			all += strings.Repeat(string(c), 8)
		}
		return all
	}
	for what, part := range map[string][2]string{
		"names": {string(got.names), zeros(shortNames, 160)},
		"units": {string(got.units), zeros("", 8)},
		"files": {string(got.files), zeros("", 16)},
		// The table at 4 is gone, that at 13 is the wrapper's inlined calls.
		"pcs": {string(got.pcs), zeros("\x00\x02\x01\x00\x06\x03\x00\x08\x04\x00\x0a\x05\x00", 32)},
		// Those at 32, 48, 80 and 88 are gone, the tree at 64 lost names and lines.
		"data":   {string(got.data), zeros(runs("ABCD")+"IIII\x00\x00\x00\x00JJJJ\x00\x00\x00\x00", 96)},
		"finder": {string(got.finder), zeros("", 640)},
	} {
		if part[0] != part[1] {
			t.Errorf("%s\ngot  %q\nwant %q", what, part[0], part[1])
		}
	}
	functions, err := got.read()
	if err != nil {
		t.Fatal(err)
	}
	want := []function{
		{entry: 0, args: 8, deferreturn: 3, pcsp: 1, flag: 1, pcdata: []uint32{0, 7}, funcdata: []uint32{0, 24}},
		{entry: 1, name: 1, pcsp: 7, id: 5},
		{entry: 2, name: uint32(strings.Index(shortNames, method)), pcsp: 4, id: funcIDWrapper,
			pcdata: []uint32{0, 1, 10}, funcdata: []uint32{noFuncdata, 24, noFuncdata, 32}},
	}
	same := func(a, b function) bool {
		pcdata, funcdata := slices.Equal(a.pcdata, b.pcdata), slices.Equal(a.funcdata, b.funcdata)
		a.pcdata, a.funcdata, b.pcdata, b.funcdata = nil, nil, nil, nil
		return pcdata && funcdata && a.entry == b.entry && a.name == b.name && a.args == b.args && a.deferreturn == b.deferreturn &&
			a.pcsp == b.pcsp && a.pcfile == b.pcfile && a.pcln == b.pcln && a.unit == b.unit && a.startLine == b.startLine &&
			a.id == b.id && a.flag == b.flag
	}
	if !slices.EqualFunc(functions, want, same) {
		t.Errorf("got  %+v\nwant %+v", functions, want)
	}
}

func TestShorten(t *testing.T) {
	for _, c := range []struct {
		name    string
		wrapper bool
		want    string
	}{
		{"main.main", false, ""},
		{"main.(*T).Get", false, ""},
		{"main.(*T).Get", true, "?.(*?).?"},
		{"main.run.gowrap1", true, ""},
		{"runtime.bgsweep", false, "runtime.f"},
		{"runtime.gcenable.gowrap1", true, "runtime.f"},
		{"runtime.(*TypeAssertionError).Error", true, "runtime.(*?).?"},
		{"runtime/debug.SetGCPercent", false, ""},
		{"reflect.makeFuncStub", true, "reflect.makeFuncStub"},
		{"reflect.methodValueCall", true, "reflect.methodValueCall"},
		{"", false, ""},
	} {
		got, _, _ := strings.Cut(shortNames[shorten(c.name, c.wrapper):], "\x00")
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestRefuses holds what is no such module, and that the error says why.
func TestRefuses(t *testing.T) {
	broken := func(at int, b ...byte) []byte {
		image := tiny(t)
		copy(image[at:], b)
		return module(image, "go1.26")
	}
	// All functions are the first, and no room is left for three of it.
	image := tiny(t)
	first := image[tinyLookup+28:]
	first[28], first[43] = pcdataKinds, funcdataKinds
	clear(first[44:][:4*(pcdataKinds+funcdataKinds)])
	first[44+4*(pcdataKinds-1)] = 10
	for i := range 3 {
		binary.LittleEndian.PutUint64(image[tinyLookup+8*i:], 28<<32)
	}
	overlap := module(image, "go1.26")
	for _, c := range []struct {
		name string
		wasm []byte
		want error
	}{
		{"nothing", nil, errModule},
		{"another format", []byte("\x7fELF"), errModule},
		{"no memory", []byte(preamble), errModule},
		{"a cut section", []byte(preamble + "\x0b\x7f"), errModule},
		{"a segment below zero", []byte(preamble + "\x0b\x07\x01\x00\x41\x7f\x0b\x01a"), errModule},
		{"a segment beyond memory", []byte(preamble + "\x0b\x0b\x01\x00\x41\xff\xff\xff\xff\x07\x0b\x01a"), errModule},
		{"the next release", module(tiny(t), "go1.27"), errRelease},
		{"a later one", module(tiny(t), "go1.260.1"), errRelease},
		{"a development version", module(tiny(t), "devel go1.26"), errRelease},
		{"no table", module([]byte("memory"), "go1.26.8"), errLayout},
		{"two headers", broken(0, 0xf1, 0xff, 0xff, 0xff, 0, 0, 1, 8), errLayout},
		{"another magic", broken(tinyHead, 0xf2), errLayout},
		{"more functions", broken(tinyHead+8, 200), errLayout},
		{"parts elsewhere", broken(tinyHead+8*5, 1), errLayout},
		{"a function elsewhere", broken(tinyLookup+4, 0xff, 0xff), errLayout},
		{"an unknown function id", broken(tinyLookup+28+40, 99), errLayout},
		{"more kinds of data", broken(tinyLookup+28+43, 9), errLayout},
		{"a table elsewhere", broken(tinyLookup+28+16, 0, 1), errLayout},
		{"functions that overlap", overlap, errLayout},
		{"another index", broken(tinyModule+8*21+2, 9), errLayout},
	} {
		if out, err := Slim(c.wasm); out != nil || !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
}

// TestStore holds that what is stored loads again, however the zeros lie.
func TestStore(t *testing.T) {
	zeros := func(n int) string { return strings.Repeat("\x00", n) }
	for image, segments := range map[string]byte{
		"":                       0,
		zeros(300):               0,
		"a":                      1,
		zeros(5) + "a":           1,
		"a" + zeros(127) + "b":   1,
		"a" + zeros(128) + "b":   2,
		"a" + zeros(9000) + "bc": 2,
		zeros(300) + strings.Repeat("x", 300) + zeros(3) + "y" + zeros(200) + "z": 2,
	} {
		stored := store([]byte(image))
		got, err := load(stored)
		if err != nil || string(got) != strings.TrimRight(image, "\x00") || stored[0] != segments {
			t.Errorf("%q: %d segments, %q, %v", image, stored[0], got, err)
		}
	}
}

// FuzzSlim holds that nothing crashes it and that it is done after one time.
func FuzzSlim(f *testing.F) {
	f.Add([]byte(nil))
	f.Add([]byte(preamble))
	f.Add(module(tiny(f), "go1.26.8"))
	f.Add(module(tiny(f), "go1.27"))
	f.Fuzz(func(t *testing.T, wasm []byte) {
		before := bytes.Clone(wasm)
		out, err := Slim(wasm)
		if !bytes.Equal(wasm, before) {
			t.Error("it changed its argument")
		}
		if err != nil {
			return
		}
		if again, err := Slim(out); err != nil || !bytes.Equal(again, out) {
			t.Errorf("twice: %v", err)
		}
	})
}
