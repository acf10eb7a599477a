package render

import (
	"html/template"

	"playbook/generator/internal/markdown"
)

// Quiz is the dot of blocks/quiz/KIND.html. What the kind asks is in .Task; its texts
// are printed with {{$.HTML .Text}}.
type Quiz struct {
	*markdown.Quiz
	content *content
}

// HTML renders a text of the question.
func (q *Quiz) HTML(b markdown.Body) template.HTML { return q.content.body(b) }
