package chart

// Flow is a flowchart, laid out downwards: a spine from the first node along each
// node's first way to a node that has no place yet, and beside it, in the row that
// leads there, the nodes off the spine. Ways that are neither to the next row nor
// to what stands beside run in lanes at the edges. A node with an address is a
// link.
type Flow struct {
	Nodes []FlowNode
	Head  []string // heads of the table's columns: node, where it leads; may be empty
}

// FlowNode is one node of a Flow.
type FlowNode struct {
	Label string
	Note  string // may be empty
	Kind  FlowKind
	BP    bool   // a business partner takes part
	Link  string // the address that the node leads to, or ""
	Here  bool   // stands out: where one stands
	To    []FlowWay
}

// FlowWay leads from a node to another, by its place among the nodes.
type FlowWay struct {
	To    int
	Label string // may be empty
}

// FlowKind is the shape of a node.
type FlowKind uint8

const (
	FlowStep     FlowKind = iota // a box
	FlowDecision                 // a box with pointed ends
	FlowEnd                      // a box with round ends: where it starts or ends
)

// mostNodes is how many nodes are drawn; the table has all.
const mostNodes = 60

func (*Flow) name() string { return "flow" }

// flowBox is a node's place: its row, how far it stands beside the spine (0: on
// it), its text and its area.
type flowBox struct {
	row, beside int
	lines, note []string
	low         int // what a partner's mark below the text takes
	exits       int // labelled ways that leave it for a lane on the right
	x, y, w, h  int
}

func (b *flowBox) middle() int { return b.x + b.w/2 }

// layout gives every node its row.
func (c *Flow) layout(n int) (boxes []flowBox, rows [][]int) {
	boxes = make([]flowBox, n)
	for i := range boxes {
		boxes[i].row = -1
	}
	free := func(i int) int {
		for _, way := range c.Nodes[i].To {
			if way.To >= 0 && way.To < n && boxes[way.To].row < 0 {
				return way.To
			}
		}
		return -1
	}
	for start := range n {
		// The spine; then, where no way leads to a node, it begins another piece.
		for i := start; i >= 0 && boxes[i].row < 0; i = free(i) {
			boxes[i].row = len(rows)
			rows = append(rows, []int{i})
		}
		for r := 0; r < len(rows); r++ {
			for k := 0; k < len(rows[r]); k++ {
				for i := free(rows[r][k]); i >= 0; i = free(rows[r][k]) {
					boxes[i].row, boxes[i].beside = r, len(rows[r])
					rows[r] = append(rows[r], i)
				}
			}
		}
	}
	return boxes, rows
}

// flowLane is a way at the edge: from row to row.
type flowLane struct{ from, to, target, at int }

// lay finds a lane that is free between two rows, or leads to the same node.
func lay(lanes []flowLane, from, to, target int) ([]flowLane, int) {
	l := flowLane{min(from, to), max(from, to), target, 0}
	for i := 0; i < len(lanes); i++ {
		if o := lanes[i]; o.at == l.at && o.target != target && o.from <= l.to && l.from <= o.to {
			l.at++
			i = -1
		}
	}
	return append(lanes, l), l.at
}

func (c *Flow) draw(p *pen) int {
	const gap, pitch = 300, 130 // between rows, lanes
	beside := 330               // between the columns: as much as the answers need there
	n := min(len(c.Nodes), mostNodes)
	boxes, rows := c.layout(n)
	side := false
	for i := range boxes {
		side = side || boxes[i].beside > 0
	}
	// The ways at the edges come first: they narrow the columns.
	type run struct {
		from, to, lane int
		right          bool
		label          string
		nth            int // of the labelled ways that leave the node there
	}
	var runs []run
	var lanes [2][]flowLane
	used := [2]int{}
	for i := range boxes {
		for _, way := range c.Nodes[i].To {
			if way.To < 0 || way.To >= n {
				continue
			}
			a, b := &boxes[i], &boxes[way.To]
			if a.row == b.row && a.beside == 0 {
				beside = min(max(beside, small.width(way.Label)+150), 800)
			}
			if a.beside == 0 && b.beside == 0 && b.row == a.row+1 || a.row == b.row && b.beside == a.beside+1 {
				continue
			}
			r := run{from: i, to: way.To, right: a.beside > 0}
			if way.Label != "" && a.beside == 0 && len(rows[a.row]) == 1 {
				r.label, r.right, side = way.Label, true, true
				r.nth = a.exits
				a.exits++
			}
			k := 0
			if r.right {
				k = 1
			}
			lanes[k], r.lane = lay(lanes[k], a.row, b.row, way.To)
			r.lane = min(r.lane, 3)
			used[k] = max(used[k], r.lane+1)
			runs = append(runs, r)
		}
	}
	left, edge := margin+pitch*used[0], right-pitch*used[1]
	w, x2 := edge-left, edge
	if side {
		w = (edge - left - beside) * 5 / 8
		x2 = left + w + beside
	}
	y := margin
	for _, r := range runs {
		if b := &boxes[r.to]; b.row == 0 && (r.right || b.beside > 0) {
			y = margin + 200 // room above the first row
		}
	}
	for _, row := range rows {
		high, stack := 0, y
		for k, i := range row {
			b, node := &boxes[i], &c.Nodes[i]
			b.x, b.y, b.w = left, y, w
			if k > 0 {
				b.x, b.y, b.w = x2, stack, edge-x2
			}
			room := b.w - 200
			if node.Kind != FlowStep {
				room -= 140
			}
			// The partner's mark stands beside the text, or below it in a narrow box.
			b.low = 0
			if node.BP && room < 1000 {
				b.low = 200
			} else if node.BP {
				room -= 280
			}
			b.lines, b.note = label.wrap(node.Label, room, 0), small.wrap(node.Note, room, 0)
			b.h = max(max(len(b.lines), 1)*label.lead+len(b.note)*small.lead+160, 200*b.exits+80) + b.low
			if k > 0 {
				stack += b.h + gap
				high = max(high, stack-gap-y)
			} else {
				high = b.h
			}
		}
		y += high + gap
	}
	for i := range boxes {
		a := &boxes[i]
		for _, way := range c.Nodes[i].To {
			if way.To < 0 || way.To >= n {
				continue
			}
			switch b := &boxes[way.To]; {
			case a.beside == 0 && b.beside == 0 && b.row == a.row+1, a.row == b.row && a.beside > 0 && b.beside == a.beside+1:
				p.arrow("ink", a.middle(), a.y+a.h+15, b.middle(), b.y-15, 0)
				p.text(small, " halo", a.middle()+70, b.y-110, start, small.cut(way.Label, a.w/2-120))
			case a.row == b.row && b.beside == a.beside+1:
				at := min(a.y+a.h/2, b.y+b.h/2)
				p.arrow("ink", a.x+a.w+15, at, b.x-15, at, 0)
				p.text(small, "", (a.x+a.w+b.x)/2, at-60, middle, small.cut(way.Label, beside-40))
			}
		}
	}
	for _, r := range runs {
		a, b := &boxes[r.from], &boxes[r.to]
		at, lane := a.y+a.h/2, left-100-pitch*r.lane
		from := a.x - 15
		if r.right {
			lane, from = edge+100+pitch*r.lane, a.x+a.w+15
			at += 200*r.nth - 100*max(a.exits-1, 0)
			if r.label != "" {
				p.text(small, "", from+60, at-60, start, small.cut(r.label, edge-from-80))
			}
		}
		// Along the lane into the gap above the node, and down to it; from the left
		// straight to a node on the spine.
		p.begin("ink")
		p.seg('M', from, at)
		p.seg('L', lane, at)
		if !r.right && b.beside == 0 {
			p.seg('L', lane, b.y+b.h/2)
			p.end()
			p.arrow("ink", lane, b.y+b.h/2, b.x-15, b.y+b.h/2, 0)
			continue
		}
		in := b.x + b.w - 220
		p.seg('L', lane, b.y-170)
		p.seg('L', in, b.y-170)
		p.end()
		p.arrow("ink", in, b.y-170, in, b.y-15, 0)
	}
	for i := range boxes {
		c.Nodes[i].draw(p, &boxes[i])
	}
	return y - gap + margin
}

// draw draws a node, as a link where it has an address.
func (node *FlowNode) draw(p *pen, b *flowBox) {
	if node.Link != "" {
		p.links = true
		p.add(`<a href="`, escape(node.Link), `">`)
	}
	class := "ink"
	fill := "paper"
	if node.Here {
		class, fill = "ink-2", "fill-in"
	}
	x, y := b.x+100, b.y+80
	if node.Kind == FlowStep {
		p.rect("paper", b.x, b.y, b.w, b.h)
		if node.Here {
			p.rect(fill, b.x, b.y, b.w, b.h)
		}
		p.frame(class, b.x, b.y, b.w, b.h)
	} else {
		// The ends run out to a point, or to a round.
		const in = 110
		x += 70
		if node.Here {
			fill = "fill"
		}
		p.begin(fill + " " + class)
		p.seg('M', b.x+in, b.y)
		p.seg('L', b.x+b.w-in, b.y)
		if node.Kind == FlowDecision {
			p.seg('L', b.x+b.w, b.y+b.h/2)
			p.seg('L', b.x+b.w-in, b.y+b.h)
			p.seg('L', b.x+in, b.y+b.h)
			p.seg('L', b.x, b.y+b.h/2)
		} else {
			p.seg('Q', b.x+b.w+in, b.y+b.h/2, b.x+b.w-in, b.y+b.h)
			p.seg('L', b.x+in, b.y+b.h)
			p.seg('Q', b.x-in, b.y+b.h/2, b.x+in, b.y)
		}
		p.add("Z")
		p.end()
	}
	for k := range b.lines {
		b.lines[k] += " " // so that the words do not run together where they name the link
	}
	y += p.para(label, "", x, y, start, b.lines)
	p.para(small, " strong", x, y, start, b.note)
	if node.Link != "" {
		p.add("</a>")
	}
	if node.BP {
		x = b.x + b.w - (x - b.x) - 230 // as far from the right end as the text from the left
		y = b.y + 70
		if b.low > 0 {
			y = b.y + b.h - 250
		}
		p.frame("hair-2", x, y, 230, 180)
		p.text(small, "", x+115, y+135, middle, "BP")
	}
}

// Table has a row for each way, and one for a node without.
func (c *Flow) Table() Table {
	t := Table{Head: c.Head}
	for i := range c.Nodes {
		node := &c.Nodes[i]
		name := join(node.Label, node.Note)
		if node.BP {
			name += " (BP)"
		}
		if len(node.To) == 0 {
			t.row(name, "")
		}
		for _, way := range node.To {
			to := ""
			if way.To >= 0 && way.To < len(c.Nodes) {
				to = c.Nodes[way.To].Label
			}
			t.row(name, join(way.Label, to))
		}
	}
	return t
}
