package markdown

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// glossaryText is a text behind the front matter of a glossary.
func glossaryText(text string) string { return "---\ntitle: T\nglossary: true\n---\n" + text }

func showTerms(doc *Document) string {
	var b strings.Builder
	for _, t := range doc.Terms {
		fmt.Fprintf(&b, "%d:%d %s %q %s syn%q old%q find%q %s\n", t.Pos.Line, t.Pos.Col, t.ID, t.Title, t.Pinyin, t.Synonyms, t.Deprecated, t.Find, strings.TrimSpace(flat(t.Definition)))
	}
	return b.String() + flat(doc.Body)
}

func TestGlossary(t *testing.T) {
	doc, list := parse(t, Options{}, glossaryText("Before.\n\n## Red *flag* {#red-flag}\n<!-- term: synonyms=\"warning flag; flag\"\n  deprecated=\"danger  sign\" -->\n\nA [mark](term:win).\n\nMore.\n\n## Win {#win}\n<!-- a note -->\n<!-- term: find=\"\" -->\n\nGain.\n\n### Part of it\n\nx\n"))
	if len(list) > 0 {
		t.Fatal(report(list))
	}
	want := `7:1 red-flag "Red flag"  syn["warning flag" "flag"] old["danger sign"] find["Red flag" "warning flag" "flag"] <p>A <a href="term:win">mark</a>.</p>
<p>More.</p>
15:1 win "Win"  syn[] old[] find[] <p>Gain.</p>
<h3 id="part-of-it">Part of it<a class="anchor" href="#part-of-it" aria-hidden="true" tabindex="-1">#</a></h3>
<p>x</p>
<p>Before.</p>
`
	if got := showTerms(doc); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	for _, id := range []string{"red-flag", "win"} {
		if !doc.HasAnchor(id) {
			t.Errorf("no anchor %s", id)
		}
	}
}

func TestGlossaryFaults(t *testing.T) {
	for _, test := range []struct {
		name, text, want string
		han              bool
	}{
		{"no id", "## Two words\n\nx\n\n## 甲\n\ny\n", "page.md:9:1: the term \"甲\" has no id in lower case\n    write ## 甲 {#red-flag}: the translations share it", false},
		{"no definition", "## A {#a}\n<!-- term: synonyms=\"b\" -->\n", "page.md:5:1: the term \"A\" has no definition\n    say in a sentence or two what it means", false},
		{"two for one name", "## A {#a}\n<!-- term: synonyms=\"x\" -->\n\ny\n\n## B {#b}\n<!-- term: deprecated=\"X\" -->\n\nz\n", "page.md:10:1: \"x\" stands for two terms: a and b\n    a name means one thing", false},
		{"keys", "## A {#a}\n<!-- term: synonym=\"x\"  find=\"a\" find=\"b\" pinyin -->\n\ny\n",
			"page.md:6:12: unknown key \"synonym\" of a term\n    did you mean \"synonyms\"?\npage.md:6:34: key \"find\" is given twice\npage.md:6:43: this is no key with a value: \"pinyin\"\n    write key=\"name; name\"", false},
		{"pinyin", "## 甲 {#a}\n\ny\n\n## 乙 {#b}\n<!-- term: pinyin=\"yǐ\" -->\n\nz\n",
			"page.md:5:1: the term \"甲\" has no pinyin\n    write <!-- term: pinyin=\"…\" --> under the heading; the glossary is sorted by it\n" +
				"page.md:10:12: pinyin with \"ǐ\"\n    write it in plain letters, a space between syllables: xiao hong qi", true},
	} {
		opt := Options{}
		if test.han {
			opt.Language = han
		}
		_, list := parse(t, opt, glossaryText(test.text))
		if got := report(list); got != test.want {
			t.Errorf("%s: got\n%s\nwant\n%s", test.name, got, test.want)
		}
	}
}

// Running text is what is read as prose, in the document and in its blocks.
func TestRunning(t *testing.T) {
	doc, _ := home(t, "## Head\n\nOne *two*\nthree [four](x.md) `five` & six.\n\n> [!NOTE] Seven\n> **Eight:** nine\n\n### Q <!-- q: q -->\n\n- [x] ten\n  > eleven\n- [ ] twelve\n  > y\n")
	var got []string
	src := "---\ntitle: T\n---\n## Head\n\nOne *two*\nthree [four](x.md) `five` & six.\n\n> [!NOTE] Seven\n> **Eight:** nine\n\n### Q <!-- q: q -->\n\n- [x] ten\n  > eleven\n- [ ] twelve\n  > y\n"
	doc.Running(func(text []byte, offset int) {
		s := string(text)
		got = append(got, s)
		if first := strings.Fields(s); len(first) > 0 && first[0] != "&amp;" && !strings.HasPrefix(strings.TrimLeft(src[offset:], " \n"), first[0]) {
			t.Errorf("%q is not at %d: %.20q", s, offset, src[offset:])
		}
	})
	want := []string{"One ", "two", "\nthree ", " ", " &amp; six.", "nine", "Q", "ten", "twelve", "eleven", "y"}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// FuzzGlossary: whatever stands in the comment of a term, it is read without a
// panic, and its faults lie in the file.
func FuzzGlossary(f *testing.F) {
	for _, s := range []string{`synonyms="a; b"`, `find=""`, `pinyin="yi"`, `x`, `a="`, `="b"`, "deprecated=\"甲；乙\"\n\n", `\"`} {
		f.Add(s, "definition")
	}
	p := New(Options{Language: han})
	f.Fuzz(func(t *testing.T, comment, text string) {
		src := glossaryText("## 甲 {#a}\n<!-- term: " + comment + " -->\n\n" + text)
		doc, list := p.Parse(fileOf(src))
		inside(t, []byte(src), list)
		for _, term := range doc.Terms {
			sound(t, term.Definition)
		}
	})
}
