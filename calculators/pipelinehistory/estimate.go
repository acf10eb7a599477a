package pipelinehistory

import (
	"math"
	"math/bits"

	"playbook/calculators/form"
)

const z = 1.96

// share is x of n with Wilson's interval.
type share struct {
	x, n         int
	p, low, high float64
}

func shareOf(x, n int) share {
	s := share{x: x, n: n}
	if n > 0 {
		s.p = float64(x) / float64(n)
		s.low, s.high = wilson(s.p, float64(n))
	}
	return s
}

// wilson is the interval of a share of n. Products are rounded one by one, so that
// no platform fuses them.
func wilson(p, n float64) (low, high float64) {
	const zz = z * z
	middle := p + zz/(2*n)
	spread := z * math.Sqrt(float64(p*(1-p))/n+zz/float64(4*n*n))
	scale := 1 + zz/n
	return max(0, (middle-spread)/scale), min(1, (middle+spread)/scale)
}

// spell is a time in days, and how it ended: open (it has not), on or off.
type spell struct {
	days int
	end  uint8 // open, won (has deletedFlags on), lost
}

// span is what spells tell; −1 is what is not reached.
type span struct {
	n, on             int
	median, low, high int // leaving either way
	goOn              int // of those that go on
}

// slack is by how much an estimate may miss the half that it is.
const slack = 1e-9

// survive estimates how long spells last.
func survive(spells spells) span {
	out := span{n: len(spells), median: -1, low: -1, high: -1, goOn: -1}
	keys := make([]int, len(spells))
	for i, s := range spells {
		keys[i] = s.days
		if s.end == won {
			out.on++
		}
	}
	order := form.Order(keys)
	still, variance, deletedFlags := 1.0, 0.0, 0.0
	var days ints
	reached := make([]float64, len(order)) // the share that has deletedFlags on by each of days
	for i := 0; i < len(order); {
		day, risk := keys[order[i]], float64(len(order)-i)
		on, off := 0.0, 0.0
		for ; i < len(order) && keys[order[i]] == day; i++ {
			switch spells[order[i]].end {
			case won:
				on++
			case lost:
				off++
			}
		}
		d := on + off
		if d == 0 {
			continue
		}
		deletedFlags += float64(still*on) / risk
		still = float64(still*(risk-d)) / risk
		if risk > d {
			variance += d / float64(risk*(risk-d))
		}
		reached[len(days)] = deletedFlags
		days.add(day)
		band := z * float64(still*math.Sqrt(variance))
		if out.median < 0 && still <= .5+slack {
			out.median = day
		}
		if out.low < 0 && still-band <= .5+slack {
			out.low = day
		}
		if out.high < 0 && still+band <= .5+slack {
			out.high = day
		}
	}
	for i, day := range days {
		if out.on > 0 && 2*reached[i] >= deletedFlags-slack {
			out.goOn = day
			break
		}
	}
	return out
}

// milestone is what is known of a stage.
type milestone struct {
	name           string
	reached        int
	on, lost, open int
	share          share
	span           span
	chance         share // of a signature from here; p 0 where it is not known
	known          bool
	count, weeks   int // the row; weeks 0 where they are not known
	weight         int // percent
}

// results are what the deals come to.
type results struct {
	done              bool
	won, lost, open   int
	rate              share
	byValue           int64 // the win rate by value, in millionths; −1 where not every decided deal has one
	wonDays           int   // twice the median of the won deals' days, or −1
	cycle             span
	valued            int
	worth             int64 // the average of the won deals that have a value
	milestones        milestones
	complete, planned bool // every share and every time is known; the row is there
}

// compute makes the results of the deals.
func (h *history) compute() {
	h.done = true
	asOf := h.asOf / daySeconds
	var whole spells
	var wonDays ints
	var sums [3]int64
	var values [3]int // how many of each have a value
	for i := range h.deals {
		d := &h.deals[i]
		switch d.outcome {
		case won:
			h.won++
		case lost:
			h.lost++
		case open:
			h.open++
		default:
			h.skip.n[tied]++
			continue
		}
		switch {
		case d.value == badValue:
			h.skip.n[badAmount]++
		case d.value > 0 || d.value == 0 && d.outcome == won:
			sums[d.outcome] += d.value
			values[d.outcome]++
		}
		end := d.end
		if d.outcome == open {
			end = asOf
		}
		switch {
		case d.outcome != open && d.start > 0 && end == 0:
			h.skip.n[noEnd]++
		case d.start == 0 || end == 0:
		case end < d.start:
			h.skip.n[backwards]++
		default:
			whole.add(end-d.start, d.outcome)
			if d.outcome == won {
				wonDays.add(end - d.start)
			}
		}
	}
	h.byValue = -1
	if n := int64(values[won]); n > 0 && len(h.currencies.keys) < 2 {
		h.valued = values[won]
		h.worth = (2*sums[won] + n) / (2 * n)
		if total := sums[won] + sums[lost]; values[won] == h.won && values[lost] == h.lost && total > 0 {
			high, low := bits.Mul64(uint64(sums[won]), 1_000_000)
			low, carry := bits.Add64(low, uint64(total)/2, 0)
			rate, _ := bits.Div64(high+carry, low, uint64(total))
			h.byValue = int64(rate)
		}
	}
	h.wonDays = twiceMedian(wonDays)
	h.rate = shareOf(h.won, h.won+h.lost)
	h.cycle = survive(whole)
	for k, s := range h.line {
		h.milestones.add(h.milestone(k, h.stages.keys[s], asOf))
	}
	h.row()
}

// twiceMedian is twice the median of a list, −1 of none: the middle one, or halfway
// between the two in the middle.
func twiceMedian(list ints) int {
	n := len(list)
	if n == 0 {
		return -1
	}
	order := form.Order(list)
	return list[order[(n-1)/2]] + list[order[n/2]]
}

// milestone tells of the stage in place k.
func (h *history) milestone(k int, name string, asOf int) *milestone {
	m := &milestone{name: name}
	var times spells
	for i := range h.deals {
		d := &h.deals[i]
		if d.outcome == unsure || d.from < 0 || d.from > k || d.high < k && d.outcome != won {
			continue
		}
		m.reached++
		end, left := open, asOf
		switch {
		case d.high > k || d.outcome == won:
			end, left = won, d.end
			m.on++
			for j := k + 1; j <= d.high; j++ {
				if d.entered[j] > 0 {
					left = int(d.entered[j])
					break
				}
			}
		case d.outcome == lost:
			end, left = lost, d.end
			m.lost++
		default:
			m.open++
		}
		if came := int(d.entered[k]); came > 0 && left >= came {
			times.add(left-came, end)
		}
	}
	m.share = shareOf(m.on, m.on+m.lost)
	m.span = survive(times)
	return m
}

// row makes the reader's row of the plan, from the signature back.
func (h *history) row() {
	p, variance := 1.0, 0.0
	known := len(h.milestones) > 0
	h.complete = known
	for k := len(h.milestones) - 1; k >= 0; k-- {
		m := h.milestones[k]
		if known = known && m.on > 0; !known {
			h.complete = false
			continue
		}
		p *= m.share.p
		variance += (1 - m.share.p) / float64(float64(m.share.n)*m.share.p)
		n := float64(m.share.n)
		if p < 1 && variance > 0 {
			n = (1 - p) / float64(p*variance) // p·(1−p) ÷ (p²·variance)
		}
		m.known = true
		m.chance = share{p: p}
		m.chance.low, m.chance.high = wilson(p, n)
		m.count = min(int(1/p+.5), 99)
		m.weight = int(float64(100*p) + .5)
		if days := m.span.goOn; days >= 0 {
			m.weeks = min(max((2*days+7)/14, 1), 52)
		} else {
			h.complete = false
		}
	}
	h.planned = h.complete && len(h.milestones) < 20
}
