package search

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// page is a page whose key is its text.
func page(path, title string, sections ...Section) Page {
	return Page{Path: path, Title: title, Track: "Track", Key: fmt.Sprint(path, sections), Sections: given(sections)}
}

func given(sections []Section) func(func(Section)) {
	return func(each func(Section)) {
		for _, s := range sections {
			each(s)
		}
	}
}

// build builds, which cannot fail.
func build(t testing.TB, x *Index, in Input) []File {
	t.Helper()
	all, err := x.Build(in)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func files(t testing.TB, all []File) map[string]string {
	t.Helper()
	m := map[string]string{}
	for _, f := range all {
		if _, twice := m[f.Path]; twice {
			t.Errorf("%s twice", f.Path)
		}
		m[f.Path] = string(f.Data())
	}
	return m
}

func input(pages ...Page) Input {
	return Input{Languages: []Language{{Writing: Writing{Stemmer: "english"}, Code: "en", Tag: "en", Script: "latin", Name: "English", Words: map[string]string{"none": "Nothing."}, Pages: pages}}}
}

func TestFiles(t *testing.T) {
	got := files(t, build(t, New(), input(
		page("a/index.html", "Selling", Section{Text: []byte("He sells.")}, Section{"b", "A \"sale\"", []byte("It sold.")}),
	)))
	stamp := strings.Split(got["search/en.js"], `"`)[3]
	want := map[string]string{
		"search/en.js": `playbookSearch("en","` + stamp + `",{"tag":"en","script":"latin","name":"English","pages":"%","terms":[""],"spelling":[""],"entries":"%","others":[],"words":{"none":"Nothing."}})` + "\n",
		// sells and selling are one term: in the title and the text of the first entry (level 19), and the
		// second stands under that title (2)
		"search/en/t0.js": `playbookSearch("en/t0","` + stamp + `",{"words":"#a #he #it #sale $elling 's $old ","of":"#####$#","places":"<K <& <F <K 36% <F"})` + "\n",
		"search/en/w0.js": `playbookSearch("en/w0","` + stamp + `","#sale $elling 's $old #~dlos $elas $gnilles $slles ")` + "\n",
		"search/en/d0.js": `playbookSearch("en/d0","` + stamp + `",{"pages":[["a/index.html","Selling","Track"]],"entries":[[0,"","","He sells."],[0,"b","A \"sale\"","It sold."]]})` + "\n",
	}
	for path, data := range want {
		if got[path] != data {
			t.Errorf("%s is\n%swant\n%s", path, got[path], data)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d files", len(got))
	}
}

func TestNoPages(t *testing.T) {
	got := files(t, build(t, New(), input()))
	if len(got) != 1 || !strings.Contains(got["search/en.js"], `"terms":[]`) {
		t.Error(got)
	}
}

func TestNames(t *testing.T) {
	in := input(page("a/index.html", "A", Section{Text: []byte("ROI")}))
	in.Aliases = [][]string{{"ROI", "return on investment", "投资回报率"}}
	got := files(t, build(t, New(), in))
	if want := "playbookSearch(\"names\",\"\",[[\"ROI\",\"return on investment\",\"投资回报率\"]])\n"; got["search/names.js"] != want {
		t.Errorf("names are %s", got["search/names.js"])
	}
	if !strings.Contains(got["search/en.js"], `"names":true`) {
		t.Error("the root does not say that there are names")
	}
}

// some makes pages of words that differ from page to page.
func some(n, salt int) []Page {
	var all []Page
	for i := range n {
		var b strings.Builder
		for j := range 120 {
			fmt.Fprintf(&b, "word%c%c客户%c价值 ", 'a'+rune(i*j%26), 'a'+rune((i+j)%26), '一'+rune((i*j+salt)%300))
		}
		all = append(all, page(fmt.Sprintf("p%d/index.html", i), fmt.Sprintf("Page %d", i), Section{Text: []byte(b.String())}, Section{"s", "Section", []byte(b.String())}))
	}
	return all
}

// TestAgain: after an edit, and after another, the index is what a fresh one is,
// and only what changed was read.
func TestAgain(t *testing.T) {
	x := New()
	before := some(60, 0)
	build(t, x, input(before...))
	read := 0
	after := append([]Page(nil), before...)
	for _, change := range []func(){
		func() { after[7] = page("p7/index.html", "Seven", Section{Text: []byte("quite other words")}) },
		func() { after = append(after[:20], after[21:]...) },
		func() { after[7] = before[7] },
	} {
		change()
		counted := append([]Page(nil), after...)
		for i := range counted {
			sections := counted[i].Sections
			counted[i].Sections = func(each func(Section)) { read++; sections(each) }
		}
		read = 0
		built := build(t, x, input(counted...))
		if read > 1 {
			t.Errorf("%d pages were read again", read)
		}
		got, want := files(t, built), files(t, build(t, New(), input(after...)))
		if len(got) != len(want) {
			t.Errorf("%d files, want %d", len(got), len(want))
		}
		for path, data := range want {
			if got[path] != data {
				t.Errorf("%s differs from a fresh one", path)
			}
		}
	}
}

// TestSave: the postings of pages that did not change are inverted once, however
// often one is saved.
func TestSave(t *testing.T) {
	pages := some(60, 0)
	x := New()
	files(t, build(t, x, input(pages...)))
	base := x.lexicons["en"].base
	for i := range mostOthers {
		pages[i] = page("p/index.html", "Saved", Section{Text: fmt.Append(nil, "saved ", i)})
		files(t, build(t, x, input(pages...)))
	}
	if base == nil || x.lexicons["en"].base != base {
		t.Error("they were inverted again")
	}
}

// TestManyPostings: a term that stands everywhere does not outgrow a file.
func TestManyPostings(t *testing.T) {
	for path, data := range files(t, build(t, New(), input(some(2000, 1)...))) {
		if len(data) > 24_000 {
			t.Errorf("%s has %d bytes", path, len(data))
		}
	}
}

func BenchmarkRead(b *testing.B) {
	pages := some(200, 0)
	b.ReportAllocs()
	for b.Loop() {
		build(b, New(), input(pages...))
	}
}

// BenchmarkAgain is what a saved page costs before anybody searches.
func BenchmarkAgain(b *testing.B) {
	pages := some(2000, 0)
	x := New()
	build(b, x, input(pages...))
	n := 0
	for b.Loop() {
		n++
		pages[5] = page("p5/index.html", "Five", Section{Text: fmt.Append(nil, "saved ", n)})
		build(b, x, input(pages...))
	}
}

// TestLongWords: words longer than a file, wherever they stand in the order.
func TestLongWords(t *testing.T) {
	long := func(letter string, n int) string { return strings.Repeat(letter, n) }
	for name, words := range map[string]string{
		"first":    long("a", 11_998) + " sells",
		"last":     "sells " + long("z", 30_000),
		"alone":    long("a", 60_000),
		"together": long("a", 12_000) + " " + long("b", 12_000) + " " + long("c", 12_000),
		"Han":      long("价", 30_000),
	} {
		for path, data := range files(t, build(t, New(), input(page("a/index.html", words, Section{Text: []byte(words)}, Section{"b", words, nil})))) {
			if !strings.HasPrefix(data, `playbookSearch("`) || !strings.HasSuffix(data, ")\n") {
				t.Errorf("%s: %s is %.80s", name, path, data)
			}
		}
	}
}

// A page that cannot be read is an error, and the next build begins afresh.
func TestBuildFails(t *testing.T) {
	x := New()
	in := input(page("a/index.html", "A", Section{Text: []byte("text")}))
	good := in.Languages[0].Pages[0].Sections
	in.Languages[0].Pages[0].Sections = func(func(Section)) { panic("no sections") }
	if _, err := x.Build(in); err == nil || !strings.Contains(err.Error(), "a mistake in playbook itself, at search/search_test.go:") {
		t.Errorf("the error is %v", err)
	}
	in.Languages[0].Pages[0].Sections = good
	if got := files(t, build(t, x, in)); !strings.Contains(got["search/en/t0.js"], "text") {
		t.Error(got)
	}
}

// FuzzBuild: whatever stands in pages, the index is made, of texts that scripts
// can read, and once more with another page it is what a fresh one is.
func FuzzBuild(f *testing.F) {
	f.Add("Selling", "He sells. 价值等式", "h", strings.Repeat("a", 12_000), uint8(3))
	f.Add("", "\x00\xff\"\\ ʼn é", "", "", uint8(0))
	f.Fuzz(func(t *testing.T, title, text, heading, long string, n uint8) {
		var pages []Page
		for i := range int(n%5) + 1 {
			pages = append(pages, page(fmt.Sprint(i), strings.Repeat(title, i), Section{Text: []byte(text)}, Section{"h", heading, []byte(long)}))
		}
		x := New()
		files(t, build(t, x, input(pages...)))
		pages[0] = page("0", title, Section{Text: []byte(long + text)})
		got, want := files(t, build(t, x, input(pages...))), files(t, build(t, New(), input(pages...)))
		for path, data := range want {
			if got[path] != data {
				t.Errorf("%s differs from a fresh one", path)
			}
			_, object, _ := strings.Cut(strings.TrimSuffix(data, ")\n"), "(")
			if !json.Valid([]byte("[" + object + "]")) {
				t.Errorf("%s is %q", path, data)
			}
		}
	})
}
