package markdown

import (
	"bytes"
	"fmt"
	"hash/fnv"
	"maps"
	"math/rand/v2"
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
// The blocks of a question say which kind it is, where type= does not. Each kind is
// one file, quiz_KIND.go, which adds it to the registry; its template is
// blocks/quiz/KIND.html, its script js/quiz/KIND.js.

// Quiz is one question with its key. Title and the texts of options, entries, cells
// and turns are a line of text, without a paragraph around it; Prompt, Feedback,
// Hint and Why are blocks.
type Quiz struct {
	Pos     diag.Pos
	ID      string
	Kind    string // "choice"
	Points  int    // 1 unless given; 0 of what is not scored
	Tags    []string
	Minutes int    // of a kit’s clock, 0 for none
	Pinned  bool   // its options stay in the author's order
	Level   int    // of its heading
	Anchor  string // id of its heading
	heading string // its text
	Title   Body   // the heading's inline HTML
	Prompt  Body   // what stands between the heading and the answers
	Task    Task   // what is asked, by its kind
	Hint    Body   // may be nil
	Why     Body   // may be nil: shown after any answer; of a poll, the reveal
}

// Template is that of the kind.
func (q *Quiz) Template() string { return "quiz/" + q.Kind }

func (q *Quiz) addText(s *sectionText) {
	s.open(q.Anchor, q.heading)
	for _, asked := range q.Asked() {
		s.body(asked)
	}
}

func init() {
	addBlock(block{name: "quiz", notation: "as a heading with a comment: ### Title <!-- q: ID -->"})
}

// quizKind is a kind of question.
type quizKind struct {
	name string
	rank int                 // where no type= is given, kinds are tried in this order
	fits func(p *parts) bool // whether the parts are of this kind; nil: only type= says so
	// answers finds the part that holds the answers, -1 for none.
	answers  func(p *parts) int
	dialogue bool   // the dialogue before the answers is part of them
	lines    []mark // marks of its own that stand before a line
	texts    []mark // marks of its own that stand before blocks
	shuffled bool   // readers get its options in an order of their own
	wrong    bool   // a list behind the answer holds typical wrong ones
	open     bool   // nothing is right or wrong: it earns no points
	// read gives what is asked and reports what is wrong with it.
	read func(r *reading, p *quizParts) Task
	// whole reads the blocks below the heading itself, where they are not a question's.
	whole func(r *reading, p *quizParts, nodes []ast.Node) Task
}

// quizKinds are the kinds by name; each file of one adds it.
var quizKinds = map[string]*quizKind{}

func addQuizKind(k quizKind) { quizKinds[k.name] = &k }

// QuizKinds lists the names of all kinds.
func QuizKinds() []string { return slices.Sorted(maps.Keys(quizKinds)) }

// Task is what a question asks, by its kind: *Choice, *Order and so on. The
// template of the kind gets it.
type Task interface {
	// Key is what translations must agree on, without the words: " of 4, right: 2".
	Key() string
	// Data is what the kind's script marks with: parts are separated by spaces, what is
	// right for one part by commas. "" where the page says it already.
	Data() string
	// Graded is what the hash of the key is made of, see Quiz.Mark.
	Graded() string
	// Asked lists what a reader sees before answering, as the search may show it: what
	// is to be put in order or matched comes in another order than the right one.
	Asked() []Body
	// Told lists what else there is to read: feedback, a model answer.
	Told() []Body
}

// Heading is the title as plain text.
func (q *Quiz) Heading() string { return q.heading }

// Scored reports whether answers are right or wrong. A poll and a reflection have
// no key, and no points.
func (q *Quiz) Scored() bool { return q.Points > 0 }

// Name is the text of the question's heading.
func (q *Quiz) Name() string { return q.heading }

// Key is the quiz's key in a form that translations must agree on.
func (q *Quiz) Key() string {
	key := q.Kind + q.Task.Key()
	if q.Points > 1 {
		key += fmt.Sprintf(", %d points", q.Points)
	}
	return key
}

// Mark is a short hash of a question's kind and of what is right in it, part by
// part, "" where nothing is. Its texts are not in it, so that a score outlives a
// better wording; readers' browsers keep it with the score.
func (q *Quiz) Mark() string {
	if !q.Scored() {
		return ""
	}
	h := fnv.New32a()
	h.Write([]byte(q.Kind + " " + q.Task.Graded()))
	return strconv.FormatUint(uint64(h.Sum32()), 36)
}

// rightOf is what Task.Graded gives: how many entries are to be put in order, how many
// pairs are to be matched, and the data of other kinds.
func rightOf(entries, pairs int, data string) string {
	return fmt.Sprintf("%d %d %s", entries, pairs, data)
}

// Asked lists what a reader sees of a question before answering, but for its title.
func (q *Quiz) Asked() []Body { return append([]Body{q.Prompt}, q.Task.Asked()...) }

// bodies lists every text of a question.
func (q *Quiz) bodies() []Body {
	return slices.Concat([]Body{q.Title, q.Prompt, q.Hint, q.Why}, q.Task.Asked(), q.Task.Told())
}

// shuffle is an order of n things that is fixed by the question's id, so that every
// build and both languages agree, and never the order that they came in.
func shuffle(id string, n int) []int {
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	if n < 2 {
		return order
	}
	h := fnv.New64a()
	h.Write([]byte(id))
	rng := rand.New(rand.NewPCG(h.Sum64(), 0))
	for slices.IsSorted(order) {
		rng.Shuffle(n, func(i, j int) { order[i], order[j] = order[j], order[i] })
	}
	return order
}

// shuffled is a list in such an order.
func shuffled[T any](id string, list []T) []T {
	all := make([]T, len(list))
	for i, from := range shuffle(id, len(list)) {
		all[i] = list[from]
	}
	return all
}

// Item is an entry of a list or a cell of a table, with its right place, from 1.
type Item struct {
	Place int
	Text  Body
}

// quizHead is the comment in a quiz's heading.
type quizHead struct {
	id      string
	at      diag.Pos // of the id; of the comment where there is none
	points  int
	worth   diag.Pos // of points=, where it is given
	tags    []string
	kind    string // "" to be found out
	minutes int    // of minutes=, with its place
	clock   diag.Pos
	order   diag.Pos // of order=fixed, where it is given
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
		r.comment(seg.Start, seg.Stop)
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
			r.errorf(at, "quiz", "behind the id stand points=, tags=, type=, order= and minutes=", "unexpected %q in the quiz's heading", word)
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
		if quizKinds[value] == nil {
			r.errorf(at, "quiz", diag.DidYouMean(value, QuizKinds(), "the types are"), "unknown type of quiz %q", value)
			return
		}
		head.kind = value
	case "minutes":
		n, err := strconv.Atoi(value)
		if err != nil || n < 1 || n > 180 {
			r.errorf(at, "quiz", "", "minutes must be a whole number from 1 to 180, not %q", value)
			return
		}
		head.minutes, head.clock = n, at
	case "order":
		if value != "fixed" {
			r.errorf(at, "quiz", "write order=fixed, or leave it out", "unknown order of a quiz's options %q", value)
			return
		}
		head.order = at
	default:
		keys := []string{"points", "tags", "type", "order", "minutes"}
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

// quizParts is a question and its blocks, sorted, before they are rendered.
type quizParts struct {
	*Quiz
	kind   *quizKind
	answer ast.Node            // what holds the answers, or nil
	spoken ast.Node            // the dialogue, of a kind that has one
	wrong  ast.Node            // the list of typical wrong answers, of a kind that has one
	line   map[mark]*marked    // what stands behind a mark of the kind's own
	text   map[mark][]ast.Node // and the blocks under one
	prompt []ast.Node
	fixed  bool // order=fixed is given
	faulty bool // its answer was there and is reported
}

func (r *reading) quiz(h *ast.Heading, head *quizHead, nodes []ast.Node) *Quiz {
	q := &Quiz{Pos: head.at, ID: head.id, Points: head.points, Tags: head.tags, Level: h.Level}
	q.Anchor = headingID(h)
	title := headingText(h)
	q.heading, q.Title = r.plain(title...), r.inlines(title)
	r.need("quiz")
	p := &quizParts{Quiz: q, line: map[mark]*marked{}, text: map[mark][]ast.Node{}, fixed: head.order.Line > 0, faulty: slices.ContainsFunc(nodes, r.looksLikeTable)}
	nodes = r.splitLabels(r.attachFeedback(nodes))
	found := r.findParts(nodes)
	p.kind = found.kind(head.kind)
	if p.kind == nil {
		r.noAnswer(p, "write a task list, **Answer:** with a number, a table of two columns or a numbered list")
		p.kind, p.faulty = quizKinds["choice"], true
	}
	q.Kind = p.kind.name
	if p.kind.whole != nil {
		q.Task = p.kind.whole(r, p, nodes)
		q.Prompt = r.blocks(p.prompt)
	} else {
		r.sortParts(p, found)
		q.Prompt = r.blocks(p.prompt)
		q.Task = p.kind.read(r, p)
	}
	q.Hint, q.Why = r.blocks(p.text[markHint]), r.blocks(p.text[markWhy])
	if head.order.Line > 0 {
		if q.Pinned = true; !p.kind.shuffled {
			r.errorf(head.order, "quiz", "take order= out", "a quiz of the type %s has no options to shuffle", q.Kind)
		}
	}
	if q.Minutes = head.minutes; q.Minutes > 0 && q.Kind != "kit" {
		r.errorf(head.clock, "quiz", "take minutes= out", "a quiz of the type %s has no clock", q.Kind)
	}
	if p.kind.open {
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
	for _, m := range []mark{markHint, markWhy, markAnswer, markLabels, markModel, markFacts, markFound, markOutcome} {
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
			if word, offset, ok := r.leadingName(line); ok {
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

// unmarked is what stands behind a mark, as a paragraph.
func (r *reading) unmarked(m *marked) *ast.Paragraph {
	par := ast.NewParagraph()
	for _, c := range children(m) {
		par.AppendChild(par, c)
	}
	r.trim(par)
	return par
}

// parts are the blocks below a question's heading, and the places of those by
// which its kind is known, -1 for none: of the last before the hint, or the first
// behind it where there is none before.
type parts struct {
	nodes                         []ast.Node
	task, numbered, nested, table int
	dialogue                      int          // the last before a numbered list
	marks                         map[mark]int // the first of each
}

func (r *reading) findParts(nodes []ast.Node) *parts {
	p := &parts{nodes: nodes, task: -1, numbered: -1, nested: -1, table: -1, dialogue: -1, marks: map[mark]int{}}
	helped := false
	found := func(at *int, i int) {
		if *at < 0 || !helped {
			*at = i
		}
	}
	for i, n := range nodes {
		switch n := n.(type) {
		case *ast.List:
			switch {
			case isTaskList(n):
				found(&p.task, i)
			case n.IsOrdered():
				found(&p.numbered, i)
			default:
				found(&p.nested, i)
			}
		case *east.Table:
			if len(n.Alignments) == 2 {
				found(&p.table, i)
			}
		case *dialogue:
			if p.numbered < 0 {
				p.dialogue = i
			}
		case *marked:
			helped = helped || n.mark == markHint || n.mark == markWhy
			if _, twice := p.marks[n.mark]; !twice {
				p.marks[n.mark] = i
			}
		}
	}
	return p
}

func (p *parts) has(m mark) bool { return p.mark(m) >= 0 }

func (p *parts) mark(m mark) int {
	if i, ok := p.marks[m]; ok {
		return i
	}
	return -1
}

// kind is the kind of that name or, without one, the first that the parts fit.
func (p *parts) kind(name string) *quizKind {
	var best *quizKind
	for _, k := range quizKinds {
		if k.name == name || name == "" && k.fits != nil && (best == nil || k.rank < best.rank) && k.fits(p) {
			best = k
		}
	}
	return best
}

// sortParts gives every block its place in the quiz.
func (r *reading) sortParts(p *quizParts, found *parts) {
	if i := p.kind.answers(found); i >= 0 {
		p.answer = found.nodes[i]
	}
	if found.dialogue >= 0 && p.kind.dialogue {
		p.spoken = found.nodes[found.dialogue]
	}
	under, behind := mark(""), false // what a block belongs to; whether it is behind the answers
	add := func(n ast.Node) {
		if under == "" {
			p.prompt = append(p.prompt, n)
		} else {
			p.text[under] = append(p.text[under], n)
		}
	}
	for _, n := range found.nodes {
		m, isMarked := n.(*marked)
		switch {
		case n == p.answer:
			behind = true
		case n == p.spoken:
		case isMarked && slices.Contains(p.kind.lines, m.mark):
			p.line[m.mark] = m
		case isMarked && m.mark != markHint && m.mark != markWhy && !slices.Contains(p.kind.texts, m.mark):
			r.strayMark(p, m)
		case isMarked:
			under, behind = m.mark, false
			if par := r.unmarked(m); par.HasChildren() {
				add(par)
			}
		case !behind:
			add(n)
		case p.kind.wrong && p.wrong == nil && n.Kind() == ast.KindList:
			p.wrong = n
		case !isInvisible(n):
			what := "text behind the answers"
			if l, ok := n.(*ast.List); ok && isTaskList(l) {
				what = "a second list of answers"
			}
			r.errorf(r.pos(n), "quiz", "a quiz runs to the next heading of its level or higher: write **Hint:** or **Why:** before the text, or begin a new section",
				"%s of quiz %q", what, p.ID)
		}
	}
}

// strayMark reports a mark that belongs to another kind of question.
func (r *reading) strayMark(p *quizParts, m *marked) {
	var of []string
	for _, name := range QuizKinds() {
		if k := quizKinds[name]; slices.Contains(k.lines, m.mark) || slices.Contains(k.texts, m.mark) {
			of = append(of, name)
		}
	}
	r.errorf(r.at(m.Pos()), "quiz", "it belongs to a quiz of the type "+strings.Join(of, " or "), "**%s:** in a quiz of the type %s", titleCase(string(m.mark)), p.Kind)
}

// isInvisible reports whether a block says nothing: a comment, a line across the page,
// the definition of a link.
func isInvisible(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.HTMLBlock:
		return n.HTMLBlockType == ast.HTMLBlockType2
	case *ast.ThematicBreak, *ast.LinkReferenceDefinition:
		return true
	}
	return false
}

// noAnswer reports that a quiz has no answers, and what to write.
func (r *reading) noAnswer(p *quizParts, help string) {
	if !p.faulty {
		r.errorf(p.Pos, "quiz", help, "quiz %q has no answers", p.ID)
	}
}
