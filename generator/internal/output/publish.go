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
	CacheDir string // where compressed forms are kept; "": playbook in the user's cache folder
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
// It may be cancelled until the first file is put in place; from then on it
// runs to its end.
func Publish(ctx context.Context, s *Set, dir string, opt PublishOptions) (Stats, error) {
	stats, err := publish(ctx, s, dir, opt)
	var foreign *ForeignError
	if err != nil && !errors.As(err, &foreign) && !errors.Is(err, context.Canceled) {
		err = fmt.Errorf("cannot publish into %s: %w", dir, err)
	}
	return stats, err
}

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

	p := &publication{root: root, dir: dir, files: map[string][]byte{}, now: manifest{}}
	for _, path := range s.Paths() {
		p.files[path], _ = s.Get(path)
	}
	if opt.Compress {
		forms, err := compressAll(ctx, p.files, openCache(opt.CacheDir))
		if err != nil {
			return stats, err
		}
		stats.Compressed = len(forms)
		for path, data := range forms {
			p.files[path] = data
		}
	}
	if err := p.plan(ctx); err != nil {
		return stats, err
	}
	stats.Written, stats.Unchanged, stats.Removed = len(p.changed), len(p.files)-len(p.changed), len(p.stale)
	for _, path := range p.changed {
		stats.Bytes += int64(len(p.files[path]))
	}
	return stats, p.carryOut(ctx)
}

// publication is one run: what the folder is to hold, and what that takes.
type publication struct {
	root  *os.Root
	dir   string
	files map[string][]byte

	now     manifest // of files
	history history
	changed []string // to be written: everything else first, pages last
	stale   []string // ours, unedited, no longer wanted
}

// plan compares the folder with the files, and refuses before anything is
// changed.
func (p *publication) plan(ctx context.Context) error {
	var err error
	if p.history, err = readHistory(p.root); err != nil {
		return err
	}
	paths := make([]string, 0, len(p.files))
	for path := range p.files {
		paths = append(paths, path)
	}
	slices.Sort(paths)

	// Bytes are compared, not times: it costs little, and a file that was
	// edited, cut short or touched is told apart for certain.
	type finding struct {
		entry             entry
		differs, conflict bool
	}
	found := make([]finding, len(paths))
	err = parallel(ctx, len(paths), func(i int) error {
		data := p.files[paths[i]]
		f := finding{entry: entryOf(data)}
		has, state, err := p.look(paths[i])
		switch {
		case err != nil:
			return err
		case state == file && bytes.Equal(has, data):
		case state == file:
			f.differs, f.conflict = true, !p.history.owns(paths[i], entryOf(has))
		case state == other:
			f.conflict = true
		default:
			f.differs = true
		}
		found[i] = f
		return nil
	})
	if err != nil {
		return err
	}

	for _, path := range p.history.paths() {
		if _, wanted := p.files[path]; wanted {
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
	for i, f := range found {
		p.now[paths[i]] = f.entry
		// Where letter case does not count, what was found is the stale file.
		if f.differs || respelt[fold(paths[i])] {
			p.changed = append(p.changed, paths[i])
		}
		if f.conflict && !respelt[fold(paths[i])] {
			conflicts = append(conflicts, paths[i])
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

// carryOut stages, then changes the folder: first what stands in the way goes,
// then files come, then the rest goes, and last comes the manifest.
func (p *publication) carryOut(ctx context.Context) (err error) {
	manifest := p.now.encode()
	if old, err := p.root.ReadFile(ManifestName); len(p.changed) == 0 && len(p.stale) == 0 && err == nil && bytes.Equal(old, manifest) {
		return p.root.RemoveAll(stagingName)
	}
	if err := p.root.MkdirAll(stagingName, 0o755); err != nil {
		return err
	}
	unfinished := len(p.history.journal) > 0
	if err := p.writeJournal(); err != nil {
		return err
	}
	staged := make([]string, len(p.changed))
	err = parallel(ctx, len(p.changed), func(i int) error {
		staged[i] = stagingName + "/" + strconv.Itoa(i)
		return p.write(staged[i], p.files[p.changed[i]])
	})
	if err == nil {
		err = p.write(stagingName+"/manifest", manifest)
	}
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		if !unfinished { // nothing was put in place: nothing to mend
			err = errors.Join(err, p.root.RemoveAll(stagingName))
		}
		return err
	}

	way := p.inTheWay()
	for _, path := range p.stale {
		if way[path] {
			if err := p.remove(path); err != nil {
				return err
			}
		}
	}
	made := map[string]bool{".": true}
	for i, name := range p.changed {
		if dir := path.Dir(name); !made[dir] {
			if err := p.root.MkdirAll(filepath.FromSlash(dir), 0o755); err != nil {
				return err
			}
			made[dir] = true
		}
		if err := p.root.Rename(filepath.FromSlash(staged[i]), filepath.FromSlash(name)); err != nil {
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
