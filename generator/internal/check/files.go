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
		all = append(all, diag.Diag{
			Pos: diag.Pos{File: files[0].Path}, Rule: "left-out", Help: help,
			Message: fmt.Sprintf("%s: %d (%s)", why, len(files), strings.Join(names, ", ")),
		})
	}
	held, drafts, secret, unused := c.site.LeftOut()
	tell(drafts, "pages left out that their front matter holds back", "")
	tell(held, "texts left out that are named with _ or ., or that list pages", "")
	tell(secret, "files left out that may hold keys", "")
	tell(unused, "files left out that no page refers to", "link to a file from a page to publish it")
	return all
}
