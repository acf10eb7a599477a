package plan965531

import "playbook/calculators/form"

// What the form accepts. The bounds are wider than any real plan and keep the
// work of an answer bounded.
const (
	maxOrders     = 1000
	maxMilestones = 20
	maxStarts     = 20
	maxPauses     = 50
	maxMoney      = 1e15 // minor units
	planMonths    = 12   // from the first month to the deadline that a plan has by default
)

// Form asks for the plan; its defaults are the deck's plan.
func Form() *form.Form {
	return &form.Form{ID: ID, Fields: []form.Field{
		{Name: "quota", Kind: form.Money, Default: "5000000", Min: 1, Max: maxMoney},
		{Name: "order_value", Kind: form.Money, Default: "1000000", Min: 1, Max: maxMoney},
		{Name: "milestone", Setting: true, Kind: form.Rows, MinRows: 1, MaxRows: maxMilestones,
			Fields: []form.Field{
				{Name: "name", Kind: form.Text, Optional: true, MaxLen: 60},
				{Name: "weight", Kind: form.Percent, Unit: "percent", Default: "100", Min: 0, Max: 1_000_000},
				{Name: "weeks", Kind: form.Integer, Unit: "weeks", Default: "4", Min: 1, Max: 52},
				{Name: "count", Kind: form.Integer, Unit: "events", Default: "1", Min: 1, Max: 99},
			},
			DefaultRows: [][]string{
				{"@milestone.training", "10", "2", "9"},
				{"@milestone.boss", "20", "4", "6"},
				{"@milestone.consulting", "45", "5", "5"},
				{"@milestone.solution", "55", "4", "5"},
				{"@milestone.bid", "80", "6", "3"},
				{"@milestone.contract", "100", "2", "1"},
			}},
		{Name: "first_month", Setting: true, Kind: form.Month, Default: "2027-01"},
		{Name: "deadline", Kind: form.Date, Optional: true},
		{Name: "starts_per_month", Setting: true, Kind: form.Integer, Unit: "waves", Default: "1", Min: 1, Max: maxStarts},
		{Name: "pause", Kind: form.Rows, MaxRows: maxPauses,
			Fields: []form.Field{
				{Name: "from", Kind: form.Date},
				{Name: "to", Kind: form.Date},
			}},
		{Name: "capacity", Kind: form.Integer, Unit: "events", Optional: true, Min: 1, Max: 1_000_000, Fold: true},
		{Name: "confidence", Setting: true, Kind: form.Percent, Unit: "percent", Default: "80", Min: 500_000, Max: 990_000},
	}}
}
