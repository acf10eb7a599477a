package pipeline

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"playbook/tests/bench/corpus"
)

// large is a site with tracks of modules that link to each other.
func large(tracks, modules int) string {
	var b strings.Builder
	b.WriteString("-- content/site.yaml --\ntitle: Large\n-- content/index.md --\n---\ntitle: Large\n---\n")
	for t := range tracks {
		fmt.Fprintf(&b, "-- content/%02d-track-%c/index.md --\n---\ntitle: Track %d\n---\n", t+1, 'a'+t, t+1)
		for m := range modules {
			fmt.Fprintf(&b, "-- content/%02d-track-%c/%02d-module-%d.md --\n---\ntitle: Module %d of %d\n---\n## Part\n\nText, and [a link](../%02[1]d-track-%[2]c/%02[7]d-module-%[7]d.md).\n",
				t+1, 'a'+t, m+1, m+1, m+1, t+1, (m+1)%modules+1)
		}
	}
	return b.String()
}

// A page lists the tracks and its own track's modules, not the whole course; a
// course of a few modules is listed whole.
func TestLongCourse(t *testing.T) {
	for _, c := range []struct{ tracks, modules, links int }{
		{2, 5, 2*5 + 2},
		{8, 20, 20 + 8},
	} {
		res := build(t, Options{Site: write(t, large(c.tracks, c.modules))})
		html := page(t, res, "track-b/module-3/index.html")
		_, list, _ := strings.Cut(html, `<ol class="nav-tracks">`)
		list, _, _ = strings.Cut(list, "</nav>")
		if got := strings.Count(list, "<a "); got != c.links {
			t.Errorf("%d tracks of %d modules: the list has %d links, want %d", c.tracks, c.modules, got, c.links)
		}
		contains(t, list, `<a href="../module-3/index.html" aria-current="page">Module 3 of 2</a>`)
		if n := strings.Count(list, "aria-current"); n != 1 {
			t.Errorf("%d links are marked as the page", n)
		}
		if strings.ContainsRune(html, 0) {
			t.Error("the page has zero bytes")
		}
		contains(t, page(t, res, "track-b/index.html"), `<a href="../track-b/index.html" aria-current="page">`)
	}
}

// After a save, the pipeline parses and renders what was saved and nothing else,
// says the same as a build from scratch, and takes an amount of memory that tells
// of the number of pages, not of their texts.
func TestSave(t *testing.T) {
	dir := write(t, large(8, 20))
	file := filepath.Join(dir, "content/02-track-b/03-module-3.md")
	b := New(Options{Site: dir, Live: true})
	res := run(t, b, nil)
	if res.Failed() {
		t.Fatal(res.Diags)
	}
	save := func(text string) Result {
		t.Helper()
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		res := run(t, b, []string{file})
		if res.Failed() {
			t.Fatal(res.Diags)
		}
		return res
	}
	res = save("---\ntitle: Renamed\n---\n## New part\n\nNew text, and [a link](../02-track-b/04-module-4.md#part).\n")
	if want := []string{"track-b/module-3/index.html"}; !slices.Equal(res.Changed, want) {
		t.Errorf("what may be broken is %v, want what was saved", res.Changed)
	}
	contains(t, page(t, res, "track-b/module-3/index.html"), "New text")
	contains(t, page(t, res, "track-b/module-4/index.html"), "Renamed</a>") // the list is new, too
	same(t, res, build(t, Options{Site: dir, Live: true}))

	// A link that another page's change breaks is found though its own page stays.
	if err := os.WriteFile(file, []byte("---\ntitle: M\n---\n[a link](04-module-4.md#part)\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	target := filepath.Join(dir, "content/02-track-b/04-module-4.md")
	if err := os.WriteFile(target, []byte("---\ntitle: M\n---\n## Other\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if res = run(t, b, []string{file, target}); !res.Failed() {
		t.Error("a dead anchor is not found")
	}
	faults := len(res.Diags)
	other := filepath.Join(dir, "content/02-track-b/05-module-5.md")
	if err := os.WriteFile(other, []byte("---\ntitle: Module 5 of 2\n---\n## Part\n\nOther text.\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if res = run(t, b, []string{other}); len(res.Diags) != faults {
		t.Errorf("another page was saved: %d faults of %d are told again", len(res.Diags), faults)
	}
	if err := os.WriteFile(target, []byte("---\ntitle: M\n---\n## Part\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if res = run(t, b, []string{target}); res.Failed() {
		t.Errorf("the mended anchor is not seen: %v", res.Diags)
	}

	text := 0
	most := testing.AllocsPerRun(3, func() {
		text++
		save(fmt.Sprintf("---\ntitle: M\n---\nText %d.\n", text))
	})
	if pages := 8*20 + 9; most > float64(50*pages) {
		t.Errorf("a save takes %.0f allocations for %d pages", most, pages)
	}
}

// What a build allocates grows with its pages and stays within what it was when
// this was written, and some. A page of the corpus is one with code, tables and
// links.
func TestAllocations(t *testing.T) {
	total := func(pages int) float64 {
		t.Helper()
		dir := t.TempDir()
		if err := corpus.Write(dir, pages); err != nil {
			t.Fatal(err)
		}
		return testing.AllocsPerRun(1, func() {
			res := run(t, New(Options{Site: dir}), nil)
			if res.Failed() {
				t.Fatal(res.Diags)
			}
			var buf []byte
			for _, path := range res.Plan.Paths() {
				buf, _ = res.Plan.Render(buf[:0], path)
			}
		})
	}
	small, large := total(100), total(300)
	if each := (large - small) / 200; each > 6000 {
		t.Errorf("a page more takes %.0f allocations", each)
	}
}
