package cli

import (
	"errors"
	"fmt"
	"maps"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"playbook/generator/internal/source"
	"playbook/generator/internal/words"
)

func newNew() *cobra.Command {
	return group(&cobra.Command{
		Use:   "new",
		Short: "Begin a new page of a site",
	}, newModule())
}

func newModule() *cobra.Command {
	c := &cobra.Command{
		Use:   "module TRACK/NAME",
		Short: "Begin a module in every language of the site",
		Long: `Module begins a module: a file in every language of the site, with a quiz to be
filled in. TRACK and NAME are names as they stand in addresses; the track's
folder is found whatever its number, and made, with its title page, where there
is none. The module gets the next number of its track, and is a draft, which
serve shows and build leaves out, until draft: true is taken out of it.`,
		Example: `  playbook new module questions/listening`,
		Args:    exactArgs("TRACK/NAME"),
	}
	site := siteFlag(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		track, name, ok := strings.Cut(args[0], "/")
		if !ok || !isSlug(track) || !isSlug(name) {
			return usageErrorf("%q is not TRACK/NAME: two names of small letters, digits and hyphens that begin with a letter, such as questions/listening", args[0])
		}
		tree, _, err := source.Load(*site)
		if err != nil {
			return err
		}
		files, err := module(tree, track, name)
		if err != nil {
			return err
		}
		if err := create(tree.Content, files); err != nil {
			return err
		}
		content, err := filepath.Rel(tree.Root, tree.Content)
		if err != nil {
			return err
		}
		for _, file := range sorted(files) {
			fmt.Fprintln(c.OutOrStdout(), path.Join(filepath.ToSlash(content), file))
		}
		return nil
	}
	return c
}

// isSlug reports whether a name is the same in an address.
func isSlug(name string) bool {
	first, _ := utf8.DecodeRuneInString(name)
	return unicode.IsLetter(first) && source.Slug(name) == name && !strings.ContainsAny(name, "._") && !strings.HasSuffix(name, "-")
}

// module returns the files that a new module needs, by path in the content
// folder.
func module(tree *source.Tree, track, name string) (map[string][]byte, error) {
	tables, faults := new(words.Loader).Load(tree.Settings.Languages, layersOf(tree.Root)...)
	if faults.HasErrors() {
		return nil, errors.New(faults[0].String())
	}
	at, err := locate(tree, track, name)
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	for _, lang := range tree.Settings.Languages {
		table := tables[lang]
		if table == nil { // check says what is missing for it
			table = tables[words.Languages(tables)[0]]
		}
		put := func(file, key, title string, args ...any) {
			text := table.Say(key, append(args, "title", title)...)
			files[path.Join(at.folder, file+"."+lang+".md")] = []byte(text + "\n")
		}
		if at.isNew {
			put("index", "new.track", heading(track))
		}
		put(at.file, "new.module", heading(name), "id", track+"-"+name)
	}
	return files, nil
}

// location is where a new module comes to stand.
type location struct {
	folder string
	isNew  bool   // there is no such track yet
	file   string // without language and extension
}

// locate finds the track's folder and the next free numbers.
func locate(tree *source.Tree, track, name string) (location, error) {
	lastTrack, lastModule := 0, 0
	s := location{isNew: true}
	for _, f := range tree.Files {
		if len(f.Dirs) == 0 {
			continue
		}
		lastTrack = max(lastTrack, f.Dirs[0].Order)
		if f.Dirs[0].Slug != track {
			continue
		}
		s.folder, s.isNew = f.Dirs[0].Raw, false
		if f.Kind != source.Markdown {
			continue
		}
		if len(f.Dirs) == 1 {
			lastModule = max(lastModule, f.Name.Order)
		}
		if part := append(slices.Clone(f.Dirs), f.Name)[1]; part.Slug == name {
			return s, fmt.Errorf("the module %s/%s exists already: %s", track, name, f.Path)
		}
	}
	var err error
	if s.isNew {
		if s.folder, err = numbered(lastTrack+1, track); err != nil {
			return s, err
		}
	}
	s.file, err = numbered(lastModule+1, name)
	return s, err
}

// numbered puts a number before a name: it orders and is not part of the address.
func numbered(n int, name string) (string, error) {
	if n > 999 {
		return "", errors.New("numbers go to 999: name the file yourself")
	}
	return fmt.Sprintf("%02d-%s", n, name), nil
}

var hyphens = regexp.MustCompile(`-+`)

// heading makes a title of a name: "value-equation" becomes "Value equation". It
// is quoted where YAML would take it for something else.
func heading(name string) string {
	words := hyphens.ReplaceAllString(name, " ")
	first, size := utf8.DecodeRuneInString(words)
	title := string(unicode.ToUpper(first)) + words[size:]
	switch strings.ToLower(title) {
	case "true", "false", "null", "yes", "no", "on", "off", "y", "n":
		return strconv.Quote(title)
	}
	return title
}

func sorted(files map[string][]byte) []string { return slices.Sorted(maps.Keys(files)) }
