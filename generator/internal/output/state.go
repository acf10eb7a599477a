package output

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"

	"playbook/generator/internal/pool"
)

// No-op publications are skipped: SaveState notes for a folder what it was made of (a
// key) and what the manifest says that it holds; UpToDate finds the state again and
// hashes every file of the folder. The states lie in the cache, which may be deleted at
// any time, and are not believed: a file that is missing, was edited or is only there
// by its name is found by its hash, and then everything is rendered again.

const stateVersion = "state-1"

// SaveState notes that dir was published from what key stands for. What is to be known
// when that is found again goes along. A state that cannot be written only costs time.
func SaveState(dir, cacheDir string, key [sha256.Size]byte, note []byte) {
	c, name := states(dir, cacheDir)
	manifest, err := os.ReadFile(filepath.Join(dir, ManifestName))
	if c.dir == "" || err != nil {
		return
	}
	sum := sha256.Sum256(manifest)
	c.write(filepath.Join(c.dir, name), name, append(append(key[:], sum[:]...), note...))
	c.evict()
}

// UpToDate reports whether dir was published from what key stands for and every file
// that was put there stands unchanged. It returns what SaveState noted.
func UpToDate(ctx context.Context, dir, cacheDir string, key [sha256.Size]byte) (note []byte, stats Stats, ok bool) {
	c, name := states(dir, cacheDir)
	if c.dir == "" {
		return nil, stats, false
	}
	saved, found := c.read(filepath.Join(c.dir, name), name)
	if !found || len(saved) < 2*sha256.Size || !bytes.Equal(saved[:sha256.Size], key[:]) {
		return nil, stats, false
	}
	sum, note := saved[sha256.Size:2*sha256.Size], saved[2*sha256.Size:]

	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, stats, false
	}
	defer root.Close()
	unlock, err := lock(root)
	if err != nil {
		return nil, stats, false // whoever publishes now says so again
	}
	defer unlock()
	if _, err := root.Lstat(stagingName); err == nil {
		return nil, stats, false // something is left to mend
	}
	data, err := root.ReadFile(ManifestName)
	if has := sha256.Sum256(data); err != nil || !bytes.Equal(has[:], sum) {
		return nil, stats, false
	}
	var paths []string
	var entries []entry
	decode(data, func(path string, e entry) { paths, entries = append(paths, path), append(entries, e) })
	all := foldersOf(root, paths)
	defer all.close()
	errChanged := errors.New("changed")
	buffer := func() *[]byte { return new([]byte) }
	err = pool.DoWith(ctx, len(paths), buffer, func(buf *[]byte, i int) error {
		folder := all[path.Dir(paths[i])]
		defer folder.release()
		if folder.open(root) != nil || folder.absent || !unchanged(folder.dir, path.Base(paths[i]), entries[i], buf) {
			return errChanged
		}
		return nil
	})
	return note, Stats{Unchanged: len(paths)}, err == nil
}

// states is the cache of states, and the name of a folder's.
func states(dir, cacheDir string) (c *cache, name string) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return &cache{}, ""
	}
	sum := sha256.Sum256([]byte(abs))
	return openCache(cacheDir, stateVersion), hex.EncodeToString(sum[:])
}

// unchanged reports whether a regular file with these bytes stands in a folder. It
// reads it into a buffer.
func unchanged(dir *os.Root, name string, want entry, buf *[]byte) bool {
	f, err := dir.Open(name)
	if err != nil {
		return false
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() || info.Size() != want.size {
		return false
	}
	*buf = slices.Grow((*buf)[:0], int(want.size))[:want.size]
	if _, err := io.ReadFull(f, *buf); err != nil {
		return false
	}
	return entryOf(*buf) == want
}
