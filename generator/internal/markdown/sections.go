package markdown

import (
	"bytes"
	"html"
	"slices"
	"strings"
)

// Section is what stands under one heading, as plain text: what a search finds.
type Section struct {
	ID      string // where it begins; "" for what stands before the first heading
	Heading string
	Text    string // one line, blanks collapsed
}

// Sections cuts the document at its headings and calculators. The first section
// is what stands before them, and may be empty. A question gives what a reader
// sees before answering: no answer, hint or feedback. A calculator's title and
// text are the theme's words, so the caller says them; "" leaves it out.
func (d *Document) Sections(calculator func(id string) (title, text string)) []Section {
	c := &cutter{headings: map[string]string{}, calculator: calculator}
	for _, h := range d.Headings {
		c.headings[h.ID] = h.Text
	}
	c.sections = make([]Section, 1, 1+len(d.Headings)+len(d.Calculators))
	c.body(d.Body)
	for _, t := range d.Terms {
		c.open(t.ID, t.Title)
		for _, name := range t.Synonyms {
			c.plain(name + " ")
		}
		c.body(t.Definition)
	}
	c.close()
	return c.sections
}

// cutter collects the text of sections.
type cutter struct {
	headings   map[string]string // id → text
	calculator func(id string) (title, text string)
	sections   []Section
	at         int // the section that text belongs to
	text       []byte
	skip       string // inside of an element that is not text: its closing tag
}

// open begins the section of a heading.
func (c *cutter) open(id, heading string) {
	c.close()
	c.sections = append(c.sections, Section{ID: id, Heading: heading})
	c.at = len(c.sections) - 1
}

func (c *cutter) close() {
	c.sections[c.at].Text = string(bytes.TrimSpace(c.text))
	c.text = c.text[:0]
}

func (c *cutter) body(b Body) {
	for _, p := range b {
		switch block := p.Block.(type) {
		case *Quiz:
			c.open(block.Anchor, c.headings[block.Anchor])
			for _, asked := range block.Asked() {
				c.blank()
				c.body(asked)
			}
		case *Figure:
			c.blank()
			c.plain(block.Caption)
			c.blank()
			c.plain(block.Alt)
			c.blank()
		case *Calculator:
			title, text := c.calculator(block.ID)
			if title == "" {
				continue
			}
			c.sections = append(c.sections, Section{ID: block.ID, Heading: title, Text: strings.TrimSpace(text + " " + block.Caption)})
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

func (c *cutter) plain(s string) {
	start := 0 // of what is not added yet
	for i := range len(s) {
		if b := s[i]; b == ' ' || b == '\n' || b == '\t' || b == '\r' {
			c.text = append(c.text, s[start:i]...)
			c.blank()
			start = i + 1
		}
	}
	c.text = append(c.text, s[start:]...)
}

// inline are the elements that do not part words.
var inline = map[string]bool{
	"a": true, "abbr": true, "b": true, "code": true, "del": true, "em": true, "i": true, "ins": true, "kbd": true,
	"mark": true, "q": true, "s": true, "small": true, "span": true, "strong": true, "sub": true, "sup": true, "u": true, "wbr": true,
}

// mute are the elements whose content is no text of the page.
var mute = map[string]string{"svg": "</svg", "script": "</script", "style": "</style", "template": "</template", "title": "</title"}

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
		i := bytes.IndexByte(src, '<')
		if i < 0 {
			i = len(src)
		}
		if text := string(src[:i]); strings.IndexByte(text, '&') >= 0 {
			c.plain(html.UnescapeString(text))
		} else {
			c.plain(text)
		}
		if src = src[i:]; len(src) > 0 {
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
	switch {
	case len(tag) > 1 && tag[1] == '/':
	case mute[name] != "":
		c.skip = mute[name]
	case len(name) == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6':
		id := attribute(tag, "id")
		heading, known := c.headings[id]
		if known {
			c.open(id, heading)
			c.skip = "</" + name
		}
	case name == "span" && bytes.Contains(tag, []byte(`class="callout-kind"`)):
		c.skip = "</span"
	case name == "a" && bytes.Contains(tag, []byte(`class="anchor"`)):
		c.skip = "</a"
	}
	return rest
}

// separate notes that a tag parts words, and returns the element's name.
func (c *cutter) separate(tag []byte) string {
	i := 1
	if len(tag) > 1 && tag[1] == '/' {
		i = 2
	}
	j := i
	for j < len(tag) && (tag[j] >= 'a' && tag[j] <= 'z' || tag[j] >= 'A' && tag[j] <= 'Z' || tag[j] >= '0' && tag[j] <= '9') {
		j++
	}
	name := strings.ToLower(string(tag[i:j]))
	if !inline[name] {
		c.blank()
	}
	return name
}

// attribute is the value of an attribute in double quotes, "" if there is none.
func attribute(tag []byte, name string) string {
	i := bytes.Index(tag, []byte(" "+name+`="`))
	if i < 0 {
		return ""
	}
	v := tag[i+len(name)+3:]
	if i = bytes.IndexByte(v, '"'); i < 0 {
		return ""
	}
	return html.UnescapeString(string(v[:i]))
}

// Asked lists what a reader sees of a question before answering, but for its
// title. A search may show it: what is to be put in order or matched comes in
// another order than the right one.
func (q *Quiz) Asked() []Body {
	all := []Body{q.Prompt}
	for _, o := range q.Options {
		all = append(all, o.Text)
	}
	for _, item := range slices.Backward(q.Items) {
		all = append(all, item)
	}
	for _, p := range q.Pairs {
		all = append(all, p.Left)
	}
	for _, p := range slices.Backward(q.Pairs) {
		all = append(all, p.Right)
	}
	for _, t := range q.Turns {
		all = append(all, t.Text)
	}
	for _, s := range slices.Backward(q.Sorted) {
		all = append(all, s.Text)
	}
	return all
}
