package output

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// cache keeps compressed forms by the content they are made of, and states of what
// was published. It only saves time: it may be deleted at any moment, and where it
// cannot be read or written things are compressed anew. An entry begins with a
// checksum over what it is for and what it holds, so one that was damaged or
// misplaced is not believed. One that was not read for three months goes.
type cache struct {
	dir string // "": no cache
}

// cacheVersion changes with the way of compressing.
const cacheVersion = "compressed-1"

func openCache(dir, version string) *cache {
	if dir == "" {
		user, err := os.UserCacheDir()
		if err != nil {
			return &cache{}
		}
		dir = filepath.Join(user, "playbook")
	}
	return &cache{filepath.Join(dir, version)}
}

func (c *cache) compress(data []byte, f form) ([]byte, error) {
	if c.dir == "" {
		return f.encode(data)
	}
	sum := sha256.Sum256(data)
	key := hex.EncodeToString(sum[:]) + f.ext
	name := filepath.Join(c.dir, key[:2], key)
	if out, ok := c.read(name, key); ok {
		return out, nil
	}
	out, err := f.encode(data)
	if err == nil {
		c.write(name, key, out)
	}
	return out, err
}

func checksum(key string, out []byte) []byte {
	h := sha256.New()
	h.Write([]byte(key))
	h.Write(out)
	return h.Sum(nil)
}

func (c *cache) read(name, key string) ([]byte, bool) {
	entry, err := os.ReadFile(name)
	if err != nil || len(entry) < sha256.Size {
		return nil, false
	}
	out := entry[sha256.Size:]
	if info, err := os.Stat(name); err == nil && time.Since(info.ModTime()) > day {
		now := time.Now()
		os.Chtimes(name, now, now) // by which evict knows that it was read
	}
	return out, bytes.Equal(entry[:sha256.Size], checksum(key, out))
}

const (
	day       = 24 * time.Hour
	maxAge    = 90 * day  // so long an entry that is not read is kept
	lastEvict = "evicted" // the file whose time says when evict last looked
)

// evict removes the entries of all kinds and versions that nobody reads any more.
// It looks at most once a day.
func (c *cache) evict() {
	if c.dir == "" {
		return
	}
	root := filepath.Dir(c.dir)
	mark := filepath.Join(root, lastEvict)
	if info, err := os.Stat(mark); err == nil && time.Since(info.ModTime()) < day {
		return
	}
	os.Remove(mark)
	if os.WriteFile(mark, nil, 0o644) != nil {
		return
	}
	_ = filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return nil
		}
		if info, err := d.Info(); err == nil && time.Since(info.ModTime()) > maxAge {
			os.Remove(name)
		}
		return nil
	})
}

// write puts an entry in place by a rename, so that no reader sees half of one.
// Its faults do not matter.
func (c *cache) write(name, key string, out []byte) {
	if os.MkdirAll(filepath.Dir(name), 0o755) != nil {
		return
	}
	f, err := os.CreateTemp(filepath.Dir(name), "new-*")
	if err != nil {
		return
	}
	_, err1 := f.Write(append(checksum(key, out), out...))
	err2 := f.Close()
	if err1 != nil || err2 != nil || os.Rename(f.Name(), name) != nil {
		os.Remove(f.Name())
	}
}
