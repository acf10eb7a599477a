// Package needsmap puts a customer's problems in order: every box is a technical
// problem (TP), a problem of the company (CP), a key business requirement (KBR)
// or the goal, has an owner, and leads to what it supports (deck slides 28 and
// 29; the meaning of the codes and the checks are reconstructed).
//
// A box has a gap if
//
//	hangs   no chain leads from it upward, however long: a TP reaches no CP, KBR or
//	        GOAL, a CP no KBR or GOAL, a KBR no GOAL
//	skips   a chain leads higher, but none comes by the very next layer
//	down    it supports a box of a lower layer
//	bare    nothing supports it, although it is a requirement or a goal
//	number  it is a requirement without a number in it
//	owner   nobody answers for it
//	unmet   its owner is not among those spoken with, where these are named
//
// Values:
//
//	boxes, tp, cp, kbr, goal   how many there are, in all and of each kind
//	gaps                       boxes with at least one gap
//	hanging                    those that hang or skip
//	reach_goal                 boxes from which a way leads to a goal, goals included
//	hangs, skips, down, bare,
//	number, no_owner, unmet    boxes with each gap
//	open_ends                  boxes in which a chain ends that are no goal
//	owners, owner_boxes        the owners and how many boxes each has, most first
//	longest                    the longest chain that ends in a goal, from the bottom up
//
// What a box supports is given by labels or row numbers. A label given twice, a
// name that no box has, and a chain that goes round in a circle are faults.
package needsmap

import (
	"slices"
	"strconv"

	"playbook/calculators/form"
	"playbook/calculators/report"
)

// ID is the calculator's id.
const ID = "needs-map"

// The layers, the lowest first.
const (
	tp = iota
	cp
	kbr
	goal
)

var kinds = []string{"TP", "CP", "KBR", "GOAL"}

// Form describes the questions. Its default rows are the deck's 18 boxes, three
// of them rewritten as two requirements and the goal as on slide 29, with the
// deck's owners in the order in which it prints them.
func Form() *form.Form { return &form.Form{ID: ID, Fields: fields} }

// fields stand in the program as data, which weighs less than code that makes
// them; nobody writes to them.
var fields = []form.Field{
	{Name: "met", Kind: form.Text, Optional: true, Default: "@default.met", MaxLen: 300},
	{Name: "problem", Kind: form.Rows, Fields: []form.Field{
		{Name: "name", Kind: form.Text, Optional: true, MaxLen: 80},
		{Name: "type", Kind: form.Choice, Default: "TP", Options: kinds},
		{Name: "owner", Kind: form.Text, Optional: true, MaxLen: 60},
		{Name: "supports", Kind: form.Text, Optional: true, MaxLen: 200},
	}, DefaultRows: [][]string{
		{"@default.grow", "GOAL", "@default.ed", ""},
		{"@default.markets", "KBR", "@default.terry", "@default.grow"},
		{"@default.satisfaction", "KBR", "@default.jim", "@default.grow"},
		{"@default.capital", "CP", "@default.sue", "@default.markets"},
		{"@default.training", "CP", "@default.mike", "@default.capital"},
		{"@default.hire", "CP", "@default.ed", "@default.training"},
		{"@default.reputation", "CP", "@default.terry", "@default.markets"},
		{"@default.service", "CP", "@default.chris", "@default.satisfaction"},
		{"@default.understand", "CP", "@default.sue", "@default.service"},
		{"@default.needs", "CP", "@default.ed", "@default.understand"},
		{"@default.morale", "CP", "@default.ed", "@default.service"},
		{"@default.time", "TP", "", "@default.hire"},
		{"@default.security", "TP", "@default.ed", "@default.reputation"},
		{"@default.warning", "TP", "@default.ed", "@default.service"},
		{"@default.whole", "TP", "@default.pat", "@default.understand"},
		{"@default.data", "TP", "@default.terry", "@default.whole"},
		{"@default.systems", "TP", "@default.ed", "@default.whole"},
		{"@default.web", "TP", "@default.ed", "@default.needs"},
	}},
}

// box is one row of the map.
type box struct {
	label, owner string
	none         bool // nothing is written in the row
	layer        int
	up           []int // what it supports
	below        bool  // something supports it
	reached      uint  // the layers to which a way leads, as bits
	long, next   int   // the longest chain to a goal, in boxes, and the box after this; 0 and -1 where there is none
	gaps         int   // as bits
	visit        uint8 // 1 while its ways are walked, 2 after
}

// needs is the whole map, with a box for every row.
type needs struct {
	rows   []*form.Set
	labels []string
	boxes  []box
	met    []string
	faults []form.Fault
	count  counts
	all    report.Args
}

func (m *needs) fault(row int, field, key, value string) {
	m.faults = append(m.faults, form.Fault{Field: m.rows[row].Name(field), Key: key, Args: []form.Arg{{Name: "name", Value: value}}})
}

// Compute draws and checks the map.
func Compute(in *form.Input) (*report.Result, []form.Fault) {
	m := &needs{rows: in.Rows("problem")}
	var owners []string
	for _, row := range m.rows {
		owners = append(owners, row.Text("owner"))
	}
	m.met = form.Names(in.Text("met"), owners...)
	m.boxes = make([]box, len(m.rows))
	for i, row := range m.rows {
		b := &m.boxes[i]
		b.label, b.owner = row.Text("name"), row.Text("owner")
		b.layer, b.next = slices.Index(kinds, row.Text("type")), -1
		b.none = b.label == "" && b.owner == "" && row.Text("supports") == ""
		if n := form.Refer(m.labels, b.label); n >= 0 && form.Same(m.labels[n], b.label) {
			m.fault(i, "name", "twice", b.label)
		}
		m.labels = append(m.labels, b.label)
	}
	for i := range m.rows {
		m.link(i)
	}
	for i := range m.boxes {
		m.walk(i, nil)
	}
	if len(m.faults) > 0 {
		return nil, m.faults
	}
	for i := range m.boxes {
		m.check(&m.boxes[i])
	}
	return m.present(), nil
}

// name is a box's label, or its number where it has none.
func (m *needs) name(i int) string {
	if m.labels[i] != "" {
		return m.labels[i]
	}
	return "#" + strconv.Itoa(i+1)
}

// joined puts texts in a row.
func joined(texts []string, between string) string {
	all := ""
	for i, s := range texts {
		if i > 0 {
			all += between
		}
		all += s
	}
	return all
}

// link reads what a row supports: labels, which may hold commas.
func (m *needs) link(i int) {
	for _, name := range form.Names(m.rows[i].Text("supports"), m.labels...) {
		b, to := &m.boxes[i], form.Refer(m.labels, name)
		if to < 0 || m.boxes[to].none {
			m.fault(i, "supports", "box", name)
		} else if !slices.Contains(b.up, to) {
			b.up = append(b.up, to)
			m.boxes[to].below = true
		}
	}
}

// walk finds where the ways from a box lead. way is how it was come to.
func (m *needs) walk(i int, way []int) {
	b := &m.boxes[i]
	way = append(way, i)
	if b.visit == 1 {
		m.fault(way[len(way)-2], "supports", "circle", joined(m.names(way[slices.Index(way, i):]), " → "))
	}
	if b.visit > 0 {
		return
	}
	b.visit = 1
	if b.layer == goal {
		b.long = 1
	}
	for _, to := range b.up {
		m.walk(to, way)
		above := &m.boxes[to]
		b.reached |= above.reached | 1<<above.layer
		if above.long > 0 && above.long >= b.long {
			b.long, b.next = above.long+1, to
		}
	}
	b.visit = 2
}

// check finds the gaps of a box.
func (m *needs) check(b *box) {
	if b.none {
		return
	}
	down := false
	for _, to := range b.up {
		down = down || m.boxes[to].layer < b.layer
	}
	above := b.reached >> (b.layer + 1)
	for g, found := range [...]bool{
		b.layer < goal && above == 0,
		above > 1 && above&1 == 0,
		down,
		b.layer >= kbr && !b.below,
		b.layer == kbr && !form.HasMeasure(b.label),
		b.owner == "",
		b.owner != "" && len(m.met) > 0 && !m.knows(b.owner),
	} {
		if found {
			b.gaps |= 1 << g
		}
	}
}
