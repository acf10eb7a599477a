package check

import (
	"fmt"
	"path"
	"strings"

	"golang.org/x/text/language"

	"playbook/generator/internal/diag"
)

// languages: a file whose name ends in the code of a language that the site has
// not, which makes a page of its own of it, with the code in its address.
func languages(c *context) diag.List {
	if c.site.Guest { // whose names are not ours to read
		return nil
	}
	var all diag.List
	for _, m := range c.site.Modules {
		for _, t := range c.site.Texts(m) {
			code := strings.TrimPrefix(path.Ext(t.File.Name.Raw), ".")
			if t.File.Lang != "" || len(code) != 2 || code != strings.ToLower(code) {
				continue
			}
			if _, err := language.ParseBase(code); err != nil {
				continue // such as node.js.md
			}
			all = append(all, diag.Diag{
				Pos: fileStart(t.File.Path), Rule: "language",
				Message: fmt.Sprintf("the file's name ends in .%s, which is no language of the site", code),
				Help:    fmt.Sprintf("add %s to languages: in site.yaml, or rename the file; the languages are: %s", code, strings.Join(c.site.Languages, ", ")),
			})
		}
	}
	return all
}
