package chart

// Layers stand on one another: each carries the one above it.
type Layers struct {
	Layers []Layer // the lowest first
}

// Layer is one of Layers, with what it consists of.
type Layer struct {
	Label string
	Boxes []string // may be empty
	Tag   string   // what kind of layer it is; may be empty
}

func (*Layers) name() string { return "layers" }

func (c *Layers) draw(p *pen) int {
	const w, in, gap = right - margin, 100, 340
	y := margin
	for i := len(c.Layers) - 1; i >= 0; i-- {
		l := &c.Layers[i]
		// The tag stands at the end of the first line, or above where it is too long.
		tag := small.wrap(l.Tag, w-2*in, 0)
		label := head.wrap(l.Label, w-2*in, 0)
		beside := len(tag) == 1 && len(label) == 1 && small.width(tag[0])+head.width(label[0])+120 <= w-2*in
		rows := boxRows(l.Boxes, w-2*in)
		high := in + len(label)*head.lead + rows.high() + in*3/4
		if !beside {
			high += len(tag) * small.lead
		}
		p.box("ink", margin, y, w, high)
		at := y + in*3/4
		if beside {
			p.text(small, " soft-text", right-in, at+head.lead*3/4, end, tag[0])
		} else {
			at += p.para(small, " soft-text", margin+in, at, start, tag)
		}
		at += p.para(head, "", margin+in, at, start, label)
		rows.draw(p, margin+in, at)
		y += high
		if i > 0 {
			p.arrow("ink-2", wide/2, y+gap-40, wide/2, y+45, 8)
			y += gap
		}
	}
	return y + margin
}

// boxRow is some boxes of one width beside one another.
type boxRow struct {
	texts [][]string
	wide  int // of one box
	high  int
}

type boxRowList []boxRow

const (
	boxIn  = 70 // the padding in a box
	boxGap = 80 // between boxes
)

// boxRows puts texts into rows of up to three boxes, so many that the widest
// text breaks into at most three lines.
func boxRows(texts []string, w int) (rows boxRowList) {
	n := min(3, len(texts))
	for ; n > 1; n-- {
		fits := true
		for _, s := range texts {
			fits = fits && len(small.wrap(s, boxWidth(n, w)-2*boxIn, 0)) <= 3
		}
		if fits {
			break
		}
	}
	for ; len(texts) > 0; texts = texts[min(n, len(texts)):] {
		row := boxRow{wide: boxWidth(n, w)}
		for _, s := range texts[:min(n, len(texts))] {
			lines := small.wrap(s, row.wide-2*boxIn, 0)
			row.texts = append(row.texts, lines)
			row.high = max(row.high, len(lines)*small.lead+2*boxIn)
		}
		rows = append(rows, row)
	}
	return rows
}

// boxWidth is the width of one of n boxes in a row.
func boxWidth(n, w int) int { return (w - boxGap*(n-1)) / n }

// high is what the rows take below the line above them.
func (rows boxRowList) high() int {
	sum := 0
	for _, r := range rows {
		sum += r.high + boxGap
	}
	return sum
}

func (rows boxRowList) draw(p *pen, x, y int) {
	for _, r := range rows {
		y += boxGap
		for i, lines := range r.texts {
			left := x + i*(r.wide+boxGap)
			p.box("hair-2", left, y, r.wide, r.high)
			p.para(small, "", left+r.wide/2, y+(r.high-len(lines)*small.lead)/2, middle, lines)
		}
		y += r.high
	}
}

// Table has a row for each layer, the highest first, as they are seen.
func (c *Layers) Table() Table {
	var t Table
	tags := false
	for _, l := range c.Layers {
		tags = tags || l.Tag != ""
	}
	for i := len(c.Layers) - 1; i >= 0; i-- {
		l := &c.Layers[i]
		boxes := ""
		for _, s := range l.Boxes {
			boxes = join(boxes, s)
		}
		row := []string{l.Label, boxes}
		if tags {
			row = append(row, l.Tag)
		}
		t.row(row...)
	}
	return t
}
