package build

import (
	"context"
	"os"
	"path/filepath"
	"testing"
)

// ours is the playbook's own content, copied so that it can be edited.
func ours(b *testing.B) string {
	b.Helper()
	dir := b.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "content"), os.DirFS("../../../content")); err != nil {
		b.Fatal(err)
	}
	return dir
}

func BenchmarkCold(b *testing.B) {
	dir := ours(b)
	b.ReportAllocs()
	for b.Loop() {
		if res, err := New(Options{Site: dir}).Build(context.Background()); err != nil || res.Failed() {
			b.Fatal(err, res.Diags)
		}
	}
}

// BenchmarkSave is what serve does after an author saves a module.
func BenchmarkSave(b *testing.B) {
	dir := ours(b)
	file := filepath.Join(dir, "content/07-questions/01-spin.en.md")
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
