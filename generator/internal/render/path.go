package render

import "playbook/generator/internal/markdown"

// Path is the dot of blocks/path.html: a way through the course.
type Path struct {
	ID      string // of the element
	Modules []*ModuleItem
	Minutes int
	Quizzes int
}

func (c *content) path(p *markdown.Path) *Path {
	d := &Path{ID: "path-" + p.ID}
	for _, step := range p.Modules {
		m := c.r.site.Find(step.ID)
		if m == nil {
			continue // check has said so, and a guest must build
		}
		it := c.r.moduleItem(m, c.page.Lang, c.root)
		d.Modules = append(d.Modules, it)
		d.Minutes += it.Minutes
		d.Quizzes += it.Quizzes
	}
	return d
}
