package report

import (
	"math/bits"

	"playbook/calculators/form"
)

// Datum is one typed value: it knows how it is printed as JSON and how one
// language formats it. Build it with the constructors. The zero Datum is Null.
//
// It is a pointer inside: results are full of data, and copying their seven words
// each time made up a quarter of a calculator's WebAssembly.
// That it cannot be compared spares the functions that would compare each struct
// and array of data.
type Datum struct {
	_ [0]func()
	*held
}

type held struct {
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
	return Datum{held: &held{kind: money, n: minor, a: 2, s: currency}}
}

// Estimate is an amount that comes of a division, and would look more exact than it
// is: from 100 on it is shown in whole units. JSON and CSV have it to the minor unit.
func Estimate(minor int64, currency string) Datum {
	return Datum{held: &held{kind: money, n: minor, a: 2, b: 1, s: currency}}
}

// Count is a whole number.
func Count(n int64) Datum { return Datum{held: &held{kind: fixed, n: n}} }

// Fixed is n × 10^-places, shown with all its places: ratios, odds,
// expectations.
func Fixed(n int64, places int) Datum { return Datum{held: &held{kind: fixed, n: n, a: places}} }

// Exact is a number of any size, given plainly: "-12.50".
func Exact(decimal string) Datum { return Datum{held: &held{kind: exact, s: decimal}} }

// Percent is a share in millionths: 800,000 is 80 %. JSON: the number of
// percent.
func Percent(millionths int64) Datum { return Datum{held: &held{kind: percent, n: millionths, a: 4}} }

// Share is a part of a whole to a tenth of a percent, Null of nothing. Neither is
// below nothing; the part is at most a million times the whole.
func Share(part, whole int64) Datum {
	if whole <= 0 {
		return Null()
	}
	high, low := bits.Mul64(uint64(part), 1000)
	low, carry := bits.Add64(low, uint64(whole)/2, 0)
	q, _ := bits.Div64(high+carry, low, uint64(whole))
	return Percent(int64(q) * 1000)
}

// Text is what the reader typed.
func Text(s string) Datum { return Datum{held: &held{kind: text, s: s}} }

// Word is a word of the language by its key, completed as in a Message. JSON:
// the last part of the key.
func Word(key string) Datum { return Datum{held: &held{kind: word, s: key}} }

// Code is a stable code such as "buy", the same in every language.
func Code(s string) Datum { return Datum{held: &held{kind: code, s: s}} }

// Month is a month of a year. JSON: "2027-05".
func Month(year, m int) Datum { return Datum{held: &held{kind: month, n: int64(year), a: m}} }

// Date is a day. JSON: "2027-07-23".
func Date(year, month, day int) Datum {
	return Datum{held: &held{kind: date, n: int64(year), a: month, b: day}}
}

// Currency is a currency by its code, shown by its name. JSON: the code.
func Currency(code string) Datum { return Datum{held: &held{kind: currency, s: code}} }

// Bool is yes or no.
func Bool(b bool) Datum {
	d := Datum{held: &held{kind: boolean}}
	if b {
		d.n = 1
	}
	return d
}

// Null is what does not exist.
func Null() Datum { return Datum{} }

// List is several data.
func List(items ...Datum) Datum { return Datum{held: &held{kind: list, list: items}} }

// IsNull reports whether the datum does not exist.
func (d Datum) IsNull() bool { return d.sure().kind == null }

// sure is the datum, with nothing for the zero Datum.
func (d Datum) sure() Datum {
	if d.held == nil {
		return Datum{held: &held{}}
	}
	return d
}

// plain is the datum without any language, as a spreadsheet takes it: "12000",
// "2027-05", "dont_buy", "" for Null.
func (d Datum) plain() string {
	d = d.sure()
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
