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
	if len(want) < 2 {
		return ""
	}
	t := table{want: want}
	best, limit := "", max(1, len(want)/3)
	for _, c := range candidates {
		n := utf8.RuneCountInString(c)
		if c == name || n-len(want) > limit || len(want)-n > limit {
			continue
		}
		if d := t.distance(strings.ToLower(c), limit); d <= limit {
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

// Suggest is what may have been meant, in brackets behind a message, or "" where no
// candidate is near.
func Suggest(name string, candidates []string) string {
	if near := Closest(name, candidates); near != "" {
		return " (did you mean " + strconv.Quote(near) + "?)"
	}
	return ""
}

// And puts words in a row: "a, b and c".
func And(words []string) string {
	if n := len(words); n > 1 {
		return strings.Join(words[:n-1], ", ") + " and " + words[n-1]
	}
	return strings.Join(words, "")
}

// table finds distances from one name: the numbers of insertions, deletions,
// replacements and swaps of neighbours (optimal string alignment). It keeps what
// it has worked out for the name before, because names in a row mostly begin
// alike, as files of one folder do: there may be ten thousand of them, and as
// many dead links.
type table struct {
	want []rune
	of   []rune  // the name that the rows are of
	rows [][]int // rows[i][j] is the distance of of[:i] from want[:j]
	low  []int   // the least of each row: none after it is less
}

// distance is the distance of a name; anything above limit when it is more than
// that.
func (t *table) distance(name string, limit int) int {
	if t.rows == nil {
		t.row(0)
	}
	i, same := 0, true
	for _, r := range name {
		i++
		if same = same && i <= len(t.of) && t.of[i-1] == r; !same {
			t.of = append(t.of[:i-1], r)
			t.row(i)
		}
		if t.low[i] > limit {
			return limit + 1
		}
	}
	return t.rows[i][len(t.want)]
}

// row works out row i from the two before it.
func (t *table) row(i int) {
	if i == len(t.rows) {
		t.rows = append(t.rows, make([]int, len(t.want)+1))
		t.low = append(t.low, 0)
	}
	row, low := t.rows[i], i
	row[0] = i
	if i == 0 {
		for j := range row {
			row[j] = j
		}
		return
	}
	last, r := t.rows[i-1], t.of[i-1]
	for j, w := range t.want {
		cost := 1
		if r == w {
			cost = 0
		}
		d := min(last[j+1]+1, row[j]+1, last[j]+cost)
		if i > 1 && j > 0 && r == t.want[j-1] && t.of[i-2] == w {
			d = min(d, t.rows[i-2][j-1]+1)
		}
		row[j+1] = d
		low = min(low, d)
	}
	t.low[i] = low
}
