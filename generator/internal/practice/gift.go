package practice

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"playbook/generator/internal/markdown"
)

// GIFT writes questions as Moodle's GIFT: a category for each module, the ids and the
// tags in comments as Moodle reads them. What GIFT has no question for is left out.
func GIFT(all []*Question) (string, []Left) {
	var b strings.Builder
	var left []Left
	module := ""
	for _, q := range all {
		answers, why := giftAnswers(q)
		if q.Picture {
			why = "it has a picture"
		}
		if why != "" {
			left = append(left, Left{q.Quiz, why})
			continue
		}
		if q.Module != module {
			module = q.Module
			fmt.Fprintf(&b, "$CATEGORY: %s\n\n", module)
		}
		fmt.Fprintf(&b, "// [id:%s]", q.ID)
		for _, tag := range q.Tags {
			fmt.Fprintf(&b, " [tag:%s]", tag)
		}
		fmt.Fprintf(&b, "\n::%s::[plain]%s {%s\n", q.ID, giftText(q.asked()), answers)
		if told := strings.TrimSpace(q.Model + "\n\n" + q.Why); told != "" {
			fmt.Fprintf(&b, "\t####%s\n", giftText(told))
		}
		b.WriteString("}\n\n")
	}
	return b.String(), left
}

// giftAnswers are the lines between the braces, or why there are none.
func giftAnswers(q *Question) (answers, why string) {
	var b strings.Builder
	line := func(sign, text, feedback string) {
		fmt.Fprintf(&b, "\n\t%s%s", sign, giftText(text))
		if feedback != "" {
			b.WriteString(" #" + giftText(feedback))
		}
	}
	switch q.Kind {
	case "choice":
		for _, o := range q.Options {
			line(map[bool]string{true: "=", false: "~"}[o.Right], o.Text, o.Feedback)
		}
	case "text":
		for _, o := range q.Options {
			line(map[bool]string{true: "=", false: "=%0%"}[o.Right], o.Text, o.Feedback)
		}
	case "multiple":
		right := 0
		for _, o := range q.Options {
			if o.Right {
				right++
			}
		}
		if right > 10 {
			return "", "Moodle has no such share of the points"
		}
		share := strconv.FormatFloat(100/float64(max(right, 1)), 'f', 5, 64)
		share = strings.TrimRight(strings.TrimRight(share, "0"), ".")
		for _, o := range q.Options {
			line(map[bool]string{true: "~%", false: "~%-"}[o.Right]+share+"%", o.Text, o.Feedback)
		}
	case "numeric":
		n := q.Task.(*markdown.Numeric)
		number := func(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
		fmt.Fprintf(&b, "#\n\t=%s:%s", number(n.Value), number(n.Tolerance))
		for i, w := range n.Wrong {
			fmt.Fprintf(&b, "\n\t=%%0%%%s:%s", number(w.Value), number(w.Tolerance))
			if told := q.Options[i].Feedback; told != "" {
				b.WriteString(" #" + giftText(told))
			}
		}
	case "gaps":
		if len(q.Gaps) > 1 {
			return "", "GIFT knows one gap"
		}
		for _, accepted := range q.Gaps[0] {
			line("=", accepted, "")
		}
	case "match", "order", "spot", "sort":
		used := map[int]bool{}
		for _, p := range q.Parts {
			if len(p.Accept) != 1 {
				return "", "several answers are right for a part of it"
			}
			used[p.Accept[0]] = true
			line("=", strings.ReplaceAll(p.Text, "->", "→")+" -> "+strings.ReplaceAll(q.names(p), "->", "→"), "")
		}
		for i, c := range q.Choices {
			if !used[i] {
				line("=", " -> "+strings.ReplaceAll(c, "->", "→"), "")
			}
		}
	case "reflect":
	default:
		return "", "GIFT has no such question"
	}
	return b.String(), ""
}

var (
	giftEscaper = strings.NewReplacer(`\`, `\\`, "~", `\~`, "=", `\=`, "#", `\#`, "{", `\{`, "}", `\}`, ":", `\:`, "\n", `\n`)
	giftWeight  = regexp.MustCompile(`^%[-\d.]+%`)
)

// giftText escapes what GIFT reads as signs.
func giftText(s string) string {
	if giftWeight.MatchString(s) { // it would be read as a share of the points
		s = "％" + s[1:]
	}
	return giftEscaper.Replace(s)
}
