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
// content folder, and the labels under which they put files.
type orders struct {
	files  map[string]bool // and folders
	places map[string]int
	groups map[string]string

	dir    string  // of the list's own pages
	labels []label // above the line that is read, the nearest last
}

// label is a line of a list that is no link, and how far it is indented; a heading
// stands above all that is.
type label struct {
	indent int
	text   string
}

var (
	listLink   = regexp.MustCompile(`^\s*(?:(?:[-*+]|\d+[.)]|#+)\s.*?\]|\[[^\]]*\])\(\s*<?([^)\s>]+)`)
	listLabel  = regexp.MustCompile(`^\s*(?:[-*+]|\d+[.)])\s+[*_]*([^\[\]<>]+?)[*_]*\s*$`)
	listTitle  = regexp.MustCompile(`^#{1,6}\s+([^\[\]<>]+?)[\s#]*$`)
	navLabel   = regexp.MustCompile(`^\s*-\s+["']?([^"':]+?)["']?\s*:\s*$`)
	navEntry   = regexp.MustCompile(`^\s*-\s+(?:.*:\s+)?["']?([^"'\s][^"']*?)["']?\s*$`)
	navKey     = regexp.MustCompile(`^(?:nav|arrange|pages)\s*:`)
	docsFolder = regexp.MustCompile(`(?m)^docs_dir\s*:\s*["']?([^"'\s#]+)`)
)

// placesOf reads the lists among a guest's files: _sidebar.md of docsify, SUMMARY.md of
// GitBook and mdBook, mkdocs.yml and .pages of MkDocs, meta.json and _meta.json of
// Nextra and Fumadocs. A list that gave places is no page.
// above is mkdocs.yml of the folder around the content, where there is one.
func placesOf(files []*File, above []byte) (places map[string]int, groups map[string]string) {
	o := orders{files: map[string]bool{}, places: map[string]int{}, groups: map[string]string{}}
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
			o.dir, o.labels = dir, nil
			first := true
			for line := range bytes.Lines(f.Text()) {
				if m := listLink.FindSubmatch(line); m != nil {
					o.under(line)
					o.link(dir, string(m[1]))
				} else if m := listLabel.FindSubmatch(line); m != nil {
					o.under(line)
					o.labels = append(o.labels, label{indentOf(line), string(m[1])})
				} else if m := listTitle.FindSubmatch(line); m != nil && !first {
					o.labels = []label{{-1, string(m[1])}}
				}
				first = first && len(bytes.TrimSpace(line)) == 0
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
	if above != nil && len(o.places) == 0 {
		o.nav(".", above)
	}
	return o.places, o.groups
}

func indentOf(line []byte) int { return len(line) - len(bytes.TrimLeft(line, " \t")) }

// under forgets the labels that a line does not stand under.
func (o *orders) under(line []byte) {
	for n := len(o.labels); n > 0 && o.labels[n-1].indent >= indentOf(line); n-- {
		o.labels = o.labels[:n-1]
	}
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
	o.dir, o.labels = dir, nil
	for line := range bytes.Lines(data) {
		text := strings.TrimRight(string(line), "\r\n")
		switch {
		case navKey.MatchString(text):
			inside = true
		case inside && text != "" && !strings.ContainsAny(text[:1], " \t-#"):
			inside = false
		case inside && navLabel.MatchString(text):
			o.under(line)
			o.labels = append(o.labels, label{indentOf(line), navLabel.FindStringSubmatch(text)[1]})
		case inside:
			o.under(line)
			if m := navEntry.FindStringSubmatch(text); m != nil && !strings.Contains(m[1], "://") {
				o.add(path.Join(dir, m[1]))
			}
		}
	}
}

// meta takes the places of a folder's entries from an object whose keys are their
// names, or from its list "pages".
func (o *orders) meta(dir string, data []byte) {
	o.dir, o.labels = dir, nil
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
	for _, try := range []string{name, name + ".md", name + ".markdown", name + ".mdx"} {
		if !o.files[try] || try == "." {
			continue
		}
		var all []string
		// A label is a folder for the pages that stand in none.
		if n := len(o.labels); n > 0 && path.Dir(try) == path.Clean(o.dir) && strings.HasPrefix(path.Ext(try), ".m") && o.places[try] == 0 {
			o.groups[try] = o.labels[n-1].text
			all = append(all, try, path.Join(path.Dir(try), o.labels[n-1].text))
			try = path.Dir(try)
		}
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
