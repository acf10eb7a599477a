package plan965531

import "playbook/calculators/calendar"

// Festival is a Spring Festival (春节) and the public holiday around it, which
// the page offers as a pause. The first day is astronomy; the holiday is decreed
// by the State Council each autumn.
type Festival struct {
	NewYear  calendar.Date // the first day of the lunar year
	From, To calendar.Date // the holiday, both days included
	Decreed  bool          // the holiday has been announced; otherwise it is the usual one
}

// usualDays is the length of the holiday where none has been announced: since
// 2025 it usually runs from New Year's Eve to the seventh day of the year.
const usualDays = 8

// Festivals lists the Spring Festivals from 2025 to 2035.
func Festivals() []Festival {
	list := []Festival{
		{
			NewYear: calendar.Date{Year: 2025, Month: 1, Day: 29},
			From:    calendar.Date{Year: 2025, Month: 1, Day: 28},
			To:      calendar.Date{Year: 2025, Month: 2, Day: 4},
			Decreed: true,
		},
		{
			NewYear: calendar.Date{Year: 2026, Month: 2, Day: 17},
			From:    calendar.Date{Year: 2026, Month: 2, Day: 15},
			To:      calendar.Date{Year: 2026, Month: 2, Day: 23},
			Decreed: true,
		},
	}
	for _, first := range []calendar.Date{
		{Year: 2027, Month: 2, Day: 6},
		{Year: 2028, Month: 1, Day: 26},
		{Year: 2029, Month: 2, Day: 13},
		{Year: 2030, Month: 2, Day: 3},
		{Year: 2031, Month: 1, Day: 23},
		{Year: 2032, Month: 2, Day: 11},
		{Year: 2033, Month: 1, Day: 31},
		{Year: 2034, Month: 2, Day: 19},
		{Year: 2035, Month: 2, Day: 8},
	} {
		eve := first.AddDays(-1)
		list = append(list, Festival{NewYear: first, From: eve, To: eve.AddDays(usualDays - 1)})
	}
	return list
}
