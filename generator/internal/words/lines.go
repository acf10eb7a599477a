package words

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"playbook/generator/internal/diag"
)

// Nearly every file of words is lines of "key: word" and nothing else, of which
// the YAML parser makes a hundred tokens each: at a start it takes longer than
// reading the site's pages. So such files are read here, line by line. Whatever is
// not plainly such a line leaves the whole file to the parser, faults included.

// lines reads a file; false, and nothing of use read, if it holds anything unusual.
func (p *reader) lines(data []byte) bool {
	if !utf8.Valid(data) || bytes.ContainsFunc(data, unusual) {
		return false
	}
	type level struct {
		indent int
		key    string // what the keys of this level stand under
	}
	levels := []level{{0, p.section}}
	sections := map[string]bool{}
	open := "" // a key without a word: deeper lines must follow
	rest, n := string(data), 0
	for rest != "" {
		var line string
		line, rest, _ = strings.Cut(rest, "\n")
		n++
		text := strings.TrimLeft(line, " ")
		if text == "" {
			continue
		}
		indent := len(line) - len(text)
		if open != "" {
			if indent <= levels[len(levels)-1].indent {
				return false
			}
			levels = append(levels, level{indent, open})
			open = ""
		}
		for indent < levels[len(levels)-1].indent {
			levels = levels[:len(levels)-1]
		}
		top := levels[len(levels)-1]
		if indent != top.indent {
			return false
		}
		key, after, ok := cutKey(text)
		if !ok {
			return false
		}
		if top.key != "" {
			key = top.key + "." + key
		}
		if _, twice := p.words[key]; twice || sections[key] {
			return false
		}
		value := strings.TrimLeft(after, " ")
		at := diag.Pos{File: p.file, Line: n, Col: len(line) - len(value) + 1}
		switch {
		case value == "":
			if after != "" {
				return false
			}
			open, sections[key] = key, true
			continue
		case value == "|":
			if value, ok = literal(&rest, &n, indent); !ok {
				return false
			}
		default:
			if value, ok = scalar(value); !ok {
				return false
			}
		}
		p.add(key, word{text: value, pos: at})
	}
	return open == "" && len(p.words) > 0
}

// unusual are signs that are no part of a plain line: blanks but the space and
// the line break, and what else has no ink.
func unusual(r rune) bool {
	return r < ' ' && r != '\n' || r == 0x7f || r == 0x85 || r == 0xa0 || r == '\u2028' || r == '\u2029' || r == '\ufeff' || r == utf8.RuneError
}

// cutKey cuts a line behind the colon of its key, which may stand between
// quotation marks.
func cutKey(line string) (key, after string, ok bool) {
	key, after, ok = strings.Cut(line, ":")
	if !ok || after != "" && after[0] != ' ' {
		return "", "", false
	}
	if len(key) > 2 && key[0] == '"' && key[len(key)-1] == '"' {
		key = key[1 : len(key)-1]
	}
	for i := range len(key) {
		c := key[i]
		letter := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
		if !letter && (i == 0 || c != '-' && c != '_' && (c < '0' || '9' < c)) {
			return "", "", false
		}
	}
	return key, after, key != ""
}

// scalar is a word on the line of its key: plain, beginning with a letter or a
// digit, or between quotation marks with nothing in it to resolve.
func scalar(s string) (string, bool) {
	switch first, _ := utf8.DecodeRuneInString(s); {
	case first == '"':
		inner, ok := strings.CutSuffix(s[1:], `"`)
		return inner, ok && !strings.ContainsAny(inner, `"\`)
	case 'a' <= first && first <= 'z', 'A' <= first && first <= 'Z', '0' <= first && first <= '9', first == '+', first >= utf8.RuneSelf:
		s = strings.TrimRight(s, " ")
		plain := !strings.Contains(s, ": ") && !strings.Contains(s, " #") && !strings.HasSuffix(s, ":") && strings.ToLower(s) != "null"
		return s, plain
	}
	return "", false
}

// literal reads the lines of a word after "|": those that are indented deeper
// than its key, all alike or more.
func literal(rest *string, n *int, indent int) (string, bool) {
	var b strings.Builder
	own := 0
	for *rest != "" {
		line, after, _ := strings.Cut(*rest, "\n")
		text := strings.TrimLeft(line, " ")
		depth := len(line) - len(text)
		if text != "" && depth <= indent {
			break
		}
		*rest = after
		*n++
		if text == "" {
			if line != "" {
				return "", false
			}
			b.WriteByte('\n')
			continue
		}
		if own == 0 {
			own = depth
		}
		if depth < own || b.Len() > 0 && depth > own && b.String() == "\n" {
			return "", false
		}
		b.WriteString(line[own:])
		b.WriteByte('\n')
	}
	return b.String(), own > 0
}
