package render

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestTemplateData holds that docs/templates.md lists what templates get: the fields and
// methods of Page, and of what these lead to.
func TestTemplateData(t *testing.T) {
	const manual = "../../../docs/templates.md"
	fset := token.NewFileSet()
	structs := map[string]*ast.StructType{}
	methods := map[string][]*ast.FuncDecl{}
	files, err := fs.Glob(os.DirFS("."), "*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(fset, name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.TypeSpec:
				if s, ok := n.Type.(*ast.StructType); ok && n.Name.IsExported() {
					structs[n.Name.Name] = s
				}
			case *ast.FuncDecl:
				if n.Recv != nil && n.Name.IsExported() {
					of := strings.TrimPrefix(typeName(n.Recv.List[0].Type), "*")
					methods[of] = append(methods[of], n)
				}
			}
			return true
		})
	}
	var b strings.Builder
	queue, seen := []string{"Page"}, map[string]bool{"Page": true}
	add := func(e ast.Expr) {
		name := strings.Trim(typeName(e), "[]*")
		if structs[name] != nil && !seen[name] {
			seen[name] = true
			queue = append(queue, name)
		}
	}
	for i := 0; i < len(queue); i++ {
		fmt.Fprintf(&b, "\n## %s\n\n| | |\n|---|---|\n", queue[i])
		row := func(name, kind, about string) {
			fmt.Fprintf(&b, "| `%s` | %s |\n", strings.TrimSpace(name+" "+kind), strings.NewReplacer("|", `\|`, "<", "&lt;").Replace(strings.Join(strings.Fields(about), " ")))
		}
		for _, f := range structs[queue[i]].Fields.List {
			about := f.Comment.Text()
			if doc := f.Doc.Text(); about == "" && !strings.HasPrefix(doc, "Of ") { // which stands over several
				about = doc
			}
			for _, n := range f.Names {
				if n.IsExported() {
					row("."+n.Name, typeName(f.Type), about)
					add(f.Type)
				}
			}
			if len(f.Names) == 0 {
				row("", typeName(f.Type), "its fields are here, too")
				add(f.Type)
			}
		}
		for _, m := range methods[queue[i]] {
			var kind string
			if m.Type.Results != nil {
				kind = typeName(m.Type.Results.List[0].Type)
				add(m.Type.Results.List[0].Type)
			}
			args := ""
			for _, p := range m.Type.Params.List {
				for _, n := range p.Names {
					args += " " + strings.ToUpper(n.Name)
				}
			}
			row("."+m.Name.Name+args, kind, m.Doc.Text())
		}
	}
	data, err := os.ReadFile(manual)
	if err != nil {
		t.Fatal(err)
	}
	head, _, _ := strings.Cut(string(data), "\n## ")
	want := strings.TrimRight(head, "\n") + "\n" + b.String()
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(manual, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if diff := cmp.Diff(want, string(data)); diff != "" {
		t.Errorf("%s is not of this source; UPDATE=1 writes it anew (-want +got)\n%s", manual, diff)
	}
	if strings.Count(want, "\n## ") < 15 {
		t.Error("hardly anything is listed")
	}
}

// typeName is a type as it is written.
func typeName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.StarExpr:
		return "*" + typeName(e.X)
	case *ast.ArrayType:
		return "[]" + typeName(e.Elt)
	case *ast.SelectorExpr:
		return typeName(e.X) + "." + e.Sel.Name
	case *ast.Ident:
		return e.Name
	}
	return "any"
}
