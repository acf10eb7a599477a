package report

import "unicode/utf8"

// CSV renders the report for a spreadsheet, as RFC 4180 with CRLF: first the
// values (name, value), then each table with its caption, an empty record
// before it. Every record has the same number of cells. Numbers are plain
// (12000.5, whatever the language), and a text that a spreadsheet would run as
// a formula has an apostrophe put before it.
func CSV(r *Result, w *Words) string {
	records := [][]string{{"name", "value"}}
	for _, v := range r.Values {
		records = append(records, []string{v.Name, v.Data.plain()})
	}
	for _, b := range r.Blocks {
		if b.Kind != TableOf {
			continue
		}
		records = append(records, nil, []string{w.Say(b.Table.Caption)})
		var head []string
		for _, c := range b.Table.Columns {
			head = append(head, w.Say(c.Head))
		}
		records = append(records, head)
		for _, row := range b.Table.Rows {
			var cells []string
			for _, c := range row {
				switch {
				case c.Message.phrase != nil:
					cells = append(cells, w.Say(c.Message))
				case c.Data.sure().kind == word, c.Data.sure().kind == boolean:
					cells = append(cells, w.Format(c.Data))
				default:
					cells = append(cells, c.Data.plain())
				}
			}
			records = append(records, cells)
		}
	}
	width := 0
	for _, cells := range records {
		width = max(width, len(cells))
	}
	var b []byte
	for _, cells := range records {
		for i := range width {
			if i > 0 {
				b = append(b, ',')
			}
			if i < len(cells) {
				b = csvCell(b, cells[i])
			}
		}
		b = append(b, '\r', '\n')
	}
	return string(b)
}

func csvCell(b []byte, s string) []byte {
	if runs(s) {
		s = "'" + s
	}
	quoted := false
	for i := 0; i < len(s) && !quoted; i++ {
		quoted = s[i] == ',' || s[i] == '"' || s[i] == '\r' || s[i] == '\n'
	}
	if !quoted {
		return append(b, s...)
	}
	b = append(b, '"')
	for i := 0; i < len(s); i++ {
		if s[i] == '"' {
			b = append(b, '"')
		}
		b = append(b, s[i])
	}
	return append(b, '"')
}

// runs reports whether a spreadsheet would take a cell for a formula. A plain
// negative number is none. Some take the full-width signs for theirs.
func runs(s string) bool {
	switch first, _ := utf8.DecodeRuneInString(s); first {
	case '-':
		return !plainNumber(s[1:])
	case '=', '+', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠':
		return true
	}
	return false
}

// plainNumber reports whether s is digits with at most one point among them.
func plainNumber(s string) bool {
	points := 0
	for i := 0; i < len(s); i++ {
		switch {
		case '0' <= s[i] && s[i] <= '9':
		case s[i] == '.' && i > 0 && i < len(s)-1:
			points++
		default:
			return false
		}
	}
	return s != "" && points < 2
}
