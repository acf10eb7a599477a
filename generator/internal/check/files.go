package check

import (
	"fmt"
	"strings"

	"playbook/generator/internal/diag"
	"playbook/generator/internal/source"
)

// leftOut: what of a guest's folder is not published, and why, a line for each reason.
func leftOut(c *context) diag.List {
	var all diag.List
	tell := func(files []*source.File, why, help string) {
		if len(files) == 0 {
			return
		}
		const shown = 3
		names := make([]string, 0, shown+1)
		for i, f := range files {
			if i == shown {
				names = append(names, "…")
				break
			}
			names = append(names, f.Path)
		}
		what := "files"
		if len(files) == 1 {
			what = "file"
		}
		all = append(all, diag.Diag{
			Pos: diag.Pos{File: files[0].Path}, Rule: "left-out", Help: help,
			Message: fmt.Sprintf("left out: %d %s %s: %s", len(files), what, why, strings.Join(names, ", ")),
		})
	}
	held, drafts, secret, unused := c.site.LeftOut()
	tell(drafts, "held back as drafts", "")
	tell(held, "named with _ or ., or made to list pages", "")
	tell(secret, "of a kind that holds keys", "")
	tell(unused, "that no page refers to", "link to a file from a page to publish it")
	return all
}
