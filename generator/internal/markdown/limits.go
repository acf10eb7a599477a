package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// What goldmark is given is bounded: its time grows with the square of some of
// these, and with the cube of how deep lists stand in lists.
const (
	mostMarks = 3_000 // signs that may begin a link or a tag, in a row of lines without an empty one
	mostRuns  = 4_000 // runs of signs of emphasis in a paragraph; those behind them are text
	mostDepth = 60    // lists in lists and quotations in quotations
)

// parse reads a text; one that is beyond the bounds is reported and shown as it is
// written.
func (r *reading) parse(body []byte) ast.Node {
	offset, fault := overLimit(body)
	if fault == "" {
		pc := parser.NewContext()
		root := r.markdown.Parser().Parse(text.NewReader(body), parser.WithContext(pc))
		if runs, ok := pc.Get(runsKey).(*emphasisRuns); ok && runs.beyond > 0 {
			r.errorf(r.at(runs.beyond), "size", "cut the text into paragraphs with empty lines between them",
				"more than %d signs of emphasis in a paragraph; those behind this place are shown as they are written", mostRuns)
		}
		return root
	}
	r.errorf(r.at(offset), "size", "cut the text into paragraphs with empty lines between them, or put it between ``` fences", "%s", fault)
	root, code := ast.NewDocument(), ast.NewCodeBlock()
	code.Lines().Append(text.NewSegment(0, len(body)))
	root.AppendChild(root, code)
	return root
}

// overLimit finds what is beyond the bounds: where, and what is wrong; "" when
// nothing is.
func overLimit(body []byte) (offset int, fault string) {
	links, tags := 0, 0
	fence := "" // that is open
	for line := range bytes.Lines(body) {
		begins, depth := nestingDepth(line)
		switch {
		case fence != "":
			if bytes.HasPrefix(begins, []byte(fence)) {
				fence = ""
			}
		case bytes.HasPrefix(begins, []byte("```")), bytes.HasPrefix(begins, []byte("~~~")):
			fence, links, tags = string(begins[:3]), 0, 0
		case len(bytes.TrimSpace(line)) == 0:
			links, tags = 0, 0
		case depth > mostDepth:
			return offset, "lists or quotations in each other, more than 60 deep"
		default:
			links += bytes.Count(line, []byte("["))
			tags += bytes.Count(line, []byte("<"))
			if links > mostMarks || tags > mostMarks {
				return offset, "more than 3000 links or tags without an empty line between them"
			}
		}
		offset += len(line)
	}
	return 0, ""
}

// nestingDepth counts the marks of lists and quotations at the beginning of a line, and
// of its indentation what may stand for such, where a mark follows. It returns what
// stands behind them.
func nestingDepth(line []byte) (rest []byte, depth int) {
	columns := 0
	for {
		text := bytes.TrimLeft(line, " \t")
		columns += len(line) - len(text)
		digits := len(text) - len(bytes.TrimLeft(text, "0123456789"))
		switch {
		case len(text) > 0 && text[0] == '>':
			line = text[1:]
		case len(text) > 1 && bytes.IndexByte([]byte("-+*"), text[0]) >= 0 && (text[1] == ' ' || text[1] == '\t'):
			line = text[1:]
		case digits > 0 && digits < 10 && len(text) > digits+1 && (text[digits] == '.' || text[digits] == ')') && text[digits+1] == ' ':
			line = text[digits+1:]
		case depth == 0:
			return text, 0
		default:
			return text, depth + columns/2
		}
		depth++
		if depth > mostDepth {
			return text, depth
		}
	}
}
