package check

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"playbook/generator/internal/diag"
	"playbook/generator/internal/site"
)

// glossary: a term that a language lacks, and a second glossary.
func glossary(c *context) diag.List {
	var all diag.List
	for _, m := range c.site.Modules {
		for _, t := range c.site.Texts(m) {
			if t.Doc.Meta.Glossary && m != c.site.Glossary {
				d := diag.Diag{
					Pos: t.Doc.Meta.Pos["glossary"], Rule: "glossary",
					Message: "the home page cannot be the glossary",
					Help:    "put the terms into a file of their own, such as glossary.md",
				}
				if c.site.Glossary != nil {
					d.Message = "a second glossary: the first is " + c.site.Texts(c.site.Glossary)[0].File.Path
					d.Help = "put all terms into one file a language"
				}
				all = append(all, d)
			}
		}
	}
	if c.site.Glossary == nil {
		return all
	}
	texts := c.site.Texts(c.site.Glossary)
	if len(texts) < len(c.site.Languages) {
		return all // the whole file is reported as not translated
	}
	for _, term := range c.site.Terms {
		var missing []string
		at := diag.Pos{}
		for _, lang := range c.site.Languages {
			if t := term.In[lang]; t == nil {
				missing = append(missing, c.site.Glossary.Written(lang).File.Path)
			} else if at.Line == 0 {
				at = t.Pos
			}
		}
		if len(missing) > 0 {
			all = append(all, diag.Diag{
				Pos: at, Severity: diag.Warning, Rule: "translation",
				Message: fmt.Sprintf("the term %q is not in %s", term.ID, strings.Join(missing, ", ")),
				Help:    "translations share the id: ## Title {#" + term.ID + "}",
			})
		}
	}
	return all
}

// deprecated: running text that uses a name which the glossary gives up.
func deprecated(c *context, p *site.Page) diag.List {
	finder := c.site.Finder(p.TextLang)
	if finder == nil {
		return nil
	}
	var all diag.List
	p.Doc().Running(func(text []byte, offset int) {
		for m := range finder.Find(text) {
			if !m.Deprecated {
				continue
			}
			name := text[m.Start:m.End]
			all = append(all, diag.Diag{
				Pos: mention(p, offset, text, m.Start, name), Severity: diag.Warning, Rule: "deprecated",
				Message: fmt.Sprintf("the course does not say %q", bytes.Join(bytes.Fields(name), []byte(" "))),
				Help:    fmt.Sprintf("write %q, as the glossary has it", c.site.Term(m.ID).In[p.TextLang].Title),
			})
		}
	})
	return all
}

// mention is where a name stands in the file: text begins at offset, and what
// stands before the name in it may be written in other bytes in the file.
func mention(p *site.Page, offset int, text []byte, start int, name []byte) diag.Pos {
	data := p.Text.File.Text()
	before := bytes.Count(bytes.ReplaceAll(text[:start], []byte("&quot;"), []byte(`"`)), name)
	for i := 0; ; i++ {
		n := bytes.Index(data[offset:], name)
		if n < 0 {
			break
		}
		offset += n
		if i == before {
			break
		}
		offset += len(name)
	}
	return position(p.Text.File.Path, data, offset)
}

// position is the place of an offset in a file.
func position(file string, data []byte, offset int) diag.Pos {
	head := data[:min(max(offset, 0), len(data))]
	line := bytes.LastIndexByte(head, '\n') + 1
	return diag.Pos{File: file, Line: bytes.Count(head, []byte{'\n'}) + 1, Col: utf8.RuneCount(head[line:]) + 1}
}
