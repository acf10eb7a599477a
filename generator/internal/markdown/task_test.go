package markdown

import (
	"regexp"
	"strings"
	"testing"
)

func TestTasks(t *testing.T) {
	doc, list := home(t, "## First {#f} <!-- task: day=30 signs=\"sales manager\" -->\n\n- [ ] One, *two* <!-- task: listen role=\"a b; c\" -->\n- [x] Two\n  - [ ] Deep <!-- task: day=3 signs=\"sales manager\" -->\n- no box\n\n### Part\n\n1. [ ] Three\n\n## Second\n\n> - [ ] Four\n")
	if len(list) > 0 {
		t.Fatal(report(list))
	}
	got := regexp.MustCompile(`"~[0-9a-z]+"`).ReplaceAllString(flat(doc.Body), `"~"`)
	want := `<playbook-tasks data-days data-roles></playbook-tasks>
<h2 id="f">First<a class="anchor" href="#f" aria-hidden="true" tabindex="-1">#</a></h2>
<p class="task-note"><span class="task-day" data-day="30">by day 30</span> <span class="task-signs">signed off by: sales manager</span></p>
<ul data-tasks="">
<li data-task="listen" data-day="30" data-roles="a b;c"><input type="checkbox" disabled aria-label="to do"> One, <em>two</em> <span class="task-note"><span class="task-role">for: a b, c</span></span></li>
<li data-task="~" data-day="30"><input type="checkbox" disabled checked aria-label="done"> Two
<ul data-tasks="">
<li data-task="~" data-day="3"><input type="checkbox" disabled aria-label="to do"> Deep <span class="task-note"><span class="task-day" data-day="3">by day 3</span></span></li>
</ul>
</li>
<li>no box</li>
</ul>
<h3 id="part">Part<a class="anchor" href="#part" aria-hidden="true" tabindex="-1">#</a></h3>
<ol data-tasks="">
<li data-task="~" data-day="30"><input type="checkbox" disabled aria-label="to do"> Three</li>
</ol>
<h2 id="second">Second<a class="anchor" href="#second" aria-hidden="true" tabindex="-1">#</a></h2>
<blockquote>
<ul data-tasks="">
<li data-task="~"><input type="checkbox" disabled aria-label="to do"> Four</li>
</ul>
</blockquote>
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// An id stays over small edits, and tells the same text under two headings apart.
func TestTaskIDs(t *testing.T) {
	ids := func(text string) []string {
		doc, _ := home(t, text)
		var all []string
		for _, m := range regexp.MustCompile(`data-task="([^"]+)"`).FindAllStringSubmatch(flat(doc.Body), -1) {
			all = append(all, m[1])
		}
		return all
	}
	before := ids("## A\n\n- [ ] Read the notes\n- [ ] Ask\n- [ ] Ask\n\n## B\n\n- [ ] Ask\n")
	seen := map[string]bool{}
	for _, id := range before {
		if seen[id] {
			t.Errorf("%s twice in %v", id, before)
		}
		seen[id] = true
	}
	after := ids("## A!\n\n- [ ] New\n- [x] Read *the* notes.\n- [ ] Ask\n")
	if after[1] != before[0] || after[2] != before[1] || seen[after[0]] {
		t.Errorf("%v, then %v", before, after)
	}
}

func TestNoTasks(t *testing.T) {
	for name, text := range map[string]string{
		"a question": good, "no box": "- a\n- b\n", "in a template": "<!-- template: a -->\n- [ ] a\n<!-- /template -->\n",
	} {
		doc, _ := home(t, text)
		if got := flat(doc.Body); strings.Contains(got, "data-task") {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestTaskFaults(t *testing.T) {
	const notation = "\n    write <!-- task: ID day=30 role=\"…\" signs=\"…\" -->; the id comes first, and a heading has none"
	for _, tt := range []struct{ name, text, want string }{
		{"no day", "- [ ] a <!-- task: day=soon -->\n", "page.md:4:20: \"soon\" is no day\n    write day=30; the first day is 1, the last 3660"},
		{"day 0", "- [ ] a <!-- task: day=0 -->\n", "page.md:4:20: \"0\" is no day\n    write day=30; the first day is 1, the last 3660"},
		{"unknown key", "- [ ] a <!-- task: rol=x -->\n", "page.md:4:20: unknown key \"rol\" of a task\n    did you mean \"role\"?"},
		{"empty", "- [ ] a <!-- task: role=\"\" -->\n", "page.md:4:20: role= says nothing"},
		{"two ids", "- [ ] a <!-- task: a b -->\n", "page.md:4:22: unexpected \"b\" in a task's comment" + notation},
		{"a bad id", "- [ ] a <!-- task: A_b -->\n", "page.md:4:20: unexpected \"A_b\" in a task's comment" + notation},
		{"a heading's id", "## H <!-- task: a -->\n\n- [ ] a\n", "page.md:4:17: unexpected \"a\" in a task's comment" + notation},
		{"an id twice", "- [ ] a <!-- task: a -->\n- [ ] b <!-- task: a -->\n", "page.md:5:20: the id \"a\" is used twice: first at line 4\n    an id names one task of the page"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, list := home(t, tt.text)
			if got := report(list); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}
