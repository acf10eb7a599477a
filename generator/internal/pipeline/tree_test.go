package pipeline

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
)

// column is the list of the course on a page: each line an item's title, indented by
// how deep it stands; the page itself is marked.
func column(html string) string {
	_, list, _ := strings.Cut(html, `<ol class="nav-tracks">`)
	list, _, _ = strings.Cut(list, `</nav>`)
	list, _, _ = strings.Cut(list, `<ul class="nav-more">`)
	var b strings.Builder
	depth := 0
	for _, m := range regexp.MustCompile(`(?s)<(/?ol)|<a[^>]*?( aria-current="page")?>(.*?)</a>|<summary>(.*?)</summary>`).FindAllStringSubmatch(list, -1) {
		switch text := strings.TrimSpace(regexp.MustCompile(`(?s)<span class="vh">.*?</span>|<[^>]*>`).ReplaceAllString(m[3]+m[4], "")); {
		case m[1] == "ol":
			depth++
		case m[1] == "/ol":
			depth--
		case m[2] != "":
			fmt.Fprintf(&b, "%s[%s]\n", strings.Repeat("  ", depth), text)
		default:
			fmt.Fprintf(&b, "%s%s\n", strings.Repeat("  ", depth), text)
		}
	}
	return b.String()
}

func crumbs(html string) string {
	_, list, _ := strings.Cut(html, `<nav class="crumbs"`)
	list, _, _ = strings.Cut(list, `</nav>`)
	var all []string
	for _, m := range regexp.MustCompile(`(?s)<a href="([^"]*)">(.*?)</a>`).FindAllStringSubmatch(list, -1) {
		all = append(all, m[2]+" "+m[1])
	}
	return strings.Join(all, ", ")
}

// Nested folders are a tree: a page holds its ancestors, their children and its own.
func TestTree(t *testing.T) {
	var b strings.Builder
	b.WriteString("-- README.md --\n# Handbook\n-- about.md --\n# About\n-- guide/a/b/deep.md --\n# Deep\n-- guide/a/b/c/deeper.md --\n# Deeper\n-- guide/a/README.md --\n# The A\n-- guide/z.md --\n# Z\n-- other/x.md --\n# X\n-- other/in/y.md --\n# Y\n")
	for n := range 12 { // a course that is not listed whole
		fmt.Fprintf(&b, "-- many/part-%d.md --\n# Part %d\n", n, n)
	}
	res := build(t, Options{Site: write(t, b.String())})
	deep := page(t, res, "guide/a/b/deep/index.html")
	want := `About
Guide
  Overview
  Z
  The A
    B
      [Deep]
      C
Many
Other
`
	if got := column(deep); got != want {
		t.Errorf("the column is\n%swant\n%s", got, want)
	}
	if got, want := crumbs(deep), "Home ../../../../index.html, Guide ../../../index.html, The A ../../index.html, B ../index.html"; got != want {
		t.Errorf("crumbs: %s, want %s", got, want)
	}
	folder := page(t, res, "guide/a/b/index.html") // which nobody wrote
	contains(t, folder, `<a class="route-title" href="../../../guide/a/b/c/index.html">C</a>`)
	contains(t, column(folder), "    [B]\n      Deep\n      C\n")
	many := column(page(t, res, "many/part-2/index.html"))
	if !strings.Contains(many, "  Part 1\n  [Part 2]\n  Part 3\n") || strings.Index(many, "Part 11") < strings.Index(many, "Part 9") {
		t.Errorf("numbers in names are not compared as numbers:\n%s", many)
	}
	for _, path := range res.Plan.Paths() {
		if strings.HasSuffix(path, ".html") && strings.ContainsRune(page(t, res, path), 0) {
			t.Errorf("%s has zero bytes", path)
		}
	}
}

// What the frame costs a page is bounded, whatever the site's size: of a folder with
// hundreds of pages the column shows some around the page, and leads to all of them.
func TestColumnIsBounded(t *testing.T) {
	var b strings.Builder
	b.WriteString("-- README.md --\n# Handbook\n")
	for n := range 400 {
		fmt.Fprintf(&b, "-- a/b/c/a-name-of-some-length-%d.md --\n# A title of some length %d\n", n, n)
		if n%4 == 0 {
			fmt.Fprintf(&b, "-- folder-of-the-root-%d/x.md --\n# X %d\n", n, n)
		}
	}
	res := build(t, Options{Site: write(t, b.String())})
	for _, n := range []int{0, 1, 23, 24, 200, 398, 399} {
		html := page(t, res, fmt.Sprintf("a/b/c/a-name-of-some-length-%d/index.html", n))
		if len(html) > 8<<10 {
			t.Errorf("page %d of 400 has %d bytes", n, len(html))
		}
		list := column(html)
		for near := max(0, n-1); near <= min(399, n+1); near++ {
			if !strings.Contains(list, fmt.Sprintf("length %d\n", near)) && !strings.Contains(list, fmt.Sprintf("length %d]\n", near)) {
				t.Errorf("page %d: the column lacks its neighbour %d:\n%s", n, near, list)
			}
		}
		contains(t, list, "All 400\n")
		contains(t, list, "All 101\n")
	}
	all := page(t, res, "a/b/c/index.html")
	for n := range 400 {
		contains(t, all, fmt.Sprintf(">A title of some length %d</a>", n))
	}
}
