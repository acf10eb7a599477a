package render

import (
	"slices"
	"strings"

	"playbook/calculators/report"
	"playbook/generator/internal/markdown"
	"playbook/generator/internal/site"
)

// Value is the dot of blocks/value.html: a worksheet's value in a template.
type Value struct {
	ID, Name string // of the calculator, of the value
	Text     string // the example's, as the report prints it
	Today    string // as in Calculator
	Runtime  Runtime
}

// value computes it from the page's block of the calculator, or else as the
// calculator's own page does; nil for what check has refused.
func (c *content) value(v *markdown.WorksheetValue) *Value {
	id, name, _ := strings.Cut(v.Value, ".")
	i := slices.IndexFunc(c.r.site.Tools, func(t site.Tool) bool { return t.ID == id })
	if i < 0 {
		return nil
	}
	block := c.r.toolBlock(c.r.site.Tools[i], c.lang.Code)
	for _, own := range c.page.Doc().Calculators {
		if own.ID == id {
			block = own
		}
	}
	calc := c.r.site.Calculators.Find(id)
	in, faults := c.r.decode(calc, block, c.lang.Code)
	if len(faults) > 0 {
		return nil
	}
	result, faults := calc.Compute(in)
	if len(faults) > 0 {
		return nil
	}
	says := report.NewWords(id, c.r.words[c.lang.Code].Get, nil)
	for _, given := range result.Values {
		if given.Name == name {
			return &Value{ID: id, Name: name, Text: says.Format(given.Data), Today: calc.Form.Today(), Runtime: c.r.runtime(id, c.lang.Code, c.root)}
		}
	}
	return nil
}
