// Package corpus writes a playbook of any size to measure with: sales pages of
// 600 to 900 words in English and Chinese, one page in three with code, in a
// tree of sections, with links, tables, callouts and tags. The same size gives
// the same bytes every time.
//
// A word is what readers count: in Chinese about one and a half characters.
package corpus

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
)

// Languages of the corpus: half the pages are in each.
var Languages = []string{"en", "zh"}

// Sections is how many folders a corpus of that many pages has: about as many as
// each has modules, so that neither the list of sections nor a section's own
// list grows with the whole.
func Sections(pages int) int {
	n := 1
	for n*n*8 < pages {
		n++
	}
	return n
}

// Write makes dir/content with that many pages in all languages together, title
// pages included.
func Write(dir string, pages int) error {
	content := filepath.Join(dir, "content")
	if err := write(filepath.Join(content, "site.yaml"), settings); err != nil {
		return err
	}
	modules := pages / len(Languages)
	sections := Sections(pages)
	for l, lang := range Languages {
		rng := rand.New(rand.NewPCG(uint64(pages), uint64(l)))
		w := &writer{Rand: rng, lang: languages[lang], modules: modules - 1 - sections, sections: sections}
		if err := write(filepath.Join(content, "_index."+lang+".md"), w.home()); err != nil {
			return err
		}
		for s := range sections {
			if err := write(filepath.Join(content, folder(s), "_index."+lang+".md"), w.title(s)); err != nil {
				return err
			}
		}
		for m := range w.modules {
			if err := write(filepath.Join(content, filepath.FromSlash(w.path(m))+"."+lang+".md"), w.module(m)); err != nil {
				return err
			}
		}
	}
	return nil
}

func write(name, text string) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return os.WriteFile(name, []byte(text), 0o644)
}

const settings = `title: {en: A large playbook, zh: 大型销售手册}
description: {en: Pages to measure with., zh: 用来测量的页面。}
languages: [en, zh]
`

func folder(section int) string { return fmt.Sprintf("%03d-section-%d", section%1000, section) }

// path is a module's file without language and extension. Modules go round the
// sections, so that every section has as many.
func (w *writer) path(module int) string {
	return fmt.Sprintf("%s/%03d-lesson-%d", folder(module%w.sections), module/w.sections%1000, module)
}

// writer writes the pages of one language.
type writer struct {
	*rand.Rand
	lang              *language
	modules, sections int
	b                 strings.Builder
}

func (w *writer) pick(list []string) string { return list[w.IntN(len(list))] }

func (w *writer) frontMatter(title string, tags int) {
	w.b.Reset()
	fmt.Fprintf(&w.b, "---\ntitle: %s\ndescription: %s\n", title, strings.Trim(w.sentence(), " "))
	if tags > 0 {
		w.b.WriteString("tags: [")
		first := w.IntN(len(tagNames))
		for i := range tags {
			if i > 0 {
				w.b.WriteString(", ")
			}
			w.b.WriteString(tagNames[(first+i*5)%len(tagNames)])
		}
		w.b.WriteString("]\n")
	}
	w.b.WriteString("---\n\n")
}

func (w *writer) home() string {
	w.frontMatter(w.lang.home, 0)
	w.paragraph(60)
	return w.b.String()
}

func (w *writer) title(section int) string {
	w.frontMatter(fmt.Sprintf("%s %d", w.lang.section, section), 0)
	w.paragraph(120)
	return w.b.String()
}

// module is a page of the even corpus.
func (w *writer) module(n int) string {
	return w.page(n, func() string { // in the same folder or another
		return "../" + w.path((n+1+w.IntN(40))%w.modules) + "." + w.lang.code + ".md"
	})
}

// page is a page with links to addresses that link names.
func (w *writer) page(n int, link func() string) string {
	w.frontMatter(fmt.Sprintf("%s %d", w.lang.heading(w), n), 3)
	words := 600 + w.IntN(301)
	parts := 5 + w.IntN(3)
	for part := range parts {
		level := "## "
		if part%3 == 2 {
			level = "### "
		}
		w.b.WriteString(level + w.lang.heading(w) + "\n\n")
		share := words / parts
		switch {
		case part == 1 && n%3 == 0:
			w.b.WriteString(code(w.Rand))
		case part == 2 && n%4 == 1:
			w.table()
			share -= 40
		case part == 3 && n%5 == 2:
			w.b.WriteString("> [!NOTE]\n> " + w.sentence() + w.sentence() + "\n\n")
			share -= 30
		case part == 4:
			for range 4 {
				w.b.WriteString("- **" + w.pick(w.lang.nouns) + w.lang.colon + "** " + w.sentence() + "\n")
			}
			w.b.WriteString("\n")
			share -= 60
		}
		w.paragraph(share / 2)
		fmt.Fprintf(&w.b, w.lang.see, w.pick(w.lang.nouns), link())
		w.paragraph(share / 2)
	}
	return w.b.String()
}

func (w *writer) table() {
	w.b.WriteString("| " + w.pick(w.lang.nouns) + " | " + w.pick(w.lang.nouns) + " | % |\n| --- | --- | ---: |\n")
	for range 4 {
		fmt.Fprintf(&w.b, "| %s | %s | %d |\n", w.pick(w.lang.nouns), w.pick(w.lang.clauses), w.IntN(100))
	}
	w.b.WriteString("\n")
}

func (w *writer) paragraph(words int) {
	for words > 0 {
		s := w.sentence()
		words -= w.lang.words(s)
		switch w.IntN(9) {
		case 0:
			s = w.lang.emphasise(s)
		case 1:
			s = strings.TrimSuffix(s, " ") + " `field_" + fmt.Sprint(w.IntN(100)) + "` "
		}
		w.b.WriteString(s)
	}
	w.b.WriteString("\n\n")
}

// sentence ends with the blank that its language puts between sentences.
func (w *writer) sentence() string { return w.lang.sentence(w) }
