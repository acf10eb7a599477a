package report

import (
	"slices"
	"strconv"

	"playbook/calculators/chart"
	"playbook/calculators/form"
)

// HTML renders the report as a page fragment, every block a line of its own, so
// that a page can put the changed ones alone in place. What follows a heading is
// folded under it, and is one line with it, open where it is a list of what to do;
// so are facts, and a table under its caption, unless they are the first thing after
// the verdict.
func HTML(r *Result, w *Words) string {
	p := page{w: w}
	first := 0 // after the verdict
	if len(r.Blocks) > 0 && r.Blocks[0].Kind == Verdict {
		first = 1
	}
	for i := 0; i < len(r.Blocks); {
		n := section(r.Blocks[i:])
		if n == 0 || i <= first && r.Blocks[i].Kind != Heading {
			p.block(&r.Blocks[i])
			i++
			continue
		}
		p.section(r.Blocks[i : i+n])
		i += n
	}
	return string(p.b)
}

// section is how many of the blocks are a section, 0 if none begins here. What
// leads on and what is assumed stand outside, and what is drawn or counted below a
// list of what to do.
func section(blocks []Block) int {
	switch blocks[0].Kind {
	case TableOf, Facts:
		return 1
	case Heading:
		for n := 1; n < len(blocks); n++ {
			switch blocks[n].Kind {
			case Heading, Handoffs, Assumptions, Suggestions:
				return n
			case TableOf, FigureOf, Facts:
				if blocks[1].Kind == Items {
					return n
				}
			}
		}
		return len(blocks)
	}
	return 0
}

// section writes a section, folded, with the sign of the gravest note in it.
func (p *page) section(blocks []Block) {
	var title Message
	class, open := "report-section", ""
	switch first := &blocks[0]; first.Kind {
	case Heading:
		title = first.Text[0]
		if blocks = blocks[1:]; len(blocks) > 0 && blocks[0].Kind == Items {
			open = " open"
		}
	case TableOf:
		title = first.Table.Caption
	case Facts:
		title = Say("report.numbers")
		class += " report-numbers" // shown where there is room
	}
	sign := NoSign
	for i := range blocks {
		if b := &blocks[i]; b.Kind == Note && b.Sign != NoSign && sign != Flag {
			sign = b.Sign
		}
	}
	p.raw(`<details class="` + class + `"` + open + `><summary><h3 class="report-heading">`)
	p.say(title)
	p.raw("</h3>")
	if sign != NoSign {
		p.raw(` <span class="report-sign">`)
		p.sign(sign)
		p.raw("</span>")
	}
	p.raw("</summary>")
	p.folded = true
	p.blocks(blocks)
	p.folded = false
	p.raw("</details>\n")
}

func (p *page) answer(verdict *Block) {
	p.sign(verdict.Sign)
	p.raw("<strong>")
	p.say(verdict.Text[0])
	p.raw("</strong>")
}

func (p *page) blocks(all []Block) {
	for i := range all {
		p.block(&all[i])
	}
}

// BuyerHTML renders the page for the buyer, "" where the calculator has none, as
// HTML does the report. It can stand beside the report.
func BuyerHTML(r *Result, w *Words) string {
	own := *w
	p := page{w: own.Scope(w.scope + "-buyer")}
	p.blocks(r.Buyer)
	return string(p.b)
}

// AnswerHTML is the report's answer alone, the first line of its verdict; "" where it
// has none.
func AnswerHTML(r *Result, w *Words) string {
	for i := range r.Blocks {
		if b := &r.Blocks[i]; b.Kind == Verdict {
			p := page{w: w}
			p.answer(b)
			return string(p.b)
		}
	}
	return ""
}

// page collects the HTML of one report.
type page struct {
	w       *Words
	b       []byte
	figures int
	folded  bool // in a section, which is one line
}

// raw appends markup.
func (p *page) raw(s string) { p.b = append(p.b, s...) }

// text appends what must be escaped, say a message.
func (p *page) text(s string) { p.b = put(p.b, s, true) }
func (p *page) say(m Message) { p.b = p.w.say(p.b, m, true) }

// open appends a start tag with the block's class and sign.
func (p *page) open(element, class string, b *Block) {
	p.raw("<" + element + ` class="` + class)
	p.raw(`"`)
	if b.Sign != NoSign {
		p.raw(` data-sign="` + b.Sign.String() + `"`)
	}
	p.raw(">")
}

// sign appends a sign's icon and its word: never one without the other.
func (p *page) sign(s Sign) {
	if s == NoSign {
		return
	}
	p.raw(chart.SignSVG(s.String()))
	p.raw(` <b class="sign-word">`)
	p.text(p.w.lookup("report." + s.String()))
	p.raw("</b> ")
}

// end appends what ends a block: outside of sections it ends a line, too.
func (p *page) end(markup string) {
	p.raw(markup)
	if !p.folded {
		p.raw("\n")
	}
}

func (p *page) block(b *Block) {
	switch b.Kind {
	case Verdict:
		p.open("div", "report-verdict", b)
		for i, m := range b.Text {
			if i == 0 {
				p.raw(`<p class="report-answer">`)
				p.answer(b)
				p.raw("</p>")
				continue
			}
			p.raw("<p>")
			p.say(m)
			p.raw("</p>")
		}
		p.end("</div>")
	case Paragraph:
		for _, m := range b.Text {
			p.open("p", "report-text", b)
			p.say(m)
			p.end("</p>")
		}
	case Note:
		p.open("div", "report-note", b)
		for i, m := range b.Text {
			p.raw("<p>")
			if i == 0 {
				p.sign(b.Sign)
			}
			p.say(m)
			p.raw("</p>")
		}
		p.end("</div>")
	case Heading:
		p.open("h3", "report-heading", b)
		p.say(b.Text[0])
		p.end("</h3>")
	case Items:
		p.open("ul", "report-items", b)
		p.items(b.Text)
		p.end("</ul>")
	case Facts:
		p.open("dl", "report-facts", b)
		for _, f := range b.Facts {
			p.raw("<div><dt>")
			p.say(f.Label)
			p.raw(`</dt><dd class="num">`)
			p.text(p.w.Format(f.Data))
			p.raw("</dd>")
			if f.Note.phrase != nil {
				p.raw(`<dd class="report-remark">`)
				p.say(f.Note)
				p.raw("</dd>")
			}
			p.raw("</div>")
		}
		p.end("</dl>")
	case TableOf:
		p.scroll("table-scroll", b.Table.Caption)
		p.table(b.Table)
		p.end("</div>")
	case FigureOf:
		p.figure(b)
	case Suggestions:
		p.raw(`<datalist id="`)
		p.text(p.w.scope + "-" + b.List)
		p.raw(`">`)
		for _, name := range b.Names {
			p.raw(`<option value="`)
			p.text(name)
			p.raw(`">`)
		}
		p.end("</datalist>")
	case Handoffs:
		p.handoffs(b)
	case Assumptions:
		p.open("details", "report-assumptions", b)
		p.raw("<summary>")
		p.text(p.w.lookup("report.assumptions"))
		p.raw("</summary><ul>")
		p.items(b.Text)
		p.end("</ul></details>")
	}
}

// handoffs lists the links to the calculators that have a page.
func (p *page) handoffs(b *Block) {
	begun := false
	for _, h := range b.Handoffs {
		href := p.w.href("calculator:" + h.To)
		if href == "" {
			continue
		}
		if !begun {
			begun = true
			p.open("ul", "report-handoffs", b)
		}
		p.raw(`<li><a href="`)
		p.text(href + "+" + form.Encode(h.Pairs(p.w)))
		p.raw(`">`)
		p.say(h.Text)
		p.raw("</a></li>")
	}
	if begun {
		p.end("</ul>")
	}
}

func (p *page) items(list []Message) {
	for _, m := range list {
		p.raw("<li>")
		p.say(m)
		p.raw("</li>")
	}
}

// scroll opens the frame in which a table too wide for the page scrolls, by
// keyboard too.
func (p *page) scroll(class string, label Message) {
	p.raw(`<div class="` + class + `" tabindex="0" role="region" aria-label="`)
	p.text(p.w.Say(label))
	p.raw(`">`)
}

// stacks reports whether a narrow screen shows a table row by row, each cell
// behind the name of its column: it has five columns or more, not of numbers alone.
func (t *Table) stacks() bool {
	return len(t.Columns) >= 5 && slices.ContainsFunc(t.Columns[1:], func(c Column) bool { return !c.Numeric })
}

func (p *page) table(t *Table) {
	class, stacks := "report-table", t.stacks()
	if stacks {
		class += " stacks"
	}
	p.raw(`<table class="` + class + `"><caption>`)
	p.say(t.Caption)
	p.raw("</caption><thead><tr>")
	for _, c := range t.Columns {
		p.raw(`<th scope="col"`)
		p.numeric(c)
		p.say(c.Head)
		p.raw("</th>")
	}
	p.raw("</tr></thead><tbody>")
	for _, row := range t.Rows {
		p.raw("<tr>")
		for i, cell := range row {
			end := "</td>"
			if i == 0 {
				p.raw(`<th scope="row"`)
				end = "</th>"
			} else {
				p.raw("<td")
				if stacks && (cell.Message.phrase != nil || !cell.Data.IsNull()) { // a card leaves out what has no value
					p.raw(` data-head="`)
					p.text(p.w.Say(t.Columns[i].Head))
					p.raw(`"`)
				}
			}
			p.numeric(t.Columns[i])
			p.sign(cell.Sign)
			if cell.Message.phrase != nil {
				p.say(cell.Message)
			} else {
				p.text(p.w.Format(cell.Data))
			}
			p.raw(end)
		}
		p.raw("</tr>")
	}
	p.raw("</tbody></table>")
}

// numeric ends a cell's start tag.
func (p *page) numeric(c Column) {
	if c.Numeric {
		p.raw(` class="num"`)
	}
	p.raw(">")
}

func (p *page) figure(b *Block) {
	p.figures++
	f := b.Figure
	c := f.Draw(p.w)
	id := p.w.scope + "-figure-" + strconv.Itoa(p.figures)
	p.open("figure", "report-figure", b)
	p.raw(chart.SVG(c, id, p.w.Say(f.Caption), p.w.Say(f.Alt)))
	p.raw(`<details class="figure-table"><summary>`)
	p.text(p.w.lookup("report.as-table"))
	p.raw("</summary>")
	p.scroll("table-scroll", f.Caption)
	p.raw(c.Table().HTML())
	p.raw("</div></details><figcaption>") // last, as HTML wants it; the style sheet shows it above the table
	p.say(f.Caption)
	p.end("</figcaption></figure>")
}
