// Command floor is what a build costs without a generator: a loop on every core
// over the corpus' files, with goldmark and chroma as Playbook uses them.
//
//	floor copy|plain|chroma|shell CONTENT OUT
//
// copy writes every file as it was read; plain renders it; chroma highlights its
// code too; shell writes around it what Hugo's site and Playbook's have: the
// sections and the section's modules, breadcrumbs, contents, previous and next,
// tags with their pages, a sitemap and one search index a language, by plain
// appends. It checks nothing, escapes nothing and cannot be configured.
package main

import (
	"bytes"
	"cmp"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "usage: floor copy|plain|chroma|shell CONTENT OUT")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2], os.Args[3]); err != nil {
		fmt.Fprintln(os.Stderr, "floor:", err)
		os.Exit(1)
	}
}

type page struct {
	file           string // from the content folder, without language and extension
	name           string // the file's, from there
	lang, section  string
	title, lead    string
	tags           []string
	address        string
	prev, next     *page
	src, plainText []byte
}

func run(mode, content, out string) error {
	var pages []*page
	err := fs.WalkDir(os.DirFS(content), ".", func(name string, d fs.DirEntry, err error) error {
		if stem, ok := strings.CutSuffix(name, ".md"); ok && err == nil {
			stem, lang, _ := strings.Cut(stem, ".")
			pages = append(pages, &page{file: stem, name: name, lang: cmp.Or(lang, "en"), section: path.Dir(stem)})
		}
		return err
	})
	if err != nil {
		return err
	}
	if err := parallel(pages, func(p *page) error { return p.read(content) }); err != nil {
		return err
	}
	s := &shell{out: out, sidebars: map[string][]byte{}}
	if mode == "shell" {
		s.join(pages)
	}
	markdown := newMarkdown(mode == "chroma" || mode == "shell")
	err = parallel(pages, func(p *page) error {
		if mode == "copy" {
			return write(out, p.address, p.src)
		}
		doc := markdown.Parser().Parse(text.NewReader(p.src))
		b := make([]byte, 0, 3*len(p.src))
		if mode == "shell" {
			b = s.top(b, p, doc)
		}
		buf := bytes.NewBuffer(b)
		if err := markdown.Renderer().Render(buf, p.src, doc); err != nil {
			return err
		}
		b = buf.Bytes()
		if mode == "shell" {
			b = s.bottom(b, p)
			p.plainText = plain(doc, p.src)
		}
		return write(out, p.address, b)
	})
	if err != nil || mode != "shell" {
		return err
	}
	return s.rest(pages)
}

// read takes the front matter off.
func (p *page) read(content string) error {
	src, err := os.ReadFile(filepath.Join(content, p.name))
	if err != nil {
		return err
	}
	head, body, _ := strings.Cut(strings.TrimPrefix(string(src), "---\n"), "\n---\n")
	for line := range strings.Lines(head) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		switch key {
		case "title":
			p.title = value
		case "description":
			p.lead = value
		case "tags":
			p.tags = strings.Split(strings.Trim(value, "[]"), ", ")
		}
	}
	p.src = []byte(body)
	p.address = p.lang + "/" + strings.TrimSuffix(p.file, "_index")
	p.address = strings.TrimSuffix(p.address, "/") + "/index.html"
	return nil
}

func newMarkdown(highlight bool) goldmark.Markdown {
	options := []goldmark.Option{
		goldmark.WithExtensions(extension.GFM, extension.Footnote, extension.DefinitionList, extension.Typographer),
		goldmark.WithParserOptions(parser.WithAutoHeadingID()),
	}
	if highlight {
		options = append(options, goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(coder{}, 100))))
	}
	return goldmark.New(options...)
}

// coder highlights by class, with lexers that are made once.
type coder struct{}

func (coder) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	reg.Register(ast.KindFencedCodeBlock, func(w util.BufWriter, src []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		lang := string(n.(*ast.FencedCodeBlock).Language(src))
		cached, ok := lexerCache.Load(lang)
		if !ok {
			cached = chroma.Coalesce(lexers.Get(lang))
			lexerCache.Store(lang, cached)
		}
		tokens, err := cached.(chroma.Lexer).Tokenise(nil, string(n.(*ast.FencedCodeBlock).Lines().Value(src)))
		if err != nil {
			return ast.WalkStop, err
		}
		w.WriteString(`<pre class="chroma"><code>`)
		for t := tokens(); t != chroma.EOF; t = tokens() {
			w.WriteString(`<span class="` + chroma.StandardTypes[t.Type] + `">`)
			w.Write(util.EscapeHTML([]byte(t.Value)))
			w.WriteString(`</span>`)
		}
		w.WriteString("</code></pre>\n")
		return ast.WalkSkipChildren, nil
	})
}

var lexerCache sync.Map

func plain(doc ast.Node, src []byte) []byte {
	b := make([]byte, 0, len(src))
	ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if t, ok := n.(*ast.Text); ok && entering {
			b = append(append(b, t.Segment.Value(src)...), ' ')
		}
		return ast.WalkContinue, nil
	})
	return b
}

// shell is what stands around a text.
type shell struct {
	out      string
	sidebars map[string][]byte // by language and section
}

// join puts the pages in order and makes each section's list.
func (s *shell) join(pages []*page) {
	slices.SortFunc(pages, func(a, b *page) int { return strings.Compare(a.lang+a.file, b.lang+b.file) })
	sections := map[string][]*page{}
	titles := map[string][]*page{}
	for i, p := range pages {
		if i > 0 && pages[i-1].lang == p.lang {
			p.prev, pages[i-1].next = pages[i-1], p
		}
		if path.Base(p.file) == "_index" {
			titles[p.lang] = append(titles[p.lang], p)
		} else {
			sections[p.lang+p.section] = append(sections[p.lang+p.section], p)
		}
	}
	for lang, list := range titles {
		for _, here := range list {
			b := []byte("<nav class=\"sections\"><ol>\n")
			for _, t := range list {
				b = append(link(append(b, "<li>"...), t, ""), '\n')
				if t != here {
					continue
				}
				b = append(b, "<ol>"...)
				for _, p := range sections[lang+t.section] {
					b = append(link(append(b, "<li>"...), p, ""), "</li>\n"...)
				}
				b = append(b, "</ol>"...)
			}
			s.sidebars[lang+here.section] = append(b, "</ol></nav>\n"...)
		}
	}
}

func link(b []byte, p *page, attribute string) []byte {
	b = append(append(append(b, `<a href="/`...), strings.TrimSuffix(p.address, "index.html")...), '"')
	return append(append(append(append(b, attribute...), '>'), p.title...), "</a>"...)
}

func (s *shell) top(b []byte, p *page, doc ast.Node) []byte {
	b = append(b, "<!doctype html>\n<html lang=\""+p.lang+"\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>"+p.title+" · A large playbook</title>\n<meta name=\"description\" content=\""+p.lead+"\">\n<link rel=\"canonical\" href=\"https://example.org/"+p.address+"\">\n<link rel=\"stylesheet\" href=\"/site.css\">\n</head>\n<body>\n<header><a href=\"/"+p.lang+"/\">A large playbook</a></header>\n"...)
	here := []byte(`<a href="/` + strings.TrimSuffix(p.address, "index.html") + `"`)
	bar := s.sidebars[p.lang+p.section]
	if i := bytes.Index(bar, here); i >= 0 {
		b = append(append(append(b, bar[:i+len(here)]...), ` aria-current="page"`...), bar[i+len(here):]...)
	} else {
		b = append(b, bar...)
	}
	b = append(b, "<main>\n<nav class=\"crumbs\"><ol><li><a href=\"/"+p.lang+"/\">A large playbook</a></li><li><a href=\"/"+p.lang+"/"+p.section+"/\">"+p.section+"</a></li></ol></nav>\n<h1>"+p.title+"</h1>\n<p class=\"lead\">"+p.lead+"</p>\n<nav class=\"toc\"><ol>"...)
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		if h, ok := n.(*ast.Heading); ok {
			id, _ := h.AttributeString("id")
			b = append(append(append(b, `<li><a href="#`...), id.([]byte)...), `">`...)
			b = append(append(b, h.Lines().Value(p.src)...), "</a></li>"...)
		}
	}
	return append(b, "</ol></nav>\n"...)
}

func (s *shell) bottom(b []byte, p *page) []byte {
	b = append(b, "<nav class=\"tags\">"...)
	for _, tag := range p.tags {
		b = append(b, `<a href="/`+p.lang+`/tags/`+tag+`/" rel="tag">`+tag+"</a> "...)
	}
	b = append(b, "</nav>\n<nav class=\"pager\">"...)
	if p.prev != nil {
		b = link(b, p.prev, ` rel="prev"`)
	}
	if p.next != nil {
		b = link(b, p.next, ` rel="next"`)
	}
	return append(b, "</nav>\n</main>\n<footer><a href=\"/"+p.lang+"/tags/\">Tags</a></footer>\n</body>\n</html>\n"...)
}

// rest writes what is made of all pages together.
func (s *shell) rest(pages []*page) error {
	index, tags := map[string][]byte{}, map[string][]byte{}
	sitemap := []byte("<urlset>\n")
	for _, p := range pages {
		b := index[p.lang]
		b = append(append(append(b, `{"title":`...), strconv.Quote(p.title)...), `,"href":"/`+p.address+`","text":`...)
		index[p.lang] = append(strconv.AppendQuote(b, string(p.plainText)), "},\n"...)
		for _, tag := range p.tags {
			name := p.lang + "/tags/" + tag
			tags[name] = append(link(append(tags[name], "<li>"...), p, ""), "<p>"+p.lead+"</p></li>\n"...)
		}
		sitemap = append(sitemap, "<url><loc>https://example.org/"+p.address+"</loc></url>\n"...)
	}
	for name, list := range tags {
		if err := write(s.out, name+"/index.html", list); err != nil {
			return err
		}
	}
	for lang, list := range index {
		if err := write(s.out, lang+"/search.json", list); err != nil {
			return err
		}
	}
	return write(s.out, "sitemap.xml", append(sitemap, "</urlset>\n"...))
}

func write(out, name string, data []byte) error {
	name = filepath.Join(out, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return os.WriteFile(name, data, 0o644)
}

func parallel(pages []*page, do func(p *page) error) error {
	var next atomic.Int64
	var failed atomic.Pointer[error]
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= len(pages) {
					return
				}
				if err := do(pages[i]); err != nil {
					failed.Store(&err)
				}
			}
		})
	}
	wg.Wait()
	if err := failed.Load(); err != nil {
		return *err
	}
	return nil
}
