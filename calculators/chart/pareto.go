package chart

import "strconv"

// Pareto is amounts below one another, each as its share of their sum, and a
// line that adds them up: how few bring how much. The last Cut of them stand
// below a line, hatched: what is let go.
type Pareto struct {
	Unit  string // caption of the axis; may be empty
	Items []ParetoItem
	Cut   int
	Head  []string // heads of the table's columns: label, amount, share added up; may be empty
}

// ParetoItem is one of the amounts.
type ParetoItem struct {
	Label string
	Value float64
	Text  string // the amount as shown; empty: Value
}

func (*Pareto) name() string { return "pareto" }

func (b *ParetoItem) text() string {
	if b.Text == "" {
		return Number(b.Value)
	}
	return b.Text
}

// shares are the parts of the sum that the items reach together, each with those
// before it, from 0 to 1.
func (c *Pareto) shares() []float64 {
	sum := 0.0
	added := make([]float64, len(c.Items))
	for i := range c.Items {
		sum += max(finite(c.Items[i].Value), 0)
		added[i] = sum
	}
	for i := range added {
		if sum > 0 {
			added[i] /= sum
		}
	}
	return added
}

func (c *Pareto) draw(p *pen) int {
	const thick, gap = 150, 90
	shares := c.shares()
	items := c.Items[:min(len(c.Items), 2*mostRows)]
	s := newScale(0, 1, margin, right-60)
	// The places first: the lines lie below the words.
	tops := make([]int, len(items)+1)
	lines := make([][]string, len(items))
	amounts := make([]string, len(items))
	y, cut := margin, len(c.Items)-c.Cut
	cutAt := 0
	for i := range items {
		if i == cut {
			cutAt = y + 60
			y += 170
		}
		tops[i] = y
		amounts[i] = small.cut(items[i].text(), wide/2)
		lines[i] = label.wrap(items[i].Label, right-margin-small.width(amounts[i])-100, 0)
		y += max(len(lines[i]), 1)*label.lead + 30 + thick + gap
	}
	foot := y
	var ticks []Tick
	for n := 0; n <= 100; n += 20 {
		x := s.at(float64(n) / 100)
		class := "hair"
		if n == 80 {
			class = "hair-2 dash"
		}
		p.rule(class, x, margin, x, foot)
		ticks = append(ticks, Tick{float64(n) / 100, strconv.Itoa(n) + "%"})
	}
	before := 0.0
	points := make([][2]int, 0, len(items))
	for i := range items {
		y := tops[i] + max(len(lines[i]), 1)*label.lead + 30
		if w := s.at(shares[i]-before) - margin; w > 0 {
			p.rect("fill-in", margin, y, w, thick)
			if i >= cut {
				p.hatch(3, margin, y, w, thick)
			}
			p.frame("ink", margin, y, w, thick)
		}
		before = shares[i]
		points = append(points, [2]int{s.at(shares[i]), y + thick/2})
	}
	if len(points) > 1 {
		p.begin("ink-2 mark")
		for i, at := range points {
			if i == 0 {
				p.seg('M', at[0], at[1])
			} else {
				p.seg('L', at[0], at[1])
			}
		}
		p.end()
	}
	for i := range items {
		y := tops[i]
		p.para(label, " halo", margin, y, start, lines[i])
		// Beside the label, not at the right edge: there the line runs through it.
		x := margin
		if n := len(lines[i]); n > 0 {
			x += label.width(lines[i][n-1]) + 80
			y += (n - 1) * label.lead
		}
		p.text(small, " num halo", x, y+label.lead*3/4, start, amounts[i])
	}
	if cutAt > 0 {
		p.rule("ink-2 dash flag", margin, cutAt, right-180, cutAt)
		p.cross("ink-2 flag", right-90, cutAt, 55)
	}
	return foot + p.axis(s, foot, ticks, c.Unit) + margin
}

// Table has a row for each amount with the share that it reaches with those
// before it; a cross marks what is let go.
func (c *Pareto) Table() Table {
	t := Table{Head: c.Head}
	for i, share := range c.shares() {
		b := &c.Items[i]
		text := b.Label
		if i >= len(c.Items)-c.Cut {
			text = "✗ " + text
		}
		t.row(text, b.text(), strconv.Itoa(round(float64(share*100)))+"%")
	}
	return t
}
