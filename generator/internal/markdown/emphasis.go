package markdown

import (
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// CommonMark decides by the characters on both sides whether a run of "*" can
// open or close emphasis, and it takes a space or a punctuation mark for the end
// of a word. Chinese has no spaces and its punctuation stands inside emphasis,
// so **5%**的 and **真，**她 stay as typed. Here a CJK character ends a word on
// either side, and CJK punctuation counts as a letter, not as punctuation. Text
// without CJK characters parses as CommonMark says; the specification's examples
// are a test.

// emphasisParser replaces goldmark's for "*" and "_".
type emphasisParser struct{}

func (emphasisParser) Trigger() []byte { return []byte{'*', '_'} }

func (emphasisParser) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	return delimiter(block, pc, emphasisProcessor{}, 0)
}

type emphasisProcessor struct{}

func (emphasisProcessor) IsDelimiter(b byte) bool { return b == '*' || b == '_' }

func (emphasisProcessor) CanOpenCloser(opener, closer *parser.Delimiter) bool {
	return opener.Char == closer.Char
}

func (emphasisProcessor) OnMatch(consumes int) ast.Node { return ast.NewEmphasis(consumes) }

// strikethroughParser replaces goldmark's for "~" and "~~".
type strikethroughParser struct{}

func (strikethroughParser) Trigger() []byte { return []byte{'~'} }

func (strikethroughParser) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	if block.PrecendingCharacter() == '~' {
		return nil
	}
	return delimiter(block, pc, strikethroughProcessor{}, 2)
}

type strikethroughProcessor struct{}

func (strikethroughProcessor) IsDelimiter(b byte) bool { return b == '~' }

func (strikethroughProcessor) CanOpenCloser(opener, closer *parser.Delimiter) bool {
	return opener.Length == closer.Length
}

func (strikethroughProcessor) OnMatch(int) ast.Node { return east.NewStrikethrough() }

// delimiter reads a run of delimiters; a run longer than most (unless 0) is none.
func delimiter(block text.Reader, pc parser.Context, p parser.DelimiterProcessor, most int) ast.Node {
	before := block.PrecendingCharacter()
	line, segment := block.PeekLine()
	c, n := line[0], 1
	for n < len(line) && line[n] == c {
		n++
	}
	if most > 0 && n > most {
		return nil
	}
	after := ' '
	if n < len(line) {
		after, _ = utf8.DecodeRune(line[n:])
	}
	if !withinBound(pc, segment.Start) {
		return nil
	}
	canOpen, canClose := flanking(before, after, c)
	node := parser.NewDelimiter(canOpen, canClose, n, c, p)
	node.Segment = segment.WithStop(segment.Start + n)
	block.Advance(n)
	pc.PushDelimiter(node)
	return node
}

// emphasisRuns counts the runs of the paragraph that is read: goldmark looks for the
// opening one of each from the end of all that are open.
type emphasisRuns struct {
	inParagraph int
	beyond      int // where the first one stands that is too many; 0 without one
}

var runsKey = parser.NewContextKey()

// withinBound counts one more run, at a place of the text.
func withinBound(pc parser.Context, at int) bool {
	runs, ok := pc.Get(runsKey).(*emphasisRuns)
	if !ok {
		runs = &emphasisRuns{}
		pc.Set(runsKey, runs)
	}
	if pc.LastDelimiter() == nil { // another paragraph
		runs.inParagraph = 0
	}
	runs.inParagraph++
	if runs.inParagraph <= mostRuns {
		return true
	}
	if runs.beyond == 0 {
		runs.beyond = at
	}
	return false
}

// flanking says whether a run of c between two characters can open and close.
func flanking(before, after rune, c byte) (canOpen, canClose bool) {
	spaceBefore, spaceAfter := util.IsSpaceRune(before), util.IsSpaceRune(after)
	cjkBefore, cjkAfter := isCJK(before), isCJK(after)
	punctBefore := !cjkBefore && util.IsPunctRune(before)
	punctAfter := !cjkAfter && util.IsPunctRune(after)

	left := !spaceAfter && (!punctAfter || spaceBefore || punctBefore || cjkBefore)
	right := !spaceBefore && (!punctBefore || spaceAfter || punctAfter || cjkAfter)
	if c == '_' {
		return left && (!right || util.IsPunctRune(before)), right && (!left || util.IsPunctRune(after))
	}
	return left, right
}

// isCJK reports whether a character belongs to a script written without spaces,
// its punctuation and full-width forms included.
func isCJK(r rune) bool {
	switch {
	case r < 0x1100:
		return false
	case r >= 0x2E80 && r <= 0x303F, // radicals, CJK signs and punctuation
		r >= 0x3040 && r <= 0x33FF,                             // kana, bopomofo, compatibility forms
		r >= 0x3400 && r <= 0x4DBF, r >= 0x4E00 && r <= 0x9FFF, // Han
		r >= 0xF900 && r <= 0xFAFF, r >= 0xFE30 && r <= 0xFE4F, // compatibility, vertical forms
		r >= 0xFF00 && r <= 0xFFEF, // full and half width
		r >= 0x20000 && r <= 0x3FFFD:
		return !unicode.IsSpace(r)
	}
	return unicode.Is(unicode.Hangul, r)
}
