package chart

// Diagram is a picture whose parts were placed by somebody else, as wide as they need.
// All measures are tenths of a unit. What is listed first lies below: areas, lines,
// boxes, labels.
type Diagram struct {
	Width, Height int
	Areas         []DiagramBox // tinted, their text at the upper left
	Lines         []DiagramLine
	Boxes         []DiagramBox // on paper, their text in the middle
	Labels        []DiagramLabel
	Rows          Table
}

// DiagramBox is a shape with a text.
type DiagramBox struct {
	Shape      DiagramShape
	X, Y, W, H int
	Text       DiagramText
}

// DiagramShape is the outline of a DiagramBox.
type DiagramShape uint8

const (
	ShapeBox DiagramShape = iota
	ShapeRound
	ShapeStadium
	ShapeSubroutine
	ShapeCylinder
	ShapeCircle
	ShapeDoubleCircle
	ShapeDiamond
	ShapeHexagon
	ShapeLeanRight
	ShapeLeanLeft
	ShapeTrapezoid // wider at its foot
	ShapeFunnel    // wider at its head
	ShapeFlag      // a notch on the left
	ShapeNone      // a text alone
	ShapePerson    // a figure above the text
	ShapeBar       // a tinted bar
	ShapeFrame     // a frame without a filling
)

// DiagramLine runs through points: straight, or in curves that leave and reach each
// point along an axis.
type DiagramLine struct {
	Points     [][2]int
	Curve      byte // 'x' or 'y', the axis; 0: straight
	Weight     DiagramWeight
	Start, End DiagramTip
}

// DiagramWeight is how a DiagramLine is drawn.
type DiagramWeight uint8

const (
	LineSolid DiagramWeight = iota
	LineThick
	LineDashed
	LineHair       // a guide
	LineHairDashed // that divides
)

// DiagramTip is what a DiagramLine ends in.
type DiagramTip uint8

const (
	TipNone DiagramTip = iota
	TipArrow
	TipCross
	TipCircle
)

// DiagramLabel is a text at a place, on paper; X is its middle.
type DiagramLabel struct {
	X, Y int
	Text DiagramText
	Bare bool // no paper below it
}

// DiagramText is a text that is broken into lines.
type DiagramText struct {
	Lines []string
	Small bool
}

// Break breaks a text of paragraphs into lines that are no wider than w.
func Break(paragraphs []string, w int, smaller bool) DiagramText {
	t := DiagramText{Small: smaller}
	for _, s := range paragraphs {
		t.Lines = append(t.Lines, t.face().wrap(s, w, 0)...)
	}
	return t
}

func (t DiagramText) face() face {
	if t.Small {
		return small
	}
	return label
}

// Width is that of the widest line.
func (t DiagramText) Width() int { return t.face().widest(t.Lines...) }

// Height is that of all lines.
func (t DiagramText) Height() int { return t.face().lead * len(t.Lines) }

func (*Diagram) name() string { return "diagram" }

// Table is the rows as given.
func (c *Diagram) Table() Table { return c.Rows }

func (c *Diagram) draw(p *pen) int {
	p.wide, p.sized = c.Width, true
	for i := range c.Areas {
		b := &c.Areas[i]
		if b.Shape != ShapeFrame {
			p.rect("soft", b.X, b.Y, b.W, b.H)
		}
		p.frame("hair-2", b.X, b.Y, b.W, b.H)
	}
	for i := range c.Lines {
		c.Lines[i].draw(p)
	}
	for i := range c.Boxes {
		c.Boxes[i].draw(p)
	}
	for i := range c.Areas {
		b := &c.Areas[i]
		p.para(b.Text.face(), " strong halo", b.X+80, b.Y+50, start, b.Text.Lines)
	}
	for _, l := range c.Labels {
		w, h := l.Text.Width(), l.Text.Height()
		extra := " halo"
		if !l.Bare {
			p.rect("paper", l.X-w/2-20, l.Y-h/2, w+40, h)
			extra = ""
		}
		p.para(l.Text.face(), extra, l.X, l.Y-h/2, middle, l.Text.Lines)
	}
	return c.Height
}

func (l *DiagramLine) draw(p *pen) {
	n := len(l.Points)
	if n < 2 {
		return
	}
	class := [...]string{"ink", "ink-2", "ink dash", "hair-2", "hair-2 dash"}[l.Weight]
	p.begin(class)
	p.seg('M', l.Points[0][0], l.Points[0][1])
	for i := 1; i < n; i++ {
		a, b := l.Points[i-1], l.Points[i]
		switch {
		case a[0] == b[0] || a[1] == b[1] || l.Curve == 0:
			p.seg('L', b[0], b[1])
		case l.Curve == 'y':
			p.seg('C', a[0], (a[1]+b[1])/2, b[0], (a[1]+b[1])/2, b[0], b[1])
		default:
			p.seg('C', (a[0]+b[0])/2, a[1], (a[0]+b[0])/2, b[1], b[0], b[1])
		}
	}
	p.end()
	l.tip(p, l.End, l.Points[n-2], l.Points[n-1])
	l.tip(p, l.Start, l.Points[1], l.Points[0])
}

// tip draws what the line ends in at b, where it comes from a.
func (l *DiagramLine) tip(p *pen, tip DiagramTip, a, b [2]int) {
	if tip == TipNone {
		return
	}
	dx, dy := b[0]-a[0], b[1]-a[1]
	if l.Curve == 'y' && dy != 0 {
		dx = 0
	} else if l.Curve == 'x' && dx != 0 {
		dy = 0
	}
	d := max(dist(dx, dy), 1)
	class := "ink"
	if l.Weight == LineThick {
		class = "ink-2"
	}
	switch tip {
	case TipArrow:
		const long, half = 82, 44
		x, y := b[0]-dx*long/d, b[1]-dy*long/d
		p.begin(class)
		p.seg('M', x-dy*(half+3)/d, y+dx*(half+3)/d)
		p.seg('L', b[0], b[1])
		p.seg('L', x+dy*half/d, y-dx*half/d)
		p.end()
	case TipCross:
		p.cross(class, b[0]-dx*50/d, b[1]-dy*50/d, 40)
	case TipCircle:
		p.ring(class, b[0]-dx*45/d, b[1]-dy*45/d, 45)
	}
}

func (b *DiagramBox) draw(p *pen) {
	x, y, w, h := b.X, b.Y, b.W, b.H
	ty := y + (h-b.Text.Height())/2
	switch b.Shape {
	case ShapeBox:
		p.box("ink", x, y, w, h)
	case ShapeRound:
		p.roundBox(x, y, w, h, 80)
	case ShapeStadium:
		p.roundBox(x, y, w, h, h/2)
	case ShapeSubroutine:
		p.box("ink", x, y, w, h)
		p.line("ink", x+80, y, x+80, y+h)
		p.line("ink", x+w-80, y, x+w-80, y+h)
	case ShapeCylinder:
		const round = 90
		p.begin("paper ink")
		p.seg('M', x, y+round)
		p.seg('C', x, y-round/3, x+w, y-round/3, x+w, y+round)
		p.seg('L', x+w, y+h-round)
		p.seg('C', x+w, y+h+round/3, x, y+h+round/3, x, y+h-round)
		p.add("Z")
		p.end()
		p.begin("ink")
		p.seg('M', x, y+round)
		p.seg('C', x, y+2*round+round/3, x+w, y+2*round+round/3, x+w, y+round)
		p.end()
		ty += round / 2
	case ShapeCircle, ShapeDoubleCircle:
		p.ring("ink", x+w/2, y+h/2, w/2)
		if b.Shape == ShapeDoubleCircle {
			p.ring("ink", x+w/2, y+h/2, w/2-45)
		}
	case ShapeDiamond:
		p.polygon(x+w/2, y, x+w, y+h/2, x+w/2, y+h, x, y+h/2)
	case ShapeHexagon:
		p.polygon(x+120, y, x+w-120, y, x+w, y+h/2, x+w-120, y+h, x+120, y+h, x, y+h/2)
	case ShapeLeanRight:
		p.polygon(x+120, y, x+w, y, x+w-120, y+h, x, y+h)
	case ShapeLeanLeft:
		p.polygon(x, y, x+w-120, y, x+w, y+h, x+120, y+h)
	case ShapeTrapezoid:
		p.polygon(x+120, y, x+w-120, y, x+w, y+h, x, y+h)
	case ShapeFunnel:
		p.polygon(x, y, x+w, y, x+w-120, y+h, x+120, y+h)
	case ShapeFlag:
		p.polygon(x, y, x+w, y, x+w, y+h, x, y+h, x+120, y+h/2)
	case ShapePerson:
		c := x + w/2
		p.rect("paper", c-150, y, 300, h)
		p.ring("ink", c, y+75, 70)
		p.line("ink", c, y+145, c, y+270)
		p.line("ink", c-110, y+190, c+110, y+190)
		p.line("ink", c, y+270, c-90, y+370)
		p.line("ink", c, y+270, c+90, y+370)
		ty = y + h - b.Text.Height()
	case ShapeBar:
		p.rect("paper", x, y, w, h)
		p.rect("soft", x, y, w, h)
		p.frame("hair-2", x, y, w, h)
	case ShapeFrame:
		p.frame("hair-2", x, y, w, h)
	}
	p.para(b.Text.face(), "", x+w/2, ty, middle, b.Text.Lines)
}

// roundBox is a box on paper with round corners.
func (p *pen) roundBox(x, y, w, h, r int) {
	r = min(r, w/2, h/2)
	p.begin("paper ink")
	p.seg('M', x+r, y)
	p.curve(x+r, y, x+w-r, y, 8)
	p.seg('Q', x+w, y, x+w, y+r)
	p.seg('L', x+w, y+h-r)
	p.seg('Q', x+w, y+h, x+w-r, y+h)
	p.curve(x+w-r, y+h, x+r, y+h, 8)
	p.seg('Q', x, y+h, x, y+h-r)
	p.seg('L', x, y+r)
	p.seg('Q', x, y, x+r, y)
	p.add("Z")
	p.end()
}

// polygon is an area on paper with a stroke for each side: x and y by turns.
func (p *pen) polygon(v ...int) {
	p.begin("paper")
	for i := 0; i < len(v); i += 2 {
		if i == 0 {
			p.seg('M', v[0], v[1])
		} else {
			p.seg('L', v[i], v[i+1])
		}
	}
	p.add("Z")
	p.end()
	p.begin("ink")
	for i := 0; i < len(v); i += 2 {
		j := (i + 2) % len(v)
		p.stroke(v[i], v[i+1], v[j], v[j+1])
	}
	p.end()
}
