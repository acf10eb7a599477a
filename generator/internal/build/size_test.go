package build

import (
	"fmt"
	"strings"
	"testing"
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

// A page of a long course lists the tracks and its own track's modules, not the
// whole course; a short course is listed whole.
func TestLongCourse(t *testing.T) {
	for _, c := range []struct{ tracks, modules, links int }{
		{4, 5, 4*5 + 4},
		{8, 20, 20 + 8},
	} {
		res := build(t, Options{Site: write(t, large(c.tracks, c.modules))})
		html := page(t, res, "track-b/module-3/index.html")
		_, list, _ := strings.Cut(html, `<ol class="nav-tracks">`)
		list, _, _ = strings.Cut(list, "</nav>")
		if got := strings.Count(list, "<a "); got != c.links {
			t.Errorf("%d tracks of %d modules: the list has %d links, want %d", c.tracks, c.modules, got, c.links)
		}
		contains(t, list, `<a href="../../track-b/module-3/index.html" data-module="track-b/module-3" aria-current="page">Module 3 of 2</a>`)
		if n := strings.Count(list, "aria-current"); n != 1 {
			t.Errorf("%d links are marked as the page", n)
		}
		if strings.ContainsRune(html, 0) {
			t.Error("the page has zero bytes")
		}
		contains(t, page(t, res, "track-b/index.html"), `<a href="../track-b/index.html" aria-current="page">`)
	}
}
