package chart

// Load is work stacked in columns, one a month or a week, with lines that say
// how much can be borne.
type Load struct {
	Unit    string // caption of the upright axis: "events"; may be empty
	Columns []Column
	Series  []string // names of the parts, in the order of Column.Parts, lowest first
	Lines   []Line
	Head    []string // heads of the table's first and last column: "month", "total"; may be empty
}

// Column is one column of a Load.
type Column struct {
	Label string
	Parts []float64
	Sign  string // over the column: "", "flag" or "bell"
}

// Line is a level that the columns are held against.
type Line struct {
	Label string
	Value float64
	Sign  string // "", "flag" or "bell"
}

func (*Load) name() string { return "load" }

// mostColumns is how many columns have room; more are drawn as the highest of
// each few.
const mostColumns = 40

// shown are the columns as drawn.
func (c *Load) shown() []Column {
	step := (len(c.Columns) + mostColumns - 1) / mostColumns
	if step <= 1 {
		return c.Columns
	}
	var out []Column
	for i := 0; i < len(c.Columns); i += step {
		highest := c.Columns[i]
		for _, col := range c.Columns[i:min(i+step, len(c.Columns))] {
			if col.total() > highest.total() {
				highest.Parts, highest.Sign = col.Parts, col.Sign
			}
		}
		out = append(out, highest)
	}
	return out
}

// total is the height of a column.
func (c *Column) total() float64 {
	sum := 0.0
	for _, v := range c.Parts {
		sum += max(finite(v), 0)
	}
	return sum
}

func (c *Load) draw(p *pen) int {
	const top, foot, numbers = 480, 2300, 330
	columns := c.shown()
	highest := 0.0
	for i := range columns {
		highest = max(highest, columns[i].total())
	}
	for _, l := range c.Lines {
		highest = max(highest, finite(l.Value))
	}
	s := newScale(0, highest, foot, top)
	if c.Unit != "" {
		p.text(small, " soft-text", margin, 150, start, small.cut(c.Unit, right-margin))
	}
	ticks := s.ticks(4)
	left := margin + 100
	for _, v := range ticks {
		left = max(left, margin+60+small.width(Number(v)))
	}
	edge := right - 20
	if len(c.Lines) > 0 {
		edge = right - numbers
	}
	for _, v := range ticks {
		y := s.at(v)
		p.rule("hair", left, y, edge, y)
		p.text(small, " num soft-text", left-60, y+45, end, Number(v))
	}

	n := max(len(columns), 1)
	pitch := (edge - left - 60) / n
	w := max(pitch*4/5, 20)
	tops := make([]int, len(columns))
	middles := make([]int, len(columns))
	for i := range columns {
		x := left + 60 + pitch*i + (pitch-w)/2
		middles[i] = x + w/2
		sum, y := 0.0, foot
		var rims []int
		for j, v := range columns[i].Parts {
			v = max(finite(v), 0)
			sum += v
			next := s.at(sum)
			if y > next {
				p.hatch(j, x, next, w, y-next)
				text := Number(v)
				if y-next >= 150 && small.width(text)+30 <= w && len(columns[i].Parts) > 1 {
					p.text(small, " num halo", x+w/2, (y+next)/2+45, middle, text)
				}
				rims = append(rims, next)
			}
			y = next
		}
		if tops[i] = y; y < foot {
			p.begin("ink")
			for _, rim := range rims[:len(rims)-1] {
				p.stroke(x, rim, x+w, rim)
			}
			p.edges(x, y, w, foot-y)
			p.end()
		}
	}
	p.line("ink", left-30, foot, edge+20, foot)

	var keys []key
	if len(c.Series) > 1 {
		for i, text := range c.Series {
			keys = append(keys, key{text: text, hatch: i})
		}
	}
	// The lines, the highest first, and their numbers, kept apart.
	lines := append([]Line{}, c.Lines...)
	for i := range lines {
		for j := i; j > 0 && lines[j].Value > lines[j-1].Value; j-- {
			lines[j], lines[j-1] = lines[j-1], lines[j]
		}
	}
	lowest := 0
	for i, l := range lines {
		class := "ink-2" + []string{"", " dash", " dots"}[i%3] + tone(l.Sign)
		y := s.at(l.Value)
		p.rule(class, left, y, edge, y)
		lowest = max(y+45, lowest+160)
		p.text(label, " num strong"+tone(l.Sign), edge+60, lowest, start, Number(l.Value))
		keys = append(keys, key{text: l.Label, line: class, sign: l.Sign})
	}

	// Totals, as many as have room beside one another; names, every one or every
	// second, third …: evenly, so that the reader can count on.
	above, below, step := 0, 0, namesStep(columns, pitch)
	for i := range columns {
		col := &columns[i]
		x, y := middles[i], tops[i]-50
		text := Number(col.total())
		size := small.width(text)
		if tops[i] < foot && x-size/2 >= above {
			p.text(small, " num halo strong", x, y, middle, text)
			above = x + size/2 + 30
			y -= 150
		}
		p.sign(col.Sign, x-80, y-160)
		size = small.width(col.Label)
		x = max(x, margin+size/2)
		if i%step == 0 && x-size/2 >= below && x+size/2 <= right {
			p.text(small, " num", x, foot+180, middle, col.Label)
			below = x + size/2 + 50
		}
	}
	return p.legend(keys, foot+220) + margin
}

// namesStep is how many columns apart names have to stand so that the widest of
// them do not touch.
func namesStep(columns []Column, pitch int) int {
	widest := 0
	for i := range columns {
		widest = max(widest, small.width(columns[i].Label))
	}
	return max(1, (widest+50+pitch-1)/max(pitch, 1))
}

// Table has a row for each column and each line.
func (c *Load) Table() Table {
	var t Table
	first, last := "", ""
	if len(c.Head) == 2 {
		first, last = c.Head[0], c.Head[1]
	}
	if first != "" {
		t.Head = append(append([]string{first}, c.Series...), last)
	}
	for i := range c.Columns {
		col := &c.Columns[i]
		row := []string{col.Label}
		for j := range max(len(c.Series), 1) {
			v := 0.0
			if j < len(col.Parts) {
				v = col.Parts[j]
			}
			row = append(row, Number(v))
		}
		if len(c.Series) > 1 || first != "" {
			row = append(row, Number(col.total()))
		}
		t.Rows = append(t.Rows, row)
	}
	for _, l := range c.Lines {
		row := []string{l.Label}
		if len(t.Rows) > 0 {
			for len(row) < len(t.Rows[0])-1 {
				row = append(row, "")
			}
		}
		t.Rows = append(t.Rows, append(row, Number(l.Value)))
	}
	return t
}
