package diag

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// distanceOf is the distance as its definition has it, without a memory.
func distanceOf(a, b string) int {
	x, y := []rune(a), []rune(b)
	var d func(i, j int) int
	d = func(i, j int) int {
		if i == 0 || j == 0 {
			return i + j
		}
		cost := 1
		if x[i-1] == y[j-1] {
			cost = 0
		}
		n := min(d(i-1, j)+1, d(i, j-1)+1, d(i-1, j-1)+cost)
		if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
			n = min(n, d(i-2, j-2)+1)
		}
		return n
	}
	return d(len(x), len(y))
}

// What is kept of one name is right for the next, whatever they share.
func TestTable(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	word := func() string {
		var b strings.Builder
		for range random.IntN(7) {
			b.WriteRune([]rune("abé")[random.IntN(3)])
		}
		return b.String()
	}
	for range 100 {
		want := word()
		table := table{want: []rune(want)}
		for limit := 5; limit >= 0; limit-- {
			for range 3 {
				name := word()
				d := distanceOf(want, name)
				if got := table.distance(name, limit); got != min(d, limit+1) && (d <= limit || got <= limit) {
					t.Fatalf("%q and %q within %d: got %d, want %d", want, name, limit, got, d)
				}
			}
		}
	}
}
