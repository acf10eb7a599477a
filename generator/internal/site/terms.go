package site

import (
	"strings"

	"playbook/generator/internal/diag"
	"playbook/generator/internal/markdown"
	"playbook/generator/internal/terms"
)

// Term is an entry of the glossary in the languages that have it: titles,
// synonyms and deprecated names for whoever searches, definitions for readers.
type Term struct {
	ID string
	In map[string]*markdown.Term // by language
}

// Term returns the term with that id, nil if there is none.
func (s *Site) Term(id string) *Term { return s.terms[id] }

// Finder finds the terms in running text of a language; nil where it has none.
func (s *Site) Finder(lang string) *terms.Finder { return s.finders[lang] }

// collectTerms joins the glossary's languages and prepares the finders.
func (s *Site) collectTerms() {
	if s.Glossary == nil {
		return
	}
	s.terms = map[string]*Term{}
	s.finders = map[string]*terms.Finder{}
	for i, lang := range s.Languages {
		text := s.Glossary.written[i]
		if text == nil {
			continue
		}
		var phrases []terms.Phrase
		for _, t := range text.Doc.Terms {
			joined := s.terms[t.ID]
			if joined == nil {
				joined = &Term{ID: t.ID, In: map[string]*markdown.Term{}}
				s.terms[t.ID] = joined
				s.Terms = append(s.Terms, joined)
			}
			if joined.In[lang] != nil {
				continue // an id twice is reported where it was parsed
			}
			joined.In[lang] = t
			for _, name := range t.Find {
				phrases = append(phrases, terms.Phrase{Text: name, ID: t.ID})
			}
			for _, name := range t.Deprecated {
				phrases = append(phrases, terms.Phrase{Text: name, ID: t.ID, Deprecated: true})
			}
		}
		s.finders[lang] = terms.New(phrases, s.words[lang].Plurals)
	}
}

// Mentions lists the terms that a text names, each once, in the order of the
// first mention: found in running text, or linked as [text](term:id).
func (s *Site) Mentions(doc *markdown.Document, lang string) []string {
	var ids []string
	seen := map[string]bool{}
	note := func(id string) {
		if !seen[id] {
			seen[id] = true
			ids = append(ids, id)
		}
	}
	if f := s.finders[lang]; f != nil {
		doc.Running(func(text []byte, _ int) {
			for m := range f.Find(text) {
				note(m.ID)
			}
		})
	}
	for _, l := range doc.Links {
		if id, ok := strings.CutPrefix(l.Dest, markdown.TermScheme); ok && s.Term(id) != nil {
			note(id)
		}
	}
	return ids
}

// resolveTerm follows "term:ID" to the entry of the glossary.
func (s *Site) resolveTerm(from *Page, id string) (Target, *Problem) {
	if s.Glossary == nil {
		return Target{}, &Problem{
			Rule: "term", Message: "the site has no glossary",
			help: advice(`write one: a file such as glossary.md with "glossary: true" in its front matter`),
		}
	}
	if t := s.Term(id); t != nil {
		return Target{Page: s.Glossary.In(from.Lang), Anchor: id}, nil
	}
	return Target{}, &Problem{
		Rule: "term", Message: "the glossary has no term " + quote(id),
		help: func() string {
			var ids []string
			for _, t := range s.Terms {
				ids = append(ids, t.ID)
			}
			if near := diag.Closest(id, ids); near != "" {
				return "did you mean term:" + near + "?"
			}
			return "add it to " + s.Texts(s.Glossary)[0].File.Path
		},
	}
}
