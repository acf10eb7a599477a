package markdown

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
)

func TestEmphasisBesideHan(t *testing.T) {
	for text, want := range map[string]string{
		"**5%**的客户":       "<strong>5%</strong>的客户",
		"**真，**她说":        "<strong>真，</strong>她说",
		"**「刻舟求剑」**的人":    "<strong>「刻舟求剑」</strong>的人",
		"他说**「刻舟求剑」**。":   "他说<strong>「刻舟求剑」</strong>。",
		"**“你好”**是问候":     "<strong>“你好”</strong>是问候",
		"说**“你好”**是问候":    "说<strong>“你好”</strong>是问候",
		"~~旧价，~~新价":       "<del>旧价，</del>新价",
		"~旧价，~新价":         "<del>旧价，</del>新价",
		"一种*不同*的技巧":       "一种<em>不同</em>的技巧",
		"***重点，***后文":     "<em><strong>重点，</strong></em>后文",
		"**提示：**看这里":      "<strong>提示：</strong>看这里",
		"**값(100%)**은":    "<strong>값(100%)</strong>은",
		"**`code`**的":     "<strong><code>code</code></strong>的",
		"**[链接](x.md)**的": `<strong><a href="x.md">链接</a></strong>的`,
		"前**粗体**后**又粗**完": "前<strong>粗体</strong>后<strong>又粗</strong>完",
		"a**b**c":         "a<strong>b</strong>c",
		`a*"foo"*`:        "a*“foo”*",
		"snake_case_name": "snake_case_name",
		"2 * 3 * 4":       "2 * 3 * 4",
		"** 空格 **":        "** 空格 **",
	} {
		doc, _ := home(t, text+"\n")
		if got := strings.TrimSpace(flat(doc.Body)); got != "<p>"+want+"</p>" {
			t.Errorf("%s\n got %s\nwant <p>%s</p>", text, got, want)
		}
	}
}

// specParser is goldmark as CommonMark has it, with our emphasis.
func specParser() goldmark.Markdown {
	return goldmark.New(
		goldmark.WithParser(parser.NewParser(
			parser.WithBlockParsers(parser.DefaultBlockParsers()...),
			parser.WithInlineParsers(
				util.Prioritized(parser.NewCodeSpanParser(), 100),
				util.Prioritized(parser.NewLinkParser(), 200),
				util.Prioritized(parser.NewAutoLinkParser(), 300),
				util.Prioritized(parser.NewRawHTMLParser(), 400),
				util.Prioritized(emphasisParser{}, 500), // without strikethrough, which is not CommonMark
			),
			parser.WithParagraphTransformers(parser.DefaultParagraphTransformers()...),
		)),
		goldmark.WithRenderer(renderer.NewRenderer(renderer.WithNodeRenderers(
			util.Prioritized(html.NewRenderer(html.WithXHTML(), html.WithUnsafe()), 1000)))),
	)
}

type example struct {
	Markdown string `json:"markdown"`
	HTML     string `json:"html"`
	Example  int    `json:"example"`
	Section  string `json:"section"`
}

// specExamples are CommonMark's, which goldmark ships.
func specExamples(t testing.TB) []example {
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/yuin/goldmark").Output()
	if err != nil {
		t.Skip("the go command is not at hand: ", err)
	}
	data, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(dir)), "_test", "spec.json"))
	if err != nil {
		t.Skip("goldmark's module comes without the specification: ", err)
	}
	var all []example
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

func TestCommonMarkStaysAsItIs(t *testing.T) {
	m := specParser()
	all := specExamples(t)
	if len(all) < 600 {
		t.Fatalf("only %d examples", len(all))
	}
	for _, e := range all {
		var b strings.Builder
		if err := m.Convert([]byte(e.Markdown), &b); err != nil {
			t.Fatal(err)
		}
		if b.String() != e.HTML {
			t.Errorf("example %d (%s)\n%q\n got %q\nwant %q", e.Example, e.Section, e.Markdown, b.String(), e.HTML)
		}
	}
}

// FuzzEmphasis: whatever stands around the delimiters, parsing ends, and a text
// without CJK characters parses as goldmark itself parses it.
func FuzzEmphasis(f *testing.F) {
	for _, s := range []string{"**5%**的", "**真，**她", "~~旧价，~~新", "*_a_*", "***a** b*", "**a*", "_中_文_", "~~~a~~", "*\u3000*", "**「a」**b"} {
		f.Add(s)
	}
	ours, theirs := specParser(), goldmark.New(goldmark.WithRendererOptions(html.WithXHTML(), html.WithUnsafe()))
	f.Fuzz(func(t *testing.T, s string) {
		var got, want strings.Builder
		if err := ours.Convert([]byte(s), &got); err != nil {
			t.Fatal(err)
		}
		if strings.ContainsFunc(s, isCJK) || strings.Contains(s, "~") || strings.Contains(s, "&") || !utf8.ValidString(s) {
			return
		}
		if err := theirs.Convert([]byte(s), &want); err != nil {
			t.Fatal(err)
		}
		if got.String() != want.String() {
			t.Errorf("%q\n got %q\nwant %q", s, got.String(), want.String())
		}
	})
}
