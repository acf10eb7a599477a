package offline

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"
)

func file(path, data string) File {
	return File{path, sha256.Sum256([]byte(data)), int64(len(data))}
}

// named is a file under assets/ that is called after its content.
func named(base, data string) File {
	sum := sha256.Sum256([]byte(data))
	return file("assets/"+base+"."+hex.EncodeToString(sum[:5])+".css", data)
}

func large(path string, size int64) File {
	f := file(path, path)
	f.Size = size
	return f
}

var policy = Policy{
	Required:    func(path string) bool { return strings.HasPrefix(path, "assets/") || path == "index.html" },
	Unrequested: func(path string) bool { return path == "404.html" },
}

func TestNewRelease(t *testing.T) {
	site := named("site", "body{}")
	for name, c := range map[string]struct {
		files []File
		want  string
	}{
		"a site": {
			[]File{file("404.html", "no"), file("assets/logo.0123456789.css", "not what its name says"), site, file("index.html", "home"), file("index.html.br", "x"), file("index.html.gz", "x"), file("one/index.html", "one")},
			`stamp mXXsNtPc, whole true, 35 bytes, files map[assets/logo.0123456789.css:o+Kt8JsY ` + site.Path + `: index.html:TqFAWIFQ one/index.html:dpLDrTVA]`,
		},
		"a film is not kept and does not count": {
			[]File{large("film.mp4", Whole), file("index.html", "home")},
			`stamp zkWgmWQG, whole true, 4 bytes, files map[index.html:TqFAWIFQ]`,
		},
		"what every page needs is kept however large it is": {
			[]File{large("assets/calculators.wasm", Large+1), file("index.html", "home")},
			`whole true, 4194309 bytes, files map[assets/calculators.wasm:`,
		},
		"as large as a site may be": {
			[]File{large("a.html", Large), large("b.html", Large), large("c.html", Large), large("d.html", Large), large("e.html", Large), large("index.html", Large)},
			`whole true, 25165824 bytes`,
		},
		"of a larger one the frame": {
			[]File{large("a.html", Large), large("b.html", Large), large("c.html", Large), large("d.html", Large), large("e.html", Large), large("f.html", Large), file("index.html", "home")},
			`whole false, 4 bytes, files map[index.html:TqFAWIFQ]`,
		},
	} {
		r := NewRelease(c.files, policy)
		if got := fmt.Sprintf("stamp %s, whole %t, %d bytes, files %v", r.Stamp, r.Whole, r.Bytes, r.Files); !strings.Contains(got, c.want) {
			t.Errorf("%s:\n\t%s\nwant\n\t%s", name, got, c.want)
		}
	}
}

// The stamp changes with every file that a browser may keep, of a large site too,
// and with nothing else.
func TestStamp(t *testing.T) {
	for _, size := range []int64{1, Large} {
		stamp := func(page, missing string) string {
			files := []File{file("404.html", missing), file("page.html", page)}
			for i := range 7 {
				files = append(files, large(fmt.Sprintf("x%d.html", i), size))
			}
			return NewRelease(files, policy).Stamp
		}
		if stamp("a", "a") == stamp("b", "a") {
			t.Errorf("files of %d bytes: another page, the same stamp", size)
		}
		if stamp("a", "a") != stamp("a", "b") {
			t.Errorf("files of %d bytes: the stamp tells a file that is never kept", size)
		}
	}
}

func TestWorker(t *testing.T) {
	r := NewRelease([]File{file("index.html", "home")}, policy)
	got := string(Worker(r, []string{"en"}, map[string]map[string]string{"en": {"mark": "</script>"}}, []byte("work()")))
	want := `self.playbookOffline={"stamp":"zkWgmWQG","whole":true,"bytes":4,"files":{"index.html":"TqFAWIFQ"},"languages":["en"],"words":{"en":{"mark":"\u003c/script\u003e"}}};
work()
`
	if got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

// A site of ten thousand pages has the list of a small one, and making it costs
// next to nothing.
func BenchmarkNewRelease(b *testing.B) {
	var files []File
	for i := range 10_000 {
		files = append(files, large(fmt.Sprintf("en/track-%d/module-%d/index.html", i/100, i), 20<<10))
	}
	b.ReportAllocs()
	for b.Loop() {
		NewRelease(files, policy)
	}
}
