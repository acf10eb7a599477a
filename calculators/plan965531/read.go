package plan965531

import (
	"strconv"

	"playbook/calculators/form"
)

// read takes the plan from a decoded form and finds what no field alone can: the
// fields that contradict each other.
func read(in *form.Input) (*Params, []form.Fault) {
	capacity, _ := in.OptInt("capacity")
	p := &Params{
		Quota:          in.Money("quota"),
		OrderValue:     in.Money("order_value"),
		FirstMonth:     in.Month("first_month"),
		StartsPerMonth: int(in.Int("starts_per_month")),
		Capacity:       int(capacity),
		Confidence:     in.Percent("confidence"),
	}
	var faults []form.Fault
	fault := func(field, key string, args ...form.Arg) {
		faults = append(faults, form.Fault{Field: field, Key: key, Args: args})
	}
	if p.Quota > maxOrders*p.OrderValue {
		fault("quota", "orders", form.Arg{Name: "max", Value: strconv.Itoa(maxOrders)})
	}
	rows := in.Rows("milestone")
	for i, row := range rows {
		m := Milestone{
			Name:   row.Text("name"),
			Weight: row.Percent("weight"),
			Weeks:  int(row.Int("weeks")),
			Count:  int(row.Int("count")),
		}
		if i == len(rows)-1 && m.Count != 1 {
			fault(row.Name("count"), "last-count")
		}
		p.Milestones = append(p.Milestones, m)
	}
	deadline, given := in.OptDate("deadline")
	if !given {
		deadline = p.FirstMonth.Add(planMonths - 1).Last()
	}
	if p.Deadline = deadline; !deadline.After(p.FirstMonth.First()) {
		fault("deadline", "deadline-early", form.Arg{Name: "month", Value: p.FirstMonth.String()})
	}
	var pauses []Pause
	for _, row := range in.Rows("pause") {
		pause := Pause{From: row.Date("from"), To: row.Date("to")}
		if pause.To.Before(pause.From) {
			fault(row.Name("to"), "pause-order")
		}
		pauses = append(pauses, pause)
	}
	p.Pauses = MergePauses(pauses)
	return p, faults
}
