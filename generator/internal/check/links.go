package check

import "playbook/generator/internal/diag"

// links: internal links, anchors and images that lead nowhere.
func links(c *context) diag.List {
	var all diag.List
	for p := range c.written {
		for _, l := range p.Doc().Links {
			if _, problem := c.site.Resolve(p, l); problem != nil {
				all = append(all, diag.Diag{Pos: l.Pos, Rule: problem.Rule, Message: problem.Message, Help: problem.Help})
			}
		}
	}
	return all
}
