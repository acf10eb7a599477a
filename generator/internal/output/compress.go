package output

import (
	"bytes"
	"compress/gzip"
	"math/bits"
	"path"

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

// compressed calls add with the compressed forms of a text file. A form that is
// not smaller, or that the site has itself, is left out.
func (p *publication) compressed(name string, data []byte, add func(name string, data []byte) error) error {
	if !texts[path.Ext(name)] {
		return nil
	}
	for _, f := range forms {
		if p.paths.Taken(name + f.ext) {
			continue
		}
		out, err := p.cache.compress(data, f)
		if err == nil && 0 < len(out) && len(out) < len(data) {
			err = add(name+f.ext, out)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
