package calendar

// AddDays returns the day n days after d, before it if n is negative.
func (d Date) AddDays(n int) Date { return FromNumber(d.Number() + n) }

// AddMonths returns the same day n months later, or that month's last day where
// it has no such day: a month after 2028-01-31 is 2028-02-29.
func (d Date) AddMonths(n int) Date {
	m := d.MonthOf().Add(n)
	return Date{m.Year, m.Month, min(d.Day, m.Days())}
}

// MonthOf returns the month that d is in.
func (d Date) MonthOf() Month { return Month{d.Year, d.Month} }

// Add returns the month n months after m, before it if n is negative.
func (m Month) Add(n int) Month {
	i := m.Year*12 + m.Month - 1 + n
	y := floorDiv(i, 12)
	return Month{y, i - y*12 + 1}
}

// Sub returns the months from u to m: 0 for the same month, negative if m is
// the earlier.
func (m Month) Sub(u Month) int { return (m.Year-u.Year)*12 + m.Month - u.Month }

// Days returns the number of days of m.
func (m Month) Days() int {
	switch m.Month {
	case 2:
		if m.Year%4 == 0 && (m.Year%100 != 0 || m.Year%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// First returns the first day of m.
func (m Month) First() Date { return Date{m.Year, m.Month, 1} }

// Last returns the last day of m.
func (m Month) Last() Date { return Date{m.Year, m.Month, m.Days()} }

// Compare is negative if d is before e, 0 if they are the same day, positive if
// d is after e.
func (d Date) Compare(e Date) int {
	if c := d.MonthOf().Sub(e.MonthOf()); c != 0 {
		return c
	}
	return d.Day - e.Day
}

// Before reports whether d is an earlier day than e.
func (d Date) Before(e Date) bool { return d.Compare(e) < 0 }

// After reports whether d is a later day than e.
func (d Date) After(e Date) bool { return d.Compare(e) > 0 }

// Compare is negative if m is before u, 0 if they are the same month, positive
// if m is after u.
func (m Month) Compare(u Month) int { return m.Sub(u) }

// Before reports whether m is an earlier month than u.
func (m Month) Before(u Month) bool { return m.Sub(u) < 0 }

// After reports whether m is a later month than u.
func (m Month) After(u Month) bool { return m.Sub(u) > 0 }
