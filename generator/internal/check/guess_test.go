package check

import (
	"math"
	"strings"
	"testing"

	"playbook/generator/internal/markdown"
	"playbook/generator/internal/site"
	"playbook/generator/internal/source"
)

func TestGuesses(t *testing.T) {
	const head = "---\ntitle: T\n---\n"
	question := func(id string, right int, options ...string) string {
		text := "## Q <!-- q: " + id + " -->\n\n"
		for i, o := range options {
			text += map[bool]string{true: "- [x] ", false: "- [ ] "}[i == right] + o + "\n  > f\n"
		}
		return text + "\n"
	}
	module := func(places []int, options ...string) string {
		text := head
		for i, at := range places {
			text += question("q-"+string(rune('a'+i)), at, options...)
		}
		return text
	}
	var replies strings.Builder
	replies.WriteString(head + "## P <!-- q: p type=play -->\n\n")
	for _, s := range []string{"a b", "b c", "c d", "d e", "e f", "f g", "g end"} {
		at, to, _ := strings.Cut(s, " ")
		replies.WriteString("### S {#" + at + "}\n\n- [say x](#" + to + ")\n  > f\n- [say y](#out)\n  > f\n- [say z](#out)\n  > f\n\n")
	}
	replies.WriteString("### E {#end}\n\n**Outcome:** advance\n\n### O {#out}\n\n**Outcome:** no-sale\n")

	four := []string{"one", "two", "ten", "six"}
	for _, tt := range []struct{ name, text, want string }{
		{"even", module([]int{0, 1, 2, 3, 0, 1, 2, 3}, four...), ""},
		{"a little uneven", module([]int{1, 1, 1, 1, 2, 3, 0, 2}, four...), ""},
		{"few", module([]int{2, 2, 2, 2}, four...), ""},
		{"one place", module([]int{0, 2, 2, 2, 2, 2, 2, 2}, four...),
			"m.md:15:14: the right answer stands in place 3 in 7 of this module's 8 questions and scenes, where 2 would be even"},
		{"the longest", module([]int{0, 0, 0, 0, 0, 0}, "much longer", "two", "ten", "six"),
			"m.md:4:14: the right answer stands in place 1 in 6 of this module's 6 questions and scenes, where 2 would be even\n" +
				"m.md:4:14: the right answer is much the longest in 6 of this module's 6 questions and scenes, where 2 would be even"},
		{"hardly the longest", head + strings.Repeat(question("q", 0, "longish", "longis", "b"), 1), ""},
		{"the first reply", replies.String(), "m.md:4:14: the right answer stands in place 1 in 7 of this module's 7 questions and scenes, where 2 would be even"},
	} {
		doc, list := markdown.New(markdown.Options{}).Parse(&source.File{Path: "m.md", Data: []byte(tt.text)})
		if len(list) > 0 {
			t.Fatal(tt.name, list)
		}
		options, others := picksOf(&site.Text{Doc: doc})
		var got []string
		for _, d := range append(places(append(options, others...)), lengths(options)...) {
			got = append(got, d.Pos.String()+": "+d.Message)
		}
		if s := strings.Join(got, "\n"); s != tt.want {
			t.Errorf("%s: got\n%s\nwant\n%s", tt.name, s, tt.want)
		}
	}
}

func TestAtLeast(t *testing.T) {
	for _, c := range []struct {
		n, of   int
		p, want float64
	}{{0, 8, .25, 1}, {8, 8, .25, 1 / 65536.0}, {5, 8, .25, 0.0272979736328125}, {1, 1, .5, .5}} {
		if got := atLeast(c.n, c.of, c.p); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%d of %d at %v: %v, want %v", c.n, c.of, c.p, got, c.want)
		}
	}
}
