package pipelinehistory

import (
	"playbook/calculators/calendar"
	"playbook/calculators/csv"
	"playbook/calculators/form"
)

// event is a deal's coming into a stage.
type event struct {
	deal, stage int
	old         int // the stage before, where the file says so, or −1
	t           int // seconds
	value       int64
}

// dealing is one deal. Days are counted from epoch; 0 is unknown.
type dealing struct {
	outcome    uint8
	start, end int
	from, high int // the first stage and the furthest, or −1
	state      int // the stage or the outcome that its row names, or −1
	phase      int // the stage that its row names beside an outcome, or −1
	line       int
	value      int64
	valued     int // of a history: the time of the value, and its stage's place
	valuedIn   int
	entered    [maxStages]int32
}

// mostValue keeps the sum of maxRows amounts, doubled, below 2^63.
const mostValue = 4e13

// What an amount that is not known stands as.
const (
	noValue  = -1
	badValue = -2
)

// collect reads the records and makes the deals of them.
func (h *history) collect() {
	for _, n := range h.names {
		h.stages.put(n) // in the order of their columns
	}
	r := h.reader()
	for r.Next() {
		if h.isRow(r.Fields) && !h.otherPipeline(r.Fields) {
			h.record(r)
		}
	}
	if h.endings(); len(h.faults) > 0 {
		return
	}
	if h.kind != "deals" {
		if h.ranks(); len(h.faults) > 0 {
			return
		}
		h.walk()
	}
	h.fixDay()
	if len(h.faults) == 0 {
		h.compute()
	}
}

// at reads the time in a column; 0 where there is none.
func (h *history) at(r *csv.Reader, column int) int {
	s := cell(r.Fields, column)
	if s == "" {
		return 0
	}
	d := parseDate(s)
	t, ok := d.time(h.order)
	if !ok {
		if h.skip.n[badDate]++; h.skip.where == "" {
			h.skip.where = number(r.Line) + ": " + short(s)
		}
		return 0
	}
	return t
}

func (h *history) addEvent(e event) { h.events = append(h.events, e) }

// stageOf is the number of a stage's or an outcome's name, −1 for none.
func (h *history) stageOf(s string) int {
	if s = h.bare(s); s == "" {
		return -1
	}
	k := h.stages.put(s)
	for len(h.times) <= k {
		h.times.add(0)
	}
	h.times[k]++
	return k
}

// record reads one row.
func (h *history) record(r *csv.Reader) {
	if c := h.col[changed]; h.kind == "history" && c >= 0 && !among(stageFields, plain(cell(r.Fields, c))) {
		return
	}
	id := h.idOf(r.Fields)
	if id == "" {
		h.skip.n[noRow]++
		return
	}
	if h.kind != "history" && !h.merge {
		id = number(r.Line) // every row is a deal
	}
	state := -1
	if c := h.col[outcome]; c >= 0 {
		state = h.stageOf(cell(r.Fields, c))
	} else if h.col[stage] >= 0 {
		state = h.stageOf(cell(r.Fields, h.col[stage]))
	}
	if state < 0 && (h.kind != "stages" || h.col[stage] >= 0) {
		h.skip.n[noStage]++
		return
	}
	n := h.ids.put(id)
	if n == len(h.deals) {
		h.deals = append(h.deals, dealing{from: -1, high: -1, state: state, phase: -1, value: noValue, line: r.Line})
	} else if h.kind != "history" {
		h.skip.n[repeats]++
		if d := &h.deals[n]; d.value != h.amount(r) { // which of them is right?
			d.value = badValue
		}
		return
	}
	d := &h.deals[n]
	if h.kind == "history" {
		t := h.at(r, h.col[date])
		if t == 0 {
			if cell(r.Fields, h.col[date]) == "" {
				h.skip.n[badDate]++
				if h.skip.where == "" {
					h.skip.where = number(r.Line)
				}
			}
			return
		}
		h.addEvent(event{n, state, h.oldStageOf(r), t, h.amount(r)})
		return
	}
	for i, c := range h.entered {
		if t := h.at(r, c); t > 0 {
			h.addEvent(event{n, i, -1, t, noValue})
			h.asOf = max(h.asOf, t)
		}
	}
	d.start = h.at(r, h.col[created]) / daySeconds
	// Of an open deal, what is hoped for.
	if d.end = h.at(r, h.col[closed]) / daySeconds; d.end == 0 {
		d.end = h.at(r, h.col[lostOn]) / daySeconds
	}
	if h.col[outcome] >= 0 {
		if s := h.bare(cell(r.Fields, h.col[stage])); s != "" {
			d.phase = h.stages.put(s)
		}
	}
	d.value = h.amount(r)
}

// idOf tells a row's deal: by the column for it, or by the whole row where there is
// none. It is "" for a row that the column leaves empty, such as a subtotal.
func (h *history) idOf(fields []string) string {
	if h.col[deal] >= 0 {
		return cell(fields, h.col[deal])
	}
	id := ""
	for _, f := range fields {
		id += "\x00" + trim(f)
	}
	return id
}

// oldStageOf is the number of the stage before, −1 where the file does not say.
func (h *history) oldStageOf(r *csv.Reader) int {
	s := h.bare(cell(r.Fields, h.col[oldStage]))
	if s == "" {
		return -1
	}
	return h.stages.put(s)
}

// amount reads a row's amount.
func (h *history) amount(r *csv.Reader) int64 {
	s := cell(r.Fields, h.col[value])
	if s == "" || h.noAmounts {
		return noValue
	}
	a, ok := form.ReadAmount(s, h.decimal, h.unit)
	if !ok || a.Doubt == '.' && h.decimal == 0 || a.Minor < 0 || a.Minor > mostValue {
		return badValue
	}
	return a.Minor
}

// endings says of every stage whether it ends a deal, and of deals that name the
// stage in which they are, how they have ended. What a name leaves open is asked.
func (h *history) endings() {
	none := 0 // names that say nothing
	var doubts texts
	var weak ints
	var count [3]int
	telling := func(k int) bool { return h.times != nil && k < len(h.times) && h.times[k] > 0 || h.col[stage] < 0 }
	for k, name := range h.stages.keys {
		end, isWeak := ending(name)
		switch {
		case isWeak:
			weak.add(k)
		case end == unsure:
			if telling(k) {
				doubts.add(name)
			}
			end = open
		case end == open:
			if telling(k) && !underWay(name) {
				none++
			}
		default:
			count[end]++
		}
		h.ends = append(h.ends, end)
	}
	for _, k := range weak {
		// Signed is won, unless another stage is that.
		if count[won] > 0 {
			if h.ends[k] = open; telling(k) && k >= len(h.names) {
				doubts.add(h.stages.keys[k])
			}
		} else if !telling(k) {
			h.ends[k] = open
		}
	}
	var typed [3][]string
	for i, f := range []string{"won", "lost"} {
		e := uint8(i + 1)
		if typed[e] = form.Names(h.in.Text(f)); len(typed[e]) == 0 {
			continue
		}
		for k := range h.ends {
			if h.ends[k] == e {
				h.ends[k] = open
			}
		}
		for _, name := range typed[e] {
			if name == "-" {
				continue
			}
			if k := h.named(f, name); k >= 0 {
				h.ends[k] = e
			}
		}
	}
	if len(h.faults) > 0 {
		return
	}
	answered := typed[won] != nil || typed[lost] != nil
	count = [3]int{}
	for k, e := range h.ends {
		if telling(k) || h.kind == "stages" && k < len(h.names) {
			count[e]++
		}
	}
	names := form.Arg{Name: "names", Value: some(h.stages.keys)}
	switch {
	case len(h.stages.keys) == 0 || len(h.deals) == 0:
		h.fault("stage", "no-rows")
	case h.kind == "history" && count[open] > maxStages && h.in.Text("stages") == "":
		h.fault("stage", "too-many", form.Arg{Name: "n", Value: number(count[open])}, form.Arg{Name: "max", Value: number(maxStages)})
	case len(doubts) > 0 && !answered:
		h.fault("won", "unsure", form.Arg{Name: "names", Value: some(doubts)})
	case count[won]+count[lost] == 0 && !answered:
		h.fault("won", "no-ending", names)
	case count[won] == 0 && typed[won] == nil && none > 0:
		h.fault("won", "no-won", names)
	case count[lost] == 0 && typed[lost] == nil && none > 0:
		h.fault("lost", "no-lost", names)
	}
	for i := range h.deals {
		d := &h.deals[i]
		if h.kind == "history" || d.state < 0 {
			continue
		}
		d.outcome = h.ends[d.state]
		if d.phase >= 0 && h.ends[d.phase] != open && h.ends[d.phase] != d.outcome && !h.faulty("outcome") {
			h.fault("outcome", "contradict", form.Arg{Name: "line", Value: number(d.line)}, form.Arg{Name: "one", Value: h.stages.keys[d.state]}, form.Arg{Name: "other", Value: h.stages.keys[d.phase]})
		}
		if d.outcome == open {
			d.end = 0
		}
		h.asOf = max(h.asOf, d.start*daySeconds, d.end*daySeconds)
	}
}

// underWay reports whether a name says that nothing is decided.
func underWay(name string) bool {
	all := words(name)
	return len(all) > 0 && (among("open|active|new|ongoing|offen|ouvert|ouverte|abierta|abierto", all[0]) || plain(name) == "inprogress" || plain(name) == "onhold" || holds(plain(name), openHan) || plain(name) == "encours")
}

// named finds a stage that the reader names.
func (h *history) named(field, name string) int {
	for i, s := range h.stages.keys {
		if form.Same(s, name) {
			return i
		}
	}
	h.fault(field, "stage-unknown", form.Arg{Name: "name", Value: name}, form.Arg{Name: "names", Value: some(h.stages.keys)})
	return -1
}

// place is where a stage comes among those that a deal entered at one time: in the
// order of stages, and what ends a deal after them.
func (h *history) place(stage int) int {
	if h.rank[stage] >= 0 {
		return h.rank[stage]
	}
	return maxStages + int(h.ends[stage])
}

// sorted are the events of one deal after the other, in the order of time.
func (h *history) sorted() {
	keys := make([]int, len(h.events))
	for i, e := range h.events {
		old := 63
		if e.old >= 0 {
			old = h.place(e.old)
		}
		keys[i] = e.deal<<46 | e.t<<12 | h.place(e.stage)<<6 | old // 17, 34, 6 and 6 bits
		h.asOf = max(h.asOf, e.t)
	}
	events := make([]event, len(keys))
	for i, j := range form.Order(keys) {
		events[i] = h.events[j]
	}
	h.events = events
}

// ranks puts the stages into their order.
func (h *history) ranks() {
	var list ints
	if typed := form.Names(h.in.Text("stages")); len(typed) > 0 {
		for _, name := range typed {
			if k := h.named("stages", name); k >= 0 && h.ends[k] == 0 {
				list.add(k)
			}
		}
	} else {
		for k, e := range h.ends {
			if e == 0 && (h.kind == "history" || k < len(h.names)) {
				list.add(k)
			}
		}
	}
	if len(list) > maxStages {
		h.fault("stages", "too-many", form.Arg{Name: "n", Value: number(len(list))}, form.Arg{Name: "max", Value: number(maxStages)})
	}
	if len(h.faults) > 0 {
		return
	}
	if h.in.Text("stages") == "" {
		if h.kind == "history" {
			list = h.common(list)
		}
		h.sortBy(list)
		list = h.majority(list)
	}
	h.line = list
	h.sortBy(list) // those of one time too
}

// sortBy sorts the events, those of a deal at one time by their place in a list.
func (h *history) sortBy(list ints) {
	h.rank = make([]int, len(h.ends))
	for k := range h.rank {
		h.rank[k] = -1
	}
	for place, k := range list {
		h.rank[k] = place
	}
	h.sorted()
}

// common orders stages by how many deals have been in them, and those of as many by
// name, so that the order of the rows in the file does not matter.
func (h *history) common(list ints) ints {
	keys := make([]int, len(h.events))
	for i, e := range h.events {
		keys[i] = e.deal<<20 | e.stage
	}
	deals := make([]int, len(h.ends))
	order := form.Order(keys)
	for i, j := range order {
		if i == 0 || keys[order[i-1]] != keys[j] {
			deals[h.events[j].stage]++
		}
	}
	var out ints
	used := make([]bool, len(h.ends))
	for range list {
		best := -1
		for _, k := range list {
			if !used[k] && (best < 0 || deals[k] > deals[best] || deals[k] == deals[best] && h.stages.keys[k] < h.stages.keys[best]) {
				best = k
			}
		}
		used[best] = true
		out.add(best)
	}
	return out
}

// majority orders stages by how many others they mostly come after.
func (h *history) majority(open []int) []int {
	place := make([]int, len(h.ends))
	for k := range place {
		place[k] = -1
	}
	for i, k := range open {
		place[k] = i
	}
	n := len(open)
	before := make([]int, n*n)
	var first [maxStages]int
	var seen ints
	for i, e := range h.events {
		if i == 0 || h.events[i-1].deal != e.deal {
			for _, p := range seen {
				first[p] = 0
			}
			seen = seen[:0]
		}
		p := place[e.stage]
		if p < 0 || first[p] > 0 {
			continue
		}
		for _, q := range seen {
			if first[q] < e.t {
				before[q*n+p]++
			}
		}
		if e.old >= 0 && len(seen) == 0 && place[e.old] >= 0 {
			before[place[e.old]*n+p]++
		}
		first[p] = e.t
		seen.add(p)
	}
	keys := make([]int, n)
	for p := range n {
		for q := range n {
			if before[q*n+p] > before[p*n+q] {
				keys[p]++
			}
		}
	}
	var out ints
	for _, p := range form.Order(keys) {
		out.add(open[p])
	}
	return out
}

// walk follows each deal through its stages.
func (h *history) walk() {
	for i, e := range h.events {
		d := &h.deals[e.deal]
		day := e.t / daySeconds
		first := i == 0 || h.events[i-1].deal != e.deal
		if first {
			if d.start == 0 {
				d.start = day
			}
			if h.kind == "history" {
				d.outcome, d.end = open, 0
			}
			if h.kind == "history" && h.ends[e.stage] != open {
				d.start = 0 // the file knows its end alone
			}
			if e.old >= 0 && h.rank[e.old] >= 0 {
				d.from, d.high = h.rank[e.old], h.rank[e.old]
				d.start = 0 // it began before the file
			}
		}
		if h.kind == "history" && e.value != noValue {
			// The last amount counts; of several of one time, none.
			if e.t != d.valued || h.place(e.stage) != d.valuedIn {
				d.value, d.valued, d.valuedIn = e.value, e.t, h.place(e.stage)
			} else if d.value != e.value {
				d.value = badValue
			}
		}
		if end := h.ends[e.stage]; end != open {
			if !first && h.events[i-1].t == e.t && (d.outcome == unsure || h.ends[h.events[i-1].stage] == lost+won-end) {
				end = unsure // won and lost at one time
			}
			if h.kind == "history" || h.col[stage] < 0 || d.outcome == end {
				d.outcome, d.end = end, day
			}
			continue
		}
		k := h.rank[e.stage]
		if k < 0 {
			continue
		}
		if h.kind == "history" {
			d.outcome, d.end = open, 0 // taken up again
		}
		switch {
		case k > d.high:
			if d.high = k; d.from < 0 {
				d.from = k
			}
			d.entered[k] = int32(day)
		case k < d.high:
			h.skip.n[wentBack]++
		}
	}
	if h.kind != "stages" {
		return
	}
	for i := range h.deals {
		// The stage in which a deal stands is reached, also without a date.
		d := &h.deals[i]
		at := d.phase
		if at < 0 {
			at = d.state
		}
		if at >= 0 && d.outcome == open && h.rank[at] > d.high {
			if d.high = h.rank[at]; d.from < 0 {
				d.from = d.high
			}
		}
	}
}

// fixDay sets the day of the file.
func (h *history) fixDay() {
	typed, ok := h.in.OptDate("as_of")
	if !ok {
		return
	}
	t := (typed.Number() - epoch) * daySeconds
	if t/daySeconds < h.asOf/daySeconds {
		d := calendar.FromNumber(dayOf(h.asOf))
		h.fault("as_of", "early", form.Arg{Name: "date", Value: d.String()})
		return
	}
	h.asOf = t
}
