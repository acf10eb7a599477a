package render

import (
	"runtime"
	"testing"

	"playbook/generator/internal/markdown"
	"playbook/generator/internal/site"
	"playbook/tests/bench/corpus"
)

// A page of the site is made in the memory that is lent for it: what it takes
// beside that is its text, once, and some small change.
func TestPageMemory(t *testing.T) {
	dir := t.TempDir()
	if err := corpus.Write(dir, 300); err != nil {
		t.Fatal(err)
	}
	r := rendererOf(t, dir)
	var into []byte
	pages, html, text := 0, 0, 0
	render := func() {
		pages, html, text = 0, 0, 0
		for _, m := range r.site.Modules {
			for _, p := range m.Pages {
				into, _ = r.Page(into[:0], p)
				pages++
				html += len(into)
				for _, part := range p.Doc().Body {
					text += len(part.HTML)
				}
			}
		}
	}
	render() // compiles the templates, and makes the lists of the course
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	render()
	runtime.ReadMemStats(&after)
	most := text*3/2 + 5600*pages
	if took := int(after.TotalAlloc - before.TotalAlloc); took > most || html < most {
		t.Errorf("%d pages of %d KB, with %d KB of text, took %d KB, want at most %d", pages, html>>10, text>>10, took>>10, most>>10)
	}
	if n := int(after.Mallocs - before.Mallocs); n > 140*pages {
		t.Errorf("%d pages took %d allocations", pages, n)
	}
}

// A text takes as long as people need in its language, unless its author says how
// long.
func TestMinutes(t *testing.T) {
	r := &Renderer{words: themeWords}
	for _, c := range []struct {
		lang             string
		words, said, min int
	}{
		{"en", 0, 0, 0}, {"en", 1, 0, 1}, {"en", 329, 0, 1}, {"en", 330, 0, 2}, {"en", 2200, 0, 10}, {"en", 2200, 7, 7},
		{"zh", 0, 0, 0}, {"zh", 1, 0, 1}, {"zh", 449, 0, 1}, {"zh", 450, 0, 2}, {"zh", 3000, 0, 10}, {"zh", 0, 4, 4},
	} {
		doc := &markdown.Document{Words: c.words, Meta: markdown.Meta{Minutes: c.said}}
		p := &site.Page{Lang: "en", TextLang: c.lang, Text: &site.Text{Doc: doc}}
		if got := r.minutes(p); got != c.min {
			t.Errorf("%d words in %s, %d said: %d minutes, want %d", c.words, c.lang, c.said, got, c.min)
		}
	}
}
