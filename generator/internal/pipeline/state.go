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
	"os"
	"strings"
	"sync"

	"playbook/generator/internal/diag"
	"playbook/generator/internal/output"
)

// state is what a build said of a folder that it published into.
type state struct {
	Pages      int
	Guest      bool
	Compressed int
	Diags      []savedDiag
}

// savedDiag is a diagnostic as it is saved, field by field.
type savedDiag diag.Diag

// UpToDate reports whether a folder holds, byte for byte, what a build of the same
// inputs by the same program put there. If so it returns what that build returned,
// without its plan.
func UpToDate(ctx context.Context, in Inputs, dir, cacheDir string) (res Result, stats output.Stats, ok bool) {
	var saved state
	if in.Key == ([sha256.Size]byte{}) {
		return res, stats, false
	}
	data, stats, ok := output.UpToDate(ctx, dir, cacheDir, in.Key)
	if !ok || json.Unmarshal(data, &saved) != nil {
		return res, output.Stats{}, false
	}
	stats.Compressed = saved.Compressed
	res = Result{Pages: saved.Pages, Guest: saved.Guest, tree: in.tree}
	for _, d := range saved.Diags {
		res.Diags = append(res.Diags, diag.Diag(d))
	}
	return res, stats, true
}

// SaveState notes for UpToDate what a build of these inputs was published into a
// folder.
func SaveState(in Inputs, res Result, stats output.Stats, dir, cacheDir string) {
	// If a file of the theme changed after the inputs were read, these are not what was
	// built.
	if in.Key == ([sha256.Size]byte{}) || in.Key != keyOf(in) {
		return
	}
	saved := state{Pages: res.Pages, Guest: res.Guest, Compressed: stats.Compressed}
	for _, d := range res.Diags {
		saved.Diags = append(saved.Diags, savedDiag(d))
	}
	if data, err := json.Marshal(saved); err == nil {
		output.SaveState(dir, cacheDir, in.Key, data)
	}
}

// programID stands for the program that runs: the build ID that Go's linker put
// near its beginning, a hash of all that went into it. Of a program without one it
// is the size and a checksum, which nobody has a reason to forge.
var programID = sync.OnceValues(func() (string, error) {
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
