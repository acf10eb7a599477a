package serve

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"sync"

	"playbook/generator/internal/diag"
	"playbook/generator/internal/pipeline"
	"playbook/generator/internal/pool"
)

// plan is what can be shown: a *pipeline.Plan.
type plan interface {
	Files() []pipeline.File
	File(path string) (pipeline.File, bool)
	Render(buf []byte, path string) ([]byte, diag.List)
}

// site is a plan whose files are rendered when somebody first asks for them.
type site struct {
	plan   plan
	source func(file string) []byte // the text of an author's file
	report func(faults diag.List)   // is told what is wrong with a file when it is rendered

	rendered sync.Map // by path: a func() rendering, which renders once
}

// rendering is a rendered file, and what is wrong with it.
type rendering struct {
	data   []byte
	faults diag.List
}

// get returns a file, rendered, and whether there is one.
func (s *site) get(path string) (rendering, bool) {
	f, ok := s.plan.File(path)
	if !ok || f.Data != nil {
		return rendering{data: f.Data}, ok
	}
	render, ok := s.rendered.Load(path)
	if !ok {
		render, _ = s.rendered.LoadOrStore(path, sync.OnceValue(func() (r rendering) {
			if r.data, r.faults = s.plan.Render(nil, path); len(r.faults) > 0 && s.report != nil {
				s.report(r.faults)
			}
			return r
		}))
	}
	return render.(func() rendering)(), true
}

// render renders files, and returns what is wrong with them.
func (s *site) render(ctx context.Context, paths []string) diag.List {
	faults := make([]diag.List, len(paths))
	_ = pool.Do(ctx, len(paths), func(i int) error {
		r, _ := s.get(paths[i])
		faults[i] = r.faults
		return nil
	})
	return slices.Concat(faults...).Unique()
}

func isPage(name string) bool { return strings.HasSuffix(name, ".html") }

// others are the files that pages are shown with: those that are known without
// rendering, and are no pages. (The search index is read when somebody searches.)
func (s *site) others(yield func(pipeline.File) bool) {
	for _, f := range s.plan.Files() {
		if f.Data != nil && !isPage(f.Path) && !yield(f) {
			return
		}
	}
}

// sameOthers reports whether two sites have the same. It only compares memory, so
// that a site full of pictures is not hashed on every save.
func sameOthers(a, b *site) bool {
	return slices.EqualFunc(slices.Collect(a.others), slices.Collect(b.others), func(f, g pipeline.File) bool {
		return f.Path == g.Path && bytes.Equal(f.Data, g.Data)
	})
}

func (s *site) hashOthers() string {
	h := sha256.New()
	for f := range s.others {
		fmt.Fprintf(h, "%s %d\n", f.Path, len(f.Data))
		h.Write(f.Data)
	}
	return hex.EncodeToString(h.Sum(nil))
}
