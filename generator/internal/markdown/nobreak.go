package markdown

import (
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// noBreak is a narrow space that does not end a line.
const noBreak = "\u202F"

// noBreakParser makes the space beside the signs of a language such a space. It is
// asked at every space.
type noBreakParser struct{ language Language }

func (noBreakParser) Trigger() []byte { return []byte{' '} }

func (p noBreakParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, _ := block.PeekLine()
	if len(line) < 2 || line[0] != ' ' || !p.language.joins(block.PrecendingCharacter(), line[1:]) {
		return nil
	}
	block.Advance(1)
	return ast.NewString([]byte(noBreak))
}

// joins reports whether a space between a character and a text is not to end a
// line.
func (l Language) joins(before rune, after []byte) bool {
	next, _ := utf8.DecodeRune(after)
	return strings.ContainsRune(l.NoBreakBefore, next) || strings.ContainsRune(l.NoBreakAfter, before)
}

// typeset does for a text without markup what noBreakParser does.
func (l Language) typeset(s string) string {
	if l.NoBreakBefore+l.NoBreakAfter == "" {
		return s
	}
	var b strings.Builder
	before := rune(0)
	for i, r := range s {
		if r == ' ' && l.joins(before, []byte(s[i+1:])) {
			b.WriteString(noBreak)
		} else {
			b.WriteRune(r)
		}
		before = r
	}
	return b.String()
}
