package chart

// Needs is a map of needs: boxes in four layers, the goal on top, and from each
// box a line up to every box that it supports.
//
// The boxes stand below one another, so that their words have room on a phone;
// the lines run beside them. All that support one box share its line, which
// ends at it with an arrow.
type Needs struct {
	Nodes  []Need
	Layers [4]string // what the layers are called, the lowest first
	More   string    // said below the picture where boxes are left out of it
	Head   []string  // heads of the table's columns: box, layer, owner, supports; may be empty
}

// Need is one box of Needs.
type Need struct {
	Label    string // empty: there is no box, only its number is taken
	Owner    string // may be empty
	Sign     string // "", "flag" or "bell"
	Layer    int    // 0 to 3
	Supports []int  // places in Needs.Nodes
}

// MostNeeds is how many boxes are drawn, the higher layers first.
const MostNeeds = 24

func (*Needs) name() string { return "needs" }

func (c *Needs) draw(p *pen) int {
	const pitch, bend, most = 120, 70, 8
	order := c.order()
	order = order[:min(len(order), MostNeeds)]
	row := make([]int, len(c.Nodes)) // where a box is drawn, from 1
	for r, i := range order {
		row[i] = r + 1
	}
	// The line of a box goes down to the lowest that supports it.
	var low, lane [MostNeeds]int
	for r, i := range order {
		for _, to := range c.Nodes[i].Supports {
			if to := row[to]; to > 0 && to <= r {
				low[to-1] = r
			}
		}
	}
	// The shorter, the nearer to the boxes.
	var busy [most + 1]uint32 // by the gaps between rows
	lanes := 0
	for long := 1; long < len(order); long++ {
		for r := range order {
			if low[r]-r != long {
				continue
			}
			gaps := uint32(1)<<low[r] - uint32(1)<<r
			l := 1
			for l < most && busy[l]&gaps != 0 {
				l++
			}
			if busy[l]&gaps == 0 {
				busy[l] |= gaps
				lane[r] = l
				lanes = max(lanes, l)
			}
		}
	}
	left := margin + 150 + pitch*lanes // of the boxes
	if lanes == 0 {
		left = margin + 20
	}
	text := left + 330

	// Where the boxes are, before what is drawn below them.
	type box struct {
		y, high     int
		label, note []string
	}
	boxes := make([]box, len(order))
	heads := [4]int{-1, -1, -1, -1}
	y := margin
	for r, i := range order {
		n := &c.Nodes[i]
		if layer := n.Layer & 3; heads[layer] < 0 {
			if r > 0 {
				y += 60
			}
			heads[layer] = y
			y += small.lead*len(small.wrap(c.Layers[layer], right-left, 0)) + 50
		}
		to := ""
		for _, t := range n.Supports {
			to += " → " + Number(float64(t+1))
		}
		b := box{y: y, label: label.wrap(n.Label, right-80-text-signWidth(n.Sign), 0)}
		b.note = small.wrap(n.Owner+to, right-80-text, 3)
		b.high = max(len(b.label), 1)*label.lead + max(len(b.note), 1)*small.lead + 110
		boxes[r] = b
		y += b.high + 110
	}
	for layer, y := range heads {
		if y >= 0 {
			p.para(small, " strong", left, y, start, small.wrap(c.Layers[layer], right-left, 0))
		}
	}
	out := func(r int) int { return boxes[r].y + 140 }
	for r := range order {
		if lane[r] == 0 {
			continue
		}
		x, in := left-60-pitch*lane[r], boxes[r].y+boxes[r].high-120
		p.begin("ink")
		for s := r + 1; s <= low[r]; s++ {
			for _, to := range c.Nodes[order[s]].Supports {
				if row[to] == r+1 {
					p.seg('M', left, out(s))
					p.seg('L', x+bend, out(s))
					p.seg('Q', x, out(s), x, out(s)-bend)
				}
			}
		}
		p.seg('M', x, out(low[r])-bend)
		p.seg('L', x, in+bend)
		p.seg('Q', x, in, x+bend, in)
		p.end()
		p.arrow("ink", x+bend, in, left-25, in, 0)
	}
	for r, i := range order {
		n, b := &c.Nodes[i], &boxes[r]
		class := "ink"
		if n.Layer >= 2 {
			class = "ink-2"
		}
		p.box(class+tone(n.Sign), left, b.y, right-left, b.high)
		p.text(small, " num soft-text", text-70, b.y+50+label.lead*3/4, end, Number(float64(i+1)))
		p.sign(n.Sign, text, b.y+50)
		end := p.para(label, tone(n.Sign), text+signWidth(n.Sign), b.y+50, start, b.label)
		p.para(small, " soft-text", text, b.y+50+max(end, label.lead), start, b.note)
	}
	if c.More != "" {
		y += p.para(small, " soft-text", left, y, start, small.wrap(c.More, right-left, 0)) + 60
	}
	return y - 60 + margin
}

// order lists the boxes as they are drawn: layer by layer, and every one below
// those that it supports, near what it belongs to.
func (c *Needs) order() []int {
	n := len(c.Nodes)
	below := make([][]int, n)
	for i := range c.Nodes {
		for _, to := range c.Nodes[i].Supports {
			below[to] = append(below[to], i)
		}
	}
	seen := make([]bool, n)
	var back []int // each box after all that hangs below it
	var visit func(i int)
	visit = func(i int) {
		if seen[i] {
			return
		}
		seen[i] = true
		for j := len(below[i]) - 1; j >= 0; j-- {
			visit(below[i][j])
		}
		back = append(back, i)
	}
	for _, tops := range []bool{true, false} { // from the tops down; what is left goes round in a circle
		for i := n - 1; i >= 0; i-- {
			if (len(c.Nodes[i].Supports) == 0) == tops {
				visit(i)
			}
		}
	}
	var order []int
	for layer := 3; layer >= 0; layer-- {
		for j := n - 1; j >= 0; j-- {
			if n := &c.Nodes[back[j]]; n.Layer&3 == layer && n.Label != "" {
				order = append(order, back[j])
			}
		}
	}
	return order
}

// Table has a row for each box, as given.
func (c *Needs) Table() Table {
	t := Table{Head: c.Head}
	for i := range c.Nodes {
		n := &c.Nodes[i]
		if n.Label == "" {
			continue
		}
		to := ""
		for j, s := range n.Supports {
			if j > 0 {
				to += "; "
			}
			to += c.Nodes[s].Label
		}
		t.row(n.Label, c.Layers[n.Layer&3], n.Owner, to)
	}
	return t
}
