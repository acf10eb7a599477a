package words

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"playbook/calculators/report"
)

// piece is a part of a word: text, or an argument, perhaps with its forms.
type piece struct {
	text      string // as written: for an argument, with its braces
	name      string // of the argument; "" for text
	chosen    bool   // the argument only chooses between two forms
	one, many string
}

// next cuts the first piece off a word; text may be in several. What does not
// read as an argument is text, and named by fault.
func next(s string) (p piece, rest, fault string) {
	i := strings.IndexAny(s, "{}")
	switch {
	case i < 0:
		return piece{text: s}, "", ""
	case i > 0:
		return piece{text: s[:i]}, s[i:], ""
	case strings.HasPrefix(s, "{{"), strings.HasPrefix(s, "}}"):
		return piece{text: s[:1]}, s[2:], ""
	case s[0] == '}':
		return piece{text: "}"}, s[1:], "stray }"
	}
	end := strings.IndexAny(s[1:], "{}") + 1
	if end == 0 || s[end] != '}' {
		return piece{text: "{"}, s[1:], "unclosed {"
	}
	p.text, rest = s[:end+1], s[end+1:]
	name, forms, chosen := strings.Cut(s[1:end], "?")
	one, many, two := strings.Cut(forms, "|")
	if !isName(name) || chosen && (!two || strings.Contains(many, "|")) {
		return p, rest, "malformed " + p.text
	}
	p.name, p.chosen, p.one, p.many = name, chosen, one, many
	return p, rest, ""
}

// pieces cuts a word up.
func pieces(s string) (all []piece, fault string) {
	for s != "" {
		p, rest, bad := next(s)
		s = rest
		if bad != "" {
			fault = bad
		}
		if n := len(all); n > 0 && p.name == "" && all[n-1].name == "" {
			all[n-1].text += p.text
		} else {
			all = append(all, p)
		}
	}
	return all, fault
}

func isName(s string) bool {
	for i, r := range s {
		letter := r == '_' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
		if !letter && (i == 0 || r != '.' && r != '-' && (r < '0' || '9' < r)) {
			return false
		}
	}
	return s != ""
}

func brace(s string) string {
	if !strings.ContainsAny(s, "{}") {
		return ""
	}
	_, fault := pieces(s)
	return fault
}

// arguments returns the names that a word takes.
func arguments(s string) []string {
	if !strings.Contains(s, "{") {
		return nil
	}
	var names []string
	all, _ := pieces(s)
	for _, p := range all {
		if p.name != "" && !slices.Contains(names, p.name) {
			names = append(names, p.name)
		}
	}
	return names
}

// expand puts arguments (names and values by turns) into a word. singular says
// which numbers take the first of two forms, see report.Singular.
func expand(s, singular string, args []any) string {
	if !strings.ContainsAny(s, "{}") {
		return s
	}
	var b strings.Builder
	for s != "" {
		var p piece
		p, s, _ = next(s)
		value, ok := "", false
		for i := 0; i+1 < len(args) && p.name != ""; i += 2 {
			if args[i] == p.name {
				value, ok = text(args[i+1]), true
			}
		}
		switch {
		case !ok:
			b.WriteString(p.text)
		case !p.chosen:
			b.WriteString(value)
		case report.Singular(singular, value):
			b.WriteString(p.one)
		default:
			b.WriteString(p.many)
		}
	}
	return b.String()
}

// text is fmt.Sprint, in short for what pages say hundreds of times.
func text(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case int:
		return strconv.Itoa(v)
	}
	return fmt.Sprint(value)
}
