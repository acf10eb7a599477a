package build

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"playbook/generator/internal/output"
	"playbook/tests/bench/corpus"
)

// large1000 is a corpus of 1,000 pages.
func large1000(b *testing.B) string {
	b.Helper()
	dir := b.TempDir()
	if err := corpus.Write(dir, 1000); err != nil {
		b.Fatal(err)
	}
	return dir
}

// BenchmarkCold builds 1,000 pages and publishes them into an empty folder.
func BenchmarkCold(b *testing.B) {
	dir := large1000(b)
	b.ReportAllocs()
	for b.Loop() {
		b.StopTimer()
		out := b.TempDir()
		b.StartTimer()
		res, err := New(Options{Site: dir, BaseURL: "https://example.org/"}).Build(context.Background())
		if err != nil || res.Failed() {
			b.Fatal(err, res.Diags)
		}
		if _, err := output.Publish(context.Background(), res.Files, out, output.PublishOptions{}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSave is what serve does after an author saves one module of 1,000 pages.
func BenchmarkSave(b *testing.B) {
	dir := large1000(b)
	file := filepath.Join(dir, "content/001-section-1/000-lesson-1.en.md")
	text, err := os.ReadFile(file)
	if err != nil {
		b.Fatal(err)
	}
	builder := New(Options{Site: dir, Live: true})
	if _, err := builder.Build(context.Background()); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		text = append(text, "\nMore.\n"...)
		if err := os.WriteFile(file, text, 0o644); err != nil {
			b.Fatal(err)
		}
		if res, err := builder.Build(context.Background()); err != nil || res.Failed() {
			b.Fatal(err, res.Diags)
		}
	}
}
