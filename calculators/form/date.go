package form

import "playbook/calculators/calendar"

// Years that a month or a date may lie in: wide enough for every plan, narrow
// enough that a slip such as 20277 is caught.
const (
	firstYear = 1900
	lastYear  = 2199
)

// parseMonth reads YYYY-MM, and what people type for it: 2027/5, 2027.05,
// 2027年5月, full-width digits.
func parseMonth(s string) (calendar.Month, bool) {
	var parts [2]int
	if !parseParts(s, parts[:]) {
		return calendar.Month{}, false
	}
	m := calendar.Month{Year: parts[0], Month: parts[1]}
	return m, m.Year >= firstYear && m.Year <= lastYear && m.Month >= 1 && m.Month <= 12
}

// parseDate reads YYYY-MM-DD, and what people type for it.
func parseDate(s string) (calendar.Date, bool) {
	var parts [3]int
	if !parseParts(s, parts[:]) {
		return calendar.Date{}, false
	}
	d := calendar.Date{Year: parts[0], Month: parts[1], Day: parts[2]}
	return d, d.Year >= firstYear && d.Year <= lastYear && d.Month >= 1 && d.Month <= 12 &&
		d.Day >= 1 && d.Day <= d.MonthOf().Days()
}

// parseParts reads exactly len(parts) whole numbers of at most four digits with
// one mark between them; the Chinese marks may also end the text.
func parseParts(s string, parts []int) bool {
	n, digits := 0, 0
	ended := false
	for _, r := range s {
		r = plain(r)
		switch {
		case r == ' ':
		case ended:
			return false
		case '0' <= r && r <= '9':
			if digits++; digits > 4 {
				return false
			}
			parts[n] = parts[n]*10 + int(r-'0')
		case r == '-' || r == '/' || r == '.' || r == '年' || r == '月' || r == '日':
			if digits == 0 {
				return false
			}
			if n == len(parts)-1 {
				if r != '月' && r != '日' {
					return false
				}
				ended = true
				continue
			}
			n, digits = n+1, 0
		default:
			return false
		}
	}
	return n == len(parts)-1 && digits > 0
}
