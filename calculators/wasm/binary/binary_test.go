package binary

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/andybalholm/brotli"
)

func TestMissing(t *testing.T) {
	for name, fsys := range map[string]fstest.MapFS{
		"a bare clone": {"dist/README": {}},
		"half a build": {"dist/" + Wasm: {}, "dist/" + Gzip: {}},
	} {
		files, err := files(fsys)
		if files != nil || !errors.Is(err, ErrMissing) {
			t.Errorf("%s: %v, %v", name, files, err)
		}
	}
	if !strings.Contains(ErrMissing.Error(), "make wasm") {
		t.Error("the error does not say what to run")
	}
}

// TestFiles holds that every form of the module is the module.
func TestFiles(t *testing.T) {
	files, err := Files()
	if err != nil {
		t.Skip("the calculators' WebAssembly is not built: run make wasm to test it")
	}
	unzip := func(data []byte) []byte {
		z, err := gzip.NewReader(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		out, err := io.ReadAll(z)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	wasm := files[Wasm]
	if !bytes.HasPrefix(wasm, []byte("\x00asm")) {
		t.Error("no WebAssembly")
	}
	if !bytes.Equal(unzip(files[Gzip]), wasm) {
		t.Error(Gzip)
	}
	out, err := io.ReadAll(brotli.NewReader(bytes.NewReader(files[Brotli])))
	if err != nil || !bytes.Equal(out, wasm) {
		t.Error(Brotli, err)
	}
	script := strings.TrimSuffix(strings.TrimPrefix(string(files[Script]), `self.playbookCalculators="`), "\";\n")
	zipped, err := base64.StdEncoding.DecodeString(script)
	if err != nil || !bytes.Equal(unzip(zipped), wasm) {
		t.Error(Script, err)
	}
}
