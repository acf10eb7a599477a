package markdown

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"playbook/generator/internal/diag"
	"playbook/generator/internal/source"
)

// pages: what becomes of a text.
var pages = []struct {
	name  string
	opt   Options
	text  string
	want  string
	title string // of a guest's page
}{
	{name: "table", text: "|a|b|\n|:-:|--:|\n|1|2|\n",
		want: "<div class=\"table-scroll\" role=\"group\" tabindex=\"0\" aria-label=\"Table\">\n<table>\n<thead>\n<tr>\n" +
			"<th scope=\"col\" class=\"align-center\">a</th>\n<th scope=\"col\" class=\"align-right\">b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n" +
			"<td class=\"align-center\">1</td>\n<td class=\"align-right\">2</td>\n</tr>\n</tbody>\n</table>\n</div>\n"},
	{name: "empty corner", text: "||b|\n|-|-|\n|1|2|\n",
		want: "<div class=\"table-scroll\" role=\"group\" tabindex=\"0\" aria-label=\"Table\">\n<table>\n<thead>\n<tr>\n" +
			"<td></td>\n<th scope=\"col\">b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n<td>2</td>\n</tr>\n</tbody>\n</table>\n</div>\n"},
	{name: "task list", text: "- [x] a\n- [ ] b\n",
		want: "<playbook-tasks></playbook-tasks>\n<ul data-tasks=\"\">\n<li data-task=\"~1b9whsv\"><input type=\"checkbox\" disabled checked aria-label=\"done\"> a</li>\n<li data-task=\"~g7go7o\"><input type=\"checkbox\" disabled aria-label=\"to do\"> b</li>\n</ul>\n"},
	{name: "footnotes", text: "A[^1] b[^x] c[^1].\n\n[^1]: One.\n[^x]: Two.\n",
		want: `<p>A<sup id="fnref-1"><a class="footnote-ref" href="#fn-1" role="doc-noteref">1</a></sup> b<sup id="fnref-2"><a class="footnote-ref" href="#fn-2" role="doc-noteref">2</a></sup> c<sup id="fnref-1-2"><a class="footnote-ref" href="#fn-1" role="doc-noteref">1</a></sup>.</p>` + "\n" +
			"<div class=\"footnotes\" role=\"doc-endnotes\">\n<ol>\n<li id=\"fn-1\">\n<p>One. <a class=\"footnote-backref\" href=\"#fnref-1\" role=\"doc-backlink\" aria-label=\"Back to the text 1-1\">↩\uFE0E</a> <a class=\"footnote-backref\" href=\"#fnref-1-2\" role=\"doc-backlink\" aria-label=\"Back to the text 1-2\">↩\uFE0E</a></p>\n</li>\n" +
			"<li id=\"fn-2\">\n<p>Two. <a class=\"footnote-backref\" href=\"#fnref-2\" role=\"doc-backlink\" aria-label=\"Back to the text 2\">↩\uFE0E</a></p>\n</li>\n</ol>\n</div>\n"},
	{name: "definition list", text: "Term\n: Meaning\n", want: "<dl>\n<dt>Term</dt>\n<dd>Meaning</dd>\n</dl>\n"},
	{name: "English quotes", text: `"It's" -- it... << x >>` + "\n", want: "<p>“It’s” – it… &lt;&lt; x &gt;&gt;</p>\n"},
	{name: "other languages keep theirs", opt: Options{Language: Language{NoBreakBefore: "!"}}, text: `"a" !` + "\n", want: "<p>&quot;a&quot;\u202F!</p>\n"},
	{name: "French", opt: Options{Language: french}, text: "\"Combien ?\" Il l'a dit : « oui » **non** ! `a ?` à 12:30 ; [b ?](c)\n\n## Quoi ?\n",
		want: "<p>«\u202FCombien\u202F?\u202F» Il l’a dit\u202F: «\u202Foui\u202F» <strong>non</strong>\u202F! <code>a ?</code> à 12:30\u202F; <a href=\"c\">b\u202F?</a></p>\n<h2 id=\"quoi\">Quoi\u202F?" + anchorTo("quoi") + "</h2>\n"},
	{name: "Chinese line breaks", opt: Options{Language: han}, text: "一行\n**两行**\nfoo.\n**Bar**\n三行\n`四`\n", want: "<p>一行<strong>两行</strong>\nfoo.\n<strong>Bar</strong>\n三行<code>四</code></p>\n"},
	{name: "links", text: "[a](b%20c.md#x \"t & u\") <https://x.org/?a=1&b> www.x.org [r]\n\n[r]: <d e.md>\n",
		want: `<p><a href="b%20c.md#x" title="t &amp; u">a</a> <a href="https://x.org/?a=1&amp;b" rel="noopener">https://x.org/?a=1&amp;b</a> <a href="http://www.x.org" rel="noopener">www.x.org</a> <a href="d e.md">r</a></p>` + "\n"},
	{name: "image with a caption", text: "![a](x.png 'It \"is\" & was')\n\n- ![b](y.png \"B\")\n\n![c](z.png \"C\") in a line\n",
		want: `<figure class="picture"><img src="x.png" alt="a" loading="lazy" decoding="async"><figcaption>It &quot;is&quot; &amp; was</figcaption></figure>` + "\n" +
			`<ul>` + "\n" + `<li><img src="y.png" alt="b" title="B" loading="lazy" decoding="async"></li>` + "\n" + `</ul>` + "\n" +
			`<p><img src="z.png" alt="c" title="C" loading="lazy" decoding="async"> in a line</p>` + "\n"},
	{name: "image", text: "![a *b* \"c\"](x.png)\n", want: `<p><img src="x.png" alt="a b “c”" loading="lazy" decoding="async"></p>` + "\n"},
	{name: "heading ids", text: "## 中文标题\n\n## A & B!\n\n## A & B!\n\n## 价值 {#value}\n\n## ?\n",
		want: "<h2 id=\"中文标题\">中文标题" + anchorTo("中文标题") + "</h2>\n<h2 id=\"a--b\">A &amp; B!" + anchorTo("a--b") + "</h2>\n<h2 id=\"a--b-1\">A &amp; B!" + anchorTo("a--b-1") + "</h2>\n" +
			"<h2 id=\"value\">价值" + anchorTo("value") + "</h2>\n<h2 id=\"section\">?" + anchorTo("section") + "</h2>\n"},
	{name: "ids of figures", text: "## Figure 1\n\n```figure chain\ncaption: C\nalt: A\nitems: [{label: a}, {label: b}]\n```\n",
		want: "<h2 id=\"figure-1-1\">Figure 1" + anchorTo("figure-1-1") + "</h2>\n{figure chain}"},
	{name: "ids of blocks come first", text: "## C\n\n```calculator c\n```\n",
		want: "<h2 id=\"c-1\">C" + anchorTo("c-1") + "</h2>\n{calculator c}"},
	{name: "code", text: "```go\nfunc f() {} // <x>\n```\n",
		want: "<pre class=\"chroma\" tabindex=\"0\"><code class=\"language-go\"><span class=\"kd\">func</span> <span class=\"nf\">f</span><span class=\"p\">()</span> <span class=\"p\">{}</span> <span class=\"c1\">// &lt;x&gt;</span>\n</code></pre>\n"},
	{name: "unknown language", text: "```<b>\n<x>\n```\n", want: "<pre class=\"chroma\" tabindex=\"0\"><code>&lt;x&gt;\n</code></pre>\n"},
	{name: "callout", text: "> [!FLAG] The *wrong* side\n> text\n",
		want: "<aside class=\"callout callout-flag\" role=\"note\" data-sign=\"flag\">\n<p class=\"callout-title\">SIGN<span><span class=\"callout-kind\">Red flag: </span>The <em>wrong</em> side</span></p>\n<p>text</p>\n</aside>\n"},
	{name: "callout without title", opt: Options{Language: han}, text: "> [!note]\n> - a\n",
		want: "<aside class=\"callout callout-note\" role=\"note\">\n<p class=\"callout-title\"><span>Note</span></p>\n<ul>\n<li>a</li>\n</ul>\n</aside>\n"},
	{name: "folded callouts", text: "> [!SOURCE]\n> a\n\n> [!NOTE]- T\n> b\n",
		want: "<details class=\"callout callout-source\">\n<summary class=\"callout-title\"><span>Where this comes from</span></summary>\n<p>a</p>\n</details>\n<details class=\"callout callout-note\">\n<summary class=\"callout-title\"><span><span class=\"callout-kind\">Note: </span>T</span></summary>\n<p>b</p>\n</details>\n"},
	{name: "bound number", text: "[9,500](value:a.b) c\n", want: "<p>9,500 c</p>\n"},
	{name: "no callout", text: "> [!NOTE](x.md)\n", want: "<blockquote>\n<p><a href=\"x.md\">!NOTE</a></p>\n</blockquote>\n"},
	{name: "dialogue", text: "> **Buyer:** Price is <b>fine</b>.\n> **Rep**: A & b?\n> **Buyer：** No.\n",
		want: "<div class=\"dialogue\">\n<p class=\"turn\"><b class=\"speaker\">Buyer<span class=\"vh\">: </span></b><span class=\"say\">Price is <b>fine</b>.</span></p>\n" +
			"<p class=\"turn\"><b class=\"speaker\">Rep<span class=\"vh\">: </span></b><span class=\"say\">A &amp; b?</span></p>\n" +
			"<p class=\"turn\"><b class=\"speaker\">Buyer<span class=\"vh\">: </span></b><span class=\"say\">No.</span></p>\n</div>\n"},
	{name: "dialogue and text", text: "> **A:** x\n> **B:** y\n>\n> They part.\n",
		want: "<blockquote>\n<div class=\"dialogue\">\n<p class=\"turn\"><b class=\"speaker\">A<span class=\"vh\">: </span></b><span class=\"say\">x</span></p>\n" +
			"<p class=\"turn\"><b class=\"speaker\">B<span class=\"vh\">: </span></b><span class=\"say\">y</span></p>\n</div>\n<p>They part.</p>\n</blockquote>\n"},
	{name: "quotation", text: "> **A:** x\n> y\n", want: "<blockquote>\n<p><strong>A:</strong> x\ny</p>\n</blockquote>\n"},

	{name: "placeholder", opt: Options{Guest: true}, text: "Clone <REPO> to </PATH>.\n\n<OWNER/REPO>\n", want: "<p>Clone &lt;REPO> to &lt;/PATH>.</p>\n<p>&lt;OWNER/REPO&gt;</p>\n"},
	{name: "raw HTML", opt: Options{Guest: true}, text: "<p align=\"center\">\n<img src='logo.png' width=20><a href=x.md name=\"top-1\">A</a>\n</p>\n\n<details>\n\n*x*\n\n</details>\n",
		want: "<p align=\"center\">\n<img src=\"logo.png\" width=20><a href=\"x.md\" name=\"top-1\">A</a>\n</p>\n<details>\n<p><em>x</em></p>\n</details>\n"},
	{name: "unbalanced HTML", opt: Options{Guest: true}, text: "</div></main><b>x\n\n- <div>y\n- </span>z\n\n<section>\n\nend\n",
		want: "<b>x\n</b><ul>\n<li>\n<div>y\n</div></li>\n<li>z</li>\n</ul>\n<section>\n<p>end</p>\n</section>"},
	{name: "what would swallow the page", opt: Options{Guest: true}, text: "<!-- open\n", want: ""},
	{name: "script that is not closed", opt: Options{Guest: true}, text: "<style>\np{}\n\ntext\n", want: "<style>\np{}\n\ntext\n</style>"},
	{name: "SVG in a line", text: "Icon <svg><title>I</title><circle r=\"1\"/><g><path d=\"M0 0\"></path></g></svg>\n",
		want: `<p>Icon <svg><title>I</title><circle r="1"/><g><path d="M0 0"></path></g></svg></p>` + "\n"},
	{name: "MathML in a line", text: "So <math><msup><mi>x</mi><mn>2</mn></msup></math> it *<math><mi>y</mi></math>* is\n",
		want: "<p>So <math><msup><mi>x</mi><mn>2</mn></msup></math> it <em><math><mi>y</mi></math></em> is</p>\n"},
	{name: "SVG over several blocks", text: "<svg>\n\n<circle r=\"1\"/>\n\n</svg>\n", want: "<svg>\n<circle r=\"1\"/>\n</svg>\n"},
	{name: "behind SVG", opt: Options{Guest: true}, text: "a <svg/> <circle> *b <svg>* <circle>\n\n<svg><g></svg>\n<circle>\n", want: "<p>a <svg/> &lt;circle> <em>b <svg></svg></em> &lt;circle></p>\n<p><svg><g></svg>\n&lt;circle></p>\n"},
	{name: "script inside of a line", opt: Options{Guest: true}, text: "a <script> b\n", want: "<p>a &lt;script> b</p>\n"},
	{name: "whole page", opt: Options{Guest: true}, text: "<html><body>\n<base href=x><h2>A</h2>\n</body></html>\n", want: "\n<h2>A</h2>\n\n"},

	{name: "guest's title", opt: Options{Guest: true}, text: "# The *title*\n\ntext\n\n# Second\n", title: "The title",
		want: "<span id=\"the-title\"></span>\n<p>text</p>\n<h2 id=\"second\">Second" + anchorTo("second") + "</h2>\n"},
	{name: "guest without first level", opt: Options{Guest: true}, text: "text\n\n## A\n",
		want: "<p>text</p>\n<h2 id=\"a\">A" + anchorTo("a") + "</h2>\n"},
	{name: "guest's front matter", opt: Options{Guest: true}, text: "---\ntitle: Meta\n---\n# Other\n", title: "Meta",
		want: "<h2 id=\"other\">Other" + anchorTo("other") + "</h2>\n"},
	{name: "guest's line across the page", opt: Options{Guest: true}, text: "---\n\nSome text\n\n---\n", want: "<hr>\n<p>Some text</p>\n<hr>\n"},
	{name: "guest's unclosed front matter", opt: Options{Guest: true}, text: "---\ntitle: x\n", want: "<hr>\n<p>title: x</p>\n"},
	{name: "guest's TOML", opt: Options{Guest: true}, text: "+++\ntitle = \"A \\\"b\\\"\"\nweight = 3\n+++\ntext\n", title: `A "b"`, want: "<p>text</p>\n"},
	{name: "guest's unknown callout", opt: Options{Guest: true}, text: "> [!abstract] T\n> x\n",
		want: "<aside class=\"callout callout-note\" role=\"note\">\n<p class=\"callout-title\"><span><span class=\"callout-kind\">Abstract: </span>T</span></p>\n<p>x</p>\n</aside>\n"},
	{name: "guest's template", opt: Options{Guest: true}, text: "Hello {{ .Name }}!\n\n## A {{x}}\n",
		want: "<p>Hello {{ .Name }}!</p>\n<h2 id=\"a-x\">A {{x}}" + anchorTo("a-x") + "</h2>\n"},
}

func anchorTo(id string) string {
	return `<a class="anchor" href="#` + id + `" aria-hidden="true" tabindex="-1">#</a>`
}

func TestPages(t *testing.T) {
	for _, tt := range pages {
		t.Run(tt.name, func(t *testing.T) {
			text := tt.text
			if !tt.opt.Guest {
				text = "---\ntitle: T\n---\n" + text
			}
			doc, list := parse(t, tt.opt, text)
			got := flat(doc.Body)
			if i := strings.Index(got, `<svg class="sign`); i >= 0 {
				got = got[:i] + "SIGN" + got[strings.Index(got, "</svg>")+6:]
			}
			if got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
			if tt.opt.Guest && doc.Title != tt.title {
				t.Errorf("title %q, want %q", doc.Title, tt.title)
			}
			if list.HasErrors() {
				t.Errorf("errors:\n%s", report(list))
			}
		})
	}
}

func TestLinksAndAnchors(t *testing.T) {
	doc, list := home(t, "价值 [a](x.md) ![b](<y z.png>)\n[r][] <m@x.org>\n\n[r]: w.md\n\n<a id=\"here\" href=\"v.md\">v</a>\n\n"+
		"### Q <!-- q: q-1 -->\n\n- [x] [o](o.md)\n  > [f](f.md)\n- [ ] b\n  > b\n\nText[^1]\n\n[^1]: Note.\n\n```calculator calc\n```\n")
	_ = list
	var got []string
	for _, l := range doc.Links {
		got = append(got, fmt.Sprintf("%d:%d %s %v", l.Pos.Line, l.Pos.Col, l.Dest, l.Image))
	}
	want := "4:8 x.md false|4:20 y z.png true|5:1 w.md false|5:8 mailto:m@x.org false|9:20 v.md false|13:11 o.md false|14:9 f.md false"
	if strings.Join(got, "|") != want {
		t.Errorf("got  %s\nwant %s", strings.Join(got, "|"), want)
	}
	for _, id := range []string{"here", "q", "quiz-q-1", "calc"} {
		if !doc.HasAnchor(id) {
			t.Errorf("no anchor %s in %v", id, doc.Anchors())
		}
	}
	if doc.HasAnchor("nowhere") {
		t.Error("an anchor that is nowhere")
	}
}

func TestWords(t *testing.T) {
	for text, want := range map[string]int{
		"two words\n": 2, "价值等式\n": 4, "用SPIN提问，don't stop.\n": 6, "`code` and\n\n```\nmore code\n```\n": 1, "**5%**的\n": 2, "": 0,
	} {
		doc, _ := home(t, text)
		if doc.Words != want {
			t.Errorf("%q has %d words, want %d", text, doc.Words, want)
		}
	}
}

func TestParserIsSafeForConcurrentUse(t *testing.T) {
	p := New(Options{})
	text := []byte("---\ntitle: T\n---\n" + strings.Repeat("## A\n\n[b](c.md) **5%**的\n\n```go\nx := 1\n```\n\n", 20))
	want, _ := p.Parse(&source.File{Path: "page.md", Data: text})
	results := make(chan string)
	for range 8 {
		go func() {
			doc, _ := p.Parse(&source.File{Path: "page.md", Data: text})
			results <- flat(doc.Body)
		}()
	}
	for range 8 {
		if flat(want.Body) != <-results {
			t.Error("another result")
		}
	}
}

// inside checks that every fault has a place in the text.
func inside(t *testing.T, data []byte, list diag.List) {
	t.Helper()
	lines := bytes.Count(data, []byte{'\n'}) + 1
	for _, d := range list {
		if d.Pos.Line < 1 || d.Pos.Line > lines || d.Pos.Col < 1 {
			t.Errorf("a fault outside of the text: %v (%d lines)", d, lines)
		}
		if d.Message == "" || strings.Contains(d.Message, "\n") || d.Rule == "" {
			t.Errorf("a fault that says nothing: %#v", d)
		}
	}
}

// FuzzParse: never a panic, faults inside the text, and what the page is made of
// is cut as a Body should be.
func FuzzParse(f *testing.F) {
	for _, tt := range pages {
		f.Add(tt.text, tt.opt.Guest, tt.opt.Language.NoSpaces)
	}
	for _, tt := range faults {
		f.Add(tt.text, false, false)
	}
	type flags struct{ guest, han bool }
	by := map[flags]*Parser{}
	for _, o := range []flags{{false, false}, {false, true}, {true, false}, {true, true}} {
		opt := Options{Guest: o.guest, Language: french}
		if o.han {
			opt.Language = han
		}
		by[o] = New(opt)
	}
	f.Fuzz(func(t *testing.T, text string, guest, isHan bool) {
		data := []byte(text)
		doc, list := by[flags{guest, isHan}].Parse(&source.File{Path: "page.md", Data: data})
		inside(t, data, list)
		if guest && list.HasErrors() {
			t.Errorf("errors for a guest: %s", report(list))
		}
		sound(t, doc.Body)
		for _, q := range doc.Quizzes {
			for _, b := range q.bodies() {
				sound(t, b)
			}
			if quizKinds[q.Kind] == nil || q.Scored() == quizKinds[q.Kind].open || q.Key() == "" {
				t.Errorf("a quiz that is none: %+v", q)
			}
		}
		ids := map[string]bool{}
		for _, h := range doc.Headings {
			if h.ID == "" || ids[h.ID] || h.Level < 2 {
				t.Errorf("heading %+v", h)
			}
			ids[h.ID] = true
		}
		n := 0
		doc.Sections(func(id string) (string, string) { return id, "" }, func(s Section) {
			if (s.ID == "") != (n == 0) {
				t.Errorf("section %d: %+v", n, s)
			}
			n++
		})
		if !bytes.Equal(data, []byte(text)) {
			t.Error("the file was changed")
		}
	})
}

func sound(t *testing.T, b Body) {
	for _, p := range b {
		n := 0
		for _, set := range []bool{p.HTML != nil, p.Link != nil, p.Block != nil, p.Heading != nil} {
			if set {
				n++
			}
		}
		if n != 1 {
			t.Errorf("a part of %d fields", n)
		}
	}
}

// The characters that counting words takes a short cut for are what Unicode says.
func TestWordsOfHan(t *testing.T) {
	for r := rune(0x80); r < 0x30000; r++ {
		if !utf8.ValidRune(r) {
			continue
		}
		var got wordCounter
		got.add([]byte("a" + string(r) + "a"))
		want := 2
		switch {
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana):
			want = 3
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r), r == '’':
			want = 1
		}
		if got.words != want {
			t.Errorf("%q: %d words, want %d", r, got.words, want)
		}
	}
}
