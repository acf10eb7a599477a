package chart

// Gaps are people, or kinds of people, side by side, each with two levels from
// 0 to 10: what they want, dashed, and what they see, solid. What lies between
// is the gap that a seller can close. Where a cause pulled reality down, it
// falls from the wanted level at a cross.
type Gaps struct {
	Expected, Perceived string // names of the two lines for a legend; may be empty
	Panels              []Gap
	Head                []string // heads of the table's columns: label, wanted, seen, cause, note; may be empty
}

// Gap is one panel.
type Gap struct {
	Label               string
	Expected, Perceived float64 // 0 to 10
	Cause, Note         string  // may be empty
	Sign                string  // "", "flag" or "bell"
}

func (*Gaps) name() string { return "gaps" }

// mostPanels is how many are drawn; the table has all.
const mostPanels = 24

func (c *Gaps) draw(p *pen) int {
	const between = 160
	const w = (right - margin - between) / 2
	y := margin
	if c.Expected+c.Perceived != "" {
		y = p.legend([]key{{text: c.Expected, line: "ink dash"}, {text: c.Perceived, line: "ink-2"}}, -margin) + 60
	}
	panels := c.Panels[:min(len(c.Panels), mostPanels)]
	for i := 0; i < len(panels); i += 2 {
		top, high := 0, 0
		pair := panels[i:min(i+2, len(panels))]
		for j := range pair {
			top = max(top, head.lead*len(pair[j].title(w)))
		}
		for j := range pair {
			high = max(high, pair[j].draw(p, margin+(w+between)*j, y, w, top))
		}
		y += high + 150
	}
	if more := len(c.Panels) - len(panels); more > 0 {
		p.text(label, " soft-text", margin, y+130, start, "… + "+Number(float64(more)))
		y += 250
	}
	return y - 150 + margin
}

func (g *Gap) title(w int) []string { return head.wrap(g.Label, w-signWidth(g.Sign), 3) }

// draw draws a panel below y and gives its height; top is what the title takes.
func (g *Gap) draw(p *pen, x, y, w, top int) int {
	const plot, numbers = 800, 260
	p.sign(g.Sign, x, y+5)
	p.para(head, tone(g.Sign), x+signWidth(g.Sign), y, start, g.title(w))
	y += top + 90
	s := newScale(0, 10, y+plot, y)
	want, see := s.at(g.Expected), s.at(g.Perceived)
	end := x + w - numbers
	p.rule("hair-2", x, y-30, x, y+plot+30)
	p.line("ink dash", x, want, end, want)
	drop := x
	if g.Cause != "" && see > want {
		// The fall: along the wanted level to the cause, then down.
		drop = x + (end-x)/3
		p.begin("ink-2")
		p.seg('M', x, want+12)
		p.seg('L', drop, want+12)
		p.seg('L', drop+80, see)
		p.end()
		p.cross("ink flag", drop, want, 55)
		drop += 80
	}
	p.line("ink-2", drop, see, end, see)
	if d := see - want; d > 100 || d < -100 {
		step := 25
		if d < 0 {
			step = -25
		}
		p.arrow("mark ink", end-160, see-step, end-160, want+step, 0)
	}
	// The two numbers, kept apart.
	a, b := want+50, see+50
	if d := b - a; d > -160 && d < 160 {
		a, b = (a+b)/2-80, (a+b)/2+80
		if see < want {
			a, b = b, a
		}
	}
	if want == see {
		p.text(small, " num", end+60, want+50, start, Number(g.Expected))
	} else {
		p.text(small, " num", end+60, a, start, Number(g.Expected))
		p.text(small, " num strong", end+60, b, start, Number(g.Perceived))
	}
	high := top + 90 + plot + 100
	y += plot + 100
	for i, text := range []string{g.Cause, g.Note} {
		lines := small.wrap(text, w, 5)
		p.para(small, []string{"", " soft-text"}[i], x, y, start, lines)
		y += small.lead * len(lines)
		high += small.lead * len(lines)
	}
	return high
}

// Table has a row for each panel.
func (c *Gaps) Table() Table {
	t := Table{Head: c.Head}
	for i := range c.Panels {
		g := &c.Panels[i]
		t.row(g.Label, Number(g.Expected), Number(g.Perceived), g.Cause, g.Note)
	}
	return t
}
