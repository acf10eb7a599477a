package fasttemplate

import (
	"cmp"
	"fmt"
	"html/template"
	"reflect"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

// What compiled templates do while they run. Values are reflect's, so that what
// they hold is neither copied nor boxed.

// execution is one run.
type execution struct {
	executor *Executor
	out      []byte
	vars     []reflect.Value // of the templates that run, the innermost last; above them, arguments
	base     int             // of the innermost template's
	depth    int
}

// deepest is how many templates may run inside each other before html/template,
// which has a limit, has to say so.
const deepest = 1000

var executions = sync.Pool{New: func() any { return new(execution) }}

// free keeps an execution's memory for another.
func (x *execution) free() {
	clear(x.vars[:cap(x.vars)]) // holds no page
	*x = execution{out: x.out[:0], vars: x.vars[:0]}
	executions.Put(x)
}

// Write appends what html/template says.
func (x *execution) Write(p []byte) (int, error) {
	x.out = append(x.out, p...)
	return len(p), nil
}

// run appends what the template says. It panics with giveUp.
func (p *program) run(x *execution, dot reflect.Value) {
	if p.left.Load() {
		t, err := x.executor.interpreter()
		if err != nil || t.ExecuteTemplate(x, p.name, dot) != nil {
			panic(giveUp{}) // the page meets the fault again, and tells it
		}
		return
	}
	if x.depth++; x.depth > deepest {
		panic(giveUp{})
	}
	base, top := x.base, len(x.vars)
	x.vars = slices.Grow(x.vars, p.slots)[:top+p.slots]
	x.base = top
	x.vars[top] = dot
	x.run(p.body, dot)
	x.vars = x.vars[:top]
	x.base = base
	x.depth--
}

func (x *execution) run(body []piece, dot reflect.Value) {
	for i := range body {
		p := &body[i]
		x.out = append(x.out, p.text...)
		if p.do != nil {
			p.do(x, dot)
		}
	}
}

// push evaluates arguments; pop drops so many.
func (x *execution) push(args []expr, dot reflect.Value) []reflect.Value {
	top := len(x.vars)
	for i := range args {
		v := args[i].eval(x, dot) // which may push and pop
		x.vars = append(x.vars, v)
	}
	return x.vars[top:]
}

func (x *execution) pop(n int) { x.vars = x.vars[:len(x.vars)-n] }

// unwrap is what an interface holds.
func unwrap(v reflect.Value) reflect.Value {
	if v.Kind() == reflect.Interface {
		return v.Elem()
	}
	return v
}

// deref is what pointers and interfaces lead to.
func deref(v reflect.Value) reflect.Value {
	for v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
		if v.IsNil() {
			panic(giveUp{})
		}
		v = v.Elem()
	}
	return v
}

// truth is what if and with, and and or, ask.
func truth(v reflect.Value) bool {
	v = unwrap(v)
	switch v.Kind() {
	case reflect.Invalid:
		return false
	case reflect.Array, reflect.Map, reflect.Slice, reflect.String:
		return v.Len() > 0
	case reflect.Struct:
		return true
	case reflect.Float32, reflect.Float64:
		return v.Float() != 0
	case reflect.Complex64, reflect.Complex128:
		return v.Complex() != 0
	}
	return !v.IsZero()
}

// field is a name in a template. It remembers where it found the name last: at
// one place in a template it is nearly always the same type.
type field struct {
	name string
	last atomic.Pointer[member]
}

// member is where a type has a name.
type member struct {
	typ             reflect.Type
	method, pointer int   // the number of the type's method, of its pointer's; -1: none
	index           []int // of the field; nil: none
	key             bool  // the type is a map with keys of strings
}

func find(t reflect.Type, name string) *member {
	p := &member{typ: t, method: -1, pointer: -1}
	if m, ok := t.MethodByName(name); ok {
		p.method = m.Index
	}
	if m, ok := reflect.PointerTo(t).MethodByName(name); ok {
		p.pointer = m.Index
	}
	switch t.Kind() {
	case reflect.Struct:
		if f, ok := t.FieldByName(name); ok && f.IsExported() {
			p.index = f.Index
		}
	case reflect.Map:
		p.key = t.Key() == stringType
	}
	return p
}

// get is the field of a value, what its method says to some arguments, or the
// entry of a map.
func (f *field) get(v reflect.Value, args []reflect.Value) reflect.Value {
	if !v.IsValid() {
		return v
	}
	v = deref(v)
	p := f.last.Load()
	if t := v.Type(); p == nil || p.typ != t {
		p = find(t, f.name)
		f.last.Store(p)
	}
	switch {
	case p.pointer >= 0 && v.CanAddr():
		return invoke(v.Addr().Method(p.pointer), args)
	case p.method >= 0:
		return invoke(v.Method(p.method), args)
	case len(args) > 0:
	case p.index != nil:
		if len(p.index) == 1 {
			return v.Field(p.index[0])
		}
		deep, err := v.FieldByIndexErr(p.index)
		require(err == nil)
		return deep
	case p.key:
		return v.MapIndex(reflect.ValueOf(f.name))
	}
	panic(giveUp{})
}

// invoke calls a function or method.
func invoke(fn reflect.Value, args []reflect.Value) reflect.Value {
	require(fn.IsValid()) // a dynamic function that an executor does not bring
	t := fn.Type()
	fixed := t.NumIn()
	if t.IsVariadic() {
		fixed--
	}
	if len(args) < fixed || len(args) > fixed && !t.IsVariadic() {
		panic(giveUp{})
	}
	for i, arg := range args {
		param := t.In(min(i, t.NumIn()-1))
		if i >= fixed {
			param = param.Elem()
		}
		args[i] = convertArg(arg, param)
	}
	out := fn.Call(args)
	if len(out) == 2 && out[1].Type() == errorType && out[1].IsNil() {
		out = out[:1]
	}
	if len(out) != 1 || out[0].Type() == valueType {
		panic(giveUp{})
	}
	return out[0]
}

// convertArg is a value as a parameter takes it.
func convertArg(v reflect.Value, want reflect.Type) reflect.Value {
	if want != valueType {
		if !v.IsValid() && want.Kind() == reflect.Interface {
			return reflect.Zero(want)
		}
		if v.IsValid() && v.Type().AssignableTo(want) {
			return v
		}
		if v = unwrap(v); v.IsValid() && v.Type().AssignableTo(want) {
			return v
		}
	}
	panic(giveUp{})
}

var (
	stringType = reflect.TypeFor[string]()
	intType    = reflect.TypeFor[int]()
	errorType  = reflect.TypeFor[error]()
	valueType  = reflect.TypeFor[reflect.Value]()
)

// builtins are the functions that templates have by themselves.
var builtins = map[string]func(args []reflect.Value) reflect.Value{
	"not": func(args []reflect.Value) reflect.Value {
		require(len(args) == 1)
		return boolean(!truth(args[0]))
	},
	"eq": func(args []reflect.Value) reflect.Value {
		require(len(args) > 1)
		for _, b := range args[1:] {
			if compare(args[0], b) == 0 {
				return boolean(true)
			}
		}
		return boolean(false)
	},
	"ne": func(args []reflect.Value) reflect.Value { return boolean(compareTwo(args) != 0) },
	"lt": func(args []reflect.Value) reflect.Value { return boolean(ordered(args) < 0) },
	"le": func(args []reflect.Value) reflect.Value { return boolean(ordered(args) <= 0) },
	"gt": func(args []reflect.Value) reflect.Value { return boolean(ordered(args) > 0) },
	"ge": func(args []reflect.Value) reflect.Value { return boolean(ordered(args) >= 0) },
	"len": func(args []reflect.Value) reflect.Value {
		require(len(args) == 1)
		switch v := deref(args[0]); v.Kind() {
		case reflect.Array, reflect.Chan, reflect.Map, reflect.Slice, reflect.String:
			return reflect.ValueOf(v.Len())
		}
		panic(giveUp{})
	},
	"index": func(args []reflect.Value) reflect.Value {
		require(len(args) > 0)
		v := unwrap(args[0])
		for _, at := range args[1:] {
			v, at = deref(v), unwrap(at)
			switch v.Kind() {
			case reflect.Slice, reflect.Array:
				require(at.CanInt() && 0 <= at.Int() && at.Int() < int64(v.Len()))
				v = v.Index(int(at.Int()))
			case reflect.Map:
				require(at.IsValid() && at.Type() == v.Type().Key())
				if entry := v.MapIndex(at); entry.IsValid() {
					v = entry
				} else {
					v = reflect.Zero(v.Type().Elem())
				}
			default:
				panic(giveUp{})
			}
		}
		return v
	},
	"print":    function(fmt.Sprint),
	"printf":   function(fmt.Sprintf),
	"println":  function(fmt.Sprintln),
	"html":     function(template.HTMLEscaper),
	"js":       function(template.JSEscaper),
	"urlquery": function(template.URLQueryEscaper),
}

func function(f any) func([]reflect.Value) reflect.Value {
	fn := reflect.ValueOf(f)
	return func(args []reflect.Value) reflect.Value { return invoke(fn, args) }
}

var booleans = [2]reflect.Value{reflect.ValueOf(false), reflect.ValueOf(true)}

func boolean(b bool) reflect.Value {
	if b {
		return booleans[1]
	}
	return booleans[0]
}

func require(ok bool) {
	if !ok {
		panic(giveUp{})
	}
}

func compareTwo(args []reflect.Value) int {
	require(len(args) == 2)
	return compare(args[0], args[1])
}

func ordered(args []reflect.Value) int {
	require(len(args) == 2 && unwrap(args[0]).Kind() != reflect.Bool)
	return compare(args[0], args[1])
}

// compare is negative, zero or positive as a is before, equal to or after b.
func compare(a, b reflect.Value) int {
	a, b = unwrap(a), unwrap(b)
	switch {
	case a.Kind() == reflect.String && b.Kind() == reflect.String:
		return strings.Compare(a.String(), b.String())
	case a.CanInt() && b.CanInt():
		return cmp.Compare(a.Int(), b.Int())
	case a.CanUint() && b.CanUint():
		return cmp.Compare(a.Uint(), b.Uint())
	case a.Kind() == reflect.Bool && b.Kind() == reflect.Bool:
		if a.Bool() == b.Bool() {
			return 0
		}
		return 1
	}
	panic(giveUp{})
}
