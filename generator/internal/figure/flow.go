package figure

import (
	"slices"
	"strconv"

	"playbook/calculators/chart"
	"playbook/generator/internal/diag"
	"playbook/generator/internal/strict"
)

// flow reads a flowchart, its spine in the order of the first ways:
//
//	nodes: [{id, label, note, kind: step | start | decision | end, bp: true, module: TRACK/NAME, to: [{id, label}]}]
//
// A node with a module is a link to it.
func flow(o *strict.Object) chart.Chart {
	c := &chart.Flow{}
	f := &linked{Flow: c}
	var ids []string
	type way struct {
		at        *strict.Object
		id, label string
	}
	var ways [][]way
	o.Each("nodes", 2, func(o *strict.Object) {
		id := o.Required("id", "so that others can lead to it")
		if id != "" && slices.Contains(ids, id) {
			o.Add("id", "the id "+strconv.Quote(id)+" is given twice", "")
		}
		ids = append(ids, id)
		node := chart.FlowNode{
			Label: o.Required("label", ""),
			Note:  o.Text("note"),
			Kind:  []chart.FlowKind{chart.FlowStep, chart.FlowEnd, chart.FlowDecision, chart.FlowEnd}[o.Choice("kind", "step", "start", "decision", "end")],
			BP:    o.Bool("bp"),
			Link:  o.Text("module"),
		}
		if node.Link != "" {
			f.links = append(f.links, Link{node.Link, o.At("module")})
		}
		c.Nodes = append(c.Nodes, node)
		var to []way
		if o.Has("to") {
			o.Each("to", 1, func(o *strict.Object) {
				to = append(to, way{o, o.Required("id", "the id of the node that it leads to"), o.Text("label")})
			})
		}
		ways = append(ways, to)
	})
	for i, list := range ways {
		for _, w := range list {
			to := slices.Index(ids, w.id)
			if to < 0 && w.id != "" {
				d := "there is no node " + strconv.Quote(w.id) + diag.Suggest(w.id, ids)
				w.at.Add("id", d, "name the id of another node")
			}
			c.Nodes[i].To = append(c.Nodes[i].To, chart.FlowWay{To: to, Label: w.label})
		}
	}
	return f
}

// linked is a flowchart with the links that it holds.
type linked struct {
	*chart.Flow
	links []Link
}
