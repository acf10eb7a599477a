package check

import (
	"fmt"
	"strings"
	"testing"
	"unicode"

	"playbook/generator/internal/words"
	"playbook/templates"
)

// chinese is Chinese, as the theme has it.
var chinese = func() *words.Language {
	tables, _ := words.Load(templates.FS)
	return &tables["zh"].Language
}()

func TestStyleFaults(t *testing.T) {
	for text, want := range map[string]string{
		"": "",
		"全角，标点。没有问题！VITO和3.5倍": "",
		"半角,逗号":                              `6 ","→"，"`,
		"问:答;叹!问?句.号(括)号":                    `3 ":"→"：" 7 ";"→"；" 11 "!"→"！" 15 "?"→"？" 19 "."→"。" 23 "("→"（" 27 ")"→"）"`,
		"半角, 逗号, and Latin":                  `6 ","→"，"`,
		"版本 2.0 与CRM":                        "6 space 10 space",
		"中文 中文 and English, so":              "13 space",
		"他说&quot;好&quot;":                    `6 typewriter 15 typewriter`,
		"&quot;ok&quot; is &quot;fine&quot;": "",
		"先用“这种”，再用「那种」，又用“这种”":               "27 two",
		"A&amp;B，甲&amp;乙":                    "",
	} {
		quotes := ""
		var got []string
		for _, f := range styleFaults([]byte(text), chinese, &quotes) {
			switch at := f.at + len(string([]rune(f.what)[:f.skip])); {
			case f.message == "typewriter quotation marks beside Chinese characters":
				got = append(got, fmt.Sprint(at, " typewriter"))
			case strings.HasPrefix(f.message, "two kinds"):
				got = append(got, fmt.Sprint(at, " two"))
			case strings.HasPrefix(f.message, "a space"):
				got = append(got, fmt.Sprint(at, " space"))
			default:
				got = append(got, fmt.Sprintf("%d %q→%s", at, []rune(f.what)[f.skip:], strings.TrimPrefix(f.help, "write ")))
			}
		}
		s := strings.NewReplacer(`['`, `"`, `']`, `"`).Replace(strings.Join(got, " "))
		if s != want {
			t.Errorf("%q: got %s, want %s", text, s, want)
		}
	}
}

func TestHan(t *testing.T) {
	for r := rune(-1); r <= unicode.MaxRune; r++ {
		if han(r) != unicode.Is(unicode.Han, r) {
			t.Fatalf("han(%U) = %v", r, han(r))
		}
	}
}

// Text without faults, which is nearly all text, costs no memory.
func TestStyleAllocations(t *testing.T) {
	text := []byte(strings.Repeat("客户说：“预算在CEO手里？”，VITO&amp;公司的3.5倍。", 20))
	quotes := ""
	if all := styleFaults(text, chinese, &quotes); len(all) > 0 {
		t.Fatal(all)
	}
	if n := testing.AllocsPerRun(5, func() { styleFaults(text, chinese, &quotes) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
