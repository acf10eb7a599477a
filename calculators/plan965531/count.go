package plan965531

// trials are independent attempts with the same chance, strictly above 0.
type trials struct {
	n int
	p float64
}

// negligible is a probability that is left out to bound the work. What is left
// out altogether stays under 1e-12, far below the last digit shown.
const negligible = 1e-18

// countLaw returns the law of the number of successes in all the trials
// together (Poisson-binomial), as P(N = k) for k = 0 … limit−1. It convolves the
// binomial law of one group after the other and keeps only the stretch of k that
// has weight, so that thousands of trials cost little.
func countLaw(groups []trials, limit int) []float64 {
	law := stretch{values: []float64{1}}
	for _, g := range groups {
		law = law.plus(binomial(g.n, g.p), limit)
	}
	out := make([]float64, limit)
	if law.from < limit {
		copy(out[law.from:], law.values)
	}
	return out
}

// atLeast returns the chance of k successes or more.
func atLeast(groups []trials, k int) float64 { return oneMinus(countLaw(groups, k)) }

// oneMinus returns what the probabilities leave to 1.
func oneMinus(probabilities []float64) float64 {
	sum := 0.0
	for _, p := range probabilities {
		sum += p
	}
	return max(0, 1-sum)
}

// stretch is the part of a law that has weight: P(N = from + i) = values[i].
type stretch struct {
	from   int
	values []float64
}

// plus is the law of the sum of two independent numbers, cut off at limit.
func (s stretch) plus(t stretch, limit int) stretch {
	sum := stretch{from: s.from + t.from}
	width := min(len(s.values)+len(t.values)-1, limit-sum.from)
	if len(s.values) == 0 || len(t.values) == 0 || width <= 0 {
		return stretch{from: limit}
	}
	sum.values = make([]float64, width)
	for i, x := range s.values[:min(width, len(s.values))] {
		row := sum.values[i:]
		for j, y := range t.values[:min(len(row), len(t.values))] {
			row[j] += float64(x * y)
		}
	}
	return sum.trim()
}

// trim drops what is negligible at both ends.
func (s stretch) trim() stretch {
	for len(s.values) > 0 && s.values[0] < negligible {
		s.values = s.values[1:]
		s.from++
	}
	for len(s.values) > 0 && s.values[len(s.values)-1] < negligible {
		s.values = s.values[:len(s.values)-1]
	}
	return s
}

// binomial is the law of the successes in n trials of chance p, 0 < p ≤ 1. It
// walks from the most likely number to both sides by the ratio of neighbours and
// scales at the end, so that it needs no powers and does not underflow.
func binomial(n int, p float64) stretch {
	if p >= 1 {
		return stretch{from: n, values: []float64{1}}
	}
	mode := min(n, int(float64(float64(n+1)*p)))
	odds := p / (1 - p)

	var down []float64 // mode−1, mode−2, …
	sum := 1.0
	for k, v := mode, 1.0; k > 0; k-- {
		v *= float64(k) / float64(n-k+1) / odds
		if v < negligible {
			break
		}
		down = append(down, v)
		sum += v
	}
	s := stretch{from: mode - len(down), values: make([]float64, len(down), 2*len(down)+8)}
	for i, v := range down {
		s.values[len(down)-1-i] = v
	}
	s.values = append(s.values, 1)
	for k, v := mode, 1.0; k < n; k++ {
		v *= float64(n-k) / float64(k+1) * odds
		if v < negligible {
			break
		}
		s.values = append(s.values, v)
		sum += v
	}
	for i := range s.values {
		s.values[i] /= sum
	}
	return s
}
