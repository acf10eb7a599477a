package markdown

import (
	"os"
	"strings"
	"testing"
)

// BenchmarkParse: a page of about 5 kB with everything on it.
func BenchmarkParse(b *testing.B) {
	text := "---\ntitle: T\ntags: [a]\n---\n" + strings.Repeat("## Section\n\nA paragraph with **bold** words and a [link](x.md), and `code`.\n价值等式：**5%**的客户。\n\n"+
		"> [!FLAG] A title\n> **A:** x\n> **B:** y\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n- one\n- two\n\n", 20) +
		"## Q <!-- q: q -->\n\n- [x] a\n  > y\n- [ ] b\n  > n\n"
	p := New(Options{})
	f := fileOf(text)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		p.Parse(f)
	}
}

// BenchmarkBlocks: a module with quizzes and a figure.
func BenchmarkBlocks(b *testing.B) {
	text, err := os.ReadFile("../../../tests/fixture/content/01-quizzes/01-kinds.en.md")
	if err != nil {
		b.Fatal(err)
	}
	p := New(Options{Language: latin})
	f := fileOf(string(text))
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		p.Parse(f)
	}
}

// BenchmarkHighlight: code in seven languages.
func BenchmarkHighlight(b *testing.B) {
	langs := []string{"go", "python", "javascript", "json", "yaml", "sql", "bash"}
	for i, lang := range langs {
		b.Run(lang, func(b *testing.B) {
			code := codeSamples[i]
			l := lexer(lang)
			var e emitter
			b.SetBytes(int64(len(code)))
			b.ReportAllocs()
			for b.Loop() {
				e.buf = e.buf[:0]
				tokens, _ := tokenise(l, code)
				e.tokens(tokens)
			}
		})
	}
}
