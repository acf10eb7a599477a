// Package output publishes a site into a folder, and is the only one that writes
// there.
//
// A Source says what is published; Publish makes a folder hold exactly that, under
// these promises:
//
//   - Nothing is touched before every file is rendered and staged, and nothing at
//     all when something speaks against it: the site that stands there stays whole.
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
	"crypto/sha256"
	"fmt"
	"iter"

	"playbook/generator/internal/address"
	"playbook/generator/internal/diag"
)

// Source is a site to publish. Several goroutines call its methods.
type Source interface {
	// Paths lists the files, sorted, each relative to the site's root, with slashes.
	Paths() []string
	// Render appends a file to buf, and returns what is wrong with it. An error keeps
	// the site from being published.
	Render(buf []byte, path string) ([]byte, diag.List)
	// Final names the file that is made of what all others have become, in the order
	// of their paths, and makes it; compressed forms are not among them. It is
	// published behind everything else. "" for none.
	Final() (path string, render func(others []Artifact) []byte)
}

// Artifact is a file that was rendered.
type Artifact struct {
	Path string
	Sum  [sha256.Size]byte
	Size int64
}

// claim takes the paths of a publication. Refused are those that address.Fault
// speaks against, and two that a file system may take for the same or that need a
// file and a folder of one name.
func claim(paths []string) (*address.Registry, error) {
	var r address.Registry
	for _, path := range paths {
		switch c := r.Claim(path, address.Owner{}); {
		case c == nil:
		case c.Fault != "":
			return nil, fmt.Errorf("cannot publish %q: %s", path, c.Fault)
		default:
			return nil, fmt.Errorf("cannot publish %q: %q is taken", path, c.Taken)
		}
	}
	return &r, nil
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
