// Package pool runs work on every processor, and turns a panic in it into an
// error that says where: on a goroutine of its own a panic would end the program
// and take an author's page, or the preview of all others, with it.
package pool

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"sync/atomic"
)

// Do calls work(0) … work(n-1) on every processor and waits. After an error, a
// panic or the end of ctx no new call begins; the first error is returned, a
// panic as a *Panic.
func Do(ctx context.Context, n int, work func(i int) error) error {
	return DoWith(ctx, n, func() struct{} { return struct{}{} }, func(_ struct{}, i int) error { return work(i) })
}

// DoWith is Do for work that keeps something from one call to the next: each
// goroutine has its own.
func DoWith[S any](ctx context.Context, n int, state func() S, work func(own S, i int) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			err := Try(func() (err error) {
				own := state()
				for ctx.Err() == nil && err == nil {
					i := int(next.Add(1)) - 1
					if i >= n {
						break
					}
					err = work(own, i)
				}
				return err
			})
			if err != nil {
				cancel(err)
			}
		})
	}
	wg.Wait()
	return context.Cause(ctx)
}

// Try calls f and returns its error, or its panic as a *Panic.
func Try(f func() error) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = &Panic{Value: v, Place: panicLine(), Stack: debug.Stack()}
		}
	}()
	return f()
}

// Value is Try for a function with a result.
func Value[T any](f func() (T, error)) (v T, err error) {
	err = Try(func() (err error) {
		v, err = f()
		return err
	})
	return v, err
}

// Panic is a mistake in the program.
type Panic struct {
	Value any
	Place string // where, such as "search/snapshot.go:190"
	Stack []byte
}

func (p *Panic) Error() string {
	return fmt.Sprintf("a mistake in playbook itself, at %s: %v", p.Place, p.Value)
}

// panicLine is the line of ours that panicked. It is called while a panic is recovered.
func panicLine() string {
	var pcs [64]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(0, pcs[:])])
	panicking := false
	for {
		f, more := frames.Next()
		switch {
		case f.Function == "runtime.gopanic" || f.Function == "runtime.sigpanic":
			panicking = true
		case panicking && strings.HasPrefix(f.Function, "playbook/"):
			file := f.File
			for _, above := range []string{"/internal/", "playbook/"} {
				if i := strings.LastIndex(file, above); i >= 0 {
					file = file[i+len(above):]
					break
				}
			}
			return fmt.Sprintf("%s:%d", file, f.Line)
		}
		if !more {
			return "an unknown place"
		}
	}
}
