// Package progress reads the files of progress that readers save in their browsers, and
// counts them against the course. templates/assets/js/progress/file.js does the same for
// the page "My progress", and says the shape of a file.
package progress

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
)

// version is that of the files that are understood.
const version = 1

// File is a reader's progress.
type File struct {
	Name     string                     // as the reader typed it; may be ""
	Exported string                     // when it was saved: ISO 8601
	Visited  map[string]json.RawMessage // module → when and where
	Quiz     map[string]Score           // question → score
}

// Score is what a browser keeps of a question.
type Score struct {
	Right bool    `json:"right"` // the best try had everything right
	Tries int     `json:"tries"`
	Mark  *string `json:"mark"` // changes when what is right does; nil in files of before it did
}

// Read reads a file of a site's. The error says what it is instead.
func Read(data []byte, site string) (*File, error) {
	var f struct {
		Format, Site, Name, Exported string
		Version                      int
		Visited                      map[string]json.RawMessage
		Quiz                         map[string]json.RawMessage
	}
	if err := json.Unmarshal(data, &f); err != nil || f.Format != "playbook-progress" || f.Version < 1 {
		return nil, errors.New("it is no file of progress: save one on the page \"My progress\"")
	}
	switch {
	case f.Version > version:
		return nil, fmt.Errorf("it is of version %d: a newer playbook reads it", f.Version)
	case f.Site != site:
		return nil, fmt.Errorf("it is of the site %q, not of %q", f.Site, site)
	}
	file := &File{Name: f.Name, Exported: f.Exported, Visited: f.Visited, Quiz: map[string]Score{}}
	for id, raw := range f.Quiz {
		var s Score
		if json.Unmarshal(raw, &s) == nil && s.Tries > 0 { // what is damaged is left out
			file.Quiz[id] = s
		}
	}
	return file, nil
}

// Module is a module of the course, with its questions.
type Module struct {
	ID, Title string
	Questions []Question
}

// Question is a scored question.
type Question struct{ ID, Mark, Title string }

// Count is what somebody has done of a module.
type Count struct {
	Read             bool
	Tried, Right, Of int
	Wrong            []string // ids of the questions that were tried and never right
}

// Count counts a module. A score of another mark is of an earlier question, and counts
// nowhere.
func (f *File) Count(m Module) Count {
	_, read := f.Visited[m.ID]
	c := Count{Read: read, Of: len(m.Questions)}
	for _, q := range m.Questions {
		s, ok := f.Quiz[q.ID]
		if !ok || s.Mark != nil && *s.Mark != q.Mark {
			continue
		}
		c.Tried++
		if s.Right {
			c.Right++
		} else {
			c.Wrong = append(c.Wrong, q.ID)
		}
	}
	return c
}

// Latest keeps of the files of one name the one that was saved last, in the order of the
// names; files without a name are people of their own.
func Latest(files []*File) []*File {
	var all []*File
	for _, f := range files {
		i := slices.IndexFunc(all, func(o *File) bool { return f.Name != "" && o.Name == f.Name })
		switch {
		case i < 0:
			all = append(all, f)
		case all[i].Exported < f.Exported:
			all[i] = f
		}
	}
	slices.SortStableFunc(all, func(a, b *File) int { return cmp.Compare(a.Name, b.Name) })
	return all
}

// Hard is a question and how many of those who tried it never had it right.
type Hard struct {
	Question
	Wrong, Tried int
}

// Hardest lists the questions that most got wrong, at most n.
func Hardest(files []*File, modules []Module, n int) []Hard {
	var all []Hard
	for _, m := range modules {
		for _, q := range m.Questions {
			h := Hard{Question: q}
			for _, f := range files {
				c := f.Count(Module{Questions: []Question{q}})
				h.Tried += c.Tried
				h.Wrong += len(c.Wrong)
			}
			if h.Wrong > 0 {
				all = append(all, h)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Hard) int {
		return cmp.Or(cmp.Compare(b.Wrong*a.Tried, a.Wrong*b.Tried), cmp.Compare(b.Wrong, a.Wrong))
	})
	return all[:min(n, len(all))]
}
