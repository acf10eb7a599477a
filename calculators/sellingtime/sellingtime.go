// Package sellingtime asks slide 65's question: of one week, how much is spent on
// selling, that is on the phone or together with customers (system S26)? The deck
// sets no norm, so the answer compares the week only with itself: what one hour
// moved to customers would add.
//
// Hours are whole hundredths. With c the customers' hours of h, w weeks a year,
// and m hours moved from elsewhere, at most all that there are:
//
//	hours, customer_hours         h and c
//	share                         c ÷ h in percent, null of an empty week
//	prepare_hours, travel_hours, office_hours   the other kinds
//	moved, share_after            m, and (c + m) ÷ h
//	hours_year, hours_added       c·w and m·w
//	gain                          m ÷ c in percent, null without c
//	weeks_added                   m·w ÷ c: as many weeks of today's selling
//	hour_value                    quota ÷ (c·w): what an hour with customers has to
//	                              bring, rounded to minor units; null without either
//	largest                       the activity, by row, that takes the most time of the
//	                              kind farthest from customers that there is: office,
//	                              else travelling, else preparing. The moved hours come
//	                              from there first.
package sellingtime

import (
	"strconv"

	"playbook/calculators/chart"
	"playbook/calculators/form"
	"playbook/calculators/report"
)

// ID is the calculator's id.
const ID = "selling-time"

// kinds are what an hour may go into; the first alone is selling.
var kinds = []string{"customer", "prepare", "travel", "office"}

const week = 168 * 100 // hundredths of hours

// Form asks for a week; the example is invented.
func Form() *form.Form {
	return &form.Form{ID: ID, Fields: []form.Field{
		{Name: "activity", Kind: form.Rows, MaxRows: 100,
			Fields: []form.Field{
				{Name: "name", Kind: form.Text, Optional: true, MaxLen: 60},
				{Name: "kind", Kind: form.Choice, Default: "office", Options: kinds},
				{Name: "hours", Kind: form.Money, Unit: "hours", Default: "0", Max: week}, // two decimals
			},
			DefaultRows: form.Lines("@default.phone customer 5|@default.visits customer 7|@default.prepare prepare 8|" +
				"@default.travel travel 9|@default.mail office 6|@default.meetings office 8|@default.other office 2")},
		{Name: "move", Setting: true, Kind: form.Money, Unit: "hours", Default: "1", Max: week},
		{Name: "weeks", Setting: true, Kind: form.Integer, Unit: "weeks", Default: "46", Min: 1, Max: 53},
		{Name: "quota", Kind: form.Money, Default: "5000000", Optional: true, Max: 1e15},
	}}
}

func hours(n int64) report.Datum { return report.Exact(form.Trim(form.Decimal(n, 2))) }

// Compute answers.
func Compute(in *form.Input) (*report.Result, []form.Fault) {
	var by [4]int64
	var total, most int64
	largest, name, farthest := 0, "", 0
	rows := in.Rows("activity")
	for i, row := range rows {
		n := row.Money("hours")
		total += n
		for k, kind := range kinds {
			if row.Text("kind") == kind {
				by[k] += n
				if k > 0 && n > 0 && (k > farthest || k == farthest && n > most) {
					farthest, most, largest, name = k, n, i+1, row.Text("name")
				}
			}
		}
	}
	if total > week {
		return nil, []form.Fault{{Field: "activity", Key: "week", Args: []form.Arg{{Name: "hours", Value: form.Trim(form.Decimal(total, 2))}}}}
	}
	if name == "" {
		name = "#" + strconv.Itoa(largest)
	}
	c, w := by[0], in.Int("weeks")
	m := min(in.Money("move"), total-c)
	gain, added, value := report.Null(), report.Null(), report.Null()
	if c > 0 {
		gain = report.Share(m, c)
		added = report.Fixed((20*m*w+c)/(2*c), 1)
		if quota, ok := in.OptMoney("quota"); ok {
			// Minor units an hour: quota × 100 ÷ hundredths, rounded.
			value = report.Estimate((200*quota+c*w)/(2*c*w), "")
		}
	}
	row := report.Null()
	if largest > 0 {
		row = report.Count(int64(largest))
	}
	r := &report.Result{}
	var all report.Args
	all.Add("hours", hours(total))
	all.Add("customer_hours", hours(c))
	all.Add("share", report.Share(c, total))
	all.Add("prepare_hours", hours(by[1]))
	all.Add("travel_hours", hours(by[2]))
	all.Add("office_hours", hours(by[3]))
	all.Add("moved", hours(m))
	all.Add("share_after", report.Share(c+m, total))
	all.Add("hours_year", hours(c*w))
	all.Add("hours_added", hours(m*w))
	all.Add("gain", gain)
	all.Add("weeks_added", added)
	all.Add("hour_value", value)
	all.Add("largest", row)
	r.Publish(all)
	all.Add("name", report.Text(name))
	all.Add("most", hours(most))
	all.Add("kind", report.Word("option.kind."+kinds[farthest]))
	say := all.Say

	switch {
	case total == 0:
		r.Add(report.Verdict, report.NoSign, say("verdict.empty"), say("verdict.empty-do"))
		r.Assume("assume.norm", "assume.selling")
		return r, nil
	case c == 0:
		r.Add(report.Verdict, report.Flag, say("verdict.none"), say("verdict.none-do"))
	case m == 0:
		r.Add(report.Verdict, report.NoSign, say("verdict.share"))
	default:
		r.Add(report.Verdict, report.NoSign, say("verdict.share"), say("verdict.moved"))
	}
	r.Figure(say("figure.caption"), say("figure.alt"), true, func(w *report.Words) chart.Chart {
		c := &chart.Load{Unit: w.Say(say("figure.unit")), Head: []string{w.Say(say("figure.week")), w.Say(say("figure.total"))}}
		now := make([]float64, len(kinds))
		then := make([]float64, len(kinds))
		rest := m
		for k, kind := range kinds {
			c.Series = append(c.Series, w.Say(say("option.kind."+kind)))
			now[k] = float64(by[k]) / 100
		}
		// What is moved comes from the kinds farthest from the customer.
		for k := len(kinds) - 1; k > 0; k-- {
			gone := min(rest, by[k])
			rest -= gone
			then[k] = float64(by[k]-gone) / 100
		}
		then[0] = float64(by[0]+m) / 100
		c.Columns = []chart.Column{{Label: w.Say(say("figure.now")), Parts: now}}
		if m > 0 {
			c.Columns = append(c.Columns, chart.Column{Label: w.Say(say("figure.then")), Parts: then})
		}
		return c
	})
	r.NotedGrid(all, "hours_year", "hours_added", "weeks_added", "hour_value")
	t := r.Table(say("table.caption"), "table.name", "table.kind", "#table.hours", "#table.share")
	for _, i := range form.Order(keys(rows)) {
		n := rows[i].Money("hours")
		label := rows[i].Text("name")
		if label == "" {
			label = "#" + strconv.Itoa(i+1)
		}
		t.Row(label, report.Word("option.kind."+rows[i].Text("kind")), hours(n), report.Share(n, total))
	}
	r.Add(report.Heading, report.NoSign, say("advice.title"))
	advice := []report.Message{say("advice.rank"), say("advice.no"), say("advice.together")}
	if most > 0 {
		advice = append([]report.Message{say("advice.largest")}, advice...)
	}
	r.Add(report.Items, report.NoSign, advice...)
	r.Assume("assume.norm", "assume.selling", "assume.moved", "assume.value")
	return r, nil
}

// keys put the most hours first.
func keys(rows []*form.Set) []int {
	var all []int
	for _, row := range rows {
		all = append(all, -int(row.Money("hours")))
	}
	return all
}
