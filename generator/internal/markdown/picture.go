package markdown

import (
	"github.com/yuin/goldmark/ast"
)

// picture is an image that stands alone in its paragraph and has a title: the title
// is its caption.
type picture struct{ ast.BaseBlock }

var kindPicture = ast.NewNodeKind("Picture")

func (n *picture) Kind() ast.NodeKind            { return kindPicture }
func (n *picture) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

func init() {
	addBlock(block{name: "picture", notation: "![what it shows](picture.png \"The caption\")", node: ast.KindParagraph, make: (*reading).picture, write: registerPicture})
}

// picture makes one of a paragraph that is one.
func (r *reading) picture(container, paragraph ast.Node) {
	image, ok := paragraph.FirstChild().(*ast.Image)
	if !ok || image.NextSibling() != nil || len(image.Title) == 0 || container.Kind() == ast.KindListItem { // which may be an answer
		return
	}
	p := &picture{}
	p.AppendChild(p, image)
	container.ReplaceChild(container, paragraph, p)
}

func registerPicture(on register) {
	on(kindPicture, func(e *emitter, n ast.Node, entering bool) ast.WalkStatus {
		if entering {
			e.WriteString(`<figure class="picture">`)
			return ast.WalkContinue
		}
		e.need("rare")
		e.WriteString("<figcaption>")
		e.say(string(unescape(n.FirstChild().(*ast.Image).Title)))
		e.WriteString("</figcaption></figure>\n")
		return ast.WalkContinue
	})
}
