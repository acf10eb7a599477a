package report

import (
	"playbook/calculators/chart"
	"playbook/calculators/form"
)

// Say is a message: its key, and its arguments as names and values by turns. A
// value is a Datum, an int (a count), or a string (what the reader typed).
//
//	report.Say("answer.ahead", "n", len(rows), "amount", report.Money(n, currency))
func Say(key string, args ...any) Message {
	var all []Arg
	for i := 0; i+1 < len(args); i += 2 {
		all = append(all, Arg{args[i].(string), datum(args[i+1])})
	}
	return Phrase(key, all)
}

// datum is a value as the methods of this file take it.
func datum(v any) Datum {
	switch v := v.(type) {
	case Datum:
		return v
	case int:
		return Count(int64(v))
	case string:
		return Text(v)
	}
	return Null()
}

// Args are the named data that the messages of a report share: a message uses
// those that it names. A report whose messages all take the same list is the
// smallest.
//
//	var all report.Args
//	all.Count("calls", len(calls))
//	all.Add("worth", report.Money(worth, currency))
//	r.Publish(all)
//	r.Add(report.Verdict, report.Bell, all.Say("answer"))
type Args []Arg

// Add adds a datum under its name.
func (a *Args) Add(name string, d Datum) { *a = append(*a, Arg{name, d}) }

// Count adds a whole number under its name.
func (a *Args) Count(name string, n int) { a.Add(name, Count(int64(n))) }

// Say is the message of a key with these arguments.
func (a Args) Say(key string) Message { return Phrase(key, a) }

// Value adds a computed number under its stable name.
func (r *Result) Value(name string, d Datum) {
	r.Values = append(r.Values, Value{name, d})
}

// Count adds a whole number under its stable name.
func (r *Result) Count(name string, n int) { r.Value(name, Count(int64(n))) }

// Add adds a block and returns it, for what the other methods have no argument
// for; the pointer is good until the next block.
func (r *Result) Add(kind BlockKind, sign Sign, text ...Message) *Block {
	r.Blocks = append(r.Blocks, Block{Kind: kind, Sign: sign, Text: text})
	return &r.Blocks[len(r.Blocks)-1]
}

// Fact adds a named number, a value as in Say, to the grid of facts; the first of
// several begins it.
func (r *Result) Fact(label string, value any) *Fact {
	n := len(r.Blocks)
	if n == 0 || r.Blocks[n-1].Kind != Facts {
		r.Add(Facts, NoSign)
		n++
	}
	b := &r.Blocks[n-1]
	b.Facts = append(b.Facts, Fact{Label: Phrase(label, nil), Data: datum(value)})
	return &b.Facts[len(b.Facts)-1]
}

// Table adds a table. A column's head is a key; one that begins with "#" holds
// numbers.
func (r *Result) Table(caption Message, columns ...string) *Table {
	t := &Table{Caption: caption}
	for _, key := range columns {
		numeric := key[0] == '#'
		if numeric {
			key = key[1:]
		}
		t.Columns = append(t.Columns, Column{Head: Phrase(key, nil), Numeric: numeric})
	}
	r.Add(TableOf, NoSign).Table = t
	return t
}

// Row adds a row. A cell is a Cell, a Message, or a value as in Say.
func (t *Table) Row(cells ...any) {
	var row []Cell
	for _, v := range cells {
		cell, ok := v.(Cell)
		if m, is := v.(Message); is {
			cell.Message = m
		} else if !ok {
			cell.Data = datum(v)
		}
		row = append(row, cell)
	}
	t.Rows = append(t.Rows, row)
}

// Figure adds a drawing. covered: a table of the report holds its content.
func (r *Result) Figure(caption, alt Message, covered bool, draw func(w *Words) chart.Chart) {
	r.Add(FigureOf, NoSign).Figure = &Figure{Caption: caption, Alt: alt, CoveredByTable: covered, Draw: draw}
}

// Assume adds the list of what is assumed.
func (r *Result) Assume(keys ...string) {
	b := r.Add(Assumptions, NoSign)
	for _, key := range keys {
		b.Text = append(b.Text, Phrase(key, nil))
	}
}

// Handoff adds input for another calculator, names and values by turns: a value
// is a string (what the reader typed, a code) or a Message. Handoffs that follow
// one another make one list.
func (r *Result) Handoff(to string, text Message, pairs ...any) {
	n := len(r.Blocks)
	if n == 0 || r.Blocks[n-1].Kind != Handoffs {
		r.Add(Handoffs, NoSign)
		n++
	}
	h := Handoff{To: to, Text: text}
	for i := 0; i+1 < len(pairs); i += 2 {
		g := Given{Name: pairs[i].(string)}
		switch v := pairs[i+1].(type) {
		case string:
			g.Value = v
		case Message:
			g.Say = v
		}
		h.Given = append(h.Given, g)
	}
	r.Blocks[n-1].Handoffs = append(r.Blocks[n-1].Handoffs, h)
}

// Field is what a field of any kind but Rows holds, Null where that is nothing;
// money comes without its currency.
func Field(set *form.Set, name string) Datum {
	if !set.Given(name) {
		return Null()
	}
	switch set.Kind(name) {
	case form.Integer:
		return Count(set.Int(name))
	case form.Number:
		return Fixed(set.Number(name))
	case form.Percent:
		return Percent(set.Percent(name))
	case form.Date:
		d := set.Date(name)
		return Date(d.Year, d.Month, d.Day)
	case form.Month:
		m := set.Month(name)
		return Month(m.Year, m.Month)
	case form.Money:
		return Money(set.Money(name), "")
	case form.Choice:
		return Word("option." + name + "." + set.Text(name))
	case form.Many:
		var list []Datum
		for _, o := range form.Split(set.Text(name)) {
			list = append(list, Word("option."+name+"."+o))
		}
		return List(list...)
	}
	return Text(set.Text(name))
}

// Publish adds arguments as values under their names.
func (r *Result) Publish(all Args) {
	for _, a := range all {
		r.Value(a.Name, a.Data)
	}
}

// Grid adds those named of some arguments to the grid of facts, labelled
// "fact.NAME".
func (r *Result) Grid(all Args, names ...string) {
	for _, name := range names {
		for _, a := range all {
			if a.Name == name {
				r.Fact("fact."+name, a.Data)
			}
		}
	}
}

// NotedGrid is Grid with a note under each number, "fact.NAME-note"; it returns
// the facts.
func (r *Result) NotedGrid(all Args, names ...string) []Fact {
	r.Grid(all, names...)
	facts := r.Blocks[len(r.Blocks)-1].Facts
	for i := range facts {
		facts[i].Note = all.Say(facts[i].Label.Key + "-note")
	}
	return facts
}

// Texts is a list of what the reader typed.
func Texts(list []string) Datum {
	var all []Datum
	for _, s := range list {
		all = append(all, Text(s))
	}
	return List(all...)
}

// Sheet adds rows of a form as they were filled in, under the labels of their
// fields, whose names have spaces between. Rows without any text are left out,
// and so is a table without rows.
func (r *Result) Sheet(caption Message, group string, rows []*form.Set, fields string) {
	names := form.Split(fields)
	var t *Table
	for _, set := range rows {
		var cells []any
		written := false
		for _, name := range names {
			written = written || set.Kind(name) == form.Text && set.Given(name)
			cells = append(cells, Field(set, name))
		}
		if !written {
			continue
		}
		if t == nil {
			t = r.Table(caption)
			for _, name := range names {
				t.Columns = append(t.Columns, Column{Head: Phrase("group."+group+"."+name+".label", nil)})
			}
		}
		t.Row(cells...)
	}
}

// Missing is what a thing lacks, as a cell with a flag: of some words, PREFIX.NAME,
// those whose bit is set; nothing where that is none.
func Missing(prefix string, names []string, bits int) Cell {
	cell := Cell{Data: Text("")}
	var words []Datum
	for i, name := range names {
		if bits>>i&1 > 0 {
			words = append(words, Word(prefix+"."+name))
		}
	}
	if len(words) > 0 {
		cell.Data, cell.Sign = List(words...), Flag
	}
	return cell
}
