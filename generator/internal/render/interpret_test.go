package render

import (
	"bytes"
	"io/fs"
	"testing"

	"github.com/google/go-cmp/cmp"

	"playbook/generator/internal/markdown"
	"playbook/generator/internal/site"
	"playbook/generator/internal/source"
	"playbook/generator/internal/words"
	"playbook/templates"
	"playbook/tests/bench/corpus"
)

// TestInterpreted: every page is compiled, and has the bytes that html/template
// gives it.
func TestInterpreted(t *testing.T) {
	small := t.TempDir()
	if err := corpus.Write(small, 40); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{"../../../tests/fixture", small} {
		bothWays(t, dir)
	}
}

func TestCourseInterpreted(t *testing.T) { bothWays(t, "../../..") }

// bothWays compares all pages of a site.
func bothWays(t *testing.T, dir string) {
	t.Setenv(interpretVariable, "0")
	compiled := allPages(t, rendererOf(t, dir), true)
	t.Setenv(interpretVariable, "1")
	for path, want := range allPages(t, rendererOf(t, dir), false) {
		if got := compiled[path]; !bytes.Equal(got, want) {
			t.Errorf("%s differs (-html/template +compiled):\n%s", path, cmp.Diff(string(want), string(got)))
		}
		delete(compiled, path)
	}
	for path := range compiled {
		t.Errorf("%s is there only when compiled", path)
	}
}

// allPages renders all pages of a site, by their paths.
func allPages(t *testing.T, r *Renderer, compiled bool) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	for _, m := range r.site.Modules {
		for _, p := range m.Pages {
			html, faults := r.Page(nil, p)
			if len(faults) > 0 {
				t.Errorf("%s: %v", p.Path, faults)
			}
			all[p.Path] = html
		}
	}
	for _, e := range append(r.Generated(), r.Redirects()...) {
		html, faults := r.RenderGenerated(nil, e)
		if len(faults) > 0 {
			t.Errorf("%s: %v", e.Path, faults)
		}
		all[e.Path] = html
	}
	if len(all) < 50 {
		t.Errorf("only %d pages", len(all))
	}
	for key, b := range r.theme.bound {
		if left := b.Left(); (len(left) == 0) != compiled {
			t.Errorf("%v: left to html/template: %q", key, left)
		}
	}
	return all
}

// rendererOf renders the site in a folder.
func rendererOf(t *testing.T, dir string) *Renderer {
	t.Helper()
	theme, faults := LoadTheme([]fs.FS{templates.FS}, []string{"zh"}, new(words.Loader), nil)
	tree, diags, err := source.Load(dir)
	if faults := append(faults, diags...); len(faults) > 0 || err != nil {
		t.Fatal(faults, err)
	}
	var texts []site.Text
	for _, f := range tree.Files {
		if f.Kind != source.Markdown {
			continue
		}
		lang := f.Lang
		if lang == "" {
			lang = tree.Settings.Languages[0]
		}
		w := theme.words[lang]
		f.Data = f.Text()
		doc, faults := markdown.New(markdown.Options{Language: markdown.Language{NoSpaces: !w.Spaces, Quotes: w.Quotes, Readings: w.Readings}, Guest: tree.Guest, Words: markdown.WordsOf(w.Get)}).Parse(f)
		if len(faults) > 0 {
			t.Fatal(faults)
		}
		texts = append(texts, site.Text{File: f, Doc: doc})
	}
	return New(theme, site.New(tree, texts, theme.words, nil, nil), Options{BaseURL: "https://example.org/"})
}
