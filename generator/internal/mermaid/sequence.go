package mermaid

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"playbook/calculators/chart"
)

// actor is one who sends and receives.
type actor struct {
	name   string
	label  []string
	person bool
	text   chart.DiagramText
	w, x   int // of the head, and its middle
	active []int
}

// event is a row of the sequence.
type event struct {
	kind     string // "message", "note", "begin", "divide", "end", "activate", "deactivate"
	from, to int    // actors
	text     []string
	word     string // of a fragment: loop, alt; of a note: left, right, over
	weight   chart.DiagramWeight
	start    chart.DiagramTip
	tip      chart.DiagramTip
	on, off  bool // a message activates whom it reaches, or ends its sender's activity
	number   int
}

// sequence is a sequence diagram as it is read.
type sequence struct {
	actors []*actor
	events []*event
	boxes  []*fragment // groups of actors
}

// fragment is a frame around rows, or a box around actors.
type fragment struct {
	word        string
	text        []string
	top, bottom int
	left, end   int // actors
	depth       int
	right       int // as far as what is said in it reaches
	dividers    []divider
}

type divider struct {
	y    int
	text []string
}

var (
	message   = regexp.MustCompile(`^(.+?)\s*(<<-->>|<<->>|-->>|->>|-->|->|--x|-x|--\)|-\)|--\||-\|)\s*([+-]?)\s*([^:]+?)\s*(?::(.*))?$`)
	noteWords = regexp.MustCompile(`(?i)^note\s+(left\s+of|right\s+of|over)\s+([^:]+?)\s*:(.*)$`)
	declared  = regexp.MustCompile(`^(.+?)(?:@\{[^}]*\})?(?:\s+as\s+(.+))?$`)
	colour    = regexp.MustCompile(`(?i)^(?:rgba?\s*\([^)]*\)|hsla?\s*\([^)]*\)|#[0-9a-f]{3,8}|transparent|aqua|black|blue|cyan|fuchsia|gr[ae]y|green|lime|maroon|navy|olive|orange|pink|purple|red|silver|teal|white|yellow|light\w+|dark\w+)\b\s*`)
)

// sequence reads what follows the first word, lays it out and says it in words.
func (p *parser) sequence() (*chart.Diagram, string) {
	s := &sequence{}
	number, step := 0, 1
	var open []string // words of what has no end yet
	for p.space(); p.at < len(p.src); p.space() {
		at := p.at
		if p.accessibility(p.word()) {
			continue
		}
		p.at = at
		line := p.line()
		line, _, _ = strings.Cut(line, "%%")
		line = strings.TrimRight(line, "; ")
		word, rest, _ := strings.Cut(line, " ")
		rest = strings.TrimSpace(rest)
		fail := func(format string, args ...any) {
			p.at = at
			p.fail(format, args...)
		}
		if m := message.FindStringSubmatch(line); m != nil && !strings.EqualFold(word, "note") {
			e := &event{kind: "message", from: s.actor(m[1]), to: s.actor(m[4]), text: labelLines(m[5]), on: m[3] == "+", off: m[3] == "-"}
			if strings.HasPrefix(strings.TrimPrefix(m[2], "<<"), "--") {
				e.weight = chart.LineDashed
			}
			if strings.HasPrefix(m[2], "<<") {
				e.start = chart.TipArrow
			}
			switch m[2][len(m[2])-1] {
			case 'x':
				e.tip = chart.TipCross
			case ')', '|':
				e.tip = chart.TipArrow
			case '>':
				if strings.HasSuffix(m[2], ">>") {
					e.tip = chart.TipArrow
				}
			}
			if number > 0 {
				e.number = number
				number += step
			}
			s.events = append(s.events, e)
			continue
		}
		switch strings.ToLower(word) {
		case "participant", "actor", "create":
			if word == "create" {
				if word, rest, _ = strings.Cut(rest, " "); rest == "" {
					fail("a participant has no name")
				}
			}
			m := declared.FindStringSubmatch(strings.TrimSpace(rest))
			if m == nil {
				fail("a participant has no name")
			}
			a := s.actors[s.actor(m[1])]
			a.person = strings.EqualFold(word, "actor")
			if m[2] != "" {
				a.label = labelLines(strings.Trim(m[2], `"`))
			}
			if len(open) > 0 && open[len(open)-1] == "box" {
				s.boxes[len(s.boxes)-1].end = s.actor(m[1])
			}
		case "note":
			m := noteWords.FindStringSubmatch(line)
			if m == nil {
				fail("write a note as: Note over A: text, or left of, right of")
			}
			e := &event{kind: "note", word: strings.ToLower(strings.Fields(m[1])[0]), text: labelLines(m[3])}
			a, b, two := strings.Cut(m[2], ",")
			e.from = s.actor(a)
			e.to = e.from
			if two {
				e.to = s.actor(b)
			}
			s.events = append(s.events, e)
		case "loop", "alt", "opt", "par", "par_over", "critical", "break", "rect":
			word = strings.ToLower(word)
			if word == "rect" {
				rest = ""
			}
			open = append(open, word)
			s.events = append(s.events, &event{kind: "begin", word: strings.TrimSuffix(word, "_over"), text: labelLines(rest)})
		case "box":
			if len(open) > 0 {
				fail("a box stands around participants alone")
			}
			open = append(open, "box")
			s.boxes = append(s.boxes, &fragment{text: labelLines(colour.ReplaceAllString(rest, "")), left: len(s.actors), end: -1})
		case "else", "and", "option":
			if len(open) == 0 || open[len(open)-1] == "box" {
				fail("%q stands outside of alt, par or critical", word)
			}
			s.events = append(s.events, &event{kind: "divide", text: labelLines(rest)})
		case "end":
			if len(open) == 0 {
				fail("an end without a beginning")
			}
			if open[len(open)-1] != "box" {
				s.events = append(s.events, &event{kind: "end"})
			}
			open = open[:len(open)-1]
		case "activate", "deactivate":
			if rest == "" {
				fail("%s whom? Name a participant", word)
			}
			s.events = append(s.events, &event{kind: strings.ToLower(word), from: s.actor(rest)})
		case "autonumber":
			number, step = 1, 1
			if f := strings.Fields(rest); len(f) > 0 {
				if f[0] == "off" {
					number = 0
				} else if n, err := strconv.Atoi(f[0]); err == nil {
					number = max(n, 1)
				}
				if len(f) > 1 {
					if n, err := strconv.Atoi(f[1]); err == nil {
						step = max(n, 1)
					}
				}
			}
		case "title", "title:":
			p.drawing.Title = strings.TrimSpace(strings.TrimPrefix(rest, ":"))
		case "destroy", "link", "links", "properties", "details":
		default:
			fail("%q is no message, written A->>B: text, and no word of a sequence diagram", firstWord(line))
		}
	}
	if len(open) > 0 {
		p.fail("%s has no end", open[len(open)-1])
	}
	if len(s.actors) == 0 {
		p.fail("the diagram is empty")
	}
	if len(s.actors) > maxActors || len(s.events) > maxEvents {
		p.at = 0
		p.fail("the diagram has %d participants and %d rows; at most %d and %d are drawn", len(s.actors), len(s.events), maxActors, maxEvents)
	}
	d := s.layout()
	return d, s.describe(&d.Rows)
}

// actor is the number of one; a new one is added.
func (s *sequence) actor(name string) int {
	name = strings.Trim(strings.TrimSpace(name), `"`)
	if i := slices.IndexFunc(s.actors, func(a *actor) bool { return a.name == name }); i >= 0 {
		return i
	}
	label := labelLines(name)
	if len(label) == 0 {
		label = []string{name}
	}
	s.actors = append(s.actors, &actor{name: name, label: label})
	return len(s.actors) - 1
}

const (
	actorTextWidth   = 1500
	messageTextWidth = 2100
	noteTextWidth    = 1700
	barWidth         = 90
	framePadding     = 110
)

// text is what is written on a row.
func (s *sequence) text(e *event) chart.DiagramText {
	wide := messageTextWidth
	switch {
	case e.kind == "note":
		wide = noteTextWidth
		if e.from != e.to {
			wide = max(abs(s.actors[e.from].x-s.actors[e.to].x), wide)
		}
	case e.from != e.to:
		wide = max(abs(s.actors[e.from].x-s.actors[e.to].x)-200, wide)
	}
	said := e.text
	if e.number > 0 {
		said = slices.Clone(said)
		if len(said) == 0 {
			said = []string{""}
		}
		said[0] = strings.TrimSpace(strconv.Itoa(e.number) + ". " + said[0])
	}
	return wrap(said, wide, true)
}

func (s *sequence) layout() *chart.Diagram {
	d := &chart.Diagram{}
	s.columns()
	tall := 0
	for _, a := range s.actors {
		h := a.text.Height() + 150
		if a.person {
			h = a.text.Height() + 400
		}
		tall = max(tall, h)
	}
	head := outerMargin
	for _, b := range s.boxes {
		if len(b.text) > 0 {
			head = outerMargin + 280
		}
	}
	y := head + tall + 200
	first := y - 200
	deep := 0
	var open []*fragment
	reach := func(i int) {
		for _, f := range open {
			f.left, f.end = min(f.left, i), max(f.end, i)
		}
	}
	bar := func(a *actor, end int) {
		if n := len(a.active); n > 0 {
			d.Boxes = append(d.Boxes, chart.DiagramBox{Shape: chart.ShapeBar, X: a.x - barWidth/2 + 40*(n-1), Y: a.active[n-1], W: barWidth, H: max(end-a.active[n-1], 60)})
			a.active = a.active[:n-1]
		}
	}
	side := func(a *actor, toRight bool) int { // where a message meets the line or its bar
		if n := len(a.active); n > 0 && toRight {
			return a.x + barWidth/2 + 40*(n-1)
		} else if n > 0 {
			return a.x - barWidth/2
		}
		return a.x
	}
	var frames []*fragment
	for _, e := range s.events {
		switch e.kind {
		case "message":
			reach(e.from)
			reach(e.to)
			text := s.text(e)
			a, b := s.actors[e.from], s.actors[e.to]
			line := chart.DiagramLine{Weight: e.weight, Start: e.start, End: e.tip}
			if e.from == e.to {
				x := side(a, true)
				y += 60
				for _, f := range open {
					f.right = max(f.right, x+430+text.Width()+framePadding*(len(open)-1-f.depth))
				}
				d.Labels = append(d.Labels, chart.DiagramLabel{X: x + 360 + text.Width()/2, Y: y + max(text.Height(), 160)/2, Text: text, Bare: true})
				low := y + max(text.Height()-20, 140)
				line.Points = [][2]int{{x, y}, {x + 300, y}, {x + 300, low}, {x + gapAtTip, low}}
				d.Lines = append(d.Lines, line)
				if e.on {
					a.active = append(a.active, low)
				}
				if y = low; e.off {
					bar(a, y)
				}
				y += 200
				break
			}
			y += text.Height()
			right := b.x > a.x
			from := side(a, right)
			if e.on {
				b.active = append(b.active, y)
			}
			to := side(b, !right)
			gap := -gapAtTip
			if !right {
				gap = gapAtTip
			}
			line.Points = [][2]int{{from, y}, {to + gap, y}}
			d.Lines = append(d.Lines, line)
			d.Labels = append(d.Labels, chart.DiagramLabel{X: (from + to) / 2, Y: y - 35 - text.Height()/2, Text: text, Bare: true})
			if e.off {
				bar(a, y)
			}
			y += 200
		case "note":
			reach(e.from)
			reach(e.to)
			text := s.text(e)
			a, b := s.actors[e.from].x, s.actors[e.to].x
			w := max(text.Width()+140, abs(a-b)+300)
			x := (a+b)/2 - w/2
			switch e.word {
			case "left":
				w = text.Width() + 140
				x = a - w - 90
			case "right":
				w = text.Width() + 140
				x = a + 90
			}
			for _, f := range open {
				f.right = max(f.right, x+w+framePadding*(len(open)-f.depth))
			}
			d.Boxes = append(d.Boxes, chart.DiagramBox{Shape: chart.ShapeBar, X: x, Y: y - 80, W: w, H: text.Height() + 100, Text: text})
			y += text.Height() + 170
		case "begin":
			f := &fragment{word: e.word, text: e.text, top: y - 60, left: 1 << 30, end: -1, depth: len(open)}
			open = append(open, f)
			frames = append(frames, f)
			deep = max(deep, len(open))
			if y += 60; e.word != "rect" {
				y += max(chart.Break(e.text, 2400, true).Height(), 170) + 60
			}
		case "divide":
			f := open[len(open)-1]
			f.dividers = append(f.dividers, divider{y, e.text})
			y += chart.Break(e.text, 2400, true).Height() + 200
		case "end":
			f := open[len(open)-1]
			open = open[:len(open)-1]
			y -= 60
			f.bottom = y
			y += 170
		case "activate":
			a := s.actors[e.from]
			a.active = append(a.active, max(y-200, first))
		case "deactivate":
			bar(s.actors[e.from], y-160)
		}
	}
	for _, a := range s.actors {
		for len(a.active) > 0 {
			bar(a, y-100)
		}
	}
	foot := y
	left, right := 0, 0
	grow := func(x1, x2 int) { left, right = min(left, x1), max(right, x2) }
	var lines []chart.DiagramLine
	for _, a := range s.actors {
		lines = append(lines, chart.DiagramLine{Weight: chart.LineHair, Points: [][2]int{{a.x, head + tall}, {a.x, foot}}})
		for _, at := range []int{head, foot} {
			b := chart.DiagramBox{X: a.x - a.w/2, Y: at, W: a.w, H: tall, Text: a.text}
			if a.person {
				b.Shape = chart.ShapePerson
				if b.H = a.text.Height() + 400; at == head {
					b.Y += tall - b.H
				}
			}
			d.Boxes = append(d.Boxes, b)
			if foot-head < 6000 {
				break // the heads are in view
			}
		}
		grow(a.x-a.w/2, a.x+a.w/2)
	}
	if foot-head >= 6000 {
		foot += tall
	}
	for _, f := range frames {
		if f.end < 0 { // around nothing
			f.left, f.end = 0, len(s.actors)-1
		}
		pad := framePadding * (deep - f.depth)
		x1, x2 := s.actors[f.left].x-max(s.actors[f.left].w/2, 300)-pad, s.actors[f.end].x+max(s.actors[f.end].w/2, 300)+pad
		x2 = max(x2, f.right)
		area := chart.DiagramBox{X: x1, Y: f.top, H: f.bottom - f.top}
		if f.word != "rect" {
			text := []string{f.word}
			if len(f.text) > 0 {
				text = bracketed(f.text)
				text[0] = f.word + " " + text[0]
			}
			area.Shape, area.Text = chart.ShapeFrame, chart.Break(text, 2400, true)
			x2 = max(x2, x1+area.Text.Width()+200)
		}
		area.W = x2 - x1
		d.Areas = append(d.Areas, area)
		for _, at := range f.dividers {
			lines = append(lines, chart.DiagramLine{Weight: chart.LineHairDashed, Points: [][2]int{{x1, at.y - 60}, {x2, at.y - 60}}})
			if len(at.text) > 0 {
				t := chart.Break(bracketed(at.text), 2400, true)
				d.Labels = append(d.Labels, chart.DiagramLabel{X: x1 + 80 + t.Width()/2, Y: at.y + t.Height()/2 - 20, Text: t, Bare: true})
			}
		}
		grow(x1, x2)
	}
	for _, b := range s.boxes {
		if b.end < b.left {
			continue
		}
		x1, x2 := s.actors[b.left].x-s.actors[b.left].w/2-80, s.actors[b.end].x+s.actors[b.end].w/2+80
		d.Areas = slices.Insert(d.Areas, 0, chart.DiagramBox{X: x1, Y: outerMargin, W: x2 - x1, H: foot - outerMargin + 80, Text: chart.Break(b.text, max(x2-x1-160, 400), true)})
		grow(x1, x2)
	}
	d.Lines = append(lines, d.Lines...)
	for _, b := range d.Boxes {
		grow(b.X, b.X+b.W)
	}
	for _, t := range d.Labels {
		grow(t.X-t.Text.Width()/2, t.X+t.Text.Width()/2)
	}
	shift := outerMargin - left
	for i := range d.Areas {
		d.Areas[i].X += shift
	}
	for i := range d.Boxes {
		d.Boxes[i].X += shift
	}
	for i := range d.Labels {
		d.Labels[i].X += shift
	}
	for i := range d.Lines {
		for k := range d.Lines[i].Points {
			d.Lines[i].Points[k][0] += shift
		}
	}
	d.Width, d.Height = right+shift+outerMargin, foot+outerMargin+100
	return d
}

// bracketed is a text of at least one line in square brackets.
func bracketed(lines []string) []string {
	lines = slices.Clone(lines)
	lines[0] = "[" + lines[0]
	lines[len(lines)-1] += "]"
	return lines
}

// columns gives every actor its place, so that what is said between two has room.
func (s *sequence) columns() {
	for i, a := range s.actors {
		a.text = wrap(a.label, actorTextWidth, false)
		a.w = max(a.text.Width()+200, 800)
		if i > 0 {
			b := s.actors[i-1]
			a.x = b.x + (a.w+b.w)/2 + 200
		}
	}
	apart := func(from, to, room int) { // moves to and what follows away
		if from > to {
			from, to = to, from
		}
		if more := room - (s.actors[to].x - s.actors[from].x); more > 0 {
			for i, n := from+1, to-from; i < len(s.actors); i++ {
				s.actors[i].x += more * min(i-from, n) / n
			}
		}
	}
	for _, long := range []bool{false, true} {
		for _, e := range s.events {
			wide := 0
			if e.kind == "message" || e.kind == "note" {
				wide = s.text(e).Width()
			}
			switch {
			case wide == 0 || long != (abs(e.from-e.to) > 1):
			case e.kind == "message" && e.from == e.to:
				if e.from+1 < len(s.actors) {
					apart(e.from, e.from+1, wide+560)
				}
			case e.kind == "message":
				apart(e.from, e.to, wide+260)
			case e.word == "over" && e.from != e.to:
				apart(e.from, e.to, wide-100)
			case e.word == "over":
				for _, o := range []int{e.from - 1, e.from + 1} {
					if o >= 0 && o < len(s.actors) {
						apart(e.from, o, wide/2+200)
					}
				}
			case e.word == "right" && e.from+1 < len(s.actors):
				apart(e.from, e.from+1, wide+400)
			case e.word == "left" && e.from > 0:
				apart(e.from-1, e.from, wide+400)
			}
		}
	}
}

// describe says the diagram in words, and adds it to rows.
func (s *sequence) describe(rows *chart.Table) string {
	var said []string
	row := func(cells ...string) {
		rows.Rows = append(rows.Rows, cells)
		said = append(said, strings.Trim(strings.Join(cells, ": "), ": "))
	}
	for _, e := range s.events {
		text := oneLine(e.text)
		if e.number > 0 {
			text = strings.TrimSpace(strconv.Itoa(e.number) + ". " + text)
		}
		switch e.kind {
		case "message":
			row(oneLine(s.actors[e.from].label)+" → "+oneLine(s.actors[e.to].label), text)
		case "note":
			who := oneLine(s.actors[e.from].label)
			if e.to != e.from {
				who += ", " + oneLine(s.actors[e.to].label)
			}
			row(who, text)
		case "begin":
			if e.word != "rect" {
				row(e.word, text)
			}
		case "divide":
			row("–", text)
		}
	}
	if len(rows.Rows) == 0 {
		for _, a := range s.actors {
			row(oneLine(a.label), "")
		}
	}
	return strings.Join(said, "; ")
}
