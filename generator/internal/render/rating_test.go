package render

import (
	"testing"

	"playbook/calculators/form"
)

// A mark's box is small: a field with a unit, as years from 1 to 10, must have a whole line.
func TestRating(t *testing.T) {
	for name, c := range map[string]struct {
		field form.Field
		unit  string
		want  bool
	}{
		"a mark of 1 to 5":   {form.Field{Kind: form.Integer, Min: 1, Max: 5}, "", true},
		"years of 1 to 10":   {form.Field{Kind: form.Integer, Min: 1, Max: 10}, "years", false},
		"a score of 100":     {form.Field{Kind: form.Integer, Max: 100}, "", false},
		"a number unbounded": {form.Field{Kind: form.Integer}, "", false},
	} {
		if got := (FormItem{Field: c.field, UnitWord: c.unit}).Rating(); got != c.want {
			t.Errorf("%s: Rating() = %v, want %v", name, got, c.want)
		}
	}
}
