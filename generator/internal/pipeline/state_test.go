package pipeline

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"playbook/generator/internal/output"
)

// A folder is up to date as long as everything that its site was made of stays, and
// what was said of it is said again.
func TestUpToDate(t *testing.T) {
	const css = "templates/assets/css/90-own.css"
	dir, out, cacheDir := write(t, twoLanguages+"-- "+css+" --\nbody { margin: 0 }\n"), t.TempDir(), t.TempDir()
	opt := Options{Site: dir}
	read := func(opt Options) Inputs {
		t.Helper()
		in, err := New(opt).Read(nil)
		if err != nil {
			t.Fatal(err)
		}
		return in
	}
	publish := func(between func()) Result {
		t.Helper()
		b := New(opt)
		in, err := b.Read(nil)
		if err != nil {
			t.Fatal(err)
		}
		res, err := b.Build(t.Context(), in)
		if err != nil || res.Failed() {
			t.Fatal(err, told(t, res))
		}
		stats, faults, err := output.Publish(t.Context(), res.Plan, out, output.PublishOptions{})
		if err != nil || len(faults) > 0 {
			t.Fatal(err, faults)
		}
		between()
		SaveState(in, res, stats, out, cacheDir)
		return res
	}
	upToDate := func(opt Options) (Result, output.Stats, bool) {
		return UpToDate(t.Context(), read(opt), out, cacheDir)
	}

	res := publish(func() {})
	said, stats, ok := upToDate(opt)
	if !ok || stats.Unchanged != len(res.Plan.Paths()) || said.Pages != res.Pages || said.Plan != nil {
		t.Errorf("up to date %v: %+v %+v", ok, stats, said)
	}
	if told(t, said) == "" || cmp.Diff(told(t, res), told(t, said)) != "" {
		t.Errorf("the warnings are not repeated:\n%s", told(t, said))
	}
	if _, _, ok := UpToDate(t.Context(), read(opt), t.TempDir(), cacheDir); ok {
		t.Error("another folder is up to date")
	}
	for _, other := range []Options{{Site: dir, BaseURL: "https://example.org/"}, {Site: dir, Compress: true}, {Site: dir, Live: true}, {Site: dir, Check: true}} {
		if _, _, ok := upToDate(other); ok {
			t.Errorf("with %+v the folder is up to date", other)
		}
	}
	for name, text := range map[string]string{
		"content/index.en.md":          "---\ntitle: Course\n---\nWelcome again.\n",
		"content/site.yaml":            "title: {en: Course, zh: 教程}\nlanguages: [en, zh]\n",
		"content/01-questions/dot.svg": "<svg/>",
		css:                            "body { margin: 1px }\n",
	} {
		if err := put(dir, name, text); err != nil {
			t.Fatal(err)
		}
		if _, _, ok := upToDate(opt); ok {
			t.Errorf("a change of %s is not seen", name)
		}
		publish(func() {})
		if _, _, ok := upToDate(opt); !ok {
			t.Errorf("after %s was published, it is not up to date", name)
		}
	}

	// A theme that changes while it is published may be the old one or the new.
	if err := os.RemoveAll(cacheDir); err != nil {
		t.Fatal(err)
	}
	publish(func() {
		if err := put(dir, css, "body { margin: 2px }\n"); err != nil {
			t.Fatal(err)
		}
	})
	if states, _ := filepath.Glob(filepath.Join(cacheDir, "*", "*")); states != nil {
		t.Errorf("a state is saved: %v", states)
	}
}

// TestProgramID: a program is known by what the linker wrote into it.
func TestProgramID(t *testing.T) {
	for head, want := range map[string]string{
		"\x7fELF….\x04\x00\x00\x00\x07\x00\x00\x00\x04\x00\x00\x00Go\x00\x00a/b/c/d….": "a/b/c/d",
		"MZ….\xff Go build ID: \"a/b/c/d\"\n \xff….":                                   "a/b/c/d",
		"\x04\x00\x00\x00\xff\x00\x00\x00\x04\x00\x00\x00Go\x00\x00a/b/c/d":            "",
		"\xff Go build ID: \"\"\n \xff":                                                "",
		"#!/bin/sh":                                                                    "",
	} {
		if got := buildID([]byte(head)); got != want {
			t.Errorf("%q: %q, want %q", head, got, want)
		}
	}
}
