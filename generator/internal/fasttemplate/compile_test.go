package fasttemplate

import (
	"errors"
	"fmt"
	"html/template"
	"maps"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// bind binds templates, given by name, to functions, those named by the options with
// an executor.
func bind(t testing.TB, funcs template.FuncMap, o Options, templates map[string]string) *Executor {
	t.Helper()
	root := template.New("").Funcs(funcs)
	for name, text := range templates {
		if _, err := root.New(name).Parse(text); err != nil {
			t.Fatal(err)
		}
	}
	bound, dynamic := maps.Clone(funcs), template.FuncMap{}
	for _, name := range o.Dynamic {
		dynamic[name] = funcs[name]
		delete(bound, name)
	}
	return New(root, o).Bind(bound).Executor(dynamic)
}

// isLeft reports whether a template is left to html/template.
func isLeft(t testing.TB, e *Executor, name string) bool {
	t.Helper()
	p, err := e.bound.compiled(name)
	if err != nil {
		t.Fatal(err)
	}
	return p.left.Load()
}

// What depends on nothing but bound functions runs once; what a page brings along, or
// the site, runs for every page; and a page says the same as without compiling.
func TestConstant(t *testing.T) {
	ran := map[string]int{}
	count := func(name string) func(args ...any) string {
		return func(args ...any) string {
			ran[name]++
			return "<" + name + ">"
		}
	}
	b := bind(t, template.FuncMap{"t": count("t"), "tt": count("tt"), "asset": count("asset")}, Options{Dynamic: []string{"tt"}}, map[string]string{
		"page":  `<p title="{{t "a"}}">{{asset "b"}}{{if .}}{{t "c"}}{{end}}{{t "d" .}} {{tt "e"}}{{"e" | tt}}</p>{{range .}}{{template "icon" "x"}}{{template "icon" .}}{{end}}{{template "outer" 1}}`,
		"icon":  `<i>{{if eq . "x"}}{{t "x"}}{{else}}{{.}}{{end}}</i>`,
		"outer": `{{tt "f"}}{{with .}}{{t "g"}}{{end}}{{if not .}}{{template "outer" 1}}{{end}}`,
	})
	dot := []string{"<1>", "2"}
	isLeft(t, b, "page")
	clear(ran)
	got, err := b.ExecuteString("page", dot)
	if err != nil || len(b.bound.Left()) > 0 {
		t.Fatal(err, b.bound.Left())
	}
	if diff := cmp.Diff(map[string]int{"t": 1, "tt": 3}, ran); diff != "" {
		t.Errorf("calls for one page (-want +got):\n%s", diff)
	}
	if want, err := interpreted(t, b, "page", dot); err != nil || want != got {
		t.Errorf("got %s\nwant %s %v", got, want, err)
	}
}

// interpreted is what html/template makes of a template.
func interpreted(t testing.TB, e *Executor, name string, dot any) (string, error) {
	t.Helper()
	html, err := e.interpreter()
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	err = html.ExecuteTemplate(&out, name, dot)
	return out.String(), err
}

type inner struct {
	Name  string
	Below []inner
}

func (inner) Fixed() string            { return "<fixed>" }
func (p *inner) Of(what string) string { return p.Name + what }
func (inner) Broken() (string, error)  { return "", errors.New("broken") }

type loud string

func (l loud) String() string { return strings.ToUpper(string(l)) + "!" }

type sample struct {
	inner
	Text    string
	HTML    template.HTML
	Attr    template.HTMLAttr
	URL     template.URL
	Loud    loud
	N, Zero int
	Big     uint8
	Float   float64
	Yes, No bool
	Inner   *inner
	Nothing *inner
	Any     any
	Nil     any
	Error   error
	List    []string
	Empty   []string
	Items   []*inner
	Array   [2]int
	Map     map[string]any
}

func (s *sample) Sum(a, b int) int { return s.N + a + b }

func aSample() *sample {
	return &sample{
		inner: inner{Name: "embedded"}, Text: `a"b'c<d>&+` + "\x00\xff", HTML: "<b>&amp;</b>", Attr: ` hidden`, URL: "javascript:a('b')",
		Loud: "loud", N: 7, Big: 200, Yes: true, Inner: &inner{"<in>", []inner{{"a", nil}, {"b", []inner{{"c", nil}}}}}, Any: inner{Name: "any"}, Float: 1.5, Error: errors.New("<e>"),
		List: []string{"x", "<y>", "z"}, Items: []*inner{{Name: "1"}, {Name: "2"}}, Array: [2]int{3, 4},
		Map: map[string]any{"a": "<1>", "b": &inner{Name: "deep"}, "n": 5},
	}
}

// A compiled template says what html/template says. Those of the second table
// are left to html/template, which is slower and nothing else.
func TestCompiled(t *testing.T) {
	compiled := []string{
		`plain`, `{{/* nothing */}}`, `{{.Text}}`, `{{.HTML}}`, `{{.URL}}`, `{{.Loud}}`, `{{.N}} {{.Big}} {{.Float}} {{.Yes}} {{.List}} {{.Array}} {{.Map.n}}`,
		`{{.Name}} {{.Inner.Name}} {{.Any.Name}} {{.Map.a}} {{.Map.b.Name}} [{{.Map.none}}] [{{.Map.none.deeper}}] [{{.Nil}}]`,
		`{{.Fixed}} {{.Inner.Fixed}} {{.Inner.Of "x"}} {{.Sum 1 2}} {{.Sum 1 .N}} {{(.Inner.Of "y") | lower}} {{"z" | .Inner.Of}} {{.Any.Fixed}}`,
		`{{if .Yes}}a{{else}}b{{end}}{{if .No}}a{{else if .Text}}c{{else}}b{{end}}{{if .Nothing}}d{{end}}{{if .Nil}}e{{end}}{{if .Zero}}f{{end}}{{if .Empty}}g{{end}}{{if .Inner}}h{{end}}{{if .Float}}i{{end}}{{if .Any}}j{{end}}{{if .Map.none}}k{{end}}{{if .Error}}l{{end}}`,
		`{{with .Inner}}{{.Name}}{{$.Text}}{{else}}none{{end}}{{with .Nothing}}x{{else}}{{.N}}{{end}}{{with $x := .N}}{{.}}{{$x}}{{end}}`,
		`{{range .List}}{{.}}{{$.N}}{{else}}none{{end}}{{range .Empty}}x{{else}}none{{.N}}{{end}}{{range $x := .List}}{{$x}}{{.}}{{end}}{{range $i, $x := .Items}}{{$i}}{{$x.Name}}{{.Name}}{{end}}{{range .Array}}{{.}}{{end}}{{range .Nil}}x{{else}}nil{{end}}`,
		`{{$x := 1}}{{range .List}}{{$x}}{{$x = .}}{{end}}{{$x}}`,
		`{{$x := "out"}}{{if .Yes}}{{$x := "in"}}{{$x}}{{else}}{{$x := "else"}}{{$x}}{{end}}{{$x}}{{if .No}}{{else}}{{$y := "own"}}{{$x}}{{$y}}{{end}}{{with .N}}{{$x := .}}{{$x}}{{end}}{{$x}}{{$x := 2}}{{$x}}`,
		`{{range $i, $x := .Empty}}x{{else}}{{len $x}}{{end}}`,
		`{{eq .Text "x"}} {{eq .N 7}} {{eq .N 1 2 7}} {{ne .N 7}} {{eq .Yes true}} {{ne .Yes .No}} {{lt .N 8}} {{le .N 7}} {{gt .N 7}} {{ge .N 7}} {{lt "a" "b"}} {{eq .Loud "loud"}} {{eq .Map.n 5}}`,
		`{{and .Yes .Text}} {{and .No .Text}} {{or .No .Text}} {{or .Zero .No ""}} {{not .Yes}} {{not .Nil}} {{and .Yes (or .No .N)}} {{.N | and .Yes}}`,
		`{{len .List}} {{len .Text}} {{len .Map}} {{index .List 1}} {{index .Map "a"}} {{index .Map "gone"}} {{index .Array 1}} {{(index .Items 0).Name}}`,
		`{{printf "%s-%d" .Text .N}} {{print .N .Text}} {{println "a" 1}} {{"a" | printf "%s%s" "b"}}`,
		`{{lower "ABC"}} {{add 1 .N}} {{(dict "a" .N "b" "c").b}}{{with dict "x" .Text}}{{.x}}{{end}}`,
		`{{template "one" .}}{{template "one" .Inner}}{{template "none"}}{{template "tree" .Inner}}`,
		`{{template "icon" "a"}}{{template "icon" "b"}}{{template "icon" .Text}}`,
		`<p title="{{.Text}}" class="a {{.Text}}"{{.Attr}}>{{if .Yes}}<b>{{end}}</p>`, `<title>{{.Text}} {{.HTML}}</title><textarea>{{.HTML}}</textarea>`,
		`<a href="{{.Text}}">{{.URL}}</a><a href="{{.URL}}"></a><a href="/x/{{.Text}}?q={{.Text}}#{{.URL}}"></a><a href="#{{.Text}}"></a>`,
		`{{template "script" 1}}<i>{{.N}}</i>{{range .List}}{{template "script" .}}{{end}}`, // one template is left, not the page
	}
	interpret := []string{
		`{{range .List}}{{break}}{{end}}`, `{{range .Map}}{{.}}{{end}}`, `{{$ = 1}}{{$}}{{.N}}`, `{{range 3}}x{{end}}`, `{{.Inner}}`, `{{eq .Inner .Inner}}`, `{{eq .Big 200}}`,
		`{{slice .Text 1 2}}`, `{{.Text | html}}`, `<p title={{.Text}}></p>`, `<script>var x = {{.Text}}</script>`, `<p style="color: {{.Text}}"></p>`,
		`<p title="{{.HTML}}"></p>`, `<p {{.Text}}></p>`, `<img srcset="{{.Text}}">`, `{{1.5}}`, `{{'a'}}`, `{{index .Text 1}}`, `{{printf "%T" nil}}`,
		`{{if eq .Any nil}}x{{end}}`, `{{template "icon"}}`, `<p {{template "attr" .}}></p>`,
	}
	faulty := []string{
		`{{.None}}`, `{{.Nothing.Name}}`, `{{.Nil.Name}}`, `{{.Inner.Broken}}`, `{{.Broken}}`, `{{index .List 9}}`, `{{len 3}}`, `{{lower .N}}`, `{{lower .Loud}}`,
		`{{dict "a"}}`, `{{.Text 1}}`, `{{.Inner.Of}}`, `{{range .N | print}}{{end}}`, `{{range .Text}}{{end}}`, `{{eq 1 "a"}}`, `{{lt .Yes .No}}`, `{{.inner.Name}}`,
		`a
b {{with .Inner}}{{.Gone}}{{end}}`, `{{template "faulty" .}}`, `{{template "endless" .}}`, `{{if .Yes}}<a href="{{end}}`, `{{template "gone" .}}`, `{{.Text.Field}}`,
	}
	funcs := template.FuncMap{
		"lower": strings.ToLower,
		"add":   func(a, b int) int { return a + b },
		"dict": func(pairs ...any) (map[string]any, error) {
			if len(pairs)%2 != 0 {
				return nil, errors.New("pairs")
			}
			m := map[string]any{}
			for i := 0; i < len(pairs); i += 2 {
				m[fmt.Sprint(pairs[i])] = pairs[i+1]
			}
			return m, nil
		},
	}
	run := func(text string) (left bool, got string, err error, want string, fault error) {
		b := bind(t, funcs, Options{}, map[string]string{
			"page": text, "none": "none", "one": `<p>{{.Name}}{{$.Name}}</p>`, "icon": `<i>{{if eq . "a"}}A{{else if .}}{{.}}{{else}}-{{end}}</i>`,
			"tree":   `({{.Name}}{{range $i, $x := .Below}}{{if $i}},{{end}}{{template "tree" $x}}{{end}})`,
			"script": `<script>x({{.}})</script>`, "attr": `title="{{.Text}}"`, "faulty": "\n{{.Gone}}", "endless": `{{template "endless" .}}`,
		})
		out, err := b.Execute([]byte("before "), "page", aSample())
		want, fault = interpreted(t, b, "page", aSample())
		return isLeft(t, b, "page"), strings.TrimPrefix(string(out), "before "), err, want, fault
	}
	for _, text := range compiled {
		left, got, err, want, fault := run(text)
		if err != nil || fault != nil {
			t.Errorf("%s: %v, %v", text, err, fault)
		} else if got != want {
			t.Errorf("%s\ngot  %q\nwant %q", text, got, want)
		} else if left {
			t.Errorf("%s is left to html/template", text)
		}
	}
	for _, text := range interpret {
		left, got, err, want, fault := run(text)
		if err != nil || fault != nil || got != want || !left {
			t.Errorf("%s\ngot  %q %v\nwant %q %v\nleft: %v", text, got, err, want, fault, left)
		}
	}
	for _, text := range faulty {
		_, _, err, _, fault := run(text)
		if err == nil || fault == nil || err.Error() != fault.Error() {
			t.Errorf("%s\ngot  %v\nwant %v", text, err, fault)
		}
	}
}

// TestInterpret: the switch leaves everything to html/template.
func TestInterpret(t *testing.T) {
	b := bind(t, nil, Options{Interpret: true}, map[string]string{"page": `<p>{{.}}</p>{{template "more" .}}`, "more": "{{.}}"})
	if got, err := b.ExecuteString("page", "<1>"); err != nil || got != "<p>&lt;1&gt;</p>&lt;1&gt;" {
		t.Error(got, err)
	}
	if diff := cmp.Diff([]string{"page"}, b.bound.Left()); diff != "" {
		t.Error(diff)
	}
}

// TestPanic: what a template's function panics with comes through.
func TestPanic(t *testing.T) {
	b := bind(t, template.FuncMap{"fail": func(string) string { panic("a mistake") }}, Options{}, map[string]string{"page": `<p>{{fail .}}</p>`})
	defer func() {
		if r := recover(); r != "a mistake" {
			t.Errorf("%v", r)
		}
	}()
	got, err := b.ExecuteString("page", "x")
	t.Error(got, err)
}

// TestMissing: a template that is not there.
func TestMissing(t *testing.T) {
	b := bind(t, nil, Options{}, map[string]string{"page": "x"})
	if got, err := b.ExecuteString("pag", 1); err == nil || got != "" || err.Error() != "template: pag:1: there is no template pag" {
		t.Error(got, err)
	}
}

// Two executors of the same bound templates run at the same time, each with its own
// functions, compiled and interpreted.
func TestExecutors(t *testing.T) {
	for _, interpret := range []bool{false, true} {
		root := template.New("").Funcs(template.FuncMap{"site": func() string { return "" }, "fixed": func() string { return "" }})
		// The inner template has an escaper that is left to html/template.
		for name, text := range map[string]string{"page": `<p>{{fixed}} {{site}}</p>{{template "inner"}}`, "inner": `<p title={{site}}></p>`} {
			if _, err := root.New(name).Parse(text); err != nil {
				t.Fatal(err)
			}
		}
		b := New(root, Options{Dynamic: []string{"site"}, Interpret: interpret}).Bind(template.FuncMap{"fixed": func() string { return "same" }})
		var wg sync.WaitGroup
		for i := range 8 {
			title := fmt.Sprint("site", i)
			e := b.Executor(template.FuncMap{"site": func() string { return title }})
			wg.Go(func() {
				want := "<p>same " + title + "</p><p title=" + title + "></p>"
				for range 50 {
					if got, err := e.ExecuteString("page", nil); err != nil || got != want {
						t.Errorf("interpret %v: got %s, want %s %v", interpret, got, want, err)
						return
					}
				}
			})
		}
		wg.Wait()
	}
	b := New(template.Must(template.New("").Funcs(template.FuncMap{"site": func() string { return "" }}).New("page").Parse("{{site}}")), Options{Dynamic: []string{"site"}}).Bind(nil)
	if _, err := b.Executor(template.FuncMap{"site": func() (string, error) { return "", errors.New("broken") }}).ExecuteString("page", nil); err == nil || !strings.Contains(err.Error(), "broken") {
		t.Errorf("an executor's fault: %v", err)
	}
}
