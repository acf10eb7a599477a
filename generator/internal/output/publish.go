package output

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"playbook/generator/internal/address"
	"playbook/generator/internal/pool"
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

	p := &publication{root: root, dir: dir, set: s}
	if p.history, err = readHistory(p.root); err != nil {
		return stats, err
	}
	if len(p.history.journal) == 0 { // nothing of an earlier run is left to mend
		defer func() {
			if err != nil && !p.begun && p.staging.root != nil {
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
	for _, r := range p.changed {
		stats.Bytes += r.size
	}
	if opt.Ready != nil {
		if err := opt.Ready(); err != nil {
			return Stats{}, &objectionError{err}
		}
	}
	err = p.carryOut(ctx)
	if err == nil && p.cache != nil {
		p.cache.evict()
	}
	return stats, err
}

// publication is one run: what the folder is to hold, and what that takes.
type publication struct {
	root  *os.Root
	dir   string
	set   *Set
	cache *cache // of compressed forms; nil: none are wanted

	history history
	folders folders // of the set
	staging staging
	now     []record // everything that the folder is to hold, sorted
	changed []record // what of it is to be written, sorted
	stale   []string // ours, unedited, no longer wanted
	moves   []move   // out of the staging folder, in the order of their ranks
	begun   bool     // files are being put in place
}

// move is one rename: of a file, or of a folder that was not there.
type move struct {
	number string // in the staging folder
	to     string
	folder bool
	rank   int // its own, or the highest of what it holds
}

// finding is what comparing a file with the folder brought up.
type finding struct {
	record
	differs bool   // from what stands there
	stands  state  // what does
	foreign bool   // a file that is not ours does
	number  string // in the staging folder; "" where the file is staged with its folder
}

// plan makes every file, compares it with the folder and stages what differs;
// it refuses before anything is changed.
func (p *publication) plan(ctx context.Context) error {
	paths := p.set.Paths()
	p.folders = foldersOf(p.root, paths)
	defer p.staging.close()
	defer p.folders.close()

	found := make([]finding, len(paths))
	var forms [][]finding // compressed ones, by file
	if p.cache != nil {
		forms = make([][]finding, len(paths))
	}
	examine := func(i int, data []byte) (err error) {
		folder := p.folders[path.Dir(paths[i])]
		defer folder.done()
		if found[i], err = p.compare(folder, paths[i], data); err != nil || p.cache == nil {
			return err
		}
		return p.set.compressed(paths[i], data, p.cache, func(path string, data []byte) error {
			f, err := p.compare(folder, path, data)
			forms[i] = append(forms[i], f)
			return err
		})
	}
	err := pool.Do(ctx, len(paths), func(i int) error {
		if p.set.isLast(paths[i]) {
			return nil
		}
		return p.set.pass(paths[i], func(data []byte) error { return examine(i, data) })
	})
	if err != nil {
		return err
	}
	if len(p.set.last) > 0 {
		all := make([]Made, 0, len(found))
		for _, f := range found {
			if f.path != "" {
				all = append(all, Made{f.path, f.sum, f.size})
			}
		}
		for _, l := range p.set.last {
			i, _ := slices.BinarySearch(paths, l.path)
			if err := examine(i, l.make(all)); err != nil {
				return err
			}
		}
	}
	if p.cache != nil {
		found = slices.Concat(append(forms, found)...)
		slices.SortFunc(found, func(a, b finding) int { return strings.Compare(a.path, b.path) })
	}
	p.now = make([]record, len(found))
	for i, f := range found {
		p.now[i] = f.record
	}
	for _, path := range p.history.paths() {
		if holds(p.now, path) {
			continue
		}
		has, state, err := look(p.root, path)
		if err != nil {
			return err
		}
		if state == file && p.history.wrote(path, entryOf(has)) {
			p.stale = append(p.stale, path)
		}
	}
	respelt := map[string]bool{}
	for _, path := range p.stale {
		respelt[address.Fold(path)] = true
	}
	conflicts := p.obstacles(found)
	for _, f := range found {
		// Where letter case does not count, what was found is the stale file.
		respelt := len(respelt) > 0 && respelt[address.Fold(f.path)]
		if respelt && !f.differs {
			if f.number, err = p.stageAgain(f.path); err != nil {
				return err
			}
			f.differs = true
		}
		if f.foreign && !respelt {
			conflicts = append(conflicts, f.path)
		}
		if !f.differs {
			continue
		}
		p.changed = append(p.changed, f.record)
		to := move{number: f.number, to: f.path, rank: p.rank(f.path)}
		if f.number != "" {
			p.moves = append(p.moves, to)
			continue
		}
		top := p.folders[path.Dir(f.path)]
		for top.number == "" {
			top = top.parent
		}
		top.rank = max(top.rank, to.rank)
	}
	if len(conflicts) > 0 {
		slices.Sort(conflicts)
		return &ForeignError{p.dir, slices.Compact(conflicts)}
	}
	for _, f := range p.folders {
		if f.number != "" {
			p.moves = append(p.moves, move{f.number, f.path, true, f.rank})
		}
	}
	slices.SortFunc(p.moves, func(a, b move) int {
		return cmp.Or(a.rank-b.rank, strings.Compare(a.to, b.to))
	})
	return nil
}

// rank orders what is put in place. While a reader browses the folder as it is
// published, a page must not name a style sheet that is not there yet; and what
// speaks of all files comes when they are there.
func (p *publication) rank(path string) int {
	switch {
	case p.set.isLast(path):
		return 2
	case strings.HasSuffix(path, ".html"):
		return 1
	}
	return 0
}

// compare looks what stands at a path, and stages the file if it is something
// else. Bytes are compared, not times: it costs little, and a file that was
// edited, cut short or touched is told apart for certain.
func (p *publication) compare(folder *folder, name string, data []byte) (finding, error) {
	f := finding{record: record{name, entryOf(data)}}
	err := folder.open(p.root)
	if err != nil {
		return f, err
	}
	var has []byte
	has, f.stands, err = folder.look(path.Base(name))
	switch {
	case err != nil:
		return f, err
	case f.stands == file && bytes.Equal(has, data):
		return f, nil
	case f.stands == file:
		f.foreign = !p.history.owns(name, entryOf(has))
	case f.stands == other:
		f.foreign = true
	}
	f.differs = true
	if !folder.absent {
		f.number, err = p.staging.add(p.root, data)
		return f, err
	}
	dir, err := p.staging.folder(p.root, folder)
	if err != nil {
		return f, err
	}
	return f, dir.WriteFile(path.Base(name), data, 0o644)
}

// stageAgain stages a file that stands in the folder as it is to be. It is not
// made a second time.
func (p *publication) stageAgain(path string) (number string, err error) {
	data, err := p.root.ReadFile(filepath.FromSlash(path))
	if err != nil {
		return "", err
	}
	return p.staging.add(p.root, data)
}

// obstacles returns what is not ours and stands where a folder is needed, or in
// a folder where a file is needed.
func (p *publication) obstacles(found []finding) []string {
	going := map[string]bool{} // stale files, and folders that may go with them
	for _, name := range p.stale {
		going[name] = true
		for dir := range upwards(name) {
			going[dir] = true
		}
	}
	var all []string
	for _, f := range p.folders {
		if f.absent && f.taken && !going[f.path] {
			all = append(all, f.path)
		}
	}
	for _, f := range found {
		if f.stands != directory {
			continue
		}
		err := fs.WalkDir(p.root.FS(), f.path, func(inner string, _ fs.DirEntry, err error) error {
			if err == nil && !going[inner] {
				all = append(all, inner)
			}
			return err
		})
		if err != nil {
			all = append(all, f.path)
		}
	}
	return all
}

// carryOut changes the folder: first what stands in the way goes, then files
// come, then the rest goes, and last comes the manifest.
func (p *publication) carryOut(ctx context.Context) (err error) {
	manifest := encode(p.now)
	if old, err := p.root.ReadFile(ManifestName); len(p.changed) == 0 && len(p.stale) == 0 && err == nil && bytes.Equal(old, manifest) {
		return p.root.RemoveAll(stagingName)
	}
	if err := p.staging.open(p.root); err != nil {
		return err
	}
	p.staging.close()
	if err := p.writeJournal(); err != nil {
		return err
	}
	if err := p.write(stagingName+"/manifest", manifest); err != nil {
		return err
	}
	if err := p.writable(); err != nil {
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
	for _, m := range p.moves {
		if dir := path.Dir(m.to); !made[dir] {
			if err := p.root.MkdirAll(filepath.FromSlash(dir), 0o755); err != nil {
				return err
			}
			made[dir] = true
		}
		if err := putInPlace(p.root, stagedName(m.number), m.to, m.folder); err != nil {
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

// writable reports the first folder that files cannot be put into or removed
// from, before anything is changed: a rename that fails half way would leave files
// of two releases.
func (p *publication) writable() error {
	tried := map[string]bool{}
	try := func(name string) error {
		dir := path.Dir(name)
		for ; dir != "."; dir = path.Dir(dir) {
			if info, err := p.root.Stat(filepath.FromSlash(dir)); err == nil && info.IsDir() {
				break
			}
		}
		if tried[dir] {
			return nil
		}
		tried[dir] = true
		probe := filepath.FromSlash(path.Join(dir, probeName))
		if err := p.root.WriteFile(probe, nil, 0o644); err != nil {
			return err
		}
		return p.root.Remove(probe)
	}
	for _, m := range p.moves {
		if err := try(m.to); err != nil {
			return err
		}
	}
	for _, name := range p.stale {
		if err := try(name); err != nil {
			return err
		}
	}
	return nil
}

// writeJournal notes what is about to be written, beside what earlier runs that
// never finished had noted.
func (p *publication) writeJournal() error {
	next := stagingName + "/journal.next"
	if err := p.write(next, encode(p.history.with(p.changed))); err != nil {
		return err
	}
	return p.root.Rename(filepath.FromSlash(next), filepath.FromSlash(journalName))
}

// inTheWay returns the stale files that must go before the others come: those
// that stand where a folder is needed, in a folder where a file is needed, or
// under a wanted name in other letter case.
func (p *publication) inTheWay() map[string]bool {
	way := map[string]bool{}
	if len(p.stale) == 0 {
		return way
	}
	wanted, folders := map[string]bool{}, map[string]bool{}
	for _, r := range p.changed {
		wanted[address.Fold(r.path)] = true
		for dir := range upwards(r.path) {
			folders[address.Fold(dir)] = true
		}
	}
	for _, name := range p.stale {
		way[name] = wanted[address.Fold(name)] || folders[address.Fold(name)]
		for dir := range upwards(name) {
			way[name] = way[name] || wanted[address.Fold(dir)]
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
