package report

// JSON renders the "values" object: every computed number under its stable
// name, in the order of the result. Money, counts, ratios and percentages are
// numbers in their shortest form, months and dates texts, what does not exist
// null.
func JSON(r *Result) string {
	b := []byte{'{'}
	for i, v := range r.Values {
		if i > 0 {
			b = append(b, ',')
		}
		b = quote(b, v.Name)
		b = append(b, ':')
		b = v.Data.json(b)
	}
	return string(append(b, '}'))
}

func (d Datum) json(b []byte) []byte {
	d = d.sure()
	switch d.kind {
	case null:
		return append(b, "null"...)
	case money, fixed, exact, percent, boolean:
		return append(b, d.plain()...)
	case list:
		b = append(b, '[')
		for i, item := range d.list {
			if i > 0 {
				b = append(b, ',')
			}
			b = item.json(b)
		}
		return append(b, ']')
	}
	return quote(b, d.plain())
}

// quote appends a JSON string. Angle brackets and ampersands are escaped, so
// that the object can stand in a page as it is.
func quote(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	for _, r := range s { // what is not UTF-8 comes out as U+FFFD
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r < ' ' || r == '<' || r == '>' || r == '&':
			b = append(b, '\\', 'u', '0', '0', hex[r>>4], hex[r&15])
		default:
			b = append(b, string(r)...)
		}
	}
	return append(b, '"')
}
