package markdown

import (
	"strings"
	"testing"
)

// good is a quiz to be spoilt.
const good = "## Q <!-- q: q-1 -->\n\n- [x] a\n  > yes\n- [ ] b\n  > no\n"

// faults: a text at home, behind a front matter of three lines, and what is said
// of it, exactly.
var faults = []struct{ name, text, want string }{
	{"nothing wrong", "## A {#a}\n\n[x](y.md)\n\n" + good, ""},

	{"heading/first level", "# T\n",
		"page.md:4:1: a heading of the first level in the text\n    the page's title is the title of the front matter; begin sections with ##"},
	{"heading/level left out", "## A\n\n#### B\n",
		"page.md:6:1: warning: a heading of level 4 follows one of level 2\n    readers who listen to the page find their way by the levels"},
	{"heading/id twice", "## A {#x}\n\n## 价值 {#x}\n",
		"page.md:6:9: the id \"x\" is used twice: first at line 4\n    an id names one place of the page"},
	{"heading/id of the frame", "## A {#main}\n",
		"page.md:4:8: the id \"main\" belongs to the page's frame\n    choose another one"},

	{"image/no alt", "价值 ![](x.png)\n",
		"page.md:4:4: warning: the image has no text alternative\n    write what it shows between the brackets: ![…](…)"},

	{"callout/unknown", "> [!FLGA] x\n> y\n", "page.md:4:5: unknown callout \"FLGA\"\n    did you mean [!FLAG]?"},
	{"callout/unknown, nothing near", "- > [!POEM]\n  > y\n",
		"page.md:4:7: unknown callout \"POEM\"\n    the kinds are: BELL, CAUTION, COMPLIANCE, CREDIT, EXAMPLE, FLAG, IMPORTANT, NOTE, OUTSIDE, RECONSTRUCTED, SOURCE, TIP, TRY, WARNING"},

	{"block/misspelt calculator", "```calculater value-equation\nyears: 1\n```\n",
		"page.md:4:4: unknown block \"calculater\"\n    did you mean \"calculator value-equation\"?"},
	{"block/misspelt figure", "> ~~~ figur\n> ~~~\n", "page.md:4:7: unknown block \"figur\"\n    did you mean \"figure\"?"},
	{"block/no fence", "```quiz\nx\n```\n\n```callout x\n```\n",
		"page.md:4:4: a quiz is no fenced block\n    it is written as a heading with a comment: ### Title <!-- q: ID -->\n" +
			"page.md:8:4: a callout is no fenced block\n    it is written as a quotation: > [!NOTE] Title"},
	{"block/other language", "```dot\nx\n```\n", ""},
	{"diagram/other kind", "```mermaid\ngantt\n title x\n```\n", "page.md:4:4: warning: a diagram of the kind \"gantt\" is shown as its text\n    flowcharts and sequence diagrams are drawn; any other can be an image"},
	{"diagram/fault", "> ```mermaid\n> graph TD\n> 价 --> B C\n> ```\n", "page.md:6:11: warning: an arrow such as --> or the end of the line is missing before \"C\"\n    until then the diagram is shown as its text"},
	{"diagram/drawn", "```mermaid\ngraph TD\n  a --> b\n  style a fill:#f00\n```\n", ""},

	{"calculator/no id", "```calculator\n```\n",
		"page.md:4:4: a calculator without an id\n    write ```calculator ID, such as ```calculator value-equation"},
	{"calculator/value", "> ```calculator c\n> years: 1\n> quota: [1, 2]\n> ```\n", "page.md:6:10: \"quota\" must be a text or a number"},
	{"calculator/field twice", "```calculator c\na: 1\na: 2\n```\n", "page.md:6:1: key \"a\" is given twice"},
	{"calculator/no keys", "```calculator c\njust text\n```\n", "page.md:5:1: a calculator is written as keys with values"},

	{"figure/unknown kind", "```figure balanse\n```\n",
		"page.md:4:11: unknown figure \"balanse\" (did you mean \"balance\"?)…"},
	{"block/misspelt path", "```paths id\n```\n", "page.md:4:4: unknown block \"paths\"\n    did you mean \"path id\"?"},
	{"block/another language's", "```math\nx\n```\n\n```patch\n```\n", ""},
	{"block/fence without an end", "Text\n\n```figure chain\ncaption: A\n\n## More\n", "page.md:6:1: a fence that does not end\n    write the same fence on a line of its own behind it; until then all that follows is part of it"},
	{"block/fence of another length", "> ````figure chain\n> ```\n\ntext\n", "page.md:4:3: a fence that does not end…"},
	{"block/fences that end", "- ~~~ x\n  ~~\n  ~~~~\n\n> ```\n> ```   \n", ""},
	{"figure/nothing in it", "- ```figure chain\n  ```", "page.md:5:1: missing key \"caption\"…"},
	{"figure/no alt", "- ```figure chain\n  caption: C\n  items: [{label: a}, {label: b}]\n  ```\n",
		"page.md:5:3: missing key \"alt\"\n    tell a reader who does not see the picture what it says"},

	{"html/unknown", "Clone <REPO> and 价值 <NAME>.\n",
		"page.md:4:7: warning: <repo> is no element of HTML; it is shown as text\n    write &lt;repo> or `<repo>` for text that looks like a tag\n" +
			"page.md:4:21: warning: <name> is no element of HTML; it is shown as text\n    write &lt;name> or `<name>` for text that looks like a tag"},
	{"html/not closed", "<div>\n\ntext\n", "page.md:4:1: warning: <div> is not closed\n    it is closed where its block ends; write </div>"},
	{"html/closes nothing", "text</b>\n", "page.md:4:5: warning: </b> closes nothing"},

	{"quiz/comment outside of a heading", "<!-- q: a -->\n\ntext <!-- q: b -->\n",
		"page.md:4:1: a quiz comment outside of a heading\n    write it at the end of the heading: ### Title <!-- q: ID -->\n" +
			"page.md:6:6: a quiz comment outside of a heading\n    write it at the end of the heading: ### Title <!-- q: ID -->"},
	{"quiz/inside of a list", "- ## Q <!-- q: a -->\n", "page.md:4:8: a quiz inside of another block\n    move its heading out of the list or quotation"},
	{"quiz/no id", "## Q <!-- q: points=2 -->\n\n- [x] a\n  > y\n- [ ] b\n  > n\n",
		"page.md:4:6: a quiz without an id\n    write <!-- q: ID -->; readers' scores are kept by the id"},
	{"quiz/no id at all", strings.Replace(good, " q-1", "", 1),
		"page.md:4:6: a quiz without an id\n    write <!-- q: ID -->; readers' scores are kept by the id"},
	{"quiz/malformed id", strings.Replace(good, "q-1", "Q_1", 1),
		"page.md:4:14: malformed quiz id \"Q_1\"\n    an id is lower case: letters, digits and single hyphens, such as close-01"},
	{"quiz/unknown key", strings.Replace(good, "q-1", "q-1 point=2", 1),
		"page.md:4:18: unknown key \"point\" in the quiz's heading\n    did you mean \"points\"?"},
	{"quiz/points", strings.Replace(good, "q-1", "q-1 points=0", 1),
		"page.md:4:18: points must be a whole number from 1 to 100, not \"0\""},
	{"quiz/unknown type", strings.Replace(good, "q-1", "q-1 type=chioce", 1),
		"page.md:4:18: unknown type of quiz \"chioce\"\n    did you mean \"choice\"?"},
	{"quiz/unexpected word", strings.Replace(good, "q-1", "q-1 two", 1),
		"page.md:4:18: unexpected \"two\" in the quiz's heading\n    behind the id stand points=, tags=, type=, order= and minutes="},
	{"quiz/no answers", "## Q <!-- q: q-1 -->\n\ntext\n\n## Next\n",
		"page.md:4:14: quiz \"q-1\" has no answers\n    write a task list, **Answer:** with a number, a table of two columns or a numbered list"},
	{"quiz/typed without answers", "## Q <!-- q: q-1 type=match -->\n",
		"page.md:4:14: quiz \"q-1\" has no answers\n    write a table of two columns"},
	{"quiz/no right answer", strings.Replace(good, "[x]", "[ ]", 1),
		"page.md:4:14: quiz \"q-1\" has no right answer\n    mark it with [x]"},
	{"quiz/two right, typed choice", strings.Replace(strings.Replace(good, "[ ]", "[x]", 1), "q-1", "q-1 type=choice", 1),
		"page.md:4:14: quiz \"q-1\" has 2 right answers, but its type is choice\n    mark one with [x], or write type=multiple"},
	{"quiz/single option", "## Q <!-- q: q-1 -->\n\n- [x] a\n  > yes\n",
		"page.md:4:14: quiz \"q-1\" has a single option\n    add a wrong one"},
	{"quiz/no feedback", strings.Replace(good, "  > no\n", "", 1),
		"page.md:8:1: warning: an option without feedback\n    quote it under the option: > Because …"},
	{"quiz/option without box", good + "- c\n  > no\n",
		"page.md:10:1: an option without a box\n    begin it with [x] if it is right, with [ ] if it is wrong"},
	{"quiz/option of two blocks", strings.Replace(good, "  > no\n", "  > no\n\n  more\n", 1),
		"page.md:11:3: an answer is one paragraph\n    quote its feedback under it, with >"},
	{"quiz/text behind the answers", good + "\nMore text.\n\n**Why:** so.\n",
		"page.md:11:1: text behind the answers of quiz \"q-1\"\n    a quiz runs to the next heading of its level or higher: write **Hint:** or **Why:** before the text, or begin a new section"},
	{"quiz/answer in a choice", good + "\n**Answer:** 4\n",
		"page.md:11:1: **Answer:** in a quiz of the type choice\n    it belongs to a quiz of the type numeric"},

	{"numeric/no number", "## Q <!-- q: n -->\n\n**Answer:** about four\n",
		"page.md:6:13: the answer of quiz \"n\": this is no number: \"about four\"\n    write a number, a tolerance if there is one, and a unit: 4.0 ± 0.2 x"},
	{"numeric/too large", "## 题 <!-- q: n -->\n\n**答案：**1e999\n",
		"page.md:6:9: the answer of quiz \"n\": this is no number: \"1e999\"\n    write a number, a tolerance if there is one, and a unit: 4.0 ± 0.2 x"},
	{"numeric/empty", "## Q <!-- q: n -->\n\n**Answer:**\n",
		"page.md:6:1: the answer of quiz \"n\": there is none\n    write a number, a tolerance if there is one, and a unit: 4.0 ± 0.2 x"},
	{"numeric/tolerance", "## Q <!-- q: n -->\n\n**Answer:** 4 ± -1\n",
		"page.md:6:17: the answer of quiz \"n\": the tolerance is below 0\n    write a number, a tolerance if there is one, and a unit: 4.0 ± 0.2 x"},

	{"match/empty cell", "## Q <!-- q: m -->\n\n|a|b|\n|-|-|\n|1||\n|2|x|\n",
		"page.md:8:1: an empty cell in quiz \"m\"\n    every row is a pair"},
	{"match/the same twice", "## Q <!-- q: m -->\n\n|a|b|\n|-|-|\n|1|x|\n|2|x|\n",
		"page.md:9:1: \"x\" stands twice in the right column\n    readers could not tell which of the two is meant"},
	{"match/one pair", "## Q <!-- q: m -->\n\n|a|b|\n|-|-|\n|1|x|\n", "page.md:4:14: quiz \"m\" needs two pairs or more"},
	{"order/one entry", "## Q <!-- q: o -->\n\n1. a\n", "page.md:4:14: quiz \"o\" has a single entry: there is nothing to put in order"},

	{"sort/no list", "## Q <!-- q: s type=sort -->\n\n1. a\n",
		"page.md:4:14: quiz \"s\" has no answers\n    write a nested list: the groups, and under each its items"},
	{"sort/groups", "## Q <!-- q: s type=sort -->\n\n- A\n  - x\n  - x\n- A\n- B\n\n  text\n\n  - y\n",
		"page.md:8:3: \"x\" stands twice under \"A\"\n" +
			"page.md:9:1: the group \"A\" stands twice\n    give each group a name of its own\n" +
			"page.md:12:3: a group is one line with a list under it\n    write the group's name, and its items as a list under it"},
	{"sort/no items", "## Q <!-- q: s type=sort -->\n\n- A\n  - x\n- B\n",
		"page.md:4:14: quiz \"s\" has a single item: there is nothing to sort\n" +
			"page.md:8:1: the group \"B\" has no items\n    write its items as a list under it, indented"},
	{"sort/one group", "## Q <!-- q: s type=sort -->\n\n- A\n  - x\n  - y\n",
		"page.md:4:14: quiz \"s\" needs two groups or more"},
	{"poll/ticked", "## Q <!-- q: p type=poll points=2 -->\n\n- [x] a\n  > y\n- [ ] b\n",
		"page.md:4:14: the poll \"p\" reveals nothing\n    write **Why:** and what there is to say after the vote\n" +
			"page.md:4:26: a quiz of the type poll earns no points\n    take points= out\n" +
			"page.md:6:1: a ticked option in a quiz of the type poll\n    an opinion is neither right nor wrong: write [ ]\n" +
			"page.md:8:1: warning: an option without a remark\n    quote it under the option: > Many think so …"},
	{"poll/one option", "## Q <!-- q: p type=poll -->\n\n- [ ] a\n  > y\n\n**Why:** w\n",
		"page.md:4:14: quiz \"p\" has a single option\n    add another one"},
	{"reflect/no model", "## Q <!-- q: r type=reflect -->\n\nWrite.\n\n- [x] a\n",
		"page.md:4:14: quiz \"r\" has no model answer\n    write **Model:** and an answer that readers can hold theirs against\n" +
			"page.md:8:1: a ticked option in a quiz of the type reflect\n    readers tick what their answer has: write [ ]"},
	{"quiz/model in a choice", strings.Replace(good, "q-1", "q-1 type=choice", 1) + "\n**Model:** m\n",
		"page.md:11:1: **Model:** in a quiz of the type choice\n    it belongs to a quiz of the type reflect"},

	{"quiz/answers without a question", "## Q\n\n- [x] a\n  > y\n- [ ] b\n", "page.md:6:1: a list of answers with feedback, without a question\n    end the heading above it with the question's id: ### Title <!-- q: ID -->"},
	{"quiz/no id, feedback not indented", "- [x] a\n> y\n- [ ] b\n", "page.md:4:1: a list of answers with feedback, without a question\n    end the heading above it with the question's id: ### Title <!-- q: ID -->"},
	{"quiz/mistyped comment", "## Q <!-- quiz: x -->\n\n- [x] a\n  > y\n- [ ] b\n  > z\n\n## R <!-- Q y-1 -->\n\n- [x] a\n  > y\n- [ ] b\n  > z\n\n## S <!-- question of style --> <!-- quota: 3 -->\n\n- [ ] a list\n",
		"page.md:4:6: a question's comment that is not written as one: <!-- quiz: x \n    write <!-- q: ID -->\n" +
			"page.md:11:6: a question's comment that is not written as one: <!-- Q y-1 \n    write <!-- q: ID -->"},
	{"quiz/feedback not indented", "## Q <!-- q: x -->\n\nWhat?\n\n- [ ] a\n> no\n- [x] b\n> yes\n\n**Why:** w\n",
		"page.md:9:1: feedback that is not indented\n    indent it by two spaces, so that it belongs to the option above it\n" +
			"page.md:11:1: feedback that is not indented\n    indent it by two spaces, so that it belongs to the option above it"},
	{"quiz/table without dashes", "## Q <!-- q: x -->\n\n|a|b|\n|1|2|\n|3|4|\n",
		"page.md:6:1: a table without its line of dashes\n    write a line of dashes below its first row: |---|---|"},
	{"table/no line of dashes", "- | a | b |\n  | 1 | 2 |\n\n|x| = |y|\n\n|one row|\n", "page.md:4:3: a table without its line of dashes\n    write a line of dashes below its first row: |---|---|"},

	{"external/images and frames", "![a](https://a.example/x.png) ![b](HTTPS://A.example/y.png) [c](https://b.example/)\n\n<iframe src='//c.example/v'></iframe> <video poster=\"https://d.example/p.png\"></video>\n\n<img alt=\"\" srcset=\"x.png 1x, https://e.example:8080/x.png 2x\">\n",
		"page.md:4:6: warning: opening the page asks another host: a.example\n    put the file beside the text, or write a link to it: as it is, that host learns of each reader's visit\n" +
			"page.md:6:14: warning: opening the page asks another host: c.example\n    put the file beside the text, or write a link to it: as it is, that host learns of each reader's visit\n" +
			"page.md:6:54: warning: opening the page asks another host: d.example\n    put the file beside the text, or write a link to it: as it is, that host learns of each reader's visit\n" +
			"page.md:8:21: warning: opening the page asks another host: e.example:8080\n    put the file beside the text, or write a link to it: as it is, that host learns of each reader's visit"},
	{"external/scripts and styles", "<script src=\"https://a.example/x.js\"></script>\n\n<link rel=\"stylesheet\" href=\"//b.example/x.css\">\n\n<div style=\"background: url(//c.example/x.png)\">x</div>\n\n<style>\n@import \"https://d.example/x.css\"; a { color: red } // e.example\n</style>\n",
		"page.md:4:14: warning: opening the page asks another host: a.example\n    put the file beside the text, or write a link to it: as it is, that host learns of each reader's visit\n" +
			"page.md:6:30: warning: opening the page asks another host: b.example\n    put the file beside the text, or write a link to it: as it is, that host learns of each reader's visit\n" +
			"page.md:8:13: warning: opening the page asks another host: c.example\n    put the file beside the text, or write a link to it: as it is, that host learns of each reader's visit\n" +
			"page.md:10:8: warning: opening the page asks another host: d.example\n    put the file beside the text, or write a link to it: as it is, that host learns of each reader's visit"},
	{"external/none", "<a href=\"https://a.example/\">x</a> <img alt=\"\" src=\"x.png\"> <div style=\"color: red\">y</div> ![a](data:image/png;base64,//x)\n", ""},

	{"path/good", "```path new-rep\nmodules: [a/b]\n```\n", ""},
	{"path/no id", "```path\n```\n", "page.md:4:4: a path without an id\n    write ```path ID, such as ```path new-rep"},
	{"path/malformed", "```path New\nmodules: [a]\n```\n", "page.md:4:9: malformed path id \"New\"\n    an id is lower case: letters, digits and single hyphens"},
	{"path/twice", "```path p\nmodules: [a]\n```\n\n```path p\nmodules:\n- [b]\nmodule: x\n```\n",
		"page.md:8:9: the path \"p\" stands twice\n    give each path an id of its own\n" +
			"page.md:10:3: an entry of \"modules\" must be a text\n" +
			"page.md:11:1: unknown key \"module\" (did you mean \"modules\"?)\n    the keys here are modules"},

	{"size/links", "Text\n\n" + strings.Repeat("[a](", 3_001) + "\n",
		"page.md:6:1: more than 3000 links or tags without an empty line between them\n    cut the text into paragraphs with empty lines between them, or put it between ``` fences"},
	{"size/tags", strings.Repeat("a<b>\n", 3_001), "page.md:3004:1: more than 3000 links or tags…"},
	{"size/lists", strings.Repeat("- ", 61) + "a\n", "page.md:4:1: lists or quotations in each other, more than 60 deep…"},
	{"size/lists over lines", func() (s string) {
		for i := range 70 {
			s += strings.Repeat("  ", i) + "- a\n"
		}
		return s
	}(), "page.md:64:1: lists or quotations in each other, more than 60 deep…"},
	{"size/quotations", strings.Repeat(">", 61) + "a\n", "page.md:4:1: lists or quotations in each other, more than 60 deep…"},
	{"size/within", strings.Repeat("[a](#top) <b>x</b>\n\n", 3_001) + "```\n" + strings.Repeat("[[[", 3_000) + "\n" + strings.Repeat(" ", 200) + "- a\n```\n" + strings.Repeat("1. ", 20) + "a\n", ""},
	{"term/link", "[x](term:coach) and [the *y*](term:z-1)\n", ""},

	{"spot/no dialogue", "## Q <!-- q: s type=spot -->\n\n**Labels:** a = A | b = B\n\n1. a\n   > y\n",
		"page.md:4:14: quiz \"s\" has no dialogue\n    write it as a quotation, one turn a line: > **Name:** …"},
	{"spot/number of entries", "## Q <!-- q: s -->\n\n> **X:** 1\n> **Y:** 2\n> **X:** 3\n\n**Labels:** a = A | b = B\n\n1. a\n   > y\n",
		"page.md:12:1: the list of quiz \"s\" has 1 entry, but X speaks 2 times\n    one entry for each turn of the first speaker"},
	{"spot/label not declared", "## Q <!-- q: s -->\n\n> **X:** 1\n> **Y:** 2\n\n**Labels:** last-chance = A | b = B\n\n1. b | last-chanse\n   > y\n",
		"page.md:11:8: the label \"last-chanse\" is not declared\n    did you mean \"last-chance\"?"},
	{"spot/labels", "## Q <!-- q: s -->\n\n> **X:** 1\n> **Y:** 2\n\n**Labels:** a = A | a = B | C_c = C | d\n\n1. a\n   > y\n",
		"page.md:4:14: quiz \"s\" needs two labels or more\n    write **Labels:** id = Name | id = Name before the list\n" +
			"page.md:9:1: the label \"a\" is declared twice\n" +
			"page.md:9:1: malformed label \"C_c\"\n    an id is lower case: letters, digits and single hyphens\n" +
			"page.md:9:1: a label without a name: \"d\"\n    write **Labels:** id = Name | id = Name"},
	{"spot/no feedback", "## Q <!-- q: s -->\n\n> **X:** 1\n> **Y:** 2\n\n**Labels:** a = A | b = B\n\n1. a\n",
		"page.md:11:1: warning: a turn without feedback\n    quote it under the entry: > Because …"},
}

func TestFaults(t *testing.T) {
	seen := map[string]bool{}
	for _, tt := range faults {
		t.Run(tt.name, func(t *testing.T) {
			if seen[tt.name] {
				t.Fatal("two cases have this name")
			}
			seen[tt.name] = true
			_, list := home(t, tt.text)
			got := report(list)
			if start, open := strings.CutSuffix(tt.want, "…"); open && strings.HasPrefix(got, start) {
				got = tt.want // the rest is another package's
			}
			if got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
			// A guest's page must build.
			if _, list := parse(t, Options{Guest: true}, tt.text); list.HasErrors() {
				t.Errorf("errors for a guest:\n%s", report(list))
			}
		})
	}
}

// frontMatter: a whole file, and what is said of it.
var frontMatterFaults = []struct{ name, text, want, guest string }{
	{"none", "text\n", "page.md:1:1: there is no front matter\n    begin the file with:\n    ---\n    title: …\n    ---", ""},
	{"empty file", "", "page.md:1:1: there is no front matter\n    begin the file with:\n    ---\n    title: …\n    ---", ""},
	{"unclosed", "---\ntitle: T\n\ntext\n", "page.md:1:1: the front matter does not end\n    end it with a line \"---\" before the text", ""},
	{"unclosed at the end", "---", "page.md:1:1: the front matter does not end\n    end it with a line \"---\" before the text", ""},
	{"no title", "---\ndescription: 价值\n---\n", "page.md:2:1: missing key \"title\"\n    every page has a title", ""},
	{"title without value", "---\ntitle:\n---\n", "page.md:2:1: key \"title\" has no value\n    every page has a title", ""},
	{"nothing in it", "---\n---\n", "page.md:2:1: missing key \"title\"\n    every page has a title", ""},
	{"unknown key", "---\ntitle: 价\ntgas: [a]\n---\n",
		"page.md:3:1: unknown key \"tgas\" (did you mean \"tags\"?)\n    the keys here are title, description, systems, slides, keywords, minutes, tags, aliases, draft, date, updated, source, image and glossary",
		"page.md:3:7: warning: nobody reads the key \"tgas\" of the front matter"},
	{"key twice", "---\ntitle: a\ntitle: b\n---\n", "page.md:3:1: key \"title\" is given twice", "page.md:3:1: warning: key \"title\" is given twice"},
	{"wrong kind", "---\ntitle: [a]\nminutes: ten\ndraft: 1\n---\n",
		"page.md:2:1: key \"title\" has no value\n    every page has a title\n" +
			"page.md:2:8: \"title\" must be a text\n    put it in quotation marks when it has a colon or a bracket\n" +
			"page.md:3:10: \"minutes\" must be a number, not \"ten\"\n" +
			"page.md:4:8: \"draft\" must be true or false", "*"},
	{"minutes", "---\ntitle: a\nminutes: -3\n---\n", "page.md:3:10: \"minutes\" must be a whole number of at least 1", "*"},
	{"huge number", "---\ntitle: a\nminutes: 1e999\n---\n", "page.md:3:10: \"minutes\" is too large: \"1e999\"", "*"},
	{"colon", "---\ntitle: a: b\n---\n", "page.md:2:8: a colon in a text\n    put the text in quotation marks", "*"},
	{"a list", "---\n- a: b\n---\n", "page.md:2:1: the front matter is written as keys with values", "*"},
}

func TestFrontMatterFaults(t *testing.T) {
	for _, tt := range frontMatterFaults {
		t.Run(tt.name, func(t *testing.T) {
			_, list := parse(t, Options{}, tt.text)
			if got := report(list); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
			_, list = parse(t, Options{Guest: true}, tt.text)
			if list.HasErrors() || tt.guest != "*" && report(list) != tt.guest {
				t.Errorf("guest: got\n%s\nwant\n%s", report(list), tt.guest)
			}
		})
	}
}

func TestMeta(t *testing.T) {
	doc, list := parse(t, Options{}, "---\ntitle: 价值等式 # a comment\ndescription: \"a: b\"\nsystems: [S12, S13]\nslides: 24–26\nkeywords: [ROI, 嫌贵]\nminutes: 12\n"+
		"tags:\n  - needs\n  - value\naliases: /old/\ndraft: true\n---\n## A\n")
	if len(list) > 0 {
		t.Fatal(report(list))
	}
	m := doc.Meta
	if m.Title != "价值等式" || doc.Title != m.Title || m.Description != "a: b" || strings.Join(m.Systems, " ") != "S12 S13" || m.Slides != "24–26" ||
		m.Minutes != 12 || strings.Join(m.Tags, " ") != "needs value" || strings.Join(m.Keywords, " ") != "ROI 嫌贵" || len(m.Aliases) != 1 || m.Aliases[0].Address != "/old/" || !m.Draft {
		t.Errorf("%+v", m)
	}
	if p := m.Pos["minutes"]; p.Line != 7 || p.Col != 10 {
		t.Errorf("minutes at %v", p)
	}
	if h := doc.Headings[0]; h.Pos.Line != 14 || h.Pos.Col != 1 {
		t.Errorf("the heading at %v", h.Pos)
	}
}

// FuzzFrontMatter: never a panic, positions inside the file, and the text behind
// the front matter stays where it was.
func FuzzFrontMatter(f *testing.F) {
	for _, tt := range frontMatterFaults {
		f.Add(strings.TrimSuffix(strings.TrimPrefix(tt.text, "---\n"), "---\n"))
	}
	f.Add("a: &x [*x]\n")
	f.Add("? [\n: {")
	f.Add("e:\r\r\r\r:")
	parsers := []*Parser{New(Options{}), New(Options{Guest: true})}
	f.Fuzz(func(t *testing.T, text string) {
		for _, p := range parsers {
			file := fileOf("---\n" + text + "\n---\n## End\n")
			doc, list := p.Parse(file)
			inside(t, file.Data, list)
			if doc == nil {
				t.Fatal("no document")
			}
		}
	})
}
