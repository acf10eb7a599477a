package check

import "playbook/generator/internal/diag"

// links: internal links, anchors and images that lead nowhere. Only a page with
// its own text is looked at: a fallback page shows the same text again.
func links(c *context) diag.List {
	var all diag.List
	for _, m := range c.site.Modules {
		for _, p := range m.Pages {
			if p.Text == nil || p.Fallback() {
				continue
			}
			for _, l := range p.Doc().Links {
				if _, problem := c.site.Resolve(p, l); problem != nil {
					all = append(all, diag.Diag{Pos: l.Pos, Rule: problem.Rule, Message: problem.Message, Help: problem.Help})
				}
			}
		}
	}
	return all
}
