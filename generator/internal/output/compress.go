package output

import (
	"bytes"
	"compress/gzip"
	"context"
	"math/bits"
	"path"
	"slices"

	"github.com/andybalholm/brotli"
)

// form is one compressed form of a file: what hosts serve in its place.
type form struct {
	ext    string // of the file beside it, and of the cache's entry
	encode func(data []byte) ([]byte, error)
}

var forms = []form{
	{".br", func(data []byte) ([]byte, error) {
		if len(data) > large {
			quick, err := encodeBrotli(data, 5)
			if err != nil || 10*len(quick) > 7*len(data) {
				return quick, err
			}
		}
		return encodeBrotli(data, 11)
	}},
	{".gz", func(data []byte) ([]byte, error) {
		var b bytes.Buffer
		w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(data); err != nil {
			return nil, err
		}
		err = w.Close() // no name and no time in the head: the same bytes every time
		return b.Bytes(), err
	}},
}

// large files are tried quickly first: the best level takes ten seconds for a
// megabyte, and gains nothing on what hardly shrinks, such as base64.
const large = 128 << 10

func encodeBrotli(data []byte, level int) ([]byte, error) {
	var b bytes.Buffer
	// A window no larger than the file: the encoder's tables are as large as the
	// window, and clearing 32 MB of them takes longer than compressing a page.
	window := min(max(bits.Len(uint(len(data)+16)), 10), 22)
	w := brotli.NewWriterOptions(&b, brotli.WriterOptions{Quality: level, LGWin: window})
	if _, err := w.Write(data); err != nil {
		return nil, err
	}
	err := w.Close()
	return b.Bytes(), err
}

// texts are the extensions of files that compression serves.
var texts = map[string]bool{
	".html": true, ".css": true, ".js": true, ".json": true, ".svg": true, ".xml": true,
	".txt": true, ".wasm": true, ".webmanifest": true,
}

// compressAll returns the compressed forms of all text files, by path. A form
// that is not smaller, or that the files already hold, is left out.
func compressAll(ctx context.Context, files map[string][]byte, c *cache) (map[string][]byte, error) {
	type job struct {
		path string
		form form
		out  []byte
	}
	var jobs []*job
	for name := range files {
		for _, f := range forms {
			if _, there := files[name+f.ext]; !there && texts[path.Ext(name)] {
				jobs = append(jobs, &job{path: name, form: f})
			}
		}
	}
	// The longest first, so that no processor is left alone with one at the end.
	slices.SortFunc(jobs, func(a, b *job) int { return len(files[b.path]) - len(files[a.path]) })
	err := parallel(ctx, len(jobs), func(i int) (err error) {
		jobs[i].out, err = c.compress(files[jobs[i].path], jobs[i].form)
		return err
	})
	made := map[string][]byte{}
	for _, j := range jobs {
		if 0 < len(j.out) && len(j.out) < len(files[j.path]) {
			made[j.path+j.form.ext] = j.out
		}
	}
	return made, err
}
