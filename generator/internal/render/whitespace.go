package render

import (
	"regexp"
	"text/template/parse"
)

// collapseWhitespace takes out of a template's own text the indentation, the empty lines
// and the lines broken before an element where blanks mean nothing: they are
// there for its writer. It works on the parsed tree, so that
// faults keep their places.
func collapseWhitespace(list *parse.ListNode) {
	if list == nil {
		return
	}
	branch := func(b *parse.BranchNode) {
		collapseWhitespace(b.List)
		collapseWhitespace(b.ElseList)
	}
	for _, n := range list.Nodes {
		switch n := n.(type) {
		case *parse.TextNode:
			if !verbatim.Match(n.Text) {
				n.Text = broken.ReplaceAll(blanks.ReplaceAll(n.Text, []byte("\n")), []byte("$1"))
			}
		case *parse.IfNode:
			branch(&n.BranchNode)
		case *parse.RangeNode:
			branch(&n.BranchNode)
		case *parse.WithNode:
			branch(&n.BranchNode)
		}
	}
}

var (
	blanks   = regexp.MustCompile(`\n[ \t\n]+`)
	broken   = regexp.MustCompile(`\n(</?(?:li|ul|ol|div|dl|dt|dd|p|nav|header|footer|main|article|form|fieldset|legend|details|summary|section|h[1-6]|meta|link|table|thead|tbody|tr)(?:[ \n>]|$))`)
	verbatim = regexp.MustCompile(`(?i)<(pre|textarea)\b`)
)
