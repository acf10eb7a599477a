package chart

// Org is the people of an account: who reports to whom, who influences whom, and
// on each card the code of the deck's matching card, "E H 0 N Y": role,
// influence, support, contact, a counterpart of ours (Y).
//
// The tree stands as an outline, each person below and right of the boss,
// because an account's people do not fit side by side on a phone. Arrows of
// influence run beside it. The frame of somebody who is against us is dashed,
// and so are the arrows that start there.
type Org struct {
	People []OrgPerson
	Head   []string // heads of the table's columns: name, title, boss, influences, code; may be empty
}

// OrgPerson is one card.
type OrgPerson struct {
	Name, Title string
	Boss        int    // an index of People; -1 for none
	Influences  []int  // indices of People
	Roles       string // letters of C, U, T, E; may be empty
	Influence   string // H, M or L; like the next two, empty where it is not known
	Support     string // "+", "0" or "-"
	Contact     string // N, L, M or H
	Counterpart bool
}

// Key reports whether much hangs on a person: they decide, or their influence is
// high.
func (o *OrgPerson) Key() bool { return o.Influence == "H" || o.has('E') }

func (o *OrgPerson) has(role byte) bool {
	for i := 0; i < len(o.Roles); i++ {
		if o.Roles[i] == role {
			return true
		}
	}
	return false
}

// Sign is a flag at who is against us or at a key person whom nobody of ours
// knows, a bell at who is for us.
func (o *OrgPerson) Sign() string {
	switch {
	case o.Support == "-" || o.Contact == "N" && o.Key():
		return "flag"
	case o.Support == "+":
		return "bell"
	}
	return ""
}

// code is the letters of the card, each for a cell of its own; none where
// nothing is known.
func (o *OrgPerson) code() string {
	s := o.Influence + o.Support + o.Contact
	if s != "" && o.Roles == "" {
		s = "?" + s
	}
	if s = o.Roles + s; o.Counterpart {
		s += "Y"
	}
	return s
}

// letter is one letter of a code, as it is written.
func letter(code string, i int) string {
	if code[i] == '-' {
		return "−"
	}
	return code[i : i+1]
}

func (*Org) name() string { return "org" }

// Bounds of the picture; the table has everybody.
const (
	mostPeople = 40
	mostDepth  = 5 // of the outline; who stands deeper is not moved further right
	mostLanes  = 4 // of arrows beside it
)

// place is where a person's card stands.
type place struct {
	person, boss, depth int
	y, mid              int
}

// order is the outline: everybody below the boss, in the order of People. Who is
// in a circle stands where the circle is entered.
func (c *Org) order() []place {
	var out []place
	seen := make([]bool, len(c.People))
	var below func(i, boss, depth int)
	below = func(i, boss, depth int) {
		if seen[i] {
			return
		}
		seen[i] = true
		at := len(out)
		out = append(out, place{person: i, boss: boss, depth: min(depth, mostDepth)})
		for j := range c.People {
			if c.People[j].Boss == i {
				below(j, at, depth+1)
			}
		}
	}
	for pass := range 2 {
		for i := range c.People {
			if pass == 1 || c.People[i].Boss < 0 || c.People[i].Boss >= len(c.People) {
				below(i, -1, 0)
			}
		}
	}
	return out
}

// lane is an arrow of influence beside the outline.
type lane struct {
	from, to, n int // places, and the lane's number
	class       string
}

// lanes gives each arrow between people who are drawn a lane of its own, as far
// as there are lanes.
func (c *Org) lanes(places []place) (out []lane, lanes int) {
	at := make([]int, len(c.People))
	for i := range at {
		at[i] = -1
	}
	for i, p := range places {
		at[p.person] = i
	}
	for from, p := range places {
		person := &c.People[p.person]
		for _, j := range person.Influences {
			if j < 0 || j >= len(at) || at[j] < 0 || at[j] == from {
				continue
			}
			l := lane{from: from, to: at[j], class: "mark ink"}
			if person.Support == "-" {
				l.class = "mark ink dash"
			}
			for k := 0; k < len(out); k++ {
				o := out[k]
				if o.n == l.n && min(o.from, o.to) <= max(l.from, l.to) && min(l.from, l.to) <= max(o.from, o.to) {
					l.n++
					k = -1
				}
			}
			if l.n < mostLanes {
				out = append(out, l)
				lanes = max(lanes, l.n+1)
			}
		}
	}
	return out, lanes
}

func (c *Org) draw(p *pen) int {
	const indent, in, cell, gap, pitch = 150, 80, 190, 110, 110
	places := c.order()
	more := max(len(places)-mostPeople, 0)
	places = places[:len(places)-more]
	arrows, lanes := c.lanes(places)
	edge := right
	if lanes > 0 {
		edge -= 60 + pitch*lanes
	}
	// Where everything stands first, because lines lie below the cards.
	y := margin
	type card struct {
		name, title []string
		high        int
		beside      bool // the code stands beside the name
	}
	cards := make([]card, len(places))
	for i := range places {
		at, k := &places[i], &cards[i]
		o := &c.People[at.person]
		w := edge - margin - indent*at.depth - 2*in
		code := 0
		if n := len(o.code()); n > 0 {
			code = cell*n + 60
		}
		k.beside = code == 0 || head.width(o.Name)+signWidth(o.Sign()) <= w-code
		k.name = head.wrap(o.Name, w-signWidth(o.Sign()), 3)
		k.title = small.wrap(o.Title, w, 2)
		k.high = max(len(k.name), 1)*head.lead + len(k.title)*small.lead + 2*60
		if !k.beside {
			k.high += cell + 40
		}
		at.y = y
		at.mid = y + k.high/2
		y += k.high + gap
	}
	for i := range places {
		if at := &places[i]; at.boss >= 0 {
			x := margin + indent*places[at.boss].depth + indent/2
			p.begin("hair-2")
			p.seg('M', x, places[at.boss].y+cards[at.boss].high)
			p.seg('V', at.mid)
			p.seg('H', margin+indent*at.depth)
			p.end()
		}
	}
	for i := range places {
		at, k := &places[i], &cards[i]
		o := &c.People[at.person]
		x := margin + indent*at.depth
		class := "ink" + tone(o.Sign())
		if o.Support == "-" {
			class += " dash"
		}
		p.box(class, x, at.y, edge-x, k.high)
		ty := at.y + 60
		p.sign(o.Sign(), x+in, ty+5)
		ty += p.para(head, "", x+in+signWidth(o.Sign()), ty, start, k.name)
		if len(k.name) == 0 {
			ty += head.lead
		}
		ty += p.para(small, " soft-text", x+in, ty, start, k.title)
		cells := o.code()
		cx := edge - in - cell*len(cells)
		if k.beside {
			ty = at.y + 60
		} else {
			cx = x + in
			ty += 40
		}
		for j := range len(cells) {
			if j < max(len(o.Roles), 1) {
				p.rect("fill-in", cx, ty, cell, cell)
			}
			p.frame("hair-2", cx, ty, cell, cell)
			p.text(small, " strong", cx+cell/2, ty+cell*3/4, middle, letter(cells, j))
			cx += cell
		}
	}
	for _, l := range arrows {
		x := edge + 90 + pitch*l.n
		from, to := places[l.from].mid+30, places[l.to].mid-30
		p.begin(l.class)
		p.seg('M', edge, from)
		p.seg('H', x)
		p.seg('V', to)
		p.end()
		p.arrow("mark ink", x, to, edge+15, to, 0)
	}
	if more > 0 {
		p.text(label, " soft-text", margin, y+130, start, "… + "+Number(float64(more)))
		y += 250
	}
	return y - gap + margin
}

// Table has a row for each person, in the order of People.
func (c *Org) Table() Table {
	t := Table{Head: c.Head}
	called := func(i int) string {
		if i < 0 || i >= len(c.People) {
			return ""
		}
		return c.People[i].Name
	}
	for i := range c.People {
		o := &c.People[i]
		influences, code := "", ""
		for _, j := range o.Influences {
			influences = join(influences, called(j))
		}
		cells := o.code()
		for j := range len(cells) {
			if j > 0 {
				code += " "
			}
			code += letter(cells, j)
		}
		t.row(o.Name, o.Title, called(o.Boss), influences, code)
	}
	return t
}
