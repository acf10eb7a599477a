package plan965531

import (
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"
)

// exactLaw is the chance that triangular times of so many weeks take at most so
// many days together, as an exact fraction. It is the textbook formula: the
// second derivative of a triangular density is three point masses, so the sum's
// distribution is Σ (product of masses) × (t − sum of places)₊^2m ÷ (2m)!.
func exactLaw(weeks []int, days int) *big.Rat {
	masses := map[int]*big.Rat{0: big.NewRat(1, 1)} // by place in half-weeks
	for _, w := range weeks {
		// Density in half-weeks: up from w to 2w with slope s, down to 4w.
		square := int64(3 * w * w)
		up, down := big.NewRat(2, square), big.NewRat(1, square)
		next := map[int]*big.Rat{}
		add := func(at int, v *big.Rat) {
			if next[at] == nil {
				next[at] = new(big.Rat)
			}
			next[at].Add(next[at], v)
		}
		for at, v := range masses {
			add(at+w, new(big.Rat).Mul(v, up))
			add(at+2*w, new(big.Rat).Neg(new(big.Rat).Mul(v, new(big.Rat).Add(up, down))))
			add(at+4*w, new(big.Rat).Mul(v, down))
		}
		masses = next
	}
	sum := new(big.Rat)
	power := 2 * len(weeks)
	for at, v := range masses {
		x := new(big.Rat).Sub(big.NewRat(int64(2*days), 7), big.NewRat(int64(at), 1))
		if x.Sign() <= 0 {
			continue
		}
		term := new(big.Rat).Set(v)
		for i := 1; i <= power; i++ {
			term.Mul(term, x)
			term.Quo(term, big.NewRat(int64(i), 1))
		}
		sum.Add(sum, term)
	}
	return sum
}

// gridLaw is the crude way: each duration's chances in cells of a day's fraction,
// put at the cells' middles, convolved.
func gridLaw(weeks []int, days, cellsPerDay int) float64 {
	law := []float64{1}
	for _, w := range weeks {
		d := float64(7 * cellsPerDay * w)
		cdf := func(x float64) float64 {
			switch {
			case x <= d/2:
				return 0
			case x <= d:
				return (x - d/2) * (x - d/2) / (0.75 * d * d)
			case x <= 2*d:
				return 1 - (2*d-x)*(2*d-x)/(1.5*d*d)
			}
			return 1
		}
		cells := make([]float64, int(2*d)+1)
		for i := range cells {
			cells[i] = cdf(float64(i)+0.5) - cdf(float64(i)-0.5)
		}
		law = convolve(law, cells)
	}
	sum := 0.0
	for i, p := range law {
		switch at := days * cellsPerDay; {
		case i < at:
			sum += p
		case i == at:
			sum += p / 2
		}
	}
	return sum
}

var cycles = [][]int{
	{1}, {2}, {5}, {1, 1}, {3, 4}, {2, 4, 5, 4, 6, 2}, {1, 52}, {13, 1, 7},
	{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1},
	{52, 3, 11, 1, 27, 8, 8, 8, 19, 40, 2, 6},
}

// TestDurationExact holds the law against exact fractions: 12 digits and more
// agree, for one milestone and for twenty.
func TestDurationExact(t *testing.T) {
	worst := 0.0
	for _, weeks := range cycles {
		var milestones []Milestone
		total := 0
		for _, w := range weeks {
			milestones = append(milestones, Milestone{Weeks: w})
			total += w
		}
		d := newDuration(milestones, cellsPerWeek)
		for i := 0; i <= 20; i++ {
			days := 7*total/2 - 3 + i*(7*total*3/2+6)/20
			want, _ := exactLaw(weeks, days).Float64()
			got := d.within(days)
			worst = max(worst, math.Abs(got-want))
			if got < 0 || got > 1 {
				t.Errorf("%v within %d days: %v", weeks, days, got)
			}
		}
	}
	t.Logf("greatest difference from the exact law: %.1e", worst)
	if worst > 1e-12 {
		t.Errorf("the law is wrong by %v", worst)
	}
}

// TestDurationGrid holds that a finer grid changes nothing: the law is exact on
// half-weeks. A crude grid agrees as far as it can.
func TestDurationGrid(t *testing.T) {
	worst, crude := 0.0, 0.0
	for _, weeks := range cycles[:8] {
		var milestones []Milestone
		total := 0
		for _, w := range weeks {
			milestones = append(milestones, Milestone{Weeks: w})
			total += w
		}
		coarse, fine := newDuration(milestones, cellsPerWeek), newDuration(milestones, 2*cellsPerWeek)
		for days := 0; days <= 15*total; days += 1 + total/10 {
			worst = max(worst, math.Abs(coarse.within(days)-fine.within(days)))
			crude = max(crude, math.Abs(coarse.within(days)-gridLaw(weeks, days, 4)))
		}
	}
	t.Logf("halving the grid changes the law by %.1e; a crude grid of a quarter of a day is off by %.1e", worst, crude)
	if worst > 1e-12 {
		t.Errorf("halving the grid changes the law by %v", worst)
	}
	if crude > 1e-3 {
		t.Errorf("the crude grid is off by %v", crude)
	}
}

func TestDurationEnds(t *testing.T) {
	d := newDuration(deck().Milestones, cellsPerWeek)
	for days, want := range map[int]float64{-5: 0, 0: 0, 80: 0, 322: 1, 323: 1, 100_000: 1} { // 80.5 and 322 days
		if got := d.within(days); got != want {
			t.Errorf("within %d days: %v, want %v", days, got, want)
		}
	}
	last := 0.0
	for days := range 400 {
		if p := d.within(days); p < last {
			t.Errorf("within %d days: %v, less than a day before", days, p)
		} else {
			last = p
		}
	}
	if p := d.within(81); p <= 0 || p > 1e-9 {
		t.Errorf("within 81 days: %v", p)
	}
}

// TestDurationOrder holds that the order of milestones does not matter.
func TestDurationOrder(t *testing.T) {
	a, b := deck().Milestones, deck().Milestones
	slices.Reverse(b)
	for days := 80; days < 325; days += 7 {
		x, y := newDuration(a, cellsPerWeek).within(days), newDuration(b, cellsPerWeek).within(days)
		if math.Abs(x-y) > 1e-13 {
			t.Errorf("within %d days: %v and %v", days, x, y)
		}
	}
}

// triangular draws from triangular(½w, w, 2w).
func triangular(r *rand.Rand, w float64) float64 {
	u := r.Float64()
	if u < 1.0/3 {
		return w/2 + math.Sqrt(u*0.75)*w
	}
	return 2*w - math.Sqrt((1-u)*1.5)*w
}
