package chart

// Gantt is a plan in time: rows of bars over one axis.
type Gantt struct {
	Unit       string  // caption of the axis: "weeks"
	Start, End float64 // the stretch shown; both 0: as far as the content reaches
	Rows       []GanttRow
	Ticks      []Tick   // of the axis; empty: round numbers
	Bands      []Band   // stretches in which nothing happens: pauses
	Marks      []Mark   // moments: a deadline
	Head       []string // heads of the table's columns: bar, from, to; may be empty

	// Place says a moment in words, for the table; nil: its number.
	Place func(at float64) string
}

// GanttRow is one line of a Gantt.
type GanttRow struct {
	Label string
	Note  string // beside the last bar where there is room; may be empty
	Bars  []Bar
}

// Bar is one stretch of time. Its label is drawn where there is room for it;
// the table always has it.
type Bar struct {
	From, Length float64
	Label        string
	Name         string // what the table says instead of a short label; may be empty
}

// Tick is a place on an axis with its label.
type Tick struct {
	At    float64
	Label string
}

// Band is a stretch of an axis.
type Band struct {
	From, To float64
	Label    string
}

// Mark is a moment or a value on an axis.
type Mark struct {
	At    float64
	Label string
	Sign  string // "", "flag" or "bell"
}

func (*Gantt) name() string { return "gantt" }

// mostRows is how many rows the picture shows; the table has all.
const mostRows = 16

// extent is the stretch of the axis that is shown.
func (c *Gantt) extent() (from, to float64) {
	if c.Start != c.End {
		return c.Start, c.End
	}
	for _, r := range c.Rows {
		for _, b := range r.Bars {
			from, to = min(from, finite(b.From)), max(to, finite(b.From)+finite(b.Length))
		}
	}
	for _, m := range c.Marks {
		from, to = min(from, finite(m.At)), max(to, finite(m.At))
	}
	for _, b := range c.Bands {
		from, to = min(from, finite(b.From)), max(to, finite(b.To))
	}
	return from, to
}

func (c *Gantt) draw(p *pen) int {
	const thick = 210
	// Short labels stand in a column before the bars, long ones above them.
	column := 0
	for _, r := range c.Rows {
		column = max(column, label.width(r.Label))
	}
	above := column > 780
	left := margin + 20
	if !above && column > 0 {
		left = margin + column + 120
	}
	from, to := c.extent()
	s := newScale(from, to, left, right-20)

	marks := make([]tag, len(c.Marks))
	for i, m := range c.Marks {
		marks[i] = tag{x: s.at(m.At), text: m.Label, sign: m.Sign}
	}
	sortTags(marks)
	top := margin + lanes(small, marks, margin, right, wide*2/3)*210

	rows := c.Rows
	if len(rows) > mostRows {
		more := GanttRow{Label: "… +" + Number(float64(len(rows)-mostRows+2))}
		rows = append(append(append([]GanttRow{}, rows[:mostRows-2]...), more), rows[len(rows)-1])
	}
	y := top + 60
	tops := make([]int, len(rows))
	names := make([][]string, len(rows))
	for i, r := range rows {
		if above {
			names[i] = label.wrap(r.Label, right-90-left, 2)
			y += len(names[i]) * label.lead
		}
		tops[i] = y + 20
		y += thick + 110
	}
	foot := y

	for _, b := range c.Bands {
		x := s.at(b.From)
		p.hatch(1, x, top, max(s.at(b.To)-x, 20), foot-top)
	}
	ticks := c.Ticks
	if len(ticks) == 0 {
		ticks = s.roundTicks(8)
	}
	for _, t := range ticks {
		p.rule("hair", s.at(t.At), top, s.at(t.At), foot)
	}
	for _, t := range marks {
		y := margin + t.lane*210
		p.line("ink-2"+tone(t.sign), t.x, y+180, t.x, foot)
		p.signed(small, t.left, y+130, t.sign, t.text)
	}
	// free says whether nothing stands between two places of a row but paper.
	free := func(from, to int) bool {
		for _, t := range marks {
			if from-20 < t.x && t.x < to+60 {
				return false
			}
		}
		return from >= left-20 && to <= right
	}
	for i, r := range rows {
		y := tops[i]
		base := y + thick/2 + 45
		if !above {
			p.text(label, "", margin, base+5, start, r.Label)
		}
		after := left - 20 // where the row is free
		for j, b := range r.Bars {
			x := s.at(b.From)
			to := max(s.at(b.From+b.Length), x+15)
			p.rect("fill-in", x, y, to-x, thick)
			size := small.width(b.Label)
			next := right
			if j+1 < len(r.Bars) {
				next = s.at(r.Bars[j+1].From) - 40
			}
			switch {
			case size == 0:
			case size+60 <= to-x, len(b.Label) == 1 && size+24 <= to-x:
				p.text(small, " num", (x+to)/2, base, middle, b.Label)
			case to+60+size <= next && free(to, to+60+size):
				p.text(small, " num halo", to+60, base, start, b.Label)
				to += 60 + size
			case after+size+60 <= x && free(x-60-size, x):
				p.text(small, " num halo", x-60, base, end, b.Label)
			}
			after = to
		}
		p.outlines(s, r.Bars, y, thick)
		note := small.width(r.Note)
		x := after
		if len(r.Bars) > 0 {
			x = s.at(r.Bars[0].From)
		}
		switch {
		case note == 0:
		case free(after, after+60+note):
			p.text(small, " num soft-text halo", after+60, base, start, r.Note)
		case free(x-60-note, x):
			p.text(small, " num soft-text halo", x-60, base, end, r.Note)
		}
		if above {
			size := label.widest(names[i]...)
			p.para(label, " halo", max(min(x, right-90-size), left), y-20-len(names[i])*label.lead, start, names[i])
		}
	}
	foot += p.axis(s, foot, ticks, c.Unit)
	var keys []key
	for _, b := range c.Bands {
		if b.Label != "" && (len(keys) == 0 || keys[len(keys)-1].text != b.Label) {
			keys = append(keys, key{text: b.Label, hatch: 1})
		}
	}
	return p.legend(keys, foot) + margin
}

// outlines draws the bars of a row; bars that touch share the line between them.
func (p *pen) outlines(s scale, bars []Bar, y, thick int) {
	for i := 0; i < len(bars); {
		x := s.at(bars[i].From)
		to := x
		p.begin("ink")
		for {
			if to > x {
				p.stroke(to, y, to, y+thick)
			}
			to = max(s.at(bars[i].From+bars[i].Length), to+15)
			if i++; i == len(bars) || s.at(bars[i].From) > to+5 || s.at(bars[i].From) < x {
				break
			}
		}
		p.edges(x, y, to-x, thick)
		p.end()
	}
}

// Table has a row for each bar, band and mark: where it begins, and where it
// ends.
func (c *Gantt) Table() Table {
	t := Table{Head: c.Head}
	place := c.Place
	if place == nil {
		place = Number
	}
	for _, r := range c.Rows {
		for _, b := range r.Bars {
			name := r.Label
			if b.Name != "" {
				name = join(name, b.Name)
			} else if len(r.Bars) > 1 {
				name = join(name, b.Label)
			}
			t.row(join(name, r.Note), place(b.From), place(b.From+b.Length))
		}
	}
	for _, b := range c.Bands {
		t.row(b.Label, place(b.From), place(b.To))
	}
	for _, m := range c.Marks {
		t.row(m.Label, place(m.At), "")
	}
	return t
}
