// Package process says where a deal stands in the strategic process, and what is
// missing. Four parts that a page may show one by one:
//
//	flowchart   S09, slide 15: ten steps and four decisions, wired as reconstructed.
//	            The position is the first step that is not done or the first decision
//	            that is open, on the way from the beginning; a decision of "no" leads
//	            to a step beside, and from there back. Steps done beyond the position
//	            are fine, but what was skipped before them is told. The evaluation
//	            plan has seven tasks.
//	steps       S10, slides 16–21: the five steps as checklists: research (8 points
//	            and 6 sources), project plan (5), prior education (3), method of
//	            execution (4), bid (7 documents).
//	bid         the seven documents of the fifth step alone: the pack, x of 7.
//	complex     S15, slide 31: a group takes part and approves, the cycle is long, the
//	            amount is large. Three of three make a complex sale. From when on a
//	            cycle is long and an amount large the reader says; two or more people
//	            are a group (I).
//
// The flowchart alone says what is next; the five steps say how much of them is done,
// and where the first gap is only where the flowchart is not shown.
//
// Step 4 is lawful only as open market consultation before a tender: the report
// says so wherever steps or documents are shown.
//
// Values: position (code of a node), side (true where it is a step beside), done,
// skipped (codes), tasks (of the evaluation plan), research, sources, plan,
// education, method, bid (how many are ticked), bid_missing (codes), group, long,
// large (does the criterion hold), criteria (how many do), complex.
package process

import (
	"playbook/calculators/chart"
	"playbook/calculators/form"
	"playbook/calculators/report"
)

// ID is the calculator's id.
const ID = "process"

// nodes are the flowchart: first the spine, then the steps beside it. A decision
// leads to another step when the answer is no.
var nodes = [...]struct {
	name    string
	partner bool // takes part
	to, no  int
}{
	{"begin", false, 1, 0},
	{"research", true, 2, 0},
	{"swot", false, 3, 0},
	{"rehearse", true, 4, 0},
	{"start", false, 5, 15},
	{"activate", false, 6, 0},
	{"executives", true, 7, 0},
	{"confirmed", false, 8, 16},
	{"strategy", true, 9, 0},
	{"evaluation", true, 10, 0},
	{"proposal", false, 11, 0},
	{"persuasive", false, 12, 17},
	{"agreement", false, 13, 18},
	{"measure", true, 14, 0},
	{"leverage", false, 0, 0},
	{"potential", false, 1, 0},
	{"redraw", false, 1, 0},
	{"adjust", false, 10, 0},
	{"again", false, 8, 0},
}

// spine is how many nodes are on it.
const spine = 15

var (
	choices   = []string{"open", "yes", "no"}
	documents = form.Split("notice rules authority secrecy qualification survey prices")
)

// fields are a table rather than code, which would weigh more in WebAssembly;
// nobody writes to it. The example is the demo company in the middle of its way.
var fields = []form.Field{
	{Name: "part", Kind: form.Many, View: true, Options: form.Split("flowchart steps bid complex")},
	{Name: "done", Kind: form.Many, Part: "flowchart", Options: form.Split("research swot rehearse activate executives strategy evaluation proposal measure leverage"),
		Default: "research,swot,rehearse,activate,executives,strategy"},
	{Name: "start", Kind: form.Choice, Options: choices, Default: "yes"},
	{Name: "confirmed", Kind: form.Choice, Options: choices, Default: "yes"},
	{Name: "persuasive", Kind: form.Choice, Options: choices, Default: "open"},
	{Name: "agreement", Kind: form.Choice, Options: choices, Default: "open"},
	{Name: "tasks", Kind: form.Many, Options: form.Split("problems evidence implementation value success approval draft"), Default: "problems,evidence"},
	{Name: "research", Kind: form.Many, Part: "steps", Options: form.Split("structure nature products competence profit status problems deciders"), Default: "structure,nature,products,status,problems"},
	{Name: "sources", Kind: form.Many, Options: form.Split("website internal reports similar customers friends"), Default: "website,reports"},
	{Name: "plan", Kind: form.Many, Options: form.Split("early discuss targets milestones feasibility"), Default: "early,discuss"},
	{Name: "education", Kind: form.Many, Options: form.Split("concept gains keen"), Default: "concept"},
	{Name: "method", Kind: form.Many, Options: form.Split("way bidders criteria scoring")},
	{Name: "bid", Kind: form.Many, Part: "bid", Options: documents, Default: "qualification,prices"},
	{Name: "deciders", Kind: form.Integer, Part: "complex", Default: "5", Min: 1, Max: 1000},
	{Name: "months", Kind: form.Integer, Default: "6", Unit: "months", Max: 240},
	{Name: "amount", Kind: form.Money, Default: "1000000", Max: 1e15},
	{Name: "long_from", Setting: true, Kind: form.Integer, Default: "3", Unit: "months", Min: 1, Max: 240},
	{Name: "large_from", Setting: true, Kind: form.Money, Default: "100000", Max: 1e15},
}

// Form asks for the four parts.
func Form() *form.Form { return &form.Form{ID: ID, Fields: fields} }

// sheet is what was entered, and the report that grows.
type sheet struct {
	in     *form.Input
	r      report.Result
	answer report.Block
	body   report.Result
}

// Compute answers the form.
func Compute(in *form.Input) (*report.Result, []form.Fault) {
	s := &sheet{in: in}
	s.flowchart()
	s.steps()
	s.criteria()
	s.r.Blocks = append(append(s.r.Blocks, s.answer), s.body.Blocks...)
	var assumed []string
	for _, part := range form.Split("flowchart steps complex") {
		if in.Shows("part", part) {
			assumed = append(assumed, "assume."+part)
		}
	}
	if len(assumed) > 0 {
		s.r.Assume(assumed...)
	}
	return &s.r, nil
}

// say adds a part's lines to the answer, which is a warning where one part is, and
// good news where all parts are.
func (s *sheet) say(sign report.Sign, all []report.Arg, keys ...string) {
	if len(s.answer.Text) == 0 || sign == report.Flag {
		s.answer.Sign = sign
	} else if sign == report.NoSign && s.answer.Sign == report.Bell {
		s.answer.Sign = sign
	}
	for _, key := range keys {
		if key == "" {
			continue
		}
		s.answer.Text = append(s.answer.Text, report.Phrase(key, all))
	}
}

// count is how many options of a field are ticked.
func (s *sheet) count(name string) int64 { return int64(len(form.Split(s.in.Text(name)))) }

// open lists what is not ticked of a field.
func (s *sheet) open(name string) (open []report.Datum) {
	for _, o := range s.in.Form().Field(name).Options {
		if !s.in.Has(name, o) {
			open = append(open, report.Word("option."+name+"."+o))
		}
	}
	return open
}

// flowchart finds the position.
func (s *sheet) flowchart() {
	at := 0
	var skipped, missed []report.Datum
	for i := 1; i < spine; i++ {
		name, here := nodes[i].name, 0
		switch {
		case nodes[i].no > 0:
			here = i
			if answer := s.in.Text(name); answer == "no" {
				here = nodes[i].no
			} else if answer == "yes" {
				here = 0
			}
		case s.in.Has("done", name):
			skipped, missed = append(skipped, missed...), nil
		default:
			here = i
			missed = append(missed, report.Word("option.done."+name))
		}
		if at == 0 {
			at = here
		}
	}
	var all report.Args
	all.Add("position", report.Word("node."+nodes[at].name))
	all.Add("side", report.Bool(at >= spine))
	all.Add("done", report.Count(s.count("done")))
	all.Add("skipped", report.List(skipped...))
	all.Add("tasks", report.Count(s.count("tasks")))
	s.r.Publish(all)
	all.Add("back", report.Word("node."+nodes[nodes[at].to].name))
	if !s.in.Shows("part", "flowchart") {
		return
	}
	sign, key, back := report.NoSign, "answer.step", ""
	switch {
	case at == 0:
		sign, key = report.Bell, "answer.round"
	case at >= spine:
		sign, key, back = report.Flag, "answer.side", "answer.back"
	case nodes[at].no > 0:
		key = "answer.decide"
	}
	s.say(sign, all, key, "do."+nodes[at].name, back)
	b := &s.body
	b.Figure(report.Say("flow.caption"), all.Say("flow.alt"), false, (&drawing{at}).draw)
	if len(skipped) > 0 {
		b.Add(report.Note, report.Flag, report.Phrase("skipped", all))
	}
	text := b.Add(report.Paragraph, report.NoSign, report.Phrase("tasks.done", all))
	if open := s.open("tasks"); len(open) > 0 {
		text.Text = append(text.Text, report.Say("tasks.open", "open", report.List(open...)))
	}
}

// drawing is the flowchart with the position.
type drawing struct{ at int }

func (d *drawing) draw(w *report.Words) chart.Chart {
	say := func(key string) string { return w.Say(report.Phrase(key, nil)) }
	c := &chart.Flow{Head: []string{say("flow.node"), say("flow.to")}}
	for i, n := range nodes {
		key := "node." + n.name
		node := chart.FlowNode{Label: say(key), Link: w.Href(key), BP: n.partner, To: []chart.FlowWay{{To: n.to}}}
		if i == 0 {
			node.Kind = chart.FlowEnd
		}
		if n.no > 0 {
			node.Kind, node.To[0].Label = chart.FlowDecision, say("option.start.yes")
			node.To = append(node.To, chart.FlowWay{To: n.no, Label: say("option.start.no")})
		}
		if i == d.at {
			node.Here, node.Note = true, say("flow.here")
		}
		c.Nodes = append(c.Nodes, node)
	}
	return c
}

// steps counts the five checklists; the documents may be shown alone.
func (s *sheet) steps() {
	var rows report.Result
	t := rows.Table(report.Say("steps.caption"), "steps.step", "#steps.done", "steps.open")
	var done, of int64
	first := ""
	var open []report.Datum
	for _, name := range form.Split("research sources plan education method bid") {
		n := s.count(name)
		open = s.open(name)
		all := n + int64(len(open))
		s.r.Value(name, report.Count(n))
		done, of = done+n, of+all
		if first == "" && len(open) > 0 && name != "sources" {
			first = name
		}
		t.Row(report.Say("step."+name), report.Say("steps.of", "n", report.Count(n), "of", report.Count(all)), report.List(open...))
	}
	// The last list is the pack.
	s.r.Value("bid_missing", report.List(open...))
	var all report.Args
	all.Add("done", report.Count(done))
	all.Add("of", report.Count(of))
	all.Add("step", report.Word("step."+first))
	all.Add("n", report.Count(s.count("bid")))
	b := &s.body
	steps, bid := s.in.Shows("part", "steps"), s.in.Shows("part", "bid")
	if steps {
		sign, key := found(first == "")
		if first != "" && s.in.Shows("part", "flowchart") {
			key = "count"
		}
		s.say(sign, all, "steps."+key)
		b.Blocks = append(b.Blocks, rows.Blocks...)
	}
	if bid {
		sign, key := found(len(open) == 0)
		s.say(sign, all, "bid."+key)
		if len(open) > 0 {
			b.Add(report.Paragraph, report.NoSign, report.Say("bid.missing", "open", report.List(open...)))
		}
	}
	if steps || bid {
		b.Add(report.Note, report.Flag, report.Say("compliance"))
	}
}

// found is the sign and the last word of what a list says.
func found(complete bool) (report.Sign, string) {
	if complete {
		return report.Bell, "complete"
	}
	return report.NoSign, "answer"
}

// criteria tests for a complex sale.
func (s *sheet) criteria() {
	met := [...]bool{
		s.in.Int("deciders") > 1,
		s.in.Int("months") >= s.in.Int("long_from"),
		s.in.Money("amount") >= s.in.Money("large_from"),
	}
	var n int64
	var rows report.Result
	t := rows.Table(report.Say("complex.caption"), "complex.criterion", "#complex.value", "#complex.from", "complex.met")
	from := report.Count(2)
	for i, c := range [...][3]string{{"group", "deciders", "long_from"}, {"long", "months", "large_from"}, {"large", "amount", "large_from"}} {
		d := report.Bool(met[i])
		s.r.Value(c[0], d)
		if met[i] {
			n++
		}
		t.Row(report.Say("complex."+c[0]), report.Field(&s.in.Set, c[1]), from, d)
		from = report.Field(&s.in.Set, c[2]) // of the next
	}
	s.r.Value("criteria", report.Count(n))
	s.r.Value("complex", report.Bool(n == 3))
	if !s.in.Shows("part", "complex") {
		return
	}
	key := [...]string{"complex.none", "complex.some", "complex.some", "complex.all"}[n]
	var all report.Args
	all.Add("n", report.Count(n))
	s.say(report.NoSign, all, key, key+"-more")
	b := &s.body
	b.Blocks = append(b.Blocks, rows.Blocks...)
	if n > 0 {
		b.Add(report.Heading, report.NoSign, report.Say("complex.heading"))
		list := b.Add(report.Items, report.NoSign)
		for _, name := range form.Split("plan early pain convince together") {
			list.Text = append(list.Text, report.Say("complex.do."+name))
		}
	}
}
