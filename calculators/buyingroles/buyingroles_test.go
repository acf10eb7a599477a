package buyingroles

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"playbook/calculators/form"
	"playbook/calculators/internal/calctest"
	"playbook/calculators/report"
)

// compute gives the values of an encoding, or its faults, as text.
func compute(t testing.TB, encoded string) (map[string]any, string) {
	t.Helper()
	in, faults := form.Decode(Form(), encoded)
	if len(faults) == 0 {
		var r *report.Result
		if r, faults = Compute(in); len(faults) == 0 {
			v := map[string]any{}
			if err := json.Unmarshal([]byte(report.JSON(r)), &v); err != nil {
				t.Fatal(err)
			}
			return v, report.JSON(r)
		}
	}
	var b strings.Builder
	for _, f := range faults {
		fmt.Fprintf(&b, "%s: %s %v\n", f.Field, f.Key, f.Args)
	}
	return nil, b.String()
}

// people is an encoding of rows: "name role influence support contact", "." for
// the default, then "<boss", ">influenced" and "=counterpart".
func people(rows ...string) string {
	var b strings.Builder
	b.WriteString("person=")
	for i, row := range rows {
		for j, s := range strings.Fields(row) {
			field := ""
			switch s[0] {
			case '<':
				field, s = "reports_to", s[1:]
			case '>':
				field, s = "influences", s[1:]
			case '=':
				field, s = "counterpart", s[1:]
			default:
				field = []string{"name", "role", "influence", "support", "contact"}[j]
			}
			if s != "." {
				fmt.Fprintf(&b, "&person.%d.%s=%s", i, field, s)
			}
		}
	}
	return b.String()
}

func TestValues(t *testing.T) {
	// The demo company, by hand. Priorities: Martin 3 × 3 × 2, Helen 3 × 3, Paula
	// 2 × 1, Oscar 1 × 0, Nina 1 × 2, Victor 3 × 2, Graham 2 × 3 (against), Ingrid 2 × 3, Leo
	// 1 × 2, Tessa 1 × 3, Bruno 2 × 2, Yvonne 2 × 1. Contact is M or H with Paula, Oscar and
	// Yvonne, who alone are for us. Key: Martin, Helen, Victor. Flags: no contact with
	// Martin, with Helen; no counterpart for Helen, for Victor; 0 of 3; two without a role; Graham and Tessa may say no.
	want := `{"people":12,"coaches":1,"users":4,"technical":4,"deciders":1,"no_role":2,"verdict":"blocked",` +
		`"priority":[18,9,2,0,2,6,6,6,2,3,4,2],"start":"@default.coo","connected":"@default.planning","contact_owner":"@default.ours",` +
		`"contacts":3,"threading":"fine","supporters":3,"opponents":2,"key":3,"key_supporters":0,"map":"red","flags":8}`
	if _, got := compute(t, ""); got != want {
		t.Errorf("default:\ngot  %s\nwant %s", got, want)
	}
	// The deck's card, E H 0 N Y, alone: flags no contact, no C, U, T, no thread, 0 of 1
	// key players, no opponent.
	want = `{"people":1,"coaches":0,"users":0,"technical":0,"deciders":1,"no_role":0,"verdict":"open",` +
		`"priority":[18],"start":"A","connected":null,"contact_owner":"yes",` +
		`"contacts":0,"threading":"none","supporters":0,"opponents":0,"key":1,"key_supporters":0,"map":"red","flags":7}`
	if _, got := compute(t, people("A E H zero N =yes")); got != want {
		t.Errorf("the deck's card:\ngot  %s\nwant %s", got, want)
	}
	want = `{"people":0,"coaches":0,"users":0,"technical":0,"deciders":0,"no_role":0,"verdict":"unknown",` +
		`"priority":[],"start":null,"connected":null,"contact_owner":null,` +
		`"contacts":0,"threading":"none","supporters":0,"opponents":0,"key":0,"key_supporters":0,"map":"red","flags":0}`
	for _, encoded := range []string{"person=", "person.0.influence=H&person.1.contact=M"} {
		if _, got := compute(t, encoded); got != want {
			t.Errorf("nobody:\ngot  %s\nwant %s", got, want)
		}
	}
}

// TestVerdict is the table of S17, and its reading for several deciders.
func TestVerdict(t *testing.T) {
	for rows, want := range map[string]string{
		"A E . minus|B T . plus|C U . plus":  "against",
		"A E . plus|B T . minus|C U . minus": "for",
		"A E . zero|B T . minus":             "blocked",
		"A E . zero|B T . plus":              "open",
		"A E . plus|B E . plus":              "for",
		"A E . plus|B E . zero":              "open",
		"A E . plus|B E . zero|C T . minus":  "blocked",
		"A E . plus|B E . minus":             "against",
		"A T . plus":                         "unknown",
		"A C,U,T,E . minus":                  "against",
	} {
		if v, text := compute(t, people(strings.Split(rows, "|")...)); v["verdict"] != want {
			t.Errorf("%s: %s, want %s", rows, text, want)
		}
	}
}

// TestRules holds single values: what decides them, and where it turns.
func TestRules(t *testing.T) {
	for _, test := range []struct {
		rows, name string
		want       any
	}{
		{"A . . . M", "threading", "critical"},
		{"A . . . M|B . . . H", "threading", "warning"},
		{"A . . . M|B . . . H|C . . . M", "threading", "fine"},
		{"A . . . L|B . . . L|C . . . L|D . . . N", "contacts", 0.},
		{"A E L plus|B T H zero", "map", "green"},
		{"A E L zero|B T H plus", "map", "amber"},
		{"A E L zero|B T M plus", "map", "red"},
		// Ties: the first of the form; nobody where everybody is in close contact.
		{"A T M zero N|B U H zero L", "start", "A"},
		{"A T M plus H|B U H plus H", "start", nil},
		// In touch with all: whoever is not yet for us. Against counts as out of touch.
		{"A T M plus H|B U H zero H", "start", "B"},
		{"A E M zero H|B U L zero N|C E L minus H", "start", "C"},
		{"A T H zero N|B T H minus H", "start", "B"},
		{"A U M zero N", "threading", "none"},
		// Against us without being a key player, a gatekeeper can stop the sale all the same.
		{"A E . zero M =x|B T M minus M|C U . plus M", "flags", 4.},
		{"A E . zero M =x|B U M minus M|C U . plus M", "flags", 4.},
		// E doubles: 2 × 2 × 2 = 8 beats 3 × 2 = 6 but not 3 × 3 = 9.
		{"A T H zero L|B E M zero L", "start", "B"},
		{"A T H zero N|B E M zero L", "start", "A"},
		{"A . L zero H|B . H zero H|C . H zero M", "connected", "B"},
		{"A . H zero M|B . L zero H", "connected", "B"},
		{"A . . zero N =Ann|B . . zero N =Ben|C . . zero N =ben", "contact_owner", "Ben"},
		{"A . . zero N =Ann|B . . zero N =Ben", "contact_owner", "Ann"},
	} {
		if v, text := compute(t, people(strings.Split(test.rows, "|")...)); v[test.name] != test.want {
			t.Errorf("%s: %s of %s, want %v", test.rows, test.name, text, test.want)
		}
	}
}

// TestFlags holds each flag by its sentence, with what just raises it and what
// just does not.
func TestFlags(t *testing.T) {
	get := calctest.Get(calctest.Words(t, "en"))
	for _, test := range []struct{ rows, flag, without string }{
		{"A T", "We do not know who decides", "A T|B E"},
		{"A U,T,E", "We have no coach", "A U,T,E|B C"},
		{"A C,T,E", "We know no user", "A C,T,E|B U"},
		{"A C,U,E", "We know no technical gatekeeper", "A C,U,E|B T"},
		{"A E L minus", "A is against us", "A U M minus"},
		{"A U H minus", "A is against us", "A U H zero"},
		{"A U H zero N", "We have no contact with A", "A U H zero L"},
		{"A E L zero N", "We have no contact with A", "A U M zero N"},
		{"A E L", "A has no counterpart on our side", "A E L zero N =x"},
		{"A U . . M|B U . . M", "Active contacts: 2", "A U . . M|B U . . M|C U . . M"},
		{"A U H plus|B U H", "Key players for us: 1 of 2", "A U H plus|B U H|C U H plus"},
		{"A U H plus", "We have found no opponent", "A U . minus"},
		{"A U . minus|B U . plus", "Supporters: 1, opponents: 1", "A U . minus|B U . plus|C U . plus"},
		{"A|B|C U", "People whose role we do not know: 2", "A U"},
	} {
		for i, rows := range []string{test.rows, test.without} {
			in, faults := form.Decode(Form(), people(strings.Split(rows, "|")...))
			if len(faults) > 0 {
				t.Fatal(faults)
			}
			r, _ := Compute(in)
			text := report.PlainText(r, report.NewWords(ID, get, nil))
			if has := strings.Contains(text, "what="+test.flag+"'"); has != (i == 0) {
				t.Errorf("%s: %q is %v", rows, test.flag, has)
			}
		}
	}
}

func TestFaults(t *testing.T) {
	for _, test := range []struct{ encoded, want string }{
		{people("A", "a", "B", "A"), "person.1.name: twice [{name a}]\nperson.3.name: twice [{name A}]\n"},
		{people("A <Z", "B >A,Y"), "person.0.reports_to: nobody [{name Z}]\nperson.1.influences: nobody [{name Y}]\n"},
		{people("A <A", "B >B"), "person.0.reports_to: self [{name A}]\nperson.1.influences: self [{name B}]\n"},
		{people("A <B", "B <A"), "person.1.reports_to: circle [{name B → A → B}]\n"},
		{people("A <C", "B <A", "C <B"), "person.2.reports_to: circle [{name C → B → A → C}]\n"},
		// Two circles, each told once, and somebody who leads into one.
		{people("A <B", "B <A", "C <D", "D <C", "E <A"), "person.1.reports_to: circle [{name B → A → B}]\nperson.3.reports_to: circle [{name D → C → D}]\n"},
		{people("A <3", "B <1"), "person.0.reports_to: nobody [{name 3}]\n"},
		{people("A E,X", "B . X"), "person.0.role: choice [{options C, U, T, E}]\nperson.1.influence: choice [{options H, M, L}]\n"},
	} {
		if _, got := compute(t, test.encoded); got != test.want {
			t.Errorf("%s:\ngot  %swant %s", test.encoded, got, test.want)
		}
	}
}

// TestMany holds that 500 people in one line of command are worked out and told.
func TestMany(t *testing.T) {
	var rows []string
	for i := range 500 {
		rows = append(rows, fmt.Sprintf("P%d U M zero L <P%d >P%d", i, max(i-1, 0), (i+1)%500))
	}
	rows[0] = "P0 E H plus H"
	v, text := compute(t, people(rows...))
	if v["people"] != 500. || v["verdict"] != "for" || v["start"] != "P1" {
		t.Error(text)
	}
	in, _ := form.Decode(Form(), people(rows...))
	r, _ := Compute(in)
	w := report.NewWords(ID, calctest.Get(calctest.Words(t, "zh")), nil)
	if html := report.HTML(r, w); !strings.Contains(html, "… + 460") || strings.Count(html, "P499") < 2 {
		t.Error("the picture is not cut, or the table is")
	}
}

// TestRandom computes what follows from the codes another way: by looking them up.
func TestRandom(t *testing.T) {
	r := rand.New(rand.NewPCG(34, 75))
	pick := func(letters ...string) string { return letters[r.IntN(len(letters))] }
	for range 300 {
		type one struct{ role, influence, support, contact string }
		var all []one
		var rows []string
		for i := range 1 + r.IntN(6) {
			p := one{pick("C", "U", "T", "E", "T,E", "."), pick("H", "M", "L"), pick("plus", "zero", "minus"), pick("N", "L", "M", "H")}
			all = append(all, p)
			rows = append(rows, fmt.Sprintf("P%d %s %s %s %s", i, p.role, p.influence, p.support, p.contact))
		}
		var priorities []any
		start, most, least := any(nil), -1, ""
		count := map[string]int{}
		for i, p := range all {
			decides := strings.Contains(p.role, "E")
			n := map[string]int{"H": 3, "M": 2, "L": 1}[p.influence]
			if p.support == "minus" || p.contact == "N" {
				n *= 3
			} else {
				n *= map[string]int{"L": 2, "M": 1, "H": 0}[p.contact]
			}
			if decides {
				n *= 2
				count["E "+p.support]++
				count["E"]++
			}
			if strings.Contains(p.role, "T") {
				count["T "+p.support]++
			}
			if p.contact == "M" || p.contact == "H" {
				count["met"]++
			}
			priorities = append(priorities, float64(n))
			// minus < zero's place … by the alphabet: minus, plus, zero.
			order := map[string]string{"minus": "a", "zero": "b", "plus": "c"}[p.support]
			if n > most || n == most && order < least {
				start, most, least = fmt.Sprintf("P%d", i), n, order
			}
		}
		if most == 0 && least == "c" {
			start = nil
		}
		verdict := "open"
		switch {
		case count["E"] == 0:
			verdict = "unknown"
		case count["E minus"] > 0:
			verdict = "against"
		case count["E plus"] == count["E"]:
			verdict = "for"
		case count["T minus"] > 0:
			verdict = "blocked"
		}
		threading := []string{"none", "critical", "warning", "fine"}[min(count["met"], 3)]
		v, text := compute(t, people(rows...))
		if fmt.Sprint(v["priority"], v["start"], v["verdict"], v["threading"]) != fmt.Sprint(priorities, start, verdict, threading) {
			t.Fatalf("%v: %s, want %v %v %s %s", rows, text, priorities, start, verdict, threading)
		}
	}
}

// TestHeadline holds what the report begins with.
func TestHeadline(t *testing.T) {
	for rows, want := range map[string]string{
		"":                                " answer.none",
		"A T . plus":                      " answer.unknown",
		"A E . plus H":                    "bell answer.for",
		"A E . plus H|B E . plus L":       " answer.hearsay",
		"A E . zero H":                    " answer.open",
		"Ada E . zero H|Bert T . minus M": "flag answer.blocked",
		"Ada E . minus H|Bert E . plus H": "flag answer.against",
	} {
		in, _ := form.Decode(Form(), people(strings.Split(rows, "|")...))
		r, _ := Compute(in)
		if got := r.Blocks[0].Sign.String() + " " + r.Blocks[0].Text[0].Key; got != want {
			t.Errorf("%q begins with %q, want %q", rows, got, want)
		}
	}
	for rows, want := range map[string]string{
		"Ada E . zero H|Bert T . minus M": "Blocked: Bert may say no and will, and no yes from Ada overrides it",
		"Ada E . minus H|Bert E . plus H": "As things stand the answer is no: Ada decides and is against you",
	} {
		in, _ := form.Decode(Form(), people(strings.Split(rows, "|")...))
		r, _ := Compute(in)
		w := report.NewWords(ID, calctest.Get(calctest.Words(t, "en")), nil)
		if got := w.Say(r.Blocks[0].Text[0]); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		if text := report.PlainText(r, w); strings.Contains(rows, "T . minus") && !strings.Contains(text, "Bert can say no, and is against us") {
			t.Errorf("no flag names him:\n%s", text)
		}
	}
}

func FuzzCompute(f *testing.F) {
	calctest.Fuzz(f, calctest.Calculator{Form: Form(), Compute: Compute}, nil,
		[2]string{people("A E H plus H <B >B,C", "B T", "C . L minus"), "A"},
		[2]string{people("A <B", "B <A"), "=1+1"})
}
