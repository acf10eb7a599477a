package form

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"playbook/calculators/calendar"
)

// everything is a form with a field of every kind.
func everything() *Form {
	return &Form{ID: "everything", Fields: []Field{
		{Name: "title", Kind: Text, Default: "@default.title", MaxLen: 10},
		{Name: "currency", Kind: Currency, Default: "USD"},
		{Name: "years", Kind: Integer, Default: "1", Min: 1, Max: 10},
		{Name: "capacity", Kind: Integer, Optional: true, Max: 100},
		{Name: "quota", Kind: Money, Default: "5,000,000", Min: 1, Max: 1e15},
		{Name: "rate", Kind: Percent, Default: "12.5", Max: 1_000_000},
		{Name: "first", Kind: Month, Default: "2027-01"},
		{Name: "deadline", Kind: Date, Optional: true},
		{Name: "row", Kind: Rows, MaxRows: 3, MinRows: 1,
			Fields: []Field{
				{Name: "name", Kind: Text, Optional: true},
				{Name: "amount", Kind: Money, Optional: true, Max: 1e12},
				{Name: "every", Kind: Choice, Options: []string{"once", "year"}, Default: "year"},
				{Name: "weeks", Kind: Integer, Default: "", Min: 1, Max: 52},
			},
			DefaultRows: [][]string{{"@default.first", "2500", "once", "1"}, {"Second", "", "", "2"}}},
		{Name: "pause", Kind: Rows, Fields: []Field{{Name: "from", Kind: Date}}},
	}}
}

func said(faults []Fault) string {
	var b strings.Builder
	for _, f := range faults {
		fmt.Fprintf(&b, "%s: %s", f.Field, f.Key)
		for _, a := range f.Args {
			fmt.Fprintf(&b, " %s=%s", a.Name, a.Value)
		}
		b.WriteString("\n")
	}
	return b.String()
}

func TestDefaults(t *testing.T) {
	f := everything()
	f.Field("row").DefaultRows[1][2] = "once"
	in, faults := Decode(f.In(func(key string) string { return "«" + key + "»" }), "title=T")
	if got, want := said(faults), ""; got != want {
		t.Fatalf("faults:\n%s", got)
	}
	got := Encode(in.Pairs())
	want := "title=T&currency=USD&years=1&capacity=&quota=5000000&rate=12.5&first=2027-01&deadline=" +
		"&row.0.name=%C2%ABcalc.everything.default.first%C2%BB&row.0.amount=2500&row.0.every=once&row.0.weeks=1" +
		"&row.1.name=Second&row.1.amount=&row.1.every=once&row.1.weeks=2"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if f.Field("row").DefaultRows[0][0] != "@default.first" {
		t.Error("In changed the form itself")
	}
}

func TestGetters(t *testing.T) {
	in, faults := Decode(everything(), "title=A+b&currency=cny&years=3&quota=1.2%E4%B8%87&rate=80&first=2027%E5%B9%B45%E6%9C%88"+
		"&deadline=2028/2/29&row.7.name=seven&row.7.weeks=7&row.2.amount=0.05&row.2.weeks=2&pause.0.from=2027-02-06")
	if len(faults) > 0 {
		t.Fatal(said(faults))
	}
	if in.Form().ID != "everything" {
		t.Error("form")
	}
	capacity, hasCapacity := in.OptInt("capacity")
	years, hasYears := in.OptInt("years")
	deadline, hasDeadline := in.OptDate("deadline")
	rows := in.Rows("row")
	amount, priced := rows[0].OptMoney("amount")
	_, unpriced := rows[1].OptMoney("amount")
	got := fmt.Sprint(in.Text("title"), in.Text("currency"), in.Int("years"), years, hasYears, capacity, hasCapacity,
		in.Money("quota"), in.Percent("rate"), in.Month("first"), deadline, hasDeadline,
		rows[0].Row(), rows[0].Name("amount"), amount, priced, rows[0].Text("every"), rows[0].Text("name") == "",
		rows[1].Row(), rows[1].Text("name"), unpriced, in.Rows("pause")[0].Date("from"))
	want := fmt.Sprint("A b", "CNY", 3, 3, true, 0, false,
		1200000, 800000, calendar.Month{Year: 2027, Month: 5}, calendar.Date{Year: 2028, Month: 2, Day: 29}, true,
		2, "row.2.amount", 5, true, "year", true,
		7, "seven", false, calendar.Date{Year: 2027, Month: 2, Day: 6})
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	for name, get := range map[string]func(){
		"unknown":    func() { in.Int("no") },
		"other kind": func() { in.Int("title") },
		"no text":    func() { in.Text("years") },
		"no group":   func() { in.Rows("years") },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			get()
		}()
	}
}

func TestFaults(t *testing.T) {
	many := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "row.%d.weeks=1&", i)
		}
		return b.String()
	}
	rows := "row.0.weeks=1&"
	tests := []struct{ name, encoded, want string }{
		{"none", rows, ""},
		{"required", rows + "years=", "years: required\n"},
		{"required in a row", "row.4.name=x", "row.4.weeks: required\n"},
		{"required choice", rows + "row.0.every=", "row.0.every: required\n"},
		{"white space is empty", rows + "years=+%09%E3%80%80", "years: required\n"},
		{"range", rows + "years=11&quota=0", "years: max max=10\nquota: min min=0.01\n"},
		{"range of a percentage", rows + "rate=100.5", "rate: max max=100\n"},
		{"huge", rows + "quota=1e999&years=NaN", "years: number value=NaN\nquota: number value=1e999\n"},
		{"markup", rows + "quota=%3Cscript%3E", "quota: number value=<script>\n"},
		{"long value", rows + "quota=" + strings.Repeat("9x", 60), "quota: number value=" + strings.Repeat("9x", 20) + "…\n"},
		{"choice", rows + "row.0.every=week", "row.0.every: choice options=once, year\n"},
		{"long", rows + "title=%E4%B8%80234567890", ""},
		{"too long", rows + "title=%E4%B8%802345678901", "title: long max=10\n"},
		{"currency", rows + "currency=US", "currency: currency\n"},
		{"currency with digits", rows + "currency=U5D", "currency: currency\n"},
		{"currency of four", rows + "currency=USDT", "currency: currency\n"},
		{"months", rows + "first=2027-13", "first: month\n"},
		{"month without year", rows + "first=5", "first: month\n"},
		{"month far away", rows + "first=20277-01", "first: month\n"},
		{"dates", rows + "deadline=2027-02-29", "deadline: date\n"},
		{"date as words", rows + "deadline=tomorrow", "deadline: date\n"},
		{"date too short", rows + "deadline=2027-02", "deadline: date\n"},
		{"date in Chinese", rows + "deadline=2027%E5%B9%B42%E6%9C%8828%E6%97%A5", ""},
		{"date with a tail", rows + "deadline=2027-02-28-", "deadline: date\n"},
		{"date with a gap", rows + "deadline=2027--28", "deadline: date\n"},
		{"three rows", many(3), ""},
		{"four rows", many(4), "row: rows.max max=3\n"},
		{"no rows", "row=", "row: rows.min min=1\n"},
		{"no rows of a group without default", rows + "pause=", ""},
		{"value for a group", rows + "row=5", "row: unknown name=row closest=row.0.name\n"},
		{"repeated", rows + "years=2&years=3&years=4", "years: repeated\n"},
		{"repeated in a row", rows + "row.0.weeks=2", "row.0.weeks: repeated\n"},
		{"unknown", rows + "colour=red", "colour: unknown name=colour closest=\n"},
		{"nearly", rows + "yeas=2", "yeas: unknown name=yeas closest=years\n"},
		{"swapped", rows + "quoat=2", "quoat: unknown name=quoat closest=quota\n"},
		{"nearly in a row", rows + "row.3.amout=2", "row.3.amout: unknown name=row.3.amout closest=row.3.amount\n"},
		{"nearly a group", rows + "rows.3.amount=2", "rows.3.amount: unknown name=rows.3.amount closest=row.3.amount\n"},
		{"nearly a field with a row", rows + "yeras.3.amount=2", "yeras.3.amount: unknown name=yeras.3.amount closest=\n"},
		{"a row without a number", rows + "row.x.amount=2", "row.x.amount: unknown name=row.x.amount closest=\n"},
		{"a negative row", rows + "row.-1.amount=2", "row.-1.amount: unknown name=row.-1.amount closest=\n"},
		{"a row of zeros", rows + "row.00.amount=2", "row.00.amount: unknown name=row.00.amount closest=\n"},
		{"a huge row", rows + "row.9999999999.weeks=2", "row.9999999999.weeks: unknown name=row.9999999999.weeks closest=\n"},
		{"a greatest row", "row.999999999.weeks=2", ""},
		{"a row of no group", rows + "years.0.x=2", "years.0.x: unknown name=years.0.x closest=\n"},
		{"too deep", rows + "row.0.name.x=2", "row.0.name.x: unknown name=row.0.name.x closest=row.0.name\n"},
		{"a name that is no text", rows + "%FF%00=2", "\ufffd: unknown name=\ufffd closest=\n"},
		{"a huge name", rows + strings.Repeat("q", 500) + "=2", strings.Repeat("q", 500) + ": unknown name=" + strings.Repeat("q", 500) + " closest=\n"},
		{"bad escapes", rows + "title=50%&years=%zz", "years: number value=%zz\n"},
		{"order of the form", "nope=1&row.1.weeks=x&years=x&row.0.weeks=x",
			"years: number value=x\nrow.0.weeks: number value=x\nrow.1.weeks: number value=x\nnope: unknown name=nope closest=\n"},
	}
	f := everything()
	f.Fields[0].Default = "T"
	for _, test := range tests {
		_, faults := Decode(f, test.encoded)
		if got := said(faults); got != test.want {
			t.Errorf("%s:\ngot  %swant %s", test.name, got, test.want)
		}
	}
}

// TestMany holds that what a form's boxes send one by one, a list and a link
// mean the same, in the order of the options.
func TestMany(t *testing.T) {
	f := &Form{ID: "x", Fields: []Field{
		{Name: "role", Kind: Many, Options: []string{"C", "U", "T", "E"}, Default: "U"},
		{Name: "row", Kind: Rows, Fields: []Field{{Name: "role", Kind: Many, Options: []string{"C", "E"}}}},
	}}
	tests := []struct{ encoded, want string }{
		{"", "role=U"},
		{"role=", "role="},
		{"role=E&role=C", "role=C%2CE"},
		{"role=E,C", "role=C%2CE"},
		{"role=E，C+C", "role=C%2CE"},
		{"row.3.role=E&row.3.role=C&row.4.role=", "role=U&row.3.role=C%2CE&row.4.role="},
	}
	for _, test := range tests {
		in, faults := Decode(f, test.encoded)
		if got := Encode(in.Pairs()); got != test.want || len(faults) > 0 {
			t.Errorf("%s: got %s %s", test.encoded, got, said(faults))
		}
		if again, _ := Decode(f, Encode(in.Pairs())); Encode(again.Pairs()) != test.want {
			t.Errorf("%s: its own pairs give something else", test.encoded)
		}
	}
	in, faults := Decode(f, "role=C,X&row.0.role=E")
	if got := said(faults); got != "role: choice options=C, U, T, E\n" {
		t.Errorf("got %q", got)
	}
	if row := in.Rows("row")[0]; !row.Has("role", "E") || row.Has("role", "C") {
		t.Error("Has")
	}
}

func TestFirstStands(t *testing.T) {
	in, _ := Decode(everything(), "years=2&years=3")
	if in.Int("years") != 2 {
		t.Error("the second value replaced the first")
	}
}

// TestRowOrder holds that N orders the rows whatever their order, gaps included.
func TestRowOrder(t *testing.T) {
	in, faults := Decode(everything(), "row.10.name=c&row.10.weeks=1&row.9.weeks=1&row.9.name=b&row.0.weeks=1&row.0.name=a&title=T")
	var names string
	for _, r := range in.Rows("row") {
		names += r.Text("name")
	}
	if names != "abc" || len(faults) > 0 {
		t.Error(names, said(faults))
	}
}

// TestNoRows holds that rows taken out do not come back.
func TestNoRows(t *testing.T) {
	f := everything()
	f.Field("row").MinRows = 0
	in, _ := Decode(f, "row=")
	if n := len(in.Rows("row")); n != 0 {
		t.Fatal(n, "rows")
	}
	encoded := Encode(in.Pairs())
	if !strings.HasSuffix(encoded, "&row=") {
		t.Fatal(encoded)
	}
	in, _ = Decode(f, encoded)
	if n := len(in.Rows("row")); n != 0 {
		t.Error(n, "rows came back")
	}
}

// TestManyRows holds that a form of any size is answered with one fault.
func TestManyRows(t *testing.T) {
	var b strings.Builder
	for i := range 10_000 {
		fmt.Fprintf(&b, "row.%d.name=x&row.%d.amount=x&row.%d.weeks=x&", 10_000-i, i, i)
	}
	in, faults := Decode(everything(), b.String()+"title=T")
	if got, want := said(faults), "row: rows.max max=3\n"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if len(in.Rows("row")) != 0 {
		t.Error("rows were read")
	}
}

func TestLine(t *testing.T) {
	tests := map[string]string{
		"":                              "",
		"  a  b ":                       "a b",
		"a\r\nb\tc":                     "a b c",
		"\ufeffa\x00\x1bb\u202e":        "ab",
		"价格　高":                          "价格 高",
		"a\xffb":                        "a\ufffdb",
		"\u2066x\u2069":                 "x",
		"<b>&amp;</b>":                  "<b>&amp;</b>",
		"👩‍👩‍👧":                         "👩‍👩‍👧",
		strings.Repeat(" ", 50) + "end": "end",
	}
	for in, want := range tests {
		if got := line(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestParseAndEncode(t *testing.T) {
	pairs := []Pair{{"a b", "1+1=2&c"}, {"", "x"}, {"名", "价 格"}, {"e", ""}}
	encoded := Encode(pairs)
	if want := "a+b=1%2B1%3D2%26c&=x&%E5%90%8D=%E4%BB%B7+%E6%A0%BC&e="; encoded != want {
		t.Errorf("got %s, want %s", encoded, want)
	}
	if got := Parse(encoded); !slices.Equal(got, pairs) {
		t.Errorf("got %q, want %q", got, pairs)
	}
	got := Parse("&&a&b=%4&c=%g1&d=%41%&=&e==f")
	want := []Pair{{"a", ""}, {"b", "%4"}, {"c", "%g1"}, {"d", "A%"}, {"", ""}, {"e", "=f"}}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if Parse("") != nil {
		t.Error("pairs from nothing")
	}
}

func TestDistance(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"", "abc", 3}, {"abc", "abc", 0}, {"abc", "acb", 1}, {"years", "yeas", 1},
		{"amount", "amuont", 1}, {"kitten", "sitting", 3},
	} {
		if got := distance(test.a, test.b); got != test.want {
			t.Errorf("%s %s: got %d, want %d", test.a, test.b, got, test.want)
		}
	}
}

// FuzzDecode holds that nothing makes Decode panic, that faults name fields, and
// that the pairs of a good input decode to the same input.
func FuzzDecode(f *testing.F) {
	for _, seed := range []string{
		"", "title=T", "years=1&problem.0.name=Training", "row.0.weeks=1&row.0.amount=1.2%E4%B8%87&title=%FF",
		"row=&pause=&deadline=2027-07-23", "years=1e999&quota=<script>&row.1.every=once", "a%&=&&%00=%", "row.0.weeks=1&row.1.weeks=1&row.2.weeks=1&row.3.weeks=1",
		"title=T&quota=１２，０００&rate=８０％&currency=ｃｎｙ&row.5.weeks=３&first=2027年5月",
	} {
		f.Add(seed)
	}
	form := everything()
	f.Fuzz(func(t *testing.T, encoded string) {
		in, faults := Decode(form, encoded)
		for _, fault := range faults {
			if fault.Key == "" {
				t.Errorf("fault without a key: %+v", fault)
			}
		}
		if len(faults) > 0 {
			return
		}
		again, faults := Decode(form, Encode(in.Pairs()))
		if len(faults) > 0 {
			t.Fatalf("%q: its own pairs have faults: %s", encoded, said(faults))
		}
		if !reflect.DeepEqual(again, in) {
			t.Fatalf("%q: decodes to\n%+v\nits pairs to\n%+v", encoded, in, again)
		}
	})
}
