package pipeline

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"playbook/generator/internal/output"
)

// A plan says of each path what makes it, and of what.
func TestPlan(t *testing.T) {
	res := build(t, Options{Site: write(t, twoLanguages), BaseURL: "https://example.org/"})
	var got []string
	for _, f := range res.Plan.Files() {
		if !strings.HasPrefix(f.Path, "assets/") && !strings.HasPrefix(f.Path, "zh/") {
			got = append(got, strings.TrimSpace(fmt.Sprintf("%s %s %s", f.Kind, f.Path, f.Source)))
		}
	}
	want := []string{
		"listing .nojekyll",
		"generated 404.html",
		"listing _headers",
		"listing _redirects",
		"generated en/headings/index.html",
		"page en/index.html content/index.en.md",
		"markdown en/index.md content/index.en.md",
		"page en/questions/first-call/index.html content/01-questions/02-first-call.en.md",
		"markdown en/questions/first-call/index.md content/01-questions/02-first-call.en.md",
		"page en/questions/index.html content/01-questions/index.en.md",
		"markdown en/questions/index.md content/01-questions/index.en.md",
		"page en/questions/second/index.html content/01-questions/03-second.en.md",
		"markdown en/questions/second/index.md content/01-questions/03-second.en.md",
		"generated en/read-offline/index.html",
		"generated en/tags/call/index.html",
		"generated en/tags/index.html",
		"generated en/tags/other/index.html",
		"generated index.html",
		"listing llms.txt",
		"worker offline.js",
		"redirect old/call/index.html",
		"asset questions/dot.svg content/01-questions/dot.svg",
		"search search/en.js", "search search/en/d0.js", "search search/en/t0.js", "search search/en/w0.js",
		"search search/zh.js", "search search/zh/d0.js", "search search/zh/t0.js",
		"listing sitemap.xml",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if _, faults := res.Plan.Render(nil, "nowhere.html"); !faults.HasErrors() {
		t.Error("a path that is not planned is rendered")
	}
	// Rendering appends.
	if data, _ := res.Plan.Render([]byte("before"), "en/index.html"); string(data) != "before"+page(t, res, "en/index.html") {
		t.Errorf("%.200s", data)
	}
}

// Plans of one builder are independent: whoever still shows an older one gets what it
// planned, while the builder goes on and other plans are rendered.
func TestPlansAtOnce(t *testing.T) {
	for _, live := range []bool{false, true} {
		dir := write(t, twoLanguages)
		b := New(Options{Site: dir, Live: live})
		edits := []map[string]string{
			nil,
			{"content/site.yaml": "title: {en: Another, zh: 课程}\nlanguages: [en, zh]\n"},
			{"content/01-questions/03-second.en.md": "---\ntitle: Renamed\n---\n## More {#more}\n\nChanged.\n"},
			{"templates/i18n/en.yaml": "ui: {home: Elsewhere}\n"},
			{"content/index.en.md": "---\ntitle: Front\n---\nWelcome back.\n"},
		}
		if !live {
			edits = edits[:2]
		}
		var plans []Result
		var want []map[string][sha256.Size]byte
		for _, edit := range edits {
			for name, text := range edit {
				if err := put(dir, name, text); err != nil {
					t.Fatal(err)
				}
			}
			plans = append(plans, run(t, b, nil))
			sums := map[string][sha256.Size]byte{}
			fresh := build(t, Options{Site: dir, Live: live})
			for _, path := range fresh.Plan.Paths() {
				sums[path] = sha256.Sum256([]byte(page(t, fresh, path)))
			}
			want = append(want, sums)
		}
		var wg sync.WaitGroup
		for i, res := range plans {
			if res.Failed() {
				t.Fatal(told(t, res))
			}
			for range 2 {
				wg.Go(func() {
					n := 0
					for path, sum := range want[i] {
						data, faults := res.Plan.Render(nil, path)
						if n++; len(faults) > 0 || sha256.Sum256(data) != sum {
							t.Errorf("live %v, plan %d: %s is not what a fresh build gives: %v", live, i, path, faults)
						}
					}
					if n != len(res.Plan.Paths()) {
						t.Errorf("live %v, plan %d has %d files, want %d", live, i, len(res.Plan.Paths()), n)
					}
				})
			}
		}
		wg.Wait()
	}
}

// A fault that rendering brings up keeps the site from being published; the last good
// one stays.
func TestPublishFault(t *testing.T) {
	dir, out := write(t, twoLanguages), t.TempDir()
	good := run(t, New(Options{Site: dir}), nil)
	if _, faults, err := output.Publish(t.Context(), good.Plan, out, output.PublishOptions{}); err != nil || len(faults) > 0 {
		t.Fatal(err, faults)
	}
	before, err := os.ReadFile(filepath.Join(out, output.ManifestName))
	if err != nil {
		t.Fatal(err)
	}
	if err := put(dir, "templates/pages/module.html", "<p>{{.Title}}</p>\n{{.Nonsense}}\n"); err != nil {
		t.Fatal(err)
	}
	res := run(t, New(Options{Site: dir}), nil)
	if res.Failed() {
		t.Fatal("the template's fault is found before it runs", res.Diags)
	}
	stats, faults, err := output.Publish(t.Context(), res.Plan, out, output.PublishOptions{})
	if err != nil || stats != (output.Stats{}) || len(faults) != 1 || faults[0].Pos.File != "templates/pages/module.html" || faults[0].Pos.Line != 2 {
		t.Errorf("%+v %v %v, want one fault for all pages", stats, faults, err)
	}
	if failed := res.With(faults); !failed.Failed() || failed.Plan != nil || res.Failed() {
		t.Error("the fault does not fail the result, or changes another")
	}
	if after, err := os.ReadFile(filepath.Join(out, output.ManifestName)); err != nil || string(after) != string(before) {
		t.Error("the published site changed")
	}
}
