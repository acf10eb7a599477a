package form

// closest returns the candidate nearest to name, or "" when none is near enough
// to be what was meant: at most a third of its letters, and at most three,
// differ.
func closest(name string, candidates []Field) string {
	const longest = 40
	best, nearest := "", 4
	if len(name) > longest {
		return ""
	}
	for i := range candidates {
		c := candidates[i].Name
		if len(c) > longest {
			continue
		}
		if d := distance(name, c); d < nearest && 3*d <= max(len(c), len(name)) {
			best, nearest = c, d
		}
	}
	return best
}

// distance is the number of bytes to insert, delete, replace or swap with their
// neighbour to make b of a (optimal string alignment).
func distance(a, b string) int {
	var rows [3][42]int
	before, previous, current := &rows[0], &rows[1], &rows[2]
	for j := 0; j <= len(b); j++ {
		previous[j] = j
	}
	for i := 1; i <= len(a); i++ {
		current[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d := min(previous[j]+1, current[j-1]+1, previous[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, before[j-2]+1)
			}
			current[j] = d
		}
		before, previous, current = previous, current, before
	}
	return previous[len(b)]
}
