// Package pipelinehistory reads a file that a CRM has exported and tells what it
// says about winning: the win rate, how long deals take, and, where the file holds
// the history of stages, the share that goes on from each stage, the time in it,
// and the reader's own row of the 965531 plan, which the deck wants set "by
// statistics" (system S28, slide 69). How that is computed is from outside the
// deck.
//
// # What is read
//
// A history has a row for each change of a deal's stage, in columns for the deal,
// the stage and the date: Salesforce's OpportunityHistory, its report with "To
// Stage", and its OpportunityFieldHistory, whose rows of other fields are passed
// over; Zoho's stage history; 商机名称 with 进入时间. A file of stages has a row for
// each deal and a column for each stage with the date on which it was entered:
// HubSpot's deals with "Date entered …". Any other file has a row for each deal with
// its outcome and, if need be, two dates; it tells nothing about stages, and no
// stage is made up from it.
//
// A file is a history only where it says so: it names the stage before or after, or
// its deals repeat and each row has the date of its own change. Where deals repeat
// and nothing says why, the reader is asked. Rows of one id that say the same count
// once.
//
// Columns are found by their headers, and can be named; "-" is none. The headers may
// stand below the lines of a report. Totals, lines below the table, repeated headers
// and records marked as deleted do not count, and are told. Of several pipelines the
// reader chooses one, where stages matter.
//
// A deal is won or lost when its last stage, or its outcome where there is such a
// column, is one of those that the reader names, or that says so; both lists are
// shown. What a name leaves open ("Not Won", 未成交, 签约 beside 赢单) is asked about,
// and so is a file in which nothing means lost. An expected day of the decision is
// none. Amounts of several currencies, or whose marks may group or divide, are not
// added up.
//
// Repeated rows of one stage count once. Stages come in the order in which deals
// enter them (each pair of stages by majority), unless the reader gives another. A
// deal that goes back stays in the furthest stage that it has reached; stages that
// it skips count as passed; stages before the first that the file knows of do not
// count. A deal whose first row is its end has no known beginning. Neither the order
// of the rows nor a row that stands there twice changes a number.
//
// # What is computed
//
// Of the deals that have been in a stage, some have deletedFlags on, some were lost there,
// and some are still there. With n of them decided and x deletedFlags on, the share is
// x ÷ n with Wilson's interval for 95 % (z = 1.96).
//
// Times are whole days. Deals that are still in a stage on the day of the file have
// been there for at least so long: the median is Kaplan and Meier's, the first day
// on which the estimate S of those still there is a half or less, leaving the stage
// either way being the event. Its interval is where Greenwood's band S ± z·S·√Σ d ÷
// (n·(n−d)) crosses the half; an end that is not reached is null. The time to go on
// is the day on which Aalen and Johansen's share of those that have deletedFlags on reaches
// half of its last value: what a deal takes that does go on. The same, of whole
// deals from their beginning to the signature, is the cycle; beside it stands the
// plain median of the won deals, and a warning where most deals are still open.
//
// The win rate by value is that of the decided deals' amounts, where each has one.
//
// A signature takes 1 ÷ P deals in a stage, P being the product of the shares from
// there on. P's variance is P²·Σ (1−c) ÷ (n·c); its interval is Wilson's for as many
// deals as would give that variance, which is their number where all are decided.
// The row that the plan takes over has these counts, rounded, the times to go on in
// weeks, rounded, and P in percent as weight. Where the last stage needs more than
// one deal a signature, the signature is a milestone of its own, of a week.
//
// Only + − × ÷ and square roots lead to a number.
//
// The values, in the order of the result; lists are by stage:
//
//	kind                         history, stages, deals, or none of an empty file
//	rows, deals, won, lost, open
//	win_rate, win_rate_low, win_rate_high       percent
//	win_rate_value               percent, null unless every decided deal has an amount
//	won_days                     the median of the won deals, from beginning to signature
//	cycle_days                   the same by Aalen and Johansen: open deals count
//	decision_days, decision_low, decision_high  to the decision, either way
//	as_of                        the day of the file
//	order_value                  the average of the won deals that have one
//	stages                       names
//	reached, went_on, lost_in, open_in
//	share, share_low, share_high                percent
//	days, days_low, days_high                   in the stage
//	days_to_go_on
//	needed, needed_low, needed_high             deals a signature
//	count, weeks, weight                        the row, the signature included
package pipelinehistory

import (
	"playbook/calculators/form"
	"playbook/calculators/report"
)

// ID is the calculator's id.
const ID = "pipeline-history"

const (
	maxBytes  = 4 << 20
	maxRows   = 100_000
	maxStages = 30
)

// Form asks for the file; the example is invented so that its row is the deck's.
func Form() *form.Form {
	f := &form.Form{ID: ID, Fields: []form.Field{
		{Name: "file", Kind: form.File, Optional: true, Default: "@default.sample", Max: maxBytes},
		{Name: "date_order", Kind: form.Choice, Default: "auto", Options: []string{"auto", "ymd", "dmy", "mdy"}},
		{Name: "rows", Kind: form.Choice, Default: "auto", Options: []string{"auto", "changes", "deals", "merge"}, Fold: true},
		{Name: "decimal", Kind: form.Choice, Default: "auto", Options: []string{"auto", "point", "comma"}},
		{Name: "pipeline", Kind: form.Text, Optional: true, MaxLen: 150, List: "pipelines"},
	}}
	for _, name := range roleNames {
		f.Fields = append(f.Fields, form.Field{Name: name, Kind: form.Text, Optional: true, MaxLen: 150, List: "columns"})
	}
	for _, name := range []string{"stages", "won", "lost"} {
		f.Fields = append(f.Fields, form.Field{Name: name, Kind: form.Text, Optional: true, MaxLen: 2000})
	}
	f.Fields = append(f.Fields, form.Field{Name: "as_of", Kind: form.Date, Optional: true})
	return f
}

// Compute answers.
func Compute(in *form.Input) (*report.Result, []form.Fault) {
	h := &history{in: in, text: in.Text("file")}
	if h.text != "" && h.survey() {
		h.collect()
	}
	return h.report(), h.faults
}
