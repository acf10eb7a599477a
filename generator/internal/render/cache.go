package render

import (
	"html/template"
	"strings"
	"sync"

	"playbook/generator/internal/diag"
	"playbook/generator/internal/markdown"
)

// Cache keeps the rendered texts of an earlier build of the same site with the
// same theme and words. A text is taken over only when everything that it is
// made of is what it was: the parsed document itself and every address that it
// leads to.
type Cache struct {
	mu    sync.Mutex
	texts map[textKey]text
	used  map[textKey]text
}

type textKey struct {
	doc  *markdown.Document
	path string // of the page: addresses are relative to it
}

type text struct {
	addresses string
	html      template.HTML
	faults    diag.List
}

// begin forgets what the last build did not use.
func (c *Cache) begin() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.texts, c.used = c.used, map[textKey]text{}
}

// text renders a page's text, or takes it over.
func (c *content) text() template.HTML {
	doc := c.page.Doc()
	cache := c.r.opt.Cache
	if cache == nil || c.page.Text == nil {
		return c.body(doc.Body)
	}
	key := textKey{doc, c.page.Path}
	addresses := c.addresses(doc)
	cache.mu.Lock()
	t, known := cache.texts[key]
	cache.mu.Unlock()
	if !known || t.addresses != addresses {
		t = text{addresses: addresses, html: c.body(doc.Body), faults: c.faults}
	}
	c.faults = t.faults
	cache.mu.Lock()
	cache.used[key] = t
	cache.mu.Unlock()
	return t.html
}

// addresses lists where a text leads. A calculator's words may lead to any
// module, so all of them count.
func (c *content) addresses(doc *markdown.Document) string {
	var b strings.Builder
	for _, l := range doc.Links {
		b.WriteString(c.href(l))
		b.WriteByte('\n')
	}
	if len(doc.Calculators) > 0 {
		b.WriteString(c.r.modules)
	}
	return b.String()
}
