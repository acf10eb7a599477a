package mermaid

import (
	"cmp"
	"math"
	"slices"

	"playbook/calculators/chart"
)

// gapAtTip is kept free between the tip of an edge and what it points at.
const gapAtTip = 14

// draw turns the layout into the picture, in the flowchart's direction.
func (l *layout) draw() *chart.Diagram {
	d := &chart.Diagram{}
	bottom := outerMargin
	for r := range l.ranks {
		bottom = max(bottom, l.rankTop[r]+l.rankHeight[r])
	}
	for _, s := range l.groups {
		_, to := l.extent(s)
		bottom = max(bottom, to)
	}
	bottom += outerMargin
	point := func(x, y int) [2]int {
		if l.flipped {
			y = bottom - y
		}
		if l.sideways {
			return [2]int{y, x}
		}
		return [2]int{x, y}
	}
	box := func(x1, x2, y1, y2 int) (b chart.DiagramBox) {
		a, z := point(x1, y1), point(x2, y2)
		b.X, b.Y = min(a[0], z[0]), min(a[1], z[1])
		b.W, b.H = abs(a[0]-z[0]), abs(a[1]-z[1])
		d.Width, d.Height = max(d.Width, b.X+b.W+outerMargin), max(d.Height, b.Y+b.H+outerMargin)
		return b
	}
	for _, s := range l.groups {
		from, to := l.extent(s)
		b := box(l.borders[s][0], l.borders[s][1], from, to)
		b.Text = l.title(s)
		if s.parent != nil {
			b.Shape = chart.ShapeFrame // tints would pile up
		}
		d.Areas = append(d.Areas, b)
	}
	middle := func(r int) int { return l.rankTop[r] + l.rankHeight[r]/2 }
	for _, n := range l.nodes {
		v := l.vertexOf[n]
		b := box(v.x-v.left, v.x+v.left, middle(v.rank)-v.height/2, middle(v.rank)+v.height/2)
		b.Shape, b.Text = n.shape, v.text
		d.Boxes = append(d.Boxes, b)
	}
	label := func(e *edge, text chart.DiagramText, x, y int) {
		if len(e.label) == 0 || e.hidden {
			return
		}
		at := point(x, y)
		d.Labels = append(d.Labels, chart.DiagramLabel{X: at[0], Y: at[1], Text: text})
		d.Width, d.Height = max(d.Width, at[0]+text.Width()/2+outerMargin), max(d.Height, at[1]+text.Height()/2+outerMargin)
	}
	line := func(e *edge, curve bool, points [][2]int) {
		if e.hidden {
			return
		}
		one := chart.DiagramLine{Weight: e.weight, Start: e.start, End: e.tip}
		if curve {
			one.Curve = 'y'
			if l.sideways {
				one.Curve = 'x'
			}
		}
		for _, at := range points {
			at = point(at[0], at[1])
			if n := len(one.Points); n == 0 || one.Points[n-1] != at {
				one.Points = append(one.Points, at)
			}
			d.Width, d.Height = max(d.Width, at[0]+outerMargin), max(d.Height, at[1]+outerMargin)
		}
		d.Lines = append(d.Lines, one)
	}
	starts, ends := l.ports()
	for i, p := range l.paths {
		first, last := p.vertices[0], p.vertices[len(p.vertices)-1]
		from, to := p.edge.from, p.edge.to
		tipFrom, tipTo := p.edge.start, p.edge.tip
		if p.reversed {
			from, to, tipFrom, tipTo = to, from, tipTo, tipFrom
		}
		y := l.outlineAt(from, first, starts[i], 1) + tipGap(tipFrom)
		points := [][2]int{{starts[i], y}, {starts[i], max(l.bottomOf(from, first), y)}}
		for _, v := range p.vertices[1 : len(p.vertices)-1] {
			points = append(points, [2]int{v.x, l.rankTop[v.rank]}, [2]int{v.x, l.rankTop[v.rank] + l.rankHeight[v.rank]})
			if v.label != nil {
				label(p.edge, v.text, v.x, middle(v.rank))
			}
		}
		y = l.outlineAt(to, last, ends[i], -1) - tipGap(tipTo)
		points = append(points, [2]int{ends[i], min(l.topOf(to, last), y)}, [2]int{ends[i], y})
		if p.reversed {
			slices.Reverse(points)
		}
		line(p.edge, true, points)
	}
	for _, p := range l.flatEdges {
		a, b := p.vertices[0], p.vertices[1]
		from, to := a.x+a.left, b.x-b.left
		if a.x > b.x {
			from, to = a.x-a.left, b.x+b.left
		}
		line(p.edge, false, [][2]int{{from, middle(a.rank)}, {to, middle(b.rank)}})
		label(p.edge, wrap(p.edge.label, edgeTextWidth, true), (from+to)/2, (middle(a.rank)+middle(b.rank))/2)
	}
	for _, e := range l.selfLoops {
		v := l.vertexOf[e.from.node]
		x, y := v.x+v.left, middle(v.rank)
		line(e, false, [][2]int{{x, y - 60}, {x + 140, y - 60}, {x + 140, y + 60}, {x + gapAtTip, y + 60}})
		text := wrap(e.label, edgeTextWidth, true)
		w := text.Width()
		if l.sideways {
			w = text.Height()
		}
		label(e, text, x+180+w/2, y)
	}
	return d
}

// tipGap is what is kept free before a tip.
func tipGap(tip chart.DiagramTip) int {
	if tip == chart.TipNone {
		return 0
	}
	return gapAtTip
}

// bottomOf and topOf are the y at which an edge leaves the rank of its end, or reaches it.
func (l *layout) bottomOf(e end, v *vertex) int {
	if e.group != nil {
		_, to := l.extent(e.group)
		return to
	}
	return l.rankTop[v.rank] + l.rankHeight[v.rank]
}

func (l *layout) topOf(e end, v *vertex) int {
	if e.group != nil {
		from, _ := l.extent(e.group)
		return from
	}
	return l.rankTop[v.rank]
}

// outlineAt is the y of an end's outline at an x, below its middle (side 1) or above it
// (side -1).
func (l *layout) outlineAt(e end, v *vertex, x, side int) int {
	if e.group != nil {
		if side > 0 {
			return l.bottomOf(e, v)
		}
		return l.topOf(e, v)
	}
	half, off := v.height/2, min(abs(x-v.x), v.left)
	in := 0
	switch v.node.shape {
	case chart.ShapeDiamond:
		in = half * off / max(v.left, 1)
	case chart.ShapeCircle, chart.ShapeDoubleCircle:
		in = half - sqrt(half*half-off*off)
	case chart.ShapeStadium:
		if l.sideways {
			in = v.left - sqrt(v.left*v.left-off*off)
		}
	case chart.ShapeHexagon:
		if l.sideways {
			in = 120 * off / max(v.left, 1)
		}
	case chart.ShapeLeanRight, chart.ShapeLeanLeft, chart.ShapeTrapezoid, chart.ShapeFunnel:
		if l.sideways { // the slant goes the one or the other way
			in = 60
			slant := 60 * (x - v.x) / max(v.left, 1)
			left := side < 0 != l.flipped
			if v.node.shape == chart.ShapeLeanRight || v.node.shape == chart.ShapeTrapezoid {
				slant = -slant
			}
			if !left && (v.node.shape == chart.ShapeLeanRight || v.node.shape == chart.ShapeLeanLeft) {
				slant = -slant
			}
			in += slant
		}
	case chart.ShapeFlag:
		if l.sideways && side < 0 != l.flipped {
			in = 120 - 120*off/max(v.left, 1)
		}
	}
	return l.rankTop[v.rank] + l.rankHeight[v.rank]/2 + side*(half-in)
}

// sqrt is a square root without its fraction, 0 of a negative number.
func sqrt(n int) int { return int(math.Sqrt(float64(max(n, 0)))) }

// ports are the x at which each path leaves its first vertex and reaches its last.
func (l *layout) ports() (starts, ends []int) {
	starts, ends = make([]int, len(l.paths)), make([]int, len(l.paths))
	type key struct {
		vertex *vertex
		group  *group
	}
	spread := func(last bool) {
		at := map[key][]int{}
		var keys []key
		for i, p := range l.paths {
			k := key{p.vertices[0], p.edge.from.group}
			if p.reversed {
				k.group = p.edge.to.group
			}
			if last {
				k = key{p.vertices[len(p.vertices)-1], p.edge.to.group}
				if p.reversed {
					k.group = p.edge.from.group
				}
			}
			if at[k] == nil {
				keys = append(keys, k)
			}
			at[k] = append(at[k], i)
		}
		for _, k := range keys {
			list := at[k]
			near := func(i int) int { // where the path comes from, or goes
				p := l.paths[i]
				if n := len(p.vertices); n > 2 && last {
					return p.vertices[n-2].x
				} else if last {
					return starts[i]
				}
				return p.vertices[1].x
			}
			slices.SortStableFunc(list, func(a, b int) int { return cmp.Compare(near(a), near(b)) })
			reach := k.vertex.left * 17 / 20
			if k.group == nil {
				switch k.vertex.node.shape {
				case chart.ShapeDiamond:
					reach /= 2
				case chart.ShapeCircle, chart.ShapeDoubleCircle, chart.ShapeStadium, chart.ShapeHexagon:
					reach = reach * 2 / 3
				}
			}
			lo, n := k.vertex.x-reach, len(list)
			step := min(110, 2*reach/max(n-1, 1))
			port := make([]int, n)
			for j, i := range list {
				port[j] = min(max(near(i), lo), lo+2*reach)
				if n == 1 && port[j] != near(i) {
					port[j] = k.vertex.x
				}
				if j > 0 {
					port[j] = max(port[j], port[j-1]+step)
				}
			}
			for j := n - 1; j >= 0; j-- {
				port[j] = min(port[j], lo+2*reach-(n-1-j)*step)
				if j < n-1 {
					port[j] = min(port[j], port[j+1]-step)
				}
				if last {
					ends[list[j]] = port[j]
				} else {
					starts[list[j]] = port[j]
				}
			}
		}
	}
	spread(false)
	spread(true)
	return starts, ends
}
