package markdown

import (
	"regexp"
	"strings"
	"testing"
)

// What other generators' signs become in a guest's text: HTML without the tags of
// paragraphs and callouts, and what is reported.
func TestForeign(t *testing.T) {
	callout := func(kind, title, text string) string {
		return "[" + kind + ": " + title + "]" + text + "[/]"
	}
	for _, c := range []struct{ name, text, want, report string }{
		{"container", "::: warning Mind it\nText.\n\n- a\n:::\nAfter.\n", callout("warning", "Mind it", "Text.-a") + "After.", ""},
		{"container without a title", ":::tip\nText.\n:::\n", callout("tip", "Tip", "Text."), ""},
		{"title in brackets", ":::note[Own]\nText.\n:::\n", callout("note", "Own", "Text."), ""},
		{"nested", ":::: note\n::: tip\nIn.\n:::\nOut.\n::::\n", callout("note", "Note", callout("tip", "Tip", "In.")+"Out."), ""},
		{"never closed", "::: tip\nText.\n", "::: tip\nText.", ""},
		{"unknown container", "::: columns\nText.\n:::\n", "Text.", "::: columns"},
		{"closed in code", "::: tip\n~~~\n:::\n~~~\nText.\n:::\n", callout("tip", "Tip", "\n:::Text."), ""},
		{"admonition", "!!! danger \"Look\"\n    One.\n\n    Two.\n\nAfter.\n", callout("caution", "Look", "One.Two.") + "After.", ""},
		{"folded", "??? info\n    One.\n", callout("note", "Note", "One."), ""},
		{"docsify", "!> Mind **this**\nand this.\n\nAfter.\n", callout("important", "Important", "Mind this\nand this.") + "After.", ""},
		{"no docsify", "!>x\n", "!&gt;x", ""},
		{"hint", "{% hint style=\"danger\" %}\nText.\n{% endhint %}\n", callout("caution", "Caution", "Text."), ""},
		{"notice", "{{% notice tip \"Own title\" %}}\nText.\n{{% /notice %}}\n", callout("tip", "Own title", "Text."), ""},
		{"same inside", "{{< details \"A\" >}}\n{{< details \"B\" >}}\nX\n{{< /details >}}\n{{< /details >}}\n", callout("note", "A", callout("note", "B", "X")), ""},
		{"tabs", "{{< tabs >}}\n{{< tab \"One\" >}}\nA.\n{{< /tab >}}\n{{< tab header=\"Two\" >}}\nB.\n{{< /tab >}}\n{{< /tabs >}}\n", callout("note", "One", "A.") + callout("note", "Two", "B."), ""},
		{"GitBook's tabs", "{% tabs %}\n{% tab title=\"One\" %}\nA.\n{% endtab %}\n{% endtabs %}\n", callout("note", "One", "A."), ""},
		{"comment", "{% comment %}\nHidden `{{< my >}}`.\n{% endcomment %}\nShown.\n", "Shown.", ""},
		{"kinds of Obsidian", "> [!info] Own\n> Text.\n", callout("note", "Own", "Text."), ""},
		{"unknown tag", "A \"quoted\" {{< my \"tag\" >}}.\n", "A “quoted” {{&lt; my &quot;tag&quot; &gt;}}.", "{{< my >}}"},
		{"variable", "Since {{ site.version }}.\n", "Since {{ site.version }}.", "{{ }}"},
		{"attributes", "Text {: .big}\n", "Text", ""},
		{"attributes of MkDocs", "[a](b.md){ .md-button target=_blank } and {.x}\n\n## T { .y }\n", "a<b.md> and \nT#", ""},
		{"anchor", "Text {: #part .x}\n", "Text", ""},
		{"no attributes", "a {k=v} {.} {# x\n", "a {k=v} {.} {# x", ""},
		{"content tabs", "=== \"Note: one\"\n\n    A.\n\n=== \"Two\"\n\n    B.\n", callout("note", "Note: one", "A.") + callout("note", "Two", "B."), ""},
		{"own kind", "!!! classic \"Own\"\n    A.\n", callout("note", "Own", "A."), ""},
		{"one line", "{{% alert title=\"T\" %}}Text.{{% /alert %}}\n\nAfter.\n", callout("note", "T", "Text.") + "After.", ""},
		{"code", "{{< highlight sh >}}\n# no title\n{{< /highlight >}}\n", "# no title", ""},
		{"code in tabs", "{{< tabpane >}}\n{{< tab header=\"One\" >}}\n# no title\n**x**\n{{< /tab >}}\n{{< /tabpane >}}\n", callout("note", "One", "\n# no title\n**x**"), ""},
		{"text in tabs", "{{< tabpane text=true >}}\n{{< tab header=\"One\" >}}\n**x**\n{{< /tab >}}\n{{< /tabpane >}}\n", callout("note", "One", "\nx"), ""},
		{"raw", "{% raw %}{{ x }}{% endraw %}\n", "{{ x }}", "{{ }}"},
		{"comments", "a %%no\nmore%% b {# no #} c {/* no */} d 5%% e%%\n\n%%\nno\n\nno\n%%\nEnd.\n", "a  b  c  d 5%% e%%\nEnd.", ""},
		{"marked", "a ==b c== d == e ==\n", "a b c d == e ==", ""},
		{"name of a paragraph", "Text. ^abc-1\n", "Text.", ""},
		{"id of docsify", "## Title :id=part\n", "Title #", ""},
		{"wiki in a table", "| a |\n|---|\n| [[b\\|c]] |\n", "a\nc<b>", ""},
		{"signs of MkDocs", "--8<-- \"a.md\"\n\n:material-check: b\n\n*[CRM]: Records\n", "--8&lt;-- &quot;a.md&quot;\n:material-check: b\n*[CRM]: Records", "--8<-- :icon: *[abbreviation]:"},
		{"wiki dates", "[[2024-01-01]]\n", "2024-01-01<2024-01-01>", ""},
		{"embedded page", "![[Other page]]\n", "Other page<Other page>", "![[ ]]"},
		{"components", "<Tabs>\n<TabItem value=\"a\" label=\"One\">\n\nA **b**.\n\n</TabItem>\n</Tabs>\n\n<Grid cols={2}>\nText.\n</Grid>\n", callout("note", "One", "A b.") + "Text.", "<Grid>"},
		{"components in text", "A <Chip label={\"x\"} /> and <Name>.\n", "A &lt;Chip label={&quot;x&quot;} /&gt; and &lt;Name>.", "<Chip>"},
		{"tag in code", "`{{< my >}}`\n", "{{&lt; my &gt;}}", ""},
		{"plain braces", "a {b} {c: d}\n", "a {b} {c: d}", ""},
		{"link by tag", "[t]({{< ref \"x y.md\" >}}#part) [u]({% page \"/x\" %}) [v]({{ site.baseurl }}/x)\n", "t<x y.md#part> u</x> v</x>", ""},
		{"link by another tag", "[t]({{< my >}})\n", "[t]({{&lt; my &gt;}})", "{{< my >}}"},
		{"wiki", "[[A page]], [[a#b|text]], [[1]], [[x]](y), a[[0]]\n", "A page<A page>, text<a#b>, [[1]], [x]<y>, a[[0]]", ""},
		{"diagram", "```plantuml\ngraph\n```\n", "graph", "```plantuml"},
		{"diagram of another kind", "```mermaid\ngantt\n```\n", "gantt", "gantt"},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc, diags := parse(t, Options{Guest: true, Language: Language{Quotes: [4]string{"“", "”", "‘", "’"}}}, c.text)
			var b strings.Builder
			for _, p := range doc.Body {
				switch {
				case p.Link != nil:
					b.WriteString("\x01" + p.Link.Dest + "\x02")
				default:
					b.Write(p.HTML)
				}
			}
			if got := shortForm(b.String()); got != c.want {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
			var keys []string
			for _, d := range diags {
				keys = append(keys, d.Key)
			}
			if got := strings.Join(keys, " "); got != c.report {
				t.Errorf("reported %q, want %q", got, c.report)
			}
		})
	}
}

func FuzzForeign(f *testing.F) {
	for _, s := range []string{"::: tip\nx\n:::\n", "!!! note\n    x\n", "{{< a >}}", "[t]({{< ref \"x\" >}})", "[[a|b]]", "!> x", "---\ndraft: [\n---\n", "+++\na = [\n+++\n", "{\"a\": 1}\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		_, diags := parse(t, Options{Guest: true}, text)
		if diags.HasErrors() {
			t.Errorf("a guest has errors: %v", diags)
		}
	})
}

// shortForm is HTML with callouts as [kind: title]text[/], links as text<address> and
// no other tags.
func shortForm(html string) string {
	r := regexp.MustCompile(`(?s)<(?:aside|details) class="callout callout-(\w+)"[^>]*>\n<(?:p|summary) class="callout-title">(?:<svg.*?</svg>)?<span>(?:<span class="callout-kind">.*?</span>)?(.*?)</span></(?:p|summary)>`)
	html = r.ReplaceAllString(html, "[$1: $2]")
	html = regexp.MustCompile(`</(?:aside|details)>`).ReplaceAllString(html, "[/]")
	html = regexp.MustCompile(`(?s)<a href="\x01([^\x02]*)\x02"[^>]*>(.*?)</a>`).ReplaceAllString(html, "$2\x01$1\x02")
	html = regexp.MustCompile(`<li>`).ReplaceAllString(html, "-")
	html = regexp.MustCompile(`<[^>]*>`).ReplaceAllString(html, "")
	html = strings.NewReplacer("\x01", "<", "\x02", ">").Replace(html)
	return strings.TrimSpace(regexp.MustCompile(`\n+(\[|-|$)|(\.|\]|:)\n+([A-Z])`).ReplaceAllString(regexp.MustCompile(`\n\n+`).ReplaceAllString(html, "\n"), "$1$2$3"))
}
