package plan965531

import (
	"math"
	"math/big"
	"testing"
)

// oneByOne is the law of the number of successes, trial after trial.
func oneByOne(groups []trials) []float64 {
	law := []float64{1}
	for _, g := range groups {
		for range g.n {
			next := make([]float64, len(law)+1)
			for k, v := range law {
				next[k] += v * (1 - g.p)
				next[k+1] += v * g.p
			}
			law = next
		}
	}
	return law
}

func TestCountLaw(t *testing.T) {
	for _, groups := range [][]trials{
		nil,
		{{9, 1.0 / 9}},
		{{45, 1.0 / 9}},
		{{1, 1}},
		{{5, 1}, {9, 1.0 / 9}},
		{{9, 0.111}, {9, 0.11}, {9, 0.02}, {99, 1e-7}},
		{{40, 0.999999}, {3, 0.5}},
		{{1, 1e-300}, {300, 0.9}},
		{{2000, 0.3}, {500, 0.001}},
	} {
		want := oneByOne(groups)
		sum := 0.0
		law := countLaw(groups, len(want))
		for k, w := range want {
			sum += law[k]
			if math.Abs(law[k]-w) > 1e-12 {
				t.Errorf("%v: P(%d) = %v, want %v", groups, k, law[k], w)
			}
		}
		if math.Abs(sum-1) > 1e-12 {
			t.Errorf("%v: adds up to %v", groups, sum)
		}
		// Cut off earlier, what is below the limit stays the same.
		for k, v := range countLaw(groups, len(want)/2) {
			if v != law[k] {
				t.Errorf("%v: P(%d) changes with the limit", groups, k)
			}
		}
		above := 0.0
		for _, w := range want[len(want)/2:] {
			above += w
		}
		if got := atLeast(groups, len(want)/2); math.Abs(got-above) > 1e-12 {
			t.Errorf("%v: at least %d: %v, want %v", groups, len(want)/2, got, above)
		}
	}
}

// TestBinomial holds the law against exact fractions, also where the chance of
// none is far below the least float64.
func TestBinomial(t *testing.T) {
	for _, c := range []struct {
		n          int
		num, denom int64
	}{{1, 1, 2}, {9, 1, 9}, {99, 98, 99}, {1000, 1, 3}, {20_000, 1, 2}} {
		p, _ := big.NewRat(c.num, c.denom).Float64()
		law := binomial(c.n, p)
		mode := law.from
		for i, v := range law.values {
			if v > law.values[mode-law.from] {
				mode = law.from + i
			}
		}
		for _, k := range []int{mode, max(mode-c.n/50, 0), min(mode+c.n/50, c.n)} {
			exact := new(big.Float).SetPrec(200).SetInt(new(big.Int).Binomial(int64(c.n), int64(k)))
			for i := range c.n {
				r := big.NewRat(c.num, c.denom)
				if i >= k {
					r = big.NewRat(c.denom-c.num, c.denom)
				}
				exact.Mul(exact, new(big.Float).SetPrec(200).SetRat(r))
			}
			want, _ := exact.Float64()
			got := 0.0
			if k >= law.from && k < law.from+len(law.values) {
				got = law.values[k-law.from]
			}
			if math.Abs(got-want) > 1e-13 {
				t.Errorf("binomial(%d, %d/%d) at %d = %v, want %v", c.n, c.num, c.denom, k, got, want)
			}
		}
	}
}
