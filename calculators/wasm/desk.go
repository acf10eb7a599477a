package main

import (
	"playbook/calculators"
	"playbook/calculators/charset"
	"playbook/calculators/form"
	"playbook/calculators/report"
)

// desk answers requests. It keeps the words of every calculator it was given.
type desk struct{ open []*worksheet }

// worksheet is a calculator in one language.
type worksheet struct {
	calculator *calculators.Calculator
	form       *form.Form // in that language
	entries    []entry    // sorted by key
	words      *report.Words
	files      []form.Pair // what fields of kind File hold; beside the encodings, which carry an empty value for them
}

// entry is one word.
type entry struct{ key, word string }

// answer answers one request.
func (d *desk) answer(request string) []byte {
	head, payload, _ := cut(request, '\n')
	command, id, _ := cut(head, ' ')
	calculator := calculators.Find(id)
	switch {
	case calculator != nil:
	case command == "words":
		calculator = calculators.FromSheet(lineOf(payload, "sheet"))
	default:
		calculator = d.find(id)
	}
	if calculator == nil || calculator.ID != id {
		return []byte("error\tno calculator " + escape(id) + "\n")
	}
	var render func(*report.Result, *report.Words) string
	switch command {
	case "words":
		d.put(newWorksheet(calculator, payload))
		return nil
	case "file":
		name, text, _ := cut(payload, '\n')
		s := d.worksheet(calculator)
		s.files = append(s.files, form.Pair{Name: name, Value: text})
		d.put(s)
		return nil
	case "compute":
		render = report.HTML
	case "buyer":
		render = report.BuyerHTML
	case "csv":
		render = report.CSV
	case "values":
		render = values
	case "charset":
		var names []byte
		for i, name := range charset.Detect(payload) {
			if i > 0 {
				names = append(names, ' ')
			}
			names = append(names, name...)
		}
		return names
	default:
		return []byte("error\tno command " + escape(command) + "\n")
	}
	return d.worksheet(calculator).compute(payload, render)
}

// values lists what was computed as the report prints it, for a page's text.
func values(r *report.Result, w *report.Words) string {
	lines := ""
	for _, v := range r.Values {
		lines += v.Name + "\t" + escape(w.Format(v.Data)) + "\n"
	}
	return lines
}

// find returns the calculator with that id whose words have come, or nil.
func (d *desk) find(id string) *calculators.Calculator {
	for _, s := range d.open {
		if s.calculator.ID == id {
			return s.calculator
		}
	}
	return nil
}

// lineOf is the word of a key among lines of words, "" where there is none.
func lineOf(payload, key string) string {
	for payload != "" {
		var line string
		line, payload, _ = cut(payload, '\n')
		if k, word, ok := cut(line, '\t'); ok && k == key {
			return unescape(word)
		}
	}
	return ""
}

// worksheet returns a calculator's worksheet, one without words if there were
// none yet: its report then shows keys.
func (d *desk) worksheet(c *calculators.Calculator) *worksheet {
	for _, s := range d.open {
		if s.calculator.ID == c.ID {
			return s
		}
	}
	return newWorksheet(c, "")
}

func (d *desk) put(s *worksheet) {
	for i, old := range d.open {
		if old.calculator.ID == s.calculator.ID {
			d.open[i] = s
			return
		}
	}
	d.open = append(d.open, s)
}

func newWorksheet(c *calculators.Calculator, payload string) *worksheet {
	s := &worksheet{calculator: c}
	for payload != "" {
		var line string
		line, payload, _ = cut(payload, '\n')
		if key, word, ok := cut(line, '\t'); ok {
			// They come sorted; one that does not moves to its place.
			s.entries = append(s.entries, entry{unescape(key), unescape(word)})
			for i := len(s.entries) - 1; i > 0 && s.entries[i].key < s.entries[i-1].key; i-- {
				s.entries[i], s.entries[i-1] = s.entries[i-1], s.entries[i]
			}
		}
	}
	s.form = c.Form.In(s.word)
	s.words = report.NewWords(c.ID, s.word, func(module string) string { return s.word("link." + module) })
	if id := s.word("scope"); id != "" {
		s.words.Scope(id)
	}
	return s
}

// word looks a word up, "" if there is none.
func (s *worksheet) word(key string) string {
	low, high := 0, len(s.entries)
	for low < high {
		middle := (low + high) / 2
		if s.entries[middle].key < key {
			low = middle + 1
		} else {
			high = middle
		}
	}
	if low < len(s.entries) && s.entries[low].key == key {
		return s.entries[low].word
	}
	return ""
}

func (s *worksheet) compute(encoded string, render func(*report.Result, *report.Words) string) []byte {
	pairs := form.Parse(encoded)
	for i := range pairs {
		for _, f := range s.files {
			if pairs[i].Name == f.Name {
				pairs[i].Value = f.Value
			}
		}
	}
	in, faults := form.DecodePairs(s.form, pairs)
	b := s.faults(nil, faults)
	for _, f := range faults {
		if f.Key != "unknown" {
			return b
		}
	}
	result, faults := s.calculator.Compute(in)
	if b = s.faults(b, faults); result == nil {
		return b
	}
	return append(append(b, '\n'), render(result, s.words)...)
}

func (s *worksheet) faults(b []byte, faults []form.Fault) []byte {
	for _, f := range faults {
		b = append(b, "fault\t"+escape(f.Field)+"\t"+escape(s.words.Fault(f))+"\n"...)
	}
	return b
}

// cut splits s at the first c.
func cut(s string, c byte) (before, after string, found bool) {
	for i := range len(s) {
		if s[i] == c {
			return s[:i], s[i+1:], true
		}
	}
	return s, "", false
}

// escape writes a text so that it fits between tabs in one line.
func escape(s string) string {
	var b []byte
	for i := range len(s) {
		switch s[i] {
		case '\n':
			b = append(b, '\\', 'n')
		case '\t':
			b = append(b, '\\', 't')
		case '\\':
			b = append(b, '\\', '\\')
		default:
			b = append(b, s[i])
		}
	}
	return string(b)
}

// unescape is the inverse of escape; a backslash before anything else stands for
// itself.
func unescape(s string) string {
	var b []byte
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) {
			switch s[i+1] {
			case 'n':
				b = append(b, '\n')
				i++
				continue
			case 't':
				b = append(b, '\t')
				i++
				continue
			case '\\':
				b = append(b, '\\')
				i++
				continue
			}
		}
		b = append(b, s[i])
	}
	return string(b)
}
