package check

import (
	"fmt"
	"strings"

	"playbook/generator/internal/diag"
)

// translations: a module that is not written in every language. A warning: the
// reader gets the text in another language, with a notice.
func translations(c *context) diag.List {
	var all diag.List
	if len(c.site.Languages) < 2 {
		return nil
	}
	for _, m := range c.site.Modules {
		texts := c.site.Texts(m)
		if len(texts) == 0 {
			continue
		}
		var missing []string
		for _, l := range c.site.Languages {
			if m.Written(l) == nil {
				missing = append(missing, l)
			}
		}
		if len(missing) > 0 {
			all = append(all, diag.Diag{
				Pos: fileStart(texts[0].File.Path), Severity: diag.Warning, Rule: "translation",
				Message: fmt.Sprintf("not translated: %s", strings.Join(missing, ", ")),
				Help:    "readers of that language get this text with a notice",
			})
		}
	}
	return all
}
