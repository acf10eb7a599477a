package search

import "math/bits"

// table numbers tokens that fit into a key: a word of up to eight bytes as these
// stand, a character of Han in the upper half, with one that follows in the
// lower. No word is such a pair: one of up to four bytes leaves the upper half
// empty, and of a longer one the lower half is above every character.
//
// It does what a map does, in a third of the time: nearly all tokens of a site
// have been met before, and every one is looked up.
type table struct {
	slots []slot // a power of two; half of them are free
	used  int
}

type slot struct {
	key uint64 // 0: free
	id  uint32
}

func newTable() table { return table{slots: make([]slot, 1<<10)} }

// slot is where a key stands, or would.
func (t *table) slot(key uint64) *slot {
	mask := uint64(len(t.slots) - 1)
	for i := key * 0x9E3779B97F4A7C15 >> (64 - bits.Len64(mask)); ; i++ {
		if s := &t.slots[i&mask]; s.key == key || s.key == 0 {
			return s
		}
	}
}

// fill puts a key into the slot where it would stand.
func (t *table) fill(s *slot, key uint64, id uint32) *slot {
	*s = slot{key, id}
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
	return t.slot(key)
}
