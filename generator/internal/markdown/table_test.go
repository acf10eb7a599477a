package markdown

import "testing"

func TestLongRows(t *testing.T) {
	for text, want := range map[string]string{
		"| a | b |\n|---|---|\n| c | d |\n| e |\n":        "",
		"a | b\n--|--\nc | d\n":                           "",
		"| a | b |\n|---|---|\n| c \\| x | `d \\| e` |\n": "",
		"| a | b |\n|---|---|\n| c | d | |\n":             "",
		"| a | b |\n|---|---|\n| **c | d** | e |\n": "page.md:6:12: warning: the row has more cells than the table's head: the rest is not shown\n" +
			"    write \\| for a stroke that is part of a text, or give the head another column",
	} {
		_, list := home(t, text)
		if got := report(list); got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", text, got, want)
		}
	}
}
