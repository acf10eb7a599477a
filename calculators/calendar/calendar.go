// Package calendar is dates and months without package time, which costs 45 to
// 57 KB in WebAssembly: the proleptic Gregorian calendar by day numbers.
//
// Begin with ParseDate and ParseMonth, which read what HTML's date and month
// inputs submit (YYYY-MM-DD, YYYY-MM; years 0001 to 9999) and nothing else. A
// Date is counted with by its Number, the days since 1970-01-01:
//
//	due, _ := calendar.ParseDate("2027-12-31")
//	due.AddDays(-23 * 7) // 2027-07-23
//
// Months are stepped with the day clamped: a month after 31 January is the last
// of February. Nothing here knows a clock, a time zone or a locale.
package calendar

// Date is a day. The zero Date is no day.
type Date struct{ Year, Month, Day int }

// Month is a month of a year. The zero Month is no month.
type Month struct{ Year, Month int }

// IsZero reports whether d is no day.
func (d Date) IsZero() bool { return d == Date{} }

// IsZero reports whether m is no month.
func (m Month) IsZero() bool { return m == Month{} }
