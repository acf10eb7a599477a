package plan965531

import (
	"strconv"

	"playbook/calculators/form"
)

// Presets are what the page offers beside the form: the reader's month, which takes
// the deadline back to its default, and each
// Spring Festival as a pause.
func Presets() []form.Preset {
	all := []form.Preset{{At: "first_month", Key: "preset.this-month", Pairs: []form.Pair{{Name: "first_month", Value: "@month"}, {Name: "deadline", Value: ""}}}}
	for _, f := range Festivals() {
		p := form.Preset{
			At: "pause", Key: "preset.spring-festival",
			Args:  []form.Arg{{Name: "year", Value: strconv.Itoa(f.NewYear.Year)}},
			Pairs: []form.Pair{{Name: "pause.0.from", Value: f.From.String()}, {Name: "pause.0.to", Value: f.To.String()}},
			From:  "first_month", Until: "deadline",
		}
		if !f.Decreed {
			p.Help = "preset.usual"
		}
		all = append(all, p)
	}
	return all
}
