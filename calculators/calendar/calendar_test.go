package calendar

import (
	"testing"
	"time"
)

// TestNumber holds every day of a few centuries against package time, which the
// tests, unlike the package, may import.
func TestNumber(t *testing.T) {
	for _, year := range []int{-401, 0, 1, 1899, 1900, 1970, 2000, 2027, 2028, 2100, 9999} {
		day := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)
		for range 367 {
			y, m, d := day.Date()
			date := Date{y, int(m), d}
			want := int(day.Unix() / 86400)
			if got := date.Number(); got != want {
				t.Fatalf("%v.Number() = %d, want %d", date, got, want)
			}
			if got := FromNumber(want); got != date {
				t.Fatalf("FromNumber(%d) = %v, want %v", want, got, date)
			}
			day = day.AddDate(0, 0, 1)
		}
	}
}

func TestParseDate(t *testing.T) {
	for s, ok := range map[string]bool{
		"2027-12-31": true, "2028-02-29": true, "2000-02-29": true, "0001-01-01": true, "9999-12-31": true,
		"2027-02-29": false, "1900-02-29": false, "2027-04-31": false, "2027-13-01": false, "2027-00-01": false,
		"2027-01-00": false, "0000-01-01": false, "2027-1-1": false, "27-01-01": false, "2027/01/01": false,
		"2027-01-01 ": false, " 2027-01-01": false, "2027-01-+1": false, "-027-01-01": false, "": false,
		"２０２７-01": false, "2027-01": false, "2027-01-01T00:00": false,
	} {
		d, got := ParseDate(s)
		if got != ok {
			t.Errorf("ParseDate(%q) ok = %v, want %v", s, got, ok)
		}
		if ok && d.String() != s {
			t.Errorf("ParseDate(%q).String() = %q", s, d.String())
		}
		if !ok && !d.IsZero() {
			t.Errorf("ParseDate(%q) = %v, want no day", s, d)
		}
	}
}

func TestParseMonth(t *testing.T) {
	for s, ok := range map[string]bool{
		"2027-01": true, "2027-12": true, "0001-01": true,
		"2027-00": false, "2027-13": false, "0000-01": false, "2027-1": false, "202701": false, "2027-01-01": false, "": false,
	} {
		m, got := ParseMonth(s)
		if got != ok {
			t.Errorf("ParseMonth(%q) ok = %v, want %v", s, got, ok)
		}
		if ok && m.String() != s {
			t.Errorf("ParseMonth(%q).String() = %q", s, m.String())
		}
	}
}

func TestAddMonths(t *testing.T) {
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"2027-07-23", -4, "2027-03-23"},
		{"2027-07-31", -1, "2027-06-30"},
		{"2028-03-31", -1, "2028-02-29"},
		{"2027-03-31", -1, "2027-02-28"},
		{"2028-02-29", 12, "2029-02-28"},
		{"2027-01-31", -1, "2026-12-31"},
		{"2027-12-31", 2, "2028-02-29"},
		{"2027-06-15", -1200, "1927-06-15"},
	} {
		d, _ := ParseDate(c.from)
		if got := d.AddMonths(c.n).String(); got != c.want {
			t.Errorf("%s + %d months = %s, want %s", c.from, c.n, got, c.want)
		}
	}
}

// TestAddDays includes the deck's own example: 23 weeks before the year's end.
func TestAddDays(t *testing.T) {
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"2027-12-31", -23 * 7, "2027-07-23"},
		{"2028-02-28", 1, "2028-02-29"},
		{"2027-02-28", 1, "2027-03-01"},
		{"2027-12-31", 1, "2028-01-01"},
	} {
		d, _ := ParseDate(c.from)
		if got := d.AddDays(c.n).String(); got != c.want {
			t.Errorf("%s + %d days = %s, want %s", c.from, c.n, got, c.want)
		}
	}
}

func TestMonth(t *testing.T) {
	m := Month{2027, 1}
	if got := m.Add(11); got != (Month{2027, 12}) {
		t.Errorf("2027-01 + 11 = %v", got)
	}
	if got := m.Add(-1); got != (Month{2026, 12}) {
		t.Errorf("2027-01 - 1 = %v", got)
	}
	if got := m.Add(23).Sub(m); got != 23 {
		t.Errorf("Sub = %d, want 23", got)
	}
	if got := (Month{2028, 2}).Last(); got != (Date{2028, 2, 29}) {
		t.Errorf("last of 2028-02 = %v", got)
	}
	if !m.Before(m.Add(1)) || m.After(m) || m.Compare(m) != 0 {
		t.Error("months are out of order")
	}
	if a, b := m.First(), m.Last(); !a.Before(b) || !b.After(a) || a.Compare(a) != 0 {
		t.Error("dates are out of order")
	}
}

func TestZero(t *testing.T) {
	if s := (Date{}).String(); s != "" {
		t.Errorf("no day prints %q", s)
	}
	if s := (Month{}).String(); s != "" {
		t.Errorf("no month prints %q", s)
	}
	if !(Month{}).IsZero() || (Month{2027, 1}).IsZero() {
		t.Error("Month.IsZero")
	}
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2027-12-31", "2028-02-29", "2027-02-29", "0000-00-00", "９９９９-12-31", "1e999", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, ok := ParseDate(s)
		if !ok {
			return
		}
		if d.String() != s {
			t.Fatalf("ParseDate(%q).String() = %q", s, d.String())
		}
		if FromNumber(d.Number()) != d {
			t.Fatalf("%v does not survive its day number", d)
		}
		if _, err := time.Parse("2006-01-02", s); err != nil {
			t.Fatalf("ParseDate accepts %q, package time does not: %v", s, err)
		}
	})
}
