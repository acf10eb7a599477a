package sheet

import (
	"strconv"

	"playbook/calculators/calendar"
	"playbook/calculators/chart"
	"playbook/calculators/form"
	"playbook/calculators/report"
)

// Compute answers the worksheet's form.
func (s *Sheet) Compute(in *form.Input) (*report.Result, []form.Fault) {
	m := newMachine(s, in)
	r := new(report.Result)
	for i := range s.Values {
		r.Value(s.Values[i].Name, m.show(&s.Values[i].Show))
	}
	decided := true // no condition so far hung on what is unknown
	for _, rule := range s.Verdicts {
		if rule.When != nil {
			if c := m.eval(rule.When); !c.holds() {
				decided = decided && c.known
				continue
			}
		}
		if rule.When == nil && !decided { // "everything else" is not known to be so
			r.Add(report.Verdict, report.NoSign, report.Say("report.sheet.unknown"))
		} else {
			r.Add(report.Verdict, rule.Sign, m.messages(&rule)...)
		}
		break
	}
	for _, t := range m.trouble {
		row := report.Null()
		key := "report.sheet." + t.key
		if t.row >= 0 {
			key += "-row"
			row = report.Count(int64(t.row + 1))
		}
		r.Add(report.Note, report.Flag, report.Say(key, "name", report.Word(t.step.Name), "n", row))
	}
	for i := range s.Values {
		if v := &s.Values[i]; v.Fact {
			r.Fact("fact."+v.Name, m.show(&v.Show))
		}
	}
	for i := range s.Figures {
		m.figure(r, &s.Figures[i])
	}
	for i := range s.Tables {
		m.table(r, &s.Tables[i])
	}
	for i := range s.Notes {
		rule := &s.Notes[i]
		m.each(rule.Group, rule.When, nil, func() {
			r.Add(report.Note, rule.Sign, m.messages(rule)...)
		})
	}
	r.Assume(s.Assumed...)
	if len(s.Assumed) == 0 {
		r.Blocks = r.Blocks[:len(r.Blocks)-1]
	}
	for i := range s.Handoffs {
		m.handoff(r, &s.Handoffs[i])
	}
	m.publish(r)
	return r, nil
}

// each calls do for the rows of a group in which a condition holds, in the falling
// order of an expression if there is one; once for no group.
func (m *machine) each(group int, when, order *Node, do func()) {
	n := 1
	if group >= 0 {
		n = m.counts[group]
	}
	rows := make([]int, n)
	by := make([]Decimal, n)
	for r := range rows {
		if order != nil {
			m.at[0] = r
			v := m.eval(order)
			by[r] = v.num
		}
		at := r
		for ; at > 0 && by[rows[at-1]].Cmp(by[r]) < 0; at-- {
			rows[at] = rows[at-1]
		}
		rows[at] = r
	}
	for _, r := range rows {
		if group >= 0 {
			m.at[0] = r
		}
		if when != nil {
			if c := m.eval(when); !c.holds() {
				continue
			}
		}
		do()
	}
}

func (m *machine) messages(r *Rule) []report.Message {
	args := make([]report.Arg, len(r.Args))
	for i := range r.Args {
		args[i] = report.Arg{Name: r.Args[i].Name, Data: m.show(&r.Args[i].Show)}
	}
	all := make([]report.Message, len(r.Keys))
	for i, key := range r.Keys {
		all[i] = report.Phrase(key, args)
	}
	return all
}

// show is an expression as the report writes it.
func (m *machine) show(s *Show) report.Datum {
	v := m.eval(s.Node)
	if !v.known {
		return report.Null()
	}
	at := s.Places
	switch s.Kind {
	case Money:
		if at < 0 || at > 2 {
			at = 2
		}
		d, _ := v.num.Round(at)
		if n, ok := d.Minor(2); ok {
			return report.Money(n, m.currency())
		}
		return report.Exact(d.Text(2))
	case Percent:
		if at < 0 || at > 4 {
			at = 2
		}
		d, _ := v.num.Round(at + 2)
		if n, ok := d.Minor(6); ok {
			return report.Percent(n)
		}
		d, ok := d.Mul(Int(100))
		if !ok {
			return report.Null()
		}
		return report.Exact(d.Text(at))
	case Date:
		n, ok := v.num.Whole()
		if !ok || n < -700_000 || n > 2_900_000 { // years 1 to 9999
			return report.Null()
		}
		d := calendar.FromNumber(int(n))
		return report.Date(d.Year, d.Month, d.Day)
	case Text:
		if v.text.word != "" {
			return report.Word(v.text.word)
		}
		return report.Text(v.text.is)
	case Bool:
		return report.Bool(v.holds())
	}
	text := ""
	if at < 0 {
		text = form.Trim(v.num.Text(6))
	} else {
		text = v.num.Text(at)
	}
	return report.Exact(text)
}

// currency is the code of the worksheet's currency, "" where it has none.
func (m *machine) currency() string {
	for i := range m.Form.Fields {
		if m.Form.Fields[i].Kind == form.Currency {
			return m.in.Text(m.Form.Fields[i].Name)
		}
	}
	return ""
}

func (m *machine) table(r *report.Result, t *Table) {
	table := &report.Table{Caption: report.Phrase(t.Caption, nil)}
	for i := range t.Columns {
		table.Columns = append(table.Columns, report.Column{
			Head: report.Phrase(t.Heads[i], nil), Numeric: t.Columns[i].Kind <= Money,
		})
	}
	m.each(t.Group, t.When, t.Order, func() {
		var row []report.Cell
		for i := range t.Columns {
			row = append(row, report.Cell{Data: m.show(&t.Columns[i])})
		}
		table.Rows = append(table.Rows, row)
	})
	if len(table.Rows) > 0 {
		r.Add(report.TableOf, report.NoSign).Table = table
	}
}

// point is a row of a figure.
type point struct {
	label, text report.Datum
	value, most float64
	flag        bool
}

// drawing is a figure with what was computed.
type drawing struct {
	*Figure
	points []point
}

func (m *machine) figure(r *report.Result, f *Figure) {
	d := &drawing{Figure: f}
	m.each(f.Group, f.When, f.Order, func() {
		v := m.eval(f.Value.Node)
		if !v.known {
			return
		}
		p := point{label: m.show(&f.Label), text: m.show(&f.Value), value: v.num.Float()}
		if f.Most.Node != nil {
			most := m.eval(f.Most.Node)
			p.most = most.num.Float()
		}
		if f.Flag != nil {
			c := m.eval(f.Flag)
			p.flag = c.holds()
		}
		d.points = append(d.points, p)
	})
	if len(d.points) > 0 {
		caption := report.Phrase(f.Caption, nil)
		r.Figure(caption, caption, false, d.draw)
	}
}

func (d *drawing) draw(w *report.Words) chart.Chart {
	bars, radar, funnel := new(chart.Bars), new(chart.Radar), new(chart.Funnel)
	for _, p := range d.points {
		label, text, sign := w.Format(p.label), w.Format(p.text), ""
		if p.flag {
			sign = report.Flag.String()
		}
		bars.Items = append(bars.Items, chart.BarItem{Label: label, Value: p.value, Text: text, Sign: sign})
		radar.Axes = append(radar.Axes, chart.Spoke{Label: label, Value: p.value, Max: p.most, Text: text, Sign: sign})
		funnel.Stages = append(funnel.Stages, chart.Stage{Label: label, Value: p.value, Text: text})
	}
	switch d.Kind {
	case "radar":
		return radar
	case "funnel":
		return funnel
	}
	return bars
}

// handoff gives what is known to another calculator.
func (m *machine) handoff(r *report.Result, h *Handoff) {
	if h.When != nil {
		if c := m.eval(h.When); !c.holds() {
			return
		}
	}
	var pairs []any
	for i := range h.Gives {
		g := &h.Gives[i]
		group, field, n := "", g.Field, 0
		if g.Group >= 0 {
			for at := range len(field) {
				if field[at] == '.' {
					group, field = field[:at+1], field[at+1:]
					break
				}
			}
		}
		m.each(g.Group, nil, nil, func() {
			name := g.Field
			if g.Group >= 0 {
				name = group + strconv.Itoa(n) + "." + field
				n++
			}
			if given := m.give(&g.Show); given != nil {
				pairs = append(pairs, name, given)
			}
		})
	}
	if len(pairs) > 0 {
		r.Handoff(h.To, report.Phrase(h.Key, nil), pairs...)
	}
}

// give is a value as a form takes it, nil for what is unknown.
func (m *machine) give(s *Show) any {
	v := m.eval(s.Node)
	if !v.known {
		return nil
	}
	switch s.Kind {
	case Text:
		if v.text.word != "" && !v.text.code {
			return report.Phrase(v.text.word, nil)
		}
		return v.text.is
	case Date:
		n, _ := v.num.Whole()
		return calendar.FromNumber(int(n)).String()
	case Bool:
		if v.holds() {
			return "yes"
		}
		return "no"
	case Percent:
		d, ok := v.num.Mul(Int(100))
		if !ok {
			return nil
		}
		return form.Trim(d.Text(4))
	}
	return form.Trim(v.num.Text(2))
}

// publish adds the computed columns as values: lists under "group.column".
func (m *machine) publish(r *report.Result) {
	for i := range m.Steps {
		s := &m.Steps[i]
		if s.Group < 0 {
			continue
		}
		column := &m.Groups[s.Group].Columns[s.Index]
		if !column.Told {
			continue
		}
		show := Show{Node: &Node{Op: CellOf, N: s.Group, M: s.Index}, Kind: column.Kind, Places: s.Places}
		if column.Kind == Percent && show.Places >= 0 {
			show.Places -= 2
		}
		var list []report.Datum
		m.each(s.Group, nil, nil, func() { list = append(list, m.show(&show)) })
		r.Value(m.Groups[s.Group].Name+"."+column.Name, report.List(list...))
	}
}
