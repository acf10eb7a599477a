package source

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// A guest's folder may hold its own generator's settings, or the folder around it may.
// The site's title is taken from them, the order of mkdocs.yml, and which of Jekyll's
// folders "_name" hold pages.

// configs are the files, and how the title stands in each.
var configs = []struct {
	name  string
	title *regexp.Regexp
}{
	{"mkdocs.yml", regexp.MustCompile(`(?m)^site_name\s*:\s*(.+?)\s*$`)},
	{"mkdocs.yaml", regexp.MustCompile(`(?m)^site_name\s*:\s*(.+?)\s*$`)},
	{"book.toml", regexp.MustCompile(`(?m)^title\s*=\s*(.+?)\s*$`)},
	{"_config.yml", regexp.MustCompile(`(?m)^title\s*:\s*(.+?)\s*$`)},
	{"hugo.toml", regexp.MustCompile(`(?m)^title\s*=\s*(.+?)\s*$`)},
	{"config.toml", regexp.MustCompile(`(?m)^title\s*=\s*(.+?)\s*$`)},
	{"hugo.yaml", regexp.MustCompile(`(?m)^title\s*:\s*(.+?)\s*$`)},
	{"docusaurus.config.js", regexp.MustCompile(`(?m)^\s{0,4}title\s*:\s*(.+?),?\s*$`)},
	{"docusaurus.config.ts", regexp.MustCompile(`(?m)^\s{0,4}title\s*:\s*(.+?),?\s*$`)},
}

// contentNames are what generators call the folder of pages that stands beside their
// settings.
var contentNames = set("docs src content doc book source pages")

// readConfig takes what the settings of another generator say, of the folder or, where
// its name is that of a folder of pages, of the one around it.
func (t *Tree) readConfig(prefix string) {
	folders := []string{t.Root}
	if contentNames[strings.ToLower(filepath.Base(t.Root))] {
		folders = append(folders, filepath.Dir(t.Root))
	}
	hash := sha256.New()
	for i, dir := range folders {
		for _, c := range configs {
			path := filepath.Join(dir, c.name)
			if info, err := os.Lstat(path); err != nil || !info.Mode().IsRegular() {
				continue
			}
			data, err := readRegular(path, maxSettings)
			if err != nil {
				continue
			}
			hash.Write(data)
			if m := c.title.FindSubmatch(data); m != nil && !t.Settings.TitleGiven {
				if title := plainValue(string(m[1])); title != "" {
					t.Settings.Title, t.Settings.TitleGiven = Localised{"": title}, true
				}
			}
			outside := i > 0 || prefix != ""
			if strings.HasPrefix(c.name, "mkdocs.") && outside && docsOf(data) == cmp.Or(strings.TrimSuffix(prefix, "/"), filepath.Base(t.Root)) {
				t.above = data
			}
			if c.name == "_config.yml" {
				t.showCollections(data)
			}
		}
	}
	t.SettingsHash = [32]byte(hash.Sum(nil))
}

// plainValue is a value without its quotation marks and the comment behind it; "" of
// one that is no plain text.
func plainValue(s string) string {
	if q := s[0]; q == '"' || q == '\'' || q == '`' {
		value, _, ok := strings.Cut(s[1:], string(q))
		if !ok || strings.Contains(value, "${") {
			return ""
		}
		return strings.TrimSpace(value)
	}
	s, _, _ = strings.Cut(s, " #")
	if strings.ContainsAny(s[:1], "{[&*!|>") {
		return ""
	}
	return strings.TrimSpace(s)
}

// docsOf is the folder of the pages of a mkdocs.yml.
func docsOf(data []byte) string {
	if m := docsFolder.FindSubmatch(data); m != nil {
		return string(m[1])
	}
	return "docs"
}

var collection = regexp.MustCompile(`^(?:[ \t]+|[ \t]*-[ \t]+)([\w-]+)[ \t]*:?`)

// showCollections shows what Jekyll publishes of folders that begin with "_": its posts,
// and the collections that its settings name.
func (t *Tree) showCollections(config []byte) {
	shown := map[string]bool{"_posts": true}
	inside := false
	for line := range bytes.Lines(config) {
		switch m := collection.FindSubmatch(line); {
		case bytes.HasPrefix(line, []byte("collections:")):
			inside = true
		case inside && m != nil:
			shown["_"+string(m[1])] = true
		case len(bytes.TrimSpace(line)) > 0 && line[0] != '#':
			inside = false
		}
	}
	for _, f := range t.Files {
		if f.Kind != Markdown || !f.Held || strings.HasPrefix(f.Base, "_") || hidden(f.link) || secretName(f.link) || f.Hash == [32]byte{} {
			continue
		}
		under := 0
		for _, d := range f.Dirs {
			if strings.HasPrefix(d.Raw, "_") && !shown[d.Raw] {
				under++
			}
		}
		f.Held = under > 0
	}
}
