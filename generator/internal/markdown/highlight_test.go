package markdown

import (
	"strings"
	"testing"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
)

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

// TestHighlight: what is marked, and what stays plain.
func TestHighlight(t *testing.T) {
	for _, c := range []struct{ lang, code, want string }{
		{"go", "x := 1 // one\n", `<span class="nx">x</span> <span class="o">:=</span> <span class="mi">1</span> <span class="c1">// one</span>` + "\n"},
		{"JSON", "{\"a\": 1}\n", `<span class="p">{</span><span class="nt">&quot;a&quot;</span><span class="p">:</span> <span class="mi">1</span><span class="p">}</span>` + "\n"},
		{"text", "x := 1\n", "x := 1\n"},
		{"cobolt", "x < 1\n", "x &lt; 1\n"},
		{"", "x\n", "x\n"},
		{"jungle", "def total(a):\n", "def total(a):\n"}, // whose lexer turns in circles
	} {
		e := emitter{r: &reading{doc: &Document{}}}
		e.code([]byte(c.code), c.lang)
		got := string(e.buf)
		if !strings.Contains(got, ">"+c.want+"</code></pre>") && !strings.Contains(got, "<code>"+c.want+"</code></pre>") {
			t.Errorf("%s\ngot  %s\nwant %s", c.lang, got, c.want)
		}
	}
}

// faulty is a lexer that panics, as chroma's do when a rule of theirs is wrong.
type faulty struct{ chroma.Lexer }

func (faulty) Tokenise(*chroma.TokeniseOptions, string) (chroma.Iterator, error) {
	return func() chroma.Token { panic("unknown state") }, nil
}

// FuzzHighlight holds that the tokens of any language are its text, or none.
func FuzzHighlight(f *testing.F) {
	if tokens, ok := tokenise(faulty{}, "x\n"); ok || tokens != nil {
		f.Error("a faulty lexer")
	}
	all := lexers.GlobalLexerRegistry.Lexers
	for i, code := range codeSamples {
		for lang := i; lang < len(all); lang += len(codeSamples) {
			f.Add(uint16(lang), code)
		}
	}
	f.Fuzz(func(t *testing.T, lang uint16, code string) {
		tokens, ok := tokenise(all[int(lang)%len(all)], code)
		text := ""
		for _, token := range tokens {
			text += token.Value
		}
		if ok && text != code || !ok && tokens != nil && text != "" && !strings.HasPrefix(code, text) {
			t.Errorf("%q became %q", code, text)
		}
	})
}
