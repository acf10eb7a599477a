package pipelinehistory

import (
	"unicode/utf8"

	"playbook/calculators/calendar"
)

// An order of day, month and year in numbers; several are a set.
type order uint8

const (
	ymd order = 1 << iota
	dmy
	mdy
	anyOrder = ymd | dmy | mdy
)

// epoch is the first day that a file may hold, as a calendar number; times are
// seconds from the day before it, so that none is 0, which stands for a beginning
// that is not known.
var epoch = calendar.Date{Year: 1900, Month: 1, Day: 1}.Number() - 1

const daySeconds = 86_400

// dayOf is the day of a time, as a calendar number.
func dayOf(t int) int { return t/daySeconds + epoch }

// Months by the beginnings of their names in English, German, French and Spanish,
// as fold has them; the longest that fits counts (juin, juil).
const months = "jan|1|ene|1|feb|2|fev|2|mar|3|mrz|3|maer|3|apr|4|avr|4|abr|4|may|5|mai|5|jun|6|juin|6|jul|7|juil|7|aug|8|aou|8|ago|8|sep|9|set|9|oct|10|okt|10|out|10|nov|11|dec|12|dez|12|dic|12"

// month is the number of a month that a word names, or 0.
func month(word string) int {
	best, longest := 0, 0
	if len(word) < 3 {
		return 0
	}
	for list := months; list != ""; {
		var name, n string
		name, list = next(list)
		n, list = next(list)
		if len(name) > longest && len(word) >= len(name) && word[:len(name)] == name {
			best, longest = int(n[0]-'0'), len(name)
			if len(n) > 1 {
				best = 10 + int(n[1]-'0')
			}
		}
	}
	return best
}

// dateParts is a typed date taken apart.
type dateParts struct {
	n      [7]int // numbers in their order
	digits [7]int // how many each has
	count  int
	month  int  // of a month's name
	pm     byte // 'a' or 'p' of AM and PM
	dotted bool // 1.3.2017, which only the order day, month, year is written with
}

// parseDate takes a date apart; what follows the numbers of a second does not count.
func parseDate(s string) (d dateParts) {
	var word []byte
	inNumber := false
	for _, r := range s + " " {
		if r == '.' && inNumber && d.count == 1 {
			d.dotted = true
		}
		r = fold(r)
		digit := r >= '0' && r <= '9'
		if r == 0 || digit {
			if len(word) > 1 { // not the T and Z of 2026-03-01T10:20Z
				d.word(string(word))
			}
			word = word[:0]
		}
		switch {
		case digit && d.count < 6 || digit && inNumber:
			if !inNumber {
				d.count++
			}
			inNumber = true
			if i := d.count - 1; d.digits[i] < 8 {
				d.digits[i]++
				d.n[i] = d.n[i]*10 + int(r-'0')
			} else {
				d.digits[i]++ // too long for any date
			}
			continue
		case r > 0 && !digit:
			word = utf8.AppendRune(word, r)
		}
		inNumber = false
	}
	return d
}

func (d *dateParts) word(w string) {
	switch {
	case w == "am" || w == "上午":
		d.pm = 'a'
	case w == "pm" || w == "下午":
		d.pm = 'p'
	case month(w) > 0:
		d.month = month(w) // the last: mardi 3 mars
	case len(w) > 6 && (w[len(w)-6:] == "上午" || w[len(w)-6:] == "下午"): // 1日下午
		d.word(w[len(w)-6:])
	}
}

// orders are those in which the numbers are a date: all of them where it needs
// none, none where it is no date.
func (d *dateParts) orders() (set order) {
	for o := ymd; o <= mdy; o <<= 1 {
		if _, ok := d.date(o); ok {
			set |= o
		}
	}
	return set
}

// date is the date in one order, false where it is none.
func (d *dateParts) date(o order) (calendar.Date, bool) {
	var y, m, day, digits int
	switch {
	case d.month > 0 && d.count >= 2:
		m, y, day, digits = d.month, d.n[1], d.n[0], d.digits[1]
		if d.digits[0] == 4 {
			y, day, digits = d.n[0], d.n[1], 4
		}
	case d.digits[0] == 8:
		y, m, day, digits = d.n[0]/10000, d.n[0]/100%100, d.n[0]%100, 4
	case d.count < 3:
		return calendar.Date{}, false
	case d.digits[0] == 4:
		y, m, day, digits = d.n[0], d.n[1], d.n[2], 4
	case d.dotted && o != dmy:
		return calendar.Date{}, false
	case o == ymd:
		y, m, day, digits = d.n[0], d.n[1], d.n[2], d.digits[0]
	case o == mdy:
		y, m, day, digits = d.n[2], d.n[0], d.n[1], d.digits[2]
	default:
		y, m, day, digits = d.n[2], d.n[1], d.n[0], d.digits[2]
	}
	if digits == 2 {
		if y += 2000; y >= 2070 {
			y -= 100
		}
	}
	at := calendar.Date{Year: y, Month: m, Day: day}
	return at, digits != 3 && y >= 1900 && y <= 2199 && m >= 1 && m <= 12 && day >= 1 && day <= at.MonthOf().Days()
}

// time is the time of a date in seconds, false where it is none.
func (d *dateParts) time(o order) (int, bool) {
	at, ok := d.date(o)
	if !ok {
		return 0, false
	}
	rest := 3
	switch {
	case d.month > 0:
		rest = 2
	case d.digits[0] == 8:
		rest = 1
	}
	clock := 0
	if d.count >= rest+2 { // hours and minutes at least
		h, min, s := d.n[rest], d.n[rest+1], 0
		if d.count > rest+2 {
			s = d.n[rest+2]
		}
		if h < 12 && d.pm == 'p' {
			h += 12
		}
		if h == 12 && d.pm == 'a' {
			h = 0
		}
		if h < 24 && min < 60 && s < 60 {
			clock = h*3600 + min*60 + s
		}
	}
	return (at.Number()-epoch)*daySeconds + clock, true
}

// evidence is what the dates of a column show of their order.
type evidence struct {
	set   order     // in which all of them can be read; of no date any order
	clash [3]string // examples that differ in two orders: ymd and dmy, ymd and mdy, dmy and mdy
	mixed bool
}

// add takes a date into account.
func (e *evidence) add(s string) {
	if len(s) > 4 && s[0] >= '1' && s[0] <= '2' && s[4] == '-' {
		if e.set == 0 {
			e.set = anyOrder
		}
		return // the year is first, as mostly
	}
	d := parseDate(s)
	set := d.orders()
	if set == 0 {
		return // told when it is read
	}
	if e.set == 0 {
		e.set = anyOrder
	}
	if e.set&set == 0 {
		e.mixed = true
		return
	}
	e.set &= set
	for i, pair := range []order{ymd | dmy, ymd | mdy, dmy | mdy} {
		if set&pair != pair || e.clash[i] != "" {
			continue
		}
		a, _ := d.date(pair & -pair)
		b, _ := d.date(pair &^ (pair & -pair))
		if a != b {
			e.clash[i] = short(s)
		}
	}
}

// merge takes another column's evidence into account.
func (e *evidence) merge(f *evidence) {
	if f.set == 0 {
		return
	}
	if e.set == 0 {
		e.set = anyOrder
	}
	e.mixed = e.mixed || f.mixed || e.set&f.set == 0
	e.set &= f.set
	for i, s := range f.clash {
		if e.clash[i] == "" {
			e.clash[i] = s
		}
	}
}

// decide gives the order of all dates; example is one that could be two days.
func (e *evidence) decide() (o order, example string) {
	for i, pair := range []order{ymd | dmy, ymd | mdy, dmy | mdy} {
		if e.set&pair == pair && e.clash[i] != "" {
			return 0, e.clash[i]
		}
	}
	return e.set & -e.set, ""
}
