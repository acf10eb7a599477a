package check

import (
	"fmt"
	"slices"

	"playbook/generator/internal/diag"
)

// systems: a module that names a system which site.yaml does not declare, and a
// system that no module teaches. A site that declares none is free.
func systems(c *context) diag.List {
	declared := c.site.Settings.Systems
	if len(declared) == 0 {
		return nil
	}
	var ids []string
	for _, y := range declared {
		ids = append(ids, y.ID)
	}
	taught := map[string]bool{}
	var all diag.List
	for _, m := range c.site.Modules {
		for _, t := range c.site.Texts(m) {
			for _, id := range t.Doc.Meta.Systems {
				taught[id] = true
				if slices.Contains(ids, id) {
					continue
				}
				all = append(all, diag.Diag{
					Pos: t.Doc.Meta.Pos["systems"], Rule: "system",
					Message: fmt.Sprintf("the system %q is not in site.yaml", id),
					Help:    diag.DidYouMean(id, ids, "declare it under systems:, or name one of"),
				})
			}
		}
	}
	for _, y := range declared {
		if y.ID != "" && !taught[y.ID] {
			all = append(all, diag.Diag{
				Pos: y.Pos, Rule: "system",
				Message: fmt.Sprintf("no module teaches the system %q", y.ID),
				Help:    fmt.Sprintf("write systems: [%s] into the front matter of the module that does", y.ID),
			})
		}
	}
	return all
}
