package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// What a language is like stands in its file of words: neither Go nor a script, a
// style sheet or a template asks for its code. English is the exception, in one
// place: it stands in for words that another language lacks. The messages about an
// author's files are English, and say so.
func TestNoLanguageIsKnown(t *testing.T) {
	known := regexp.MustCompile(`(?i)"(?:en|zh|fr|de|ja|ko)(?:-[a-z]+)?"|:lang\(|\[lang\|?=|\bcjk\b`)
	comment := regexp.MustCompile(`(^|\s)//.*`)
	allowed := map[string]string{
		"../generator/internal/source/settings.go": `const DefaultLanguage = "en"`,
		"../generator/internal/serve/fault.go":     `<html lang="en" data-faults>`,
		"../generator/internal/serve/live.js":      `.lang = "en";`,
		"../generator/internal/render/theme.go":    `"@layer tokens{[lang|=%s]{%s}}\n"`, // whose code comes from the words
	}
	for _, root := range []string{"../generator", "../calculators", "../templates"} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if d.IsDir() {
				if d.Name() == "testdata" || d.Name() == "dist" || d.Name() == "calctest" {
					return fs.SkipDir
				}
				return nil
			}
			switch filepath.Ext(path) {
			case ".go", ".js", ".css", ".html":
			default:
				return nil
			}
			if strings.HasSuffix(path, "_test.go") {
				return nil
			}
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			for n, line := range strings.Split(string(data), "\n") {
				code := comment.ReplaceAllString(line, "")
				if where := filepath.ToSlash(path); known.MatchString(code) && (allowed[where] == "" || !strings.Contains(line, allowed[where])) {
					t.Errorf("%s:%d knows a language: %s", where, n+1, strings.TrimSpace(line))
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
