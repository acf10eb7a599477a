package markdown

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"playbook/generator/internal/diag"
)

// A quiz is a heading with a comment, and what follows up to the next heading of
// its level or higher:
//
//	### Which close is this? <!-- q: close-01 points=2 tags=closing -->
//
//	> **Buyer:** Price is fine.
//	> **Rep:** Tuesday or Thursday for delivery?
//
//	- [x] Alternative close
//	  > Yes: both options mean a sale.
//	- [ ] Order-blank close
//	  > No form is being filled in.
//
//	**Hint:** …
//	**Why:** …
//
// The answers say which kind it is, where type= does not: a task list (choice or
// multiple), **Answer:** (numeric), a table of two columns (match), a numbered
// list (order; spot where it follows a dialogue), **Model:** (reflect). A nested
// list is sorted into groups with type=sort only, and a task list asks for an
// opinion with type=poll only: without the word they would look like mistakes.
// Each kind is read by a function of quizkind.go; those without a right answer
// are in quizopen.go.

// kinds are the kinds of quiz, in the order in which faults list them.
var kinds = []string{string(Choice), string(Multiple), string(Order), string(Match), string(Numeric), string(Spot), string(Sort), string(Poll), string(Reflect)}

// quizHead is the comment in a quiz's heading.
type quizHead struct {
	id     string
	at     diag.Pos // of the id; of the comment where there is none
	points int
	worth  diag.Pos // of points=, where it is given
	tags   []string
	kind   Kind // "" to be found out
}

// quizComment reads the comment of a heading that has one.
func (r *reading) quizComment(h *ast.Heading, container ast.Node) {
	for c := h.FirstChild(); c != nil; c = c.NextSibling() {
		raw, ok := c.(*ast.RawHTML)
		if !ok || raw.Segments.Len() != 1 {
			continue
		}
		seg := raw.Segments.At(0)
		text, ok := strings.CutPrefix(string(seg.Value(r.src)), "<!--")
		text = strings.TrimSuffix(text, "-->")
		id, right := questionComment(text)
		if !ok || id < 0 {
			continue
		}
		if !right {
			r.errorf(r.at(seg.Start), "quiz", "write <!-- q: ID -->", "a question's comment that is not written as one: <!--%s", text)
		}
		if container.Kind() != ast.KindDocument {
			r.errorf(r.at(seg.Start), "quiz", "move its heading out of the list or quotation", "a quiz inside of another block")
			return
		}
		head := r.quizHead(seg.Start, text[id:], seg.Start+len("<!--")+id)
		r.idBefore(h, raw)
		if r.heads == nil {
			r.heads = map[ast.Node]*quizHead{}
		}
		r.heads[h] = head
		if head.id != "" {
			r.ids["quiz-"+head.id] = head.at
			r.doc.anchors = append(r.doc.anchors, "quiz-"+head.id)
		}
		return
	}
}

// idBefore takes {#id} for the heading's id where it stands before the comment:
// goldmark knows it only at the end of the line.
func (r *reading) idBefore(h *ast.Heading, comment *ast.RawHTML) {
	t, ok := comment.PreviousSibling().(*ast.Text)
	if !ok {
		return
	}
	v := bytes.TrimRight(t.Segment.Value(r.src), " \t")
	open := bytes.LastIndex(v, []byte("{#"))
	if open < 0 || !bytes.HasSuffix(v, []byte("}")) || len(v) < open+4 || bytes.ContainsAny(v[open+2:len(v)-1], " \t{}\"<>") {
		return
	}
	h.SetAttributeString("id", v[open+2:len(v)-1])
	t.Segment = t.Segment.WithStop(t.Segment.Start + open)
}

// quizHead reads "ID key=value …", which begins at an offset of the source.
func (r *reading) quizHead(comment int, text string, offset int) *quizHead {
	head := &quizHead{at: r.at(comment), points: 1}
	first := true
	for i := 0; i < len(text); {
		if text[i] == ' ' || text[i] == '\t' {
			i++
			continue
		}
		word, _, _ := strings.Cut(text[i:], " ")
		word, _, _ = strings.Cut(word, "\t")
		at := r.at(offset + i)
		i += len(word)
		key, value, isKey := strings.Cut(word, "=")
		switch {
		case !isKey && first:
			head.id, head.at = word, at
			if !isID(word) {
				r.errorf(at, "quiz-id", "an id is lower case: letters, digits and single hyphens, such as close-01", "malformed quiz id %q", word)
			}
		case !isKey:
			r.errorf(at, "quiz", "behind the id stand points=, tags= and type=", "unexpected %q in the quiz's heading", word)
		default:
			r.quizOption(head, key, value, at)
		}
		first = false
	}
	if head.id == "" {
		r.errorf(head.at, "quiz-id", "write <!-- q: ID -->; readers' scores are kept by the id", "a quiz without an id")
	}
	return head
}

func (r *reading) quizOption(head *quizHead, key, value string, at diag.Pos) {
	switch key {
	case "points":
		n, err := strconv.Atoi(value)
		if err != nil || n < 1 || n > 100 {
			r.errorf(at, "quiz", "", "points must be a whole number from 1 to 100, not %q", value)
			return
		}
		head.points, head.worth = n, at
	case "tags":
		for tag := range strings.SplitSeq(value, ",") {
			if tag != "" {
				head.tags = append(head.tags, tag)
			}
		}
	case "type":
		if !slices.Contains(kinds, value) {
			r.errorf(at, "quiz", diag.DidYouMean(value, kinds, "the types are"), "unknown type of quiz %q", value)
			return
		}
		head.kind = Kind(value)
	default:
		keys := []string{"points", "tags", "type"}
		r.errorf(at, "quiz", diag.DidYouMean(key, keys, "the keys are"), "unknown key %q in the quiz's heading", key)
	}
}

// isID reports whether s is kebab-case.
func isID(s string) bool {
	for part := range strings.SplitSeq(s, "-") {
		if part == "" {
			return false
		}
		for i := range len(part) {
			if c := part[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') {
				return false
			}
		}
	}
	return true
}

// quizzes takes the quizzes out of the document and puts blocks in their place.
func (r *reading) quizzes(root ast.Node) {
	for c := root.FirstChild(); c != nil; c = c.NextSibling() {
		h, ok := c.(*ast.Heading)
		if !ok || r.heads[h] == nil {
			continue
		}
		var nodes []ast.Node
		for n := h.NextSibling(); n != nil && !r.endsQuiz(n, h.Level); n = h.NextSibling() {
			root.RemoveChild(root, n)
			nodes = append(nodes, n)
		}
		block := &blockNode{block: r.quiz(h, r.heads[h], nodes)}
		root.ReplaceChild(root, h, block)
		c = block
	}
	r.strayAnswers(root)
}

// endsQuiz reports whether a block stands behind a quiz of that level.
func (r *reading) endsQuiz(n ast.Node, level int) bool {
	h, ok := n.(*ast.Heading)
	return ok && (h.Level <= level || r.heads[h] != nil) || n.Kind() == east.KindFootnoteList
}

// quizParts is what a quiz consists of, found out before anything is rendered.
type quizParts struct {
	*Quiz
	head   *quizHead
	answer ast.Node // the list or table that holds the answers
	spoken ast.Node // the dialogue of a spot quiz
	prompt []ast.Node
	model  []ast.Node
	hint   []ast.Node
	why    []ast.Node
	faulty bool // its answer was there and is reported
}

func (r *reading) quiz(h *ast.Heading, head *quizHead, nodes []ast.Node) *Quiz {
	q := &Quiz{Pos: head.at, ID: head.id, Kind: head.kind, Points: head.points, Tags: head.tags, Level: h.Level}
	if id, ok := h.AttributeString("id"); ok {
		q.Anchor = string(id.([]byte))
	}
	title := headingText(h)
	q.Title = r.inlines(title)
	p := &quizParts{Quiz: q, head: head, faulty: slices.ContainsFunc(nodes, r.looksLikeTable)}
	nodes = r.splitLabels(r.adoptFeedback(nodes))
	r.findAnswer(p, nodes)
	r.sortParts(p, nodes)

	q.Prompt = r.blocks(p.prompt)
	switch q.Kind {
	case Choice, Multiple:
		r.options(p)
	case Order:
		r.orderItems(p)
	case Match:
		r.pairs(p)
	case Numeric:
		if q.Answer.Text == "" && !p.faulty {
			r.noAnswer(p)
		}
	case Spot:
		r.spot(p)
	case Sort:
		r.sorted(p)
	case Poll:
		r.poll(p)
	case Reflect:
		r.reflect(p)
	default:
		r.noAnswer(p)
		q.Kind = Choice
	}
	q.Hint, q.Why = r.blocks(p.hint), r.blocks(p.why)
	if !q.Kind.Scored() {
		q.Points = 0
		if head.worth.Line > 0 {
			r.errorf(head.worth, "quiz", "take points= out", "a quiz of the type %s earns no points", q.Kind)
		}
	}
	r.doc.Quizzes = append(r.doc.Quizzes, q)
	return q
}

// mark is a labelled part of a quiz.
type mark string

const (
	markHint   mark = "hint"
	markWhy    mark = "why"
	markAnswer mark = "answer"
	markLabels mark = "labels"
	markModel  mark = "model"
)

// marks are the words of the marks; the theme's words ui.quiz.mark.* add those of
// another language.
var marks = map[string]mark{
	"hint": markHint, "提示": markHint,
	"why": markWhy, "为什么": markWhy,
	"answer": markAnswer, "答案": markAnswer,
	"labels": markLabels, "标签": markLabels,
	"model": markModel, "范例": markModel,
}

func (r *reading) markOf(word string) mark {
	word = strings.ToLower(word)
	if m, ok := marks[word]; ok {
		return m
	}
	for _, m := range []mark{markHint, markWhy, markAnswer, markLabels, markModel} {
		if s := r.opt.word("ui.quiz.mark." + string(m)); s != "" && strings.ToLower(s) == word {
			return m
		}
	}
	return ""
}

// marked is a paragraph, or the lines of one, that begins with a mark.
type marked struct {
	ast.BaseBlock
	mark mark
}

var kindMarked = ast.NewNodeKind("QuizMark")

func (n *marked) Kind() ast.NodeKind            { return kindMarked }
func (n *marked) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// splitLabels cuts paragraphs before each line that begins with a mark, and takes
// the mark off.
func (r *reading) splitLabels(nodes []ast.Node) []ast.Node {
	var all []ast.Node
	for _, n := range nodes {
		if n.Kind() != ast.KindParagraph {
			all = append(all, n)
			continue
		}
		var part ast.Node = ast.NewParagraph()
		start := func(next ast.Node) {
			if part.HasChildren() || part.Kind() == kindMarked {
				r.trim(part)
				all = append(all, part)
			}
			part = next
		}
		for _, line := range splitLines(n) {
			if word, offset, ok := r.lead(line); ok {
				if m := r.markOf(word); m != "" {
					next := &marked{mark: m}
					next.SetPos(offset)
					start(next)
					r.cutColon(line[1:])
					line = line[1:]
				}
			}
			for _, c := range line {
				part.AppendChild(part, c)
			}
		}
		start(nil)
	}
	return all
}

// findAnswer finds out what holds the answers, and the kind where it is not given.
func (r *reading) findAnswer(p *quizParts, nodes []ast.Node) {
	var tasks, numbered, nested, tables []int
	answer, labels, spoken, model, firstMark := -1, -1, -1, -1, len(nodes)
	for i, n := range nodes {
		switch n := n.(type) {
		case *ast.List:
			switch {
			case isTaskList(n):
				tasks = append(tasks, i)
			case n.IsOrdered():
				numbered = append(numbered, i)
			default:
				nested = append(nested, i)
			}
		case *east.Table:
			if len(n.Alignments) == 2 {
				tables = append(tables, i)
			}
		case *dialogue:
			if len(numbered) == 0 {
				spoken = i
			}
		case *marked:
			switch n.mark {
			case markAnswer:
				answer = i
			case markLabels:
				labels = i
			case markModel:
				model = i
			default:
				firstMark = min(firstMark, i)
			}
		}
	}
	// The last before the hint; the first behind it where there is none before.
	pick := func(of []int) int {
		at := -1
		for _, i := range of {
			if i < firstMark || at < 0 {
				at = i
			}
		}
		return at
	}
	task, list, table := pick(tasks), pick(numbered), pick(tables)
	if p.Kind == "" {
		switch {
		case model >= 0:
			p.Kind = Reflect
		case task >= 0:
			p.Kind = Choice
			if countRight(nodes[task]) > 1 {
				p.Kind = Multiple
			}
		case answer >= 0:
			p.Kind = Numeric
		case labels >= 0 || list >= 0 && spoken >= 0 && spoken < list:
			p.Kind = Spot
		case list >= 0 && list > table:
			p.Kind = Order
		case table >= 0:
			p.Kind = Match
		}
	}
	at := -1
	switch p.Kind {
	case Choice, Multiple, Poll, Reflect:
		at = task
	case Order, Spot:
		at = list
	case Sort:
		at = pick(nested)
	case Match:
		at = table
	}
	if at >= 0 {
		p.answer = nodes[at]
	}
	if p.Kind == Spot && spoken >= 0 {
		p.spoken = nodes[spoken]
	}
}

// sortParts gives every block its place in the quiz.
func (r *reading) sortParts(p *quizParts, nodes []ast.Node) {
	into, answered := &p.prompt, false
	for _, n := range nodes {
		if n == p.answer {
			into, answered = nil, true
			continue
		}
		if n == p.spoken {
			continue
		}
		if m, ok := n.(*marked); ok {
			switch m.mark {
			case markHint:
				into = &p.hint
			case markWhy:
				into = &p.why
			case markAnswer:
				if p.Kind == Numeric {
					r.answer(p, m)
					into, answered = nil, true
					continue
				}
				r.errorf(r.at(m.Pos()), "quiz", "only a numeric quiz has one", "**Answer:** in a quiz of the type %s", p.Kind)
				continue
			case markModel:
				if p.Kind == Reflect {
					into = &p.model
					break
				}
				r.errorf(r.at(m.Pos()), "quiz", "only a quiz of the type reflect has one", "**Model:** in a quiz of the type %s", p.Kind)
				continue
			case markLabels:
				if p.Kind == Spot {
					r.labels(p, m)
					continue
				}
				r.errorf(r.at(m.Pos()), "quiz", "only a spot quiz has them", "**Labels:** in a quiz of the type %s", p.Kind)
				continue
			}
			par := ast.NewParagraph()
			for _, c := range children(m) {
				par.AppendChild(par, c)
			}
			r.trim(par)
			if par.HasChildren() {
				*into = append(*into, par)
			}
			continue
		}
		if into == nil && silent(n) {
			continue
		}
		if into == nil {
			what := "text behind the answers"
			if l, ok := n.(*ast.List); ok && isTaskList(l) {
				what = "a second list of answers"
			}
			if answered {
				r.errorf(r.pos(n), "quiz", "a quiz runs to the next heading of its level or higher: write **Hint:** or **Why:** before the text, or begin a new section",
					"%s of quiz %q", what, p.ID)
			}
			continue
		}
		*into = append(*into, n)
	}
}

// silent reports whether a block says nothing: a comment, a line across the page,
// the definition of a link.
func silent(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.HTMLBlock:
		return n.HTMLBlockType == ast.HTMLBlockType2
	case *ast.ThematicBreak, *ast.LinkReferenceDefinition:
		return true
	}
	return false
}

func (r *reading) noAnswer(p *quizParts) {
	if p.faulty {
		return
	}
	help := "write a task list, **Answer:** with a number, a table of two columns or a numbered list"
	switch p.Kind {
	case Choice, Multiple:
		help = "write a task list: - [x] for right, - [ ] for wrong"
	case Order, Spot:
		help = "write a numbered list"
	case Match:
		help = "write a table of two columns"
	case Numeric:
		help = "write **Answer:** 4.0 ± 0.2 x"
	case Sort:
		help = "write a nested list: the groups, and under each its items"
	case Poll:
		help = "write a task list with nothing ticked: - [ ]"
	}
	r.errorf(p.Pos, "quiz", help, "quiz %q has no answers", p.ID)
}

// Key is the quiz's key in a form that translations must agree on: what is asked
// of the reader, without the words.
func (q *Quiz) Key() string {
	var b strings.Builder
	b.WriteString(string(q.Kind))
	switch q.Kind {
	case Choice, Multiple:
		var right []string
		for i, o := range q.Options {
			if o.Correct {
				right = append(right, strconv.Itoa(i+1))
			}
		}
		fmt.Fprintf(&b, " of %d, right: %s", len(q.Options), strings.Join(right, " "))
	case Order:
		fmt.Fprintf(&b, " of %d", len(q.Items))
	case Match:
		fmt.Fprintf(&b, " of %d", len(q.Pairs))
	case Numeric:
		fmt.Fprintf(&b, " %v ± %v", q.Answer.Value, q.Answer.Tolerance)
	case Sort:
		fmt.Fprintf(&b, " of %d into %d:", len(q.Sorted), len(q.Groups))
		for _, s := range q.Sorted {
			for i, g := range s.Groups {
				b.WriteByte(" |"[min(i, 1)])
				b.WriteString(strconv.Itoa(g + 1))
			}
		}
	case Poll, Reflect:
		fmt.Fprintf(&b, " of %d", len(q.Options))
	case Spot:
		ids := make([]string, len(q.Labels))
		for i, l := range q.Labels {
			ids[i] = l.ID
		}
		slices.Sort(ids)
		fmt.Fprintf(&b, " among %s:", strings.Join(ids, " "))
		n := 0
		for _, t := range q.Turns {
			if t.Asked {
				n++
				fmt.Fprintf(&b, " %d %s", n, strings.Join(slices.Sorted(slices.Values(t.Accept)), "|"))
			}
		}
	}
	if q.Points != 1 && q.Kind.Scored() {
		fmt.Fprintf(&b, ", %d points", q.Points)
	}
	return b.String()
}
