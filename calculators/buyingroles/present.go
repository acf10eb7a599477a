package buyingroles

import (
	"strconv"

	"playbook/calculators/chart"
	"playbook/calculators/report"
)

// name is what a person is called, in a message or a cell; Null for nobody.
func (a *account) name(i int) report.Datum {
	if i < 0 {
		return report.Null()
	}
	return report.Name(a.people[i].Text("name"))
}

// names lists people, the first of many.
func (a *account) names(people []int) report.Datum {
	var list report.Data
	for _, i := range people {
		list.Add(a.name(i))
	}
	return report.Some(list)
}

// present is the report.
func (a *account) present() *report.Result {
	r := &report.Result{}
	verdict, start, top := a.verdict(), -1, 0
	if len(a.order) > 0 {
		first := a.people[a.order[0]]
		if top = first.priority; top > 0 || !first.is("support", "plus") {
			start = a.order[0]
		}
	}
	flags := a.flags()
	owner := report.Null()
	if a.owner != "" {
		owner = report.Text(a.owner)
	}
	var priorities report.Data
	for _, p := range a.people {
		priorities.Add(report.Count(int64(p.priority)))
	}
	r.Count("people", len(a.people))
	r.Count("coaches", len(a.role[0]))
	r.Count("users", len(a.role[1]))
	r.Count("technical", len(a.role[2]))
	r.Count("deciders", len(a.role[3]))
	r.Count("no_role", len(a.noRole))
	r.Value("verdict", report.Code(verdict))
	r.Value("priority", report.List(priorities...))
	r.Value("start", a.name(start))
	r.Value("connected", a.name(a.connected))
	r.Value("contact_owner", owner)
	r.Count("contacts", a.contacts)
	r.Value("threading", report.Code(a.threading()))
	r.Count("supporters", a.for_)
	r.Count("opponents", a.against)
	r.Count("key", a.keys)
	r.Count("key_supporters", a.keysFor)
	r.Value("map", report.Code(a.state()))
	r.Count("flags", len(flags))
	if len(a.people) == 0 {
		r.Add(report.Verdict, report.NoSign, report.Say("answer.none"), report.Say("answer.none-more"))
		return r
	}

	sign, who := report.NoSign, a.role[3]
	switch {
	case verdict == "against":
		sign, who = report.Flag, a.opposed
	case verdict == "blocked":
		sign = report.Flag
	case verdict == "for" && a.deciderMet == a.deciderFor:
		sign = report.Bell
	case verdict == "for":
		verdict = "hearsay"
	}
	b := r.Add(report.Verdict, sign, report.Say("answer."+verdict, "names", a.names(who), "n", len(who), "by", a.names(a.blocked)))
	switch {
	case top > 0:
		b.Text = append(b.Text, report.Say("start", "name", a.name(start), "n", top))
	case start >= 0:
		b.Text = append(b.Text, report.Say("start-won", "name", a.name(start)))
	}
	fact := func(label string, value any, note string, n int) {
		r.Fact(label, value).Note = report.Say(note, "n", n)
	}
	if start >= 0 {
		r.Fact("fact.start", a.name(start))
	}
	r.Fact("fact.connected", a.name(a.connected))
	r.Fact("fact.owner", owner)
	fact("fact.contacts", a.contacts, "threading."+a.threading(), 0)
	fact("fact.keys", a.keysFor, "map."+a.state(), a.keys)
	fact("fact.support", a.for_, "fact.against", a.against)
	r.Figure(report.Say("map.caption"), report.Say("map.alt", "n", len(a.people), "start", a.name(start)), false, a.figure)

	t := r.Table(report.Say("roles.caption"), "roles.role", "roles.people")
	for i, letter := range roles {
		cell := report.Cell{Data: a.names(a.role[i])}
		if len(a.role[i]) == 0 {
			cell = report.Cell{Data: report.Word("roles.nobody"), Sign: report.Flag}
		}
		t.Row(report.Word("option.role."+letter), cell)
	}
	if len(a.noRole) > 0 {
		t.Row(report.Word("roles.none"), a.names(a.noRole))
	}
	t = r.Table(report.Say("order.caption"), "order.person", "#order.priority", "order.role", "order.influence", "order.support", "order.contact", "order.counterpart")
	for _, i := range a.order {
		p := a.people[i]
		cells := []any{a.name(i), p.priority}
		for _, field := range [...]string{"role", "influence", "support", "contact", "counterpart"} {
			cells = append(cells, report.Field(p.Set, field))
		}
		t.Row(cells...)
	}
	r.Raise(flags)
	a.handOver(r)
	r.Assume("assume.verdict", "assume.priority", "assume.key", "assume.contact", "assume.map")
	return r
}

// mostHanded is how many people a link takes along: an address has a length.
const mostHanded = 60

// handOver offers the people to the worksheets that go on with them.
func (a *account) handOver(r *report.Result) {
	var modes, wins []any
	for i, p := range a.people {
		if name := p.Text("name"); name != "" && i < mostHanded {
			row := "person." + strconv.Itoa(i)
			modes = append(modes, row+".name", name, row+".role", p.Text("role"))
			wins = append(wins, row+".name", name, row+".role", p.Text("role"))
		}
	}
	if modes != nil {
		r.Handoff("response-modes", report.Say("hand.modes"), modes...)
		r.Handoff("win-results", report.Say("hand.wins"), wins...)
	}
}

// flags are the red flags, the most pressing first.
func (a *account) flags() report.Flags {
	var flags report.Flags
	if len(a.people) == 0 {
		return nil
	}
	if len(a.role[3]) == 0 {
		flags.Add("flag.E")
	}
	for _, state := range [...]string{"against", "blocks", "no-contact", "no-counterpart"} {
		for i, p := range a.people {
			if state == "blocks" && !p.key && p.Has("role", "T") && p.is("support", "minus") {
				flags.Add("flag.blocks", "name", a.name(i))
			}
			if p.key && (state == "against" && p.is("support", "minus") || state == "no-contact" && p.is("contact", "N") ||
				state == "no-counterpart" && !p.Given("counterpart")) {
				flags.Add("flag."+state, "name", a.name(i))
			}
		}
		if state == "no-contact" {
			for i, letter := range roles[:3] {
				if len(a.role[i]) == 0 {
					flags.Add("flag." + letter)
				}
			}
			if a.contacts <= 2 {
				flags.Add("flag.thread", "n", a.contacts)
			}
		}
	}
	if a.keys > 0 && 2*a.keysFor <= a.keys {
		flags.Add("flag.keys", "n", a.keysFor, "of", a.keys)
	}
	switch {
	case a.against == 0:
		flags.Add("flag.no-opponent")
	case a.for_ <= a.against:
		flags.Add("flag.outnumbered", "n", a.for_, "of", a.against)
	}
	if n := len(a.noRole); n > 0 {
		flags.Add("flag.no-role", "n", n)
	}
	return flags
}

// figure is the org map.
func (a *account) figure(w *report.Words) chart.Chart {
	c := &chart.Org{}
	for _, column := range [...]string{"person", "title", "boss", "influences", "code"} {
		c.Head = append(c.Head, w.Say(report.Say("order."+column)))
	}
	for i, p := range a.people {
		o := chart.OrgPerson{
			Name: w.Format(a.name(i)), Title: p.Text("title"), Boss: p.boss, Influences: p.influences,
			Influence: p.Text("influence"), Support: "0", Contact: p.Text("contact"), Counterpart: p.Given("counterpart"),
		}
		for _, letter := range roles {
			if p.Has("role", letter) {
				o.Roles += letter
			}
		}
		if p.is("support", "plus") {
			o.Support = "+"
		} else if p.is("support", "minus") {
			o.Support = "-"
		}
		c.People = append(c.People, o)
	}
	return c
}
