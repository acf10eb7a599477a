package plan965531

import (
	"math/rand/v2"
	"slices"
	"testing"

	"playbook/calculators/calendar"
)

func TestMergePauses(t *testing.T) {
	got := pauses(
		"2027-02-10", "2027-02-20",
		"2027-02-05", "2027-02-12", // overlaps
		"2027-02-21", "2027-02-21", // touches
		"2027-02-06", "2027-02-07", // lies within
		"2027-05-01", "2027-05-03",
	)
	want := Pauses{{date("2027-02-05"), date("2027-02-21")}, {date("2027-05-01"), date("2027-05-03")}}
	if !slices.Equal(got, want) {
		t.Errorf("merged: %v, want %v", got, want)
	}
}

func TestLatestStart(t *testing.T) {
	for _, c := range []struct {
		name, deadline string
		pauses         Pauses
		want           string
	}{
		{"the deck", "2027-12-31", nil, "2027-07-23"},
		{"a leap year", "2028-03-31", nil, "2027-10-22"},
		{"a pause within", "2027-12-31", pauses("2027-10-01", "2027-10-07"), "2027-07-16"},
		{"a pause outside", "2027-12-31", pauses("2027-02-05", "2027-02-12"), "2027-07-23"},
		{"a pause over the deadline", "2027-12-31", pauses("2027-12-25", "2028-01-05"), "2027-07-17"},
		{"a pause to the day before the deadline", "2027-12-31", pauses("2027-12-25", "2027-12-30"), "2027-07-17"},
		{"a pause on the start day", "2027-12-31", pauses("2027-07-20", "2027-07-23"), "2027-07-19"},
		{"a pause up to the start day", "2027-12-31", pauses("2027-07-20", "2027-07-22"), "2027-07-23"},
		{"overlapping pauses count once", "2027-12-31", pauses("2027-10-01", "2027-10-07", "2027-10-03", "2027-10-07"), "2027-07-16"},
	} {
		p := deck()
		p.Deadline, p.Pauses = date(c.deadline), c.pauses
		if got := p.LatestStart().String(); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestFirstStart(t *testing.T) {
	for _, c := range []struct {
		name, deadline string
		quota          int64
		starts         int
		pauses         Pauses
		want           string
	}{
		{"the deck", "2027-12-31", 5, 1, nil, "2027-03-23"},
		{"two a month", "2027-12-31", 5, 2, nil, "2027-05-23"},
		{"all in a month", "2027-12-31", 5, 5, nil, "2027-07-23"},
		{"clamped", "2028-01-08", 2, 1, nil, "2027-06-30"},         // from 31 July
		{"past a leap day", "2028-09-08", 3, 1, nil, "2028-01-31"}, // from 31 March
		{"a leap day", "2028-09-08", 2, 1, nil, "2028-02-29"},      // from 31 March
		{"no leap day", "2027-09-08", 2, 1, nil, "2027-02-28"},     // from 31 March
		{"the year before", "2027-06-30", 5, 1, nil, "2026-09-20"},
		{"in a pause", "2027-12-31", 5, 1, pauses("2027-03-20", "2027-03-25"), "2027-03-19"},
		{"after a pause", "2027-12-31", 5, 1, pauses("2027-03-20", "2027-03-22"), "2027-03-23"},
		{"in pauses that touch", "2027-12-31", 5, 1, pauses("2027-03-20", "2027-03-21", "2027-03-22", "2027-03-25"), "2027-03-19"},
	} {
		p := deck()
		p.Deadline, p.Quota, p.StartsPerMonth, p.Pauses = date(c.deadline), c.quota*p.OrderValue, c.starts, c.pauses
		if got := p.FirstStart().String(); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// TestDays holds the counting of days against counting them one by one.
func TestDays(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	start := date("2027-01-01")
	for range 300 {
		var list []Pause
		for range r.IntN(6) {
			from := start.AddDays(r.IntN(120))
			list = append(list, Pause{from, from.AddDays(r.IntN(25))})
		}
		paused := func(d calendar.Date) bool {
			return slices.ContainsFunc(list, func(p Pause) bool { return !d.Before(p.From) && !d.After(p.To) })
		}
		days := func(from, to calendar.Date) int {
			n := 0
			for d := from; d.Before(to); d = d.AddDays(1) {
				if !paused(d) {
					n++
				}
			}
			return n
		}
		ps := MergePauses(list)
		from := start.AddDays(r.IntN(150))
		to := from.AddDays(r.IntN(150) - 10)
		if got, want := ps.Days(from, to), days(from, to); got != want {
			t.Fatalf("%v: days from %v to %v = %d, want %d", ps, from, to, got, want)
		}

		// Before is the last day that leaves enough; the next leaves too few.
		n := 1 + r.IntN(90)
		before := ps.Before(to, n)
		if days(before, to) != n || paused(before) {
			t.Fatalf("%v: %d days before %v: %v", ps, n, to, before)
		}
		// After is the first day before which so many have passed.
		after := ps.After(from, n)
		if days(from, after) != n || days(from, after.AddDays(-1)) != n-1 {
			t.Fatalf("%v: %d days after %v: %v", ps, n, from, after)
		}
		out, resume := ps.Out(from), ps.Resume(from)
		if paused(out) || paused(resume) || days(out, from) > 1 || days(from, resume) > 0 {
			t.Fatalf("%v: %v: out %v, resume %v", ps, from, out, resume)
		}
	}
}

// TestRemedy holds that each remedy is enough on its own, and nothing less is.
func TestRemedy(t *testing.T) {
	late := 0
	for _, deadline := range []string{"2027-05-15", "2027-08-31", "2027-10-01", "2027-10-15"} {
		for _, ps := range []Pauses{nil, pauses("2027-04-01", "2027-04-20"), pauses("2026-12-25", "2027-01-10")} {
			p := deck()
			p.Deadline, p.Pauses = date(deadline), ps
			if p.InTime() {
				continue
			}
			late++
			r := p.Remedy()
			if r.Weeks > 0 && (!p.inTime(r.Weeks, p.Orders()) || p.inTime(r.Weeks+1, p.Orders())) {
				t.Errorf("%s %v: weeks %d", deadline, ps, r.Weeks)
			}
			if r.Orders > 0 {
				q := *p
				q.OrderValue = r.OrderValue
				if q.Orders() != r.Orders || !q.InTime() || p.inTime(p.CycleWeeks(), r.Orders+1) {
					t.Errorf("%s %v: orders %d of %d", deadline, ps, r.Orders, r.OrderValue)
				}
			}
			if r.StartsPerMonth > 0 {
				q := *p
				q.StartsPerMonth = r.StartsPerMonth
				ok := q.InTime()
				q.StartsPerMonth--
				if !ok || q.InTime() {
					t.Errorf("%s %v: starts %d", deadline, ps, r.StartsPerMonth)
				}
			}
			q := *p
			q.Deadline = r.Deadline
			ok := q.InTime()
			q.Deadline = r.Deadline.AddDays(-1)
			if !ok || q.InTime() {
				t.Errorf("%s %v: deadline %v", deadline, ps, r.Deadline)
			}
		}
	}
	if late < 8 {
		t.Errorf("only %d plans were late", late)
	}
}
