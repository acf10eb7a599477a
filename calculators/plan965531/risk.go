package plan965531

import "math"

// Risk is how surely the plan reaches its orders by the deadline.
//
// Every wave begins as many opportunities as the first milestone's count, on its
// first day. An opportunity passes from one milestone to the next with the odds
// min(1, next count ÷ count), all independent, and takes the triangular times of
// duration.go. Its signature counts if it comes before the deadline, counting
// days outside the pauses. Nothing is simulated: the law is convolved, so the
// same question always has the same answer.
type Risk struct {
	Chance          float64 // of as many signatures as orders, or more
	Expected        float64 // signatures
	OneMoreWave     float64 // the chance with one wave after the last
	OneMonthEarlier float64 // the chance with every wave a month earlier
	StartsNeeded    int     // the fewest opportunities a month, in the same months, for the confidence; 0: beyond maxNeeded
	NeededChance    float64 // the chance with them

	// InTime is, month by month, the chance that an opportunity begun with the
	// waves of that month and passing every milestone signs before the deadline.
	InTime []float64

	// Law is P(N = k) for the number N of signatures. It reaches so far beyond
	// the orders that nothing to speak of is left out: a wave brings one
	// signature on average at most.
	Law []float64
}

// maxNeeded bounds the search for StartsNeeded.
const maxNeeded = 1000

// margin forgives what rounding in float64 may do to a number that is compared
// or rounded; it is far above the error of the law and far below what is shown.
const margin = 1e-9

// Risk computes the risk of the plan.
func (p *Params) Risk() Risk {
	orders := p.Orders()
	inTime := p.inTimeChances(orders + 1)
	chances := make([]float64, len(inTime))
	odds := p.passOdds()
	for i, t := range inTime {
		chances[i] = odds * t
	}
	early, planned := chances, chances[1:]
	plan := p.attempts(planned, orders)
	law := countLaw(plan, 2*orders+20)
	r := Risk{
		InTime:          inTime[1 : 1+p.startMonths(orders)],
		Law:             law,
		Chance:          oneMinus(law[:orders]),
		Expected:        expected(plan),
		OneMoreWave:     atLeast(p.attempts(planned, orders+1), orders),
		OneMonthEarlier: atLeast(p.attempts(early, orders), orders),
	}
	months := planned[:p.startMonths(orders)]
	r.StartsNeeded, r.NeededChance = fewest(months, orders, float64(p.Confidence)/1e6)
	return r
}

// fewest finds the fewest opportunities to begin in each of some months, given
// the chances of those months, for as many signatures as orders to be as likely
// as the goal; 0 if maxNeeded are too few. More opportunities never lower the
// chance: it doubles until there are enough, then halves the way back.
func fewest(months []float64, orders int, goal float64) (starts int, chance float64) {
	with := func(s int) float64 {
		var groups []trials
		for _, p := range months {
			groups = appendTrials(groups, s, p)
		}
		return atLeast(groups, orders)
	}
	goal -= margin
	short, enough := 0, 1
	for chance = with(enough); chance < goal; chance = with(enough) {
		if enough == maxNeeded {
			return 0, 0
		}
		short, enough = enough, min(2*enough, maxNeeded)
	}
	for enough-short > 1 {
		mid := (short + enough) / 2
		if c := with(mid); c >= goal {
			enough, chance = mid, c
		} else {
			short = mid
		}
	}
	return enough, chance
}

// inTimeChances returns the chance that a cycle ends before the deadline, for
// one begun on the first day of the month before the first, of the first month,
// and so on to the month in which so many waves have begun.
func (p *Params) inTimeChances(waves int) []float64 {
	d := newDuration(p.Milestones, cellsPerWeek)
	chances := make([]float64, p.startMonths(waves)+1)
	for i := range chances {
		start := p.FirstMonth.Add(i - 1).First()
		chances[i] = d.within(p.Pauses.Days(start, p.Deadline))
	}
	return chances
}

// attempts gathers the opportunities of so many waves by their chance; chances
// begins with the month in which the first wave begins.
func (p *Params) attempts(chances []float64, waves int) []trials {
	var groups []trials
	for month := range p.startMonths(waves) {
		groups = appendTrials(groups, p.startsIn(month, waves)*p.Milestones[0].Count, chances[month])
	}
	return groups
}

// appendTrials adds trials, to the last group if they have the same chance, as
// all the months have that are early enough for the slowest cycle.
func appendTrials(groups []trials, n int, chance float64) []trials {
	if last := len(groups) - 1; last >= 0 && groups[last].p == chance {
		groups[last].n += n
		return groups
	}
	if chance > 0 {
		groups = append(groups, trials{n, chance})
	}
	return groups
}

// passOdds is the chance that an opportunity passes every milestone. A run of
// counts that do not grow telescopes to its last ÷ its first, which keeps the
// deck's plan at exactly 1 ÷ 9.
func (p *Params) passOdds() float64 {
	odds := 1.0
	first := p.Milestones[0].Count // of the run
	for j, m := range p.Milestones {
		last := j == len(p.Milestones)-1
		if last || p.Milestones[j+1].Count > m.Count {
			odds *= float64(m.Count) / float64(first)
			if !last {
				first = p.Milestones[j+1].Count
			}
		}
	}
	return odds
}

func expected(groups []trials) float64 {
	sum := 0.0
	for _, g := range groups {
		sum += float64(float64(g.n) * g.p)
	}
	return sum
}

// thousandths rounds to three decimals, half away from zero, and returns whole
// thousandths: how probabilities and expectations are shown.
func thousandths(x float64) int64 { return int64(math.Floor(float64(x*1000) + 0.5 + margin)) }

// impliedOdds is 1 ÷ count in thousandths, rounded half up.
func impliedOdds(count int) int64 { return int64((2000 + count) / (2 * count)) }
