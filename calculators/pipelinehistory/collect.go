package pipelinehistory

import (
	"strconv"

	"playbook/calculators/calendar"
	"playbook/calculators/csv"
	"playbook/calculators/form"
)

// event is a deal's coming into a stage.
type event struct {
	deal, stage int
	old         int // the stage before, where the file says so, or −1
	t           int // seconds
}

// dealing is one deal. Days are counted from epoch; 0 is unknown.
type dealing struct {
	outcome    uint8
	start, end int
	from, high int // the first stage and the furthest, or −1
	value      int64
	valued     int // the time of the value
	entered    [maxStages]int32
}

// collect reads the records and makes the deals of them.
func (h *history) collect() {
	r := csv.New(h.text)
	r.Next()
	for r.Next() {
		if h.field >= 0 {
			switch plain(cell(r.Fields, h.field)) {
			case "stagename", "stage", "阶段":
			default:
				continue
			}
		}
		h.record(r)
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
	d := take(s)
	t, ok := d.time(h.order)
	if !ok {
		if h.skip.n[badDate]++; h.skip.where == "" {
			h.skip.where = strconv.Itoa(r.Line) + ": " + short(s)
		}
		return 0
	}
	return t
}

func (h *history) come(e event) { h.events = append(h.events, e) }

// record reads one record.
func (h *history) record(r *csv.Reader) {
	id := cell(r.Fields, h.col[deal])
	if id == "" || h.kind == "deals" {
		// Without an id, or where the file has a row for each, every row is a deal.
		id = "\x00" + strconv.Itoa(r.Line)
	}
	n := h.ids.put(id)
	if n == len(h.deals) {
		h.deals = append(h.deals, dealing{from: -1, high: -1, value: -1})
	}
	d := &h.deals[n]
	name := clean(cell(r.Fields, h.col[stage]))
	t := 0
	switch h.kind {
	case "history":
		t = h.at(r, h.col[date])
		if name == "" {
			h.skip.n[noStage]++
		} else if t > 0 {
			e := event{n, h.stages.put(name), -1, t}
			if s := clean(cell(r.Fields, h.old)); s != "" {
				e.old = h.stages.put(s)
			}
			h.come(e)
		}
	default:
		for i, c := range h.entered {
			if t := h.at(r, c); t > 0 {
				h.come(event{n, h.stages.put(h.names[i]), -1, t})
				h.asOf = max(h.asOf, t)
			}
		}
		d.start = h.at(r, h.col[created]) / daySeconds
		if name == "" {
			if h.kind == "deals" {
				h.skip.n[noStage]++
			}
			break
		}
		d.end = h.at(r, h.col[closed]) / daySeconds // of an open deal, what is hoped for
		d.high = -2 - h.stages.put(name)            // kept here until it is known what it means
	}
	if s := cell(r.Fields, h.col[value]); s != "" && t >= d.valued {
		if a, ok := form.ReadAmount(s, 0, 0); ok && !a.Doubt && a.Minor >= 0 && a.Minor <= 1e15 {
			d.value, d.valued = a.Minor, t
		} else {
			h.skip.n[badAmount]++
		}
	}
}

// Parts of names that end a deal. Latin ones stand between other letters' ends.
const (
	wonWords  = "won|win|赢单|赢|成交|签约|成功"
	lostWords = "lost|lose|loss|dead|disqualified|abandoned|cancelled|canceled|输单|输|丢单|失败|流失|无效|放弃|取消"
)

// ending tells what a stage's name says.
func ending(name string) uint8 {
	switch {
	case says(name, lostWords):
		return lost
	case says(name, wonWords):
		return won
	}
	return open
}

func says(name, list string) bool {
	letter := func(i int) bool { return i >= 0 && i < len(name) && name[i]|0x20 >= 'a' && name[i]|0x20 <= 'z' }
	for list != "" {
		var word string
		word, list = next(list)
		for i := 0; i+len(word) <= len(name); i++ {
			if form.Same(name[i:i+len(word)], word) && (word[0] >= 0x80 || !letter(i-1) && !letter(i+len(word))) {
				return true
			}
		}
	}
	return false
}

// endings says of every stage whether it ends a deal, and of deals that name the
// stage in which they are, how they have ended.
func (h *history) endings() {
	for _, name := range h.stages.keys {
		h.ends = append(h.ends, ending(name))
	}
	for i, field := range []string{"won", "lost"} {
		typed := form.Names(h.in.Text(field))
		for k := range h.ends {
			if len(typed) > 0 && h.ends[k] == uint8(i+1) {
				h.ends[k] = open
			}
		}
		for _, name := range typed {
			if k := h.named(field, name); k >= 0 {
				h.ends[k] = uint8(i + 1)
			}
		}
	}
	decided := false
	for _, e := range h.ends {
		decided = decided || e != open
	}
	if !decided && len(h.faults) == 0 {
		h.fault("won", "no-ending", form.Arg{Name: "names", Value: h.list()})
		return
	}
	for i := range h.deals {
		d := &h.deals[i]
		if d.high > -2 {
			continue
		}
		d.outcome, d.high = h.ends[-2-d.high], -1
		if d.outcome == open {
			d.end = 0
		}
		h.asOf = max(h.asOf, d.start*daySeconds, d.end*daySeconds)
	}
}

// named finds a stage that the reader names.
func (h *history) named(field, name string) int {
	for i, s := range h.stages.keys {
		if form.Same(s, name) {
			return i
		}
	}
	h.fault(field, "stage-unknown", form.Arg{Name: "name", Value: name}, form.Arg{Name: "names", Value: h.list()})
	return -1
}

// list is the names of the first stages of the file.
func (h *history) list() string {
	s := ""
	for i, name := range h.stages.keys {
		if i == 12 {
			return s + ", …"
		}
		if i > 0 {
			s += ", "
		}
		s += name
	}
	return s
}

// sorted are the events of one deal after the other, in the order of time.
func (h *history) sorted() {
	keys := make([]int, len(h.events))
	for i, e := range h.events {
		last := maxStages // what ends a deal comes after what came on the same day
		if h.rank != nil && h.rank[e.stage] >= 0 {
			last = h.rank[e.stage]
		}
		keys[i] = e.deal<<40 | e.t<<6 | last
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
	h.sorted()
	var open ints
	if typed := form.Names(h.in.Text("stages")); len(typed) > 0 {
		for _, name := range typed {
			if k := h.named("stages", name); k >= 0 && h.ends[k] == 0 {
				open.add(k)
			}
		}
	} else {
		for k, e := range h.ends {
			if e == 0 {
				open.add(k)
			}
		}
	}
	if len(open) > maxStages {
		h.fault("stage", "too-many", form.Arg{Name: "n", Value: strconv.Itoa(len(open))}, form.Arg{Name: "max", Value: strconv.Itoa(maxStages)})
		return
	}
	if h.in.Text("stages") == "" {
		open = h.majority(open)
	}
	h.line = open
	h.rank = make([]int, len(h.ends))
	for k := range h.rank {
		h.rank[k] = -1
	}
	for place, k := range open {
		h.rank[k] = place
	}
	h.sorted() // those of one time too
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
		if i == 0 || h.events[i-1].deal != e.deal {
			if d.start == 0 {
				d.start = day
			}
			if h.kind == "history" {
				d.outcome, d.end = open, 0
			}
			if e.old >= 0 && h.rank[e.old] >= 0 {
				d.from, d.high = h.rank[e.old], h.rank[e.old]
				d.start = 0 // it began before the file
			}
		}
		if end := h.ends[e.stage]; end != open {
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
