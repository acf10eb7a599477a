package slim

import "slices"

// tables are many tables in one piece of memory. Where one ends nothing says but
// the next: the linker sets those that any function refers to one after another.
type tables struct {
	content []byte
	none    uint32   // the reference that refers to none
	align   uint32   // what the most demanding of them needs
	offsets []uint32 // of all tables, ascending
}

// find finds the tables by all that refers to them, and reports whether each is
// inside.
func (t *tables) find(refs []*uint32) bool {
	for _, ref := range refs {
		if *ref == t.none {
			continue
		}
		if uint64(*ref) >= uint64(len(t.content)) {
			return false
		}
		t.offsets = append(t.offsets, *ref)
	}
	slices.Sort(t.offsets)
	t.offsets = slices.Compact(t.offsets)
	return true
}

// at returns the table at an offset.
func (t *tables) at(offset uint32) []byte {
	if i, _ := slices.BinarySearch(t.offsets, offset+1); i < len(t.offsets) {
		return t.content[offset:t.offsets[i]]
	}
	return t.content[offset:]
}

// pack moves the tables that something still refers to together, and the
// references with them.
func (t *tables) pack(refs []*uint32) {
	moved := map[uint32]uint32{}
	for _, ref := range refs {
		moved[*ref] = *ref
	}
	end := uint32(1) // 0 would be none
	if len(t.offsets) > 0 {
		end = t.offsets[0]
	}
	for _, offset := range t.offsets {
		if _, kept := moved[offset]; !kept {
			continue
		}
		start := end + (offset-end)%t.align
		clear(t.content[end:start])
		moved[offset] = start
		end = start + uint32(copy(t.content[start:], t.at(offset)))
	}
	clear(t.content[min(int(end), len(t.content)):])
	for _, ref := range refs {
		*ref = moved[*ref]
	}
}
