package output

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
)

// Names of the publication's own in the folder. The staging folder stands
// inside, so that a rename out of it stays on one file system and is atomic.
const (
	ManifestName = ".playbook.manifest"
	stagingName  = ".playbook.staging"
	journalName  = stagingName + "/journal"
	lockName     = ".playbook.lock"
)

// manifest is what a publication left in the folder, by path.
type manifest map[string]entry

type entry struct {
	sum  [sha256.Size]byte
	size int64
}

func entryOf(data []byte) entry { return entry{sha256.Sum256(data), int64(len(data))} }

const manifestHead = "playbook manifest 1\n"

// encode writes one line a file, sorted by path: its SHA-256, size and path.
func (m manifest) encode() []byte {
	var b bytes.Buffer
	b.WriteString(manifestHead)
	for _, path := range slices.Sorted(maps.Keys(m)) {
		m[path].line(&b, path)
	}
	return b.Bytes()
}

func (e entry) line(b *bytes.Buffer, path string) {
	fmt.Fprintf(b, "%x %d %s\n", e.sum, e.size, path)
}

// decode is the inverse of encode. Lines that make no sense are left out: their
// files then count as somebody else's, which is the safe mistake.
func decode(data []byte, add func(path string, e entry)) {
	text, ok := strings.CutPrefix(string(data), manifestHead)
	if !ok {
		return
	}
	for line := range strings.Lines(text) {
		line, whole := strings.CutSuffix(line, "\n")
		sum, rest, _ := strings.Cut(line, " ")
		size, path, _ := strings.Cut(rest, " ")
		var e entry
		var err error
		if e.size, err = strconv.ParseInt(size, 10, 64); err != nil || e.size < 0 || !whole {
			continue
		}
		if len(sum) != 2*sha256.Size || unsafe(path) != "" {
			continue
		}
		if _, err := hex.Decode(e.sum[:], []byte(sum)); err == nil {
			add(path, e)
		}
	}
}

// journal is what runs that were cut short may have left: a path may occur
// several times, once for each of them. It has the manifest's format.
type journal map[string][]entry

func (j journal) add(m manifest) {
	for path, e := range m {
		if !slices.Contains(j[path], e) {
			j[path] = append(j[path], e)
		}
	}
}

func (j journal) encode() []byte {
	var b bytes.Buffer
	b.WriteString(manifestHead)
	for _, path := range slices.Sorted(maps.Keys(j)) {
		for _, e := range j[path] {
			e.line(&b, path)
		}
	}
	return b.Bytes()
}

// history is what earlier publications left: the manifest of the last complete
// one, and the journal of later ones that were cut short.
type history struct {
	manifest manifest
	journal  journal
}

func readHistory(root *os.Root) (history, error) {
	h := history{manifest{}, journal{}}
	for _, f := range []struct {
		name string
		add  func(path string, e entry)
	}{
		{ManifestName, func(path string, e entry) { h.manifest[path] = e }},
		{journalName, func(path string, e entry) { h.journal.add(manifest{path: e}) }},
	} {
		data, err := root.ReadFile(f.name)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return h, err
		}
		decode(data, f.add)
	}
	return h, nil
}

// wrote reports whether the file with these bytes is one of ours, as we left it.
func (h history) wrote(path string, e entry) bool {
	return h.manifest[path] == e || slices.Contains(h.journal[path], e)
}

// owns reports whether we may overwrite what stands at path: we put a file
// there once. An edited page of ours is generated anew; one that only the
// journal names must be as we left it, because we may never have got so far.
func (h history) owns(path string, e entry) bool {
	_, listed := h.manifest[path]
	return listed || h.wrote(path, e)
}

// paths returns every path that an earlier publication wrote or meant to write,
// sorted.
func (h history) paths() []string {
	all := map[string]bool{}
	for path := range h.manifest {
		all[path] = true
	}
	for path := range h.journal {
		all[path] = true
	}
	return slices.Sorted(maps.Keys(all))
}
