package markdown

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// unfolded shows a body with the beginnings and ends of its details.
func unfolded(b Body) string {
	var out strings.Builder
	for i, p := range b {
		if d, ok := p.Block.(*Details); ok && d.Ends {
			out.WriteString("{end}")
		} else if ok {
			fmt.Fprintf(&out, "{%s %s %v}", d.ID, flat(d.Title), d.Open)
		} else {
			out.WriteString(flat(b[i : i+1]))
		}
	}
	return out.String()
}

const collapsible = "## A {#a}\n\nBefore.\n\n<details>\n<summary>The <b>figures</b> &amp; more</summary>\n\nInside *it*.\n\n### Deep\n\n- one\n\n" +
	"<details open>\n<summary>Inner</summary>\n\n> [!NOTE] N\n> x\n\n</details>\n\nMore.\n</details>\n\nAfter.\n\n## B\n\n" +
	"- <DETAILS id=\"own\"><summary>In a list</summary>\n\n  text\n\n  </DETAILS>\n"

func TestDetails(t *testing.T) {
	doc, list := home(t, collapsible)
	if len(list) > 0 {
		t.Fatal(report(list))
	}
	got := unfolded(doc.Body)
	for _, want := range []string{
		"<p>Before.</p>\n{details-the-figures--more The <b>figures</b> &amp; more false}<p>Inside <em>it</em>.</p>\n<h3 id=\"deep\">",
		"</ul>\n{details-inner Inner true}<aside class=\"callout callout-note\"", "</aside>\n{end}<p>More.</p>\n{end}<p>After.</p>\n",
		"<li>\n{own In a list false}<p>text</p>\n{end}</li>",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	for _, id := range []string{"details-inner", "own", "deep"} {
		if !doc.HasAnchor(id) {
			t.Errorf("no anchor %s", id)
		}
	}
	for _, h := range doc.Headings {
		if h.Folded != (h.ID == "deep") {
			t.Errorf("heading %s is folded: %v", h.ID, h.Folded)
		}
	}
	if got := strings.Join(doc.Needs, " "); got != "details" {
		t.Errorf("needs %s", got)
	}
	var sections [][3]string
	doc.Sections(nil, func(s Section) { sections = append(sections, [3]string{s.ID, s.Heading, string(s.Text)}) })
	want := [][3]string{
		{"", "", ""}, {"a", "A", "Before. After."}, {"details-the-figures--more", "The figures & more", "Inside it."},
		{"details-inner", "Inner", "N x"}, {"deep", "Deep", "one More."}, {"b", "B", ""}, {"own", "In a list", "text"},
	}
	if diff := cmp.Diff(want, sections); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// What is written in another way is the author's own HTML, as it was.
func TestOtherDetails(t *testing.T) {
	for text, want := range map[string]string{
		"<details class=\"x\">\n<summary>S</summary>\n\ntext\n\n</details>\n": "<details class=\"x\">\n<summary>S</summary>\n<p>text</p>\n</details>\n",
		"<details>\n<summary>S</summary>\n<p>text</p>\n</details>\n":          "<details>\n<summary>S</summary>\n<p>text</p>\n</details>\n",
		"<details>\n<summary>S</summary>\n\ntext\n\n</details> and more\n":    "<details>\n<summary>S</summary>\n<p>text</p>\n</details> and more\n",
		"</details>\n\n<details>\n<summary>S</summary>\n\ntext\n":             "\n<details>\n<summary>S</summary>\n<p>text</p>\n</details>",
	} {
		doc, _ := home(t, text)
		if got := unfolded(doc.Body); got != want {
			t.Errorf("%q\ngot  %q\nwant %q", text, got, want)
		}
	}
}

func TestDetailsFaults(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"no empty line", "- <details>\n  <summary>S</summary>\n  some *text*\n\n  </details>\n", "page.md:6:3: warning: text that is not read as Markdown\n    leave an empty line below the summary"},
		{"no title", "<details>\n<summary> </summary>\n\nx\n\n</details>\n", "page.md:5:10: a <details> without a title\n    write between <summary> and </summary> what is to be found inside"},
		{"id twice", "## A {#a}\n\n<details id=\"b\">\n<summary>S</summary>\n\nx\n\n</details>\n\n## B {#b}\n", "page.md:13:8: the id \"b\" is used twice: first at line 6\n    an id names one place of the page"},
		{"id of the frame", "<details id=\"main\"><summary>S</summary>\n\nx\n\n</details>\n", "page.md:4:14: the id \"main\" belongs to the page's frame\n    choose another one"},
		{"not closed", "<details>\n<summary>S</summary>\n\nx\n", "page.md:4:1: warning: <details> is not closed\n    it is closed where its block ends; write </details>"},
		{"a question inside", "<details>\n<summary>S</summary>\n\n" + good + "\n</details>\n", "page.md:7:6: a quiz inside of another block\n    move its heading out of the list or quotation"},
		{"as a fence", "```details S\nx\n```\n", "page.md:4:4: a details is no fenced block\n    it is written <details>, <summary>Title</summary> below it, an empty line, text, an empty line, </details>"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, list := home(t, tt.text)
			if got := report(list); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
			if _, list := parse(t, Options{Guest: true}, tt.text); list.HasErrors() {
				t.Errorf("errors for a guest:\n%s", report(list))
			}
		})
	}
}
