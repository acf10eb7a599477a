package pipeline

import (
	"fmt"
	"slices"

	"playbook/generator/internal/diag"
	"playbook/generator/internal/markdown"
	"playbook/generator/internal/site"
	"playbook/generator/internal/words"
)

// Lesson is a page of a plan, as one who reads from cover to cover comes to it.
type Lesson struct {
	Path   string // from the site's root
	Module string // its id: "questions/spin"
	Title  string
	Number string // "3.2"; "" where nothing is numbered
	Kind   site.Kind
	Depth  int    // 0 for a track's title page, 1 for what stands in it, and so on
	File   string // the author's, from the site's folder

	Questions []*markdown.Quiz
}

// Edition is a site in one language.
type Edition struct {
	Title, Description string
	Language           words.Language
	Words              *words.Table
	SiteID             string // under which its readers' browsers keep what they did
}

// Languages lists the codes of the site's languages; the first is the default.
func (p *Plan) Languages() []string { return p.site.Languages }

// Edition tells of the site in one of its languages.
func (p *Plan) Edition(lang string) Edition {
	s := p.site.Settings
	return Edition{Title: s.TitleIn(lang), Description: s.DescriptionIn(lang), Language: p.words[lang].Language, Words: p.words[lang], SiteID: p.siteID}
}

// Reading lists the pages of a language in the order in which they are read, the
// glossary last. What nobody translated is not among them, nor are title pages without
// a text.
func (p *Plan) Reading(lang string) []Lesson {
	var all []Lesson
	for _, m := range p.site.Modules {
		if l, ok := p.lesson(m, lang); ok {
			all = append(all, l)
		}
	}
	return all
}

// Path lists the pages of a learning path in its order, or says which paths there are.
func (p *Plan) Path(id, lang string) ([]Lesson, error) {
	var ids []string
	for _, m := range p.site.Modules {
		for _, text := range p.site.Texts(m) {
			for _, way := range text.Doc.Paths {
				if way.ID != id {
					ids = append(ids, way.ID)
					continue
				}
				var all []Lesson
				for _, step := range way.Modules {
					if m := p.site.Find(step.ID); m != nil {
						if l, ok := p.lesson(m, lang); ok {
							l.Depth = 0
							all = append(all, l)
						}
					}
				}
				return all, nil
			}
		}
	}
	slices.Sort(ids)
	if len(ids) == 0 {
		return nil, fmt.Errorf("there is no path %q: the site has none", id)
	}
	return nil, fmt.Errorf("there is no path %q; %s", id, diag.DidYouMean(id, slices.Compact(ids), "the paths are"))
}

func (p *Plan) lesson(m *site.Module, lang string) (Lesson, bool) {
	i := slices.Index(p.site.Languages, lang)
	if i < 0 || i >= len(m.Pages) {
		return Lesson{}, false
	}
	page := m.Pages[i]
	if page.Text == nil || page.Fallback() {
		return Lesson{}, false
	}
	l := Lesson{Path: page.Path, Module: m.ID, Kind: m.Kind, Title: page.Title, Number: page.Number(), File: page.Text.File.Path, Questions: page.Text.Doc.Quizzes}
	if m.Track != nil {
		l.Depth = m.Track.Depth()
		if m.Kind == site.Title {
			l.Depth--
		}
	}
	return l, true
}

// BaseURL is where the site is published, with its final slash; "" where nobody said.
func (p *Plan) BaseURL() string { return p.baseURL }
