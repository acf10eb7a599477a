package form

import (
	"slices"
	"unicode/utf8"
)

// Refer finds what a field means that names another row: the index of the label
// that is written like it, capitals and small letters being the same, else the
// row of that number, counted from 1 as the page counts. It is -1 where there is
// none. Of several rows of one label it is the first.
func Refer(labels []string, typed string) int {
	for i, s := range labels {
		if s != "" && Same(s, typed) {
			return i
		}
	}
	n := 0
	for i := 0; i < len(typed); i++ {
		// Not strconv.Atoi, whose errors weigh 4 KB in WebAssembly.
		if n = n*10 + int(typed[i]) - '0'; typed[i] < '0' || typed[i] > '9' || n > len(labels) {
			return -1
		}
	}
	return n - 1
}

// Same reports whether two texts read the same: A to Z and a to z are.
func Same(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := 0; i < len(a); i++ {
		if fold(a[i]) != fold(b[i]) {
			return false
		}
	}
	return true
}

func fold(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		c += 'a' - 'A'
	}
	return c
}

// Lines are default rows written in one text: rows separated by "|", values by
// spaces; "-" is an empty one.
func Lines(text string) [][]string {
	var rows [][]string
	for start, i := 0, 0; i <= len(text); i++ {
		if i == len(text) || text[i] == '|' {
			row := Split(text[start:i])
			for j := range row {
				if row[j] == "-" {
					row[j] = ""
				}
			}
			rows = append(rows, row)
			start = i + 1
		}
	}
	return rows
}

// Names takes a list of names apart, at commas and semicolons of both scripts;
// spaces belong to names, and so do the commas of a known name.
func Names(value string, known ...string) []string {
	var all []string
	var ends []int // of the names, in value; each is followed by a separator
	starts := []int{0}
	for i, r := range value {
		switch r {
		case ',', '，', '、', ';', '；':
			ends, starts = append(ends, i), append(starts, i+utf8.RuneLen(r))
		}
	}
	ends = append(ends, len(value))
	for i := 0; i < len(starts); i++ {
		last := i
		for j := i + 1; len(known) > 0 && j < len(ends); j++ {
			if name := line(value[starts[i]:ends[j]]); slices.ContainsFunc(known, func(s string) bool { return Same(s, name) }) {
				last = j
			}
		}
		if name := line(value[starts[i]:ends[last]]); name != "" {
			all = append(all, name)
		}
		i = last
	}
	return all
}

// Order gives the places of keys from the least to the greatest; equal ones stay
// in their order. It stands for the sorts of package slices, of which every
// instance weighs 1 to 2 KB in WebAssembly.
func Order(keys []int) []int {
	order, spare := make([]int, len(keys)), make([]int, len(keys))
	for i := range order {
		order[i] = i
	}
	for size := 1; size < len(keys); size *= 2 {
		for from := 0; from < len(keys); from += 2 * size {
			middle, to := min(from+size, len(keys)), min(from+2*size, len(keys))
			i, j := from, middle
			for k := from; k < to; k++ {
				if i < middle && (j == to || keys[order[i]] <= keys[order[j]]) {
					spare[k] = order[i]
					i++
				} else {
					spare[k] = order[j]
					j++
				}
			}
		}
		order, spare = spare, order
	}
	return order
}
