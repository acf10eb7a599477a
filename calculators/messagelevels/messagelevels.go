// Package messagelevels says one fact about a product at the four levels of a
// customer's organisation (deck slides 107 to 111), checks the four rights of an
// offer (slides 101, 102), and keeps a log of objections (slides 105, 106). What it
// checks is reconstructed.
//
// A level has a gap if
//
//	empty     nothing is said to it
//	same      the bare fact, or what another level hears, is repeated
//	number    the knowledge worker or the decision-maker hears no number
//
// An objection has a gap if
//
//	source    it is not known from whom it comes
//	answer    there is neither an answer nor a day on which one is promised
//	long      the answer is longer than 160 letters, Han counting two: too much
//	          information is an objection's next cause
//	evidence  an answer has no evidence
//
// Values:
//
//	levels              levels, of four, without a gap
//	rights, aims        of the four rights, and of the four aims, those that hold
//	objections          in the log
//	from_key            those of them that come from the key decision-maker
//	ready               objections without a gap
//	gaps                levels and objections with a gap, and rights that do not hold
package messagelevels

import (
	"playbook/calculators/form"
	"playbook/calculators/report"
)

// ID is the calculator's id.
const ID = "message-levels"

// Form describes the questions. Its default is the demo company's offer.
func Form() *form.Form { return &form.Form{ID: ID, Fields: fields} }

var (
	levels = []string{"user", "seymour", "manager", "vito"} // from the bottom up
	rights = []string{"channel", "product", "time", "person"}
	roles  = []string{"unknown", "C", "U", "T", "E"}
	gaps   = []string{"empty", "same", "number", "source", "answer", "long", "evidence"}
)

// fields stand in the program as data, which weighs less than code that makes
// them; nobody writes to them.
var fields = []form.Field{
	{Name: "fact", Kind: form.Text, Optional: true, MaxLen: 200, Default: "@default.fact"},
	{Name: "user", Kind: form.Text, Optional: true, MaxLen: 300, Default: "@default.user"},
	{Name: "seymour", Kind: form.Text, Optional: true, MaxLen: 300, Default: "@default.seymour"},
	{Name: "manager", Kind: form.Text, Optional: true, MaxLen: 300, Default: "@default.manager"},
	{Name: "vito", Kind: form.Text, Optional: true, MaxLen: 300, Default: "@default.vito"},
	{Name: "rights", Kind: form.Many, Options: rights, Default: "product,time,person"},
	{Name: "aims", Kind: form.Many, Options: []string{"needs", "cost", "process", "revenue"}, Default: "needs,process"},
	{Name: "objection", Kind: form.Rows, Fields: []form.Field{
		{Name: "said", Kind: form.Text, Optional: true, MaxLen: 160},
		{Name: "source", Kind: form.Choice, Default: "unknown", Options: roles},
		{Name: "answer", Kind: form.Text, Optional: true, MaxLen: 300},
		{Name: "evidence", Kind: form.Text, Optional: true, MaxLen: 200},
		{Name: "due", Kind: form.Date, Optional: true},
	}, DefaultRows: [][]string{
		{"@default.o1", "E", "@default.a1", "@default.e1", ""},
		{"@default.o2", "T", "@default.a2", "@default.e2", ""},
		{"@default.o3", "U", "", "", "2027-05-19"},
		{"@default.o4", "unknown", "@default.a4", "", ""},
	}},
}

// objection is one row of the log.
type objection struct {
	set  *form.Set
	gaps int // as bits of gaps
}

// sheet is what is found out.
type sheet struct {
	in         *form.Input
	says       [4]int // the gaps of each level
	objections []objection
}

// Compute checks what is said and what is answered.
func Compute(in *form.Input) (*report.Result, []form.Fault) {
	s := &sheet{in: in}
	said := []string{in.Text("fact")}
	for i, level := range levels {
		text := in.Text(level)
		for _, other := range said {
			s.says[i] |= bit(text != "" && form.Same(text, other), 1)
		}
		s.says[i] |= bit(text == "", 0) | bit(text != "" && i%2 == 1 && !form.HasMeasure(text), 2)
		said = append(said, text)
	}
	var keys []int
	var read []objection
	for _, row := range in.Rows("objection") {
		answer, evidence := row.Text("answer"), row.Text("evidence")
		if row.Text("said") == "" && answer == "" && evidence == "" {
			continue
		}
		none := row.Text("source") == "unknown"
		read = append(read, objection{row, bit(none, 3) | bit(answer == "" && !row.Given("due"), 4) |
			bit(long(answer), 5) | bit(answer != "" && evidence == "", 6)})
		key := 0
		for i, role := range roles {
			if role == row.Text("source") {
				key = -i
			}
		}
		keys = append(keys, key)
	}
	for _, i := range form.Order(keys) { // who decides comes first
		s.objections = append(s.objections, read[i])
	}
	return s.present(), nil
}

// bit is a bit that is set if something is so.
func bit(set bool, n int) int {
	if set {
		return 1 << n
	}
	return 0
}

// long reports whether an answer tells more than can be listened to.
func long(answer string) bool {
	n := 0
	for _, r := range answer {
		n++
		if r >= 0x2e80 {
			n++
		}
	}
	return n > 160
}
