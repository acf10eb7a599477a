package main

import (
	"strings"
	"testing"

	"playbook/generator/internal/markdown"
	"playbook/generator/internal/source"
)

// The course's questions must not be guessable from where the right option
// stands or from its length. Places and lengths are counted over all
// single-choice questions of four options and all options of multiple-choice
// questions, a language at a time.
func TestCourseOptionsGiveNothingAway(t *testing.T) {
	for _, lang := range []string{"en", "zh"} {
		t.Run(lang, func(t *testing.T) {
			var single, longest, several, firstRight, rightLongest int
			var place [4]int
			for _, q := range courseQuestions(t, lang) {
				task, ok := q.Task.(*markdown.Choice)
				if !ok {
					continue
				}
				options := task.Options
				switch {
				case q.Kind == "choice" && len(options) == 4:
					single++
					right := 0
					for i, o := range options {
						if o.Correct {
							right = i
						}
					}
					place[right]++
					if isLongest(options, right) {
						longest++
					}
				case q.Kind == "multiple":
					several++
					if options[0].Correct {
						firstRight++
					}
					for i, o := range options {
						if o.Correct && isLongest(options, i) {
							rightLongest++
						}
					}
				}
			}
			t.Logf("%d single-choice questions of four: right at %v, the longest in %d; %d multiple-choice: the first right in %d, the longest right in %d", single, place, longest, several, firstRight, rightLongest)
			within := func(what string, n, of, least, most int) {
				if of == 0 || n*100 < least*of || n*100 > most*of {
					t.Errorf("%s: %d of %d, want %d to %d %%", what, n, of, least, most)
				}
			}
			for i, n := range place {
				within("right option at place "+string(rune('1'+i)), n, single, 20, 30)
			}
			within("right option is the longest", longest, single, 20, 35)
			within("first option of multiple choice is right", firstRight, several, 40, 70)
			within("longest option of multiple choice is right", rightLongest, several, 35, 70)
		})
	}
}

// courseQuestions are the questions of the course in one language.
func courseQuestions(t *testing.T, lang string) []*markdown.Quiz {
	t.Helper()
	tree, _, err := source.Load("..")
	if err != nil {
		t.Fatal(err)
	}
	p := markdown.New(markdown.Options{Language: markdown.Language{NoSpaces: lang == "zh", Quotes: [4]string{"“", "”", "‘", "’"}}})
	var all []*markdown.Quiz
	for _, f := range tree.Files {
		if strings.HasSuffix(f.Path, "."+lang+".md") {
			doc, _ := p.Parse(f)
			all = append(all, doc.Quizzes...)
		}
	}
	return all
}

// isLongest reports whether no other option has as many characters.
func isLongest(options []markdown.Option, i int) bool {
	for j, o := range options {
		if j != i && optionLength(o) >= optionLength(options[i]) {
			return false
		}
	}
	return true
}

func optionLength(o markdown.Option) int {
	n := 0
	for _, p := range o.Text {
		depth := 0
		for _, r := range string(p.HTML) {
			switch {
			case r == '<':
				depth++
			case r == '>':
				depth--
			case depth == 0:
				n++
			}
		}
	}
	return n
}
