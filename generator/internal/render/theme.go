package render

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/svg"

	"playbook/generator/internal/address"
	"playbook/generator/internal/diag"
	"playbook/generator/internal/fasttemplate"
	"playbook/generator/internal/script"
	"playbook/generator/internal/words"
)

// Theme is a theme ready to render with: the templates, the words of every language,
// and the assets under the names that they are published by. It does not change; any
// number of renderers may use it at the same time.
type Theme struct {
	templates *fasttemplate.Templates
	words     map[string]*words.Table
	assets    map[string]string // logical name ("css/site.css") → published path ("assets/site.3f2a91c0.css")
	files     []Asset
	sheets    []string         // the style sheets by their logical names, sorted
	addresses address.Registry // theirs

	card []byte // the picture of shared pages

	keepOffline, removeOffline []byte // the scripts that may stand at the site's root

	mu    sync.Mutex // for bound
	bound map[view]*fasttemplate.Bound
}

// view is where a page is seen from: the templates are compiled once for each.
type view struct {
	lang string
	root string // relative prefix of the site's root
}

// Asset is one file that the theme publishes.
type Asset struct {
	Path string // from the site's root
	Data []byte
}

// Files lists what the theme publishes.
func (t *Theme) Files() []Asset { return t.files }

// Paths lists where the theme's files are published.
func (t *Theme) Paths() []string {
	paths := make([]string, len(t.files))
	for i, f := range t.files {
		paths[i] = f.Path
	}
	return paths
}

// Words are the words of every language that the theme speaks, by its code.
func (t *Theme) Words() map[string]*words.Table { return t.words }

// Path is where an asset is published, "" if the theme has none of that name: so a
// program built without the calculators' WebAssembly publishes none.
func (t *Theme) Path(logical string) string { return t.assets[logical] }

// href is the address of an asset, seen from a depth.
func (t *Theme) href(root, logical string) string {
	if path := t.assets[logical]; path != "" {
		return root + path
	}
	return ""
}

// Offline is the script that stands at the site's root: the worker that keeps the
// site for reading without a network, or else the one that removes it.
func (t *Theme) Offline(keep bool) []byte {
	if keep {
		return t.keepOffline
	}
	return t.removeOffline
}

// overlay reads a file from the first layer that has it, and lists a folder as
// the union of the layers: so an author overrides the theme file by file.
type overlay []fs.FS

func (o overlay) Open(name string) (fs.File, error) {
	for _, layer := range o {
		f, err := layer.Open(name)
		if !errors.Is(err, fs.ErrNotExist) {
			return f, err
		}
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

func (o overlay) ReadDir(name string) ([]fs.DirEntry, error) {
	seen := map[string]bool{}
	var all []fs.DirEntry
	found := false
	for _, layer := range o {
		entries, err := fs.ReadDir(layer, name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		found = true
		for _, e := range entries {
			if !seen[e.Name()] {
				seen[e.Name()] = true
				all = append(all, e)
			}
		}
	}
	if !found {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	slices.SortFunc(all, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return all, nil
}

// interpretVariable, set to 1, leaves the templates to html/template: slower, and the
// same to the byte. It is there for tests, and to tell whose fault a fault is.
const interpretVariable = "PLAYBOOK_INTERPRET_TEMPLATES"

// LoadTheme reads a theme from layers of templates, the first on top: it parses the
// templates, reads the words of some languages with a loader that may know some
// already, and prepares the assets. Extra assets (the calculators' code) are published with the theme's,
// their names hashed the same way. Faults carry the file and line.
func LoadTheme(layers []fs.FS, languages []string, loader *words.Loader, extra map[string][]byte) (*Theme, diag.List) {
	t := &Theme{assets: map[string]string{}, bound: map[view]*fasttemplate.Bound{}}
	var wordFaults, templateFaults diag.List
	var others sync.WaitGroup
	fonts := sync.OnceValue(func() []byte {
		t.words, wordFaults = loader.Load(languages, layers...)
		return fontStyles(t.words)
	})
	others.Go(func() { fonts() })
	others.Go(func() {
		parsed, faults := t.parseTemplates(overlay(layers))
		t.templates = fasttemplate.New(parsed, fasttemplate.Options{Dynamic: dynamic, Interpret: os.Getenv(interpretVariable) == "1"})
		templateFaults = faults
	})
	assetFaults := t.loadAssets(overlay(layers), fonts, extra)
	others.Wait()
	return t, slices.Concat(wordFaults, templateFaults, assetFaults)
}

// compiled returns the templates for a view. Compiling is slow, and there are few
// views, so the theme keeps them.
func (t *Theme) compiled(v view) *fasttemplate.Bound {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.bound[v] == nil {
		t.bound[v] = t.templates.Bind(t.funcs(v))
	}
	return t.bound[v]
}

// parseTemplates parses every file of pages and blocks under its path.
func (t *Theme) parseTemplates(fsys fs.FS) (*template.Template, diag.List) {
	var faults diag.List
	root := template.New("").Funcs(t.funcs(view{})).Funcs(new(Renderer).funcs(view{}))
	for _, dir := range []string{"pages", "blocks"} {
		err := fs.WalkDir(fsys, dir, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(name, ".html") {
				return err
			}
			src, err := fs.ReadFile(fsys, name)
			if err != nil {
				return err
			}
			if _, err := root.New(name).Parse(string(src)); err != nil {
				faults = append(faults, templateFault(err))
			}
			return nil
		})
		if err != nil {
			faults = append(faults, diag.Diag{
				Pos: diag.Pos{File: "templates/" + dir}, Rule: "theme",
				Message: "the theme cannot be read: " + err.Error(),
			})
		}
	}
	for _, parsed := range root.Templates() {
		if parsed.Tree != nil {
			collapseWhitespace(parsed.Tree.Root)
		}
	}
	return root, faults
}

var templateErrorPlace = regexp.MustCompile(`(?:html/)?template: ?([^:\s]+):(\d+)(?::(\d+))?: (.*)`)

// templateFault finds the place that html/template puts into its messages.
func templateFault(err error) diag.Diag {
	d := diag.Diag{
		Pos: diag.Pos{File: "templates"}, Rule: "theme", Message: oneLine(err.Error()),
		Help: "mend the template, or delete it from the site's templates folder to use the theme's own",
	}
	if m := templateErrorPlace.FindStringSubmatch(err.Error()); m != nil {
		d.Pos.File = "templates/" + m[1]
		d.Pos.Line, _ = strconv.Atoi(m[2])
		d.Pos.Col, _ = strconv.Atoi(m[3])
		d.Pos.Col++ // the template package counts bytes from 0
		d.Message = oneLine(m[4])
	}
	return d
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// loadAssets minifies, and names every file after its content, so that a host may
// let browsers keep it for ever. The numbered style sheets are css/site.css, in the
// order of their names. A script js/NAME.js is joined with the modules that it imports
// (see package script). Any other file is published by its own name, for the pages that
// need it. fonts ends css/site.css.
func (t *Theme) loadAssets(fsys fs.FS, fonts func() []byte, extra map[string][]byte) diag.List {
	var faults diag.List
	m := minify.New()
	m.AddFunc("text/css", css.Minify)
	m.AddFunc("image/svg+xml", svg.Minify)

	var base bytes.Buffer
	scripts := []string{offlineWorker, offlineRemover}
	err := fs.WalkDir(fsys, "assets", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(d.Name(), ".") {
			return err
		}
		if strings.HasPrefix(name, scriptFolder) && path.Ext(name) == ".js" {
			if path.Dir(name)+"/" == scriptFolder {
				scripts = append(scripts, name)
			}
			return nil
		}
		src, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		logical := strings.TrimPrefix(name, "assets/")
		if kind := map[string]string{".css": "text/css", ".svg": "image/svg+xml"}[path.Ext(name)]; kind != "" {
			small, err := m.Bytes(kind, src)
			if err != nil {
				faults = append(faults, diag.Diag{Pos: diag.Pos{File: "templates/" + name}, Rule: "theme", Message: oneLine(err.Error())})
				return nil
			}
			src = small
		}
		if numbered.MatchString(logical) {
			base.Write(src)
			base.WriteByte('\n')
			return nil
		}
		if c := t.add(logical, src); c != nil {
			faults = append(faults, c.Diag())
		}
		return nil
	})
	if err != nil {
		faults = append(faults, diag.Diag{Pos: diag.Pos{File: "templates/assets"}, Rule: "theme", Message: oneLine(err.Error())})
	}
	if t.card, err = fs.ReadFile(fsys, "card.png"); err != nil && !errors.Is(err, fs.ErrNotExist) {
		faults = append(faults, diag.Diag{Pos: diag.Pos{File: "templates/card.png"}, Rule: "theme", Message: oneLine(err.Error())})
	}
	base.Write(fonts())
	t.add("css/site.css", base.Bytes())
	joined, wrong := script.Join(fsys, "templates", scripts, scriptFolder+"site.js", scriptFolder+"reader.js")
	faults = append(faults, wrong...)
	for name, data := range joined {
		if logical, ok := strings.CutPrefix(name, "assets/"); ok {
			t.add(logical, data)
		}
	}
	t.keepOffline, t.removeOffline = joined[offlineWorker], joined[offlineRemover]
	for logical, data := range extra {
		t.add(logical, data)
	}
	// A precompressed form stands beside its file, under the same hashed name.
	for logical := range t.assets {
		ext := path.Ext(logical)
		if plain := strings.TrimSuffix(logical, ext); (ext == ".br" || ext == ".gz") && t.assets[plain] != "" {
			t.rename(logical, t.assets[plain]+ext)
		}
	}
	for logical := range t.assets {
		if path.Dir(logical) == "css" && path.Ext(logical) == ".css" {
			t.sheets = append(t.sheets, logical)
		}
	}
	slices.Sort(t.sheets)
	slices.SortFunc(t.files, func(a, b Asset) int { return strings.Compare(a.Path, b.Path) })
	return faults
}

// fontStyles are the fonts of the languages that name theirs. A language counts for
// all its regions unless the theme has several of them.
func fontStyles(tables map[string]*words.Table) []byte {
	var b bytes.Buffer
	base := func(t *words.Table) string { b, _, _ := strings.Cut(t.Tag, "-"); return b }
	for _, code := range words.Languages(tables) {
		t := tables[code]
		tag := base(t)
		for _, other := range tables {
			if other != t && base(other) == tag {
				tag = t.Tag
			}
		}
		fonts := ""
		if t.FontText != "" {
			fonts += "--font-text:" + t.FontText + ";"
		}
		if t.FontHead != "" {
			fonts += "--font-head:" + t.FontHead + ";"
		}
		if fonts != "" {
			fmt.Fprintf(&b, "@layer tokens{[lang|=%s]{%s}}\n", tag, fonts)
		}
	}
	return b.Bytes()
}

const (
	scriptFolder   = "assets/js/"
	offlineWorker  = "offline/worker.js"
	offlineRemover = "offline/remove.js"
)

var numbered = regexp.MustCompile(`^css/[0-9]+-[^/]*\.css$`)

// add publishes data as assets/NAME.HASH.EXT, once where two assets have the same
// name and bytes.
func (t *Theme) add(logical string, data []byte) *address.Conflict {
	a := hashedAsset(path.Base(logical), data)
	t.assets[logical] = a.Path
	c := t.addresses.Claim(a.Path, address.Owner{Pos: diag.Pos{File: "templates/assets/" + logical}, Help: "rename the file"})
	switch {
	case c == nil:
		t.files = append(t.files, a)
	case c.Taken == a.Path:
		return nil
	}
	return c
}

// hashedAsset is a file under assets/ named after its content: a browser may keep it
// for ever.
func hashedAsset(base string, data []byte) Asset {
	sum := sha256.Sum256(data)
	ext := path.Ext(base)
	return Asset{Path: fmt.Sprintf("assets/%s.%s%s", strings.TrimSuffix(base, ext), hex.EncodeToString(sum[:5]), ext), Data: data}
}

func (t *Theme) rename(logical, to string) {
	from := t.assets[logical]
	for i := range t.files {
		if t.files[i].Path == from {
			t.files[i].Path = to
		}
	}
	t.assets[logical] = to
}
