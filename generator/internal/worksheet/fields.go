package worksheet

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"playbook/calculators/form"
	"playbook/calculators/sheet"
	"playbook/generator/internal/diag"
	"playbook/generator/internal/formula"
	"playbook/generator/internal/strict"
)

// kinds are the kinds of fields.
var kinds = []string{"number", "whole", "money", "percent", "date", "text", "choice", "yes_no"}

// kindOf is the form's and the formulas' kind of each.
var kindOf = map[string]struct {
	form form.Kind
	is   sheet.Kind
}{
	"number": {form.Number, sheet.Number}, "whole": {form.Integer, sheet.Number}, "money": {form.Money, sheet.Money},
	"percent": {form.Percent, sheet.Percent}, "date": {form.Date, sheet.Date}, "text": {form.Text, sheet.Text},
	"choice": {form.Choice, sheet.Text}, "yes_no": {form.Choice, sheet.Bool},
}

// field is a field as it is written.
type field struct {
	form.Field
	typ  formula.Type
	more bool
}

// field reads a field. key is that of its words, "field.name".
func (c *compiler) field(o *strict.Object, name, key string) field {
	kind := kinds[o.Choice("kind", kinds...)]
	if !o.Has("kind") {
		o.Missing("kind", "the kinds are "+diag.And(kinds))
	}
	f := field{Field: form.Field{Name: name, Kind: kindOf[kind].form, Optional: o.Bool("optional")}, typ: formula.Type{Kind: kindOf[kind].is}}
	f.more = o.Bool("more")
	f.Setting = o.Bool("setting")
	c.word(o, "label", key+".label", true)
	if !c.word(o, "help", key+".help", false) {
		c.set(key+".help", "")
	}
	if kind == "number" {
		f.Places = 2
		if o.Has("places") {
			if f.Places = o.Whole("places", 0); f.Places > 6 {
				o.Add("places", "a number has at most 6 decimal places", "")
			}
		}
	}
	if kindOf[kind].is <= sheet.Money {
		scale := int64(1)
		for range f.Scale() {
			scale *= 10
		}
		f.Max = 1_000_000_000_000_000 / scale * scale
		if kind == "money" || kind == "number" {
			f.Max = 1e15
		}
		bound := func(key string, into *int64) {
			if !o.Has(key) {
				return
			}
			text, _ := o.Value(key).Scalar()
			d, ok := sheet.ParseDecimal(strings.TrimSuffix(strings.ReplaceAll(text, ",", ""), "%"))
			n, fits := d.Minor(f.Scale())
			if !ok || !fits {
				o.Add(key, quote(key)+" must be a number", "")
				return
			}
			*into = n
		}
		bound("from", &f.Min)
		bound("to", &f.Max)
		if f.Max == 0 || f.Max < f.Min {
			o.Add("to", "\"to\" must be more than \"from\"", "")
		}
		if o.Has("unit") {
			c.word(o, "unit", "unit", true)
			f.Unit = c.id + "." + strings.TrimPrefix(key, "field.")
			for _, lang := range c.languages {
				c.words[lang]["unit."+f.Unit] = c.words[lang][c.key("unit")]
				delete(c.words[lang], c.key("unit"))
			}
		} else if kind == "percent" {
			f.Unit = "percent"
		} else if kind == "money" && c.hasCurrency() {
			f.Unit = "currency"
		}
	}
	switch kind {
	case "date":
		f.Today = o.Bool("today")
	case "text":
		if o.Has("longest") {
			f.MaxLen = o.Whole("longest", 1)
		}
	case "yes_no":
		f.Options = []string{"yes", "no"}
		c.yesNo("option." + name + ".")
	case "choice":
		options := o.Map("options")
		if options == nil {
			o.Missing("options", "the choices with their words: {new: New, renewal: Renewal}")
			f.Options = []string{"none"}
			break
		}
		for _, code := range options.Keys() {
			if strings.ContainsAny(code, " ,;，、.") || code == "" {
				c.add(options.KeyAt(code), quote(code)+" cannot be an option: it has no spaces, commas or dots", "")
			}
			f.Options = append(f.Options, code)
			c.text(options.Value(code), "option."+name+"."+code)
		}
		options.End()
		f.typ.Options = f.Options
		if len(f.Options) == 0 {
			o.Add("options", "a choice needs an option", "")
			f.Options = []string{"none"}
		}
	}
	if v := o.Value("default"); v.Is() {
		if kind == "text" {
			c.sharedText(v, key+".default")
			f.Default = "@" + key + ".default"
		} else if text, ok := v.Scalar(); ok {
			f.Default = text
			c.checked(f.Field, text, v)
		} else {
			c.add(v.At(), "a default is one value", "")
		}
	} else if f.Kind == form.Choice && !f.Optional {
		f.Default = f.Options[0]
	} else if f.Default == "" {
		f.Optional = true
	}
	return f
}

// example reads what a field of an item holds at first.
func (c *compiler) example(o *strict.Object, column string, f *form.Field, key string) {
	v := o.Value(column)
	if !v.Is() {
		return
	}
	if f.Kind == form.Text {
		c.sharedText(v, key+".default")
		f.Default = "@" + key + ".default"
	} else if text, ok := v.Scalar(); ok {
		c.checked(*f, text, v)
		f.Default = text
	} else {
		c.add(v.At(), "an example is one value", "")
	}
}

// sharedText reads a text that may be the same in all languages, such as a name.
func (c *compiler) sharedText(v strict.Value, key string) {
	if v.IsObject() {
		c.text(v, key)
		return
	}
	s, ok := v.Scalar()
	if !ok {
		c.add(v.At(), "this must be a text", "")
	}
	c.set(key, s)
}

func (c *compiler) hasCurrency() bool {
	return slices.ContainsFunc(c.sheet.Form.Fields, func(f form.Field) bool { return f.Kind == form.Currency })
}

// checked reports a value that the field would not take.
func (c *compiler) checked(f form.Field, text string, v strict.Value) {
	f.Name, f.Default, f.Optional = "x", "", true
	one := &form.Form{Fields: []form.Field{f}}
	if _, faults := form.DecodePairs(one, []form.Pair{{Name: "x", Value: text}}); len(faults) > 0 {
		args := []any{}
		for _, a := range faults[0].Args {
			args = append(args, a.Name, a.Value)
		}
		c.add(v.At(), quote(text)+": "+c.say(c.languages[0], "fault."+faults[0].Key, args...), "")
	}
}

// fields reads the fields of the sheet.
func (c *compiler) fields(o *strict.Object) {
	all := o.Map("fields")
	if all == nil {
		return
	}
	for _, name := range all.Keys() {
		one := c.entry(all, name, name, "a field", "such as kind: money")
		if one == nil {
			continue
		}
		f := c.field(one, name, "field."+name)
		one.End()
		c.program.Input(name, f.typ)
		c.place(f)
	}
	all.End()
}

// place adds a field to the form, one of those that few need at its end.
func (c *compiler) place(f field) {
	if !f.more {
		c.sheet.Form.Fields = append(c.sheet.Form.Fields, f.Field)
		return
	}
	f.Fold = len(c.more) == 0
	c.more = append(c.more, f.Field)
}

// rows reads the groups of rows.
func (c *compiler) rows(o *strict.Object) {
	all := o.Map("rows")
	if all == nil {
		return
	}
	for _, name := range all.Keys() {
		g := c.entry(all, name, name, "a group of rows", "such as label, fields and data")
		if g == nil {
			continue
		}
		if g.Has("items") {
			c.fixed(g, name)
		} else {
			c.repeated(g, name)
		}
		c.formulas(g, name)
		c.labels(g, name)
		g.End()
	}
	all.End()
}

// repeated reads rows that the reader adds and removes.
func (c *compiler) repeated(g *strict.Object, name string) {
	c.program.Group(name, sheet.Rows)
	key := "group." + name
	c.word(g, "label", key+".label", true)
	if !c.word(g, "help", key+".help", false) {
		c.set(key+".help", "")
	}
	if !c.word(g, "row", key+".row", false) {
		c.each(key+".row", "ui.worksheet.row")
	}
	for _, lang := range c.languages {
		row := c.words[lang][c.key(key+".row")]
		c.words[lang][c.key(key+".add")] = c.say(lang, "ui.worksheet.add", "row", row)
		row = c.say(lang, "ui.worksheet.numbered", "row", row)
		c.words[lang][c.key(key+".row")] = row
		c.words[lang][c.key(key+".remove")] = c.say(lang, "ui.worksheet.remove", "row", row)
	}
	f := form.Field{Name: name, Kind: form.Rows}
	if g.Has("most") {
		f.MaxRows = g.Whole("most", 1)
		if f.MaxRows > form.DefaultMaxRows {
			g.Add("most", fmt.Sprintf("a group has at most %d rows", form.DefaultMaxRows), "")
		}
	}
	var later []form.Field
	fields := g.Map("fields")
	if fields == nil {
		g.Missing("fields", "what is asked in a row")
	} else {
		for _, column := range fields.Keys() {
			one := c.entry(fields, column, name+"."+column, "a field", "such as kind: money")
			if one == nil {
				continue
			}
			d := c.field(one, column, key+"."+column)
			one.End()
			c.program.Column(name, column, d.typ, column, "option."+column+".")
			c.column(name, column, key+"."+column+".label")
			if d.more {
				d.Fold = len(later) == 0
				later = append(later, d.Field)
			} else {
				f.Fields = append(f.Fields, d.Field)
			}
		}
		fields.End()
		f.Fields = append(f.Fields, later...)
	}
	c.data(g, &f)
	if len(f.Fields) > 0 {
		c.sheet.Form.Fields = append(c.sheet.Form.Fields, f)
	}
}

// column gives a column the label of its field.
func (c *compiler) column(of, name, label string) {
	for _, lang := range c.languages {
		c.words[lang][c.key("column."+of+"."+name)] = c.words[lang][c.key(label)]
	}
	c.labelled[of+"."+name] = true
}

// data reads the rows that the example begins with.
func (c *compiler) data(g *strict.Object, f *form.Field) {
	list, ok := g.Value("data").List()
	if !ok {
		if g.Value("data").Is() {
			g.Add("data", "\"data\" is a list of rows", "begin each with \"- \": - [Training, 2500]")
		}
		return
	}
	for r, row := range list {
		cells, ok := row.List()
		if !ok || len(cells) > len(f.Fields) {
			c.add(row.At(), fmt.Sprintf("a row is a list of at most %d values", len(f.Fields)), "in the order of the fields: [Training, 2500]")
			continue
		}
		values := make([]string, len(cells))
		for i, cell := range cells {
			d := f.Fields[i]
			if d.Kind == form.Text {
				key := fmt.Sprintf("data.%s.%d.%s", f.Name, r, d.Name)
				if cell.Is() {
					c.sharedText(cell, key)
					values[i] = "@" + key
				}
				continue
			}
			text, ok := cell.Scalar()
			if !ok && cell.Is() {
				c.add(cell.At(), "this must be one value", "")
			}
			values[i] = text
			if text != "" {
				c.checked(d, text, cell)
			}
		}
		f.DefaultRows = append(f.DefaultRows, values)
	}
}

// fixed reads rows that the author gives: each has an id, what the author says of
// it, and fields that are asked for it.
func (c *compiler) fixed(g *strict.Object, name string) {
	c.program.Group(name, sheet.Fixed)
	group := len(c.sheet.Groups) - 1
	if g.Has("label") {
		c.word(g, "label", "section."+name, true)
	}
	items := g.Map("items")
	if items == nil {
		return
	}
	var ids []string
	of, examples := map[string]*strict.Object{}, map[string]*strict.Object{}
	for _, id := range items.Keys() {
		switch {
		case !validName.MatchString(id):
			c.add(items.KeyAt(id), quote(id)+" cannot be a name", "small letters, digits and _, beginning with a letter")
		case !items.IsObject(id):
			items.Add(id, "an item is keys with values", "such as {name: Metrics, weight: 2}")
		default:
			ids = append(ids, id)
			of[id] = items.Map(id)
			if of[id].Has("example") {
				examples[id] = of[id].Map("example")
			}
		}
	}
	var asked []string
	fields := g.Map("fields")
	if fields != nil {
		for _, column := range fields.Keys() {
			if c.entry(fields, column, name+"."+column, "a field", "such as kind: whole") != nil {
				asked = append(asked, column)
			}
		}
	}
	// What the author says of every item.
	var given []string
	for _, id := range ids {
		for _, key := range of[id].Keys() {
			if !slices.Contains(given, key) && key != "help" && key != "example" {
				given = append(given, key)
			}
		}
	}
	if !slices.Contains(given, "name") {
		g.Add("items", "every item has a name", "such as metrics: {name: Metrics}")
		given = append([]string{"name"}, given...)
	}
	cells := map[string][]sheet.Cell{}
	for _, column := range given {
		if column != "name" && !c.itemName(g, column, name+"."+column) {
			continue
		}
		c.names[name+"."+column] = g.At("items")
		c.set("column."+name+"."+column, column)
		var kind sheet.Kind
		for i, id := range ids {
			item := of[id]
			v := item.Value(column)
			if !v.Is() {
				c.add(item.Here(), "the item has no "+quote(column), "")
				continue
			}
			cell, k := c.constant(v, fmt.Sprintf("item.%s.%s.%s", name, id, column), column == "name")
			if i == 0 {
				kind = k
			} else if k != kind {
				c.add(v.At(), fmt.Sprintf("this is %s, above it is %s", k, kind), "")
			}
			cells[id] = append(cells[id], sheet.Cell{Is: cell})
		}
		c.program.Column(name, column, formula.Type{Kind: kind}, "", "")
	}
	first := true
	var types []formula.Type
	for _, id := range ids {
		item := of[id]
		for i, column := range asked {
			full := name + "." + id + "." + column
			one := fields.Map(column)
			d := c.field(one, full, "field."+full)
			one.End()
			if examples[id] != nil {
				c.example(examples[id], column, &d.Field, "field."+full)
			}
			if i == 0 { // the first is asked by the item's name
				for _, lang := range c.languages {
					c.words[lang][c.key("field."+full+".label")] = c.words[lang][c.key("item."+name+"."+id+".name")]
				}
				if item.Has("help") {
					c.word(item, "help", "field."+full+".help", true)
				}
			}
			if i > 0 && !first { // said once
				c.set("field."+full+".help", "")
			}
			if first {
				types = append(types, d.typ)
				c.column(name, column, "field."+full+".label")
				if first && i == 0 {
					for _, lang := range c.languages { // not by the first item's
						c.words[lang][c.key("column."+name+"."+column)] = column
					}
					if one.Value("label").Is() {
						c.text(one.Value("label"), "column."+name+"."+column)
					}
				}
			}
			if first && i == 0 && g.Has("label") {
				for _, lang := range c.languages {
					c.words[lang][c.key("section."+full)] = c.words[lang][c.key("section."+name)]
				}
			}
			cells[id] = append(cells[id], sheet.Cell{Input: full, Option: "option." + full + "."})
			c.program.Input(full, d.typ)
			d.more = false
			c.place(d)
		}
		first = false
		item.Value("help")
		if examples[id] != nil {
			examples[id].End()
		}
		item.End()
	}
	for i, t := range types {
		c.program.Column(name, asked[i], t, "", "")
	}
	for _, id := range ids {
		c.sheet.Groups[group].Cells = append(c.sheet.Groups[group].Cells, cells[id])
	}
	items.End()
	if fields != nil {
		fields.End()
	}
}

// itemName checks a name that stands in items.
func (c *compiler) itemName(g *strict.Object, name, full string) bool {
	if !validName.MatchString(name) || slices.Contains(reserved, name) {
		g.Add("items", quote(name)+" cannot be a name", "small letters, digits and _, beginning with a letter")
		return false
	}
	if earlier, twice := c.names[full]; twice {
		g.Add("items", fmt.Sprintf("the name %q is taken, in line %d", full, earlier.Line), "")
		return false
	}
	return true
}

// constant reads a value that the author gives: a number, a percentage, a date, or a
// text (by language).
func (c *compiler) constant(v strict.Value, key string, text bool) (*sheet.Node, sheet.Kind) {
	n := &sheet.Node{Op: sheet.Literal}
	s, scalar := v.Scalar()
	if scalar && !text {
		if d, kind, ok := literal(s); ok {
			n.Is = d
			return n, kind
		}
	}
	n.Textual = true
	if scalar {
		n.Text = s
	}
	c.sharedText(v, key)
	n.Word = key
	if n.Text == "" {
		n.Text = key
	}
	return n, sheet.Text
}

// literal reads a number, a percentage or a date.
func literal(s string) (sheet.Decimal, sheet.Kind, bool) {
	kind := sheet.Number
	number, percent := strings.CutSuffix(strings.ReplaceAll(s, ",", ""), "%")
	d, ok := sheet.ParseDecimal(number)
	if percent && ok {
		kind = sheet.Percent
		d, ok = d.Mul(sheet.Scaled(1, 2))
	}
	if !ok {
		day := form.Form{Fields: []form.Field{{Name: "x", Kind: form.Date}}}
		in, faults := form.DecodePairs(&day, []form.Pair{{Name: "x", Value: s}})
		if len(faults) == 0 && len(s) == 10 {
			return sheet.Int(int64(in.Date("x").Number())), sheet.Date, true
		}
	}
	return d, kind, ok
}

// periods reads the series.
func (c *compiler) periods(o *strict.Object) {
	all := o.Map("periods")
	if all == nil {
		return
	}
	for _, name := range all.Keys() {
		p := c.entry(all, name, name, "a series", "such as from: 1")
		if p == nil {
			continue
		}
		c.program.Group(name, sheet.Periods)
		group := len(c.sheet.Groups) - 1
		c.program.Column(name, name, formula.Type{Kind: sheet.Number}, "", "")
		c.word(p, "label", "column."+name+"."+name, true)
		c.names[name+"."+name] = p.At("label")
		for _, end := range []string{"from", "to"} {
			show, t := c.show(p, end, "")
			if t.Kind != sheet.Number {
				p.Add(end, "a series goes from one whole number to another", "")
			}
			if show.Node != nil && !constantOrField(show.Node) {
				p.Add(end, "a series ends at a number or at a field", "not at a formula")
			}
			if end == "from" {
				c.sheet.Groups[group].From = show.Node
			} else {
				c.sheet.Groups[group].To = show.Node
			}
		}
		if g := &c.sheet.Groups[group]; g.From != nil && g.To != nil && c.bound(g.To, true)-c.bound(g.From, false) >= sheet.MaxPeriods {
			p.Add("to", fmt.Sprintf("a series has at most %d periods", sheet.MaxPeriods), "give the field at which it ends a \"to\"")
		}
		c.formulas(p, name)
		c.labels(p, name)
		p.End()
	}
	all.End()
}

// bound is the least or the greatest that the end of a series can be.
func (c *compiler) bound(n *sheet.Node, most bool) int64 {
	switch n.Op {
	case sheet.Literal:
		whole, _ := n.Is.Whole()
		return whole
	case sheet.Neg:
		return -c.bound(n.Args[0], !most)
	case sheet.Field:
		if f := c.sheet.Form.Field(c.sheet.Fields[n.N].Name); f != nil {
			if f.Kind != form.Integer {
				return math.MaxInt32
			}
			if most {
				return f.Max
			}
			return f.Min
		}
	}
	return 0
}

func constantOrField(n *sheet.Node) bool {
	switch n.Op {
	case sheet.Literal, sheet.Field:
		return true
	case sheet.Neg:
		return constantOrField(n.Args[0])
	}
	return false
}

// lookups reads the tables that formulas read.
func (c *compiler) lookups(o *strict.Object) {
	all := o.Map("lookups")
	if all == nil {
		return
	}
	for _, name := range all.Keys() {
		l := c.entry(all, name, name, "a lookup", "such as from: {0: 5%, 100: 8%}")
		if l == nil {
			continue
		}
		table := sheet.Lookup{Exact: l.Has("exact")}
		from := "from"
		if table.Exact {
			from = "exact"
			if l.Value("from").Is() {
				l.Add("from", "a lookup is by bands (\"from\") or by what is equal (\"exact\"), not both", "")
			}
		}
		bands := l.Map(from)
		if bands == nil {
			l.Missing("from", "where each band begins, and its value: {0: 5%, 100: 8%}")
			l.End()
			continue
		}
		var key, are formula.Type
		for i, k := range bands.Keys() {
			d, kind, ok := literal(k)
			node := &sheet.Node{Op: sheet.Literal, Is: d, Text: k}
			if !ok {
				node, kind = &sheet.Node{Op: sheet.Literal, Textual: true, Text: k}, sheet.Text
				if !table.Exact {
					c.add(bands.KeyAt(k), "a band begins at a number, a percentage or a date, not at "+quote(k), "look up words with \"exact\"")
				}
			}
			value, is := c.constant(bands.Value(k), fmt.Sprintf("lookup.%s.%d", name, i), false)
			switch {
			case i == 0:
				key.Kind, are.Kind = kind, is
			case kind != key.Kind:
				c.add(bands.KeyAt(k), fmt.Sprintf("this is %s, the keys above are %s", kind, key.Kind), "")
			case is != are.Kind:
				c.add(bands.At(k), fmt.Sprintf("this is %s, the values above are %s", is, are.Kind), "")
			case !table.Exact && table.Keys[i-1].Is.Cmp(d) >= 0:
				c.add(bands.KeyAt(k), "bands rise: "+k+" is no more than the one above", "")
			}
			table.Keys, table.Are = append(table.Keys, node), append(table.Are, value)
		}
		bands.End()
		if l.Has("kind") && l.Choice("kind", "number", "money", "percent") == 1 {
			if are.Kind != sheet.Number {
				l.Add("kind", "the values are "+are.Kind.String(), "")
			}
			are.Kind = sheet.Money
		}
		c.program.Lookup(name, table, key, are)
		l.End()
	}
	all.End()
}
