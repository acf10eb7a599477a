package markdown

import (
	"bytes"
	"html"
	"strings"
	"sync"
)

// Section is what stands under one heading, as plain text: what a search finds.
type Section struct {
	ID      string // where it begins; "" for what stands before the first heading
	Heading string
	Text    []byte // one line, blanks collapsed; valid until the next section is given
}

// Sections cuts the document at its headings and calculators and gives each
// section in order. The first is what stands before them, and may be empty. A
// question gives what a reader sees before answering: no answer, hint or
// feedback. A calculator's title and text are the theme's words, so the caller
// says them; "" leaves it out.
func (d *Document) Sections(calculator func(id string) (title, text string), each func(Section)) {
	c := cutters.Get().(*cutter)
	*c = cutter{doc: d, calculator: calculator, each: each, text: c.text[:0]}
	defer func() {
		*c = cutter{text: c.text} // nothing of the document is kept
		cutters.Put(c)
	}()
	c.body(d.Body)
	for _, t := range d.Terms {
		c.open(t.ID, t.Title)
		for _, name := range t.Synonyms {
			c.plain([]byte(name + " "))
		}
		c.body(t.Definition)
	}
	c.close()
}

// cutters lend their space to one document after the other.
var cutters = sync.Pool{New: func() any { return new(cutter) }}

// cutter collects the text of sections.
type cutter struct {
	doc        *Document
	calculator func(id string) (title, text string)
	each       func(Section)
	section    Section   // the section that text belongs to
	behind     []Section // calculators that stand in it
	text       []byte
	skip       string // inside of an element that is not text: its closing tag
	next       int    // the heading of doc that is likely to come next
}

// open begins the section of a heading.
func (c *cutter) open(id, heading string) {
	c.close()
	c.section = Section{ID: id, Heading: heading}
}

// close gives the section that was open, and the calculators that stood in it.
func (c *cutter) close() {
	c.section.Text = bytes.TrimSpace(c.text)
	c.each(c.section)
	for _, s := range c.behind {
		c.each(s)
	}
	c.text, c.behind = c.text[:0], c.behind[:0]
}

// heading finds the text of the heading with an id. They come in order, mostly.
func (c *cutter) heading(id []byte) (*Heading, bool) {
	all := c.doc.Headings
	for range all {
		h := &all[c.next%len(all)]
		c.next = c.next%len(all) + 1
		if h.ID == string(id) {
			return h, true
		}
	}
	return nil, false
}

func (c *cutter) body(b Body) {
	for _, p := range b {
		switch block := p.Block.(type) {
		case *Quiz:
			heading := ""
			if h, ok := c.heading([]byte(block.Anchor)); ok {
				heading = h.Text
			}
			c.open(block.Anchor, heading)
			for _, asked := range block.Asked() {
				c.blank()
				c.body(asked)
			}
		case *Figure:
			c.blank()
			c.plain([]byte(block.Caption))
			c.blank()
			c.plain([]byte(block.Alt))
			c.blank()
		case *Calculator:
			if title, text := c.calculator(block.ID); title != "" {
				text = strings.TrimSpace(text + " " + block.Caption)
				c.behind = append(c.behind, Section{ID: block.ID, Heading: title, Text: []byte(text)})
			}
		default:
			c.html(p.HTML)
		}
	}
}

// blank separates words.
func (c *cutter) blank() {
	if n := len(c.text); n > 0 && c.text[n-1] != ' ' {
		c.text = append(c.text, ' ')
	}
}

// plain adds text; any blanks in a row become one.
func (c *cutter) plain(s []byte) {
	for len(s) > 0 {
		n := c.literal(s)
		if n < len(s) { // no markup in what is plain
			c.text = append(c.text, s[n])
			n++
		}
		s = s[n:]
	}
}

// literal adds text up to the first < or &, and returns where that is.
func (c *cutter) literal(s []byte) int {
	start := 0 // of what is not added yet
	for i, b := range s {
		if meaning[b] == ordinary || b == ' ' && i > start && s[i-1] > ' ' {
			continue
		}
		c.text = append(c.text, s[start:i]...)
		if meaning[b] == markup {
			return i
		}
		c.blank()
		start = i + 1
	}
	c.text = append(c.text, s[start:]...)
	return len(s)
}

// meaning is what a byte of HTML is for its text.
var meaning = [256]uint8{' ': space, '\n': space, '\t': space, '\r': space, '<': markup, '&': markup}

const (
	ordinary = iota
	space
	markup
)

// inline reports whether an element does not part words.
func inline(name []byte) bool {
	switch string(name) {
	case "a", "abbr", "b", "code", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "u", "wbr":
		return true
	}
	return false
}

// html adds the text of a piece of HTML. A tag may end in a later piece, where a
// link's address is put in.
func (c *cutter) html(src []byte) {
	for len(src) > 0 {
		if c.skip != "" {
			i := bytes.Index(src, []byte(c.skip))
			if i < 0 {
				return
			}
			src, c.skip = src[i:], ""
			if i = bytes.IndexByte(src, '>'); i < 0 {
				return
			}
			src = src[i+1:]
			continue
		}
		src = src[c.literal(src):]
		if len(src) > 0 && src[0] == '&' {
			end := bytes.IndexByte(src, '<')
			if end < 0 {
				end = len(src)
			}
			c.plain([]byte(html.UnescapeString(string(src[:end]))))
			src = src[end:]
		}
		if len(src) > 0 {
			src = c.tag(src)
		}
	}
}

// tag reads the tag that src begins with and returns what follows.
func (c *cutter) tag(src []byte) []byte {
	end := bytes.IndexByte(src, '>')
	if end < 0 { // an address is put in here
		c.skip = ">"
		c.separate(src)
		return nil
	}
	tag, rest := src[:end], src[end+1:]
	name := c.separate(tag)
	if len(tag) > 1 && tag[1] == '/' {
		return rest
	}
	switch string(name) {
	case "svg", "script", "style", "template", "title": // no text of the page
		c.skip = "</" + string(name)
	case "h1", "h2", "h3", "h4", "h5", "h6":
		if h, ok := c.heading(attribute(tag, "id")); ok {
			c.open(h.ID, h.Text)
			c.skip = "</" + string(name)
		}
	case "span":
		if bytes.Contains(tag, []byte(`class="callout-kind"`)) {
			c.skip = "</span"
		}
	case "a":
		if bytes.Contains(tag, []byte(`class="anchor"`)) {
			c.skip = "</a"
		}
	}
	return rest
}

// separate notes that a tag parts words, and returns the element's name.
func (c *cutter) separate(tag []byte) []byte {
	i := 1
	if len(tag) > 1 && tag[1] == '/' {
		i = 2
	}
	j, large := i, false
	for ; j < len(tag); j++ {
		if b := tag[j]; b >= 'A' && b <= 'Z' {
			large = true
		} else if !(b >= 'a' && b <= 'z' || b >= '0' && b <= '9') {
			break
		}
	}
	name := tag[i:j]
	if large {
		name = bytes.ToLower(name)
	}
	if !inline(name) {
		c.blank()
	}
	return name
}

// attribute is the value of an attribute in double quotes, nil if there is none.
func attribute(tag []byte, name string) []byte {
	i := bytes.Index(tag, []byte(" "+name+`="`))
	if i < 0 {
		return nil
	}
	v := tag[i+len(name)+3:]
	if i = bytes.IndexByte(v, '"'); i < 0 {
		return nil
	}
	if v = v[:i]; bytes.IndexByte(v, '&') >= 0 {
		v = []byte(html.UnescapeString(string(v)))
	}
	return v
}
