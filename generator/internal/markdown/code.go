package markdown

import (
	"bytes"
	"fmt"
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

// unknownFence reports a fence that was probably meant to be a block of ours. In a
// guest's text, which was not written for us, it is code.
func (r *reading) unknownFence(word, arg string, at [2]diag.Pos) {
	if r.opt.Guest || lexer(word) != nil {
		return
	}
	var names []string
	for _, b := range blocks {
		switch {
		case b.fence != nil:
			names = append(names, b.name)
		case b.name == word && b.notation != "":
			r.errorf(at[0], "block", "it is written "+b.notation, "a %s is no fenced block", word)
			return
		}
	}
	near := diag.Closest(word, names)
	if near == "" || near == "path" && arg == "" { // "math" is one letter from it
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

func init() {
	addBlock(block{name: "code", notation: "```go, with the language's own name", write: registerCode})
}

func registerCode(on register) {
	on(ast.KindFencedCodeBlock, leaf(func(e *emitter, n ast.Node) {
		e.mayCopy(n)
		code, _ := e.r.content(n)
		lang, _, _ := e.r.info(n.(*ast.FencedCodeBlock))
		e.code(code, lang)
	}))
	on(ast.KindCodeBlock, leaf(func(e *emitter, n ast.Node) {
		e.mayCopy(n)
		code, _ := e.r.content(n)
		e.code(code, "")
	}))
}

// mayCopy notes that readers may copy a block, where it is the page's own: no feedback
// of a question, no part of a callout.
func (e *emitter) mayCopy(n ast.Node) {
	if n.Parent() == e.r.root {
		e.need("copy")
	}
}

func registerQuote(on register) {
	on(ast.KindBlockquote, func(e *emitter, n ast.Node, entering bool) ast.WalkStatus {
		if !entering {
			e.WriteString("</blockquote>\n")
			return ast.WalkContinue
		}
		e.apart = true
		e.mayCopy(n)
		e.WriteString("<blockquote>\n")
		return ast.WalkContinue
	})
}

// code writes a block of code, highlighted by CSS class if its language is
// known. It may be wider than the page, so the keyboard can reach and scroll it.
func (e *emitter) code(code []byte, lang string) {
	e.need("code")
	e.need("rare")
	lang = strings.Trim(strings.ToLower(lang), "{}.")
	e.WriteString(`<pre class="chroma" tabindex="0"><code`)
	l := lexer(lang)
	if l != nil {
		e.WriteString(` class="language-`)
		e.escaped(lang)
		e.WriteByte('"')
	}
	e.WriteByte('>')
	if tokens, ok := tokenise(l, string(code)); ok {
		e.tokens(tokens)
	} else {
		e.say(string(code))
	}
	e.WriteString("</code></pre>\n")
}

// maxEmpty is how many tokens without text a lexer may yield in a row: some never
// come to an end.
const maxEmpty = 1000

// tokenise cuts a text into tokens, neighbours of one kind made one; false without a
// lexer, or if it gives up, turns in circles or does not yield the text as it is.
func tokenise(l chroma.Lexer, code string) (all []chroma.Token, ok bool) {
	if l == nil {
		return nil, false
	}
	defer func() {
		if recover() != nil { // so chroma's lexers say that they are faulty
			all, ok = nil, false
		}
	}()
	next, err := l.Tokenise(nil, code)
	if err != nil {
		return nil, false
	}
	rest, empty := code, 0
	for t := next(); t != chroma.EOF; t = next() {
		if t.Value == "" {
			if empty++; empty > maxEmpty {
				return nil, false
			}
			continue
		}
		empty = 0
		if !strings.HasPrefix(rest, t.Value) {
			return nil, false
		}
		rest = rest[len(t.Value):]
		if n := len(all); n > 0 && all[n-1].Type == t.Type {
			text := len(code) - len(rest) - len(all[n-1].Value) - len(t.Value)
			all[n-1].Value = code[text : len(code)-len(rest)]
		} else {
			all = append(all, t)
		}
	}
	return all, rest == ""
}

func (e *emitter) tokens(all []chroma.Token) {
	for _, t := range all {
		class := tokenClass(t.Type)
		if class != "" {
			e.WriteString(`<span class="` + class + `">`)
		}
		e.say(t.Value)
		if class != "" {
			e.WriteString("</span>")
		}
	}
}

// tokenClass is the short class of a kind of token: "k" for a keyword; "" for what
// needs no ink.
func tokenClass(t chroma.TokenType) string {
	if t == chroma.TextWhitespace {
		return ""
	}
	for _, t := range []chroma.TokenType{t, t.SubCategory(), t.Category()} {
		if class, ok := chroma.StandardTypes[t]; ok {
			return class
		}
	}
	return ""
}

// lexerCache keeps lexers by language: chroma takes 30 ms to tell that it has none.
var lexerCache sync.Map

// lexer returns the lexer of a language; nil for plain text and for languages
// that are not known.
func lexer(lang string) chroma.Lexer {
	switch lang {
	case "", "text", "txt", "plain", "plaintext", "none":
		return nil
	}
	l, ok := lexerCache.Load(lang)
	if !ok {
		l, _ = lexerCache.LoadOrStore(lang, lexers.Get(lang))
	}
	found, _ := l.(chroma.Lexer)
	return found
}
