package report

import (
	"strconv"

	"playbook/calculators/form"
)

// Raised is a red flag that a worksheet raises by its rules: what stands in the
// way, and why that is a flag.
type Raised struct{ What, Cause Message }

// Flags are the red flags of a worksheet, the most pressing first.
type Flags []Raised

// Add raises one: key is what stands in the way, key and "-cause" why that is a
// flag; both take the arguments, as in Say.
func (f *Flags) Add(key string, args ...any) {
	*f = append(*f, Raised{Say(key, args...), Say(key+"-cause", args...)})
}

// Data are data of a list as it grows.
type Data []Datum

// Add adds one. Every append that is written out weighs 400 bytes in
// WebAssembly.
func (l *Data) Add(d Datum) { *l = append(*l, d) }

// mostRaised is how many flags are listed and handed over: more than anybody
// works on at a time.
const mostRaised = 20

// Raise lists red flags, the most pressing first, with the link that takes them
// over to the worksheet of red flags. None adds nothing.
func (r *Result) Raise(flags []Raised) {
	if len(flags) == 0 {
		return
	}
	t := r.Table(Say("report.raised.caption", "n", Count(int64(len(flags)))), "report.raised.what", "report.raised.cause")
	var pairs []any
	for i, f := range flags[:min(len(flags), mostRaised)] {
		t.Row(Cell{Message: f.What, Sign: Flag}, f.Cause)
		row := "flag." + strconv.Itoa(i)
		pairs = append(pairs, row+".what", f.What, row+".cause", f.Cause)
	}
	if more := len(flags) - mostRaised; more > 0 {
		r.Add(Note, NoSign, Say("report.raised.more", "n", Count(int64(more))))
	}
	r.Handoff("red-flags", Say("report.raised.hand"), pairs...)
}

// Name is a name that the reader typed, or the word for none.
func Name(typed string) Datum {
	if typed == "" {
		return Word("report.nameless")
	}
	return Text(typed)
}

// Some is a list of names as a sentence can bear it: the first, and how many
// more there are.
func Some(names []Datum) Datum {
	const most = 8
	if more := len(names) - most; more > 0 {
		names = append(names[:most:most], Text("+"+strconv.Itoa(more)))
	}
	return List(names...)
}

// Twice notes a name that stands on a list more than once, where names need not
// differ but the reader will want to tell people apart.
func (r *Result) Twice(names []string) {
	for i, name := range names {
		for _, before := range names[:i] {
			if name != "" && form.Same(name, before) {
				r.Add(Note, Flag, Say("report.twice", "name", name))
				return
			}
		}
	}
}
