package pool

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
)

func TestDo(t *testing.T) {
	var mu sync.Mutex
	var seen []int
	err := Do(t.Context(), 100, func(i int) error {
		mu.Lock()
		defer mu.Unlock()
		seen = append(seen, i)
		return nil
	})
	slices.Sort(seen)
	if err != nil || len(seen) != 100 || seen[0] != 0 || seen[99] != 99 || len(slices.Compact(seen)) != 100 {
		t.Errorf("%v %v", seen, err)
	}
	if err := Do(t.Context(), 0, nil); err != nil {
		t.Error(err)
	}
}

func TestDoFails(t *testing.T) {
	wrong := errors.New("wrong")
	calls := 0
	var mu sync.Mutex
	err := Do(t.Context(), 100_000, func(i int) error {
		mu.Lock()
		defer mu.Unlock()
		calls++
		if i == 3 {
			return wrong
		}
		return nil
	})
	if err != wrong || calls == 100_000 {
		t.Errorf("%v after %d calls", err, calls)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := Do(ctx, 5, func(int) error { t.Error("called"); return nil }); err != context.Canceled {
		t.Error(err)
	}
}

func TestDoWith(t *testing.T) {
	var mu sync.Mutex
	sum := 0
	type own struct{ calls int }
	err := DoWith(t.Context(), 50, func() *own { return new(own) }, func(o *own, i int) error {
		o.calls++ // without a lock: the race detector tells whether it is shared
		mu.Lock()
		defer mu.Unlock()
		sum++
		return nil
	})
	if sum != 50 || err != nil {
		t.Errorf("%d %v", sum, err)
	}
}

func TestPanic(t *testing.T) {
	var list []int
	err := Do(t.Context(), 3, func(i int) error { return errors.New(string(rune(list[i]))) })
	var p *Panic
	if !errors.As(err, &p) {
		t.Fatal(err)
	}
	if got := err.Error(); !strings.HasPrefix(got, "a mistake in playbook itself, at pool/pool_test.go:") || !strings.HasSuffix(got, "index out of range [0] with length 0") &&
		!strings.HasSuffix(got, "index out of range [1] with length 0") && !strings.HasSuffix(got, "index out of range [2] with length 0") {
		t.Error(got)
	}
	if err := Try(func() error { panic("own words") }); !strings.HasSuffix(err.Error(), ": own words") || len(p.Stack) == 0 {
		t.Error(err)
	}
}
