// Package callplan plans one call and keeps the log of calls: what is known and
// what is not (deck slide 104), the agenda in four phases (slides 77 to 81), the
// commitment to ask for (slides 85, 86), and the outcome of each call (slide 82).
// The form itself is reconstructed: the deck names its sheets without their fields.
//
// Values:
//
//	known, unknown    of the 17 things to know before a visit
//	open              what is to be put right before the call (see below)
//	lints             the same as codes
//	calls             calls in the log
//	orders, advances, continuations, no_sales
//	                  outcomes; an advance counts as one only with a customer's action
//	                  and a date after the call
//	weak              logged as an advance, counted as a continuation for want of these
//	success_rate      (orders + advances) ÷ calls; null without calls
//
// The best action commitment and the minimum acceptable action are things that the
// customer does. What is wrong with a plan:
//
//	purpose           nothing is written
//	best, least       the action is missing
//	best-ours …       it reads like an action of the seller's: it begins with "I" or
//	                  "we", or tells somebody to send, to call, to follow up; or it is
//	                  done to whoever is to do it
//	best-who …        nobody is named who does it
//	best-due …        there is no date, or none after the day of the call
//	same              both actions are the same
//	support-late      support is promised for after the call
//	no-implication    no implication question is prepared
//	no-proof          no proof is prepared
package callplan

import (
	"slices"

	"playbook/calculators/form"
	"playbook/calculators/report"
)

// ID is the calculator's id.
const ID = "call-plan"

// things are the 17 things to know, in the deck's order.
var things = []string{
	"project", "partners", "budget", "before", "competitors", "decider", "user", "coach", "technical", "signs",
	"people", "organisation", "ties", "seminar", "products", "why", "plan",
}

// Form describes the questions. Its default is a call at the demo company.
func Form() *form.Form { return &form.Form{ID: ID, Fields: fields} }

// fields stand in the program as data, which weighs less than code that makes
// them; nobody writes to them.
var fields = []form.Field{
	{Name: "purpose", Kind: form.Text, Optional: true, MaxLen: 200, Default: "@default.purpose"},
	{Name: "date", Kind: form.Date, Optional: true, Default: "2027-05-12"},
	{Name: "minutes", Setting: true, Kind: form.Integer, Default: "60", Unit: "minutes", Min: 10, Max: 480},
	{Name: "person", Kind: form.Rows, Fields: []form.Field{
		{Name: "name", Kind: form.Text, Optional: true, MaxLen: 80},
		{Name: "role", Kind: form.Many, Options: []string{"C", "U", "T", "E"}},
	}, DefaultRows: [][]string{{"@default.paula", "U"}}},
	{Name: "known", Kind: form.Many, Options: things, Default: "project,before,competitors,user,technical,organisation,products,why,plan"},
	{Name: "best", Kind: form.Text, Optional: true, MaxLen: 200, Default: "@default.best"},
	{Name: "best_who", Kind: form.Text, Optional: true, MaxLen: 80, Default: "@default.best_who"},
	{Name: "best_due", Kind: form.Date, Optional: true, Default: "2027-05-21"},
	{Name: "least", Kind: form.Text, Optional: true, MaxLen: 200, Default: "@default.least"},
	{Name: "least_who", Kind: form.Text, Optional: true, MaxLen: 80, Default: "@default.least_who"},
	{Name: "least_due", Kind: form.Date, Optional: true},
	{Name: "question", Kind: form.Rows, Fields: []form.Field{
		{Name: "ask", Kind: form.Text, Optional: true, MaxLen: 200},
		{Name: "kind", Kind: form.Choice, Default: "P", Options: []string{"S", "P", "I", "N"}},
	}, DefaultRows: [][]string{{"@default.q1", "P"}, {"@default.q2", "I"}, {"@default.q3", "I"}, {"@default.q4", "N"}}},
	{Name: "proof", Kind: form.Rows, Fields: []form.Field{
		{Name: "claim", Kind: form.Text, Optional: true, MaxLen: 120},
		{Name: "evidence", Kind: form.Text, Optional: true, MaxLen: 200},
	}, DefaultRows: [][]string{{"@default.claim", "@default.evidence"}}},
	{Name: "support", Kind: form.Rows, Fields: []form.Field{
		{Name: "what", Kind: form.Text, Optional: true, MaxLen: 200},
		{Name: "who", Kind: form.Text, Optional: true, MaxLen: 80},
		{Name: "due", Kind: form.Date, Optional: true},
	}, DefaultRows: [][]string{{"@default.support", "@default.expert", "2027-05-10"}}},
	{Name: "call", Kind: form.Rows, Fields: []form.Field{
		{Name: "who", Kind: form.Text, Optional: true, MaxLen: 80},
		{Name: "date", Kind: form.Date, Optional: true},
		{Name: "outcome", Kind: form.Choice, Default: "continuation", Options: outcomes},
		{Name: "action", Kind: form.Text, Optional: true, MaxLen: 200},
		{Name: "due", Kind: form.Date, Optional: true},
	}, DefaultRows: [][]string{
		{"@default.leo", "2027-03-16", "advance", "@default.a1", "2027-03-24"},
		{"@default.graham", "2027-04-07", "advance", "@default.a2", ""},
		{"@default.nina", "2027-04-14", "continuation", "", ""},
		{"@default.paula", "2027-04-28", "advance", "@default.a3", "2027-05-12"},
	}},
}

// Compute checks the plan and counts the log.
func Compute(in *form.Input) (*report.Result, []form.Fault) {
	s := &sheet{in: in}
	s.check()
	s.count()
	return s.present(), nil
}

// sheet is what is found out about a plan.
type sheet struct {
	in       *form.Input
	lints    []string
	known    int
	outcomes [4]int // as they count
	weak     int
	log      []*form.Set
	counted  []string // the outcome of each, as it counts
}

// day is a date as a number that grows; 0 for none.
func day(set *form.Set, name string) int {
	d, _ := set.OptDate(name)
	return d.Year*10000 + d.Month*100 + d.Day
}

// sellers are the beginnings of actions that a seller does: what a customer does is
// written with its doer or in the third person, "Paula sends", "sends". In Chinese,
// in which verbs do not tell, they are what is done for a customer.
const sellers = "i |we |i'll |we'll |i’ll |we’ll |our |my |send |resend |follow up|follow-up|call |phone |ring |email |e-mail |mail |write |" +
	"prepare |present |demo |submit |deliver |propose |offer |quote |schedule |set up |remind |check in |check back|get back |visit |" +
	"我|咱|跟进|回访|打电话|给客户|向客户|为客户|发给客户|发邮件|发报价|发方案|发资料|报价|提交方案|提交报价|做演示|准备方案|准备报价|催"

// whom stand before the one to whom something is done.
const whom = "to |with |for |给|向|跟|找|约|拜访|发给|联系"

// begins reports whether a text begins with one of several, separated by "|".
func begins(text, several string) bool {
	for start, i := 0, 0; i <= len(several); i++ {
		if i == len(several) || several[i] == '|' {
			if n := i - start; len(text) >= n && form.Same(text[:n], several[start:i]) {
				return true
			}
			start = i + 1
		}
	}
	return false
}

// ours reports whether an action reads like one of the seller's: of who is to do it
// the name as far as the first mark counts.
func ours(action, who string) bool {
	if begins(action, sellers) {
		return true
	}
	for i, r := range who {
		if r == ',' || r == '，' || r == '(' || r == '（' || r == '、' || r == '/' {
			who = who[:i]
			break
		}
	}
	for i := range action {
		for start, k := 0, 0; k <= len(whom) && who != ""; k++ {
			if k == len(whom) || whom[k] == '|' {
				if begins(action[i:], whom[start:k]+who) {
					return true
				}
				start = k + 1
			}
		}
	}
	return false
}

// check finds what is wrong with the plan.
func (s *sheet) check() {
	in := s.in
	lint := func(found bool, code string) bool {
		if found {
			s.lints = append(s.lints, code)
		}
		return found
	}
	lint(in.Text("purpose") == "", "purpose")
	for _, which := range [...]string{"best", "least"} {
		if action := in.Text(which); !lint(action == "", which) {
			lint(ours(action, in.Text(which+"_who")), which+"-ours")
			lint(in.Text(which+"_who") == "", which+"-who")
			due := day(&in.Set, which+"_due")
			lint(due == 0 || due <= day(&in.Set, "date"), which+"-due")
		}
	}
	lint(in.Text("best") != "" && form.Same(in.Text("best"), in.Text("least")), "same")
	implied := slices.ContainsFunc(in.Rows("question"), func(row *form.Set) bool { return row.Text("kind") == "I" && row.Text("ask") != "" })
	lint(!implied, "no-implication")
	lint(!slices.ContainsFunc(in.Rows("proof"), func(row *form.Set) bool { return row.Text("evidence") != "" }), "no-proof")
	lint(slices.ContainsFunc(in.Rows("support"), func(row *form.Set) bool {
		return day(&in.Set, "date") > 0 && day(row, "due") > day(&in.Set, "date")
	}), "support-late")
	s.known = len(form.Split(in.Text("known")))
}

// count counts the log. Rows in which nothing is written are no calls.
func (s *sheet) count() {
	for _, row := range s.in.Rows("call") {
		outcome, action := row.Text("outcome"), row.Text("action")
		if row.Text("who") == "" && action == "" && day(row, "date") == 0 && outcome == "continuation" {
			continue
		}
		if outcome == "advance" && (action == "" || ours(action, row.Text("who")) || day(row, "due") == 0 || day(row, "due") <= day(row, "date")) {
			outcome = "continuation"
			s.weak++
		}
		s.log, s.counted = append(s.log, row), append(s.counted, outcome)
		s.outcomes[slices.Index(outcomes, outcome)]++
	}
}

var outcomes = []string{"order", "advance", "continuation", "no-sale"}
