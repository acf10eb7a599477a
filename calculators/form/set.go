package form

import (
	"slices"
	"strconv"

	"playbook/calculators/calendar"
)

// Set is a set of values: a form's fields, or one row's.
//
// The getters take a field's name and panic where the form has no such field of
// that kind: the calculator and its form are one piece of code. Those that
// return ok return false for an empty optional field; the others return the
// zero value.
type Set struct {
	fields []Field
	values []value
	rows   [][]*Set // by field; set for groups
	group  string   // "" at the top level
	row    int
}

// value is one decoded value.
type value struct {
	text  string // normalised; as typed where it has a fault
	n     int64  // the number; of a month or a date yyyymmdd, dd being 0 for a month
	known bool   // valid and not empty
}

func newSet(fields []Field, group string, row int) Set {
	s := Set{fields: fields, values: make([]value, len(fields)), group: group, row: row}
	if group == "" {
		s.rows = make([][]*Set, len(fields))
	}
	return s
}

// Name returns the full name of a field of the set, for a fault:
// "problem.0.amount".
func (s *Set) Name(field string) string {
	if s.group == "" {
		return field
	}
	return s.group + "." + strconv.Itoa(s.row) + "." + field
}

// Row returns the row's number N, as given.
func (s *Set) Row() int { return s.row }

func (s *Set) get(name string, kind Kind) *value {
	i := index(s.fields, name)
	if i < 0 || s.fields[i].Kind != kind {
		panic("form: no such field: " + name)
	}
	return &s.values[i]
}

// Text returns the value of a Text, Choice, Currency, Many or File field.
func (s *Set) Text(name string) string {
	i := index(s.fields, name)
	if i < 0 {
		panic("form: no such field: " + name)
	}
	switch s.fields[i].Kind {
	case Text, Choice, Currency, Many, File:
		return s.values[i].text
	}
	panic("form: not a text: " + name)
}

// Has reports whether an option of a Many field is chosen.
func (s *Set) Has(name, option string) bool {
	return slices.Contains(Split(s.get(name, Many).text), option)
}

// Given reports whether a field of any kind has a value that can be used.
func (s *Set) Given(name string) bool {
	i := index(s.fields, name)
	return s.values[i].known && s.values[i].text != ""
}

// Kind is what a field holds.
func (s *Set) Kind(name string) Kind { return s.fields[index(s.fields, name)].Kind }

// Shows reports whether a view (see Field.Part) shows a part of the worksheet: one
// that names none shows all.
func (s *Set) Shows(view, part string) bool {
	return s.get(view, Many).text == "" || s.Has(view, part)
}

// Int returns the value of an Integer field.
func (s *Set) Int(name string) int64 { return s.get(name, Integer).n }

// OptInt returns the value of an optional Integer field.
func (s *Set) OptInt(name string) (n int64, ok bool) {
	v := s.get(name, Integer)
	return v.n, v.known
}

// Money returns the value of a Money field in minor units.
func (s *Set) Money(name string) int64 { return s.get(name, Money).n }

// OptMoney returns the value of an optional Money field in minor units.
func (s *Set) OptMoney(name string) (minor int64, ok bool) {
	v := s.get(name, Money)
	return v.n, v.known
}

// Percent returns the value of a Percent field in millionths: 80 % is 800,000.
func (s *Set) Percent(name string) int64 { return s.get(name, Percent).n }

// OptPercent returns the value of an optional Percent field in millionths.
func (s *Set) OptPercent(name string) (millionths int64, ok bool) {
	v := s.get(name, Percent)
	return v.n, v.known
}

// Number returns the value of a Number field, n × 10^-places.
func (s *Set) Number(name string) (n int64, places int) {
	v := s.get(name, Number)
	return v.n, s.fields[index(s.fields, name)].Places
}

// Month returns the value of a Month field.
func (s *Set) Month(name string) calendar.Month {
	m, _ := s.OptMonth(name)
	return m
}

// OptMonth returns the value of an optional Month field.
func (s *Set) OptMonth(name string) (m calendar.Month, ok bool) {
	v := s.get(name, Month)
	return calendar.Month{Year: int(v.n / 10000), Month: int(v.n / 100 % 100)}, v.known
}

// Date returns the value of a Date field.
func (s *Set) Date(name string) calendar.Date {
	d, _ := s.OptDate(name)
	return d
}

// OptDate returns the value of an optional Date field.
func (s *Set) OptDate(name string) (d calendar.Date, ok bool) {
	v := s.get(name, Date)
	return calendar.Date{Year: int(v.n / 10000), Month: int(v.n / 100 % 100), Day: int(v.n % 100)}, v.known
}

// Rows returns the rows of a group in the order of their numbers.
func (s *Set) Rows(name string) []*Set {
	i := index(s.fields, name)
	if i < 0 || s.fields[i].Kind != Rows {
		panic("form: no such group: " + name)
	}
	return s.rows[i]
}

// Pairs returns the input as normalised pairs in the order of the form, defaults
// filled in: what calc --format json prints as "input" and what the page's form
// holds. A group without rows is its bare name with an empty value where it has
// default rows, which would else come back. Decoding the pairs gives the same
// input. A value with a fault is as it was typed.
func (in *Input) Pairs() []Pair {
	var pairs []Pair
	for i, f := range in.fields {
		if f.Kind != Rows {
			pairs = append(pairs, Pair{f.Name, in.values[i].text})
			continue
		}
		for _, row := range in.rows[i] {
			for j, g := range row.fields {
				pairs = append(pairs, Pair{row.Name(g.Name), row.values[j].text})
			}
		}
		if len(in.rows[i]) == 0 && len(f.DefaultRows) > 0 {
			pairs = append(pairs, Pair{f.Name, ""})
		}
	}
	return pairs
}
