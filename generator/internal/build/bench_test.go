package build

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"playbook/generator/internal/output"
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

// BenchmarkCold builds 1,000 pages and publishes them into an empty folder.
func BenchmarkCold(b *testing.B) {
	dir := corpusOf(b, 1000)
	b.ReportAllocs()
	for b.Loop() {
		b.StopTimer()
		out := b.TempDir()
		b.StartTimer()
		res, err := New(Options{Site: dir, BaseURL: "https://example.org/"}).Build(context.Background())
		if err != nil || res.Failed() {
			b.Fatal(err, res.Diags)
		}
		if _, err := output.Publish(context.Background(), res.Files, out, output.PublishOptions{Ready: res.Ready}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSave is what serve does after an author saves one module.
func BenchmarkSave(b *testing.B) {
	for _, pages := range []int{1000, 10_000} {
		b.Run(strconv.Itoa(pages), func(b *testing.B) {
			dir := corpusOf(b, pages)
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
				if res, err := builder.Rebuild(context.Background(), []string{file}); err != nil || res.Failed() {
					b.Fatal(err, res.Diags)
				}
			}
		})
	}
}
