package serve

import (
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"path"
	"strings"
	"sync"
	"time"

	"playbook/generator/internal/pipeline"
)

// The server's own addresses. Pages that are built to be served name live.js.
const (
	ownPrefix  = "/_playbook/"
	livePath   = ownPrefix + "live.js"
	eventsPath = ownPrefix + "events"
)

//go:embed live.js
var liveJS []byte

// server shows the state of the site.
type server struct {
	build   func(ctx context.Context, changed []string) (pipeline.Result, error)
	log     io.Writer
	printed string // the diagnostics printed last

	mu    sync.Mutex
	state *state
}

// state is what is shown. It does not change; another takes its place.
type state struct {
	site   *site         // of the last good build; nil before there is one
	others string        // hash of every file that pages are shown with
	faults []fault       // of a newer build, which is not shown because of them
	next   chan struct{} // closed when another state is there
}

func newServer(build func(ctx context.Context, changed []string) (pipeline.Result, error), log io.Writer) *server {
	return &server{build: build, log: log, state: &state{next: make(chan struct{})}}
}

func (s *server) now() *state {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.state
}

// show replaces the state; without a site the last good one stays.
func (s *server) show(site *site, faults []fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	old := s.state
	next := &state{site: site, faults: faults, next: make(chan struct{})}
	switch {
	case site == nil:
		next.site, next.others = old.site, old.others
	case old.site != nil && sameOthers(old.site, site):
		next.others = old.others
	default:
		next.others = site.hashOthers()
	}
	s.state = next
	close(old.next)
}

// found is what an address leads to.
type found struct {
	status   int
	name     string // of the file
	data     []byte
	location string // of a redirect
}

// find resolves an address. It looks into the site's plan and nowhere else, so no
// address leads to a file on disk.
func (st *state) find(address string) found {
	if st.site == nil {
		return found{status: http.StatusServiceUnavailable, name: "faults.html", data: faultPage(notBuilt, st.faults)}
	}
	name := strings.TrimPrefix(address, "/")
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	if r, ok := st.site.get(name); ok {
		if r.faults.HasErrors() && isPage(name) {
			return found{status: http.StatusInternalServerError, name: name, data: faultPage(notRendered, newFaults(r.faults, st.site.source))}
		}
		return found{status: http.StatusOK, name: name, data: r.data}
	}
	if _, ok := st.site.plan.File(name + "/index.html"); ok {
		return found{status: http.StatusMovedPermanently, location: "./" + url.PathEscape(path.Base(name)) + "/"}
	}
	if r, ok := st.site.get("404.html"); ok {
		return found{status: http.StatusNotFound, name: "404.html", data: r.data}
	}
	return found{status: http.StatusNotFound, name: "404.txt", data: []byte("There is no such page.\n")}
}

// identity changes when a page would look different: when its own bytes change,
// or anything that is no page.
func (st *state) identity(page []byte) string {
	h := sha256.New()
	h.Write([]byte(st.others))
	h.Write(page)
	return hex.EncodeToString(h.Sum(nil)[:12])
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-cache")
	switch {
	case r.URL.Path == eventsPath:
		s.events(w, r)
	case r.URL.Path == livePath:
		send(w, r, found{status: http.StatusOK, name: "live.js", data: liveJS})
	case strings.HasPrefix(r.URL.Path, ownPrefix):
		http.NotFound(w, r)
	default:
		st := s.now()
		f := st.find(r.URL.Path)
		if f.location != "" {
			if r.URL.RawQuery != "" {
				f.location += "?" + r.URL.RawQuery
			}
			w.Header().Set("Location", f.location)
			w.WriteHeader(http.StatusTemporaryRedirect) // what is a folder today may be a file tomorrow
			return
		}
		if isPage(f.name) {
			// The page's script learns from this which state it was loaded in.
			w.Header().Set("Server-Timing", fmt.Sprintf("playbook;desc=%q", st.identity(f.data)))
		}
		send(w, r, f)
	}
}

// send writes a file, or that the browser has it already.
func send(w http.ResponseWriter, r *http.Request, f found) {
	h := w.Header()
	sum := sha256.Sum256(f.data)
	tag := `"` + hex.EncodeToString(sum[:12]) + `"`
	h.Set("ETag", tag)
	if f.status == http.StatusOK && matches(r.Header.Get("If-None-Match"), tag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h.Set("Content-Type", contentType(f.name))
	h.Set("Content-Length", fmt.Sprint(len(f.data)))
	w.WriteHeader(f.status)
	if r.Method != http.MethodHead {
		w.Write(f.data)
	}
}

func matches(header, tag string) bool {
	for t := range strings.SplitSeq(header, ",") {
		if t = strings.TrimPrefix(strings.TrimSpace(t), "W/"); t == tag || t == "*" {
			return true
		}
	}
	return false
}

// types are those that a site is made of, the same on every computer.
var types = map[string]string{
	".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
	".json": "application/json", ".xml": "application/xml", ".txt": "text/plain; charset=utf-8",
	".md": "text/markdown; charset=utf-8", ".csv": "text/csv; charset=utf-8",
	".webmanifest": "application/manifest+json", ".wasm": "application/wasm",
	".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif",
	".webp": "image/webp", ".avif": "image/avif", ".ico": "image/x-icon",
	".woff2": "font/woff2", ".woff": "font/woff", ".ttf": "font/ttf", ".pdf": "application/pdf",
	".mp4": "video/mp4", ".webm": "video/webm", ".mp3": "audio/mpeg",
	".br": "application/octet-stream", ".gz": "application/gzip", ".zip": "application/zip",
}

func contentType(name string) string {
	ext := strings.ToLower(path.Ext(name))
	if t, ok := types[ext]; ok {
		return t
	}
	if t := mime.TypeByExtension(ext); t != "" {
		return t
	}
	return "application/octet-stream"
}

// heartbeat keeps a quiet stream from being taken for a dead one.
const heartbeat = 20 * time.Second

// message is one event: what the page at the asked address is now, and what is
// wrong. The browser reloads when page is not what it was loaded with.
type message struct {
	Page   string  `json:"page"`
	Faults []fault `json:"faults"`
}

// events streams the state: first as it is, then every new one. A state is read
// anew each time, so a slow browser skips some and never gets an old one last.
func (s *server) events(w http.ResponseWriter, r *http.Request) {
	control := http.NewResponseController(w)
	address, err := url.PathUnescape(r.URL.Query().Get("page"))
	if err != nil {
		http.Error(w, "page is no address", http.StatusBadRequest)
		return
	}
	w.Header().Set("Content-Type", "text/event-stream")
	if r.Method == http.MethodHead {
		return
	}
	tick := time.NewTicker(heartbeat)
	defer tick.Stop()
	fmt.Fprint(w, "retry: 500\n\n")
	for {
		st := s.now()
		data, err := json.Marshal(message{st.identity(st.find(address).data), append([]fault{}, st.faults...)})
		if err != nil {
			return
		}
		fmt.Fprintf(w, "data: %s\n\n", data)
		for waiting := true; waiting; {
			if control.Flush() != nil {
				return
			}
			select {
			case <-r.Context().Done():
				return
			case <-st.next:
				waiting = false
			case <-tick.C:
				fmt.Fprint(w, ": still here\n\n")
			}
		}
	}
}
