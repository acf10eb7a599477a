package main

import (
	"maps"
	"strings"
	"testing"

	"playbook/calculators"
	"playbook/calculators/internal/calctest"
)

// decimalComma, behind a language, is that language with numbers as French has them.
const decimalComma = ", with a decimal comma"

// wordsRequest is the request that hands a language's words over.
func wordsRequest(t testing.TB, id, lang string) string {
	var b strings.Builder
	b.WriteString("words " + id + "\n")
	words := calctest.Words(t, strings.TrimSuffix(lang, decimalComma))
	if strings.HasSuffix(lang, decimalComma) {
		words = maps.Clone(words)
		maps.Copy(words, map[string]string{
			"format.decimal": ",", "format.group": "\u202F", "format.units": "3 k|6 M", "format.singular": "<2", "format.money": "{n}\u00A0{currency}",
		})
	}
	modules := map[string]bool{}
	for key, word := range words {
		b.WriteString(escape(key) + "\t" + escape(word) + "\n")
		for rest := word; ; {
			_, after, found := strings.Cut(rest, "](module:")
			if !found {
				break
			}
			module, _, _ := strings.Cut(after, ")")
			modules[module] = true
			rest = after
		}
	}
	for module := range modules {
		b.WriteString("link." + module + "\t" + calctest.Link(module) + "\n")
	}
	return b.String()
}

func TestDesk(t *testing.T) {
	var d desk
	words := "words value-equation\n" +
		"calc.value-equation.answer.dont-buy\tNo: {problem} < {remedy}\\n\\t\\\\ \\x\n" +
		"calc.value-equation.unpriced.ask\tAsk [now](module:questions/spin)\n" +
		"calc.value-equation.default.system\tThe <new> system\n" +
		"calc.value-equation.rows.name\t{name}\n" +
		"fault.max\tAt most\\t{max}\n" +
		"fault.unknown-closest\tNo {name}\n" +
		"format.decimal\t.\n" +
		"format.group\t,\n" +
		"format.money\t{n} {currency}\n" +
		"link.questions/spin\t../spin/index.html\n" +
		"scope\tsecond\n" +
		"a line without a tab\n"
	if got := d.answer(words); got != nil {
		t.Errorf("words answered %q", got)
	}
	contains := func(name, got string, parts ...string) {
		t.Helper()
		for _, p := range parts {
			if !strings.Contains(got, p) {
				t.Errorf("%s lacks %q:\n%.2000s", name, p, got)
			}
		}
	}
	html := string(d.answer("compute value-equation\ncurrency=EUR"))
	contains("the report", html, "\n<div class=\"report-verdict\"", "No: 2,500 EUR &lt; 12,000 EUR \t\\ \\x",
		`Ask <a href="../spin/index.html">now</a>`, "The &lt;new&gt; system", `id="second-figure-1-`)
	contains("a report beside an unknown field", string(d.answer("compute value-equation\nyeas=3")),
		"fault\tyeas\tNo yeas\n\n<div class=\"report-verdict\"")
	contains("a value as the report prints it", string(d.answer("values value-equation\n")), "\nproblem_total\t2,500 USD\n")
	csv := string(d.answer("csv value-equation\n"))
	contains("the table", csv, "\nname,value,\r\nproblem_total,2500,\r\n")

	for request, want := range map[string]string{
		"charset value-equation\nM\xFCller":          "windows-1252",
		"charset value-equation\n\xBD\xD7\xB6\xCE":   "gb18030",
		"charset value-equation\nA\xC7\xC3O":         "windows-1252 gb18030",
		"charset value-equation\nPK\x03\x04\x00\x00": "",
		"compute value-equation\nyears=11&yeas=1":    "fault\tyears\tAt most\\t10\nfault\tyeas\tNo yeas\n",
		"compute value-equation\nproblem.0.amount=1&problem.0.low=2&nope=1": "fault\tnope\tfault.unknown\n" +
			"fault\tproblem.0.low\tAt most\\t1\n",
		"compute value-equaton\n": "error\tno calculator value-equaton\n",
		"delete value-equation\n": "error\tno command delete\n",
		"":                        "error\tno calculator \n",
		"\n\n\n":                  "error\tno calculator \n",
	} {
		if got := string(d.answer(request)); got != want {
			t.Errorf("%q: got %q, want %q", request, got, want)
		}
	}
}

// TestWordsAgain holds that new words replace the old ones, as after a switch of
// language without a new page.
func TestWordsAgain(t *testing.T) {
	var d desk
	for _, lang := range calctest.Languages(t) {
		d.answer(wordsRequest(t, "value-equation", lang))
		got := string(d.answer("compute value-equation\n"))
		want := calctest.Words(t, lang)["calc.value-equation.default.difficulty"]
		if !strings.Contains(got, want) {
			t.Errorf("%s: no %s", lang, want)
		}
	}
	if len(d.open) != 1 {
		t.Error(len(d.open), "worksheets")
	}
}

func TestEscape(t *testing.T) {
	for _, s := range []string{"", "plain", "a\nb\tc\\d\\n", "\\", "\\\\n"} {
		if got := unescape(escape(s)); got != s {
			t.Errorf("%q became %q", s, got)
		}
		if strings.ContainsAny(escape(s), "\n\t") {
			t.Errorf("%q", escape(s))
		}
	}
}

// FuzzAnswer holds that no request makes the desk panic.
func FuzzAnswer(f *testing.F) {
	for _, c := range calculators.All() {
		f.Add("compute " + c.ID + "\n")
		f.Add("csv " + c.ID + "\nyears=2")
	}
	f.Add("words value-equation\na\tb\\")
	f.Fuzz(func(t *testing.T, request string) {
		var d desk
		if answer := string(d.answer(request)); answer != "" && answer[0] != '\n' &&
			!strings.HasPrefix(answer, "fault\t") && !strings.HasPrefix(answer, "error\t") {
			t.Errorf("%q", answer)
		}
	})
}

// TestFile holds that the text of a file, sent beside the requests, is what its
// field holds, until the words come anew.
func TestFile(t *testing.T) {
	var d desk
	d.answer(wordsRequest(t, "pipeline-history", "en"))
	if got := d.answer("file pipeline-history\nfile\nid,stage\n1,Won\n2,Lost\n"); got != nil {
		t.Errorf("a file answered %q", got)
	}
	if got := string(d.answer("compute pipeline-history\nfile=")); !strings.Contains(got, "You win 50%") {
		t.Errorf("%.500s", got)
	}
	if got := string(d.answer("compute pipeline-history\nfile=&deal=Deal")); !strings.HasPrefix(got, "fault\tdeal\tThere is no column “Deal”: choose one of the file’s\n\n<div class=\"report-verdict\"") {
		t.Errorf("a fault, and what can be said beside it: %.300s", got)
	}
	if got := string(d.answer("compute pipeline-history\n")); !strings.Contains(got, "9‑6‑5‑5‑3‑1") {
		t.Errorf("the example: %.500s", got)
	}
	d.answer(wordsRequest(t, "pipeline-history", "en"))
	if got := string(d.answer("compute pipeline-history\nfile=")); !strings.Contains(got, "Choose a file to begin") {
		t.Errorf("%.500s", got)
	}
}

// TestSheet holds that an author's worksheet comes with its words, and is replaced
// by the next that comes.
func TestSheet(t *testing.T) {
	encoded := calctest.Sheets(t)["roi"]
	var d desk
	for _, request := range []string{"compute roi\n", "words roi\n", "words roi\nsheet\tplaybook sheet 1 nonsense\n", "words value-equations\nsheet\t" + escape(encoded) + "\n"} {
		if got := string(d.answer(request)); !strings.HasPrefix(got, "error\tno calculator ") {
			t.Errorf("%.40q: got %.100q", request, got)
		}
	}
	words := "words roi\nsheet\t" + escape(encoded) + "\ncalc.roi.fact.npv\tToday\nformat.decimal\t.\nformat.group\t,\nformat.money\t{n}\n"
	for range 2 {
		if got := string(d.answer(words)); got != "" {
			t.Errorf("words answered %q", got)
		}
		got := string(d.answer("compute roi\nprice=100000&nope=1"))
		if !strings.HasPrefix(got, "fault\tnope\t") || !strings.Contains(got, ">Today<") || !strings.Contains(got, "104,658.08") {
			t.Errorf("%.2000s", got)
		}
	}
	if len(d.open) != 1 {
		t.Error(len(d.open), "worksheets")
	}
}
