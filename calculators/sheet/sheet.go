// Package sheet computes the worksheets that authors write.
//
// A worksheet is data: fields and rows that are asked, formulas in the order in
// which they can be computed, and what its report shows. The generator compiles an
// author's file into a Sheet, checked for names, kinds and circles, and writes it
// with Encode; Load reads it again, at build, on the command line and in the
// browser, where it travels among the words of its reports. So a site's own
// worksheets need no WebAssembly of their own, and one interpreter answers
// everywhere. It has no loops but those over rows and periods, whose number is
// bounded, and counts its steps.
//
// Numbers are Decimals, exact to 18 places. A value that declares its places is
// rounded to them, half away from zero, and goes on so. An empty field is unknown:
// an operator or a function of single values passes that on, an aggregate leaves
// such a row out. What cannot be computed (a division by zero, a number that is too
// large, too many steps) is unknown too, and the report names the value.
package sheet

import (
	"playbook/calculators/form"
	"playbook/calculators/report"
)

// Kind is what a value is. Number, Percent and Money are numbers, a Percent a part
// of 1 that is shown as a percentage.
type Kind uint8

const (
	Number Kind = iota
	Percent
	Money
	Date // a day by its number (calendar.Date.Number)
	Text
	Bool
)

// String is the kind's name in messages to authors.
func (k Kind) String() string {
	return [...]string{"a number", "a percentage", "an amount of money", "a date", "a text", "yes or no"}[k]
}

// Limits of a worksheet. Rows of a group are bounded by its form.
const (
	MaxPeriods  = 120 // of one series
	MaxFormulas = 400
	MaxDepth    = 40        // of a formula
	MaxSteps    = 3_000_000 // of one computation
)

// Sheet is a compiled worksheet. Indices refer to its own slices. It computes once it
// has been encoded and loaded.
type Sheet struct {
	Form     *form.Form
	Fields   []Input // of the form, without groups
	Groups   []Group
	Lookups  []Lookup
	Values   []Value
	Memos    int    // results of aggregates that are kept for one computation
	Steps    []Step // in the order in which they can be computed
	Verdicts []Rule // the first that holds is said
	Notes    []Rule // all that hold are said
	Tables   []Table
	Figures  []Figure
	Handoffs []Handoff
	Assumed  []string // keys
}

// bare spares a struct the function that would compare two of it.
type bare [0]func()

// Input is a field of the form as formulas read it.
type Input struct {
	_    bare
	Name string
	Kind Kind
}

// GroupKind says where a group's rows come from.
type GroupKind uint8

const (
	Rows    GroupKind = iota // the reader's, a group of the form
	Fixed                    // the author's; some of their cells are fields of the form
	Periods                  // numbers from Group.From to Group.To; column 0 holds them
)

// Group is rows of the same columns.
type Group struct {
	Name     string
	Kind     GroupKind
	Columns  []Column
	Cells    [][]Cell // of Fixed: for each row its first columns
	From, To *Node    // of Periods
}

// Column is a column of a group; a computed one is filled by a Step.
type Column struct {
	_      bare
	Name   string
	Input  string // the form's field in a row of Rows; "" for others
	Kind   Kind
	Option string // of a choice: the key of its options' words, "option.kind."
	Told   bool   // of a computed one: it is among the values of the report
}

// Cell is a cell of a Fixed row: a field of the form, or the author's own value.
type Cell struct {
	_      bare
	Input  string
	Option string
	Is     *Node
}

// Lookup is a table that At and Tiered read.
type Lookup struct {
	Exact bool // by what is equal; else by the last key that is not greater
	Keys  []*Node
	Are   []*Node
}

// Value is a named value. Only those with a Label are shown.
type Value struct {
	Name string
	Show Show
	Fact bool // among the facts of the report
}

// Show is an expression and how it is written.
type Show struct {
	_      bare
	Node   *Node
	Kind   Kind
	Places int    // -1: undeclared
	Unit   string // the key of the unit's word, or ""
}

// StepKind says how a step fills its value or column.
type StepKind uint8

const (
	Formula StepKind = iota // by its expression
	Running                 // by the sum of its expression so far
	Share                   // by its expression's part of the sum over all rows
	Split                   // by dividing Total in proportion to its expression, by the largest remainder
)

// Step computes one value, or one column of a group in all its rows.
type Step struct {
	_      bare
	Kind   StepKind
	Group  int // -1: a value
	Index  int // of the value or the column
	Places int // what it is rounded to; -1: it is not
	Node   *Node
	Total  *Node
	Name   string // what the report calls it where it cannot be computed
}

// Arg is an argument of a message.
type Arg struct {
	Name string
	Show Show
}

// Rule says a message where its condition holds, for each row of a group or once.
type Rule struct {
	Group int // -1: once
	When  *Node
	Sign  report.Sign
	Keys  []string
	Args  []Arg
}

// Table shows rows of a group.
type Table struct {
	Group   int
	When    *Node
	Order   *Node  // the rows come in its falling order; nil: as they are
	Caption string // key
	Heads   []string
	Columns []Show
}

// Figure draws rows of a group.
type Figure struct {
	Group   int
	When    *Node
	Order   *Node
	Kind    string // "bars", "radar", "funnel"
	Caption string
	Label   Show
	Value   Show
	Most    Show  // of a spoke
	Flag    *Node // the rows that stand out, with a flag
}

// Handoff gives values to another calculator.
type Handoff struct {
	To    string
	Key   string
	When  *Node
	Gives []Give
}

// Give is a field that is handed over; with a Group one for each row, Field being
// "group.field".
type Give struct {
	Field string
	Group int
	Show  Show
}

// Op is what a Node does.
type Op uint8

const (
	None Op = iota
	Literal
	Field   // N: of Fields
	ValueOf // N: of Values
	CellOf  // N: group, M: column, in the row of Slot
	Memo    // N: of Memos; Args[0] is computed once
	Neg     // -a
	Add     // numbers, or a date and days
	Sub     // the same; of two dates the days between
	Mul
	Div
	Pow
	Equal // of numbers, dates and truths
	Less
	Same // of texts
	Not
	And
	Or
	If       // condition, then, …, else
	Least    // of several
	Greatest // of several
	FirstKnown
	Known
	Round // to Args[1] places
	Ceil
	Floor
	Abs
	At     // N: of Lookups
	Tiered // N: of Lookups
	Months // whole months between two dates
	AddMonths
	Sum // this and what follows run over the rows of group N in Slot: Args[0] where Args[1]
	Min
	Max
	Count
	Average
	First
	Any
	All
	NPV    // at the rate Args[2]
	lastOp = NPV
)

// Node is an expression.
type Node struct {
	Op         Op
	N, M, Slot int
	Args       []*Node
	Is         Decimal // of a Literal: a number, a day, 1 for true
	Text       string  // of a Literal: a text
	Word       string  // of a Literal: the key of the word that is shown for its text
	Textual    bool    // the Literal is a text

	literal value
}

// setLiteral makes a Literal's value.
func (n *Node) setLiteral() {
	if n.literal = number(n.Is); n.Textual {
		n.literal = textual(n.Text, n.Word)
	}
}

// value is what an expression gives.
type value struct {
	num   Decimal
	text  *text
	known bool
}

// text is a text, and the key of the word that is shown for it, or ""; code: it is
// the code of an option.
type text struct {
	is, word string
	code     bool
}

// unknown is what is not known.
var unknown value

func number(d Decimal) value { return value{num: d, known: true} }

func textual(is, word string) value { return value{text: &text{is, word, false}, known: true} }

func truth(b bool) value {
	v := value{known: true}
	if b {
		v.num = Decimal{0, unit}
	}
	return v
}

// holds reports whether a condition is known and true.
func (v *value) holds() bool { return v.known && v.num.low != 0 }
