package mermaid

import (
	"cmp"
	"slices"

	"playbook/calculators/chart"
)

// A flowchart is laid out in layers, after Sugiyama: every node gets a rank, edges that
// close a cycle are reversed (rank); an edge over several ranks gets a dummy vertex in
// each that it passes, one of which holds its label (addDummies); the vertices of a rank
// are ordered by the barycenter of their neighbours so that few edges cross (order);
// then ranks and vertices get coordinates (placeRanks, placeVertices). The vertices of a
// subgraph stand side by side in every rank, between its two borders, which are straight.
//
// All is computed for ranks from above to below: y grows with the rank, x within it. The
// other directions are turned at the end (draw).

// Distances, in tenths of a unit.
const (
	rankGap         = 420
	nodeGap         = 240
	dummyGap        = 130 // beside a dummy vertex
	groupPadding    = 130
	nodeTextWidth   = 1900
	edgeTextWidth   = 1300
	outerMargin     = 60 // around the picture
	isolatedPerRank = 4  // nodes without edges in one rank
)

// vertex is a node in its rank, a dummy of an edge or a group that passes the rank, or a
// border of a group.
type vertex struct {
	node        *node // nil of a dummy and a border
	label       *edge // whose label a dummy holds
	text        chart.DiagramText
	group       *group
	rank, order int // it is ranks[rank][order]
	left, right int // how far it reaches from x
	height      int
	x           int // its middle
	in, out     []*vertex
	border      int // of its group: -1 the left one, 1 the right one
}

// path is an edge with its dummies, from the upper rank to the lower.
type path struct {
	edge     *edge
	reversed bool // the edge leads up
	vertices []*vertex
}

type layout struct {
	*graph
	sideways   bool // ranks go to the right
	flipped    bool // to the left, or up
	labelled   bool // an edge has a label
	vertexOf   map[*node]*vertex
	ranks      [][]*vertex
	paths      []*path
	selfLoops  []*edge
	flatEdges  []*path            // within a rank
	rankTop    []int              // y of each rank
	rankHeight []int              // of each rank
	span       map[*group]*[2]int // the first rank and the last
	groupOrder map[*group]int     // the lesser stands on the left, in all ranks
	borders    map[*group][2]int  // x of the left and the right
}

func (g *graph) layout() *chart.Diagram {
	l := &layout{graph: g, vertexOf: map[*node]*vertex{}, span: map[*group]*[2]int{}, groupOrder: map[*group]int{}, borders: map[*group][2]int{}}
	l.sideways = g.direction == "LR" || g.direction == "RL"
	l.flipped = g.direction == "BT" || g.direction == "RL"
	l.labelled = slices.ContainsFunc(g.edges, func(e *edge) bool { return len(e.label) > 0 })
	for _, n := range g.nodes {
		v := &vertex{node: n, group: n.group, text: wrap(n.label, nodeTextWidth, false)}
		w, h := size(n.shape, v.text)
		if l.sideways {
			w, h = h, w
		}
		v.left, v.right, v.height = w/2, w/2, h
		l.vertexOf[n] = v
	}
	for _, e := range g.edges {
		if e.from == e.to && e.from.node != nil {
			l.selfLoops = append(l.selfLoops, e)
			v := l.vertexOf[e.from.node]
			text := wrap(e.label, edgeTextWidth, true)
			v.right += 260
			if l.sideways {
				v.right += text.Height()
			} else {
				v.right += text.Width()
			}
		}
	}
	l.rank()
	l.addDummies()
	l.order()
	l.placeRanks()
	l.placeVertices()
	return l.draw()
}

// size is the width and the height that a shape needs for its text.
func size(shape chart.DiagramShape, text chart.DiagramText) (w, h int) {
	w, h = max(text.Width(), 200)+220, max(text.Height(), 180)+170
	switch shape {
	case chart.ShapeDiamond:
		w, h = w*13/10+120, h*13/10+120
	case chart.ShapeCircle, chart.ShapeDoubleCircle:
		w = max(max(w, h), max(w, h)*21/20-60)
		if shape == chart.ShapeDoubleCircle {
			w += 100
		}
		h = w
	case chart.ShapeCylinder:
		h += 180
	case chart.ShapeSubroutine, chart.ShapeStadium:
		w += 160
	case chart.ShapeHexagon, chart.ShapeLeanLeft, chart.ShapeLeanRight, chart.ShapeTrapezoid, chart.ShapeFunnel, chart.ShapeFlag:
		w += 220
	}
	return w, h
}

// rank gives every vertex its rank.
func (l *layout) rank() {
	type constraint struct { // to stands at least length ranks lower
		to     *vertex
		length int
		edge   *edge // nil between a group and its nodes
	}
	next := map[*vertex][]constraint{}
	var all []*vertex
	for _, n := range l.nodes {
		all = append(all, l.vertexOf[n])
	}
	// Groups that edges lead to or from have a vertex for their first and their last rank.
	heads, tails := map[*group]*vertex{}, map[*group]*vertex{}
	bound := func(s *group, of map[*group]*vertex, head bool) *vertex {
		if of[s] == nil {
			v := &vertex{}
			of[s] = v
			all = append(all, v)
			for _, n := range l.nodes {
				if s.contains(end{node: n}) {
					if head {
						next[v] = append(next[v], constraint{to: l.vertexOf[n]})
					} else {
						next[l.vertexOf[n]] = append(next[l.vertexOf[n]], constraint{to: v})
					}
				}
			}
		}
		return of[s]
	}
	reached := map[*vertex]bool{}
	for _, e := range l.edges {
		if e.nested() {
			continue
		}
		length := e.length
		if l.labelled { // a rank for it between the two
			length *= 2
		}
		var from, to *vertex
		if from = l.vertexOf[e.from.node]; from == nil {
			from = bound(e.from.group, tails, false)
		}
		if to = l.vertexOf[e.to.node]; to == nil {
			to = bound(e.to.group, heads, true)
		}
		next[from] = append(next[from], constraint{to, length, e})
		reached[to] = true
	}
	// An edge that closes a cycle is reversed.
	const open, done = 1, 2
	state := map[*vertex]int{}
	var sorted []*vertex
	var visit func(v *vertex)
	visit = func(v *vertex) {
		state[v] = open
		constraints := next[v]
		next[v] = nil
		for _, r := range constraints {
			if state[r.to] == open {
				if r.edge != nil {
					next[r.to] = append(next[r.to], constraint{v, r.length, r.edge})
				}
				continue
			}
			next[v] = append(next[v], r)
			if state[r.to] == 0 {
				visit(r.to)
			}
		}
		state[v] = done
		sorted = append(sorted, v)
	}
	for _, first := range []bool{true, false} {
		for _, v := range all {
			if state[v] == 0 && (!first || !reached[v]) {
				visit(v)
			}
		}
	}
	slices.Reverse(sorted)
	before := map[*vertex][]constraint{}
	for _, v := range sorted {
		for _, r := range next[v] {
			r.to.rank = max(r.to.rank, v.rank+r.length)
			before[r.to] = append(before[r.to], constraint{v, r.length, r.edge})
		}
	}
	// A vertex with more edges out than in moves down to its successors.
	for range 8 {
		moved := false
		for i := len(sorted) - 1; i >= 0; i-- {
			v := sorted[i]
			if len(next[v]) <= len(before[v]) {
				continue
			}
			low := 1 << 30
			for _, r := range next[v] {
				low = min(low, r.to.rank-r.length)
			}
			if low > v.rank {
				v.rank, moved = low, true
			}
		}
		if !moved {
			break
		}
	}
	// Nodes without edges stand in rows, with their group.
	step := 1
	if l.labelled {
		step = 2
	}
	isolated := map[*group][]*vertex{}
	first := map[*group]int{}
	for _, n := range l.nodes {
		v := l.vertexOf[n]
		connected := slices.ContainsFunc(next[v], func(r constraint) bool { return r.edge != nil }) || slices.ContainsFunc(before[v], func(r constraint) bool { return r.edge != nil })
		if !connected {
			isolated[n.group] = append(isolated[n.group], v)
			continue
		}
		for s := n.group; s != nil; s = s.parent {
			if at, ok := first[s]; !ok || v.rank < at {
				first[s] = v.rank
			}
		}
	}
	for s, list := range isolated {
		base, ok := first[s]
		if !ok {
			if h := heads[s]; h != nil {
				base = h.rank
			} else if t := tails[s]; t != nil {
				base = max(t.rank-step*((len(list)-1)/isolatedPerRank), 0)
			}
		}
		for i, v := range list {
			v.rank = base + step*(i/isolatedPerRank)
		}
	}
	// Rows of a group may have pushed it over its successors; the ranks begin with 0.
	for range len(sorted) {
		moved := false
		for _, v := range sorted {
			for _, r := range next[v] {
				if r.to.rank < v.rank+r.length {
					r.to.rank, moved = v.rank+r.length, true
				}
			}
		}
		if !moved {
			break
		}
	}
	lowest := 1 << 30
	for _, n := range l.nodes {
		lowest = min(lowest, l.vertexOf[n].rank)
	}
	for _, n := range l.nodes {
		l.vertexOf[n].rank -= lowest
	}
}

// representative is the vertex at which an edge begins or ends: of a group the one in its
// last or its first rank.
func (l *layout) representative(e end, last bool) *vertex {
	if e.node != nil {
		return l.vertexOf[e.node]
	}
	var best *vertex
	for _, n := range l.nodes {
		if v := l.vertexOf[n]; e.group.contains(end{node: n}) && (best == nil || last && v.rank > best.rank || !last && v.rank < best.rank) {
			best = v
		}
	}
	return best
}

// ancestors are a group and those around it, the outermost first.
func ancestors(s *group) (all []*group) {
	for ; s != nil; s = s.parent {
		all = append(all, s)
	}
	slices.Reverse(all)
	return all
}

// addDummies gathers the ranks, with a dummy for every edge and group that passes one.
func (l *layout) addDummies() {
	for _, n := range l.nodes {
		v := l.vertexOf[n]
		for _, s := range ancestors(v.group) {
			if at := l.span[s]; at == nil {
				l.span[s] = &[2]int{v.rank, v.rank}
			} else {
				at[0], at[1] = min(at[0], v.rank), max(at[1], v.rank)
			}
		}
		l.addToRank(v)
	}
	for _, e := range l.edges {
		if e.nested() {
			continue
		}
		a, b := l.representative(e.from, true), l.representative(e.to, false)
		p := &path{edge: e}
		if a.rank > b.rank {
			a, b, p.reversed = l.representative(e.to, true), l.representative(e.from, false), true
		}
		if a.rank >= b.rank { // groups side by side: a flat edge
			if a != b {
				l.flatEdges = append(l.flatEdges, &path{edge: e, vertices: []*vertex{l.representative(e.from, true), l.representative(e.to, true)}})
			}
			continue
		}
		ga, gb := ancestors(a.group), ancestors(b.group)
		common := 0
		for common < len(ga) && common < len(gb) && ga[common] == gb[common] {
			common++
		}
		p.vertices = append(p.vertices, a)
		half := a.rank + (b.rank-a.rank)/2
		for rank := a.rank + 1; rank < b.rank; rank++ {
			v := &vertex{rank: rank, left: 10, right: 10}
			if common > 0 {
				v.group = ga[common-1]
			}
			for _, s := range ga[common:] {
				if l.span[s][1] >= rank && e.from.group != s && e.to.group != s {
					v.group = s
				}
			}
			if v.group == nil || common > 0 && v.group == ga[common-1] {
				for _, s := range gb[common:] {
					if l.span[s][0] <= rank && e.from.group != s && e.to.group != s {
						v.group = s
					}
				}
			}
			if rank == half && len(e.label) > 0 {
				v.label = e
				v.text = wrap(e.label, edgeTextWidth, true)
				w, h := v.text.Width()+80, v.text.Height()+40
				if l.sideways {
					w, h = h, w
				}
				v.left, v.right, v.height = w/2, w/2, h
			}
			l.addToRank(v)
			p.vertices = append(p.vertices, v)
		}
		p.vertices = append(p.vertices, b)
		for i := 1; i < len(p.vertices); i++ {
			from, to := p.vertices[i-1], p.vertices[i]
			from.out = append(from.out, to)
			to.in = append(to.in, from)
		}
		l.paths = append(l.paths, p)
	}
	for _, s := range l.groups { // a group has a vertex in every rank that it passes
		at := l.span[s]
		for rank := at[0]; rank <= at[1]; rank++ {
			if rank >= len(l.ranks) || !slices.ContainsFunc(l.ranks[rank], func(v *vertex) bool { return slices.Contains(ancestors(v.group), s) }) {
				l.addToRank(&vertex{rank: rank, group: s})
			}
		}
	}
}

func (l *layout) addToRank(v *vertex) {
	for len(l.ranks) <= v.rank {
		l.ranks = append(l.ranks, nil)
	}
	v.order = len(l.ranks[v.rank])
	l.ranks[v.rank] = append(l.ranks[v.rank], v)
}

// order orders the ranks in sweeps down and up, and keeps the order with the fewest
// crossings.
func (l *layout) order() {
	best, fewest := [][]*vertex(nil), 1<<30
	for sweep := range 16 {
		pos := map[*vertex]int{}
		sum, count := map[*group]int{}, map[*group]int{}
		down := sweep%2 == 0
		for i := range l.ranks {
			r := i
			if !down {
				r = len(l.ranks) - 1 - i
			}
			for _, v := range l.ranks[r] {
				near := v.in
				if !down {
					near = v.out
				}
				at := 1000 * v.order
				if len(near) > 0 && sweep > 0 {
					at = 0
					for _, o := range near {
						at += 1000 * o.order
					}
					at /= len(near)
				}
				pos[v] = at
			}
			l.sortRank(r, pos)
		}
		for _, rank := range l.ranks {
			for _, v := range rank {
				for _, s := range ancestors(v.group) {
					sum[s] += 1000 * v.order / max(len(rank)-1, 1)
					count[s]++
				}
			}
		}
		// Groups keep one order in all ranks, or their borders would cross.
		for s, n := range count {
			l.groupOrder[s] = sum[s] / n
		}
		for r := range l.ranks {
			for _, v := range l.ranks[r] {
				pos[v] = 1000 * v.order
			}
			l.sortRank(r, pos)
		}
		l.transpose()
		if n := l.crossings(); n < fewest {
			fewest, best = n, nil
			for _, rank := range l.ranks {
				best = append(best, slices.Clone(rank))
			}
		}
		if fewest == 0 {
			break
		}
	}
	l.ranks = best
	for _, rank := range l.ranks {
		for i, v := range rank {
			v.order = i
		}
	}
}

// sortRank sorts a rank by the positions, what stands in a group side by side.
func (l *layout) sortRank(r int, pos map[*vertex]int) {
	type item struct {
		pos      int
		group    *group
		vertices []*vertex
	}
	var sorted func(in *group, depth int, list []*vertex) []*vertex
	sorted = func(in *group, depth int, list []*vertex) []*vertex {
		var items []*item
		of := map[*group]*item{}
		for _, v := range list {
			if all := ancestors(v.group); len(all) > depth {
				s := all[depth]
				if of[s] == nil {
					of[s] = &item{group: s}
					items = append(items, of[s])
				}
				of[s].vertices = append(of[s].vertices, v)
			} else {
				items = append(items, &item{pos: pos[v], vertices: []*vertex{v}})
			}
		}
		for _, it := range items {
			if it.group != nil {
				for _, v := range it.vertices {
					it.pos += pos[v]
				}
				it.pos /= len(it.vertices)
				it.vertices = sorted(it.group, depth+1, it.vertices)
			}
		}
		slices.SortStableFunc(items, func(a, b *item) int { return cmp.Compare(a.pos, b.pos) })
		var groups []*item
		for _, it := range items {
			if it.group != nil {
				groups = append(groups, it)
			}
		}
		slices.SortStableFunc(groups, func(a, b *item) int {
			return cmp.Or(cmp.Compare(l.groupOrder[a.group], l.groupOrder[b.group]), cmp.Compare(slices.Index(l.groups, a.group), slices.Index(l.groups, b.group)))
		})
		var out []*vertex
		for _, it := range items {
			if it.group != nil {
				it, groups = groups[0], groups[1:]
			}
			out = append(out, it.vertices...)
		}
		return out
	}
	l.ranks[r] = sorted(nil, 0, l.ranks[r])
	for i, v := range l.ranks[r] {
		v.order = i
	}
}

// transpose swaps neighbours where fewer edges cross then.
func (l *layout) transpose() {
	for range 6 {
		better := false
		for _, rank := range l.ranks {
			for i := 1; i < len(rank); i++ {
				a, b := rank[i-1], rank[i]
				if a.group == b.group && crossed(a, b) > crossed(b, a) {
					rank[i-1], rank[i] = b, a
					a.order, b.order = i, i-1
					better = true
				}
			}
		}
		if !better {
			return
		}
	}
}

// crossed counts the crossings of the edges of two neighbours, a on the left.
func crossed(a, b *vertex) int {
	n := 0
	for _, side := range [2][2][]*vertex{{a.in, b.in}, {a.out, b.out}} {
		for _, x := range side[0] {
			for _, y := range side[1] {
				if x.order > y.order {
					n++
				}
			}
		}
	}
	return n
}

// crossings counts those of all edges.
func (l *layout) crossings() int {
	n := 0
	for _, rank := range l.ranks {
		for i, a := range rank {
			for _, b := range rank[i+1:] {
				for _, x := range a.out {
					for _, y := range b.out {
						if x.order > y.order {
							n++
						}
					}
				}
			}
		}
	}
	return n
}

// title is a group's title, broken into lines.
func (l *layout) title(s *group) chart.DiagramText {
	wide := 4000
	if l.sideways {
		from, to := l.extent(s)
		wide = max(to-from-160, 800)
	}
	return chart.Break(s.title, wide, true)
}

// placeRanks gives every rank its y and its height.
func (l *layout) placeRanks() {
	n := len(l.ranks)
	l.rankTop, l.rankHeight = make([]int, n), make([]int, n)
	above, below := make([]int, n), make([]int, n)
	for _, s := range l.groups {
		at := l.span[s]
		above[at[0]] = max(above[at[0]], l.margin(s, 0))
		below[at[1]] = max(below[at[1]], l.margin(s, 1))
	}
	gap := rankGap
	if l.labelled {
		gap = rankGap * 6 / 10
	}
	y := outerMargin
	for r, rank := range l.ranks {
		for _, v := range rank {
			l.rankHeight[r] = max(l.rankHeight[r], v.height)
		}
		wide := 0 // edges far to the side need room to bend
		for _, v := range rank {
			for _, o := range v.out {
				wide = max(wide, abs(o.order-v.order))
			}
		}
		y += above[r]
		l.rankTop[r] = y
		y += l.rankHeight[r] + below[r] + gap + min(40*wide, 200)
	}
}

// margin is how far a group begins above its first rank (side 0) or ends below its last
// (side 1): its padding and title, and the margins of the groups in it that begin or end
// there too.
func (l *layout) margin(s *group, side int) int {
	inner := 0
	for _, in := range s.inner {
		if at := l.span[in]; at != nil && at[side] == l.span[s][side] {
			inner = max(inner, l.margin(in, side))
		}
	}
	if !l.sideways && l.flipped == (side == 1) {
		inner += l.title(s).Height() + 20
	}
	return inner + groupPadding
}

// extent is the y at which a group begins and ends.
func (l *layout) extent(s *group) (from, to int) {
	at := l.span[s]
	return l.rankTop[at[0]] - l.margin(s, 0), l.rankTop[at[1]] + l.rankHeight[at[1]] + l.margin(s, 1)
}

func abs(n int) int { return max(n, -n) }

// placeVertices gives every vertex its x, and every group its borders.
func (l *layout) placeVertices() {
	// Each rank with the borders of its groups.
	rows := make([][]*vertex, len(l.ranks))
	borders := map[*group][2][]*vertex{}
	for r, rank := range l.ranks {
		var open []*group
		closeTo := func(n int) {
			for len(open) > n {
				s := open[len(open)-1]
				v := &vertex{group: s, border: 1, rank: r}
				rows[r] = append(rows[r], v)
				b := borders[s]
				b[1] = append(b[1], v)
				borders[s] = b
				open = open[:len(open)-1]
			}
		}
		for _, v := range rank {
			in := ancestors(v.group)
			same := 0
			for same < len(open) && same < len(in) && open[same] == in[same] {
				same++
			}
			closeTo(same)
			for _, s := range in[same:] {
				open = append(open, s)
				b := borders[s]
				v := &vertex{group: s, border: -1, rank: r}
				rows[r] = append(rows[r], v)
				b[0] = append(b[0], v)
				borders[s] = b
			}
			rows[r] = append(rows[r], v)
		}
		closeTo(0)
	}
	for _, s := range l.groups {
		for _, side := range borders[s] {
			for i := 1; i < len(side); i++ {
				side[i-1].out, side[i].in = []*vertex{side[i]}, []*vertex{side[i-1]}
			}
		}
	}
	for _, row := range rows {
		x := 0
		for i, v := range row {
			if i > 0 {
				x += l.separation(row[i-1], v)
			}
			v.x = x
		}
	}
	for sweep := range 40 {
		down := sweep%2 == 0
		for i := range rows {
			r := i
			if !down {
				r = len(rows) - 1 - i
			}
			desired := make([]int, len(rows[r]))
			for k, v := range rows[r] {
				near := v.in
				if !down {
					near = v.out
				}
				if sweep >= 30 { // at last both sides count
					near = slices.Concat(v.in, v.out)
				}
				desired[k] = barycenter(v, near)
			}
			l.placeRow(rows[r], desired)
		}
	}
	l.straightenBorders(rows, borders)
}

// barycenter is the mean x of a vertex's neighbours, in which dummies weigh more so that
// long edges are straight; its own x without neighbours.
func barycenter(v *vertex, near []*vertex) int {
	if len(near) == 0 {
		return v.x
	}
	sum, weight := 0, 0
	for _, o := range near {
		w := 1
		if v.node == nil && o.node == nil {
			w = 8
		} else if v.node == nil || o.node == nil {
			w = 2
		}
		sum += w * o.x
		weight += w
	}
	return sum / weight
}

// separation is the least distance between the middles of two vertices side by side.
func (l *layout) separation(a, b *vertex) int {
	gap := nodeGap
	switch {
	case a.border != 0 || b.border != 0:
		gap = groupPadding
		if l.sideways && a.border < 0 {
			gap += l.title(a.group).Height() + 20
		}
		if a.border > 0 && b.border < 0 {
			gap = nodeGap
		}
	case a.node == nil || b.node == nil:
		gap = dummyGap
	}
	return a.right + gap + b.left
}

// placeRow gives the vertices of a row the x nearest to the desired ones that their order
// and separation allow (isotonic regression by pooling adjacent violators).
func (l *layout) placeRow(row []*vertex, desired []int) {
	type pool struct{ sum, n, from int }
	var pools []pool
	offset := make([]int, len(row))
	for i := range row {
		if i > 0 {
			offset[i] = offset[i-1] + l.separation(row[i-1], row[i])
		}
		weight := 1
		if row[i].border != 0 {
			weight = 3
		}
		pools = append(pools, pool{weight * (desired[i] - offset[i]), weight, i})
		for len(pools) > 1 {
			a, b := pools[len(pools)-2], pools[len(pools)-1]
			if a.sum*b.n <= b.sum*a.n {
				break
			}
			pools = append(pools[:len(pools)-2], pool{a.sum + b.sum, a.n + b.n, a.from})
		}
	}
	for k, p := range pools {
		end := len(row)
		if k+1 < len(pools) {
			end = pools[k+1].from
		}
		for i := p.from; i < end; i++ {
			row[i].x = p.sum/p.n + offset[i]
		}
	}
}

// straightenBorders makes each border of a group one line, separates what is too near
// then, compacts the groups and moves the picture to its margin.
func (l *layout) straightenBorders(rows [][]*vertex, borders map[*group][2][]*vertex) {
	first := map[*vertex]*vertex{} // of a border's vertices, which move as one
	for _, s := range l.groups {
		for k, side := range borders[s] {
			at := side[0].x
			for _, v := range side {
				if k == 0 {
					at = min(at, v.x)
				} else {
					at = max(at, v.x)
				}
				first[v] = side[0]
			}
			side[0].x = at
		}
	}
	type constraint struct { // to stands at least distance to the right
		to       *vertex
		distance int
	}
	next, before, open := map[*vertex][]constraint{}, map[*vertex][]constraint{}, map[*vertex]int{}
	var all []*vertex
	of := func(v *vertex) *vertex {
		if o := first[v]; o != nil {
			v = o
		}
		if _, seen := open[v]; !seen {
			open[v] = 0
			all = append(all, v)
		}
		return v
	}
	add := func(a, b *vertex, d int) {
		next[a] = append(next[a], constraint{b, d})
		before[b] = append(before[b], constraint{a, d})
		open[b]++
	}
	for _, row := range rows {
		for i, v := range row {
			if b := of(v); i > 0 {
				add(of(row[i-1]), b, l.separation(row[i-1], v))
			}
		}
	}
	for _, s := range l.groups {
		if b := borders[s]; !l.sideways {
			add(b[0][0], b[1][0], l.title(s).Width()+200)
		}
	}
	var sorted []*vertex
	for i := 0; len(sorted) < len(all); {
		if i == len(sorted) { // begin with what nothing stands before; the rest is a cycle and keeps its place
			found := false
			for _, v := range all {
				if open[v] == 0 {
					open[v], found = -1, true
					sorted = append(sorted, v)
					break
				}
			}
			if !found {
				break
			}
		}
		for _, r := range next[sorted[i]] {
			if open[r.to]--; open[r.to] == 0 {
				open[r.to] = -1
				sorted = append(sorted, r.to)
			}
		}
		i++
	}
	for _, v := range sorted {
		for _, r := range before[v] {
			v.x = max(v.x, r.to.x+r.distance)
		}
	}
	room := func(v *vertex) (lo, hi int) {
		lo, hi = -1<<30, 1<<30
		for _, r := range before[v] {
			lo = max(lo, r.to.x+r.distance)
		}
		for _, r := range next[v] {
			hi = min(hi, r.to.x-r.distance)
		}
		return lo, hi
	}
	for sweep := range 20 {
		for i := range sorted {
			v := sorted[i]
			if sweep%2 == 0 {
				v = sorted[len(sorted)-1-i]
			}
			near := slices.Concat(v.in, v.out)
			if v.group != nil && len(near) == 0 { // in the middle of its group
				near = []*vertex{borders[v.group][0][0], borders[v.group][1][0]}
			}
			if v.border != 0 || len(near) == 0 {
				continue
			}
			lo, hi := room(v)
			v.x = max(min(barycenter(v, near), hi), lo)
		}
	}
	for i := len(l.groups) - 1; i >= 0; i-- { // the inner ones come later
		for k, side := range borders[l.groups[i]] {
			lo, hi := room(side[0])
			if k == 0 && hi < 1<<30 {
				side[0].x = max(hi, lo)
			} else if k == 1 && lo > -1<<30 {
				side[0].x = min(lo, hi)
			}
		}
	}
	least := 1 << 30
	for _, v := range all {
		least = min(least, v.x-v.left)
	}
	for _, v := range all {
		v.x += outerMargin - least
	}
	for _, s := range l.groups {
		l.borders[s] = [2]int{borders[s][0][0].x, borders[s][1][0].x}
	}
}
