package plan965531

import (
	"playbook/calculators/chart"
	"playbook/calculators/report"
)

// work shows the load month by month and the slide's three readings.
func (a *answer) work() []report.Block {
	blocks := []report.Block{heading("work.title"), paragraph(say("work.text")), figure(a.loadFigure())}
	if a.Capacity > 0 {
		blocks = append(blocks, a.capacity())
	}
	blocks = append(blocks, table(a.loadTable()))
	return append(blocks, a.readings()...)
}

// capacity says whether the work fits.
func (a *answer) capacity() report.Block {
	args := []report.Arg{
		{Name: "capacity", Data: count(a.Capacity)},
		{Name: "n", Data: count(len(a.over))},
		{Name: "peak", Data: count(a.peak)},
		{Name: "month", Data: month(a.month)},
	}
	if len(a.over) == 0 {
		return note(report.Bell, say("work.fits", args...))
	}
	var months []report.Datum
	for i, m := range a.over {
		if i == mostRows {
			months = append(months, report.Code("…"))
			break
		}
		months = append(months, month(m))
	}
	args = append(args, report.Arg{Name: "months", Data: report.List(months...)})
	return note(report.Flag, say("work.over", args...))
}

func (a *answer) loadFigure() *report.Figure {
	args := []report.Arg{
		{Name: "orders", Data: count(a.orders)},
		{Name: "peak", Data: count(a.peak)},
		{Name: "month", Data: month(a.month)},
		{Name: "first", Data: count(a.load.Total[0])},
		{Name: "last", Data: month(a.load.First.Add(len(a.load.Total) - 1))},
	}
	shown := min(len(a.load.Total), mostMonths)
	caption := "work.figure"
	if shown < len(a.load.Total) {
		caption = "work.figure-some"
		args = append(args, report.Arg{Name: "n", Data: count(shown)})
	}
	return &report.Figure{
		Caption: say(caption, args...),
		Alt:     say("work.alt", args...),
		Told:    true,
		Draw: func(w *report.Words) chart.Chart {
			c := &chart.Load{
				Unit:  w.Say(say("work.unit")),
				Head:  []string{w.Say(say("work.month")), w.Say(say("work.total"))},
				Lines: []chart.Line{{Label: w.Say(say("work.peak", args...)), Value: float64(a.peak)}},
			}
			if a.Capacity > 0 {
				line := chart.Line{Label: w.Say(say("work.capacity")), Value: float64(a.Capacity)}
				if len(a.over) > 0 {
					line.Sign = report.Flag.String()
				}
				c.Lines = append(c.Lines, line)
			}
			for i := range a.Milestones {
				c.Series = append(c.Series, w.Say(a.name(i)))
			}
			for i, parts := range a.load.Parts[:shown] {
				col := chart.Column{Label: axisMonth(w, a.load.First.Add(i))}
				for _, n := range parts {
					col.Parts = append(col.Parts, float64(n))
				}
				if a.Capacity > 0 && a.load.Total[i] > a.Capacity {
					col.Sign = report.Flag.String()
				}
				c.Columns = append(c.Columns, col)
			}
			return c
		},
	}
}

// mostMonths is how many months are drawn and listed. Later ones of so long a
// plan repeat the steady month until the waves run out.
const mostMonths = 36

func (a *answer) loadTable() *report.Table {
	shown := min(len(a.load.Total), mostMonths)
	t := &report.Table{Columns: []report.Column{column("work.month")}}
	t.Caption = say("work.table")
	if hidden := len(a.load.Total) - shown; hidden > 0 {
		t.Caption = say("work.table-some",
			report.Arg{Name: "n", Data: count(shown)},
			report.Arg{Name: "hidden", Data: count(hidden)},
			report.Arg{Name: "steady", Data: count(a.SteadyPeak())})
	}
	for i := range a.Milestones {
		t.Columns = append(t.Columns, report.Column{Head: a.name(i), Numeric: true})
	}
	t.Columns = append(t.Columns, numeric("work.total"))
	for i, parts := range a.load.Parts[:shown] {
		row := []report.Cell{cell(month(a.load.First.Add(i)))}
		for _, n := range parts {
			row = append(row, cell(count(n)))
		}
		total := cell(count(a.load.Total[i]))
		if a.Capacity > 0 && a.load.Total[i] > a.Capacity {
			total.Sign = report.Flag
		}
		t.Rows = append(t.Rows, append(row, total))
	}
	return t
}

// readings explains the three numbers of deck slide 71, which count different
// numbers of waves: a staircase of three, a quota of five, and a month at most
// that six or more would reach. All is computed with the reader's counts, one
// wave a month as on the slide.
func (a *answer) readings() []report.Block {
	monthly := *a.Params
	monthly.StartsPerMonth = 1
	steady := len(a.Milestones)
	key := "readings.yours"
	if a.isDeck() {
		key = "readings.deck"
	}
	t := &report.Table{
		Caption: say("readings.caption"),
		Columns: []report.Column{column("readings.reading"), numeric("readings.waves"), column("readings.months"), numeric("readings.peak")},
	}
	row := func(key string, waves int, waveCell report.Cell, cut int) {
		load := monthly.LoadOf(waves)
		peak, _ := load.Peak()
		t.Rows = append(t.Rows, []report.Cell{
			messageCell(say(key)), waveCell, cell(steps(load.Total, cut)), cell(count(peak)),
		})
	}
	row("readings.staircase", staircaseWaves, cell(count(staircaseWaves)), mostSteps)
	row("readings.quota", a.orders, cell(count(a.orders)), mostSteps)
	row("readings.steady", steady, messageCell(say("readings.or-more", report.Arg{Name: "n", Data: count(steady)})), min(steady, mostSteps))

	stair, _ := monthly.LoadOf(staircaseWaves).Peak()
	quota, _ := monthly.LoadOf(a.orders).Peak()
	args := []report.Arg{
		{Name: "three", Data: count(staircaseWaves)},
		{Name: "stair", Data: count(stair)},
		{Name: "orders", Data: count(a.orders)},
		{Name: "quota", Data: count(quota)},
		{Name: "steady", Data: count(monthly.SteadyPeak())},
		{Name: "waves", Data: count(steady)},
		{Name: "starts", Data: count(a.StartsPerMonth)},
		{Name: "now", Data: count(a.SteadyPeak())},
	}
	text := paragraph(say(key, args...))
	if a.StartsPerMonth > 1 {
		text.Text = append(text.Text, say("readings.starts", args...))
	}
	return []report.Block{heading("readings.title"), text, table(t)}
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

// steps lists loads, cut after so many.
func steps(load []int, cut int) report.Datum {
	var list []report.Datum
	for i, n := range load {
		if i == cut {
			list = append(list, report.Code("…"))
			break
		}
		list = append(list, count(n))
	}
	return report.List(list...)
}
