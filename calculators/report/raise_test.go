package report

import (
	"strings"
	"testing"

	"playbook/calculators/form"
)

// TestRaise holds that flags are listed and handed over in the reader's words,
// as many as anybody works on, and that the rest is counted.
func TestRaise(t *testing.T) {
	table := map[string]string{
		"calc.x.what": "No {n}", "calc.x.cause": "Nobody asked", "report.raised.caption": "Flags: {n}", "report.raised.what": "Flag",
		"report.raised.cause": "Because", "report.raised.more": "{n} more", "report.raised.hand": "Take over", "report.colon": ": ", "report.flag": "Red flag",
	}
	w := NewWords("x", func(key string) string { return table[key] }, nil)
	r := &Result{}
	r.Raise(nil)
	if len(r.Blocks) > 0 {
		t.Error(r.Blocks)
	}
	var flags []Raised
	for i := range 22 {
		flags = append(flags, Raised{Say("what", "n", i), Say("cause")})
	}
	r.Raise(flags)
	got := PlainText(r, w)
	for _, want := range []string{"Flags: 22", "Red flag: No 19  Nobody asked", "\n2 more\n",
		"playbook calc red-flags 'flag.0.what=No 0' 'flag.0.cause=Nobody asked'", "'flag.19.cause=Nobody asked'"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if strings.Contains(got, "No 20") {
		t.Error("more than anybody works on")
	}
}

// TestField holds the datum of every kind of field.
func TestField(t *testing.T) {
	f := &form.Form{ID: "x", Fields: []form.Field{
		{Name: "text"}, {Name: "choice", Kind: form.Choice, Options: []string{"a"}}, {Name: "n", Kind: form.Integer},
		{Name: "money", Kind: form.Money}, {Name: "share", Kind: form.Percent}, {Name: "month", Kind: form.Month}, {Name: "day", Kind: form.Date},
		{Name: "many", Kind: form.Many, Options: []string{"C", "E"}}, {Name: "code", Kind: form.Currency}, {Name: "empty", Optional: true}, {Name: "later", Kind: form.Date, Optional: true},
	}}
	in, faults := form.Decode(f, "text=T&choice=a&n=7&money=1.50&share=12.5&month=2027-05&day=2027-05-06&many=E,C&code=usd")
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	r := &Result{}
	for _, f := range f.Fields {
		r.Value(f.Name, Field(&in.Set, f.Name))
	}
	want := `{"text":"T","choice":"a","n":7,"money":1.5,"share":12.5,"month":"2027-05","day":"2027-05-06","many":["C","E"],"code":"USD","empty":null,"later":null}`
	if got := JSON(r); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestTwice(t *testing.T) {
	for want, names := range map[string][]string{
		"":   {"A", "B", "", ""},
		"a":  {"A", "B", "a", "b"},
		"罗总": {"罗总", "罗总"},
	} {
		r := &Result{}
		r.Twice(names)
		if got := len(r.Blocks) > 0; got != (want != "") || got && r.Blocks[0].Text[0].Args[0].Data.s != want {
			t.Errorf("%q: %v", names, r.Blocks)
		}
	}
}
