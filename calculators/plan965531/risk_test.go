package plan965531

import (
	"math"
	"math/rand/v2"
	"testing"

	"playbook/calculators/calendar"
)

func TestRiskDeck(t *testing.T) {
	r := deck().Risk()
	for name, c := range map[string][2]int64{
		"chance":            {thousandths(r.Chance), 569},
		"expected":          {thousandths(r.Expected), 4994},
		"one more wave":     {thousandths(r.OneMoreWave), 711},
		"one month earlier": {thousandths(r.OneMonthEarlier), 570},
		"starts needed":     {int64(r.StartsNeeded), 12},
		"needed chance":     {thousandths(r.NeededChance), 810},
	} {
		if c[0] != c[1] {
			t.Errorf("%s = %d, want %d", name, c[0], c[1])
		}
	}
}

// TestRiskByHand takes a plan that paper can check. One milestone of one week
// between two counts: 2 opportunities, odds ½, always in time; two waves need two
// signatures of four trials: 11 ÷ 16.
func TestRiskByHand(t *testing.T) {
	p := of(1, 2, 1, 1)
	p.Quota = 2 * p.OrderValue
	r := p.Risk()
	if r.Chance != 0.6875 || r.Expected != 2 {
		t.Errorf("chance %v, expected %v; want 0.6875 and 2", r.Chance, r.Expected)
	}
	// With three waves, two of six: 1 − (1 + 6) ÷ 64.
	if r.OneMoreWave != 0.890625 {
		t.Errorf("one more wave %v, want 0.890625", r.OneMoreWave)
	}
	// s a month are 2s trials: 11 ÷ 16 with 2, 57 ÷ 64 with 3.
	if r.StartsNeeded != 3 {
		t.Errorf("starts needed %d, want 3", r.StartsNeeded)
	}
	// Four days before the deadline: half of a week's ways are over, of one
	// milestone: F(n) = (n − 3.5)² ÷ (0.75 × 49) at n = 7 is ⅓.
	p = of(1, 1)
	p.Quota = p.OrderValue
	p.Deadline = date("2027-01-08")
	if r := p.Risk(); math.Abs(r.Chance-1.0/3) > 1e-15 {
		t.Errorf("one week for a week's work: %v, want ⅓", r.Chance)
	}
}

// TestPassOdds multiplies out what the counts imply.
func TestPassOdds(t *testing.T) {
	for _, c := range []struct {
		p    *Params
		want float64
	}{
		{deck(), 1.0 / 9},
		{of(1, 1), 1},
		{of(1, 5, 1, 10, 1, 16, 1, 1), 1.0 / 16},         // growing counts pass for sure
		{of(1, 10, 1, 5, 1, 20, 1, 1), 1.0 / 2 * 1 / 20}, // and never make up for earlier losses
		{of(1, 99, 1, 99, 1, 1), 1.0 / 99},
	} {
		if got := c.p.passOdds(); got != c.want {
			t.Errorf("%v: %v, want %v", c.p.Milestones, got, c.want)
		}
	}
}

// simulate is the plan carried out many times, opportunity by opportunity.
func simulate(p *Params, r *rand.Rand, years int) (chance, expected float64) {
	orders := p.Orders()
	for range years {
		signed := 0
		for k := range orders {
			start := p.FirstMonth.Add(k / p.StartsPerMonth).First()
			n := float64(p.Pauses.Days(start, p.Deadline))
		opportunity:
			for range p.Milestones[0].Count {
				days := 0.0
				for j, m := range p.Milestones {
					days += 7 * triangular(r, float64(m.Weeks))
					if j+1 < len(p.Milestones) && r.Float64() >= float64(p.Milestones[j+1].Count)/float64(m.Count) {
						continue opportunity
					}
				}
				if days <= n {
					signed++
				}
			}
		}
		expected += float64(signed)
		if signed >= orders {
			chance++
		}
	}
	return chance / float64(years), expected / float64(years)
}

// plans are plans of all kinds.
func plans() []*Params {
	tight := deck()
	tight.Deadline = date("2027-09-15")
	paused := deck()
	paused.Deadline = date("2027-10-31")
	paused.Pauses = pauses("2027-02-05", "2027-02-12", "2027-08-01", "2027-08-20", "2026-12-20", "2027-01-03")
	many := deck()
	many.Quota, many.StartsPerMonth = 11*many.OrderValue, 3
	many.Deadline = date("2027-08-10")
	growing := of(2, 3, 3, 6, 1, 4, 4, 1)
	growing.Deadline = date("2027-07-01")
	return []*Params{deck(), tight, paused, many, growing}
}

// TestRiskSimulated holds the law against the plan carried out: within four
// standard errors, with a fixed seed.
func TestRiskSimulated(t *testing.T) {
	const years = 20_000
	for i, p := range plans() {
		r := p.Risk()
		chance, expected := simulate(p, rand.New(rand.NewPCG(965531, uint64(i))), years)
		bound := 4 * math.Sqrt(r.Chance*(1-r.Chance)/years)
		if math.Abs(chance-r.Chance) > bound {
			t.Errorf("plan %d: chance %.4f, simulated %.4f ± %.4f", i, r.Chance, chance, bound)
		}
		bound = 4 * math.Sqrt(r.Expected/years) // a sum of rare trials: variance ≤ mean
		if math.Abs(expected-r.Expected) > bound {
			t.Errorf("plan %d: expected %.4f, simulated %.4f ± %.4f", i, r.Expected, expected, bound)
		}
	}
}

// TestRiskGrid holds what the form promises: halving the grid moves chance and
// expected orders by less than 0.001. They do not move at all.
func TestRiskGrid(t *testing.T) {
	worst := 0.0
	for _, p := range plans() {
		r := p.Risk()
		d := newDuration(p.Milestones, 2*cellsPerWeek)
		chances := make([]float64, p.startMonths(p.Orders()))
		for m := range chances {
			chances[m] = p.passOdds() * d.within(p.Pauses.Days(p.FirstMonth.Add(m).First(), p.Deadline))
		}
		groups := p.attempts(chances, p.Orders())
		worst = max(worst, math.Abs(atLeast(groups, p.Orders())-r.Chance), math.Abs(expected(groups)-r.Expected))
	}
	t.Logf("halving the grid moves chance and expected orders by %.1e", worst)
	if worst > 1e-12 {
		t.Errorf("halving the grid moves them by %v", worst)
	}
}

// TestStartsNeeded holds the search against trying every number, and its end.
func TestStartsNeeded(t *testing.T) {
	for i, p := range plans() {
		for _, confidence := range []int64{500_000, 800_000, 955_000, 990_000} {
			p.Confidence = confidence
			months := p.startMonths(p.Orders())
			odds, inTime := p.passOdds(), p.inTimeChances(p.Orders())[1:]
			want := 0
			for s := 1; s <= maxNeeded && want == 0; s++ {
				var groups []trials
				for m := range months {
					groups = append(groups, trials{s, max(odds*inTime[m], 1e-300)})
				}
				if atLeast(groups, p.Orders()) >= float64(confidence)/1e6 {
					want = s
				}
			}
			if got := p.Risk().StartsNeeded; got != want {
				t.Errorf("plan %d, %d: starts needed %d, want %d", i, confidence, got, want)
			}
		}
	}
	p := deck()
	p.Deadline = date("2027-02-01") // no cycle is that short
	if r := p.Risk(); r.StartsNeeded != 0 || r.Chance != 0 || r.Expected != 0 {
		t.Errorf("without time: %+v", r)
	}
	// 1,000 a month are the bound, and still found.
	p = of(1, 99, 1, 1)
	p.Quota = 9 * p.OrderValue
	p.StartsPerMonth = 9
	for p.Confidence = 500_000; p.Risk().StartsNeeded > 0 && p.Confidence < 990_000; p.Confidence += 1_000 {
	}
	if p.Confidence == 990_000 {
		t.Error("the bound was not reached")
	}
}

// TestRiskMonotone holds what must be so whatever the numbers: more time, fewer
// orders for the same waves, easier odds never lower the chance.
func TestRiskMonotone(t *testing.T) {
	for i, p := range plans() {
		last := p.Risk()
		for range 8 {
			p.Deadline = p.Deadline.AddDays(9)
			r := p.Risk()
			if r.Chance < last.Chance-1e-12 || r.Expected < last.Expected-1e-12 {
				t.Errorf("plan %d: a later deadline, %v, lowers the chance", i, p.Deadline)
			}
			if r.OneMonthEarlier < r.Chance-1e-12 || r.OneMoreWave < r.Chance-1e-12 {
				t.Errorf("plan %d, %v: an earlier start or one more wave lowers the chance", i, p.Deadline)
			}
			if last.StartsNeeded > 0 && (r.StartsNeeded == 0 || r.StartsNeeded > last.StartsNeeded) {
				t.Errorf("plan %d: a later deadline, %v, needs more opportunities", i, p.Deadline)
			}
			last = r
		}
		p.Pauses = append(p.Pauses, Pause{date("2027-04-10"), date("2027-04-30")})
		p.Pauses = MergePauses(p.Pauses)
		if r := p.Risk(); r.Chance > last.Chance+1e-12 {
			t.Errorf("plan %d: a pause raises the chance", i)
		}
	}
}

// TestRiskSure has a plan without any doubt: every number is exact.
func TestRiskSure(t *testing.T) {
	p := of(1, 1)
	r := p.Risk()
	if r.Chance != 1 || r.Expected != 5 || r.OneMoreWave != 1 || r.StartsNeeded != 1 || r.NeededChance != 1 {
		t.Errorf("%+v", r)
	}
}

func TestThousandths(t *testing.T) {
	for x, want := range map[float64]int64{
		0: 0, 1: 1000, 0.0004999: 0, 0.0005: 1, 0.3125: 313, 0.6875: 688, 4.9935: 4994, 2.0625: 2063,
		0.5 * (1 - 1e-16): 500, 1 - 1e-16: 1000,
	} {
		if got := thousandths(x); got != want {
			t.Errorf("%v in thousandths: %d, want %d", x, got, want)
		}
	}
	for count, want := range map[int]int64{1: 1000, 2: 500, 3: 333, 5: 200, 6: 167, 9: 111, 16: 63, 99: 10} {
		if got := impliedOdds(count); got != want {
			t.Errorf("1 ÷ %d: %d, want %d", count, got, want)
		}
	}
}

// largest is the largest plan that the form accepts, over a century.
func largest() *Params {
	p := deck()
	p.Quota = maxOrders * p.OrderValue
	p.Milestones = nil
	for range maxMilestones {
		p.Milestones = append(p.Milestones, Milestone{Weeks: 52, Count: 99})
	}
	p.Milestones[maxMilestones-1].Count = 1
	p.FirstMonth = calendar.Month{Year: 2027, Month: 1}
	p.Deadline = date("2120-12-31")
	return p
}

func BenchmarkRisk(b *testing.B) {
	for b.Loop() {
		deck().Risk()
	}
}

func BenchmarkRiskLargest(b *testing.B) {
	for b.Loop() {
		largest().Risk()
	}
}
