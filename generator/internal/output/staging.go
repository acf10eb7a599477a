package output

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
)

// staging is the folder in which files wait to be put in place. What is to
// stand in a folder that is there waits under a number. A folder that is not there
// yet waits as a whole, under a number itself: so it takes one rename, however
// much it holds.
type staging struct {
	once sync.Once
	root *os.Root
	next atomic.Int64
	err  error
}

// stagedName is the path from the published root of what is staged under a number.
func stagedName(number string) string { return stagedFiles + "/" + number }

// open makes the folder, empty but for the journal: nothing that an earlier run
// has left may be put in place by this one.
func (s *staging) open(root *os.Root) error {
	s.once.Do(func() {
		if s.err = root.MkdirAll(stagingName, 0o755); s.err != nil {
			return
		}
		// Where a link stands, what it leads to is not ours to empty.
		if info, err := root.Lstat(stagingName); err != nil || !info.IsDir() {
			s.err = fmt.Errorf("%s is not a folder: remove it", stagingName)
			return
		}
		files := filepath.FromSlash(stagedFiles)
		if s.err = root.RemoveAll(files); s.err != nil {
			return
		}
		if s.err = root.Mkdir(files, 0o755); s.err == nil {
			s.root, s.err = root.OpenRoot(files)
		}
	})
	return s.err
}

func (s *staging) close() {
	if s.root != nil {
		s.root.Close()
	}
}

func (s *staging) number() string { return strconv.FormatInt(s.next.Add(1), 10) }

// add stages a file, and returns its number.
func (s *staging) add(root *os.Root, data []byte) (number string, err error) {
	if err := s.open(root); err != nil {
		return "", err
	}
	number = s.number()
	return number, s.root.WriteFile(number, data, 0o644)
}

// folder returns an absent folder's place, making it at first sight.
func (s *staging) folder(root *os.Root, f *folder) (*os.Root, error) {
	f.stage.Do(func() {
		var above *os.Root
		name := path.Base(f.path)
		if f.parent.absent {
			above, f.failed = s.folder(root, f.parent)
		} else if f.failed = s.open(root); f.failed == nil {
			f.number = s.number()
			above, name = s.root, f.number
		}
		if f.failed != nil {
			return
		}
		if f.failed = above.Mkdir(name, 0o755); f.failed == nil {
			f.staged, f.failed = above.OpenRoot(name)
		}
	})
	return f.staged, f.failed
}

// putInPlace puts what is staged at one path in place at another.
func putInPlace(root *os.Root, from, to string, isFolder bool) error {
	err := root.Rename(filepath.FromSlash(from), filepath.FromSlash(to))
	if err == nil || !isFolder {
		return err
	}
	// Windows renames no folder while a file in it is open, as a virus scanner has
	// it; or the folder was made by somebody else meanwhile.
	if err := root.MkdirAll(filepath.FromSlash(to), 0o755); err != nil {
		return err
	}
	inner, err := fs.ReadDir(root.FS(), from)
	if err != nil {
		return err
	}
	for _, e := range inner {
		if err := putInPlace(root, from+"/"+e.Name(), to+"/"+e.Name(), e.IsDir()); err != nil {
			return err
		}
	}
	return nil
}
