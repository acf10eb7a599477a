package selfcheck

import (
	"strings"

	"playbook/calculators/form"
	"playbook/calculators/report"
)

// check collects what the parts find. Each part computes its values, shown or
// not, and says something only where it is shown.
type check struct {
	in     *form.Input
	r      *report.Result
	answer report.Block  // a line for each part
	body   report.Result // what the parts tell below it
	study  []finding
	assume []string
}

// finding is a weakness that leads to modules, each a letter.
type finding struct{ word, modules string }

// modules are all that a finding may lead to, in the order of the course: "a" is
// the first.
const modules = "flowchart value-equation needs-map seymour-and-vito win-results ideal-customer funnel plan-965531 " +
	"org-map outcomes spin techniques ladder call-high visit-plan objections four-levels"

// leads is where the findings of a part lead: layers, problems, axes, rungs.
var leads = [...]string{
	"kl aj em gh",
	"fg bck dq bg h ce hj",
	"bck ioq enm kpq",
	"fg bj el lm",
}

// find adds finding i of a part.
func (c *check) find(part, i int, word string) {
	c.study = append(c.study, finding{word, strings.Fields(leads[part])[i]})
}

// open reports whether a part is shown and something was entered. If it is shown it
// adds the part's line to the answer. found: something in it is weakest; best:
// nothing can be better. The answer is good news where all that is shown is best.
func (c *check) open(part string, found, best bool, args []any) bool {
	if !c.in.Shows("part", part) {
		return false
	}
	key := ".none"
	switch {
	case best:
		key = ".best"
	case found:
		key = ".answer"
	}
	if found || best {
		c.assume = append(c.assume, "assume."+part)
	}
	if len(c.answer.Text) == 0 && best {
		c.answer.Sign = report.Bell
	} else if !best {
		c.answer.Sign = report.NoSign
	}
	c.answer.Text = append(c.answer.Text, report.Say(part+key, args...))
	return found || best
}

// begin opens what a part tells below the answer, with its picture.
func (c *check) begin(part string, told bool, args []any, p *picture) {
	c.body.Add(report.Heading, report.NoSign, report.Say(part+".heading"))
	c.body.Figure(report.Say(part+".figure"), report.Say(part+".alt", args...), told, p.draw)
}

// ratio is scale × a ÷ b, rounded half up.
func ratio(a, b, scale int64) int64 { return (2*scale*a + b) / (2 * b) }

// label is the word of a field's name.
func label(field string) string { return "field." + field + ".label" }

// code is the name at i, null where there is none.
func code(name string, i int) report.Datum {
	if i < 0 {
		return report.Null()
	}
	return report.Code(name)
}

// layers finds the lowest layer, of equal ones that further down.
func (c *check) layers() {
	p := &picture{kind: "layers", lowest: -1}
	var score int64
	lowest, at, missing := "", -1, int64(0)
	for i, s := range strings.Fields(layers) {
		name, _ := number(s)
		n, ok := c.in.OptInt(name)
		if !ok {
			missing++
			continue
		}
		if at < 0 || n < score {
			lowest, at, score, p.lowest = name, i, n, len(p.marks)
		}
		p.add(label(name), float64(n), report.Count(n))
	}
	d := report.Count(score)
	if at < 0 {
		d = report.Null()
	}
	best := at >= 0 && score == 100
	if best {
		at, p.lowest = -1, -1
	}
	c.r.Value("layer_lowest", code(lowest, at))
	c.r.Value("layer_lowest_score", d)
	args := []any{"layer", report.Word(label(lowest)), "n", d, "missing", report.Count(missing)}
	if !c.open("layers", at >= 0, best, args) {
		return
	}
	c.begin("layers", false, args, p)
	if !best {
		c.find(0, at, label(lowest))
		c.body.Add(report.Paragraph, report.NoSign, report.Say("layers."+lowest))
	}
	if missing > 0 {
		c.body.Add(report.Note, report.NoSign, report.Say("layers.missing", args...))
	}
}

// problems takes over what is ticked.
func (c *check) problems() {
	shown, n := c.in.Shows("part", "problems"), int64(0)
	for i, name := range strings.Fields(problems) {
		if c.in.Has("problem", name) {
			n++
			if shown {
				c.find(1, i, "option.problem."+name)
			}
		}
	}
	c.r.Value("problems", report.Count(n))
	c.open("problems", n > 0, false, []any{"n", report.Count(n)})
}

// average is sum ÷ n with two decimals, null of nothing.
func average(sum, n int64) report.Datum {
	if n == 0 {
		return report.Null()
	}
	return report.Fixed(ratio(sum, n, 100), 2)
}

// techniques averages the axes.
func (c *check) techniques() {
	p := &picture{kind: "techniques", lowest: -1}
	var total, rated, lowSum, lowN int64
	var weak []report.Datum
	var rows report.Result
	t := rows.Table(report.Say("techniques.table"), "techniques.axis", "#techniques.average", "#techniques.rated", "techniques.weak")
	for i := range axes {
		var sum, n int64
		var low []report.Datum
		list := strings.Fields(axes[i].techniques)
		for _, s := range list {
			name, _ := number(s)
			rating, ok := c.in.OptInt(name)
			if !ok {
				continue
			}
			sum, n = sum+rating, n+1
			if rating <= 2 {
				low = append(low, report.Word(label(name)))
				weak = append(weak, report.Code(name))
			}
		}
		if n > 0 && (p.lowest < 0 || sum*lowN < lowSum*n) {
			p.lowest, lowSum, lowN = i, sum, n
		}
		total, rated = total+sum, rated+n
		d, word := average(sum, n), "axis."+axes[i].name
		c.r.Value("axis_"+axes[i].name, d)
		t.Row(report.Say(word), d, report.Say("techniques.of", "n", report.Count(n), "of", report.Count(int64(len(list)))), report.List(low...))
		p.add(word, float64(sum)/float64(max(n, 1)), d)
	}
	best := rated > 0 && lowSum == 5*lowN
	if best {
		p.lowest = -1
	}
	name := axes[max(p.lowest, 0)].name
	all := average(total, rated)
	c.r.Value("rated", report.Count(rated))
	c.r.Value("average", all)
	c.r.Value("axis_lowest", code(name, p.lowest))
	c.r.Value("weak", report.List(weak...))
	args := []any{"axis", report.Word("axis." + name), "n", average(lowSum, lowN), "average", all, "rated", report.Count(rated)}
	if !c.open("techniques", rated > 0, best, args) {
		return
	}
	if !best {
		c.find(2, p.lowest, "axis."+name)
	}
	c.begin("techniques", true, args, p)
	if rated < 14 || lowN < 3 {
		c.body.Add(report.Note, report.NoSign, report.Say("techniques.few", args...))
	}
	c.body.Blocks = append(c.body.Blocks, rows.Blocks...)
	if len(weak) > 0 {
		c.body.Add(report.Note, report.Bell, report.Say("techniques.next"))
	}
}

// share is a ÷ b as a percentage with one decimal, null of nothing.
func share(a, b int64) report.Datum {
	if b == 0 {
		return report.Null()
	}
	return report.Percent(ratio(a, b, 1000) * 1000)
}

// rungs counts who has climbed how far.
func (c *check) rungs() {
	const n = 5
	p := &picture{kind: "rungs", lowest: -1}
	names := strings.Fields(rungs)
	var here, reached [n + 1]int64
	for i := n - 1; i >= 0; i-- {
		names[i], _ = number(names[i])
		here[i], _ = c.in.OptInt(names[i])
		reached[i] = reached[i+1] + here[i]
	}
	var rows report.Result
	t := rows.Table(report.Say("rungs.table"), "rungs.rung", "#rungs.here", "#rungs.reached", "#rungs.on")
	at := -1
	var came, climbed []report.Datum
	d := report.Null()
	for i, name := range names {
		p.add(label(name), float64(here[i]), d)
		d = report.Null()
		if i < n-1 {
			d = share(reached[i+1], reached[i])
			climbed = append(climbed, d)
			if reached[i] > 0 && (at < 0 || reached[i+1]*reached[at] < reached[at+1]*reached[i]) {
				at = i
			}
		}
		came = append(came, report.Count(reached[i]))
		t.Row(report.Say(label(name)), report.Count(here[i]), came[i], d)
	}
	top := share(reached[n-1], reached[0])
	c.r.Value("reached", report.List(came...))
	c.r.Value("conversion", report.List(climbed...))
	best := at >= 0 && reached[at+1] == reached[at]
	if best {
		at = -1
	}
	from := max(at, 0)
	c.r.Value("step_lowest", code(names[from], at))
	c.r.Value("lifetime", top)
	args := []any{"from", report.Word(label(names[from])), "to", report.Word(label(names[from+1])), "share", climbed[from],
		"n", came[from+1], "of", came[from], "top", top}
	if !c.open("rungs", at >= 0, best, args) {
		return
	}
	if !best {
		p.lowest = at + 1
		c.find(3, at, "step."+names[at])
	}
	c.begin("rungs", true, args, p)
	c.body.Blocks = append(c.body.Blocks, rows.Blocks...)
	if !best && reached[at] < 20 {
		c.body.Add(report.Note, report.NoSign, report.Say("rungs.few", args...))
	}
	c.body.Add(report.Paragraph, report.NoSign, report.Say("rungs.top", args...))
}

// present puts the answer first, then what to study, then each part.
func (c *check) present() {
	c.r.Blocks = append(c.r.Blocks, c.answer)
	c.lessons()
	c.r.Blocks = append(c.r.Blocks, c.body.Blocks...)
	if len(c.assume) > 0 {
		c.r.Assume(c.assume...)
	}
}

// lessons ranks the modules by how many findings lead to them.
func (c *check) lessons() {
	var codes []report.Datum
	var t *report.Table
	for most := len(c.study); most > 0; most-- {
		for i, name := range strings.Fields(modules) {
			var why []report.Datum
			for _, f := range c.study {
				if strings.IndexByte(f.modules, byte('a'+i)) >= 0 {
					why = append(why, report.Word(f.word))
				}
			}
			if len(why) != most {
				continue
			}
			if t == nil {
				t = c.r.Table(report.Say("study.table"), "study.module", "study.why")
			}
			codes = append(codes, report.Code(name))
			t.Row(report.Say("module."+name), report.List(why...))
		}
	}
	c.r.Value("study", report.List(codes...))
}
