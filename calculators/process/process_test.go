package process

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"playbook/calculators/form"
	"playbook/calculators/internal/calctest"
	"playbook/calculators/report"
)

func compute(t testing.TB, encoded string) *report.Result {
	t.Helper()
	in, faults := form.Decode(Form(), encoded)
	if len(faults) > 0 {
		t.Fatalf("%s: %v", encoded, faults)
	}
	r, faults := Compute(in)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	return r
}

const (
	upTo   = "done=research,swot,rehearse,activate,executives,strategy,evaluation,proposal"
	allYes = "&start=yes&confirmed=yes&persuasive=yes&agreement=yes"
	unsure = "&start=open&confirmed=open&persuasive=open&agreement=open"
)

func TestValues(t *testing.T) {
	for _, test := range []struct{ name, encoded, want string }{
		{"example", "", "position evaluation, side false, done 6, skipped [], tasks 2, research 5, sources 2, plan 2, education 1, method 0, bid 2, bid_missing [notice rules authority secrecy survey], group true, long true, large true, criteria 3, complex true"},
		{"nothing done", "done=" + unsure, "position research, side false, done 0, skipped []"},
		{"a decision is open", "done=research,swot,rehearse&start=open", "position start"},
		{"not to be started", "start=no", "position potential, side true"},
		{"not confirmed", "confirmed=no", "position redraw, side true"},
		{"not persuasive", upTo + "&persuasive=no", "position adjust, side true"},
		{"no agreement", upTo + "&persuasive=yes&agreement=no", "position again, side true"},
		{"sold", upTo + allYes, "position measure, side false"},
		{"all done", upTo + ",measure,leverage" + allYes, "position begin, side false, done 10, skipped []"},
		{"a later no waits for the steps before", "done=research&agreement=no&start=yes", "position swot, side false"},
		// Seven steps lie between research and the last that is done, leverage: swot to
		// evaluation and measure, with proposal done among them.
		{"skipped", "done=research,proposal,leverage" + allYes, "position swot, skipped [swot rehearse activate executives strategy evaluation measure]"},
		{"an empty pack", "bid=", "bid 0, bid_missing [notice rules authority secrecy qualification survey prices]"},
		{"a full pack", "bid=notice,rules,authority,secrecy,qualification,survey,prices", "bid 7, bid_missing []"},
		{"one person decides", "deciders=1", "group false, criteria 2, complex false"},
		{"just long, just large", "deciders=2&months=3&amount=100000", "criteria 3, complex true"},
		{"just not", "deciders=1&months=2&amount=99999.99", "group false, long false, large false, criteria 0, complex false"},
	} {
		var got map[string]any
		if err := json.Unmarshal([]byte(report.JSON(compute(t, test.encoded))), &got); err != nil {
			t.Fatal(err)
		}
		for _, want := range strings.Split(test.want, ", ") {
			name, _, _ := strings.Cut(want, " ")
			if s := fmt.Sprint(name, " ", got[name]); s != want {
				t.Errorf("%s: got %s, want %s", test.name, s, want)
			}
		}
	}
}

// TestWiring holds the flowchart against what the slide's text counts: every box
// and label, four decisions, four times yes and no, six partners.
func TestWiring(t *testing.T) {
	w := report.NewWords(ID, calctest.Get(calctest.Words(t, "en")), calctest.Link)
	c := (&drawing{9}).draw(w)
	yes, no, partners, ways := 0, 0, map[string]bool{}, 0
	for _, row := range c.Table().Rows {
		ways++
		if strings.HasPrefix(row[1], "Yes") {
			yes++
		}
		if strings.HasPrefix(row[1], "No") {
			no++
		}
		if strings.HasSuffix(row[0], "(BP)") {
			partners[row[0]] = true
		}
	}
	// 19 nodes, each with one way on, and four more for "no".
	if yes != 4 || no != 4 || len(partners) != 6 || ways != 23 {
		t.Errorf("%d yes, %d no, %d partners, %d ways", yes, no, len(partners), ways)
	}
	html := report.HTML(compute(t, "part=flowchart"), w)
	if n := strings.Count(html, "<a href=\"../../"); n < 19 || !strings.Contains(html, `role="group"`) {
		t.Errorf("%d links", n)
	}
}

// TestHeadline holds the sign of the answer, and that one part alone says what is
// next.
func TestHeadline(t *testing.T) {
	const full = "&research=structure,nature,products,competence,profit,status,problems,deciders&sources=website,internal,reports,similar,customers,friends&plan=early,discuss,targets,milestones,feasibility" +
		"&education=concept,gains,keen&method=way,bidders,criteria,scoring&bid=notice,rules,authority,secrecy,qualification,survey,prices"
	for encoded, want := range map[string]string{
		"":                                   " answer.step do.evaluation steps.count bid.answer complex.all complex.all-more",
		"part=flowchart&start=no":            "flag answer.side do.potential answer.back",
		"part=steps":                         " steps.answer",
		"part=steps" + full:                  "bell steps.complete",
		"part=bid" + full:                    "bell bid.complete",
		"part=bid&bid=":                      " bid.answer",
		"part=bid,flowchart&start=no" + full: "flag answer.side do.potential answer.back bid.complete",
		"part=bid,flowchart" + full:          " answer.step do.evaluation bid.complete",
		"part=complex":                       " complex.all complex.all-more",
	} {
		r := compute(t, encoded)
		got := r.Blocks[0].Sign.String()
		for _, m := range r.Blocks[0].Text {
			got += " " + m.Key
		}
		if got != want {
			t.Errorf("%q begins with %q, want %q", encoded, got, want)
		}
	}
}

// TestParts holds that a page that shows a part is told of that part alone.
func TestParts(t *testing.T) {
	w := report.NewWords(ID, calctest.Get(calctest.Words(t, "en")), nil)
	marks := map[string]string{"flowchart": "Next: ", "steps": "points done", "bid": "Bid pack", "complex": "criteria hold"}
	for part := range marks {
		text := report.PlainText(compute(t, "part="+part), w)
		for other, mark := range marks {
			if strings.Contains(text, mark) != (part == other) {
				t.Errorf("%s: %q in\n%s", part, mark, text)
			}
		}
		if strings.Contains(text, "Procurement Act") != (part == "steps" || part == "bid") {
			t.Errorf("%s: compliance note", part)
		}
	}
}

// TestForward holds that a step more never moves the position back.
func TestForward(t *testing.T) {
	order := map[string]int{}
	for i, n := range nodes {
		order[n.name] = i
	}
	done, last := "", 0
	for _, step := range Form().Field("done").Options {
		var got map[string]any
		if err := json.Unmarshal([]byte(report.JSON(compute(t, "done="+done+allYes))), &got); err != nil {
			t.Fatal(err)
		}
		at := order[got["position"].(string)]
		if at < last {
			t.Errorf("%s: %v comes before", done, got["position"])
		}
		last, done = at, done+","+step
	}
}

func FuzzCompute(f *testing.F) {
	calctest.Fuzz(f, calctest.Calculator{Form: Form(), Compute: Compute}, nil,
		[2]string{upTo + allYes, ""},
		[2]string{"part=bid&bid=&amount=0", ""},
		[2]string{"done=leverage&agreement=no&months=240", ""})
}
