package site

import (
	"hash/maphash"
	"maps"
	"slices"
)

var seed = maphash.MakeSeed()

// LinkTargetHash stands for everything that a link may lead to and a text may name: it
// differs when a page, a section, a calculator, a file or the glossary does. It
// is the same only within one run of the program.
func (s *Site) LinkTargetHash() uint64 {
	var h maphash.Hash
	h.SetSeed(seed)
	for _, l := range s.Languages {
		h.WriteString(l)
		h.WriteByte(0)
	}
	for _, m := range s.Modules {
		for _, p := range m.Pages {
			h.WriteString(p.Path)
			h.WriteByte(0)
			if p.Text == nil {
				continue
			}
			h.WriteString(p.TextLang)
			h.WriteByte(0)
			h.WriteString(p.Text.File.Path)
			h.WriteByte(0)
			maphash.WriteComparable(&h, p.Text.Doc.AnchorHash)
			for _, a := range p.Text.Doc.Meta.Aliases {
				h.WriteString(a.Address)
				h.WriteByte(2)
			}
			if m == s.Glossary {
				h.Write(p.Text.File.Hash[:])
			}
		}
	}
	for _, f := range s.Assets {
		h.WriteString(f.Path)
		h.WriteByte(0)
	}
	for _, path := range slices.Sorted(maps.Keys(s.drafts)) {
		h.WriteString(path)
		h.WriteByte(1)
	}
	return h.Sum64()
}
