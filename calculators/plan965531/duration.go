package plan965531

// A milestone of w weeks takes a triangular time: at least ½w, most often w, at
// most 2w. A cycle takes their sum, whose law is needed at whole days.
//
// Convolving on a grid is usually an approximation. Here it is exact, because
// every corner of every triangle lies on a half-week. On that grid a triangular
// density is a sum of hats (the linear B-spline), weighted by its values at the
// knots; so the density of the sum of m of them is a sum of m-fold convolved
// hats, which are the cardinal B-splines of order 2m, weighted by the discrete
// convolution of the values:
//
//	f₁ * … * fₘ (x) = Σₖ c(k) · B₂ₘ(x − k + m),   c = f₁(knots) * … * fₘ(knots)
//
// Every weight and every spline value is positive, so nothing cancels and the
// result is good to some 14 digits for any number of milestones. The textbook
// formula for such sums, powers with alternating signs, loses all digits at a
// dozen milestones; and it needs Pow, which differs between machines.

// cellsPerWeek is the grid: the coarsest on which it is exact.
const cellsPerWeek = 2

// duration is the law of the length of a cycle.
type duration struct {
	milestones int
	cells      int       // a week
	low, high  int       // the shortest and longest cycle, in cells
	first      int       // the knot of weights[0], in cells
	weights    []float64 // c: of the splines centred on the knots first, first+1, …
	below      []float64 // below[i] = weights[0] + … + weights[i-1]
}

// newDuration convolves milestones of so many weeks on a grid of so many cells a
// week, an even number: tests take a finer one than cellsPerWeek, and must find
// the same law.
func newDuration(milestones []Milestone, cells int) *duration {
	d := &duration{milestones: len(milestones), cells: cells, weights: []float64{1}}
	for _, m := range milestones {
		w := m.Weeks * cells
		low, high := w/2, 2*w
		knots := triangle(w)
		d.weights = convolve(d.weights, knots)
		d.low += low
		d.high += high
		d.first += low + 1
	}
	d.below = make([]float64, len(d.weights)+1)
	for i, w := range d.weights {
		d.below[i+1] = d.below[i] + w
	}
	return d
}

// triangle returns the density of triangular(½w, w, 2w) at the whole numbers
// between its ends, w even; they add up to 1.
func triangle(w int) []float64 {
	knots := make([]float64, 0, w+w/2)
	square := float64(3 * w * w)
	for k := w/2 + 1; k <= w; k++ {
		knots = append(knots, float64(8*k-4*w)/square)
	}
	for k := w + 1; k < 2*w; k++ {
		knots = append(knots, float64(8*w-4*k)/square)
	}
	return knots
}

// convolve returns the products of two polynomials' coefficients.
func convolve(a, b []float64) []float64 {
	c := make([]float64, len(a)+len(b)-1)
	for i, x := range a {
		row := c[i : i+len(b)]
		for j, y := range b {
			row[j] += float64(x * y)
		}
	}
	return c
}

// within returns the chance that a cycle takes at most so many days.
func (d *duration) within(days int) float64 {
	// A day is cells/7 of a cell: kept as whole sevenths until it is a fraction.
	sevenths := days * d.cells
	switch {
	case sevenths <= 7*d.low:
		return 0
	case sevenths >= 7*d.high:
		return 1
	}
	whole, part := sevenths/7, float64(sevenths%7)/7
	rise := splineIntegral(2*d.milestones, part)

	// The spline of knot k has risen by rise[i] at i + part cells from its
	// beginning, i = whole − k + milestones; for i ≥ 2·milestones, fully.
	done := whole - d.milestones - d.first + 1 // the number of splines that lie wholly before
	p := d.below[max(0, min(done, len(d.weights)))]
	for i, r := range rise {
		k := whole + d.milestones - i - d.first
		if k >= 0 && k < len(d.weights) {
			p += float64(d.weights[k] * r)
		}
	}
	return min(p, 1)
}

// splineIntegral returns the integral of the cardinal B-spline of an order from
// its beginning to i + x, for i = 0 … order−1 and 0 ≤ x < 1. The integral of a
// B-spline is a sum of B-splines of the next order, which Cox and de Boor's
// recurrence builds from positive terms only.
func splineIntegral(order int, x float64) []float64 {
	b := make([]float64, order+1) // b[i] = B(i + x), of order 1 to begin with
	b[0] = 1
	for n := 2; n <= order+1; n++ {
		for i := n - 1; i >= 0; i-- {
			at := float64(i) + x
			v := float64(at * b[i])
			if i > 0 {
				v += float64((float64(n) - at) * b[i-1])
			}
			b[i] = v / float64(n-1)
		}
	}
	for i := 1; i < order; i++ {
		b[i] += b[i-1]
	}
	return b[:order]
}
