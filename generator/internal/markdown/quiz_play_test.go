package markdown

import (
	"strings"
	"testing"
)

const playText = `## Helen <!-- q: h type=play points=4 -->

You sell *lines*.

**Labels:** p = Problem question | pitch = Pitch

**Facts:**

- **stops**: Twice a week.
- **cost**：£4,000.

### Door {#door}

> **Helen:** Ten minutes.

- ["What stops?"](#stops "p")
  > She sits down.
- [Show the model.](#end) Then wait.
  > She looks at her watch.

### Stops {#stops}

**Found:** stops, cost

She explains.

- [Back.](#door)
  > Again.
- [Fix a day.](#day "pitch")
  > Good.

### A day {#day}

**Outcome:** advance

### Out {#end}

**Outcome:** Continuation, 1

**Why:** Questions first.
`

func TestPlay(t *testing.T) {
	doc, list := home(t, playText)
	if len(list) > 0 {
		t.Fatal(report(list))
	}
	q := doc.Quizzes[0]
	want := "h play 4p [] h2 #helen Helen\nprompt: <p>You sell <em>lines</em>.</p>\nwhy: <p>Questions first.</p>\n" +
		"play door →stops (p) →end; stops →door →day (pitch) found stops|cost; day advance 4; end continuation 1;, 4 points"
	if got := show(q); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	play := q.Task.(*Play)
	var got strings.Builder
	for _, f := range play.Facts {
		got.WriteString(f.ID + " " + flat(f.Text) + "\n")
	}
	for _, s := range play.Scenes {
		got.WriteString("#" + s.ID + " " + flat(s.Title) + "|" + flat(s.Text) + "\n")
		for _, reply := range s.Replies {
			got.WriteString("  " + flat(reply.Text) + "|" + reply.Kind.Text + "|" + flat(reply.Say) + "\n")
		}
	}
	for _, reply := range play.Best {
		got.WriteString("best " + reply.To + "\n")
	}
	if want := `stops Twice a week.
cost £4,000.
#door Door|<div class="dialogue">
<p class="turn"><b class="speaker">Helen<span class="vh">: </span></b><span class="say">Ten minutes.</span></p>
</div>

  “What stops?”|Problem question|<p>She sits down.</p>

  Show the model. Then wait.||<p>She looks at her watch.</p>

#stops Stops|<p>She explains.</p>

  Back.||<p>Again.</p>

  Fix a day.|Pitch|<p>Good.</p>

#day A day|
#end Out|
best stops
best day
`; got.String() != want {
		t.Errorf("got\n%s\nwant\n%s", got.String(), want)
	}
	// Another wording keeps the score, another way does not.
	worded, _ := home(t, strings.Replace(playText, "She explains.", "She tells you.", 1))
	turned, _ := home(t, strings.Replace(playText, "(#end)", "(#stops)", 1))
	if q.Mark() != worded.Quizzes[0].Mark() || q.Mark() == turned.Quizzes[0].Mark() {
		t.Error("the mark follows the words, or does not follow the replies")
	}
}

func TestPlayFaults(t *testing.T) {
	const end = "### End {#end}\n\n**Outcome:** advance\n"
	for _, tt := range []struct{ name, text, want string }{
		{"no scenes", "Text.\n", "page.md:4:14: role-play \"h\" has no scenes\n    write each as a heading below the question's, with text and a list of replies: - [What you say](#next)"},
		{"a dead end", "### A {#a}\n\n- [b](#c)\n  > x\n- [e](#end)\n  > x\n\n### C {#c}\n\nText.\n\n" + end,
			"page.md:13:1: the scene \"c\" is a dead end\n    add a list of replies, - [What you say](#next), or say how it ends: **Outcome:** advance"},
		{"no reply leads there", "### A {#a}\n\n- [b](#end)\n  > x\n\n" + end + "\n### C {#c}\n\n**Outcome:** no-sale\n",
			"page.md:15:1: no reply leads to the scene \"c\"\n    link a reply to it: [What you say](#c)"},
		{"a reply to nothing", "### A {#a}\n\n- [b](#edn)\n  > x\n- [b](#end)\n  > x\n\n" + end, "page.md:8:7: the reply leads to no scene of this role-play: \"edn\"\n    did you mean \"end\"?"},
		{"round and round", "### A {#a}\n\n- [b](#b)\n  > x\n- [e](#end)\n  > x\n\n### B {#b}\n\n- [c](#c)\n  > x\n\n### C {#c}\n\n- [b](#b)\n  > x\n\n" + end,
			"page.md:13:1: from the scene \"b\" no way leads to an end\n    let a reply lead to an end\npage.md:18:1: from the scene \"c\" no way leads to an end\n    let a reply lead to an end"},
		{"no feedback", "### A {#a}\n\n- [b](#end)\n\n" + end, "page.md:8:1: warning: a reply without feedback\n    quote under it what follows, and why: > She looks at her watch. …"},
		{"no good end", "### A {#a}\n\n- [b](#end)\n  > x\n\n### End {#end}\n\n**Outcome:** no-sale\n",
			"page.md:4:14: no end of \"h\" is worth its points\n    write **Outcome:** advance at the best end, or **Outcome:** continuation, 2"},
		{"too many points", "### A {#a}\n\n- [b](#end)\n  > x\n- [c](#f)\n  > x\n\n" + end + "\n### F {#f}\n\n**Outcome:** order, 3\n",
			"page.md:19:1: an end is worth 3 points, the role-play 2\n    write points=3 in the question's heading"},
		{"an unknown outcome", "### A {#a}\n\n- [b](#end)\n  > x\n- [c](#f)\n  > x\n\n" + end + "\n### F {#f}\n\n**Outcome:** advnce\n",
			"page.md:19:1: unknown outcome \"advnce\"\n    did you mean \"advance\"?"},
		{"an end that goes on", "### A {#a}\n\n- [b](#end)\n  > x\n\n" + end + "\n- [c](#a)\n  > x\n", "page.md:13:1: the scene \"end\" ends the play and has replies\n    take the outcome out, or the replies"},
		{"a fact that nobody finds", "**Facts:**\n\n- **budget**: May.\n\n### A {#a}\n\n- [b](#end)\n  > x\n\n" + end,
			"page.md:8:1: nobody can find out the fact \"budget\"\n    write **Found:** budget in the scene in which it comes out"},
		{"an unknown fact", "**Facts:**\n\n- **budget**: May.\n\n### A {#a}\n\n**Found:** budget, bugdet\n\n- [b](#end)\n  > x\n\n" + end,
			"page.md:10:1: there is no fact \"bugdet\"\n    did you mean \"budget\"?"},
		{"an undeclared label", "**Labels:** p = Problem | s = Situation\n\n### A {#a}\n\n- [b](#end \"q\")\n  > x\n\n" + end,
			"page.md:10:7: the label \"q\" is not declared\n    the labels are: p, s"},
		{"replies before a scene", "- [b](#end)\n  > x\n\n### A {#a}\n\n- [b](#end)\n  > x\n\n" + end,
			"page.md:6:1: replies before the first scene of \"h\"\n    begin the first scene with a heading below the question's: #### At the door {#door}"},
		{"another kind's mark", "### A {#a}\n\n**Answer:** 3\n\n- [b](#end)\n  > x\n\n" + end, "page.md:8:1: **Answer:** in a quiz of the type play\n    it belongs to a quiz of the type numeric"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, list := home(t, "## Q <!-- q: h type=play points=2 -->\n\n"+tt.text)
			if got := report(list); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}
