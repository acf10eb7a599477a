package chart

// Quadrants is a field of two by two, spanned by two questions.
type Quadrants struct {
	X, Y                                       Axis
	TopLeft, TopRight, BottomLeft, BottomRight Cell
}

// Axis is one of the questions of Quadrants with its two answers.
type Axis struct{ Label, Low, High string }

// Cell is one of the four fields.
type Cell struct {
	Label, Note string
	Sign        string // "", "flag" or "bell"
}

func (*Quadrants) name() string { return "quadrants" }

func (c *Quadrants) draw(p *pen) int {
	const left, gap = 260, 60
	const w = (right - left - gap) / 2 // of a cell
	const in = 90                      // the padding in it
	rows := [2][2]*Cell{{&c.TopLeft, &c.TopRight}, {&c.BottomLeft, &c.BottomRight}}
	y := margin
	title := small.wrap(c.Y.Label, right-left, 0)
	y += p.para(small, " strong", left, y, start, title) + 40
	top := y
	for i, row := range rows {
		answer := []string{c.Y.High, c.Y.Low}[i]
		y += p.para(small, " soft-text", left, y, start, small.wrap(answer, right-left, 0)) + 25
		var texts [2]step
		high := 640
		for j, cell := range row {
			it := ChainItem{cell.Label, cell.Note, cell.Sign}
			texts[j].label = head.wrap(it.Label, w-2*in-signWidth(it.Sign), 0)
			texts[j].note = small.wrap(it.Note, w-2*in, 0)
			high = max(high, len(texts[j].label)*head.lead+len(texts[j].note)*small.lead+2*in)
		}
		for j, cell := range row {
			x := left + (w+gap)*j
			class := "ink"
			if gone := signWidth(cell.Sign); gone > 0 {
				class += " " + cell.Sign
			}
			p.box(class, x, y, w, high)
			p.sign(cell.Sign, x+in, y+in+5)
			ty := y + in + p.para(head, tone(cell.Sign), x+in+signWidth(cell.Sign), y+in, start, texts[j].label)
			p.para(small, " soft-text", x+in, ty, start, texts[j].note)
		}
		y += high + 90
	}
	foot := y - 20
	p.arrow("ink-2", left-130, foot, left-130, top, 30)
	p.arrow("ink-2", left-130, foot, right, foot, -30)
	y = foot + 70
	// Below the arrow: low on the left, high on the right, and the question.
	half := (right - left) / 2
	low, high := small.wrap(c.X.Low, half-40, 0), small.wrap(c.X.High, half-40, 0)
	a := p.para(small, " soft-text", left, y, start, low)
	b := p.para(small, " soft-text", right, y, end, high)
	y += max(a, b)
	y += p.para(small, " strong", right, y+20, end, small.wrap(c.X.Label, right-left, 0))
	return y + 20 + margin
}

// Table has the fields as they lie, with the answers as heads.
func (c *Quadrants) Table() Table {
	cell := func(c *Cell) string { return join(c.Label, c.Note) }
	return Table{
		Head: []string{join(c.Y.Label, c.X.Label), join(c.X.Label, c.X.Low), join(c.X.Label, c.X.High)},
		Rows: [][]string{
			{join(c.Y.Label, c.Y.High), cell(&c.TopLeft), cell(&c.TopRight)},
			{join(c.Y.Label, c.Y.Low), cell(&c.BottomLeft), cell(&c.BottomRight)},
		},
	}
}
