package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"time"
)

// server is a program that shows the site while it is written.
type server struct {
	name    string
	start   func(ctx context.Context, pages int) (*exec.Cmd, string, error) // the address
	address func(file string) string                                        // of a page, from its file without language and extension
}

func (b *bench) servers() []server {
	return []server{
		{
			name: "playbook",
			start: func(ctx context.Context, n int) (*exec.Cmd, string, error) {
				c := exec.CommandContext(ctx, b.playbook, "serve", "--site", b.site(n), "--addr", "127.0.0.1:0")
				out, err := c.StdoutPipe()
				if err != nil {
					return nil, "", err
				}
				if err := c.Start(); err != nil {
					return nil, "", err
				}
				line, err := bufio.NewReader(out).ReadString('\n')
				return c, strings.TrimSpace(line), err
			},
			address: func(file string) string {
				dir, base := path.Split(file)
				return "en/" + dir[4:] + base[4:] + "/index.html"
			},
		},
		{
			name: "hugo",
			start: func(ctx context.Context, n int) (*exec.Cmd, string, error) {
				c := exec.CommandContext(ctx, b.hugo, "server", "--quiet", "--source", "tests/bench/hugo", "--contentDir", b.content(n),
					"--cacheDir", b.cache(), "--noBuildLock", "--renderToMemory", "--bind", "127.0.0.1", "--port", "21313")
				return c, "http://127.0.0.1:21313/", c.Start()
			},
			address: func(file string) string { return "en/" + file + "/" },
		},
	}
}

// save measures from the moment an author saves a page to the response that has
// the new text, asking again and again. What else must be new by then (the title
// in the list of the page before) is asked for afterwards; it counts, if it is
// not, until it is.
func (b *bench) save() error {
	fmt.Println("| save → response, pages | program | text | and navigation |")
	fmt.Println("|---:|---|---:|---:|")
	for _, n := range b.sizes {
		for _, s := range b.servers() {
			text, nav, err := b.saveOn(s, n)
			if err != nil {
				return fmt.Errorf("%s, %d pages: %w", s.name, n, err)
			}
			fmt.Printf("| %d | %s | %.0f ms | %.0f ms |\n", n, s.name, 1000*middle(text), 1000*middle(nav))
		}
	}
	fmt.Println()
	return nil
}

func (b *bench) saveOn(s server, pages int) (text, nav []float64, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Minute)
	defer cancel()
	c, root, err := s.start(ctx, pages)
	if c != nil && c.Process != nil {
		defer c.Wait()
		defer c.Process.Kill()
	}
	if err != nil {
		return nil, nil, err
	}
	const file, neighbour = "001-section-1/001-lesson-", "001-section-1/000-lesson-1"
	names, err := filepath.Glob(filepath.Join(b.content(pages), file+"*.en.md"))
	if err != nil || len(names) != 1 {
		return nil, nil, fmt.Errorf("%d files are named %s…", len(names), file)
	}
	original, err := os.ReadFile(names[0])
	if err != nil {
		return nil, nil, err
	}
	defer os.WriteFile(names[0], original, 0o644)
	stem, _, _ := strings.Cut(strings.TrimPrefix(filepath.ToSlash(names[0]), filepath.ToSlash(b.content(pages))+"/"), ".")

	if _, err := await(ctx, root+s.address(stem), "<h1"); err != nil {
		return nil, nil, err
	}
	for i := range b.runs * 2 {
		time.Sleep(300 * time.Millisecond) // an author does not save while the last build is on its way
		word := fmt.Sprintf("Measured%dnow", i)
		changed := bytes.Replace(original, []byte("title: "), []byte("title: "+word+" "), 1)
		changed = append(changed, "\nThe text says "+word+".\n"...)
		began := time.Now()
		if err := os.WriteFile(names[0], changed, 0o644); err != nil {
			return nil, nil, err
		}
		if _, err := await(ctx, root+s.address(stem), "The text says "+word); err != nil {
			return nil, nil, err
		}
		text = append(text, time.Since(began).Seconds())
		if _, err := await(ctx, root+s.address(neighbour), word); err != nil {
			return nil, nil, err
		}
		nav = append(nav, time.Since(began).Seconds())
	}
	return text, nav, nil
}

// await asks for an address until the response holds a text.
func await(ctx context.Context, address, text string) ([]byte, error) {
	var last error
	for ctx.Err() == nil {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
		if err != nil {
			return nil, err
		}
		res, err := http.DefaultClient.Do(req)
		if last = err; err == nil {
			data, err := io.ReadAll(res.Body)
			res.Body.Close()
			if err == nil && bytes.Contains(data, []byte(text)) {
				return data, nil
			}
			last = fmt.Errorf("%s: %s, without %q", address, res.Status, text)
		}
		time.Sleep(time.Millisecond)
	}
	return nil, last
}
