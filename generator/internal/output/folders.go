package output

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"sync"
	"sync/atomic"
	"syscall"
)

// folders are the folders of some files, by path; "." is the root. Each is
// opened when somebody first asks for one of its files, and closed when the last
// file below it is done: a name in an open folder costs the system one step,
// a path from the root one for each of its parts, and an absent folder says that
// its files are absent.
type folders map[string]*folder

type folder struct {
	path   string
	parent *folder // nil for the root
	refs   atomic.Int64

	once   sync.Once
	dir    *os.Root // nil where no such folder stands, and after the last file
	absent bool     // no such folder stands there
	taken  bool     // because something else does
	err    error

	stage  sync.Once
	staged *os.Root // an absent folder's place in the staging folder
	number string   // its name there, if the folder above it stands
	rank   int      // with a number: the highest of the files that it holds
	failed error
}

// foldersOf returns the folders of files below root. Whoever has worked on a
// file calls release on its folder.
func foldersOf(root *os.Root, paths []string) folders {
	all := folders{".": {path: ".", dir: root}}
	all["."].refs.Add(1) // the root is its owner's to close
	all["."].once.Do(func() {})
	for _, name := range paths {
		all.get(path.Dir(name)).refs.Add(1)
	}
	return all
}

func (all folders) get(dir string) *folder {
	f := all[dir]
	if f == nil {
		f = &folder{path: dir, parent: all.get(path.Dir(dir))}
		f.parent.refs.Add(1)
		all[dir] = f
	}
	return f
}

// release says that nobody asks for one of the folder's files again.
func (f *folder) release() {
	for ; f.refs.Add(-1) == 0; f = f.parent {
		f.close()
	}
}

func (f *folder) close() {
	for _, r := range []**os.Root{&f.dir, &f.staged} {
		if *r != nil {
			(*r).Close()
			*r = nil
		}
	}
}

// close closes what a run that ended early has left open.
func (all folders) close() {
	for _, f := range all {
		if f.parent != nil {
			f.close()
		}
	}
}

// open finds out what stands at the folder's path. A link that leads out of the
// root is an error.
func (f *folder) open(root *os.Root) error {
	f.once.Do(func() { f.err = f.find(root) })
	return f.err
}

func (f *folder) find(root *os.Root) error {
	if err := f.parent.open(root); err != nil {
		return err
	}
	if f.absent = f.parent.absent; f.absent {
		return nil
	}
	above, name := f.parent.dir, path.Base(f.path)
	info, err := above.Lstat(name)
	link := err == nil && info.Mode()&fs.ModeSymlink != 0
	if link { // it may lead to anywhere below the root
		above, name = root, filepath.FromSlash(f.path)
		info, err = above.Stat(name)
	}
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
		f.absent, f.taken = true, link
		return nil
	case err != nil:
		return err
	case !info.IsDir():
		f.absent, f.taken = true, true
		return nil
	}
	f.dir, err = above.OpenRoot(name)
	return err
}

// state is what stands at a path.
type state uint8

const (
	absent state = iota
	file
	directory
	other // a link, a device: never ours
)

// read reads what stands under a name in the folder, which must be open.
func (f *folder) read(name string) ([]byte, state, error) {
	if f.absent {
		return nil, absent, nil
	}
	return readFile(f.dir, name)
}

// readFile reads what stands at a path. A link on the way that leads out of the
// root is an error.
func readFile(root *os.Root, path string) ([]byte, state, error) {
	info, err := root.Lstat(filepath.FromSlash(path))
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
		return nil, absent, nil
	case err != nil:
		return nil, absent, err
	case info.IsDir():
		return nil, directory, nil
	case !info.Mode().IsRegular():
		return nil, other, nil
	}
	data, err := root.ReadFile(filepath.FromSlash(path))
	return data, file, err
}
