package markdown

// The questions that have no right answer. Neither earns points: a poll asks for
// an opinion before it shows what there is to say, a reflection gives an answer
// to hold one's own against.

// poll: a task list with nothing ticked, a remark quoted under each option; what
// follows **Why:** is shown when the reader has voted.
func (r *reading) poll(p *quizParts) {
	if p.answer == nil {
		r.noAnswer(p)
		return
	}
	r.openOptions(p, "an opinion is neither right nor wrong")
	for _, o := range p.Options {
		if len(o.Feedback) == 0 {
			r.warnf(o.Pos, "quiz-feedback", "quote it under the option: > Many think so …", "an option without a remark")
		}
	}
	if len(p.Options) < 2 {
		r.errorf(p.Pos, "quiz-answer", "add another one", "quiz %q has a single option", p.ID)
	}
	if len(p.why) == 0 {
		r.errorf(p.Pos, "quiz-answer", "write **Why:** and what there is to say after the vote", "the poll %q reveals nothing", p.ID)
	}
}

// reflect: **Model:** and an answer; a task list, if there is one, is what the
// reader checks an own answer against.
func (r *reading) reflect(p *quizParts) {
	if len(p.model) == 0 {
		r.errorf(p.Pos, "quiz-answer", "write **Model:** and an answer that readers can hold theirs against", "quiz %q has no model answer", p.ID)
	}
	p.Model = r.blocks(p.model)
	if p.answer != nil {
		r.openOptions(p, "readers tick what their answer has")
	}
}

// openOptions reads a task list in which nothing is ticked.
func (r *reading) openOptions(p *quizParts, because string) {
	for _, it := range r.items(p.answer) {
		if it.box == nil {
			r.errorf(it.pos, "quiz", "begin it with [ ]", "an option without a box")
		} else if it.box.IsChecked {
			r.errorf(it.pos, "quiz-answer", because+": write [ ]", "a ticked option in a quiz of the type %s", p.Kind)
		}
		if r.plain(it.text...) == "" && !hasImage(it.text) {
			r.errorf(it.pos, "quiz", "", "an option without a text")
		}
		p.Options = append(p.Options, Option{Pos: it.pos, Text: r.inlines(it.text), Feedback: r.blocks(it.feedback)})
	}
}
