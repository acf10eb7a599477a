package output

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
)

// Stats is what a publication did.
type Stats struct {
	Written    int   // files that are new or whose bytes differ, compressed forms included
	Unchanged  int   // files that already stood there
	Removed    int   // files of an earlier publication that are no more
	Compressed int   // .br and .gz made for the folder by this call, or taken from the cache
	Bytes      int64 // size of the files written
}

// PublishOptions are the choices of a publication.
type PublishOptions struct {
	Compress bool   // put .br and .gz beside every text file that gets smaller by it
	CacheDir string // where compressed forms and notes are kept; "": playbook in the user's cache folder

	// Ready is asked when every file has been made and before the first is put in
	// place; its error ends the publication with nothing changed. nil: no objection.
	Ready func() error
}

// ForeignError is returned when the site would overwrite files that no
// publication wrote. Nothing has been changed.
type ForeignError struct {
	Dir   string
	Paths []string // sorted
}

func (e *ForeignError) Error() string {
	const some = 3
	names := e.Paths
	more := ""
	if len(names) > some {
		names, more = names[:some], fmt.Sprintf(" and %d more", len(e.Paths)-some)
	}
	return fmt.Sprintf("%s holds files that playbook did not write and would have to overwrite: %s%s; move them away or choose another folder with --out",
		e.Dir, strings.Join(names, ", "), more)
}

// ErrBusy is returned (wrapped) when another publication into the folder is on
// its way.
var ErrBusy = errors.New("another playbook is publishing")

// Publish makes dir hold the files of the set, as the package comment promises.
// Files that the set makes later are made here, on all processors, and forgotten
// as soon as they are staged. It may be cancelled until the first file is put in
// place; from then on it runs to its end.
func Publish(ctx context.Context, s *Set, dir string, opt PublishOptions) (Stats, error) {
	_, statErr := os.Stat(dir)
	stats, err := publish(ctx, s, dir, opt)
	if err == nil {
		return stats, nil
	}
	if errors.Is(statErr, fs.ErrNotExist) {
		os.Remove(dir) // which stays if something is in it
	}
	var foreign *ForeignError
	var objection *objectionError
	switch {
	case errors.As(err, &objection):
		err = objection.err
	case !errors.As(err, &foreign) && !errors.Is(err, context.Canceled):
		err = fmt.Errorf("cannot publish into %s: %w", dir, err)
	}
	return stats, err
}

// objectionError is what PublishOptions.Ready says.
type objectionError struct{ err error }

func (e *objectionError) Error() string { return e.err.Error() }

func publish(ctx context.Context, s *Set, dir string, opt PublishOptions) (stats Stats, err error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return stats, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return stats, err
	}
	defer root.Close()
	unlock, err := lock(root)
	if err != nil {
		return stats, err
	}
	defer unlock()

	p := &publication{root: root, dir: dir, set: s, now: manifest{}, staged: map[string]string{}}
	if p.history, err = readHistory(p.root); err != nil {
		return stats, err
	}
	if len(p.history.journal) == 0 { // nothing of an earlier run is left to mend
		defer func() {
			if err != nil && !p.begun {
				err = errors.Join(err, p.root.RemoveAll(stagingName))
			}
		}()
	}
	if opt.Compress {
		p.cache = openCache(opt.CacheDir, cacheVersion)
	}
	if err := p.plan(ctx); err != nil {
		return stats, err
	}
	stats.Written, stats.Unchanged, stats.Removed = len(p.changed), len(p.now)-len(p.changed), len(p.stale)
	stats.Compressed = len(p.now) - s.Len()
	for _, path := range p.changed {
		stats.Bytes += p.now[path].size
	}
	if opt.Ready != nil {
		if err := opt.Ready(); err != nil {
			return Stats{}, &objectionError{err}
		}
	}
	return stats, p.carryOut(ctx)
}

// publication is one run: what the folder is to hold, and what that takes.
type publication struct {
	root  *os.Root
	dir   string
	set   *Set
	cache *cache // of compressed forms; nil: none are wanted

	staging stagingFolder
	now     manifest          // of everything that the folder is to hold
	staged  map[string]string // by path: where its bytes lie in the staging folder
	history history
	changed []string // to be written: everything else first, pages last
	stale   []string // ours, unedited, no longer wanted
	begun   bool     // files are being put in place
}

// finding is what comparing a file with the folder brought up.
type finding struct {
	path     string
	entry    entry
	staged   string // "" where the folder has these bytes
	conflict bool
}

// plan makes every file, compares it with the folder and stages what differs;
// it refuses before anything is changed.
func (p *publication) plan(ctx context.Context) error {
	paths := p.set.Paths()
	found := make([][]finding, len(paths))
	err := parallel(ctx, len(paths), func(i int) error {
		data, _ := p.set.pass(paths[i])
		add := func(path string, data []byte) error {
			f, err := p.compare(path, data)
			found[i] = append(found[i], f)
			return err
		}
		if err := add(paths[i], data); err != nil || p.cache == nil {
			return err
		}
		return p.set.compressed(paths[i], data, p.cache, add)
	})
	if err != nil {
		return err
	}
	for _, list := range found {
		for _, f := range list {
			p.now[f.path] = f.entry
		}
	}
	for _, path := range p.history.paths() {
		if _, wanted := p.now[path]; wanted {
			continue
		}
		has, state, err := p.look(path)
		if err != nil {
			return err
		}
		if state == file && p.history.wrote(path, entryOf(has)) {
			p.stale = append(p.stale, path)
		}
	}
	respelt := map[string]bool{}
	for _, path := range p.stale {
		respelt[fold(path)] = true
	}
	var conflicts []string
	for _, list := range found {
		for _, f := range list {
			// Where letter case does not count, what was found is the stale file.
			respelt := len(respelt) > 0 && respelt[fold(f.path)]
			if respelt && f.staged == "" {
				if f.staged, err = p.stageAgain(f.path); err != nil {
					return err
				}
			}
			if f.staged != "" {
				p.staged[f.path] = f.staged
				p.changed = append(p.changed, f.path)
			}
			if f.conflict && !respelt {
				conflicts = append(conflicts, f.path)
			}
		}
	}
	conflicts = append(conflicts, p.obstacles()...)
	if len(conflicts) > 0 {
		slices.Sort(conflicts)
		return &ForeignError{p.dir, slices.Compact(conflicts)}
	}
	// While a reader browses the folder as it is published, a page must not name
	// a style sheet that is not there yet.
	slices.SortStableFunc(p.changed, func(a, b string) int { return rank(a) - rank(b) })
	return nil
}

// compare looks what stands at a path, and stages the file if it is something
// else. Bytes are compared, not times: it costs little, and a file that was
// edited, cut short or touched is told apart for certain.
func (p *publication) compare(path string, data []byte) (finding, error) {
	f := finding{path: path, entry: entryOf(data)}
	has, state, err := p.look(path)
	switch {
	case err != nil:
		return f, err
	case state == file && bytes.Equal(has, data):
		return f, nil
	case state == file:
		f.conflict = !p.history.owns(path, entryOf(has))
	case state == other:
		f.conflict = true
	}
	f.staged, err = p.staging.add(p.root, data)
	return f, err
}

// stageAgain stages a file that stands in the folder as it is to be. It is not
// made a second time.
func (p *publication) stageAgain(path string) (string, error) {
	data, err := p.root.ReadFile(filepath.FromSlash(path))
	if err != nil {
		return "", err
	}
	return p.staging.add(p.root, data)
}

// stagingFolder numbers the files that wait to be put in place.
type stagingFolder struct {
	made sync.Once
	next atomic.Int64
	err  error
}

func (s *stagingFolder) open(root *os.Root) error {
	s.made.Do(func() { s.err = root.MkdirAll(stagingName, 0o755) })
	return s.err
}

func (s *stagingFolder) add(root *os.Root, data []byte) (string, error) {
	if err := s.open(root); err != nil {
		return "", err
	}
	name := stagingName + "/" + strconv.FormatInt(s.next.Add(1), 10)
	return name, root.WriteFile(filepath.FromSlash(name), data, 0o644)
}

func rank(path string) int {
	if strings.HasSuffix(path, ".html") {
		return 1
	}
	return 0
}

// state is what stands at a path.
type state uint8

const (
	absent state = iota
	file
	folder
	other // a link, a device: never ours
)

// look reads what stands at a path. A link on the way that leads out of the
// folder is an error.
func (p *publication) look(path string) ([]byte, state, error) {
	info, err := p.root.Lstat(filepath.FromSlash(path))
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
		return nil, absent, nil
	case err != nil:
		return nil, absent, err
	case info.IsDir():
		return nil, folder, nil
	case !info.Mode().IsRegular():
		return nil, other, nil
	}
	data, err := p.root.ReadFile(filepath.FromSlash(path))
	return data, file, err
}

// obstacles returns what is not ours and stands where a folder is needed, or in
// a folder where a file is needed.
func (p *publication) obstacles() []string {
	going := map[string]bool{} // stale files, and folders that may go with them
	for _, name := range p.stale {
		going[name] = true
		for _, dir := range parents(name) {
			going[dir] = true
		}
	}
	var all []string
	checked := map[string]bool{}
	for _, name := range p.changed {
		for _, dir := range parents(name) {
			if checked[dir] {
				continue
			}
			checked[dir] = true
			_, err := p.root.Lstat(filepath.FromSlash(dir))
			if err != nil {
				break // not there yet, nor is what lies in it
			}
			info, err := p.root.Stat(filepath.FromSlash(dir))
			if (err != nil || !info.IsDir()) && !going[dir] {
				all = append(all, dir)
			}
		}
		info, err := p.root.Lstat(filepath.FromSlash(name))
		if err != nil || !info.IsDir() {
			continue
		}
		err = fs.WalkDir(p.root.FS(), name, func(inner string, _ fs.DirEntry, err error) error {
			if err == nil && !going[inner] {
				all = append(all, inner)
			}
			return err
		})
		if err != nil {
			all = append(all, name)
		}
	}
	return all
}

// carryOut changes the folder: first what stands in the way goes, then files
// come, then the rest goes, and last comes the manifest.
func (p *publication) carryOut(ctx context.Context) (err error) {
	manifest := p.now.encode()
	if old, err := p.root.ReadFile(ManifestName); len(p.changed) == 0 && len(p.stale) == 0 && err == nil && bytes.Equal(old, manifest) {
		return p.root.RemoveAll(stagingName)
	}
	if err := p.staging.open(p.root); err != nil {
		return err
	}
	if err := p.writeJournal(); err != nil {
		return err
	}
	if err := p.write(stagingName+"/manifest", manifest); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	p.begun = true

	way := p.inTheWay()
	for _, path := range p.stale {
		if way[path] {
			if err := p.remove(path); err != nil {
				return err
			}
		}
	}
	made := map[string]bool{".": true}
	for _, name := range p.changed {
		if dir := path.Dir(name); !made[dir] {
			if err := p.root.MkdirAll(filepath.FromSlash(dir), 0o755); err != nil {
				return err
			}
			made[dir] = true
		}
		if err := p.root.Rename(filepath.FromSlash(p.staged[name]), filepath.FromSlash(name)); err != nil {
			return err
		}
	}
	for _, path := range p.stale {
		if !way[path] {
			if err := p.remove(path); err != nil {
				return err
			}
		}
	}
	if err := p.root.Rename(filepath.FromSlash(stagingName+"/manifest"), ManifestName); err != nil {
		return err
	}
	return p.root.RemoveAll(stagingName)
}

// writeJournal notes what is about to be written, beside what earlier runs that
// never finished had noted.
func (p *publication) writeJournal() error {
	p.history.journal.add(p.pick(p.changed))
	next := stagingName + "/journal.next"
	if err := p.write(next, p.history.journal.encode()); err != nil {
		return err
	}
	return p.root.Rename(filepath.FromSlash(next), filepath.FromSlash(journalName))
}

func (p *publication) pick(paths []string) manifest {
	some := manifest{}
	for _, path := range paths {
		some[path] = p.now[path]
	}
	return some
}

// inTheWay returns the stale files that must go before the others come: those
// that stand where a folder is needed, in a folder where a file is needed, or
// under a wanted name in other letter case.
func (p *publication) inTheWay() map[string]bool {
	wanted, folders := map[string]bool{}, map[string]bool{}
	for _, name := range p.changed {
		wanted[fold(name)] = true
		for _, dir := range parents(name) {
			folders[fold(dir)] = true
		}
	}
	way := map[string]bool{}
	for _, name := range p.stale {
		way[name] = wanted[fold(name)] || folders[fold(name)]
		for _, dir := range parents(name) {
			way[name] = way[name] || wanted[fold(dir)]
		}
	}
	return way
}

func (p *publication) write(name string, data []byte) error {
	return p.root.WriteFile(filepath.FromSlash(name), data, 0o644)
}

// remove deletes a file, and the folders above it that are empty then.
func (p *publication) remove(name string) error {
	if err := p.root.Remove(filepath.FromSlash(name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		if p.root.Remove(filepath.FromSlash(dir)) != nil {
			break // not empty
		}
	}
	return nil
}

// parallel calls work(0) … work(n-1) on all processors, and returns the first
// fault. After a fault or a cancellation no new call begins.
func parallel(ctx context.Context, n int, work func(i int) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				if err := work(i); err != nil {
					cancel(err)
				}
			}
		})
	}
	wg.Wait()
	return context.Cause(ctx)
}
