package markdown

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"playbook/generator/internal/diag"
)

// Spot is a dialogue whose turns are to be labelled: those of the first speaker.
type Spot struct {
	Turns  []Turn // the whole dialogue
	Labels []Label
}

// Turn is what somebody says.
type Turn struct {
	Pos      diag.Pos
	Speaker  string
	Text     Body
	N        int     // from 1, of what is to be labelled; 0 of what is not
	Accept   []Label // any of them is right
	Feedback Body
}

// Label is a name that a turn can get.
type Label struct{ ID, Text string }

func init() {
	addQuizKind(quizKind{
		name: "spot", rank: 4, read: readSpot, dialogue: true, lines: []mark{markLabels},
		fits:    func(p *parts) bool { return p.has(markLabels) || p.numbered >= 0 && p.dialogue >= 0 },
		answers: func(p *parts) int { return p.numbered },
	})
}

// readSpot reads a dialogue, the labels, and a numbered list with the accepted
// labels of each turn of the first speaker.
func readSpot(r *reading, p *quizParts) Task {
	s := &Spot{}
	if m := p.line[markLabels]; m != nil {
		s.Labels = r.labels(m)
	}
	if p.spoken == nil {
		r.errorf(p.Pos, "quiz-answer", "write it as a quotation, one turn a line: > **Name:** …", "quiz %q has no dialogue", p.ID)
		return s
	}
	if p.answer == nil {
		r.noAnswer(p, "write a numbered list")
		return s
	}
	if len(s.Labels) < 2 {
		r.errorf(p.Pos, "quiz-label", "write **Labels:** id = Name | id = Name before the list", "quiz %q needs two labels or more", p.ID)
	}
	turns := r.turns[p.spoken]
	asked := 0
	line := p.spoken.FirstChild()
	for _, t := range turns {
		s.Turns = append(s.Turns, Turn{Pos: r.at(t.offset), Speaker: t.speaker, Text: r.render(line)})
		line = line.NextSibling()
		if t.speaker == turns[0].speaker {
			asked++
			s.Turns[len(s.Turns)-1].N = asked
		}
	}
	items := r.items(p.answer)
	if len(items) != asked {
		r.errorf(r.pos(p.answer), "quiz-answer", "one entry for each turn of the first speaker",
			"the list of quiz %q has %d %s, but %s speaks %d times", p.ID, len(items), plural(len(items), "entry", "entries"), turns[0].speaker, asked)
	}
	for i := range s.Turns {
		t := &s.Turns[i]
		if t.N == 0 || t.N > len(items) {
			continue
		}
		it := items[t.N-1]
		t.Accept = r.accepted(s, it)
		if len(it.feedback) == 0 {
			r.warnf(it.pos, "quiz-feedback", "quote it under the entry: > Because …", "a turn without feedback")
		}
		t.Feedback = r.blocks(it.feedback)
	}
	return s
}

func (s *Spot) ids() []string {
	all := make([]string, len(s.Labels))
	for i, l := range s.Labels {
		all[i] = l.ID
	}
	return all
}

func (s *Spot) Key() string {
	var b strings.Builder
	fmt.Fprintf(&b, " among %s:", strings.Join(slices.Sorted(slices.Values(s.ids())), " "))
	for _, t := range s.Turns {
		if t.N > 0 {
			fmt.Fprintf(&b, " %d %s", t.N, strings.Join(slices.Sorted(slices.Values(t.accepted())), "|"))
		}
	}
	return b.String()
}

// accepted lists the ids of a turn's right labels.
func (t *Turn) accepted() []string { return (&Spot{Labels: t.Accept}).ids() }

// Data is the right labels of each turn that is asked.
func (s *Spot) Data() string {
	var all []string
	for _, t := range s.Turns {
		if t.N > 0 {
			all = append(all, strings.Join(t.accepted(), ","))
		}
	}
	return strings.Join(all, " ")
}

func (s *Spot) Graded() string { return rightOf(0, 0, s.Data()) }

func (s *Spot) Asked() (all []Body) {
	for _, t := range s.Turns {
		all = append(all, t.Text)
	}
	return all
}

func (s *Spot) Told() (all []Body) {
	for _, t := range s.Turns {
		all = append(all, t.Feedback)
	}
	return all
}

// labels reads "assumptive = Assumptive close | alternative = …".
func (r *reading) labels(m *marked) (all []Label) {
	at := r.at(m.Pos())
	seen := map[string]bool{}
	for entry := range strings.SplitSeq(r.plain(children(m)...), "|") {
		id, text, ok := strings.Cut(entry, "=")
		id, text = strings.TrimSpace(id), strings.TrimSpace(text)
		switch {
		case !ok || text == "":
			r.errorf(at, "quiz-label", "write **Labels:** id = Name | id = Name", "a label without a name: %q", strings.TrimSpace(entry))
		case !isID(id):
			r.errorf(at, "quiz-label", "an id is lower case: letters, digits and single hyphens", "malformed label %q", id)
		case seen[id]:
			r.errorf(at, "quiz-label", "", "the label %q is declared twice", id)
		default:
			all = append(all, Label{ID: id, Text: text})
		}
		seen[id] = true
	}
	return all
}

// accepted reads "last-chance | standing-room-only".
func (r *reading) accepted(s *Spot, it item) (all []Label) {
	ids := s.ids()
	text := r.plain(it.text...)
	for id := range strings.SplitSeq(text, "|") {
		id = strings.TrimSpace(id)
		at := it.pos
		if i := bytes.Index(r.src[it.offset:], []byte(id)); i >= 0 && id != "" {
			at = r.at(it.offset + i)
		}
		switch {
		case id == "":
			r.errorf(it.pos, "quiz-label", "write the id of a label", "an entry without a label")
		case !slices.Contains(ids, id):
			r.errorf(at, "quiz-label", diag.DidYouMean(id, ids, "the labels are"), "the label %q is not declared", id)
		case slices.ContainsFunc(all, func(l Label) bool { return l.ID == id }):
			r.errorf(at, "quiz-label", "", "the label %q is accepted twice", id)
		default:
			all = append(all, s.Labels[slices.Index(ids, id)])
		}
	}
	return all
}
