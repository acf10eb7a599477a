package chart

// Shapes holds wholes against each other that have the same parts in other
// proportions: stacks of one width side by side.
type Shapes struct {
	Columns []Shape
}

// Shape is one of the stacks.
type Shape struct {
	Label string
	Note  string      // may be empty
	Parts []ShapePart // from the top down
}

// ShapePart is one part; its height is its share of the whole.
type ShapePart struct {
	Label string
	Value float64 // not below 0; only proportions count
}

func (*Shapes) name() string { return "shapes" }

// shapesAcross is how many stacks stand beside one another.
const shapesAcross = 3

func (c *Shapes) draw(p *pen) int {
	const gap, in = 200, 60
	y := margin
	n := min(max(len(c.Columns), 1), shapesAcross)
	w := (right - margin - gap*(n-1)) / n
	for columns := c.Columns; len(columns) > 0; columns = columns[min(n, len(columns)):] {
		row := columns[:min(n, len(columns))]
		top := y
		for i := range row {
			it := ChainItem{Label: row[i].Label, Note: row[i].Note}
			s := it.newStep(w)
			s.draw(p, "", margin+(w+gap)*i, y)
			top = max(top, y+s.high)
		}
		top += 60
		y = top
		total := 0
		for i := range row {
			total = max(total, row[i].total(w-2*in))
		}
		for i := range row {
			x, at := margin+(w+gap)*i, top
			texts, heights := row[i].measure(w-2*in, total)
			big := row[i].biggest()
			for j, high := range heights {
				f, class := small, "ink"
				if j == big {
					f, class = head, "ink-2"
				}
				p.box(class, x, at, w, high)
				p.para(f, "", x+w/2, at+(high-len(texts[j])*f.lead)/2, middle, texts[j])
				at += high
			}
			y = max(y, at)
		}
		y += 250
	}
	return y - 250 + margin + 20
}

// biggest is the part that is written and drawn heavier; -1 where there is not
// one.
func (s *Shape) biggest() int {
	at, ties := -1, false
	for i := range s.Parts {
		switch v := finite(s.Parts[i].Value); {
		case at < 0 || v > finite(s.Parts[at].Value):
			at, ties = i, false
		case v == finite(s.Parts[at].Value):
			ties = true
		}
	}
	if ties {
		return -1
	}
	return at
}

// measure breaks the names of the parts into lines and gives their heights in a
// stack of a height. A part that is too small for its name is as high as that.
func (s *Shape) measure(w, total int) (texts [][]string, heights []int) {
	const in = 50
	sum, big := 0.0, s.biggest()
	for i := range s.Parts {
		sum += max(finite(s.Parts[i].Value), 0)
	}
	for i := range s.Parts {
		f, share := small, total/len(s.Parts)
		if i == big {
			f = head
		}
		if sum > 0 {
			share = int(float64(max(finite(s.Parts[i].Value), 0)/sum) * float64(total))
		}
		lines := f.wrap(s.Parts[i].Label, w, 0)
		texts = append(texts, lines)
		heights = append(heights, max(share, max(len(lines), 1)*f.lead+2*in))
	}
	return texts, heights
}

// total is how high the stack has to be for every name to fit into the share of
// its part, within bounds.
func (s *Shape) total(w int) int {
	const low, tall = 2200, 3600
	for total := low; total < tall; total += 100 {
		_, heights := s.measure(w, total)
		sum := 0
		for _, h := range heights {
			sum += h
		}
		if sum <= total {
			return total
		}
	}
	return tall
}

// Table has a row for each part.
func (c *Shapes) Table() Table {
	var t Table
	for i := range c.Columns {
		for _, part := range c.Columns[i].Parts {
			t.row(join(c.Columns[i].Label, part.Label), Number(part.Value))
		}
	}
	return t
}
