package check

import (
	"playbook/generator/internal/diag"
)

// identity: a site that is known to its readers' browsers by its title and
// address alone, so that a corrected title hides what they have stored.
func identity(c *context) diag.List {
	if c.site.Settings.File == "" || c.site.Settings.IDPos.Line > 0 {
		return nil // a malformed id is reported where it was read
	}
	return diag.List{{
		Pos: fileStart(c.site.Settings.File), Severity: diag.Warning, Rule: "id",
		Message: "the site has no id, so a new title or address makes readers' browsers forget their scores and entries",
		Help:    "add a line: id: " + c.site.Settings.ProposeID(),
	}}
}
