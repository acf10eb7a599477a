package cli

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"playbook/templates"
)

func newInit() *cobra.Command {
	return &cobra.Command{
		Use:   "init DIR",
		Short: "Write a new site that builds at once",
		Long: `Init writes a small site into a folder: a settings file and a first part with
a module that has a figure, a quiz and a calculator. It overwrites nothing.`,
		Args:                  exactArgs("DIR"),
		DisableFlagsInUseLine: true,
		RunE: func(c *cobra.Command, args []string) error {
			dir := args[0]
			files, err := starter()
			if err != nil {
				return err
			}
			if err := create(dir, files); err != nil {
				return err
			}
			at := ""
			if filepath.Clean(dir) != "." {
				at = " --site " + shellWord(dir)
			}
			fmt.Fprintf(c.OutOrStdout(), `A new playbook stands in %s. Next:

  playbook serve%s                         see it, and write
  playbook new module%s TRACK/NAME         add a module
  playbook build%s                         publish it
`, dir, at, at, at)
			return nil
		},
	}
}

// starter is the files of a new site, by path, with an id that no other site has.
func starter() (map[string][]byte, error) {
	sub, err := fs.Sub(templates.FS, "starter")
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	err = fs.WalkDir(sub, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files[name], err = fs.ReadFile(sub, name)
		return err
	})
	const settings, id = "content/site.yaml", "id: my-sales-playbook"
	unique := id + "-" + strings.ToLower(rand.Text()[:8])
	files[settings] = bytes.Replace(files[settings], []byte(id), []byte(unique), 1)
	return files, err
}

// create writes new files into dir (paths with slashes), or none of them when
// one exists already.
func create(dir string, files map[string][]byte) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	for _, name := range sorted(files) {
		if _, err := root.Lstat(filepath.FromSlash(name)); !errors.Is(err, fs.ErrNotExist) {
			if err != nil {
				return err
			}
			return fmt.Errorf("%s exists already; nothing was written", filepath.Join(dir, filepath.FromSlash(name)))
		}
	}
	for _, name := range sorted(files) {
		if err := root.MkdirAll(filepath.Dir(filepath.FromSlash(name)), 0o755); err != nil {
			return err
		}
		f, err := root.OpenFile(filepath.FromSlash(name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if err != nil {
			return err
		}
		_, err = f.Write(files[name])
		if err := errors.Join(err, f.Close()); err != nil {
			return err
		}
	}
	return nil
}

// shellWord quotes what a shell would take apart.
func shellWord(s string) string {
	if strings.ContainsAny(s, " \t\n'\"\\$&;|<>()*?[]#~`!") {
		return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
	}
	return s
}
