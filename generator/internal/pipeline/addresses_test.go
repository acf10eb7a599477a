package pipeline

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"playbook/generator/internal/address"
	"playbook/generator/internal/diag"
	"playbook/generator/internal/source"
	"playbook/templates"
)

// plainTheme is the program's theme, loaded once for many builds.
var plainTheme = sync.OnceValue(func() *theme {
	b := New(Options{})
	loaded, _ := b.cache.loadTheme(Inputs{templates: []fs.FS{templates.FS}, tree: &source.Tree{Settings: &source.Settings{Languages: []string{"en", "zh"}}}})
	return loaded
})

// agree checks and builds a site, and says what differs: check and build report the
// same, every fault has a place, and what has no errors gives files.
func agree(dir string, opt Options) (report string, published []string, err error) {
	opt.Site = dir
	build := func(opt Options) (Result, error) {
		b := New(opt)
		b.cache.theme = plainTheme() // of sites without templates of their own
		return b.Run(context.Background(), nil)
	}
	built, err := build(opt)
	if err != nil {
		return "", nil, fmt.Errorf("build fails without a place: %w", err)
	}
	opt.Check = true
	checked, err := build(opt)
	if err != nil {
		return "", nil, fmt.Errorf("check fails without a place: %w", err)
	}
	print := func(r Result) string {
		var b strings.Builder
		diag.Print(&b, r.Diags, r.Source)
		return b.String()
	}
	report = print(checked)
	if diff := cmp.Diff(report, print(built)); diff != "" {
		return report, nil, fmt.Errorf("check and build differ (-check +build)\n%s", diff)
	}
	for _, d := range built.Diags {
		if d.Pos.File == "" {
			return report, nil, fmt.Errorf("a fault without a place: %v", d)
		}
	}
	if built.Failed() {
		return report, nil, nil
	}
	published = built.Plan.Paths()
	var claimed address.Registry
	for _, path := range published {
		if c := claimed.Claim(path, address.Owner{}); c != nil {
			return report, nil, fmt.Errorf("%s cannot be published beside %q: %s", path, c.Taken, c.Fault)
		}
		if _, faults := built.Plan.Render(nil, path); len(faults) > 0 {
			return report, nil, fmt.Errorf("%s: %v", path, faults)
		}
	}
	return report, published, nil
}

// Whoever comes second at an address is an error with both places at home. A guest
// builds whole, with one warning.
func TestAddressConflicts(t *testing.T) {
	const golden = "testdata/addresses.txtar"
	want := map[string]string{}
	archive, err := txtar.ParseFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range archive.Files {
		want[f.Name] = string(f.Data)
	}
	update := txtar.Archive{Comment: archive.Comment}

	const page = "---\ntitle: P\n---\n"
	front := func(keys string) string { return "---\ntitle: P\n" + keys + "\n---\n" }
	long := strings.Repeat("a", 300)
	for _, c := range []struct {
		name  string
		files map[string]string
	}{
		{name: "tags named C++ and C#", files: map[string]string{"a.md": front("tags: [C++]"), "b.md": front("tags: [C#]")}},
		{name: "tags in other letter case", files: map[string]string{"a.md": front("tags: [Value, value]")}},
		{name: "a tag of 90 Han", files: map[string]string{"a.md": front("tags: [" + strings.Repeat("价", 90) + "]")}},
		{name: "a folder tags", files: map[string]string{"a.md": front("tags: [x]"), "tags/index.md": page}},
		{name: "a folder tags without a title page", files: map[string]string{"a.md": front("tags: [x]"), "tags/x.md": page}},
		{name: "a folder tools", files: map[string]string{"a.md": page + "```calculator value-equation\n```\n", "tools/index.md": page, "tools/value-equation.md": page}},
		{name: "a folder headings", files: map[string]string{"headings/index.md": page}},
		{name: "a folder read-offline", files: map[string]string{"read-offline/index.md": page}},
		{name: "a folder search", files: map[string]string{"search/en.md": page, "search/en/t0.js": "x"}},
		{name: "files of the program's names", files: map[string]string{"404.html": "x", "offline.js": "x", "sitemap.xml": "x", "search/en.js": "x", "robots.txt": "x"}},
		{name: "a page of a file's name", files: map[string]string{"404.html.md": page}},
		{name: "a file beside the title page", files: map[string]string{"index.html": "x"}},
		{name: "two title pages", files: map[string]string{"README.md": page}},
		{name: "two title pages of a folder", files: map[string]string{"a/README.md": page, "a/index.md": page}},
		{name: "two pages of one name", files: map[string]string{"01-a.md": page, "02-a.md": page, "a-2.md": page}},
		{name: "names that fold to one", files: map[string]string{"ſ.md": page, "s.md": page}},
		{name: "a page in another's folder", files: map[string]string{"a/index.html.md": page, "a/index.md": page}},
		{name: "aliases that are none", files: map[string]string{"a.md": front(`aliases: [/, /a//b/, /a/./b/, /../c/, /index.html, "/a:b/", "/tab\there/", /.playbook.manifest, old, "/x?y", "/%zz/", ""]`)}},
		{name: "a long alias", files: map[string]string{"a.md": front("aliases: [/" + long + "/]")}},
		{name: "good aliases beside a bad one", files: map[string]string{"a.md": front("aliases: [/good/, bad, /good.html, /old%20name/]")}},
		{name: "an alias of two pages", files: map[string]string{"a.md": front("aliases: [/old/]"), "b.md": front("aliases: [/old/]")}},
		{name: "an alias twice, and to itself", files: map[string]string{"a.md": front("aliases: [/old/, /old, /a/]")}},
		{name: "an alias at a list", files: map[string]string{"a.md": front("aliases: [/headings/, /search/en/x.html]")}},
		{name: "an alias in a page's place", files: map[string]string{"a.md": front("aliases: [/B/c/]"), "b.md": page}},
		{name: "files that differ in letter case", files: map[string]string{"A.png": "x", "a.png": "y"}},
		{name: "files of folders that are one", files: map[string]string{"01-x/a.png": "x", "02-x/a.png": "y"}},
		{name: "a file where a folder is", files: map[string]string{"a.md": page, "a": "x"}},
		{name: "a file named as the theme's folder", files: map[string]string{"assets": "x"}},
		{name: "a name with a backslash", files: map[string]string{`a\b.png`: "x"}},
		{name: "a name that is not UTF-8", files: map[string]string{"a\xffb.png": "x", "c\xff.md": page}},
		{name: "a name with a control character", files: map[string]string{"a\x01b.png": "x"}},
		{name: "a name of a drive", files: map[string]string{"a:b.png": "x"}},
		{name: "a long name", files: map[string]string{long[:254]: "x", strings.Repeat("Ⱥ", 90) + ".md": page}},
		{name: "two glossaries of one name", files: map[string]string{"glossary.md": page, "z/glossary.md": front("glossary: true")}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got strings.Builder
			for _, site := range []string{"home", "guest"} {
				root := t.TempDir()
				dir, content := filepath.Join(root, "site"), filepath.Join(root, "site")
				files := maps.Clone(c.files)
				if files["index.md"] = "---\ntitle: Home\n---\n"; site == "home" {
					files["site.yaml"] = "title: T\nid: t\n"
					content = filepath.Join(dir, "content")
				}
				for name, text := range files {
					if err := put(content, name, text); err != nil {
						t.Skip(err) // a file system that refuses the name
					}
				}
				report, published, err := agree(dir, Options{})
				if err != nil {
					t.Errorf("%s: %v", site, err)
				}
				if site == "guest" && published == nil {
					t.Error("a guest is not published")
				}
				fmt.Fprintf(&got, "%s\n%s", site, report)
				for _, path := range published {
					if !strings.HasPrefix(path, "assets/") && !strings.HasSuffix(path, "/index.md") && !usual[path] {
						fmt.Fprintf(&got, "publishes %s\n", path)
					}
				}
			}
			update.Files = append(update.Files, txtar.File{Name: c.name, Data: []byte(got.String())})
			if diff := cmp.Diff(want[c.name], got.String()); diff != "" && os.Getenv("UPDATE") == "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(golden, txtar.Format(&update), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func put(dir, name, text string) error {
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, []byte(text), 0o644)
}

// usual are the files of every site in English.
var usual = map[string]bool{
	"404.html": true, "index.html": true, "offline.js": true, "headings/index.html": true, "read-offline/index.html": true,
	".nojekyll": true, "_headers": true, "index.md": true, "llms.txt": true,
	"search/en.js": true, "search/en/d0.js": true, "search/en/t0.js": true, "search/en/w0.js": true,
}

// FuzzAgree builds small sites of names and texts that are likely to be in each
// other's way: check and build agree, a build fails at places alone, a guest is
// published, and so is what has no errors.
func FuzzAgree(f *testing.F) {
	folders := []string{"", "", "", "a/", "01-a/", "A/", "a/index.html/", "tags/", "tools/", "headings/", "search/", "search/en/", "assets/", "en/", "zh/", "b c/", "ſ/"}
	names := []string{
		"index.md", "README.md", "_index.md", "index.en.md", "index.zh.md", "index.html", "a.md", "01-a.md", "02-a.zh.md", "A.md", "a.de.md", "a-2.md", "c.md", "value.md", "en.md",
		"a.png", "A.png", "a", "assets", "tags", "404.html", "404.html.md", "offline.js", "sitemap.xml", "index.md.md", "llms.txt", "_headers", "en.js", "read-offline.md", "headings.md", "glossary.md", "value-equation.md",
		"a\\b.png", "a\xff.png", "\xff.md", "a:b.md", "价.md", strings.Repeat("价", 80) + ".md", strings.Repeat("Ⱥ", 100) + ".md", strings.Repeat("x", 254), "é.md", "e\u0301.md",
	}
	texts := []string{
		"# Only a heading\n", "---\ntitle: T\n---\n", "---\ntitle: T\ndraft: true\n---\n", "---\ntitle: T\nglossary: true\n---\n## Term\n\nA term.\n",
		"---\ntitle: T\ntags: [C++, C#, value, Value, index, \"..\", \"\"]\n---\n", "---\ntitle: T\naliases: [/a/, /A/, /, /index.html, /a/index.html, /old]\n---\n",
		"---\ntitle: T\naliases: [/old/, /tags/, /search/en/, /a//b, \"/x:y/\", /assets]\n---\n", "---\ntitle: T\n---\n```calculator value-equation\n```\n[a](a.md) [b](index.html)\n",
		"---\ntitle: T\nsystems: [S1]\n---\n![a](a.png) [c](../c.md) [t](term:term)\n", "", "---\ntitle\n", "```figure chain\n```\n",
	}
	settings := []string{"", "title: T\nid: t\n", "title: T\nlanguages: [en, zh]\noffline: false\n", "title: T\nlanguages: [zh]\nsystems: [{id: S1, title: S}]\ntags: {value: V}\n", "title: [\n"}
	f.Add([]byte{1, 0, 0, 0, 3, 1, 1, 0, 6, 4})
	f.Add([]byte{0, 0, 1, 4, 7, 0, 0, 4, 0, 5, 1, 0, 6, 0, 17, 2, 0, 28, 7})
	f.Add([]byte{2, 0, 3, 1, 0, 4, 1, 10, 6, 5, 9, 6, 4, 8, 28, 7})
	f.Add([]byte{4, 0, 0, 1})
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) == 0 || len(data) > 40 {
			t.Skip()
		}
		root := t.TempDir()
		dir := filepath.Join(root, "site")
		content := dir
		if s := settings[int(data[0])%len(settings)]; s != "" {
			content = filepath.Join(dir, "content")
			if err := put(content, "site.yaml", s); err != nil {
				t.Fatal(err)
			}
		} else if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		for data = data[1:]; len(data) >= 3; data = data[3:] {
			name := folders[int(data[0])%len(folders)] + names[int(data[1])%len(names)]
			_ = put(content, name, texts[int(data[2])%len(texts)]) // or a folder has the name
		}
		report, published, err := agree(dir, Options{})
		if err != nil {
			t.Errorf("%v\n%s", err, report)
		}
		if err == nil && published == nil && content == dir && !strings.Contains(report, "there are no Markdown files here") {
			t.Errorf("a guest is not published:\n%s", report)
		}
	})
}
