//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd || windows)

package output

import "os"

// tryLock always succeeds where the system has no such locks.
func tryLock(*os.File) (bool, error) { return true, nil }
