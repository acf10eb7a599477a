package search

import (
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
	"en": english.Stem, "es": spanish.Stem, "fr": french.Stem, "hu": hungarian.Stem,
	"nb": norwegian.Stem, "no": norwegian.Stem, "ru": russian.Stem, "sv": swedish.Stem,
}

// stemmer gives a word's stem in a language. Words of Latin letters on a page in
// Chinese, Japanese or Korean are English; a language without a stemmer keeps its
// words as they are.
func stemmer(tag string) func(word string) string {
	code, _, _ := strings.Cut(strings.ToLower(tag), "-")
	stem := stemmers[code]
	if code == "zh" || code == "ja" || code == "ko" {
		stem = english.Stem
	}
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
