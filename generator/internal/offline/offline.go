// Package offline says what a reader's browser keeps of a site, so that it can be
// read without a network. A release is the list that the site's worker (the
// theme's offline/worker.js, published as offline.js) begins with:
//
//	{"stamp":"…","whole":true,"bytes":123,"files":{"assets/site.3f2a91c0de.css":"","en/index.html":"TqFAWIFQ"}}
//
// Each file stands with the first six bytes of its SHA-256 in base64; a file
// under assets/ whose name says what it holds stands with "". A browser that has
// an older release fetches what differs, and nothing else.
//
// A site of a course's size is kept whole. Of a larger one a browser keeps the
// frame, which every page needs, and what the reader opens: its list stays as
// short as a small site's, whatever it has.
package offline

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"path"
	"regexp"
)

// Name is where the worker stands: at the root, so that it serves the whole site.
const Name = "offline.js"

// Whole is how many bytes a site may have, as its files stand on disk, to be kept
// whole: about a fifth of that travels. A file larger than Large that pages do not
// need is never kept unasked, and does not count.
const (
	Whole = 24 << 20
	Large = 4 << 20
)

// File is one published file.
type File struct {
	Path string // from the site's root
	Sum  [sha256.Size]byte
	Size int64
}

// Release is what a browser keeps.
type Release struct {
	Stamp string            `json:"stamp"` // changes when any file does that a browser may keep
	Whole bool              `json:"whole"` // everything is kept
	Bytes int64             `json:"bytes"` // of the files that are listed
	Files map[string]string `json:"files"` // by path
}

// Policy says of a path whether every page needs it, and whether no browser that
// has a network ever asks for it.
type Policy struct {
	Required, Unrequested func(path string) bool
}

// NewRelease lists what is kept of the files, which come in the order of their paths.
func NewRelease(files []File, policy Policy) Release {
	r := Release{Whole: true, Files: map[string]string{}}
	h := sha256.New()
	var line []byte
	for _, f := range files {
		if f.wanted(policy) {
			line = append(append(line[:0], f.Path...), f.Sum[:]...)
			h.Write(line)
			r.Bytes += f.Size
		}
	}
	r.Stamp = short(h.Sum(nil))
	if r.Bytes > Whole {
		r.Whole, r.Bytes = false, 0
	}
	for _, f := range files {
		switch {
		case !f.wanted(policy) || !r.Whole && !policy.Required(f.Path):
			continue
		case f.hashInName():
			r.Files[f.Path] = ""
		default:
			r.Files[f.Path] = short(f.Sum[:])
		}
		if !r.Whole {
			r.Bytes += f.Size
		}
	}
	return r
}

// wanted reports whether a browser may want the file: compressed forms are not
// asked for by name.
func (f File) wanted(policy Policy) bool {
	ext := path.Ext(f.Path)
	return (f.Size <= Large || policy.Required(f.Path)) && ext != ".br" && ext != ".gz" && !policy.Unrequested(f.Path)
}

var hashed = regexp.MustCompile(`^assets/.*\.([0-9a-f]{10})\.\w+$`)

// hashInName reports whether the name says what the file holds.
func (f File) hashInName() bool {
	m := hashed.FindStringSubmatch(f.Path)
	return m != nil && m[1] == hex.EncodeToString(f.Sum[:5])
}

func short(sum []byte) string { return base64.StdEncoding.EncodeToString(sum[:6]) }

// Worker is the script at Name: the release and the words, by language, before
// the code that keeps it.
func Worker(r Release, languages []string, words map[string]map[string]string, code []byte) []byte {
	data, err := json.Marshal(struct {
		Release
		Languages []string                     `json:"languages"`
		Words     map[string]map[string]string `json:"words"`
	}{r, languages, words})
	if err != nil {
		panic(err) // texts and numbers always encode
	}
	return fmt.Appendf(nil, "self.playbookOffline=%s;\n%s\n", data, code)
}
