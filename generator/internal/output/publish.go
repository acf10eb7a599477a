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
	"playbook/generator/internal/diag"
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
	CacheDir string // where compressed forms and states are kept; "": playbook in the user's cache folder
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

// Publish makes dir hold the files of a site, as the package comment promises, and
// returns the faults that rendering them brought up: with an error among them nothing
// has been changed. Files are rendered on all processors and forgotten as soon as they
// are staged. It may be cancelled until the first file is put in place; from then on
// it runs to its end.
func Publish(ctx context.Context, s Source, dir string, opt PublishOptions) (Stats, diag.List, error) {
	_, statErr := os.Stat(dir)
	stats, faults, err := publish(ctx, s, dir, opt)
	if (err != nil || faults.HasErrors()) && errors.Is(statErr, fs.ErrNotExist) {
		os.Remove(dir) // which stays if something is in it
	}
	var foreign *ForeignError
	if err != nil && !errors.As(err, &foreign) && !errors.Is(err, context.Canceled) {
		err = fmt.Errorf("cannot publish into %s: %w", dir, err)
	}
	return stats, faults, err
}

func publish(ctx context.Context, s Source, dir string, opt PublishOptions) (stats Stats, faults diag.List, err error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return stats, nil, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return stats, nil, err
	}
	defer root.Close()
	unlock, err := lock(root)
	if err != nil {
		return stats, nil, err
	}
	defer unlock()

	p := &publication{root: root, dir: dir, source: s}
	if p.history, err = readHistory(p.root); err != nil {
		return stats, nil, err
	}
	if len(p.history.journal) == 0 { // nothing of an earlier run is left to mend
		defer func() {
			if !p.committing && p.staging.root != nil {
				err = errors.Join(err, p.root.RemoveAll(stagingName))
			}
		}()
	}
	if opt.Compress {
		p.cache = openCache(opt.CacheDir, cacheVersion)
	}
	paths := s.Paths()
	if p.paths, err = claim(paths); err != nil {
		return stats, nil, err
	}
	if faults, err = p.stage(ctx, paths); err != nil || faults.HasErrors() {
		return stats, faults, err
	}
	stats.Written, stats.Unchanged, stats.Removed = len(p.changed), len(p.wanted)-len(p.changed), len(p.stale)
	stats.Compressed = len(p.wanted) - len(paths)
	for _, r := range p.changed {
		stats.Bytes += r.size
	}
	err = p.commit(ctx)
	if err == nil && p.cache != nil {
		p.cache.evict()
	}
	return stats, faults, err
}

// publication is one run: what the folder is to hold, and what that takes.
type publication struct {
	root   *os.Root
	dir    string
	source Source
	paths  *address.Registry // of the source
	final  string            // see Source
	cache  *cache            // of compressed forms; nil: none are wanted

	history history
	folders folders // of the source
	staging staging
	wanted  []record // everything that the folder is to hold, sorted
	changed []record // what of it is to be written, sorted
	stale   []string // ours, unedited, no longer wanted
	moves   []move   // out of the staging folder, in the order of their ranks

	committing bool // files are being put in place
}

// move is one rename: of a file, or of a folder that was not there.
type move struct {
	number string // in the staging folder
	to     string
	folder bool
	rank   int // its own, or the highest of what it holds
}

// comparison is what comparing a file with the folder brought up.
type comparison struct {
	record
	differs  bool   // from what stands there
	existing state  // what stands there
	foreign  bool   // a file that is not ours does
	number   string // in the staging folder; "" where the file is staged with its folder
}

// stage renders every file, stages what differs from the folder, and finds out what
// is to be done. It changes nothing.
func (p *publication) stage(ctx context.Context, paths []string) (diag.List, error) {
	p.folders = foldersOf(p.root, paths)
	defer p.staging.close()
	defer p.folders.close()
	found, faults, err := p.render(ctx, paths)
	if err != nil || faults.HasErrors() {
		return faults, err
	}
	return faults, p.plan(found)
}

// render renders every file, compares it with the folder and stages what differs. It
// returns what came of each, sorted by path, compressed forms included, and the faults
// in the order of the paths, each once: a theme's mistake shows on every page.
func (p *publication) render(ctx context.Context, paths []string) ([]comparison, diag.List, error) {
	found := make([]comparison, len(paths))
	faults := make([]diag.List, len(paths))
	var forms [][]comparison // compressed ones, by file
	if p.cache != nil {
		forms = make([][]comparison, len(paths))
	}
	examine := func(i int, data []byte) (err error) {
		folder := p.folders[path.Dir(paths[i])]
		defer folder.release()
		if found[i], err = p.compare(folder, paths[i], data); err != nil || p.cache == nil {
			return err
		}
		return p.compressed(paths[i], data, func(path string, data []byte) error {
			f, err := p.compare(folder, path, data)
			forms[i] = append(forms[i], f)
			return err
		})
	}
	final, renderFinal := p.source.Final()
	p.final = final
	// One buffer for each goroutine, so that memory holds few pages at a time.
	buffer := func() *[]byte { return new([]byte) }
	err := pool.DoWith(ctx, len(paths), buffer, func(buf *[]byte, i int) error {
		if paths[i] == final {
			return nil
		}
		if *buf, faults[i] = p.source.Render((*buf)[:0], paths[i]); faults[i].HasErrors() {
			return nil // and the others are rendered to find their faults
		}
		return examine(i, *buf)
	})
	all := slices.Concat(faults...).Unique()
	if err != nil || all.HasErrors() {
		return nil, all, err
	}
	if i, ok := slices.BinarySearch(paths, final); ok {
		others := make([]Artifact, 0, len(found))
		for _, f := range found {
			if f.path != "" {
				others = append(others, Artifact{f.path, f.sum, f.size})
			}
		}
		if err := examine(i, renderFinal(others)); err != nil {
			return nil, all, err
		}
	}
	if p.cache != nil {
		found = slices.Concat(append(forms, found)...)
		slices.SortFunc(found, func(a, b comparison) int { return strings.Compare(a.path, b.path) })
	}
	return found, all, nil
}

// plan finds out what is to be written and removed, and in which order. It refuses
// where files of others stand in the way.
func (p *publication) plan(found []comparison) (err error) {
	p.wanted = make([]record, len(found))
	for i, f := range found {
		p.wanted[i] = f.record
	}
	for _, path := range p.history.paths() {
		if listed(p.wanted, path) {
			continue
		}
		has, state, err := readFile(p.root, path)
		if err != nil {
			return err
		}
		if state == file && p.history.wrote(path, entryOf(has)) {
			p.stale = append(p.stale, path)
		}
	}
	stale := map[string]bool{}
	for _, path := range p.stale {
		stale[address.Fold(path)] = true
	}
	conflicts := p.obstacles(found)
	for _, f := range found {
		// Where letter case does not count, what was found is the stale file.
		caseRenamed := len(stale) > 0 && stale[address.Fold(f.path)]
		if caseRenamed && !f.differs {
			if f.number, err = p.stageExisting(f.path); err != nil {
				return err
			}
			f.differs = true
		}
		if f.foreign && !caseRenamed {
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
	case path == p.final:
		return 2
	case strings.HasSuffix(path, ".html"):
		return 1
	}
	return 0
}

// compare looks what stands at a path, and stages the file if it is something
// else. Bytes are compared, not times: it costs little, and a file that was
// edited, cut short or touched is told apart for certain.
func (p *publication) compare(folder *folder, name string, data []byte) (comparison, error) {
	f := comparison{record: record{name, entryOf(data)}}
	err := folder.open(p.root)
	if err != nil {
		return f, err
	}
	var has []byte
	has, f.existing, err = folder.read(path.Base(name))
	switch {
	case err != nil:
		return f, err
	case f.existing == file && bytes.Equal(has, data):
		return f, nil
	case f.existing == file:
		f.foreign = !p.history.owns(name, entryOf(has))
	case f.existing == other:
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

// stageExisting stages a file that stands in the folder as it is to be. It is not
// made a second time.
func (p *publication) stageExisting(path string) (number string, err error) {
	data, err := p.root.ReadFile(filepath.FromSlash(path))
	if err != nil {
		return "", err
	}
	return p.staging.add(p.root, data)
}

// obstacles returns what is not ours and stands where a folder is needed, or in
// a folder where a file is needed.
func (p *publication) obstacles(found []comparison) []string {
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
		if f.existing != directory {
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

// commit changes the folder: first stale files that block others are removed, then
// files are put in place, then the other stale ones are removed, and last comes the
// manifest.
func (p *publication) commit(ctx context.Context) (err error) {
	manifest := encode(p.wanted)
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
	p.committing = true

	blocking := p.blockingStale()
	for _, path := range p.stale {
		if blocking[path] {
			if err := p.remove(path); err != nil {
				return err
			}
		}
	}
	exists := map[string]bool{".": true}
	for _, m := range p.moves {
		if dir := path.Dir(m.to); !exists[dir] {
			if err := p.root.MkdirAll(filepath.FromSlash(dir), 0o755); err != nil {
				return err
			}
			exists[dir] = true
		}
		if err := putInPlace(p.root, stagedName(m.number), m.to, m.folder); err != nil {
			return err
		}
	}
	for _, path := range p.stale {
		if !blocking[path] {
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
	probed := map[string]bool{}
	probe := func(name string) error {
		dir := path.Dir(name)
		for ; dir != "."; dir = path.Dir(dir) {
			if info, err := p.root.Stat(filepath.FromSlash(dir)); err == nil && info.IsDir() {
				break
			}
		}
		if probed[dir] {
			return nil
		}
		probed[dir] = true
		file := filepath.FromSlash(path.Join(dir, probeName))
		if err := p.root.WriteFile(file, nil, 0o644); err != nil {
			return err
		}
		return p.root.Remove(file)
	}
	for _, m := range p.moves {
		if err := probe(m.to); err != nil {
			return err
		}
	}
	for _, name := range p.stale {
		if err := probe(name); err != nil {
			return err
		}
	}
	return nil
}

// writeJournal notes what is about to be written, beside what earlier runs that
// never finished had noted.
func (p *publication) writeJournal() error {
	next := stagingName + "/journal.next"
	if err := p.write(next, encode(p.history.merged(p.changed))); err != nil {
		return err
	}
	return p.root.Rename(filepath.FromSlash(next), filepath.FromSlash(journalName))
}

// blockingStale returns the stale files that must be removed before others are put in
// place: those that stand where a folder is needed, in a folder where a file is
// needed, or under a wanted name in other letter case.
func (p *publication) blockingStale() map[string]bool {
	blocking := map[string]bool{}
	if len(p.stale) == 0 {
		return blocking
	}
	wanted, folders := map[string]bool{}, map[string]bool{}
	for _, r := range p.changed {
		wanted[address.Fold(r.path)] = true
		for dir := range upwards(r.path) {
			folders[address.Fold(dir)] = true
		}
	}
	for _, name := range p.stale {
		blocking[name] = wanted[address.Fold(name)] || folders[address.Fold(name)]
		for dir := range upwards(name) {
			blocking[name] = blocking[name] || wanted[address.Fold(dir)]
		}
	}
	return blocking
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
