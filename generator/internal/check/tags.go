package check

import (
	"fmt"

	"playbook/generator/internal/diag"
)

// tags: where site.yaml names the tags, a tag that it does not name is a slip of
// the pen or lacks its display names.
func tags(c *context) diag.List {
	known := sortedKeys(c.site.Settings.Tags)
	if len(known) == 0 {
		return nil
	}
	var all diag.List
	for _, m := range c.site.Modules {
		for _, t := range c.site.Texts(m) {
			for _, id := range t.Doc.Meta.Tags {
				if _, ok := c.site.Settings.Tags[id]; ok {
					continue
				}
				d := diag.Diag{
					Pos: t.Doc.Meta.Pos["tags"], Rule: "tag",
					Message: fmt.Sprintf("the tag %q is not in site.yaml", id),
					Help:    "name it under tags: there, in every language",
				}
				if near := diag.Closest(id, known); near != "" {
					d.Help = fmt.Sprintf("did you mean %q?", near)
				}
				all = append(all, d)
			}
		}
	}
	return all
}
