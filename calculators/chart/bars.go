package chart

// Bars are amounts side by side. With four or more short labels they stand as
// columns, a distribution; otherwise they lie, each under its label. Amounts below
// nothing go the other way.
type Bars struct {
	Unit  string // caption of the axis; may be empty
	Items []BarItem
	Head  []string // heads of the table's columns: label, amount; may be empty
}

// BarItem is one of the Bars.
type BarItem struct {
	Label  string
	Value  float64
	Text   string // the amount as shown; empty: Value
	Sign   string // "", "flag" or "bell"
	Strong bool   // stands out: hatched, such as the outcomes that reach the target
}

func (*Bars) name() string { return "bars" }

// text is the amount as shown.
func (b *BarItem) text() string {
	if b.Text == "" {
		return Number(b.Value)
	}
	return b.Text
}

func (c *Bars) draw(p *pen) int {
	lowest, highest := 0.0, 0.0
	upright := len(c.Items) >= 4
	for _, b := range c.Items {
		lowest, highest = min(lowest, finite(b.Value)), max(highest, finite(b.Value))
		upright = upright && small.width(b.Label) <= 330
	}
	if upright {
		return c.columns(p, lowest, highest)
	}
	y := margin
	if c.Unit != "" {
		y += p.para(small, " soft-text", margin, y, start, small.wrap(c.Unit, right-margin, 0)) + 60
	}
	numbers := 0
	for i := range c.Items {
		numbers = max(numbers, label.width(c.Items[i].text()))
	}
	numbers = min(numbers, wide/2)
	s := newScale(lowest, highest, margin, right-numbers-120)
	zero := s.at(0)
	top := y
	for i := range c.Items {
		if i == 2*mostRows {
			break
		}
		b := &c.Items[i]
		gap := signWidth(b.Sign)
		p.sign(b.Sign, margin+40, y+5)
		y += p.para(label, tone(b.Sign), margin+40+gap, y, start, label.wrap(b.Label, right-margin-40-gap, 0)) + 35
		from, to := min(zero, s.at(b.Value)), max(zero, s.at(b.Value))
		c.bar(p, b, from, y, to-from, 190)
		p.text(label, " num"+tone(b.Sign), to+80, y+145, start, label.cut(b.text(), numbers+20))
		y += 190 + 120
	}
	p.line("ink-2", zero, top, zero, y-60)
	return y
}

// columns draws a distribution.
func (c *Bars) columns(p *pen, lowest, highest float64) int {
	const top, foot = 500, 1900
	items := c.Items[:min(len(c.Items), mostColumns)]
	pitch := (right - margin) / len(items)
	w := max(pitch*3/4, 30)
	s := newScale(lowest, highest, foot, top)
	zero := s.at(0)
	fits := true
	for i := range items {
		fits = fits && small.width(items[i].text())+20 <= pitch
	}
	free, above := 0, 0
	for i := range items {
		b := &items[i]
		x := margin + pitch*i + (pitch-w)/2
		y := min(s.at(b.Value), zero)
		if b.Value != 0 {
			c.bar(p, b, x, y, w, max(s.at(b.Value), zero)-y)
		}
		// Amounts that are too wide to stand side by side are shown where no
		// neighbour is in their way: on the columns that top both.
		text := small.cut(b.text(), right-margin)
		size := small.width(text)
		at := max(min(x+w/2-size/2, right-size), margin)
		lift := y - 50
		if fits || (tops(items, i) && at >= above) {
			p.text(small, " num halo"+tone(b.Sign), at+size/2, lift, middle, text)
			above = at + size + 50
			lift -= 150
		}
		p.sign(b.Sign, x+w/2-80, lift-160)
		size = small.width(b.Label)
		at = max(x+w/2-size/2, margin)
		if at >= free && at+size <= right {
			p.text(small, " num", at+size/2, foot+180, middle, b.Label)
			free = at + size + 50
		}
	}
	p.line("ink-2", margin, zero, right, zero)
	y := foot + 260
	if c.Unit != "" {
		y += p.para(small, " soft-text", wide/2, y-10, middle, small.wrap(c.Unit, right-margin, 0))
	}
	return y + margin
}

// bar draws one bar; a strong one is hatched.
func (c *Bars) bar(p *pen, b *BarItem, x, y, w, h int) {
	if b.Strong {
		p.rect("soft", x, y, w, h)
		p.hatchOver(1, x, y, w, h)
	} else {
		p.rect("fill-in", x, y, w, h)
	}
	class := "ink"
	p.frame(class+tone(b.Sign), x, y, w, h)
}

// Table has a row for each amount.
func (c *Bars) Table() Table {
	t := Table{Head: c.Head}
	for i := range c.Items {
		t.row(c.Items[i].Label, c.Items[i].text())
	}
	return t
}

// tops reports whether no neighbour of a column is higher.
func tops(items []BarItem, i int) bool {
	return (i == 0 || items[i-1].Value <= items[i].Value) && (i+1 == len(items) || items[i+1].Value < items[i].Value)
}
