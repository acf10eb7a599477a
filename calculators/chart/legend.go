package chart

// key is one entry of a legend: a hatch, or a line, with its name.
type key struct {
	text  string
	hatch int
	line  string // class of a line; empty: a hatch
	sign  string
}

// legend lists keys below y, as many on a line as fit, and gives where it ends.
func (p *pen) legend(keys []key, y int) int {
	const swatch, row = 300, 240
	if len(keys) == 0 {
		return y
	}
	y += 90
	x := margin
	for _, k := range keys {
		gap := swatch + signWidth(k.sign)
		k.text = small.cut(k.text, right-margin-gap)
		w := gap + small.width(k.text)
		if x+w > right && x > margin {
			x = margin
			y += row
		}
		if k.line != "" {
			p.rule(k.line, x, y+85, x+swatch-90, y+85)
		} else {
			p.hatch(k.hatch, x, y+10, swatch-90, 150)
			p.frame("ink", x, y+10, swatch-90, 150)
		}
		p.sign(k.sign, x+swatch-30, y)
		p.text(small, tone(k.sign), x+gap, y+130, start, k.text)
		x += w + 160
	}
	return y + row - 50
}
