package plan965531

import (
	"playbook/calculators/chart"
	"playbook/calculators/report"
)

// work shows the load month by month and the slide's three readings.
func (a *answer) work(r *report.Result) {
	shown := min(len(a.load.Total), mostMonths)
	left := len(a.load.Total) - shown
	a.args.Add("toomany", count(len(a.over)))
	a.args.Add("busy", upTo(mostRows, months(a.over)))
	a.args.Add("firstevents", count(a.load.Total[0]))
	a.args.Add("last", month(a.load.First.Add(len(a.load.Total)-1)))
	a.args.Add("shown", count(shown))
	a.args.Add("left", count(left))
	some := ""
	if left > 0 {
		some = "-some"
	}
	r.Add(report.Heading, report.NoSign, a.say("work.title"))
	r.Add(report.Paragraph, report.NoSign, a.say("work.text"))
	r.Figure(a.say("work.figure"+some), a.say("work.alt"), true, a.columns)
	switch {
	case len(a.over) > 0:
		r.Add(report.Note, report.Flag, a.say("work.over"))
	case a.Capacity > 0:
		r.Add(report.Note, report.Bell, a.say("work.fits"))
	}
	a.loads(r.Table(a.say("work.table"+some), "work.month"))
	a.readings(r)
}

// mostMonths is how many months are drawn and listed. Later ones of so long a
// plan repeat the steady month until the waves run out.
const mostMonths = 36

// exceeds reports whether a month of the load is beyond the capacity.
func (a *answer) exceeds(month int) bool {
	return a.Capacity > 0 && a.load.Total[month] > a.Capacity
}

// columns draws the load.
func (a *answer) columns(w *report.Words) chart.Chart {
	c := &chart.Load{
		Unit:  w.Say(a.say("work.unit")),
		Head:  []string{w.Say(a.say("work.month")), w.Say(a.say("work.total"))},
		Lines: []chart.Line{{Label: w.Say(a.say("work.peak")), Value: float64(a.peak)}},
	}
	if a.Capacity > 0 {
		line := chart.Line{Label: w.Say(a.say("work.capacity")), Value: float64(a.Capacity)}
		if len(a.over) > 0 {
			line.Sign = "flag"
		}
		c.Lines = append(c.Lines, line)
	}
	for i := range a.Milestones {
		c.Series = append(c.Series, w.Say(a.milestone(i)))
	}
	for i, parts := range a.load.Parts[:min(len(a.load.Parts), mostMonths)] {
		col := chart.Column{Label: axisMonth(w, a.load.First.Add(i))}
		for _, n := range parts {
			col.Parts = append(col.Parts, float64(n))
		}
		if a.exceeds(i) {
			col.Sign = "flag"
		}
		c.Columns = append(c.Columns, col)
	}
	return c
}

// loads fills the table of the load.
func (a *answer) loads(t *report.Table) {
	for i := range a.Milestones {
		t.Columns = append(t.Columns, report.Column{Head: a.milestone(i), Numeric: true})
	}
	t.Columns = append(t.Columns, report.Column{Head: a.say("work.total"), Numeric: true})
	for i, parts := range a.load.Parts[:min(len(a.load.Parts), mostMonths)] {
		row := []any{month(a.load.First.Add(i))}
		for _, n := range parts {
			row = append(row, n)
		}
		total := report.Cell{Data: count(a.load.Total[i])}
		if a.exceeds(i) {
			total.Sign = report.Flag
		}
		t.Row(append(row, total)...)
	}
}

// readings explains the three numbers of deck slide 71, which count different
// numbers of waves: a staircase of three, a quota of five, and a month at most
// that six or more would reach. All is computed with the reader's counts, one
// wave a month as on the slide.
func (a *answer) readings(r *report.Result) {
	monthly := *a.Params
	monthly.StartsPerMonth = 1
	steady := len(a.Milestones)
	waves := [...]int{staircaseWaves, a.orders, steady}
	var loads [3]report.Datum
	var peaks [3]report.Datum
	for i, n := range waves {
		load := monthly.LoadOf(n)
		peak, _ := load.Peak()
		most := mostSteps
		if i == 2 {
			most = min(steady, mostSteps)
		}
		loads[i], peaks[i] = upTo(most, counts(load.Total)), count(peak)
	}
	a.args.Add("three", count(staircaseWaves))
	a.args.Add("waves", count(steady))
	a.args.Add("stair", peaks[0])
	a.args.Add("need", peaks[1])
	a.args.Add("steady", peaks[2])
	key := "readings.yours"
	if a.isDeck() {
		key = "readings.deck"
	}
	r.Add(report.Heading, report.NoSign, a.say("readings.title"))
	b := r.Add(report.Paragraph, report.NoSign, a.say(key))
	if a.StartsPerMonth > 1 {
		b.Text = append(b.Text, a.say("readings.starts"))
	}
	t := r.Table(a.say("readings.caption"), "readings.reading", "#readings.waves", "readings.months", "#readings.peak")
	for i, key := range [...]string{"readings.staircase", "readings.quota", "readings.steady"} {
		number := report.Cell{Data: count(waves[i])}
		if i == 2 {
			number.Message = a.say("readings.or-more")
		}
		t.Row(a.say(key), number, loads[i], peaks[i])
	}
}

const (
	staircaseWaves = 3  // of the staircase that deck slide 71 prints
	mostSteps      = 16 // months listed in a cell
)

// isDeck reports whether the plan is the slide's: five orders and the counts
// 9-6-5-5-3-1, so that its numbers are those that the slide prints.
func (a *answer) isDeck() bool {
	counts := [...]int{9, 6, 5, 5, 3, 1}
	if a.orders != 5 || len(a.Milestones) != len(counts) {
		return false
	}
	for i, m := range a.Milestones {
		if m.Count != counts[i] {
			return false
		}
	}
	return true
}
