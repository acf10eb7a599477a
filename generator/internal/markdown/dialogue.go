package markdown

import (
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

// A dialogue is a paragraph, in a quotation or a callout, whose lines each begin
// with a name:
//
//	> **Buyer:** Price is fine.
//	> **Rep:** What would change if the line stood still less often?
//
// The colon stands inside or after the bold, ASCII or full-width.

type turn struct {
	offset  int
	speaker string
	text    []ast.Node
}

type dialogue struct{ ast.BaseBlock }

var kindDialogue = ast.NewNodeKind("Dialogue")

func (n *dialogue) Kind() ast.NodeKind            { return kindDialogue }
func (n *dialogue) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

func init() {
	addBlock(block{name: "dialogue", notation: "as a quotation, one turn a line: > **Name:** …", node: ast.KindBlockquote, make: (*reading).dialogue, write: registerDialogue})
}

// dialogue makes dialogues of what is one in a quotation.
func (r *reading) dialogue(container, quote ast.Node) {
	if _, ok := quote.FirstChild().(*calloutTitle); ok {
		return
	}
	r.dialogues(quote)
	// Nothing but a dialogue: it is no quotation.
	if first := quote.FirstChild(); first != nil && first == quote.LastChild() && first.Kind() == kindDialogue {
		container.ReplaceChild(container, quote, first)
	}
}

// longestName is how many characters a speaker's name has at most.
const longestName = 40

// dialogues makes dialogues of the paragraphs of a quotation that are some;
// neighbours are one dialogue.
func (r *reading) dialogues(container ast.Node) {
	var run []turn
	var from []ast.Node
	// One line alone is as likely to be "**Note:** …" where a guest wrote it, and
	// "**Right:** …" where it is the feedback of an option.
	least := 1
	if q := container.Parent(); r.opt.Guest || q != nil && q.Kind() == ast.KindListItem {
		least = 2
	}
	flush := func() {
		if len(run) >= least {
			d := &dialogue{}
			d.SetPos(run[0].offset)
			if r.turns == nil {
				r.turns = map[ast.Node][]turn{}
			}
			r.turns[d] = run
			container.ReplaceChild(container, from[0], d)
			for _, p := range from[1:] {
				container.RemoveChild(container, p)
			}
			for _, t := range run { // the texts stay in the tree, for what walks it
				r.cutColon(t.text)
				line := ast.NewTextBlock()
				for _, n := range t.text {
					line.AppendChild(line, n)
				}
				r.trim(line)
				d.AppendChild(d, line)
			}
		}
		run, from = nil, nil
	}
	for _, c := range children(container) {
		turns := r.turnsOf(c)
		if turns == nil {
			flush()
			continue
		}
		run, from = append(run, turns...), append(from, c)
	}
	flush()
}

// turnsOf reads a paragraph as turns; nil if a line has no speaker.
func (r *reading) turnsOf(n ast.Node) []turn {
	if n.Kind() != ast.KindParagraph {
		return nil
	}
	var turns []turn
	for _, line := range splitLines(n) {
		name, at, ok := r.leadingName(line)
		if !ok || utf8.RuneCountInString(name) > longestName {
			return nil
		}
		turns = append(turns, turn{offset: at, speaker: name, text: line[1:]})
	}
	return turns
}

// splitLines are the inline nodes of a block, line by line as written.
func splitLines(n ast.Node) [][]ast.Node {
	var all [][]ast.Node
	var line []ast.Node
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		line = append(line, c)
		if t, ok := c.(*ast.Text); ok && (t.SoftLineBreak() || t.HardLineBreak()) {
			all, line = append(all, line), nil
		}
	}
	if len(line) > 0 {
		all = append(all, line)
	}
	return all
}

// leadingName reads the bold word with which a line begins, if a colon ends it or
// follows it: the word without the colon, and where it stands.
func (r *reading) leadingName(line []ast.Node) (word string, offset int, ok bool) {
	if len(line) == 0 {
		return "", 0, false
	}
	bold, isEmphasis := line[0].(*ast.Emphasis)
	if !isEmphasis || bold.Level != 2 {
		return "", 0, false
	}
	word = r.plain(bold)
	if cut, found := cutColon(word); found {
		return cut, offsetOf(bold), cut != ""
	}
	if len(line) < 2 || word == "" {
		return "", 0, false
	}
	t, isText := line[1].(*ast.Text)
	if !isText || colonAt(t.Segment.Value(r.src)) == 0 {
		return "", 0, false
	}
	return word, offsetOf(bold), true
}

// cutColon takes the colon off the text that follows the bold word, and the
// blanks behind it.
func (r *reading) cutColon(text []ast.Node) {
	if len(text) == 0 {
		return
	}
	t, ok := text[0].(*ast.Text)
	if !ok {
		return
	}
	v := t.Segment.Value(r.src)
	n := colonAt(v)
	n += util.TrimLeftSpaceLength(v[n:])
	t.Segment = t.Segment.WithStart(t.Segment.Start + n)
}

func cutColon(s string) (string, bool) {
	for _, colon := range []string{":", "："} {
		if cut, ok := strings.CutSuffix(s, colon); ok {
			return strings.TrimSpace(cut), true
		}
	}
	return s, false
}

// colonAt is the length of the colon with which a text begins, 0 without one.
func colonAt(v []byte) int {
	switch {
	case len(v) > 0 && v[0] == ':':
		return 1
	case len(v) >= 3 && string(v[:3]) == "：":
		return 3
	}
	return 0
}

func registerDialogue(on register) {
	on(kindDialogue, leaf(func(e *emitter, n ast.Node) {
		colon := e.r.opt.colon()
		e.WriteString("<div class=\"dialogue\">\n")
		line := n.FirstChild()
		for _, t := range e.r.turns[n] {
			e.WriteString(`<p class="turn"><b class="speaker">`)
			e.apart = true
			e.say(t.speaker)
			e.WriteString(`<span class="vh">`)
			e.say(colon)
			e.WriteString(`</span></b><span class="say">`)
			e.children(line)
			e.WriteString("</span></p>\n")
			line = line.NextSibling()
		}
		e.WriteString("</div>\n")
	}))
}
