package winresults

import (
	"fmt"
	"strings"
	"testing"

	"playbook/calculators/form"
	"playbook/calculators/internal/calctest"
	"playbook/calculators/report"
)

// values computes an encoding and returns its values, or its faults, as text.
func values(t testing.TB, encoded string) string {
	t.Helper()
	in, faults := form.Decode(Form(), encoded)
	if len(faults) > 0 {
		return fmt.Sprint(faults)
	}
	r, _ := Compute(in)
	return report.JSON(r)
}

// want is values in their order.
func want(people, sentences, noResult, noWin int, field [5]int, same int, quadrants string, flags int) string {
	return fmt.Sprintf(`{"people":%d,"sentences":%d,"no_result":%d,"no_win":%d,"win_win":%d,"win_lose":%d,"lose_win":%d,"lose_lose":%d,"undecided":%d,"same_win":%d,"quadrants":[%s],"flags":%d}`,
		people, sentences, noResult, noWin, field[0], field[1], field[2], field[3], field[4], same, quadrants, flags)
}

func TestValues(t *testing.T) {
	for _, test := range []struct{ name, encoded, want string }{
		// Of five, Yvonne lacks a result and Helen a win and both answers; Graham loses,
		// and with Yvonne we do: four flags.
		{"default", "", want(5, 3, 1, 1, [5]int{2, 1, 1, 0, 1}, 0, `"win_win","win_win","win_lose","lose_win",null`, 4)},
		{"nobody", "person=", want(0, 0, 0, 0, [5]int{}, 0, "", 0)},
		{"a blank row", "person.0.i_win=yes&person.1.you_win=no", want(0, 0, 0, 0, [5]int{}, 0, "", 0)},
		{"a name", "person.0.name=A", want(1, 0, 1, 1, [5]int{4: 1}, 0, "null", 2)},
		{"all is well", "person.0.result=R&person.0.win=W&person.0.i_win=yes&person.0.you_win=yes", want(1, 1, 0, 0, [5]int{1}, 0, `"win_win"`, 0)},
		// Both lose: a flag for each, and one for what is not known.
		{"both lose", "person.0.name=A&person.0.result=R&person.0.i_win=no&person.0.you_win=no", want(1, 0, 0, 1, [5]int{3: 1}, 0, `"lose_lose"`, 3)},
		// An answer that is missing decides nothing, but a no is a flag already.
		{"half an answer", "person.0.result=R&person.0.win=W&person.0.you_win=no", want(1, 1, 0, 0, [5]int{4: 1}, 0, "null", 1)},
		// Three of the same win are two repetitions and one flag; empty ones are not the same.
		{"the same win", "person.0.result=R&person.0.win=w&person.1.result=R&person.1.win=W&person.2.result=R&person.2.win=w&person.3.name=A&person.4.name=B",
			want(5, 3, 2, 2, [5]int{4: 5}, 2, "null,null,null,null,null", 3)},
	} {
		if got := values(t, test.encoded); got != test.want {
			t.Errorf("%s:\ngot  %s\nwant %s", test.name, got, test.want)
		}
	}
}

// TestQuadrants is the deck's field of four, each pair of answers.
func TestQuadrants(t *testing.T) {
	for pair, want := range map[string]string{
		"yes yes": `["win_win"]`, "yes no": `["win_lose"]`, "no yes": `["lose_win"]`, "no no": `["lose_lose"]`,
		"yes ": "[null]", " yes": "[null]", " ": "[null]", " no": "[null]",
	} {
		we, they, _ := strings.Cut(pair, " ")
		if got := values(t, "person.0.name=A&person.0.i_win="+we+"&person.0.you_win="+they); !strings.Contains(got, `"quadrants":`+want) {
			t.Errorf("%q: %s, want %s", pair, got, want)
		}
	}
}

func TestSentences(t *testing.T) {
	ok := "person.0.name=A&person.0.result=R&person.0.win=W&person.0.i_win=yes&person.0.you_win=yes"
	for lang, tests := range map[string]map[string]string{
		"en": {
			"": "Not both sides win with: Graham, Yvonne.",
			ok: "R. That lets A win: W.",
			ok + "&person.1.name=B&person.1.result=R":                 "Nobody has asked what these people would win: B.",
			ok + "&person.1.name=B&person.1.result=R&person.1.win=V":  "Not yet answered who wins: B.",
			ok + "&person.1.name=a&person.1.result=R&person.1.win=V":  "a is on the list more than once.",
			ok + "&person.1.name=B&person.1.result=R&person.1.win=w":  "Wins that repeat another one word for word: 1",
			ok + "&person.1.name=B&person.1.i_win=no&person.1.win=V":  "We would lose by what B wants",
			ok + "&person.1.name=B&person.1.you_win=no&person.1.win=": "B would lose by this deal",
		},
		"zh": {"": "罗总从“客户满意度提高15%”中得到：他拿出一个董事会从来没见过的数字。", ok: "1个人个个双赢"},
	} {
		for encoded, sentence := range tests {
			calctest.Sentences(t, calctest.Calculator{Form: Form(), Compute: Compute}, lang, encoded, sentence)
		}
	}
}

// TestHeadline holds what the report begins with.
func TestHeadline(t *testing.T) {
	const ok = "person.0.name=A&person.0.result=R&person.0.win=W&person.0.i_win=yes&person.0.you_win=yes"
	for encoded, want := range map[string]string{
		"person=": " answer.none", ok: "bell answer.win", ok + "&person.1.name=B": " answer.no-win",
		ok + "&person.1.name=B&person.1.win=V":                                         " answer.undecided",
		ok + "&person.1.name=B&person.1.win=V&person.1.i_win=yes&person.1.you_win=yes": " answer.no-result",
		ok + "&person.1.name=B&person.1.win=V&person.1.i_win=yes&person.1.you_win=no":  "flag answer.lose",
	} {
		in, _ := form.Decode(Form(), encoded)
		r, _ := Compute(in)
		if got := r.Blocks[0].Sign.String() + " " + r.Blocks[0].Text[0].Key; got != want {
			t.Errorf("%q begins with %q, want %q", encoded, got, want)
		}
	}
}

// TestMany holds that 500 people are all in the table and few in a sentence.
func TestMany(t *testing.T) {
	var b strings.Builder
	for i := range 500 {
		fmt.Fprintf(&b, "&person.%d.name=P%d&person.%d.win=W%d", i, i, i, i)
	}
	in, faults := form.Decode(Form(), b.String()[1:])
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	r, _ := Compute(in)
	text := report.PlainText(r, report.NewWords(ID, calctest.Get(calctest.Words(t, "en")), nil))
	if !strings.Contains(text, "P7, +492") || !strings.Contains(text, "P499") {
		t.Error(text[:2000])
	}
}

func FuzzCompute(f *testing.F) {
	calctest.Fuzz(f, calctest.Calculator{Form: Form(), Compute: Compute}, func(t *testing.T, n calctest.Numbers) {
		if n.Int("people") != n.Int("win_win")+n.Int("win_lose")+n.Int("lose_win")+n.Int("lose_lose")+n.Int("undecided") || n.Int("sentences") > n.Int("people") {
			t.Error(n)
		}
	},
		[2]string{"person.0.i_win=yes&person.0.you_win=no&person.0.role=C,E", "=1+1"},
		[2]string{"person.0.win=a&person.1.win=A", "\"'&\x00"})
}
