package chart

// SVG renders the chart as one <svg role="img"> element with <title> and
// <desc>; one that holds links is a group, whose links can be reached. id must be unique on the page: it prefixes the ids inside. Colours
// and line weights are classes, which the style sheet 50-figures.css fills.
func SVG(c Chart, id, title, desc string) string {
	p := &pen{id: escape(id), wide: wide}
	high := c.draw(p)
	body := p.b

	p.b = nil
	role := "img"
	if p.links {
		role = "group"
	}
	p.add(`<svg class="fig fig-`, c.name(), `" role="`, role, `" viewBox="0 0 `)
	p.num(p.wide)
	p.add(" ")
	p.num((high + 9) / 10 * 10)
	if p.sized {
		p.add(`" style="--w:`)
		p.num(p.wide)
	}
	p.add(`" aria-labelledby="`, p.id, "-t")
	if desc != "" {
		p.add(" ", p.id, "-d")
	}
	p.add(`"><title id="`, p.id, `-t">`, escape(title), "</title>")
	if desc != "" {
		p.add(`<desc id="`, p.id, `-d">`, escape(desc), "</desc>")
	}
	p.add(p.defs(), string(body), "</svg>")
	return string(p.b)
}

// The shapes of the two signs, 20 by 20: an area, and a line.
const (
	flagShape = `<path d="M4.6 3.4q3.8-1.9 7-.1 2.8 1.5 6 .2-1 3.4-.1 6.8-3.3 1.4-6.1-.2-3.1-1.7-6.6.1z"/>` +
		`<path d="M4.4 1.8q.5 8.2.1 16.6"/>`
	bellShape = `<path d="M10 3.2c-3.3 0-4.7 2.5-4.7 5.6 0 3.6-1.1 4.7-2.4 6.3q7.1.7 14.3-.1c-1.4-1.5-2.5-2.7-2.5-6.2 0-3-1.4-5.6-4.7-5.6z"/>` +
		`<path d="M10 1.5v1.7M8 17.4q1.9 1.9 4-.1"/>`
)

// signShape is the shape of a sign; "" for anything else.
func signShape(sign string) string {
	switch sign {
	case "flag":
		return flagShape
	case "bell":
		return bellShape
	}
	return ""
}

// SignSVG is one of the two signs of the course as an icon, "flag" or "bell";
// anything else gives nothing. It is hidden from assistive technology: a word
// stands beside it.
func SignSVG(sign string) string {
	if signShape(sign) == "" {
		return ""
	}
	return `<svg class="sign sign-` + sign + `" viewBox="0 0 20 20" aria-hidden="true">` + signShape(sign) + "</svg>"
}

// row adds a row of cells.
func (t *Table) row(cells ...string) { t.Rows = append(t.Rows, cells) }

// HTML is the table as markup, for the fold below a figure.
func (t Table) HTML() string {
	p := &pen{}
	cell := func(tag, text string) { p.add("<", tag, ">", escape(text), "</", tag[:2], ">") }
	p.add(`<table class="figure-data">`)
	if len(t.Head) > 0 {
		p.add("<thead><tr>")
		for _, s := range t.Head {
			cell(`th scope="col"`, s)
		}
		p.add("</tr></thead>")
	}
	p.add("<tbody>")
	for _, row := range t.Rows {
		p.add("<tr>")
		for i, s := range row {
			if i == 0 {
				cell(`th scope="row"`, s)
			} else {
				cell("td", s)
			}
		}
		p.add("</tr>")
	}
	p.add("</tbody></table>")
	return string(p.b)
}

// escape makes a text safe in HTML, as content and as an attribute.
func escape(s string) string {
	var b []byte
	done := 0
	for i := range len(s) {
		with := ""
		switch s[i] {
		case '&':
			with = "&amp;"
		case '<':
			with = "&lt;"
		case '>':
			with = "&gt;"
		case '"':
			with = "&#34;"
		case '\'':
			with = "&#39;"
		case 0:
			with = "�"
		default:
			continue
		}
		b = append(append(b, s[done:i]...), with...)
		done = i + 1
	}
	return string(append(b, s[done:]...))
}
