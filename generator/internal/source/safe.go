package source

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// What is read must be a regular file of a sensible size that lies in the site:
// a symbolic link that leads elsewhere would publish files that nobody chose, a
// pipe or a device would never end.

const (
	maxSettings = 1 << 20  // bytes of site.yaml
	maxMarkdown = 16 << 20 // of one text
	maxTemplate = 16 << 20 // of one file of the theme
)

var (
	errOutside   = errors.New("the symbolic link leads out of the site's folder; copy the file here")
	errIrregular = errors.New("it is no regular file")
)

type tooLargeError struct{ most int64 }

func (e tooLargeError) Error() string {
	return fmt.Sprintf("it is larger than %d MB", e.most>>20)
}

// inside reports what speaks against reading a file through the links that lead
// to it: nil when its target lies in one of the folders, which are free of links.
func inside(path string, folders ...string) error {
	target, err := filepath.EvalSymlinks(path)
	if err != nil {
		return err
	}
	for _, dir := range folders {
		if rel, err := filepath.Rel(dir, target); err == nil && filepath.IsLocal(rel) {
			return nil
		}
	}
	return errOutside
}

// readRegular reads a regular file of at most most bytes. It never waits for a
// pipe or a device.
func readRegular(path string, most int64) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if err := regular(info, most); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
}

func regular(info fs.FileInfo, most int64) error {
	switch {
	case !info.Mode().IsRegular():
		return errIrregular
	case info.Size() > most:
		return tooLargeError{most}
	}
	return nil
}

// Templates is the site's own folder of templates, whose files may not lead out
// of it; nil if there is none.
func Templates(site string) fs.FS {
	root, err := os.OpenRoot(filepath.Join(site, "templates"))
	if err != nil {
		return nil
	}
	return templateFS{root.FS()}
}

// templateFS refuses what is no regular file, before it is opened.
type templateFS struct{ fs fs.FS }

func (t templateFS) Open(name string) (fs.File, error) {
	info, err := fs.Stat(t.fs, name)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		if err := regular(info, maxTemplate); err != nil {
			return nil, &fs.PathError{Op: "open", Path: name, Err: err}
		}
	}
	return t.fs.Open(name)
}

func (t templateFS) ReadFile(name string) ([]byte, error) {
	f, err := t.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}

func (t templateFS) Stat(name string) (fs.FileInfo, error)      { return fs.Stat(t.fs, name) }
func (t templateFS) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(t.fs, name) }

// Unpublished is a Markdown file below a folder that no build put there, by the
// folder's manifest; "" if there is none.
func Unpublished(dir string) (file string) {
	list, _ := readRegular(filepath.Join(dir, manifest), maxTemplate)
	_ = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".md" {
			return nil
		}
		rel, err := filepath.Rel(dir, path)
		if rel = filepath.ToSlash(rel); err == nil && !bytes.Contains(list, []byte(" "+rel+"\n")) {
			file = rel
			return fs.SkipAll
		}
		return nil
	})
	return file
}
