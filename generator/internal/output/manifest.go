package output

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"

	"playbook/generator/internal/address"
)

// Names of the publication's own in the folder. The staging folder stands
// inside, so that a rename out of it stays on one file system and is atomic.
const (
	ManifestName = ".playbook.manifest"
	stagingName  = ".playbook.staging"
	journalName  = stagingName + "/journal"
	stagedFiles  = stagingName + "/files"
	lockName     = ".playbook.lock"
	probeName    = ".playbook.probe"
)

// record is a file of a publication.
type record struct {
	path string
	entry
}

type entry struct {
	sum  [sha256.Size]byte
	size int64
}

func entryOf(data []byte) entry { return entry{sha256.Sum256(data), int64(len(data))} }

// listed reports whether a sorted list has a path.
func listed(list []record, path string) bool {
	_, ok := slices.BinarySearchFunc(list, path, func(r record, path string) int { return strings.Compare(r.path, path) })
	return ok
}

const manifestHead = "playbook manifest 1\n"

// encode writes one line a file, in the list's order: its SHA-256, size and path.
func encode(list []record) []byte {
	b := make([]byte, 0, len(manifestHead)+len(list)*160)
	b = append(b, manifestHead...)
	for _, r := range list {
		b = hex.AppendEncode(b, r.sum[:])
		b = append(b, ' ')
		b = strconv.AppendInt(b, r.size, 10)
		b = append(b, ' ')
		b = append(b, r.path...)
		b = append(b, '\n')
	}
	return b
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
		if len(sum) != 2*sha256.Size || address.Fault(path) != "" {
			continue
		}
		if _, err := hex.Decode(e.sum[:], []byte(sum)); err == nil {
			add(path, e)
		}
	}
}

// history is what earlier publications left: the manifest of the last complete
// one, and the journal of later ones that were cut short, which has the
// manifest's format and may name a path several times, once for each of them.
type history struct {
	manifest map[string]entry
	journal  map[string][]entry
}

func readHistory(root *os.Root) (history, error) {
	h := history{map[string]entry{}, map[string][]entry{}}
	for _, f := range []struct {
		name string
		add  func(path string, e entry)
	}{
		{ManifestName, func(path string, e entry) { h.manifest[path] = e }},
		{journalName, func(path string, e entry) { h.journal[path] = append(h.journal[path], e) }},
	} {
		data, err := root.ReadFile(f.name)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return h, err
		}
		decode(data, f.add)
	}
	return h, nil
}

// merged returns what the journal names and what is about to be written, sorted.
func (h history) merged(changed []record) []record {
	all := slices.Clone(changed)
	for path, entries := range h.journal {
		for _, e := range entries {
			all = append(all, record{path, e})
		}
	}
	slices.SortFunc(all, func(a, b record) int {
		return cmp.Or(strings.Compare(a.path, b.path), bytes.Compare(a.sum[:], b.sum[:]), cmp.Compare(a.size, b.size))
	})
	return slices.Compact(all)
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
