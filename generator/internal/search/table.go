package search

import "math/bits"

// table finds tokens of up to eight bytes. It does what a map does, in a third of
// the time: nearly every token of a site has been met before, and each is looked
// up.
type table struct {
	slots []slot // a power of two; half of them are free
	used  int
}

// slot is what a reader knows of a token.
type slot struct {
	key  uint64 // 0: free
	id   uint32
	last uint32 // its newest posting, counted from 1 over all pages of the reader; 0: none
}

func newTable() table { return table{slots: make([]slot, 1<<10)} }

// keyOf is a token of up to eight bytes as a number, its first byte the lowest.
func keyOf(w []byte) uint64 {
	key := uint64(0)
	for i := len(w) - 1; i >= 0; i-- {
		key = key<<8 | uint64(w[i])
	}
	return key
}

// tokenOf is the inverse of keyOf.
func tokenOf(key uint64) string {
	var w []byte
	for ; key != 0; key >>= 8 {
		w = append(w, byte(key))
	}
	return string(w)
}

// slot is where a key stands, or would.
func (t *table) slot(key uint64) *slot {
	mask := uint64(len(t.slots) - 1)
	for i := key * 0x9E3779B97F4A7C15 >> (64 - bits.Len64(mask)); ; i++ {
		if s := &t.slots[i&mask]; s.key == key || s.key == 0 {
			return s
		}
	}
}

// fill fills the slot where a key would stand, and returns where it stands.
func (t *table) fill(s *slot, with slot) *slot {
	*s = with
	if t.used++; 2*t.used < len(t.slots) {
		return s
	}
	old := t.slots
	t.slots = make([]slot, 2*len(old))
	for _, s := range old {
		if s.key != 0 {
			*t.slot(s.key) = s
		}
	}
	return t.slot(with.key)
}
