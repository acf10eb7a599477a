package render

import (
	"bytes"
	"strings"

	"playbook/generator/internal/diag"
	"playbook/generator/internal/markdown"
	"playbook/generator/internal/site"
)

// HasMarkdown reports whether a page's Markdown is published beside it.
func (r *Renderer) HasMarkdown(p *site.Page) bool { return p.Markdown != "" && !r.opt.Live }

// Markdown appends a page's text as its author wrote it, for language models and other
// programs: behind its title and description, without comments, its links leading to
// published files. What is right in a question stands there as in the author's file, and
// in no other file for machines. Texts are read again from disk, because a large site's
// do not stay in memory.
func (r *Renderer) Markdown(buf []byte, p *site.Page) ([]byte, diag.List) {
	doc, src := p.Doc(), p.Text.File.Unchanged()
	if src == nil {
		return buf, diag.List{diag.Errorf(diag.Pos{File: p.Text.File.Path}, "read", "the file changed while the site was built: build again")}
	}
	text := doc.Clean(nil, src, func(l *markdown.Link) string { return r.markdownHref(p, l) }, func(id string) string {
		path := r.site.ToolPath(id, p.Lang)
		if path == "" {
			return ""
		}
		return "[" + r.words[p.Lang].Get("calc."+id+".title") + "](" + site.Relative(p.Path, path) + ")\n\n"
	})
	text = bytes.ToValidUTF8(text, []byte("\uFFFD"))
	if doc.Meta.Title != "" && !bytes.HasPrefix(text, []byte("# ")) {
		buf = append(buf, "# "+doc.Meta.Title+"\n\n"...)
	}
	if doc.Meta.Description != "" {
		buf = append(buf, "> "+doc.Meta.Description+"\n\n"...)
	}
	return append(append(buf, bytes.TrimSpace(text)...), '\n'), nil
}

// markdownHref is where a link leads in a page's Markdown: to other pages' Markdown.
func (r *Renderer) markdownHref(p *site.Page, l *markdown.Link) string {
	t, problem := r.site.Resolve(p, l)
	if problem != nil && t.Page == nil {
		return l.Dest
	}
	href := r.site.Href(p.Path, t)
	if t.Page != nil && t.Page.Markdown != "" && t.Page.Path != p.Path {
		return strings.Replace(href, site.Relative(p.Path, t.Page.Path), site.Relative(p.Path, t.Page.Markdown), 1)
	}
	return href
}
