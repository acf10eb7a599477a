package practice

import (
	"strconv"

	"playbook/generator/internal/markdown"
)

// Values are what the page's script has for the choices of a part, in the order that
// Target counts in: the numbers of partners and groups, the ids of labels.
func (q *Question) Values() []string {
	var all []string
	switch task := q.Task.(type) {
	case *markdown.Spot:
		for _, l := range task.Labels {
			all = append(all, l.ID)
		}
	case *markdown.Match, *markdown.Sort:
		for i := range q.Choices {
			all = append(all, strconv.Itoa(i+1))
		}
	}
	return all
}

// Target is the place among Values of a choice: of a match the page numbers partners by
// their rows, whatever order they are shown in.
func (q *Question) Target(choice int) int {
	if task, ok := q.Task.(*markdown.Match); ok {
		return task.Shuffled[choice].Place - 1
	}
	return choice
}

// Range are the least and the greatest number that is right.
func (q *Question) Range() (low, high string) {
	n, ok := q.Task.(*markdown.Numeric)
	if !ok {
		return "", ""
	}
	number := func(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
	return number(n.Value - n.Tolerance), number(n.Value + n.Tolerance)
}
