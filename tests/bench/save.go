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
	start   func(ctx context.Context, n sample) (*exec.Cmd, string, error) // the address
	address func(n sample, file string) string                             // of a page, from its file without language and extension

	// index is the address of the nth file of the search index that holds texts,
	// "" for one that does not exist; terms is that of one that holds words, or "".
	index func(n int) string
	terms string
}

func (b *bench) servers() []server {
	return []server{
		{
			name: "playbook",
			start: func(ctx context.Context, n sample) (*exec.Cmd, string, error) {
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
			address: func(n sample, file string) string {
				if n.shape == "deep" {
					return file + "/index.html"
				}
				dir, base := path.Split(file)
				return "en/" + dir[4:] + base[4:] + "/index.html"
			},
			index: func(n int) string { return fmt.Sprintf("search/en/d%d.js", n) },
			terms: "search/en/t0.js",
		},
		{
			name: "hugo",
			start: func(ctx context.Context, n sample) (*exec.Cmd, string, error) {
				c := exec.CommandContext(ctx, b.hugo, "server", "--quiet", "--source", "tests/bench/hugo", "--contentDir", b.content(n),
					"--cacheDir", b.cache(), "--noBuildLock", "--renderToMemory", "--bind", "127.0.0.1", "--port", "21313")
				return c, "http://127.0.0.1:21313/", c.Start()
			},
			address: func(_ sample, file string) string { return "en/" + file + "/" },
			index: func(n int) string {
				if n > 0 {
					return ""
				}
				return "en/search.json"
			},
		},
	}
}

// save measures from the moment an author saves a page to the response that has
// the new text, asking again and again. What else must be new is asked for
// afterwards, and counts until it is: the title in the list of the page before,
// and the text and the words in the search index.
func (b *bench) save() error {
	fmt.Println("| save → response, pages | program | text | and navigation | and search |")
	fmt.Println("|---:|---|---:|---:|---:|")
	for _, n := range b.samples {
		for _, s := range b.servers() {
			saves, err := b.saveOn(s, n)
			if err != nil {
				return fmt.Errorf("%s, %v: %w", s.name, n, err)
			}
			search := "stale"
			if len(saves.search) > 0 {
				search = fmt.Sprintf("%.0f ms", 1000*middle(saves.search))
			}
			fmt.Printf("| %v | %s | %.0f ms | %.0f ms | %s |\n", n, s.name, 1000*middle(saves.text), 1000*middle(saves.nav), search)
		}
	}
	fmt.Println()
	return nil
}

// saves are times in seconds.
type saves struct{ text, nav, search []float64 }

func (b *bench) saveOn(s server, n sample) (all saves, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Minute)
	defer cancel()
	c, root, err := s.start(ctx, n)
	if c != nil && c.Process != nil {
		defer c.Wait()
		defer c.Process.Kill()
	}
	if err != nil {
		return all, err
	}
	names, err := b.neighbours(n)
	if err != nil {
		return all, err
	}
	original, err := os.ReadFile(names[1])
	if err != nil {
		return all, err
	}
	defer os.WriteFile(names[1], original, 0o644)
	address := func(name string) string {
		stem, _, _ := strings.Cut(strings.TrimPrefix(filepath.ToSlash(name), filepath.ToSlash(b.content(n))+"/"), ".")
		return root + s.address(n, stem)
	}

	if _, err := await(ctx, address(names[1]), "<h1"); err != nil {
		return all, err
	}
	place := -1
	for i := range b.runs*2 + 1 {
		time.Sleep(300 * time.Millisecond) // an author does not save while the last build is on its way
		word := fmt.Sprintf("Measured%dnow", i)
		changed := bytes.Replace(original, []byte("title: "), []byte("title: "+word+" "), 1)
		changed = append(changed, "\nThe text says "+word+".\n"...)
		began := time.Now()
		if err := os.WriteFile(names[1], changed, 0o644); err != nil {
			return all, err
		}
		if _, err := await(ctx, address(names[1]), "The text says "+word); err != nil {
			return all, err
		}
		all.text = append(all.text, time.Since(began).Seconds())
		if _, err := await(ctx, address(names[0]), word); err != nil {
			return all, err
		}
		all.nav = append(all.nav, time.Since(began).Seconds())
		if i == 0 { // which file it stands in is found out once
			place = s.find(ctx, root, "The text says "+word)
			continue
		}
		if place < 0 {
			continue
		}
		if _, err := await(ctx, root+s.index(place), "The text says "+word); err != nil {
			return all, err
		}
		if s.terms != "" {
			if _, err := await(ctx, root+s.terms, ""); err != nil {
				return all, err
			}
		}
		all.search = append(all.search, time.Since(began).Seconds())
	}
	return all, nil
}

// neighbours are two pages of one section that stands at the top, where both programs
// list a page's neighbours.
func (b *bench) neighbours(n sample) ([]string, error) {
	if n.shape == "even" {
		names, err := filepath.Glob(filepath.Join(b.content(n), "001-section-1/00[01]-lesson-*.en.md"))
		if err != nil || len(names) != 2 {
			return nil, fmt.Errorf("%d first lessons", len(names))
		}
		return names, nil
	}
	dirs, err := os.ReadDir(b.content(n))
	if err != nil {
		return nil, err
	}
	for _, d := range dirs {
		names, err := filepath.Glob(filepath.Join(b.content(n), d.Name(), "[a-z]*.md"))
		if err != nil {
			return nil, err
		}
		if len(names) > 1 {
			return names[:2], nil
		}
	}
	return nil, fmt.Errorf("no folder has two pages")
}

// find returns which file of the search index holds a text; -1 if none does
// within two seconds.
func (s server) find(ctx context.Context, root, text string) int {
	for end := time.Now().Add(2 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		for n := 0; s.index(n) != ""; n++ {
			data, status, err := get(ctx, root+s.index(n))
			if err != nil || status != http.StatusOK {
				break
			}
			if bytes.Contains(data, []byte(text)) {
				return n
			}
		}
	}
	return -1
}

// await asks for an address until the response holds a text.
func await(ctx context.Context, address, text string) ([]byte, error) {
	var last error
	for ctx.Err() == nil {
		data, status, err := get(ctx, address)
		if last = err; err == nil {
			if status == http.StatusOK && bytes.Contains(data, []byte(text)) {
				return data, nil
			}
			last = fmt.Errorf("%s: status %d, without %q", address, status, text)
		}
		time.Sleep(time.Millisecond)
	}
	return nil, last
}

func get(ctx context.Context, address string) ([]byte, int, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, 0, err
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, 0, err
	}
	defer res.Body.Close()
	data, err := io.ReadAll(res.Body)
	return data, res.StatusCode, err
}
