package pipelinehistory

import (
	"strconv"
	"unicode/utf8"

	"playbook/calculators/csv"
	"playbook/calculators/form"
	"playbook/calculators/report"
)

// history is everything about one file.
type history struct {
	in     *form.Input
	text   string
	faults []form.Fault

	kind    string // "history", "stages" or "deals"; "" while it is not known
	header  texts
	col     [roles]int // columns; −1: none
	field   int        // Salesforce's column of what has changed, or −1
	old     int        // and of what was there before
	entered ints       // the columns of dates on which stages were entered
	names   texts      // of their stages
	order   order
	samples [][]string // the first records
	rows    int

	deals  []dealing
	ids    index
	stages index // names of stages, as they come
	ends   []uint8
	rank   []int // of stages: their place, or −1 of those that end a deal
	line   []int // the stages in their order
	events []event
	skip   troubles
	asOf   int // the time of the file
	results
	args  []report.Arg
	facts []report.Datum
}

// What could not be read is counted: dates, stages, amounts, deals that end before
// they begin; and moves back.
const (
	badDate = iota
	noStage
	badAmount
	backwards
	wentBack
)

// troubles count what could not be read.
type troubles struct {
	n     [5]int
	where string // the first date: line and text
}

// What ends a deal.
const (
	open uint8 = iota
	won
	lost
)

// fault adds a fault at a field.
func (h *history) fault(field, key string, args ...form.Arg) {
	h.faults = append(h.faults, form.Fault{Field: field, Key: key, Args: args})
}

// headers are what columns are called, the most telling first; letters, digits
// and Han alone count.
var headers = [roles]string{
	deal:    "opportunityid|dealid|recordid|id|dealname|opportunityname|opportunity|deal|name|商机编号|商机id|商机|项目编号|项目|单子|编号",
	stage:   "newvalue|stagename|dealstage|stage|tostage|newstage|status|outcome|result|销售阶段|商机阶段|阶段|状态|结果|新值",
	date:    "date|changedate|changedon|dateentered|entereddate|entered|createddate|lastmodifieddate|systemmodstamp|editdate|timestamp|进入日期|变更日期|变更时间|日期|时间",
	created: "engagedate|createdate|createddate|created|opendate|opened|startdate|创建日期|创建时间|立项日期|开始日期",
	closed:  "closedate|closeddate|closed|enddate|dateclosed|成交日期|签约日期|关闭日期|结束日期",
	value:   "amount|closevalue|value|dealvalue|合同金额|成交金额|金额",
}

// plain is a header as it is compared.
func plain(s string) string {
	var b []byte
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= 'A' && c <= 'Z':
			b = append(b, c+'a'-'A')
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9', c >= 0x80:
			b = append(b, c)
		}
	}
	return string(b)
}

// next takes the first part of a list off.
func next(list string) (first, rest string) {
	for i := range len(list) {
		if list[i] == '|' {
			return list[:i], list[i+1:]
		}
	}
	return list, ""
}

// survey finds out what the file is: its columns, how its dates are written, what
// kind it is. It is false where nothing can be computed.
func (h *history) survey() bool {
	for i := range min(len(h.text), 4096) {
		if h.text[i] == 0 || i == 1 && h.text[:2] == "PK" {
			h.fault("file", "binary")
			return false
		}
	}
	if !utf8.ValidString(h.text) {
		h.fault("file", "encoding")
		return false
	}
	r := csv.New(h.text)
	if !r.Next() {
		return false
	}
	for i, s := range r.Fields {
		if s = clean(s); s == "" {
			s = "#" + strconv.Itoa(i+1)
		}
		h.header.add(s)
	}
	h.columns()
	var seen index
	var orders [4]int
	example := ""
	ids := 0
	for r.Next() {
		if h.rows++; h.rows > maxRows {
			h.fault("file", "rows", form.Arg{Name: "max", Value: strconv.Itoa(maxRows)})
			return false
		}
		if len(h.samples) < 3 {
			h.samples = append(h.samples, append([]string(nil), r.Fields...))
		}
		if s := cell(r.Fields, h.col[deal]); s != "" {
			ids++
			seen.put(s)
		}
		look := func(column int) {
			s := cell(r.Fields, column)
			if s == "" {
				return
			}
			d := take(s)
			o := d.order()
			if orders[o]++; o == auto && example == "" {
				example = short(s)
			}
		}
		for _, c := range h.entered {
			look(c)
		}
		for c := date; c <= closed; c++ {
			look(h.col[c])
		}
	}
	if r.Open > 0 {
		h.fault("file", "quote", form.Arg{Name: "line", Value: strconv.Itoa(r.Open)})
	}
	if h.rows == 0 {
		h.fault("file", "empty")
	}
	switch {
	case len(h.entered) > 1:
		h.kind = "stages"
	case h.col[stage] >= 0 && h.col[date] >= 0 && h.col[deal] >= 0 && (len(seen.keys) < ids || h.field >= 0):
		h.kind = "history"
	default:
		h.kind = "deals"
		if h.col[stage] < 0 && h.rows > 0 && !h.faulty("stage") {
			h.fault("stage", "stage-missing")
		}
	}
	typed := h.in.Text("date_order")
	for o, name := range []string{"auto", "ymd", "dmy", "mdy"} {
		if typed == name {
			h.order = order(o)
		}
	}
	if h.order == auto {
		switch {
		case orders[dmy] > 0 && orders[mdy] > 0:
			h.fault("date_order", "mixed")
		case orders[dmy] > 0:
			h.order = dmy
		case orders[mdy] > 0:
			h.order = mdy
		case orders[auto] > 0:
			h.fault("date_order", "ambiguous", form.Arg{Name: "value", Value: example})
		}
	}
	return len(h.faults) == 0
}

func (h *history) faulty(field string) bool {
	for _, f := range h.faults {
		if f.Field == field {
			return true
		}
	}
	return false
}

// columns finds the columns of every role.
func (h *history) columns() {
	h.field, h.old = -1, -1
	taken := make([]bool, len(h.header))
	keys := make([]string, len(h.header))
	for i, s := range h.header {
		keys[i] = plain(s)
		if name, ok := enteredStage(s); ok {
			h.entered.add(i)
			h.names.add(name)
			taken[i] = true
		}
	}
	h.names = cutSuffix(h.names)
	find := func(list string) int {
		for list != "" {
			var key string
			key, list = next(list)
			for i := range keys {
				if keys[i] == key && !taken[i] {
					return i
				}
			}
		}
		return -1
	}
	if i := find("field"); i >= 0 && find("newvalue") >= 0 {
		h.field, h.old = i, find("oldvalue")
	}
	for role := range roles {
		h.col[role] = -1
		if typed := h.in.Text(roleNames[role]); typed != "" {
			if h.col[role] = form.Refer(h.header, typed); h.col[role] < 0 {
				h.fault(roleNames[role], "column", form.Arg{Name: "name", Value: typed})
			}
		} else {
			h.col[role] = find(headers[role])
		}
	}
}

// enteredStage takes the stage's name from the header of a column that says when
// it was entered: Date entered "Proposal (Pipeline)", 进入“方案”日期.
func enteredStage(s string) (string, bool) {
	const english, chinese, day, time = "date entered ", "进入", "日期", "时间"
	switch {
	case len(s) > len(english) && form.Same(s[:len(english)], english):
		s = s[len(english):]
	case len(s) > len(chinese)+len(day) && s[:len(chinese)] == chinese && (s[len(s)-len(day):] == day || s[len(s)-len(time):] == time):
		s = s[len(chinese) : len(s)-len(day)]
	default:
		return "", false
	}
	return unquote(clean(s)), true
}

// unquote takes quotation marks off both ends.
func unquote(s string) string {
	for _, mark := range []string{"\"", "'", "“", "”", "「", "」", "‘", "’"} {
		if n := len(mark); len(s) > 2*n {
			if s[:n] == mark {
				s = s[n:]
			}
			if s[len(s)-n:] == mark {
				s = s[:len(s)-n]
			}
		}
	}
	return s
}

// cutSuffix takes the name of the pipeline, " (…)", off all stages where it is
// the same.
func cutSuffix(names []string) []string {
	suffix := ""
	for i, s := range names {
		at := len(s)
		for j := range len(s) - 1 {
			if s[j] == ' ' && s[j+1] == '(' && s[len(s)-1] == ')' {
				at = j
			}
		}
		if i == 0 {
			suffix = s[at:]
		}
		if s[at:] != suffix || at == 0 {
			return names
		}
	}
	for i, s := range names {
		names[i] = s[:len(s)-len(suffix)]
	}
	return names
}

// cell is a field without the space around it; "" where the record is too short.
func cell(fields []string, column int) string {
	if column < 0 || column >= len(fields) {
		return ""
	}
	s := fields[column]
	for s != "" && s[0] <= ' ' {
		s = s[1:]
	}
	for s != "" && s[len(s)-1] <= ' ' {
		s = s[:len(s)-1]
	}
	return s
}

// clean makes a short clean line of a field, for names.
func clean(s string) string {
	var b []byte
	for _, r := range s {
		if r < ' ' || r == 0x3000 {
			r = ' '
		}
		if r == ' ' && (len(b) == 0 || b[len(b)-1] == ' ') || r == 0x7F || r == 0xFEFF || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 {
			continue
		}
		if len(b) > 100 {
			b = append(b, "…"...)
			break
		}
		b = utf8.AppendRune(b, r)
	}
	if n := len(b); n > 0 && b[n-1] == ' ' {
		b = b[:n-1]
	}
	return string(b)
}

// short is what a message shows of a field.
func short(s string) string {
	s = clean(s)
	n := 0
	for i := range s {
		if n++; n > 30 {
			return s[:i] + "…"
		}
	}
	return s
}

// index numbers texts in the order in which they come: a hash table, without the
// weight of Go's maps.
type index struct {
	keys  texts
	slots []int32 // numbers of keys plus one
}

// put is the number of a text, a new one where it is new.
func (x *index) put(key string) int {
	if 2*len(x.keys) >= len(x.slots) {
		x.slots = make([]int32, max(64, 4*len(x.slots)))
		for i, k := range x.keys {
			x.slots[x.slot(k)] = int32(i + 1)
		}
	}
	at := x.slot(key)
	if n := x.slots[at]; n > 0 {
		return int(n - 1)
	}
	x.keys.add(key)
	x.slots[at] = int32(len(x.keys))
	return len(x.keys) - 1
}

// slot is where a text is, or may be put.
func (x *index) slot(key string) int {
	hash := uint32(2166136261)
	for i := range len(key) {
		hash = (hash ^ uint32(key[i])) * 16777619
	}
	at := int(hash % uint32(len(x.slots)))
	for x.slots[at] > 0 && x.keys[x.slots[at]-1] != key {
		if at++; at == len(x.slots) {
			at = 0
		}
	}
	return at
}
