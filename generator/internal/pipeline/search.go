package pipeline

import (
	"strings"

	"playbook/generator/internal/markdown"
	"playbook/generator/internal/search"
	"playbook/generator/internal/site"
	"playbook/generator/internal/words"
)

// searchWords are the words of the dialog, by the names that its script has for them.
const searchWords = "ui.search."

// searchInput lists what can be found: every page in the language it is written in.
func searchInput(model *site.Site, tables map[string]*words.Table) search.Input {
	var in search.Input
	for _, code := range model.Languages {
		table := tables[code]
		lang := search.Language{Writing: searchWriting(&table.Language), Code: code, Tag: table.Tag, Script: table.Script, Name: table.Name, Words: map[string]string{}}
		for key, text := range table.Under(searchWords) {
			lang.Words[strings.TrimPrefix(key, searchWords)] = text
		}
		lang.Pages = make([]search.Page, 0, len(model.Modules))
		for _, m := range model.Modules {
			if p := m.In(code); p.Text != nil && !p.Fallback() {
				lang.Pages = append(lang.Pages, searchPage(model, p, table))
			}
		}
		in.Languages = append(in.Languages, lang)
	}
	in.Aliases = aliases(model)
	return in
}

// aliases are the names of each term of the glossary, in every language: who
// types one looks for the others too.
func aliases(model *site.Site) [][]string {
	var all [][]string
	for _, t := range model.Terms {
		var names []string
		for _, lang := range model.Languages {
			if term := t.In[lang]; term != nil {
				names = append(append(append(names, term.Title), term.Synonyms...), term.Deprecated...)
				if term.Pinyin != "" {
					names = append(names, "~"+term.Pinyin)
				}
			}
		}
		if len(names) > 1 {
			all = append(all, names)
		}
	}
	return all
}

// searchKey is what a page's sections are made of.
type searchKey struct {
	doc   *markdown.Document
	words string // of its calculators
}

func searchPage(model *site.Site, p *site.Page, table *words.Table) search.Page {
	doc := p.Text.Doc
	calculator := func(id string) (title, text string) {
		return table.Get("calc." + id + ".title"), unlinked(table.Get("calc." + id + ".intro"))
	}
	key := searchKey{doc: doc}
	for _, c := range doc.Calculators {
		title, text := calculator(c.ID)
		key.words += title + "\n" + text + "\n"
	}
	page := search.Page{
		Path: p.Path, Title: p.Title, Description: doc.Meta.Description, Keywords: strings.Join(doc.Meta.Keywords, "\n"), Reference: p.Module == model.Glossary, Key: key,
		Sections: func(each func(search.Section)) {
			doc.Sections(calculator, func(s markdown.Section) { each(search.Section(s)) })
		},
	}
	if t := p.Module.Track; t != nil && t.Title != nil && t.ID != "" {
		page.Track = t.Title.In(p.Lang).Title
	}
	return page
}

// unlinked is a word without its links: "[the plan](module:…)" is the plan.
func unlinked(text string) string {
	for {
		mid := strings.Index(text, "](")
		if mid < 0 {
			return text
		}
		open, length := strings.LastIndexByte(text[:mid], '['), strings.IndexByte(text[mid:], ')')
		if open < 0 || length < 0 {
			return text
		}
		text = text[:open] + text[open+1:mid] + text[mid+length+1:]
	}
}
