package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// What was probably meant to be a question, or a part of one, but is not written so
// is reported: published as it is, it would be a list of grey boxes with the right
// answer ticked.

// questionWords begin comments that were probably meant to begin "q:".
var questionWords = map[string]bool{"q": true, "qu": true, "quiz": true, "question": true}

// questionComment reads the beginning of a heading's comment (without "<!--"): how
// many bytes of it stand before the question's id, and whether they are written as
// they should be; -1 for another comment.
func questionComment(text string) (id int, right bool) {
	rest := strings.TrimLeft(text, " \t")
	word := rest[:len(rest)-len(strings.TrimLeft(rest, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"))]
	behind := strings.TrimLeft(rest[len(word):], " \t")
	colon := strings.TrimPrefix(strings.TrimPrefix(behind, ":"), "：")
	if !questionWords[strings.ToLower(word)] || colon == behind && !(strings.EqualFold(word, "q") && behind != rest[1:]) {
		return -1, false
	}
	return len(text) - len(colon), strings.HasPrefix(rest, "q:")
}

// strayAnswers reports lists of answers with feedback that no question's heading
// stands above.
func (r *reading) strayAnswers(root ast.Node) {
	for c := root.FirstChild(); c != nil; c = c.NextSibling() {
		list, ok := c.(*ast.List)
		if !ok || !isTaskList(list) {
			continue
		}
		_, quoted := list.NextSibling().(*ast.Blockquote)
		for li := list.FirstChild(); li != nil && !quoted; li = li.NextSibling() {
			quoted = li.LastChild() != nil && li.LastChild().Kind() == ast.KindBlockquote
		}
		if quoted {
			r.errorf(r.at(itemOffset(list.FirstChild())), "quiz", "end the heading above it with the question's id: ### Title <!-- q: ID -->",
				"a list of answers with feedback, without a question")
		}
	}
}

// attachFeedback reports quotations that stand behind the answers, where they should
// be indented under one, and puts them there.
func (r *reading) attachFeedback(nodes []ast.Node) []ast.Node {
	var all []ast.Node
	for _, n := range nodes {
		if len(all) > 0 {
			last, ok := all[len(all)-1].(*ast.List)
			if ok && isTaskList(last) {
				switch n := n.(type) {
				case *ast.Blockquote:
					r.errorf(r.pos(n), "quiz", "indent it by two spaces, so that it belongs to the option above it", "feedback that is not indented")
					last.LastChild().AppendChild(last.LastChild(), n)
					continue
				case *ast.List:
					if isTaskList(n) && last.LastChild().LastChild().Kind() == ast.KindBlockquote && n.Marker == last.Marker && r.behindQuote(n) {
						for _, li := range children(n) {
							last.AppendChild(last, li)
						}
						continue
					}
				}
			}
		}
		all = append(all, n)
	}
	return all
}

// behindQuote reports whether a list begins right below a quotation.
func (r *reading) behindQuote(list *ast.List) bool {
	at := itemOffset(list.FirstChild())
	line := r.src[:bytes.LastIndexByte(r.src[:at], '\n')+1]
	line = bytes.TrimSuffix(line, []byte("\n"))
	line = line[bytes.LastIndexByte(line, '\n')+1:]
	return bytes.HasPrefix(bytes.TrimLeft(line, " \t"), []byte(">"))
}

// looksLikeTable reports whether a paragraph is rows of a table whose second line,
// the one of dashes, is missing.
func (r *reading) looksLikeTable(n ast.Node) bool {
	if n.Kind() != ast.KindParagraph && n.Kind() != ast.KindTextBlock || n.Lines().Len() < 2 {
		return false
	}
	for i := range n.Lines().Len() {
		seg := n.Lines().At(i)
		line := bytes.TrimSpace(seg.Value(r.src))
		if len(line) < 3 || line[0] != '|' || line[len(line)-1] != '|' {
			return false
		}
	}
	return true
}
