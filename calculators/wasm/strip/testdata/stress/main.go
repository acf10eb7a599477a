// Command stress does what leans on the runtime's symbol table, and prints what
// came of it. Run as "stress NAME" it does one thing that ends the program.
package main

import (
	"errors"
	"fmt"
	"os"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync"
)

func main() {
	if len(os.Args) > 1 {
		fatal[os.Args[1]]()
		fmt.Println("still alive")
		return
	}
	for _, c := range []struct {
		name string
		run  func() any
	}{
		{"deep recursion", func() any { return deep(100_000, &node{value: 1}) }},
		{"collections on a deep stack", func() any { return collecting(3_000, nil) }},
		{"recovered through many frames", func() any { return fmt.Sprint(unwound(2_000)) }},
		{"panics in deferred calls", func() any { return nested(50) }},
		{"who may recover", mayRecover},
		{"runtime errors", runtimeErrors},
		{"goroutines", goroutines},
		{"maps, strings, closures", collections},
		{"reflected calls", reflected},
		{"finalizers", finalizers},
		{"goexit", goexit},
		{"goroutines left", func() any { return runtime.NumGoroutine() }},
	} {
		fmt.Printf("%s: %v\n", c.name, c.run())
	}
}

type node struct {
	next  *node
	value int
	bulk  [10]int
}

// deep grows the stack, whose pointers into itself must move with it.
func deep(n int, up *node) int {
	here := node{next: up, value: n}
	if n == 0 {
		return sum(&here, 5)
	}
	return deep(n-1, &here)&0xffff + here.next.value&1
}

func sum(n *node, most int) (s int) {
	for ; n != nil && most > 0; n, most = n.next, most-1 {
		s += n.value
	}
	return s
}

// collecting holds objects that only the frames of a deep stack know.
func collecting(n int, up *node) int {
	mine := &node{next: up, value: n}
	words := []string{fmt.Sprint(n), strings.Repeat("x", n%7)}
	if n%500 == 0 {
		runtime.GC()
	}
	garbage := make([]byte, 2_000)
	s := 0
	if n > 0 {
		s = collecting(n-1, mine)
	}
	runtime.KeepAlive(garbage)
	if words[0] != fmt.Sprint(n) || len(words[1]) != n%7 || mine.value != n || mine.next != nil && mine.next.value != n+1 {
		panic("an object is gone")
	}
	return s + mine.value
}

// unwound panics below many frames that all have work to do on the way out.
func unwound(n int) (done int, err any) {
	defer func() {
		err = recover()
		runtime.GC()
	}()
	var fall func(n int)
	fall = func(n int) {
		kept := &node{value: n}
		for i := range 3 { // in a loop: not open-coded
			defer func() { done += kept.value*0 + i }()
		}
		defer func() { done++ }()
		if n == 0 {
			panic(errors.New("the bottom"))
		}
		fall(n - 1)
	}
	fall(n)
	return
}

func nested(n int) (s string) {
	defer func() { s = fmt.Sprint(recover(), len(s)) }()
	defer func() {
		if n > 0 {
			s = nested(n - 1)
		}
		panic(fmt.Sprint("again ", n))
	}()
	panic("once")
}

// mayRecover tries recover in each place: gorecover counts frames.
type value struct{ caught *any }

func (v value) Catch()     { *v.caught = recover() }
func (v *value) PtrCatch() { *v.caught = recover() }

type outer struct{ *value }
type catcher interface{ Catch() }

func small(v catcher)        { v.Catch() } // small enough to be inlined
func generic[T catcher](v T) { v.Catch() }

func mayRecover() any {
	var all []string
	try := func(name string, f func(caught *any)) {
		var caught any
		func() {
			defer func() {
				if r := recover(); r != nil {
					all = append(all, name+" no")
				} else {
					all = append(all, fmt.Sprint(name, " ", caught))
				}
			}()
			f(&caught)
		}()
	}
	try("direct", func(c *any) { defer func() { *c = recover() }(); panic(1) })
	try("method", func(c *any) { defer value{c}.Catch(); panic(2) })
	try("pointer", func(c *any) { defer (&value{c}).PtrCatch(); panic(3) })
	try("promoted", func(c *any) { defer outer{&value{c}}.Catch(); panic(4) })
	try("interface", func(c *any) { var i catcher = outer{&value{c}}; defer i.Catch(); panic(5) })
	try("value", func(c *any) { f := outer{&value{c}}.Catch; defer f(); panic(6) })
	try("expression", func(c *any) { defer catcher.Catch(&value{c}); panic(7) })
	try("one deeper", func(c *any) { defer func() { func() { *c = recover() }() }(); panic(8) })
	try("inlined deeper", func(c *any) { defer small(value{c}); panic(9) })
	try("inlined in a closure", func(c *any) { defer func() { small(&value{c}) }(); panic(10) })
	try("generic", func(c *any) { defer generic(outer{&value{c}}); panic(11) })
	try("itself", func(c *any) { defer recover(); panic(12) })
	try("loop", func(c *any) {
		for range 2 {
			defer value{c}.Catch()
		}
		panic(13)
	})
	try("reflected", func(c *any) {
		f := reflect.ValueOf(&value{c}).MethodByName("Catch").Interface().(func())
		defer f()
		panic(14)
	})
	return all
}

type plain struct{ n int }

func (p plain) Get() int { return p.n }

type getter interface{ Get() int }

var getters = []getter{(*plain)(nil), plain{}}

// runtimeErrors recovers what the runtime itself panics with. The message of the
// last one holds names, which are not compared.
func runtimeErrors() any {
	var all []string
	catch := func(f func()) {
		defer func() {
			err := recover().(runtime.Error)
			text, _, _ := strings.Cut(err.Error(), "?.?.?")
			text, _, _ = strings.Cut(text, "main.plain.Get")
			all = append(all, text)
		}()
		f()
	}
	zero, list, none := len(os.Args)-1, []int{1}, map[string]int(nil)
	catch(func() { list[0] = 1 / zero })
	catch(func() { list[zero+5]++ })
	catch(func() { _ = list[zero+3 : zero+2] })
	catch(func() { none["a"] = 1 })
	catch(func() { var p *node; p.value++ })
	catch(func() { var a any = "text"; list[0] = a.(int) })
	catch(func() { _ = make([]int, zero-1) })
	catch(func() { var c chan int; close(c) })
	catch(func() { list[0] = getters[zero].Get() })
	return all
}

func goroutines() any {
	numbers, squares := make(chan int), make(chan *node, 3)
	var workers sync.WaitGroup
	for range 20 {
		workers.Go(func() {
			for n := range numbers {
				if n%50 == 0 {
					runtime.GC()
				}
				squares <- &node{value: deep(200, new(node))*0 + n*n}
			}
		})
	}
	go func() {
		for n := range 1_000 {
			numbers <- n
		}
		close(numbers)
		workers.Wait()
		close(squares)
	}()
	s, before := 0, runtime.NumGoroutine()
	for n := range squares {
		s += n.value
	}
	return fmt.Sprint(s, " ", before)
}

func collections() any {
	count := map[string][]*node{}
	var later []func() int
	for i := range 20_000 {
		key := strings.Repeat(string(rune('a'+i%26)), 1+i%5)
		n := &node{value: i}
		count[key] = append(count[key], n)
		if i%1_000 == 0 {
			later = append(later, func() int { return n.value + len(count[key]) })
			runtime.GC()
		}
		if i%3 == 0 {
			delete(count, key)
		}
	}
	s := 0
	for _, f := range later {
		s += f()
	}
	keys := make([]string, 0, len(count))
	for key, nodes := range count {
		keys = append(keys, key)
		for _, n := range nodes {
			s += n.value
		}
	}
	slices.Sort(keys)
	return fmt.Sprint(s, " ", len(keys), " ", strings.Join(keys, "")[:20])
}

type doer struct{ text string }

func (d doer) Do(n int, more ...string) string {
	runtime.GC()
	deep(5_000, new(node))
	return d.text + fmt.Sprint(n, more)
}

// reflected passes arguments through reflect's stubs, whose frames the collector
// knows by name.
func reflected() any {
	made := reflect.MakeFunc(reflect.TypeFor[func(string, *node, []byte) *node](), func(in []reflect.Value) []reflect.Value {
		runtime.GC()
		deep(5_000, new(node))
		n := in[1].Interface().(*node)
		return []reflect.Value{reflect.ValueOf(&node{next: n, value: n.value + in[0].Len() + in[2].Len()})}
	}).Interface().(func(string, *node, []byte) *node)
	s := 0
	for i := range 20 {
		n := made(strings.Repeat("z", i), &node{value: i}, make([]byte, i))
		s += n.value + n.next.value
	}
	method := reflect.ValueOf(doer{"done "}).Method(0)
	f := method.Interface().(func(int, ...string) string)
	return fmt.Sprint(s, " ", f(1, "a"), " ", method.Call([]reflect.Value{reflect.ValueOf(2)}))
}

func finalizers() any {
	gone := make(chan int, 10)
	for i := range 10 {
		func() {
			n := &node{value: i}
			runtime.SetFinalizer(n, func(n *node) { gone <- n.value })
		}()
	}
	s := 0
	for range 10 {
		runtime.GC()
		runtime.Gosched()
		s += <-gone
	}
	return s
}

func goexit() (all any) {
	done := make(chan string)
	go func() {
		defer func() { done <- fmt.Sprint("left ", recover()) }()
		defer func() { runtime.GC() }()
		func() { runtime.Goexit() }()
	}()
	return <-done
}

var fatal = map[string]func(){
	"nil":       func() { var p *node; p.value++ },
	"panic":     func() { panic(fmt.Errorf("error %d", 7)) },
	"again":     func() { defer func() { panic("second") }(); panic("first") },
	"elsewhere": func() { go func() { panic("in a goroutine") }(); select {} },
	"deadlock":  func() { select {} },
	"goexit":    func() { runtime.Goexit() },
	"unlock":    func() { new(sync.Mutex).Unlock() },
	"map":       func() { m := map[any]int{}; m[[]int{}] = 1 },
	"exit":      func() { os.Exit(3) },
}
