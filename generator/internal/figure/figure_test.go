package figure

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"playbook/calculators/chart"
	"playbook/generator/internal/diag"
)

var at = diag.Pos{File: "content/a.en.md", Line: 10, Col: 1}

const head = "caption: C\nalt: A\n"

// A figure of every kind, with every key.
var good = map[string]struct {
	src  string
	want chart.Chart
}{
	"balance": {`left:
  label: Problem
  total: 2,500 + ?
  items:
    - {label: 很难操作}
    - {label: Training, value: 2500}
    - {label: Overtime, value: "12,000", text: "USD 12,000"}
right: {label: Remedy, items: [{label: System, value: 0, text: free}]}
tilt: left
verdict: Buy
sign: bell
`, &chart.Balance{
		Left:  chart.Pan{Label: "Problem", Total: "2,500 + ?", Items: []chart.Weight{{Label: "很难操作", Text: "?", Unpriced: true}, {Label: "Training", Value: 2500, Text: "2,500"}, {Label: "Overtime", Value: 12000, Text: "USD 12,000"}}},
		Right: chart.Pan{Label: "Remedy", Items: []chart.Weight{{Label: "System", Text: "free"}}},
		Tilt:  chart.Left, Verdict: "Buy", Sign: "bell",
	}},
	"bars": {"unit: calls\nbars:\n- {label: Order, value: 6, sign: bell}\n- {label: 2027, value: .5, text: 50 %}\n",
		&chart.Bars{Unit: "calls", Items: []chart.BarItem{{Label: "Order", Value: 6, Sign: "bell"}, {Label: "2027", Value: .5, Text: "50 %"}}}},
	"chain": {"style: dominoes\nitems:\n  - label: Nail\n    note: >\n      of iron\n      and rust\n  - {label: yes, sign: flag}\n",
		&chart.Chain{Style: chart.Dominoes, Items: []chart.ChainItem{{Label: "Nail", Note: "of iron and rust"}, {Label: "yes", Sign: "flag"}}}},
	"calendar": {"unit: month\nrows:\n- {label: Customer, spans: [{from: 1, to: 1, label: 计划}, {from: 5, to: 8}]}\n",
		&chart.Calendar{Unit: "month", Rows: []chart.CalendarRow{{Label: "Customer", Spans: []chart.Span{{From: 1, To: 1, Label: "计划"}, {From: 5, To: 8}}}}}},
	"layers": {"layers:\n- {label: Learning, boxes: [staff, skills]}\n- {label: Finance, tag: external}\n",
		&chart.Layers{Layers: []chart.Layer{{Label: "Learning", Boxes: []string{"staff", "skills"}}, {Label: "Finance", Tag: "external"}}}},
	"shapes": {"columns:\n- {label: Small, note: n, parts: [{label: close, value: 50}, {label: ask, value: 0}]}\n",
		&chart.Shapes{Columns: []chart.Shape{{Label: "Small", Note: "n", Parts: []chart.ShapePart{{Label: "close", Value: 50}, {Label: "ask"}}}}}},
	"flow": {"nodes:\n- {id: a, label: Begin, kind: start, to: [{id: b}]}\n- {id: b, label: 启动？, note: yes, kind: decision, bp: true, module: questions/spin, to: [{id: c, label: yes}, {id: a, label: no}]}\n- {id: c, label: Done, kind: end}\n",
		&chart.Flow{Nodes: []chart.FlowNode{
			{Label: "Begin", Kind: chart.FlowEnd, To: []chart.FlowWay{{To: 1}}},
			{Label: "启动？", Note: "yes", Kind: chart.FlowDecision, BP: true, Link: "questions/spin", To: []chart.FlowWay{{To: 2, Label: "yes"}, {To: 0, Label: "no"}}},
			{Label: "Done", Kind: chart.FlowEnd},
		}}},
	"funnel": {"stages:\n- {label: A, note: n, value: 1000}\n- {label: B, value: 1, text: one}\n",
		&chart.Funnel{Stages: []chart.Stage{{Label: "A", Note: "n", Value: 1000, Text: "1,000"}, {Label: "B", Value: 1, Text: "one"}}}},
	"gantt": {"unit: weeks\nbars:\n- {label: Training, from: 0, length: 2, note: × 9}\npauses: [{from: 4, to: 7, label: 春节}]\nmarks: [{at: 23, label: Signed, sign: bell}]\nticks: [{at: 0, label: Jan}]\n",
		&chart.Gantt{Unit: "weeks", Rows: []chart.GanttRow{{Label: "Training", Note: "× 9", Bars: []chart.Bar{{From: 0, Length: 2}}}}, Bands: []chart.Band{{From: 4, To: 7, Label: "春节"}}, Marks: []chart.Mark{{At: 23, Label: "Signed", Sign: "bell"}}, Ticks: []chart.Tick{{At: 0, Label: "Jan"}}}},
	"gaps": {"expected: wanted\nperceived: seen\npanels:\n- {label: Trouble, expected: 8, perceived: 3.5, cause: a strike, note: wants repair, sign: bell}\n- {label: Even keel, expected: 6, perceived: 6}\n",
		&chart.Gaps{Expected: "wanted", Perceived: "seen", Panels: []chart.Gap{{Label: "Trouble", Expected: 8, Perceived: 3.5, Cause: "a strike", Note: "wants repair", Sign: "bell"}, {Label: "Even keel", Expected: 6, Perceived: 6}}}},
	"org": {"people:\n- {id: coo, name: Martin, title: COO, roles: [E, U], influence: H, support: 0, contact: N, counterpart: true}\n- {id: it, name: 方总, reports_to: coo, influences: [coo, x], roles: T, influence: M, support: \"-\", contact: L}\n- {id: x, name: X, reports_to: it, support: +, counterpart: no}\n",
		&chart.Org{People: []chart.OrgPerson{
			{Name: "Martin", Title: "COO", Boss: -1, Roles: "EU", Influence: "H", Support: "0", Contact: "N", Counterpart: true},
			{Name: "方总", Boss: 0, Influences: []int{0, 2}, Roles: "T", Influence: "M", Support: "-", Contact: "L"},
			{Name: "X", Boss: 1, Support: "+"},
		}}},
	"load": {"unit: events\nseries: [Training, Boss]\ncolumns:\n- {label: 1, parts: [9]}\n- {label: 2, parts: [9, 6], sign: flag}\nlines:\n- {label: Peak, value: 15, sign: none}\n",
		&chart.Load{Unit: "events", Series: []string{"Training", "Boss"}, Columns: []chart.Column{{Label: "1", Parts: []float64{9}}, {Label: "2", Parts: []float64{9, 6}, Sign: "flag"}}, Lines: []chart.Line{{Label: "Peak", Value: 15}}}},
	"needs": {"nodes:\n- {id: grow, type: GOAL, label: Grow, owner: Ed}\n- {id: web, type: TP, label: No web reports, supports: [late, grow]}\n- {id: late, type: CP, label: Late, sign: flag}\n",
		&chart.Needs{Layers: [4]string{"TP", "CP", "KBR", "GOAL"}, Nodes: []chart.Need{{Label: "Grow", Owner: "Ed", Layer: 3}, {Label: "No web reports", Supports: []int{2, 0}}, {Label: "Late", Sign: "flag", Layer: 1}}}},
	"pareto": {"unit: u\ncut: 1\nbars:\n- {label: B, value: 30}\n- {label: A, value: 50, text: half}\n- {label: C, value: 20}\n",
		&chart.Pareto{Unit: "u", Cut: 1, Items: []chart.ParetoItem{{Label: "A", Value: 50, Text: "half"}, {Label: "B", Value: 30}, {Label: "C", Value: 20}}}},
	"quadrants": {"x: {label: X, low: l, high: h}\ny: {label: Y, low: l, high: h}\ncells:\n  top-left: {label: a, note: n}\n  top-right: {label: b, sign: bell}\n  bottom-left: {label: c}\n  bottom-right: {label: d}\n",
		&chart.Quadrants{X: chart.Axis{Label: "X", Low: "l", High: "h"}, Y: chart.Axis{Label: "Y", Low: "l", High: "h"}, TopLeft: chart.Cell{Label: "a", Note: "n"}, TopRight: chart.Cell{Label: "b", Sign: "bell"}, BottomLeft: chart.Cell{Label: "c"}, BottomRight: chart.Cell{Label: "d"}}},
	"radar": {"axes:\n- {label: Service, value: 3.5, max: 5}\n- {label: Team, value: 0, max: 5, sign: flag}\n- {label: Talk, value: 5, max: 5}\n",
		&chart.Radar{Axes: []chart.Spoke{{Label: "Service", Value: 3.5, Max: 5}, {Label: "Team", Max: 5, Sign: "flag"}, {Label: "Talk", Value: 5, Max: 5}}}},
	"ranges": {"unit: USD\nrows:\n- {label: Seller, from: 80, to: 120, marks: [{at: 95, label: target}]}\nband: {from: 80, to: 100, label: ZOPA}\n",
		&chart.Ranges{Unit: "USD", Rows: []chart.Range{{Label: "Seller", From: 80, To: 120, Marks: []chart.Mark{{At: 95, Label: "target"}}}}, Bands: []chart.Band{{From: 80, To: 100, Label: "ZOPA"}}}},
}

func TestKinds(t *testing.T) {
	for _, kind := range Kinds() {
		test, ok := good[kind]
		if !ok {
			t.Errorf("no test of %s", kind)
			continue
		}
		f, faults := Parse(kind, []byte(head+test.src), at)
		if len(faults) > 0 {
			t.Errorf("%s: %v", kind, faults)
			continue
		}
		if f.Kind != kind || f.Caption != "C" || f.Alt != "A" || !reflect.DeepEqual(f.Chart, test.want) {
			t.Errorf("%s: got  %+v\nwant %+v", kind, f.Chart, test.want)
		}
		if svg := chart.SVG(f.Chart, "f", f.Caption, f.Alt); !strings.HasPrefix(svg, `<svg class="fig fig-`+kind) {
			t.Errorf("%s: %.80s", kind, svg)
		}
	}
	if got := Kinds(); !slices.IsSorted(got) || len(got) != len(good) {
		t.Error(got)
	}
}

func TestFaults(t *testing.T) {
	for _, test := range []struct{ kind, src, want string }{
		{"balence", "", `9:1: unknown figure "balence" (did you mean "balance"?) [the kinds are ` + strings.Join(Kinds(), ", ") + "]"},
		{"", "", `9:1: figure without a kind [the kinds are ` + strings.Join(Kinds(), ", ") + "]"},
		{"picture", "", `9:1: unknown figure "picture" [the kinds are ` + strings.Join(Kinds(), ", ") + "]"},
		{"chain", "", `10:1: missing key "caption" [say under the figure what it shows]
10:1: missing key "alt" [tell a reader who does not see the picture what it says]
10:1: missing key "items"`},
		{"chain", "# nothing\n", `10:1: missing key "caption" [say under the figure what it shows]
10:1: missing key "alt" [tell a reader who does not see the picture what it says]
10:1: missing key "items"`},
		{"chain", "capton: C\nalt:\nitems:\n  - label: 铁钉\n    nota: x\n  - {label: B, sign: bel}\n", `10:1: missing key "caption" [say under the figure what it shows]
10:1: unknown key "capton" (did you mean "caption"?) [the keys here are caption, alt, bound, items and style]
11:1: key "alt" has no value [tell a reader who does not see the picture what it says]
14:5: unknown key "nota" (did you mean "note"?) [the keys here are label, note and sign]
15:22: "sign" cannot be "bel" (did you mean "bell"?) [it is one of none, flag and bell]`},
		{"chain", head + "items: [{label: A}]\nitems: []\n", `12:8: "items" needs at least 2 entries
13:1: key "items" is given twice`},
		{"chain", head + "items: one, two\nstyle: [arrows]\n", `12:8: "items" must be a list [begin each entry with "- "]
13:8: "style" must be a text [put it in quotation marks when it has a colon or a bracket]`},
		{"chain", head + "items:\n  - one\n  - [two]\n", `13:5: an entry of "items" is written as keys with values
14:5: an entry of "items" is written as keys with values`},
		{"bars", head + "bars:\n- {label: 甲乙丙, value: twelve}\n- {label: B, value: -1}\n- {label: C}\n- {label: D, value: .nan}\n- {label: E, value: 1e999}\n- {label: F, value: '1,2'}\n- {value: [1]}\n", `13:23: "value" must be a number, not "twelve"
14:21: "value" must not be less than 0
15:3: missing key "value"
16:21: "value" must be a number, not ".nan"
17:21: "value" is too large: "1e999"
18:21: "value" must be a number, not "1,2"
19:3: missing key "label"
19:11: "value" must be a number`},
		{"gantt", head + "bars: [{label: A, from: 0, length: 0}, {label: B, length: 1}]\npauses: [{from: 7, to: 4, label: P}]\n", `12:36: "length" must be more than 0
12:40: missing key "from"
13:24: "to" must not be less than "from"`},
		{"load", head + "series: [A]\ncolumns:\n- {label: 1, parts: [9, -6]}\n- {label: 2, parts: 3}\n- {label: 3, parts: [many]}\n", `14:21: "parts" has 2 entries, but there are 1 series
14:25: an entry of "parts" must not be less than 0
15:21: "parts" must be a list [begin each entry with "- "]
16:22: an entry of "parts" must be a number, not "many"`},
		{"calendar", head + "rows:\n- label: A\n  spans: [{from: 0, to: 2}, {from: 3, to: 13}, {from: 5, to: 4}, {from: 1.5, to: 2}, {to: 3}]\n", `14:18: "from" must be a whole number of at least 1
14:43: "to" must be a month from 1 to 12
14:62: "to" must not be less than "from" [write two spans where one runs over the end of the year]
14:73: "from" must be a whole number of at least 1
14:86: missing key "from" [write the number of a month, 1 to 12]`},
		{"layers", head + "layers: [{label: A, boxes: x}]\n", `12:9: "layers" needs at least 2 entries
12:28: "boxes" must be a list [begin each entry with "- "]`},
		{"needs", head + "nodes:\n- {id: a, type: PT, label: A, supports: [b, c, a]}\n- {id: b, type: CP, label: B, supports: [a]}\n- {id: a, type: KBR, label: C}\n", `13:17: "type" cannot be "PT" (did you mean "TP"?) [it is one of TP, CP, KBR and GOAL]
13:41: there is no box "c" [name the id of another box]
13:41: "a" supports itself, directly or through others [a line leads up: take one of these out]
15:8: the id "a" is given twice`},
		{"shapes", head + "columns: [{label: A, parts: [{label: p, value: -1}]}, {parts: []}]\n", `12:48: "value" must not be less than 0
12:55: missing key "label"
12:63: "parts" needs at least 1 entries`},
		{"gaps", head + "panels:\n- {label: A, expected: 11, perceived: -1}\n- {expected: 1}\n", `13:24: "expected" must be from 0 to 10
13:39: "perceived" must be from 0 to 10
14:3: missing key "label"
14:3: missing key "perceived"`},
		{"org", head + "people:\n- {id: a, name: A, reports_to: c, roles: [E, X], influence: high}\n- {id: b, name: B, reports_to: a, influences: [b, d]}\n- {id: a, name: C}\n- {id: c, name: D, reports_to: b}\n- {name: E}\n", `13:42: "X" is no role [the roles are C, U, T and E]
13:61: "influence" cannot be "high" [it is one of H, M and L]
14:47: "influences" leads back to the same person
14:47: nobody has the id "d" [the ids are a, b, c]
15:8: two people have the id "a"
16:32: "c" reports, through others, to itself [break the circle at one of them]
17:3: missing key "id" [a short name that other entries can refer to]`},
		{"pareto", head + "cut: 3\nbars: [{label: A, value: -1}, {label: B, value: 2, note: n}]\n", `12:6: "cut" must be at most 2, the number of bars
13:26: "value" must not be less than 0
13:52: unknown key "note" [the keys here are label, value and text]`},
		{"flow", head + "nodes:\n- {id: a, label: A, to: [{id: bb}, {label: no}, {id: b, module: x}]}\n- {id: b, kind: stop}\n- {id: b, label: B, to: []}\n", `13:31: there is no node "bb" (did you mean "b"?) [name the id of another node]
13:36: missing key "id" [the id of the node that it leads to]
13:57: unknown key "module" [the keys here are id and label]
14:3: missing key "label"
14:17: "kind" cannot be "stop" (did you mean "step"?) [it is one of step, start, decision and end]
15:8: the id "b" is given twice
15:25: "to" needs at least 1 entries`},
		{"radar", head + "axes: [{label: A, value: 1, max: 0}, {value: -1, max: 5}]\n", `12:7: "axes" needs at least 3 entries
12:34: "max" must be more than 0
12:38: missing key "label"`},
		{"quadrants", head + "x: {label: X, low: l, high: h}\ny: high\ncells: {top-left: {label: a}, topright: {label: b}}\n", `13:4: "y" is written as keys with values
14:8: missing key "top-right"
14:8: missing key "bottom-left"
14:8: missing key "bottom-right"
14:31: unknown key "topright" (did you mean "top-right"?) [the keys here are top-left, top-right, bottom-left and bottom-right]`},
		{"balance", head + "left: {label: L, items: [{label: &a x}]}\nright: {label: R, items: [{label: *a}]}\n", `12:34: "label" must be a text [put it in quotation marks when it has a colon or a bracket]
13:35: "label" must be a text [put it in quotation marks when it has a colon or a bracket]`},
		{"balance", head + "left: {label: L, items: [{label: A, text: 2,500}]}\nright: {label: R, items: [{label: B}]}\n", `12:45: unknown key "500" [put a number with a comma in quotation marks]`},
		{"ranges", "just words\n", `10:1: a figure is written as keys with values`},
		{"ranges", head + "rows: [\n", `12:7: a [ that is not closed [write ] behind the last entry]`},
		{"ranges", "a: 1\n---\nb: 2\n", `11:1: a figure is one YAML document [leave out the line "---"]`},
	} {
		f, faults := Parse(test.kind, []byte(test.src), at)
		if f != nil {
			t.Errorf("%s %q gave a figure", test.kind, test.src)
		}
		var got []string
		for _, d := range faults {
			s := fmt.Sprintf("%d:%d: %s", d.Pos.Line, d.Pos.Col, d.Message)
			if d.Help != "" {
				s += " [" + d.Help + "]"
			}
			got = append(got, s)
			if d.Pos.File != at.File || d.Rule != "figure" || d.Severity != diag.Error {
				t.Errorf("%+v", d)
			}
		}
		if s := strings.Join(got, "\n"); s != test.want {
			t.Errorf("%s %q\ngot:\n%s\nwant:\n%s", test.kind, test.src, s, test.want)
		}
	}
}

// A block inside a list or a quotation begins further right.
func TestIndentedBlock(t *testing.T) {
	_, faults := Parse("chain", []byte(head+"itemz: []\n"), diag.Pos{File: "a.md", Line: 3, Col: 5})
	if len(faults) != 2 || faults[1].Pos != (diag.Pos{File: "a.md", Line: 5, Col: 5}) {
		t.Error(faults)
	}
}

func FuzzParse(f *testing.F) {
	for kind, test := range good {
		f.Add(kind, head+test.src)
	}
	f.Add("chain", "a: &a [*a, *a]\n<<: *a\n? b\n: c\n--- |\n !!x y\n")
	f.Fuzz(func(t *testing.T, kind, src string) {
		if len(src) > 4000 {
			return
		}
		figure, faults := Parse(kind, []byte(src), at)
		if (figure == nil) != (len(faults) > 0) {
			t.Fatal("neither a figure nor a fault, or both")
		}
		lines := strings.Count(src, "\n") + strings.Count(src, "\r") + 1 // YAML ends lines at both
		for _, d := range faults {
			if d.Pos.Line < at.Line-1 || d.Pos.Line > at.Line+lines || d.Pos.Col < 1 || d.Message == "" || strings.Contains(d.Message, "\n") {
				t.Fatalf("%+v", d)
			}
		}
		if figure != nil {
			svg := chart.SVG(figure.Chart, "f", figure.Caption, figure.Alt)
			if !strings.HasSuffix(svg, "</svg>") || strings.Contains(svg, "<script") {
				t.Fatal(svg)
			}
			figure.Chart.Table()
		}
	})
}
