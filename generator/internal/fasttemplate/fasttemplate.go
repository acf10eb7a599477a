// Package fasttemplate runs html/template's templates faster: it compiles the trees
// that html/template has escaped, once for each set of functions that they are bound
// to. Functions that differ from one user of the templates to the next, such as those
// that know the site, come with an Executor: two can run at the same time.
//
// html/template looks up every field by its name, calls every function and every
// escaper by reflection, and boxes every value; a page has hundreds of them. Here
// fields know their places, what depends on bound functions and constants alone is
// text, and the common escapers append to the page. Without it a build of the course
// takes 1.4 times the processor time.
//
// It rests on what html/template documents: a template's Tree is HTML-safe once it
// ran, and escapers stand at the ends of its pipelines. Which escaper that is, is
// learnt from html/template itself, by letting it escape examples (escape.go). What
// this package does not know, it leaves to html/template: a template when a construct
// or an escaper in it is unknown, an execution when a value turns out to be one that
// needs more care, and every fault, so that its text and place are html/template's
// own. A template means the same either way. With Interpret everything is left to
// html/template; tests compare all pages of a site both ways.
//
// A panic of a function or method that a template calls is not caught.
package fasttemplate

import (
	"fmt"
	"html/template"
	"io"
	"reflect"
	"slices"
	"sync"
	"sync/atomic"
)

// Options of New.
type Options struct {
	// Dynamic names the functions that an Executor brings. All others are bound: what
	// they return depends on their arguments alone, so they run once where these are
	// known.
	Dynamic []string
	// Interpret leaves everything to html/template.
	Interpret bool
}

// Templates are html/template's, to be bound to functions. They are safe for
// concurrent use, and so is what is bound.
type Templates struct {
	parsed    *template.Template
	dynamic   map[string]bool
	interpret bool

	mu      sync.Mutex         // for all below, and every Bound's programs
	escaped *template.Template // a clone of parsed, whose trees have escapers
}

// New takes parsed templates that have never run; they must not be used afterwards.
// They may have been parsed with other functions of the names that are bound.
func New(parsed *template.Template, o Options) *Templates {
	t := &Templates{parsed: parsed, dynamic: map[string]bool{}, interpret: o.Interpret}
	for _, name := range o.Dynamic {
		t.dynamic[name] = true
	}
	return t
}

// Bound are templates with the functions that do not differ, compiled when they first
// run.
type Bound struct {
	templates *Templates
	funcs     template.FuncMap
	dynamic   map[string]bool     // what its executors bring
	programs  map[string]*program // by template
}

// Bind binds the templates to all functions that they were parsed with but the
// dynamic ones.
func (t *Templates) Bind(funcs template.FuncMap) *Bound {
	return &Bound{templates: t, funcs: funcs, dynamic: t.dynamic, programs: map[string]*program{}}
}

// Executor runs bound templates with dynamic functions of its own.
type Executor struct {
	bound       *Bound
	funcs       map[string]reflect.Value
	interpreter func() (*template.Template, error) // the templates as html/template runs them
}

// Executor returns what runs the templates with these dynamic functions. It costs
// little: nothing is compiled for it.
func (b *Bound) Executor(dynamic template.FuncMap) *Executor {
	e := &Executor{bound: b, funcs: map[string]reflect.Value{}}
	for name, f := range dynamic {
		e.funcs[name] = reflect.ValueOf(f)
	}
	e.interpreter = sync.OnceValues(func() (*template.Template, error) {
		clone, err := b.templates.parsed.Clone()
		if err != nil {
			return nil, err
		}
		return clone.Funcs(b.funcs).Funcs(dynamic), nil
	})
	return e
}

// Execute appends to into what a template says about dot. On an error, which is
// html/template's, it returns nil.
func (e *Executor) Execute(into []byte, name string, dot any) ([]byte, error) {
	x := executions.Get().(*execution)
	own := x.out
	x.out = into
	err := e.execute(x, name, dot)
	out := x.out
	x.out = own
	x.free()
	if err != nil {
		return nil, err
	}
	return out, nil
}

// ExecuteString is Execute for a part of a page.
func (e *Executor) ExecuteString(name string, dot any) (string, error) {
	x := executions.Get().(*execution)
	defer x.free()
	if err := e.execute(x, name, dot); err != nil {
		return "", err
	}
	return string(x.out), nil
}

// execute runs a template. What a compiled one gives up, html/template does from the
// start; when it succeeds, it does so for good.
func (e *Executor) execute(x *execution, name string, dot any) error {
	p, err := e.bound.compiled(name)
	if err != nil {
		return err
	}
	x.executor = e
	begin := len(x.out)
	if !p.left.Load() && attempt(func() { p.run(x, reflect.ValueOf(dot)) }) {
		return nil
	}
	*x = execution{executor: e, out: x.out[:begin], vars: x.vars[:0]}
	html, err := e.interpreter()
	if err != nil {
		return err
	}
	if err := html.ExecuteTemplate(x, name, dot); err != nil {
		return err
	}
	p.left.Store(true)
	return nil
}

// Left lists the templates that have run and are left to html/template.
func (b *Bound) Left() []string {
	b.templates.mu.Lock()
	defer b.templates.mu.Unlock()
	var names []string
	for name, p := range b.programs {
		if p.left.Load() {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// compiled returns a template's program.
func (b *Bound) compiled(name string) (*program, error) {
	t := b.templates
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.parsed.Lookup(name) == nil {
		return nil, fmt.Errorf("template: %s:1: there is no template %s", name, name)
	}
	if b.programs[name] == nil && !t.interpret {
		if err := t.escape(name); err != nil {
			return nil, err
		}
	}
	return b.program(name), nil
}

// escape makes html/template add its escapers to the tree of a template and of all
// that it calls. It does so when a template first runs, before it writes.
func (t *Templates) escape(name string) error {
	if t.escaped == nil {
		clone, err := t.parsed.Clone()
		if err != nil {
			return err
		}
		t.escaped = clone
	}
	_ = t.escaped.ExecuteTemplate(full{}, name, nil) // a fault is told when a page meets it
	return nil
}

// full is a writer that takes nothing.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, io.ErrShortWrite }

// program is a compiled template.
type program struct {
	bound *Bound
	name  string
	body  []piece
	slots int         // of variables; the first is "$"
	left  atomic.Bool // to html/template
}

// program compiles a template, unless that is done. Its tree must have been escaped.
func (b *Bound) program(name string) *program {
	p := b.programs[name]
	if p == nil {
		p = &program{bound: b, name: name}
		b.programs[name] = p // before it is compiled: a template may call itself
		if p.left.Store(b.templates.interpret); !b.templates.interpret {
			p.compile()
		}
	}
	return p
}

// giveUp is what compiling and running panic with to leave the rest to
// html/template.
type giveUp struct{}

// attempt reports whether f ran to its end; false if it gave up.
func attempt(f func()) (ok bool) {
	defer recoverGiveUp()
	f()
	return true
}

// recoverGiveUp, deferred, ends the panic of giving up and no other.
func recoverGiveUp() {
	if r := recover(); r != nil && r != (giveUp{}) {
		panic(r)
	}
}
