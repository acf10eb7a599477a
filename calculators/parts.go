package calculators

import (
	"slices"

	"playbook/calculators/form"
)

// view is the field that says which parts of the worksheet a page shows, or nil
// where the worksheet has no parts.
func (c *Calculator) view() *form.Field {
	for i := range c.Form.Fields {
		if c.Form.Fields[i].View {
			return &c.Form.Fields[i]
		}
	}
	return nil
}

// Parts are the parts in which a page may show the calculator; most have none.
func (c *Calculator) Parts() []string {
	if v := c.view(); v != nil {
		return v.Options
	}
	return nil
}

// Shows reports whether a page asks for a field. show is what its block names,
// fields and parts; nothing is all of them.
func (c *Calculator) Shows(show []string, field string) bool {
	part := ""
	for _, f := range c.Form.Fields {
		if f.Part != "" {
			part = f.Part
		}
		if f.Name == field {
			return !f.View && (len(show) == 0 || slices.Contains(show, field) || part != "" && slices.Contains(show, part))
		}
	}
	return false
}

// Viewed adds to a block's fields the one that says which parts it shows.
func (c *Calculator) Viewed(show []string, pairs []form.Pair) []form.Pair {
	for _, part := range c.Parts() {
		if slices.Contains(show, part) {
			pairs = append(pairs, form.Pair{Name: c.view().Name, Value: part})
		}
	}
	return pairs
}
