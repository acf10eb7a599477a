package markdown

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"

	"playbook/generator/internal/diag"
)

// Play is a role-play that branches. The headings below the question's are its scenes;
// a scene ends with a list of replies, each of which begins with a link to the scene that
// it leads to, or is an end and says what came of it:
//
//	### Ten minutes with Helen <!-- q: play-helen type=play points=4 -->
//
//	You sell conveyor lines. Helen runs the plant.
//
//	**Labels:** p = Problem question | pitch = Pitch
//
//	**Facts:**
//
//	- **stops**: The line stops twice a week.
//
//	#### At the door {#door}
//
//	> **Helen:** You have ten minutes.
//
//	- [“What stops your line?”](#stops "p")
//	  > She sits down.
//	- [“Let me show you our new model.”](#brochure "pitch")
//	  > She looks at her watch.
//
//	#### She explains {#stops}
//
//	**Found:** stops
//
//	**Outcome:** advance
type Play struct {
	Facts  []Fact
	Labels []Label // the names of replies' kinds
	Scenes []*Scene
	Best   []*Reply // the shortest way to an end that is worth all the points
}

// Fact is something that can be found out.
type Fact struct {
	Pos  diag.Pos
	ID   string
	Text Body
}

// Scene is a part of a play.
type Scene struct {
	Pos     diag.Pos
	ID      string // of its heading
	Level   int    // of its heading
	Title   Body
	Text    Body
	Found   []string // ids of facts
	Replies []*Reply
	Outcome string // of an end: "advance"
	Points  int    // what an end is worth

	nodes    []ast.Node
	points   int // as written; -1 where they follow from the outcome
	pointsAt diag.Pos
}

// Reply is what the reader may say or do.
type Reply struct {
	Pos  diag.Pos
	To   string // a scene's id
	Kind Label  // its ID is "" where it has none
	Text Body
	Say  Body // what follows, and why
}

const (
	markFacts   mark = "facts"
	markFound   mark = "found"
	markOutcome mark = "outcome"
)

// outcomes are how a call can end, the best first.
var outcomes = []string{"order", "advance", "continuation", "no-sale"}

func init() {
	for word, m := range map[string]mark{"facts": markFacts, "事实": markFacts, "found": markFound, "得知": markFound, "outcome": markOutcome, "结果": markOutcome} {
		marks[word] = m
	}
	addQuizKind(quizKind{name: "play", whole: readPlay})
}

func readPlay(r *reading, p *quizParts, nodes []ast.Node) Task {
	play := &Play{}
	r.need("play")
	var scene *Scene
	under := mark("") // what the next blocks belong to
	for _, n := range nodes {
		switch n := n.(type) {
		case *ast.Heading:
			scene = &Scene{Pos: r.pos(n), ID: headingID(n), Level: n.Level, Title: r.inlines(headingText(n)), points: -1}
			play.Scenes = append(play.Scenes, scene)
			under = ""
			continue
		case *marked:
			under = n.mark
			switch n.mark {
			case markLabels:
				play.Labels = r.labels(n)
			case markFacts:
			case markFound:
				r.found(p, scene, n)
			case markOutcome:
				r.outcome(p, scene, n)
			case markHint, markWhy:
				p.text[n.mark] = append(p.text[n.mark], r.unmarked(n))
			default:
				r.strayMark(p, n)
			}
			continue
		case *ast.List:
			if under == markFacts && play.Facts == nil {
				play.Facts = r.facts(n)
				under = ""
				continue
			}
			if isReplies(n) {
				if scene == nil {
					r.errorf(r.pos(n), "play", "begin the first scene with a heading below the question's: #### At the door {#door}", "replies before the first scene of %q", p.ID)
					continue
				}
				scene.Replies = append(scene.Replies, r.replies(n)...)
				continue
			}
		}
		switch {
		case under == markHint || under == markWhy:
			p.text[under] = append(p.text[under], n)
		case scene == nil:
			p.prompt = append(p.prompt, n)
		default:
			scene.nodes = append(scene.nodes, n)
		}
	}
	for _, s := range play.Scenes {
		s.Text = r.blocks(s.nodes)
		s.nodes = nil
	}
	r.checkPlay(p, play)
	return play
}

// isReplies reports whether every entry of a list begins with a link to a place on the page.
func isReplies(l *ast.List) bool {
	for li := l.FirstChild(); li != nil; li = li.NextSibling() {
		if replyLink(li) == nil {
			return false
		}
	}
	return true
}

func replyLink(li ast.Node) *ast.Link {
	if first := li.FirstChild(); first != nil {
		if link, ok := first.FirstChild().(*ast.Link); ok && bytes.HasPrefix(link.Destination, []byte("#")) {
			return link
		}
	}
	return nil
}

func (r *reading) replies(list *ast.List) []*Reply {
	var all []*Reply
	for _, it := range r.items(list) {
		link, ok := it.text[0].(*ast.Link)
		if !ok {
			continue // items has taken it for something else
		}
		reply := &Reply{
			Pos: r.at(r.destination(max(link.Pos(), 0), link.Destination, link.Reference != nil)), To: written(link.Destination)[1:],
			Kind: Label{ID: string(link.Title)}, Text: r.inlines(append(children(link), it.text[1:]...)), Say: r.blocks(it.feedback),
		}
		if len(it.feedback) == 0 {
			r.warnf(it.pos, "quiz-feedback", "quote under it what follows, and why: > She looks at her watch. …", "a reply without feedback")
		}
		all = append(all, reply)
	}
	return all
}

// facts reads "- **budget**: The board releases money in May."
func (r *reading) facts(list *ast.List) []Fact {
	var all []Fact
	for _, it := range r.items(list) {
		if len(it.text) == 0 {
			continue
		}
		id := r.plain(it.text[0])
		strong, ok := it.text[0].(*ast.Emphasis)
		switch {
		case !ok || strong.Level != 2 || !isID(id):
			r.errorf(it.pos, "play", "begin it with its id: - **budget**: The board releases money in May.", "a fact without an id")
			continue
		case slices.ContainsFunc(all, func(f Fact) bool { return f.ID == id }):
			r.errorf(it.pos, "play", "", "the fact %q stands twice", id)
			continue
		}
		r.cutColon(it.text[1:])
		all = append(all, Fact{Pos: it.pos, ID: id, Text: r.inlines(it.text[1:])})
	}
	return all
}

func isComma(c rune) bool { return c == ',' || c == '，' || c == '、' }

// found reads "**Found:** budget, deadline".
func (r *reading) found(p *quizParts, scene *Scene, m *marked) {
	if scene == nil {
		r.errorf(r.at(m.Pos()), "play", "write it below the heading of the scene in which it is found out", "**Found:** before the first scene of %q", p.ID)
		return
	}
	for id := range strings.FieldsFuncSeq(r.plain(children(m)...), isComma) {
		scene.Found = append(scene.Found, strings.TrimSpace(id))
	}
}

// outcome reads "**Outcome:** advance, 3".
func (r *reading) outcome(p *quizParts, scene *Scene, m *marked) {
	at := r.at(m.Pos())
	if scene == nil {
		r.errorf(at, "play", "write it below the heading of the scene that ends the play", "**Outcome:** before the first scene of %q", p.ID)
		return
	}
	said := strings.FieldsFunc(r.plain(children(m)...), isComma)
	word := ""
	if len(said) > 0 {
		word = strings.ToLower(strings.TrimSpace(said[0]))
	}
	var names []string
	for _, o := range outcomes {
		name := strings.ToLower(r.opt.word("ui.quiz.outcome." + o))
		if word == o || word == name {
			scene.Outcome = o
		}
		names = append(names, o)
	}
	if scene.Outcome == "" {
		r.errorf(at, "play", diag.DidYouMean(word, names, "the outcomes are"), "unknown outcome %q", word)
		scene.Outcome = outcomes[len(outcomes)-1]
	}
	scene.pointsAt = at
	if len(said) > 1 {
		n, err := strconv.Atoi(strings.TrimSpace(said[1]))
		if err != nil || n < 0 {
			r.errorf(at, "play", "write it as **Outcome:** advance, 3", "an end is worth a whole number of points, not %q", strings.TrimSpace(said[1]))
			return
		}
		scene.points = n
	}
}

// checkPlay joins replies and scenes, and reports what readers would get stuck in.
func (r *reading) checkPlay(p *quizParts, play *Play) {
	if len(play.Scenes) == 0 {
		r.errorf(p.Pos, "play", "write each as a heading below the question's, with text and a list of replies: - [What you say](#next)", "role-play %q has no scenes", p.ID)
		return
	}
	byID := map[string]*Scene{}
	var ids, factIDs, labelIDs []string
	for _, s := range play.Scenes {
		byID[s.ID], ids = s, append(ids, s.ID)
	}
	for _, f := range play.Facts {
		factIDs = append(factIDs, f.ID)
	}
	for _, l := range play.Labels {
		labelIDs = append(labelIDs, l.ID)
	}
	full, found := false, map[string]bool{}
	for _, s := range play.Scenes {
		r.checkScene(p, s)
		full = full || s.Outcome != "" && s.Points == p.Points
		for _, f := range s.Found {
			if !slices.Contains(factIDs, f) {
				r.errorf(s.Pos, "play", diag.DidYouMean(f, factIDs, "the facts are"), "there is no fact %q", f)
			}
			found[f] = true
		}
		for _, reply := range s.Replies {
			if byID[reply.To] == nil {
				r.errorf(reply.Pos, "play", diag.DidYouMean(reply.To, ids, "the scenes are"), "the reply leads to no scene of this role-play: %q", reply.To)
			}
			if i := slices.Index(labelIDs, reply.Kind.ID); i >= 0 {
				reply.Kind = play.Labels[i]
			} else if reply.Kind.Text = reply.Kind.ID; reply.Kind.ID != "" && len(labelIDs) > 0 {
				r.errorf(reply.Pos, "play", diag.DidYouMean(reply.Kind.ID, labelIDs, "the labels are"), "the label %q is not declared", reply.Kind.ID)
			}
		}
	}
	if !full {
		r.errorf(p.Pos, "play", fmt.Sprintf("write **Outcome:** advance at the best end, or **Outcome:** continuation, %d", p.Points), "no end of %q is worth its points", p.ID)
	}
	for _, f := range play.Facts {
		if !found[f.ID] {
			r.errorf(f.Pos, "play", "write **Found:** "+f.ID+" in the scene in which it comes out", "nobody can find out the fact %q", f.ID)
		}
	}
	reached := play.reachable(byID)
	for _, s := range play.Scenes {
		switch {
		case !reached[s]:
			r.errorf(s.Pos, "play", "link a reply to it: [What you say](#"+s.ID+")", "no reply leads to the scene %q", s.ID)
		case !play.ends(s, byID, map[*Scene]bool{}):
			r.errorf(s.Pos, "play", "let a reply lead to an end", "from the scene %q no way leads to an end", s.ID)
		}
	}
	play.Best = play.bestWay(p.Points, byID)
}

// checkScene sets what an end is worth, and reports a scene that is neither an end
// nor leads on.
func (r *reading) checkScene(p *quizParts, s *Scene) {
	switch {
	case s.Outcome == "" && len(s.Replies) == 0:
		r.errorf(s.Pos, "play", "add a list of replies, - [What you say](#next), or say how it ends: **Outcome:** advance", "the scene %q is a dead end", s.ID)
		return
	case s.Outcome == "":
		return
	case len(s.Replies) > 0:
		r.errorf(s.pointsAt, "play", "take the outcome out, or the replies", "the scene %q ends the play and has replies", s.ID)
	}
	s.Points = s.points
	if s.points < 0 {
		if s.Points = 0; s.Outcome == "order" || s.Outcome == "advance" {
			s.Points = p.Points
		}
	}
	if s.Points > p.Points {
		r.errorf(s.pointsAt, "play", fmt.Sprintf("write points=%d in the question's heading", s.Points), "an end is worth %d points, the role-play %d", s.Points, p.Points)
	}
}

func (play *Play) reachable(byID map[string]*Scene) map[*Scene]bool {
	reached := map[*Scene]bool{}
	next := []*Scene{play.Scenes[0]}
	for len(next) > 0 {
		s := next[0]
		next = next[1:]
		if s == nil || reached[s] {
			continue
		}
		reached[s] = true
		for _, reply := range s.Replies {
			next = append(next, byID[reply.To])
		}
	}
	return reached
}

// ends reports whether some way from a scene comes to an end; a reply to a scene that
// does not exist is reported already.
func (play *Play) ends(s *Scene, byID map[string]*Scene, seen map[*Scene]bool) bool {
	if s == nil || s.Outcome != "" || len(s.Replies) == 0 {
		return true
	}
	if seen[s] {
		return false
	}
	seen[s] = true
	return slices.ContainsFunc(s.Replies, func(reply *Reply) bool { return play.ends(byID[reply.To], byID, seen) })
}

// bestWay is the shortest way to an end that is worth so many points.
func (play *Play) bestWay(points int, byID map[string]*Scene) []*Reply {
	type step struct {
		scene *Scene
		way   []*Reply
	}
	seen := map[*Scene]bool{}
	for next := []step{{scene: play.Scenes[0]}}; len(next) > 0; next = next[1:] {
		s := next[0].scene
		if s == nil || seen[s] {
			continue
		}
		if seen[s] = true; s.Outcome != "" && s.Points == points {
			return next[0].way
		}
		for _, reply := range s.Replies {
			next = append(next, step{byID[reply.To], append(slices.Clip(next[0].way), reply)})
		}
	}
	return nil
}

// Key is the graph: scenes, where their replies lead and of which kind they are, ends.
func (play *Play) Key() string {
	var b strings.Builder
	for _, s := range play.Scenes {
		fmt.Fprintf(&b, " %s", s.ID)
		for _, reply := range s.Replies {
			fmt.Fprintf(&b, " →%s", reply.To)
			if reply.Kind.ID != "" && len(play.Labels) > 0 {
				fmt.Fprintf(&b, " (%s)", reply.Kind.ID)
			}
		}
		if len(s.Found) > 0 {
			fmt.Fprintf(&b, " found %s", strings.Join(s.Found, "|"))
		}
		if s.Outcome != "" {
			fmt.Fprintf(&b, " %s %d", s.Outcome, s.Points)
		}
		b.WriteByte(';')
	}
	return b.String()
}

func (play *Play) Data() string   { return "" }
func (play *Play) Graded() string { return rightOf(0, 0, play.Key()) }

// Asked is the first scene, which everybody sees.
func (play *Play) Asked() []Body {
	if len(play.Scenes) == 0 {
		return nil
	}
	return []Body{play.Scenes[0].Text}
}

func (play *Play) Told() (all []Body) {
	for _, f := range play.Facts {
		all = append(all, f.Text)
	}
	for _, s := range play.Scenes {
		all = append(all, s.Title, s.Text)
		for _, reply := range s.Replies {
			all = append(all, reply.Text, reply.Say)
		}
	}
	return all
}
