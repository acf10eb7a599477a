// Package output puts a built site into a folder, and is the only one that
// writes there.
//
// A build collects its files in a Set; Publish makes a folder hold exactly
// them, under these promises:
//
//   - Nothing is touched before every file is staged, and nothing at all when
//     something speaks against it: the site that stands there stays whole.
//   - Only files whose bytes differ are written, each atomically.
//   - Only files that an earlier publication wrote are removed, and only where
//     nobody edited them since. What else lies in the folder stays, and is
//     never overwritten with other bytes.
//   - Nothing outside the folder is read, written or removed, whatever links
//     lie in it.
//   - A crash half way leaves every file either old or new; the next run mends.
//   - Two publications into one folder do not mix: the second is refused.
package output

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"iter"
	"slices"
	"sync"

	"playbook/generator/internal/address"
)

// Set is the files to publish, by path. It is safe for concurrent use.
type Set struct {
	mu     sync.RWMutex
	places map[string]*place // by folded path: files and the folders that hold them
	files  int
	ready  []string // put with their bytes, in that order
	last   []last   // made when everything else has been
}

// last is a file that speaks of the others.
type last struct {
	path string
	make func(all []Made) []byte
}

// Made is what a file has become.
type Made struct {
	Path string
	Sum  [sha256.Size]byte
	Size int64
}

// place is a path that is taken: by a folder, or by a file that is made when
// somebody asks.
type place struct {
	path string
	make func() []byte            // of a file that is made in memory of its own
	into func(into []byte) []byte // of one that is made in memory that is lent
	once sync.Once
	data []byte
}

func (p *place) folder() bool { return p.make == nil && p.into == nil }

// lent is the memory that files are made in for one use, one after the other.
var lent = sync.Pool{New: func() any { return new([]byte) }}

// NewSet returns an empty set.
func NewSet() *Set { return NewSetFor(0) }

// NewSetFor returns an empty set with room for some files.
func NewSetFor(files int) *Set { return &Set{places: make(map[string]*place, 2*files)} }

// Put adds a file under a path relative to the site's root, with slashes. The
// set keeps data; it must not be changed afterwards.
//
// Refused are the paths that address.Fault speaks against, and what another file
// already has: the same path, the same path in other letter case (many file
// systems do not tell them apart), or a file where a folder is needed.
func (s *Set) Put(path string, data []byte) error {
	err := s.PutLater(path, func() []byte { return data })
	if err == nil {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.ready = append(s.ready, path)
	}
	return err
}

// Ready returns the paths of the files that were put with their bytes, sorted.
func (s *Set) Ready() []string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return slices.Sorted(slices.Values(s.ready))
}

// PutLater is Put for a file that is made when it is asked for, by a function
// that several goroutines may call.
func (s *Set) PutLater(path string, make func() []byte) error {
	return s.put(&place{path: path, make: make})
}

// PutInto is PutLater for a function that is lent memory: what it returns may be
// in that, or in more.
func (s *Set) PutInto(path string, into func(into []byte) []byte) error {
	return s.put(&place{path: path, into: into})
}

func (s *Set) put(file *place) error {
	path := file.path
	if reason := address.Fault(path); reason != "" {
		return fmt.Errorf("cannot publish %q: %s", path, reason)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	var folders []string // that are new
	for dir := range upwards(path) {
		taken, ok := s.places[address.Fold(dir)]
		switch {
		case ok && !taken.folder():
			return fmt.Errorf("cannot publish %q: %q is a file", path, taken.path)
		case ok && taken.path != dir:
			return fmt.Errorf("cannot publish %q: its folder %q and %q differ only in letter case", path, dir, taken.path)
		}
		if ok {
			break // and so do the folders above it
		}
		folders = append(folders, dir)
	}
	if len(folders) == 0 { // in a new one nothing has the name
		if taken, ok := s.places[address.Fold(path)]; ok {
			switch {
			case taken.folder():
				return fmt.Errorf("cannot publish %q: a folder has that name", path)
			case taken.path == path:
				return fmt.Errorf("cannot publish %q twice", path)
			}
			return fmt.Errorf("cannot publish %q beside %q: they differ only in letter case", path, taken.path)
		}
	}
	for _, dir := range folders {
		s.places[address.Fold(dir)] = &place{path: dir}
	}
	s.places[address.Fold(path)] = file
	s.files++
	return nil
}

// PutLast is PutLater for a file that speaks of all others: it is made of what
// they have become, in the order of their paths. Others put last are not among
// them, nor are compressed forms. It is published behind everything else.
func (s *Set) PutLast(path string, make func(all []Made) []byte) error {
	err := s.PutLater(path, func() []byte { return make(s.made()) })
	if err == nil {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.last = append(s.last, last{path, make})
	}
	return err
}

// made makes every file but those put last.
func (s *Set) made() []Made {
	var all []Made
	for _, path := range s.Paths() {
		if !s.isLast(path) {
			data, _ := s.Get(path)
			all = append(all, Made{path, sha256.Sum256(data), int64(len(data))})
		}
	}
	return all
}

func (s *Set) isLast(path string) bool {
	return slices.ContainsFunc(s.last, func(l last) bool { return l.path == path })
}

// Get returns a file's bytes, which must not be changed. What is made later is
// made at the first call and kept.
func (s *Set) Get(path string) ([]byte, bool) {
	f := s.find(path)
	if f == nil {
		return nil, false
	}
	f.once.Do(func() {
		if f.into == nil {
			f.data = f.make()
			return
		}
		_ = s.pass(path, func(data []byte) error {
			f.data = bytes.Clone(data)
			return nil
		})
	})
	return f.data, true
}

// pass makes a file's bytes for one use, and hands them over for that long.
func (s *Set) pass(path string, use func(data []byte) error) error {
	f := s.find(path)
	if f.into == nil {
		return use(f.make())
	}
	memory := lent.Get().(*[]byte)
	defer lent.Put(memory)
	*memory = f.into(*memory)
	return use(*memory)
}

// find returns a file, or nil.
func (s *Set) find(path string) *place {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if f := s.places[address.Fold(path)]; f != nil && !f.folder() && f.path == path {
		return f
	}
	return nil
}

// Has reports whether there is a file under a path, without making it.
func (s *Set) Has(path string) bool {
	return s.find(path) != nil
}

// taken reports whether a file or folder has a path, or one that a file system may
// take for the same.
func (s *Set) taken(path string) bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.places[address.Fold(path)] != nil
}

// Paths returns every path, sorted.
func (s *Set) Paths() []string { return slices.Sorted(s.All()) }

// All yields every path, in no order. Nothing may be put meanwhile.
func (s *Set) All() iter.Seq[string] {
	return func(yield func(string) bool) {
		s.mu.RLock()
		defer s.mu.RUnlock()
		for _, f := range s.places {
			if !f.folder() && !yield(f.path) {
				return
			}
		}
	}
}

// Len is the number of files.
func (s *Set) Len() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.files
}

// upwards yields the folders of a path, innermost first.
func upwards(path string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for i := len(path) - 1; i > 0; i-- {
			if path[i] == '/' && !yield(path[:i]) {
				return
			}
		}
	}
}
