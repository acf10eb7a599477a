package markdown

import (
	"slices"
	"strconv"

	"playbook/generator/internal/diag"
	"playbook/generator/internal/figure"
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
	Terms       []*Term  // of a glossary, in the author's order
	IDs         []string // ids that the author's own HTML gives: <a name>, id="…"
	Words       int      // words of prose; a Han character counts as one

	// Outline stands for the ids that a link may lead to; it is the same only
	// within one run of the program.
	Outline uint64

	anchors []string // ids that blocks and footnotes give
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

// Part is one piece of a Body: one of HTML, Link and Block is set.
type Part struct {
	HTML  []byte
	Prose []Span // of HTML: the running text in it
	Link  *Link  // write the resolved address, escaped for an attribute
	Block Block
}

// Span is running text within a Part's HTML, without markup: what may mention a
// term. Headings, links, code and the names in a dialogue are not running text.
type Span struct {
	Start, End int
	Offset     int // of its first byte in the file
}

// Term is an entry of a glossary.
type Term struct {
	Pos        diag.Pos
	ID         string // shared by the translations
	Title      string
	Pinyin     string   // by which Chinese sorts
	Synonyms   []string // other good names
	Deprecated []string // names that the course does not use
	Find       []string // how running text names it: title and synonyms unless given
	Definition Body
}

// Block is *Quiz, *Calculator, *Figure or *Path. (Callouts need nothing from outside
// and are plain HTML in the Body.)
type Block interface{ block() }

// Link is a link or an image, and where its destination stands.
type Link struct {
	Pos   diag.Pos
	Dest  string // as written
	Image bool
}

type Heading struct {
	Pos   diag.Pos
	Level int
	ID    string
	Text  string // plain
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
	Draft       bool
	Glossary    bool                // every section is a term
	Pos         map[string]diag.Pos // where each key's value stands
}

// Alias is an old address of the page, as its author wrote it: "/old/name".
type Alias struct {
	Address string
	Pos     diag.Pos
}

// Quiz is one question with its key. Title and the texts of options, entries, cells
// and turns are a line of text, without a paragraph around it; Prompt, Feedback,
// Hint and Why are blocks.
type Quiz struct {
	Pos    diag.Pos
	ID     string
	Kind   string // "choice"
	Points int    // 1 unless given; 0 of what is not scored
	Tags   []string
	Level  int    // of its heading
	Anchor string // id of its heading
	Title  Body   // the heading's inline HTML
	Prompt Body   // what stands between the heading and the answers
	Task   Task   // what is asked, by its kind
	Hint   Body   // may be nil
	Why    Body   // may be nil: shown after any answer; of a poll, the reveal
}

// Calculator is a fenced block "calculator ID".
type Calculator struct {
	Pos     diag.Pos
	ID      string
	IDPos   diag.Pos
	Caption string
	Show    []string // fields to show; empty: all
	Fields  []FieldValue
}

type FieldValue struct {
	Name, Value       string
	NamePos, ValuePos diag.Pos
}

// Figure is a fenced block "figure KIND", decoded by package figure.
type Figure struct {
	Pos diag.Pos
	*figure.Figure
}

// Path is a fenced block "path ID": some modules in an order.
type Path struct {
	Pos     diag.Pos
	ID      string
	Modules []PathModule
}

// PathModule names a module of a Path.
type PathModule struct {
	Pos diag.Pos
	ID  string // "questions/spin"
}

func (*Path) block()       {}
func (*Quiz) block()       {}
func (*Calculator) block() {}
func (*Figure) block()     {}
