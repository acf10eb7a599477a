package strict

import (
	"fmt"
	"strings"

	"playbook/generator/internal/diag"
)

// fault says in an author's words what the YAML parser found at a place of the
// text (line and col from 1, the column in characters), and what to do. The place
// comes back as the one to mend, which may be the line below.
type fault struct {
	line, col     int
	message, help string
	above         int // a line that help names, by %d; 0 for none
}

const inQuotes = "put the text in quotation marks"

// explanations are the parser's messages, by what they hold.
var explanations = []struct {
	holds   string
	explain func(lines []string, f *fault)
}{
	{"mapping value is not allowed", func(lines []string, f *fault) {
		if _, value, _ := strings.Cut(at(lines, f.line), ":"); strings.Contains(value, ": ") || strings.HasSuffix(value, ":") {
			f.message, f.help = "a colon in a text", inQuotes
			return
		}
		above := f.line
		for f.line++; f.line < len(lines) && strings.TrimSpace(at(lines, f.line)) == ""; f.line++ {
		}
		misaligned(lines, f, above)
	}},
	{"found character '\t'", tab},
	{"tab character", tab},
	{"end character of double-quoted text", said("a quotation mark that is not closed", "write one at the end of the text, too")},
	{"end character of single-quoted text", said("an apostrophe that begins a text and is not closed", "put the text in quotation marks: \"…\"")},
	{"',' or ']' must be specified", said("the [ above is not closed", "write ] behind the last entry, and commas between the entries")},
	{"',' or '}' must be specified", said("the { above is not closed", "write } behind the last entry, and commas between the entries")},
	{"sequence end token ']' not found", said("a [ that is not closed", "write ] behind the last entry")},
	{"flow mapping end token '}'", said("a { that is not closed", "write } behind the last entry")},
	{"could not find '[' character", said("a ] without its [", "take it out, or "+inQuotes)},
	{"could not find '{' character", said("a } without its {", "take it out, or "+inQuotes)},
	{"non-map value is specified", said("this line has no key", "write it as key: value, or indent it under the key that it belongs to")},
	{"is a reserved character", begins},
	{"unexpected directive value", begins},
	{"undefined anchor value", begins},
	{"invalid header option", begins},
	{"map key-value is pre-defined", said("text behind a closing quotation mark", "write \\\" for a quotation mark within \"…\", or use “…”")},
	{"block sequence entries are not allowed", said("a list beside its key", "write each entry on a line of its own below the key, beginning with - ")},
	{"unknown escape character", said("a backslash between quotation marks", "write \\\\ for it")},
	{"value is not allowed in this context", func(lines []string, f *fault) {
		if line := at(lines, f.line); strings.TrimSpace(string([]rune(line)[:min(f.col-1, len([]rune(line)))])) != "" {
			f.message, f.help = "a sign that closes nothing", "take it out, or "+inQuotes
			return
		}
		misaligned(lines, f, f.line-1)
	}},
}

func said(message, help string) func([]string, *fault) {
	return func(_ []string, f *fault) { f.message, f.help = message, help }
}

func tab(_ []string, f *fault) {
	f.col, f.message, f.help = 1, "a tab at the beginning of the line", "YAML is indented with spaces"
}

// begins is for a text that begins with a sign that means something else.
func begins(lines []string, f *fault) {
	sign := ""
	if line := []rune(at(lines, f.line)); f.col <= len(line) {
		sign = string(line[f.col-1])
	}
	f.message, f.help = "a text cannot begin with "+sign, inQuotes
}

// misaligned is for a line that is indented otherwise than those above it.
func misaligned(lines []string, f *fault, above int) {
	for above > 1 && strings.TrimSpace(at(lines, above)) == "" {
		above--
	}
	f.col = indentOf(at(lines, f.line)) + 1
	f.message = "this line is not indented like those above it"
	f.help, f.above = "begin it where line %d begins, or one above that it belongs to", above
}

func indentOf(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }

// at is a line by its number.
func at(lines []string, n int) string {
	if n < 1 || n > len(lines) {
		return ""
	}
	return lines[n-1]
}

// explain is a message of the YAML parser at a place of the author's file.
func (r *Reader) explain(src []byte, pos diag.Pos, message string) diag.Diag {
	message, _, _ = strings.Cut(message, "\n")
	f := fault{line: pos.Line - r.at.Line + 1, col: pos.Col - max(r.at.Col, 1) + 1, message: "this is not YAML: " + message}
	for _, e := range explanations {
		if strings.Contains(message, e.holds) {
			e.explain(strings.Split(string(src), "\n"), &f)
			break
		}
	}
	if f.above > 0 {
		f.help = fmt.Sprintf(f.help, r.at.Line+f.above-1)
	}
	pos.Line, pos.Col = r.at.Line+f.line-1, max(r.at.Col, 1)+f.col-1
	return diag.Diag{Pos: pos, Rule: r.rule, Message: f.message, Help: f.help}
}
