package markdown

import (
	"bytes"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"golang.org/x/text/unicode/norm"

	"playbook/generator/internal/diag"
)

// Numeric is a number, "**Answer:** 4.0 ± 0.2 x". A list below it holds what is often
// typed and wrong, with feedback quoted under it.
type Numeric struct {
	Value, Tolerance float64
	Text             string // the value as written
	Unit             string
	Wrong            []WrongNumber
}

// WrongNumber is a typical wrong answer.
type WrongNumber struct {
	Numeric
	Pos      diag.Pos
	Feedback Body
}

func init() {
	addQuizKind(quizKind{
		name: "numeric", rank: 3, read: readNumeric, wrong: true, lines: []mark{markAnswer},
		fits:    func(p *parts) bool { return p.has(markAnswer) },
		answers: func(p *parts) int { return p.mark(markAnswer) },
	})
}

func readNumeric(r *reading, p *quizParts) Task {
	if p.answer == nil {
		r.noAnswer(p, "write **Answer:** 4.0 ± 0.2 x")
		return &Numeric{}
	}
	text, offset := r.line(p.answer.(*marked))
	n, at, problem := parseAnswer(text)
	if problem != "" {
		r.errorf(r.at(offset+at), "quiz-answer", "write a number, a tolerance if there is one, and a unit: 4.0 ± 0.2 x", "the answer of quiz %q: %s", p.ID, problem)
		return &Numeric{}
	}
	if p.wrong != nil {
		n.Wrong = r.wrongNumbers(p.wrong, &n)
	}
	return &n
}

func (r *reading) wrongNumbers(list ast.Node, right *Numeric) (all []WrongNumber) {
	for _, it := range r.items(list) {
		text, _, _ := strings.Cut(string(r.src[it.offset:]), "\n")
		n, at, problem := parseAnswer(text)
		near := func(x *Numeric) bool { return math.Abs(n.Value-x.Value) <= x.Tolerance }
		switch {
		case problem != "":
			r.errorf(r.at(it.offset+at), "quiz-answer", "write a number that is often typed and wrong, and quote under it what there is to say", "a wrong answer: %s", problem)
			continue
		case n.Unit != "" && n.Unit != right.Unit:
			r.errorf(it.pos, "quiz-answer", "write it in the unit of the answer, or without one", "the wrong answer has the unit %q, the answer %q", n.Unit, right.Unit)
		case near(right):
			r.errorf(it.pos, "quiz-answer", "take it out, or narrow the tolerance", "the wrong answer %s is right", n.Text)
		case slices.ContainsFunc(all, func(o WrongNumber) bool { return near(&o.Numeric) }):
			r.errorf(it.pos, "quiz-answer", "leave one of them", "the wrong answer %s stands twice", n.Text)
		}
		if len(it.feedback) == 0 {
			r.warnf(it.pos, "quiz-feedback", "quote it under the answer: > You took …; or leave it out, since any other answer is wrong too", "a wrong answer without feedback")
		}
		all = append(all, WrongNumber{Numeric: n, Pos: it.pos, Feedback: r.blocks(it.feedback)})
	}
	return all
}

func (n *Numeric) Key() string {
	key := fmt.Sprintf(" %v ± %v", n.Value, n.Tolerance)
	for i, w := range n.Wrong {
		key += fmt.Sprintf("%s %v", map[bool]string{true: ", not"}[i == 0], w.Value)
	}
	return key
}

func (n *Numeric) Graded() string { return rightOf(0, 0, n.Data()) }
func (n *Numeric) Asked() []Body  { return nil }

func (n *Numeric) Told() (all []Body) {
	for _, w := range n.Wrong {
		all = append(all, w.Feedback)
	}
	return all
}

// Data is the value and the tolerance, 0 where it must be exact.
func (n *Numeric) Data() string {
	number := func(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }
	return number(n.Value) + " " + number(n.Tolerance)
}

// line is the source of what stands behind a mark, and its offset.
func (r *reading) line(m *marked) (string, int) {
	offset := offsetOf(m)
	if first := m.FirstChild(); first != nil {
		offset = offsetOf(first)
	}
	rest := r.src[offset:]
	if i := bytes.IndexByte(rest, '\n'); i >= 0 {
		rest = rest[:i]
	}
	if !m.HasChildren() {
		rest = nil
	}
	return string(rest), offset
}

// parseAnswer reads a number, "±" and a tolerance, and a unit. On a problem it
// says at which byte.
func parseAnswer(s string) (a Numeric, at int, problem string) {
	rest := strings.TrimLeft(s, " \t")
	at = len(s) - len(rest)
	if rest == "" {
		return a, at, "there is none"
	}
	value, n, problem := readNumber(rest)
	if problem != "" {
		return a, at, problem
	}
	a.Value, a.Text = value, rest[:n]
	at += n
	rest = rest[n:]
	trimmed := strings.TrimLeft(rest, " \t")
	for _, sign := range []string{"±", "+/-", "+-"} {
		tolerance, ok := strings.CutPrefix(trimmed, sign)
		if !ok {
			continue
		}
		at += len(rest) - len(tolerance)
		number := strings.TrimLeft(tolerance, " \t")
		at += len(tolerance) - len(number)
		a.Tolerance, n, problem = readNumber(number)
		if problem == "" && a.Tolerance < 0 {
			problem = "the tolerance is below 0"
		}
		if problem != "" {
			return a, at, problem
		}
		at += n
		rest = number[n:]
		break
	}
	unit := strings.TrimSpace(rest)
	if unit == "" {
		return a, at, ""
	}
	first, _ := utf8.DecodeRuneInString(unit)
	glued := rest[0] != ' ' && rest[0] != '\t'
	if unicode.IsDigit(first) || strings.Contains(unit, "±") || glued && first < 0x80 && first != '%' {
		return a, at, "this is no number: " + strconv.Quote(strings.TrimSpace(s))
	}
	a.Unit = unit
	return a, at, ""
}

// readNumber reads a decimal number with an optional sign, thousands grouped by
// commas; full-width signs are read as plain ones. n is its length in bytes.
func readNumber(s string) (v float64, n int, problem string) {
	var b []byte
	for i, r := range s {
		switch {
		case r >= '０' && r <= '９':
			r += '0' - '０'
		case r == '．':
			r = '.'
		case r == '，':
			r = ','
		case r == '−' || r == '－':
			r = '-'
		case r == '＋':
			r = '+'
		}
		if !(r >= '0' && r <= '9' || r == '.' || r == ',' || (r == '-' || r == '+') && i == 0) {
			break
		}
		b = append(b, byte(r))
		_, size := utf8.DecodeRuneInString(s[i:])
		n = i + size
	}
	digits := strings.TrimLeft(string(b), "+-")
	whole, fraction, dotted := strings.Cut(digits, ".")
	groups := strings.Split(whole, ",")
	good := groups[0] != "" && !strings.ContainsAny(fraction, ".,") && !(dotted && fraction == "") && len(digits) <= 24
	for i, g := range groups {
		if i > 0 && len(g) != 3 || i == 0 && len(groups) > 1 && len(g) > 3 {
			good = false
		}
	}
	if !good {
		return 0, n, "this is no number: " + strconv.Quote(strings.TrimSpace(s))
	}
	v, err := strconv.ParseFloat(strings.ReplaceAll(string(b), ",", ""), 64)
	if err != nil {
		return 0, n, "this is no number: " + strconv.Quote(strings.TrimSpace(s))
	}
	return v, n, ""
}

var (
	typedNumber  = regexp.MustCompile(`^([+-]?)([\d.,]*\d[\d.,]*)(k|m|千|百万|万|萬|亿|億)?%?$`)
	typedGroups  = regexp.MustCompile(`^\d{1,3}([.,]\d{3})+$`)
	typedIgnored = strings.NewReplacer("−", "-", "–", "-", "'", "", "’", "", "_", "")
	typedTimes   = map[string]float64{"": 1, "k": 1e3, "千": 1e3, "万": 1e4, "萬": 1e4, "m": 1e6, "百万": 1e6, "亿": 1e8, "億": 1e8}
)

// Accepts reads what somebody has typed, as js/quiz/numeric.js does, and tells whether it
// is right, and whether it is a number at all. A lone mark before three digits may group
// or divide, so either will do.
func (n *Numeric) Accepts(typed string) (right, number bool) {
	fold := func(s string) string {
		return strings.ToLower(strings.Join(strings.Fields(norm.NFKC.String(s)), ""))
	}
	s, unit := typedIgnored.Replace(fold(typed)), fold(n.Unit)
	if cut, ok := strings.CutSuffix(s, unit); ok && unit != "" {
		s = cut
	} else {
		s = strings.TrimPrefix(s, unit) // "£90,000"
	}
	parts := typedNumber.FindStringSubmatch(s)
	if parts == nil {
		return false, false
	}
	for _, marks := range []string{".,", ",."} { // what divides, and what groups
		whole, fraction, _ := strings.Cut(parts[2], marks[:1])
		if strings.ContainsAny(fraction, ".,") || strings.Contains(whole, marks[1:]) && !typedGroups.MatchString(whole) {
			continue
		}
		v, err := strconv.ParseFloat(parts[1]+"0"+strings.ReplaceAll(whole, marks[1:], "")+"."+fraction+"0", 64)
		if err != nil {
			continue
		}
		number = true
		right = right || math.Abs(v*typedTimes[parts[3]]-n.Value) <= n.Tolerance+1e-9*math.Max(1, math.Abs(n.Value))
	}
	return right, number
}
