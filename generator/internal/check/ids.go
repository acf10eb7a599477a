package check

import (
	"fmt"

	"playbook/generator/internal/diag"
)

// ids: one calculator twice on a page would share its state and its address.
func ids(c *context) diag.List {
	var all diag.List
	for _, m := range c.site.Modules {
		for _, t := range c.site.Texts(m) {
			seen := map[string]diag.Pos{}
			for _, block := range t.Doc.Calculators {
				if first, twice := seen[block.ID]; twice {
					all = append(all, diag.Diag{
						Pos: block.Pos, Rule: "calculator",
						Message: fmt.Sprintf("the calculator %q stands on this page twice: first at %s", block.ID, place(first)),
						Help:    "keep one of the two: a reader's entries and shared links name the calculator",
					})
				}
				seen[block.ID] = block.Pos
			}
		}
	}
	return all
}
