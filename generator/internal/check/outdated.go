package check

import (
	"fmt"

	"playbook/generator/internal/diag"
	"playbook/generator/internal/site"
)

// outdated: a translation of a text that has changed since.
func outdated(c *context) (all diag.List) {
	for p := range c.written {
		meta := p.Text.Doc.Meta
		if meta.Source == "" {
			continue
		}
		d := diag.Diag{Pos: meta.Pos["source"], Severity: diag.Warning, Rule: "outdated"}
		switch o := p.Original(); {
		case o == nil:
			d.Message, d.Help = "this text is the original, not a translation", "take the key out: source stands in the translations"
		case p.Outdated():
			d.Message = fmt.Sprintf("%s has changed since this translation was made: its hash is %s, not %q", o.Text.File.Path, site.SourceHash(o.Text.File), meta.Source)
			d.Help = "bring the translation up to date, then: playbook translated " + p.Text.File.Path
		default:
			continue
		}
		all = append(all, d)
	}
	return all
}
