package form

import (
	"slices"
	"strconv"
)

// Input is a decoded form: every field of it is valid or has a fault. Read it
// through the getters of its Set.
type Input struct {
	Set
	form *Form
}

// Form returns the form that the input answers.
func (in *Input) Form() *Form { return in.form }

// Decode reads an encoding (percent-encoded pairs joined by "&"). It always
// returns an Input; it is usable only when there are no faults. Unknown fields
// are faults with Key "unknown", so a caller that tolerates them can drop these.
func Decode(f *Form, encoded string) (*Input, []Fault) { return DecodePairs(f, Parse(encoded)) }

// DecodePairs is Decode for pairs that are not percent-encoded, as an author or
// a command line writes them. Faults come in the order of the form, then
// repeated and unknown fields in the order given.
func DecodePairs(f *Form, pairs []Pair) (*Input, []Fault) {
	d := decoder{comma: f.comma}
	given, strays := d.place(f, pairs)
	d.currency = currencyOf(f, given)
	in := &Input{form: f, Set: newSet(f.Fields, "", 0)}
	for i := range f.Fields {
		field := &f.Fields[i]
		n := 0
		for n < len(given) && given[n].field == i {
			n++
		}
		mine := given[:n]
		given = given[n:]
		if field.Kind == Rows {
			in.rows[i] = d.group(field, mine)
			continue
		}
		typed := field.Default
		if n > 0 {
			typed = mine[0].value
		}
		in.values[i] = d.value(field, field.Name, typed)
	}
	return in, append(d.faults, strays...)
}

type decoder struct {
	faults   []Fault
	comma    bool   // the decimal mark of the reader's language
	currency string // that of the form's amounts, where it asks for one
}

// currencyOf is the currency that a form's first field of that kind gives, or "".
func currencyOf(f *Form, given []entry) string {
	for i := range f.Fields {
		if f.Fields[i].Kind != Currency {
			continue
		}
		typed := f.Fields[i].Default
		for _, e := range given {
			if e.field == i {
				typed = e.value
			}
		}
		c, _ := code(line(typed))
		return c
	}
	return ""
}

// sameCurrency reports whether what an amount says of its currency agrees with a
// code: "$" is any dollar or peso, "¥" yuan or yen, "kr" any crown.
func sameCurrency(said, code string) bool {
	switch {
	case len(code) < 3:
		return true // which has a fault of its own
	case said == "$":
		return code[2] == 'D' || code == "MXN" || code == "ARS" || code == "CLP" || code == "COP"
	case said == "¥":
		return code == "CNY" || code == "JPY"
	case said == "kr":
		return code == "SEK" || code == "NOK" || code == "DKK" || code == "ISK"
	}
	return said == "" || Same(said, code)
}

func (d *decoder) fault(field, key string, args ...Arg) {
	d.faults = append(d.faults, Fault{field, key, args})
}

// entry is one given value with its place in the form.
type entry struct {
	field, row, sub int // sub is -1 where the name is the group's own
	value           string
}

// place finds the place of every pair and sorts by it. Strays are the pairs
// that have none, and those whose place is taken.
func (d *decoder) place(f *Form, pairs []Pair) (entries []entry, strays []Fault) {
	for _, p := range pairs {
		e, ok := locate(f, p)
		if !ok {
			strays = append(strays, unknown(f, p.Name))
			continue
		}
		entries = append(entries, e)
	}
	keys := make([]int, len(entries))
	for i, e := range entries {
		keys[i] = e.field<<40 + (e.row+1)<<8 + e.sub + 1 // a row has at most nine digits
	}
	var kept []entry
	for _, i := range Order(keys) {
		e := entries[i]
		if n := len(kept) - 1; n >= 0 && e.field == kept[n].field && e.row == kept[n].row && e.sub == kept[n].sub {
			switch {
			case e.kind(f) == Many:
				kept[n].value += "," + e.value
			case len(strays) == 0 || strays[len(strays)-1].Key != "repeated" || strays[len(strays)-1].Field != e.name(f):
				// Named once however often it is given.
				strays = append(strays, Fault{Field: e.name(f), Key: "repeated"})
			}
			continue
		}
		kept = append(kept, e)
	}
	return kept, strays
}

// kind is the kind of the field that an entry is for.
func (e entry) kind(f *Form) Kind {
	field := &f.Fields[e.field]
	if e.sub >= 0 {
		field = &field.Fields[e.sub]
	}
	return field.Kind
}

func (e entry) name(f *Form) string {
	field := &f.Fields[e.field]
	if field.Kind != Rows || e.sub < 0 {
		return field.Name
	}
	return field.Name + "." + strconv.Itoa(e.row) + "." + field.Fields[e.sub].Name
}

func locate(f *Form, p Pair) (entry, bool) {
	group, row, sub, ok := split(p.Name)
	if !ok {
		i := index(f.Fields, p.Name)
		if i < 0 || f.Fields[i].Kind == Rows && line(p.Value) != "" {
			return entry{}, false
		}
		return entry{field: i, row: -1, sub: -1, value: p.Value}, true
	}
	i := index(f.Fields, group)
	if i < 0 || f.Fields[i].Kind != Rows {
		return entry{}, false
	}
	j := index(f.Fields[i].Fields, sub)
	return entry{field: i, row: row, sub: j, value: p.Value}, j >= 0
}

// split takes group.N.field apart.
func split(name string) (group string, row int, sub string, ok bool) {
	first, second := -1, -1
	for i := 0; i < len(name); i++ {
		if name[i] == '.' {
			if first < 0 {
				first = i
			} else {
				second = i
				break
			}
		}
	}
	if second < 0 {
		return "", 0, "", false
	}
	digits := name[first+1 : second]
	if digits == "" || len(digits) > 9 || len(digits) > 1 && digits[0] == '0' {
		return "", 0, "", false
	}
	for i := 0; i < len(digits); i++ {
		if digits[i] < '0' || digits[i] > '9' {
			return "", 0, "", false
		}
		row = row*10 + int(digits[i]-'0')
	}
	return name[:first], row, name[second+1:], true
}

// unknown names what may have been meant.
func unknown(f *Form, name string) Fault {
	near := ""
	if group, row, sub, ok := split(name); ok {
		i := index(f.Fields, group)
		if i < 0 || f.Fields[i].Kind != Rows {
			if g := closest(group, f.Fields); g != "" {
				if i = index(f.Fields, g); f.Fields[i].Kind != Rows {
					i = -1
				}
			}
		}
		if i >= 0 {
			if s := closest(sub, f.Fields[i].Fields); s != "" {
				near = f.Fields[i].Name + "." + strconv.Itoa(row) + "." + s
			}
		}
	} else if near = closest(name, f.Fields); near != "" {
		if field := f.Field(near); field.Kind == Rows {
			near += ".0." + field.Fields[0].Name
		}
	}
	return Fault{line(name), "unknown", []Arg{{"name", line(name)}, {"closest", near}}}
}

// group reads the rows of a group from its entries, which are sorted.
func (d *decoder) group(f *Field, given []entry) []*Set {
	if len(given) == 0 {
		rows := make([]*Set, len(f.DefaultRows))
		for r, values := range f.DefaultRows {
			s := newSet(f.Fields, f.Name, r)
			for i := range f.Fields {
				typed := f.Fields[i].Default
				if i < len(values) {
					typed = values[i]
				}
				s.values[i] = d.value(&f.Fields[i], s.Name(f.Fields[i].Name), typed)
			}
			rows[r] = &s
		}
		return rows
	}
	if given[0].sub < 0 {
		given = given[1:] // the bare group: given, even where it has no rows
	}
	count := 0
	for i := range given {
		if i == 0 || given[i].row != given[i-1].row {
			count++
		}
	}
	most := f.MaxRows
	if most == 0 {
		most = DefaultMaxRows
	}
	if count > most {
		d.fault(f.Name, "rows.max", Arg{"max", strconv.Itoa(most)})
		return nil
	}
	if count < f.MinRows {
		d.fault(f.Name, "rows.min", Arg{"min", strconv.Itoa(f.MinRows)})
	}
	rows := make([]*Set, 0, count)
	for len(given) > 0 {
		s := newSet(f.Fields, f.Name, given[0].row)
		for i := range f.Fields {
			typed := f.Fields[i].Default
			if len(given) > 0 && given[0].row == s.row && given[0].sub == i {
				typed = given[0].value
				given = given[1:]
			}
			s.values[i] = d.value(&f.Fields[i], s.Name(f.Fields[i].Name), typed)
		}
		rows = append(rows, &s)
	}
	return rows
}

// value reads one value. name is the field's full name.
func (d *decoder) value(f *Field, name, typed string) value {
	v := value{text: typed}
	if f.Kind != File {
		v.text = line(typed)
	} else if int64(len(typed)) > f.Max {
		d.fault(name, "large", Arg{"max", strconv.FormatInt(f.Max, 10)})
		return v
	}
	if v.text == "" && f.Kind != Many {
		if !f.Optional {
			d.fault(name, "required")
		}
		return v
	}
	switch f.Kind {
	case File:
	case Text:
		most := f.MaxLen
		if most == 0 {
			most = DefaultMaxLen
		}
		n := 0
		for range v.text {
			n++
		}
		if n > most {
			d.fault(name, "long", Arg{"max", strconv.Itoa(most)})
			return v
		}
	case Choice:
		if !slices.Contains(f.Options, v.text) {
			d.fault(name, "choice", Arg{"options", join(f.Options, ", ")})
			return v
		}
	case Many:
		chosen, ok := several(f.Options, v.text)
		if !ok {
			d.fault(name, "choice", Arg{"options", join(f.Options, ", ")})
			return v
		}
		v.text = join(chosen, ",")
	case Currency:
		c, ok := code(v.text)
		if !ok {
			d.fault(name, "currency")
			return v
		}
		v.text = c
	case Month:
		m, ok := parseMonth(v.text)
		if !ok {
			d.fault(name, "month")
			return v
		}
		v.n, v.text = int64(m.Year*10000+m.Month*100), m.String()
	case Date:
		day, ok := parseDate(v.text)
		if !ok {
			d.fault(name, "date")
			return v
		}
		v.n, v.text = int64(day.Year*10000+day.Month*100+day.Day), day.String()
	default:
		return d.number(f, name, v)
	}
	v.known = true
	return v
}

// several reads values apart at commas and spaces, and gives them in the order
// of the options; false if one is none of these.
func several(options []string, typed string) (chosen []string, ok bool) {
	given := Split(typed)
	for _, o := range options {
		if slices.Contains(given, o) {
			chosen = append(chosen, o)
		}
	}
	for _, g := range given {
		if !slices.Contains(options, g) {
			return nil, false
		}
	}
	return chosen, true
}

// Split takes the value of a Many field apart.
func Split(value string) []string {
	var all []string
	word := ""
	for _, r := range value + "," {
		switch r {
		case ',', ' ', '，', '、', ';':
			if word != "" {
				all = append(all, word)
			}
			word = ""
		default:
			word += string(r)
		}
	}
	return all
}

func join(list []string, between string) string {
	s := ""
	for i, item := range list {
		if i > 0 {
			s += between
		}
		s += item
	}
	return s
}

// Scale is the number of decimals that a field of numbers holds.
func (f *Field) Scale() int {
	switch f.Kind {
	case Money:
		return 2
	case Percent:
		return 4
	case Number:
		return f.Places
	}
	return 0
}

func (d *decoder) number(f *Field, name string, v value) value {
	p := f.Scale()
	n, read, problem := number(v.text, f.Kind, p, 0, d.comma)
	bound := func(n int64) string {
		if f.Kind == Percent || f.Kind == Number {
			return Trim(Decimal(n, p))
		}
		return Round(Decimal(n, p))
	}
	switch {
	case problem == noNumber, problem == tooBig && f.Max == 0:
		d.fault(name, "number", Arg{"value", short(v.text)})
	case problem == ambiguous:
		d.fault(name, "mark", Arg{"value", short(v.text)})
	case d.currency != "" && !sameCurrency(read.currency, d.currency):
		d.fault(name, "currency-other", Arg{"value", short(v.text)}, Arg{"currency", d.currency})
	case problem == tooFine && p == 0:
		d.fault(name, "whole")
	case problem == tooFine:
		d.fault(name, "decimals", Arg{"places", strconv.Itoa(p)})
	case problem == tooSmall, problem == fine && n < f.Min:
		d.fault(name, "min", Arg{"min", bound(f.Min)})
	case problem == tooBig, f.Max != 0 && n > f.Max:
		d.fault(name, "max", Arg{"max", bound(f.Max)})
	default:
		v.n, v.known, v.text = n, true, bound(n)
	}
	return v
}

// short cuts what was typed to what a message can show.
func short(s string) string {
	n := 0
	for i := range s {
		if n++; n > 40 {
			return s[:i] + "…"
		}
	}
	return s
}
