package markdown

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"playbook/calculators/chart"
	"playbook/generator/internal/diag"
)

// A callout is GitHub's: a quotation whose first line is [!KIND], with a title of
// its own behind it if the author likes.
//
//	> [!FLAG] Lightening the wrong side
//	> **Greta:** 180,000 for a labeller?
//
// A minus sign behind the bracket folds it, [!KIND]-; a SOURCE is always folded.
//
// The line is taken off the paragraph before inline parsing, so that the title
// is parsed by itself.

// calloutKinds lists the kinds and the sign each carries: the little bell for
// what helps, the red flag for what warns.
var calloutKinds = map[string]string{
	"note": "", "tip": "bell", "important": "", "warning": "flag", "caution": "flag", // GitHub's
	"bell": "bell", "flag": "flag",
	"example": "", "compliance": "", "try": "", "credit": "",
	"reconstructed": "", "outside": "", // marks of evidence
	"source": "", // where a module comes from: folded, one a module
}

// calloutTitle is the first line of a callout: its children are the title.
type calloutTitle struct {
	ast.BaseBlock
	kind   string // in lower case
	folded bool
	plain  bool // a title stands without the kind's word
	offset int  // of the kind
}

var kindCalloutTitle = ast.NewNodeKind("CalloutTitle")

func (n *calloutTitle) Kind() ast.NodeKind            { return kindCalloutTitle }
func (n *calloutTitle) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// callout is a quotation that became a callout.
type callout struct {
	ast.BaseBlock
	kind  string
	title *calloutTitle
}

var kindCallout = ast.NewNodeKind("Callout")

func (n *callout) folded() bool                  { return n.title.folded }
func (n *callout) Kind() ast.NodeKind            { return kindCallout }
func (n *callout) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// calloutTransformer cuts the line [!KIND] off the first paragraph of a quotation.
type calloutTransformer struct{}

func (calloutTransformer) Transform(p *ast.Paragraph, reader text.Reader, _ parser.Context) {
	quote, ok := p.Parent().(*ast.Blockquote)
	if !ok || quote.FirstChild() != ast.Node(p) || p.Lines().Len() == 0 {
		return
	}
	seg := p.Lines().At(0)
	seg = seg.TrimLeftSpace(reader.Source())
	seg = seg.TrimRightSpace(reader.Source())
	line := seg.Value(reader.Source())
	if !bytes.HasPrefix(line, []byte("[!")) {
		return
	}
	end := bytes.IndexByte(line, ']')
	if end < 3 || !isWord(line[2:end]) {
		return
	}
	rest := line[end+1:]
	folded := strings.EqualFold(string(line[2:end]), "source")
	if len(rest) > 0 && (rest[0] == '-' || rest[0] == '+') { // Obsidian's mark for folding
		folded = folded || rest[0] == '-'
		rest = rest[1:]
	}
	if len(rest) > 0 && rest[0] != ' ' && rest[0] != '\t' {
		return
	}
	title := &calloutTitle{kind: strings.ToLower(string(line[2:end])), folded: folded, offset: seg.Start + 2}
	title.SetPos(seg.Start)
	if n := len(bytes.TrimLeft(rest, " \t")); n > 0 {
		title.Lines().Append(text.NewSegment(seg.Stop-n, seg.Stop))
	}
	quote.InsertBefore(quote, p, title)
	lines := text.NewSegments()
	lines.AppendAll(p.Lines().Sliced(1, p.Lines().Len()))
	p.SetLines(lines)
	if lines.Len() == 0 {
		quote.RemoveChild(quote, p)
	}
}

func isWord(b []byte) bool {
	for _, c := range b {
		if c |= 0x20; c != '-' && (c < 'a' || c > 'z') {
			return false
		}
	}
	return true
}

func init() {
	addBlock(block{name: "callout", notation: "as a quotation: > [!NOTE] Title", node: ast.KindBlockquote, make: (*reading).callout, write: registerCallout})
}

// callout replaces a quotation that begins with a callout's first line.
func (r *reading) callout(container, quote ast.Node) {
	title, ok := quote.FirstChild().(*calloutTitle)
	if !ok {
		return
	}
	kind := title.kind
	if like := foreignKinds[kind]; like != "" && like != "details" && r.opt.Guest {
		kind = like
	} else if _, known := calloutKinds[kind]; !known {
		names := make([]string, 0, len(calloutKinds))
		for name := range calloutKinds {
			names = append(names, strings.ToUpper(name))
		}
		slices.Sort(names)
		help := "the kinds are: " + strings.Join(names, ", ")
		if near := diag.Closest(strings.ToUpper(kind), names); near != "" {
			help = fmt.Sprintf("did you mean [!%s]?", near)
		}
		r.errorf(r.at(title.offset), "callout", help, "unknown callout %q", strings.ToUpper(kind))
		kind = "note"
	}
	n := &callout{kind: kind, title: title}
	n.SetPos(quote.Pos())
	quote.RemoveChild(quote, title)
	for _, c := range children(quote) {
		n.AppendChild(n, c)
	}
	container.ReplaceChild(container, quote, n)
	r.dialogues(n)
}

func registerCallout(on register) {
	on(kindCallout, func(e *emitter, n ast.Node, entering bool) ast.WalkStatus {
		c := n.(*callout)
		if !entering {
			if c.title.folded {
				e.WriteString("</details>\n")
			} else {
				e.WriteString("</aside>\n")
			}
			return ast.WalkContinue
		}
		word, sign := e.r.opt.word("ui.callout."+c.kind), calloutKinds[c.kind]
		if _, known := calloutKinds[c.title.kind]; !known {
			word = titleCase(c.title.kind)
		}
		e.r.balance(c.title)
		// role=note: an aside would be a landmark, and a page of many landmarks
		// has none. Its title is what is heard first, so it needs no name.
		title, end := `<p class="callout-title">`, "</p>\n"
		if c.title.folded {
			title, end = `<summary class="callout-title">`, "</summary>\n"
			e.WriteString(`<details class="callout callout-` + c.kind + `"`)
		} else {
			e.WriteString(`<aside class="callout callout-` + c.kind + `" role="note"`)
		}
		if sign != "" {
			e.WriteString(` data-sign="` + sign + `"`)
		}
		e.WriteString(">\n" + title + chart.SignSVG(sign))
		if !c.title.HasChildren() {
			e.WriteString("<span>")
			e.say(word)
		} else {
			e.WriteString("<span>")
			if c.kind != "source" && !c.title.plain { // a sign never stands without its word
				e.WriteString(`<span class="callout-kind">`)
				e.escaped(word)
				e.WriteString(e.r.opt.colon() + "</span>")
			}
			enter(&e.quiet, true)
			e.children(c.title)
			enter(&e.quiet, false)
		}
		e.WriteString("</span>" + end)
		return ast.WalkContinue
	})
}

func titleCase(s string) string {
	_, n := utf8.DecodeRuneInString(s)
	return strings.ToUpper(s[:n]) + s[n:]
}
