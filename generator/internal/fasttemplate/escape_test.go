package fasttemplate

import (
	"html/template"
	"reflect"
	"testing"
)

// places are where a value can stand, one for each sequence of escapers.
var places = []string{
	`<p>{{.}}</p>`,
	`<p title="{{.}}" data-x='{{.}}'>`,
	`<title>{{.}}</title><textarea>{{.}}</textarea>`,
	`<a href="{{.}}" data-href='{{.}}'>`,
	`<a href="/x/{{.}}/y" id="x">`,
	`<a href="#{{.}}"></a><a href='/x?q={{.}}&amp;r={{.}}'></a>`,
	`<i {{.}}>`,
}

var nasty = []string{
	"", "plain", `"'<>&+=` + "`", "\x00", "a\x00b", "\xff", "\xed\xa0\x80<", "\ufffd", "\ufdd0\uffff", "\u2028", "价值 等式", "é", "a b\tc\nd\r\v\f",
	"javascript:alert(1)", "JavaScript:alert(1)", " javascript:x", "java\nscript:x", "vbscript:x", "data:text/html,<b>", "http://a/b?c=d&e#f", "HTTPS://a", "mailto:a@b", "MailTo:x",
	"//a:b", "a/b:c", "a?b:c", "#a:b", ":", "", "x:", "%", "%4", "%41", "%zz", "%e4%bb", "a%", "%%41", "../a b/中.html#x", "!#$&*+,/:;=?@[]-._~()'\"",
	"&amp;", "&lt;b&gt;", "<b>x</b>", "<script>x</script>", "<!-- c -->", "a<b", "<", "</", "hidden", `x="y"`, "onclick", "SRC", "https", "http:",
}

// Escapers give the bytes that html/template's do, or leave the value to them.
func TestEscapers(t *testing.T) {
	for _, place := range places {
		b := bind(t, nil, Options{}, map[string]string{"page": place})
		if isLeft(t, b, "page") {
			t.Errorf("%s is left to html/template", place)
		}
		own := 0
		for _, s := range nasty {
			own += sameEscaped(t, b, s)
		}
		if own < len(nasty) {
			t.Errorf("%s: only %d values are escaped here", place, own)
		}
	}
}

func FuzzEscapers(f *testing.F) {
	for _, s := range nasty {
		f.Add(s)
	}
	var all []*Executor
	for _, place := range places {
		all = append(all, bind(f, nil, Options{}, map[string]string{"page": place}))
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, b := range all {
			sameEscaped(t, b, s)
		}
	})
}

// sameEscaped runs a program and html/template with a text of every kind, and
// counts those that were not given up.
func sameEscaped(t *testing.T, b *Executor, s string) (own int) {
	p, err := b.bound.compiled("page")
	if err != nil {
		t.Fatal(err)
	}
	for _, dot := range []any{
		s, template.HTML(s), template.HTMLAttr(s), template.URL(s), template.JS(s), template.JSStr(s), template.CSS(s), template.Srcset(s), loud(s), []string{s, s},
	} {
		x := &execution{executor: b}
		if !attempt(func() { p.run(x, reflect.ValueOf(dot)) }) {
			continue
		}
		own++
		want, err := interpreted(t, b, "page", dot)
		if got := string(x.out); err != nil || got != want {
			t.Errorf("%T %q\ngot  %q\nwant %q %v", dot, dot, got, want, err)
		}
	}
	return own
}
