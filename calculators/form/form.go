// Package form is the language in which calculators are asked.
//
// A calculator's input is exactly what an HTML form submits:
//
//	years=1&problem.0.name=Training&problem.0.amount=2500
//
// That one encoding is what the browser sends to Go, what a link's fragment
// carries, what the browser stores, and what the command line accepts. A Form
// describes the fields; Decode turns an encoding into an Input, with every
// value checked and every fault named by its field; Encode is its inverse.
//
// Rows of a group are written group.N.field, N a whole number from 0 to
// 999999999 without leading zeros. N orders the rows, gaps do not matter. The
// default rows of a group apply only where no row of it is given; the bare name
// of the group with an empty value ("problem=") says that it has no rows. An
// absent field takes its default; an empty optional one is "unknown"; an empty
// required one is a fault at that field.
//
// A field given twice is a fault ("repeated") and the first value stands: a
// browser never sends one, and on a command line the second is a slip of the
// hand that silence would hide. A field of kind Many is the exception: a form's
// boxes of one name are sent one by one, and its values add up.
//
// The package reaches WebAssembly, where every import costs bytes, so it does
// without fmt, time, math/big and net/url.
package form

// Kind is what a field holds.
type Kind uint8

const (
	Text     Kind = iota // one line of free text
	Choice               // one of Field.Options
	Integer              // a whole number
	Money                // an amount in major units, at most two decimals; held in minor units
	Percent              // a percentage, at most four decimals; held in millionths (80 % = 800,000)
	Month                // YYYY-MM
	Date                 // YYYY-MM-DD
	Rows                 // a repeated group: Field.Fields, once a row
	Currency             // the code of a currency: three letters A to Z, held in capitals
	Many                 // any number of Field.Options: "C,E", held in the order of the options
	File                 // the text of a file as it is, of at most Field.Max bytes
	Number               // a number of at most Field.Places decimals; held in 10^-Places
)

// Form is what a calculator asks, in the order of the page.
type Form struct {
	ID     string // the calculator's id
	Fields []Field

	comma bool // the decimal mark of the language it reads in
}

// Field is one question, or a repeated group of them.
type Field struct {
	Name string
	Kind Kind

	// Default is the value, as typed, of an absent field. For Text and File it may be
	// "@key": the word calc.<id>.<key> of the reader's language (see Form.In).
	Default string

	// Optional: an empty value means "unknown" (or, for Text, nothing) rather
	// than a fault. A field whose default follows from other fields is optional
	// with an empty Default, and the calculator fills it in.
	Optional bool

	// Setting: the default is no part of the example but what is usual, such as a
	// currency, a scale or the method's own steps. A page keeps it when the reader
	// starts empty or takes over what another calculator hands on.
	Setting bool

	// Unit names the word unit.<Unit> shown beside the field: "percent",
	// "weeks", "months", "events". "currency" shows the value of the field
	// named currency. Empty: no unit.
	Unit string

	// Min and Max bound Integer (as such), Money (minor units), Percent
	// (millionths) and Number (10^-Places), both included; Max 0 is no bound above.
	// MaxLen bounds Text in characters; 0 is DefaultMaxLen.
	Min, Max int64
	MaxLen   int

	// Places is how many decimals a Number may have, at most 6.
	Places int

	// Options are the values of a Choice or of Many, without commas and spaces;
	// each has a word.
	Options []string

	// LabelFrom names a field whose text is this one's label on a page, such as
	// "criterion.0.name"; a page shows the field only where there is that row.
	LabelFrom string

	// List names the suggestions of the report that a page offers for a Text.
	List string

	// Fold: a page folds this field and those after it, of the form or of a row, away,
	// as what few need.
	Fold bool

	// Fixed, of Rows: other fields go by the places of the rows, so that a page
	// neither moves nor removes them.
	Fixed bool

	// Today: a Date that is the reader's day. Whoever computes what a reader entered
	// gives it, a page by its clock and the command line by its own; it is neither
	// asked nor taken from what is stored or linked. The example has its own day, the
	// Default, so that its report stays as it is.
	Today bool

	// Part begins a part of the worksheet: this field and those after it, up to
	// the next that begins one. The form then has a field of kind Many whose View
	// is set and whose Options are its parts: which of them a page shows, none
	// meaning all. The page says so, not the reader; so it is neither asked nor
	// taken from what is stored or linked.
	Part string
	View bool

	// The rest is for Rows: the fields of a row, the default rows (values in the
	// order of Fields; a short row takes the fields' own defaults for the rest),
	// the least and the greatest number of rows; MaxRows 0 is DefaultMaxRows.
	Fields      []Field
	DefaultRows [][]string
	MinRows     int
	MaxRows     int
}

// Bounds where a field names none.
const (
	DefaultMaxLen  = 200
	DefaultMaxRows = 500
)

// Words looks a word up by its key; it returns "" for an unknown one.
type Words func(key string) string

// In returns the form as it reads in one language: every "@key" default is
// replaced by its word, and numbers are read with its decimal mark, the word
// format.decimal, in mind. The form itself stays as it is.
func (f *Form) In(words Words) *Form {
	in := func(s string) string {
		if len(s) > 1 && s[0] == '@' {
			return words("calc." + f.ID + "." + s[1:])
		}
		return s
	}
	return &Form{ID: f.ID, Fields: fieldsIn(f.Fields, in), comma: words("format.decimal") == ","}
}

func fieldsIn(fields []Field, in func(string) string) []Field {
	out := make([]Field, len(fields))
	for i, f := range fields {
		if f.Kind == Text || f.Kind == File {
			f.Default = in(f.Default)
		}
		if f.Kind == Rows {
			rows := make([][]string, len(f.DefaultRows))
			for r, row := range f.DefaultRows {
				rows[r] = make([]string, len(row))
				for c, s := range row {
					if f.Fields[c].Kind == Text {
						s = in(s)
					}
					rows[r][c] = s
				}
			}
			f.DefaultRows = rows
			f.Fields = fieldsIn(f.Fields, in)
		}
		out[i] = f
	}
	return out
}

// Field returns the field of that name, or nil.
func (f *Form) Field(name string) *Field {
	if i := index(f.Fields, name); i >= 0 {
		return &f.Fields[i]
	}
	return nil
}

// Today is the name of the field that is the reader's day, or "".
func (f *Form) Today() string {
	for i := range f.Fields {
		if f.Fields[i].Today {
			return f.Fields[i].Name
		}
	}
	return ""
}

func index(fields []Field, name string) int {
	for i := range fields {
		if fields[i].Name == name {
			return i
		}
	}
	return -1
}

// Fault is a value that cannot be used: the field's full name
// ("problem.0.amount"), and a message of the words fault.<Key> with arguments.
//
//	required   an empty value where one is needed
//	number     not a number ({value}: what was typed)
//	mark       a mark in it may group thousands or begin decimals ({value})
//	currency-other  an amount in another currency than the form's ({value}, {currency})
//	decimals   more decimals than the field holds ({places})
//	whole      a fraction where a whole number is needed
//	min, max   out of range ({min}, {max}: the bound)
//	choice     none of the options ({options})
//	currency   not three letters
//	month      not a month between 1900 and 2199
//	date       not a day between 1900 and 2199
//	long       text longer than {max} characters
//	large      a file of more than {max} bytes
//	rows.min   fewer rows than {min}, at the group
//	rows.max   more rows than {max}, at the group, whose rows are then not read
//	repeated   the field is given twice
//	unknown    no such field ({name}; {closest}: the nearest name, or "")
//
// report.Words.Fault gives the message.
type Fault struct {
	Field string
	Key   string
	Args  []Arg
}

// Arg is one named argument of a fault's message. Numbers are plain ("12000.50")
// so that each language can set its own marks.
type Arg struct{ Name, Value string }

// Pair is one field with its value as typed.
type Pair struct{ Name, Value string }
