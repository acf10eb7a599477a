package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// mayImport is who may import whom inside the project: the arrows of
// ARCHITECTURE.md. A package that is not listed may import nothing of ours. What
// measures the program, in tests, is no part of it.
var mayImport = map[string][]string{
	"generator": {"generator/internal/cli"},
	"generator/internal/cli": {
		"generator/internal/pipeline", "generator/internal/serve", "generator/internal/output", "generator/internal/diag", "generator/internal/book", "generator/internal/progress", "generator/internal/practice", "generator/internal/lms",
		"generator/internal/source", "generator/internal/site", "generator/internal/words", "generator/internal/worksheet", "calculators", "calculators/charset", "calculators/form", "calculators/report", "templates",
	},
	"generator/internal/serve":   {"generator/internal/pipeline", "generator/internal/output", "generator/internal/diag", "generator/internal/pool"},
	"generator/internal/history": {},
	"generator/internal/pipeline": {
		"generator/internal/pool", "generator/internal/history",
		"generator/internal/source", "generator/internal/markdown", "generator/internal/site", "generator/internal/check",
		"generator/internal/render", "generator/internal/search", "generator/internal/offline", "generator/internal/output", "generator/internal/words", "generator/internal/worksheet", "generator/internal/diag",
		"calculators/wasm/binary", "templates",
	},
	"generator/internal/progress":     {},
	"generator/internal/book":         {"generator/internal/diag"},
	"generator/internal/lms":          {"generator/internal/practice", "generator/internal/diag"},
	"generator/internal/practice":     {"generator/internal/markdown"},
	"generator/internal/fasttemplate": {},
	"generator/internal/script":       {"generator/internal/diag"},
	"generator/internal/render": {
		"generator/internal/fasttemplate", "generator/internal/script",
		"generator/internal/site", "generator/internal/markdown", "generator/internal/source", "generator/internal/words", "generator/internal/history",
		"generator/internal/address", "generator/internal/diag", "calculators", "calculators/form", "calculators/report", "calculators/chart",
	},
	"generator/internal/check": {
		"generator/internal/pool",
		"generator/internal/site", "generator/internal/markdown", "generator/internal/source", "generator/internal/words", "generator/internal/address", "generator/internal/diag",
		"calculators", "calculators/form", "calculators/report",
	},
	"generator/internal/site":     {"generator/internal/markdown", "generator/internal/source", "generator/internal/words", "generator/internal/terms", "generator/internal/address", "generator/internal/diag", "calculators"},
	"generator/internal/terms":    {},
	"generator/internal/markdown": {"generator/internal/source", "generator/internal/figure", "generator/internal/mermaid", "generator/internal/strict", "generator/internal/diag", "calculators/chart"},
	"generator/internal/mermaid":  {"calculators/chart"},
	"generator/internal/figure":   {"generator/internal/strict", "generator/internal/diag", "calculators/chart"},
	"generator/internal/source":   {"calculators/charset", "generator/internal/pool", "generator/internal/strict", "generator/internal/diag"},
	"generator/internal/strict":   {"generator/internal/diag"},
	"generator/internal/formula":  {"generator/internal/diag", "calculators/sheet", "calculators/calendar"},
	"generator/internal/worksheet": {
		"generator/internal/formula", "generator/internal/strict", "generator/internal/source", "generator/internal/words", "generator/internal/diag",
		"calculators", "calculators/sheet", "calculators/form", "calculators/report",
	},
	"generator/internal/words":   {"generator/internal/source", "generator/internal/strict", "generator/internal/diag", "calculators/report"},
	"generator/internal/search":  {"generator/internal/pool"},
	"generator/internal/offline": {},
	"generator/internal/address": {"generator/internal/diag"},
	"generator/internal/output":  {"generator/internal/pool", "generator/internal/address", "generator/internal/diag"},
	"generator/internal/diag":    {},
	"generator/internal/pool":    {},

	"calculators":                   {"calculators/form", "calculators/report"}, // and each calculator
	"calculators/report":            {"calculators/chart", "calculators/form", "calculators/calendar"},
	"calculators/form":              {"calculators/calendar"},
	"calculators/calendar":          {},
	"calculators/internal/calctest": {"calculators", "calculators/form", "calculators/report"},
	"calculators/chart":             {},
	"calculators/charset":           {},
	"calculators/wasm":              {"calculators", "calculators/charset", "calculators/form", "calculators/report"},
	"calculators/wasm/binary":       {},
	"calculators/wasm/pack":         {"calculators/wasm/strip"},
	"calculators/wasm/strip":        {},
	"templates":                     {},
}

// onlyIn names the packages that may import a library, because what it does belongs
// in one place.
var onlyIn = map[string][]string{
	"github.com/yuin/goldmark":     {"generator/internal/markdown"},
	"github.com/alecthomas/chroma": {"generator/internal/markdown"},
	"html/template":                {"generator/internal/render", "generator/internal/fasttemplate"},
	"net/http":                     {"generator/internal/serve"},
	"github.com/fsnotify/fsnotify": {"generator/internal/serve"},
	"github.com/spf13/cobra":       {"generator/internal/cli"},
	"github.com/tdewolff/minify":   {"generator/internal/render", "generator/internal/script"},
	"github.com/tdewolff/parse":    {"generator/internal/script"},
	"golang.org/x/net/html":        {"generator/internal/book", "generator/internal/lms", "generator/internal/practice"},
	"github.com/kljensen/snowball": {"generator/internal/search"},
}

// aCalculator is what every other package right below calculators may import:
// each is a calculator, or what several share, and only package calculators and
// calculators import it.
var aCalculator = []string{"calculators/form", "calculators/report", "calculators/chart", "calculators/calendar"}

// isCalculator reports whether a package is one that the table leaves out.
func isCalculator(pkg string) bool {
	name, below := strings.CutPrefix(pkg, "calculators/")
	_, listed := mayImport[pkg]
	return below && !listed && !strings.Contains(name, "/")
}

func TestImports(t *testing.T) {
	seen := map[string]bool{}
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (path == "../tests" || d.Name() == "node_modules" || d.Name() == "testdata" || len(d.Name()) > 2 && d.Name()[0] == '.') {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		pkg := filepath.ToSlash(filepath.Dir(strings.TrimPrefix(filepath.ToSlash(path), "../")))
		allowed, listed := mayImport[pkg]
		if isCalculator(pkg) {
			allowed, listed = aCalculator, true
		}
		if !listed {
			t.Errorf("%s: package %s is not in the table of who may import whom", path, pkg)
		}
		seen[pkg] = true
		for _, spec := range file.Imports {
			imp, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			if own, ok := strings.CutPrefix(imp, "playbook/"); ok && !slices.Contains(allowed, own) &&
				!(isCalculator(own) && (pkg == "calculators" || isCalculator(pkg))) {
				t.Errorf("%s imports %s", path, imp)
			}
			for library, home := range onlyIn {
				if (imp == library || strings.HasPrefix(imp, library+"/")) && !slices.Contains(home, pkg) {
					t.Errorf("%s imports %s, which belongs to %v alone", path, imp, home)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for pkg := range mayImport {
		if !seen[pkg] {
			t.Errorf("the table lists %s, which does not exist", pkg)
		}
	}
}
