package markdown

import (
	"bytes"
	"html"
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
	s := sectionTexts.Get().(*sectionText)
	*s = sectionText{calculator: calculator, each: each, text: s.text[:0]}
	defer func() {
		*s = sectionText{text: s.text} // nothing of the document is kept
		sectionTexts.Put(s)
	}()
	s.body(d.Body)
	for _, t := range d.Terms {
		s.open(t.ID, t.Title)
		for _, name := range t.Synonyms {
			s.plain(name)
		}
		s.body(t.Definition)
	}
	s.close()
}

// sectionTexts lend their space to one document after the other.
var sectionTexts = sync.Pool{New: func() any { return new(sectionText) }}

// sectionText collects the text of sections.
type sectionText struct {
	calculator func(id string) (title, text string)
	each       func(Section)
	section    Section   // the section that text belongs to
	behind     []Section // what stands in it and is found by itself
	text       []byte
	around     []Section // sections in which it stands, with their text so far
}

// open begins the section of a heading.
func (s *sectionText) open(id, heading string) {
	s.close()
	s.section = Section{ID: id, Heading: heading}
}

// begin begins a section within the one that is open, end ends it: what follows
// belongs to that one again.
func (s *sectionText) begin(id, heading string) {
	s.section.Text = bytes.Clone(s.text)
	s.around = append(s.around, s.section)
	s.section, s.text = Section{ID: id, Heading: heading}, s.text[:0]
}

func (s *sectionText) end() {
	s.close()
	last := len(s.around) - 1
	s.section, s.around = s.around[last], s.around[:last]
	s.text = append(s.text, s.section.Text...)
}

// close gives the section that was open, and what stood in it.
func (s *sectionText) close() {
	s.section.Text = bytes.TrimSpace(s.text)
	if len(s.around) > 0 {
		s.section.Text = bytes.Clone(s.section.Text)
		s.behind = append(s.behind, s.section)
		s.text = s.text[:0]
		return
	}
	s.each(s.section)
	for _, behind := range s.behind {
		s.each(behind)
	}
	s.text, s.behind = s.text[:0], s.behind[:0]
}

func (s *sectionText) body(b Body) {
	for _, p := range b {
		switch {
		case p.Heading != nil:
			s.open(p.Heading.ID, p.Heading.Text)
		case p.Block != nil:
			p.Block.addText(s)
		}
		for _, span := range p.Text {
			if span.Apart {
				s.blank()
			}
			text := p.HTML[span.Start:span.End]
			if bytes.IndexByte(text, '&') >= 0 {
				text = []byte(html.UnescapeString(string(text)))
			}
			s.add(text)
		}
	}
	s.blank()
}

// plain adds a text apart from what stands around it.
func (s *sectionText) plain(text string) {
	s.blank()
	s.add([]byte(text))
	s.blank()
}

// blank separates words.
func (s *sectionText) blank() {
	if n := len(s.text); n > 0 && s.text[n-1] != ' ' {
		s.text = append(s.text, ' ')
	}
}

// add adds text; any blanks in a row become one.
func (s *sectionText) add(text []byte) {
	start := 0 // of what is not added yet
	for i, b := range text {
		if b > ' ' || b == ' ' && i > start && text[i-1] > ' ' {
			continue
		}
		s.text = append(s.text, text[start:i]...)
		s.blank()
		start = i + 1
	}
	s.text = append(s.text, text[start:]...)
}
