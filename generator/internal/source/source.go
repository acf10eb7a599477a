// Package source finds, reads and hashes the author's files: Markdown, images
// and other files beside it, and site.yaml.
//
// Start with Load. What a file's name says (language, order, address) is decided
// here; what stands in it is not looked at, but for its encoding. A folder
// without site.yaml is a guest: it builds, and its oddities are warnings.
package source

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/encoding/htmlindex"

	"playbook/calculators/charset"
	"playbook/generator/internal/diag"
	"playbook/generator/internal/pool"
)

// Kind says what a file is.
type Kind uint8

const (
	Markdown  Kind = iota
	Asset          // published as it is
	Worksheet      // worksheets/ID.yaml: a calculator of the author's own
)

// File is one file of the author's.
type File struct {
	Path string // from the site's folder, with slashes, as in diag.Pos: "content/03-x/02-y.en.md"
	Rel  string // from the content folder: "03-x/02-y.en.md"
	Base string // the last part of the path
	Kind Kind
	Data []byte   // but for assets: UTF-8 without a byte order mark, lines end in \n; nil when it was dropped
	Hash [32]byte // SHA-256 of the bytes on disk

	Dirs  []Part // the folders, from the content folder down
	Name  Part   // the file itself, without language and extension
	Lang  string // from ".en.md"; "" is the site's first language
	Title bool   // index.md, _index.md, README.md: the folder's title page
	Held  bool   // of a guest: it is read, and not published

	guest bool
	disk  string // where it is on disk
	link  string // of a symbolic link: the name of what it leads to, or of a hidden folder on the way
	size  int64
	mtime time.Time
	diags diag.List
}

// Tree is everything that was read.
type Tree struct {
	Root     string // the site's folder, absolute
	Content  string // the folder of the Markdown, absolute
	Guest    bool
	Settings *Settings
	Files    []*File // in the order of their paths

	SettingsHash [32]byte // SHA-256 of site.yaml

	// Places are where lists of a guest's author put files and folders, from 1, by
	// their paths from the content folder.
	Places map[string]int

	// Groups are the labels under which such a list puts files that stand in no folder
	// of their own.
	Groups map[string]string

	above    []byte // mkdocs.yml of the folder around the content; nil without one
	complete bool   // nothing was left out because of a fault
}

// Source returns a file's text as an author sees it, nil if it was not read.
// Templates and words are read from disk: they are looked at only to show a fault.
func (t *Tree) Source(file string) []byte {
	i, found := slices.BinarySearchFunc(t.Files, file, func(f *File, path string) int { return cmp.Compare(f.Path, path) })
	if found {
		return t.Files[i].Text()
	}
	if !filepath.IsLocal(filepath.FromSlash(file)) {
		return nil
	}
	data, err := os.ReadFile(filepath.Join(t.Root, filepath.FromSlash(file)))
	if err != nil {
		return nil
	}
	return data
}

// Text is a file's Data, read again if it was dropped: a text is needed to be
// parsed and to show a fault in its line, and a large site's texts need not stand
// in memory all the time.
func (f *File) Text() []byte {
	if f.Data != nil {
		return f.Data
	}
	again := *f
	again.read()
	return again.Data
}

// IsTranslationOf reports whether two texts are of one module: in folders and under names
// that differ in numbers and language alone.
func (f *File) IsTranslationOf(other *File) bool {
	same := func(a, b Part) bool { return a.Slug == b.Slug }
	return slices.EqualFunc(f.Dirs, other.Dirs, same) && f.Title == other.Title && (f.Title || f.Name.Slug == other.Name.Slug)
}

// Unchanged is Text, unless the file on disk is no longer the one that was read: then
// nil.
func (f *File) Unchanged() []byte {
	if f.Data != nil {
		return f.Data
	}
	again := *f
	again.read()
	if again.Hash != f.Hash {
		return nil
	}
	return again.Data
}

// Load reads the site at dir. The error is for a folder that cannot be read at
// all; everything else is a fault with a place.
func Load(dir string) (*Tree, diag.List, error) { return LoadFrom(dir, nil, nil) }

// LoadFrom is Load that takes over from an earlier tree the files whose size and
// time of change are the same. changed, unless nil, are the paths on disk that may
// have changed since: then only they are looked at, as long as no file came or went.
func LoadFrom(dir string, earlier *Tree, changed []string) (*Tree, diag.List, error) {
	root, err := filepath.Abs(dir)
	if err != nil {
		return nil, nil, err
	}
	if info, err := os.Stat(root); err != nil {
		return nil, nil, fmt.Errorf("the site's folder cannot be read: %w", err)
	} else if !info.IsDir() {
		return nil, nil, fmt.Errorf("%s is a file: --site names the folder that holds content/, or a folder of Markdown", dir)
	}
	// Without links in it, as the watcher's paths are.
	if root, err = filepath.EvalSymlinks(root); err != nil {
		return nil, nil, fmt.Errorf("the site's folder cannot be read: %w", err)
	}
	t := &Tree{Root: root, Content: root}
	prefix := ""
	if info, err := os.Stat(filepath.Join(root, "content")); err == nil && info.IsDir() {
		t.Content, prefix = filepath.Join(root, "content"), "content/"
		if t.Content, err = filepath.EvalSymlinks(t.Content); err != nil {
			return nil, nil, fmt.Errorf("the site's folder cannot be read: %w", err)
		}
	}
	diags := t.loadSettings(prefix)
	if !t.look(prefix, earlier, changed) {
		diags = append(diags, t.walk(prefix, earlier != nil)...)
		t.complete = len(diags) == 0
		t.read(earlier)
	}

	if t.Guest {
		for _, f := range t.Files {
			f.Held = f.isHeld()
		}
		t.readConfig(prefix)
		t.Places, t.Groups = placesOf(t.Files, t.above)
	}
	markdown := 0
	for _, f := range t.Files {
		diags = append(diags, f.diags...)
		if f.Kind == Markdown {
			markdown++
		}
	}
	if markdown == 0 {
		diags = append(diags, diag.Diag{
			Pos: diag.Pos{File: strings.TrimSuffix(cmp.Or(prefix, "."), "/")}, Rule: "empty",
			Message: "there are no Markdown files here",
			Help:    "write a file such as index.md, or make a new site with: playbook init DIR",
		})
	}
	return t, diags, nil
}

// manifest is what a build leaves in the folder that it publishes into: a
// published site is never content, whatever the folder is called.
const manifest = ".playbook.manifest"

// skipped are folders that hold no content, wherever they stand.
var skipped = map[string]bool{"node_modules": true, "public": true, "templates": true}

// walk lists the files, without reading them; again, when there is an earlier
// tree, with what tells whether they changed. Hidden files and folders are not
// content. Links are followed to files, not to folders, so there are no circles.
func (t *Tree) walk(prefix string, again bool) diag.List {
	diags := t.walkFolder(t.Content, prefix, again)
	if t.Guest && prefix != "" {
		diags = append(diags, t.walkFolder(t.static(), static+"/", again)...)
	}
	slices.SortFunc(t.Files, func(a, b *File) int { return cmp.Compare(a.Path, b.Path) })
	return diags
}

// static is the name of the folder beside content/ whose files Hugo publishes at the
// site's root.
const static = "static"

func (t *Tree) static() string { return filepath.Join(t.Root, static) }

func (t *Tree) walkFolder(folder, prefix string, again bool) diag.List {
	var diags diag.List
	_ = filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		rel, relErr := filepath.Rel(folder, path)
		if relErr != nil {
			return relErr
		}
		rel = filepath.ToSlash(rel)
		if err != nil {
			if folder != t.Content && errors.Is(err, fs.ErrNotExist) {
				return nil // there need be none
			}
			diags = append(diags, t.unreadable(prefix+rel, err))
			if d != nil && d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if rel == "." {
			return nil
		}
		if strings.HasPrefix(d.Name(), ".") && !(t.Guest && d.Name() == ".pages") {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if d.IsDir() {
			if skipped[d.Name()] && (prefix == "" || d.Name() == "node_modules") {
				return fs.SkipDir
			}
			if _, err := os.Lstat(filepath.Join(path, manifest)); err == nil {
				if own := Unpublished(path); own != "" {
					diags = append(diags, diag.Diag{
						Pos: diag.Pos{File: prefix + rel + "/" + own}, Rule: "published", Severity: diag.Warning,
						Message: "left out: its folder holds a published site",
						Help:    "move the text elsewhere, or delete " + prefix + rel + "/" + manifest + " if the folder is content",
					})
				}
				return fs.SkipDir
			}
			return nil
		}
		if d.Type()&fs.ModeSymlink != 0 {
			if err := inside(path, t.Root, t.Content); err != nil {
				diags = append(diags, t.unreadable(prefix+rel, err))
				return nil
			}
		}
		f, err := t.file(prefix, rel, !again && d.Type().IsRegular())
		if err != nil {
			diags = append(diags, t.unreadable(prefix+rel, err))
		} else if f != nil {
			t.Files = append(t.Files, f)
		}
		return nil
	})
	return diags
}

// file is what stands at a path from the content folder; nil if it is not content.
// A file that is known to be regular is looked at when it is read.
func (t *Tree) file(prefix, rel string, regular bool) (*File, error) {
	if rel == "site.yaml" {
		return nil, nil
	}
	f := name(prefix, rel, t.Settings.Languages, t.Guest)
	if !t.Guest && len(f.Dirs) == 1 && f.Dirs[0].Raw == "worksheets" && strings.HasSuffix(rel, ".yaml") {
		f.Kind = Worksheet
	}
	f.guest = t.Guest
	f.disk = filepath.Join(t.Content, filepath.FromSlash(rel))
	if prefix == static+"/" {
		f.disk = filepath.Join(t.static(), filepath.FromSlash(rel))
		f.Kind = Asset
	}
	if regular {
		return f, nil
	}
	info, err := os.Stat(f.disk)
	if err != nil || !info.Mode().IsRegular() {
		return nil, err
	}
	if target, err := filepath.EvalSymlinks(f.disk); err == nil && filepath.Base(target) != f.Base {
		f.link = filepath.Base(target)
		if rel, err := filepath.Rel(t.Root, target); err == nil {
			for part := range strings.SplitSeq(filepath.ToSlash(rel), "/") {
				if hidden(part) {
					f.link = part
				}
			}
		}
	}
	f.size, f.mtime = info.Size(), info.ModTime()
	return f, nil
}

// look takes over an earlier tree but for the files that changed. It gives up,
// and false, where more than the bytes of files may have changed: then the whole
// tree has to be walked.
func (t *Tree) look(prefix string, earlier *Tree, changed []string) bool {
	if changed == nil || earlier == nil || !earlier.complete || earlier.Content != t.Content || earlier.Guest != t.Guest ||
		!slices.Equal(earlier.Settings.Languages, t.Settings.Languages) {
		return false
	}
	dirty := map[string]bool{}
	for _, path := range changed {
		rel, err := filepath.Rel(t.Content, path)
		if err != nil || !filepath.IsLocal(rel) {
			if t.Guest && strings.HasPrefix(path, t.static()) {
				return false
			}
			continue // a template
		}
		if rel = filepath.ToSlash(rel); rel == "site.yaml" {
			continue // read already
		}
		i, known := slices.BinarySearchFunc(earlier.Files, prefix+rel, func(f *File, path string) int { return cmp.Compare(f.Path, path) })
		if info, err := os.Lstat(path); !known || err != nil || !info.Mode().IsRegular() {
			return false // it is new or gone, or a folder or a link
		}
		dirty[earlier.Files[i].Path] = true
	}
	t.Files, t.complete = slices.Clone(earlier.Files), true
	for i, f := range t.Files {
		if !dirty[f.Path] {
			continue
		}
		again, err := t.file(prefix, f.Rel, false)
		if err != nil || again == nil {
			return false
		}
		again.read()
		t.Files[i] = again
	}
	return true
}

// unreadable reports a file that a guest is built without.
func (t *Tree) unreadable(file string, err error) diag.Diag {
	fault := unreadable(file, err)
	if t.Guest {
		fault.Severity = diag.Warning
	}
	return fault
}

func unreadable(file string, err error) diag.Diag {
	message := err.Error()
	if reason := (*fs.PathError)(nil); errors.As(err, &reason) {
		message = reason.Err.Error() // the path stands before it
	}
	return diag.Diag{Pos: diag.Pos{File: file}, Rule: "read", Message: "the file cannot be read: " + message}
}

// read fills in the files' bytes, on every core.
func (t *Tree) read(earlier *Tree) {
	known := map[string]*File{}
	if earlier != nil && earlier.Root == t.Root {
		for _, f := range earlier.Files {
			known[f.Path] = f
		}
	}
	var fresh []*File
	for _, f := range t.Files {
		if old := known[f.Path]; old != nil && old.size == f.size && old.mtime.Equal(f.mtime) && !recent(f.mtime) {
			f.Data, f.Hash, f.diags = old.Data, old.Hash, old.diags
			continue
		}
		fresh = append(fresh, f)
	}
	_ = pool.Do(context.Background(), len(fresh), func(i int) error {
		fresh[i].read()
		return nil
	})
}

// recent reports a change so near that a second one might carry the same time on
// a coarse clock; such a file is read again.
func recent(t time.Time) bool { return time.Since(t) < 2*time.Second }

func (f *File) read() {
	data, err := f.bytes()
	if err != nil {
		f.diags = diag.List{unreadable(f.Path, err)}
		if f.guest {
			f.diags.Soften()
		}
		return
	}
	f.Hash = sha256.Sum256(data)
	if f.Kind == Asset {
		f.Data = data
		return
	}
	f.Data, f.diags = text(f.Path, data)
	if len(f.diags) > 0 && f.guest {
		decoded, name := decode(data)
		if name == "" { // it is shown as far as it is text
			decoded = bytes.ReplaceAll(bytes.ToValidUTF8(data, []byte("\uFFFD")), []byte{0}, nil)
		} else {
			f.diags[0].Message, f.diags[0].Help = "the file is not UTF-8; it is read as "+name, "look whether its letters are right, and save it as UTF-8"
		}
		f.diags.Soften()
		f.Data, _ = text(f.Path, decoded)
	}
}

// bytes returns what stands on disk, and notes its size and time of change first.
func (f *File) bytes() ([]byte, error) {
	file, err := os.Open(f.disk)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	most := info.Size()
	if f.Kind != Asset {
		most = maxMarkdown
	}
	if err := regular(info, most); err != nil {
		return nil, err
	}
	f.size, f.mtime = info.Size(), info.ModTime()
	var b bytes.Buffer
	b.Grow(int(f.size) + bytes.MinRead)
	_, err = b.ReadFrom(file)
	return b.Bytes(), err
}

// text checks and normalises a text: without a byte order mark, every line
// ending in \n. Columns count characters, so positions stay true.
func text(file string, data []byte) ([]byte, diag.List) {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff")) {
		return nil, diag.List{{
			Pos: diag.Pos{File: file, Line: 1, Col: 1}, Rule: "encoding",
			Message: "the file is UTF-16", Help: "save it as UTF-8",
		}}
	}
	if bytes.IndexByte(data, '\r') >= 0 {
		data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
		data = bytes.ReplaceAll(data, []byte("\r"), []byte("\n"))
	}
	if i := firstBad(data); i >= 0 {
		what := fmt.Sprintf("the file is not UTF-8: byte 0x%02X", data[i])
		if data[i] == 0 {
			what = "the file holds a zero byte: it is not text"
		}
		return data, diag.List{{Pos: place(file, data, i), Rule: "encoding", Message: what, Help: "save it as UTF-8"}}
	}
	return data, nil
}

// decode is a text that is not UTF-8 in the likeliest of its encodings, and the name of
// that; "" if it is none, and of UTF-8 with a stray zero byte.
func decode(data []byte) ([]byte, string) {
	if utf8.Valid(data) && bytes.Count(data, []byte{0})*10 < len(data) {
		return nil, ""
	}
	for _, name := range charset.Detect(string(data)) {
		if e, err := htmlindex.Get(name); err == nil {
			if decoded, err := e.NewDecoder().Bytes(data); err == nil && !bytes.Contains(decoded, []byte("\uFFFD")) {
				return decoded, name
			}
		}
	}
	return nil, ""
}

// firstBad is the offset of the first byte that is no text, or -1.
func firstBad(data []byte) int {
	if utf8.Valid(data) {
		return bytes.IndexByte(data, 0)
	}
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n <= 1 || r == 0 {
			return i
		}
		i += n
	}
	return -1
}

func place(file string, data []byte, offset int) diag.Pos {
	before := data[:offset]
	line := bytes.Count(before, []byte("\n"))
	start := bytes.LastIndexByte(before, '\n') + 1
	return diag.Pos{File: file, Line: line + 1, Col: utf8.RuneCount(before[start:]) + 1}
}
