package markdown

import "fmt"

// Poll asks for an opinion: a task list with nothing ticked, a remark quoted under
// each option. What follows **Why:** is shown when the reader has voted.
type Poll struct{ Options []Option }

func init() {
	addQuizKind(quizKind{name: "poll", read: readPoll, open: true, answers: func(p *parts) int { return p.task }})
}

func readPoll(r *reading, p *quizParts) Task {
	poll := &Poll{}
	if p.answer == nil {
		r.noAnswer(p, "write a task list with nothing ticked: - [ ]")
		return poll
	}
	poll.Options = r.openOptions(p, "an opinion is neither right nor wrong")
	for _, o := range poll.Options {
		if len(o.Feedback) == 0 {
			r.warnf(o.Pos, "quiz-feedback", "quote it under the option: > Many think so …", "an option without a remark")
		}
	}
	if len(poll.Options) < 2 {
		r.errorf(p.Pos, "quiz-answer", "add another one", "quiz %q has a single option", p.ID)
	}
	if len(p.text[markWhy]) == 0 {
		r.errorf(p.Pos, "quiz-answer", "write **Why:** and what there is to say after the vote", "the poll %q reveals nothing", p.ID)
	}
	return poll
}

func (p *Poll) Key() string    { return fmt.Sprintf(" of %d", len(p.Options)) }
func (p *Poll) Data() string   { return "" }
func (p *Poll) Graded() string { return "" }
func (p *Poll) Asked() []Body  { texts, _ := optionTexts(p.Options); return texts }
func (p *Poll) Told() []Body   { _, told := optionTexts(p.Options); return told }
