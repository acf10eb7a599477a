package pipeline

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"playbook/generator/internal/diag"
	"playbook/generator/internal/markdown"
)

// write lays out a txtar archive as a site and returns its folder.
func write(t *testing.T, archive string) string {
	t.Helper()
	dir := t.TempDir()
	for _, f := range txtar.Parse([]byte(archive)).Files {
		path := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// run reads and builds.
func run(t testing.TB, b *Builder, changed []string) Result {
	t.Helper()
	res, err := b.Run(t.Context(), changed)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// build builds a site and renders all of it, as a publication does.
func build(t testing.TB, opt Options) Result {
	t.Helper()
	res := run(t, New(opt), nil)
	if res.Plan == nil {
		return res
	}
	var faults diag.List
	for _, path := range res.Plan.Paths() {
		_, found := res.Plan.Render(nil, path)
		faults = append(faults, found...)
	}
	return res.With(faults.Unique())
}

// told is what an author reads.
func told(t *testing.T, r Result) string {
	t.Helper()
	var b bytes.Buffer
	if err := diag.Print(&b, r.Diags, r.Source); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestFaults builds the sites of testdata/faults: each archive ends with the file
// "want", the exact report.
var calculatorList = regexp.MustCompile(`(the calculators are: [a-z-]+), .*`)

func TestFaults(t *testing.T) {
	archives, err := filepath.Glob("testdata/faults/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, path := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			last := len(a.Files) - 1
			if a.Files[last].Name != "want" {
				t.Fatal(`the last file must be "want"`)
			}
			want := string(a.Files[last].Data)
			a.Files = a.Files[:last]
			dir := write(t, string(txtar.Format(a)))
			res := build(t, Options{Site: dir})
			if diff := cmp.Diff(told(t, res), told(t, build(t, Options{Site: dir, Check: true}))); diff != "" {
				t.Errorf("check and build differ (-build +check)\n%s", diff)
			}
			got := calculatorList.ReplaceAllString(told(t, res), "$1, …") // it grows
			if os.Getenv("UPDATE") != "" {
				a.Files = append(a.Files, txtar.File{Name: "want", Data: []byte(got)})
				if err := os.WriteFile(path, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			if res.Failed() && res.Plan != nil {
				t.Error("a failed build gives a plan")
			}
		})
	}
}

const twoLanguages = `
-- content/site.yaml --
title: {en: Course, zh: 课程}
languages: [en, zh]
-- content/index.en.md --
---
title: Course
---
Welcome.
-- content/index.zh.md --
---
title: 课程
---
欢迎。
-- content/01-questions/index.en.md --
---
title: Questions
---
-- content/01-questions/index.zh.md --
---
title: 提问
---
-- content/01-questions/02-first-call.en.md --
---
title: First call
tags: [call]
aliases: [/old/call]
---
## Ask {#ask}

See [the next](03-second.en.md#more), [home](../index.en.md) and [it again](module:questions/second).
-- content/01-questions/02-first-call.zh.md --
---
title: 第一次拜访
---
## 提问 {#ask}

看[下一课](03-second.zh.md)。
-- content/01-questions/03-second.en.md --
---
title: Second
tags: [other]
---
## More {#more}

![a dot](dot.svg)
-- content/01-questions/dot.svg --
<svg xmlns="http://www.w3.org/2000/svg"/>
`

func page(t *testing.T, r Result, path string) string {
	t.Helper()
	if r.Plan == nil {
		t.Fatalf("the build failed:\n%s", told(t, r))
	}
	if _, ok := r.Plan.File(path); !ok {
		t.Fatalf("no %s; there are\n%s", path, strings.Join(r.Plan.Paths(), "\n"))
	}
	data, faults := r.Plan.Render(nil, path)
	if len(faults) > 0 {
		t.Fatal(path, faults)
	}
	return string(data)
}

// same compares all files of two sites.
func same(t *testing.T, got, want Result) {
	t.Helper()
	if diff := cmp.Diff(want.Plan.Paths(), got.Plan.Paths()); diff != "" {
		t.Fatalf("(-want +got)\n%s", diff)
	}
	for _, path := range want.Plan.Paths() {
		if page(t, got, path) != page(t, want, path) {
			t.Errorf("%s differs", path)
		}
	}
}

func contains(t *testing.T, html, want string) {
	t.Helper()
	if !strings.Contains(html, want) {
		t.Errorf("the page lacks %q:\n%s", want, html)
	}
}

func TestAddresses(t *testing.T) {
	res := build(t, Options{Site: write(t, twoLanguages), BaseURL: "https://example.org/book"})
	var got []string
	for _, p := range res.Plan.Paths() {
		if !strings.HasPrefix(p, "assets/") {
			got = append(got, p)
		}
	}
	want := []string{
		".nojekyll", "404.html", "_headers", "_redirects", "en/headings/index.html", "en/index.html", "en/index.md", "en/questions/first-call/index.html", "en/questions/first-call/index.md",
		"en/questions/index.html", "en/questions/index.md", "en/questions/second/index.html", "en/questions/second/index.md", "en/read-offline/index.html", "en/tags/call/index.html",
		"en/tags/index.html", "en/tags/other/index.html", "index.html", "llms.txt", "offline.js", "old/call/index.html", "questions/dot.svg", "search/en.js",
		"search/en/d0.js", "search/en/t0.js", "search/en/w0.js", "search/zh.js", "search/zh/d0.js", "search/zh/t0.js", "sitemap.xml", "zh/headings/index.html",
		"zh/index.html", "zh/index.md", "zh/llms.txt", "zh/questions/first-call/index.html", "zh/questions/first-call/index.md", "zh/questions/index.html", "zh/questions/index.md",
		"zh/questions/second/index.html", "zh/read-offline/index.html", "zh/tags/call/index.html", "zh/tags/index.html", "zh/tags/other/index.html",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}

	first := page(t, res, "en/questions/first-call/index.html")
	contains(t, first, `href="../second/index.html#more"`)
	contains(t, first, `href="../../index.html"`)
	contains(t, first, `<link rel="canonical" href="https://example.org/book/en/questions/first-call/">`)
	contains(t, first, `hreflang="zh-Hans" href="https://example.org/book/zh/questions/first-call/"`)
	contains(t, page(t, res, "zh/questions/first-call/index.html"), `href="../second/index.html"`)
	contains(t, page(t, res, "en/questions/second/index.html"), `src="../../../questions/dot.svg"`)
	contains(t, page(t, res, "old/call/index.html"), `url=../../en/questions/first-call/index.html`)
	contains(t, page(t, res, "404.html"), `href="/book/en/index.html"`)

	if n := strings.Count(page(t, res, "en/tags/call/index.html"), `class="track"`); n != 1 {
		t.Errorf("a tag's page lists %d tags", n)
	}

	sitemap := page(t, res, "sitemap.xml")
	if n := strings.Count(sitemap, "<url>"); n != 7 {
		t.Errorf("the sitemap has %d addresses, want 7: pages with a text of their own\n%s", n, sitemap)
	}
}

// The page for addresses that do not exist is shown at any depth: its links start
// from the base URL, or without one from the host's root, and then it carries its
// style.
func TestMissing(t *testing.T) {
	dir := write(t, twoLanguages)
	for base, want := range map[string]string{"": "/", "https://example.org": "/", "https://example.org/book": "/book/"} {
		html := page(t, build(t, Options{Site: dir, BaseURL: base}), "404.html")
		for _, to := range []string{`href="` + want + `en/index.html"`, `href="` + want + `zh/index.html"`, `<link rel="stylesheet" href="` + want + `assets/site.`} {
			contains(t, html, to)
		}
		if got := strings.Contains(html, "<style>") && strings.Contains(html, ".door"); got != (base == "") {
			t.Errorf("base URL %q: carries its style: %v", base, got)
		}
	}
}

func TestFallback(t *testing.T) {
	res := build(t, Options{Site: write(t, twoLanguages)})
	zh := page(t, res, "zh/questions/second/index.html")
	contains(t, zh, `<html lang="zh-Hans"`)
	contains(t, zh, `lang="en"`)
	contains(t, zh, `id="more"`)
	if got := told(t, res); !strings.Contains(got, "content/01-questions/03-second.en.md:1:1: warning: not translated: zh") {
		t.Errorf("the missing translation is not warned of:\n%s", got)
	}
}

func TestOneLanguageHasNoFolder(t *testing.T) {
	res := build(t, Options{Site: write(t, "-- content/site.yaml --\ntitle: T\nlanguages: [zh]\n-- content/index.md --\n---\ntitle: 题\n---\n-- content/a/b.md --\n---\ntitle: 乙\n---\n文。\n")})
	contains(t, page(t, res, "index.html"), `<html lang="zh-Hans"`)
	contains(t, page(t, res, "a/b/index.html"), "文。")
}

// A third language is a YAML file and texts: no Go.
func TestThirdLanguage(t *testing.T) {
	words, err := os.ReadFile("../../../templates/i18n/en.yaml")
	if err != nil {
		t.Fatal(err)
	}
	french := strings.NewReplacer("name: English", "name: Français", "tag: en", "tag: fr").Replace(string(words))
	french = strings.Replace(french, "Skip to", "Aller au", 1)
	dir := write(t, strings.Replace(twoLanguages, "languages: [en, zh]", "languages: [en, zh, fr]", 1)+
		"-- content/01-questions/02-first-call.fr.md --\n---\ntitle: Premier rendez-vous\n---\n## Demander {#ask}\n\nVoir [la suite](03-second.md).\n"+
		"-- templates/i18n/fr.yaml --\n"+french)
	res := build(t, Options{Site: dir})
	fr := page(t, res, "fr/questions/first-call/index.html")
	contains(t, fr, `<html lang="fr"`)
	contains(t, fr, "Premier rendez-vous")
	contains(t, fr, `href="../second/index.html"`)
	contains(t, page(t, res, "en/questions/first-call/index.html"), `href="../../../fr/questions/first-call/index.html"`)
}

func TestDeterministic(t *testing.T) {
	dir := write(t, twoLanguages)
	a, b := build(t, Options{Site: dir}), build(t, Options{Site: dir})
	same(t, a, b)
}

// Build → edit → build with one Builder: what changed is seen, faults come and go,
// and the result is that of a fresh build.
func TestRebuild(t *testing.T) {
	dir := write(t, twoLanguages)
	b := New(Options{Site: dir})
	edit := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(name)), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	second := "content/01-questions/03-second.en.md"
	if res := run(t, b, nil); res.Failed() {
		t.Fatal(told(t, res))
	}
	edit(second, "---\ntitle: Second\n---\n## Less {#less}\n\nChanged.\n")
	res := run(t, b, nil)
	if got := told(t, res); !res.Failed() || !strings.Contains(got, `there is no "#more" in `+second) {
		t.Errorf("the anchor that vanished is not reported where it is linked:\n%s", got)
	}
	edit(second, "---\ntitle: Renamed\n---\n## More {#more}\n\nChanged.\n")
	res = run(t, b, nil)
	contains(t, page(t, res, "en/questions/second/index.html"), "Changed.")
	contains(t, page(t, res, "en/questions/first-call/index.html"), "Renamed") // in its navigation
	contains(t, page(t, res, "search/en/d0.js"), "Changed.")
	contains(t, page(t, res, "search/en/t0.js"), "#renamed ")
	same(t, res, build(t, Options{Site: dir}))
	if err := os.Remove(filepath.Join(dir, filepath.FromSlash(second))); err != nil {
		t.Fatal(err)
	}
	if res := run(t, b, nil); !res.Failed() {
		t.Error("links to a removed file are not reported")
	}
}

func TestGuest(t *testing.T) {
	res := build(t, Options{Site: write(t, `
-- README.md --
# The handbook

[dead](nowhere.md), [people](people/team%20list.md), <REPO> and {{ x }}.
-- people.md --
No heading here.
-- people/team list.md --
---
unknown: key
---
# Team
## Han 标题
![gone](gone.png) [up](../README.md#the-handbook)
-- people/deep/er/notes.md --
# Notes
# Again
`)})
	if res.Failed() {
		t.Fatalf("a guest must build:\n%s", told(t, res))
	}
	for _, p := range []string{"index.html", "people/index.html", "people/team-list/index.html", "people/deep/er/notes/index.html"} {
		page(t, res, p)
	}
	contains(t, page(t, res, "index.html"), "The handbook")
	contains(t, page(t, res, "index.html"), `href="people/team-list/index.html"`)
	if got := told(t, res); !strings.Contains(got, `README.md:3:8: warning: the link leads nowhere: there is no "nowhere.md"`) {
		t.Errorf("the dead link is not warned of at its place:\n%s", got)
	}
}

func TestDrafts(t *testing.T) {
	dir := write(t, twoLanguages+"-- content/01-questions/09-later.en.md --\n---\ntitle: Later\ndraft: true\n---\n")
	if slices.Contains(build(t, Options{Site: dir}).Plan.Paths(), "en/questions/later/index.html") {
		t.Error("a draft is published")
	}
	if !slices.Contains(build(t, Options{Site: dir, Live: true}).Plan.Paths(), "en/questions/later/index.html") {
		t.Error("a draft is not served")
	}
}

func TestBaseURL(t *testing.T) {
	for _, bad := range []string{"example.org", "ftp://example.org/", "https://", "https://example.org/?q", "https://example.org/#x", ":"} {
		if _, err := New(Options{Site: ".", BaseURL: bad}).Read(nil); err == nil {
			t.Errorf("%q is taken as a base URL", bad)
		}
	}
}

func TestTemplateFault(t *testing.T) {
	for name, want := range map[string]string{
		"{{.Nonsense}}": "templates/pages/missing.html:1:",
		"line\n{{if}}":  "templates/pages/missing.html:2:",
	} {
		res := build(t, Options{Site: write(t, twoLanguages+"-- templates/pages/missing.html --\n"+name+"\n")})
		if got := told(t, res); !res.Failed() || !strings.Contains(got, want) {
			t.Errorf("%q: the fault's place is not told:\n%s", name, got)
		}
	}
}

func TestLimits(t *testing.T) {
	var many strings.Builder
	many.WriteString("-- content/site.yaml --\ntitle: T\nlanguages: [en]\n-- content/index.md --\n---\ntitle: T\n---\n```calculator value-equation\n")
	for i := range 10_000 {
		many.WriteString("problem." + strconv.Itoa(i) + ".name: x\n")
	}
	many.WriteString("```\n")
	res := build(t, Options{Site: write(t, many.String())})
	if errors, _ := res.Diags.Count(); !res.Failed() || errors != 1 {
		t.Errorf("10,000 rows: %d faults\n%.400s", errors, told(t, res))
	}
}

// A parsed document is taken over only as long as all that it depends on stays: a
// rebuild gives what a fresh build gives, whichever of the options changed.
func TestRebuildOptions(t *testing.T) {
	edits := map[string]map[string]string{ // by the field of markdown.Options that they change
		"Language": {"templates/i18n/en.yaml": "language: {spaces: false}\n"},
		"Guest":    {"site.yaml": ""},
		"Words":    {"templates/i18n/en.yaml": "ui: {callout: {bell: Dingdong}}\n"},
	}
	options := reflect.TypeFor[markdown.Options]()
	for i := range options.NumField() {
		field := options.Field(i).Name
		t.Run(field, func(t *testing.T) {
			dir := write(t, `
-- site.yaml --
title: T
id: t
languages: [en, zh]
-- index.md --
---
title: Home
---
> [!BELL] "A bell"
> text
> 续行

#### Deep
`)
			b := New(Options{Site: dir})
			run(t, b, nil)
			if edits[field] == nil {
				t.Fatal("no edit changes the option")
			}
			for name, text := range edits[field] {
				path := filepath.Join(dir, name)
				if text == "" {
					if err := os.Remove(path); err != nil {
						t.Fatal(err)
					}
				} else if err := put(dir, name, text); err != nil {
					t.Fatal(err)
				}
			}
			old := b.cache.documents["index.md"].doc
			res := run(t, b, nil)
			fresh := build(t, Options{Site: dir})
			if b.cache.documents["index.md"].doc == old {
				t.Error("the document is taken over")
			}
			if diff := cmp.Diff(told(t, fresh), told(t, res)); diff != "" {
				t.Errorf("(-fresh +rebuilt)\n%s", diff)
			}
			home := "en/index.html"
			if fresh.Guest {
				home = "index.html"
			}
			if page(t, res, home) != page(t, fresh, home) {
				t.Error("the page is not that of a fresh build")
			}
		})
	}
}

// While a site is written, a question that the translation lacks is a warning: the
// preview goes on.
func TestTranslationLags(t *testing.T) {
	dir := write(t, twoLanguages+`
-- content/01-questions/02-first-call.en.md --
---
title: First call
---
## Ask {#ask}

### Which? <!-- q: which -->

- [x] This
  > Yes.
- [ ] That
  > No.
`)
	want := `the quiz "which" at content/01-questions/02-first-call.en.md:6:20 is missing here`
	for _, live := range []bool{false, true} {
		res := build(t, Options{Site: dir, Live: live})
		if got := told(t, res); res.Failed() == live || !strings.Contains(got, want) {
			t.Errorf("served %v: failed %v\n%s", live, res.Failed(), got)
		}
	}
}
