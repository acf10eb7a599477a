package chart

// Calendar is a year in twelve months, and what fills them.
type Calendar struct {
	Unit string // what the numbers 1 to 12 count: "month"; may be empty
	Rows []CalendarRow
}

// CalendarRow is one strip of the year.
type CalendarRow struct {
	Label string
	Spans []Span
}

// Span is some months of a row, the first and the last of 1 to 12.
type Span struct {
	From, To int
	Label    string
}

func (*Calendar) name() string { return "calendar" }

// month is where a month begins; the thirteenth is the end of the year.
func month(n int) int { return margin + (right-margin)*(min(max(n, 1), 13)-1)/12 }

func (c *Calendar) draw(p *pen) int {
	y := margin
	y += p.para(small, " soft-text", margin, y, start, small.wrap(c.Unit, right-margin, 0))
	for n := 1; n <= 12; n++ {
		p.text(small, " num soft-text", (month(n)+month(n+1))/2, y+small.lead*3/4, middle, Number(float64(n)))
	}
	y += small.lead + 20
	for i := range c.Rows {
		y = c.Rows[i].draw(p, 1+i%(len(hatches)-1), y) + 100
	}
	return y - 100 + margin
}

// draw draws the row's name, its strip, and below it the names that do not fit
// into their spans.
func (r *CalendarRow) draw(p *pen, hatch, y int) int {
	const high = 230
	y += 30 + p.para(head, "", margin, y+30, start, head.wrap(r.Label, right-margin, 0)) + 40
	for n := 1; n <= 13; n++ {
		p.rule("hair", month(n), y, month(n), y+high)
	}
	p.rule("hair", margin, y, right, y)
	p.rule("hair", margin, y+high, right, y+high)

	names := r.names()
	foot := y + high
	if len(names) > 0 {
		foot += 30
	}
	bottom := foot
	for _, n := range names {
		bottom = max(bottom, foot+n.top+len(n.lines)*small.lead)
		p.rule("hair-2", n.from, y+high, n.from, foot+n.top+30)
	}
	for _, s := range r.Spans {
		x, w := month(s.From), month(s.To+1)-month(s.From)
		p.hatch(hatch, x+15, y+25, w-30, high-50)
		p.frame("ink", x+15, y+25, w-30, high-50)
		if s.inside() {
			size := small.width(s.Label)
			p.rect("paper", x+w/2-size/2-30, y+45, size+60, high-90)
			p.text(small, "", x+w/2, y+high/2+45, middle, s.Label)
		}
	}
	for _, n := range names {
		p.para(small, " halo", n.x, foot+n.top, start, n.lines)
	}
	return bottom
}

// inside reports whether the name has room in its span.
func (s *Span) inside() bool {
	return small.width(s.Label)+150 <= month(s.To+1)-month(s.From)
}

// spanName is the name of a span below the strip.
type spanName struct {
	lines []string
	from  int // where its leader comes down
	x, w  int
	top   int // below the strip
}

// names places what stands below the strip, from the right to the left: each as
// high as those that it would run into allow.
func (r *CalendarRow) names() []spanName {
	var all []spanName
	order := make([]int, len(r.Spans)) // by beginning, the last first
	for i := range order {
		order[i] = i
		for j := i; j > 0 && r.Spans[order[j]].From > r.Spans[order[j-1]].From; j-- {
			order[j], order[j-1] = order[j-1], order[j]
		}
	}
	for _, i := range order {
		s := &r.Spans[i]
		if s.Label == "" || s.inside() {
			continue
		}
		n := spanName{lines: small.wrap(s.Label, 1500, 0), from: month(s.From) + 60}
		n.w = small.widest(n.lines...)
		n.x = min(month(s.From)+20, right-n.w)
		for _, o := range all {
			if n.x < o.x+o.w+40 && o.x < n.x+n.w+40 {
				n.top = max(n.top, o.top+len(o.lines)*small.lead+10)
			}
		}
		all = append(all, n)
	}
	return all
}

// Table has a row for each span.
func (c *Calendar) Table() Table {
	var t Table
	for i := range c.Rows {
		for _, s := range c.Rows[i].Spans {
			months := Number(float64(s.From))
			if s.To != s.From {
				months += " – " + Number(float64(s.To))
			}
			t.row(join(c.Rows[i].Label, s.Label), months)
		}
	}
	return t
}
