package valueequation

import (
	"playbook/calculators/chart"
	"playbook/calculators/report"
)

func (e *equation) money(minor int64) report.Datum { return report.Money(minor, e.currency) }

func verdict(buy bool) report.Datum {
	if buy {
		return report.Code("buy")
	}
	return report.Code("dont_buy")
}

// ratio is the problem ÷ the remedy, Null without a remedy.
func (e *equation) ratio() report.Datum {
	if e.remedyTotal == 0 {
		return report.Null()
	}
	return report.Exact(ratio(e.problemTotal, e.remedyTotal))
}

func (e *equation) paybackMonth() report.Datum {
	if e.payback < 0 {
		return report.Null()
	}
	return report.Count(e.payback)
}

func (e *equation) values() []report.Value {
	return []report.Value{
		{Name: "problem_total", Data: e.money(e.problemTotal)},
		{Name: "remedy_total", Data: e.money(e.remedyTotal)},
		{Name: "hard_total", Data: e.money(e.hardTotal)},
		{Name: "soft_total", Data: e.money(e.problemTotal - e.hardTotal)},
		{Name: "ratio", Data: e.ratio()},
		{Name: "verdict", Data: verdict(e.buy())},
		{Name: "verdict_hard", Data: verdict(e.hard())},
		{Name: "missing", Data: e.money(e.missing())},
		{Name: "npv", Data: e.money(e.npv)},
		{Name: "cost_of_delay_month", Data: e.money(e.delay)},
		{Name: "payback_month", Data: e.paybackMonth()},
		{Name: "verdict_worst", Data: verdict(e.worst.buy())},
		{Name: "verdict_best", Data: verdict(e.best.buy())},
		{Name: "verdict_holds", Data: report.Bool(e.holds())},
		{Name: "unpriced", Data: report.Count(int64(e.problem.unpriced))},
	}
}

func say(key string) report.Message { return report.Phrase(key, nil) }

// say is a message about both sides: {problem} and {remedy} are their totals.
func (e *equation) say(key string) report.Message {
	return say(key).With("problem", e.money(e.problemTotal)).With("remedy", e.money(e.remedyTotal))
}

// report is the whole answer, in reading order.
func (e *equation) report() *report.Result {
	r := &report.Result{Values: e.values()}
	e.answer(r)
	e.figure(r)
	e.facts(r)
	e.unpriced(r)
	r.Add(report.Heading, report.NoSign, say("rows.heading"))
	e.table(r, &e.problem, false)
	e.table(r, &e.remedy, false)
	e.time(r)
	e.cases(r)
	r.Assume("assume.unpriced", "assume.removes", "assume.totals", "assume.npv", "assume.payback", "assume.cases")
	r.Buyer = e.buyerPage()
	return r
}

// answer is the verdict and what must be true for the other one.
func (e *equation) answer(r *report.Result) {
	sign, key, more, n := report.Flag, "answer.dont-buy", "answer.must-find", e.problem.unpriced
	if n > 0 {
		sign = report.NoSign // not enough is known yet
	}
	switch {
	case e.buy() && e.remedy.unpriced > 0:
		sign, key, more = report.NoSign, "answer.buy", "answer.ahead"
	case e.buy():
		sign, key, more = report.Bell, "answer.buy", "answer.ahead"
	case e.missing() == 0:
		key, more = "answer.level", "answer.level-more"
	case n > 0:
		more = "answer.must"
	}
	b := r.Add(report.Verdict, sign, e.say(key), report.Say(more, "n", n, "missing", e.money(e.missing()), "amount", e.money(e.problemTotal-e.remedyTotal)))
	if e.buy() && n > 0 {
		b.Text = append(b.Text, report.Say("answer.more", "n", n))
	}
	if e.problem.soft {
		sign, key := report.NoSign, "soft.enough"
		switch {
		case e.buy() && !e.hard():
			sign, key = report.Flag, "soft.needed"
		case !e.buy():
			key = "soft.short"
		}
		r.Add(report.Note, sign, report.Say(key, "hard", e.money(e.hardTotal), "soft", e.money(e.problemTotal-e.hardTotal)))
	}
}

func (e *equation) facts(r *report.Result) {
	r.Fact("fact.problem", e.money(e.problemTotal))
	r.Fact("fact.remedy", e.money(e.remedyTotal))
	r.Fact("fact.ratio", e.ratio()).Note = say("fact.ratio-note")
	r.Fact("fact.missing", e.money(e.missing()))
	r.Fact("fact.npv", e.money(e.npv)).Note = report.Say("fact.npv-note", "years", int(e.years), "rate", report.Percent(e.rate))
	r.Fact("fact.delay", e.money(e.delay))
	r.Fact("fact.payback", e.paybackMonth())
	r.Fact("fact.unpriced", e.problem.unpriced)
}

func (e *equation) paybackNote() report.Message {
	key := "payback.month"
	switch e.payback {
	case -1:
		key = "payback.never"
	case 0:
		key = "payback.now"
	}
	return report.Say(key, "years", int(e.years), "month", int(e.payback))
}

// unpriced lists what has no price, and tells the seller what to do.
func (e *equation) unpriced(r *report.Result) {
	if e.problem.unpriced > 0 {
		var names []report.Message
		for i := range e.problem.rows {
			if !e.problem.rows[i].priced {
				names = append(names, e.problem.label(i))
			}
		}
		r.Add(report.Heading, report.NoSign, say("unpriced.heading"))
		r.Add(report.Items, report.NoSign, names...)
		r.Add(report.Note, report.Bell, say("unpriced.ask"))
	}
	if n := e.remedy.unpriced; n > 0 {
		r.Add(report.Note, report.Flag, report.Say("unpriced.remedy", "n", n))
		r.Add(report.Note, report.Bell, say("unpriced.remedy-ask"))
	}
}

// label names a row: as typed, or by its number where it has no name.
func (s *side) label(i int) report.Message {
	if s.rows[i].name != "" {
		return report.Say("rows.name", "name", s.rows[i].name)
	}
	return report.Say("group."+s.group+".row", "n", i+1)
}

// amount is money under a head that names its currency; Null where it is not
// known.
func amount(minor int64, known bool) report.Datum {
	if !known {
		return report.Null()
	}
	return report.Money(minor, "")
}

// table lists the rows of a side, what they count for and, unless it is for the
// buyer, their shares, bounds, kinds and sources. Columns that would say nothing are
// left out.
func (e *equation) table(r *report.Result, s *side, buyer bool) {
	months := e.months(s)
	total := s.sum.over(months)
	heads := []string{"rows.what", "#rows.amount"}
	if s.recurs {
		heads = append(heads, "rows.every")
	}
	if s.partly {
		heads = append(heads, "#rows.removes")
	}
	if s.recurs || s.partly {
		heads = append(heads, "#rows.total")
	}
	counts := len(heads) - 1 // the column that the sum stands in
	if !buyer {
		heads = append(heads, "#rows.share")
		if s.bounds {
			heads = append(heads, "#rows.low", "#rows.high")
		}
		if s.soft {
			heads = append(heads, "rows.kind")
		}
		if s.sourced {
			heads = append(heads, "rows.source")
		}
	}
	t := r.Table(report.Say("rows."+s.group, "years", int(e.years), "currency", report.Currency(e.currency)), heads...)
	share := func(minor int64, known bool) report.Datum {
		if total == 0 || !known {
			return report.Null()
		}
		return report.Percent(part(minor, total, 1000) * 1000) // to a tenth of a percent
	}
	for i := range s.rows {
		row := &s.rows[i]
		cells := []any{s.label(i), say("rows.unpriced")}
		if row.priced {
			cells[1] = amount(row.stated[0], true)
		}
		if s.recurs {
			cells = append(cells, report.Word("option.every."+row.every))
		}
		if s.partly {
			cells = append(cells, report.Percent(row.removes))
		}
		if s.recurs || s.partly {
			cells = append(cells, amount(row.total(months), row.priced))
		}
		if buyer {
			t.Row(cells...)
			continue
		}
		cells = append(cells, share(row.total(months), row.priced))
		if s.bounds {
			cells = append(cells, amount(row.stated[1], row.hasLow), amount(row.stated[2], row.hasHigh))
		}
		if s.soft {
			key := "option.kind.hard"
			if row.soft {
				key = "option.kind.soft"
			}
			cells = append(cells, report.Word(key))
		}
		if s.sourced {
			cells = append(cells, row.source)
		}
		t.Row(cells...)
	}
	cells := []any{say("rows.sum")}
	for len(cells) < counts {
		cells = append(cells, "")
	}
	cells = append(cells, amount(total, true))
	if !buyer {
		cells = append(cells, share(total, true))
	}
	for len(cells) < len(heads) {
		cells = append(cells, "")
	}
	t.Row(cells...)
}

// time says what waiting costs and when the remedy has paid for itself.
func (e *equation) time(r *report.Result) {
	r.Add(report.Heading, report.NoSign, say("delay.heading"))
	if e.delay > 0 {
		r.Add(report.Paragraph, report.NoSign, report.Say("delay.month", "cost", e.money(e.delay)), e.paybackNote())
		return
	}
	r.Add(report.Paragraph, report.NoSign, e.paybackNote())
	r.Add(report.Note, report.Flag, say("delay.none"))
}

// cases sets the worst and the best case beside the numbers as entered.
func (e *equation) cases(r *report.Result) {
	bounds := e.problem.bounds || e.remedy.bounds
	r.Add(report.Heading, report.NoSign, say("cases.heading"))
	if !bounds {
		r.Add(report.Paragraph, report.NoSign, say("cases.none"))
		return
	}
	if e.holds() {
		r.Add(report.Note, report.Bell, say("cases.holds"))
	} else {
		r.Add(report.Note, report.Flag, say("cases.open"))
	}
	t := r.Table(report.Say("cases.caption", "years", int(e.years), "currency", report.Currency(e.currency)),
		"cases.case", "#cases.problem", "#cases.remedy", "cases.verdict")
	for i, o := range [...]outcome{e.worst, {e.problemTotal, e.remedyTotal}, e.best} {
		verdict := report.Cell{Data: report.Word("verdict.dont_buy"), Sign: report.Flag}
		if o.buy() {
			verdict = report.Cell{Data: report.Word("verdict.buy"), Sign: report.Bell}
		}
		t.Row(say([...]string{"cases.worst", "cases.entered", "cases.best"}[i]), amount(o.problem, true), amount(o.remedy, true), verdict)
	}
}

// tilted says which way the scales tip: "buy", "level" or "dont-buy".
func (e *equation) tilted() string {
	switch {
	case e.buy():
		return "buy"
	case e.missing() == 0:
		return "level"
	}
	return "dont-buy"
}

// figure is the tipping balance (deck slides 25 and 26).
func (e *equation) figure(r *report.Result) {
	r.Figure(say("balance.caption"), e.say("balance.alt-"+e.tilted()).With("n", report.Count(int64(e.problem.unpriced))), true,
		func(w *report.Words) chart.Chart { return e.balance(w) })
}

func (e *equation) balance(w *report.Words) *chart.Balance {
	end := e.tilted()
	c := &chart.Balance{
		Left:    e.problem.pan(w, e.months(&e.problem), e.money(e.problemTotal)),
		Right:   e.remedy.pan(w, e.months(&e.remedy), e.money(e.remedyTotal)),
		Tilt:    chart.Right,
		Verdict: w.Say(say("balance." + end)),
		Sign:    "flag",
	}
	switch end {
	case "buy":
		c.Tilt, c.Sign = chart.Left, "bell"
	case "level":
		c.Tilt = chart.Level
	}
	return c
}

// panItems is how many weights a pan shows; what lies beyond is one weight.
const panItems = 7

// pan is a side as the balance shows it: the first weights in the order of the
// form.
func (s *side) pan(w *report.Words, months int64, total report.Datum) chart.Pan {
	p := chart.Pan{Label: w.Say(say("balance." + s.group)), Total: w.Format(total)}
	var rest int64
	for i, r := range s.rows {
		if len(s.rows) > panItems && i >= panItems-1 {
			rest += r.total(months)
			continue
		}
		item := chart.Weight{Label: w.Say(s.label(i)), Unpriced: !r.priced, Text: "?"}
		if r.priced {
			item.Value, item.Text = float64(r.total(months))/100, w.Amount(r.total(months))
		}
		p.Items = append(p.Items, item)
	}
	if n := len(s.rows) - len(p.Items); n > 0 {
		p.Items = append(p.Items, chart.Weight{
			Label: w.Say(say("balance.more").With("n", report.Count(int64(n)))),
			Value: float64(rest) / 100, Text: w.Amount(rest), Unpriced: rest == 0,
		})
	}
	return p
}
