package responsemodes

import (
	"encoding/json"
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

func TestValues(t *testing.T) {
	for _, test := range []struct{ name, encoded, want string }{
		// 9 − 6, 8 − 4 for a cause, 7 − 7, 5 − 8, and a name alone.
		{"default", "", `{"people":5,"growth":1,"trouble":1,"even":1,"over":1,"unknown":1,"receptive":2,` +
			`"modes":["growth","trouble","even","over","unknown"],"gaps":[3,4,0,-3,null],"flags":3}`},
		{"nobody", "person=", `{"people":0,"growth":0,"trouble":0,"even":0,"over":0,"unknown":0,"receptive":0,"modes":[],"gaps":[],"flags":0}`},
		{"a blank row", "person.0.closes=yes", `{"people":0,"growth":0,"trouble":0,"even":0,"over":0,"unknown":0,"receptive":0,"modes":[],"gaps":[],"flags":0}`},
	} {
		if got := values(t, test.encoded); got != test.want {
			t.Errorf("%s:\ngot  %s\nwant %s", test.name, got, test.want)
		}
	}
}

// TestModes is S22's rule for every pair of levels, with and without a cause, and
// for every answer to whether the gap is closed.
func TestModes(t *testing.T) {
	for expected := range 11 {
		for perceived := range 11 {
			for _, cause := range []string{"", "strike"} {
				for _, closes := range []string{"", "yes", "no"} {
					mode := "growth"
					switch {
					case expected < perceived:
						mode = "over"
					case expected == perceived:
						mode = "even"
					case cause != "":
						mode = "trouble"
					}
					ready, flags := 0, 1
					if expected > perceived && closes == "yes" {
						ready, flags = 1, 0
					}
					encoded := fmt.Sprintf("person.0.name=A&person.0.expected=%d&person.0.perceived=%d&person.0.cause=%s&person.0.closes=%s", expected, perceived, cause, closes)
					var v struct {
						Receptive, Flags int
						Modes            []string
						Gaps             []int
					}
					if err := json.Unmarshal([]byte(values(t, encoded)), &v); err != nil {
						t.Fatal(err)
					}
					if v.Receptive != ready || v.Flags != flags || v.Modes[0] != mode || v.Gaps[0] != expected-perceived {
						t.Errorf("%s: %+v", encoded, v)
					}
				}
			}
		}
	}
}

// TestFlags holds the flag of each kind of person, in both languages.
func TestFlags(t *testing.T) {
	for lang, tests := range map[string]map[string]string{
		"en": {
			"person.0.name=A":                                                                      "We do not know the response mode of: A",
			"person.0.name=A&person.0.expected=5":                                                  "We do not know the response mode of: A",
			"person.0.name=A&person.0.expected=5&person.0.perceived=5":                             "A sees no need",
			"person.0.name=A&person.0.expected=4&person.0.perceived=5":                             "A thinks all is better than needed",
			"person.0.name=A&person.0.expected=6&person.0.perceived=5":                             "We do not know whether we close the gap of: A",
			"person.0.name=A&person.0.expected=6&person.0.perceived=5&person.0.closes=no":          "Our proposal does not close the gap of A",
			"person.0.name=A&person.0.expected=6&person.0.perceived=5&person.1.name=a":             "a is on the list more than once.",
			"person.0.name=A&person.0.expected=6&person.0.perceived=5&person.0.closes=yes":         "Feel a gap that you close: 1 of 1",
			"person.0.expected=5&person.0.perceived=5&person.1.expected=1&person.1.perceived=0":    "Even keel: not named yet.",
			"person.0.name=A&person.0.expected=6&person.0.perceived=5&person.0.cause=s&person.0.x": "Trouble: A.",
		},
		"zh": {"": "5个人里，2个有差距、你又填得上", "person.0.name=A&person.1.name=B": "不知道是什么反馈模式：A、B"},
	} {
		get := calctest.Get(calctest.Words(t, lang))
		for encoded, sentence := range tests {
			in, _ := form.Decode(Form().In(get), encoded)
			r, _ := Compute(in)
			text := strings.Join(strings.Fields(report.PlainText(r, report.NewWords(ID, get, calctest.Link))), " ")
			if !strings.Contains(text, sentence) {
				t.Errorf("%s %q lacks %q:\n%s", lang, encoded, sentence, text)
			}
		}
	}
}

// TestHeadline holds what the report begins with.
func TestHeadline(t *testing.T) {
	const yes, no, even = "person.0.name=A&person.0.expected=6&person.0.perceived=5&person.0.closes=yes", "person.0.name=A&person.0.expected=6&person.0.perceived=5&person.0.closes=no", "&person.1.name=B&person.1.expected=5&person.1.perceived=5&person.1.role="
	for encoded, want := range map[string]string{
		"person=":                               " answer.none",
		"person.0.name=A":                       " answer.unknown",
		no:                                      "flag answer.nobody",
		yes:                                     " answer.ready answer.whose",
		yes + even + "E":                        " answer.ready answer.waiting",
		yes + "&person.0.role=E":                "bell answer.ready answer.decides",
		yes + even + "U":                        " answer.ready answer.whose",
		yes + "&person.0.role=E,T" + even + "E": " answer.ready answer.waiting",
	} {
		in, _ := form.Decode(Form(), encoded)
		r, _ := Compute(in)
		got := r.Blocks[0].Sign.String() + " " + r.Blocks[0].Text[0].Key
		if len(r.Blocks[0].Text) == 3 {
			got += " " + r.Blocks[0].Text[2].Key
		}
		if got != want {
			t.Errorf("%q begins with %q, want %q", encoded, got, want)
		}
	}
	// Whoever does not see the gap closed is not told of a faster plan, and nobody without a name is a flag.
	r, _ := calctest.Compute(t, Form(), Compute, "en", no)
	if text := report.PlainText(r, report.NewWords(ID, calctest.Get(calctest.Words(t, "en")), nil)); strings.Contains(text, "comes true faster") || !strings.Contains(text, "A gap that we do not close: A.") {
		t.Error(text)
	}
	if got := values(t, "person.0.expected=5&person.0.perceived=5&person.1.cause=x&person.2.expected=6&person.2.perceived=5"); !strings.Contains(got, `"people":3,`) || !strings.Contains(got, `"flags":0}`) {
		t.Error(got)
	}
}

// TestMany holds that 500 people are all in the table, and the picture is cut.
func TestMany(t *testing.T) {
	var b strings.Builder
	for i := range 500 {
		fmt.Fprintf(&b, "&person.%d.name=P%d&person.%d.expected=9&person.%d.perceived=%d", i, i, i, i, i%10)
	}
	in, faults := form.Decode(Form(), b.String()[1:])
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	r, _ := Compute(in)
	html := report.HTML(r, report.NewWords(ID, calctest.Get(calctest.Words(t, "en")), nil))
	if !strings.Contains(html, "… + 476") || !strings.Contains(html, "P499") {
		t.Error("the picture is not cut, or the table is")
	}
}

func FuzzCompute(f *testing.F) {
	calctest.Fuzz(f, calctest.Calculator{Form: Form(), Compute: Compute}, func(t *testing.T, n calctest.Numbers) {
		if n.Int("people") != n.Int("growth")+n.Int("trouble")+n.Int("even")+n.Int("over")+n.Int("unknown") || n.Int("receptive") > n.Int("growth")+n.Int("trouble") {
			t.Error(n)
		}
	},
		[2]string{"person.0.expected=5&person.0.perceived=5&person.0.closes=no", "=1+1"},
		[2]string{"person.0.expected=１０&person.1.perceived=0", "\"'&\x00"})
}
