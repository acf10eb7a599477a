package markdown

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"playbook/generator/internal/diag"
	"playbook/templates"
)

// show is a quiz as text.
func show(q *Quiz) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s %dp %v h%d #%s %s\n", q.ID, q.Kind, q.Points, q.Tags, q.Level, q.Anchor, flat(q.Title))
	line := func(name string, body Body) {
		if body != nil {
			fmt.Fprintf(&b, "%s: %s\n", name, strings.TrimSpace(flat(body)))
		}
	}
	line("prompt", q.Prompt)
	options := func(all []Option) {
		for _, o := range all {
			fmt.Fprintf(&b, "%d:%d %v %s => %s\n", o.Pos.Line, o.Pos.Col, o.Correct, flat(o.Text), strings.TrimSpace(flat(o.Feedback)))
		}
	}
	switch task := q.Task.(type) {
	case *Choice:
		options(task.Options)
	case *Poll:
		options(task.Options)
	case *Order:
		for _, it := range task.Items {
			line("item", it.Text)
		}
	case *Match:
		for i, left := range task.Left {
			fmt.Fprintf(&b, "pair: %s = %s (%s, %s)\n", flat(left.Text), flat(task.Right[i].Text), flat(task.Heads[0]), flat(task.Heads[1]))
		}
	case *Numeric:
		fmt.Fprintf(&b, "answer: %v ± %v %q %q\n", task.Value, task.Tolerance, task.Text, task.Unit)
	case *Spot:
		for _, t := range task.Turns {
			fmt.Fprintf(&b, "%d:%d %s %v: %s %v => %s\n", t.Pos.Line, t.Pos.Col, t.Speaker, t.N > 0, flat(t.Text), t.accepted(), strings.TrimSpace(flat(t.Feedback)))
		}
		for _, l := range task.Labels {
			fmt.Fprintf(&b, "label: %s = %s\n", l.ID, l.Text)
		}
	case *Sort:
		fmt.Fprintf(&b, "groups: %s\n", strings.Join(task.Groups, ", "))
		for _, s := range task.Items {
			fmt.Fprintf(&b, "%d:%d %s %v => %s\n", s.Pos.Line, s.Pos.Col, flat(s.Text), s.Groups, strings.TrimSpace(flat(s.Feedback)))
		}
	case *Reflect:
		options(task.Options)
		line("model", task.Model)
	}
	line("hint", q.Hint)
	line("why", q.Why)
	return b.String() + q.Key()
}

func TestQuizzes(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"choice", `### Which close is *this*? <!-- q: close-01 points=2 tags=closing,drill -->

> **Buyer:** Price is fine.
> **Rep:** Tuesday or Thursday?

- [x] Alternative [close](x.md)
  > **Yes:** both options mean a sale.
- [ ] Order-blank close
  > No form.
  >
  > None at all.

**Hint:** Look.
**Why:** Because

- it is so.

### Next

text
`, `close-01 choice 2p [closing drill] h3 #which-close-is-this Which close is <em>this</em>?
prompt: <div class="dialogue">
<p class="turn"><b class="speaker">Buyer<span class="vh">: </span></b><span class="say">Price is fine.</span></p>
<p class="turn"><b class="speaker">Rep<span class="vh">: </span></b><span class="say">Tuesday or Thursday?</span></p>
</div>
9:1 true Alternative <a href="x.md">close</a> => <p><strong>Yes:</strong> both options mean a sale.</p>
11:1 false Order-blank close => <p>No form.</p>
<p>None at all.</p>
hint: <p>Look.</p>
why: <p>Because</p>
<ul>
<li>it is so.</li>
</ul>
choice of 2, right: 1, 2 points`},
		{"what says nothing behind the answers", "### C <!-- q: c -->\n\n- [x] a\n  > y\n- [ ] b\n  > n\n\n<!-- a note -->\n\n[r]: x.md\n\n---\n",
			"c choice 1p [] h3 #c C\n6:1 true a => <p>y</p>\n8:1 false b => <p>n</p>\nchoice of 2, right: 1"},
		{"multiple", "## M <!-- q: m -->\n\n* [x] a\n  > y\n* [ ] b\n  > n\n* [X] c\n  > y\n",
			"m multiple 1p [] h2 #m M\n6:1 true a => <p>y</p>\n8:1 false b => <p>n</p>\n10:1 true c => <p>y</p>\nmultiple of 3, right: 1 3"},
		{"order", "### O {#steps} <!-- q: o -->\n\nPut in order:\n\n1. a\n2. **b**\n3. c\n",
			"o order 1p [] h3 #steps O\nprompt: <p>Put in order:</p>\nitem: a\nitem: <strong>b</strong>\nitem: c\norder of 3"},
		{"an id behind the comment", "### O <!-- q: o --> {#steps}\n\n1. a\n2. b\n",
			"o order 1p [] h3 #steps O\nitem: a\nitem: b\norder of 2"},
		{"match", "### M <!-- q: m -->\n\n| Role | Trait |\n|---|---|\n| `A` | x |\n| B | y |\n",
			"m match 1p [] h3 #m M\npair: <code>A</code> = x (Role, Trait)\npair: B = y (Role, Trait)\nmatch of 2"},
		{"numeric", "### N <!-- q: n -->\n\n|a|b|\n|-|-|\n|1|2|\n\n**Answer:** 1,234.50 ± 0.2 x\n",
			"n numeric 1p [] h3 #n N\nprompt: <div class=\"table-scroll\" role=\"group\" tabindex=\"0\" aria-label=\"Table\">\n<table>\n<thead>\n<tr>\n<th scope=\"col\">a</th>\n<th scope=\"col\">b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n<td>2</td>\n</tr>\n</tbody>\n</table>\n</div>\nanswer: 1234.5 ± 0.2 \"1,234.50\" \"x\"\nnumeric 1234.5 ± 0.2"},
		{"spot", `### 找 <!-- q: s points=4 -->

看：

> **冯：** 签字？
> **叶：** 等等。
> **冯：** 最后一套。

**标签：** a = 假设型 | last-chance = 最后机会 | b-2 = 其他

1. a
   > 对。
2. last-chance | a
   > 都对。

**提示：**看。
**为什么：**因为。
`, `s spot 4p [] h3 #找 找
prompt: <p>看：</p>
8:3 冯 true: 签字？ [a] => <p>对。</p>
9:3 叶 false: 等等。 [] => ` + `
10:3 冯 true: 最后一套。 [last-chance a] => <p>都对。</p>
label: a = 假设型
label: last-chance = 最后机会
label: b-2 = 其他
hint: <p>看。</p>
why: <p>因为。</p>
spot among a b-2 last-chance: 1 a 2 a|last-chance, 4 points`},
		{"order behind a dialogue", "### O <!-- q: o type=order -->\n\n> **A:** x\n> **B:** y\n\n1. a\n2. b\n",
			"o order 1p [] h3 #o O\nprompt: <div class=\"dialogue\">\n<p class=\"turn\"><b class=\"speaker\">A<span class=\"vh\">: </span></b><span class=\"say\">x</span></p>\n<p class=\"turn\"><b class=\"speaker\">B<span class=\"vh\">: </span></b><span class=\"say\">y</span></p>\n</div>\nitem: a\nitem: b\norder of 2"},
		{"sort", "### S <!-- q: s type=sort points=4 -->\n\nWho?\n\n- Coach\n  - *Recognition*\n    > It shows.\n- User\n  - Reliability\n    > At work.\n  - Speed\n- Gatekeeper\n  - Reliability\n    > On paper.\n\n**Why:** so.\n",
			"s sort 4p [] h3 #s S\nprompt: <p>Who?</p>\ngroups: Coach, User, Gatekeeper\n9:3 <em>Recognition</em> [0] => <p>It shows.</p>\n12:3 Reliability [1 2] => <p>At work.</p>\n<p>On paper.</p>\n14:3 Speed [1] => \nwhy: <p>so.</p>\nsort of 3 into 3: 1 2|3 2, 4 points"},
		{"poll", "### P <!-- q: p type=poll -->\n\n- [ ] a\n  > many\n- [ ] b\n  > few\n\n**Why:** c.\n",
			"p poll 0p [] h3 #p P\n6:1 false a => <p>many</p>\n8:1 false b => <p>few</p>\nwhy: <p>c.</p>\npoll of 2"},
		{"reflect", "### R <!-- q: r type=reflect -->\n\nWrite.\n\n**Model:** One.\n\nTwo.\n\n- [ ] a number\n- [ ] a date\n\n**Hint:** h.\n",
			"r reflect 0p [] h3 #r R\nprompt: <p>Write.</p>\n12:1 false a number => \n13:1 false a date => \nmodel: <p>One.</p>\n<p>Two.</p>\nhint: <p>h.</p>\nreflect of 2"},
		{"reflect by its model", "### R <!-- q: r -->\n\n写。\n\n**范例：**好。\n",
			"r reflect 0p [] h3 #r R\nprompt: <p>写。</p>\nmodel: <p>好。</p>\nreflect of 0"},
		{"numbered list in the reason", "### C <!-- q: c -->\n\n- [x] a\n  > y\n- [ ] b\n  > n\n\n**Why:**\n\n1. one\n2. two\n",
			"c choice 1p [] h3 #c C\n6:1 true a => <p>y</p>\n8:1 false b => <p>n</p>\nwhy: <ol>\n<li>one</li>\n<li>two</li>\n</ol>\nchoice of 2, right: 1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			doc, list := home(t, tt.text)
			list = slices.DeleteFunc(list, func(d diag.Diag) bool { return d.Rule == "heading" })
			if len(list) > 0 {
				t.Errorf("faults:\n%s", report(list))
			}
			if len(doc.Quizzes) != 1 {
				t.Fatalf("%d quizzes", len(doc.Quizzes))
			}
			if got := show(doc.Quizzes[0]); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

func TestQuizRunsToTheNextHeading(t *testing.T) {
	doc, list := home(t, "## S\n\n### A <!-- q: a -->\n\n- [x] 1\n  > y\n- [ ] 2\n  > n\n\n### B <!-- q: b -->\n\n**Answer:** 2\n\n## C\n\ntext[^1]\n\n### D <!-- q: d -->\n\n**Answer:** 3\n\n[^1]: note\n")
	if len(list) > 0 {
		t.Fatal(report(list))
	}
	got := flat(doc.Body)
	for _, want := range []string{"{quiz a}{quiz b}<h2 id=\"c\">", "{quiz d}<div class=\"footnotes\""} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if len(doc.Headings) != 5 {
		t.Errorf("%d headings", len(doc.Headings))
	}
}

func TestMarksOfAnotherLanguage(t *testing.T) {
	word := func(key string) string {
		return map[string]string{"ui.quiz.mark.answer": "Antwort", "ui.quiz.mark.hint": "Hinweis"}[key]
	}
	doc, list := parse(t, Options{Words: WordsOf(word)}, "---\ntitle: T\n---\n## F <!-- q: f -->\n\n**Antwort:** 4\n\n**Hinweis:** Zählen.\n\n**Why:** Darum.\n")
	if len(list) > 0 {
		t.Fatal(report(list))
	}
	if got, want := show(doc.Quizzes[0]), "f numeric 1p [] h2 #f F\nanswer: 4 ± 0 \"4\" \"\"\nhint: <p>Zählen.</p>\nwhy: <p>Darum.</p>\nnumeric 4 ± 0"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestParseAnswer(t *testing.T) {
	for text, want := range map[string]string{
		"4.0 ± 0.2 x": "4 ± 0.2 4.0 x", "9500": "9500 ± 0 9500 ", "-3": "-3 ± 0 -3 ", "−3": "-3 ± 0 −3 ", "50%": "50 ± 0 50 %",
		"50 %": "50 ± 0 50 %", "１２，０００": "12000 ± 0 １２，０００ ", "4周": "4 ± 0 4 周", "5 +/- 1 weeks": "5 ± 1 5 weeks",
		"12,000 元": "12000 ± 0 12,000 元", "0": "0 ± 0 0 ", "1.5 <b>": "1.5 ± 0 1.5 <b>",
	} {
		a, at, problem := parseAnswer(text)
		if got := fmt.Sprintf("%v ± %v %s %s", a.Value, a.Tolerance, a.Text, a.Unit); problem != "" || got != want {
			t.Errorf("%q: got %q at %d %s, want %q", text, got, at, problem, want)
		}
	}
	for _, text := range []string{"", " ", "x", "1e999", "1e9", "NaN", "Inf", "1,23", "1,2345", ".5", "5.", "1.2.3", "4x", "--4", "4 5", "4 ±", "4 ± x", "0x10", "1_000", strings.Repeat("9", 30)} {
		if a, _, problem := parseAnswer(text); problem == "" {
			t.Errorf("%q is read as %+v", text, a)
		}
	}
}

// FuzzQuiz: a quiz of any heading and content is read without a panic.
func FuzzQuiz(f *testing.F) {
	for _, s := range []string{"q-1 points=2 type=spot", "s type=sort", "p type=poll", "r type=reflect", "h type=play points=2", "g type=gaps order=fixed", "", "a b", "=", "x tags=,,"} {
		f.Add(s, "- [x] a\n  > y\n- [ ] b\n")
		f.Add(s, "> **A:** x\n> **B:** y\n\n**Labels:** a = A | b = B\n\n1. a | b\n   > y\n")
		f.Add(s, "- g\n  - a\n    > y\n- h\n  - a\n  - b\n")
		f.Add(s, "- [ ] a\n- [ ] b\n\n**Model:** m\n\n**Why:** w\n")
		f.Add(s, "#### A {#a}\n\n**Found:** f\n\n- [b](#a \"p\")\n  > y\n- [c](#e)\n\n#### E {#e}\n\n**Outcome:** advance, 1\n\n**Facts:**\n\n- **f**: x\n")
		f.Add(s, "a **b | c** d\n\n> **A:** **x**\n\n**Answer:** 4\n\n- 5 ± 1\n  > y\n")
		f.Add(s, "|a|b|\n|-|-|\n|1|2|\n\n**Answer:** 4 ± 1 x\n")
	}
	p := New(Options{})
	f.Fuzz(func(t *testing.T, head, body string) {
		if strings.Contains(head, "-->") || strings.ContainsAny(head, "\n\r") {
			return
		}
		text := "---\ntitle: T\n---\n### Q <!-- q: " + head + " -->\n\n" + body
		doc, list := p.Parse(fileOf(text))
		inside(t, []byte(text), list)
		for _, q := range doc.Quizzes {
			for _, b := range q.bodies() {
				sound(t, b)
			}
			_, _ = q.Key(), q.Mark()
		}
	})
}

// A question's order is the same in every build and language, and never the right one.
func TestShuffle(t *testing.T) {
	for n := range 8 {
		for _, id := range []string{"a-01", "close-01", "步骤"} {
			got := shuffle(id, n)
			if !slices.Equal(got, shuffle(id, n)) {
				t.Errorf("%s of %d differs", id, n)
			}
			if n > 1 && slices.IsSorted(got) {
				t.Errorf("%s of %d stands in the right order", id, n)
			}
			for i, at := range slices.Sorted(slices.Values(got)) {
				if at != i {
					t.Fatalf("%s of %d is no order: %v", id, n, got)
				}
			}
		}
	}
}

// A mark is of the kind and of what is right, not of texts; those that browsers have
// kept stay what they are.
func TestMark(t *testing.T) {
	for text, want := range map[string]string{
		"- [x] a\n  > y\n- [ ] b\n  > n\n":          "1pl0cl1",
		"- [x] other\n  > y\n- [ ] b\n  > why\n":    "1pl0cl1",
		"- [ ] a\n  > y\n- [x] b\n  > n\n":          "7470zv",
		"- [x] a\n  > y\n- [x] b\n  > n\n":          "1gvvxjz",
		"**Answer:** 4\n":                           "1i4brx0",
		"**Answer:** 4 ± 0.5\n":                     "eguf8h",
		"1. a\n2. b\n3. c\n":                        "1msii1i",
		"1. a\n2. b\n3. c\n4. d\n":                  "1272kkh",
		"|a|b|\n|-|-|\n|1|2|\n|3|4|\n":              "iiub3k",
		"- [ ] a\n  > y\n- [ ] b\n\n**Model:** m\n": "",
		"> **A:** x\n> **B:** y\n\n**Labels:** a = A | b = B\n\n1. b | a\n   > y\n": "yippk8",
	} {
		doc, _ := home(t, "## Q <!-- q: q -->\n\n"+text)
		if got := doc.Quizzes[0].Mark(); got != want {
			t.Errorf("%q has the mark %q, want %q", text, got, want)
		}
	}
}

// A kind of question has a template and a script.
func TestKindsAreWhole(t *testing.T) {
	scripts := ""
	files, _ := fs.Glob(templates.FS, "assets/js/quiz/*.js")
	for _, file := range files {
		data, err := fs.ReadFile(templates.FS, file)
		if err != nil {
			t.Fatal(err)
		}
		scripts += string(data)
	}
	for _, kind := range QuizKinds() {
		if _, err := fs.Stat(templates.FS, "blocks/"+(&Quiz{Kind: kind}).Template()+".html"); err != nil {
			t.Error(err)
		}
		if !strings.Contains(scripts, "addKind(\""+kind+"\"") {
			t.Errorf("no script adds the kind %s", kind)
		}
	}
}
