// Package negotiation prepares a negotiation and follows it (S42, slide 113; the
// deck breaks off after the heading, so that all of it is from elsewhere):
//
//	issues       for each, both sides' top line (best hope), target and bottom line
//	             (reservation point), its weight for each side, and what is on the
//	             table. Each side wants more or less of it: the reader says so for us,
//	             else a side's own lines do where two of them differ. They want the
//	             opposite of us where their lines do not say; we never follow theirs.
//	zone         ZOPA: what neither bottom line rules out. Where the sides want the
//	             opposite it runs from one bottom line to the other, and its width is
//	             their difference; where both want the same it is open at one end, and
//	             has no width. Without our direction there is none.
//	points       what a value is worth to a side: 0 at its bottom line, 100 at its top
//	             line, in between evenly, outside no more and no less.
//	package      what is on the table, by weight: safe counts 0 for issues without an
//	             offer or without lines, possible counts 100 for them. It is judged
//	             against the BATNA, on the same scale, where neither can change the
//	             answer; and not at all where an offer is beyond a bottom line.
//	concessions  who moved on which issue from where to where, and in return for what.
//	             It costs the giver the points that it loses, and is worth to the
//	             other those that it gains, × the issue's share of the weights: below
//	             nothing where the other loses too. A move in the direction that its
//	             maker wants is no concession and counts nowhere. Of ours, those
//	             without a return are given away.
//	six steps    ticked.
//	ground       interests of both sides, an objective measure, and who may decide.
//
// Values: issues, zones (how many issues leave room); low, high, width (of each
// issue's zone, null where there is none); package and their_package (points that
// are safe, one decimal, null where an offer is beyond a bottom line or nothing is
// on the table), package_possible and their_package_possible; better (is the package
// better than our BATNA? null where it is not judged); given and their_given,
// what our and their concessions cost the giver; worth and their_worth, what they
// are worth to the other; more (we, they or even: who has given more); free; steps;
// next (code of the first step that is not ticked); open (what is not known of the
// ground, as codes).
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
		{Name: "want", Kind: form.Choice, Options: form.Split("lines more less"), Default: "lines"},
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
		{"@default.price", "more", "108000", "100000", "92000", "86000", "90000", "98000", "50", "35", "96000"},
		{"@default.years", "more", "3", "2", "1", "1", "2", "3", "30", "15", "2"},
		{"@default.days", "less", "14", "30", "45", "90", "60", "30", "20", "50", "40"},
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
	{Name: "interests", Optional: true, Default: "@default.interests", Fold: true},
	{Name: "their_interests", Optional: true, Default: "@default.their-interests"},
	{Name: "measure", Optional: true},
	{Name: "authority", Optional: true, Default: "@default.authority"},
	{Name: "their_authority", Optional: true},
}

// ground are the fields of what stands behind the lines.
var ground = [...]string{"interests", "their_interests", "measure", "authority", "their_authority"}

// Form describes the questions.
func Form() *form.Form { return &form.Form{ID: ID, Fields: fields} }

// side is one side's lines on an issue.
type side struct {
	top, bottom int64
	bounded     bool  // the bottom line is known
	known       bool  // the top line too, and it is another
	want        int64 // 1 more, −1 less, 0 not known
	weight      int64
}

// points is what a value is worth to the side, in thousandths.
func (s *side) points(at int64) int64 {
	return min(max((at-s.bottom)*1000/(s.top-s.bottom), 0), 1000)
}

// refuses reports whether a value is beyond the side's bottom line.
func (s *side) refuses(at int64) bool { return s.bounded && s.want*(at-s.bottom) < 0 }

// issue is one row. sides are ours and theirs.
type issue struct {
	row       *form.Set
	name      report.Datum
	sides     [2]side
	offer     int64
	offered   bool
	judged    bool // whether there is room can be said
	room      bool
	low, high int64 // of the zone; high or low is −1 where it is open
}

// table is the negotiation.
type table struct {
	in       *form.Input
	r        report.Result
	faults   []form.Fault
	names    []string
	issues   []issue
	total    [2]int64 // of the weights
	closed   report.Data
	beyond   [2]report.Data // offers that we, that they must refuse
	blind    report.Data    // issues of which it is not known what we want
	same     report.Data    // issues on which both want the same
	offers   bool
	safe     [2]int64 // thousandths of points, for us and for them
	possible [2]int64
	log      report.Result // the table of concessions
	moves    int           // how many there are
	counted  int           // and how many have a cost
	strays   report.Data   // issues in the log that are not on the list
	gains    report.Data   // issues on which whoever moved gained by it
	by       [2]given      // what we and they have conceded
}

// Compute answers the form. Its own faults are "target" at a target outside its
// side's lines, and "want" where our lines say the opposite.
func Compute(in *form.Input) (*report.Result, []form.Fault) {
	t := &table{in: in}
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

// sign is −1, 0 or 1.
func sign(n int64) int64 {
	if n == 0 {
		return 0
	}
	return n / max(n, -n)
}

// add takes an issue in.
func (t *table) add(row *form.Set) {
	is := issue{row: row, name: report.Name(row.Text("name")), low: -1, high: -1}
	for i, who := range sides {
		s := &is.sides[i]
		var top bool
		s.top, top = row.OptMoney(who + "top")
		s.bottom, s.bounded = row.OptMoney(who + "bottom")
		s.known = top && s.bounded && s.top != s.bottom
		target, ok := row.OptMoney(who + "target")
		switch {
		case top && s.bounded:
			s.want = sign(s.top - s.bottom)
			if ok && (target < min(s.top, s.bottom) || target > max(s.top, s.bottom)) {
				t.fault(row, who+"target", "target")
			}
		case ok && s.bounded:
			s.want = sign(target - s.bottom)
		case ok && top:
			s.want = sign(s.top - target)
		}
		s.weight = row.Int([...]string{"weight", "their_weight"}[i])
		t.total[i] += s.weight
	}
	us, them := &is.sides[0], &is.sides[1]
	if want := row.Text("want"); want != "lines" {
		n := int64(1)
		if want == "less" {
			n = -1
		}
		if us.want == -n {
			t.fault(row, "want", "want")
		}
		us.want = n
	}
	if them.want == 0 {
		them.want = -us.want
	}
	is.offer, is.offered = row.OptMoney("offer")
	t.offers = t.offers || is.offered
	for i := range is.sides {
		if is.offered && is.sides[i].refuses(is.offer) {
			t.beyond[i].Add(is.name)
		}
	}
	if us.want == 0 && (us.bounded || them.bounded) {
		t.blind.Add(is.name)
	}
	if us.want != 0 && us.want == them.want {
		t.same.Add(is.name)
	}
	if is.judged = us.bounded && them.bounded && us.want != 0; is.judged {
		for _, s := range is.sides {
			if s.want > 0 {
				is.low = max(is.low, s.bottom)
			} else if is.high < 0 || s.bottom < is.high {
				is.high = s.bottom
			}
		}
		if is.room = is.high < 0 || is.low <= is.high; !is.room {
			t.closed.Add(is.name)
		}
	}
	t.names = append(t.names, row.Text("name"))
	t.issues = append(t.issues, is)
}

// tenths are thousandths of a package as points.
func tenths(n int64) report.Datum { return report.Fixed(n, 1) }

// packages weighs what is on the table.
func (t *table) packages() {
	for i := range sides {
		if t.total[i] == 0 {
			continue
		}
		var sum, weights int64
		for k := range t.issues {
			if s := &t.issues[k].sides[i]; t.issues[k].offered && s.known {
				sum += s.weight * s.points(t.issues[k].offer)
				weights += s.weight
			}
		}
		total := t.total[i]
		t.safe[i] = (2*sum + total) / (2 * total)
		t.possible[i] = (2*(sum+1000*(total-weights)) + total) / (2 * total)
	}
}

// judged reports whether the package may be measured.
func (t *table) judged() bool {
	return t.offers && t.total[0] > 0 && len(t.beyond[0])+len(t.beyond[1]) == 0
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
				if concedes = t.issues[i].sides[giver].want*(to-from) <= 0; concedes {
					loss, known := t.lost(i, giver, from, to)
					gain, also := t.lost(i, 1-giver, to, from)
					if known {
						cost = tenths(loss)
						t.counted++
					}
					if also {
						worth = tenths(gain)
					}
					t.by[giver].cost += loss
					t.by[giver].worth += gain
				} else {
					t.gains.Add(name)
				}
			}
		}
		back := report.Cell{Data: report.Field(row, "return")}
		if !concedes {
			back = report.Cell{Data: report.Word("log.none")}
		} else if !row.Given("return") {
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
			key := "span"
			if is.low >= 0 {
				from = report.Money(is.low, "")
			} else {
				key = "down"
			}
			if is.high >= 0 {
				to = report.Money(is.high, "")
			} else {
				key = "up"
			}
			if key == "span" {
				wide = report.Money(is.high-is.low, "")
			}
			zone = report.Cell{Message: report.Say(key, "from", from, "to", to)}
		case is.judged:
			zone = report.Cell{Data: report.Word("zone.none"), Sign: report.Flag}
		}
		low.Add(from)
		high.Add(to)
		width.Add(wide)
		cells := []any{is.name}
		for _, who := range sides {
			cells = append(cells, report.Say("lines", "top", report.Field(is.row, who+"top"), "target", report.Field(is.row, who+"target"), "bottom", report.Field(is.row, who+"bottom")))
		}
		cells = append(cells, zone, wide, report.Field(is.row, "offer"))
		for i := range sides {
			d := report.Null()
			if s := &is.sides[i]; is.offered && s.known {
				d = tenths(s.points(is.offer))
			}
			cells = append(cells, d)
		}
		sheet.Row(cells...)
	}
	batna, given := t.in.OptInt("batna_points")
	var safe, possible [2]report.Datum
	better := report.Null()
	worse := false
	if t.judged() {
		for i := range sides {
			if t.total[i] > 0 {
				safe[i], possible[i] = tenths(t.safe[i]), tenths(t.possible[i])
			}
		}
		// A row that is still open can make the package worth more, up to what is possible.
		if worse = given && t.possible[0] <= 10*batna; worse || given && t.safe[0] > 10*batna {
			better = report.Bool(!worse)
		}
	}
	more := "even"
	if a, b := t.by[0].cost, t.by[1].cost; a > b {
		more = "we"
	} else if a < b {
		more = "they"
	}
	var open, missing report.Data
	for _, name := range ground {
		if !t.in.Given(name) {
			open.Add(report.Code(name))
			missing.Add(report.Word("ground." + name))
		}
	}
	first := report.Null()
	for _, step := range t.in.Form().Field("done").Options {
		if !t.in.Has("done", step) {
			first = report.Code(step)
			break
		}
	}
	var all report.Args
	all.Count("issues", len(t.issues))
	all.Count("zones", zones)
	all.Add("low", report.List(low...))
	all.Add("high", report.List(high...))
	all.Add("width", report.List(width...))
	all.Add("package", safe[0])
	all.Add("package_possible", possible[0])
	all.Add("their_package", safe[1])
	all.Add("their_package_possible", possible[1])
	all.Add("better", better)
	all.Add("given", tenths(t.by[0].cost))
	all.Add("their_given", tenths(t.by[1].cost))
	all.Add("worth", tenths(t.by[0].worth))
	all.Add("their_worth", tenths(t.by[1].worth))
	all.Add("more", report.Code(more))
	all.Add("free", report.Count(t.by[0].free))
	all.Count("steps", len(form.Split(t.in.Text("done"))))
	all.Add("next", first)
	all.Add("open", report.List(open...))
	r.Publish(all)
	all.Add("batna", report.Count(batna))
	all.Add("closed", report.Some(t.closed))
	all.Add("beyond", report.Some(t.beyond[0]))
	all.Add("refused", report.Some(t.beyond[1]))
	all.Add("blind", report.Some(t.blind))
	all.Add("same", report.Some(t.same))
	all.Add("missing", report.List(missing...))
	say := all.Say
	sign, key := report.NoSign, "answer.none"
	switch {
	case len(t.issues) == 0:
	case len(t.closed) > 0:
		sign, key = report.Flag, "answer.closed"
	case len(t.beyond[0]) > 0:
		sign, key = report.Flag, "answer.beyond"
	case len(t.beyond[1]) > 0:
		sign, key = report.Flag, "answer.refused"
	case worse:
		sign, key = report.Flag, "answer.batna"
	case len(t.blind) > 0:
		key = "answer.blind"
	case zones == 0:
		key = "answer.unknown"
	case !t.judged():
		sign, key = report.Bell, "answer.room"
	case better.IsNull() && t.safe[0] < t.possible[0]:
		key = "answer.partly"
	case better.IsNull():
		key = "answer.worth"
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
	if len(t.same) > 0 {
		r.Add(report.Note, report.Bell, say("same"))
	}
	if len(missing) > 0 && len(t.issues) > 0 {
		// Who has come as far as bargaining should know what they bargain about, and with whom.
		sign := report.NoSign
		if t.in.Has("done", "understand") {
			sign = report.Flag
		}
		r.Add(report.Note, sign, say("ground.missing"))
	}
	if t.moves > 0 {
		r.Add(report.Heading, report.NoSign, report.Say("log.heading"))
		r.Blocks = append(r.Blocks, t.log.Blocks...)
		if t.counted > 0 {
			r.Add(report.Paragraph, report.NoSign, say("log."+more))
		}
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
	next := true
	for _, step := range t.in.Form().Field("done").Options {
		key := "step.open"
		if t.in.Has("done", step) {
			key = "step.done"
		} else if next {
			next, key = false, "step.next"
		}
		list.Text = append(list.Text, report.Say(key, "step", report.Word("option.done."+step), "do", report.Word("do."+step)))
	}
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
	if is.room && is.low >= 0 && is.high >= 0 {
		c.Bands = []chart.Band{{From: float64(is.low) / 100, To: float64(is.high) / 100, Label: "ZOPA"}}
	}
	return c
}
