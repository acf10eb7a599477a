package markdown

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"playbook/generator/internal/diag"
)

// item is an entry of a list of answers.
type item struct {
	pos      diag.Pos
	offset   int // of its text
	box      *east.TaskCheckBox
	text     []ast.Node
	feedback []ast.Node
}

// items reads a list of answers: each entry is one paragraph, and what is quoted
// under it is its feedback.
func (r *reading) items(list ast.Node) []item {
	var all []item
	for li := list.FirstChild(); li != nil; li = li.NextSibling() {
		it := item{pos: r.at(itemOffset(li)), offset: offsetOf(li)}
		for i, c := range children(li) {
			switch c.Kind() {
			case ast.KindTextBlock, ast.KindParagraph:
				if i > 0 {
					r.errorf(r.pos(c), "quiz", "quote its feedback under it, with >", "an answer is one paragraph")
					continue
				}
				it.offset = offsetOf(c)
				if box, ok := c.FirstChild().(*east.TaskCheckBox); ok {
					it.box = box
					c.RemoveChild(c, box)
				}
				it.text = children(c)
			case ast.KindBlockquote:
				it.feedback = append(it.feedback, children(c)...)
			case kindDialogue, kindCallout:
				it.feedback = append(it.feedback, c)
			default:
				if silent(c) {
					continue
				}
				r.errorf(r.pos(c), "quiz", "quote its feedback under it, with >", "an answer is one paragraph")
			}
		}
		all = append(all, it)
	}
	return all
}

// itemOffset is where an entry of a list begins.
func itemOffset(li ast.Node) int {
	if p := li.Pos(); p >= 0 {
		return p
	}
	return offsetOf(li)
}

func isTaskList(l *ast.List) bool {
	for li := l.FirstChild(); li != nil; li = li.NextSibling() {
		if box(li) != nil {
			return true
		}
	}
	return false
}

// box is the task box of a list's entry, or nil.
func box(li ast.Node) *east.TaskCheckBox {
	if first := li.FirstChild(); first != nil {
		b, _ := first.FirstChild().(*east.TaskCheckBox)
		return b
	}
	return nil
}

func countRight(list ast.Node) int {
	n := 0
	for li := list.FirstChild(); li != nil; li = li.NextSibling() {
		if b := box(li); b != nil && b.IsChecked {
			n++
		}
	}
	return n
}

// options: choice and multiple, a task list.
func (r *reading) options(p *quizParts) {
	if p.answer == nil {
		r.noAnswer(p)
		return
	}
	right := 0
	for _, it := range r.items(p.answer) {
		if it.box == nil {
			r.errorf(it.pos, "quiz", "begin it with [x] if it is right, with [ ] if it is wrong", "an option without a box")
		}
		if r.plain(it.text...) == "" && !hasImage(it.text) {
			r.errorf(it.pos, "quiz", "", "an option without a text")
		}
		o := Option{Pos: it.pos, Correct: it.box != nil && it.box.IsChecked}
		if o.Correct {
			right++
		}
		if len(it.feedback) == 0 {
			r.warnf(it.pos, "quiz-feedback", "quote it under the option: > Because …", "an option without feedback")
		}
		o.Text, o.Feedback = r.inlines(it.text), r.blocks(it.feedback)
		p.Options = append(p.Options, o)
	}
	switch {
	case right == 0:
		r.errorf(p.Pos, "quiz-answer", "mark it with [x]", "quiz %q has no right answer", p.ID)
	case right > 1 && p.Kind == Choice:
		r.errorf(p.Pos, "quiz-answer", "mark one with [x], or write type=multiple", "quiz %q has %d right answers, but its type is choice", p.ID, right)
	case len(p.Options) < 2:
		r.errorf(p.Pos, "quiz-answer", "add a wrong one", "quiz %q has a single option", p.ID)
	}
}

func hasImage(nodes []ast.Node) bool {
	return slices.ContainsFunc(nodes, func(n ast.Node) bool { return n.Kind() == ast.KindImage })
}

// orderItems: order, a numbered list in the right order.
func (r *reading) orderItems(p *quizParts) {
	if p.answer == nil {
		r.noAnswer(p)
		return
	}
	for _, it := range r.items(p.answer) {
		if r.plain(it.text...) == "" && !hasImage(it.text) {
			r.errorf(it.pos, "quiz", "", "an entry without a text")
		}
		if len(it.feedback) > 0 {
			r.warnf(it.pos, "quiz-feedback", "say it under **Why:**", "the entries of an order quiz have no feedback of their own")
		}
		p.Items = append(p.Items, r.inlines(it.text))
	}
	if len(p.Items) < 2 {
		r.errorf(p.Pos, "quiz-answer", "", "quiz %q has a single entry: there is nothing to put in order", p.ID)
	}
}

// pairs: match, a table of two columns; each row is a pair.
func (r *reading) pairs(p *quizParts) {
	if p.answer == nil {
		r.noAnswer(p)
		return
	}
	right := map[string]bool{}
	for row := p.answer.FirstChild(); row != nil; row = row.NextSibling() {
		var cells [2][]ast.Node
		var texts [2]string
		i := 0
		for c := row.FirstChild(); c != nil && i < 2; c = c.NextSibling() {
			cells[i] = children(c)
			texts[i] = r.plain(cells[i]...)
			i++
		}
		if row.Kind() == east.KindTableHeader {
			p.PairHeads = [2]Body{r.inlines(cells[0]), r.inlines(cells[1])}
			continue
		}
		for i := range texts {
			if texts[i] == "" && !hasImage(cells[i]) {
				r.errorf(r.pos(row), "quiz-answer", "every row is a pair", "an empty cell in quiz %q", p.ID)
			}
		}
		if texts[1] != "" && right[texts[1]] {
			r.errorf(r.pos(row), "quiz-answer", "readers could not tell which of the two is meant", "%q stands twice in the right column", texts[1])
		}
		right[texts[1]] = true
		p.Pairs = append(p.Pairs, Pair{Left: r.inlines(cells[0]), Right: r.inlines(cells[1])})
	}
	if len(p.Pairs) < 2 {
		r.errorf(p.Pos, "quiz-answer", "", "quiz %q needs two pairs or more", p.ID)
	}
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

// answer: numeric, "4.0 ± 0.2 x".
func (r *reading) answer(p *quizParts, m *marked) {
	text, offset := r.line(m)
	a, at, problem := parseAnswer(text)
	if problem != "" {
		p.faulty = true
		r.errorf(r.at(offset+at), "quiz-answer", "write a number, a tolerance if there is one, and a unit: 4.0 ± 0.2 x", "the answer of quiz %q: %s", p.ID, problem)
		return
	}
	p.Answer = a
}

// parseAnswer reads a number, "±" and a tolerance, and a unit. On a problem it
// says at which byte.
func parseAnswer(s string) (a Answer, at int, problem string) {
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

// labels: spot, "assumptive = Assumptive close | alternative = …".
func (r *reading) labels(p *quizParts, m *marked) {
	at := r.at(m.Pos())
	seen := map[string]bool{}
	for entry := range strings.SplitSeq(r.plain(children(m)...), "|") {
		id, text, ok := strings.Cut(entry, "=")
		id, text = strings.TrimSpace(id), strings.TrimSpace(text)
		switch {
		case !ok || text == "":
			r.errorf(at, "quiz-label", "write **Labels:** id = Name | id = Name", "a label without a name: %q", strings.TrimSpace(entry))
		case !isID(id):
			r.errorf(at, "quiz-label", "an id is lower case: letters, digits and single hyphens", "malformed label %q", id)
		case seen[id]:
			r.errorf(at, "quiz-label", "", "the label %q is declared twice", id)
		default:
			p.Labels = append(p.Labels, Label{ID: id, Text: text})
		}
		seen[id] = true
	}
}

// spot: a dialogue, the labels, and a numbered list with the accepted labels of
// each turn of the first speaker.
func (r *reading) spot(p *quizParts) {
	if p.spoken == nil {
		r.errorf(p.Pos, "quiz-answer", "write it as a quotation, one turn a line: > **Name:** …", "quiz %q has no dialogue", p.ID)
		return
	}
	if p.answer == nil {
		r.noAnswer(p)
		return
	}
	if len(p.Labels) < 2 {
		r.errorf(p.Pos, "quiz-label", "write **Labels:** id = Name | id = Name before the list", "quiz %q needs two labels or more", p.ID)
	}
	turns := r.turns[p.spoken]
	asked := 0
	line := p.spoken.FirstChild()
	for _, t := range turns {
		p.Turns = append(p.Turns, Turn{Pos: r.at(t.offset), Speaker: t.speaker, Asked: t.speaker == turns[0].speaker, Text: r.render(line)})
		line = line.NextSibling()
		if t.speaker == turns[0].speaker {
			asked++
		}
	}
	items := r.items(p.answer)
	if len(items) != asked {
		r.errorf(r.pos(p.answer), "quiz-answer", "one entry for each turn of the first speaker",
			"the list of quiz %q has %d %s, but %s speaks %d times", p.ID, len(items), plural(len(items), "entry", "entries"), turns[0].speaker, asked)
	}
	next := 0
	for i := range p.Turns {
		if t := &p.Turns[i]; t.Asked && next < len(items) {
			t.Accept = r.accepted(p, items[next])
			if len(items[next].feedback) == 0 {
				r.warnf(items[next].pos, "quiz-feedback", "quote it under the entry: > Because …", "a turn without feedback")
			}
			t.Feedback = r.blocks(items[next].feedback)
			next++
		}
	}
}

// accepted reads "last-chance | standing-room-only".
func (r *reading) accepted(p *quizParts, it item) []string {
	var ids, all []string
	for _, l := range p.Labels {
		ids = append(ids, l.ID)
	}
	text := r.plain(it.text...)
	for id := range strings.SplitSeq(text, "|") {
		id = strings.TrimSpace(id)
		at := it.pos
		if i := bytes.Index(r.src[it.offset:], []byte(id)); i >= 0 && id != "" {
			at = r.at(it.offset + i)
		}
		switch {
		case id == "":
			r.errorf(it.pos, "quiz-label", "write the id of a label", "an entry without a label")
		case !slices.Contains(ids, id):
			r.errorf(at, "quiz-label", diag.DidYouMean(id, ids, "the labels are"), "the label %q is not declared", id)
		case slices.Contains(all, id):
			r.errorf(at, "quiz-label", "", "the label %q is accepted twice", id)
		default:
			all = append(all, id)
		}
	}
	return all
}

// sorted: sort, a nested list. Its first level are the groups, its second the
// items; an item that stands under two groups in the same words may go into
// either.
func (r *reading) sorted(p *quizParts) {
	if p.answer == nil {
		r.noAnswer(p)
		return
	}
	known := map[string]int{} // an item's words → its place in p.Sorted
	groups := map[string]bool{}
	var feedback [][]ast.Node // each group may say something about an item
	for li := p.answer.FirstChild(); li != nil; li = li.NextSibling() {
		at := r.at(itemOffset(li))
		var name string
		var items []item
		for i, c := range children(li) {
			switch {
			case i == 0 && (c.Kind() == ast.KindTextBlock || c.Kind() == ast.KindParagraph):
				name = r.plain(children(c)...)
			case c.Kind() == ast.KindList:
				items = append(items, r.items(c)...)
			case !silent(c):
				r.errorf(r.pos(c), "quiz", "write the group's name, and its items as a list under it", "a group is one line with a list under it")
			}
		}
		switch {
		case name == "":
			r.errorf(at, "quiz", "", "a group without a name")
		case groups[name]:
			r.errorf(at, "quiz-answer", "give each group a name of its own", "the group %q stands twice", name)
		case len(items) == 0:
			r.errorf(at, "quiz-answer", "write its items as a list under it, indented", "the group %q has no items", name)
		}
		groups[name] = true
		g := len(p.Groups)
		p.Groups = append(p.Groups, name)
		for _, it := range items {
			text := r.plain(it.text...)
			if text == "" && !hasImage(it.text) {
				r.errorf(it.pos, "quiz", "", "an item without a text")
			}
			i, twin := known[text]
			if !twin || text == "" {
				i = len(p.Sorted)
				known[text] = i
				p.Sorted = append(p.Sorted, Sorted{Pos: it.pos, Text: r.inlines(it.text)})
				feedback = append(feedback, nil)
			}
			s := &p.Sorted[i]
			if len(s.Groups) > 0 && s.Groups[len(s.Groups)-1] == g {
				r.errorf(it.pos, "quiz-answer", "", "%q stands twice under %q", text, name)
				continue
			}
			s.Groups = append(s.Groups, g)
			feedback[i] = append(feedback[i], it.feedback...)
		}
	}
	for i := range p.Sorted {
		p.Sorted[i].Feedback = r.blocks(feedback[i])
	}
	switch {
	case len(p.Groups) < 2:
		r.errorf(p.Pos, "quiz-answer", "", "quiz %q needs two groups or more", p.ID)
	case len(p.Sorted) < 2:
		r.errorf(p.Pos, "quiz-answer", "", "quiz %q has a single item: there is nothing to sort", p.ID)
	}
}

func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}
