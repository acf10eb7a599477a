package render

import (
	"encoding/json"

	"playbook/generator/internal/site"
)

// ProgressPart is a folder of the course with its modules, as the page of the reader's
// progress lists them.
type ProgressPart struct {
	Title   string
	Modules []ProgressModule
}

// ProgressModule is a module with its scored questions.
type ProgressModule struct {
	ID, Number, Title, Href string
	Questions               []ProgressQuestion
}

// ProgressQuestion is a scored question.
type ProgressQuestion struct {
	ID, Mark, Title, Href string
	Points                int
}

func (r *Renderer) progressPath(lang string) string {
	return r.site.SectionPath(lang, site.ProgressSection, "")
}

// progressPages are the page on which readers see what they have done, where the site
// has questions to answer.
func (r *Renderer) progressPages(lang string) []Generated {
	if !r.site.Questions {
		return nil
	}
	return []Generated{{r.progressPath(lang), func() *Page { return r.progressPage(lang) }}}
}

func (r *Renderer) progressPage(lang string) *Page {
	d := r.newGenerated("progress", lang, r.words[lang].Get("ui.progress.title"), r.progressPath)
	words, _ := json.Marshal(under(r.words[lang], "ui.progress.")) // of a map of texts
	d.ProgressWords = string(words)
	var of *site.Track
	for _, m := range r.site.Modules {
		if m.Kind != site.Lesson {
			continue
		}
		track := m.Track
		for track.Depth() > 1 {
			track = track.Parent
		}
		if track != of {
			of = track
			d.Progress = append(d.Progress, ProgressPart{Title: r.trackItem(track, lang, d.Root, false).Title})
		}
		page := m.In(lang)
		item := ProgressModule{ID: m.ID, Number: page.Number(), Title: page.Title, Href: d.Root + page.Path}
		for _, q := range page.Doc().Quizzes {
			if q.Scored() {
				item.Questions = append(item.Questions, ProgressQuestion{ID: q.ID, Mark: q.Mark(), Title: q.Heading(), Href: item.Href + "#" + q.Anchor, Points: q.Points})
			}
		}
		part := &d.Progress[len(d.Progress)-1]
		part.Modules = append(part.Modules, item)
	}
	return d
}
