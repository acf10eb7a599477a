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
		{Name: "ratio", Data: e.ratio()},
		{Name: "verdict", Data: verdict(e.buy())},
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

func say(key string) report.Message { return report.Message{Key: key} }

// say is a message about both sides: {problem} and {remedy} are their totals.
func (e *equation) say(key string) report.Message {
	return say(key).With("problem", e.money(e.problemTotal)).With("remedy", e.money(e.remedyTotal))
}

// blocks is the report, in reading order.
func (e *equation) blocks() []report.Block {
	blocks := []report.Block{e.answer(), e.figure(), e.facts()}
	blocks = append(blocks, e.unpricedBlocks()...)
	blocks = append(blocks,
		report.Block{Kind: report.Heading, Text: []report.Message{say("rows.heading")}},
		e.table(&e.problem), e.table(&e.remedy))
	blocks = append(blocks, e.time()...)
	blocks = append(blocks, e.cases()...)
	return append(blocks, report.Block{Kind: report.Assumptions, Text: []report.Message{
		say("assume.unpriced"), say("assume.totals"), say("assume.npv"), say("assume.payback"), say("assume.cases"),
	}})
}

// answer is the verdict and what must be true for the other one.
func (e *equation) answer() report.Block {
	b := report.Block{Kind: report.Verdict, Sign: report.Flag}
	n := report.Count(int64(e.problem.unpriced))
	missing := e.money(e.missing())
	switch {
	case e.buy():
		b.Sign = report.Bell
		b.Text = append(b.Text, e.say("answer.buy"), say("answer.ahead").With("amount", e.money(e.problemTotal-e.remedyTotal)))
		if e.problem.unpriced > 0 {
			b.Text = append(b.Text, say("answer.more").With("n", n))
		}
	case e.missing() == 0:
		b.Text = append(b.Text, e.say("answer.level"), say("answer.level-more"))
	case e.problem.unpriced > 0:
		b.Text = append(b.Text, e.say("answer.dont-buy"), say("answer.must").With("n", n).With("missing", missing))
	default:
		b.Text = append(b.Text, e.say("answer.dont-buy"), say("answer.must-find").With("missing", missing))
	}
	return b
}

func (e *equation) facts() report.Block {
	note := func(m report.Message) *report.Message { return &m }
	facts := []report.Fact{
		{Label: say("fact.problem"), Data: e.money(e.problemTotal)},
		{Label: say("fact.remedy"), Data: e.money(e.remedyTotal)},
		{Label: say("fact.ratio"), Data: e.ratio(), Note: note(say("fact.ratio-note"))},
		{Label: say("fact.missing"), Data: e.money(e.missing())},
		{Label: say("fact.npv"), Data: e.money(e.npv), Note: note(say("fact.npv-note").With("years", report.Count(e.years)).With("rate", report.Percent(e.rate)))},
		{Label: say("fact.delay"), Data: e.money(e.delay)},
		{Label: say("fact.payback"), Data: e.paybackMonth()},
		{Label: say("fact.unpriced"), Data: report.Count(int64(e.problem.unpriced))},
	}
	return report.Block{Kind: report.Facts, Facts: facts}
}

func (e *equation) paybackNote() report.Message {
	switch e.payback {
	case -1:
		return say("payback.never").With("years", report.Count(e.years))
	case 0:
		return say("payback.now")
	}
	return say("payback.month").With("month", report.Count(e.payback))
}

// unpricedBlocks lists what has no price, and tells the seller what to do.
func (e *equation) unpricedBlocks() []report.Block {
	var blocks []report.Block
	if e.problem.unpriced > 0 {
		var names []report.Message
		for i, r := range e.problem.rows {
			if !r.priced {
				names = append(names, e.problem.label(i))
			}
		}
		blocks = append(blocks,
			report.Block{Kind: report.Heading, Text: []report.Message{say("unpriced.heading")}},
			report.Block{Kind: report.Items, Text: names},
			report.Block{Kind: report.Note, Sign: report.Bell, Seller: true, Text: []report.Message{say("unpriced.ask")}})
	}
	if e.remedy.unpriced > 0 {
		blocks = append(blocks, report.Block{Kind: report.Note, Sign: report.Flag, Text: []report.Message{
			say("unpriced.remedy").With("n", report.Count(int64(e.remedy.unpriced)))}},
			report.Block{Kind: report.Note, Sign: report.Bell, Seller: true, Text: []report.Message{say("unpriced.remedy-ask")}})
	}
	return blocks
}

// label names a row: as typed, or by its number where it has no name.
func (s *side) label(i int) report.Message {
	if s.rows[i].name != "" {
		return say("rows.name").With("name", report.Text(s.rows[i].name))
	}
	return say("group."+s.group+".row").With("n", report.Count(int64(i+1)))
}

// table lists the rows of a side with their shares. Columns that would say
// nothing are left out.
func (e *equation) table(s *side) report.Block {
	total := s.sum.over(e.years)
	t := &report.Table{
		Caption: say("rows."+s.group).With("years", report.Count(e.years)).With("currency", report.Currency(e.currency)),
		Columns: []report.Column{{Head: say("rows.what")}, {Head: say("rows.amount"), Numeric: true}},
	}
	if s.recurs {
		t.Columns = append(t.Columns, report.Column{Head: say("rows.every")}, report.Column{Head: say("rows.total"), Numeric: true})
	}
	t.Columns = append(t.Columns, report.Column{Head: say("rows.share"), Numeric: true})
	if s.bounds {
		t.Columns = append(t.Columns, report.Column{Head: say("rows.low"), Numeric: true}, report.Column{Head: say("rows.high"), Numeric: true})
	}
	if s.sourced {
		t.Columns = append(t.Columns, report.Column{Head: say("rows.source")})
	}
	amount := func(minor int64, known bool) report.Cell {
		if !known {
			return report.Cell{}
		}
		return report.Cell{Data: report.Money(minor, "")}
	}
	share := func(minor int64) report.Cell {
		if total == 0 {
			return report.Cell{}
		}
		return report.Cell{Data: report.Percent(part(minor, total, 1000) * 1000)} // to a tenth of a percent
	}
	for i, r := range s.rows {
		label := s.label(i)
		cells := []report.Cell{{Message: &label}}
		if unpriced := say("rows.unpriced"); r.priced {
			cells = append(cells, amount(r.amount, true))
		} else {
			cells = append(cells, report.Cell{Message: &unpriced})
		}
		if s.recurs {
			cells = append(cells, report.Cell{Data: report.Word("option.every." + r.every)}, amount(r.total(e.years), r.priced))
		}
		if r.priced {
			cells = append(cells, share(r.total(e.years)))
		} else {
			cells = append(cells, report.Cell{})
		}
		if s.bounds {
			cells = append(cells, amount(r.low, r.hasLow), amount(r.high, r.hasHigh))
		}
		if s.sourced {
			cells = append(cells, report.Cell{Data: report.Text(r.source)})
		}
		t.Rows = append(t.Rows, cells)
	}
	sum := say("rows.sum")
	cells := []report.Cell{{Message: &sum}}
	if s.recurs {
		cells = append(cells, report.Cell{Data: report.Text("")}, report.Cell{Data: report.Text("")})
	}
	cells = append(cells, amount(total, true), share(total))
	for len(cells) < len(t.Columns) {
		cells = append(cells, report.Cell{Data: report.Text("")})
	}
	t.Rows = append(t.Rows, cells)
	return report.Block{Kind: report.TableOf, Table: t}
}

// time says what waiting costs and when the remedy has paid for itself.
func (e *equation) time() []report.Block {
	text := []report.Message{e.paybackNote()}
	if e.delay > 0 {
		text = []report.Message{say("delay.month").With("cost", e.money(e.delay)), e.paybackNote()}
	}
	blocks := []report.Block{
		{Kind: report.Heading, Text: []report.Message{say("delay.heading")}},
		{Kind: report.Paragraph, Text: text},
	}
	if e.delay == 0 {
		blocks = append(blocks, report.Block{Kind: report.Note, Sign: report.Flag, Seller: true, Text: []report.Message{say("delay.none")}})
	}
	return blocks
}

// cases sets the worst and the best case beside the numbers as entered.
func (e *equation) cases() []report.Block {
	bounds := e.problem.bounds || e.remedy.bounds
	blocks := []report.Block{{Kind: report.Heading, Text: []report.Message{say("cases.heading")}, Seller: !bounds}}
	if !bounds {
		return append(blocks, report.Block{Kind: report.Paragraph, Text: []report.Message{say("cases.none")}, Seller: true})
	}
	t := &report.Table{
		Caption: say("cases.caption").With("years", report.Count(e.years)).With("currency", report.Currency(e.currency)),
		Columns: []report.Column{
			{Head: say("cases.case")}, {Head: say("cases.problem"), Numeric: true},
			{Head: say("cases.remedy"), Numeric: true}, {Head: say("cases.verdict")},
		},
	}
	for _, c := range []struct {
		key string
		o   outcome
	}{
		{"cases.worst", e.worst},
		{"cases.entered", outcome{e.problemTotal, e.remedyTotal}},
		{"cases.best", e.best},
	} {
		label, sign, word := say(c.key), report.Flag, say("verdict.dont_buy")
		if c.o.buy() {
			sign, word = report.Bell, say("verdict.buy")
		}
		t.Rows = append(t.Rows, []report.Cell{
			{Message: &label}, {Data: report.Money(c.o.problem, "")}, {Data: report.Money(c.o.remedy, "")},
			{Message: &word, Sign: sign},
		})
	}
	note := report.Block{Kind: report.Note, Sign: report.Flag, Text: []report.Message{say("cases.open")}}
	if e.holds() {
		note = report.Block{Kind: report.Note, Sign: report.Bell, Text: []report.Message{say("cases.holds")}}
	}
	return append(blocks, note, report.Block{Kind: report.TableOf, Table: t})
}

// figure is the tipping balance (deck slides 25 and 26).
func (e *equation) figure() report.Block {
	end, tilt, sign := "dont-buy", chart.Right, "flag"
	switch {
	case e.buy():
		end, tilt, sign = "buy", chart.Left, "bell"
	case e.missing() == 0:
		end, tilt = "level", chart.Level
	}
	return report.Block{Kind: report.FigureOf, Figure: &report.Figure{
		Caption: say("balance.caption"),
		Alt:     e.say("balance.alt-"+end).With("n", report.Count(int64(e.problem.unpriced))),
		Told:    true,
		Draw: func(w *report.Words) chart.Chart {
			return &chart.Balance{
				Left:    e.problem.pan(w, e.years, e.money(e.problemTotal)),
				Right:   e.remedy.pan(w, e.years, e.money(e.remedyTotal)),
				Tilt:    tilt,
				Verdict: w.Say(say("balance." + end)),
				Sign:    sign,
			}
		},
	}}
}

// panItems is how many weights a pan shows; what lies beyond is one weight.
const panItems = 7

// pan is a side as the balance shows it: the first weights in the order of the
// form.
func (s *side) pan(w *report.Words, years int64, total report.Datum) chart.Pan {
	p := chart.Pan{Label: w.Say(say("balance." + s.group)), Total: w.Format(total)}
	var rest int64
	for i, r := range s.rows {
		if len(s.rows) > panItems && i >= panItems-1 {
			rest += r.total(years)
			continue
		}
		item := chart.Weight{Label: w.Say(s.label(i)), Unpriced: !r.priced, Text: "?"}
		if r.priced {
			item.Value, item.Text = float64(r.total(years))/100, w.Amount(r.total(years))
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
