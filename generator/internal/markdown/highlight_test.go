package markdown

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
	"github.com/dlclark/regexp2/v2"
	"github.com/google/go-cmp/cmp"
)

// joined is a list of tokens, neighbours of one kind made one.
type joined []chroma.Token

func (j *joined) add(kind chroma.TokenType, text string) {
	if text == "" {
		return
	}
	if n := len(*j); n > 0 && (*j)[n-1].Type == kind {
		(*j)[n-1].Value += text
		return
	}
	*j = append(*j, chroma.Token{Type: kind, Value: text})
}

var languagesOfCode = []string{
	"go", "python", "javascript", "typescript", "json", "yaml", "toml", "sql", "bash", "html", "css", "xml", "java", "c", "cpp", "c#",
	"rust", "ruby", "php", "kotlin", "swift", "r", "lua", "perl", "haskell", "scala", "makefile", "docker", "ini", "diff", "markdown", "graphql", "powershell",
}

// sameTokens compares with chroma. It reports whether chroma's rules were driven
// here.
func sameTokens(t *testing.T, lang, code string) bool {
	t.Helper()
	l := lexer(lang)
	if l == nil || l.fast == nil {
		return false
	}
	var got, want joined
	if !l.fast.run(code, got.add) {
		return false
	}
	tokens, err := lexers.Get(lang).Tokenise(nil, code)
	if err != nil {
		t.Fatal(err)
	}
	for token := tokens(); token != chroma.EOF; token = tokens() {
		want.add(token.Type, token.Value)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s: %q (-chroma +ours)\n%s", lang, code, diff)
	}
	return true
}

var codeSamples = []string{
	"package main\n\nimport \"fmt\"\n\n// total adds up.\nfunc total(list []int) (sum int) {\n\tfor _, n := range list {\n\t\tsum += n * 0x1F\n\t}\n\tfmt.Printf(`%d\n`, sum)\n\treturn\n}\n",
	"def total(orders, *, rate=1.5e3):\n    \"\"\"Add up.\"\"\"\n    return f\"{sum(o.amount for o in orders):,}\" if orders else None  # 合计\n\n@property\nclass A: pass\n",
	"const n = orders.map((o) => o.amount ?? 0).reduce((a, b) => a + b, 0); // cents\nlet s = `n: ${n + `${1}`}`, r = /a[/]b/gi;\n",
	"{\"name\": \"小周\", \"open\": [true, null, -1.5e-7], \"bad\": tru}\n",
	"# list\norders:\n  - {name: \"x\", open: yes}\n  - &a |\n    text: 1\n  - *a\n",
	"SELECT a.name, COUNT(*) AS n FROM orders a WHERE day >= DATE '2027-01-01' -- x\n GROUP BY 1 HAVING n > 3;\n",
	"#!/bin/bash\nset -eu\nfor f in *.md; do echo \"${f%.md}: $(wc -l < \"$f\")\"; done <<EOF\ntext $x\nEOF\n",
	"<!doctype html><p class=\"a\" data-x='1'>A &amp; B<script>let x = 1 < 2;</script><style>p { color: #fff }</style>\n",
	"\"never ends\n'nor this\n/* or this\n",
	"价格：１２，𝒳 \u00a0\v\f\x00 end\n",
	"\n\n  \t\n",
	"@@ -1 +1 @@\n-old\n+new\n[section]\nkey = value ; x\n",
}

func TestHighlightIsChromas(t *testing.T) {
	var ours []string
	for _, lang := range languagesOfCode {
		for _, code := range codeSamples {
			if sameTokens(t, lang, code) && !slices.Contains(ours, lang) {
				ours = append(ours, lang)
			}
		}
	}
	for _, lang := range []string{"go", "python", "javascript", "json", "yaml", "sql", "bash", "css", "java", "rust"} {
		if !slices.Contains(ours, lang) {
			t.Errorf("%s is left to chroma", lang)
		}
	}
}

// TestHighlightEnds: chroma's lexer of this language turns in circles.
func TestHighlightEnds(t *testing.T) {
	var got joined
	if code := "x = 1\n"; !lexer("jungle").fast.run(code, got.add) || len(got) == 0 {
		t.Errorf("%v", got)
	}
}

// TestPatternIsTheEngines compares what pattern.go finds with what the engine of
// chroma's rules does, at every place of texts that have something of both the
// patterns and the languages.
func TestPatternIsTheEngines(t *testing.T) {
	for _, lang := range languagesOfCode {
		l, ok := lexers.Get(lang).(*chroma.RegexLexer)
		if !ok {
			continue
		}
		rules, err := l.Rules()
		if err != nil {
			t.Fatal(err)
		}
		direct, all := 0, 0
		for _, state := range rules {
			for _, r := range state {
				if r.Pattern == "" {
					continue
				}
				all++
				code := codeSamples[(all+len(r.Pattern))%len(codeSamples)]
				if samePattern(t, l.Config(), r.Pattern, r.Pattern+code) && samePattern(t, l.Config(), r.Pattern, worded.ReplaceAllString(r.Pattern, "")+"\n"+code) {
					direct++
				}
			}
		}
		if direct*2 < all {
			t.Errorf("%s: %d of %d patterns are matched here", lang, direct, all)
		}
	}
}

// worded are the signs of a pattern that text seldom has.
var worded = regexp.MustCompile(`[\[\]()?*+|^$]|\\.`)

// samePattern compares with the engine; false for a pattern that is left to it.
func samePattern(t *testing.T, config *chroma.Config, pattern, code string) bool {
	t.Helper()
	p := newPattern(pattern, config)
	if p.match == nil && p.first == nil {
		return false
	}
	re, err := regexp2.Compile(`\G` + engineFlags(config) + "(?:" + pattern + ")")
	if err != nil {
		return false
	}
	re.MatchTimeout = time.Second
	text := []rune(code)
	m := matching{text: text}
	for at := range min(len(text), 100) {
		found, err := re.FindRunesMatchStartingAt(text, at)
		if err != nil {
			continue
		}
		want := []string{}
		if found != nil && found.RuneIndex == at {
			for _, g := range found.Groups() {
				want = append(want, g.String())
			}
		}
		if len(want) > 0 && p.first != nil && text[at] < utf8.RuneSelf && !p.first[text[at]] {
			t.Fatalf("%s: %q may begin with %q: %q", config.Name, pattern, text[at], want[0])
		}
		if p.match == nil {
			continue
		}
		end := p.run(&m, at)
		if end == unsure {
			continue
		}
		got := []string{}
		if end >= 0 {
			for i := range p.groups + 1 {
				from, to := m.groups[2*i], m.groups[2*i+1]
				if from < 0 || to < 0 {
					from, to = 0, 0
				}
				got = append(got, string(text[from:to]))
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%s: %q at %q (-engine +ours)\n%s", config.Name, pattern, string(text[at:]), diff)
		}
	}
	return p.match != nil
}

// FuzzPattern: patterns that nobody has written yet.
func FuzzPattern(f *testing.F) {
	for _, p := range []string{`(a|b)*?c+`, `(?<!\.)x{2,3}\b`, `(?i)[a-k]s(?=\W)`, `"(\\\\|\\"|[^"])*"`, `^(\s*)(#.*$)`, `[^\W\d]\w*`, `[\-_][\W\d]`} {
		f.Add(p, "xx. abbc ABK \"a\\\"\" _2 # K 价\n")
	}
	f.Fuzz(func(t *testing.T, pattern, code string) {
		if len(pattern) > 40 || len(code) > 60 || !utf8.ValidString(pattern) {
			t.Skip()
		}
		samePattern(t, &chroma.Config{}, pattern, strings.ToValidUTF8(code, "?"))
	})
}

func FuzzHighlight(f *testing.F) {
	for i, code := range codeSamples {
		f.Add(uint8(i), code)
	}
	f.Fuzz(func(t *testing.T, lang uint8, code string) {
		if len(code) > 2000 || strings.ContainsRune(code, '\r') {
			t.Skip()
		}
		sameTokens(t, languagesOfCode[int(lang)%len(languagesOfCode)], strings.ToValidUTF8(code, "?")+"\n")
	})
}
