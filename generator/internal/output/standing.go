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

// A publication that would change nothing can be spared: Remember notes for a
// folder what it was made of (a key) and what the manifest says that it holds;
// Standing finds the note again and looks at every file of the folder. The notes
// lie in the cache, which may be deleted at any time, and are not believed: a
// file that is missing, was edited or is only there by its name is found by its
// hash, and then everything is made anew.

const notesVersion = "standing-1"

// ErrChanged is returned by Standing when the folder has to be published again.
var ErrChanged = errors.New("the folder does not stand as it was published")

// Remember notes that dir was published from what key stands for. What is to be
// known when that is found again goes along. A note that cannot be written only
// costs time.
func Remember(dir, cacheDir string, key [sha256.Size]byte, note []byte) {
	c, name := notes(dir, cacheDir)
	manifest, err := os.ReadFile(filepath.Join(dir, ManifestName))
	if c.dir == "" || err != nil {
		return
	}
	sum := sha256.Sum256(manifest)
	c.write(filepath.Join(c.dir, name), name, append(append(key[:], sum[:]...), note...))
	c.evict()
}

// Standing returns what Remember noted, if the folder was published from the same
// and every file that was put there stands unchanged; otherwise ErrChanged, or
// another error when the context ends.
func Standing(ctx context.Context, dir, cacheDir string, key [sha256.Size]byte) (note []byte, stats Stats, err error) {
	c, name := notes(dir, cacheDir)
	if c.dir == "" {
		return nil, stats, ErrChanged
	}
	kept, ok := c.read(filepath.Join(c.dir, name), name)
	if !ok || len(kept) < 2*sha256.Size || !bytes.Equal(kept[:sha256.Size], key[:]) {
		return nil, stats, ErrChanged
	}
	sum, note := kept[sha256.Size:2*sha256.Size], kept[2*sha256.Size:]

	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, stats, ErrChanged
	}
	defer root.Close()
	unlock, err := lock(root)
	if err != nil {
		return nil, stats, ErrChanged // whoever publishes now says so again
	}
	defer unlock()
	if _, err := root.Lstat(stagingName); err == nil {
		return nil, stats, ErrChanged // something is left to mend
	}
	data, err := root.ReadFile(ManifestName)
	if has := sha256.Sum256(data); err != nil || !bytes.Equal(has[:], sum) {
		return nil, stats, ErrChanged
	}
	var paths []string
	var entries []entry
	decode(data, func(path string, e entry) { paths, entries = append(paths, path), append(entries, e) })
	all := foldersOf(root, paths)
	defer all.close()
	err = pool.Do(ctx, len(paths), func(i int) error {
		folder := all[path.Dir(paths[i])]
		defer folder.done()
		if folder.open(root) != nil || folder.absent || !unchanged(folder.here, path.Base(paths[i]), entries[i]) {
			return ErrChanged
		}
		return nil
	})
	return note, Stats{Unchanged: len(paths)}, err
}

// notes is the cache of notes, and the name of a folder's.
func notes(dir, cacheDir string) (c *cache, name string) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return &cache{}, ""
	}
	sum := sha256.Sum256([]byte(abs))
	return openCache(cacheDir, notesVersion), hex.EncodeToString(sum[:])
}

// unchanged reports whether a regular file with these bytes stands in a folder.
func unchanged(dir *os.Root, name string, want entry) bool {
	f, err := dir.Open(name)
	if err != nil {
		return false
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() || info.Size() != want.size {
		return false
	}
	memory := lent.Get().(*[]byte)
	defer lent.Put(memory)
	*memory = slices.Grow((*memory)[:0], int(want.size))[:want.size]
	if _, err := io.ReadFull(f, *memory); err != nil {
		return false
	}
	return entryOf(*memory) == want
}
