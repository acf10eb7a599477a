package pipelinehistory

import (
	"strconv"

	"playbook/calculators/calendar"
	"playbook/calculators/chart"
	"playbook/calculators/form"
	"playbook/calculators/report"
)

func count(n int) report.Datum { return report.Count(int64(n)) }

// days is a number of days, Null where it is not reached.
func days(n int) report.Datum {
	if n < 0 {
		return report.Null()
	}
	return count(n)
}

// percent is a share to a tenth of a percent.
func percent(p float64) report.Datum {
	return report.Percent(int64(float64(1000*p)+.5) * 1000)
}

// needed is 1 ÷ p to a tenth, Null of nothing.
func needed(p float64) report.Datum {
	if p <= 0 {
		return report.Null()
	}
	return report.Fixed(int64(10/p+.5), 1)
}

// What data gives of a milestone, by place. The first are values, in this order.
const (
	reachedAt  = iota
	shareAt    = 4
	rangeAt    = 5
	daysAt     = 7
	daysRange  = 8
	goOnAt     = 10
	neededAt   = 11
	neededFrom = 12
	countAt    = 14
	weeksAt    = 15
	weightAt   = 16
	knownAt    = 17
)

// data is what is told of a milestone.
func (m *milestone) data() []report.Datum {
	d := make([]report.Datum, knownAt+1)
	for i, n := range []int{m.reached, m.on, m.lost, m.open} {
		d[reachedAt+i] = count(n)
	}
	if m.share.n > 0 {
		d[shareAt], d[rangeAt], d[rangeAt+1] = percent(m.share.p), percent(m.share.low), percent(m.share.high)
	}
	for i, n := range []int{m.span.median, m.span.low, m.span.high, m.span.goOn} {
		d[daysAt+i] = days(n)
	}
	if m.known {
		d[neededAt], d[neededFrom], d[neededFrom+1] = needed(m.chance.p), needed(m.chance.high), needed(m.chance.low)
	}
	d[countAt], d[weeksAt], d[weightAt], d[knownAt] = count(m.count), count(m.weeks), report.Percent(int64(m.weight)*10_000), count(m.span.n)
	return d
}

// table shows data of milestones: by place, and by 100 and the place of its lower
// end an interval. A milestone without a name has the word KEY.else.
func (h *history) table(r *report.Result, key string, rows milestones, columns []string, places ...int) {
	t := r.Table(h.say(key+".caption"), columns...)
	t.Rows = make([][]report.Cell, len(rows))
	for i := range rows {
		data := rows[i].data()
		cells := make([]report.Cell, len(places)+1)
		cells[0].Data = report.Text(rows[i].name)
		if rows[i].name == "" {
			cells[0].Data = report.Word(key + ".else")
		}
		for j, at := range places {
			c := &cells[j+1]
			if at < 100 {
				c.Data = data[at]
			} else if from := data[at-100]; !from.IsNull() {
				c.Message = report.Say("range", "from", from, "to", data[at-99])
				if data[at-99].IsNull() {
					c.Message.Key = "range-open"
				}
			}
		}
		t.Rows[i] = cells
	}
}

func (h *history) say(key string) report.Message { return h.args.Say(key) }

func (h *history) report() *report.Result {
	r := &report.Result{}
	kind, row, weeks := h.kind, "", 0
	if kind == "" {
		kind = "none"
	}
	lists := make([]report.Data, knownAt)
	var names report.Data
	for i := range h.milestones {
		names.Add(report.Text(h.milestones[i].name))
		for k, d := range h.milestones[i].data()[:countAt] {
			lists[k].Add(d)
		}
	}
	for i, m := range h.planRows() {
		if i > 0 {
			row += "‑"
		}
		row += strconv.Itoa(m.count)
		weeks += m.weeks
		for k, n := range []int{m.count, m.weeks, m.weight} {
			lists[countAt+k].Add(count(n))
		}
	}
	whole := milestone{share: h.rate, span: h.cycle}
	all := whole.data()
	day, worth, wonDays, byValue := report.Null(), report.Null(), report.Null(), report.Null()
	if h.asOf > 0 {
		d := calendar.FromNumber(dayOf(h.asOf))
		day = report.Date(d.Year, d.Month, d.Day)
	}
	if h.valued > 0 {
		worth = report.Money(h.worth, "")
	}
	if h.done && h.wonDays >= 0 {
		if wonDays = count(h.wonDays / 2); h.wonDays%2 > 0 {
			wonDays = report.Fixed(int64(h.wonDays)*5, 1)
		}
	}
	if h.done && h.byValue >= 0 {
		byValue = report.Percent((h.byValue + 500) / 1000 * 1000)
	}
	deals := h.won + h.lost + h.open
	if !h.done {
		deals = len(h.deals)
	}
	args := &h.args
	args.Add("kind", report.Code(kind))
	args.Add("rows", count(h.rows))
	args.Add("deals", count(deals))
	args.Add("won", count(h.won))
	args.Add("lost", count(h.lost))
	args.Add("open", count(h.open))
	args.Add("win_rate", all[shareAt])
	args.Add("win_rate_low", all[rangeAt])
	args.Add("win_rate_high", all[rangeAt+1])
	args.Add("win_rate_value", byValue)
	args.Add("won_days", wonDays)
	args.Add("cycle_days", all[goOnAt])
	args.Add("decision_days", all[daysAt])
	args.Add("decision_low", all[daysRange])
	args.Add("decision_high", all[daysRange+1])
	args.Add("as_of", day)
	args.Add("order_value", worth)
	args.Add("stages", report.List(names...))
	r.Publish(*args)
	for i, name := range form.Split("reached went_on lost_in open_in share share_low share_high days days_low days_high days_to_go_on needed needed_low needed_high count weeks weight") {
		r.Value(name, report.List(lists[i]...))
	}
	t := &h.skip
	args.Add("row", report.Text(row))
	args.Add("weeks", count(weeks))
	args.Add("decided", count(h.won+h.lost))
	args.Add("above", count(h.above))
	args.Add("lines", count(h.headLine))
	args.Add("where", report.Text(t.where))
	for i, name := range form.Split("dates stagesless amounts before back norow deleted repeats endless tied") {
		args.Count(name, t.n[i])
	}
	if len(names) > 0 {
		args.Add("first", names[0])
	}

	h.answer(r)
	if h.done {
		h.numbers(r)
	}
	for i, key := range form.Split("dates stages amounts before back norow deleted repeats endless tied") {
		if t.n[i] > 0 {
			r.Add(report.Note, report.NoSign, h.say("trouble."+key))
		}
	}
	switch {
	case h.oddUnit:
		r.Add(report.Note, report.Flag, report.Say("trouble.unit", "name", h.header[h.col[value]]))
	case h.noAmounts:
		r.Add(report.Note, report.Flag, h.say("trouble.decimal"))
	}
	if h.done && len(h.currencies.keys) > 1 {
		r.Add(report.Note, report.Flag, report.Say("trouble.currencies", "names", some(h.currencies.keys)))
	}
	if c := h.col[expected]; h.done && h.kind == "deals" && h.col[closed] < 0 && c >= 0 {
		r.Add(report.Note, report.Flag, report.Say("trouble.expected", "name", h.header[c]))
	}
	h.preview(r)
	r.Assume("assume.private", "assume.ending", "assume.order", "assume.share", "assume.time", "assume.row")
	return r
}

// planRows are the milestones of the plan: the stages, and the signature where
// the last of them takes more than one deal.
func (h *history) planRows() milestones {
	if !h.planned {
		return nil
	}
	rows := h.milestones
	if last := len(rows) - 1; rows[last].count > 1 {
		rows = rows[: last+1 : last+1]
		rows.add(&milestone{weeks: 1, count: 1, weight: 100})
	}
	return rows
}

// answer is the verdict.
func (h *history) answer(r *report.Result) {
	verdict, more, sign := "verdict.deals", "verdict.no-stages", report.NoSign
	switch {
	case h.text == "":
		verdict, more = "verdict.empty", "verdict.empty-do"
	case !h.done:
		verdict, more, sign = "verdict.unread", "verdict.unread-do", report.Flag
	case h.rate.n == 0:
		verdict, more, sign = "verdict.undecided", "verdict.undecided-do", report.Flag
	case h.planned:
		verdict, more, sign = "verdict.row", "verdict.rate", report.Bell
	case h.kind != "deals":
		verdict, more = "verdict.stages", "verdict.incomplete"
	}
	r.Add(report.Verdict, sign, h.say(verdict), h.say(more))
}

// numbers are the facts, the reader's own row, and the stages one by one.
func (h *history) numbers(r *report.Result) {
	r.NotedGrid(h.args, "win_rate", "won_days", "cycle_days", "decision_days", "deals")
	if h.open > h.won+h.lost {
		r.Add(report.Note, report.Flag, h.say("mostly-open"))
	}
	h.funnel(r)
	if h.kind == "deals" {
		r.Add(report.Note, report.Flag, h.say("no-stages"))
		return
	}
	r.Add(report.Heading, report.NoSign, h.say("row.title"))
	if h.planned {
		h.hand(r)
	} else {
		r.Add(report.Note, report.Flag, h.say("row.none"))
	}
	r.Add(report.Heading, report.NoSign, h.say("share.title"))
	r.Figure(h.say("figure.caption"), h.say("figure.alt"), true, func(w *report.Words) chart.Chart {
		c := &chart.Funnel{}
		for i := range h.milestones {
			m := h.milestones[i]
			s := chart.Stage{Label: m.name, Value: float64(m.reached), Text: strconv.Itoa(m.reached)}
			if m.share.n > 0 {
				s.Note = w.Say(report.Say("figure.note", "share", percent(m.share.p)))
			}
			c.Stages = append(c.Stages, s)
		}
		return c
	})
	h.table(r, "share", h.milestones, []string{"row.name", "#share.reached", "#share.on", "#share.lost", "#share.open", "#share.share", "#share.range"},
		reachedAt, reachedAt+1, reachedAt+2, reachedAt+3, shareAt, 100+rangeAt)
	r.Add(report.Heading, report.NoSign, h.say("time.title"))
	whole := h.milestones[:len(h.milestones):len(h.milestones)]
	whole.add(&milestone{span: h.cycle})
	h.table(r, "time", whole, []string{"row.name", "#time.known", "#time.median", "#time.range", "#time.on"}, knownAt, daysAt, 100+daysRange, goOnAt)
	r.Add(report.Paragraph, report.NoSign, h.say("time.text"))
}

// hand shows the row and hands it over: it takes the place of the plan's.
func (h *history) hand(r *report.Result) {
	rows := h.planRows()
	h.table(r, "row", rows, []string{"row.name", "#row.count", "#row.exact", "#row.range", "#row.weeks", "#row.weight"},
		countAt, neededAt, 100+neededFrom, weeksAt, weightAt)
	pairs := []any{"milestone", ""}
	for i, m := range rows {
		at := "milestone." + strconv.Itoa(i) + "."
		var name any = cut(m.name)
		if m.name == "" {
			name = h.say("row.else")
		}
		pairs = append(pairs, at+"name", name, at+"weight", strconv.Itoa(m.weight), at+"weeks", strconv.Itoa(m.weeks), at+"count", strconv.Itoa(m.count))
	}
	if h.worth > 0 {
		pairs = append(pairs, "order_value", form.Round(form.Decimal(h.worth, 2)))
	}
	r.Add(report.Paragraph, report.NoSign, h.say("row.text"))
	r.Handoff("plan-965531", h.say("row.hand"), pairs...)
}

// funnel hands the win rate over: by count, and by value where every decided deal
// has one. The funnel takes no less than 1 %.
func (h *history) funnel(r *report.Result) {
	hand := func(key, by string, millionths int64) {
		if millionths >= 10_000 {
			r.Handoff("funnel", h.say(key), "win_rate", form.Trim(form.Decimal(millionths, 4)), "rate_by", by)
		}
	}
	hand("funnel.count", "count", int64(float64(1000*h.rate.p)+.5)*1000)
	hand("funnel.value", "value", (h.byValue+500)/1000*1000)
}

// cut makes a name short enough for the plan: 60 characters.
func cut(s string) string {
	n := 0
	for i := range s {
		if n++; n > 59 {
			return s[:i] + "…"
		}
	}
	return s
}

// preview shows how the file is read: which column is used as what, with the first
// records, and which names of stages are taken as won and lost; and it offers the
// names of columns.
func (h *history) preview(r *report.Result) {
	if len(h.header) == 0 {
		return
	}
	r.Add(report.Heading, report.NoSign, h.say("preview.title"))
	if h.above > 0 {
		r.Add(report.Paragraph, report.NoSign, h.say("preview.above"))
	}
	h.meanings(r)
	caption := "preview.unknown"
	if h.kind != "" && len(h.deals) > 0 {
		caption = "preview." + h.kind
	}
	t := r.Table(h.say(caption), "preview.use", "preview.column", "preview.first", "preview.second", "preview.third")
	used := make([]bool, len(h.header))
	add := func(use any, column int) {
		var cells [3]string
		for i, s := range h.samples {
			cells[i] = short(cell(s, column))
		}
		used[column] = true
		t.Row(use, h.header[column], cells[0], cells[1], cells[2])
	}
	for role := range roles {
		if h.uses(role) {
			add(report.Word("field."+roleNames[role]+".label"), h.col[role])
		}
	}
	for i, role := range []int{changed, oldStage, lostOn, pipeline, currency, deleted} {
		if c := h.col[role]; c >= 0 && !used[c] && (h.kind == "history" || i > 1) && (h.kind != "history" || i != 2) {
			add(report.Word("preview."+[]string{"changed", "old", "lost", "pipeline", "currency", "deleted"}[i]), c)
		}
	}
	if h.kind == "stages" {
		for i, c := range h.entered[:min(len(h.entered), maxStages)] {
			add(report.Say("preview.entered", "stage", h.names[i]), c)
		}
	}
	var rest report.Data
	for i, s := range h.header {
		if !used[i] && len(rest) < 20 {
			rest.Add(report.Text(s))
		}
	}
	if len(rest) > 0 {
		r.Add(report.Paragraph, report.NoSign, report.Say("preview.unused", "names", report.List(rest...)))
	}
	for list, names := range [][]string{h.header, h.pipelines.keys} { // empty too: fields name them
		b := r.Add(report.Suggestions, report.NoSign)
		b.List, b.Names = [2]string{"columns", "pipelines"}[list], names[:min(len(names), 100)]
	}
}

// meanings lists what each name of a stage or an outcome is taken for, so that the
// reader can say otherwise.
func (h *history) meanings(r *report.Result) {
	if len(h.ends) == 0 || len(h.ends) > len(h.stages.keys) {
		return
	}
	r.Add(report.Paragraph, report.NoSign, h.say("meaning.text"))
	t := r.Table(h.say("meaning.caption"), "meaning.name", "#meaning.rows", "meaning.taken")
	for _, end := range []uint8{won, lost, open} {
		for k, e := range h.ends {
			if e == end && k < len(h.times) && h.times[k] > 0 && len(t.Rows) < 40 {
				t.Row(h.stages.keys[k], h.times[k], report.Word([]string{"meaning.open", "meaning.won", "meaning.lost"}[e]))
			}
		}
	}
}

// uses reports whether the kind of file takes a role's column.
func (h *history) uses(role int) bool {
	if h.col[role] < 0 {
		return false
	}
	switch role {
	case date:
		return h.kind == "history"
	case created, closed:
		return h.kind != "history"
	case stage:
		return h.kind == "history" || h.col[outcome] < 0 || h.kind == "stages"
	}
	return true
}
