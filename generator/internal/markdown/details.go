package markdown

import (
	"bytes"
	"regexp"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// Details is a part that readers open, written as GitHub shows it too:
//
//	<details>
//	<summary>How the figures are made up</summary>
//
//	Any *Markdown*, headings and blocks included.
//
//	</details>
//
// <details open> begins opened, <details id="figures"> gives its text an id. Written
// in another way, with classes or with text right below the summary, it is HTML of
// the author's own. It is in the body twice: where it begins and where it ends. Its id
// is that of its text, so that a browser opens it for a link that leads there.
type Details struct {
	ID    string
	Title Body
	Open  bool
	Ends  bool // this is where it ends; nothing else is set

	heading string
}

func init() {
	addBlock(block{name: "details", gather: (*reading).gatherDetails, write: registerDetails,
		notation: "<details>, <summary>Title</summary> below it, an empty line, text, an empty line, </details>"})
}

func (*Details) Template() string { return "details" }

func (d *Details) addText(s *sectionText) {
	if d.Ends {
		s.end()
	} else {
		s.begin(d.ID, d.heading)
	}
}

// detailsNode holds what stands between the tags.
type detailsNode struct {
	ast.BaseBlock
	details Details
}

var kindDetails = ast.NewNodeKind("Details")

func (n *detailsNode) Kind() ast.NodeKind            { return kindDetails }
func (n *detailsNode) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }
func (n *detailsNode) folded() bool                  { return !n.details.Open }

var (
	detailsOpening = regexp.MustCompile(`(?i)^\s*<details(?:\s+id="([^"\s]+)")?(\s+open(?:="")?)?>\s*<summary>(.*)</summary>\s*$`)
	detailsClosing = regexp.MustCompile(`(?i)^\s*</details>\s*$`)
	detailsText    = regexp.MustCompile(`(?i)^\s*<details[^>]*>\s*<summary>.*</summary>\s*\n\s*([^<\s])`)
)

// gatherDetails puts what stands between <details> and </details> into a block.
func (r *reading) gatherDetails(container ast.Node) {
	var open []*ast.HTMLBlock
	for c := container.FirstChild(); c != nil; {
		next := c.NextSibling()
		if n, ok := c.(*ast.HTMLBlock); ok {
			src, _ := r.content(n)
			switch {
			case detailsOpening.Match(src):
				open = append(open, n)
			case detailsClosing.Match(src) && len(open) > 0:
				r.details(container, open[len(open)-1], n)
				open = open[:len(open)-1]
			case !r.opt.Guest && detailsText.Match(src):
				at := detailsText.FindSubmatchIndex(src)[2]
				r.warnf(r.at(sourceOf(n, at)), "details", "leave an empty line below the summary", "text that is not read as Markdown")
			}
		}
		c = next
	}
}

// sourceOf is where a byte of a node's text stands in the file.
func sourceOf(n ast.Node, at int) int {
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		if at < line.Len() {
			return line.Start + at
		}
		at -= line.Len()
	}
	return 0
}

func (r *reading) details(container ast.Node, begins, ends *ast.HTMLBlock) {
	src, _ := r.content(begins)
	m := detailsOpening.FindSubmatchIndex(src)
	n := &detailsNode{details: Details{Open: m[4] >= 0}}
	n.SetPos(offsetOf(begins))
	if m[2] >= 0 {
		id, at := string(src[m[2]:m[3]]), r.at(sourceOf(begins, m[2]))
		first, taken := r.ids[id]
		switch {
		case frameIDs[id]:
			r.errorf(at, "details", "choose another one", "the id %q belongs to the page's frame", id)
		case taken:
			r.errorf(at, "details", "an id names one place of the page", "the id %q is used twice: first at line %d", id, first.Line)
		default:
			n.details.ID = id
			r.ids[id] = at
		}
	}
	title := ast.NewHTMLBlock(ast.HTMLBlockType6)
	start := sourceOf(begins, m[6])
	title.Lines().Append(text.NewSegment(start, start+m[7]-m[6]))
	n.details.Title = r.blocks([]ast.Node{title})
	n.details.heading = plainText(n.details.Title)
	if n.details.heading == "" {
		r.errorf(r.at(start), "details", "write between <summary> and </summary> what is to be found inside", "a <details> without a title")
	}
	for c := begins.NextSibling(); c != ast.Node(ends); c = begins.NextSibling() {
		n.AppendChild(n, c)
	}
	container.RemoveChild(container, ends)
	container.ReplaceChild(container, begins, n)
	r.need("details")
}

func registerDetails(on register) {
	on(kindDetails, func(e *emitter, n ast.Node, entering bool) ast.WalkStatus {
		if !entering {
			e.cut(Part{Block: &Details{Ends: true}})
			return ast.WalkContinue
		}
		d := n.(*detailsNode).details
		if d.ID == "" { // the last to get one, so that none of a heading's changes
			d.ID = e.r.unique("details-" + slug(d.heading))
			e.r.ids[d.ID] = e.r.pos(n)
		}
		e.r.doc.anchors = append(e.r.doc.anchors, d.ID)
		e.cut(Part{Block: &d})
		return ast.WalkContinue
	})
}

// plainText is the text of a body.
func plainText(b Body) string {
	var s sectionText
	s.body(b)
	return string(bytes.TrimSpace(s.text))
}
