package source

import (
	"bytes"
	"encoding/json"
	"path"
	"regexp"
	"slices"
	"strings"
)

// Authors of other generators' folders give the order of their pages in lists. They
// are read for the order alone; a page that no list names comes behind those that one
// does.

// orders collects the places that lists give, by the path of a file or folder from the
// content folder.
type orders struct {
	files  map[string]bool // and folders
	places map[string]int
}

var (
	listLink   = regexp.MustCompile(`^\s*(?:[-*+]|\d+[.)]|#+)\s.*?\]\(\s*<?([^)\s>]+)`)
	navEntry   = regexp.MustCompile(`^\s*-\s+(?:.*:\s+)?["']?([^"'\s][^"']*?)["']?\s*$`)
	navKey     = regexp.MustCompile(`^(?:nav|arrange|pages)\s*:`)
	docsFolder = regexp.MustCompile(`(?m)^docs_dir\s*:\s*["']?([^"'\s#]+)`)
)

// placesOf reads the lists among a guest's files: _sidebar.md of docsify, SUMMARY.md of
// GitBook and mdBook, mkdocs.yml and .pages of MkDocs, meta.json and _meta.json of
// Nextra and Fumadocs. A list that gave places is no page.
func placesOf(files []*File) map[string]int {
	o := orders{files: map[string]bool{}, places: map[string]int{}}
	for _, f := range files {
		o.files[f.Rel] = true
		for dir := path.Dir(f.Rel); dir != "." && !o.files[dir]; dir = path.Dir(dir) {
			o.files[dir] = true
		}
	}
	for _, f := range files {
		dir := path.Dir(f.Rel)
		switch f.Base {
		case "_sidebar.md", "SUMMARY.md":
			before := len(o.places)
			for line := range bytes.Lines(f.Text()) {
				if m := listLink.FindSubmatch(line); m != nil {
					o.link(dir, string(m[1]))
				}
			}
			f.Held = f.Held || len(o.places) > before
		case "mkdocs.yml", "mkdocs.yaml":
			docs := "docs"
			if m := docsFolder.FindSubmatch(f.Data); m != nil {
				docs = string(m[1])
			}
			o.nav(path.Join(dir, docs), f.Data)
		case ".pages":
			o.nav(dir, f.Data)
		case "meta.json", "_meta.json":
			o.meta(dir, f.Data)
		}
	}
	return o.places
}

// link takes the place of what a link in a list leads to.
func (o *orders) link(dir, dest string) {
	dest, _, _ = strings.Cut(strings.TrimPrefix(dest, "#/"), "#")
	dest, _, _ = strings.Cut(dest, "?")
	if dest != "" && !strings.Contains(dest, "://") && !o.add(path.Join(dir, dest)) {
		o.add(strings.TrimPrefix(path.Clean(dest), "/"))
	}
}

// nav takes the places of a list in YAML below the key nav. It is read line by line:
// such files hold tags of Python that no reader of YAML knows.
func (o *orders) nav(dir string, data []byte) {
	inside := false
	for line := range bytes.Lines(data) {
		text := strings.TrimRight(string(line), "\r\n")
		switch {
		case navKey.MatchString(text):
			inside = true
		case inside && text != "" && !strings.ContainsAny(text[:1], " \t-#"):
			inside = false
		case inside:
			if m := navEntry.FindStringSubmatch(text); m != nil && !strings.Contains(m[1], "://") {
				o.add(path.Join(dir, m[1]))
			}
		}
	}
}

// meta takes the places of a folder's entries from an object whose keys are their
// names, or from its list "pages".
func (o *orders) meta(dir string, data []byte) {
	var list struct{ Pages []string }
	if json.Unmarshal(data, &list) == nil && len(list.Pages) > 0 {
		for _, name := range list.Pages {
			o.add(path.Join(dir, name))
		}
		return
	}
	d := json.NewDecoder(bytes.NewReader(data))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return
		}
		var value json.RawMessage
		if d.Decode(&value) != nil {
			return
		}
		if name, ok := key.(string); ok {
			o.add(path.Join(dir, name))
		}
	}
}

// add gives the next place to what stands at a path as lists write it, and to the
// folders that it stands in, unless they have one.
func (o *orders) add(name string) bool {
	for _, try := range []string{name, name + ".md", name + ".markdown"} {
		if !o.files[try] || try == "." {
			continue
		}
		var all []string
		for at := try; at != "."; at = path.Dir(at) {
			all = append(all, at)
		}
		for _, at := range slices.Backward(all) {
			if o.places[at] == 0 {
				o.places[at] = len(o.places) + 1
			}
		}
		return true
	}
	return false
}
