package pipeline

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"strings"
	"sync"

	"playbook/generator/internal/diag"
	"playbook/generator/internal/output"
	"playbook/generator/internal/source"
)

// note is what a build said that need not be done again.
type note struct {
	Pages      int
	Guest      bool
	Compressed int
	Diags      []plain
}

// plain is a diagnostic as it is kept.
type plain diag.Diag

// Standing spares a build: when the folder holds, byte for byte, what a build of
// the very same sources, theme, options and program put there, it returns what
// that build returned, without its files. Otherwise the error is
// output.ErrChanged, and the sources that were read for it are kept for Build.
func (b *Builder) Standing(ctx context.Context, dir, cacheDir string) (*Result, output.Stats, error) {
	tree, _, err := source.LoadFrom(b.opt.Site, b.tree, nil)
	if err != nil {
		return nil, output.Stats{}, output.ErrChanged // which Build will say
	}
	b.tree, b.treePreloaded, b.key = tree, true, b.keyOf(tree)
	if b.key == ([sha256.Size]byte{}) {
		return nil, output.Stats{}, output.ErrChanged
	}
	data, stats, err := output.Standing(ctx, dir, cacheDir, b.key)
	if err != nil {
		return nil, output.Stats{}, err
	}
	var n note
	if json.Unmarshal(data, &n) != nil {
		return nil, output.Stats{}, output.ErrChanged
	}
	stats.Compressed = n.Compressed
	res := &Result{Pages: n.Pages, Guest: n.Guest, tree: tree}
	for _, d := range n.Diags {
		res.Diags = append(res.Diags, diag.Diag(d))
	}
	return res, stats, nil
}

// Remember notes what was published into a folder, for Standing.
func (b *Builder) Remember(res *Result, dir, cacheDir string, stats output.Stats) {
	// What was built is not what was looked at, if a file changed in between.
	if b.key == ([sha256.Size]byte{}) || b.key != b.keyOf(b.tree) {
		return
	}
	n := note{Pages: res.Pages, Guest: res.Guest, Compressed: stats.Compressed}
	for _, d := range res.Diags {
		n.Diags = append(n.Diags, plain(d))
	}
	if data, err := json.Marshal(n); err == nil {
		output.Remember(dir, cacheDir, b.key, data)
	}
}

// keyOf stands for everything that a build is made of: the program itself, the
// options, the settings, every file and the site's own theme. It is zero where
// one of them cannot be read.
func (b *Builder) keyOf(tree *source.Tree) (key [sha256.Size]byte) {
	program, err := programSum()
	if err != nil {
		return key
	}
	h := sha256.New()
	fmt.Fprintf(h, "%s %q %t %t %t %q\n", program, b.opt.BaseURL, b.opt.Live, b.opt.Compress, tree.Guest, tree.Root)
	fmt.Fprintf(h, "%x\n", tree.SettingsHash)
	for _, f := range tree.Files {
		fmt.Fprintf(h, "%x %q\n", f.Hash, f.Path)
	}
	layers := templateLayers(tree.Root)
	for _, layer := range layers[:len(layers)-1] { // the last is the program's own
		err := fs.WalkDir(layer, ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := fs.ReadFile(layer, name)
			fmt.Fprintf(h, "%x %q\n", sha256.Sum256(data), name)
			return err
		})
		if err != nil {
			return key
		}
	}
	return [sha256.Size]byte(h.Sum(nil))
}

// programSum stands for the program that runs: the build ID that Go's linker put
// near its beginning, a hash of all that went into it. Of a program without one it
// is the size and a checksum, which nobody has a reason to forge.
var programSum = sync.OnceValues(func() (string, error) {
	name, err := os.Executable()
	if err != nil {
		return "", err
	}
	f, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	head := make([]byte, 32<<10)
	n, err := io.ReadFull(f, head)
	if err != nil {
		return "", err
	}
	if id := buildID(head[:n]); id != "" {
		return id, nil
	}
	h := crc32.New(crc32.MakeTable(crc32.Castagnoli))
	h.Write(head)
	size, err := io.CopyBuffer(h, struct{ io.Reader }{f}, make([]byte, 1<<20))
	return fmt.Sprintf("%d %08x", size, h.Sum32()), err
})

// buildID finds the build ID in the first bytes of a program: as an ELF note (the
// length of its owner's name, that of the ID, the kind 4, the name), elsewhere
// between marks of its own. "" if there is none. Its four parts are hashes; the
// last one is that of the whole program.
func buildID(head []byte) string {
	id := ""
	if _, after, ok := bytes.Cut(head, []byte("\xff Go build ID: \"")); ok {
		text, _, _ := bytes.Cut(after, []byte{'"'})
		id = string(text)
	} else if i := bytes.Index(head, []byte("\x04\x00\x00\x00Go\x00\x00")); i >= 4 {
		if n := int64(binary.LittleEndian.Uint32(head[i-4:])); n <= int64(len(head)-i-8) {
			id = string(head[i+8 : i+8+int(n)])
		}
	}
	if strings.Count(id, "/") != 3 {
		return ""
	}
	return id
}
