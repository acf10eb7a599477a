package words

import (
	"fmt"
	"slices"
	"strings"
)

// piece is a part of a word: text, or an argument with its forms.
type piece struct {
	text  string // as written: for an argument, with its braces
	name  string // of the argument; "" for text
	forms []string
}

// pieces cuts a word up. What does not read as an argument is text, and named
// by fault.
func pieces(s string) (all []piece, fault string) {
	text := func(t string) {
		if n := len(all); n > 0 && all[n-1].name == "" {
			all[n-1].text += t
		} else if t != "" {
			all = append(all, piece{text: t})
		}
	}
	for s != "" {
		i := strings.IndexAny(s, "{}")
		if i < 0 {
			text(s)
			break
		}
		text(s[:i])
		s = s[i:]
		switch {
		case strings.HasPrefix(s, "{{"), strings.HasPrefix(s, "}}"):
			text(s[:1])
			s = s[2:]
			continue
		case s[0] == '}':
			fault = "stray }"
			text("}")
			s = s[1:]
			continue
		}
		end := strings.IndexAny(s[1:], "{}") + 1
		if end == 0 || s[end] != '}' {
			fault = "unclosed {"
			text("{")
			s = s[1:]
			continue
		}
		name, forms, chosen := strings.Cut(s[1:end], "?")
		p := piece{text: s[:end+1], name: name}
		if chosen {
			p.forms = strings.Split(forms, "|")
		}
		if !isName(name) || chosen && len(p.forms) != 2 {
			fault = "malformed " + p.text
			text(p.text)
		} else {
			all = append(all, p)
		}
		s = s[end+1:]
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
	_, fault := pieces(s)
	return fault
}

// arguments returns the names that a word takes.
func arguments(s string) []string {
	var names []string
	all, _ := pieces(s)
	for _, p := range all {
		if p.name != "" && !slices.Contains(names, p.name) {
			names = append(names, p.name)
		}
	}
	return names
}

// expand puts arguments (names and values by turns) into a word.
func expand(s string, args []any) string {
	if !strings.ContainsAny(s, "{}") {
		return s
	}
	var b strings.Builder
	all, _ := pieces(s)
	for _, p := range all {
		value, ok := "", false
		for i := 0; i+1 < len(args); i += 2 {
			if args[i] == p.name {
				value, ok = fmt.Sprint(args[i+1]), true
			}
		}
		switch {
		case p.name == "" || !ok:
			b.WriteString(p.text)
		case p.forms == nil:
			b.WriteString(value)
		case value == "1":
			b.WriteString(p.forms[0])
		default:
			b.WriteString(p.forms[1])
		}
	}
	return b.String()
}
