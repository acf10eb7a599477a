package chart

import (
	"math"
	"strconv"
	"strings"
)

// scale maps values to places: from → a, to → b.
type scale struct {
	from, to float64
	a, b     int
}

// newScale makes a scale whose ends differ.
func newScale(from, to float64, a, b int) scale {
	from, to = finite(from), finite(to)
	if to-from < 1e-6 {
		to = from + 1
	}
	return scale{from, to, a, b}
}

// at is the place of a value; values outside come to the nearer end.
func (s scale) at(v float64) int {
	part := min(max((finite(v)-s.from)/(s.to-s.from), 0), 1)
	return s.a + round(part*float64(s.b-s.a))
}

// ticks are the round values within the scale, at most n and two.
func (s scale) ticks(n int) []float64 {
	step, size := 1.0, (s.to-s.from)/float64(n)
	for step < size {
		step *= 10
	}
	for step/10 >= size {
		step /= 10
	}
	if step/5 >= size {
		step /= 5
	} else if step/2 >= size {
		step /= 2
	}
	var out []float64
	for k := math.Ceil(s.from / step); len(out) < n+2 && float64(k*step) <= s.to; k++ {
		out = append(out, float64(k*step))
	}
	return out
}

// finite replaces what cannot be drawn.
func finite(v float64) float64 {
	if v != v {
		return 0
	}
	return min(max(v, -1e12), 1e12)
}

// round rounds half up.
func round(v float64) int { return int(math.Floor(v + 0.5)) }

// Number prints a value as pictures and tables do: with at most three decimals and its thousands grouped.
func Number(v float64) string {
	v = finite(v)
	n := math.Floor(float64(math.Abs(v)*1000) + 0.5)
	whole, rest := int64(n)/1000, int64(n)%1000
	s := strconv.FormatInt(whole, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	if rest != 0 {
		s += "." + strings.TrimRight(strconv.FormatInt(1000+rest, 10)[1:], "0")
	}
	if v < 0 && n > 0 {
		s = "−" + s
	}
	return s
}

// tag is a short text that wants to stand at x.
type tag struct {
	x    int
	text string
	sign string

	left, lane, size int
}

// sortTags puts tags in the order of x. There are few.
func sortTags(tags []tag) {
	for i := range tags {
		for j := i; j > 0 && tags[j].x < tags[j-1].x; j-- {
			tags[j], tags[j-1] = tags[j-1], tags[j]
		}
	}
}

// lanes gives each tag a place near its x, between two bounds, on as many lines
// as are needed for none to touch another; it returns their number. Texts are
// cut to most. Tags must be in the order of x.
func lanes(f face, tags []tag, from, to, most int) int {
	var ends []int
	for i := range tags {
		t := &tags[i]
		t.text = f.cut(t.text, most)
		t.size = f.width(t.text) + signWidth(t.sign)
		t.left = max(min(t.x-t.size/2, to-t.size), from)
		for t.lane < len(ends) && ends[t.lane]+80 > t.left {
			t.lane++
		}
		if t.lane == len(ends) {
			ends = append(ends, 0)
		}
		ends[t.lane] = t.left + t.size
	}
	return len(ends)
}

// axis rules a horizontal axis at y with its ticks and its caption below, and
// gives the height that they take. Labels that would touch are left out.
func (p *pen) axis(s scale, y int, ticks []Tick, unit string) int {
	p.rule("hair-2", s.a, y, s.b, y)
	free := 0
	for _, t := range ticks {
		x := s.at(t.At)
		w := small.width(t.Label)
		left := max(x-w/2, margin)
		p.rule("hair-2", x, y, x, y+35)
		if left >= free && left+w <= right {
			p.text(small, " num", left+w/2, y+170, middle, t.Label)
			free = left + w + 60
		}
	}
	high := 230
	if unit != "" {
		unit = small.cut(unit, right-margin)
		if free > right-small.width(unit)-60 {
			high += small.lead
		}
		p.text(small, " soft-text", right, y+high-60, end, unit)
	}
	return high
}

// roundTicks are ticks at round values.
func (s scale) roundTicks(n int) []Tick {
	var out []Tick
	for _, v := range s.ticks(n) {
		out = append(out, Tick{v, Number(v)})
	}
	return out
}
