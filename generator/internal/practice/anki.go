package practice

import (
	"fmt"
	"html"
	"strings"

	"playbook/generator/internal/markdown"
)

// Anki writes questions as cards, a line each, as Anki imports them without asking: the
// columns and the deck stand at the beginning. A card keeps its identity, made of the
// site's id and the question's, so that a later import changes it where it is. What has
// no answer to know is left out.
func Anki(all []*Question, site, deck string) (string, []Left) {
	var b strings.Builder
	var left []Left
	fmt.Fprintf(&b, "#separator:tab\n#html:true\n#notetype:Basic\n#deck:%s\n#columns:Identity\tFront\tBack\tTags\n#guid column:1\n#tags column:4\n", deck)
	for _, q := range all {
		front, back := card(q)
		why := ""
		if q.Picture {
			why = "it has a picture"
		} else if back == "" {
			why = "it has no answer for a card"
		}
		if why != "" {
			left = append(left, Left{q.Quiz, why})
			continue
		}
		tags := []string{strings.ReplaceAll(q.Module, "/", "::")}
		for _, tag := range q.Tags {
			tags = append(tags, strings.ReplaceAll(tag, " ", "_"))
		}
		fmt.Fprintf(&b, "%s/%s\t%s\t%s\t%s\n", site, q.ID, cell(front), cell(back), strings.Join(tags, " "))
	}
	return b.String(), left
}

// card is what is asked and what is told.
func card(q *Question) (front, back string) {
	asked := []string{q.asked(), ""}
	var told []string
	add := func(text, feedback string) {
		if feedback != "" {
			text += " – " + feedback
		}
		told = append(told, text)
	}
	switch q.Kind {
	case "choice", "multiple", "text":
		for _, o := range q.Options {
			if q.Kind != "text" {
				asked = append(asked, "☐ "+o.Text)
			}
			if o.Right {
				add(o.Text, o.Feedback)
			}
		}
	case "numeric":
		told = append(told, value(q.Task.(*markdown.Numeric)))
	case "gaps":
		for i, accepted := range q.Gaps {
			told = append(told, fmt.Sprintf("(%d) %s", i+1, strings.Join(accepted, " / ")))
		}
	case "match", "order", "spot", "sort":
		if q.Kind == "match" || q.Kind == "sort" {
			for _, p := range q.Parts {
				asked = append(asked, "• "+p.Text)
			}
			asked = append(asked, "")
		}
		for _, c := range q.Choices {
			asked = append(asked, "☐ "+c)
		}
		for _, p := range q.Parts {
			join := " → "
			if q.Kind == "order" {
				join = " "
			}
			add(p.Text+join+q.names(p), p.Feedback)
		}
	case "reflect":
		told = append(told, q.Model)
	default:
		return "", ""
	}
	if q.Why != "" {
		told = append(told, "", q.Why)
	}
	return strings.TrimSpace(strings.Join(asked, "\n")), strings.TrimSpace(strings.Join(told, "\n"))
}

// cell is a text in a column of HTML.
func cell(s string) string {
	return strings.NewReplacer("\t", " ", "\r", "", "\n", "<br>").Replace(html.EscapeString(s))
}
