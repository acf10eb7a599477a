package render

import (
	"html/template"

	"playbook/generator/internal/diag"
	"playbook/generator/internal/markdown"
	"playbook/generator/internal/site"
)

type part = markdown.Part

// content renders the text of one page: it knows where links are seen from and
// in which language blocks speak.
type content struct {
	r      *Renderer
	page   *site.Page
	from   *site.Page // in whose file links are written, where that is another
	lang   Language   // of the text: another than the page's on a fallback page
	root   string
	faults diag.List
	needs  []string // assets of what comes from other pages
}

func (c *content) body(b markdown.Body) template.HTML { return c.r.body(c, b) }

// href resolves a link; one that leads nowhere stays as written, because check
// has reported it and a guest's page must still build.
func (c *content) href(l *markdown.Link) string {
	from := c.page
	if c.from != nil {
		// The languages of the page and of the file may differ.
		page := *c.from
		page.Lang = c.page.Lang
		from = &page
	}
	t, problem := c.r.site.Resolve(from, l)
	if problem != nil && t.Page == nil {
		if problem.Rule == "dead-link" && !safe(l.Dest) {
			return "#"
		}
		return l.Dest
	}
	return c.r.site.Href(c.page.Path, t)
}

// Block is the dot of a block's template, where it needs nothing from the site. Its
// texts are printed with {{$.HTML .Text}}.
type Block struct {
	markdown.Block
	content *content
}

// HTML renders a text of the block.
func (b *Block) HTML(text markdown.Body) template.HTML { return b.content.body(text) }

// block renders a block with its template.
func (c *content) block(b markdown.Block) template.HTML {
	lang := c.lang.Code
	var dot any
	switch b := b.(type) {
	case *markdown.Quiz:
		dot = &Quiz{b, c}
	case *markdown.Path:
		dot, lang = c.path(b), c.page.Lang
	case *markdown.Figure:
		dot = c.figure(b)
	case *markdown.Calculator:
		calculator := c.calculator(b)
		if calculator == nil {
			return "" // check has said why
		}
		dot = calculator
	case *markdown.WorksheetValue:
		value := c.value(b)
		if value == nil {
			return "" // check has said why
		}
		dot = value
	default:
		dot = &Block{b, c}
	}
	html, err := c.r.fragment("blocks/"+b.Template()+".html", lang, c.root, dot)
	if err != nil {
		c.faults = append(c.faults, renderFault(err))
	}
	return html
}

// safe reports whether an unresolved destination can stand in a page: nothing
// that a browser would run.
func safe(dest string) bool {
	for i, r := range dest {
		switch {
		case r == ':':
			return i == 0
		case r == '/' || r == '?' || r == '#' || r == '.':
			return true
		}
	}
	return true
}
