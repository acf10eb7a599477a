package serve

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"playbook/generator/internal/diag"
	"playbook/generator/internal/output"
	"playbook/generator/internal/pipeline"
)

// memory is a plan in memory, by path. Pages and the search index are rendered when
// they are asked for; a page "!…" has a fault.
type memory map[string]string

func (m memory) Files() (files []pipeline.File) {
	for _, path := range slices.Sorted(maps.Keys(m)) {
		f, _ := m.File(path)
		files = append(files, f)
	}
	return files
}

func (m memory) File(path string) (pipeline.File, bool) {
	text, ok := m[path]
	f := pipeline.File{Path: path}
	if !isPage(path) && !strings.HasPrefix(path, "search/") {
		f.Data = []byte(text)
	}
	return f, ok
}

func (m memory) Render(buf []byte, path string) ([]byte, diag.List) {
	var faults diag.List
	if text, bad := strings.CutPrefix(m[path], "!"); bad {
		faults = diag.List{diag.Errorf(diag.Pos{File: path}, "theme", "%s", text)}
	}
	return append(buf, m[path]...), faults
}

// planned makes a site of paths and texts by turns.
func planned(files ...string) *site {
	m := memory{}
	for i := 0; i < len(files); i += 2 {
		m[files[i]] = files[i+1]
	}
	return &site{plan: m, source: func(string) []byte { return nil }}
}

func get(h http.Handler, address string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, "http://localhost:8080/", nil)
	r.URL.Path, r.URL.RawPath = address, ""
	if path, query, ok := strings.Cut(address, "?"); ok {
		r.URL.Path, r.URL.RawQuery = path, query
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestPages(t *testing.T) {
	s := newServer(nil, io.Discard)
	s.show(planned("index.html", "home", "en/index.html", "english", "en/a.wasm", "wasm", "en/图.svg", "svg", "x/404.html", "deep", "404.html", "missing"), nil)
	for _, c := range []struct {
		address  string
		status   int
		body     string
		kind     string
		location string
	}{
		{"/", 200, "home", "text/html; charset=utf-8", ""},
		{"/index.html", 200, "home", "text/html; charset=utf-8", ""},
		{"/en/", 200, "english", "text/html; charset=utf-8", ""},
		{"/en", 307, "", "", "./en/"},
		{"/en?q=1", 307, "", "", "./en/?q=1"},
		{"/en/a.wasm", 200, "wasm", "application/wasm", ""},
		{"/en/图.svg", 200, "svg", "image/svg+xml", ""},
		{"/en/nowhere", 404, "missing", "text/html; charset=utf-8", ""},
		{"/../en/", 404, "missing", "text/html; charset=utf-8", ""},
		{"/en/../../../etc/passwd", 404, "missing", "text/html; charset=utf-8", ""},
		{"//evil.example/en", 404, "missing", "text/html; charset=utf-8", ""},
		{"/_playbook/other", 404, "404 page not found\n", "text/plain; charset=utf-8", ""},
		{"/_playbook/live.js", 200, string(liveJS), "text/javascript; charset=utf-8", ""},
	} {
		w := get(s, c.address)
		if w.Code != c.status || w.Body.String() != c.body && c.body != "" || w.Header().Get("Content-Type") != c.kind || w.Header().Get("Location") != c.location {
			t.Errorf("%s: %d %q %q %q", c.address, w.Code, w.Body.String(), w.Header().Get("Content-Type"), w.Header().Get("Location"))
		}
		if got := w.Header().Get("Cache-Control"); got != "no-cache" && c.status != 404 {
			t.Errorf("%s: Cache-Control %q", c.address, got)
		}
	}
	w := get(s, "/en/")
	tag := w.Header().Get("ETag")
	if w := get(s, "/en/", "If-None-Match", `"other", W/`+tag); w.Code != 304 || w.Body.Len() > 0 {
		t.Errorf("unchanged: %d %q", w.Code, w.Body)
	}
	s.show(planned("en/index.html", "changed"), nil)
	if w := get(s, "/en/", "If-None-Match", tag); w.Code != 200 || w.Body.String() != "changed" {
		t.Errorf("changed: %d %q", w.Code, w.Body)
	}
	if w := get(s, "/nowhere"); w.Code != 404 || w.Body.String() != "There is no such page.\n" {
		t.Errorf("without a page for it: %d %q", w.Code, w.Body)
	}
}

// A page is another one when its bytes are, or those of anything that is no page.
func TestIdentity(t *testing.T) {
	s := newServer(nil, io.Discard)
	at := func(files ...string) string {
		s.show(planned(files...), nil)
		return s.now().identity(s.now().find("/").data)
	}
	first := at("index.html", "1", "other.html", "1", "a.png", "1")
	if at("index.html", "1", "other.html", "2", "a.png", "1") != first {
		t.Error("another page's change counts")
	}
	if at("index.html", "1", "a.png", "2") == first {
		t.Error("a picture's change does not count")
	}
	if at("index.html", "1", "a.png", "1", "search/en.js", "1") != first {
		t.Error("the search index counts")
	}
	if at("index.html", "2", "a.png", "1") == first {
		t.Error("the page's change does not count")
	}
	if at("index.html", "1", "a.png", "1") != first {
		t.Error("what is as before is not the same")
	}
	if at("index.html", "1", "a.png", "1", "b.png", "") == first {
		t.Error("a picture more does not count")
	}
	if got, want := get(s, "/").Header().Get("Server-Timing"), fmt.Sprintf("playbook;desc=%q", s.now().identity(s.now().find("/").data)); got != want {
		t.Errorf("the page is told %s, want %s", got, want)
	}
}

// A page that cannot be rendered shows why, and the others are shown; it comes back when
// it is mended. Each page is rendered, and its faults reported, once.
func TestPageFault(t *testing.T) {
	s := newServer(nil, io.Discard)
	var reported []string
	site := planned("index.html", "home", "a.html", "!the template fails", "search/en.js", "!x")
	site.report = func(faults diag.List) { reported = append(reported, fmt.Sprint(faults)) }
	s.show(site, nil)
	before := s.now().identity(s.now().find("/a.html").data)
	for range 2 {
		w := get(s, "/a.html")
		if w.Code != 500 || !strings.Contains(w.Body.String(), "the template fails") || !strings.Contains(w.Body.String(), "live.js") {
			t.Errorf("%d %s", w.Code, w.Body)
		}
		if w := get(s, "/search/en.js"); w.Code != 200 || w.Body.String() != "!x" {
			t.Errorf("what is no page: %d %s", w.Code, w.Body)
		}
	}
	if want := []string{"[a.html: the template fails]", "[search/en.js: x]"}; !slices.Equal(reported, want) {
		t.Errorf("reported are %q, want %q", reported, want)
	}
	if w := get(s, "/"); w.Code != 200 || w.Body.String() != "home" {
		t.Errorf("another page: %d %s", w.Code, w.Body)
	}
	s.show(planned("index.html", "home", "a.html", "mended"), nil)
	if w := get(s, "/a.html"); w.Code != 200 || w.Body.String() != "mended" {
		t.Errorf("mended: %d %s", w.Code, w.Body)
	}
	if s.now().identity(s.now().find("/a.html").data) == before {
		t.Error("the browser does not learn that the page is mended")
	}
}

func TestGuard(t *testing.T) {
	ok := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {})
	for _, c := range []struct {
		listening, asked, host string
		want                   int
	}{
		{"127.0.0.1:8080", "", "127.0.0.1:8080", 200},
		{"127.0.0.1:8080", "", "localhost:8080", 200},
		{"127.0.0.1:8080", "", "LocalHost.", 200},
		{"127.0.0.1:8080", "", "127.1.2.3:9000", 200},
		{"127.0.0.1:8080", "", "[::1]:8080", 200},
		{"127.0.0.1:8080", "", "course.localhost:8080", 200},
		{"127.0.0.1:8080", "", "evil.example:8080", 403},
		{"127.0.0.1:8080", "", "localhost.evil.example", 403},
		{"127.0.0.1:8080", "", "192.168.1.5:8080", 403},
		{"127.0.0.1:8080", "", "", 403},
		{"127.0.0.1:8080", "mine.test:8080", "mine.test:8080", 200},
		{"[::]:8080", "0.0.0.0:8080", "192.168.1.5:8080", 200},
		{"[::]:8080", "0.0.0.0:8080", "evil.example:8080", 403},
	} {
		addr, err := net.ResolveTCPAddr("tcp", c.listening)
		if err != nil {
			t.Fatal(err)
		}
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Host = c.host
		w := httptest.NewRecorder()
		guard(addr, c.asked, ok).ServeHTTP(w, r)
		if w.Code != c.want {
			t.Errorf("on %s, asked as %q: %d, want %d", c.listening, c.host, w.Code, c.want)
		}
	}
	addr, _ := net.ResolveTCPAddr("tcp", "127.0.0.1:1")
	r := httptest.NewRequest(http.MethodPost, "http://localhost/", nil)
	w := httptest.NewRecorder()
	guard(addr, "", ok).ServeHTTP(w, r)
	if w.Code != 405 {
		t.Errorf("POST: %d", w.Code)
	}
}

func TestSplitAddr(t *testing.T) {
	for _, c := range []struct{ addr, want string }{
		{"", "127.0.0.1 8080 <nil>"},
		{"9000", "127.0.0.1 9000 <nil>"},
		{":9000", "127.0.0.1 9000 <nil>"},
		{"0.0.0.0:9000", "0.0.0.0 9000 <nil>"},
		{"[::1]:9000", "::1 9000 <nil>"},
		{"localhost", ` 0 "localhost" is not an address: write host:port, such as 127.0.0.1:8080`},
		{"localhost:x", ` 0 "localhost:x" is not an address: write host:port, such as 127.0.0.1:8080`},
		{"localhost:70000", ` 0 "localhost:70000" is not an address: write host:port, such as 127.0.0.1:8080`},
	} {
		host, port, err := splitAddr(c.addr)
		if got := fmt.Sprint(host, " ", port, " ", err); got != c.want {
			t.Errorf("splitAddr(%q) = %s, want %s", c.addr, got, c.want)
		}
	}
}

// A taken port leads to the next one, and says so.
func TestListenTaken(t *testing.T) {
	first, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	var log bytes.Buffer
	second, err := listen(first.Addr().String(), &log)
	if err != nil {
		t.Fatal(err)
	}
	defer second.Close()
	taken := first.Addr().(*net.TCPAddr).Port
	if want := fmt.Sprintf("port %d is taken: serving on %d instead\n", taken, second.Addr().(*net.TCPAddr).Port); log.String() != want {
		t.Errorf("said %q, want %q", log.String(), want)
	}
	if _, err := listen("192.0.2.1:80", &log); err == nil || !strings.Contains(err.Error(), "cannot serve on 192.0.2.1:80: ") {
		t.Errorf("another computer's address: %v", err)
	}
}

func TestFault(t *testing.T) {
	long := strings.Repeat("x", 100) + "here" + strings.Repeat("y", 100)
	for _, c := range []struct {
		line   string
		col    int
		source string
		caret  int
	}{
		{"short", 3, "short", 2},
		{"a\tb", 3, "a b", 2},
		{"价值等式", 3, "价值等式", 2},
		{"short", 99, "short", 5},
		{long, 101, "…" + strings.Repeat("x", 60) + "here" + strings.Repeat("y", 56) + "…", 61},
		{"bad\xff", 1, "bad\uFFFD", 0},
	} {
		f := newFault(diag.Errorf(diag.Pos{File: "a.md", Line: 2, Col: c.col}, "r", "m"), []byte("first\n"+c.line+"\nlast"))
		if f.Source != c.source || utf8.RuneCountInString(f.Blank) != c.caret || f.Place != fmt.Sprintf("a.md:2:%d", c.col) {
			t.Errorf("%q at %d: %+v", c.line, c.col, f)
		}
	}
	page := string(faultPage(notBuilt, []fault{{Place: "a.md:1:1", Message: "<script>", Source: "<b>价", Blank: "   \u3000", Help: "&"}}))
	for _, want := range []string{"<code>a.md:1:1</code>", "&lt;script&gt;", "&lt;b&gt;价\n   \u3000^", "<p>&amp;</p>"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q:\n%s", want, page)
		}
	}
}

// logged is a log that can be read while it is written.
type logged struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// live is a server under test, and a browser that follows one page.
type live struct {
	t      testing.TB
	site   string
	url    string
	log    *logged
	events chan message
}

// start serves a folder until the test ends.
func start(t testing.TB, site string) *live {
	t.Helper()
	l := &live{t: t, site: site, log: &logged{}, events: make(chan message, 100)}
	ctx, stop := context.WithCancel(context.Background())
	ready, done := make(chan string, 1), make(chan error, 1)
	go func() {
		done <- Run(ctx, Options{Site: site, Addr: "127.0.0.1:0", Log: l.log, Ready: func(url string) { ready <- url }})
	}()
	t.Cleanup(func() {
		stop()
		select {
		case err := <-done:
			if err != nil {
				t.Error(err)
			}
		case <-time.After(5 * time.Second):
			t.Error("the server does not end")
		}
	})
	select {
	case l.url = <-ready:
	case err := <-done:
		done <- nil
		t.Fatalf("the server ended: %v\n%s", err, l.log)
	case <-time.After(20 * time.Second):
		t.Fatalf("the server is not ready\n%s", l.log)
	}
	return l
}

func (l *live) get(path string) (int, string) {
	l.t.Helper()
	res, err := http.Get(l.url + path)
	if err != nil {
		l.t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		l.t.Fatal(err)
	}
	return res.StatusCode, string(body)
}

// follow opens the event stream of a page and returns its first message.
func (l *live) follow(page string) message {
	l.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	l.t.Cleanup(cancel)
	req, _ := http.NewRequestWithContext(ctx, http.MethodGet, l.url+"_playbook/events?page="+page, nil)
	res, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		l.t.Fatal(err)
	}
	go func() {
		defer res.Body.Close()
		for lines := bufio.NewScanner(res.Body); lines.Scan(); {
			if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				var m message
				if json.Unmarshal([]byte(data), &m) == nil {
					l.events <- m
				}
			}
		}
	}()
	return l.next(func(message) bool { return true })
}

// next waits for a message.
func (l *live) next(is func(message) bool) message {
	l.t.Helper()
	timeout := time.After(10 * time.Second)
	for {
		select {
		case m := <-l.events:
			if is(m) {
				return m
			}
		case <-timeout:
			l.t.Fatalf("no such message\n%s", l.log)
		}
	}
}

func (l *live) write(name, text string) {
	l.t.Helper()
	file := filepath.Join(l.site, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		l.t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		l.t.Fatal(err)
	}
}

func page(title, text string) string { return "---\ntitle: " + title + "\n---\n\n" + text + "\n" }

// newSite writes a small site of one language.
func newSite(t testing.TB) *live {
	l := &live{t: t, site: t.TempDir()}
	l.write("content/site.yaml", "title: Course\nlanguages: [en]\n")
	l.write("content/index.md", page("Course", "Welcome."))
	l.write("content/01-first/index.md", page("First", "The first part."))
	l.write("content/01-first/01-asking.md", page("Asking", "One question."))
	return l
}

// Build, edit, fault, mend, a new folder, a folder gone: what an author does.
func TestRun(t *testing.T) {
	before := runtime.NumGoroutine()
	t.Run("session", func(t *testing.T) {
		l := start(t, newSite(t).site)
		const at = "first/asking/index.html"
		if status, body := l.get(at); status != 200 || !strings.Contains(body, "One question.") || !strings.Contains(body, "/_playbook/live.js") {
			t.Fatalf("%d %s\n%s", status, body, l.log)
		}
		now := l.follow("/" + at)
		if len(now.Faults) > 0 {
			t.Fatalf("faults: %v", now.Faults)
		}

		l.write("content/01-first/01-asking.md", page("Asking", "Two questions."))
		next := l.next(func(m message) bool { return m.Page != now.Page })
		if _, body := l.get(at); !strings.Contains(body, "Two questions.") {
			t.Errorf("after the edit: %s", body)
		}

		l.write("content/01-first/01-asking.md", page("Asking", "See [nowhere](nowhere.md)."))
		fault := l.next(func(m message) bool { return len(m.Faults) > 0 })
		if f := fault.Faults[0]; fault.Page != next.Page || f.Place != "content/01-first/01-asking.md:5:15" && !strings.HasPrefix(f.Place, "content/01-first/01-asking.md:5:") || f.Source != "See [nowhere](nowhere.md)." {
			t.Errorf("fault: %+v", fault)
		}
		if _, body := l.get(at); !strings.Contains(body, "Two questions.") {
			t.Errorf("with a fault the last good page is not shown: %s", body)
		}

		// As editors save: a new file takes the old one's place.
		l.write("content/01-first/.01-asking.md.swp", page("Asking", "Mended."))
		if err := os.Rename(filepath.Join(l.site, "content/01-first/.01-asking.md.swp"), filepath.Join(l.site, "content/01-first/01-asking.md")); err != nil {
			t.Fatal(err)
		}
		l.next(func(m message) bool { return len(m.Faults) == 0 && m.Page != next.Page })

		l.write("content/02-second/deep/01-new.md", page("New", "A new folder."))
		until(t, func() bool {
			_, body := l.get("second/deep/new/index.html")
			return strings.Contains(body, "A new folder.")
		})
		l.write("content/02-second/deep/01-new.md", page("New", "And changed."))
		until(t, func() bool {
			_, body := l.get("second/deep/new/index.html")
			return strings.Contains(body, "And changed.")
		})
		if err := os.RemoveAll(filepath.Join(l.site, "content/02-second")); err != nil {
			t.Fatal(err)
		}
		until(t, func() bool { status, _ := l.get("second/deep/new/index.html"); return status == 404 })

		// The theme is watched too, from its first file on.
		l.write("templates/assets/css/90-own.css", "body { outline: 7px solid }\n")
		until(t, func() bool {
			_, body := l.get("index.html")
			_, rest, _ := strings.Cut(body, "assets/site.")
			name, _, _ := strings.Cut(rest, ".css")
			_, sheet := l.get("assets/site." + name + ".css")
			return strings.Contains(sheet, "7px")
		})
	})
	http.DefaultClient.CloseIdleConnections()
	until(t, func() bool { return runtime.NumGoroutine() <= before+1 })
}

func until(t testing.TB, is func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); !is(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("did not come to pass, with %d goroutines", runtime.NumGoroutine())
		}
	}
}

// A site that cannot be built shows why, and comes up when it is mended.
func TestRunFirstFaults(t *testing.T) {
	l := newSite(t)
	l.write("content/01-first/01-asking.md", "---\ntitel: Asking\n---\n")
	l = start(t, l.site)
	status, body := l.get("first/asking/")
	if status != 503 || !strings.Contains(body, "content/01-first/01-asking.md:2:1") || !strings.Contains(body, "titel: Asking") || !strings.Contains(body, "/_playbook/live.js") {
		t.Errorf("%d %s", status, body)
	}
	now := l.follow("/first/asking/")
	if len(now.Faults) == 0 {
		t.Error("no faults")
	}
	l.write("content/01-first/01-asking.md", page("Asking", "Mended."))
	l.next(func(m message) bool { return m.Page != now.Page && len(m.Faults) == 0 })
	if status, body := l.get("first/asking/"); status != 200 || !strings.Contains(body, "Mended.") {
		t.Errorf("mended: %d %s", status, body)
	}
}

// A folder of Markdown without settings; what an earlier build published in it
// is neither content nor watched.
func TestRunGuest(t *testing.T) {
	l := &live{t: t, site: t.TempDir()}
	l.write("README.md", "# Notes\n\nOne.\n")
	l.write("public/"+output.ManifestName, "")
	l = start(t, l.site)
	until(t, func() bool { _, body := l.get(""); return strings.Contains(body, "One.") })
	l.write("README.md", "# Notes\n\nTwo.\n")
	until(t, func() bool { _, body := l.get(""); return strings.Contains(body, "Two.") })
	built := strings.Count(l.log.String(), "built ")
	l.write("public/index.html", "x")
	time.Sleep(10 * debounce)
	if again := strings.Count(l.log.String(), "built "); again != built {
		t.Errorf("built %d times more for a published file", again-built)
	}
}

func TestRunNoSite(t *testing.T) {
	err := Run(t.Context(), Options{Site: filepath.Join(t.TempDir(), "nowhere"), Addr: "127.0.0.1:0"})
	if err == nil || !strings.Contains(err.Error(), "nowhere") {
		t.Errorf("got %v", err)
	}
}

// BenchmarkSave is the time from the end of saving a module to the end of the
// response with its new text, on a site of a hundred modules.
func BenchmarkSave(b *testing.B) {
	l := newSite(b)
	body := strings.Repeat("What would change if the line stood still less often? ", 100)
	for i := range 100 {
		l.write(fmt.Sprintf("content/%02d-track-%d/%02d-module-%d.md", i/10+2, i/10, i%10+1, i), page(fmt.Sprint("Module ", i), body))
	}
	l = start(b, l.site)
	now := l.follow("/first/asking/index.html")
	i := 0
	for b.Loop() {
		i++
		text := fmt.Sprintf("Save number %d.", i)
		l.write("content/01-first/01-asking.md", page("Asking", text))
		now = l.next(func(m message) bool { return m.Page != now.Page })
		if _, body := l.get("first/asking/index.html"); !strings.Contains(body, text) {
			b.Fatalf("old text\n%s", l.log)
		}
	}
}

func FuzzWindow(f *testing.F) {
	f.Add("See [there](nowhere.md).", 5)
	f.Add(strings.Repeat("价", 300), 200)
	f.Add("a\tb\xff", -1)
	f.Fuzz(func(t *testing.T, line string, col int) {
		text, caret := window(line, col)
		if n := utf8.RuneCountInString(text); caret < 0 || caret > n || n > 122 || !utf8.ValidString(text) {
			t.Errorf("window(%q, %d) = %q, %d", line, col, text, caret)
		}
		if n := utf8.RuneCountInString(blank(text, caret)); n != caret {
			t.Errorf("blank(%q, %d) has %d characters", text, caret, n)
		}
	})
}

// An author's folder is not always where its path says: a link leads to the site,
// a folder gets another name, a page is a link to a file elsewhere in the site.
func TestRunMovedFolders(t *testing.T) {
	site := newSite(t)
	site.write("shared/terms.md", page("Terms", "Agreed."))
	if err := os.Symlink(filepath.Join("..", "..", "shared", "terms.md"), filepath.Join(site.site, "content", "01-first", "02-terms.md")); err != nil {
		t.Skip(err)
	}
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(site.site, link); err != nil {
		t.Skip(err)
	}
	l := start(t, link)
	shows := func(path, text string) {
		t.Helper()
		until(t, func() bool { _, body := l.get(path); return strings.Contains(body, text) })
	}
	shows("first/asking/index.html", "One question.")

	l.write("content/01-first/01-asking.md", page("Asking", "Saved through a link."))
	shows("first/asking/index.html", "Saved through a link.")

	l.write("shared/terms.md", page("Terms", "Agreed again."))
	shows("first/terms/index.html", "Agreed again.")

	l.write("content/01-first/05-deep/01-inner.md", page("Inner", "Before."))
	shows("first/deep/inner/index.html", "Before.")
	text := "Saved through a link."
	for _, step := range [][2]string{{"content/01-first", "content/02-second"}, {"content/02-second", "content/03-third"}} {
		if err := os.Rename(filepath.Join(site.site, step[0]), filepath.Join(site.site, step[1])); err != nil {
			t.Fatal(err)
		}
		address := step[1][len("content/00-"):]
		shows(address+"/asking/index.html", text)
		text = "Saved in " + address + "."
		l.write(step[1]+"/01-asking.md", page("Asking", text))
		shows(address+"/asking/index.html", text)
		l.write(step[1]+"/09-new.md", page("New", "New in "+address+"."))
		shows(address+"/new/index.html", "New in "+address+".")
		l.write(step[1]+"/05-deep/01-inner.md", page("Inner", "Deep in "+address+"."))
		shows(address+"/deep/inner/index.html", "Deep in "+address+".")
	}
}

func TestRemoteURLs(t *testing.T) {
	tcp := func(ip string) net.Addr { return &net.TCPAddr{IP: net.ParseIP(ip), Port: 8080} }
	if urls := remoteURLs(tcp("127.0.0.1")); urls != nil {
		t.Errorf("a loopback address: %v", urls)
	}
	for _, ip := range []string{"0.0.0.0", "::"} {
		for _, url := range remoteURLs(tcp(ip)) {
			if !strings.HasSuffix(url, ":8080/") || strings.Contains(url, "127.0.0.1") {
				t.Errorf("%s: %s", ip, url)
			}
		}
	}
}
