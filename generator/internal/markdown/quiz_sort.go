package markdown

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"

	"playbook/generator/internal/diag"
)

// Sort is a nested list: its first level are the groups, its second the items. An
// item that stands under two groups in the same words may go into either.
type Sort struct {
	Groups   []string
	Items    []SortItem // in the order of their first group
	Shuffled []SortItem // as readers get them
}

// SortItem belongs into a group, or into any of several.
type SortItem struct {
	Item
	Pos      diag.Pos
	Groups   []int // from 0, ascending
	Feedback Body
}

func init() {
	addQuizKind(quizKind{name: "sort", read: readSort, answers: func(p *parts) int { return p.nested }})
}

func readSort(r *reading, p *quizParts) Task {
	s := &Sort{}
	if p.answer == nil {
		r.noAnswer(p, "write a nested list: the groups, and under each its items")
		return s
	}
	known := map[string]int{} // an item's words → its place in s.Items
	groups := map[string]bool{}
	var feedback [][]ast.Node // each group may say something about an item
	for li := p.answer.FirstChild(); li != nil; li = li.NextSibling() {
		at := r.at(itemOffset(li))
		var name string
		var items []item
		for i, c := range children(li) {
			switch {
			case i == 0 && (c.Kind() == ast.KindTextBlock || c.Kind() == ast.KindParagraph):
				name = r.plain(children(c)...)
			case c.Kind() == ast.KindList:
				items = append(items, r.items(c)...)
			case !isInvisible(c):
				r.errorf(r.pos(c), "quiz", "write the group's name, and its items as a list under it", "a group is one line with a list under it")
			}
		}
		switch {
		case name == "":
			r.errorf(at, "quiz", "", "a group without a name")
		case groups[name]:
			r.errorf(at, "quiz-answer", "give each group a name of its own", "the group %q stands twice", name)
		case len(items) == 0:
			r.errorf(at, "quiz-answer", "write its items as a list under it, indented", "the group %q has no items", name)
		}
		groups[name] = true
		g := len(s.Groups)
		s.Groups = append(s.Groups, name)
		for _, it := range items {
			text := r.plain(it.text...)
			r.wantText(it, "an item")
			i, twin := known[text]
			if !twin || text == "" {
				i = len(s.Items)
				known[text] = i
				s.Items = append(s.Items, SortItem{Pos: it.pos, Item: Item{i + 1, r.inlines(it.text)}})
				feedback = append(feedback, nil)
			}
			sorted := &s.Items[i]
			if n := len(sorted.Groups); n > 0 && sorted.Groups[n-1] == g {
				r.errorf(it.pos, "quiz-answer", "", "%q stands twice under %q", text, name)
				continue
			}
			sorted.Groups = append(sorted.Groups, g)
			feedback[i] = append(feedback[i], it.feedback...)
		}
	}
	for i := range s.Items {
		s.Items[i].Feedback = r.blocks(feedback[i])
	}
	switch {
	case len(s.Groups) < 2:
		r.errorf(p.Pos, "quiz-answer", "", "quiz %q needs two groups or more", p.ID)
	case len(s.Items) < 2:
		r.errorf(p.Pos, "quiz-answer", "", "quiz %q has a single item: there is nothing to sort", p.ID)
	}
	s.Shuffled = shuffled(p.ID, s.Items)
	return s
}

// Names are the groups that an item may go into.
func (s *Sort) Names(it SortItem) []string {
	all := make([]string, len(it.Groups))
	for i, g := range it.Groups {
		all[i] = s.Groups[g]
	}
	return all
}

// numbers are an item's groups from 1.
func (it *SortItem) numbers(between string) string {
	all := make([]string, len(it.Groups))
	for i, g := range it.Groups {
		all[i] = strconv.Itoa(g + 1)
	}
	return strings.Join(all, between)
}

func (s *Sort) list(between string) string {
	all := make([]string, len(s.Items))
	for i := range s.Items {
		all[i] = s.Items[i].numbers(between)
	}
	return strings.Join(all, " ")
}

func (s *Sort) Key() string {
	return fmt.Sprintf(" of %d into %d: %s", len(s.Items), len(s.Groups), s.list("|"))
}
func (s *Sort) Data() string   { return s.list(",") }
func (s *Sort) Graded() string { return rightOf(0, 0, s.Data()) }

func (s *Sort) Asked() (all []Body) {
	for _, it := range slices.Backward(s.Items) {
		all = append(all, it.Text)
	}
	return all
}

func (s *Sort) Told() (all []Body) {
	for _, it := range s.Items {
		all = append(all, it.Feedback)
	}
	return all
}
