package figure

import (
	"slices"
	"strconv"
	"strings"

	"playbook/calculators/chart"
	"playbook/generator/internal/strict"
)

// org reads the people of an account:
//
//	people: [{id, name, title, reports_to: id, influences: [id], roles: [C, U, T, E],
//	         influence: H | M | L, support: + | 0 | -, contact: N | L | M | H, counterpart}]
//
// id and name are required. counterpart is true, or the name of ours.
func org(o *strict.Object) chart.Chart {
	c := &chart.Org{}
	var ids, known []string // of every entry, "" where it has none; those there are
	var later []func()      // what names ids that stand further down
	o.Each("people", 1, func(o *strict.Object) {
		i := len(ids)
		id := o.Required("id", "a short name that other entries can refer to")
		if id != "" && slices.Contains(ids, id) {
			o.Add("id", "two people have the id "+strconv.Quote(id), "")
		} else if id != "" {
			known = append(known, id)
		}
		ids = append(ids, id)
		p := chart.OrgPerson{Name: o.Required("name", ""), Title: o.Text("title"), Boss: -1}
		for _, role := range o.TextOrTexts("roles") {
			if !strings.Contains("CUTE", role) || len(role) != 1 {
				o.Add("roles", strconv.Quote(role)+" is no role", "the roles are C, U, T and E")
				continue
			}
			p.Roles += role
		}
		p.Influence = optional(o, "influence", "H", "M", "L")
		p.Support = optional(o, "support", "+", "0", "-")
		p.Contact = optional(o, "contact", "N", "L", "M", "H")
		counterpart := o.Text("counterpart")
		p.Counterpart = counterpart != "" && counterpart != "false" && counterpart != "no"
		boss, influences := o.Text("reports_to"), o.TextOrTexts("influences")
		find := func(key, id string) int {
			j := slices.Index(ids, id)
			if j < 0 {
				o.Add(key, "nobody has the id "+strconv.Quote(id), "the ids are "+strings.Join(known, ", "))
			} else if j == i {
				o.Add(key, strconv.Quote(key)+" leads back to the same person", "")
			}
			return j
		}
		later = append(later, func() {
			if boss != "" {
				c.People[i].Boss = find("reports_to", boss)
			}
			for _, id := range influences {
				if j := find("influences", id); j >= 0 {
					c.People[i].Influences = append(c.People[i].Influences, j)
				}
			}
			for j, steps := c.People[i].Boss, 0; j >= 0 && j != i && steps < len(ids); steps++ {
				if j = c.People[j].Boss; j == i {
					o.Add("reports_to", strconv.Quote(ids[i])+" reports, through others, to itself", "break the circle at one of them")
				}
			}
		})
		c.People = append(c.People, p)
	})
	for _, f := range later {
		f()
	}
	return c
}

// optional is one of some words, or nothing when the key is absent.
func optional(o *strict.Object, key string, words ...string) string {
	if !o.Has(key) {
		return ""
	}
	return words[o.Choice(key, words...)]
}
