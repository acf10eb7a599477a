// Command pack compiles the calculators to WebAssembly and leaves in
// calculators/wasm/binary/dist the four files that package binary embeds: the
// module, the module compressed with Brotli and with gzip, and a script that
// carries it for pages opened from disk.
//
//	go run ./calculators/wasm/pack
//
// It needs only Go. Of a module that did not change nothing is compressed again.
package main

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/andybalholm/brotli"

	"playbook/calculators/wasm/strip"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "pack:", err)
		os.Exit(1)
	}
}

func run() error {
	where, err := exec.Command("go", "list", "-f", "{{.Dir}}", "playbook/calculators/wasm/binary").Output()
	if err != nil {
		return fmt.Errorf("run it inside the project: %w", err)
	}
	dist := filepath.Join(strings.TrimSpace(string(where)), "dist")
	module, err := compile()
	if err != nil {
		return err
	}
	if module, err = strip.Strip(module); err != nil {
		fmt.Fprintf(os.Stderr, "pack: %v: the module works, but stays a quarter larger for readers\n", err)
	}
	file := filepath.Join(dist, "calculators.wasm")
	if old, err := os.ReadFile(file); err == nil && bytes.Equal(old, module) && complete(file) {
		fmt.Fprintln(os.Stderr, "calculators.wasm is up to date")
		now := time.Now() // for make, which goes by it
		return os.Chtimes(file, now, now)
	}
	br, err := compressBrotli(module)
	if err != nil {
		return err
	}
	gz, err := compressGzip(module)
	if err != nil {
		return err
	}
	script := `self.playbookCalculators="` + base64.StdEncoding.EncodeToString(gz) + "\";\n"
	// The module last: it vouches for the others.
	for _, f := range []struct {
		name string
		data []byte
	}{
		{file + ".br", br},
		{file + ".gz", gz},
		{filepath.Join(dist, "calculators.js"), []byte(script)},
		{file, module},
	} {
		if err := os.WriteFile(f.name, f.data, 0o666); err != nil {
			return err
		}
	}
	fmt.Fprintf(os.Stderr, "calculators.wasm: %d bytes, gzip %d, brotli %d\n", len(module), len(gz), len(br))
	return nil
}

// complete reports whether the files beside the module are there.
func complete(file string) bool {
	for _, name := range []string{file + ".br", file + ".gz", strings.TrimSuffix(file, ".wasm") + ".js"} {
		if _, err := os.Stat(name); err != nil {
			return false
		}
	}
	return true
}

// compile builds the module: a reactor without debug information or paths of
// this machine, and without inlining (-l) in our own packages, which saves a tenth
// (60 KB under Brotli) and costs no time that can be measured. In all packages it
// would be 6 KB larger, having half as many functions again, and twice as slow.
func compile() ([]byte, error) {
	dir, err := os.MkdirTemp("", "playbook-wasm-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	out := filepath.Join(dir, "calculators.wasm")
	build := exec.Command("go", "build", "-buildmode=c-shared", "-trimpath", "-gcflags=playbook/...=-l", "-ldflags=-s -w -buildid=", "-buildvcs=false",
		"-o", out, "playbook/calculators/wasm")
	build.Env = append(os.Environ(), "GOOS=wasip1", "GOARCH=wasm", "GOEXPERIMENT=", "GOFLAGS=", "GOWASM=", "CGO_ENABLED=0")
	build.Stdout, build.Stderr = os.Stderr, os.Stderr
	if err := build.Run(); err != nil {
		return nil, fmt.Errorf("go build for WebAssembly: %w", err)
	}
	return os.ReadFile(out)
}

func compressBrotli(data []byte) ([]byte, error) {
	var b bytes.Buffer
	w := brotli.NewWriterOptions(&b, brotli.WriterOptions{Quality: brotli.BestCompression, LGWin: 22})
	if _, err := w.Write(data); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

func compressGzip(data []byte) ([]byte, error) {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(data); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
