package pipeline

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io/fs"

	"playbook/generator/internal/diag"
	"playbook/generator/internal/history"
	"playbook/generator/internal/pool"
	"playbook/generator/internal/source"
	"playbook/templates"
)

// Inputs are the author's files as they were read: all that a build is made of, beside
// the options and the program.
type Inputs struct {
	// Key stands for the inputs, the options and the program: a site published under
	// the same key is the same. Zero where one of them cannot be read, and where
	// nothing is published.
	Key [sha256.Size]byte

	opt       Options
	tree      *source.Tree
	templates []fs.FS // the site's own over the program's
	baseURL   string  // with its final slash
	commit    string  // the last one, where pages say when they changed; "" where git knows none
	diags     diag.List
}

// Read reads the author's files; those that did not change since the last time are
// taken over. changed, unless nil, are the paths on disk that may have. The error is
// for what no fault in a file explains: a folder that cannot be read, a base URL that
// is none.
func (b *Builder) Read(changed []string) (Inputs, error) {
	return pool.Value(func() (Inputs, error) { return b.read(changed) })
}

func (b *Builder) read(changed []string) (in Inputs, err error) {
	in.opt = b.opt
	if in.baseURL, err = baseURL(b.opt.BaseURL); err != nil {
		return in, err
	}
	if in.tree, in.diags, err = source.LoadFrom(b.opt.Site, b.cache.tree, changed); err != nil {
		return in, err
	}
	b.cache.tree = in.tree
	if b.opt.Title != "" {
		in.tree.Settings.Title, in.tree.Settings.TitleGiven = source.Localised{"": b.opt.Title}, true
	}
	if settings := in.tree.Settings; in.baseURL == "" {
		if in.baseURL, err = baseURL(settings.BaseURL); err != nil {
			in.diags = append(in.diags, diag.Diag{Pos: settings.BaseURLPos, Rule: "settings", Message: "base_url: " + err.Error()})
		}
	}
	in.templates = []fs.FS{templates.FS}
	if own := source.Templates(in.tree.Root); own != nil {
		in.templates = []fs.FS{own, templates.FS}
	}
	if s := in.tree.Settings; (s.Updated || s.Contributors) && !b.opt.Check {
		in.commit = history.Head(context.Background(), in.tree.Root)
	}
	if !b.opt.Live && !b.opt.Check {
		in.Key = keyOf(in)
	}
	return in, nil
}

// keyOf hashes the program, the options, the settings, every file and the site's own
// templates.
func keyOf(in Inputs) (key [sha256.Size]byte) {
	program, err := programID()
	if err != nil {
		return key
	}
	h := sha256.New()
	fmt.Fprintf(h, "%s %q %q %t %t %q\n", program, in.opt.BaseURL, in.opt.Title, in.opt.Compress, in.tree.Guest, in.tree.Root)
	fmt.Fprintf(h, "%x %s\n", in.tree.SettingsHash, in.commit)
	if in.tree.Guest {
		fmt.Fprintln(h, in.opt.Today)
	}
	for _, f := range in.tree.Files {
		fmt.Fprintf(h, "%x %q\n", f.Hash, f.Path)
	}
	err = in.ownTemplates(func(layer fs.FS, name string, _ fs.DirEntry) error {
		data, err := fs.ReadFile(layer, name)
		fmt.Fprintf(h, "%x %q\n", sha256.Sum256(data), name)
		return err
	})
	if err != nil {
		return key
	}
	return [sha256.Size]byte(h.Sum(nil))
}

// ownTemplates visits the files of the site's own templates. The program's never
// change.
func (in Inputs) ownTemplates(visit func(layer fs.FS, name string, d fs.DirEntry) error) error {
	for _, layer := range in.templates[:len(in.templates)-1] {
		err := fs.WalkDir(layer, ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			return visit(layer, name, d)
		})
		if err != nil {
			return err
		}
	}
	return nil
}
