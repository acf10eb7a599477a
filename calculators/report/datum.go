package report

import "playbook/calculators/form"

// Datum is one typed value: it knows how it is printed as JSON and how one
// language formats it. Build it with the constructors. The zero Datum is Null.
type Datum struct {
	kind kind
	n    int64  // the number; the year of a month or date; 1 for true
	a, b int    // decimal places; month and day
	s    string // the text, key, code, currency or decimal digits
	list []Datum
}

type kind uint8

const (
	null kind = iota
	money
	fixed // counts too
	exact
	percent
	text
	word
	code
	month
	date
	boolean
	list
	currency
)

// Money is an amount in minor units of a currency given by its code. JSON: a
// number in major units.
func Money(minor int64, currency string) Datum {
	return Datum{kind: money, n: minor, a: 2, s: currency}
}

// Count is a whole number.
func Count(n int64) Datum { return Datum{kind: fixed, n: n} }

// Fixed is n × 10^-places, shown with all its places: ratios, odds,
// expectations.
func Fixed(n int64, places int) Datum { return Datum{kind: fixed, n: n, a: places} }

// Exact is a number of any size, given plainly: "-12.50".
func Exact(decimal string) Datum { return Datum{kind: exact, s: decimal} }

// Percent is a share in millionths: 800,000 is 80 %. JSON: the number of
// percent.
func Percent(millionths int64) Datum { return Datum{kind: percent, n: millionths, a: 4} }

// Text is what the reader typed.
func Text(s string) Datum { return Datum{kind: text, s: s} }

// Word is a word of the language by its key, completed as in a Message. JSON:
// the last part of the key.
func Word(key string) Datum { return Datum{kind: word, s: key} }

// Code is a stable code such as "buy", the same in every language.
func Code(s string) Datum { return Datum{kind: code, s: s} }

// Month is a month of a year. JSON: "2027-05".
func Month(year, m int) Datum { return Datum{kind: month, n: int64(year), a: m} }

// Date is a day. JSON: "2027-07-23".
func Date(year, month, day int) Datum { return Datum{kind: date, n: int64(year), a: month, b: day} }

// Currency is a currency by its code, shown by its name. JSON: the code.
func Currency(code string) Datum { return Datum{kind: currency, s: code} }

// Bool is yes or no.
func Bool(b bool) Datum {
	d := Datum{kind: boolean}
	if b {
		d.n = 1
	}
	return d
}

// Null is what does not exist.
func Null() Datum { return Datum{} }

// List is several data.
func List(items ...Datum) Datum { return Datum{kind: list, list: items} }

// plain is the datum without any language, as a spreadsheet takes it: "12000",
// "2027-05", "dont_buy", "" for Null.
func (d Datum) plain() string {
	switch d.kind {
	case null:
		return ""
	case money, fixed, percent:
		return form.Trim(form.Decimal(d.n, d.a))
	case exact:
		return form.Trim(d.s)
	case word:
		for i := len(d.s) - 1; i >= 0; i-- {
			if d.s[i] == '.' {
				return d.s[i+1:]
			}
		}
	case month:
		return year(d.n) + "-" + two(d.a)
	case date:
		return year(d.n) + "-" + two(d.a) + "-" + two(d.b)
	case boolean:
		if d.n == 1 {
			return "true"
		}
		return "false"
	case list:
		s := ""
		for i, item := range d.list {
			if i > 0 {
				s += "; "
			}
			s += item.plain()
		}
		return s
	}
	return d.s
}

// two writes a number of at most two digits with two.
func two(n int) string { return string([]byte{byte('0' + n/10%10), byte('0' + n%10)}) }

// year writes a year with four digits.
func year(n int64) string { return two(int(n/100)) + two(int(n%100)) }
