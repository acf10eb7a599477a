package render

import (
	"encoding/base64"
	"encoding/json"
	"hash/fnv"
	"html/template"
	"math/rand/v2"

	"playbook/generator/internal/markdown"
)

// quiz prepares a question: everything rendered, order and match items shuffled
// with the id as seed, so that every build and both languages agree.
func (c *content) quiz(q *markdown.Quiz) *Quiz {
	d := &Quiz{
		Quiz: q, Lang: c.lang,
		Title: c.body(q.Title), Prompt: c.body(q.Prompt), Hint: c.body(q.Hint), Why: c.body(q.Why),
		Heads: [2]template.HTML{c.body(q.PairHeads[0]), c.body(q.PairHeads[1])},
	}
	for i, o := range q.Options {
		d.Options = append(d.Options, Option{N: i + 1, Text: c.body(o.Text), Correct: o.Correct, Feedback: c.body(o.Feedback)})
	}
	for i, it := range q.Items {
		d.Ordered = append(d.Ordered, Item{Place: i + 1, Text: c.body(it)})
	}
	for i, p := range q.Pairs {
		d.Left = append(d.Left, Item{Place: i + 1, Text: c.body(p.Left)})
		d.Right = append(d.Right, Item{Place: i + 1, Text: c.body(p.Right)})
	}
	for i, s := range q.Sorted {
		it := Item{Place: i + 1, Text: c.body(s.Text), Feedback: c.body(s.Feedback)}
		for _, g := range s.Groups {
			it.Groups = append(it.Groups, q.Groups[g])
		}
		d.Ordered = append(d.Ordered, it)
	}
	d.Model = c.body(q.Model)
	d.Items = shuffled(q.ID, d.Ordered)
	d.Right = shuffled(q.ID, d.Right)
	asked := 0
	for _, t := range q.Turns {
		turn := Turn{Speaker: t.Speaker, Text: c.body(t.Text), Asked: t.Asked, Feedback: c.body(t.Feedback)}
		if t.Asked {
			asked++
			turn.N = asked
			for _, id := range t.Accept {
				turn.Accept = append(turn.Accept, label(q, id))
			}
		}
		d.Turns = append(d.Turns, turn)
	}
	d.Payload = payload(q)
	return d
}

func label(q *markdown.Quiz, id string) markdown.Label {
	for _, l := range q.Labels {
		if l.ID == id {
			return l
		}
	}
	return markdown.Label{ID: id, Text: id}
}

// shuffled returns the items in an order that is fixed by the id and never the
// right one, where there are two items or more.
func shuffled(id string, items []Item) []Item {
	out := append([]Item(nil), items...)
	if len(out) < 2 {
		return out
	}
	h := fnv.New64a()
	h.Write([]byte(id))
	rng := rand.New(rand.NewPCG(h.Sum64(), 0))
	for inOrder(out) {
		rng.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	}
	return out
}

func inOrder(items []Item) bool {
	for i, it := range items {
		if it.Place != i+1 {
			return false
		}
	}
	return true
}

// key is what the script grades with: see templates/assets/js/quiz.js.
type key struct {
	Correct   []int      `json:"correct,omitempty"`
	Count     int        `json:"count,omitempty"`
	Value     *float64   `json:"value,omitempty"`
	Tolerance float64    `json:"tolerance,omitempty"`
	Turns     [][]string `json:"turns,omitempty"`
	Groups    [][]int    `json:"groups,omitempty"`
}

// payload encodes the key so that a glance at the page does not give it away.
func payload(q *markdown.Quiz) string {
	var k key
	switch q.Kind {
	case markdown.Choice, markdown.Multiple:
		for i, o := range q.Options {
			if o.Correct {
				k.Correct = append(k.Correct, i+1)
			}
		}
	case markdown.Order:
		k.Count = len(q.Items)
	case markdown.Match:
		k.Count = len(q.Pairs)
	case markdown.Numeric:
		k.Value, k.Tolerance = &q.Answer.Value, q.Answer.Tolerance
	case markdown.Sort:
		for _, s := range q.Sorted {
			in := make([]int, len(s.Groups))
			for i, g := range s.Groups {
				in[i] = g + 1
			}
			k.Groups = append(k.Groups, in)
		}
	case markdown.Spot:
		for _, t := range q.Turns {
			if t.Asked {
				k.Turns = append(k.Turns, t.Accept)
			}
		}
	}
	data, err := json.Marshal(k)
	if err != nil {
		panic(err) // a number that JSON cannot hold: the parser refuses these
	}
	return base64.StdEncoding.EncodeToString(data)
}
