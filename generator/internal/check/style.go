package check

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"playbook/generator/internal/diag"
	"playbook/generator/internal/site"
)

// style: how Chinese is set. Warnings, and none for a guest, whose notes are not
// ours to set.
//
//   - between Han characters, punctuation is full-width
//   - a text has one kind of quotation marks, and no typewriter's
//   - the gap between Han and Latin letters is the style sheet's, not a space
func style(c *context, p *site.Page) diag.List {
	if t := c.words[p.TextLang]; c.site.Guest || t == nil || !t.CJK {
		return nil
	}
	var all diag.List
	quotes := ""
	p.Doc().Running(func(text []byte, offset int) {
		for _, f := range styleFaults(string(text), &quotes) {
			at := mention(p, offset, text, f.at, []byte(f.what))
			at.Col += f.skip
			all = append(all, diag.Diag{
				Pos: at, Severity: diag.Warning, Rule: "style",
				Message: f.message, Help: f.help,
			})
		}
	})
	return all
}

// styleFault is one fault. It is found again in the file by what stands there,
// from byte at of the text; the faulty character is the one after skip others.
type styleFault struct {
	at            int
	what          string
	skip          int
	message, help string
}

// fullWidth is what each half-width mark is between Han characters.
var fullWidth = map[rune]string{',': "，", '.': "。", ';': "；", ':': "：", '!': "！", '?': "？", '(': "（", ')': "）"}

// styleFaults finds the faults of a stretch of running text. quotes is the kind of
// quotation marks that the page has used so far.
func styleFaults(text string, quotes *string) []styleFault {
	var all []styleFault
	var before, last rune // the two characters before
	at, beforeAt, lastAt := 0, 0, 0
	for rest := text; rest != ""; {
		r, n := utf8.DecodeRuneInString(rest)
		if strings.HasPrefix(rest, "&quot;") {
			r, n = '"', len("&quot;")
		} else if r == '&' { // another character reference: no character of ours
			if i := strings.IndexByte(rest, ';'); i > 0 && i < 12 {
				n = i + 1
			}
		}
		switch {
		case han(before) && han(r) && fullWidth[last] != "":
			all = append(all, styleFault{beforeAt, string(before) + string(last), 1, fmt.Sprintf("%q between Chinese characters", string(last)), fmt.Sprintf("write %q", fullWidth[last])})
		case last == ' ' && (han(before) && latin(r) || latin(before) && han(r)):
			all = append(all, styleFault{beforeAt, string([]rune{before, ' ', r}), 1, fmt.Sprintf("a space between %q and %q", string(before), string(r)), "take it out: the style sheet sets the gap"})
		case last == '"' && (han(before) || han(r)):
			all = append(all, styleFault{lastAt, `"`, 0, "typewriter quotation marks in Chinese", "write “…”"})
		}
		if r == ' ' && han(before) && fullWidth[last] != "" { // "，" needs no space behind it either
			at += n
			rest = rest[n:]
			continue
		}
		if kind := quoteKind(r); kind != "" {
			if *quotes == "" {
				*quotes = kind
			} else if *quotes != kind {
				all = append(all, styleFault{at, string(r), 0, fmt.Sprintf("two kinds of quotation marks on one page: %s and %s", *quotes, kind), "keep to the first"})
			}
		}
		before, last = last, r
		beforeAt, lastAt = lastAt, at
		at += n
		rest = rest[n:]
	}
	if last == '"' && han(before) {
		all = append(all, styleFault{lastAt, `"`, 0, "typewriter quotation marks in Chinese", "write “…”"})
	}
	return all
}

// quoteKind is the kind of an opening quotation mark.
func quoteKind(r rune) string {
	switch r {
	case '“':
		return "“”"
	case '「':
		return "「」"
	}
	return ""
}

func han(r rune) bool { return unicode.Is(unicode.Han, r) }

func latin(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
}
