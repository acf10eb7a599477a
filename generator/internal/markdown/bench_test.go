package markdown

import (
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
