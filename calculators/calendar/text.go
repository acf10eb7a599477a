package calendar

// ParseDate reads YYYY-MM-DD, exactly, and reports whether it is a day of the
// years 0001 to 9999.
func ParseDate(s string) (Date, bool) {
	if len(s) != 10 || s[7] != '-' {
		return Date{}, false
	}
	m, ok := ParseMonth(s[:7])
	if !ok {
		return Date{}, false
	}
	day, ok := digits(s[8:])
	if !ok || day < 1 || day > m.Days() {
		return Date{}, false
	}
	return Date{m.Year, m.Month, day}, true
}

// ParseMonth reads YYYY-MM, exactly, and reports whether it is a month of the
// years 0001 to 9999.
func ParseMonth(s string) (Month, bool) {
	if len(s) != 7 || s[4] != '-' {
		return Month{}, false
	}
	year, ok := digits(s[:4])
	if !ok || year < 1 {
		return Month{}, false
	}
	month, ok := digits(s[5:])
	if !ok || month < 1 || month > 12 {
		return Month{}, false
	}
	return Month{year, month}, true
}

// digits reads an unsigned decimal number without sign or space.
func digits(s string) (int, bool) {
	n := 0
	for i := range len(s) {
		c := s[i]
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, true
}

// String returns YYYY-MM-DD, which ParseDate reads, or "" for no day.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return string(appendPadded(append(appendMonth(nil, d.Year, d.Month), '-'), d.Day, 2))
}

// String returns YYYY-MM, which ParseMonth reads, or "" for no month.
func (m Month) String() string {
	if m.IsZero() {
		return ""
	}
	return string(appendMonth(nil, m.Year, m.Month))
}

func appendMonth(b []byte, year, month int) []byte {
	if year < 0 {
		b = append(b, '-')
		year = -year
	}
	return appendPadded(append(appendPadded(b, year, 4), '-'), month, 2)
}

// appendPadded appends n ≥ 0 with at least width digits.
func appendPadded(b []byte, n, width int) []byte {
	var digits [20]byte
	i := len(digits)
	for n > 0 || width > 0 {
		i--
		digits[i] = byte('0' + n%10)
		n /= 10
		width--
	}
	return append(b, digits[i:]...)
}
