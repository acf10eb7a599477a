package render

import (
	"fmt"
	"hash/fnv"
	"html/template"
	"math/rand/v2"
	"strconv"
	"strings"

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
	d.Key = key(q)
	if q.Kind.Scored() {
		d.Mark = keyMark(q)
	}
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

// keyMark is a short hash of a question's kind and of what is right in it, part by
// part. Its texts are not in it, so that a score outlives a better wording.
func keyMark(q *markdown.Quiz) string {
	h := fnv.New32a()
	fmt.Fprintf(h, "%v %d %d %s", q.Kind, len(q.Items), len(q.Pairs), key(q))
	for _, o := range q.Options {
		fmt.Fprintf(h, " %t", o.Correct)
	}
	return strconv.FormatUint(uint64(h.Sum32()), 36)
}

// key is what the script grades with, by kind: see templates/assets/js/quiz.js.
// Parts are separated by spaces, what is right for one part by commas.
func key(q *markdown.Quiz) string {
	var parts []string
	number := func(v float64) { parts = append(parts, strconv.FormatFloat(v, 'g', -1, 64)) }
	switch q.Kind {
	case markdown.Numeric:
		number(q.Answer.Value)
		number(q.Answer.Tolerance)
	case markdown.Sort:
		for _, s := range q.Sorted {
			in := make([]string, len(s.Groups))
			for i, g := range s.Groups {
				in[i] = strconv.Itoa(g + 1)
			}
			parts = append(parts, strings.Join(in, ","))
		}
	case markdown.Spot:
		for _, t := range q.Turns {
			if t.Asked {
				parts = append(parts, strings.Join(t.Accept, ","))
			}
		}
	}
	return strings.Join(parts, " ")
}
