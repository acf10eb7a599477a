package book

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/xml"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// EPUB is the book as an EPUB 3 file with the style given. The format asks for the time
// of its making; the same book of the same time has the same bytes.
func (b *Book) EPUB(style string, made time.Time) ([]byte, error) {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	add := func(name string, data []byte, method uint16) error {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: method})
		if err == nil {
			_, err = w.Write(data)
		}
		return err
	}
	type file struct {
		name string
		data []byte
	}
	files := []file{
		{"META-INF/container.xml", []byte(container)},
		{"OEBPS/book.css", []byte(style)},
		{"OEBPS/nav.xhtml", b.nav()},
		{"OEBPS/title.xhtml", b.titlePage()},
	}
	where := b.places()
	for _, c := range b.chapters {
		files = append(files, file{"OEBPS/" + c.id + ".xhtml", b.xhtml(c.label(), c.body, where)})
	}
	for n, i := range b.images {
		files = append(files, file{"OEBPS/" + imageName(n, i), i.data})
	}
	files = append(files, file{"OEBPS/book.opf", b.packageDocument(made)})
	if err := add("mimetype", []byte("application/epub+zip"), zip.Store); err != nil {
		return nil, err
	}
	for _, f := range files {
		if err := add(f.name, f.data, zip.Deflate); err != nil {
			return nil, err
		}
	}
	err := z.Close()
	return out.Bytes(), err
}

const container = `<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
`

// places maps each id of the book to the file where it is.
func (b *Book) places() map[string]string {
	where := map[string]string{}
	for _, c := range b.chapters {
		where[c.id] = c.id + ".xhtml"
		for _, n := range c.body {
			walk(n, func(n *html.Node) {
				if id := attr(n, "id"); id != "" {
					where[id] = c.id + ".xhtml#" + id
				}
			})
		}
	}
	return where
}

func imageName(n int, i *image) string {
	return fmt.Sprintf("images/%d%s", n+1, strings.ToLower(path.Ext(i.path)))
}

func (b *Book) head(w *bytes.Buffer, title string) {
	fmt.Fprintf(w, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\" lang=\"%s\" xml:lang=\"%[1]s\"", xmlText(b.opt.Lang))
	if b.opt.Dir != "" {
		fmt.Fprintf(w, " dir=\"%s\"", b.opt.Dir)
	}
	fmt.Fprintf(w, ">\n<head>\n<title>%s</title>\n<link rel=\"stylesheet\" href=\"book.css\"/>\n</head>\n<body>\n", xmlText(title))
}

func (b *Book) titlePage() []byte {
	var w bytes.Buffer
	b.head(&w, b.opt.Title)
	fmt.Fprintf(&w, "<section class=\"book-title\"><h1>%s</h1>", xmlText(b.opt.Title))
	if b.opt.Description != "" {
		fmt.Fprintf(&w, "<p class=\"lead\">%s</p>", xmlText(b.opt.Description))
	}
	w.WriteString("</section>\n</body>\n</html>\n")
	return w.Bytes()
}

// nav is the table of contents, nested as the chapters are.
func (b *Book) nav() []byte {
	var w bytes.Buffer
	b.head(&w, b.opt.Words.Contents)
	fmt.Fprintf(&w, "<nav epub:type=\"toc\" role=\"doc-toc\" id=\"toc\"><h1>%s</h1>\n", xmlText(b.opt.Words.Contents))
	depth := -1
	for _, c := range b.chapters {
		to := min(c.Depth, depth+1) // no list without an entry above it
		switch {
		case to > depth:
			w.WriteString("<ol>\n")
		default:
			w.WriteString("</li>\n" + strings.Repeat("</ol>\n</li>\n", depth-to))
		}
		depth = to
		fmt.Fprintf(&w, "<li><a href=\"%s.xhtml\">%s</a>", c.id, xmlText(c.label()))
	}
	if depth >= 0 {
		w.WriteString("</li>\n" + strings.Repeat("</ol>\n</li>\n", depth) + "</ol>\n")
	}
	w.WriteString("</nav>\n</body>\n</html>\n")
	return w.Bytes()
}

// xhtml is a chapter's file.
func (b *Book) xhtml(title string, body []*html.Node, where map[string]string) []byte {
	var w bytes.Buffer
	b.head(&w, title)
	for _, n := range body {
		b.write(&w, n, where)
	}
	w.WriteString("\n</body>\n</html>\n")
	return w.Bytes()
}

// void are the elements without an end, which XML closes.
var void = atoms(atom.Area, atom.Br, atom.Col, atom.Hr, atom.Img, atom.Wbr)

// write writes a node as XML.
func (b *Book) write(w *bytes.Buffer, n *html.Node, where map[string]string) {
	switch n.Type {
	case html.TextNode:
		w.WriteString(xmlText(n.Data))
		return
	case html.ElementNode:
	default:
		return
	}
	if n.DataAtom == atom.Img && attr(n, "src") == "" {
		w.WriteString(xmlText(attr(n, "alt")))
		return
	}
	w.WriteString("<" + n.Data)
	if n.Data == "svg" {
		w.WriteString(` xmlns="http://www.w3.org/2000/svg"`)
	}
	for _, a := range n.Attr {
		value := a.Val
		switch {
		case a.Key == "href" && strings.HasPrefix(value, "#"):
			if value = where[value[1:]]; value == "" {
				continue
			}
		case a.Key == "src":
			i := slices.IndexFunc(b.images, func(i *image) bool { return i.path == value })
			value = imageName(i, b.images[i])
		case a.Key == "lang":
			fmt.Fprintf(w, " xml:lang=\"%s\"", xmlText(value))
		}
		name := a.Key
		if a.Namespace != "" {
			if name = a.Namespace + ":" + a.Key; a.Namespace == "xlink" {
				continue
			}
		}
		fmt.Fprintf(w, " %s=\"%s\"", name, xmlText(value))
	}
	if void[n.DataAtom] || n.Namespace == "svg" && n.FirstChild == nil {
		w.WriteString("/>")
		return
	}
	w.WriteString(">")
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.write(w, c, where)
	}
	w.WriteString("</" + n.Data + ">")
}

// packageDocument lists the book's files and in which order they are read.
func (b *Book) packageDocument(made time.Time) []byte {
	var w bytes.Buffer
	sum := sha256.Sum256([]byte(b.opt.ID + "\x00" + b.opt.Lang))
	sum[6], sum[8] = sum[6]&0x0f|0x80, sum[8]&0x3f|0x80 // a UUID of version 8, made of a hash
	fmt.Fprintf(&w, `<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="%s">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:uuid:%x-%x-%x-%x-%x</dc:identifier>
<dc:title>%s</dc:title>
<dc:language>%[1]s</dc:language>
`, xmlText(b.opt.Lang), sum[:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16], xmlText(b.opt.Title))
	if b.opt.Description != "" {
		fmt.Fprintf(&w, "<dc:description>%s</dc:description>\n", xmlText(b.opt.Description))
	}
	fmt.Fprintf(&w, "<meta property=\"dcterms:modified\">%s</meta>\n</metadata>\n<manifest>\n", made.UTC().Format("2006-01-02T15:04:05Z"))
	w.WriteString("<item id=\"nav\" href=\"nav.xhtml\" media-type=\"application/xhtml+xml\" properties=\"nav\"/>\n<item id=\"style\" href=\"book.css\" media-type=\"text/css\"/>\n<item id=\"title\" href=\"title.xhtml\" media-type=\"application/xhtml+xml\"/>\n")
	for _, c := range b.chapters {
		properties := ""
		for _, n := range c.body {
			if find(n, func(n *html.Node) bool { return n.Namespace == "svg" }) != nil {
				properties = ` properties="svg"`
			}
		}
		fmt.Fprintf(&w, "<item id=\"%s\" href=\"%[1]s.xhtml\" media-type=\"application/xhtml+xml\"%s/>\n", c.id, properties)
	}
	for n, i := range b.images {
		fmt.Fprintf(&w, "<item id=\"image%d\" href=\"%s\" media-type=\"%s\"/>\n", n+1, imageName(n, i), mediaType(i.path))
	}
	w.WriteString("</manifest>\n<spine>\n<itemref idref=\"title\"/>\n<itemref idref=\"nav\"/>\n")
	for _, c := range b.chapters {
		fmt.Fprintf(&w, "<itemref idref=\"%s\"/>\n", c.id)
	}
	w.WriteString("</spine>\n</package>\n")
	return w.Bytes()
}

// xmlText is a text as XML has it. What XML cannot hold is left out.
func xmlText(s string) string {
	var w strings.Builder
	_ = xml.EscapeText(&w, []byte(s)) // of writing memory
	return strings.ReplaceAll(w.String(), "\uFFFD", "")
}
