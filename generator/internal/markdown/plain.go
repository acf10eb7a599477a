package markdown

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

// plain is the text of inline nodes without markup, escapes resolved, blanks
// trimmed.
func (r *reading) plain(nodes ...ast.Node) string {
	var b strings.Builder
	for _, n := range nodes {
		r.addPlain(&b, n)
	}
	return strings.TrimSpace(b.String())
}

func (r *reading) addPlain(b *strings.Builder, n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		v := n.Segment.Value(r.src)
		if !n.IsRaw() {
			v = unescape(v)
		}
		b.Write(v)
		if n.SoftLineBreak() || n.HardLineBreak() {
			b.WriteByte(' ')
		}
		return
	case *ast.String:
		b.Write(n.Value)
		return
	case *ast.AutoLink:
		b.Write(n.Label(r.src))
		return
	case *gapNode:
		if n.gap != nil {
			b.WriteString(n.gap.Name)
		}
	case *foreignTag:
		b.Write(n.segment.Value(r.src))
		return
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		r.addPlain(b, c)
	}
}

// unescape resolves backslashes and entities.
func unescape(v []byte) []byte {
	return util.UnescapePunctuations(util.ResolveEntityNames(util.ResolveNumericReferences(v)))
}

// countWords counts the words of prose: runs of letters and digits; a Han
// character or kana is one by itself. Code does not count.
func countWords(root ast.Node, src []byte) int {
	var c wordCounter
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.CodeSpan:
			return ast.WalkSkipChildren, nil
		case *ast.Text:
			if entering {
				c.add(n.Segment.Value(src))
				c.inside = c.inside && !n.SoftLineBreak() && !n.HardLineBreak()
			}
		case *ast.String: // a typographic apostrophe does not end a word
			if entering {
				c.add(n.Value)
			}
		default:
			c.inside = c.inside && n.Type() == ast.TypeInline
		}
		return ast.WalkContinue, nil
	})
	return c.words
}

type wordCounter struct {
	words  int
	inside bool // a word
}

func (c *wordCounter) add(v []byte) {
	for i := 0; i < len(v); {
		if b := v[i]; b < utf8.RuneSelf {
			letter := b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9'
			if letter && !c.inside {
				c.words++
			}
			c.inside = letter || c.inside && b == '\''
			i++
			continue
		}
		r, size := utf8.DecodeRune(v[i:])
		i += size
		switch {
		case 0x4e00 <= r && r <= 0x9fff: // nearly all Han that is written
			c.words, c.inside = c.words+1, false
		case 0x2010 <= r && r <= 0x2027 && r != '’', 0x3001 <= r && r <= 0x3003, 0x3008 <= r && r <= 0x3011, // and its signs
			0xff01 <= r && r <= 0xff0f, 0xff1a <= r && r <= 0xff20:
			c.inside = false
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana):
			c.words, c.inside = c.words+1, false
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if !c.inside {
				c.words++
			}
			c.inside = true
		case unicode.IsMark(r) || r == '’':
		default:
			c.inside = false
		}
	}
}
