package book

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"mime"
	"path"
	"strings"

	"golang.org/x/net/html"
)

// HTML is the book as one file that stands alone: the site's styles and those given,
// pictures and text. Chapters begin on a new page of paper.
func (b *Book) HTML(style string) []byte {
	var w bytes.Buffer
	fmt.Fprintf(&w, "<!doctype html>\n<html lang=%q", b.opt.Lang)
	if b.opt.Dir != "" {
		fmt.Fprintf(&w, " dir=%q", b.opt.Dir)
	}
	fmt.Fprintf(&w, " data-theme=\"light\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>%s</title>\n<style>\n", html.EscapeString(b.opt.Title))
	for _, p := range b.styles {
		css, _ := b.source.Render(nil, p)
		w.Write(css)
		w.WriteByte('\n')
	}
	w.WriteString(style)
	w.WriteString("</style>\n</head>\n<body class=\"book\">\n<header class=\"book-title\">\n")
	fmt.Fprintf(&w, "<p class=\"book-name\">%s</p>\n", html.EscapeString(b.opt.Title))
	if b.opt.Description != "" {
		fmt.Fprintf(&w, "<p class=\"lead\">%s</p>\n", html.EscapeString(b.opt.Description))
	}
	fmt.Fprintf(&w, "</header>\n<nav class=\"book-contents\">\n<h1>%s</h1>\n<ol>\n", html.EscapeString(b.opt.Words.Contents))
	for _, c := range b.chapters {
		fmt.Fprintf(&w, "<li class=\"depth-%d\"><a href=\"#%s\">%s</a></li>\n", min(c.Depth, 4), c.id, html.EscapeString(c.label()))
	}
	w.WriteString("</ol>\n</nav>\n")
	for _, c := range b.chapters {
		fmt.Fprintf(&w, "<section class=\"book-chapter depth-%d\" id=%q>\n", min(c.Depth, 4), c.id)
		for _, n := range c.body {
			n = clone(n)
			walk(n, func(n *html.Node) {
				lower(n, c.Depth)
				if src := attr(n, "src"); src != "" {
					setAttr(n, "src", b.dataURI(src))
				}
			})
			if err := html.Render(&w, n); err != nil {
				panic(err) // of writing memory
			}
		}
		w.WriteString("\n</section>\n")
	}
	w.WriteString("</body>\n</html>\n")
	return w.Bytes()
}

// lower makes of a heading one that many levels lower, so that the outline of the whole
// has the chapters in it.
func lower(n *html.Node, levels int) {
	if len(n.Data) == 2 && n.Data[0] == 'h' && n.Data[1] >= '1' && n.Data[1] <= '6' {
		rename(n, fmt.Sprintf("h%d", min(int(n.Data[1]-'0')+levels, 6)))
	}
}

func (b *Book) dataURI(p string) string {
	for _, i := range b.images {
		if i.path == p {
			return "data:" + mediaType(p) + ";base64," + base64.StdEncoding.EncodeToString(i.data)
		}
	}
	return p
}

func mediaType(p string) string {
	switch ext := strings.ToLower(path.Ext(p)); ext { // the same on every system
	case ".png":
		return "image/png"
	case ".jpg", ".jpeg":
		return "image/jpeg"
	case ".gif":
		return "image/gif"
	case ".svg":
		return "image/svg+xml"
	case ".webp":
		return "image/webp"
	case ".avif":
		return "image/avif"
	default:
		return mime.TypeByExtension(ext)
	}
}

// clone copies a tree.
func clone(n *html.Node) *html.Node {
	c := &html.Node{Type: n.Type, DataAtom: n.DataAtom, Data: n.Data, Namespace: n.Namespace, Attr: append([]html.Attribute(nil), n.Attr...)}
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		c.AppendChild(clone(child))
	}
	return c
}
