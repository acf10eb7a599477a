// Package negotiation prepares a negotiation and follows it (S42, slide 113; the
// deck breaks off after the heading, so that all of it is from elsewhere):
//
//	issues       for each, both sides' top line (best hope), target and bottom line
//	             (reservation point), its weight for each side, and what is on the
//	             table. We want more where our top line is above our bottom line,
//	             else less.
//	zone         ZOPA: from our bottom line to theirs, where these leave room; width
//	             theirs − ours, or ours − theirs where we want less.
//	points       what a value is worth to a side: 0 at its bottom line, 100 at its top
//	             line, in between evenly, outside no more and no less. A package is the
//	             average by weight of the issues with something on the table. The
//	             BATNA is judged on the same scale by the reader.
//	concessions  who moved on which issue from where to where, and in return for what.
//	             It costs the giver the points that it loses, and is worth to the
//	             other those that it gains, × the issue's share of the weights: below
//	             nothing where the other loses too. A move by which its maker gains is
//	             no concession and counts nowhere. Of ours, those without a return are
//	             given away.
//	six steps    ticked.
//
// Values: issues, zones (how many issues leave room); low, high, width (of each
// issue's zone, null where there is none); package and their_package (points, one
// decimal); better (is the package better than our BATNA?); given and their_given,
// what our and their concessions cost the giver; worth and their_worth, what they
// are worth to the other; more (we, they or even: who has given more); free; steps;
// next (code of the first step that is not ticked).
package negotiation

import (
	"playbook/calculators/chart"
	"playbook/calculators/form"
	"playbook/calculators/report"
)

// ID is the calculator's id.
const ID = "negotiation"

// most is the largest number, in hundredths: its thousandfold fits.
const most = 1e13

// fields are a table rather than code, which would weigh more in WebAssembly;
// nobody writes to it. Amounts are of any unit, to two decimals. The example is the
// module's, with two issues more.
var fields = []form.Field{
	{Name: "issue", Kind: form.Rows, Fields: []form.Field{
		{Name: "name", Optional: true, MaxLen: 60},
		{Name: "our_top", Kind: form.Money, Optional: true, Max: most},
		{Name: "our_target", Kind: form.Money, Optional: true, Max: most},
		{Name: "our_bottom", Kind: form.Money, Optional: true, Max: most},
		{Name: "their_top", Kind: form.Money, Optional: true, Max: most},
		{Name: "their_target", Kind: form.Money, Optional: true, Max: most},
		{Name: "their_bottom", Kind: form.Money, Optional: true, Max: most},
		{Name: "weight", Kind: form.Integer, Default: "1", Max: 100},
		{Name: "their_weight", Kind: form.Integer, Default: "1", Max: 100},
		{Name: "offer", Kind: form.Money, Optional: true, Max: most},
	}, DefaultRows: [][]string{
		{"@default.price", "108000", "100000", "92000", "86000", "90000", "98000", "50", "35", "96000"},
		{"@default.years", "3", "2", "1", "1", "2", "3", "30", "15", "2"},
		{"@default.days", "14", "30", "45", "90", "60", "30", "20", "50", "40"},
	}},
	{Name: "batna", Optional: true, Default: "@default.batna"},
	{Name: "batna_points", Kind: form.Integer, Optional: true, Default: "20", Unit: "points", Max: 100},
	{Name: "their_batna", Optional: true, Default: "@default.their-batna"},
	{Name: "concession", Kind: form.Rows, Fields: []form.Field{
		{Name: "who", Kind: form.Choice, Options: []string{"we", "they"}, Default: "we"},
		{Name: "issue", Optional: true, MaxLen: 60},
		{Name: "return", Optional: true, MaxLen: 120},
		{Name: "from", Kind: form.Money, Optional: true, Max: most},
		{Name: "to", Kind: form.Money, Optional: true, Max: most},
	}, DefaultRows: [][]string{
		{"we", "1", "@default.return", "108000", "96000"},
		{"they", "2", "@default.their-return", "1", "2"},
		{"we", "3", "", "14", "40"},
	}},
	{Name: "done", Kind: form.Many, Options: form.Split("prepare strategy open understand bargain close"), Default: "prepare,strategy,open,understand"},
}

// Form describes the questions.
func Form() *form.Form { return &form.Form{ID: ID, Fields: fields} }

// side is one side's lines on an issue.
type side struct {
	top, bottom int64
	known       bool // both, and different
	weight      int64
}

// points is what a value is worth to the side, in thousandths.
func (s *side) points(at int64) int64 {
	return min(max((at-s.bottom)*1000/(s.top-s.bottom), 0), 1000)
}

// issue is one row. sides are ours and theirs.
type issue struct {
	row       *form.Set
	name      report.Datum
	sides     [2]side
	less      bool // we want less
	room      bool
	low, high int64 // of the zone
}

// table is the negotiation.
type table struct {
	in     *form.Input
	r      report.Result
	faults []form.Fault
	names  []string
	issues []issue
	total  [2]int64 // of the weights
	closed report.Data
	beyond report.Data
	points [2]report.Datum // of the package, for us and for them
	ours   int64           // the package's tenths of points, -1 where nothing is on the table
	log    report.Result   // the table of concessions
	moves  int             // how many there are
	strays report.Data     // issues in the log that are not on the list
	gains  report.Data     // issues on which whoever moved gained by it
	by     [2]given        // what we and they have conceded
}

// Compute answers the form.
func Compute(in *form.Input) (*report.Result, []form.Fault) {
	t := &table{in: in, ours: -1}
	for _, row := range in.Rows("issue") {
		t.add(row)
	}
	t.packages()
	t.concessions()
	if len(t.faults) > 0 {
		return nil, t.faults
	}
	t.present()
	return &t.r, nil
}

func (t *table) fault(row *form.Set, field, key string) {
	t.faults = append(t.faults, form.Fault{Field: row.Name(field), Key: key})
}

// sides are the fields' first words.
var sides = [...]string{"our_", "their_"}

// add takes an issue in.
func (t *table) add(row *form.Set) {
	is := issue{row: row, name: report.Name(row.Text("name"))}
	for i, who := range sides {
		s := &is.sides[i]
		var top, bottom bool
		s.top, top = row.OptMoney(who + "top")
		s.bottom, bottom = row.OptMoney(who + "bottom")
		s.known = top && bottom && s.top != s.bottom
		target, ok := row.OptMoney(who + "target")
		if top && bottom && ok && (target < min(s.top, s.bottom) || target > max(s.top, s.bottom)) {
			t.fault(row, who+"target", "target")
		}
		s.weight = row.Int([...]string{"weight", "their_weight"}[i])
		t.total[i] += s.weight
	}
	us, them := &is.sides[0], &is.sides[1]
	is.less = us.top < us.bottom
	if us.top == us.bottom {
		is.less = them.top > them.bottom
	}
	is.low, is.high = us.bottom, them.bottom
	if is.less {
		is.low, is.high = is.high, is.low
	}
	if row.Given("our_bottom") && row.Given("their_bottom") {
		is.room = is.low <= is.high
		if !is.room {
			t.closed.Add(is.name)
		}
	}
	if offer, ok := row.OptMoney("offer"); ok && row.Given("our_bottom") && (is.less && offer > us.bottom || !is.less && offer < us.bottom) {
		t.beyond.Add(is.name)
	}
	t.names = append(t.names, row.Text("name"))
	t.issues = append(t.issues, is)
}

// tenths are thousandths of a package as points.
func tenths(n int64) report.Datum { return report.Fixed(n, 1) }

// packages weighs what is on the table.
func (t *table) packages() {
	for i := range sides {
		var sum, weights int64
		for k := range t.issues {
			s := &t.issues[k].sides[i]
			if offer, ok := t.issues[k].row.OptMoney("offer"); ok && s.known {
				sum += s.weight * s.points(offer)
				weights += s.weight
			}
		}
		if weights > 0 {
			n := (2*sum + weights) / (2 * weights)
			t.points[i] = tenths(n)
			if i == 0 {
				t.ours = n
			}
		}
	}
}

// given is what one side has conceded.
type given struct {
	cost, worth int64 // thousandths: to the giver, to the other
	free        int64 // without a return
}

// concessions logs who moved.
func (t *table) concessions() {
	sheet := t.log.Table(report.Say("log.caption"), "log.who", "log.issue", "log.move", "#log.cost", "#log.worth", "log.return")
	for _, row := range t.in.Rows("concession") {
		giver, name := 0, report.Field(row, "issue")
		if row.Text("who") == "they" {
			giver = 1
		}
		cost, worth := report.Null(), report.Null()
		concedes := true
		i := form.Refer(t.names, row.Text("issue"))
		if i < 0 && row.Given("issue") {
			t.strays.Add(name)
		}
		if i >= 0 {
			name = t.issues[i].name
			from, ok := row.OptMoney("from")
			to, also := row.OptMoney("to")
			if ok && also {
				loss, known := t.lost(i, giver, from, to)
				gain, also := t.lost(i, 1-giver, to, from)
				if known {
					cost = tenths(loss)
				}
				if also {
					worth = tenths(gain)
				}
				if concedes = loss >= 0; concedes {
					t.by[giver].cost += loss
					t.by[giver].worth += gain
				} else {
					t.gains.Add(name)
				}
			}
		}
		back := report.Cell{Data: report.Field(row, "return")}
		if concedes && !row.Given("return") {
			back = report.Cell{Data: report.Word("log.nothing"), Sign: report.Flag}
			t.by[giver].free++
		}
		t.moves++
		sheet.Row(report.Field(row, "who"), name, report.Say("move", "from", report.Field(row, "from"), "to", report.Field(row, "to")), cost, worth, back)
	}
}

// lost is what a side loses by a move on issue i, in thousandths of points; false
// where its lines or weights are not known.
func (t *table) lost(i, who int, from, to int64) (n int64, known bool) {
	s := &t.issues[i].sides[who]
	if !s.known || t.total[who] == 0 {
		return 0, false
	}
	n, half := 2*(s.points(from)-s.points(to))*s.weight, t.total[who]
	if n < 0 {
		half = -half
	}
	return (n + half) / (2 * t.total[who]), true
}

// present is the report.
func (t *table) present() {
	r := &t.r
	zones := 0
	var low, high, width report.Data
	rows := report.Result{}
	sheet := rows.Table(report.Say("issues.caption"), "issues.name", "issues.ours", "issues.theirs", "issues.zone", "#issues.width", "#issues.offer", "#issues.our-points", "#issues.their-points")
	for k := range t.issues {
		is := &t.issues[k]
		from, to, wide := report.Null(), report.Null(), report.Null()
		zone := report.Cell{Data: report.Word("zone.unknown")}
		switch {
		case is.room:
			zones++
			from, to, wide = report.Money(is.low, ""), report.Money(is.high, ""), report.Money(is.high-is.low, "")
			zone = report.Cell{Message: report.Say("span", "from", from, "to", to)}
		case is.row.Given("our_bottom") && is.row.Given("their_bottom"):
			zone = report.Cell{Data: report.Word("zone.none"), Sign: report.Flag}
		}
		low.Add(from)
		high.Add(to)
		width.Add(wide)
		offer, ok := is.row.OptMoney("offer")
		cells := []any{is.name}
		for _, who := range sides {
			cells = append(cells, report.Say("lines", "top", report.Field(is.row, who+"top"), "target", report.Field(is.row, who+"target"), "bottom", report.Field(is.row, who+"bottom")))
		}
		cells = append(cells, zone, wide, report.Field(is.row, "offer"))
		for i := range sides {
			d := report.Null()
			if s := &is.sides[i]; ok && s.known {
				d = tenths(s.points(offer))
			}
			cells = append(cells, d)
		}
		sheet.Row(cells...)
	}
	batna, judged := t.in.OptInt("batna_points")
	better := report.Null()
	if judged && t.ours >= 0 {
		better = report.Bool(t.ours > 10*batna)
	}
	more := "even"
	if a, b := t.by[0].cost, t.by[1].cost; a > b {
		more = "we"
	} else if a < b {
		more = "they"
	}
	all := report.Args("issues zones low high width package their_package better given their_given worth their_worth more free steps batna closed beyond",
		report.Count(int64(len(t.issues))), report.Count(int64(zones)), report.List(low...), report.List(high...), report.List(width...),
		t.points[0], t.points[1], better, tenths(t.by[0].cost), tenths(t.by[1].cost), tenths(t.by[0].worth), tenths(t.by[1].worth),
		report.Code(more), report.Count(t.by[0].free), report.Count(int64(len(form.Split(t.in.Text("done"))))), report.Count(batna), report.Some(t.closed), report.Some(t.beyond))
	r.Publish(all[:15])
	say := func(key string) report.Message { return report.Phrase(key, all) }
	sign, key := report.Flag, "answer.none"
	switch {
	case len(t.issues) == 0:
	case len(t.closed) > 0:
		key = "answer.closed"
	case len(t.beyond) > 0:
		key = "answer.beyond"
	case judged && t.ours >= 0 && t.ours <= 10*batna:
		key = "answer.batna"
	case zones == 0:
		key = "answer.unknown"
	case t.ours < 0:
		sign, key = report.Bell, "answer.room"
	default:
		sign, key = report.Bell, "answer.deal"
	}
	r.Add(report.Verdict, sign, say(key), say(key+"-more"))
	for k := range t.issues {
		if k == 6 {
			break // the table has all
		}
		is := &t.issues[k]
		if is.sides[0].known && is.sides[1].known {
			r.Figure(report.Say("zone.caption", "name", is.name), report.Say("zone.alt", "name", is.name), true, is.draw)
		}
	}
	r.Blocks = append(r.Blocks, rows.Blocks...)
	if t.moves > 0 {
		r.Add(report.Heading, report.NoSign, report.Say("log.heading"))
		r.Blocks = append(r.Blocks, t.log.Blocks...)
		r.Add(report.Paragraph, report.NoSign, say("log."+more))
		if len(t.strays) > 0 {
			r.Add(report.Note, report.NoSign, report.Say("log.strays", "names", report.Some(t.strays)))
		}
		if len(t.gains) > 0 {
			r.Add(report.Note, report.NoSign, report.Say("log.gains", "names", report.Some(t.gains)))
		}
		if t.by[0].free > 0 {
			r.Add(report.Note, report.Flag, say("log.free"))
		}
	}
	t.steps(say)
	r.Assume("assume.outside", "assume.points", "assume.theirs")
}

// steps tells what comes next.
func (t *table) steps(say func(key string) report.Message) {
	t.r.Add(report.Heading, report.NoSign, say("steps.heading"))
	list := t.r.Add(report.Items, report.NoSign)
	first := ""
	for _, step := range t.in.Form().Field("done").Options {
		key := "step.open"
		if t.in.Has("done", step) {
			key = "step.done"
		} else if first == "" {
			first, key = step, "step.next"
		}
		list.Text = append(list.Text, report.Say(key, "step", report.Word("option.done."+step), "do", report.Word("do."+step)))
	}
	next := report.Null()
	if first != "" {
		next = report.Code(first)
	}
	t.r.Value("next", next)
	if !t.in.Given("batna") {
		t.r.Add(report.Note, report.Flag, say("no-batna"))
	}
}

// draw sets both sides' lines above one another.
func (is *issue) draw(w *report.Words) chart.Chart {
	c := &chart.Ranges{Unit: w.Format(is.name)}
	for i, who := range sides {
		s := &is.sides[i]
		at := func(minor int64) float64 { return float64(minor) / 100 }
		row := chart.Range{Label: w.Say(report.Say("zone." + who[:len(who)-1])), From: at(min(s.top, s.bottom)), To: at(max(s.top, s.bottom))}
		for _, line := range [...]string{who + "top", who + "target", who + "bottom", "offer"} {
			if n, ok := is.row.OptMoney(line); ok && (i == 0 || line != "offer") {
				row.Marks = append(row.Marks, chart.Mark{At: at(n), Label: w.Say(report.Say("line." + line))})
			}
		}
		c.Rows = append(c.Rows, row)
	}
	if is.room {
		c.Bands = []chart.Band{{From: float64(is.low) / 100, To: float64(is.high) / 100, Label: "ZOPA"}}
	}
	return c
}
