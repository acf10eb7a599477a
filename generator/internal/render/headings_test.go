package render

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"playbook/generator/internal/markdown"
	"playbook/generator/internal/site"
	"playbook/generator/internal/source"
	"playbook/generator/internal/words"
	"playbook/templates"
	"playbook/tests/bench/corpus"
)

// themeWords are the words of the theme.
var themeWords, _ = words.Load(templates.FS)

// headed is a renderer of a site in one language, of pages with these titles and
// headings.
func headed(lang string, pages ...[]string) *Renderer {
	tree := &source.Tree{Settings: &source.Settings{Languages: []string{"x"}}}
	tables := map[string]*words.Table{"x": themeWords[lang]}
	s := site.New(tree, nil, tables, nil, nil)
	s.Modules = nil
	for i, texts := range pages {
		doc := &markdown.Document{}
		for j, text := range texts[1:] {
			doc.Headings = append(doc.Headings, markdown.Heading{ID: fmt.Sprintf("h%d", j+1), Text: text})
		}
		m := &site.Module{ID: fmt.Sprintf("p%d", i+1)}
		m.Pages = []*site.Page{{
			Module: m, Lang: "x", TextLang: "x", Path: m.ID + "/index.html", Title: texts[0], Text: &site.Text{Doc: doc},
		}}
		s.Modules = append(s.Modules, m)
	}
	r := &Renderer{site: s, words: tables}
	r.listing = r.countHeadings()
	return r
}

func TestHeadings(t *testing.T) {
	for lang, c := range map[string]struct {
		pages [][]string
		want  string
	}{
		"en": {
			[][]string{
				{"Objections", "“Too dear”", "zebra", "Élan", "", "2 × 2", "Summary"},
				{"elastic", "Summary", "Zebra", "Äpfel", "→ Go on", "Ⅳ steps", "你好"},
			},
			"0: 2 × 2 @p1#h5; 你好 @p2#h6 | a: Äpfel @p2#h3 | e: Élan @p1#h3; elastic @p2 | g: → Go on @p2#h4 | i: Ⅳ steps @p2#h5 | " +
				"o: Objections @p1 | s: Summary @p1#h6 @p2#h1 | t: “Too dear” @p1#h1 | z: zebra @p1#h2; Zebra @p2#h2",
		},
		"zh": {
			[][]string{{"价值", "「啊」", "SPIN", "总结", "3个问题", "成交", "承诺", "价格"}},
			"0: 3个问题 @p1#h4 | a: 「啊」 @p1#h1 | c: 成交 @p1#h5; 承诺 @p1#h6 | j: 价格 @p1#h7; 价值 @p1 | s: SPIN @p1#h2 | z: 总结 @p1#h3",
		},
	} {
		var parts []string
		for _, p := range headed(lang, c.pages...).headings("x") {
			var items []string
			for _, h := range p.headings {
				item := h.text
				for _, at := range h.places {
					item += " @" + at.page.Module.ID
					if at.anchor != "" {
						item += "#" + at.anchor
					}
				}
				items = append(items, item)
			}
			if len(items) > 0 {
				parts = append(parts, p.id+": "+strings.Join(items, "; "))
			}
		}
		if diff := cmp.Diff(strings.ReplaceAll(c.want, " | ", "\n"), strings.Join(parts, "\n")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", lang, diff)
		}
	}
}

// A letter's page costs what its headings cost, whatever stands under the others,
// and a heading is put in order and shown in a few allocations.
func TestHeadingsAllocations(t *testing.T) {
	var pages [][]string
	for i := range 200 {
		pages = append(pages, []string{
			fmt.Sprintf("Title %d", i), fmt.Sprintf("Aims %d", i), fmt.Sprintf("Budget %d", i), fmt.Sprintf("报价 %d", i),
			fmt.Sprintf("Costs %d", i), fmt.Sprintf("Costs %d", i+1), fmt.Sprintf("%d steps", i), "Summary",
		})
	}
	for _, lang := range []string{"en", "zh"} {
		r := headed(lang, pages...)
		if !r.paginated("x") {
			t.Fatal("the list is in one part")
		}
		total := 0
		sorted := testing.AllocsPerRun(3, func() {
			total = 0
			for _, p := range r.headings("x") {
				total += len(p.headings)
			}
		})
		if sorted > float64(3*total) {
			t.Errorf("%s: %.0f allocations put %d headings in order", lang, sorted, total)
		}
		parts := r.headings("x")
		r.headingParts = map[string]func() []headingPart{"x": func() []headingPart { return parts }}
		shown := 0
		for _, p := range parts {
			places := 0
			for _, h := range p.headings {
				places += len(h.places)
			}
			n := testing.AllocsPerRun(3, func() {
				for _, part := range r.index("x", p.id, "../../") {
					if part.Here {
						shown += len(part.Headings)
					}
				}
			})
			if n > float64(100+3*places) {
				t.Errorf("%s: %.0f allocations for the page of %d headings under %s", lang, n, places, p.id)
			}
		}
		if shown != 4*total { // AllocsPerRun runs once more
			t.Errorf("%s: %d of %d headings are shown", lang, shown/4, total)
		}
	}
}

// Nobody waits for the list of headings but who asks for it: neither a page nor
// the addresses of the lists' pages need it.
func TestHeadingsLater(t *testing.T) {
	dir := t.TempDir()
	if err := corpus.Write(dir, 40); err != nil {
		t.Fatal(err)
	}
	r := rendererOf(t, dir)
	listed := 0
	for lang, parts := range r.headingParts {
		r.headingParts[lang] = func() []headingPart {
			listed++
			return parts()
		}
	}
	extras := r.Generated()
	for _, m := range r.site.Modules {
		for _, p := range m.Pages {
			r.Page(nil, p)
		}
	}
	if listed > 0 {
		t.Errorf("the headings were listed %d times before anybody asked", listed)
	}
	for _, e := range extras {
		if e.Path == r.headingsPath("en") {
			if html, faults := r.RenderGenerated(nil, e); len(faults) > 0 || !strings.Contains(string(html), "index-part") {
				t.Error(faults)
			}
		}
	}
	if listed != 1 {
		t.Errorf("one list was made %d times", listed)
	}
}
