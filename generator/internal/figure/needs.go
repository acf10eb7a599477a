package figure

import (
	"slices"
	"strconv"

	"playbook/calculators/chart"
	"playbook/generator/internal/diag"
	"playbook/generator/internal/strict"
)

// needs reads a map of needs:
//
//	nodes: [{id, type: TP | CP | KBR | GOAL, label, owner, supports: [id, …], sign}]
func needs(o *strict.Object) chart.Chart {
	layers := [4]string{"TP", "CP", "KBR", "GOAL"}
	c := &chart.Needs{Layers: layers}
	var ids []string
	var nodes []*strict.Object
	var supports [][]string
	o.Each("nodes", 2, func(o *strict.Object) {
		id := o.Required("id", "so that others can name it")
		if id != "" && slices.Contains(ids, id) {
			o.Add("id", "the id "+strconv.Quote(id)+" is given twice", "")
		}
		ids, nodes = append(ids, id), append(nodes, o)
		c.Nodes = append(c.Nodes, chart.Need{
			Layer: o.Choice("type", layers[:]...),
			Label: o.Required("label", ""),
			Owner: o.Text("owner"),
			Sign:  sign(o),
		})
		supports = append(supports, o.Texts("supports"))
	})
	if len(ids) > chart.MostNeeds {
		o.Add("nodes", "a map of needs draws at most "+strconv.Itoa(chart.MostNeeds)+" boxes", "leave out what is not on a way to the goal")
	}
	for i, names := range supports {
		for _, name := range names {
			to := slices.Index(ids, name)
			if to < 0 {
				d := "there is no box " + strconv.Quote(name) + diag.Suggest(name, ids)
				nodes[i].Add("supports", d, "name the id of another box")
				continue
			}
			c.Nodes[i].Supports = append(c.Nodes[i].Supports, to)
		}
	}
	for i := range c.Nodes {
		if reaches(c, i, i, make([]bool, len(c.Nodes))) {
			nodes[i].Add("supports", strconv.Quote(ids[i])+" supports itself, directly or through others", "a line leads up: take one of these out")
			break // the others of the circle would say the same
		}
	}
	return c
}

// reaches reports whether a way leads up from a box to another.
func reaches(c *chart.Needs, from, to int, seen []bool) bool {
	for _, up := range c.Nodes[from].Supports {
		if up == to {
			return true
		}
		if !seen[up] {
			seen[up] = true
			if reaches(c, up, to, seen) {
				return true
			}
		}
	}
	return false
}
