package site

import (
	"path"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"playbook/generator/internal/source"
)

// Links of a guest were written for another generator, which resolved them in its own
// way: from the root, from another root, from the page's pretty address, without an
// extension, by an old address. What is found so is taken where there is only one thing
// that it may be.

// index finds pages and files by their names and addresses, however they are spelt.
type index struct {
	files   map[string]*source.File // by path, those that may be published
	folders map[string]*Module      // by path from the content folder: their title pages
	byKey   map[string][]place
	byLast  map[string][]string // keys by their last part
}

// place is a module or a file.
type place struct {
	module *Module
	file   *source.File
}

// newIndex lists every page by its files, its folder and its addresses, and the files
// beside them by their names.
func (s *Site) newIndex(files []*source.File) *index {
	x := &index{files: map[string]*source.File{}, folders: map[string]*Module{".": s.Home}, byKey: map[string][]place{}, byLast: map[string][]string{}}
	for _, m := range s.Modules {
		x.add(m.ID, place{module: m})
		if m.Kind == Title {
			x.add(m.Track.path, place{module: m})
			x.folders[m.Track.path] = m
		}
		for _, p := range m.Pages {
			x.add(p.Path, place{module: m})
		}
		for _, t := range m.texts {
			x.add(t.File.Rel, place{module: m})
			if t.File.Lang != "" {
				x.add(strings.TrimSuffix(spelling(t.File.Rel), "."+t.File.Lang), place{module: m})
			}
			for _, a := range t.Doc.Meta.Aliases {
				x.add(a.Address, place{module: m})
			}
		}
	}
	for _, f := range files {
		x.files[f.Path] = f
		x.add(f.Rel, place{file: f})
		x.add(path.Join(slugs(f.Dirs), f.Base), place{file: f})
	}
	return x
}

func (x *index) add(name string, p place) {
	key := spelling(name)
	for _, other := range x.byKey[key] {
		if other == p {
			return
		}
	}
	if len(x.byKey[key]) == 0 {
		last := key[strings.LastIndexByte(key, '/')+1:]
		x.byLast[last] = append(x.byLast[last], key)
	}
	x.byKey[key] = append(x.byKey[key], p)
}

// spelling is a path without what authors and generators write in different ways:
// letter case, the form of accents, blanks, the extension of a page, the name of a
// title page.
func spelling(name string) string {
	name = strings.ToLower(norm.NFC.String(name))
	name = strings.Trim(path.Clean("/"+name), "/")
	name = blanks.Replace(name)
	for _, ext := range []string{".md", ".mdx", ".markdown", ".html", ".htm"} {
		if stem, ok := strings.CutSuffix(name, ext); ok {
			name = stem
			break
		}
	}
	dir, last := path.Split(name)
	if last == "index" || last == "-index" || last == "readme" {
		return strings.TrimSuffix(dir, "/")
	}
	return name
}

var blanks = strings.NewReplacer(" ", "-", "_", "-")

// only is what the keys lead to if that is one thing. A page goes before a file of the
// same name.
func (x *index) only(keys ...string) (found place, ok bool) {
	var module, file place
	modules, files := 0, 0
	for _, key := range keys {
		for _, p := range x.byKey[key] {
			switch {
			case p == module || p == file:
			case p.module != nil:
				module, modules = p, modules+1
			default:
				file, files = p, files+1
			}
		}
	}
	switch {
	case modules == 1:
		return module, true
	case modules == 0 && files == 1:
		return file, true
	}
	return place{}, false
}

// find returns what a path leads to that stands in a file of a guest.
func (x *index) find(from *source.File, name string) (place, bool) {
	rooted := strings.HasPrefix(name, "/")
	dir := path.Dir(from.Rel)
	if !rooted {
		if up := path.Join(dir, name); !strings.HasPrefix(up, "..") {
			if p, ok := x.only(spelling(up)); ok {
				return p, true
			}
		}
	}
	// From the page's own address, and from every folder above.
	var keys []string
	if !rooted {
		stem := spelling(from.Rel)
		if up := path.Join(stem, name); !strings.HasPrefix(up, "..") {
			keys = append(keys, spelling(up))
		}
	}
	for up := dir; ; up = path.Dir(up) {
		keys = append(keys, spelling(path.Join(up, strings.TrimLeft(name, "/"))))
		if up == "." {
			break
		}
	}
	if rooted { // the root itself is meant; others only where there is nothing
		if p, ok := x.only(keys[len(keys)-1]); ok {
			return p, true
		}
	}
	if p, ok := x.only(keys...); ok {
		return p, true
	}
	// From a root that is not here.
	tail := spelling(strings.TrimLeft(name, "./"))
	if tail == "" {
		return place{}, false
	}
	keys = keys[:0]
	for _, key := range x.byLast[tail[strings.LastIndexByte(tail, '/')+1:]] {
		if key == tail || strings.HasSuffix(key, "/"+tail) {
			keys = append(keys, key)
		}
	}
	return x.only(keys...)
}

// route reads the addresses of generators that run in the browser: "#/docs/b?id=part",
// "b.md?id=part".
func route(file, anchor, query string) (string, string, string) {
	if rest, ok := strings.CutPrefix(strings.TrimPrefix(anchor, "!"), "/"); file == "" && ok {
		file, query, _ = strings.Cut(rest, "?")
		file, anchor = "/"+file, ""
	}
	if id, ok := strings.CutPrefix(query, "id="); ok {
		anchor, query = unescape(id), ""
	}
	return file, anchor, query
}

// likeAnchor returns the anchor that is spelt like another: letters and digits alone
// count. "" if there is none, or several.
func likeAnchor(anchor string, anchors []string) string {
	want, found := letters(anchor), ""
	if want == "" {
		return ""
	}
	for _, a := range anchors {
		if letters(a) == want && a != found {
			if found != "" {
				return ""
			}
			found = a
		}
	}
	return found
}

// letters is a text's letters and digits in lower case.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFC.String(s))
}
