package slim

import (
	"bytes"
	"encoding/hex"
	"strings"
	"testing"

	wasmbinary "playbook/calculators/wasm/binary"
)

func code(t testing.TB, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(strings.ReplaceAll(s, " ", ""))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// The ways in which the compiler writes what is tightened, and what it becomes.
// All begin with the locals: none.
func TestTighten(t *testing.T) {
	const (
		dispatch = "0340 0240 0240 0240 2000 0e03 00 01 02 03 0b" // loop, block 2, block 1, block 0, to one of them
		sp       = "2300 2101 01"                                 // SP from its global; nothing
	)
	for _, c := range []struct{ name, in, out string }{
		{"ahead", dispatch + "4102 2100 0c02 0b 0b 0b 0b", dispatch + "0c01 0b 0b 0b 0b"},
		{"to what follows", dispatch + "4101 2100 0c02 0b 0b 0b 0b", dispatch + "0b 0b 0b 0b"},
		{"on a condition", dispatch + "2003 0440 4102 2100 0c03 0b 0b 0b 0b 0b", dispatch + "2003 0d01 0b 0b 0b 0b"},
		{"on a condition to what follows", dispatch + "2003 0440 4101 2100 0c03 0b 0b 0b 0b 0b", dispatch + "2003 0d00 0b 0b 0b 0b"},
		{"back", dispatch + "4100 2100 0c02 0b 0b 0b 0b", ""},
		{"beyond the table", dispatch + "4103 2100 0c02 0b 0b 0b 0b", ""},
		{"to a block that is not known", dispatch + "2002 2100 0c02 4102 2100 0c02 0b 0b 0b 0b", ""},
		{"PC_B is read elsewhere", dispatch + "2000 1a 4102 2100 0c02 0b 0b 0b 0b", ""},
		{"another table", dispatch + "2002 0e01 00 01 4102 2100 0c02 0b 0b 0b 0b", ""},
		{"a table of something else", "0340 0240 0240 0240 2002 0e03 00 01 02 03 0b 4102 2100 0c02 0b 0b 0b 0b", ""},

		{"read in the frame", sp + "2001 ad 4218 7c a7 290300 1a 0b", sp + "2001 290318 1a 0b"},
		{"read in the frame, further", sp + "2001 ad 4218 7c a7 2d0008 1a 0b", sp + "2001 2d0020 1a 0b"},
		{"written in the frame", sp + "2001 ad 42c000 7c a7 4205 370300 0b", sp + "2001 4205 370340 0b"},
		{"written after a sum", sp + "2001 ad 4208 7c a7 2002 2003 7c a7 ac 370300 0b", sp + "2001 2002 2003 7c a7 ac 370308 0b"},
		{"written with what the frame holds", sp + "2001 ad 4208 7c a7 2001 ad 4210 7c a7 290300 370300 0b", sp + "2001 2001 290310 370308 0b"},
		{"written after a call", sp + "2001 ad 4208 7c a7 1005 370300 0b", sp + "2001 4108 6a 1005 370300 0b"},
		{"the address is kept", sp + "2001 ad 4208 7c a7 2102 0b", sp + "2001 4108 6a 2102 0b"},
		{"below", sp + "2001 ad 4278 7c a7 290300 1a 0b", ""},
		{"local 1 is not SP", "2001 ad 4208 7c a7 290300 1a 0b", ""},
		{"local 1 is not only SP", sp + "4105 2101 01 2001 ad 4208 7c a7 290300 1a 0b", ""},

		{"set and read", "4205 2103 2003 1a 0b", "4205 2203 1a 0b"},
		{"set and another read", "4205 2103 2004 1a 0b", ""},
		{"widened and narrowed", "2001 ad a7 1a 0b", "2001 1a 0b"},
		{"a constant", "42e402 a7 280200 1a 0b", "41e402 280200 1a 0b"},
		{"a constant that is not narrow", "42ffffffff0f a7 1a 0b", ""},
		{"half a word", "2002 290308 a7 1a 0b", "2002 280208 1a 0b"},
		{"widened and held against 0", "2002 ad 50 1a 0b", "2002 45 1a 0b"},
		{"not not", "2002 45 45 0d00 0b", "2002 0d00 0b"},
		{"not not as a number", "2002 45 45 1a 0b", ""},
		{"out of the frame and over the return address", "2001 41d800 6a 2201 2400 2001 4108 6a 2201 2400 4100 0f 0b", "2001 41e000 6a 2201 2400 4100 0f 0b"},

		{"not known", "2001 ad a7 1a fd00 0b", ""},
		{"cut off", "2001 ad a7 41", ""},
	} {
		in, out := code(t, "00"+c.in), code(t, "00"+c.out)
		if c.out == "" {
			out = in
		}
		before := bytes.Clone(in)
		if got := tighten(in); !bytes.Equal(got, out) {
			t.Errorf("%s:\n%x becomes\n%x, not\n%x", c.name, in, got, out)
		}
		if !bytes.Equal(in, before) {
			t.Errorf("%s: the module that came in changed", c.name)
		}
	}
}

// TestKnown holds that every function that ships was understood.
func TestKnown(t *testing.T) {
	files, err := wasmbinary.Files()
	if err != nil {
		t.Skip("the calculators' WebAssembly is not built: run make wasm to test it")
	}
	sections, err := split(files[wasmbinary.Wasm])
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range sections {
		if s.id != codeSection {
			continue
		}
		r := reader{rest: s.body}
		n := r.number()
		for i := range n {
			if list, _ := decode(r.bytes(r.number())); list == nil {
				t.Errorf("function %d of %d holds an instruction that is not known", i, n)
			}
		}
	}
}

// FuzzTighten holds that no code breaks it, and that what it leaves can be read.
func FuzzTighten(f *testing.F) {
	f.Add(code(f, "00 0340 0240 0240 2000 0e02 00 01 02 0b 4101 2100 0c01 0b 0b 0b"))
	f.Add(code(f, "00 2300 2101 2001 ad 4208 7c a7 4205 370300 2103 2003 a7 45 45 0440 0c00 0b 0b"))
	f.Fuzz(func(t *testing.T, in []byte) {
		if list, _ := decode(in); list == nil {
			return
		}
		out := tighten(in)
		if list, _ := decode(out); list == nil || len(out) > len(in)+len(in)/4 {
			t.Errorf("%x becomes %x", in, out)
		}
	})
}
