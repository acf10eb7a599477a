package check

import (
	"cmp"

	"playbook/generator/internal/address"
	"playbook/generator/internal/diag"
)

// addresses: what cannot have the address that it claims.
func addresses(c *context) diag.List {
	var all diag.List
	seen := map[[2]diag.Pos]bool{} // a page's files claim an address in each language
	for _, conflict := range c.site.Conflicts {
		pair := [2]diag.Pos{conflict.By.Pos, conflict.Holder.Pos}
		if seen[pair] && pair != [2]diag.Pos{} {
			continue
		}
		seen[pair] = true
		d := conflict.Diag()
		if c.site.Guest {
			d.Help = cmp.Or(conflict.By.What, "the file") + " is left out"
			if conflict.Instead != "" {
				d.Help = cmp.Or(conflict.By.What, "the file") + " is published at " + address.Shown(conflict.Instead)
			}
		}
		all = append(all, d)
	}
	return all
}
