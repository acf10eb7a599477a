package markdown

import (
	"slices"
	"strconv"

	"playbook/generator/internal/diag"
)

// Document is one parsed file, independent of the site it belongs to, so that
// it can be kept until the file changes.
type Document struct {
	File        string // as in diag.Pos
	Meta        Meta
	Title       string // Meta.Title, or the text of the first heading of a guest's page
	Body        Body
	Headings    []Heading // h2 … h6 in order (the page's h1 is its title)
	Links       []*Link   // every link and image of the document, in order, those in blocks included
	Quizzes     []*Quiz
	Calculators []*Calculator
	Figures     []*Figure
	Paths       []*Path
	Values      []BoundValue
	Templates   []*Template
	Terms       []*Term  // of a glossary, in the author's order
	IDs         []string // ids that the author's own HTML gives: <a name>, id="…"
	Words       int      // words of prose; a Han character counts as one
	Needs       []string // assets that the page needs: "quiz" for css/quiz.css

	// AnchorHash stands for the ids that a link may lead to; it is the same only
	// within one run of the program.
	AnchorHash uint64

	anchors  []string // ids that blocks and footnotes give
	start    int      // of the text in the file, behind the front matter
	comments [][2]int // where they stand in the file
}

// HasAnchor reports whether the page has an element with that id.
func (d *Document) HasAnchor(id string) bool {
	for a := range d.eachAnchor {
		if a == id {
			return true
		}
	}
	return false
}

// Anchors returns the ids that a link into the page may name.
func (d *Document) Anchors() []string { return slices.Collect(d.eachAnchor) }

func (d *Document) eachAnchor(yield func(id string) bool) {
	for _, h := range d.Headings {
		if !yield(h.ID) {
			return
		}
	}
	for _, c := range d.Calculators {
		if !yield(c.ID) {
			return
		}
	}
	for i := range d.Figures {
		if !yield("figure-" + strconv.Itoa(i+1)) {
			return
		}
	}
	for _, id := range d.IDs {
		if !yield(id) {
			return
		}
	}
	for _, id := range d.anchors {
		if !yield(id) {
			return
		}
	}
}

// Body is rendered content: HTML bytes, cut where something has to be put in
// that only the site knows (a link's address) or a template renders (a block).
type Body []Part

// Part is one piece of a Body: one of HTML, Link, Block and Heading is set.
type Part struct {
	HTML    []byte
	Text    []Span // of HTML: the text in it
	Link    *Link  // write the resolved address, escaped for an attribute
	Block   Block
	Heading *Heading // write nothing: what follows stands under it
}

// Span is text within a Part's HTML, without markup.
type Span struct {
	Start, End int32
	Offset     int32 // of its first byte in the file, below 0 of what is not running text
	Apart      bool  // it does not go on with the word before it
}

// Running reports whether it is running text, which may mention a term: links, code
// and the names in a dialogue are not.
func (s Span) Running() bool { return s.Offset >= 0 }

// Term is an entry of a glossary.
type Term struct {
	Pos        diag.Pos
	ID         string // shared by the translations
	Title      string
	Pinyin     string   // how it is read, by which it is sorted
	Synonyms   []string // other good names
	Deprecated []string // names that the course does not use
	Find       []string // how running text names it: title and synonyms unless given
	Definition Body
}

// Block is what a template renders: *Quiz, *Calculator, *Figure and so on. (Callouts
// need nothing from outside and are plain HTML in the Body.)
type Block interface {
	Template() string       // "quiz/choice": blocks/quiz/choice.html renders it
	addText(s *sectionText) // what a search finds
}

// Link is a link or an image, and where its destination stands.
type Link struct {
	Pos   diag.Pos
	Dest  string // as written
	Image bool
}

type Heading struct {
	Pos    diag.Pos
	Level  int
	ID     string
	Text   string // plain
	Folded bool   // it stands in a block that may be closed
}

// Meta is a file's front matter, decoded strictly.
type Meta struct {
	Title       string
	Description string
	Systems     []string // S12 …
	Slides      string   // "24–26" of the source deck
	Keywords    []string // what readers may search for and the text does not say
	Minutes     int
	Tags        []string
	Aliases     []Alias
	Date        string // when it was first published, "2026-11-03"; "" where its author does not say
	Updated     string // when it last changed, the same
	Source      string // of a translation: the hash of the text it was made from, see site.SourceHash
	Image       *Link  // of the page where it is shared; nil without one
	Draft       bool
	HoldsFolder bool                // of a guest: so is all that stands in its folder
	From, Until string              // of a guest: the days, as 2027-03-01, from which and until which it is shown; "" without one
	Weight      float64             // of a guest: where its author put the page in its folder; 0 without one
	Glossary    bool                // every section is a term
	Pos         map[string]diag.Pos // where each key's value stands
}

// Alias is an old address of the page, as its author wrote it: "/old/name".
type Alias struct {
	Address string
	Pos     diag.Pos
}
