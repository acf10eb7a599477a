package main

import (
	"bytes"
	"encoding/binary"
	"strings"
	"testing"
)

// TestSlimTable holds, on a symbol table of two functions, what goes and what
// stays.
func TestSlimTable(t *testing.T) {
	const (
		names, units, files, pcs, lines = 72, 82, 86, 94, 110
		first, second                   = lines + 24, lines + 24 + 60
	)
	table := make([]byte, second+60)
	copy(table, "\xf1\xff\xff\xff\x00\x00\x01\x08")
	for i, v := range []uint64{2, 1, 0, names, units, files, pcs, lines} {
		binary.LittleEndian.PutUint64(table[8+8*i:], v)
	}
	copy(table[names:], "\x00main.run\x00\x01\x02\x03\x04main.go\x00")
	// Tables at 1, 4, 7 and 11 of pctab: value, distance, end.
	copy(table[pcs:], "\x00\x02\x01\x00\x00\x03\x00\x81\x01\x05\x00\x06\x01\x00\x00\x00")
	put := func(at int, v ...uint32) {
		for i, v := range v {
			binary.LittleEndian.PutUint32(table[at+4*i:], v)
		}
	}
	put(lines, 0, first-lines, 9, second-lines, 12, 0)
	//         entry, name, args, defer, sp, file, line, n, unit, start, id, pcdata…
	put(first, 0, 1, 8, 0, 1, 11, 11, 4, 2, 33, 0, 4, 0, 0, 11)
	put(second, 9, 1, 8, 0, 7, 11, 11, 0, 1, 44, 0)
	image := append([]byte("before"), table...)
	if err := slimTable(image); err != nil {
		t.Fatal(err)
	}
	got := image[len("before"):]
	want := bytes.Clone(table)
	clear(want[names:pcs])
	copy(want[pcs:], "\x00\x02\x01\x00\x00\x03\x00\x81\x01\x05\x00\x00\x00\x00\x00\x00")
	table = want
	put(first, 0, 0, 8, 0, 1, 0, 0, 4, 0, 0, 0, 4, 0, 0, 0)
	put(second, 9, 0, 8, 0, 7, 0, 0, 0, 0, 0, 0)
	if !bytes.Equal(got, want) {
		t.Errorf("got\n% x\nwant\n% x", got, want)
	}
}

func TestSlimRefuses(t *testing.T) {
	module := func(image string) []byte {
		data := store([]byte(image))
		return append(append([]byte("\x00asm\x01\x00\x00\x00\x0b"), byte(len(data))), data...)
	}
	const magic = "\xf1\xff\xff\xff\x00\x00\x01\x08"
	for name, m := range map[string][]byte{
		"nothing":        nil,
		"no module":      []byte("\x7fELF"),
		"a cut section":  []byte("\x00asm\x01\x00\x00\x00\x0b\x7f"),
		"no table":       module("memory"),
		"two tables":     module(magic + magic),
		"an empty table": module(magic + strings.Repeat("\x00", 64) + "."),
	} {
		if out, err := slim(m); err == nil {
			t.Errorf("%s: became %q", name, out)
		}
	}
}

// TestStore holds that what is stored loads again, however the zeros lie.
func TestStore(t *testing.T) {
	zeros := func(n int) string { return strings.Repeat("\x00", n) }
	for _, image := range []string{
		"a", zeros(5) + "a", "a" + zeros(127) + "b", "a" + zeros(128) + "b", "a" + zeros(1000) + "bc" + zeros(3) + "d",
		zeros(300) + strings.Repeat("x", 300),
	} {
		got, err := load(store([]byte(image)))
		if err != nil || string(got) != image {
			t.Errorf("%q: got %q, %v", image, got, err)
		}
	}
	if n := store([]byte("a" + zeros(1000) + "b"))[0]; n != 2 {
		t.Errorf("%d segments", n)
	}
}
