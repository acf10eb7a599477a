package plan965531

import (
	"slices"
	"testing"

	"playbook/calculators/calendar"
)

// deck is the deck's own plan (slides 69 to 71) in the form's default year.
func deck() *Params {
	return &Params{
		Quota: 500_000_000, OrderValue: 100_000_000,
		Milestones: []Milestone{
			{"Training", 100_000, 2, 9},
			{"Meet the boss", 200_000, 4, 6},
			{"Consulting", 450_000, 5, 5},
			{"Provide the solution", 550_000, 4, 5},
			{"Bid and negotiate", 800_000, 6, 3},
			{"Sign the contract", 1_000_000, 2, 1},
		},
		FirstMonth:     calendar.Month{Year: 2027, Month: 1},
		Deadline:       date("2027-12-31"),
		StartsPerMonth: 1,
		Confidence:     800_000,
	}
}

// of is a plan with the milestones' weeks and counts in pairs.
func of(weeksAndCounts ...int) *Params {
	p := deck()
	p.Milestones = nil
	for i := 0; i < len(weeksAndCounts); i += 2 {
		p.Milestones = append(p.Milestones, Milestone{Weeks: weeksAndCounts[i], Count: weeksAndCounts[i+1]})
	}
	return p
}

func date(s string) calendar.Date {
	d, ok := calendar.ParseDate(s)
	if !ok {
		panic("no date: " + s)
	}
	return d
}

func pauses(days ...string) Pauses {
	var list []Pause
	for i := 0; i < len(days); i += 2 {
		list = append(list, Pause{date(days[i]), date(days[i+1])})
	}
	return MergePauses(list)
}

// TestDeck holds the numbers that the slides print.
func TestDeck(t *testing.T) {
	p := deck()
	for name, c := range map[string][2]int{
		"orders":       {p.Orders(), 5},
		"events":       {p.Orders() * p.EventsOfWave(), 145},
		"weeks":        {p.CycleWeeks(), 23},
		"months × 10":  {p.CycleMonths(), 54},
		"steady peak":  {p.SteadyPeak(), 29},
		"start months": {p.startMonths(5), 5},
	} {
		if c[0] != c[1] {
			t.Errorf("%s = %d, want %d", name, c[0], c[1])
		}
	}
	if got := p.LatestStart().String(); got != "2027-07-23" {
		t.Errorf("latest start = %s, want 2027-07-23", got)
	}
	if got := p.FirstStart().String(); got != "2027-03-23" {
		t.Errorf("first start = %s, want 2027-03-23", got)
	}
}

// TestReadings holds the three readings of slide 71.
func TestReadings(t *testing.T) {
	for _, c := range []struct {
		waves int
		load  []int
		peak  int
		month string
	}{
		{1, []int{9, 6, 5, 5, 3, 1}, 9, "2027-01"},
		{3, []int{9, 15, 20, 16, 13, 9, 4, 1}, 20, "2027-03"},
		{5, []int{9, 15, 20, 25, 28, 20, 14, 9, 4, 1}, 28, "2027-05"},
		{6, []int{9, 15, 20, 25, 28, 29, 20, 14, 9, 4, 1}, 29, "2027-06"},
		{8, []int{9, 15, 20, 25, 28, 29, 29, 29, 20, 14, 9, 4, 1}, 29, "2027-06"},
	} {
		l := deck().LoadOf(c.waves)
		if !slices.Equal(l.Total, c.load) {
			t.Errorf("%d waves: load %v, want %v", c.waves, l.Total, c.load)
		}
		peak, month := l.Peak()
		if peak != c.peak || month.String() != c.month {
			t.Errorf("%d waves: peak %d in %v, want %d in %s", c.waves, peak, month, c.peak, c.month)
		}
	}
}

func TestOrders(t *testing.T) {
	for _, c := range []struct {
		quota, value int64
		want         int
	}{
		{500_000_000, 100_000_000, 5},
		{500_000_001, 100_000_000, 6},
		{499_999_999, 100_000_000, 5},
		{1, 100_000_000, 1},
		{maxMoney, maxMoney / maxOrders, maxOrders},
	} {
		p := Params{Quota: c.quota, OrderValue: c.value}
		if got := p.Orders(); got != c.want {
			t.Errorf("%d ÷ %d = %d orders, want %d", c.quota, c.value, got, c.want)
		}
	}
}

// TestCycleMonths rounds half away from zero: 15 weeks are exactly 3.5 months,
// and weeks × 7 ÷ 3 tenths are never a half.
func TestCycleMonths(t *testing.T) {
	for weeks, want := range map[int]int{1: 2, 2: 5, 3: 7, 4: 9, 15: 35, 23: 54, 24: 56, 52: 121} {
		if got := of(weeks, 1).CycleMonths(); got != want {
			t.Errorf("%d weeks = %d tenths of a month, want %d", weeks, got, want)
		}
	}
}

// TestLoad counts the events of every wave one by one.
func TestLoad(t *testing.T) {
	for starts := 1; starts <= 5; starts++ {
		for waves := 1; waves <= 12; waves++ {
			p := deck()
			p.StartsPerMonth = starts
			want := make([]int, (waves-1)/starts+len(p.Milestones))
			for k := range waves {
				for j, m := range p.Milestones {
					want[k/starts+j] += m.Count
				}
			}
			l := p.LoadOf(waves)
			if !slices.Equal(l.Total, want) {
				t.Errorf("%d waves, %d a month: %v, want %v", waves, starts, l.Total, want)
			}
			peak, _ := l.Peak()
			if p.startMonths(waves) >= len(p.Milestones) && waves%starts == 0 && peak != p.SteadyPeak() {
				t.Errorf("%d waves, %d a month: peak %d, steady peak %d", waves, starts, peak, p.SteadyPeak())
			}
			if len(l.Over(0)) != 0 || len(l.Over(peak)) != 0 || len(l.Over(peak-1)) == 0 {
				t.Errorf("%d waves, %d a month: over capacity", waves, starts)
			}
		}
	}
	var over []string
	for _, m := range deck().LoadOf(5).Over(20) {
		over = append(over, m.String())
	}
	if want := []string{"2027-04", "2027-05"}; !slices.Equal(over, want) {
		t.Errorf("over 20: %v, want %v", over, want)
	}
}
