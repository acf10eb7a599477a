package pipeline

import (
	"bytes"
	"fmt"
	"maps"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// webpage is a built page as a crawler sees it.
type webpage struct {
	redirect bool
	path     string
	lang     string          // of <html>
	ids      map[string]bool // outside of templates
	links    []ref           // what a reader or the browser follows
	h1       int
	faults   []string
}

// ref is an address in a page.
type ref struct {
	node *html.Node
	attr string // the attribute that holds it
	to   string
}

// loads are the attributes whose addresses the browser fetches by itself, or that
// scripts fetch; some have several, with spaces between.
var loads = map[string]bool{
	"src": true, "poster": true, "data-worker": true, "data-wasm": true, "data-inline": true,
	"data-search": true, "data-words": true, "data-quiz": true, "data-keys": true, "data-mouse": true, "data-offline": true,
}

// attr returns an attribute's value, "" where there is none.
func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// walk visits the elements below a node, those inside of templates left out.
func walk(n *html.Node, visit func(*html.Node)) {
	if n.Type == html.ElementNode {
		visit(n)
		if n.Data == "template" {
			return
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		walk(c, visit)
	}
}

func readPage(t *testing.T, name string, data []byte) *webpage {
	t.Helper()
	doc, err := html.Parse(bytes.NewReader(data))
	if err != nil {
		t.Fatal(name, err)
	}
	p := &webpage{path: name, ids: map[string]bool{}}
	walk(doc, func(n *html.Node) {
		switch n.Data {
		case "html":
			p.lang = attr(n, "lang")
		case "h1":
			p.h1++
		case "meta":
			p.redirect = p.redirect || attr(n, "http-equiv") == "refresh"
		}
		for _, a := range n.Attr {
			switch {
			case a.Key == "id":
				if p.ids[a.Val] {
					p.faults = append(p.faults, fmt.Sprintf("id %q twice", a.Val))
				}
				p.ids[a.Val] = true
			case a.Key == "href":
				p.links = append(p.links, ref{n, a.Key, a.Val})
			case loads[a.Key]:
				for _, address := range strings.Fields(a.Val) {
					p.links = append(p.links, ref{n, a.Key, address})
				}
			case a.Key == "srcset":
				for part := range strings.SplitSeq(a.Val, ",") {
					p.links = append(p.links, ref{n, "src", strings.Fields(part)[0]})
				}
			}
		}
	})
	return p
}

// crawl reads every page of a built site and reports dead links and anchors,
// doubled ids, and whatever else must hold on every page. It returns the pages.
func crawl(t *testing.T, files *Plan, langs map[string]string) map[string]*webpage {
	t.Helper()
	pages := map[string]*webpage{}
	for _, name := range files.Paths() {
		if strings.HasSuffix(name, ".html") {
			data, _ := files.Render(nil, name)
			pages[name] = readPage(t, name, data)
		}
	}
	reached := map[string]bool{"index.html": true, "404.html": true} // a host shows the latter by itself
	queue := []string{"index.html"}
	for name, p := range pages {
		if p.redirect { // it keeps an old address alive, to which nothing leads any more
			reached[name] = true
		} else if p.h1 != 1 {
			p.faults = append(p.faults, fmt.Sprintf("%d h1", p.h1))
		}
		if want := langs[strings.Split(name, "/")[0]]; p.lang != want {
			p.faults = append(p.faults, fmt.Sprintf("lang %q, want %q", p.lang, want))
		}
		for _, l := range p.links {
			if fault := follow(files, pages, p, l); fault != "" {
				p.faults = append(p.faults, fmt.Sprintf("<%s %s=%q>: %s", l.node.Data, l.attr, l.to, fault))
			}
		}
		for _, fault := range p.faults {
			t.Errorf("%s: %s", name, fault)
		}
	}
	for len(queue) > 0 {
		p := pages[queue[0]]
		queue = queue[1:]
		for _, l := range p.links {
			to := resolve(p.path, l.to)
			if l.attr == "href" && pages[to] != nil && !reached[to] {
				reached[to] = true
				queue = append(queue, to)
			}
		}
	}
	for name := range pages {
		if !reached[name] {
			t.Errorf("%s: no way leads there from index.html", name)
		}
	}
	return pages
}

// resolve returns the file that an address on a page means, "" for another host.
func resolve(page, to string) string {
	u, err := url.Parse(to)
	if err != nil || u.Scheme != "" || u.Host != "" {
		return ""
	}
	if path, absolute := strings.CutPrefix(u.Path, "/"); absolute {
		if page == "404.html" { // shown at any depth
			return path
		}
		return ""
	}
	if u.Path == "" {
		return page
	}
	return path.Join(path.Dir(page), u.Path)
}

// follow returns what is wrong with a link, "" when it leads somewhere.
func follow(files *Plan, pages map[string]*webpage, p *webpage, l ref) string {
	u, err := url.Parse(l.to)
	if err != nil {
		return err.Error()
	}
	if u.Scheme != "" || u.Host != "" {
		if l.node.Data == "a" && (u.Scheme == "https" || u.Scheme == "mailto") {
			return ""
		}
		return "asks another host"
	}
	to := resolve(p.path, l.to)
	switch {
	case to == "":
		return "not relative: the site could not stand at a sub-path"
	case strings.HasSuffix(u.Path, "/"):
		return "a folder: on a disk there is no index.html for it"
	}
	if _, ok := files.File(to); !ok {
		return "there is no " + to
	}
	if target := pages[to]; u.Fragment != "" && target != nil {
		id, _, _ := strings.Cut(u.Fragment, "?") // a calculator's state
		id, _, _ = strings.Cut(id, "+")          // what another hands to it
		if !target.ids[id] {
			return "no such anchor"
		}
	}
	if lang := attr(l.node, "hreflang"); lang != "" && pages[to] != nil && pages[to].lang != lang {
		return fmt.Sprintf("the page is in %q", pages[to].lang)
	}
	return ""
}

var languages = map[string]string{"index.html": "en", "404.html": "en", "en": "en", "zh": "zh-Hans"}

// The sites that are crawled: what the tests need, and our own playbook, whose faults
// are those of the course and not of the generator. Tests of the course alone begin
// with TestCourse: "make test-course" runs them.
const (
	fixture = "../../../tests/fixture"
	course  = "../../.."
)

func TestCrawl(t *testing.T)       { crawlSite(t, fixture) }
func TestCourseCrawl(t *testing.T) { crawlSite(t, course) }

// crawlSite follows every link of a site.
func crawlSite(t *testing.T, dir string) {
	res := build(t, Options{Site: dir})
	if res.Failed() {
		t.Fatal(told(t, res))
	}
	pages := crawl(t, res.Plan, languages)
	if len(pages) < 40 {
		t.Errorf("only %d pages", len(pages))
	}
	for _, name := range res.Plan.Paths() {
		data, _ := res.Plan.Render(nil, name)
		if path.Ext(name) == ".css" {
			for _, m := range regexp.MustCompile(`url\(["']?([^"')]+)`).FindAllSubmatch(data, -1) {
				if to := string(m[1]); !strings.HasPrefix(to, "data:") && !strings.HasPrefix(to, "#") {
					if _, ok := res.Plan.File(resolve(name, to)); !ok {
						t.Errorf("%s: there is no %s", name, to)
					}
				}
			}
		}
		if bytes.Contains(data, []byte("rel=\"canonical\"")) {
			t.Errorf("%s: an absolute address without a base URL", name)
		}
	}
	// Every page has its twin in the other language.
	for name := range pages {
		if rest, ok := strings.CutPrefix(name, "en/"); ok && pages["zh/"+rest] == nil {
			t.Errorf("%s: no page in Chinese", name)
		}
	}
}

// TestCourseTopics: a topic's page leads to the modules that name it, and to no
// others.
func TestCourseTopics(t *testing.T) {
	res := build(t, Options{Site: course})
	if res.Failed() {
		t.Fatal(told(t, res))
	}
	pages := crawl(t, res.Plan, languages)
	var got []string
	for _, l := range pages["en/tags/closing/index.html"].links {
		if attr(l.node, "class") == "route-title" {
			got = append(got, resolve("en/tags/closing/index.html", l.to))
		}
	}
	var want []string // in the order of the files, which is that of the course
	files, err := filepath.Glob(course + "/content/*/*.en.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		head, _, _ := strings.Cut(string(text), "\n---\n")
		if regexp.MustCompile(`(?m)^tags:.*\bclosing\b`).MatchString(head) {
			track, module := filepath.Base(filepath.Dir(name)), strings.TrimSuffix(filepath.Base(name), ".en.md")
			want = append(want, "en/"+track[3:]+"/"+module[3:]+"/index.html")
		}
	}
	if len(want) == 0 || !slices.Equal(got, want) {
		t.Errorf("the topic leads to %q, want %q", got, want)
	}
}

func TestCrawlPublished(t *testing.T)  { crawlPublished(t, fixture) }
func TestCoursePublished(t *testing.T) { crawlPublished(t, course) }

// crawlPublished holds that with a base URL the absolute addresses are those of pages.
func crawlPublished(t *testing.T, dir string) {
	const base = "https://example.org/book/"
	res := build(t, Options{Site: dir, BaseURL: base})
	if res.Failed() {
		t.Fatal(told(t, res))
	}
	exists := func(where, address string) {
		t.Helper()
		name, ok := strings.CutPrefix(address, base)
		if strings.HasSuffix(name, "/") || name == "" {
			name += "index.html"
		}
		if _, found := res.Plan.File(name); !ok || !found {
			t.Errorf("%s: there is no %s", where, address)
		}
	}
	for _, name := range res.Plan.Paths() {
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		data, _ := res.Plan.Render(nil, name)
		canonical := 0
		for _, l := range readPage(t, name, data).links {
			switch attr(l.node, "rel") {
			case "canonical":
				canonical++
				exists(name, l.to)
			case "alternate":
				if attr(l.node, "type") == "text/markdown" {
					l.to = base + path.Join(path.Dir(name), l.to)
				}
				exists(name, l.to)
			}
		}
		if want := 1; name != "404.html" && canonical != want {
			t.Errorf("%s: %d canonical addresses, want %d", name, canonical, want)
		}
	}
	sitemap := []byte(page(t, res, "sitemap.xml"))
	locs := regexp.MustCompile(`<loc>([^<]+)</loc>`).FindAllSubmatch(sitemap, -1)
	if len(locs) < 30 {
		t.Errorf("only %d addresses in the sitemap", len(locs))
	}
	for _, m := range locs {
		exists("sitemap.xml", string(m[1]))
	}
}

// TestCrawlUntranslated: where a translation is missing, the page is in its own
// language, says so in it, and marks the text as what it is.
func TestCrawlUntranslated(t *testing.T) {
	res := build(t, Options{Site: write(t, `
-- content/site.yaml --
title: {en: Course, zh: 课程}
languages: [en, zh]
-- content/index.en.md --
---
title: Course
---
-- content/index.zh.md --
---
title: 课程
---
-- content/01-first/index.en.md --
---
title: First
---
-- content/01-first/index.zh.md --
---
title: 第一章
---
-- content/01-first/01-asking.en.md --
---
title: Asking
---

## One question {#one}

See [above](#one).
`)})
	if res.Failed() {
		t.Fatal(told(t, res))
	}
	pages := crawl(t, res.Plan, languages)
	const name = "zh/first/asking/index.html"
	if pages[name] == nil {
		t.Fatalf("no %s", name)
	}
	data, _ := res.Plan.Render(nil, name)
	doc, err := html.Parse(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	// The language of a text is that of the nearest element that names one.
	of := map[string]string{}
	var visit func(n *html.Node, lang string)
	visit = func(n *html.Node, lang string) {
		if n.Type == html.ElementNode {
			if l := attr(n, "lang"); l != "" {
				lang = l
			}
		}
		if text := strings.TrimSpace(n.Data); n.Type == html.TextNode && text != "" {
			of[text] = lang
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			visit(c, lang)
		}
	}
	visit(doc, "")
	for text, want := range map[string]string{"One question": "en", "Asking": "en", "above": "en"} {
		if of[text] != want {
			t.Errorf("%q is marked as %q, want %q", text, of[text], want)
		}
	}
	if !slices.ContainsFunc(slices.Collect(maps.Keys(of)), func(s string) bool { return strings.Contains(s, "English") && of[s] == "zh-Hans" }) {
		t.Errorf("no notice in Chinese that the text is in English: %q", of)
	}
}
