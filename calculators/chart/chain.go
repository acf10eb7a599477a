package chart

// Chain is a row of things of which each leads to the next.
type Chain struct {
	Items []ChainItem
	Style ChainStyle
}

// ChainItem is one link of a Chain.
type ChainItem struct {
	Label string
	Note  string // may be empty
	Sign  string // "", "flag" or "bell"
}

// ChainStyle is how a Chain is drawn.
type ChainStyle uint8

const (
	Arrows   ChainStyle = iota // numbered steps down the page
	Dominoes                   // each topples a bigger one
)

func (*Chain) name() string { return "chain" }

func (c *Chain) draw(p *pen) int {
	if c.Style == Dominoes {
		return c.dominoes(p)
	}
	return c.play(p)
}

// step is the text of an item, worked out.
type step struct {
	label, note []string
	wide, high  int
}

// newStep breaks an item's words into lines of a width.
func (it *ChainItem) newStep(w int) step {
	s := step{label: head.wrap(it.Label, w-signWidth(it.Sign), 0), note: small.wrap(it.Note, w, 0)}
	s.wide = max(head.widest(s.label...)+signWidth(it.Sign), small.widest(s.note...))
	s.high = max(len(s.label), 1)*head.lead + len(s.note)*small.lead
	return s
}

// draw writes the step below y.
func (s step) draw(p *pen, sign string, x, y int) {
	p.sign(sign, x, y+5)
	y += p.para(head, tone(sign), x+signWidth(sign), y, start, s.label)
	p.para(small, " soft-text", x, y, start, s.note)
}

// steps breaks the words of all items into lines of a width, and says by how
// much the picture has to move to the right to stand in the middle.
func steps(items []ChainItem, w int) (steps []step, shift int) {
	widest := 0
	for i := range items {
		s := items[i].newStep(w)
		steps = append(steps, s)
		widest = max(widest, s.wide)
	}
	return steps, max(w-widest, 0) / 2
}

// play draws a play: numbered players, and the way from each to the next.
func (c *Chain) play(p *pen) int {
	const r, gap = 130, 210
	x, text := 190, 480
	steps, shift := steps(c.Items, right-text)
	x, text = x+shift, text+shift
	y, from := margin, 0
	for i, s := range steps {
		it := &c.Items[i]
		mid := y + max(2*r, head.lead)/2
		if i > 0 {
			p.arrow("ink", x, from, x, mid-r-25, []int{60, -60}[i%2])
		}
		p.ring("ink", x, mid, r)
		p.text(label, " num", x, mid+50, middle, Number(float64(i+1)))
		s.draw(p, it.Sign, text, mid-head.lead/2-5)
		from = mid + r + 25
		y += max(s.high+(2*r-head.lead)/2, 2*r) + gap
	}
	return y - gap + margin
}

// dominoes draws tiles of which each fells a bigger one, and their names.
func (c *Chain) dominoes(p *pen) int {
	const ground, tallest = 1060, 900
	n := max(len(c.Items), 1)
	pitch := min((right-margin-300)/n, 560)
	thick := min(150, pitch*2/5)
	left := (wide - pitch*n) / 2
	// From the last, which is about to fall, back to the first: each leans until
	// its corner meets the tile before it.
	var last tile
	tags := make([]tag, len(c.Items))
	names, lane := true, 0
	for i := len(c.Items) - 1; i >= 0; i-- {
		it := &c.Items[i]
		t := tile{foot: left + pitch*i + thick, high: tallest - 560*(n-1-i)/max(n-1, 1), thick: thick}
		if i == n-1 {
			t.lean = t.high / 8
		} else {
			for t.lean < t.high*9/10 && t.foot+t.lean+15 < last.face(t.up()) {
				t.lean += 10
			}
		}
		t.draw(p, ground)
		last = t
		size := label.width(it.Label)
		tags[i] = tag{x: t.foot - thick/2, text: it.Label, size: size}
		if size > pitch-60 {
			lane = 1 // every other name stands a line lower
		}
		names = names && size < 2*pitch-80 && it.Sign == "" && it.Note == ""
	}
	p.rule("hair-2", margin, ground, right, ground)
	y := ground + 60
	if names {
		for i, t := range tags {
			drop := i % 2 * lane * label.lead
			if drop > 0 {
				p.rule("hair", t.x, ground+30, t.x, y+drop+20)
			}
			x := max(min(t.x, right-t.size/2), margin+t.size/2)
			p.text(label, "", x, y+drop+140, middle, t.text)
		}
		return y + (1+lane)*label.lead + margin
	}
	free := 0
	for i, t := range tags {
		text := Number(float64(i + 1))
		if size := small.width(text); t.x-size/2 >= free {
			p.text(small, " num", t.x, y+110, middle, text)
			free = t.x + size/2 + 40
		}
	}
	y += 250
	const text = 400
	for i := range c.Items {
		s := c.Items[i].newStep(right - text)
		p.text(label, " num", text-110, y+head.lead*3/4, end, Number(float64(i+1))+".")
		s.draw(p, c.Items[i].Sign, text, y)
		y += s.high + 60
	}
	return y - 60 + margin
}

// tile is a domino that falls to the right, about the right corner of its foot.
type tile struct {
	foot        int // where that corner stands
	high, thick int
	lean        int // how far its upper end has come
}

// up is how high its upper right corner is.
func (t tile) up() int { return isqrt(t.high*t.high - t.lean*t.lean) }

// face is where its left side is at a height.
func (t tile) face(y int) int {
	up := t.up()
	lift := t.lean * t.thick / t.high // of the left corner of its foot
	return t.foot - up*t.thick/t.high + (y-lift)*t.lean/max(up, 1)
}

func (t tile) draw(p *pen, ground int) {
	up := t.up()
	x, y := t.foot, ground
	tx, ty := -up*t.thick/t.high, -t.lean*t.thick/t.high // across its foot
	p.begin("fill")
	p.seg('M', x, y)
	p.curve(x, y, x+t.lean, y-up, 6)
	p.seg('L', x+t.lean+tx, y-up+ty)
	p.curve(x+t.lean+tx, y-up+ty, x+tx, y+ty, 6)
	p.add("Z")
	p.end()
	// The line across a domino's face.
	x += t.lean / 2
	y -= up / 2
	p.rule("hair-2", x+tx/5, y+ty/5, x+tx*4/5, y+ty*4/5)
}

// Table has a row for each item.
func (c *Chain) Table() Table { return chainTable(c.Items) }

func chainTable(items []ChainItem) Table {
	var t Table
	notes := false
	for _, it := range items {
		notes = notes || it.Note != ""
	}
	for i, it := range items {
		row := []string{Number(float64(i + 1)), it.Label, it.Note}
		if !notes {
			row = row[:2]
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
