package chart

// Funnel is a row of stages that fewer and fewer things reach.
type Funnel struct {
	Stages []Stage  // widest first
	Head   []string // heads of the table's columns: stage, amount, note; may be empty
}

// Stage is one stage of a Funnel.
type Stage struct {
	Label string
	Note  string  // shown at the side; may be empty
	Value float64 // the stage's width; when no stage has one, they narrow evenly
	Text  string  // the value as shown; may be empty
}

func (*Funnel) name() string { return "funnel" }

func (c *Funnel) draw(p *pen) int {
	const widest = 700
	mid, text := 790, 1660
	n := len(c.Stages)
	if n == 0 {
		return 2 * margin
	}
	// Half the width at the upper rim of each stage, and of the spout.
	half := make([]int, n+1)
	most := 0.0
	for _, s := range c.Stages {
		most = max(most, finite(s.Value))
	}
	for i, s := range c.Stages {
		if most > 0 {
			half[i] = max(round(max(finite(s.Value), 0)/most*widest), 60)
		}
	}
	half[n] = half[n-1] * 7 / 10

	type words struct{ label, note []string }
	texts := make([]words, n)
	rim := make([]int, n+1)
	y := margin + 90
	room := 0 // of the widest text
	for i, s := range c.Stages {
		texts[i] = words{head.wrap(s.Label, right-text, 0), small.wrap(s.Note, right-text, 0)}
		room = max(room, head.widest(texts[i].label...), small.widest(texts[i].note...))
		rim[i] = y
		y += max(len(texts[i].label)*head.lead+len(texts[i].note)*small.lead+150, 400)
	}
	rim[n] = y
	shift := max(right-text-room, 0) / 2 // to the middle
	mid, text = mid+shift, text+shift
	if most <= 0 {
		for i := range half {
			half[i] = widest - (widest-170)*(rim[i]-rim[0])/(rim[n]-rim[0])
		}
	}

	for i, s := range c.Stages {
		top, foot := rim[i], rim[i+1]
		class := "paper"
		if i%2 == 1 {
			class = "soft"
		}
		p.begin(class)
		p.seg('M', mid-half[i], top)
		p.seg('Q', mid, top+2*sag(half[i]), mid+half[i], top)
		p.seg('L', mid+half[i+1], foot)
		p.seg('Q', mid, foot+2*sag(half[i+1]), mid-half[i+1], foot)
		p.end()
		p.begin("ink")
		p.stroke(mid-half[i], top, mid-half[i+1], foot)
		p.stroke(mid+half[i], top, mid+half[i+1], foot)
		p.seg('M', mid-half[i+1], foot)
		p.seg('Q', mid, foot+2*sag(half[i+1]), mid+half[i+1], foot)
		p.end()

		at := (top + foot) / 2
		block := len(texts[i].label)*head.lead + len(texts[i].note)*small.lead
		p.rule("hair", mid+(half[i]+half[i+1])/2+70, at, text-60, at)
		if s.Text != "" {
			p.text(label, " num", mid, at+sag(half[i])+50, middle, label.cut(s.Text, 2*widest))
		}
		ty := at - block/2
		ty += p.para(head, "", text, ty, start, texts[i].label)
		p.para(small, " soft-text", text, ty, start, texts[i].note)
	}
	// The open mouth.
	p.begin("fill")
	p.seg('M', mid-half[0], rim[0])
	p.seg('C', mid-half[0]*7/10, rim[0]-110, mid+half[0]*7/10, rim[0]-110, mid+half[0], rim[0])
	p.seg('Q', mid, rim[0]+2*sag(half[0]), mid-half[0], rim[0])
	p.end()
	y += sag(half[n])
	p.arrow("ink", mid, y+50, mid, y+330, 0)
	return y + 330 + margin
}

// sag is by how much a rim hangs down in the middle, half as wide as given.
func sag(half int) int { return half / 11 }

// Table has a row for each stage: its name, its amount where there is one, and
// its note where there is one.
func (c *Funnel) Table() Table {
	t := Table{Head: c.Head}
	texts, notes := false, false
	for _, s := range c.Stages {
		texts = texts || s.Text != ""
		notes = notes || s.Note != ""
	}
	for _, s := range c.Stages {
		row := []string{s.Label}
		if texts {
			row = append(row, s.Text)
		}
		if notes {
			row = append(row, s.Note)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
