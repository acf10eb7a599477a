package fasttemplate

import (
	"fmt"
	"html/template"
	"io"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"text/template/parse"
)

// html/template ends every pipeline in escapers for the place where its value
// stands. Those of text, of quoted attributes, of titles and of links append to
// the page here, with the same bytes. Whatever else there is (scripts, styles,
// attributes without quotes) stays html/template's.

// escaper appends a value's text, which is of some kind.
type escaper func(out []byte, s string, k kind) []byte

// kind is what html/template knows of a text. Only these make a difference in
// the places that are escaped here.
type kind int

const (
	plain kind = iota
	safeHTML
	safeAttr
	safeURL
)

// examples are places in a page, and what escapes there.
var examples = []struct {
	place  string
	escape escaper
}{
	{`<p>{{.}}</p>`, escapeText},
	{`<p title="{{.}}">`, escapeAttr},
	{`<title>{{.}}</title>`, escapeTitle},
	{`<p {{.}}>`, filterAttr},
	{`<a href="{{.}}">`, escapeURL},
	{`<a href="/{{.}}">`, escapeURLPart},
	{`<a href="?q={{.}}">`, escapeURLQuery},
}

// probes are texts in which escapers would differ.
var probes = []string{"", "a&amp;b", "<b>\"x\"</b> & 'y' + `z`\x00\xff", "javascript:alert(1)", "../a%20b%zz/é?c=d&e#f", "hidden"}

// escapers are those of the examples, by the names of what html/template puts behind
// a pipeline there. One that does not say what html/template says is left out.
var escapers = sync.OnceValue(func() map[string]escaper {
	all := map[string]escaper{}
	for _, e := range examples {
		t := template.Must(template.New("").Parse(e.place))
		if name := appended(t); name != "" && sameAs(t, e.place, e.escape) {
			all[name] = e.escape
		}
	}
	return all
})

// appended names what html/template puts behind the one pipeline of an example.
func appended(t *template.Template) string {
	if t.Execute(io.Discard, "") != nil {
		return ""
	}
	for _, n := range t.Tree.Root.Nodes {
		if action, ok := n.(*parse.ActionNode); ok {
			_, names := new(Bound).cutEscapers(action.Pipe.Cmds)
			return names
		}
	}
	return ""
}

// sameAs reports whether an escaper gives up or says what html/template says.
func sameAs(t *template.Template, place string, escape escaper) bool {
	before, after, _ := strings.Cut(place, "{{.}}")
	for _, s := range probes {
		for _, v := range []any{s, template.HTML(s), template.HTMLAttr(s), template.URL(s)} {
			x := &execution{}
			if !attempt(func() { x.print(reflect.ValueOf(v), escape) }) {
				continue
			}
			var b strings.Builder
			if t.Execute(&b, v) != nil || b.String() != before+string(x.out)+after {
				return false
			}
		}
	}
	return true
}

// cutEscapers parts the commands of a pipeline from those at its end that are none
// of the author's: names alone, of no function that the template knows.
func (b *Bound) cutEscapers(cmds []*parse.CommandNode) (own []*parse.CommandNode, names string) {
	n := len(cmds)
	for n > 0 {
		id, ok := cmds[n-1].Args[0].(*parse.IdentifierNode)
		if !ok || len(cmds[n-1].Args) > 1 || b.funcs[id.Ident] != nil || b.dynamic[id.Ident] || builtins[id.Ident] != nil {
			break
		}
		names = id.Ident + " " + names
		n--
	}
	return cmds[:n], names
}

// escaperOf parts the commands of a pipeline from the escapers at its end; nil
// if they are none that this package knows.
func (b *Bound) escaperOf(cmds []*parse.CommandNode) ([]*parse.CommandNode, escaper) {
	own, names := b.cutEscapers(cmds)
	return own, escapers()[names]
}

// print appends a value.
func (x *execution) print(v reflect.Value, escape escaper) {
	s, k := textOf(v)
	x.out = escape(x.out, s, k)
}

var kinds = map[reflect.Type]kind{
	stringType:                           plain,
	reflect.TypeFor[template.HTML]():     safeHTML,
	reflect.TypeFor[template.HTMLAttr](): safeAttr,
	reflect.TypeFor[template.URL]():      safeURL,
}

var htmlType = reflect.TypeFor[template.HTML]()

// textOf is a value as escapers see it.
func textOf(v reflect.Value) (string, kind) {
	switch v.Kind() {
	case reflect.Invalid:
		return "", plain
	case reflect.String:
		switch t := v.Type(); t {
		case stringType:
			return v.String(), plain
		case htmlType:
			return v.String(), safeHTML
		default:
			if k, ok := kinds[t]; ok {
				return v.String(), k
			}
		}
	case reflect.Int:
		if v.Type() == intType {
			return strconv.Itoa(int(v.Int())), plain
		}
	case reflect.Pointer, reflect.Interface:
		panic(giveUp{})
	}
	return fmt.Sprint(v.Interface()), plain
}

// escapeText is for the text of an element.
func escapeText(out []byte, s string, k kind) []byte {
	if k == safeHTML {
		return append(out, s...)
	}
	return escaped.replace(out, s)
}

// escapeAttr is for an attribute in quotes. Tags have no place there.
func escapeAttr(out []byte, s string, k kind) []byte {
	if k == safeHTML {
		require(strings.IndexByte(s, '<') < 0)
		return escapedAgain.replace(out, s)
	}
	return escaped.replace(out, s)
}

// escapeTitle is for elements that hold text alone.
func escapeTitle(out []byte, s string, k kind) []byte {
	if k == safeHTML {
		return escapedAgain.replace(out, s)
	}
	return escaped.replace(out, s)
}

// filterAttr is for an attribute itself.
func filterAttr(out []byte, s string, k kind) []byte {
	require(k == safeAttr)
	return append(out, s...)
}

// escapeURL is for a whole address in an attribute. One that would run something
// does not come through.
func escapeURL(out []byte, s string, k kind) []byte {
	if k != safeURL {
		if scheme, _, ok := strings.Cut(s, ":"); ok && !strings.Contains(scheme, "/") &&
			!strings.EqualFold(scheme, "http") && !strings.EqualFold(scheme, "https") && !strings.EqualFold(scheme, "mailto") {
			s = "#ZgotmplZ"
		}
	}
	return appendURL(out, s)
}

// escapeURLPart is for the continuation of an address in an attribute.
func escapeURLPart(out []byte, s string, _ kind) []byte { return appendURL(out, s) }

// escapeURLQuery is for a piece of an address's query or fragment.
func escapeURLQuery(out []byte, s string, k kind) []byte {
	if k == safeURL {
		return appendURL(out, s)
	}
	return queried.replace(out, s)
}

// appendURL appends an address. What is percent-encoded in it stays so.
func appendURL(out []byte, s string) []byte {
	for {
		i := strings.IndexByte(s, '%')
		if i < 0 {
			return addressed.replace(out, s)
		}
		out = addressed.replace(out, s[:i])
		if s = s[i+1:]; len(s) >= 2 && hexadecimal(s[0]) && hexadecimal(s[1]) {
			out = append(out, '%')
		} else {
			out = append(out, "%25"...)
		}
	}
}

func hexadecimal(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

// replacements are what stands for some bytes.
type replacements struct {
	some [256]bool // those that are replaced
	by   [256]string
}

func replacing(by [256]string) *replacements {
	r := &replacements{by: by}
	for c, s := range by {
		r.some[c] = s != ""
	}
	return r
}

func (r *replacements) replace(out []byte, s string) []byte {
	from := 0
	for i := range len(s) {
		if r.some[s[i]] {
			out = append(out, s[from:i]...)
			out = append(out, r.by[s[i]]...)
			from = i + 1
		}
	}
	return append(out, s[from:]...)
}

var special = [256]string{
	0: "\uFFFD", '"': "&#34;", '&': "&amp;", '\'': "&#39;", '+': "&#43;", '<': "&lt;", '>': "&gt;",
}

var (
	escaped      = replacing(special)
	escapedAgain = replacing(again())      // what is HTML already
	addressed    = replacing(inURL(true))  // in an address in an attribute
	queried      = replacing(inURL(false)) // in a piece of its query
)

func again() [256]string {
	by := special
	by['&'] = ""
	return by
}

// inURL percent-encodes for an attribute what an address does not hold as it is:
// all but letters, digits, - . _ ~, and in a whole address what parts it.
func inURL(whole bool) (by [256]string) {
	for i := range by {
		c := byte(i)
		switch {
		case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("-._~", c) >= 0:
		case whole && c == '%': // see appendURL
		case whole && strings.IndexByte("!#$&*+,/:;=?@[]", c) >= 0:
			by[c] = special[c]
		default:
			by[c] = fmt.Sprintf("%%%02x", c)
		}
	}
	return by
}
