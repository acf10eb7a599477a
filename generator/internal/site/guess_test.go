package site

import (
	"path"
	"strings"
	"testing"

	"playbook/generator/internal/markdown"
	"playbook/generator/internal/source"
)

// guest is a folder of other people's: a site of its files, each path a page with the
// heading Part, or a picture.
func guest(files ...string) *Site {
	tree := &source.Tree{Guest: true, Settings: &source.Settings{Languages: []string{"en"}, Title: source.Localised{"": "Guest"}}}
	part := func(raw string) source.Part {
		return source.Part{Slug: source.Slug(raw), Order: -1, Raw: raw, Label: raw}
	}
	var texts []Text
	for _, name := range files {
		f := &source.File{Path: name, Rel: name, Base: path.Base(name), Kind: source.Asset}
		if dir := path.Dir(name); dir != "." {
			for d := range strings.SplitSeq(dir, "/") {
				f.Dirs = append(f.Dirs, part(d))
			}
		}
		if stem, ok := strings.CutSuffix(f.Base, ".md"); ok {
			f.Kind, f.Name, f.Title = source.Markdown, part(stem), stem == "README"
			doc := &markdown.Document{File: name, Title: stem, Headings: []markdown.Heading{{Level: 2, ID: "part-one"}, {Level: 2, ID: "-setup"}}}
			if stem == "moved" {
				doc.Meta.Aliases = []markdown.Alias{{Address: "/old/place/"}}
			}
			texts = append(texts, Text{File: f, Doc: doc})
		}
		tree.Files = append(tree.Files, f)
	}
	return New(tree, texts, tables, nil, nil)
}

func TestResolveGuest(t *testing.T) {
	s := guest("README.md", "docs/a.md", "docs/b.md", "docs/Straße Ä.md", "other/b.md", "other/deep/c.md", "other/deep/only.md", "moved.md", "p.png", "other/p.png", "twice/d.md", "thrice/d.md", "x.md", "x.png")
	from := s.Find("docs/a").In("en")
	for _, c := range []struct{ dest, want, guessed string }{
		{"b.md", "../b/index.html", ""},
		{"/docs/b.md", "../b/index.html", ""},
		{"/", "../../index.html", ""},
		{"./", "../index.html", ""},
		{"..", "../../index.html", ""},
		{"../other/", "../../other/index.html", ""},
		{"/other/deep", "../../other/deep/index.html", ""},
		{"/p.png", "../../p.png", ""},
		{"B.MD", "../b/index.html", "docs/b.md"},
		{"b", "../b/index.html", ""},
		{"b.html#part-one", "../b/index.html#part-one", "docs/b.md"},
		{"../b/", "../b/index.html", "docs/b.md"},
		{"docs/b.md", "../b/index.html", "docs/b.md"},
		{"strasse.md", `the link leads nowhere: there is no "strasse.md"`, ""},
		{"straße-ä", "../straße-ä/index.html", "docs/Straße Ä.md"},
		{"Stra%C3%9Fe%20A%CC%88.md", "../straße-ä/index.html", "docs/Straße Ä.md"}, // decomposed
		{"#/docs/b?id=part-one", "../b/index.html#part-one", "docs/b.md"},
		{"b.md?id=part-one", "../b/index.html#part-one", ""},
		{"b.md#Part-One", "../b/index.html#part-one", "docs/b.md#part-one"},
		{"b.md#setup", "../b/index.html#-setup", "docs/b.md#-setup"},
		{"/old/place", "../../moved/index.html", "moved.md"},
		{"/elsewhere/deep/only/", `the link leads nowhere: there is no "/elsewhere/deep/only/"`, ""},
		{"/deep/only/", "../../other/deep/only/index.html", "other/deep/only.md"},
		{"only.md", "../../other/deep/only/index.html", "other/deep/only.md"},
		{"x", "../../x/index.html", "x.md"},                        // a page goes before a file
		{"d.md", `the link leads nowhere: there is no "d.md"`, ""}, // there are two
		{"{{< x >}}", `the link is made by a tag of another generator: "{{< x >}}"`, ""},
	} {
		target, problem := s.Resolve(from, &markdown.Link{Dest: c.dest})
		got := ""
		if problem != nil {
			got = problem.Message
		} else {
			got = s.Href(from.Path, target)
		}
		if got != c.want || target.Guessed != c.guessed {
			t.Errorf("%s: got %q, taken for %q; want %q, %q", c.dest, got, target.Guessed, c.want, c.guessed)
		}
	}
}

// What authors wrote about the order goes before numbers and names.
func TestGuestOrder(t *testing.T) {
	a := func(place int, weight float64, number int, folder bool, name string) order {
		return order{place, weight, number, folder, name}
	}
	want := []order{
		a(1, 9, 9, true, "z"), a(2, 0, -1, false, "a"),
		a(0, -1, -1, false, "x"), a(0, 2.5, -1, true, "y"), a(0, 10, -1, false, "b"),
		a(0, 0, 2, true, "b"), a(0, 0, 10, false, "a"),
		a(0, 0, -1, false, "part-2"), a(0, 0, -1, false, "part-10"), a(0, 0, -1, true, "a"),
	}
	for i := range want {
		for j := range want {
			if got := want[i].compare(want[j]); got != cmpInt(i, j) {
				t.Errorf("%v compared with %v is %d", want[i], want[j], got)
			}
		}
	}
}
