// Package mermaid reads diagrams that are written in Mermaid's notation and lays them
// out for package chart, which draws them: flowcharts (flowchart.go, layout.go, draw.go)
// and sequence diagrams (sequence.go).
//
// Start with Draw. What Mermaid styles (classDef, style, linkStyle, themes) and what its
// scripts do (click) is read and left out: a diagram has the site's own hand and colours.
package mermaid

import (
	"cmp"
	"fmt"
	"html"
	"regexp"
	"strings"

	"playbook/calculators/chart"
)

// Drawing is a diagram that was laid out.
type Drawing struct {
	Kind        string // "flowchart" or "sequence"
	Title       string // may be empty
	Description string // what it says in words: its own, or all that its parts say
	Diagram     *chart.Diagram
}

// Fault is why a diagram cannot be drawn.
type Fault struct {
	Line, Col   int // from 1, in the diagram's text
	Message     string
	Unsupported string // the kind of the diagram, if that is not drawn at all
}

func (f *Fault) Error() string { return fmt.Sprintf("%d:%d: %s", f.Line, f.Col, f.Message) }

// How much is drawn; more is a fault, because nobody could read it and laying it out
// would take long.
const (
	maxNodes  = 250
	maxEdges  = 400
	maxEvents = 400 // of a sequence
	maxActors = 40
)

// Draw reads a diagram's text.
func Draw(src string) (d *Drawing, fault *Fault) {
	p := &parser{src: strings.ReplaceAll(src, "\r\n", "\n")}
	defer func() {
		switch f := recover().(type) {
		case nil:
		case *Fault:
			d, fault = nil, f
		default:
			panic(f)
		}
	}()
	d = &Drawing{}
	p.drawing = d
	p.frontMatter()
	p.space()
	at, words := p.at, ""
	switch kind := p.word(); kind {
	case "graph", "flowchart", "flowchart-elk":
		d.Kind = "flowchart"
		d.Diagram, words = p.flowchart()
	case "sequenceDiagram":
		d.Kind = "sequence"
		d.Diagram, words = p.sequence()
	default:
		p.at = at
		if kind == "" {
			p.fail("the diagram does not say what it is: begin it with flowchart TD or sequenceDiagram")
		}
		f := p.fault("diagrams of the kind " + kind + " are not drawn; it is shown as it is written")
		f.Unsupported = kind
		return nil, f
	}
	d.Description = cmp.Or(d.Description, words)
	return d, nil
}

// parser reads from a place of the text.
type parser struct {
	src     string
	at      int
	drawing *Drawing
}

func (p *parser) fault(message string) *Fault {
	at := min(p.at, len(p.src))
	before := p.src[:at]
	line := strings.LastIndexByte(before, '\n') + 1
	return &Fault{Line: strings.Count(before, "\n") + 1, Col: len([]rune(before[line:])) + 1, Message: message}
}

// fail ends the reading.
func (p *parser) fail(format string, args ...any) { panic(p.fault(fmt.Sprintf(format, args...))) }

func (p *parser) rest() string { return p.src[p.at:] }

// line is what is left of the line, which is read.
func (p *parser) line() string {
	s, _, _ := strings.Cut(p.rest(), "\n")
	p.at += len(s)
	return strings.TrimSpace(s)
}

// blanks skips those within a line.
func (p *parser) blanks() {
	for p.at < len(p.src) && (p.src[p.at] == ' ' || p.src[p.at] == '\t') {
		p.at++
	}
}

// space skips blanks, ends of lines and of statements, and comments.
func (p *parser) space() {
	for p.at < len(p.src) {
		rest := p.rest()
		switch {
		case strings.HasPrefix(rest, "%%{"): // a directive, of which nothing is ours
			if end := strings.Index(rest, "}%%"); end >= 0 {
				p.at += end + 3
				continue
			}
			p.line()
		case strings.HasPrefix(rest, "%%"):
			p.line()
		case strings.ContainsRune(" \t\r\n;", rune(rest[0])):
			p.at++
		default:
			return
		}
	}
}

// skip takes a text that comes next.
func (p *parser) skip(s string) bool {
	if strings.HasPrefix(p.rest(), s) {
		p.at += len(s)
		return true
	}
	return false
}

// word takes the letters, digits and hyphens that come next.
func (p *parser) word() string {
	i := p.at
	for i < len(p.src) && (p.src[i] == '-' && i > p.at || p.src[i] >= '0' && p.src[i] <= '9' || p.src[i]|0x20 >= 'a' && p.src[i]|0x20 <= 'z') {
		i++
	}
	word := p.src[p.at:i]
	p.at = i
	return word
}

// frontMatter takes the title out of the YAML between two lines "---".
func (p *parser) frontMatter() {
	p.space()
	if !p.skip("---\n") {
		return
	}
	for p.at < len(p.src) {
		line := p.line()
		if line == "---" {
			return
		}
		if title, ok := strings.CutPrefix(line, "title:"); ok {
			p.drawing.Title = strings.Trim(strings.TrimSpace(title), `"'`)
		}
		p.at++
	}
	p.fail("the lines of settings do not end with ---")
}

// accessibility takes accTitle and accDescr, the author's words for the diagram.
func (p *parser) accessibility(word string) bool {
	if word != "accTitle" && word != "accDescr" {
		return false
	}
	p.blanks()
	text := ""
	if p.skip("{") {
		end := strings.IndexByte(p.rest(), '}')
		if end < 0 {
			p.fail("the description does not end with }")
		}
		text = strings.Join(strings.Fields(p.rest()[:end]), " ")
		p.at += end + 1
	} else {
		p.skip(":")
		text = p.line()
	}
	if word == "accTitle" {
		p.drawing.Title = text
	} else {
		p.drawing.Description = text
	}
	return true
}

var (
	lineBreak = regexp.MustCompile(`(?i)<br\s*/?>|\\n|\n`)
	markup    = regexp.MustCompile(`(?i)</?(?:a|b|i|u|s|p|em|strong|small|big|span|div|font|sub|sup|code|pre|center|img|ul|ol|li|h[1-6]|hr|tt|kbd|mark)(?:\s[^<>]*)?/?>`)
	icon      = regexp.MustCompile(`\bfa[bsrlk]?:fa-[\w-]+\s*`)
	entity    = regexp.MustCompile(`#(\d+|[A-Za-z]\w*);`)
	strong    = regexp.MustCompile(`\*\*([^*]+)\*\*|__([^_]+)__|\*([^*]+)\*|\b_([^_]+)_\b`)
)

// labelLines are the lines of a label, without its markup.
func labelLines(s string) []string {
	s = strings.TrimSpace(s)
	if len(s) > 1 && s[0] == '`' && s[len(s)-1] == '`' {
		s = strong.ReplaceAllString(s[1:len(s)-1], "$1$2$3$4")
	}
	s = entity.ReplaceAllStringFunc(s, func(e string) string {
		if e[1] >= '0' && e[1] <= '9' {
			return "&" + e
		}
		return "&" + e[1:]
	})
	s = icon.ReplaceAllString(markup.ReplaceAllString(lineBreak.ReplaceAllString(s, "\n"), ""), "")
	var lines []string
	for line := range strings.SplitSeq(html.UnescapeString(s), "\n") {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// oneLine is a label in one line.
func oneLine(lines []string) string { return strings.Join(lines, " ") }

// wrap breaks a label into lines that are no wider than w, wider only if one of its words
// is.
func wrap(label []string, w int, small bool) chart.DiagramText {
	word := chart.Break(strings.Fields(oneLine(label)), 3*w, small)
	return chart.Break(label, max(w, word.Width()), small)
}
