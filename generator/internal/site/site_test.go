package site

import (
	"path"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"playbook/generator/internal/markdown"
	"playbook/generator/internal/source"
	"playbook/generator/internal/words"
	"playbook/templates"
)

// tables are the words of the theme.
var tables, _ = words.Load(templates.FS)

// course is a small bilingual site; second has no Chinese.
func course() *Site {
	tree := &source.Tree{Settings: &source.Settings{Languages: []string{"en", "zh"}, Title: source.Localised{"": "Course"}}}
	var texts []Text
	add := func(track string, trackOrder int, file string, order int, lang string, title bool, doc *markdown.Document) {
		f := &source.File{Path: "content/" + track + file + "." + lang + ".md", Rel: track + file + "." + lang + ".md", Lang: lang, Title: title}
		f.Name = source.Part{Slug: source.Slug(strings.TrimLeft(file, "0123456789-")), Order: order}
		if track != "" {
			f.Dirs = []source.Part{{Slug: strings.TrimLeft(strings.Trim(track, "/"), "0123456789-"), Order: trackOrder}}
		}
		if doc == nil {
			doc = &markdown.Document{Title: file + " " + lang}
		}
		texts = append(texts, Text{File: f, Doc: doc})
	}
	for _, lang := range []string{"en", "zh"} {
		add("", -1, "index", -1, lang, true, nil)
		add("02-later/", 2, "index", -1, lang, true, nil)
		add("01-first/", 1, "index", -1, lang, true, nil)
		add("01-first/", 1, "02-two", 2, lang, false, nil)
		add("01-first/", 1, "01-one", 1, lang, false, &markdown.Document{
			Title: "One " + lang, Headings: []markdown.Heading{{Level: 2, ID: "ask"}},
			Calculators: []*markdown.Calculator{{ID: "value-equation"}},
		})
	}
	add("02-later/", 2, "second", -1, "en", false, nil)
	tree.Files = append(tree.Files, &source.File{
		Path: "content/01-first/dot.svg", Rel: "01-first/dot.svg", Base: "dot.svg", Kind: source.Asset,
		Dirs: []source.Part{{Slug: "first", Order: 1}},
	})
	return New(tree, texts, tables, nil, nil)
}

func TestReadingOrder(t *testing.T) {
	s := course()
	var got []string
	for _, m := range s.Modules {
		got = append(got, m.Number+" "+m.ID)
	}
	want := []string{" ", "1 first", "1.1 first/one", "1.2 first/two", "2 later", "2.1 later/second"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	one := s.Find("first/one").In("zh")
	if one.Prev.Module.ID != "first" || one.Next.Module.ID != "first/two" || one.Next.Lang != "zh" {
		t.Errorf("neighbours of one: %s, %s", one.Prev.Path, one.Next.Path)
	}
	second := s.Find("later/second")
	if p := second.In("zh"); !p.Fallback() || p.TextLang != "en" || p.Path != "zh/later/second/index.html" {
		t.Errorf("the missing translation: %+v", p)
	}
	if second.In("en").Next != nil {
		t.Error("the last page has a next one")
	}
}

func TestResolve(t *testing.T) {
	s := course()
	from := s.Find("first/two").In("zh")
	tests := map[string]string{
		"01-one.zh.md":                     "../one/index.html",
		"01-one.en.md":                     "../one/index.html", // the reader's language
		"01-one.md#ask":                    "../one/index.html#ask",
		"01-one.zh.md#gone":                `there is no "#gone" in content/01-first/01-one.zh.md`,
		"../02-later/second.zh.md":         "../../later/second/index.html", // not translated: its page all the same
		"../02-later/":                     "../../later/index.html",
		"../02-later":                      "../../later/index.html",
		"/02-later/second.md":              "../../later/second/index.html",
		"..":                               "../../index.html",
		"dot.svg":                          "../../../first/dot.svg",
		"module:first/one#ask":             "../one/index.html#ask",
		"module:first/won":                 `there is no module "first/won"`,
		"calculator:value-equation":        "../../tools/value-equation/index.html#value-equation",
		"calculator:swot":                  `no page holds the calculator "swot"`,
		"01-one.md#value-equation?years=3": "../one/index.html#value-equation?years=3",
		"https://example.org/a b":          "https://example.org/a b",
		"mailto:a@example.org":             "mailto:a@example.org",
		"javascript:alert(1)":              `links of the kind "javascript:" are not allowed`,
		"JavaScript:alert(1)":              `links of the kind "javascript:" are not allowed`,
		"data:text/html,x":                 `links of the kind "data:" are not allowed`,
		"":                                 "the link has no destination",
		"nowhere.md":                       `the link leads nowhere: there is no "nowhere.md"`,
		"../../../etc/passwd":              `the link leads nowhere: there is no "../../../etc/passwd"`,
		"#":                                "index.html",
		"#top":                             "#top",
		"C:/x.md":                          `the link leads nowhere: there is no "C:/x.md"`,
	}
	for dest, want := range tests {
		target, problem := s.Resolve(from, &markdown.Link{Dest: dest})
		got := ""
		if problem != nil {
			got = problem.Message
		} else {
			got = s.Href(from.Path, target)
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", dest, got, want)
		}
	}
}

// A relative address, resolved as a browser does, is the path it was made for.
func FuzzRelative(f *testing.F) {
	f.Add("en/a/index.html", "zh/b/c/index.html")
	f.Add("index.html", "x:y/index.html")
	f.Fuzz(func(t *testing.T, from, to string) {
		clean := func(s string) bool {
			return s != "" && path.Clean(s) == s && !strings.HasPrefix(s, "/") && !strings.HasPrefix(s, "..") && s != "." && !strings.ContainsAny(s, "%?#\\\"<>`{}|^[] ")
		}
		if !clean(from) || !clean(to) {
			t.Skip()
		}
		rel := Relative(from, to)
		if got := path.Join(path.Dir(from), rel); got != to {
			t.Errorf("from %q to %q: %q leads to %q", from, to, rel, got)
		}
	})
}

func TestNatural(t *testing.T) {
	names := []string{"", "1-a", "1-b", "01-c", "2", "10", "chapter", "chapter-2", "chapter-2a", "chapter-10", "第2章", "第10章"}
	for i, a := range names {
		for j, b := range names {
			if got, want := natural(a, b), cmpInt(i, j); got != want {
				t.Errorf("natural(%q, %q) is %d, want %d", a, b, got, want)
			}
		}
	}
}

func cmpInt(a, b int) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
