package check

import (
	"bytes"
	"fmt"
	"unicode"
	"unicode/utf8"

	"playbook/generator/internal/diag"
	"playbook/generator/internal/site"
	"playbook/generator/internal/words"
)

// style: how a language is set whose marks are wide. Warnings, and none for a guest, whose notes are not
// ours to set.
//
//   - between Han characters, marks are the language's wide ones
//   - a text has one kind of quotation marks, and no typewriter's
//   - the gap between Han and Latin letters is the style sheet's, not a space
func style(c *context, p *site.Page) diag.List {
	t := c.words[p.TextLang]
	if c.site.Guest || t == nil || t.WideMarks == nil {
		return nil
	}
	var all diag.List
	quotes := ""
	p.Doc().Running(func(text []byte, offset int) {
		for _, f := range styleFaults(text, &t.Language, &quotes) {
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

// char is a character of running text, which is HTML's: it may be a reference.
type char struct {
	r   rune
	at  int // its first byte
	han bool
}

// styleFaults finds the faults of a stretch of running text. quotes is the kind of
// quotation marks that the page has used so far. It allocates nothing where there
// is no fault: it reads every Chinese character of a site.
func styleFaults(text []byte, language *words.Language, quotes *string) []styleFault {
	wide := language.WideMarks
	typewriter := func(at int) styleFault {
		return styleFault{at, `"`, 0, "typewriter quotation marks beside Chinese characters", "write " + language.Quotes[0] + "…" + language.Quotes[1]}
	}
	var all []styleFault
	var before, last char // the two characters before
	for at := 0; at < len(text); {
		r, n := utf8.DecodeRune(text[at:])
		if r == '&' {
			if rest := text[at:]; bytes.HasPrefix(rest, []byte("&quot;")) {
				r, n = '"', len("&quot;")
			} else if i := bytes.IndexByte(rest, ';'); i > 0 && i < 12 { // another character reference: no character of ours
				n = i + 1
			}
		}
		c := char{r, at, han(r)}
		at += n
		switch {
		case last.han: // nothing is wrong right behind a character of Han
		case before.han && c.han && wide[last.r] != 0:
			all = append(all, styleFault{before.at, string(before.r) + string(last.r), 1, fmt.Sprintf("%q between Chinese characters", string(last.r)), fmt.Sprintf("write %q", string(wide[last.r]))})
		case last.r == ' ' && (before.han && latin(r) || latin(before.r) && c.han):
			all = append(all, styleFault{before.at, string([]rune{before.r, ' ', r}), 1, fmt.Sprintf("a space between %q and %q", string(before.r), string(r)), "take it out: the style sheet sets the gap"})
		case last.r == '"' && (before.han || c.han):
			all = append(all, typewriter(last.at))
		}
		if r == ' ' && before.han && wide[last.r] != 0 { // "，" needs no space behind it either
			continue
		}
		if kind := quoteKind(r); kind != "" {
			if *quotes == "" {
				*quotes = kind
			} else if *quotes != kind {
				all = append(all, styleFault{c.at, string(r), 0, fmt.Sprintf("two kinds of quotation marks on one page: %s and %s", *quotes, kind), "keep to the first"})
			}
		}
		before, last = last, c
	}
	if last.r == '"' && before.han {
		all = append(all, typewriter(last.at))
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

// han is unicode.Is(unicode.Han, r), which is slow: most characters of a Chinese
// text are in one block of Unicode, and the others come after the letters.
func han(r rune) bool {
	return r >= 0x4e00 && r <= 0x9fff || r >= 0x2e80 && unicode.Is(unicode.Han, r)
}

func latin(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
}
