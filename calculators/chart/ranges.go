package chart

// Ranges are stretches on one axis, above one another, and the band that they
// share: the zone of possible agreement.
type Ranges struct {
	Unit  string // caption of the axis
	Rows  []Range
	Bands []Band
}

// Range is one row.
type Range struct {
	Label    string
	From, To float64
	Marks    []Mark
}

func (*Ranges) name() string { return "ranges" }

func (c *Ranges) draw(p *pen) int {
	const thick = 150
	from, to, some := 0.0, 0.0, false
	reach := func(values ...float64) {
		for _, v := range values {
			if v = finite(v); !some {
				from, to, some = v, v, true
			}
			from, to = min(from, v), max(to, v)
		}
	}
	for _, r := range c.Rows {
		reach(r.From, r.To)
		for _, m := range r.Marks {
			reach(m.At)
		}
	}
	for _, b := range c.Bands {
		reach(b.From, b.To)
	}
	pad := (to - from) / 16
	s := newScale(from-pad, to+pad, margin, right)

	// The bands' names stand at the top, each over its band.
	names := make([]tag, len(c.Bands))
	for i, b := range c.Bands {
		names[i] = tag{x: (s.at(b.From) + s.at(b.To)) / 2, text: b.Label}
	}
	top := margin + lanes(head, names, margin, right, right-margin)*head.lead
	if len(names) > 0 {
		top += 130
	}
	y := top + 80
	type row struct {
		name         []string
		y, bar, foot int
		marks        []tag
	}
	rows := make([]row, len(c.Rows))
	for i, r := range c.Rows {
		w := &rows[i]
		w.y, w.name = y, label.wrap(r.Label, right-margin, 0)
		w.bar = y + len(w.name)*label.lead + 50
		for _, m := range r.Marks {
			w.marks = append(w.marks, tag{x: s.at(m.At), text: m.Label, sign: m.Sign})
		}
		sortTags(w.marks)
		n := lanes(small, w.marks, margin, right, wide/2)
		w.foot = w.bar + thick + 40 + n*small.lead
		y = w.foot + 150
	}
	foot := y - 60
	for _, b := range c.Bands {
		x := s.at(b.From)
		w := max(s.at(b.To)-x, 20)
		p.rect("soft", x, top, w, foot-top)
		p.rule("hair-2 dash", x, top-40, x, foot)
		p.rule("hair-2 dash", x+w, top-40, x+w, foot)
		if w > 500 {
			p.arrow("ink", x+w/2, top-50, x+30, top-50, 0)
			p.arrow("ink", x+w/2, top-50, x+w-30, top-50, 0)
		}
	}
	for i := range names {
		t := &names[i]
		p.text(head, "", t.left+t.size/2, margin+t.lane*head.lead+140, middle, t.text)
	}
	for i, r := range c.Rows {
		w := &rows[i]
		p.para(label, " halo strong", margin, w.y, start, w.name)
		x := s.at(r.From)
		size := s.at(r.To) - x
		p.rect("fill-in", x, w.bar, size, thick)
		p.frame("ink", x, w.bar, size, thick)
		for _, t := range w.marks {
			p.cross("ink-2"+tone(t.sign), t.x, w.bar+thick/2, 55)
			base := w.bar + thick + 40 + t.lane*small.lead + 125
			p.signed(small, t.left, base, t.sign, t.text)
		}
	}
	return foot + p.axis(s, foot, s.roundTicks(5), c.Unit) + margin
}

// Table has a row for each range, mark and band.
func (c *Ranges) Table() Table {
	var t Table
	for _, r := range c.Rows {
		t.row(r.Label, Number(r.From)+" – "+Number(r.To))
		for _, m := range r.Marks {
			t.row(join(r.Label, m.Label), Number(m.At))
		}
	}
	for _, b := range c.Bands {
		t.row(b.Label, Number(b.From)+" – "+Number(b.To))
	}
	return t
}
