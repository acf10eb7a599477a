package check

import (
	"playbook/generator/internal/diag"
	"playbook/generator/internal/site"
)

// links: internal links, anchors and images that lead nowhere.
func links(c *context, p *site.Page) diag.List {
	var all diag.List
	for _, l := range p.Doc().Links {
		t, problem := c.site.Resolve(p, l)
		if t.Guessed != "" {
			all = append(all, diag.Warnf(l.Pos, "link-guessed", "the link %q leads nowhere as it stands; it is taken for /%s", l.Dest, t.Guessed))
		}
		if problem != nil {
			all = append(all, diag.Diag{Pos: l.Pos, Rule: problem.Rule, Message: problem.Message, Help: problem.Help()})
		}
	}
	return all
}
