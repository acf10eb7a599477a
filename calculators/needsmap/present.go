package needsmap

import (
	"slices"

	"playbook/calculators/chart"
	"playbook/calculators/form"
	"playbook/calculators/report"
)

// gaps are the gaps that a box may have; bit n of box.gaps stands for the nth.
var gaps = [...]string{"hangs", "skips", "down", "bare", "number", "owner", "unmet"}

// owner is a person with the number of boxes of each layer.
type owner struct {
	name  string
	all   int
	boxes [4]int
}

// owners lists who has boxes, in the order of the map.
func (m *needs) owners() []owner {
	var all []owner
	for i := range m.boxes {
		b := &m.boxes[i]
		if b.owner == "" {
			continue
		}
		at := 0
		for at < len(all) && !form.Same(all[at].name, b.owner) {
			at++
		}
		if at == len(all) {
			all = append(all, owner{name: b.owner})
		}
		all[at].all++
		all[at].boxes[b.layer]++
	}
	return all
}

// counts are numbers of boxes that have a type.
type counts struct {
	boxes      int
	layer      [4]int         // by type: technical problems, company problems, requirements, goals
	gap        [len(gaps)]int // by gap
	unfinished int            // with any gap
	hanging    int            // that hang loose or skip a layer
	reaching   int            // from which a way leads to a goal
	openEnds   int            // below the goal, with nothing under them
}

// say is a message about the whole map.
func (m *needs) say(key string) report.Message { return m.all.Say(key) }

// total counts the boxes, and gives the longest chain from the bottom up.
func (m *needs) total() (chain []int) {
	n := &m.count
	last := -1
	for i := range m.boxes {
		b := &m.boxes[i]
		if b.none {
			continue
		}
		n.boxes++
		n.layer[b.layer]++
		for g := range gaps {
			n.gap[g] += b.gaps >> g & 1
		}
		if b.gaps > 0 {
			n.unfinished++
		}
		if b.gaps&3 > 0 {
			n.hanging++
		}
		if b.long > 0 {
			n.reaching++
			if last < 0 || b.long > m.boxes[last].long {
				last = i
			}
		}
		if len(b.up) == 0 && b.layer < goal {
			n.openEnds++
		}
	}
	all := &m.all
	all.Count("boxes", n.boxes)
	for i, name := range [...]string{"tp", "cp", "kbr", "goal"} {
		all.Count(name, n.layer[i])
	}
	for i, name := range [...]string{"hangs", "skips", "down", "bare", "number", "no_owner", "unmet"} {
		all.Count(name, n.gap[i])
	}
	all.Count("gaps", n.unfinished)
	all.Count("hanging", n.hanging)
	all.Count("reach_goal", n.reaching)
	all.Count("open_ends", n.openEnds)
	for i := last; i >= 0; i = m.boxes[i].next {
		chain = append(chain, i)
	}
	return chain
}

var (
	boxColumns   = []string{"table.box", "table.type", "table.owner", "table.supports", "table.gaps"}
	ownerColumns = []string{"owners.name", "#owners.all", "#option.short.TP", "#option.short.CP", "#option.short.KBR", "#option.short.GOAL", "owners.met"}
)

// present says the answer.
func (m *needs) present() *report.Result {
	r := &report.Result{}
	chain := m.names(m.total())
	owners := m.owners()
	order := make([]int, len(owners))
	for i := range order {
		order[i] = -owners[i].all
	}
	order = form.Order(order)
	names := make([]string, len(owners))
	counts := make([]report.Datum, len(owners))
	for i, at := range order {
		names[i] = owners[at].name
		counts[i] = report.Count(int64(owners[at].all))
	}
	r.Publish(m.all)
	r.Value("owners", report.Texts(names))
	r.Value("owner_boxes", report.List(counts...))
	r.Value("longest", report.Texts(chain))

	if m.count.boxes == 0 {
		r.Add(report.Verdict, report.NoSign, m.say("answer.empty"), m.say("answer.begin"))
		return r
	}
	answer, sign := "answer.whole", report.Bell
	switch {
	case len(chain) == 0:
		answer, sign = "answer.gaps", report.Flag
	case m.count.unfinished > 0:
		answer, sign = "answer.gaps", report.NoSign
	}
	then := m.say("answer.no-goal")
	if len(chain) > 0 {
		then = report.Say("answer.chain", "chain", joined(chain, " → "))
	}
	r.Add(report.Verdict, sign, m.say(answer), then)
	r.Figure(m.say("figure.caption"), m.say("figure.alt"), true, m.picture)
	r.Grid(m.all, "reach_goal", "open_ends", "no_owner", "unmet")

	if m.count.unfinished > 0 {
		r.Add(report.Heading, report.NoSign, m.say("gaps.heading"))
		ask := r.Add(report.Items, report.NoSign)
		for g, name := range gaps {
			if m.count.gap[g] > 0 {
				ask.Text = append(ask.Text, m.say("ask."+name))
			}
		}
	}
	m.raise(r)
	t := r.Table(m.say("table.caption"), boxColumns...)
	for i := range m.boxes {
		if b := &m.boxes[i]; !b.none {
			t.Row(m.name(i), report.Word("option.short."+kinds[b.layer]), b.owner, joined(m.names(b.up), "; "), report.Missing("gap", gaps[:], b.gaps))
		}
	}
	if len(owners) > 0 {
		t := r.Table(m.say("owners.caption"), ownerColumns...)
		for _, i := range order {
			o := &owners[i]
			known := report.Null()
			if len(m.met) > 0 {
				known = report.Bool(m.knows(o.name))
			}
			t.Row(o.name, o.all, o.boxes[tp], o.boxes[cp], o.boxes[kbr], o.boxes[goal], known)
		}
	}
	if len(m.met) == 0 {
		r.Add(report.Note, report.NoSign, m.say("met.none"))
	}
	r.Assume("assume.codes", "assume.ways", "assume.number", "assume.deck")
	return r
}

// unknowns are the gaps, of those from there on, that somebody has only to ask for:
// one flag names all the boxes of each.
const unknowns = 4

// raise hands the boxes with a gap to the worksheet of red flags, those of the
// higher layers first.
func (m *needs) raise(r *report.Result) {
	var flags report.Flags
	var asked [unknowns + 3]report.Data
	for layer := goal; layer >= tp; layer-- {
		for i := range m.boxes {
			b := &m.boxes[i]
			if b.layer != layer {
				continue
			}
			if wrong := b.gaps & (1<<unknowns - 1); wrong > 0 {
				flags.Add("raise", "box", m.name(i), "gaps", report.Missing("gap", gaps[:], wrong).Data)
			}
			for g := unknowns; g < len(gaps); g++ {
				if b.gaps>>g&1 > 0 {
					asked[g].Add(report.Text(m.name(i)))
				}
			}
		}
	}
	for g, boxes := range asked {
		if len(boxes) > 0 {
			flags.Add("raise-"+gaps[g], "boxes", report.Some(boxes), "n", len(boxes))
		}
	}
	r.Raise(flags)
}

// names are the names of boxes.
func (m *needs) names(boxes []int) []string {
	var all []string
	for _, i := range boxes {
		all = append(all, m.name(i))
	}
	return all
}

// picture draws the map, boxes with a gap flagged.
func (m *needs) picture(w *report.Words) chart.Chart {
	c := &chart.Needs{}
	for i, kind := range kinds {
		c.Layers[i] = w.Say(m.say("option.type." + kind))
		c.Head = append(c.Head, w.Say(m.say(boxColumns[i])))
	}
	drawn := 0
	for i := range m.boxes {
		b := &m.boxes[i]
		n := chart.Need{Owner: b.owner, Layer: b.layer, Supports: b.up}
		if !b.none {
			n.Label = m.name(i)
			drawn++
		}
		if b.gaps > 0 {
			n.Sign = "flag"
		}
		c.Nodes = append(c.Nodes, n)
	}
	if drawn > chart.MostNeeds {
		c.More = w.Say(report.Say("figure.more", "n", drawn-chart.MostNeeds))
	}
	return c
}

// knows reports whether a person is among those spoken with.
func (m *needs) knows(name string) bool {
	return slices.ContainsFunc(m.met, func(n string) bool { return form.Same(n, name) })
}
