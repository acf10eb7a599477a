package serve

import (
	"bytes"
	"fmt"
	"html"
	"strings"
	"unicode/utf8"

	"playbook/generator/internal/diag"
)

// fault is a diagnostic as the browser shows it.
type fault struct {
	Place   string `json:"place,omitempty"` // file:line:col
	Message string `json:"message"`
	Help    string `json:"help,omitempty"`
	Source  string `json:"source,omitempty"` // the line it stands in
	Blank   string `json:"blank"`            // as wide as what stands before the place in Source
}

// maxShown is as many as fit before someone's eyes; the terminal has them all.
const maxShown = 50

// newFaults turns the errors of a list, not its warnings, into what is shown. source
// returns the text of an author's file.
func newFaults(list diag.List, source func(file string) []byte) []fault {
	var all []fault
	for _, d := range list {
		if d.Severity != diag.Error {
			continue
		}
		if len(all) == maxShown {
			return append(all, fault{Message: "and more: the terminal lists them all"})
		}
		all = append(all, newFault(d, source(d.Pos.File)))
	}
	return all
}

func newFault(d diag.Diag, src []byte) fault {
	f := fault{Place: d.Pos.File, Message: d.Message, Help: d.Help}
	if d.Pos.Line == 0 {
		return f
	}
	f.Place = fmt.Sprintf("%s:%d:%d", d.Pos.File, d.Pos.Line, d.Pos.Col)
	if lines := bytes.Split(src, []byte("\n")); d.Pos.Line <= len(lines) {
		var caret int
		f.Source, caret = window(string(lines[d.Pos.Line-1]), d.Pos.Col)
		f.Blank = blank(f.Source, caret)
	}
	return f
}

// window cuts a line to the part around a column (from 1), because a paragraph
// is often one long line, and returns the characters before the column in it.
func window(line string, col int) (string, int) {
	const before, after = 60, 60
	line = strings.TrimRight(strings.ReplaceAll(strings.ToValidUTF8(line, "\uFFFD"), "\t", " "), " ")
	caret := min(max(col-1, 0), utf8.RuneCountInString(line))
	runes := []rune(line)
	if end := caret + after; end < len(runes) {
		runes = append(runes[:end:end], '…')
	}
	if start := caret - before; start > 0 {
		runes = append([]rune{'…'}, runes[start:]...)
		caret = before + 1
	}
	return string(runes), caret
}

// What a page of faults stands in for.
const (
	notBuilt    = "The playbook cannot be built yet"
	notRendered = "This page cannot be shown yet"
)

// faultPage stands in for a site that has never been built, or for a page that cannot
// be rendered. It reads without a script; live.js takes it away when the faults are
// mended.
func faultPage(title string, faults []fault) []byte {
	var b bytes.Buffer
	b.WriteString(`<!doctype html>
<html lang="en" data-faults>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>` + title + `</title>
<style>
:root { color-scheme: light dark }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1.5rem }
li { margin-block: 1.5rem }
code { font: 0.9375rem/1.5 ui-monospace, monospace; overflow-wrap: anywhere }
pre { font: 0.9375rem/1.5 ui-monospace, monospace; margin-block: 0.5rem; padding: 0.75rem; border-inline-start: 4px solid #b3261e; background: #8881; overflow-x: auto }
</style>
<script src="` + livePath + `" defer></script>
</head>
<body>
<main>
<h1>` + title + `</h1>
<p>It comes up as soon as the files are mended and saved.</p>
<ol>
`)
	for _, f := range faults {
		b.WriteString("<li>")
		if f.Place != "" {
			fmt.Fprintf(&b, "<code>%s</code><br>", html.EscapeString(f.Place))
		}
		fmt.Fprintf(&b, "<strong>%s</strong>", html.EscapeString(f.Message))
		if f.Source != "" {
			fmt.Fprintf(&b, "\n<pre tabindex=\"0\">%s\n%s^</pre>", html.EscapeString(f.Source), f.Blank)
		}
		if f.Help != "" {
			fmt.Fprintf(&b, "\n<p>%s</p>", html.EscapeString(f.Help))
		}
		b.WriteString("</li>\n")
	}
	b.WriteString("</ol>\n</main>\n</body>\n</html>\n")
	return b.Bytes()
}

// blank is as wide as the first n characters of a line: a Han character is as
// wide as the ideographic space.
func blank(line string, n int) string {
	var b strings.Builder
	for _, r := range line {
		if n--; n < 0 {
			break
		}
		if diag.Wide(r) {
			b.WriteRune('\u3000')
		} else {
			b.WriteByte(' ')
		}
	}
	return b.String()
}
