package pipeline

import (
	"fmt"
	"slices"

	"playbook/generator/internal/diag"
	"playbook/generator/internal/markdown"
	"playbook/generator/internal/search"
	"playbook/generator/internal/words"
)

// Packages that know nothing of the theme are told here what they need to know of
// its languages.

func textLanguage(l *words.Language) markdown.Language {
	return markdown.Language{
		NoSpaces: !l.Spaces, Readings: l.Readings, Quotes: l.Quotes,
		NoBreakBefore: l.NoBreakBefore, NoBreakAfter: l.NoBreakAfter,
	}
}

// stemmers reports languages whose stemmer there is not.
func stemmers(tables map[string]*words.Table) (faults diag.List) {
	for _, code := range words.Languages(tables) {
		t := tables[code]
		if all := search.Stemmers(); t.Stemmer != "" && !slices.Contains(all, t.Stemmer) {
			faults = append(faults, diag.Diag{
				Pos: t.Place("stemmer"), Rule: "words", Message: fmt.Sprintf("the search has no stemmer %q", t.Stemmer),
				Help: diag.DidYouMean(t.Stemmer, all, "leave the key out, or choose one of"),
			})
		}
	}
	return faults
}

func searchWriting(l *words.Language) search.Writing {
	return search.Writing{Stemmer: l.Stemmer, Elision: l.Elision, NoSpaces: !l.Spaces}
}
