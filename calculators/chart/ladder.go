package chart

// Ladder is a chain of rungs, the first at the bottom.
type Ladder struct{ Items []ChainItem }

func (*Ladder) name() string { return "chain" }

func (c *Ladder) draw(p *pen) int {
	steps, shift := steps(c.Items, right-820)
	near, far, text := margin+60+shift, margin+560+shift, 820+shift
	high := margin + 100
	rungs := make([]int, len(c.Items))
	for i := len(c.Items) - 1; i >= 0; i-- {
		rungs[i] = high + head.lead/2 + 20
		high += max(steps[i].high+160, 420)
	}
	high += 60
	top := margin + 20
	// The rails come closer towards the top.
	rail := func(y int) int { return 90 * (high - y) / max(high-top, 1) }
	p.line("ink-2", near, high, near+rail(top), top)
	p.line("ink-2", far, high, far-rail(top), top)
	for i, y := range rungs {
		l, r := near+rail(y), far-rail(y)
		p.line("ink", l-30, y, r+30, y)
		p.rule("hair", r+70, y, text-50, y)
		steps[i].draw(p, c.Items[i].Sign, text, y-head.lead/2-5)
	}
	return high + margin
}

// Table has a row for each rung.
func (c *Ladder) Table() Table { return chainTable(c.Items) }
