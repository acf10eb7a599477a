package report

// lineWidth is the columns of a terminal.
const lineWidth = 80

// PlainText renders the report for a terminal of 80 columns, in which Han takes
// two each. A figure is its caption with the table that tells the same, or,
// where a table of the report does so already, with its text alternative.
func PlainText(r *Result, w *Words) string {
	var p plainText
	p.w = w
	for i := range r.Blocks {
		b := &r.Blocks[i]
		if b.Kind == Suggestions {
			continue
		}
		if i > 0 && r.Blocks[i-1].Kind != Heading {
			p.b = append(p.b, '\n')
		}
		p.block(b)
	}
	return string(p.b)
}

type plainText struct {
	w *Words
	b []byte
}

// line appends one line; lines appends a text wrapped, the first line after
// first, the others after rest.
func (p *plainText) line(s string) {
	for s != "" && s[len(s)-1] == ' ' {
		s = s[:len(s)-1]
	}
	p.b = append(p.b, s...)
	p.b = append(p.b, '\n')
}

func (p *plainText) lines(s, first, rest string) {
	for i, l := range wrap(s, lineWidth-width(first)) {
		if i == 0 {
			p.line(first + l)
		} else {
			p.line(rest + l)
		}
	}
}

// signed is a text after its sign's word.
func (p *plainText) signed(s Sign, text string) string {
	if s == NoSign {
		return text
	}
	return p.w.lookup("report."+s.String()) + p.w.lookup("report.colon") + text
}

func (p *plainText) block(b *Block) {
	switch b.Kind {
	case Verdict, Note, Paragraph:
		for i, m := range b.Text {
			if i == 0 {
				p.lines(p.signed(b.Sign, p.w.Say(m)), "", "")
			} else {
				p.lines(p.w.Say(m), "", "")
			}
		}
	case Heading:
		s := p.w.Say(b.Text[0])
		p.lines(s, "", "")
		p.line(repeat('-', min(width(s), lineWidth)))
	case Items:
		p.items(b.Text)
	case Facts:
		p.facts(b.Facts)
	case TableOf:
		t := b.Table
		p.lines(p.w.Say(t.Caption), "", "")
		numeric := make([]bool, len(t.Columns))
		head := make([]string, len(t.Columns))
		for i, c := range t.Columns {
			numeric[i], head[i] = c.Numeric, p.w.Say(c.Head)
		}
		rows := [][]string{head}
		for _, row := range t.Rows {
			cells := make([]string, len(row))
			for i, c := range row {
				text := ""
				if c.Message.phrase != nil {
					text = p.w.Say(c.Message)
				} else {
					text = p.w.Format(c.Data)
				}
				cells[i] = p.signed(c.Sign, text)
			}
			rows = append(rows, cells)
		}
		p.table(rows, numeric, true)
	case FigureOf:
		p.lines(p.w.Say(b.Figure.Caption), "", "")
		if b.Figure.CoveredByTable {
			p.lines(p.w.Say(b.Figure.Alt), "  ", "  ")
			return
		}
		t := b.Figure.Draw(p.w).Table()
		rows := t.Rows
		if len(t.Head) > 0 {
			rows = append([][]string{t.Head}, rows...)
		}
		p.table(rows, nil, len(t.Head) > 0)
	case Handoffs:
		for _, h := range b.Handoffs {
			p.lines(p.w.Say(h.Text)+p.w.lookup("report.colon"), "", "")
			command := "playbook calc " + h.To
			for _, pair := range h.Pairs(p.w) {
				command += " " + quoted(pair.Name+"="+pair.Value)
			}
			p.line("  " + command)
		}
	case Assumptions:
		p.line(p.w.lookup("report.assumptions"))
		p.items(b.Text)
	}
}

// quoted is an argument as a shell takes it; left alone where nothing in it
// means anything to one.
func quoted(s string) string {
	plain := true
	out := "'"
	for i := range len(s) {
		c := s[i]
		plain = plain && (c == '.' || c == '_' || c == '-' || c == '=' || c == '+' || c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z')
		if c == '\'' {
			out += `'\'`
		}
		out += s[i : i+1]
	}
	if plain {
		return s
	}
	return out + "'"
}

func (p *plainText) items(list []Message) {
	for _, m := range list {
		p.lines(p.w.Say(m), "- ", "  ")
	}
}

// facts sets the labels in one column and the numbers in the next.
func (p *plainText) facts(facts []Fact) {
	most := 0
	for _, f := range facts {
		most = max(most, width(p.w.Say(f.Label)))
	}
	most = min(most, lineWidth/2)
	for _, f := range facts {
		s := p.w.Format(f.Data)
		if f.Note.phrase != nil {
			s += "  " + p.w.Say(f.Note)
		}
		labels := wrap(p.w.Say(f.Label), most)
		indent := repeat(' ', most+2)
		for _, l := range labels[:len(labels)-1] {
			p.line(l)
		}
		last := labels[len(labels)-1]
		p.lines(s, last+repeat(' ', most+2-width(last)), indent)
	}
}

// table sets rows of cells in columns two spaces apart: numbers to the right,
// texts to the left and wrapped where the line would be too long.
func (p *plainText) table(rows [][]string, numeric []bool, head bool) {
	var widths []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], width(cell))
		}
	}
	right := func(i int) bool { return i < len(numeric) && numeric[i] }
	fit(widths, right)
	for r, row := range rows {
		cells := make([][]string, len(row))
		height := 1
		for i, cell := range row {
			cells[i] = wrap(cell, widths[i])
			height = max(height, len(cells[i]))
		}
		for l := range height {
			line := ""
			for i := range cells {
				s := ""
				if l < len(cells[i]) {
					s = cells[i][l]
				}
				space := repeat(' ', widths[i]-width(s))
				if right(i) {
					line += space + s + "  "
				} else {
					line += s + space + "  "
				}
			}
			p.line(line)
		}
		if r == 0 && head {
			line := ""
			for _, w := range widths {
				line += repeat('-', w) + "  "
			}
			p.line(line)
		}
	}
}

// fit narrows the widest columns, texts before numbers, until the table fits
// into a line.
func fit(widths []int, numeric func(int) bool) {
	const least = 8
	for _, numbers := range []bool{false, true} {
		for {
			total, widest := -2, -1
			for i, w := range widths {
				total += w + 2
				if w > least && numeric(i) == numbers && (widest < 0 || w > widths[widest]) {
					widest = i
				}
			}
			if total <= lineWidth {
				return
			}
			if widest < 0 {
				break
			}
			widths[widest]--
		}
	}
}

func repeat(c byte, n int) string {
	if n <= 0 {
		return ""
	}
	b := make([]byte, n)
	for i := range b {
		b[i] = c
	}
	return string(b)
}
