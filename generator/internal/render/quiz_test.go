package render

import (
	"testing"

	"playbook/generator/internal/markdown"
)

// TestKeyMark holds that a mark is of the kind and of what is right, not of texts.
func TestKeyMark(t *testing.T) {
	quiz := func(kind markdown.Kind, right ...bool) *markdown.Quiz {
		q := &markdown.Quiz{ID: "x", Kind: kind}
		for _, correct := range right {
			q.Options = append(q.Options, markdown.Option{Correct: correct})
		}
		return q
	}
	seen := map[string]string{}
	for name, q := range map[string]*markdown.Quiz{
		"first of two":      quiz(markdown.Choice, true, false),
		"second of two":     quiz(markdown.Choice, false, true),
		"first of three":    quiz(markdown.Choice, true, false, false),
		"another kind":      quiz(markdown.Multiple, true, false),
		"a number":          {Kind: markdown.Numeric, Answer: markdown.Answer{Value: 4}},
		"with a tolerance":  {Kind: markdown.Numeric, Answer: markdown.Answer{Value: 4, Tolerance: .5}},
		"three in an order": {Kind: markdown.Order, Items: make([]markdown.Body, 3)},
		"four in an order":  {Kind: markdown.Order, Items: make([]markdown.Body, 4)},
	} {
		mark := keyMark(q)
		if other := seen[mark]; other != "" {
			t.Errorf("%s has the mark of %s", name, other)
		}
		seen[mark] = name
	}
	a, b := quiz(markdown.Choice, true, false), quiz(markdown.Choice, true, false)
	b.ID = "y"
	if keyMark(a) != keyMark(b) {
		t.Error("the same key has two marks")
	}
}
