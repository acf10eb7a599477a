package book

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"playbook/generator/internal/diag"
)

// files is a site in memory.
type files map[string]string

func (f files) Render(buf []byte, path string) ([]byte, diag.List) {
	data, ok := f[path]
	if !ok {
		return nil, diag.List{{Severity: diag.Error, Message: "there is no " + path}}
	}
	return append(buf, data...), nil
}

var site = files{
	"assets/site.css":  "p { margin: 0 }",
	"assets/later.css": "h1 { margin: 0 }",
	"en/plan.png":      "PNG",
	"en/a/index.html": `<html><head><link rel="stylesheet" href="../../assets/site.css"><noscript><link rel="stylesheet" href="../../assets/later.css"></noscript></head><body><header>frame</header>
<main><nav class="crumbs">Home</nav><h1><span class="number">1</span> A &amp; B</h1><div class="prose">
<h2 id="idea">Idea<a class="anchor" href="#idea">#</a></h2><p>See <a href="../b/index.html#x">B</a>, <a href="../c/index.html">C</a>, <a href="https://example.com/?a=1&amp;b=2">out</a>, <a href="#gone">gone</a>.</p>
<p>A <button type="button" class="term" popovertarget="term-win">win</button>.<br><img src="../plan.png" alt="A plan"></p>
<svg viewBox="0 0 9 9" class="fig"><clipPath id="k"><path d="M0 0"></path></clipPath><path clip-path="url(#k)" d="M1 1"></path></svg>
<playbook-quiz class="quiz" id="quiz-q1" data-kind="choice"><h3 class="quiz-title" id="which">Which?</h3><form class="quiz-form"><fieldset><legend>One</legend><ul><li><label class="quiz-option"><input type="radio" name="o"><span>Yes</span></label></li></ul></fieldset></form>
<div class="quiz-help"><details class="quiz-answer"><summary>Show</summary><p>Yes, <a href="#idea">because</a>.</p></details></div></playbook-quiz>
<div class="term-cards"><div id="term-win" popover><p>Win</p><p><a href="../b/index.html#win">More</a></p></div></div></div><script>1</script></main></body></html>`,
	"en/b/index.html": `<main><h1>B</h1><h2 id="x">X</h2><h3 id="win">Win</h3><details><summary>More</summary><p>Text</p></details></main>`,
}

func newBook(t *testing.T, base string) *Book {
	t.Helper()
	b, faults := New(site, []Chapter{{Path: "en/a/index.html", Title: "A & B", Number: "1"}, {Path: "en/b/index.html", Title: "B", Depth: 1}}, Options{
		Title: "Book <1>", Lang: "en", ID: "x", BaseURL: base, Answers: true, Words: Words{Contents: "Contents", Answers: "Answers", Answer: "Answer", Question: "Question"},
	})
	if b == nil {
		t.Fatal(faults)
	}
	return b
}

func render(nodes []*html.Node) string {
	var w bytes.Buffer
	for _, n := range nodes {
		_ = html.Render(&w, n)
	}
	return w.String()
}

func TestChapter(t *testing.T) {
	b := newBook(t, "https://example.com/p/")
	want := `<h1><span class="number">1</span> A &amp; B</h1><div class="prose">
<h2 id="c1-idea">Idea</h2><p>See <a href="#c2-x">B</a>, <a href="https://example.com/p/en/c/">C</a>, <a href="https://example.com/?a=1&amp;b=2">out</a>, <a>gone</a>.</p>
<p>A <a class="term" href="#c2-win">win</a>.<br/><img src="en/plan.png" alt="A plan"/></p>
<svg viewBox="0 0 9 9" class="fig"><clipPath id="c1-k"><path d="M0 0"></path></clipPath><path clip-path="url(#c1-k)" d="M1 1"></path></svg>
<div class="quiz" id="c1-quiz-q1"><h3 class="quiz-title" id="c1-which">Which?</h3><div class="quiz-form"><div><p>One</p><ul><li><div class="quiz-option"><span class="box">☐` + "\u00a0" + `</span><span>Yes</span></div></li></ul></div></div>
<div class="quiz-help"><p class="book-to-answer"><a href="#c1-quiz-q1-answer">Answer</a></p></div></div>
</div>`
	if diff := cmp.Diff(want, render(b.chapters[0].body)); diff != "" {
		t.Error(diff)
	}
	want = `<h1>Answers</h1><h2><a href="#c1">1 A &amp; B</a></h2><section class="book-answer" id="c1-quiz-q1-answer"><h3><a href="#c1-quiz-q1">Which?</a></h3><p>Yes, <a href="#c1-idea">because</a>.</p></section>`
	if diff := cmp.Diff(want, render(b.chapters[2].body)); diff != "" {
		t.Error(diff)
	}
	if got := render(newBook(t, "").chapters[0].body); !strings.Contains(got, "<a>C</a>") {
		t.Errorf("without a published site a link to what is not in the book leads nowhere: %s", got)
	}
}

func TestHTML(t *testing.T) {
	page := string(newBook(t, "").HTML(".book { margin: 0 }\n"))
	for _, want := range []string{
		"p { margin: 0 }\nh1 { margin: 0 }\n.book { margin: 0 }", // the pages' styles, then the book's
		"<title>Book &lt;1&gt;</title>", `<li class="depth-1"><a href="#c2">B</a></li>`,
		`<section class="book-chapter depth-1" id="c2">` + "\n<h2>B</h2>", `src="data:image/png;base64,UE5H"`, `<details open="">`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s in\n%s", want, page)
		}
	}
}

func TestMissingPage(t *testing.T) {
	b, faults := New(site, []Chapter{{Path: "en/gone/index.html"}}, Options{})
	if b != nil || !faults.HasErrors() {
		t.Errorf("a book of a page that is not there: %v, %v", b, faults)
	}
}

// checkEPUB holds an e-book against what the format asks for: the media type first and
// stored, every file well-formed and listed, every link to something that is there.
func checkEPUB(t *testing.T, data []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	if first := z.File[0]; first.Name != "mimetype" || first.Method != zip.Store || len(first.Extra) > 0 {
		t.Errorf("the first file is %s by method %d with %d more bytes", first.Name, first.Method, len(first.Extra))
	}
	text, ids, links := map[string]string{}, map[string]bool{}, map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		text[f.Name] = string(content)
		if ext := path.Ext(f.Name); ext != ".xhtml" && ext != ".opf" && ext != ".xml" {
			continue
		}
		for d := xml.NewDecoder(bytes.NewReader(content)); ; {
			token, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
			start, ok := token.(xml.StartElement)
			if !ok {
				continue
			}
			for _, a := range start.Attr {
				switch {
				case a.Name.Local == "id":
					if ids[f.Name+"#"+a.Value] {
						t.Errorf("%s: the id %s stands twice", f.Name, a.Value)
					}
					ids[f.Name+"#"+a.Value] = true
				case (a.Name.Local == "href" || a.Name.Local == "src") && !strings.Contains(a.Value, ":"):
					links[path.Join(path.Dir(f.Name), a.Value)] = f.Name
				}
			}
		}
	}
	for to, from := range links {
		if file, _, _ := strings.Cut(to, "#"); text[file] == "" || file != to && !ids[to] {
			t.Errorf("%s: a link to %s, which is not there", from, to)
		}
	}
	return text
}

func TestEPUB(t *testing.T) {
	made := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	data, err := newBook(t, "").EPUB("p { margin: 0 }", made)
	if err != nil {
		t.Fatal(err)
	}
	text := checkEPUB(t, data)
	if got := text["OEBPS/images/1.png"]; got != "PNG" {
		t.Errorf("the picture is %q", got)
	}
	_, nav, _ := strings.Cut(text["OEBPS/nav.xhtml"], "</h1>\n")
	want := `<ol>
<li><a href="c1.xhtml">1 A &amp; B</a><ol>
<li><a href="c2.xhtml">B</a></li>
</ol>
</li>
<li><a href="answers.xhtml">Answers</a></li>
</ol>
</nav>
</body>
</html>
`
	if diff := cmp.Diff(want, nav); diff != "" {
		t.Error(diff)
	}
	if !strings.Contains(text["OEBPS/book.opf"], `<item id="c1" href="c1.xhtml" media-type="application/xhtml+xml" properties="svg"/>`) {
		t.Error(text["OEBPS/book.opf"])
	}
	again, _ := newBook(t, "").EPUB("p { margin: 0 }", made)
	if !bytes.Equal(data, again) {
		t.Error("the same book has other bytes")
	}
}
