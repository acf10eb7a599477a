package chart

// Radar is a web with a spoke for each axis, on which a shape says how far each
// has come. The spokes are numbered; their names stand below.
type Radar struct{ Axes []Spoke }

// Spoke is one axis of a Radar.
type Spoke struct {
	Label      string
	Value, Max float64
	Text       string // the value as shown; empty: Value
	Sign       string // "", "flag" or "bell"
}

// mostSpokes is how many axes are drawn; the table has all.
const mostSpokes = 12

// turns are the cosine and the sine of a turn's 3rd to 12th part, in ten
// thousandths.
var turns = [...][2]int{
	{-5000, 8660}, {0, 10000}, {3090, 9511}, {5000, 8660}, {6235, 7818},
	{7071, 7071}, {7660, 6428}, {8090, 5878}, {8413, 5406}, {8660, 5000},
}

func (*Radar) name() string { return "radar" }

func (s *Spoke) text() string {
	if s.Text == "" {
		return Number(s.Value)
	}
	return s.Text
}

func (c *Radar) draw(p *pen) int {
	const r, number = 1050, 150 // of the web; from its rim to a number's middle
	axes := c.Axes[:min(len(c.Axes), mostSpokes)]
	n := max(len(axes), 3)
	cx, cy := wide/2, margin+r+number+130
	// The first spoke points up.
	ends := make([][2]int, n)
	x, y := 0, -10000
	for i := range ends {
		ends[i] = [2]int{x, y}
		cos, sin := turns[n-3][0], turns[n-3][1]
		x, y = (x*cos-y*sin)/10000, (x*sin+y*cos)/10000
	}
	at := func(i, far int) (int, int) { return cx + ends[i][0]*far/10000, cy + ends[i][1]*far/10000 }
	loop := func(class string, far func(i int) int) {
		p.begin(class)
		for i := range n {
			x, y := at(i, far(i))
			p.seg("ML"[min(i, 1)], x, y)
		}
		p.add("Z")
		p.end()
	}
	for ring := 1; ring <= 4; ring++ {
		loop("hair", func(int) int { return r * ring / 4 })
	}
	reach := func(i int) int {
		if i >= len(axes) {
			return 0
		}
		return newScale(0, axes[i].Max, 0, r).at(max(0, min(finite(axes[i].Value), finite(axes[i].Max))))
	}
	loop("fill ink-2", reach)
	for i := range axes {
		x, y := at(i, r)
		p.rule("hair-2", cx, cy, x, y)
		x, y = at(i, reach(i))
		p.cross("ink-2"+tone(axes[i].Sign), x, y, 45)
		x, y = at(i, r+number)
		p.ring("ink"+tone(axes[i].Sign), x, y, 105)
		p.text(small, " num", x, y+45, middle, Number(float64(i+1)))
	}
	y = cy + r + number + 200
	const left = 300
	values := 0
	for i := range axes {
		values = max(values, label.width(axes[i].text()))
	}
	values = min(values, wide/3)
	for i := range axes {
		s := &axes[i]
		gap := signWidth(s.Sign)
		p.text(label, " num", left-80, y+label.lead*3/4, end, Number(float64(i+1))+".")
		p.sign(s.Sign, left, y+5)
		p.text(label, " num strong"+tone(s.Sign), right, y+label.lead*3/4, end, label.cut(s.text(), values))
		y += max(p.para(label, tone(s.Sign), left+gap, y, start, label.wrap(s.Label, right-values-left-gap-150, 0)), label.lead) + 50
	}
	return y + margin
}

// Table has a row for each axis.
func (c *Radar) Table() Table {
	var t Table
	for i := range c.Axes {
		t.row(c.Axes[i].Label, c.Axes[i].text(), Number(c.Axes[i].Max))
	}
	return t
}
