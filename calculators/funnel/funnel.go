// Package funnel holds a list of deals against the stages of the sales funnel and
// against the quota (system S27, slides 67 and 68). The seven stages and what the
// customer perceives in them are the deck's; that the perceptions pair with these
// stages, and the sentence of each stage, are reconstructed. Coverage and the rule
// for standing deals come from outside (what sales tools apply).
//
// A deal leaves its stage when the customer can say the stage's sentence. Deals of
// the last stage, deploy, are won; the others are open. Of the open deals' value
// the win rate p is won, and of that 1 − s in time, s being the slippage. With the
// quota Q
//
//	remaining  = max(0, Q − value of the won deals)
//	required   = 1 ÷ (p × (1 − s))    times the remaining quota
//	coverage   = value of the open deals ÷ remaining
//	missing    = max(0, required × remaining − value of the open deals)
//
// Where p × (1 − s) is under a thousandth, no funnel is large enough: required and
// missing are null.
//
// An open deal stands when it has been in its stage for more than 1.5 times the days
// that are usual there, which the reader knows from deals that went on: today's
// others may all be late. Where they are not known nothing is said.
//
// The values, in the order of the result:
//
//	deals, open, won_deals        how many
//	pipeline, won, remaining      amounts
//	coverage                      two decimals, null when nothing remains
//	required                      two decimals, or null
//	missing                       amount, or null
//	counts, amounts               by stage
//	standing, ready, not_yet, unknown   deals that stand; open deals whose customer
//	                              can, cannot, or may say the sentence
package funnel

import (
	"math/bits"
	"strconv"

	"playbook/calculators/chart"
	"playbook/calculators/form"
	"playbook/calculators/report"
)

// ID is the calculator's id.
const ID = "funnel"

var stages = []string{"prospect", "qualify", "advance", "solution", "verify", "close", "deploy"}

const last = 6 // the stage of what is won

// Form asks for the deals; the example is the deck's quota and invented deals.
func Form() *form.Form {
	return &form.Form{ID: ID, Fields: []form.Field{
		{Name: "quota", Kind: form.Money, Default: "5000000", Max: 1e15},
		{Name: "win_rate", Kind: form.Percent, Unit: "percent", Default: "25", Min: 10_000, Max: 1_000_000},
		{Name: "rate_by", Kind: form.Choice, Default: "value", Options: []string{"value", "count"}},
		{Name: "slippage", Setting: true, Kind: form.Percent, Unit: "percent", Default: "20", Max: 1_000_000},
		{Name: "deal", Kind: form.Rows,
			Fields: []form.Field{
				{Name: "name", Kind: form.Text, Optional: true, MaxLen: 60},
				{Name: "stage", Kind: form.Choice, Default: stages[0], Options: stages},
				{Name: "value", Kind: form.Money, Default: "0", Max: 1e14},
				{Name: "says", Kind: form.Choice, Optional: true, Options: []string{"yes", "no"}},
				{Name: "days", Kind: form.Integer, Unit: "days", Optional: true, Max: 10_000},
			},
			DefaultRows: form.Lines("@default.d0 solution 1000000 yes 24|@default.d1 close 1000000 yes 12|@default.d2 verify 600000 no 30|" +
				"@default.d3 advance 1000000 no 95|@default.d4 advance 800000 yes 20|@default.d5 advance 450000 - 25|@default.d6 qualify 1000000 no 18|" +
				"@default.d7 qualify 500000 - 40|@default.d8 prospect 1000000 no 10|@default.d9 deploy 1000000 yes 5")},
		usual(0, "30"), usual(1, "30"), usual(2, "45"), usual(3, "30"), usual(4, "30"), usual(5, "20"),
	}}
}

// usual asks for the days that deals usually spend in a stage.
func usual(stage int, days string) form.Field {
	return form.Field{Name: "usual_" + stages[stage], Kind: form.Integer, Unit: "days", Optional: true, Min: 1, Max: 10_000, Default: days, Fold: stage == 0}
}

// deal is a row.
type deal struct {
	name  string
	stage int
	value int64
	says  string
	days  int64 // −1: unknown
	stand bool
}

// work is the answer, computed once.
type work struct {
	deals                   []deal
	count                   [7]int64
	value                   [7]int64
	usual                   [last]int64 // days, 0: unknown
	quota, pipeline, won    int64
	remaining, missing      int64
	reachable               bool           // some funnel is large enough
	required                int64          // in hundredths, rounded
	unjudged                []report.Datum // stages whose deals cannot be said to stand
	standing, ready, notYet []*deal
	unknown                 []*deal
	args                    report.Args
}

// Compute answers.
func Compute(in *form.Input) (*report.Result, []form.Fault) {
	w := &work{quota: in.Money("quota")}
	for k := range w.usual {
		w.usual[k], _ = in.OptInt("usual_" + stages[k])
	}
	var unjudged [last]bool
	for i, row := range in.Rows("deal") {
		d := deal{name: row.Text("name"), value: row.Money("value"), says: row.Text("says"), days: -1}
		if d.name == "" {
			d.name = "#" + strconv.Itoa(i+1)
		}
		for k, s := range stages {
			if s == row.Text("stage") {
				d.stage = k
			}
		}
		if n, ok := row.OptInt("days"); ok {
			d.days = n
		}
		w.count[d.stage]++
		w.value[d.stage] += d.value
		w.deals = append(w.deals, d)
	}
	for i := range w.deals {
		d := &w.deals[i]
		if d.stage == last {
			w.won += d.value
			continue
		}
		w.pipeline += d.value
		if usual := w.usual[d.stage]; d.days >= 0 && usual > 0 && 2*d.days > 3*usual {
			d.stand = true
			w.standing = append(w.standing, d)
		} else if d.days >= 0 && usual == 0 {
			unjudged[d.stage] = true
		}
		list := &w.unknown
		switch d.says {
		case "yes":
			list = &w.ready
		case "no":
			list = &w.notYet
		}
		*list = append(*list, d)
	}
	for k, is := range unjudged {
		if is {
			w.unjudged = append(w.unjudged, report.Word("option.stage."+stages[k]))
		}
	}
	w.remaining = max(0, w.quota-w.won)
	const one = 1_000_000
	arrives := in.Percent("win_rate") * (one - in.Percent("slippage")) // of what is open, in 10^-12
	if w.reachable = arrives >= one*one/1000; w.reachable {
		w.required = over(one*one, 100, arrives)
		w.missing = max(0, over(w.remaining, one*one, arrives)-w.pipeline)
	}
	return w.report(in), nil
}

// over is a × b ÷ c, rounded half up.
func over(a, b, c int64) int64 {
	high, low := bits.Mul64(uint64(a), uint64(b))
	low, carry := bits.Add64(low, uint64(c)/2, 0)
	q, _ := bits.Div64(high+carry, low, uint64(c))
	return int64(q)
}

func names(list []*deal) report.Datum {
	var all []report.Datum
	for _, d := range list[:min(len(list), 10)] {
		all = append(all, report.Text(d.name))
	}
	if len(list) > 10 {
		all = append(all, report.Text("…"))
	}
	return report.List(all...)
}

func (w *work) say(key string) report.Message { return w.args.Say(key) }

func (w *work) report(in *form.Input) *report.Result {
	r := &report.Result{}
	var counts, amounts []report.Datum
	for k := range stages {
		counts = append(counts, report.Count(w.count[k]))
		amounts = append(amounts, report.Money(w.value[k], ""))
	}
	coverage := report.Null()
	if w.remaining > 0 {
		coverage = report.Fixed(over(w.pipeline, 100, w.remaining), 2)
	}
	required, missing := report.Null(), report.Null()
	if w.reachable {
		required, missing = report.Fixed(w.required, 2), report.Estimate(w.missing, "")
	}
	open := len(w.deals) - int(w.count[last])
	all := &w.args
	all.Count("deals", len(w.deals))
	all.Count("open", open)
	all.Add("won_deals", report.Count(w.count[last]))
	all.Add("pipeline", report.Money(w.pipeline, ""))
	all.Add("won", report.Money(w.won, ""))
	all.Add("remaining", report.Money(w.remaining, ""))
	all.Add("coverage", coverage)
	all.Add("required", required)
	all.Add("missing", missing)
	all.Add("counts", report.List(counts...))
	all.Add("amounts", report.List(amounts...))
	all.Count("standing", len(w.standing))
	all.Count("ready", len(w.ready))
	all.Count("not_yet", len(w.notYet))
	all.Count("unknown", len(w.unknown))
	r.Publish(*all)
	all.Add("standing_names", names(w.standing))
	all.Add("ready_names", names(w.ready))
	all.Add("not_yet_names", names(w.notYet))
	all.Add("unknown_names", names(w.unknown))
	all.Add("quota", report.Money(w.quota, ""))
	all.Add("rate", report.Percent(in.Percent("win_rate")))
	all.Add("slippage", report.Percent(in.Percent("slippage")))
	all.Add("unjudged", report.List(w.unjudged...))

	verdict, more, sign := "verdict.short", "verdict.missing", report.Flag
	switch {
	case len(w.deals) == 0:
		verdict, more, sign = "verdict.empty", "verdict.empty-do", report.NoSign
	case w.quota == 0:
		verdict, more, sign = "verdict.no-quota", "verdict.no-quota-do", report.NoSign
	case w.remaining == 0:
		verdict, more, sign = "verdict.reached", "verdict.reached-do", report.Bell
	case !w.reachable:
		verdict, more = "verdict.never", "verdict.never-do"
	case w.missing == 0:
		verdict, more, sign = "verdict.covered", "verdict.covered-do", report.Bell
	}
	r.Add(report.Verdict, sign, w.say(verdict), w.say(more))
	r.Figure(w.say("figure.caption"), w.say("figure.alt"), false, w.draw)
	r.NotedGrid(w.args, "pipeline", "coverage", "required", "missing")
	if in.Text("rate_by") == "count" {
		r.Add(report.Note, report.NoSign, w.say("by-count"))
	}
	r.Add(report.Heading, report.NoSign, w.say("exit.title"))
	r.Add(report.Paragraph, report.NoSign, w.say("exit.text"))
	for i, list := range [][]*deal{w.ready, w.notYet, w.unknown, w.standing} {
		if len(list) > 0 {
			sign := []report.Sign{report.Bell, report.Flag, report.NoSign, report.Flag}[i]
			r.Add(report.Note, sign, w.say([]string{"exit.ready", "exit.not-yet", "exit.unknown", "standing"}[i]))
		}
	}
	if len(w.unjudged) > 0 {
		r.Add(report.Note, report.NoSign, w.say("unjudged"))
	}
	var flags []report.Raised
	if len(w.deals) > 0 {
		t := r.Table(w.say("table.caption"), "table.name", "table.stage", "#table.value", "#table.days", "table.next")
		for k := last; k >= 0; k-- {
			for i := range w.deals {
				if d := &w.deals[i]; d.stage == k {
					flags = append(flags, w.row(t, d)...)
				}
			}
		}
	}
	if w.missing > 0 && len(w.deals) > 0 {
		flags = append(flags, report.Raised{What: w.say("raise.short"), Cause: w.say("raise.short-cause")})
	}
	r.Raise(flags)
	r.Assume("assume.exit", "assume.won", "assume.coverage", "assume.standing")
	return r
}

// row tells what is next for a deal, and what flags it raises.
func (w *work) row(t *report.Table, d *deal) (flags []report.Raised) {
	usual := report.Null()
	if d.stand {
		usual = report.Count(w.usual[d.stage])
	}
	var all report.Args
	all.Add("name", report.Text(d.name))
	all.Add("stage", report.Word("option.stage."+stages[d.stage]))
	all.Add("sentence", report.Word("sentence."+stages[d.stage]))
	all.Add("days", report.Count(d.days))
	all.Add("usual", usual)
	key, sign := "next.ask", report.NoSign
	switch {
	case d.stage == last:
		key = "next.won"
	case d.says == "yes":
		key, sign = "next.go", report.Bell
	case d.stand:
		key, sign = "next.stands", report.Flag
		flags = []report.Raised{{What: all.Say("raise.stands"), Cause: all.Say("raise.stands-cause")}}
	case d.says == "no":
		key = "next.not-yet"
	}
	days := report.Null()
	if d.days >= 0 {
		days = report.Count(d.days)
	}
	t.Row(d.name, report.Word("option.stage."+stages[d.stage]), report.Money(d.value, ""), days, report.Cell{Message: all.Say(key), Sign: sign})
	return flags
}

// draw is the funnel, with what the customer perceives at the side.
func (w *work) draw(words *report.Words) chart.Chart {
	c := &chart.Funnel{}
	for _, h := range []string{"table.stage", "figure.deals", "figure.perceives"} {
		c.Head = append(c.Head, words.Say(w.say(h)))
	}
	far := int64(len(w.deals)) // have come this far
	for k, s := range stages {
		c.Stages = append(c.Stages, chart.Stage{
			Label: words.Say(w.say("option.stage." + s)), Note: words.Say(w.say("sentence." + s)),
			Value: float64(far), Text: strconv.FormatInt(w.count[k], 10),
		})
		far -= w.count[k]
	}
	return c
}
