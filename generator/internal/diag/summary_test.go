package diag

import (
	"fmt"
	"strings"
	"testing"
)

// However many faults there are, the report is short, and begins with what readers
// notice first.
func TestSummarise(t *testing.T) {
	var list List
	for i := range 4000 {
		pos := Pos{File: fmt.Sprintf("p%d.md", i), Line: 1, Col: 1}
		d := Warnf(pos, "unknown-key", "nobody reads the key %q of the front matter", "x")
		d.Key = fmt.Sprintf("key-%d", i%37)
		list = append(list, d, Warnf(pos, fmt.Sprintf("rule-%d", i%40), "a fault of kind %d", i%40).WithHelp("mend it"),
			Warnf(pos, "dead-link", "the link leads nowhere: %d", i).WithHelp("write another"))
	}
	for range 4 {
		list = append(list, Warnf(Pos{File: "x"}, "left-out", "files left out: 1 (x)"))
	}
	var b strings.Builder
	if err := Summarise(&b, list, nil); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")
	if len(lines) > 60 {
		t.Errorf("the report has %d lines:\n%s", len(lines), b.String())
	}
	if want := "4,000 × links that lead nowhere\n    p0.md:1:1, p1.md:1:1, p2.md:1:1, …\n    write another\n"; !strings.HasPrefix(b.String(), want) {
		t.Errorf("the report begins\n%s\nwant\n%s", strings.Join(lines[:3], "\n"), want)
	}
	b.Reset()
	if err := Summarise(&b, list[:3], nil); err != nil || !strings.Contains(b.String(), "p0.md:1:1: warning: the link leads nowhere: 0\n") {
		t.Errorf("a short list is not printed whole:\n%s", b.String())
	}

	// A rule of one fault says it; keys stand by how many there are of each.
	list = list[:0]
	for i := range 14 {
		d := Warnf(Pos{File: "a.md", Line: i + 1, Col: 1}, "foreign", "a sign")
		d.Key = map[bool]string{true: "{{< a >}}", false: "{{< b >}}"}[i > 2]
		list = append(list, d)
	}
	list = append(list, Warnf(Pos{File: "b.md"}, "odd", "something odd"))
	b.Reset()
	if err := Summarise(&b, list, nil); err != nil {
		t.Fatal(err)
	}
	want := "14 × signs of another generator, shown as they are written: {{< a >}} 11, {{< b >}} 3\n    a.md:1:1, a.md:2:1, a.md:3:1, …\n" +
		"1 × something odd\n    b.md\nEach of them, with its line: --verbose or --json\n"
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}
