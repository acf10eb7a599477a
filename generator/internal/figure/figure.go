// Package figure reads what authors write as data in a fenced block
// "figure KIND" and gives a chart:
//
//	```figure balance
//	caption: The consequences decide
//	alt: A pair of scales; the six problems on the left outweigh the price.
//	left:
//	  label: Problem
//	  items:
//	    - {label: Training, value: 2500}
//	…
//	```
//
// Decoding is strict: every key is known, every value of its kind, and every
// fault is reported with its line and column, all of them in one go. A kind is
// one file and one line in the list of kinds: a function that asks the block
// for what it needs. What it does not ask for is unknown.
package figure

import (
	"slices"
	"strconv"
	"strings"

	"playbook/calculators/chart"
	"playbook/generator/internal/diag"
	"playbook/generator/internal/strict"
)

// Figure is one decoded figure.
type Figure struct {
	Kind    string
	Caption string // shown under the figure; required
	Alt     string // what the picture says, for readers who do not see it; required
	Chart   chart.Chart
	Links   []Link // to modules, of a chart whose parts lead there
	Bound   []Bound
}

// Bound is a number in the figure's texts that a calculator of the page computes:
// under the key bound, what the figure says and CALCULATOR.VALUE.
type Bound struct {
	Text, Value string
	Pos         diag.Pos // of the text
}

// Link is a module that a figure leads to, and where the author names it.
type Link struct {
	Module string
	Pos    diag.Pos
}

// kinds are the kinds of figure there are.
var kinds = map[string]func(*strict.Object) chart.Chart{
	"balance":   balance,
	"bars":      bars,
	"calendar":  calendar,
	"chain":     chain,
	"flow":      flow,
	"funnel":    funnel,
	"gantt":     gantt,
	"gaps":      gaps,
	"layers":    layers,
	"load":      load,
	"needs":     needs,
	"org":       org,
	"pareto":    pareto,
	"quadrants": quadrants,
	"radar":     radar,
	"ranges":    ranges,
	"shapes":    shapes,
}

// Kinds lists the kinds of figure there are, in the order of the alphabet.
func Kinds() []string {
	var names []string
	for name := range kinds {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Parse decodes the YAML of a figure block. at is the place of the block's
// first content line; src its lines as written. An unknown kind is reported on
// the line before, where it stands. With faults the figure is nil.
func Parse(kind string, src []byte, at diag.Pos) (*Figure, diag.List) {
	decode := kinds[kind]
	if decode == nil {
		return nil, unknown(kind, at)
	}
	o, r := strict.Read(src, at, "figure", "a figure")
	if o == nil {
		return nil, r.Faults()
	}
	f := &Figure{
		Kind:    kind,
		Caption: o.Required("caption", "say under the figure what it shows"),
		Alt:     o.Required("alt", "tell a reader who does not see the picture what it says"),
	}
	if bound := o.Map("bound"); bound != nil {
		for _, e := range bound.Rest() {
			if strings.Count(string(src), e.Key) < 2 { // once as the key itself
				r.Add(e.KeyAt, "the figure does not say "+strconv.Quote(e.Key), "write the number as it stands in the caption, the alt text or a label")
			}
			f.Bound = append(f.Bound, Bound{Text: e.Key, Value: e.Value, Pos: e.KeyAt})
		}
	}
	f.Chart = decode(o)
	if l, ok := f.Chart.(*linked); ok {
		f.Chart, f.Links = l.Flow, l.links
	}
	o.End()
	if faults := r.Faults(); len(faults) > 0 {
		return nil, faults
	}
	return f, nil
}

// unknown reports a kind that there is not.
func unknown(kind string, at diag.Pos) diag.List {
	at.Line--
	d := diag.Diag{Pos: at, Rule: "figure", Message: "unknown figure " + strconv.Quote(kind), Help: "the kinds are " + strings.Join(Kinds(), ", ")}
	if kind == "" {
		d.Message = "figure without a kind"
	} else {
		d.Message += diag.Suggest(kind, Kinds())
	}
	return diag.List{d}
}

// sign is "", "flag" or "bell".
func sign(o *strict.Object) string {
	return [...]string{"", "flag", "bell"}[o.Choice("sign", "none", "flag", "bell")]
}
