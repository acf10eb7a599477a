package markdown

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
	"github.com/yuin/goldmark/ast"

	"playbook/generator/internal/diag"
)

// info reads a fence's info string: its first word, the second, and the place of
// each.
func (r *reading) info(n *ast.FencedCodeBlock) (word, arg string, at [2]diag.Pos) {
	if n.Info == nil {
		return "", "", [2]diag.Pos{r.pos(n), r.pos(n)}
	}
	seg := n.Info.Segment
	v := seg.Value(r.src)
	fields := bytes.Fields(v)
	at[0], at[1] = r.at(seg.Start), r.at(seg.Start)
	if len(fields) > 0 {
		word = string(unescape(fields[0]))
	}
	if len(fields) > 1 {
		arg = string(unescape(fields[1]))
		at[1] = r.at(seg.Start + len(fields[0]) + bytes.Index(v[len(fields[0]):], fields[1]))
	}
	return word, arg, at
}

// misspeltFence reports a fence that was probably meant to be a block of ours.
func (r *reading) misspeltFence(word, arg string, at [2]diag.Pos) {
	near := diag.Closest(word, slices.Sorted(maps.Keys(fences)))
	if near == "" || lexer(word) != nil || near == "path" && arg == "" { // "math" is one letter from it
		return
	}
	r.errorf(at[0], "block", fmt.Sprintf("did you mean %q?", strings.TrimSpace(near+" "+arg)), "unknown block %q", word)
}

// closed reports whether a fence is followed by a line that ends it.
func (r *reading) closed(n *ast.FencedCodeBlock) bool {
	open, rest, _ := bytes.Cut(r.src[n.Pos():], []byte("\n"))
	mark := string(open[:1])
	fence := open[:len(open)-len(bytes.TrimLeft(open, mark))]
	if lines := n.Lines(); lines.Len() > 0 {
		rest = r.src[lines.At(lines.Len()-1).Stop:]
	}
	line, _, _ := bytes.Cut(rest, []byte("\n"))
	line, closed := bytes.CutPrefix(bytes.TrimLeft(line, " \t>"), fence)
	return closed && len(bytes.Trim(line, mark+" \t")) == 0
}

// content is the text of a code block, and the place of its first line.
func (r *reading) content(n ast.Node) ([]byte, diag.Pos) {
	lines := n.Lines()
	at := r.at(n.Pos())
	at.Line++
	var b bytes.Buffer
	for i := range lines.Len() {
		seg := lines.At(i)
		if i == 0 {
			at = r.at(seg.Start)
		}
		b.Write(seg.Value(r.src))
	}
	return b.Bytes(), at
}

func registerCode(on register) {
	on(ast.KindFencedCodeBlock, once(func(e *emitter, n ast.Node) {
		code, _ := e.r.content(n)
		lang, _, _ := e.r.info(n.(*ast.FencedCodeBlock))
		e.code(code, lang)
	}))
	on(ast.KindCodeBlock, once(func(e *emitter, n ast.Node) {
		code, _ := e.r.content(n)
		e.code(code, "")
	}))
}

// code writes a block of code, highlighted by CSS class if its language is
// known. It may be wider than the page, so the keyboard can reach and scroll it.
func (e *emitter) code(code []byte, lang string) {
	lang = strings.Trim(strings.ToLower(lang), "{}.")
	e.WriteString(`<pre class="chroma" tabindex="0"><code`)
	l := lexer(lang)
	if l != nil {
		e.WriteString(` class="language-`)
		e.escaped(lang)
		e.WriteByte('"')
	}
	e.WriteByte('>')
	if l == nil || !e.highlight(l, string(code)) {
		e.escaped(string(code))
	}
	e.WriteString("</code></pre>\n")
}

// highlight writes the tokens of a text; false if the lexer gives up.
func (e *emitter) highlight(l *lexing, code string) bool {
	before, left := len(e.buf), len(code)
	var pending chroma.TokenType
	open := false // a token of that kind, to which more may be added
	write := func(kind chroma.TokenType, text string) {
		if text == "" {
			return
		}
		left -= len(text)
		if !open || kind != pending {
			e.endToken(open, pending)
			if class := classOf(kind); class != "" {
				e.WriteString(`<span class="`)
				e.WriteString(class)
				e.WriteString(`">`)
			}
			pending, open = kind, true
		}
		e.escaped(text)
	}
	ok := l.fast != nil && l.fast.run(code, write)
	if !ok {
		e.buf, left, open = e.buf[:before], len(code), false
		tokens, err := l.chroma.Tokenise(nil, code)
		if err != nil {
			return false
		}
		for t := tokens(); t != chroma.EOF; t = tokens() {
			write(t.Type, t.Value)
		}
	}
	e.endToken(open, pending)
	if left != 0 { // a lexer that adds or loses text is not to be trusted
		e.buf = e.buf[:before]
		return false
	}
	return true
}

func (e *emitter) endToken(open bool, kind chroma.TokenType) {
	if open && classOf(kind) != "" {
		e.WriteString("</span>")
	}
}

// classOf is the class of a kind of token; "" for what needs no ink.
func classOf(kind chroma.TokenType) string {
	if kind == chroma.TextWhitespace {
		return ""
	}
	return tokenClasses[kind]
}

// tokenClasses are the short classes of all kinds of tokens: "k" for a keyword.
var tokenClasses = func() map[chroma.TokenType]string {
	all := map[chroma.TokenType]string{}
	for _, t := range chroma.TokenTypeValues() {
		all[t] = tokenClass(t)
	}
	return all
}()

// tokenClass is the short class of a kind of token: "k" for a keyword.
func tokenClass(t chroma.TokenType) string {
	for _, t := range []chroma.TokenType{t, t.SubCategory(), t.Category()} {
		if class, ok := chroma.StandardTypes[t]; ok {
			return class
		}
	}
	return ""
}

// lexing is how a language is cut into tokens.
type lexing struct {
	fast   *highlighter // nil: only chroma's own way
	chroma chroma.Lexer
}

var lexings sync.Map // language → func() *lexing, nil for none

// lexer returns the lexer of a language; nil for plain text and for languages
// that are not known.
func lexer(lang string) *lexing {
	switch lang {
	case "", "text", "txt", "plain", "plaintext", "none":
		return nil
	}
	once, _ := lexings.LoadOrStore(lang, sync.OnceValue(func() *lexing {
		l := lexers.Get(lang)
		if l == nil {
			return nil
		}
		return &lexing{newHighlighter(l), l}
	}))
	return once.(func() *lexing)()
}
