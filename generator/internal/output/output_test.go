package output

import (
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/andybalholm/brotli"

	"playbook/generator/internal/address"
	"playbook/generator/internal/diag"
)

// memory is a site in memory.
type memory struct {
	files       map[string]string
	faults      map[string]diag.List
	final       string
	renderFinal func(others []Artifact) []byte
}

func (m *memory) Paths() []string { return slices.Sorted(maps.Keys(m.files)) }

func (m *memory) Render(buf []byte, path string) ([]byte, diag.List) {
	return append(buf, m.files[path]...), m.faults[path]
}

func (m *memory) Final() (string, func([]Artifact) []byte) { return m.final, m.renderFinal }

// site makes one of paths and texts by turns.
func site(files ...string) *memory {
	m := &memory{files: map[string]string{}}
	for i := 0; i < len(files); i += 2 {
		m.files[files[i]] = files[i+1]
	}
	return m
}

// publishSite publishes a site that has no faults.
func publishSite(ctx context.Context, s Source, dir string, opt PublishOptions) (Stats, error) {
	stats, faults, err := Publish(ctx, s, dir, opt)
	if len(faults) > 0 {
		err = errors.Join(err, fmt.Errorf("faults: %v", faults))
	}
	return stats, err
}

func write(t testing.TB, dir string, files ...string) {
	t.Helper()
	for i := 0; i < len(files); i += 2 {
		name := filepath.Join(dir, filepath.FromSlash(files[i]))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(files[i+1]), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// tree lists a folder as "path=content", folders that are empty as "path/".
func tree(t testing.TB, dir string) string {
	t.Helper()
	var all []string
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(dir, name)
		rel = filepath.ToSlash(rel)
		switch {
		case err != nil || rel == "." || rel == ManifestName:
			return err
		case d.IsDir():
			if inner, _ := os.ReadDir(name); len(inner) == 0 {
				all = append(all, rel+"/")
			}
			return nil
		case d.Type()&fs.ModeSymlink != 0:
			to, err := os.Readlink(name)
			all = append(all, rel+"->"+to)
			return err
		}
		data, err := os.ReadFile(name)
		all = append(all, rel+"="+string(data))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(all, " ")
}

func publishTo(t testing.TB, dir string, files ...string) Stats {
	t.Helper()
	stats, err := publishSite(t.Context(), site(files...), dir, PublishOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return stats
}

func expect(t testing.TB, dir, want string) {
	t.Helper()
	if got := tree(t, dir); got != want {
		t.Errorf("the folder holds\n\t%s\nwant\n\t%s", got, want)
	}
}

func TestClaim(t *testing.T) {
	for _, c := range []struct{ path, want string }{
		{"", `cannot publish "": it is empty`},
		{"/etc/passwd", `cannot publish "/etc/passwd": it is absolute`},
		{"../x", `cannot publish "../x": it leads elsewhere`},
		{"a/../x", `cannot publish "a/../x": it leads elsewhere`},
		{"./x", `cannot publish "./x": it leads elsewhere`},
		{"a//x", `cannot publish "a//x": it has an empty part`},
		{"a/", `cannot publish "a/": it has an empty part`},
		{`a\b`, `cannot publish "a\\b": it holds a backslash`},
		{"C:/x", `cannot publish "C:/x": it names a drive`},
		{"a\nb", `cannot publish "a\nb": it holds a control character`},
		{"a\xff", `cannot publish "a\xff": it is not UTF-8`},
		{".playbook.manifest", `cannot publish ".playbook.manifest": the name is kept for the publication itself`},
		{".Playbook.staging/x", `cannot publish ".Playbook.staging/x": the name is kept for the publication itself`},
		{"en/index.html", `cannot publish "en/index.html": "en/index.html" is taken`},
		{"en/Index.html", `cannot publish "en/Index.html": "en/index.html" is taken`},
		{"EN/other.html", `cannot publish "EN/other.html": "en" is taken`},
		{"en", `cannot publish "en": "en" is taken`},
		{"en/index.html/x", `cannot publish "en/index.html/x": "en/index.html" is taken`},
		{"en/销售.html", ""},
		{"...", ""},
	} {
		_, err := claim([]string{"en/index.html", c.path})
		if got := fmt.Sprint(err); got != c.want && (err != nil || c.want != "") {
			t.Errorf("%q: %v, want %s", c.path, err, c.want)
		}
	}
}

func FuzzClaim(f *testing.F) {
	f.Add("a/b", "a")
	f.Add("..", "A/B")
	f.Fuzz(func(t *testing.T, a, b string) {
		for _, path := range []string{a, b} {
			if _, err := claim([]string{path}); err == nil && (!fs.ValidPath(path) || path == ".") {
				t.Errorf("accepted %q", path)
			}
		}
		if _, err := claim([]string{a, b}); err == nil && address.Fold(a) == address.Fold(b) {
			t.Errorf("accepted both %q and %q", a, b)
		}
	})
}

// A buffer that many files are rendered into holds one at a time: each is published
// with its own bytes.
func TestBuffers(t *testing.T) {
	m := site()
	for i := range 200 {
		m.files[fmt.Sprintf("%d.html", i)] = strings.Repeat(fmt.Sprint(i), i)
	}
	dir := t.TempDir()
	if _, err := publishSite(t.Context(), m, dir, PublishOptions{Compress: true, CacheDir: t.TempDir()}); err != nil {
		t.Fatal(err)
	}
	for name, text := range m.files {
		if data, err := os.ReadFile(filepath.Join(dir, name)); string(data) != text || err != nil {
			t.Errorf("%s holds %q: %v", name, data, err)
		}
	}
}

// With an error among the faults of rendering nothing is changed; every fault is
// returned, once, in the order of the paths. A warning keeps nothing back.
func TestPublishFaults(t *testing.T) {
	at := func(file string) diag.Pos { return diag.Pos{File: file, Line: 1, Col: 1} }
	bad, worse := diag.Errorf(at("templates/a.html"), "theme", "bad"), diag.Errorf(at("b.md"), "x", "worse")
	warning := diag.Warnf(at("c.md"), "x", "odd")
	m := site("a", "new", "b/c", "new", "d", "new", "e", "new", "z", "")
	m.faults = map[string]diag.List{"e": {bad, warning}, "a": {bad}, "d": {worse}}
	m.final, m.renderFinal = "z", func([]Artifact) []byte { t.Error("the last file was made"); return nil }
	dir := t.TempDir()
	publishTo(t, dir, "a", "old")
	for _, into := range []string{dir, filepath.Join(dir, "other")} {
		stats, faults, err := Publish(t.Context(), m, into, PublishOptions{})
		if want := (diag.List{bad, worse, warning}); err != nil || !slices.Equal(faults, want) || stats != (Stats{}) {
			t.Errorf("%+v %v %v, want %v", stats, faults, err, want)
		}
		expect(t, dir, "a=old")
	}
	m.faults = map[string]diag.List{"e": {warning}}
	m.final = ""
	stats, faults, err := Publish(t.Context(), m, dir, PublishOptions{})
	if err != nil || !slices.Equal(faults, diag.List{warning}) || stats.Written != 5 {
		t.Errorf("with a warning: %+v %v %v", stats, faults, err)
	}
	expect(t, dir, "a=new b/c=new d=new e=new z=")
}

// Build, edit, build again: only what differs is written, only what is ours goes.
func TestPublish(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "deep", "public")
	if got := publishTo(t, dir, "index.html", "1", "en/a/index.html", "a", "en/b/index.html", "b"); got != (Stats{Written: 3, Bytes: 3}) {
		t.Errorf("first: %+v", got)
	}
	expect(t, dir, "en/a/index.html=a en/b/index.html=b index.html=1")

	old := time.Now().Add(-time.Hour)
	for _, name := range []string{"index.html", ManifestName} {
		if err := os.Chtimes(filepath.Join(dir, name), old, old); err != nil {
			t.Fatal(err)
		}
	}
	if got := publishTo(t, dir, "index.html", "1", "en/a/index.html", "a", "en/b/index.html", "b"); got != (Stats{Unchanged: 3}) {
		t.Errorf("again: %+v", got)
	}
	for _, name := range []string{"index.html", ManifestName} {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || !info.ModTime().Equal(old) {
			t.Errorf("%s was written although nothing changed", name)
		}
	}

	write(t, dir, "mine.txt", "mine", "en/b/notes.txt", "notes", ".gitignore", "*")
	if got := publishTo(t, dir, "index.html", "2", "en/c/index.html", "c"); got != (Stats{Written: 2, Removed: 2, Bytes: 2}) {
		t.Errorf("edited: %+v", got)
	}
	expect(t, dir, ".gitignore=* en/b/notes.txt=notes en/c/index.html=c index.html=2 mine.txt=mine")
	if got := publishTo(t, dir); got != (Stats{Removed: 2}) {
		t.Errorf("nothing: %+v", got)
	}
	expect(t, dir, ".gitignore=* en/b/notes.txt=notes mine.txt=mine")
}

// A page of ours that somebody edited is generated anew while it exists, and
// stays when it would be removed.
func TestPublishEdited(t *testing.T) {
	dir := t.TempDir()
	publishTo(t, dir, "a", "1", "b", "1")
	write(t, dir, "a", "edited", "b", "edited")
	if got := publishTo(t, dir, "a", "1"); got != (Stats{Written: 1, Bytes: 1}) {
		t.Errorf("%+v", got)
	}
	expect(t, dir, "a=1 b=edited")
	// From then on it is not ours.
	_, err := publishSite(t.Context(), site("a", "1", "b", "2"), dir, PublishOptions{})
	if want := dir + " holds files that playbook did not write and would have to overwrite: b; move them away or choose another folder with --out"; fmt.Sprint(err) != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
	expect(t, dir, "a=1 b=edited")
}

// What is not ours is never overwritten; what has the same bytes is adopted.
func TestPublishForeign(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "index.html", "theirs", "en", "a file", "same", "s", "404.html/x", "x", "a.html/deep/er/x", "")
	_, err := publishSite(t.Context(), site("index.html", "ours", "en/index.html", "e", "same", "s", "404.html", "4", "z", "z"), dir, PublishOptions{})
	var foreign *ForeignError
	if !errors.As(err, &foreign) || !slices.Equal(foreign.Paths, []string{"404.html", "404.html/x", "en", "index.html"}) {
		t.Fatalf("got %v", err)
	}
	expect(t, dir, "404.html/x=x a.html/deep/er/x= en=a file index.html=theirs same=s")
	if _, err := os.Stat(filepath.Join(dir, ManifestName)); err == nil {
		t.Error("a refused publication left a manifest")
	}
	if got := publishTo(t, dir, "same", "s", "z", "z"); got != (Stats{Written: 1, Unchanged: 1, Bytes: 1}) {
		t.Errorf("adopted: %+v", got)
	}
}

// A file becomes a folder and back; names change their letter case.
func TestPublishShapes(t *testing.T) {
	dir := t.TempDir()
	publishTo(t, dir, "a", "file")
	publishTo(t, dir, "a/b/c", "deep", "a/x", "x")
	expect(t, dir, "a/b/c=deep a/x=x")
	publishTo(t, dir, "a", "file")
	expect(t, dir, "a=file")
	publishTo(t, dir, "A", "file")
	expect(t, dir, "A=file")
	publishTo(t, dir, "d/e", "1")
	write(t, dir, "d/mine", "m")
	if _, err := publishSite(t.Context(), site("d", "1"), dir, PublishOptions{}); err == nil {
		t.Error("a folder with somebody's file was replaced")
	}
	expect(t, dir, "d/e=1 d/mine=m")
}

func TestPublishLinks(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("links need rights")
	}
	outside := t.TempDir()
	write(t, outside, "index.html", "precious", "x", "precious")
	link := func(dir, name, to string) {
		t.Helper()
		if err := os.Symlink(to, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		name string
		make func(dir string)
	}{
		{"folder", func(dir string) { link(dir, "en", outside) }},
		{"folder upwards", func(dir string) { link(dir, "en", "..") }},
		{"file", func(dir string) {
			write(t, dir, "en/other", "o")
			link(dir, "en/index.html", filepath.Join(outside, "index.html"))
		}},
		{"manifest", func(dir string) { link(dir, ManifestName, filepath.Join(outside, "x")) }},
		{"dangling", func(dir string) { link(dir, "en", "nowhere") }},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "out")
			if err := os.Mkdir(dir, 0o755); err != nil {
				t.Fatal(err)
			}
			c.make(dir)
			before := tree(t, dir)
			if _, err := publishSite(t.Context(), site("en/index.html", "e", "a", "a"), dir, PublishOptions{}); err == nil {
				t.Error("published through a link")
			}
			expect(t, dir, before)
			expect(t, outside, "index.html=precious x=precious")
		})
	}
	t.Run("removal", func(t *testing.T) {
		dir := t.TempDir()
		publishTo(t, dir, "en/x", "precious")
		if err := os.RemoveAll(filepath.Join(dir, "en")); err != nil {
			t.Fatal(err)
		}
		link(dir, "en", outside)
		if _, err := publishSite(t.Context(), site(), dir, PublishOptions{}); err == nil {
			t.Error("looked through a link")
		}
		expect(t, outside, "index.html=precious x=precious")
	})
	t.Run("the folder itself", func(t *testing.T) {
		home := t.TempDir()
		link(home, "public", t.TempDir())
		publishTo(t, filepath.Join(home, "public"), "a", "a")
		expect(t, filepath.Join(home, "public")+"/.", "a=a")
	})
	t.Run("inside the folder", func(t *testing.T) {
		dir := t.TempDir()
		write(t, dir, "real/mine", "m")
		link(dir, "en", "real")
		publishTo(t, dir, "en/a", "1", "en/b/c", "1")
		publishTo(t, dir, "en/a", "2", "en/b/c", "1")
		expect(t, dir, "en->real real/a=2 real/b/c=1 real/mine=m")
	})
	t.Run("staging inside the folder", func(t *testing.T) {
		dir := t.TempDir()
		write(t, dir, "mine/files/x", "m")
		link(dir, stagingName, "mine")
		_, err := publishSite(t.Context(), site("a", "a"), dir, PublishOptions{})
		if want := "cannot publish into " + dir + ": " + stagingName + " is not a folder: remove it"; fmt.Sprint(err) != want {
			t.Errorf("got  %v\nwant %s", err, want)
		}
		expect(t, dir, stagingName+"->mine mine/files/x=m")
	})
	t.Run("staging", func(t *testing.T) {
		dir := t.TempDir()
		link(dir, stagingName, outside)
		if _, err := publishSite(t.Context(), site("a", "a"), dir, PublishOptions{}); err == nil {
			t.Error("staged outside")
		}
		expect(t, outside, "index.html=precious x=precious")
	})
}

// A tampered manifest cannot make us remove what is outside or not ours.
func TestPublishTampered(t *testing.T) {
	home := t.TempDir()
	dir := filepath.Join(home, "public")
	write(t, home, "precious", "p", "public/mine", "m")
	sum := entryOf([]byte("p")).sum
	write(t, dir, ManifestName, fmt.Sprintf("%s%x 1 ../precious\n%x 1 %s\n%x 1 mine\nrubbish\n%x 1 cut", manifestHead, sum, sum, filepath.Join(home, "precious"), sum, sum))
	publishTo(t, dir, "a", "a")
	expect(t, home, "precious=p public/.playbook.manifest="+string(encode([]record{{"a", entryOf([]byte("a"))}}))+" public/a=a public/mine=m")
}

// Cut short at any point, a publication leaves every file old or new, and the
// next run mends whatever it was. The cut is a folder state made by hand: some
// of the files in place, the staging folder with its journal still there.
func TestPublishCrash(t *testing.T) {
	old := []string{"a", "old", "b", "old", "gone", "g"}
	new := []string{"a", "new", "b", "new", "c/d", "new"}
	for cut := range 4 {
		for _, first := range []bool{false, true} {
			t.Run(fmt.Sprint(cut, first), func(t *testing.T) {
				dir := t.TempDir()
				if !first {
					publishTo(t, dir, old...)
				}
				var next []record
				for i := 0; i < len(new); i += 2 {
					next = append(next, record{new[i], entryOf([]byte(new[i+1]))})
				}
				write(t, dir, journalName, string(encode(next)), stagedName("1"), "half")
				write(t, dir, new[:2*cut]...)
				publishTo(t, dir, "a", "newer", "b", "new")
				expect(t, dir, "a=newer b=new")
			})
		}
	}
}

// begin makes everything ready for a publication and puts the first moves in
// place, as if it were killed then; it returns where all moves would have led.
func begin(t testing.TB, dir string, moves int, files ...string) (to []string) {
	t.Helper()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	m := site(files...)
	p := &publication{root: root, dir: dir, source: m}
	if p.history, err = readHistory(root); err != nil {
		t.Fatal(err)
	}
	if _, err := p.stage(t.Context(), m.Paths()); err != nil {
		t.Fatal(err)
	}
	if err := p.writeJournal(); err != nil {
		t.Fatal(err)
	}
	for i, m := range p.moves {
		to = append(to, m.to)
		if i >= moves {
			continue
		}
		if err := putInPlace(root, stagedName(m.number), m.to, m.folder); err != nil {
			t.Fatal(err)
		}
	}
	return to
}

// Cut short between any two renames, of files and of whole folders, and then
// once more while it mends, a publication leaves every file old or new, and the
// next run makes the site whole. What was staged and never came is forgotten.
func TestPublishCrashBetweenRenames(t *testing.T) {
	earlier := []string{"a.css", "old", "en/x/index.html", "old", "en/gone", "g", "index.html", "old"}
	next := []string{"a.css", "new", "en/x/index.html", "new", "en/y/index.html", "new", "en/y/z/deep.png", "new", "js/a.js", "new", "zh/x/index.html", "new", "zh/index.html", "new", "index.html", "new"}
	last := []string{"a.css", "new", "en/x/index.html", "last", "zh/x/index.html", "last", "zh/w", "last"}
	for _, first := range [][]string{nil, earlier} {
		for cut := 0; ; cut++ {
			dir := t.TempDir()
			publishTo(t, dir, first...)
			write(t, dir, "mine", "m")
			moves := begin(t, dir, cut, next...)
			for i := 0; i < len(next); i += 2 {
				has, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(next[i])))
				if s := string(has); err == nil && s != "old" && s != "new" {
					t.Errorf("after %d renames %s holds %q", cut, next[i], s)
				}
			}
			begin(t, dir, cut/2, next...)
			publishTo(t, dir, last...)
			expect(t, dir, "a.css=new en/x/index.html=last mine=m zh/w=last zh/x/index.html=last")
			if cut >= len(moves) {
				break
			}
		}
	}
}

// A folder that was not there comes with everything in it by one rename; styles
// and scripts come before the pages that name them.
func TestPublishRenames(t *testing.T) {
	site := []string{"404.html", "4", "en/a/b/index.html", "b", "en/a/index.html", "a", "en/index.html", "e", "js/a.js", "j", "style.css", "s"}
	dir := t.TempDir()
	if got, want := strings.Join(begin(t, dir, 0, site...), " "), "js style.css 404.html en"; got != want {
		t.Errorf("into an empty folder: %s, want %s", got, want)
	}
	dir = t.TempDir()
	write(t, dir, "en/a/mine", "m", "js/a.js", "j")
	if got, want := strings.Join(begin(t, dir, 0, site...), " "), "style.css 404.html en/a/b en/a/index.html en/index.html"; got != want {
		t.Errorf("beside other files: %s, want %s", got, want)
	}
}

// A folder that cannot be renamed as a whole is filled file by file.
func TestPutInPlaceTaken(t *testing.T) {
	dir := t.TempDir()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	write(t, dir, "new/a/x", "x", "new/b/y", "y", "new/z", "z", "en/a/mine", "m")
	if err := putInPlace(root, "new", "en", true); err != nil {
		t.Fatal(err)
	}
	expect(t, filepath.Join(dir, "en"), "a/mine=m a/x=x b/y=y z=z")
}

func TestPublishCancelled(t *testing.T) {
	dir := t.TempDir()
	publishTo(t, dir, "a", "1")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := publishSite(ctx, site("a", "2"), dir, PublishOptions{}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	expect(t, dir, "a=1")
	publishTo(t, dir, "a", "3")
	expect(t, dir, "a=3")
}

func TestPublishBusy(t *testing.T) {
	dir := t.TempDir()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	unlock, err := lock(root)
	if err != nil {
		t.Fatal(err)
	}
	_, err = publishSite(t.Context(), site("a", "1"), dir, PublishOptions{})
	if want := "cannot publish into " + dir + ": another playbook is publishing there; try again when it is done"; !errors.Is(err, ErrBusy) || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
	unlock()
	write(t, dir, lockName, "left by a crash")
	publishTo(t, dir, "a", "1")
	expect(t, dir, "a=1")
}

func TestPublishAtOnce(t *testing.T) {
	dir := t.TempDir()
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			who := fmt.Sprint(i)
			for {
				_, err := publishSite(t.Context(), site("a", who, "b/c", who), dir, PublishOptions{})
				if err == nil {
					return
				}
				if !errors.Is(err, ErrBusy) {
					t.Error(err)
					return
				}
				time.Sleep(time.Millisecond)
			}
		})
	}
	wg.Wait()
	a, _ := os.ReadFile(filepath.Join(dir, "a"))
	expect(t, dir, fmt.Sprintf("a=%s b/c=%s", a, a))
}

func TestPublishIntoFile(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "public", "a file")
	if _, err := publishSite(t.Context(), site(), filepath.Join(dir, "public"), PublishOptions{}); err == nil {
		t.Error("published into a file")
	}
	expect(t, dir, "public=a file")
}

// For any two sites and any edits between, what results is the second site and
// whatever was not ours.
func TestPublishRandom(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	names := []string{"a", "b", "c/a", "c/b", "d/e/a", "d/e/b", "d/a", "e"}
	random := func() []string {
		var files []string
		for _, n := range names {
			if r.IntN(2) == 0 {
				files = append(files, n, fmt.Sprint(r.IntN(3)))
			}
		}
		return files
	}
	dir := t.TempDir()
	write(t, dir, "c/mine", "m", "f/mine", "m")
	for range 200 {
		files := random()
		publishTo(t, dir, files...)
		files = append(files, "c/mine", "m", "f/mine", "m")
		var want []string
		for i := 0; i < len(files); i += 2 {
			want = append(want, files[i]+"="+files[i+1])
		}
		got := strings.Fields(tree(t, dir))
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Fatalf("got %v, want %v", got, want)
		}
	}
}

func unpack(t *testing.T, name string) string {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var r io.Reader = brotli.NewReader(f)
	if strings.HasSuffix(name, ".gz") {
		if r, err = gzip.NewReader(f); err != nil {
			t.Fatal(err)
		}
	}
	data, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestCompress(t *testing.T) {
	dir, cacheDir := t.TempDir(), t.TempDir()
	long := strings.Repeat("the value equation ", 100)
	s := site("a.html", long, "b.css", "x", "c.png", long, "d.wasm", long, "d.wasm.br", "theirs", "d.wasm.gz", "theirs")
	opt := PublishOptions{Compress: true, CacheDir: cacheDir}
	stats, err := publishSite(t.Context(), s, dir, opt)
	if err != nil || stats.Compressed != 2 || stats.Written != 8 {
		t.Errorf("%+v, %v", stats, err)
	}
	var names []string
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		names = append(names, e.Name())
	}
	if got, want := strings.Join(names, " "), ManifestName+" a.html a.html.br a.html.gz b.css c.png d.wasm d.wasm.br d.wasm.gz"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	for _, ext := range []string{".br", ".gz"} {
		if got := unpack(t, filepath.Join(dir, "a.html"+ext)); got != long {
			t.Errorf("%s unpacks to %q", ext, got)
		}
	}

	// From the cache, and again when every entry of it is damaged.
	if stats, err := publishSite(t.Context(), s, dir, opt); err != nil || stats != (Stats{Unchanged: 8, Compressed: 2}) {
		t.Errorf("cached: %+v, %v", stats, err)
	}
	damaged := 0
	err = filepath.WalkDir(cacheDir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() == lastEvict {
			return err
		}
		data, err := os.ReadFile(name)
		data[len(data)-1] ^= 1
		damaged++
		return errors.Join(err, os.WriteFile(name, data[:len(data)-damaged%2], 0o644))
	})
	if err != nil || damaged != 4 {
		t.Errorf("damaged %d entries, %v", damaged, err)
	}
	if stats, err := publishSite(t.Context(), s, dir, opt); err != nil || stats != (Stats{Unchanged: 8, Compressed: 2}) {
		t.Errorf("damaged cache: %+v, %v", stats, err)
	}

	// Without compression its files go, but not those of the builder.
	if stats, err := publishSite(t.Context(), s, dir, PublishOptions{}); err != nil || stats != (Stats{Unchanged: 6, Removed: 2}) {
		t.Errorf("off: %+v, %v", stats, err)
	}
}

// A form gives way to a folder that has its name.
func TestCompressBesideFolder(t *testing.T) {
	dir := t.TempDir()
	s := site("a.svg", strings.Repeat("the value equation ", 100), "A.svg.br/index.html", "a page")
	stats, err := publishSite(t.Context(), s, dir, PublishOptions{Compress: true, CacheDir: t.TempDir()})
	if err != nil || stats.Compressed != 1 {
		t.Errorf("%+v, %v", stats, err)
	}
}

// A large file that hardly shrinks is compressed all the same, but quickly.
func TestCompressLarge(t *testing.T) {
	noise := make([]byte, 300<<10)
	rand.NewChaCha8([32]byte{}).Read(noise)
	text := base64.StdEncoding.EncodeToString(noise)
	dir := t.TempDir()
	began := time.Now()
	if _, err := publishSite(t.Context(), site("a.js", text), dir, PublishOptions{Compress: true, CacheDir: t.TempDir()}); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d KB in %v", len(text)>>10, time.Since(began))
	if got := unpack(t, filepath.Join(dir, "a.js.br")); got != text {
		t.Error("does not unpack")
	}
}

// A cache that cannot be used costs time, nothing else.
func TestCompressWithoutCache(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	write(t, filepath.Dir(file), "file", "")
	for _, dir := range []string{file, filepath.Join(file, "x")} {
		stats, err := publishSite(t.Context(), site("a.html", strings.Repeat("abc", 99)), t.TempDir(), PublishOptions{Compress: true, CacheDir: dir})
		if err != nil || stats.Compressed != 2 {
			t.Errorf("%+v, %v", stats, err)
		}
	}
}

func FuzzManifest(f *testing.F) {
	f.Add([]byte(manifestHead + strings.Repeat("ab", 32) + " 5 en/a b.html\n"))
	f.Add([]byte("rubbish"))
	f.Fuzz(func(t *testing.T, data []byte) {
		var list, again []record
		decode(data, func(path string, e entry) { list = append(list, record{path, e}) })
		decode(encode(list), func(path string, e entry) { again = append(again, record{path, e}) })
		if !slices.Equal(list, again) {
			t.Errorf("%q does not survive", encode(list))
		}
	})
}

// pages is a site of n pages of 20 KB, of which the first differ by edit.
func pages(n int, edit string) *memory {
	s := site()
	body := strings.Repeat("<p>What would change if the line stood still less often?</p>\n", 330)
	for i := range n {
		text := fmt.Sprintf("<h1>%d</h1>%s", i, body)
		if i == 0 {
			text += edit
		}
		s.files[fmt.Sprintf("en/track-%d/module-%d/index.html", i%20, i)] = text
	}
	return s
}

func BenchmarkPublish(b *testing.B) {
	for _, c := range []struct {
		name string
		run  func(b *testing.B)
	}{
		{"fresh", func(b *testing.B) {
			s := pages(1000, "")
			for b.Loop() {
				b.StopTimer()
				dir := b.TempDir()
				b.StartTimer()
				if _, err := publishSite(b.Context(), s, dir, PublishOptions{}); err != nil {
					b.Fatal(err)
				}
			}
		}},
		{"unchanged", func(b *testing.B) {
			s, dir := pages(1000, ""), b.TempDir()
			for b.Loop() {
				if _, err := publishSite(b.Context(), s, dir, PublishOptions{}); err != nil {
					b.Fatal(err)
				}
			}
		}},
		{"one-page", func(b *testing.B) {
			both, dir, i := [2]*memory{pages(1000, "a"), pages(1000, "b")}, b.TempDir(), 0
			for b.Loop() {
				if _, err := publishSite(b.Context(), both[i%2], dir, PublishOptions{}); err != nil {
					b.Fatal(err)
				}
				i++
			}
		}},
		{"compress-cached", func(b *testing.B) {
			s, dir, cache := pages(100, ""), b.TempDir(), b.TempDir()
			for b.Loop() {
				if _, err := publishSite(b.Context(), s, dir, PublishOptions{Compress: true, CacheDir: cache}); err != nil {
					b.Fatal(err)
				}
			}
		}},
		{"compress-cold", func(b *testing.B) {
			s := pages(20, "")
			for b.Loop() {
				if _, err := publishSite(b.Context(), s, b.TempDir(), PublishOptions{Compress: true, CacheDir: b.TempDir()}); err != nil {
					b.Fatal(err)
				}
			}
		}},
	} {
		b.Run(c.name, c.run)
	}
}

// A state is believed only while everything is as it says.
func TestUpToDate(t *testing.T) {
	dir, cacheDir := t.TempDir(), t.TempDir()
	key := sha256.Sum256([]byte("sources"))
	publish := func() {
		t.Helper()
		if _, err := publishSite(t.Context(), site("a/index.html", "page", "b.css", "style"), dir, PublishOptions{}); err != nil {
			t.Fatal(err)
		}
		SaveState(dir, cacheDir, key, []byte("note"))
	}
	for _, c := range []struct {
		what string
		do   func()
	}{
		{"an edited file", func() { write(t, dir, "a/index.html", "PAGE") }},
		{"a longer file", func() { write(t, dir, "a/index.html", "page.") }},
		{"a missing file", func() { os.Remove(filepath.Join(dir, "b.css")) }},
		{"a link in a file's place", func() {
			os.Rename(filepath.Join(dir, "b.css"), filepath.Join(dir, "c.css"))
			if os.Symlink("/etc/hostname", filepath.Join(dir, "b.css")) != nil {
				os.Remove(filepath.Join(dir, "b.css"))
			}
		}},
		{"an edited manifest", func() { write(t, dir, ManifestName, manifestHead) }},
		{"a run that was cut short", func() { write(t, dir, journalName, manifestHead) }},
		{"a damaged state", func() {
			states, _ := filepath.Glob(filepath.Join(cacheDir, stateVersion, "*"))
			if len(states) != 1 {
				t.Fatalf("%d states", len(states))
			}
			data, _ := os.ReadFile(states[0])
			data[len(data)-1]++
			os.WriteFile(states[0], data, 0o644)
		}},
		{"a state that is gone", func() { os.RemoveAll(cacheDir) }},
	} {
		os.Remove(filepath.Join(dir, "b.css"))
		publish()
		note, stats, ok := UpToDate(t.Context(), dir, cacheDir, key)
		if !ok || string(note) != "note" || stats != (Stats{Unchanged: 2}) {
			t.Fatalf("before %s: %q %+v %v", c.what, note, stats, ok)
		}
		if _, _, ok := UpToDate(t.Context(), dir, cacheDir, sha256.Sum256(nil)); ok {
			t.Error("other sources are not seen")
		}
		c.do()
		if _, _, ok := UpToDate(t.Context(), dir, cacheDir, key); ok {
			t.Errorf("%s is not seen", c.what)
		}
	}
}

// The final file is made of what the others have become, and comes behind them,
// compressed forms included.
func TestFinal(t *testing.T) {
	dir := t.TempDir()
	listed := func(page string) *memory {
		s := site("z.html", page, "a.css", strings.Repeat("a", 100), "list.txt", "")
		s.final, s.renderFinal = "list.txt", func(others []Artifact) []byte {
			var b strings.Builder
			for _, f := range others {
				fmt.Fprintf(&b, "%s %d %x\n", f.Path, f.Size, f.Sum[:3])
			}
			return []byte(b.String())
		}
		return s
	}
	want := "a.css 100 281659\nz.html 1 1b16b1\n"
	for _, compress := range []bool{false, true} {
		stats, err := publishSite(t.Context(), listed("n"), dir, PublishOptions{Compress: compress, CacheDir: t.TempDir()})
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := os.ReadFile(filepath.Join(dir, "list.txt")); string(got) != want {
			t.Errorf("compress %t: the list is\n%s\nwant\n%s", compress, got, want)
		}
		if wrote := map[bool]int{false: 3, true: stats.Compressed}[compress]; stats.Written != wrote || compress != (stats.Compressed > 0) {
			t.Errorf("compress %t: %+v", compress, stats)
		}
	}
	if stats, err := publishSite(t.Context(), listed("o"), dir, PublishOptions{}); err != nil || stats.Written != 2 {
		t.Errorf("another page: %+v, %v; want the page and the list written", stats, err)
	}

	p := &publication{final: "list.txt"}
	if a, b, c := p.rank("a.css"), p.rank("z.html"), p.rank("list.txt"); !(a < b && b < c) {
		t.Errorf("ranks of what pages need, of a page, of the list: %d %d %d", a, b, c)
	}
}

// A folder that nothing can be put into stops a publication before its first
// rename, not half way.
func TestPublishUnwritable(t *testing.T) {
	dir := t.TempDir()
	publishTo(t, dir, "a", "old", "en/b", "old", "zh/c", "old")
	block := filepath.Join(dir, "zh", probeName) // stands for a folder without permission, also for root
	if err := os.MkdirAll(filepath.Join(block, "x"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, files := range [][]string{
		{"a", "new", "en/b", "new", "zh/c", "new"},
		{"a", "new", "en/b", "new", "zh/d/e", "new"},
		{"a", "new", "en/b", "new"}, // zh/c would be removed
	} {
		if _, err := publishSite(context.Background(), site(files...), dir, PublishOptions{}); err == nil {
			t.Errorf("%v was published", files)
		}
		for _, name := range []string{"a", "en/b", "zh/c"} {
			if data, err := os.ReadFile(filepath.Join(dir, name)); string(data) != "old" {
				t.Errorf("%v: %s holds %q (%v)", files, name, data, err)
			}
		}
	}
	if err := os.RemoveAll(block); err != nil {
		t.Fatal(err)
	}
	publishTo(t, dir, "a", "new")
	expect(t, dir, "a=new")
}

// Entries that were not read for long go, at most once a day; what is read stays.
func TestEvict(t *testing.T) {
	dir := t.TempDir()
	c := openCache(dir, "kind-1")
	age := func(name string, by time.Duration) {
		if err := os.Chtimes(name, time.Now().Add(-by), time.Now().Add(-by)); err != nil {
			t.Fatal(err)
		}
	}
	place := func(key string) string { return filepath.Join(c.dir, key) }
	for _, key := range []string{"read", "unread", "new"} {
		c.write(place(key), key, []byte(key))
	}
	write(t, dir, "kind-0/earlier", "of an earlier version")
	age(place("read"), maxAge+day)
	age(place("unread"), maxAge+day)
	age(filepath.Join(dir, "kind-0", "earlier"), maxAge+day)
	if data, ok := c.read(place("read"), "read"); !ok || string(data) != "read" {
		t.Errorf("%q %v", data, ok)
	}
	c.evict()
	left := func() (all []string) {
		for _, key := range []string{"read", "unread", "new", "../kind-0/earlier"} {
			if _, err := os.Stat(place(key)); err == nil {
				all = append(all, key)
			}
		}
		return all
	}
	if got := left(); !slices.Equal(got, []string{"read", "new"}) {
		t.Errorf("left are %v", got)
	}
	age(place("new"), maxAge+day)
	c.evict() // the same day
	if got := left(); !slices.Equal(got, []string{"read", "new"}) {
		t.Errorf("on the same day left are %v", got)
	}
	age(filepath.Join(dir, lastEvict), 2*day)
	c.evict()
	if got := left(); !slices.Equal(got, []string{"read"}) {
		t.Errorf("on the next day left are %v", got)
	}
}

// A publication that is killed, wherever it is, leaves each file old or new; the
// next one finishes.
func TestPublishKilled(t *testing.T) {
	files := func(text string) *memory {
		s := site()
		for i := range 120 {
			s.files[fmt.Sprintf("%d/%d.html", i%7, i)] = strings.Repeat(text, 100)
		}
		return s
	}
	if dir := os.Getenv("PLAYBOOK_TEST_PUBLISH"); dir != "" { // the process that is killed
		_, err := publishSite(context.Background(), files(os.Getenv("PLAYBOOK_TEST_TEXT")), dir, PublishOptions{})
		if err != nil {
			t.Fatal(err)
		}
		return
	}
	dir := t.TempDir()
	if _, err := publishSite(t.Context(), files("0"), dir, PublishOptions{}); err != nil {
		t.Fatal(err)
	}
	first := filepath.Join(dir, "0", "0.html")
	mixed := 0
	for n := range 6 {
		old, text := fmt.Sprint(n%10), fmt.Sprint((n+1)%10)
		c := exec.Command(os.Args[0], "-test.run=^TestPublishKilled$")
		c.Env = append(os.Environ(), "PLAYBOOK_TEST_PUBLISH="+dir, "PLAYBOOK_TEST_TEXT="+text)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		ended := make(chan struct{})
		go func() { c.Wait(); close(ended) }()
		for waiting := true; waiting; { // until the first file has come, or the process has ended
			select {
			case <-ended:
				waiting = false
			default:
				data, _ := os.ReadFile(first)
				if waiting = !strings.HasPrefix(string(data), text); waiting {
					time.Sleep(100 * time.Microsecond)
				}
			}
		}
		time.Sleep(time.Duration(rand.IntN(3)) * time.Millisecond)
		c.Process.Kill()
		<-ended
		came := 0
		for i := range 120 {
			data, err := os.ReadFile(filepath.Join(dir, fmt.Sprint(i%7), fmt.Sprintf("%d.html", i)))
			switch string(data) {
			case strings.Repeat(text, 100):
				came++
			case strings.Repeat(old, 100):
			default:
				t.Fatalf("%d.html is neither old nor new: %.20q %v", i, data, err)
			}
		}
		if came < 120 {
			mixed++
		}
		if _, err := publishSite(t.Context(), files(text), dir, PublishOptions{}); err != nil {
			t.Fatal(err)
		}
		for i := range 120 {
			if data, _ := os.ReadFile(filepath.Join(dir, fmt.Sprint(i%7), fmt.Sprintf("%d.html", i))); string(data) != strings.Repeat(text, 100) {
				t.Fatalf("%d.html is %.20q after the next publication", i, data)
			}
		}
	}
	t.Logf("%d of 6 were killed between two renames", mixed)
	if left, _ := filepath.Glob(filepath.Join(dir, ".playbook.s*")); left != nil {
		t.Errorf("left behind: %v", left)
	}
}
