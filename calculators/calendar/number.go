package calendar

// The day numbers follow Howard Hinnant's "chrono-Compatible Low-Level Date
// Algorithms": years are counted from March, so that the leap day is the last
// of its year, in eras of 400 years, which all have the same 146,097 days.

const (
	daysOfEra = 146097
	epoch     = 719468 // days from 0000-03-01 to 1970-01-01
)

// Number returns the days from 1970-01-01 to d; earlier days are negative.
func (d Date) Number() int {
	y, m := d.Year, d.Month
	if m <= 2 {
		y--
		m += 12
	}
	era := floorDiv(y, 400)
	yearOfEra := y - era*400
	dayOfYear := (153*(m-3)+2)/5 + d.Day - 1
	dayOfEra := yearOfEra*365 + yearOfEra/4 - yearOfEra/100 + dayOfYear
	return era*daysOfEra + dayOfEra - epoch
}

// FromNumber returns the date of a day number: the inverse of Number.
func FromNumber(n int) Date {
	n += epoch
	era := floorDiv(n, daysOfEra)
	dayOfEra := n - era*daysOfEra
	yearOfEra := (dayOfEra - dayOfEra/1460 + dayOfEra/36524 - dayOfEra/146096) / 365
	dayOfYear := dayOfEra - (365*yearOfEra + yearOfEra/4 - yearOfEra/100)
	fromMarch := (5*dayOfYear + 2) / 153
	d := Date{
		Year:  era*400 + yearOfEra,
		Month: fromMarch + 3,
		Day:   dayOfYear - (153*fromMarch+2)/5 + 1,
	}
	if d.Month > 12 {
		d.Month -= 12
		d.Year++
	}
	return d
}

// floorDiv divides and rounds down, also for a negative a; b is positive.
func floorDiv(a, b int) int {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
