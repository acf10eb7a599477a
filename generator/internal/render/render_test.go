package render

import (
	"io/fs"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

func TestLinked(t *testing.T) {
	link := func(module string) string {
		if module == "questions/spin" {
			return "../spin/index.html"
		}
		return ""
	}
	for text, want := range map[string]string{
		"plain <b>": "plain &lt;b&gt;",
		"ask [these & those](module:questions/spin).":   `ask <a href="../spin/index.html">these &amp; those</a>.`,
		"[a](module:questions/spin#p) [b](module:gone)": `<a href="../spin/index.html#p">a</a> b`,
		"[open](module:questions/spin":                  "[open](module:questions/spin",
		"](module:x)":                                   "](module:x)",
	} {
		if got := string(linked(text, link)); got != want {
			t.Errorf("%s\ngot  %s\nwant %s", text, got, want)
		}
	}
}

// Punctuation directly beside a term keeps to its line, and nothing else.
func TestUnbroken(t *testing.T) {
	for _, c := range []struct{ before, after, b, a string }{
		{"他是", "，高", "", "，"},
		{"他说：“", "”。她", "“", "”。"},
		{"(（", "…)] x", "(（", "…)]"},
		{"the ", ", high", "", ","},
		{"the ", " is", "", ""},
		{"<b>", "</b>, x", "", ""},
		{"&quot;", "&quot; x", "", ""},
		{"", "", "", ""},
	} {
		b, a := unbroken([]byte(c.before), []byte(c.after))
		if got := c.before[len(c.before)-b:]; got != c.b {
			t.Errorf("before %q: got %q, want %q", c.before, got, c.b)
		}
		if got := c.after[:a]; got != c.a {
			t.Errorf("after %q: got %q, want %q", c.after, got, c.a)
		}
	}
}

func TestDecimal(t *testing.T) {
	for want, in := range map[string][2]int64{
		"0": {0, 100}, "0.01": {1, 100}, "12000": {1_200_000, 100}, "0.5": {5_000, 10_000}, "99": {990_000, 10_000}, "7": {7, 1},
	} {
		if got := decimal(in[0], in[1]); got != want {
			t.Errorf("decimal(%d, %d) = %s, want %s", in[0], in[1], got, want)
		}
	}
}

func TestSafe(t *testing.T) {
	for dest, want := range map[string]bool{
		"a.md": true, "../x:y": true, "#a:b": true, "?a:b": true, "": true, "javascript:alert(1)": false, "vbscript:x": false, "data:text/html,x": false,
	} {
		if safe(dest) != want {
			t.Errorf("safe(%q) = %v", dest, !want)
		}
	}
}

// A file of the upper layer hides the lower one's; folders are united.
func TestOverlay(t *testing.T) {
	file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	over := overlay{
		fstest.MapFS{"pages/home.html": file("mine")},
		fstest.MapFS{"pages/home.html": file("theirs"), "pages/tag.html": file("tag"), "blocks/path.html": file("quiz")},
	}
	var got []string
	err := fs.WalkDir(over, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			data, err := fs.ReadFile(over, name)
			if err != nil {
				return err
			}
			got = append(got, name+" "+string(data))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"blocks/path.html quiz", "pages/home.html mine", "pages/tag.html tag"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
