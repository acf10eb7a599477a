package diag

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

const (
	fewPrinted  = 12 // faults that are printed one by one all the same
	mostKinds   = 17 // kinds that are told with places and advice
	mostPlaces  = 3
	mostKeysOf  = 8
	keysPerLine = 100 // characters, about
)

// kinds are the rules in the order in which readers of the site would notice what they
// are about, with words for many faults of one. A rule that is not here stands behind
// "external".
var kinds = []struct{ rule, many string }{
	{"read", "files that cannot be read"},
	{"panic", "files that the program fails at"},
	{"encoding", "files that are no text in UTF-8"},
	{"dead-link", "links that lead nowhere"},
	{"missing-image", "images that are not there"},
	{"dead-anchor", "links to headings that are not there"},
	{"foreign-link", "links made by tags of another generator"},
	{"foreign", "signs of another generator, shown as they are written"},
	{"diagram", "diagrams that are not drawn but shown as their text"},
	{"foreign-left", "signs of another generator, of which only what they hold is shown"},
	{"address", "addresses that are taken"},
	{"front-matter", "faults in front matter; of a draft in doubt the page is held back"},
	{"link-guessed", "links that are taken for the only thing they may mean"},
	{"external", "pages that ask other hosts"},
	{"", ""},
	{"unknown-key", "keys of front matter that nobody reads"},
	{"left-out", ""},
}

// Summarise writes a long list in short: for each rule how many there are, of what, the
// first places and the advice. A short list is printed whole.
func Summarise(w io.Writer, list List, source func(file string) []byte) error {
	if len(list) <= fewPrinted {
		return Print(w, list, source)
	}
	byRule := map[string]List{}
	var rules []string
	for _, d := range list {
		if byRule[d.Rule] == nil {
			rules = append(rules, d.Rule)
		}
		byRule[d.Rule] = append(byRule[d.Rule], d)
	}
	slices.SortStableFunc(rules, func(a, b string) int {
		first := func(l List) int { errors, _ := l.Count(); return -min(errors, 1) }
		return cmp.Or(cmp.Compare(first(byRule[a]), first(byRule[b])), cmp.Compare(rank(a), rank(b)), cmp.Compare(len(byRule[b]), len(byRule[a])))
	})
	b := bufio.NewWriter(w)
	for i, rule := range rules {
		if i == mostKinds {
			rest := 0
			for _, rule := range rules[i:] {
				rest += len(byRule[rule])
			}
			fmt.Fprintf(b, "%s more of %d other kinds\n", grouped(rest), len(rules)-i)
			break
		}
		writeKind(b, rule, byRule[rule])
	}
	fmt.Fprintln(b, "Each of them, with its line: --verbose or --json")
	return b.Flush()
}

func rank(rule string) int {
	unlisted := 0
	for i, k := range kinds {
		if k.rule == rule {
			return i
		}
		if k.rule == "" {
			unlisted = i
		}
	}
	return unlisted
}

func writeKind(b *bufio.Writer, rule string, list List) {
	if rule == "left-out" { // each is a count
		for _, d := range list {
			b.WriteString(printable(d.Message) + "\n")
		}
		return
	}
	many := kinds[rank(rule)].many
	if len(list) == 1 || many == "" {
		many = list[0].Message
	}
	keys := ""
	if len(list) > 1 {
		keys = keysOf(list)
	}
	fmt.Fprintf(b, "%s × %s%s\n", grouped(len(list)), printable(many), keys)
	places := make([]string, 0, mostPlaces)
	for _, d := range list[:min(len(list), mostPlaces)] {
		places = append(places, d.Pos.String())
	}
	if len(list) > mostPlaces {
		places = append(places, "…")
	}
	b.WriteString(indent + printable(strings.Join(places, ", ")) + "\n")
	if help, _, _ := strings.Cut(list[0].Help, "\n"); help != "" {
		b.WriteString(indent + printable(help) + "\n")
	}
}

// keysOf tells what the faults of one rule are about, the most frequent first.
func keysOf(list List) string {
	counts := map[string]int{}
	var keys []string
	for _, d := range list {
		if d.Key == "" {
			continue
		}
		if counts[d.Key] == 0 {
			keys = append(keys, d.Key)
		}
		counts[d.Key]++
	}
	if len(keys) == 0 {
		return ""
	}
	slices.SortFunc(keys, func(a, b string) int { return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b)) })
	var b strings.Builder
	for i, key := range keys {
		if i == mostKeysOf || b.Len() > keysPerLine {
			fmt.Fprintf(&b, " and %d others", len(keys)-i)
			break
		}
		b.WriteString(map[bool]string{true: ": ", false: ", "}[i == 0])
		b.WriteString(key + " " + grouped(counts[key]))
	}
	return b.String()
}

// grouped is a number with a comma between thousands.
func grouped(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
