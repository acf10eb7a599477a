// Package formula reads the formulas of authors' worksheets, checks them, and
// compiles them into the expressions of calculators/sheet.
//
// A formula is written as in a spreadsheet:
//
//	sum(gain.year * gain.sure where gain.from <= 2) - yearly
//
// Start with New and declare the worksheet's names; Define adds formulas and
// Compile compiles them in the order in which they depend on each other. Every
// fault has its byte in the formula, and one formula's faults do not hide
// another's.
package formula

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"playbook/calculators/calendar"
	"playbook/calculators/sheet"
)

// expr is a formula as it is written.
type expr struct {
	op   token // what it is: a literal, a name, a call, an operator
	at   int   // the byte where it begins; of an operator its own
	name string
	num  sheet.Decimal
	kind sheet.Kind // of a literal
	args []*expr
	cond *expr // of a call: where
}

// token is what the text consists of, and what an expr is.
type token uint8

const (
	end token = iota
	num
	str
	name
	call
	not
	and
	or
	where
	as
	open
	shut
	comma
	plus
	minus
	times
	over
	power
	equal
	unequal
	less
	more
	atMost
	atLeast
	bad
)

var signs = map[string]token{
	"(": open, ")": shut, ",": comma, ";": comma, "+": plus, "-": minus, "*": times, "/": over, "^": power,
	"=": equal, "==": equal, "<>": unequal, "!=": unequal, "<": less, ">": more, "<=": atMost, ">=": atLeast,
}

// typographic are other forms of signs, as a Chinese keyboard or a word processor
// writes them. Each stays at its place: only the parser sees the plain form.
var typographic = map[rune]string{
	'（': "(", '）': ")", '，': ",", '；': ",", '＋': "+", '－': "-", '−': "-", '–': "-", '×': "*", '＊': "*", '÷': "/", '／': "/",
	'＝': "=", '＜': "<", '＞': ">", '≤': "<=", '≥': ">=", '≠': "<>",
}

// scanner takes a text apart.
type scanner struct {
	text string
	pos  int // after the token

	token token
	at    int
	word  string // of a name, a text
	num   sheet.Decimal
	kind  sheet.Kind

	deep   int
	faults *[]fault
}

// fault is what is wrong at a byte of a formula.
type fault struct {
	at            int
	message, help string
}

// stop ends the reading of a formula that makes no sense any more.
type stop struct{}

func (s *scanner) fail(at int, message, help string) {
	*s.faults = append(*s.faults, fault{at, message, help})
	panic(stop{})
}

// MaxLength is how long a formula may be, in bytes.
const MaxLength = 4000

// parse reads a whole formula with what follows "as"; nil after a fault.
func parse(text string, faults *[]fault) (e *expr, form *asForm) {
	if len(text) > MaxLength {
		*faults = append(*faults, fault{0, fmt.Sprintf("the formula is longer than %d letters", MaxLength), "give a part of it a name of its own"})
		return nil, nil
	}
	s := &scanner{text: text, faults: faults}
	defer func() {
		if r := recover(); r != nil {
			if _, ok := r.(stop); !ok {
				panic(r)
			}
			e, form = nil, nil
		}
	}()
	s.next()
	if s.token == end {
		s.fail(0, "there is no formula", "")
	}
	e = s.or()
	if s.token == as {
		form = s.form()
	}
	switch s.token {
	case end:
		return e, form
	case comma:
		s.fail(s.at, "a comma stands between the values of a function, not here", "write thousands without it: 1000")
	case shut:
		s.fail(s.at, "this bracket closes nothing", "")
	case where:
		s.fail(s.at, `"where" stands inside the brackets of a function of rows`, "such as sum(order.value where order.won)")
	}
	s.fail(s.at, "an operator is missing before "+s.shown(), "such as + or *")
	return nil, nil
}

// shown is the token as it is written.
func (s *scanner) shown() string {
	if s.token == end {
		return "the end"
	}
	return quote(s.text[s.at:s.pos])
}

func (s *scanner) next() {
	for s.pos < len(s.text) {
		r, n := utf8.DecodeRuneInString(s.text[s.pos:])
		if !unicode.IsSpace(r) {
			break
		}
		s.pos += n
	}
	s.at, s.word = s.pos, ""
	rest := s.text[s.pos:]
	if rest == "" {
		s.token = end
		return
	}
	r, n := utf8.DecodeRuneInString(rest)
	switch {
	case r >= '0' && r <= '9':
		s.number(rest)
		return
	case r == '_' || unicode.IsLetter(r):
		s.name(rest)
		return
	case strings.ContainsRune(`"'“”‘’`, r):
		closing := map[rune]string{'“': "”", '‘': "’", '”': "”", '’': "’", '"': `"`, '\'': "'"}[r]
		i := strings.Index(rest[n:], closing)
		if i < 0 {
			s.fail(s.at, "the text is not closed", "end it with "+closing)
		}
		s.token, s.word = str, rest[n:n+i]
		s.pos += n + i + len(closing)
		return
	}
	plain := string(r)
	if other := typographic[r]; other != "" {
		plain = other
	}
	s.pos += n
	if s.pos < len(s.text) {
		second, m := utf8.DecodeRuneInString(s.text[s.pos:])
		if other := typographic[second]; other != "" {
			second = rune(other[0])
		}
		if t, ok := signs[plain+string(second)]; ok {
			s.token = t
			s.pos += m
			return
		}
	}
	t, ok := signs[plain]
	if !ok {
		help := ""
		if r == '&' {
			help = "texts are put together in the words of the report, not in formulas"
		}
		s.fail(s.at, "a formula has no "+quote(string(r)), help)
	}
	s.token = t
}

// number reads 12, 12.5, 5%, 2027-05-31, 3k, 3万.
func (s *scanner) number(rest string) {
	digits := func(i int) int {
		for i < len(rest) && rest[i] >= '0' && rest[i] <= '9' {
			i++
		}
		return i
	}
	i := digits(0)
	if i == 4 && len(rest) >= 10 && rest[4] == '-' && digits(5) == 7 && rest[7] == '-' && digits(8) == 10 {
		d, ok := calendar.ParseDate(rest[:10])
		if !ok {
			s.fail(s.at, quote(rest[:10])+" is no day", "")
		}
		s.token, s.kind, s.num = num, sheet.Date, sheet.Int(int64(d.Number()))
		s.pos += 10
		return
	}
	if i < len(rest) && rest[i] == '.' {
		if j := digits(i + 1); j > i+1 {
			i = j
		}
	}
	d, ok := sheet.ParseDecimal(rest[:i])
	s.token, s.kind = num, sheet.Number
	for _, suffix := range []struct {
		text  string
		times sheet.Decimal
	}{{"%", sheet.Scaled(1, 2)}, {"％", sheet.Scaled(1, 2)}, {"万", sheet.Int(10_000)}, {"亿", sheet.Int(100_000_000)}, {"k", sheet.Int(1000)}} {
		if after, found := strings.CutPrefix(rest[i:], suffix.text); found && ok {
			if suffix.text == "k" && after != "" && (after[0] == '_' || unicode.IsLetter(rune(after[0]))) {
				continue
			}
			d, ok = d.Mul(suffix.times)
			if suffix.text == "%" || suffix.text == "％" {
				s.kind = sheet.Percent
			}
			i += len(suffix.text)
			break
		}
	}
	if !ok {
		s.fail(s.at, quote(rest[:i])+" is too large or has too many decimals", "")
	}
	s.num = d
	s.pos += i
	if r, _ := utf8.DecodeRuneInString(s.text[s.pos:]); r == '_' || unicode.IsLetter(r) {
		s.fail(s.at, "a name does not begin with a digit", "")
	}
}

// name reads names, with dots between; words of the language are tokens.
func (s *scanner) name(rest string) {
	i := 0
	for i < len(rest) {
		r, n := utf8.DecodeRuneInString(rest[i:])
		if r == '.' && i+1 < len(rest) {
			if after, _ := utf8.DecodeRuneInString(rest[i+1:]); after != '_' && !unicode.IsLetter(after) && !unicode.IsDigit(after) {
				break
			}
		} else if r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) || typographic[r] != "" {
			break
		}
		i += n
	}
	s.token, s.word = name, rest[:i]
	s.pos += i
	switch strings.ToLower(s.word) {
	case "and":
		s.token = and
	case "or":
		s.token = or
	case "not":
		s.token = not
	case "where":
		s.token = where
	case "as":
		s.token = as
	}
}

func (s *scanner) enter() {
	if s.deep++; s.deep > sheet.MaxDepth/2 {
		s.fail(s.at, "the formula is nested too deeply", "give a part of it a name of its own")
	}
}

// binary reads operators of one rank, from the left.
func (s *scanner) binary(operand func() *expr, ops ...token) *expr {
	e := operand()
	for n := 0; ; n++ {
		found := false
		for _, op := range ops {
			found = found || s.token == op
		}
		if !found {
			return e
		}
		if n > 200 {
			s.fail(s.at, "the formula has too many parts", "give a part of it a name of its own")
		}
		op, at := s.token, s.at
		s.next()
		e = &expr{op: op, at: at, args: []*expr{e, operand()}}
	}
}

// many reads operands of "and" or "or" as one expression.
func (s *scanner) many(op token, operand func() *expr) *expr {
	e := operand()
	if s.token != op {
		return e
	}
	e = &expr{op: op, at: s.at, args: []*expr{e}}
	for s.token == op {
		s.next()
		e.args = append(e.args, operand())
	}
	return e
}

func (s *scanner) or() *expr {
	s.enter()
	defer func() { s.deep-- }()
	return s.many(or, func() *expr { return s.many(and, s.not) })
}

func (s *scanner) not() *expr {
	if s.token == not {
		s.enter()
		defer func() { s.deep-- }()
		at := s.at
		s.next()
		return &expr{op: not, at: at, args: []*expr{s.not()}}
	}
	e := s.sum()
	if s.token >= equal && s.token <= atLeast {
		op, at := s.token, s.at
		s.next()
		e = &expr{op: op, at: at, args: []*expr{e, s.sum()}}
		if s.token >= equal && s.token <= atLeast {
			s.fail(s.at, "two comparisons in a row", "write them with and: 0 < x and x < 9")
		}
	}
	return e
}

func (s *scanner) sum() *expr { return s.binary(s.product, plus, minus) }

func (s *scanner) product() *expr { return s.binary(s.signed, times, over) }

func (s *scanner) signed() *expr {
	if s.token == minus || s.token == plus {
		s.enter()
		defer func() { s.deep-- }()
		op, at := s.token, s.at
		s.next()
		e := s.signed()
		if op == plus {
			return e
		}
		return &expr{op: minus, at: at, args: []*expr{e}}
	}
	return s.powers()
}

func (s *scanner) powers() *expr {
	e := s.operand()
	if s.token == power {
		s.enter()
		defer func() { s.deep-- }()
		at := s.at
		s.next()
		e = &expr{op: power, at: at, args: []*expr{e, s.signed()}}
	}
	return e
}

func (s *scanner) operand() *expr {
	e := &expr{op: s.token, at: s.at, name: s.word, num: s.num, kind: s.kind}
	switch s.token {
	case num, str:
		s.next()
		return e
	case open:
		s.next()
		inner := s.or()
		s.close(e.at)
		return inner
	case and, or, name:
		s.next()
		if s.token != open {
			if e.op == name {
				return e
			}
			break
		}
		e.op, e.name = call, strings.ToLower(e.name)
		s.arguments(e)
		return e
	}
	if e.op == end {
		s.fail(s.at, "the formula ends where a value is missing", "")
	}
	s.fail(e.at, "a value is missing before "+quote(s.text[e.at:max(s.pos, e.at+1)]), "")
	return nil
}

// arguments reads what stands in the brackets of a function.
func (s *scanner) arguments(e *expr) {
	s.enter()
	defer func() { s.deep-- }()
	opened := s.at
	s.next()
	for s.token != shut {
		e.args = append(e.args, s.or())
		if len(e.args) > 50 {
			s.fail(s.at, "the function has too many values", "")
		}
		if s.token == where {
			if e.cond != nil {
				s.fail(s.at, "there is one \"where\" already", "join conditions with and")
			}
			s.next()
			e.cond = s.or()
		}
		if s.token != comma {
			break
		}
		s.next()
	}
	s.close(opened)
}

func (s *scanner) close(opened int) {
	if s.token != shut {
		if s.token == end {
			s.fail(opened, "this bracket is not closed", "")
		}
		s.fail(s.at, "an operator or a comma is missing before "+s.shown(), "")
	}
	s.next()
}

// asForm is what follows "as": a kind and its places.
type asForm struct {
	kind   sheet.Kind
	places int // -1: none
	at     int
}

// forms are the kinds that a formula may name.
var forms = map[string]sheet.Kind{
	"number": sheet.Number, "percent": sheet.Percent, "money": sheet.Money, "date": sheet.Date, "text": sheet.Text, "yes_no": sheet.Bool,
}

// mostPlaces of each kind of number.
var mostPlaces = map[sheet.Kind]int{sheet.Number: 6, sheet.Percent: 4, sheet.Money: 2}

func (s *scanner) form() *asForm {
	s.next()
	kind, ok := forms[s.word]
	if s.token != name || !ok {
		s.fail(s.at, `"as" is followed by number, percent, money, date, text or yes_no`, "such as: as percent 1")
	}
	f := &asForm{kind: kind, places: -1, at: s.at}
	if kind == sheet.Money {
		f.places = 2
	}
	s.next()
	if s.token == num {
		most, numeric := mostPlaces[kind]
		n, whole := s.num.Whole()
		if !numeric || !whole || s.kind != sheet.Number || n < 0 || n > int64(most) {
			s.fail(s.at, fmt.Sprintf("%s has 0 to %d decimal places", kind, most), "")
		}
		f.places = int(n)
		s.next()
	}
	return f
}

func quote(s string) string { return `"` + s + `"` }
