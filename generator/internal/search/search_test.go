package search

import (
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

func files(t *testing.T, all []File) map[string]string {
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
	return Input{Languages: []Language{{Code: "en", Tag: "en", Name: "English", Words: map[string]string{"none": "Nothing."}, Pages: pages}}}
}

func TestFiles(t *testing.T) {
	got := files(t, New().Build(input(
		page("a/index.html", "Selling", Section{Text: []byte("He sells.")}, Section{"b", "A \"sale\"", []byte("It sold.")}),
	)))
	stamp := strings.Split(got["search/en.js"], `"`)[3]
	want := map[string]string{
		"search/en.js": `playbookSearch("en","` + stamp + `",{"tag":"en","name":"English","pages":"%","terms":[""],"spelling":[""],"entries":"%","others":[],"words":{"none":"Nothing."}})` + "\n",
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
	got := files(t, New().Build(input()))
	if len(got) != 1 || !strings.Contains(got["search/en.js"], `"terms":[]`) {
		t.Error(got)
	}
}

func TestNames(t *testing.T) {
	in := input(page("a/index.html", "A", Section{Text: []byte("ROI")}))
	in.Aliases = [][]string{{"ROI", "return on investment", "投资回报率"}}
	got := files(t, New().Build(in))
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
	x.Build(input(before...))
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
		built := x.Build(input(counted...))
		if read > 1 {
			t.Errorf("%d pages were read again", read)
		}
		got, want := files(t, built), files(t, New().Build(input(after...)))
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

// TestSave: the postings of pages that did not change are gathered once, however
// often one is saved.
func TestSave(t *testing.T) {
	pages := some(60, 0)
	x := New()
	files(t, x.Build(input(pages...)))
	base := x.lexicons["en"].base
	for i := range mostOthers {
		pages[i] = page("p/index.html", "Saved", Section{Text: fmt.Append(nil, "saved ", i)})
		files(t, x.Build(input(pages...)))
	}
	if base == nil || x.lexicons["en"].base != base {
		t.Error("they were gathered anew")
	}
}

// TestManyPostings: a term that stands everywhere does not outgrow a file.
func TestManyPostings(t *testing.T) {
	for path, data := range files(t, New().Build(input(some(2000, 1)...))) {
		if len(data) > 24_000 {
			t.Errorf("%s has %d bytes", path, len(data))
		}
	}
}

func BenchmarkRead(b *testing.B) {
	pages := some(200, 0)
	b.ReportAllocs()
	for b.Loop() {
		New().Build(input(pages...))
	}
}

// BenchmarkAgain is what a saved page costs before anybody searches.
func BenchmarkAgain(b *testing.B) {
	pages := some(2000, 0)
	x := New()
	x.Build(input(pages...))
	n := 0
	for b.Loop() {
		n++
		pages[5] = page("p5/index.html", "Five", Section{Text: fmt.Append(nil, "saved ", n)})
		x.Build(input(pages...))
	}
}
