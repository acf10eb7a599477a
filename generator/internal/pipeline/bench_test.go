package pipeline

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"playbook/generator/internal/check"
	"playbook/generator/internal/output"
	"playbook/generator/internal/render"
	"playbook/generator/internal/search"
	"playbook/generator/internal/site"
	"playbook/generator/internal/source"
	"playbook/tests/bench/corpus"
)

// corpusOf writes a corpus.
func corpusOf(b *testing.B, pages int) string {
	b.Helper()
	dir := b.TempDir()
	if err := corpus.Write(dir, pages); err != nil {
		b.Fatal(err)
	}
	return dir
}

// BenchmarkStages are the stages of BenchmarkCold, one after the other.
func BenchmarkStages(b *testing.B) {
	dir := corpusOf(b, 1000)
	bench := func(name string, stage func()) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				stage()
			}
		})
	}
	tree, _, err := source.Load(dir)
	if err != nil {
		b.Fatal(err)
	}
	builder := New(Options{Site: dir, BaseURL: "https://example.org/"})
	in, err := builder.Read(nil)
	if err != nil {
		b.Fatal(err)
	}
	theme, _ := builder.cache.loadTheme(in)
	tables := theme.Words()
	texts, _, _ := builder.cache.parse(context.Background(), Options{}, tree, tables)
	model := site.New(tree, texts, tables, nil, nil)
	r := render.New(theme.Theme, model, render.Options{})

	bench("theme", func() { New(Options{}).cache.loadTheme(in) })
	bench("read", func() { _, _, _ = source.Load(dir) })
	bench("parse", func() { New(Options{}).cache.parse(context.Background(), Options{}, tree, tables) })
	bench("model", func() { site.New(tree, texts, tables, nil, nil) })
	bench("check", func() { new(check.Memory).Run(model, tables, false) })
	var memory []byte
	bench("render", func() {
		for _, m := range model.Modules {
			for _, p := range m.Pages {
				memory, _ = r.Page(memory[:0], p)
			}
		}
	})
	bench("lists", func() {
		for _, g := range r.Generated() {
			memory, _ = r.RenderGenerated(memory[:0], g)
		}
	})
	bench("index", func() {
		index := search.New()
		index.OneShot = true
		all, err := index.Build(searchInput(model, tables))
		if err != nil {
			b.Fatal(err)
		}
		for _, f := range all {
			f.Data()
		}
	})
	rendered := &Plan{}
	for _, m := range model.Modules {
		for _, p := range m.Pages {
			html, _ := r.Page(nil, p)
			rendered.files = append(rendered.files, File{Path: p.Path, Data: html})
		}
	}
	slices.SortFunc(rendered.files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	b.Run("write", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			b.StopTimer()
			out := b.TempDir()
			b.StartTimer()
			if _, _, err := output.Publish(context.Background(), rendered, out, output.PublishOptions{}); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// publish builds and publishes a site.
func publish(b *testing.B, builder *Builder, out string) {
	b.Helper()
	res := run(b, builder, nil)
	if res.Failed() {
		b.Fatal(res.Diags)
	}
	if _, faults, err := output.Publish(context.Background(), res.Plan, out, output.PublishOptions{}); err != nil || faults.HasErrors() {
		b.Fatal(err, faults)
	}
}

// BenchmarkCold builds 1,000 pages and publishes them into an empty folder.
func BenchmarkCold(b *testing.B) {
	dir := corpusOf(b, 1000)
	b.ReportAllocs()
	for b.Loop() {
		b.StopTimer()
		out := b.TempDir()
		b.StartTimer()
		publish(b, New(Options{Site: dir, BaseURL: "https://example.org/"}), out)
	}
}

// BenchmarkCourse builds and publishes our own course into an empty folder.
func BenchmarkCourse(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		b.StopTimer()
		out := b.TempDir()
		b.StartTimer()
		publish(b, New(Options{Site: course}), out)
	}
}

// BenchmarkIndexing builds and publishes 1,000 pages with the search index and
// without, in turns, and reports what the index costs as a part of all the rest.
func BenchmarkIndexing(b *testing.B) {
	dir := corpusOf(b, 1000)
	timed := func(index bool) time.Duration {
		out := b.TempDir()
		runtime.GC()
		began := time.Now()
		builder := New(Options{Site: dir, BaseURL: "https://example.org/"})
		if !index {
			builder.cache.search = nil
		}
		publish(b, builder, out)
		took := time.Since(began)
		os.RemoveAll(out)
		return took
	}
	var with, without time.Duration
	for b.Loop() {
		with += timed(true)
		without += timed(false)
	}
	b.ReportMetric(0, "ns/op") // of both together it tells nothing
	b.ReportMetric(float64(with-without)/float64(without), "index/rest")
}

// BenchmarkSave is what serve does after an author saves one module.
func BenchmarkSave(b *testing.B) {
	for _, shape := range []struct {
		name  string
		write func(dir string, pages int) error
	}{{"even", corpus.Write}, {"deep", corpus.WriteDeep}} {
		for _, pages := range []int{1000, 10_000} {
			b.Run(strconv.Itoa(pages)+"-"+shape.name, func(b *testing.B) {
				dir := b.TempDir()
				if err := shape.write(dir, pages); err != nil {
					b.Fatal(err)
				}
				builder := New(Options{Site: dir, Live: true})
				var file string
				for _, f := range run(b, builder, nil).Plan.Files() {
					if f.Kind == Page && f.Source != "" {
						file = filepath.Join(dir, filepath.FromSlash(f.Source))
					}
				}
				text, err := os.ReadFile(file)
				if err != nil {
					b.Fatal(err)
				}
				b.ReportAllocs()
				for b.Loop() {
					text = append(text, "\nMore.\n"...)
					if err := os.WriteFile(file, text, 0o644); err != nil {
						b.Fatal(err)
					}
					if res := run(b, builder, []string{file}); res.Failed() {
						b.Fatal(res.Diags)
					}
				}
			})
		}
	}
}
