// Package csv reads comma-separated values as people's programs write them: RFC
// 4180, and what strays from it in practice. A first mark of byte order is
// dropped; the separator is the comma, semicolon, tab or bar that splits the
// first records most evenly, or the one of a first line "sep=;"; lines end in LF,
// CRLF or CR; a quote inside a field that does not begin with one stands for
// itself; empty lines are no records. Records may have fewer or more fields than
// the first.
//
//	r := csv.New(text)
//	for r.Next() {
//		use(r.Fields, r.Line)
//	}
//	if r.Open > 0 { … } // a quote begins on that line and never ends
//
// encoding/csv wants an io.Reader and weighs much in WebAssembly. This reads a
// string once, without copying: fields are parts of the text, but for those that
// hold doubled quotes.
package csv

// Reader reads records one after the other.
type Reader struct {
	Comma  byte     // the separator
	Fields []string // of the record that Next has read; good until the next
	Line   int      // on which that record begins, from 1
	Open   int      // the line of a quote that never ends; 0: none

	text string
	at   int
	line int // at which at stands
}

// New begins to read a text.
func New(text string) *Reader {
	if len(text) >= 3 && text[:3] == "\uFEFF" {
		text = text[3:]
	}
	r := &Reader{Comma: ',', text: text, line: 1}
	if len(text) >= 6 && text[:4] == "sep=" && (text[5] == '\r' || text[5] == '\n') {
		r.Comma, r.at = text[4], 5
		return r
	}
	best := 0
	for _, comma := range []byte{'\t', ';', '|', ','} { // of two as even, not the one that texts have
		try := Reader{Comma: comma, text: text, line: 1}
		if n := try.even(); n > best {
			best, r.Comma = n, comma
		}
	}
	return r
}

// even says how well the separator splits the first records: more the more of them
// have the commonest number of fields, then the more fields that is; 0 where it
// splits none. Lines above a table and below it, which have one field, do not count.
func (r *Reader) even() int {
	var records [256]int // by their number of fields
	for range 40 {
		if !r.Next() {
			break
		}
		records[min(len(r.Fields), len(records)-1)]++
	}
	best := 0
	for n, times := range records[2:] {
		if times > 0 {
			best = max(best, times*1000+n)
		}
	}
	return best
}

// Next reads a record, and is false at the end.
func (r *Reader) Next() bool {
	for r.at < len(r.text) && (r.text[r.at] == '\n' || r.text[r.at] == '\r') {
		r.newline()
	}
	if r.at >= len(r.text) {
		return false
	}
	r.Line = r.line
	r.Fields = r.Fields[:0]
	for {
		r.Fields = append(r.Fields, r.field())
		if r.at >= len(r.text) {
			return true
		}
		if r.text[r.at] == r.Comma {
			r.at++
			continue
		}
		r.newline()
		return true
	}
}

// newline passes one end of a line.
func (r *Reader) newline() {
	if r.text[r.at] == '\r' && r.at+1 < len(r.text) && r.text[r.at+1] == '\n' {
		r.at++
	}
	r.at++
	r.line++
}

// field reads a field up to the separator, the end of the line or of the text.
func (r *Reader) field() string {
	if r.at < len(r.text) && r.text[r.at] == '"' {
		return r.quoted()
	}
	from := r.at
	for r.at < len(r.text) && r.text[r.at] != r.Comma && r.text[r.at] != '\n' && r.text[r.at] != '\r' {
		r.at++
	}
	return r.text[from:r.at]
}

// quoted reads a field that begins with a quote; what follows the closing quote
// belongs to it.
func (r *Reader) quoted() string {
	began := r.line
	r.at++
	from := r.at
	var b []byte // where the field is not one part of the text
	for {
		if r.at >= len(r.text) {
			if r.Open == 0 {
				r.Open = began
			}
			return string(append(b, r.text[from:]...))
		}
		switch c := r.text[r.at]; {
		case c == '\n' || c == '\r':
			r.newline()
		case c != '"':
			r.at++
		case r.at+1 < len(r.text) && r.text[r.at+1] == '"':
			b = append(b, r.text[from:r.at+1]...)
			r.at += 2
			from = r.at
		default:
			whole := r.text[from:r.at]
			r.at++
			rest := r.at
			for r.at < len(r.text) && r.text[r.at] != r.Comma && r.text[r.at] != '\n' && r.text[r.at] != '\r' {
				r.at++
			}
			if b == nil && rest == r.at {
				return whole
			}
			return string(append(append(b, whole...), r.text[rest:r.at]...))
		}
	}
}
