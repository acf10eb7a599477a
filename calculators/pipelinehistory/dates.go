package pipelinehistory

import "playbook/calculators/calendar"

// An order of day, month and year in numbers.
type order uint8

const (
	auto order = iota
	ymd
	dmy
	mdy
)

// epoch is the first day that a file may hold, as a calendar number; times are
// seconds from the day before it, so that none is 0, which stands for a beginning
// that is not known.
var epoch = calendar.Date{Year: 1900, Month: 1, Day: 1}.Number() - 1

const daySeconds = 86_400

// dayOf is the day of a time, as a calendar number.
func dayOf(t int) int { return t/daySeconds + epoch }

const months = "janfebmaraprmayjunjulaugsepoctnovdec"

// stamp is a typed date taken apart.
type stamp struct {
	n      [7]int // numbers in their order
	digits [7]int // how many each has
	count  int
	month  int  // of a month's name
	pm     byte // 'a' or 'p' of AM and PM
	dotted bool // 1.3.2017, which only the order day, month, year is written with
}

// take takes a date apart; what follows the numbers of a second does not count.
func take(s string) (d stamp) {
	for i := 0; i < len(s) && d.count < 6; {
		c := s[i]
		switch {
		case c >= '0' && c <= '9':
			for ; i < len(s) && s[i] >= '0' && s[i] <= '9'; i++ {
				if d.digits[d.count]++; d.digits[d.count] < 9 {
					d.n[d.count] = d.n[d.count]*10 + int(s[i]-'0')
				}
			}
			d.count++
		case c|0x20 >= 'a' && c|0x20 <= 'z':
			from := i
			for i < len(s) && s[i]|0x20 >= 'a' && s[i]|0x20 <= 'z' {
				i++
			}
			d.word(s[from:i])
		default:
			if c == '.' && d.count == 1 {
				d.dotted = true
			}
			i++
		}
	}
	if n := len(s); n > 2 {
		d.word(s[n-2:]) // AM and PM follow the numbers
	}
	return d
}

func (d *stamp) word(w string) {
	if len(w) == 2 && w[1]|0x20 == 'm' {
		d.pm = w[0] | 0x20
		return
	}
	if len(w) < 3 || d.month > 0 {
		return
	}
	for m := 0; m < len(months); m += 3 {
		if w[0]|0x20 == months[m] && w[1]|0x20 == months[m+1] && w[2]|0x20 == months[m+2] {
			d.month = m/3 + 1
		}
	}
}

// order is the order that a date shows: auto where it could be two, ymd where it
// needs none.
func (d *stamp) order() order {
	switch {
	case d.month > 0 || d.count < 3 || d.digits[0] >= 4:
		return ymd
	case d.dotted || d.n[0] > 12:
		return dmy
	case d.n[1] > 12:
		return mdy
	case d.n[0] == d.n[1]:
		return ymd
	}
	return auto
}

// time is the time of a date in seconds, false where it is none.
func (d *stamp) time(o order) (int, bool) {
	var y, m, day int
	rest := 3
	switch {
	case d.month > 0 && d.count >= 2:
		m, rest = d.month, 2
		y, day = d.n[1], d.n[0]
		if d.digits[0] == 4 {
			y, day = d.n[0], d.n[1]
		}
	case d.digits[0] == 8:
		y, m, day, rest = d.n[0]/10000, d.n[0]/100%100, d.n[0]%100, 1
	case d.count < 3:
		return 0, false
	case d.digits[0] == 4 || o == ymd && d.digits[2] != 4:
		y, m, day = d.n[0], d.n[1], d.n[2]
	case o == mdy:
		y, m, day = d.n[2], d.n[0], d.n[1]
	default:
		y, m, day = d.n[2], d.n[1], d.n[0]
	}
	if y < 100 {
		y += 2000
	}
	at := calendar.Date{Year: y, Month: m, Day: day}
	if y < 1900 || y > 2199 || m < 1 || m > 12 || day < 1 || day > at.MonthOf().Days() {
		return 0, false
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
