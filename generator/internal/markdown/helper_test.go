package markdown

import (
	"bytes"
	"html"
	"strings"
	"testing"

	"playbook/generator/internal/diag"
	"playbook/generator/internal/source"
)

// How texts in Latin letters, in Chinese and in French are written.
var (
	latin  = Language{Quotes: [4]string{"“", "”", "‘", "’"}}
	han    = Language{NoSpaces: true, Readings: true, Quotes: latin.Quotes}
	french = Language{Quotes: [4]string{"«\u202F", "\u202F»", "“", "”"}, NoBreakBefore: ";:!?»", NoBreakAfter: "«"}
)

// parse reads a text as the file page.md, in Latin letters unless it says otherwise.
func parse(t testing.TB, opt Options, text string) (*Document, diag.List) {
	t.Helper()
	if opt.Language == (Language{}) {
		opt.Language = latin
	}
	return New(opt).Parse(&source.File{Path: "page.md", Data: []byte(text)})
}

// home parses a text with a front matter before it, so that line 1 of the text is
// line 4 of the file.
func home(t testing.TB, text string) (*Document, diag.List) {
	t.Helper()
	return parse(t, Options{}, "---\ntitle: T\n---\n"+text)
}

// flat shows a body as HTML, links as written, blocks as {quiz ID}.
func flat(b Body) string {
	var out bytes.Buffer
	for _, p := range b {
		switch {
		case p.Link != nil:
			out.WriteString(html.EscapeString(p.Link.Dest))
		case p.Block != nil:
			switch b := p.Block.(type) {
			case *Quiz:
				out.WriteString("{quiz " + b.ID + "}")
			case *Calculator:
				out.WriteString("{calculator " + b.ID + "}")
			case *Path:
				out.WriteString("{path " + b.ID + "}")
			case *Figure:
				out.WriteString("{figure " + b.Kind + "}")
			}
		default:
			out.Write(p.HTML)
		}
	}
	return out.String()
}

// report shows faults as Print does, without source lines.
// fileOf is a text as a file.
func fileOf(text string) *source.File { return &source.File{Path: "page.md", Data: []byte(text)} }

func report(list diag.List) string {
	var b strings.Builder
	if err := diag.Print(&b, list, nil); err != nil {
		panic(err)
	}
	return strings.TrimSuffix(b.String(), "\n")
}
