package plan965531

import (
	"strconv"

	"playbook/calculators/chart"
	"playbook/calculators/report"
)

// chances shows the law of the number of orders and the levers on it.
func (a *answer) chances() []report.Block {
	blocks := []report.Block{heading("chances.title"), figure(a.distribution()), table(a.levers())}
	return append(blocks, a.advice()...)
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
func (a *answer) distribution() *report.Figure {
	bars := a.bars()
	args := []report.Arg{
		{Name: "orders", Data: count(a.orders)},
		{Name: "chance", Data: share(a.risk.Chance)},
		{Name: "short", Data: share(1 - a.risk.Chance)},
	}
	return &report.Figure{
		Caption: say("chances.figure", args...),
		Alt:     say("chances.alt", args...),
		Draw: func(w *report.Words) chart.Chart {
			c := &chart.Bars{
				Unit: w.Say(say("chances.unit")),
				Head: []string{w.Say(say("chances.orders")), w.Say(say("chances.chance"))},
			}
			for _, b := range bars {
				item := chart.BarItem{
					Label:  b.label(),
					Value:  float64(thousandths(b.p)) / 10,
					Text:   w.Format(share(b.p)),
					Strong: b.from >= a.orders,
				}
				if b.from == a.orders {
					item.Sign = report.Bell.String()
				}
				c.Items = append(c.Items, item)
			}
			return c
		},
	}
}

// levers compares the chance of the plan with that of its neighbours.
func (a *answer) levers() *report.Table {
	t := &report.Table{
		Caption: say("levers.caption", report.Arg{Name: "confidence", Data: report.Percent(a.Confidence)}),
		Columns: []report.Column{column("levers.lever"), numeric("levers.chance"), numeric("levers.change")},
	}
	row := func(m report.Message, chance float64) {
		c := cell(share(chance))
		if chance >= float64(a.Confidence)/1e6-margin {
			c.Sign = report.Bell
		}
		t.Rows = append(t.Rows, []report.Cell{messageCell(m), c, messageCell(a.points(chance))})
	}
	row(say("levers.now", report.Arg{Name: "orders", Data: count(a.orders)}), a.risk.Chance)
	row(say("levers.wave",
		report.Arg{Name: "month", Data: month(a.FirstMonth.Add(a.orders / a.StartsPerMonth))},
		report.Arg{Name: "n", Data: count(a.Milestones[0].Count)}), a.risk.OneMoreWave)
	row(say("levers.earlier", report.Arg{Name: "month", Data: month(a.FirstMonth.Add(-1))}), a.risk.OneMonthEarlier)
	if a.risk.StartsNeeded > 0 && a.risk.StartsNeeded != a.opportunities() {
		row(say("levers.needed",
			report.Arg{Name: "n", Data: count(a.risk.StartsNeeded)},
			report.Arg{Name: "now", Data: count(a.opportunities())}), a.risk.NeededChance)
	}
	return t
}

// points says how far a chance is from the plan's, in percentage points of the
// numbers as shown.
func (a *answer) points(chance float64) report.Message {
	d := thousandths(chance) - thousandths(a.risk.Chance)
	switch {
	case d > 0:
		return say("levers.more", report.Arg{Name: "n", Data: report.Fixed(d, 1)})
	case d < 0:
		return say("levers.less", report.Arg{Name: "n", Data: report.Fixed(-d, 1)})
	}
	return say("levers.same")
}

// advice says which lever to pull first.
func (a *answer) advice() []report.Block {
	args := []report.Arg{
		{Name: "needed", Data: count(a.risk.StartsNeeded)},
		{Name: "now", Data: count(a.opportunities())},
		{Name: "max", Data: count(maxNeeded)},
		{Name: "months", Data: count(a.startMonths(a.orders))},
		{Name: "confidence", Data: report.Percent(a.Confidence)},
		{Name: "points", Data: report.Fixed(thousandths(a.risk.OneMonthEarlier)-thousandths(a.risk.Chance), 1)},
	}
	if a.sure() {
		key := "advice.enough"
		if a.risk.StartsNeeded < a.opportunities() {
			key = "advice.room"
		}
		return []report.Block{note(report.Bell, say(key, args...))}
	}
	var blocks []report.Block
	if a.risk.StartsNeeded > 0 {
		blocks = append(blocks, note(report.Bell, say("advice.begin", args...), say("advice.odds", args...)))
	} else {
		blocks = append(blocks, note(report.Flag, say("advice.never", args...)))
	}
	switch gain := a.risk.OneMonthEarlier - a.risk.Chance; {
	case gain >= 0.05:
		blocks = append(blocks, note(report.Bell, say("advice.time", args...)))
	case gain < 0.01 && a.risk.StartsNeeded > 0:
		blocks = append(blocks, paragraph(say("advice.not-time", args...)))
	}
	return blocks
}
