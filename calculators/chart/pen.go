package chart

import (
	"math"
	"strconv"
)

// Measures of the whole family, in tenths of a unit.
const (
	wide   = 3600 // a picture's width, but a Diagram's
	margin = 50   // kept free at the edges, for strokes that overshoot
	right  = wide - margin
)

// pen draws the shapes of the family: strokes that bow a little as those of a
// steady hand do, boxes whose corners cross, circles that close with an
// overlap, one kind of arrowhead. The irregularity is a fixed row of numbers,
// so that a picture is always the same.
type pen struct {
	b       []byte
	id      string
	wide    int  // the picture's width
	sized   bool // it is shown in this size where there is room
	x, y    int  // where the path has come to
	strokes int
	hatched int // bit n: hatch n is used
	links   bool
}

// sway is by how much the strokes bow, in tenths of a unit for a stroke of 200
// units.
var sway = [...]int{16, -12, 20, -17, 10, -19, 13, -9}

func (p *pen) add(s ...string) {
	for _, s := range s {
		p.b = append(p.b, s...)
	}
}

// num writes tenths as a decimal number.
func (p *pen) num(v int) {
	if v < 0 {
		p.b = append(p.b, '-')
		v = -v
	}
	if v == 0 || v >= 10 {
		p.b = strconv.AppendInt(p.b, int64(v/10), 10)
	}
	if v %= 10; v != 0 {
		p.b = append(p.b, '.', byte('0'+v))
	}
}

// attr writes an attribute with a number.
func (p *pen) attr(name string, v int) {
	p.add(" ", name, `="`)
	p.num(v)
	p.add(`"`)
}

// begin and end enclose the segments of one path.
func (p *pen) begin(class string) {
	p.add(`<path class="`, class, `" d="`)
	p.x, p.y = 0, 0
}

func (p *pen) end() { p.add(`"/>`) }

// seg writes one command of a path, M, L, Q, C, H or V, to points of the
// picture. They are written as steps from where the path has come to: a shape
// that is drawn again elsewhere has the same text, which compresses to nearly
// nothing.
func (p *pen) seg(command byte, v ...int) {
	p.b = append(p.b, command|' ')
	from := [2]int{p.x, p.y}
	axis := 0
	if command == 'V' {
		axis = 1
	}
	for i, n := range v {
		step := n - from[axis]
		if i > 0 && step >= 0 {
			p.b = append(p.b, ' ')
		}
		p.num(step)
		if i >= len(v)-2 { // the last point
			if axis == 0 {
				p.x = n
			} else {
				p.y = n
			}
		}
		axis = 1 - axis
	}
}

// dist is the distance between two points.
func dist(dx, dy int) int { return isqrt(dx*dx + dy*dy) }

// isqrt is a root without its fraction.
func isqrt(n int) int { return int(math.Sqrt(float64(n))) } // exactly rounded everywhere

// stroke adds a bowed stroke to the path.
func (p *pen) stroke(x1, y1, x2, y2 int) {
	d := dist(x2-x1, y2-y1)
	bow := sway[p.strokes%len(sway)] * min(d, 2000) / 2000
	p.strokes++
	p.seg('M', x1, y1)
	p.curve(x1, y1, x2, y2, bow)
}

// curve goes on to a point with a bow, by which the control point lies beside
// the straight way.
func (p *pen) curve(x1, y1, x2, y2, bow int) {
	d := max(dist(x2-x1, y2-y1), 1)
	p.seg('Q', (x1+x2)/2-(y2-y1)*bow/d, (y1+y2)/2+(x2-x1)*bow/d, x2, y2)
}

// line draws a stroke by hand.
func (p *pen) line(class string, x1, y1, x2, y2 int) {
	p.begin(class)
	p.stroke(x1, y1, x2, y2)
	p.end()
}

// rule draws a line with the ruler: the hairlines of axes and grids.
func (p *pen) rule(class string, x1, y1, x2, y2 int) {
	p.begin(class)
	p.seg('M', x1, y1)
	p.seg('L', x2, y2)
	p.end()
}

// rect is an area without an outline.
func (p *pen) rect(class string, x, y, w, h int) {
	p.add(`<rect class="`, class, `"`)
	p.attr("x", x)
	p.attr("y", y)
	p.attr("width", max(w, 0))
	p.attr("height", max(h, 0))
	p.add("/>")
}

// frame draws four strokes that cross at the corners.
func (p *pen) frame(class string, x, y, w, h int) {
	p.begin(class)
	p.edges(x, y, w, h)
	p.end()
}

// edges adds the four strokes of a frame to a path.
func (p *pen) edges(x, y, w, h int) {
	o := min(17, w/6, h/6) // the overshoot
	p.stroke(x-o, y, x+w+o/2, y)
	p.stroke(x+w, y-o/2, x+w, y+h+o)
	p.stroke(x+w+o, y+h, x-o/2, y+h)
	p.stroke(x, y+h+o/2, x, y-o)
}

// box is a frame on paper.
func (p *pen) box(class string, x, y, w, h int) {
	p.rect("paper", x, y, w, h)
	p.frame(class, x, y, w, h)
}

// ringShape is a circle of radius 100 that does not quite meet its beginning: a
// start (of six numbers the first two), and five curves.
var ringShape = [...]int8{
	-33, -86, 0, 0, 0, 0,
	-16, -100, 55, -100, 60, -80,
	90, -60, 100, -25, 100, 0,
	100, 55, 55, 100, 0, 100,
	-55, 100, -100, 55, -100, 0,
	-100, -55, -55, -105, 20, -105,
}

// ring is the coach's O, on paper.
func (p *pen) ring(class string, x, y, r int) {
	p.add(`<circle class="paper"`)
	p.attr("cx", x)
	p.attr("cy", y)
	p.attr("r", r)
	p.add("/>")
	p.begin(class)
	for i := 0; i < len(ringShape); i += 6 {
		var v [6]int
		for j, n := range ringShape[i : i+6] {
			v[j] = []int{x, y}[j%2] + r*int(n)/100
		}
		if i == 0 {
			p.seg('M', v[0], v[1])
		} else {
			p.seg('C', v[:]...)
		}
	}
	p.end()
}

// cross is the coach's X.
func (p *pen) cross(class string, x, y, r int) {
	p.begin(class)
	p.seg('M', x-r, y-r)
	p.seg('Q', x+r/6, y-r/6, x+r, y+r)
	p.seg('M', x+r, y-r-r/8)
	p.seg('Q', x-r/8, y-r/8, x-r, y+r)
	p.end()
}

// arrow is a stroke with a head; bow is as in curve.
func (p *pen) arrow(class string, x1, y1, x2, y2, bow int) {
	// The head points along the end of the curve: from the control point.
	d := max(dist(x2-x1, y2-y1), 1)
	cx, cy := (x1+x2)/2-(y2-y1)*bow/d, (y1+y2)/2+(x2-x1)*bow/d
	dx, dy := x2-cx, y2-cy
	d = max(dist(dx, dy), 1)
	const long, half = 82, 44
	bx, by := x2-dx*long/d, y2-dy*long/d
	p.begin(class)
	p.seg('M', x1, y1)
	p.seg('Q', cx, cy, x2, y2)
	p.seg('M', bx-dy*(half+3)/d, by+dx*(half+3)/d)
	p.seg('L', x2, y2)
	p.seg('L', bx+dy*half/d, by-dx*half/d)
	p.end()
}

// text writes one line with its baseline at y. Extra classes may follow.
func (p *pen) text(f face, extra string, x, y int, a anchor, s string) {
	if s == "" {
		return
	}
	p.add(`<text class="`, f.class, extra, `"`)
	p.attr("x", x)
	p.attr("y", y)
	switch a {
	case middle:
		p.add(` text-anchor="middle"`)
	case end:
		p.add(` text-anchor="end"`)
	}
	p.add(">", escape(s), "</text>")
}

// para writes lines below y and gives their height.
func (p *pen) para(f face, extra string, x, y int, a anchor, lines []string) int {
	for i, s := range lines {
		p.text(f, extra, x, y+f.lead*i+f.lead*3/4, a, s)
	}
	return f.lead * len(lines)
}

// sign draws the flag or the bell, 16 units large, with its upper left corner
// at a place.
func (p *pen) sign(sign string, x, y int) {
	if shape := signShape(sign); shape != "" {
		p.add(`<g class="sign-`, sign, `" transform="translate(`)
		p.num(x)
		p.add(" ")
		p.num(y)
		p.add(`) scale(.8)">`, shape, "</g>")
	}
}

// signed writes a line with its sign before it and gives the width of both.
// x is the left end.
func (p *pen) signed(f face, x, y int, sign, s string) {
	p.sign(sign, x, y-f.size*9/10)
	p.text(f, " halo"+tone(sign), x+signWidth(sign), y, start, s)
}

// signWidth is the room that a sign takes before a text.
func signWidth(sign string) int {
	if signShape(sign) != "" {
		return 200
	}
	return 0
}

// tone is the class by which a text takes the colour of its sign.
func tone(sign string) string {
	if signShape(sign) != "" {
		return " " + sign
	}
	return ""
}

// hatches are the fillings that tell parts apart without colour: the path of
// one tile of 6 units. The first is bare paper.
var hatches = [...]string{
	"",
	"M-1 7L7-1M-1 1L1-1M5 7L7 5",
	"M1 1.5h1M4 4.5h1",
	"M-1-1L7 7M-1 5L1 7M5-1L7 1",
	"M0 1.5H6M0 4.5H6",
	"M0 0L6 6M6 0L0 6",
}

// hatch fills an area with one of the hatches on paper.
func (p *pen) hatch(n, x, y, w, h int) {
	p.rect("paper", x, y, w, h)
	p.hatchOver(n, x, y, w, h)
}

// hatchOver lays a hatch over what is there.
func (p *pen) hatchOver(n, x, y, w, h int) {
	if n %= len(hatches); n == 0 {
		return
	}
	p.hatched |= 1 << n
	p.add(`<rect fill="url(#`, p.id, "-h", strconv.Itoa(n), `)"`)
	p.attr("x", x)
	p.attr("y", y)
	p.attr("width", max(w, 0))
	p.attr("height", max(h, 0))
	p.add("/>")
}

// defs are the hatches that were used.
func (p *pen) defs() string {
	if p.hatched == 0 {
		return ""
	}
	s := "<defs>"
	for n, d := range hatches {
		if p.hatched&(1<<n) != 0 {
			s += `<pattern id="` + p.id + "-h" + strconv.Itoa(n) +
				`" width="6" height="6" patternUnits="userSpaceOnUse"><path class="hatch" d="` + d + `"/></pattern>`
		}
	}
	return s + "</defs>"
}
