package cli

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"playbook/generator/internal/site"
	"playbook/generator/internal/source"
)

func newTranslated() *cobra.Command {
	c := &cobra.Command{
		Use:   "translated FILE...",
		Short: "Note that translations are up to date with their originals",
		Long: `Translated writes into the front matter of each translation which text it was made
from: source, the hash of the original's file. When that changes, check says so and
the page tells its readers. The original is the text in the first language that the
module is written in.`,
		Example: `  playbook translated content/07-questions/01-spin.zh.md`,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return fmt.Errorf("%s needs FILE: %s", c.CommandPath(), c.UseLine())
			}
			return nil
		},
	}
	folder := siteFlag(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		tree, _, err := source.Load(*folder)
		if err != nil {
			return err
		}
		if tree.Guest {
			return usageErrorf("%s has no site.yaml, so it has no translations", *folder)
		}
		for _, name := range args {
			f, original, err := translationOf(tree, name)
			if err != nil {
				return err
			}
			hash := site.SourceHash(original)
			if err := setSource(filepath.Join(tree.Root, filepath.FromSlash(f.Path)), hash); err != nil {
				return err
			}
			fmt.Fprintf(c.OutOrStdout(), "%s: source: %s, of %s\n", f.Path, hash, original.Path)
		}
		return nil
	}
	return c
}

// translationOf finds a translation by its path, from the site's folder or from where
// the command runs, and its original.
func translationOf(tree *source.Tree, name string) (f, original *source.File, err error) {
	path := filepath.ToSlash(filepath.Clean(name))
	if abs := resolve(name); isWithin(abs, tree.Root) {
		if rel, err := filepath.Rel(tree.Root, abs); err == nil {
			if _, err := os.Stat(abs); err == nil {
				path = filepath.ToSlash(rel)
			}
		}
	}
	for _, other := range tree.Files {
		if other.Path == path && other.Kind == source.Markdown {
			f = other
		}
	}
	if f == nil {
		return nil, nil, usageErrorf("the site has no text %s", name)
	}
	for _, lang := range tree.Settings.Languages {
		for _, other := range tree.Files {
			if other.Kind == source.Markdown && other.IsTranslationOf(f) && (other.Lang == lang || other.Lang == "" && lang == tree.Settings.Languages[0]) {
				if other == f {
					return nil, nil, usageErrorf("%s is the original: name its translations", name)
				}
				return f, other, nil
			}
		}
	}
	return nil, nil, usageErrorf("%s has no original in another language", name)
}

// setSource writes the key source into a file's front matter.
func setSource(path, hash string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	lines := bytes.SplitAfter(data, []byte("\n"))
	end := "\n"
	if bytes.HasSuffix(lines[0], []byte("\r\n")) {
		end = "\r\n"
	}
	first := strings.TrimPrefix(strings.TrimRight(string(lines[0]), " \t\r\n"), "\ufeff")
	if first != "---" {
		return fmt.Errorf("%s has no front matter", path)
	}
	for i := 1; i < len(lines); i++ {
		line := strings.TrimRight(string(lines[i]), " \t\r\n")
		if strings.HasPrefix(line, "source:") {
			lines[i] = []byte("source: " + hash + end)
		} else if line == "---" {
			lines[i] = append([]byte("source: "+hash+end), lines[i]...)
		} else {
			continue
		}
		return replaceFile(path, bytes.Join(lines, nil))
	}
	return fmt.Errorf("%s: the front matter does not end", path)
}

// replaceFile puts other bytes into a file, all or none.
func replaceFile(path string, data []byte) error {
	path = resolve(path)
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	temp, err := os.CreateTemp(filepath.Dir(path), ".playbook-*")
	if err != nil {
		return err
	}
	defer os.Remove(temp.Name())
	if _, err := temp.Write(data); err != nil {
		return err
	}
	if err := temp.Chmod(info.Mode()); err != nil {
		return err
	}
	if err := temp.Close(); err != nil {
		return err
	}
	return os.Rename(temp.Name(), path)
}
