package chart

// Balance is a pair of scales: what lies in the left pan against what lies in
// the right one.
type Balance struct {
	Left, Right Pan
	Tilt        Tilt   // which pan is down
	Verdict     string // the answer in a few words
	Sign        string // beside the verdict: "", "flag" or "bell"
}

// Pan is one side of a Balance.
type Pan struct {
	Label string
	Total string // shown under the label; may be empty
	Items []Weight
}

// Weight is one thing in a pan.
type Weight struct {
	Label    string
	Value    float64 // how much it weighs; ≤ 0 and unpriced weights have the least size
	Text     string  // the amount as shown: "2,500"
	Unpriced bool    // nobody has put a number on it yet: drawn with a dashed outline
}

// Tilt says which side of a Balance is down.
type Tilt uint8

const (
	Level Tilt = iota
	Left
	Right
)

func (*Balance) name() string { return "balance" }

// mostWeights is how many weights of a pan the picture shows; the table has all.
const mostWeights = 9

// askew is by how much each weight of a pile stands off its middle.
var askew = [...]int{0, 22, -16, 12, -26, 18, -8}

// block is a weight with its place in the pan worked out.
type block struct {
	Weight
	lines []string
	below bool // the amount stands on a line of its own
	high  int
}

func (c *Balance) draw(p *pen) int {
	const (
		half  = 1640 // width of a pan
		post  = 260  // from the middle of the beam to a level pan
		stand = 300  // from the middle of the beam to the ground
	)
	drop := [...]int{Level: 0, Left: 170, Right: -170}[c.Tilt]
	middles := [2]int{margin + half/2, right - half/2}
	pans := [2]*Pan{&c.Left, &c.Right}

	heaviest := 0.0
	for _, pan := range pans {
		for _, w := range pan.Items {
			if !w.Unpriced {
				heaviest = max(heaviest, finite(w.Value))
			}
		}
	}
	var blocks [2][]block
	top := 0
	for side, pan := range pans {
		high := 0
		for i, w := range pan.Items {
			if i == mostWeights-1 && len(pan.Items) > mostWeights {
				w = Weight{Label: "… +" + Number(float64(len(pan.Items)-i)), Unpriced: true}
			} else if i >= mostWeights {
				break
			}
			b := newBlock(w, half-120, heaviest)
			blocks[side] = append(blocks[side], b)
			high += b.high
		}
		// A pan that is down leaves more room above it.
		if side == 1 {
			high += drop
		} else {
			high -= drop
		}
		top = max(top, high)
	}
	level := top + margin // of the pans, when the scales are level
	beam := level + post
	ground := beam + stand

	// The stand, the beam, and what hangs together with them.
	p.rule("hair", middles[0], ground, middles[1], ground)
	p.begin("ink")
	p.stroke(wide/2, beam, wide/2-190, ground)
	p.stroke(wide/2, beam, wide/2+190, ground)
	p.stroke(wide/2-240, ground, wide/2+240, ground)
	p.end()
	p.line("ink-2", middles[0]-40, beam+drop+drop*40/820, middles[1]+40, beam-drop-drop*40/820)
	p.ring("ink", wide/2, beam, 55)
	for side, pan := range pans {
		x := middles[side]
		down := drop
		if side == 1 {
			down = -drop
		}
		y := level + down
		p.line("ink", x, y, x, beam+down)
		p.begin("ink-2")
		p.seg('M', x-half/2, y-25)
		p.seg('Q', x-half/2+60, y+20, x-half/2+220, y+18)
		p.seg('Q', x, y+24, x+half/2-220, y+18)
		p.seg('Q', x+half/2-60, y+20, x+half/2, y-25)
		p.end()
		for i, b := range blocks[side] {
			y -= b.high
			b.draw(p, x-(half-120)/2+askew[i%len(askew)], y, half-120)
		}
		y = ground + 70
		y += p.para(head, "", x, y, middle, head.wrap(pan.Label, half-60, 0))
		y += p.para(label, " num", x, y+20, middle, label.wrap(pan.Total, half-60, 0))
		top = max(top, y)
	}
	if c.Verdict == "" {
		return top + margin
	}
	return p.verdict(c.Sign, c.Verdict, top+110)
}

// newBlock works out a weight w wide. A weight with a number grows with it.
func newBlock(w Weight, wide int, heaviest float64) block {
	b := block{Weight: w}
	room := wide - 160
	amount := label.width(w.Text)
	b.below = amount > room/2
	if b.below {
		b.Text = label.cut(w.Text, room)
	} else if amount > 0 {
		room -= amount + 80
	}
	b.lines = label.wrap(w.Label, room, 3)
	b.high = b.rows()*label.lead + 125
	if !w.Unpriced && heaviest > 0 && w.Value > 0 {
		b.high += round(min(w.Value/heaviest, 1) * 420)
	}
	return b
}

// rows is how many lines of text it has.
func (b block) rows() int {
	n := len(b.lines)
	if b.below {
		n++
	}
	return max(n, 1)
}

func (b block) draw(p *pen, x, y, w int) {
	const gap = 40
	y, h := y+gap, b.high-gap
	if b.Unpriced {
		p.box("ink dash", x, y, w, h)
	} else {
		p.box("ink", x, y, w, h)
	}
	n := b.rows()
	y += (h - n*label.lead) / 2
	at := y + label.lead*3/4
	if b.below {
		at += (n - 1) * label.lead
	}
	p.text(label, " num", x+w-80, at, end, b.Text)
	p.para(label, "", x+80, y, start, b.lines)
}

// verdict writes the answer below a picture, underlined by hand, and gives the
// picture's height.
func (p *pen) verdict(sign, text string, y int) int {
	gap := signWidth(sign)
	lines := head.wrap(text, right-margin-gap, 0)
	w := head.widest(lines...) + gap
	x := (wide - w) / 2
	p.sign(sign, x, y)
	if len(lines) == 1 {
		y += p.para(head, tone(sign), x+gap, y, start, lines) // close to its sign
	} else {
		y += p.para(head, tone(sign), x+gap+(w-gap)/2, y, middle, lines)
	}
	class := "ink"
	if gap > 0 {
		class += " " + sign
	}
	p.begin(class)
	p.seg('M', x+gap-20, y+22)
	p.curve(x+gap-20, y+22, x+w+20, y+12, -14)
	p.end()
	return y + 22 + margin
}

// Table has a row for each weight, for the pans' totals and for the verdict.
func (c *Balance) Table() Table {
	var t Table
	for _, pan := range []*Pan{&c.Left, &c.Right} {
		for _, w := range pan.Items {
			t.row(join(pan.Label, w.Label), w.Text)
		}
		if pan.Total != "" {
			t.row(pan.Label, pan.Total)
		}
	}
	if c.Verdict != "" {
		t.row(join(c.Left.Label, c.Right.Label), c.Verdict)
	}
	return t
}

// join puts two texts together that belong to each other.
func join(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + " · " + b
}
