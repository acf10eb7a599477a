// Package binary carries the calculators' WebAssembly inside the program: the
// files that "make wasm" leaves in dist, which is empty but for a placeholder in
// a bare clone. So everything builds without them, and a program built that way
// says what to run when they are needed.
package binary

import (
	"embed"
	"errors"
	"io/fs"
	"path"
)

// The files. Wasm is the module itself, beside it what a static host serves in
// its place. Script is the module for pages opened from disk, where nothing can
// be fetched: a classic script that sets
//
//	self.playbookCalculators = "…"
//
// to the module, gzipped, in base64.
const (
	Wasm   = "calculators.wasm"
	Brotli = "calculators.wasm.br"
	Gzip   = "calculators.wasm.gz"
	Script = "calculators.js"
)

// ErrMissing says that the program was built without the module.
var ErrMissing = errors.New("this program was built without the calculators' WebAssembly: run make wasm and build it again")

//go:embed all:dist
var dist embed.FS

// Files returns the files by name, or ErrMissing unless all of them are there.
// The bytes are the caller's.
func Files() (map[string][]byte, error) { return files(dist) }

func files(from fs.FS) (map[string][]byte, error) {
	all := map[string][]byte{}
	for _, name := range []string{Wasm, Brotli, Gzip, Script} {
		data, err := fs.ReadFile(from, path.Join("dist", name))
		if err != nil {
			return nil, ErrMissing
		}
		all[name] = data
	}
	return all, nil
}
