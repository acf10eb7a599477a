package check

import (
	"fmt"

	"playbook/generator/internal/diag"
)

// addresses: two files, or a file and an alias, that claim one address.
func addresses(c *context) diag.List {
	var all diag.List
	for _, clash := range c.site.Clashes {
		all = append(all, diag.Diag{
			Pos:     fileStart(clash.File.Path),
			Rule:    "address",
			Message: fmt.Sprintf("the address /%s is already taken by %s", clash.Address, clash.First),
			Help:    "rename one of the two; a number prefix is not part of the address",
		})
	}
	return all
}
