// Package buyingroles is the worksheet of an account's people: the CUTE roles,
// the org map with its matching cards, and where to start (systems S16 to S20 and
// S30; deck slides 33 to 48, 74 and 75).
//
// Everybody has a role or several (coach, user, technical gatekeeper, key
// decision-maker), influence H M L, support + 0 −, contact N L M H, and perhaps
// a counterpart of ours. The codes are the deck's (slide 75); so is the one card
// that it fills in, "COO: E H 0 N Y". What is computed from them is
// reconstructed (I), or comes from sales tools (X):
//
//	people, coaches, users, technical, deciders, no_role
//	                  people, those of each role, and those without one
//	verdict           where those stand who decide, "against", "for", "blocked", "open"
//	                  or "unknown" (I): one E against is enough, for us are all or
//	                  none; else a T against blocks; unknown without an E
//	priority          of each person, in the order of the form (I): influence
//	                  (H 3, M 2, L 1) × what contact lacks (N 3, L 2, M 1, H 0; 3 too
//	                  where somebody is against us), double for E
//	start             who has the highest, of several the one least for us; nobody
//	                  where all are for us and in close contact
//	connected         who is in closest contact with us, of several the one of the
//	                  most influence
//	contact_owner     the counterpart of most people, the first of several
//	contacts          people in contact M or H
//	threading         (X) "none" without any of them, "critical" with one, "warning"
//	                  with two, else "fine"
//	supporters, opponents
//	                  people for and against us
//	key, key_supporters
//	                  key players: E, or influence H; and those for us
//	map               (X) "green" where a key player who is an E is for us, "amber"
//	                  where another key player is, else "red"
//	flags             red flags, which the report lists and hands over
//
// Flags (S21, S30, X): nobody in a role; a key player or a technical gatekeeper
// against us; a key player without any contact, or without a counterpart; people without a role; a single thread of
// contact; no more than half of the key players for us; no more supporters than opponents; no
// opponent at all, which means that one has not been found.
package buyingroles

import (
	"playbook/calculators/form"
	"playbook/calculators/report"
)

// ID is the calculator's id.
const ID = "buying-roles"

// Form describes the questions. Its default is the demo company with the twelve
// positions of slide 74; the COO's card is the deck's, the others are invented.
func Form() *form.Form { return &form.Form{ID: ID, Fields: fields} }

// fields are a table rather than code, which would weigh more in WebAssembly;
// nobody writes to it.
var fields = []form.Field{
	{Name: "person", Kind: form.Rows, Fields: []form.Field{
		{Name: "name", Optional: true, MaxLen: 60},
		{Name: "role", Kind: form.Many, Options: []string{"C", "U", "T", "E"}},
		{Name: "influence", Kind: form.Choice, Default: "M", Options: []string{"H", "M", "L"}},
		{Name: "support", Kind: form.Choice, Default: "zero", Options: []string{"plus", "zero", "minus"}},
		{Name: "contact", Kind: form.Choice, Default: "N", Options: []string{"N", "L", "M", "H"}},
		{Name: "title", Optional: true, MaxLen: 80},
		{Name: "reports_to", Optional: true, MaxLen: 60},
		{Name: "influences", Optional: true},
		{Name: "counterpart", Optional: true, MaxLen: 60},
	}, DefaultRows: [][]string{
		{"@default.coo", "E", "H", "zero", "N", "@position.coo", "", "", "@default.yes"},
		{"@default.cfo", "", "H", "zero", "N", "@position.cfo", "@default.coo"},
		{"@default.marketing", "U", "M", "plus", "M", "@position.marketing", "@default.coo", "", "@default.ours"},
		{"@default.planning", "U", "L", "plus", "H", "@position.planning", "@default.marketing", "", "@default.ours"},
		{"@default.inventory", "U", "L", "zero", "L", "@position.inventory", "@default.marketing"},
		{"@default.cio", "T", "H", "zero", "L", "@position.cio", "@default.coo", "@default.coo"},
		{"@default.systems", "T", "M", "minus", "L", "@position.systems", "@default.cio"},
		{"@default.technology", "T", "M", "zero", "N", "@position.technology", "@default.systems"},
		{"@default.manager", "U", "L", "zero", "L", "@position.manager", "@default.systems"},
		{"@default.database", "T", "L", "minus", "N", "@position.database", "@default.manager", "@default.systems"},
		{"@default.partner", "", "M", "zero", "L", "@position.partner"},
		{"@default.consultant", "C", "M", "plus", "M", "@position.consultant", "", "@default.cfo", "@default.ours"},
	}},
}

// roles are the letters of CUTE.
var roles = [...]string{"C", "U", "T", "E"}

// person is one row that says anything.
type person struct {
	*form.Set
	boss       int   // of account.people; -1 for none
	influences []int // of account.people
	key        bool
	priority   int
}

func (p *person) is(field, value string) bool { return p.Text(field) == value }

// account is everybody and what follows.
type account struct {
	people        []*person
	role          [len(roles)][]int // of people
	noRole        []int
	for_, against int
	keys, keysFor int
	contacts      int
	deciderFor    int   // deciders for us
	deciderMet    int   // and in close contact
	opposed       []int // deciders against
	blocked       []int // T against
	order         []int
	connected     int // of people; -1 for nobody
	owner         string
	faults        []form.Fault
}

// rank is a letter's place among others, counted from the last.
func rank(letters, letter string) int {
	for i := range len(letters) {
		if letters[i:i+1] == letter {
			return len(letters) - 1 - i
		}
	}
	return 0
}

// Compute answers the form. Its own faults are "twice" at a name that somebody
// before has, "nobody", "self" and "circle" at whom a person reports to, "nobody"
// and "self" at whom they influence; their words are calc.buying-roles.fault.
func Compute(in *form.Input) (*report.Result, []form.Fault) {
	a := &account{connected: -1}
	var names []string
	for _, row := range in.Rows("person") {
		if row.Given("name") || row.Given("title") || row.Given("role") {
			p := &person{Set: row, boss: -1}
			if name := row.Text("name"); name != "" && known(names, name) {
				a.fault(p, "name", "twice", name)
			}
			a.people = append(a.people, p)
			names = append(names, row.Text("name"))
		}
	}
	for i, p := range a.people {
		if p.Given("reports_to") {
			p.boss = a.find(names, i, "reports_to", p.Text("reports_to"))
		}
		for _, name := range form.Names(p.Text("influences"), names...) {
			if j := a.find(names, i, "influences", name); j >= 0 {
				p.influences = append(p.influences, j)
			}
		}
		// A circle is found at the line that closes it.
		path, steps := names[i], 0
		for j := p.boss; j >= 0; j = a.people[j].boss {
			if steps++; steps < 6 || j == i {
				path += " → " + names[j]
			}
			if j == i {
				a.fault(p, "reports_to", "circle", path)
				p.boss = -1
				break
			}
		}
	}
	if len(a.faults) > 0 {
		return nil, a.faults
	}
	a.count()
	return a.present(), nil
}

func known(names []string, name string) bool {
	for _, s := range names {
		if form.Same(s, name) {
			return true
		}
	}
	return false
}

func (a *account) fault(p *person, field, key, name string) {
	a.faults = append(a.faults, form.Fault{Field: p.Name(field), Key: key, Args: []form.Arg{{Name: "name", Value: name}}})
}

// find is whom a field of person i names; -1 with a fault where that is nobody
// else.
func (a *account) find(names []string, i int, field, name string) int {
	j := form.Refer(names, name)
	switch {
	case j < 0:
		a.fault(a.people[i], field, "nobody", name)
	case j == i:
		a.fault(a.people[i], field, "self", name)
		j = -1
	}
	return j
}

// count works out what follows from the codes.
func (a *account) count() {
	best := 0
	var keys, owned []int
	var owners []string
	for i, p := range a.people {
		influence, contact := rank("HML", p.Text("influence")), rank("NLMH", p.Text("contact"))
		gap := contact
		if p.is("support", "minus") {
			gap = 3
		}
		p.priority = (influence + 1) * gap
		for r, letter := range roles {
			if p.Has("role", letter) {
				a.role[r] = append(a.role[r], i)
			}
		}
		if !p.Given("role") {
			a.noRole = append(a.noRole, i)
		}
		decides := p.Has("role", "E")
		if decides {
			p.priority *= 2
		}
		p.key = decides || p.is("influence", "H")
		plus, minus := p.is("support", "plus"), p.is("support", "minus")
		if p.key {
			a.keys++
		}
		if plus {
			a.for_++
			if p.key {
				a.keysFor++
			}
			if decides {
				a.deciderFor++
				if contact <= 1 {
					a.deciderMet++
				}
			}
		}
		if minus {
			a.against++
			if decides {
				a.opposed = append(a.opposed, i)
			}
			if p.Has("role", "T") {
				a.blocked = append(a.blocked, i)
			}
		}
		if contact <= 1 {
			a.contacts++
		}
		if close := (3-contact)*3 + influence; contact < 3 && close > best {
			best, a.connected = close, i
		}
		key := -3 * p.priority // of equal priority, those least for us
		if plus {
			key += 2
		} else if !minus {
			key++
		}
		keys = append(keys, key)
		if p.Given("counterpart") {
			o := form.Refer(owners, p.Text("counterpart"))
			if o < 0 {
				o = len(owners)
				owners, owned = append(owners, p.Text("counterpart")), append(owned, 0)
			}
			owned[o]++
		}
	}
	most := 0
	for o, n := range owned {
		if n > most {
			most, a.owner = n, owners[o]
		}
	}
	a.order = form.Order(keys)
}

// verdict is S17's: what becomes of the sale as things stand.
func (a *account) verdict() string {
	deciders := len(a.role[3])
	switch {
	case deciders == 0:
		return "unknown"
	case len(a.opposed) > 0:
		return "against"
	case a.deciderFor == deciders:
		return "for"
	case len(a.blocked) > 0:
		return "blocked"
	}
	return "open"
}

func (a *account) threading() string {
	switch {
	case a.contacts == 0:
		return "none"
	case a.contacts == 1:
		return "critical"
	case a.contacts == 2:
		return "warning"
	}
	return "fine"
}

// state is the colour of the map.
func (a *account) state() string {
	switch {
	case a.keysFor == 0:
		return "red"
	case a.deciderFor == 0:
		return "amber"
	}
	return "green"
}
