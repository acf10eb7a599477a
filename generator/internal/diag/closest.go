package diag

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// Closest returns the candidate that was probably meant by a misspelt name, or
// "" if none is near: no more than a third of the letters may differ, where
// two neighbours changing places count as one difference. Among equals the
// first candidate is taken.
func Closest(name string, candidates []string) string {
	want := []rune(strings.ToLower(name))
	best, limit := "", len(want)/3
	if limit == 0 {
		limit = 1
	}
	if len(want) < 2 {
		return ""
	}
	for _, c := range candidates {
		n := utf8.RuneCountInString(c)
		if c == name || n-len(want) > limit || len(want)-n > limit {
			continue
		}
		if d := distance(want, []rune(strings.ToLower(c)), limit); d <= limit {
			best, limit = c, d-1
			if limit < 0 {
				break
			}
		}
	}
	return best
}

// DidYouMean is the advice that names the closest candidate, or lists all of
// them behind the label ("the keys are") where none is near.
func DidYouMean(name string, candidates []string, label string) string {
	if near := Closest(name, candidates); near != "" {
		return "did you mean " + strconv.Quote(near) + "?"
	}
	return label + ": " + strings.Join(candidates, ", ")
}

// distance is the number of insertions, deletions, replacements and swaps of
// neighbours (optimal string alignment) between a and b; anything above limit
// when it is more than that.
func distance(a, b []rune, limit int) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
			least = min(least, row[j])
		}
		if least > limit {
			return limit + 1
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
