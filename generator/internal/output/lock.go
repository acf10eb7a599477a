package output

import (
	"fmt"
	"os"
)

// lock keeps other publications out of the folder until unlock. The operating
// system ends it with the process, so it cannot go stale. The lock file goes
// away with it: whoever had it open already locks a file that has no name any
// more, notices, and tries again.
func lock(root *os.Root) (unlock func(), err error) {
	for {
		f, err := root.OpenFile(lockName, os.O_RDWR|os.O_CREATE, 0o644)
		if err != nil {
			return nil, err
		}
		ok, err := tryLock(f)
		if err != nil || !ok {
			f.Close()
			if err == nil {
				err = fmt.Errorf("%w there; try again when it is done", ErrBusy)
			}
			return nil, err
		}
		held, err1 := f.Stat()
		named, err2 := root.Lstat(lockName)
		if err1 == nil && err2 == nil && os.SameFile(held, named) {
			return func() {
				root.Remove(lockName) // where open files cannot be removed it stays, and does no harm
				f.Close()
			}, nil
		}
		f.Close()
	}
}
