package plan965531

import (
	"strconv"

	"playbook/calculators/calendar"
	"playbook/calculators/chart"
	"playbook/calculators/report"
)

// dates plans from back to front and draws the waves.
func (a *answer) dates(r *report.Result) {
	paused := a.Deadline.Number() - a.latest.Number() - a.CycleWeeks()*7
	a.args.Count("paused", paused)
	back, waves := "dates.back", "dates.waves"
	if paused > 0 {
		back = "dates.back-paused"
	}
	if a.startMonths(a.orders) == 1 {
		waves = "dates.one-month"
	}
	r.Add(report.Heading, report.NoSign, a.say("dates.title"))
	r.Add(report.Paragraph, report.NoSign, a.say(back), a.say(waves))
	if a.late() {
		r.Add(report.Note, report.Flag, a.say("dates.late"))
		a.remedies(r)
	} else {
		r.Add(report.Note, report.Bell, a.say("dates.in-time"))
	}
	a.waves(r)
}

// remedies lists what would bring the plan into time, each on its own.
func (a *answer) remedies(r *report.Result) {
	m := a.Remedy()
	a.args.Add("faster", count(m.StartsPerMonth))
	a.args.Add("shorter", count(m.Weeks))
	a.args.Add("later", day(m.Deadline))
	a.args.Add("larger", report.Money(m.OrderValue, ""))
	a.args.Add("fewer", count(m.Orders))
	var help []report.Message
	for i, helps := range [...]bool{m.StartsPerMonth > 0, m.Weeks > 0, !m.Deadline.IsZero(), m.Orders > 0} {
		if helps {
			help = append(help, a.say([...]string{"help.starts", "help.weeks", "help.deadline", "help.orders"}[i]))
		}
	}
	if len(help) == 0 {
		r.Add(report.Paragraph, report.NoSign, a.say("help.none"))
		return
	}
	r.Add(report.Paragraph, report.NoSign, a.say("help.title"))
	r.Add(report.Items, report.NoSign, help...)
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
	return report.Say(key, "from", r.from, "to", r.to)
}

// waves draws the waves over weeks from the first day of the first month, and
// lists them. A milestone takes its weeks of days outside pauses.
func (a *answer) waves(r *report.Result) {
	rows := a.waveRows()
	hidden := a.startMonths(a.orders) - len(rows)
	end := rows[len(rows)-1].signs()
	a.args.Add("hidden", count(hidden))
	a.args.Add("end", day(end))
	a.args.Add("key", a.numbered())
	some, alt := "", "gantt.alt"
	if hidden > 0 {
		some = "-some"
	}
	if end.After(a.Deadline) {
		alt = "gantt.alt-late"
	}
	r.Figure(a.say("gantt.caption"+some), a.say(alt), true, func(w *report.Words) chart.Chart { return a.gantt(w, rows) })
	t := r.Table(a.say("waves.caption"+some), "waves.wave", "waves.starts", "waves.signs", "#waves.in-time")
	for i := range rows {
		row := &rows[i]
		signs := report.Cell{Data: day(row.signs())}
		if !row.signs().Before(a.Deadline) {
			signs.Sign = report.Flag
		}
		t.Row(row.label(), day(row.starts), signs, share(row.inTime))
	}
}

// gantt draws the waves.
func (a *answer) gantt(w *report.Words, rows []waveRow) chart.Chart {
	origin, end := a.FirstMonth.First(), rows[len(rows)-1].signs()
	week := func(d calendar.Date) float64 { return float64(d.Number()-origin.Number()) / 7 }
	c := &chart.Gantt{
		Unit: w.Say(a.say("gantt.unit")),
		Head: []string{w.Say(a.say("waves.wave")), w.Say(a.say("gantt.start")), w.Say(a.say("gantt.stop"))},
		End:  week(end),
		Place: func(at float64) string {
			return w.Format(day(origin.AddDays(int(at*7 + 0.5))))
		},
	}
	for i := range rows {
		r := &rows[i]
		row := chart.GanttRow{Label: w.Say(r.label())}
		begin := r.starts
		for i, end := range r.ends {
			begin = a.Pauses.Resume(begin)
			row.Bars = append(row.Bars, chart.Bar{
				From: week(begin), Length: week(end) - week(begin),
				Label: strconv.Itoa(i + 1), Name: w.Say(a.milestone(i)),
			})
			begin = end
		}
		c.Rows = append(c.Rows, row)
	}
	// A deadline far beyond the last wave would press the waves together.
	if at := week(a.Deadline); at <= 1.5*c.End {
		mark := chart.Mark{At: at, Label: w.Say(a.say("gantt.deadline"))}
		if end.After(a.Deadline) {
			mark.Sign = "flag"
		}
		c.Marks = append(c.Marks, mark)
		c.End = max(c.End, at)
	}
	for _, p := range a.Pauses {
		from, to := max(0, week(p.From)), min(c.End, week(p.To.AddDays(1)))
		if from < to {
			c.Bands = append(c.Bands, chart.Band{From: from, To: to, Label: w.Say(a.say("gantt.pause"))})
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
		return w.Say(report.Say("axis.year", "year", m.String()[2:4]))
	}
	names := w.Say(report.Say("axis.months"))
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
