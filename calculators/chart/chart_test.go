package chart

import (
	"encoding/xml"
	"fmt"
	"go/parser"
	"go/token"
	"io"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// Labels of both scripts that no picture was made for.
var hard = map[string]string{
	"short":    "A",
	"words":    "The four people who judge the effect on their own work before anybody has asked them anything at all",
	"one word": "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
	"Chinese":  "判断产品对自己工作绩效的影响，并且在任何人问起之前就已经有了结论的那四个人（以及他们的上级、同事）。",
	"mixed":    "用CRM系统2027年第3季度的5,000,000元订单（VITO）确认ROI",
	"markup":   `<script>alert("1 & 2")</script>`,
	"empty":    "",
}

// charts gives one of every kind, in every style, with the same label and
// value everywhere.
func charts(s string, v float64, n int) map[string]Chart {
	cell := Cell{s, s, "flag"}
	axis := Axis{s, s, s}
	b := &Balance{Left: Pan{Label: s, Total: s}, Right: Pan{Label: s}, Tilt: Left, Verdict: s, Sign: "flag"}
	arrows, funnel, gantt, short := &Chain{}, &Funnel{}, &Gantt{Unit: s}, &Gantt{}
	load := &Load{Unit: s, Series: []string{s, s, s}, Lines: []Line{{s, v, "flag"}, {s, v * 0.98, "bell"}}}
	ranges := &Ranges{Unit: s, Bands: []Band{{v / 3, v / 2, s}, {v / 2, v, s}}}
	layers, calendar, shapes := &Layers{}, &Calendar{Unit: s}, &Shapes{}
	needs := &Needs{Layers: [4]string{s, s, s, s}, More: s}
	pareto := &Pareto{Unit: s, Cut: n * 35 / 100}
	lying, standing := &Bars{Unit: s}, &Bars{Unit: s}
	org, gaps := &Org{}, &Gaps{Expected: s, Perceived: s}
	radar, flow := &Radar{}, &Flow{}
	for i := range n {
		f := float64(i)
		org.People = append(org.People, OrgPerson{s, s, i/3 - 1, []int{n - 1 - i, 0}, []string{"E", "CUTE", "", "T"}[i%4], []string{"H", "M", "L"}[i%3], []string{"+", "0", "-"}[i%3], []string{"N", "H"}[i%2], i%3 == 0})
		gaps.Panels = append(gaps.Panels, Gap{s, v / 2, float64(i % 11), []string{"", s}[i%2], s, []string{"", "flag", "bell"}[i%3]})
		sign := []string{"", "flag", "bell"}[i%3]
		b.Left.Items = append(b.Left.Items, Weight{Label: s, Value: v * f, Text: s, Unpriced: i%2 == 0})
		b.Right.Items = append(b.Right.Items, Weight{Label: s, Value: v, Text: "2,500"})
		arrows.Items = append(arrows.Items, ChainItem{s, s, sign})
		funnel.Stages = append(funnel.Stages, Stage{s, s, v - f, strconv.Itoa(i)})
		gantt.Rows = append(gantt.Rows, GanttRow{s, s, []Bar{{f, v, s, ""}, {f + v, 3, "9", s}, {f + v + 3, .1, "1", s}}})
		short.Rows = append(short.Rows, GanttRow{strconv.Itoa(i), "× 3", []Bar{{f, v, "5", ""}}})
		load.Columns = append(load.Columns, Column{s, []float64{v, f, v}, sign})
		ranges.Rows = append(ranges.Rows, Range{s, f, v, []Mark{{v, s, "flag"}, {f, s, ""}}})
		flow.Nodes = append(flow.Nodes, FlowNode{Label: s, Note: s, Kind: FlowKind(i % 3), BP: i%2 == 0, Link: []string{"", "a.html"}[i%2], Here: i == 1,
			To: []FlowWay{{i + 1, s}, {i * 7 % n, "no"}, {i / 3, ""}, {n - i, s}}[:i%5]})
		radar.Axes = append(radar.Axes, Spoke{Label: s, Value: v - f, Max: v, Text: s, Sign: sign})
		lying.Items = append(lying.Items, BarItem{Label: s, Value: v * f, Text: s, Sign: sign, Strong: i%2 == 0})
		standing.Items = append(standing.Items, BarItem{Label: strconv.Itoa(i % 100), Value: v * f, Text: s})
		needs.Nodes = append(needs.Nodes, Need{s, s, sign, 3 - i%4, []int{(i * i) % n, i / 2, n - 1}[i%3:]})
		layers.Layers = append(layers.Layers, Layer{s, []string{s, s, "b", s}[:i%5], []string{s, "", "external"}[i%3]})
		pareto.Items = append(pareto.Items, ParetoItem{s, v * f, s})
		shapes.Columns = append(shapes.Columns, Shape{s, s, []ShapePart{{s, v}, {s, f}, {"p", v / 9}}})
		calendar.Rows = append(calendar.Rows, CalendarRow{s, []Span{{1, 1, s}, {2, 4, "Jan"}, {2, 2, s}, {8, 12, s}, {12, 12, s}}})
		if i < 5 {
			gantt.Marks = append(gantt.Marks, Mark{v + f, s, sign})
			gantt.Bands = append(gantt.Bands, Band{f, v / 2, s})
			gantt.Ticks = append(gantt.Ticks, Tick{f, s})
		}
	}
	return map[string]Chart{
		"balance": b, "arrows": arrows, "dominoes": &Chain{arrows.Items, Dominoes}, "ladder": &Ladder{arrows.Items},
		"funnel": funnel, "even funnel": &Funnel{Stages: []Stage{{Label: s}, {Label: s, Note: s}}},
		"gantt": gantt, "short gantt": short, "load": load, "quadrants": &Quadrants{axis, axis, cell, cell, cell, cell},
		"org": org, "gaps": gaps,
		"layers": layers, "calendar": calendar, "shapes": shapes, "needs": needs, "pareto": pareto,
		"ranges": ranges, "lying bars": lying, "radar": radar, "flow": flow, "standing bars": standing,
	}
}

// picture is an SVG read back: its height, texts and papers in units.
type picture struct {
	high   float64
	texts  []area
	papers []area
}

type area struct {
	x, y, w, h float64
	text       string
}

func read(t *testing.T, svg string) picture {
	t.Helper()
	var p picture
	var text *area
	var f face
	anchor := ""
	for d := xml.NewDecoder(strings.NewReader(svg)); ; {
		tok, err := d.Token()
		if err == io.EOF {
			return p
		}
		if err != nil {
			t.Fatalf("%v in\n%s", err, svg)
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			at := map[string]string{}
			for _, a := range tok.Attr {
				at[a.Name.Local] = a.Value
			}
			num := func(name string) float64 { v, _ := strconv.ParseFloat(at[name], 64); return v }
			switch tok.Name.Local {
			case "svg":
				fmt.Sscanf(at["viewBox"], "0 0 360 %f", &p.high)
			case "rect":
				if at["class"] == "paper" {
					p.papers = append(p.papers, area{num("x"), num("y"), num("width"), num("height"), ""})
				}
			case "text":
				f = label
				for _, g := range []face{small, head} {
					if strings.Fields(at["class"])[0] == g.class {
						f = g
					}
				}
				anchor = at["text-anchor"]
				text = &area{x: num("x"), y: num("y") - float64(f.size)*.075, h: float64(f.size) * .09}
			}
		case xml.CharData:
			if text != nil {
				text.text += string(tok)
			}
		case xml.EndElement:
			if tok.Name.Local == "text" {
				text.w = float64(f.width(text.text)) / 10
				switch anchor {
				case "middle":
					text.x -= text.w / 2
				case "end":
					text.x -= text.w
				}
				p.texts = append(p.texts, *text)
				text = nil
			}
		}
	}
}

func TestTextStaysInItsPlace(t *testing.T) {
	const slack = .5
	for name, s := range hard {
		for _, n := range []int{1, 2, 3, 7, 12, 60} {
			for kind, c := range charts(s, 20, n) {
				p := read(t, SVG(c, "f", s, s))
				where := fmt.Sprintf("%s of %d, %s", kind, n, name)
				for i, a := range p.texts {
					if a.x < -slack || a.x+a.w > 360+slack || a.y < -slack || a.y+a.h > p.high+slack {
						t.Errorf("%s: %q leaves the picture: %.1f–%.1f of 360, %.1f–%.1f of %.1f", where, a.text, a.x, a.x+a.w, a.y, a.y+a.h, p.high)
					}
					for _, b := range p.texts[:i] {
						if a.x+slack < b.x+b.w && b.x+slack < a.x+a.w && a.y+slack < b.y+b.h && b.y+slack < a.y+a.h {
							t.Errorf("%s: %q and %q overlap at %.0f,%.0f", where, a.text, b.text, a.x, a.y)
						}
					}
					if kind != "balance" && kind != "quadrants" && kind != "org" && kind != "layers" && kind != "shapes" && kind != "flow" && kind != "needs" {
						continue // other kinds write beside their shapes
					}
					for _, b := range p.papers {
						mx, my := a.x+a.w/2, a.y+a.h/2
						if b.x < mx && mx < b.x+b.w && b.y < my && my < b.y+b.h &&
							(a.x < b.x || a.x+a.w > b.x+b.w || a.y < b.y || a.y+a.h > b.y+b.h) {
							t.Errorf("%s: %q leaves its box", where, a.text)
						}
					}
				}
			}
		}
	}
}

func TestMarkup(t *testing.T) {
	class := regexp.MustCompile(`class="([^"]*)"`)
	known := map[string]bool{}
	css, err := os.ReadFile("../../templates/assets/css/50-figures.css")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`\.([a-z][a-z0-9-]*)`).FindAllStringSubmatch(string(css), -1) {
		known[m[1]] = true
	}
	for _, s := range hard {
		for kind, c := range charts(s, 20, 7) {
			svg := SVG(c, "figure-1", s, s)
			if again := SVG(c, "figure-1", s, s); again != svg {
				t.Errorf("%s is not the same twice", kind)
			}
			for _, bad := range []string{"<script", "style", "#fff", "rgb", "NaN", "Inf", "e+"} {
				if strings.Contains(svg, bad) {
					t.Errorf("%s contains %q", kind, bad)
				}
			}
			if m := regexp.MustCompile(`\d\.\d\d`).FindString(class.ReplaceAllString(regexp.MustCompile(`class="sign-[^>]*>|<text.*?</text>|<(title|desc).*?</(title|desc)>`).ReplaceAllString(svg, ""), "")); m != "" {
				t.Errorf("%s has a number with two decimals: %s", kind, m)
			}
			for _, m := range regexp.MustCompile(`id="([^"]*)"`).FindAllStringSubmatch(svg, -1) {
				if !strings.HasPrefix(m[1], "figure-1-") {
					t.Errorf("%s has the id %q", kind, m[1])
				}
			}
			for _, m := range class.FindAllStringSubmatch(svg, -1) {
				for _, name := range strings.Fields(m[1]) {
					if !known[name] && !strings.HasPrefix(name, "fig-") && name != "t" {
						t.Errorf("%s has the class %q, which 50-figures.css does not know", kind, name)
					}
				}
			}
		}
	}
	for _, want := range []string{
		".fig text { fill: var(--ink); font-size: 14px; }", ".fig .t-2 { font-size: 13px; }", ".fig .t-h { font-size: 15px;",
	} {
		if !strings.Contains(string(css), want) {
			t.Errorf("50-figures.css and the faces of this package differ: no %q", want)
		}
	}
}

// Whatever the data are, a picture comes out, and not a huge one.
func TestHostileData(t *testing.T) {
	for _, v := range []float64{0, -5, 1e-300, 1e300, math.Inf(1), math.Inf(-1), math.NaN()} {
		for _, n := range []int{0, 1, 5, 3000} {
			for kind, c := range charts("x", v, n) {
				c.Table()
				if kind == "arrows" || kind == "dominoes" || kind == "ladder" || kind == "funnel" || kind == "ranges" ||
					kind == "layers" || kind == "calendar" || kind == "shapes" {
					if n > 100 {
						continue // a row for each; no calculator draws these
					}
				}
				svg := SVG(c, "f", "", "")
				read(t, svg)
				if strings.Contains(svg, "NaN") || strings.Contains(svg, "Inf") || len(svg) > 80_000 {
					t.Errorf("%s of %d with %v: %d bytes", kind, n, v, len(svg))
				}
			}
		}
	}
}

func TestSign(t *testing.T) {
	if got := SignSVG("bell"); !strings.HasPrefix(got, `<svg class="sign sign-bell" viewBox="0 0 20 20" aria-hidden="true"><path`) {
		t.Error(got)
	}
	for _, s := range []string{"", "x", `"`} {
		if got := SignSVG(s); got != "" {
			t.Errorf("SignSVG(%q) = %q", s, got)
		}
	}
}

func TestTables(t *testing.T) {
	for _, test := range []struct {
		c    Chart
		want string
	}{
		{&Balance{Left: Pan{"Problem", "2,500 + ?", []Weight{{"Hard to operate", 0, "?", true}, {"Training", 2500, "2,500", false}}}, Right: Pan{Label: "Remedy", Items: []Weight{{"System", 12000, "12,000", false}}}, Verdict: "Buy"},
			"Problem · Hard to operate|?\nProblem · Training|2,500\nProblem|2,500 + ?\nRemedy · System|12,000\nProblem · Remedy|Buy\n"},
		{&Chain{Items: []ChainItem{{Label: "Nail"}, {Label: "Shoe"}}}, "1|Nail\n2|Shoe\n"},
		{&Chain{Items: []ChainItem{{Label: "Nail", Note: "iron"}, {Label: "Shoe"}}}, "1|Nail|iron\n2|Shoe|\n"},
		{&Funnel{Head: []string{"Stage", "Count"}, Stages: []Stage{{"Training", "", 9, "9"}, {"Boss", "", 6, "6"}}}, "Stage|Count\nTraining|9\nBoss|6\n"},
		{&Gantt{Rows: []GanttRow{{"Wave 1", "", []Bar{{0, 2, "9", "Training"}, {2, 4, "Boss", ""}}}}, Bands: []Band{{4, 7, "Festival"}}, Marks: []Mark{{23, "Signed", "bell"}}},
			"Wave 1 · Training|0|2\nWave 1 · Boss|2|6\nFestival|4|7\nSigned|23|\n"},
		{&Load{Head: []string{"Month", "Total"}, Series: []string{"Training", "Boss"}, Columns: []Column{{"1", []float64{9}, ""}, {"2", []float64{9, 6}, ""}}, Lines: []Line{{"Peak", 15, ""}}},
			"Month|Training|Boss|Total\n1|9|0|9\n2|9|6|15\nPeak|||15\n"},
		{&Quadrants{Axis{"Power", "low", "high"}, Axis{"Interest", "little", "much"}, Cell{"a", "1", ""}, Cell{"b", "", ""}, Cell{"c", "", ""}, Cell{"d", "", ""}},
			"Interest · Power|Power · low|Power · high\nInterest · much|a · 1|b\nInterest · little|c|d\n"},
		{&Ranges{Rows: []Range{{"Seller", 80, 120, []Mark{{95, "target", ""}}}}, Bands: []Band{{80, 100, "ZOPA"}}}, "Seller|80 – 120\nSeller · target|95\nZOPA|80 – 100\n"},
		{&Needs{Layers: [4]string{"TP", "CP", "KBR", "GOAL"}, Nodes: []Need{{"Grow", "Ed", "", 3, nil}, {"Slow", "", "flag", 0, []int{0}}, {"Both", "Sue", "", 1, []int{0, 1}}}},
			"Grow|GOAL|Ed|\nSlow|TP||Grow\nBoth|CP|Sue|Grow; Slow\n"},
		{&Layers{[]Layer{{"Learning", []string{"staff", "skills"}, ""}, {"Finance", nil, "external"}}}, "Finance||external\nLearning|staff · skills|\n"},
		{&Calendar{Rows: []CalendarRow{{"Customer", []Span{{1, 1, "plan"}, {5, 8, "tender"}}}}}, "Customer · plan|1\nCustomer · tender|5 – 8\n"},
		{&Shapes{[]Shape{{"Small", "", []ShapePart{{"close", 50}}}, {"Large", "", []ShapePart{{"close", 5}}}}}, "Small · close|50\nLarge · close|5\n"},
		{&Org{People: []OrgPerson{{Name: "Martin", Title: "COO", Boss: -1, Roles: "EU", Influence: "H", Support: "0", Contact: "N", Counterpart: true}, {Name: "Graham", Influences: []int{0, 2}, Support: "-", Contact: "L"}, {Name: "Leo", Boss: 1}}},
			"Martin|COO|||E U H 0 N Y\nGraham||Martin|Martin · Leo|? − L\nLeo||Graham||\n"},
		{&Gaps{Head: []string{"Who", "Wanted", "Seen", "Cause", "Mode"}, Panels: []Gap{{"Martin", 8, 4.5, "a strike", "trouble", "bell"}, {Label: "Graham", Expected: 6, Perceived: 6}}},
			"Who|Wanted|Seen|Cause|Mode\nMartin|8|4.5|a strike|trouble\nGraham|6|6||\n"},
		{&Pareto{Head: []string{"Customer", "Value", "Together"}, Cut: 1, Items: []ParetoItem{{"A", 50, ""}, {"B", 30, "30 k"}, {"C", 20, ""}}}, "Customer|Value|Together\nA|50|50%\nB|30 k|80%\n✗ C|20|100%\n"},
		{&Flow{Head: []string{"Node", "Leads to"}, Nodes: []FlowNode{{Label: "Begin", Kind: FlowEnd, To: []FlowWay{{To: 1}}}, {Label: "Sure?", BP: true, To: []FlowWay{{2, "yes"}, {0, "no"}}}, {Label: "Done", Note: "here"}}},
			"Node|Leads to\nBegin|Sure?\nSure? (BP)|yes · Done\nSure? (BP)|no · Begin\nDone · here|\n"},
		{&Radar{[]Spoke{{"Service", 3.5, 5, "", ""}, {"Team", 3.64, 5, "3.64 of 5", "flag"}}}, "Service|3.5|5\nTeam|3.64 of 5|5\n"},
		{&Bars{Items: []BarItem{{Label: "Orders", Value: 12000}, {Label: "Odds", Value: .5, Text: "50 %"}}}, "Orders|12,000\nOdds|50 %\n"},
	} {
		got := ""
		table := test.c.Table()
		if len(table.Head) > 0 {
			got = strings.Join(table.Head, "|") + "\n"
		}
		for _, row := range table.Rows {
			got += strings.Join(row, "|") + "\n"
		}
		if got != test.want {
			t.Errorf("%s: got\n%swant\n%s", test.c.name(), got, test.want)
		}
	}
}

// TestOrgOrder holds the outline: everybody once, below their boss, whatever the
// bosses are; and that an arrow has a lane of its own or none.
func TestOrgOrder(t *testing.T) {
	for _, test := range []struct {
		bosses []int
		want   string
	}{
		{[]int{-1, 0, 0, 1}, "0 1>0 3>1 2>0"},
		{[]int{2, 2, -1}, "2 0>2 1>2"},
		{[]int{1, 0, 0}, "0 1>0 2>0"}, // a circle is entered at its first
		{[]int{0}, "0"},
		{[]int{9, -5}, "0 1"},
	} {
		c := &Org{}
		for _, b := range test.bosses {
			c.People = append(c.People, OrgPerson{Boss: b})
		}
		var got []string
		places := c.order()
		for _, p := range places {
			s := strconv.Itoa(p.person)
			if p.boss >= 0 {
				s += ">" + strconv.Itoa(places[p.boss].person)
			}
			got = append(got, s)
		}
		if s := strings.Join(got, " "); s != test.want {
			t.Errorf("%v: %s, want %s", test.bosses, s, test.want)
		}
	}
	c := &Org{People: make([]OrgPerson, 9)}
	for i := range c.People {
		c.People[i].Boss = -1
		c.People[i].Influences = []int{(i + 2) % 9, i, 77}
	}
	arrows, lanes := c.lanes(c.order())
	if lanes != mostLanes || len(arrows) != 8 { // one of nine finds no lane
		t.Errorf("%d arrows on %d lanes", len(arrows), lanes)
	}
	for i, a := range arrows {
		for _, b := range arrows[:i] {
			if a.n == b.n && min(a.from, a.to) <= max(b.from, b.to) && min(b.from, b.to) <= max(a.from, a.to) {
				t.Errorf("%v and %v share a lane", a, b)
			}
		}
	}
}

func TestTableHTML(t *testing.T) {
	got := Table{[]string{"A", "<B>"}, [][]string{{"1", "2 & 3"}}}.HTML()
	want := `<table class="figure-data"><thead><tr><th scope="col">A</th><th scope="col">&lt;B&gt;</th></tr></thead><tbody><tr><th scope="row">1</th><td>2 &amp; 3</td></tr></tbody></table>`
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestNumber(t *testing.T) {
	for _, test := range []struct {
		v    float64
		want string
	}{
		{0, "0"}, {-0.0004, "0"}, {5, "5"}, {999, "999"}, {1000, "1,000"}, {12000.5, "12,000.5"}, {1234567, "1,234,567"},
		{-2500, "−2,500"}, {.1 + .2, "0.3"}, {2.375, "2.375"}, {1e300, "1,000,000,000,000"}, {math.NaN(), "0"},
	} {
		if got := Number(test.v); got != test.want {
			t.Errorf("Number(%v) = %q, want %q", test.v, got, test.want)
		}
	}
}

func TestTicks(t *testing.T) {
	for _, test := range []struct {
		from, to float64
		n        int
		want     string
	}{
		{0, 29, 4, "[0 10 20]"}, {0, 20, 4, "[0 5 10 15 20]"}, {0, 23, 8, "[0 5 10 15 20]"}, {57, 123, 5, "[60 80 100 120]"},
		{0, 1, 4, "[0 0.5 1]"}, {-7, 7, 4, "[-5 0 5]"}, {0, 5e6, 5, "[0 1e+06 2e+06 3e+06 4e+06 5e+06]"}, {3, 3, 4, "[3 3.5 4]"},
	} {
		if got := fmt.Sprint(newScale(test.from, test.to, 0, 1000).ticks(test.n)); got != test.want {
			t.Errorf("%v–%v: %s, want %s", test.from, test.to, got, test.want)
		}
	}
}

func TestWrap(t *testing.T) {
	for _, test := range []struct {
		s    string
		w    int // in ems of a Han character
		max  int
		want string
	}{
		{"", 5, 0, ""},
		{"one two", 10, 0, "one two"},
		{"one two three", 5, 0, "one two|three"},
		{"unbreakable", 3, 0, "unbre|akabl|e"},
		{"价格下周上涨，现在决定", 6, 0, "价格下周上|涨，现在决定"},
		{"他说「好」就好", 3, 0, "他说|「好」|就好"},
		{"标书/谈判", 3, 0, "标书/|谈判"},
		{"bid/negotiate", 5, 0, "bid/|negotiate"},
		{"用CRM系统", 4, 0, "用CRM|系统"},
		{"one two three fourteen", 5, 2, "one two|three f…"},
		{"很长很长很长的文字", 4, 2, "很长很长|很长的…"},
		{"宽", 0, 0, "宽"},
	} {
		if got := strings.Join(label.wrap(test.s, test.w*label.size, test.max), "|"); got != test.want {
			t.Errorf("%q in %d: %q, want %q", test.s, test.w, got, test.want)
		}
	}
}

func FuzzWrap(f *testing.F) {
	for _, s := range hard {
		f.Add(s, 900, 0)
	}
	f.Add("\xff\x00—— ——", 1, 2)
	f.Fuzz(func(t *testing.T, s string, w, most int) {
		if len(s) > 2000 || most < 0 {
			return
		}
		lines := small.wrap(s, w, most)
		if most == 0 {
			flat := func(s string) string { return strings.Join(strings.Fields(s), "") }
			if got, want := flat(strings.Join(lines, "")), flat(s); got != want {
				t.Errorf("%q became %q", want, got)
			}
		}
		for _, line := range lines {
			if len([]rune(line)) > 1 && small.width(line) > w {
				t.Errorf("%q is wider than %d", line, w)
			}
		}
	})
}

// The package reaches WebAssembly, where size is a feature.
func TestImports(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range file.Imports {
			switch i.Path.Value {
			case `"math"`, `"slices"`, `"strconv"`, `"strings"`, `"unicode/utf8"`:
			default:
				t.Errorf("%s imports %s", name, i.Path.Value)
			}
		}
	}
}
