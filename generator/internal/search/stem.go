package search

import (
	"maps"
	"slices"
	"strings"

	"github.com/kljensen/snowball/english"
	"github.com/kljensen/snowball/french"
	"github.com/kljensen/snowball/hungarian"
	"github.com/kljensen/snowball/norwegian"
	"github.com/kljensen/snowball/russian"
	"github.com/kljensen/snowball/spanish"
	"github.com/kljensen/snowball/swedish"
)

var stemmers = map[string]func(word string, stopWords bool) string{
	"english": english.Stem, "french": french.Stem, "hungarian": hungarian.Stem, "norwegian": norwegian.Stem,
	"russian": russian.Stem, "spanish": spanish.Stem, "swedish": swedish.Stem,
}

// Stemmers are the names of the stemmers that there are, sorted.
func Stemmers() []string { return slices.Sorted(maps.Keys(stemmers)) }

// stemmer gives a word's stem, by the name of the stemmer; without one words stay
// as they are.
func stemmer(name string) func(word string) string {
	stem := stemmers[name]
	return func(word string) string {
		if stem == nil || strings.ContainsAny(word, "0123456789") {
			return word
		}
		if s := stem(word, true); s != "" {
			return s
		}
		return word
	}
}
