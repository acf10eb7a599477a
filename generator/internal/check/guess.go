package check

import (
	"fmt"
	"math"
	"slices"
	"unicode/utf8"

	"playbook/generator/internal/diag"
	"playbook/generator/internal/markdown"
	"playbook/generator/internal/site"
)

// Fewer questions than fewest say nothing. What chance brings about in fewer than one
// module of a hundred is reported.
const (
	fewest = 5
	chance = 0.01
)

// guesses warns of modules whose questions can be answered without knowing anything: the
// right option, or the best reply of a role-play, stands too often at one place, or the
// right option is too often the longest.
func guesses(c *context) diag.List {
	var all diag.List
	for _, m := range c.site.Modules {
		for i, t := range c.site.Texts(m) {
			options, replies := picksOf(t)
			if i == 0 { // places are the same in every language
				all = append(all, places(append(slices.Clip(options), replies...))...)
			}
			all = append(all, lengths(options)...)
		}
	}
	return all
}

// pick is what is right among several.
type pick struct {
	pos     diag.Pos // of the question
	at, of  int      // its place, from 0, among how many
	longest bool     // and seen to be so
}

// picksOf lists the right options of a text's questions and the best replies of its
// role-plays.
func picksOf(t *site.Text) (options, replies []pick) {
	for _, q := range t.Doc.Quizzes {
		switch task := q.Task.(type) {
		case *markdown.Choice:
			right, length, wrong := -1, 0, 0 // the length of the right one, and of the longest wrong one
			for i, o := range task.Options {
				if n := utf8.RuneCountInString(o.Plain); o.Correct {
					right, length = i, n
				} else {
					wrong = max(wrong, n)
				}
			}
			if q.Kind == "choice" && right >= 0 && len(task.Options) > 1 {
				options = append(options, pick{q.Pos, right, len(task.Options), 5*length >= 6*wrong})
			}
		case *markdown.Play:
			for _, scene := range task.Scenes {
				for i, reply := range scene.Replies {
					if len(scene.Replies) > 1 && slices.Contains(task.Best, reply) {
						replies = append(replies, pick{pos: q.Pos, at: i, of: len(scene.Replies)})
					}
				}
			}
		}
	}
	return options, replies
}

func places(picks []pick) diag.List {
	counts := map[int]int{}
	most, of := 0, 0
	for _, p := range picks {
		counts[p.at]++
		of = max(of, p.of)
	}
	for at := range of {
		if counts[at] > counts[most] {
			most = at
		}
	}
	// Any of the places could have been the one.
	return tooOften(picks, func(p pick) bool { return p.at == most }, of,
		fmt.Sprintf("stands in place %d", most+1), "move it in some of them: browsers shuffle options, but not replies, and paper does not")
}

func lengths(picks []pick) diag.List {
	return tooOften(picks, func(p pick) bool { return p.longest }, 1, "is much the longest", "shorten it in some of them, or say more in the wrong ones")
}

// tooOften warns where something is true of more picks than chance explains, which had
// so many ways to show.
func tooOften(picks []pick, is func(pick) bool, ways int, what, help string) diag.List {
	var first diag.Pos
	n, even := 0, 0.0
	for _, p := range picks {
		even += 1 / float64(p.of)
		if is(p) {
			if n++; n == 1 {
				first = p.pos
			}
		}
	}
	if len(picks) < fewest || float64(ways)*atLeast(n, len(picks), even/float64(len(picks))) > chance {
		return nil
	}
	return diag.List{diag.Warnf(first, "quiz-guess", "the right answer %s in %d of this module's %d questions and scenes, where %.0f would be even", what, n, len(picks), even).WithHelp(help)}
}

// atLeast is how likely something of probability p, below 1, happens n times or more in
// so many tries.
func atLeast(n, of int, p float64) float64 {
	factorial := func(k int) float64 { log, _ := math.Lgamma(float64(k + 1)); return log }
	sum := 0.0
	for k := n; k <= of; k++ {
		sum += math.Exp(factorial(of) - factorial(k) - factorial(of-k) + float64(k)*math.Log(p) + float64(of-k)*math.Log1p(-p))
	}
	return sum
}
