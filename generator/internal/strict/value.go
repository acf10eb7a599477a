package strict

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"

	"playbook/generator/internal/diag"
)

// Value is what stands at a key or in a list, of whatever kind.
type Value struct {
	reader *Reader
	node   ast.Node
	at     diag.Pos
}

// Value is a key's value.
func (o *Object) Value(key string) Value { return Value{o.reader, o.Get(key), o.At(key)} }

// Is reports whether there is a value.
func (v Value) Is() bool { return v.node != nil && !isNull(v.node) }

// At is where the value stands.
func (v Value) At() diag.Pos { return v.at }

// Scalar is the value as one text; false for a list, a block of keys and nothing.
func (v Value) Scalar() (string, bool) {
	if !v.Is() {
		return "", false
	}
	return v.reader.scalar(v.node)
}

// Object is the value as a block of keys, nil for any other; what names it in a fault.
func (v Value) Object(what string) *Object { return v.reader.objectOf(v.node, what) }

// IsObject reports whether the value is a block of keys.
func (v Value) IsObject() bool {
	switch v.node.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
		return true
	}
	return false
}

// List is the values of a list; false for any other value.
func (v Value) List() ([]Value, bool) {
	seq, ok := v.node.(*ast.SequenceNode)
	if !ok {
		return nil, false
	}
	all := make([]Value, len(seq.Values))
	for i, n := range seq.Values {
		all[i] = Value{v.reader, n, v.reader.place(first(n))}
	}
	return all, true
}

// Source is a text whose bytes have places in the author's file.
type Source struct {
	Text  string
	lines []sourceLine
}

type sourceLine struct {
	offset int // of its first byte in Text
	at     diag.Pos
}

// At is where a byte of the text stands.
func (s Source) At(offset int) diag.Pos {
	offset = min(offset, len(s.Text))
	i := len(s.lines) - 1
	for i > 0 && s.lines[i].offset > offset {
		i--
	}
	at := s.lines[i].at
	at.Col += utf8.RuneCountInString(s.Text[s.lines[i].offset:offset])
	return at
}

// Lines takes the text apart: each line that is not empty, with the lines below it
// that stand further in. What begins with # is left out.
func (s Source) Lines() []Source {
	var all []Source
	first := -1 // how far the first line stands in
	for _, l := range s.lines {
		text := s.Text[l.offset:]
		text, _, _ = strings.Cut(text, "\n")
		text = strings.TrimRight(comment(text), " \t")
		bare := strings.TrimLeft(text, " \t")
		if bare == "" {
			continue
		}
		in := len(text) - len(bare)
		at := l.at
		at.Col += in
		if first < 0 {
			first = in
		}
		if in > first && len(all) > 0 {
			last := &all[len(all)-1]
			last.lines = append(last.lines, sourceLine{len(last.Text) + 1, at})
			last.Text += "\n" + bare
			continue
		}
		all = append(all, Source{Text: bare, lines: []sourceLine{{0, at}}})
	}
	return all
}

// From is the text from a byte on.
func (s Source) From(offset int) Source {
	cut := Source{Text: s.Text[offset:], lines: []sourceLine{{0, s.At(offset)}}}
	for _, l := range s.lines {
		if l.offset > offset {
			cut.lines = append(cut.lines, sourceLine{l.offset - offset, l.at})
		}
	}
	return cut
}

// comment cuts a line at a # that stands outside quotation marks.
func comment(line string) string {
	var quoted rune
	for i, r := range line {
		switch {
		case quoted != 0:
			if r == quoted {
				quoted = 0
			}
		case r == '"' || r == '\'':
			quoted = r
		case r == '#':
			return line[:i]
		}
	}
	return line
}

// Source is a text with the places of its bytes; a literal block ("|") line by line.
func (v Value) Source() (Source, bool) {
	s, ok := v.Scalar()
	if !ok {
		return Source{}, false
	}
	if n, literal := v.node.(*ast.LiteralNode); literal && n.Start != nil && n.Start.Position != nil {
		return v.reader.literal(n.Start.Position.Line), true
	}
	at := v.at
	if t := v.node.GetToken(); t != nil && (t.Type == token.SingleQuoteType || t.Type == token.DoubleQuoteType) {
		at.Col++
	}
	return Source{Text: s, lines: []sourceLine{{0, at}}}, true
}

// literal is the block below a line, as far as it stands further in than what comes
// after it.
func (r *Reader) literal(start int) Source {
	s := Source{}
	indent := -1
	for i, line := range bytes.Split(r.src, []byte("\n"))[min(start, bytes.Count(r.src, []byte("\n"))):] {
		text := strings.TrimRight(string(line), "\r")
		bare := strings.TrimLeft(text, " ")
		in := len(text) - len(bare)
		if bare == "" {
			continue
		}
		if indent < 0 {
			indent = in
		}
		if in < indent || in == 0 {
			break
		}
		at := r.at
		at.Line += start + i
		at.Col = max(at.Col, 1) + indent
		if s.Text != "" {
			s.Text += "\n"
		}
		s.lines = append(s.lines, sourceLine{len(s.Text), at})
		s.Text += text[indent:]
	}
	if s.lines == nil {
		s.lines = []sourceLine{{0, r.at}}
	}
	return s
}
