package practice

import (
	"strings"
	"testing"

	"playbook/generator/internal/markdown"
)

func body(html string) markdown.Body { return markdown.Body{{HTML: []byte(html)}} }

func TestPlainText(t *testing.T) {
	for html, want := range map[string]string{
		"<p>One <b>two</b> three.</p>\n<p>Four</p>":                       "One two three.\n\nFour",
		"<p>价格<em>还行</em>。</p>":                                           "价格还行。",
		"<ul>\n<li>a</li>\n<li>b &lt; c</li>\n</ul>":                      "- a\n- b < c",
		"<p>a<br>\nb</p>":                                                 "a\nb",
		"<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>": "a b\nc",
		"<pre><code>x = 1\n  y\n</code></pre>":                            "x = 1\n  y",
	} {
		if got, plain := plainText(body(html)); got != want || !plain {
			t.Errorf("%s: %q, %t; want %q", html, got, plain, want)
		}
	}
	if _, plain := plainText(markdown.Body{{Link: &markdown.Link{Image: true}}}); plain {
		t.Error("a picture is no text")
	}
}

func item(place int, html string) markdown.Item { return markdown.Item{Place: place, Text: body(html)} }

var asked = []*markdown.Quiz{
	{ID: "one", Kind: "choice", Points: 1, Tags: []string{"closing"}, Title: body("Which {one}: a = b?"), Prompt: body("<p>A ~ B</p>\n<p>#1</p>"), Why: body("<p>So.</p>"),
		Task: &markdown.Choice{Options: []markdown.Option{{Text: body("Yes"), Correct: true, Feedback: body("<p>Right: \\ it is.</p>")}, {Text: body("%50% off")}}}},
	{ID: "many", Kind: "multiple", Points: 2, Title: body("哪些？"), Task: &markdown.Choice{Options: []markdown.Option{{Text: body("甲"), Correct: true}, {Text: body("乙"), Correct: true}, {Text: body("丙")}}}},
	{ID: "number", Kind: "numeric", Points: 1, Title: body("How much?"), Task: &markdown.Numeric{Value: 4, Tolerance: .2, Text: "4.0", Unit: "x",
		Wrong: []markdown.WrongNumber{{Numeric: markdown.Numeric{Value: 3, Text: "3"}, Feedback: body("<p>The cost is left out.</p>")}}}},
	{ID: "gap", Kind: "gaps", Points: 1, Title: body("Fill in"), Task: &markdown.Gaps{Text: body("<p>An (1) question</p>"), Gaps: [][]string{{"implication", "I"}}}},
	{ID: "gaps", Kind: "gaps", Points: 1, Title: body("Fill in"), Task: &markdown.Gaps{Text: body("<p>(1) and (2)</p>"), Gaps: [][]string{{"a"}, {"b"}}}},
	{ID: "word", Kind: "text", Points: 1, Title: body("Who?"), Task: &markdown.Text{Options: []markdown.Option{{Text: body("VITO"), Plain: "VITO", Correct: true}, {Text: body("Seymour"), Plain: "Seymour", Feedback: body("<p>No.</p>")}}}},
	{ID: "rank", Kind: "order", Points: 1, Title: body("Order"), Task: &markdown.Order{Items: []markdown.Item{item(1, "a"), item(2, "b")}, Shuffled: []markdown.Item{item(2, "b"), item(1, "a")}}},
	{ID: "turns", Kind: "spot", Points: 1, Title: body("Label"), Task: &markdown.Spot{Labels: []markdown.Label{{ID: "s", Text: "Situation"}, {ID: "p", Text: "Problem"}},
		Turns: []markdown.Turn{{Speaker: "Rep", Text: body("How many?"), N: 1, Accept: []markdown.Label{{ID: "s"}}}, {Speaker: "Buyer", Text: body("Two.")}}}},
	{ID: "either", Kind: "sort", Points: 1, Title: body("Sort"), Task: &markdown.Sort{Groups: []string{"x", "y"}, Shuffled: []markdown.SortItem{{Item: item(1, "z"), Groups: []int{0, 1}}}}},
	{ID: "vote", Kind: "poll", Title: body("What?"), Task: &markdown.Poll{}},
	{ID: "drawn", Kind: "choice", Points: 1, Title: body("See"), Prompt: markdown.Body{{Link: &markdown.Link{Image: true}}}, Task: &markdown.Choice{Options: []markdown.Option{{Text: body("a"), Correct: true}}}},
	{ID: "think", Kind: "reflect", Title: body("Write"), Task: &markdown.Reflect{Model: body("<p>Thus.</p>")}},
}

func all() (all []*Question) {
	for _, q := range asked {
		all = append(all, New(q, "part/first"))
	}
	return all
}

func names(left []Left) string {
	var b strings.Builder
	for _, l := range left {
		b.WriteString(l.ID + ": " + l.Why + "\n")
	}
	return b.String()
}

func TestGIFT(t *testing.T) {
	const want = `$CATEGORY: part/first

// [id:one] [tag:closing]
::one::[plain]Which \{one\}\: a \= b?\n\nA \~ B\n\n\#1 {
	=Yes #Right\: \\ it is.
	~％50% off
	####So.
}

// [id:many]
::many::[plain]哪些？ {
	~%50%甲
	~%50%乙
	~%-50%丙
}

// [id:number]
::number::[plain]How much? (x) {#
	=4:0.2
	=%0%3:0 #The cost is left out.
}

// [id:gap]
::gap::[plain]Fill in\n\nAn (1) question {
	=implication
	=I
}

// [id:word]
::word::[plain]Who? {
	=VITO
	=%0%Seymour #No.
}

// [id:rank]
::rank::[plain]Order {
	=1. -> a
	=2. -> b
}

// [id:turns]
::turns::[plain]Label\n\n1. Rep\: How many?\nBuyer\: Two. {
	=1. Rep\: How many? -> Situation
	= -> Problem
}

// [id:think]
::think::[plain]Write {
	####Thus.
}

`
	got, left := GIFT(all())
	if got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
	const wantLeft = "gaps: GIFT knows one gap\neither: several answers are right for a part of it\nvote: GIFT has no such question\ndrawn: it has a picture\n"
	if names(left) != wantLeft {
		t.Errorf("left out:\n%s", names(left))
	}
}

func TestAnki(t *testing.T) {
	const want = "#separator:tab\n#html:true\n#notetype:Basic\n#deck:Demo\n#columns:Identity\tFront\tBack\tTags\n#guid column:1\n#tags column:4\n" +
		"demo/one\tWhich {one}: a = b?<br><br>A ~ B<br><br>#1<br><br>☐ Yes<br>☐ %50% off\tYes – Right: \\ it is.<br><br>So.\tpart::first closing\n" +
		"demo/many\t哪些？<br><br>☐ 甲<br>☐ 乙<br>☐ 丙\t甲<br>乙\tpart::first\n" +
		"demo/number\tHow much? (x)\t4.0 ± 0.2 x\tpart::first\n" +
		"demo/gap\tFill in<br><br>An (1) question\t(1) implication / I\tpart::first\n" +
		"demo/gaps\tFill in<br><br>(1) and (2)\t(1) a<br>(2) b\tpart::first\n" +
		"demo/word\tWho?\tVITO\tpart::first\n" +
		"demo/rank\tOrder<br><br>☐ b<br>☐ a\t1. a<br>2. b\tpart::first\n" +
		"demo/turns\tLabel<br><br>1. Rep: How many?<br>Buyer: Two.<br><br>☐ Situation<br>☐ Problem\t1. Rep: How many? → Situation\tpart::first\n" +
		"demo/either\tSort<br><br>• z<br><br>☐ x<br>☐ y\tz → x / y\tpart::first\n" +
		"demo/think\tWrite\tThus.\tpart::first\n"
	got, left := Anki(all(), "demo", "Demo")
	if got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
	if names(left) != "vote: it has no answer for a card\ndrawn: it has a picture\n" {
		t.Errorf("left out:\n%s", names(left))
	}
}
