package report

import (
	"encoding/csv"
	"encoding/json"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"playbook/calculators/chart"
	"playbook/calculators/form"
)

// english and chinese are small tables of words: enough for every rule.
var english = map[string]string{
	"format.decimal": ".", "format.group": ",", "format.minus": "−", "format.list": ", ",
	"format.money": "{currency} {n}", "format.percent": "{n}%", "format.currency.USD": "USD",
	"format.months": "January|February|March|April|May|June|July|August|September|October|November|December",
	"format.month":  "{name} {year}", "format.date": "{day} {name} {year}",
	"report.flag": "Red flag", "report.bell": "Little bell", "report.colon": ": ", "report.none": "–",
	"report.yes": "yes", "report.no": "no", "report.assumptions": "What this assumes", "report.as-table": "As a table", "report.numbers": "In numbers",
	"fault.max": "At most {max}", "fault.unknown": "No field {name}", "fault.unknown-closest": "No field {name}; {closest}?",
	"calc.x.weighs": "{what} weighs {amount}",
	"calc.x.months": "{n} {n?month|months}",
	"calc.x.link":   "Ask [{n} {n?question|questions} & more](module:questions/spin#ask) first",
	"calc.x.odd":    "[no link] {no} {n?one} } { [a](module:",
	"calc.x.name":   "Name", "calc.x.cost": "Cost", "calc.x.caption": "Costs & shares", "calc.x.alt": "One bar.", "calc.x.head": "Rows",
	"calc.x.kind.big": "big",
}

var chinese = map[string]string{
	"format.decimal": ".", "format.group": ",", "format.minus": "−", "format.list": "、",
	"format.money": "{n} {currency}", "format.percent": "{n}%", "format.currency.USD": "美元",
	"format.months": "一月|二月|三月|四月|五月|六月|七月|八月|九月|十月|十一月|十二月",
	"format.month":  "{year}年{month}月", "format.date": "{year}年{month}月{day}日",
}

func words(table map[string]string) *Words {
	return NewWords("x", func(key string) string { return table[key] }, func(module string) string {
		if module == "questions/spin" || module == "calculator:value-equation" {
			return "../spin/index.html?a&b"
		}
		return ""
	})
}

func TestFormat(t *testing.T) {
	german := map[string]string{"format.decimal": ",", "format.group": ".", "format.minus": "-", "format.money": "{n} {currency}"}
	tests := []struct {
		datum            Datum
		english, chinese string
		json, plain      string
	}{
		{Money(1_200_000, "USD"), "USD 12,000", "12,000 美元", "12000", "12000"},
		{Money(1_200_050, "USD"), "USD 12,000.50", "12,000.50 美元", "12000.5", "12000.5"},
		{Money(-950_000, "USD"), "USD −9,500", "−9,500 美元", "-9500", "-9500"},
		{Money(5, "XTS"), "XTS 0.05", "0.05 XTS", "0.05", "0.05"},
		{Money(100, ""), "1", "1", "1", "1"},
		{Count(0), "0", "0", "0", "0"},
		{Count(1_234_567), "1,234,567", "1,234,567", "1234567", "1234567"},
		{Fixed(21, 2), "0.21", "0.21", "0.21", "0.21"},
		{Fixed(1000, 3), "1.000", "1.000", "1", "1"},
		{Exact("1234567890123456789012.50"), "1,234,567,890,123,456,789,012.50", "1,234,567,890,123,456,789,012.50", "1234567890123456789012.5", "1234567890123456789012.5"},
		{Percent(800_000), "80%", "80%", "80", "80"},
		{Percent(333_333), "33.3333%", "33.3333%", "33.3333", "33.3333"},
		{Text("a <b>"), "a <b>", "a <b>", `"a \u003cb\u003e"`, "a <b>"},
		{Word("kind.big"), "big", "calc.x.kind.big", `"big"`, "big"},
		{Code("dont_buy"), "dont_buy", "dont_buy", `"dont_buy"`, "dont_buy"},
		{Currency("USD"), "USD", "美元", `"USD"`, "USD"},
		{Month(2027, 5), "May 2027", "2027年5月", `"2027-05"`, "2027-05"},
		{Date(2027, 7, 3), "3 July 2027", "2027年7月3日", `"2027-07-03"`, "2027-07-03"},
		{Date(2027, 12, 31), "31 December 2027", "2027年12月31日", `"2027-12-31"`, "2027-12-31"},
		{Bool(true), "yes", "report.yes", "true", "true"},
		{Bool(false), "no", "report.no", "false", "false"},
		{Null(), "–", "report.none", "null", ""},
		{Datum{}, "–", "report.none", "null", ""},
		{List(Count(6), Fixed(150, 2)), "6, 1.50", "6、1.50", "[6,1.5]", "6; 1.5"},
		{List(), "–", "report.none", "[]", ""},
	}
	for _, test := range tests {
		if got := words(english).Format(test.datum); got != test.english {
			t.Errorf("English: got %s, want %s", got, test.english)
		}
		if got := words(chinese).Format(test.datum); got != test.chinese {
			t.Errorf("Chinese: got %s, want %s", got, test.chinese)
		}
		if got := string(test.datum.json(nil)); got != test.json {
			t.Errorf("JSON: got %s, want %s", got, test.json)
		}
		if got := test.datum.plain(); got != test.plain {
			t.Errorf("plain: got %s, want %s", got, test.plain)
		}
	}
	if got, want := words(german).Format(Money(-123456789, "EUR")), "-1.234.567,89 EUR"; got != want {
		t.Errorf("other marks: got %s, want %s", got, want)
	}
}

func TestSay(t *testing.T) {
	n := func(i int64) Message { return Say("months").With("n", Count(i)) }
	link := Say("link").With("n", Count(2))
	tests := []struct {
		m           Message
		plain, html string
	}{
		{Say("weighs").With("what", Text("A <i> & 'b' {amount} [x](module:questions/spin)")).With("amount", Money(150, "USD")),
			"A <i> & 'b' {amount} [x](module:questions/spin) weighs USD 1.50",
			"A &lt;i&gt; &amp; &#39;b&#39; {amount} [x](module:questions/spin) weighs USD 1.50"},
		{n(0), "0 months", "0 months"},
		{n(1), "1 month", "1 month"},
		{n(2), "2 months", "2 months"},
		{Say("months").With("n", Fixed(100, 2)), "1.00 month", "1.00 month"},
		{link, "Ask 2 questions & more first",
			`Ask <a href="../spin/index.html?a&amp;b#ask">2 questions &amp; more</a> first`},
		{Say("odd").With("n", Count(1)), "[no link] {no} {n?one} } { [a](module:", "[no link] {no} {n?one} } { [a](module:"},
		{Say("missing"), "calc.x.missing", "calc.x.missing"},
		{Say("report.flag"), "Red flag", "Red flag"},
	}
	for _, test := range tests {
		if got := words(english).Say(test.m); got != test.plain {
			t.Errorf("plain: got %s, want %s", got, test.plain)
		}
		if got := words(english).SayHTML(test.m); got != test.html {
			t.Errorf("HTML: got %s, want %s", got, test.html)
		}
	}
	none := NewWords("x", func(key string) string { return english[key] }, nil)
	if got, want := none.SayHTML(link), "Ask 2 questions &amp; more first"; got != want {
		t.Errorf("without addresses: got %s, want %s", got, want)
	}
}

func TestFault(t *testing.T) {
	tests := []struct {
		fault form.Fault
		want  string
	}{
		{form.Fault{Key: "max", Args: []form.Arg{{Name: "max", Value: "1000000000000.5"}}}, "At most 1,000,000,000,000.5"},
		{form.Fault{Key: "unknown", Args: []form.Arg{{Name: "name", Value: "x"}, {Name: "closest", Value: ""}}}, "No field x"},
		{form.Fault{Key: "unknown", Args: []form.Arg{{Name: "name", Value: "x"}, {Name: "closest", Value: "y"}}}, "No field x; y?"},
	}
	for _, test := range tests {
		if got := words(english).Fault(test.fault); got != test.want {
			t.Errorf("got %s, want %s", got, test.want)
		}
	}
}

// sample has every kind of block.
func sample() *Result {
	weighs := Say("weighs").With("what", Text("<b>=1+1</b>")).With("amount", Money(250000, "USD"))
	big := Say("kind.big")
	return &Result{
		Values: []Value{
			{"total", Money(250000, "USD")}, {"kind", Word("kind.big")}, {"month", Null()}, {"text", Text(`"<&>` + "\n")},
		},
		Blocks: []Block{
			{Kind: Verdict, Sign: Flag, Text: []Message{weighs, Phrase("months", []Arg{{"n", Count(1)}})}},
			{Kind: Paragraph, Text: []Message{weighs}},
			{Kind: Note, Sign: Bell, Text: []Message{Phrase("link", []Arg{{"n", Count(1)}})}},
			{Kind: Heading, Text: []Message{Say("head")}},
			{Kind: Items, Text: []Message{big, big}},
			{Kind: Facts, Facts: []Fact{{Label: Say("cost"), Data: Money(250000, "USD"), Note: big}, {Label: Say("name"), Data: Null()}}},
			{Kind: TableOf, Table: &Table{
				Caption: Say("caption"),
				Columns: []Column{{Head: Say("name")}, {Head: Say("cost"), Numeric: true}, {Head: Say("head")}},
				Rows: [][]Cell{
					{{Data: Text("=SUM(A1)")}, {Data: Money(-250050, "")}, {Message: big, Sign: Flag}},
					{{Data: Text(`says "no", then`)}, {}, {Data: Bool(true)}},
				},
			}},
			{Kind: FigureOf, Figure: &Figure{Caption: Say("caption"), Alt: Say("alt"), Draw: func(w *Words) chart.Chart {
				return &chart.Bars{Items: []chart.BarItem{{Label: w.Say(big), Value: 3, Text: "3"}}}
			}}},
			{Kind: FigureOf, Figure: &Figure{Caption: Say("caption"), Alt: Say("alt"), CoveredByTable: true, Draw: func(w *Words) chart.Chart {
				return &chart.Bars{}
			}}},
			{Kind: Assumptions, Text: []Message{big}},
		},
	}
}

// folds writes blocks as letters, those that a page folds away in brackets.
func folds(blocks []BlockKind) string {
	r := &Result{}
	for _, kind := range blocks {
		switch kind {
		case TableOf:
			r.Table(Say("caption"), "name")
		case FigureOf:
			r.Figure(Say("caption"), Say("alt"), false, func(*Words) chart.Chart { return &chart.Bars{} })
		case Facts:
			r.Fact("big", 1)
		case Handoffs:
			r.Handoff("value-equation", Say("big"))
		default:
			r.Add(kind, NoSign, Say("big"))
		}
	}
	var b strings.Builder
	for _, line := range strings.Split(strings.TrimSpace(HTML(r, words(english))), "\n") {
		folded := strings.HasPrefix(line, `<details class="report-section`)
		if folded {
			b.WriteString("[")
		}
		if folded && regexp.MustCompile(`report-heading">(Costs|In numbers)`).MatchString(line) {
			_, line, _ = strings.Cut(line, "</summary>")
		}
		for _, mark := range regexp.MustCompile(`class="report-(heading|verdict|note|items|table|facts|figure|handoffs|assumptions)"|<datalist`).FindAllString(line, -1) {
			b.WriteString(map[string]string{
				`class="report-heading"`: "H", `class="report-verdict"`: "V", `class="report-note"`: "N", `class="report-table"`: "T", `class="report-items"`: "I", `class="report-facts"`: "D",
				`class="report-figure"`: "F", `class="report-handoffs"`: "L", `class="report-assumptions"`: "A", "<datalist": "S",
			}[mark])
		}
		if folded {
			b.WriteString("]")
		}
	}
	return b.String()
}

func TestHTML(t *testing.T) {
	got := HTML(sample(), words(english))
	for from := 0; ; { // the pictures are another package's
		i := strings.Index(got[from:], "<svg")
		if i < 0 {
			break
		}
		from += i
		end := strings.Index(got[from:], "</svg>") + len("</svg>")
		got = got[:from] + "SVG" + got[from+end:]
	}
	for {
		i := strings.Index(got, `<table class="figure`)
		if i < 0 {
			break
		}
		end := strings.Index(got[i:], "</table>") + len("</table>")
		got = got[:i] + "TABLE" + got[i+end:]
	}
	want := `<div class="report-verdict" data-sign="flag"><p class="report-answer">SVG <b class="sign-word">Red flag</b> <strong>&lt;b&gt;=1+1&lt;/b&gt; weighs USD 2,500</strong></p><p>1 month</p></div>
<p class="report-text">&lt;b&gt;=1+1&lt;/b&gt; weighs USD 2,500</p>
<div class="report-note" data-sign="bell"><p>SVG <b class="sign-word">Little bell</b> Ask <a href="../spin/index.html?a&amp;b#ask">1 question &amp; more</a> first</p></div>
<details class="report-section" open><summary><h3 class="report-heading">Rows</h3></summary><ul class="report-items"><li>big</li><li>big</li></ul></details>
<details class="report-section report-numbers"><summary><h3 class="report-heading">In numbers</h3></summary><dl class="report-facts"><div><dt>Cost</dt><dd class="num">USD 2,500</dd><dd class="report-remark">big</dd></div><div><dt>Name</dt><dd class="num">–</dd></div></dl></details>
<details class="report-section"><summary><h3 class="report-heading">Costs &amp; shares</h3></summary><div class="table-scroll" tabindex="0" role="region" aria-label="Costs &amp; shares"><table class="report-table"><caption>Costs &amp; shares</caption><thead><tr><th scope="col">Name</th><th scope="col" class="num">Cost</th><th scope="col">Rows</th></tr></thead><tbody><tr><th scope="row">=SUM(A1)</th><td class="num">−2,500.50</td><td>SVG <b class="sign-word">Red flag</b> big</td></tr><tr><th scope="row">says &quot;no&quot;, then</th><td class="num">–</td><td>yes</td></tr></tbody></table></div></details>
<figure class="report-figure">SVG<details class="figure-table"><summary>As a table</summary><div class="table-scroll" tabindex="0" role="region" aria-label="Costs &amp; shares">TABLE</div></details><figcaption>Costs &amp; shares</figcaption></figure>
<figure class="report-figure">SVG<details class="figure-table"><summary>As a table</summary><div class="table-scroll" tabindex="0" role="region" aria-label="Costs &amp; shares">TABLE</div></details><figcaption>Costs &amp; shares</figcaption></figure>
<details class="report-assumptions"><summary>What this assumes</summary><ul><li>big</li></ul></details>
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if html := BuyerHTML(sample(), words(english)); html != "" {
		t.Errorf("a page for the buyer that nobody made: %s", html)
	}
	r := sample()
	r.Buyer = r.Blocks[3:4]
	if got, want := BuyerHTML(r, words(english)), "<h3 class=\"report-heading\">Rows</h3>\n"; got != want {
		t.Errorf("for the buyer %q, want %q", got, want)
	}
	r.Buyer = r.Blocks[7:8]
	if !strings.Contains(BuyerHTML(r, words(english)), `id="x-buyer-figure-1-`) || strings.Contains(HTML(r, words(english)), "x-buyer") {
		t.Error("a figure for the buyer has an id of its own")
	}
	for name, blocks := range map[string][]BlockKind{
		"VT":           {Verdict, TableOf},
		"VT[T]":        {Verdict, TableOf, TableOf},
		"VF[T]":        {Verdict, FigureOf, TableOf},
		"V[HTN]L[HN]A": {Verdict, Heading, TableOf, Note, Handoffs, Heading, Note, Assumptions},
		"VN[D]":        {Verdict, Note, Facts},
		"V[HNFT]":      {Verdict, Heading, Note, FigureOf, TableOf},
		"V[HI]F[T]":    {Verdict, Heading, Items, FigureOf, TableOf},
		"VD":           {Verdict, Facts},
		"VF[D]":        {Verdict, FigureOf, Facts},
		"V[H]S":        {Verdict, Heading, Suggestions},
	} {
		if got := folds(blocks); got != name {
			t.Errorf("%s is folded as %s", name, got)
		}
	}
	scoped := HTML(sample(), words(english).Scope("second"))
	for _, id := range []string{`id="second-figure-1-`, `id="second-figure-2-`} {
		if !strings.Contains(scoped, id) {
			t.Errorf("no %s", id)
		}
	}
}

func TestPlainText(t *testing.T) {
	want := `Red flag: <b>=1+1</b> weighs USD 2,500
1 month

<b>=1+1</b> weighs USD 2,500

Little bell: Ask 1 question & more first

Rows
----
- big
- big

Cost  USD 2,500  big
Name  –

Costs & shares
Name                  Cost  Rows
---------------  ---------  -------------
=SUM(A1)         −2,500.50  Red flag: big
says "no", then          –  yes

Costs & shares
big  3

Costs & shares
  One bar.

What this assumes
- big
`
	if got := PlainText(sample(), words(english)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestCSV(t *testing.T) {
	want := strings.ReplaceAll(`name,value,
total,2500,
kind,big,
month,,
text,"""<&>
",
,,
Costs & shares,,
Name,Cost,Rows
'=SUM(A1),-2500.5,big
"says ""no"", then",,yes
`, "\n", "\r\n")
	want = strings.Replace(want, "<&>\r\n", "<&>\n", 1)
	got := CSV(sample(), words(english))
	if got != want {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
	if _, err := csv.NewReader(strings.NewReader(got)).ReadAll(); err != nil {
		t.Error(err)
	}
}

func TestRuns(t *testing.T) {
	for s, want := range map[string]bool{
		"": false, "12": false, "-12": false, "-12.50": false, "-.5": true, "-5.": true, "-": true, "--1": true, "-1.2.3": true, "-1+1": true,
		"=1": true, "+1": true, "@x": true, "\tx": true, "\rx": true, "\nx": true, "＝1": true, "＠x": true, "－1": true,
		"a=1": false, "价格": false, "'=1": false,
	} {
		if got := runs(s); got != want {
			t.Errorf("%q: got %v", s, got)
		}
	}
}

func TestJSON(t *testing.T) {
	want := `{"total":2500,"kind":"big","month":null,"text":"\"\u003c\u0026\u003e\u000a"}`
	got := JSON(sample())
	if got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	var v map[string]any
	if err := json.Unmarshal([]byte(got), &v); err != nil || v["text"] != "\"<&>\n" {
		t.Error(v, err)
	}
}

func TestWrap(t *testing.T) {
	tests := []struct {
		s    string
		most int
		want string
	}{
		{"", 10, ""},
		{"one two three", 7, "one two|three"},
		{"one two three", 8, "one two|three"},
		{"one  two", 5, "one|two"},
		{"abcdefghij", 4, "abcd|efgh|ij"},
		{"问题比对策重", 6, "问题比|对策重"},
		{"问题比对策重", 7, "问题比|对策重"},
		{"问题重，对策轻。", 6, "问题|重，对|策轻。"},
		{"他说“不买”吧", 6, "他说|“不买”|吧"},
		{"价格 USD 12,000", 8, "价格 USD|12,000"},
		{"问", 1, "问"},
		{"a问", 1, "a|问"},
	}
	for _, test := range tests {
		if got := strings.Join(wrap(test.s, test.most), "|"); got != test.want {
			t.Errorf("%q in %d: got %s, want %s", test.s, test.most, got, test.want)
		}
	}
}

// FuzzWrap holds that wrapping ends, loses nothing but spaces, and keeps to the
// width wherever that is possible.
func FuzzWrap(f *testing.F) {
	f.Add("问题重，对策轻。 one two", uint8(6))
	f.Add("“”（）", uint8(0))
	f.Fuzz(func(t *testing.T, s string, n uint8) {
		if !utf8.ValidString(s) {
			return
		}
		most := int(n)%100 + 2
		bare := strings.ReplaceAll(s, " ", "")
		lines := wrap(s, most)
		if got := strings.ReplaceAll(strings.Join(lines, ""), " ", ""); got != bare {
			t.Errorf("%q: got %q", s, lines)
		}
		for _, l := range lines {
			if width(l) > most {
				t.Errorf("%q in %d: %q is too long", s, most, l)
			}
		}
	})
}

// TestTableFits holds that a table of any texts keeps to the terminal.
func TestTableFits(t *testing.T) {
	long := strings.Repeat("很长的名字 ", 20)
	r := &Result{Blocks: []Block{{Kind: TableOf, Table: &Table{
		Caption: Say("caption"),
		Columns: []Column{{Head: Say("name")}, {Head: Say("cost"), Numeric: true}, {Head: Say("name")}},
		Rows:    [][]Cell{{{Data: Text(long)}, {Data: Money(1e17, "USD")}, {Data: Text(long)}}},
	}}}}
	for _, l := range strings.Split(PlainText(r, words(english)), "\n") {
		if width(l) > 80 {
			t.Errorf("%d columns: %s", width(l), l)
		}
	}
}

func TestShare(t *testing.T) {
	for _, test := range []struct {
		part, whole int64
		want        string
	}{
		{1, 0, "null"}, {0, 5, "0"}, {1, 3, "33.3"}, {2, 3, "66.7"}, {1, 2000, "0.1"}, {1, 2001, "0"}, {5, 5, "100"},
		{9_000_000_000_000_000_000, 9_000_000_000_000_000_000, "100"}, {7, 2, "350"},
	} {
		if got := string(Share(test.part, test.whole).json(nil)); got != test.want {
			t.Errorf("%d of %d: %s, want %s", test.part, test.whole, got, test.want)
		}
	}
}

// A table of five columns names them in its cells, but for those without a value;
// one of numbers alone has room for itself.
func TestStackedTable(t *testing.T) {
	r := &Result{}
	sheet := r.Table(Say("caption"), "name", "#cost", "head", "head", "head")
	sheet.Row(Text("a"), Money(100, ""), Null(), Text("b"), Cell{Data: Null(), Message: Say("kind.big")})
	got := HTML(r, words(english))
	_, got, _ = strings.Cut(got, "<tbody>")
	want := `<tr><th scope="row">a</th><td data-head="Cost" class="num">1</td><td>–</td><td data-head="Rows">b</td><td data-head="Rows">big</td></tr></tbody></table></div>` + "\n"
	if got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	numbers := &Result{}
	numbers.Table(Say("caption"), "name", "#cost", "#cost", "#cost", "#cost").Row(Text("a"), Count(1), Count(2), Count(3), Null())
	if got := HTML(numbers, words(english)); strings.Contains(got, "stacks") || strings.Contains(got, "data-head") {
		t.Error(got)
	}
}

// TestSingular holds which numbers take the first of two forms.
func TestSingular(t *testing.T) {
	for rule, want := range map[string]string{"": "1", "1": "1", "<2": "0 1 1.5 0.25", "0 1": "0 1"} {
		var got []string
		for _, n := range []string{"", "0", "1", "2", "-1", "10", "1.5", "0.25", "2.0", "21"} {
			if Singular(rule, n) {
				got = append(got, n)
			}
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%q: %s, want %s", rule, s, want)
		}
	}
}

// TestUnits holds that a language that counts by ten thousands is told so, and
// that nothing is rounded for it.
func TestUnits(t *testing.T) {
	words := map[string]string{"format.units": "4万|8亿", "format.group": ",", "format.decimal": ".", "format.minus": "−"}
	w := NewWords("x", func(key string) string { return words[key] }, nil)
	for minor, want := range map[int64]string{
		0: "0", 999_999: "9,999.99", 1_000_000: "1万", 735_000_000: "735万", 9_200_000: "9.2万", 1_234_500: "12,345", 1_230_000: "1.23万",
		-1_265_000_000: "−1265万", 10_000_000_000: "1亿", 12_345_000_000: "12345万", 12_300_000_000: "1.23亿", 1_234_567_890: "12,345,678.90",
		9_223_372_036_854_775_807: "92,233,720,368,547,758.07", 5_000_000_000_000_000: "500000亿",
	} {
		if got := w.Format(Money(minor, "")); got != want {
			t.Errorf("%d: %s, want %s", minor, got, want)
		}
	}
	words["format.units"], words["format.group"], words["format.decimal"] = "3 k|6 M", "\u202F", ","
	for minor, want := range map[int64]string{
		99_999: "999,99", 100_000: "1 k", 123_456: "1\u202F234,56", 125_000: "1,25 k", 100_000_000: "1 M", 2_550_000_000: "25,5 M", -350_000: "−3,5 k",
	} {
		if got := w.Format(Money(minor, "")); got != want {
			t.Errorf("%d: %s, want %s", minor, got, want)
		}
	}
	words["format.units"], words["format.group"], words["format.decimal"] = "", ",", "."
	if got := w.Format(Money(735_000_000, "")); got != "7,350,000" {
		t.Error(got)
	}
}

// TestEstimate holds that a quotient is shown without false cents and computed with them.
func TestEstimate(t *testing.T) {
	for minor, want := range map[int64]string{905797: "9,058", 1407857143: "14,078,571", 1407857150: "14,078,572", -905750: "−9,058", 9999: "99.99", 10000: "100", 10050: "101", 0: "0"} {
		if got := words(english).Format(Estimate(minor, "")); got != want {
			t.Errorf("%d: got %s, want %s", minor, got, want)
		}
	}
	if got := Estimate(905797, "USD"); got.plain() != "9057.97" || words(english).Format(got) != "USD 9,058" {
		t.Errorf("got %s, %s", got.plain(), words(english).Format(got))
	}
}
