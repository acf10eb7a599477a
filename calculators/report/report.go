// Package report is what a calculator says: values under stable names, and
// blocks of messages, tables and figures, as keys with arguments and without a
// word of prose. Rendering takes the result and one language's Words and gives
// HTML, terminal text or CSV. So a third language needs no Go, and a test holds
// values rather than sentences.
//
// A calculator builds a Result with the methods of build.go, in reading order;
// whoever shows it calls HTML, PlainText, CSV or
// JSON. Everything that a reader typed is escaped in HTML, and cannot become a
// formula in CSV.
package report

import (
	"playbook/calculators/chart"
	"playbook/calculators/form"
)

// Result is the whole answer of a calculator.
type Result struct {
	Values []Value // every computed number, in a stable order
	Blocks []Block // what the reader sees, in reading order; private

	// Buyer is the page that the reader may hand to the buyer, in reading order: the
	// first block is a Heading, its title. Nothing of Blocks stands on it but what
	// is added here again. Nil: the calculator has no such page. See BuyerHTML.
	Buyer []Block
}

// Value is one computed number under its stable name: what calc --format json
// prints under "values".
type Value struct {
	Name string
	Data Datum
}

// Message is a word with arguments: the key is completed to
// calc.<id>.<Key> (or taken as it is when it begins with "report.", "fault.",
// "format." or "unit.").
//
// It is a pointer inside, as a Datum is, and the zero Message says nothing. Build
// it with Say or Phrase.
type Message struct {
	_ [0]func()
	*phrase
}

type phrase struct {
	Key  string
	Args []Arg
}

// Phrase is the message of a key with arguments that there are already.
func Phrase(key string, args []Arg) Message { return Message{phrase: &phrase{key, args}} }

// With returns the message with one more argument.
func (m Message) With(name string, d Datum) Message {
	return Phrase(m.Key, append(m.Args[:len(m.Args):len(m.Args)], Arg{name, d}))
}

// Arg is one named argument of a message.
type Arg struct {
	Name string
	Data Datum
}

// Sign is one of the two signs of the course, or none.
type Sign uint8

const (
	NoSign Sign = iota
	Flag        // the red flag: a warning, a mistake, a gap
	Bell        // the little bell: a strength, what helps
)

// String is the sign's name in addresses, attributes and chart: "flag", "bell"
// or "".
func (s Sign) String() string {
	switch s {
	case Flag:
		return "flag"
	case Bell:
		return "bell"
	}
	return ""
}

// BlockKind says what a block is.
type BlockKind uint8

const (
	Verdict     BlockKind = iota // the answer in a line: Sign, Text[0] large, the rest below it
	Paragraph                    // Text
	Note                         // a message with its sign
	Heading                      // Text[0]
	Items                        // a list, one message an item
	Facts                        // a grid of named numbers: Facts
	TableOf                      // Table
	FigureOf                     // Figure
	Assumptions                  // a list of what is assumed, folded away on the page
	Handoffs                     // what other calculators can take over: Handoffs
	Suggestions                  // what a page offers for the fields of that List: Names, not shown
)

// Block is one part of the report.
type Block struct {
	Kind   BlockKind
	Sign   Sign
	Text   []Message
	Facts  []Fact
	Table  *Table
	Figure *Figure

	Handoffs []Handoff

	List  string   // of Suggestions: form.Field.List
	Names []string // of Suggestions
}

// Handoff is input for another calculator: on a page a link that adds Given to
// what the reader has there, in a terminal the command that computes them.
type Handoff struct {
	Text  Message
	To    string // the other calculator's id
	Given []Given
}

// Given is one field that is handed over: what the reader typed, or a message
// in the reader's words.
type Given struct {
	Name, Value string
	Say         Message // when set, said instead of Value
}

// Pairs are the fields as the other calculator reads them, in one language.
func (h *Handoff) Pairs(w *Words) []form.Pair {
	var pairs []form.Pair
	for _, g := range h.Given {
		if g.Say.phrase != nil {
			g.Value = w.Say(g.Say)
		}
		pairs = append(pairs, form.Pair{Name: g.Name, Value: g.Value})
	}
	return pairs
}

// Fact is one named number with an optional remark.
type Fact struct {
	Label Message
	Data  Datum
	Note  Message
}

// Table is a table with a caption, a header row and cells that are data or
// messages. The first cell of a row is its header.
type Table struct {
	Caption Message
	Columns []Column
	Rows    [][]Cell
}

// Column is one column of a table.
type Column struct {
	Head    Message
	Numeric bool
}

// Cell is one cell of a table.
type Cell struct {
	Data    Datum
	Message Message // when set, shown instead of Data
	Sign    Sign
}

// Figure is a drawing with its caption and a text alternative. Draw is called
// at rendering, with the language's words, because labels are words.
type Figure struct {
	Caption Message
	Alt     Message
	Draw    func(w *Words) chart.Chart

	// CoveredByTable: a table of this report holds the figure's content, so that plain
	// text gives the text alternative instead of saying everything twice.
	CoveredByTable bool
}
