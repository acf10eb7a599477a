package plan965531

import (
	"strconv"

	"playbook/calculators/calendar"
	"playbook/calculators/chart"
	"playbook/calculators/report"
)

// dates plans from back to front and draws the waves.
func (a *answer) dates() []report.Block {
	paused := a.Deadline.Number() - a.latest.Number() - a.CycleWeeks()*7
	first := a.FirstMonth.First()
	args := []report.Arg{
		{Name: "deadline", Data: day(a.Deadline)},
		{Name: "weeks", Data: count(a.CycleWeeks())},
		{Name: "paused", Data: count(paused)},
		{Name: "latest", Data: day(a.latest)},
		{Name: "orders", Data: count(a.orders)},
		{Name: "starts", Data: count(a.StartsPerMonth)},
		{Name: "months", Data: count(a.startMonths(a.orders) - 1)},
		{Name: "first", Data: day(a.first)},
		{Name: "begin", Data: day(first)},
		{Name: "spare", Data: count(a.first.Number() - first.Number())},
		{Name: "missing", Data: count(first.Number() - a.first.Number())},
	}
	back := "dates.back"
	if paused > 0 {
		back = "dates.back-paused"
	}
	waves := "dates.waves"
	if a.startMonths(a.orders) == 1 {
		waves = "dates.one-month"
	}
	blocks := []report.Block{heading("dates.title"), paragraph(say(back, args...), say(waves, args...))}
	if a.late() {
		blocks = append(blocks, note(report.Flag, say("dates.late", args...)))
		blocks = append(blocks, a.remedies()...)
	} else {
		blocks = append(blocks, note(report.Bell, say("dates.in-time", args...)))
	}
	g, t := a.waves()
	return append(blocks, figure(g), table(t))
}

// remedies lists what would bring the plan into time, each on its own.
func (a *answer) remedies() []report.Block {
	r := a.Remedy()
	items := report.Block{Kind: report.Items}
	if r.StartsPerMonth > 0 {
		items.Text = append(items.Text, say("help.starts",
			report.Arg{Name: "n", Data: count(r.StartsPerMonth)},
			report.Arg{Name: "now", Data: count(a.StartsPerMonth)}))
	}
	if r.Weeks > 0 {
		items.Text = append(items.Text, say("help.weeks",
			report.Arg{Name: "n", Data: count(r.Weeks)},
			report.Arg{Name: "now", Data: count(a.CycleWeeks())}))
	}
	if !r.Deadline.IsZero() {
		items.Text = append(items.Text, say("help.deadline", report.Arg{Name: "day", Data: day(r.Deadline)}))
	}
	if r.Orders > 0 {
		items.Text = append(items.Text, say("help.orders",
			report.Arg{Name: "value", Data: report.Money(r.OrderValue, "")},
			report.Arg{Name: "n", Data: count(r.Orders)}))
	}
	if len(items.Text) == 0 {
		return []report.Block{paragraph(say("help.none"))}
	}
	return []report.Block{paragraph(say("help.title")), items}
}

// mostRows is how many rows of waves are drawn and listed.
const mostRows = 12

// waveRow is the waves that begin in one month.
type waveRow struct {
	from, to int             // their numbers, from 1
	starts   calendar.Date   // as planned
	ends     []calendar.Date // of the milestones, as planned; the last is the signature
	inTime   float64
}

// waveRows are the first months of waves, and always the last: it decides.
func (a *answer) waveRows() []waveRow {
	var rows []waveRow
	months := a.startMonths(a.orders)
	for m := range months {
		if m >= mostRows-1 && m < months-1 {
			continue
		}
		r := waveRow{from: m*a.StartsPerMonth + 1, starts: a.FirstMonth.Add(m).First(), inTime: a.risk.InTime[m]}
		r.to = r.from + a.startsIn(m, a.orders) - 1
		days := 0
		for _, milestone := range a.Milestones {
			days += milestone.Weeks * 7
			r.ends = append(r.ends, a.Pauses.After(r.starts, days))
		}
		rows = append(rows, r)
	}
	return rows
}

// signs is the day on which the row's contracts are signed, as planned.
func (r *waveRow) signs() calendar.Date { return r.ends[len(r.ends)-1] }

func (r *waveRow) label() report.Message {
	key := "waves.row"
	if r.to > r.from {
		key = "waves.row-many"
	}
	return say(key, report.Arg{Name: "from", Data: count(r.from)}, report.Arg{Name: "to", Data: count(r.to)})
}

// waves draws the waves over weeks from the first day of the first month, and
// lists them. A milestone takes its weeks of days outside pauses.
func (a *answer) waves() (*report.Figure, *report.Table) {
	rows := a.waveRows()
	origin := a.FirstMonth.First()
	week := func(d calendar.Date) float64 { return float64(d.Number()-origin.Number()) / 7 }
	hidden := a.startMonths(a.orders) - len(rows)
	lastEnd := rows[len(rows)-1].signs()
	args := []report.Arg{
		{Name: "orders", Data: count(a.orders)},
		{Name: "from", Data: day(origin)},
		{Name: "end", Data: day(lastEnd)},
		{Name: "deadline", Data: day(a.Deadline)},
		{Name: "hidden", Data: count(hidden)},
		{Name: "key", Data: a.numbered()},
	}
	t := &report.Table{
		Caption: say("waves.caption", args...),
		Columns: []report.Column{column("waves.wave"), column("waves.starts"), column("waves.signs"), numeric("waves.in-time")},
	}
	for _, r := range rows {
		signs := cell(day(r.signs()))
		if !r.signs().Before(a.Deadline) {
			signs.Sign = report.Flag
		}
		t.Rows = append(t.Rows, []report.Cell{messageCell(r.label()), cell(day(r.starts)), signs, cell(share(r.inTime))})
	}
	f := &report.Figure{Caption: say("gantt.caption", args...), Alt: say("gantt.alt", args...), Told: true}
	if lastEnd.After(a.Deadline) {
		f.Alt = say("gantt.alt-late", args...)
	}
	if hidden > 0 {
		f.Caption = say("gantt.caption-some", args...)
		t.Caption = say("waves.caption-some", args...)
	}
	f.Draw = func(w *report.Words) chart.Chart {
		c := &chart.Gantt{
			Unit: w.Say(say("gantt.unit", args...)),
			Head: []string{w.Say(say("waves.wave")), w.Say(say("gantt.start")), w.Say(say("gantt.stop"))},
			End:  week(lastEnd),
			Place: func(at float64) string {
				return w.Format(day(origin.AddDays(int(at*7 + 0.5))))
			},
		}
		for _, r := range rows {
			row := chart.GanttRow{Label: w.Say(r.label())}
			begin := r.starts
			for i, end := range r.ends {
				begin = a.Pauses.Resume(begin)
				row.Bars = append(row.Bars, chart.Bar{
					From: week(begin), Length: week(end) - week(begin),
					Label: strconv.Itoa(i + 1), Name: w.Say(a.name(i)),
				})
				begin = end
			}
			c.Rows = append(c.Rows, row)
		}
		// A deadline far beyond the last wave would press the waves together.
		if at := week(a.Deadline); at <= 1.5*c.End {
			mark := chart.Mark{At: at, Label: w.Say(say("gantt.deadline"))}
			if lastEnd.After(a.Deadline) {
				mark.Sign = report.Flag.String()
			}
			c.Marks = append(c.Marks, mark)
			c.End = max(c.End, at)
		}
		for _, p := range a.Pauses {
			from, to := max(0, week(p.From)), min(c.End, week(p.To.AddDays(1)))
			if from < to {
				c.Bands = append(c.Bands, chart.Band{From: from, To: to, Label: w.Say(say("gantt.pause"))})
			}
		}
		step := tickMonths(int(c.End*7/30) + 1)
		for m := 0; ; m += step {
			at := a.FirstMonth.Add(m)
			if week(at.First()) > c.End {
				break
			}
			c.Ticks = append(c.Ticks, chart.Tick{At: week(at.First()), Label: axisMonth(w, at)})
		}
		return c
	}
	return f, t
}

// numbered lists the milestones with their numbers: the key to the figure, whose
// bars are too short for names.
func (a *answer) numbered() report.Datum {
	var list []report.Datum
	for i, m := range a.Milestones {
		s := strconv.Itoa(i + 1)
		if m.Name != "" {
			s += " " + m.Name
		}
		list = append(list, report.Text(s))
	}
	return report.List(list...)
}

// tickMonths is the distance of an axis's ticks, in months, for a length in
// months.
func tickMonths(length int) int {
	for _, step := range []int{1, 3, 6, 12, 24, 60} {
		if length <= 14*step {
			return step
		}
	}
	return 120
}

// axisMonth is a month's short name; January's is the year, in two
// digits.
func axisMonth(w *report.Words, m calendar.Month) string {
	if m.Month == 1 {
		return w.Say(say("axis.year", report.Arg{Name: "year", Data: report.Code(m.String()[2:4])}))
	}
	names := w.Say(say("axis.months"))
	for range m.Month - 1 {
		_, names = cut(names)
	}
	name, _ := cut(names)
	return name
}

// cut splits at the first bar.
func cut(s string) (before, after string) {
	for i := range len(s) {
		if s[i] == '|' {
			return s[:i], s[i+1:]
		}
	}
	return s, ""
}
