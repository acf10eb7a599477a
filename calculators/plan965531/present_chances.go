package plan965531

import (
	"strconv"

	"playbook/calculators/chart"
	"playbook/calculators/report"
)

// chances shows the law of the number of orders and the levers on it.
func (a *answer) chances(r *report.Result) {
	r.Add(report.Heading, report.NoSign, a.say("chances.title"))
	r.Figure(a.say("chances.figure"), a.say("chances.alt"), false, a.distribution)
	a.levers(r)
	a.advice(r)
}

// How the distribution is drawn: up to mostBars numbers have a bar each; more
// share at most about mostRanges bars. At both ends a tail is left out.
const (
	mostBars   = 24
	mostRanges = 12
	tail       = 0.0005
)

// bar is the chance of from to to orders; to < 0: of from or more.
type bar struct {
	from, to int
	p        float64
}

// bars gathers the law into bars, one of which begins at the orders. Where the
// orders lie far outside of what is likely, one bar stands for all that way.
func (a *answer) bars() []bar {
	law := a.risk.Law
	low, high := 0, len(law)-1
	for sum := law[low]; sum < tail; sum += law[low] {
		low++
	}
	for sum := law[high]; sum < tail && high > low; sum += law[high] {
		high--
	}
	const near = 4
	if a.orders >= low-near && a.orders <= high+near {
		low, high = min(low, a.orders), max(high, a.orders)
	}
	size := 1
	if high-low >= mostBars {
		size = (high-low)/mostRanges + 1
	}
	var bars []bar
	if a.orders < low {
		bars = append(bars, bar{from: 0, to: a.orders - 1, p: 1 - a.risk.Chance})
		low = a.orders
		if high-low >= mostBars {
			size = (high-low)/mostRanges + 1
		}
	}
	// Whole ranges, counted from the orders.
	low = max(0, low-((low-a.orders)%size+size)%size)
	high = min(len(law)-1, high+((a.orders-1-high)%size+size)%size)
	for k := low; k <= high; k++ {
		if k == low || (k-a.orders)%size == 0 {
			bars = append(bars, bar{from: k})
		}
		last := &bars[len(bars)-1]
		last.to = k
		last.p += law[k]
	}
	if a.orders > high {
		bars = append(bars, bar{from: a.orders, to: -1, p: a.risk.Chance})
	}
	return bars
}

// label is a bar's numbers: "5", "5–9", "300+".
func (b bar) label() string {
	s := strconv.Itoa(b.from)
	switch {
	case b.to < 0:
		s += "+"
	case b.to > b.from:
		s += "–" + strconv.Itoa(b.to)
	}
	return s
}

// distribution draws the law of the number of orders.
func (a *answer) distribution(w *report.Words) chart.Chart {
	c := &chart.Bars{
		Unit: w.Say(a.say("chances.unit")),
		Head: []string{w.Say(a.say("chances.orders")), w.Say(a.say("chances.chance"))},
	}
	for _, b := range a.bars() {
		item := chart.BarItem{
			Label:  b.label(),
			Value:  float64(thousandths(b.p)) / 10,
			Text:   w.Format(share(b.p)),
			Strong: b.from >= a.orders,
		}
		if b.from == a.orders {
			item.Sign = "bell"
		}
		c.Items = append(c.Items, item)
	}
	return c
}

// levers compares the chance of the plan with that of its neighbours.
func (a *answer) levers(r *report.Result) {
	t := r.Table(a.say("levers.caption"), "levers.lever", "#levers.chance", "#levers.change")
	keys := []string{"levers.now", "levers.wave", "levers.earlier", "levers.needed"}
	if n := a.risk.StartsNeeded; n == 0 || n == a.opportunities() {
		keys = keys[:3]
	}
	chances := [...]float64{a.risk.Chance, a.risk.OneMoreWave, a.risk.OneMonthEarlier, a.risk.NeededChance}
	for i, key := range keys {
		chance := report.Cell{Data: share(chances[i])}
		if a.reaches(chances[i]) {
			chance.Sign = report.Bell
		}
		t.Row(a.say(key), chance, a.points(chances[i]))
	}
}

// points says how far a chance is from the plan's, in percentage points of the
// numbers as shown.
func (a *answer) points(chance float64) report.Message {
	key, d := "levers.same", thousandths(chance)-thousandths(a.risk.Chance)
	switch {
	case d > 0:
		key = "levers.more"
	case d < 0:
		key, d = "levers.less", -d
	}
	return report.Say(key, "n", report.Fixed(d, 1))
}

// advice says which lever to pull first.
func (a *answer) advice(r *report.Result) {
	needed, gain := a.risk.StartsNeeded, a.risk.OneMonthEarlier-a.risk.Chance
	switch {
	case a.sure():
		key := "advice.enough"
		if needed < a.opportunities() {
			key = "advice.room"
		}
		r.Add(report.Note, report.Bell, a.say(key))
		return
	case needed > 0:
		r.Add(report.Note, report.Bell, a.say("advice.begin"), a.say("advice.odds"))
	default:
		r.Add(report.Note, report.Flag, a.say("advice.never"))
	}
	switch {
	case gain >= 0.05:
		r.Add(report.Note, report.Bell, a.say("advice.time"))
	case gain < 0.01 && needed > 0:
		r.Add(report.Paragraph, report.NoSign, a.say("advice.not-time"))
	}
}
