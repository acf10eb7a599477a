// Package plan965531 is the calculator of the 965531 rule (system S28; deck
// slides 69 to 71): a plan from the quota back to the first phone call.
//
// The rule's name is its counts: one signature takes 9 trainings, 6 meetings
// with the boss, 5 consultings, 5 solutions, 3 bids and 1 contract. A quota
// takes so many orders; every order is a wave that goes through the milestones;
// waves begin month after month. From that the calculator computes
//
//   - the work of each month by the deck's simple model (load.go),
//   - the last day on which the last and the first wave may begin, from back to
//     front (backward.go), and what would help where that is too early,
//   - the chance of reaching the quota, exactly (risk.go: the law of a cycle's
//     length in duration.go, of the number of signatures in count.go).
//
// The numeric core is functions of a Params, and uses nothing but + − × ÷ on
// float64, so that a server, a command line and a browser compute the same bits.
// Form and Compute connect it to package form and package report.
package plan965531

import (
	"playbook/calculators/form"
	"playbook/calculators/report"
)

// ID is the calculator's id.
const ID = "plan-965531"

// Compute answers the form. Its own faults are "orders" at quota, "last-count"
// at the last milestone's count, "pause-order" at a pause's last day and
// "deadline-early" at the deadline; their words are calc.plan-965531.fault.
func Compute(in *form.Input) (*report.Result, []form.Fault) {
	p, faults := read(in)
	if len(faults) > 0 {
		return nil, faults
	}
	return present(solve(p)), nil
}
