// Package script makes of a theme's ES modules the scripts that pages load.
//
// Pages load classic scripts, since a browser that has opened a page from disk takes
// no others. Their sources are modules in files of one purpose. An entry and what it
// imports become one script: the modules in the order of their imports, without the
// words import and export, in one function, minified whole, so that the names of its
// files are private and short.
//
// Some scripts are shared: a page has them before any other. What another script
// imports from a module of theirs is read from self.playbook, where they put it: so it
// is there once.
//
// Modules in the folder of an entry's name, a/*.js for a.js, belong to its script
// whether or not something imports them: one may add itself to a list, as the kinds
// of question do.
//
// What a module may write of the two, each at the beginning of a line:
//
//	import "./a.js";
//	import { a, b } from "../x/a.js";
//	export function a() {}    export async function a() {}
//	export class A {}         export const a = 1;
//
// The modules of a script share one scope, so a name at the top of one must not stand
// at the top of another, nor hide what another takes from the browser.
package script

import (
	"bytes"
	"errors"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/tdewolff/minify/v2"
	minifyjs "github.com/tdewolff/minify/v2/js"
	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/js"

	"playbook/generator/internal/diag"
)

// global is where the shared scripts put what others import from them.
const global = "self.playbook"

// Join makes the scripts of entries, which are paths in fsys, by their path. shared are
// those among them that a page has before any other, in this order. In faults folder
// stands before paths.
func Join(fsys fs.FS, folder string, entries []string, shared ...string) (map[string][]byte, diag.List) {
	j := &joiner{fsys: fsys, folder: folder, modules: map[string]*module{}, shared: map[string]string{}, wanted: map[string]*module{}}
	for _, entry := range entries {
		if j.read(entry) == nil {
			j.fault(&module{name: path.Join(folder, entry)}, -1, "the script cannot be read", "")
		}
	}
	orders := map[string][]*module{}
	for _, entry := range shared {
		orders[entry] = j.order(entry, j.beside(entry), nil)
		for _, m := range orders[entry] {
			j.shared[m.path] = entry
		}
	}
	for _, entry := range entries {
		if !slices.Contains(shared, entry) {
			orders[entry] = j.order(entry, j.beside(entry), nil)
		}
	}
	for _, entry := range slices.Sorted(maps.Keys(orders)) {
		j.checkNames(entry, orders[entry])
	}
	if len(j.faults) > 0 {
		j.faults.Sort()
		return nil, slices.CompactFunc(j.faults, func(a, b diag.Diag) bool { return a == b })
	}
	scripts := map[string][]byte{}
	for entry, modules := range orders {
		scripts[entry] = j.join(entry, modules)
	}
	return scripts, j.faults
}

// beside are the modules of an entry's folder, with what they import.
func (j *joiner) beside(entry string) (before []*module) {
	files, _ := fs.Glob(j.fsys, strings.TrimSuffix(entry, ".js")+"/*.js")
	for _, file := range files {
		before = j.order(file, before, nil)
	}
	return before
}

type joiner struct {
	fsys    fs.FS
	folder  string
	modules map[string]*module // by path
	shared  map[string]string  // path of a shared script's module → its entry
	wanted  map[string]*module // names that scripts take from shared ones, of which module
	faults  diag.List
}

type module struct {
	path     string // in the file system
	name     string // for people
	source   string
	code     string // the source without import and export, line by line
	imports  []importing
	exports  []string
	declared []string // names at the top
	free     []string // names that it does not declare itself
	wrong    bool     // it has faults of its own: what it exports is not known
}

type importing struct {
	written string // "./a.js"
	path    string
	names   []string
	at      int // offset of the path
	list    int // offset of the names
}

var (
	importForm = regexp.MustCompile(`(?m)^import (?:\{\s*([\w$]+(?:\s*,\s*[\w$]+)*)\s*,?\s*\} from )?"(\.\.?/[^"\n]+)";`)
	exportForm = regexp.MustCompile(`(?m)^export (?:async function |function |class |const )\s*([\w$]+)`)
	either     = regexp.MustCompile(`(?m)^[ \t]*(?:import|export)\b`)
	name       = regexp.MustCompile(`[\w$]+`)
)

func (j *joiner) fault(m *module, at int, message, help string) {
	pos := diag.Pos{File: m.name}
	if at >= 0 {
		before := m.source[:at]
		pos.Line = strings.Count(before, "\n") + 1
		pos.Col = utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:]) + 1
	}
	j.faults = append(j.faults, diag.Diag{Pos: pos, Rule: "theme", Message: message, Help: help})
}

// order is a module behind all that it imports, without those in before and those of
// the shared scripts. stack are the modules that wait for it.
func (j *joiner) order(path string, before, stack []*module) []*module {
	m := j.read(path)
	if m == nil || slices.Contains(before, m) || j.shared[path] != "" {
		return before
	}
	stack = append(stack, m)
	for _, i := range m.imports {
		switch to := j.read(i.path); {
		case to == nil:
			j.fault(m, i.at, "there is no "+i.written, "name a file, from the folder of this one")
		case slices.Contains(stack, to):
			j.fault(m, i.at, to.name+" imports this file, itself or by others", "move what both need into a third file")
		default:
			for _, name := range i.names {
				if !to.wrong && !slices.Contains(to.exports, name) {
					at := i.list + regexp.MustCompile(`(?:^|[^\w$])(` + regexp.QuoteMeta(name) + `)(?:[^\w$]|$)`).FindStringSubmatchIndex(m.source[i.list:i.at])[2]
					j.fault(m, at, i.written+" does not export "+name, diag.DidYouMean(name, to.exports, "it exports"))
				}
			}
			before = j.order(i.path, before, stack)
		}
	}
	return append(before, m)
}

// read reads a module once; nil where there is none.
func (j *joiner) read(file string) *module {
	if m, ok := j.modules[file]; ok {
		return m
	}
	source, err := fs.ReadFile(j.fsys, file)
	if err != nil {
		j.modules[file] = nil
		return nil
	}
	m := &module{path: file, name: path.Join(j.folder, file), source: string(source), code: string(source)}
	j.modules[file] = m
	for _, s := range importForm.FindAllStringSubmatchIndex(m.source, -1) {
		written := m.source[s[4]:s[5]]
		i := importing{written: written, path: path.Join(path.Dir(file), written), at: s[4] - 1}
		if s[2] >= 0 {
			i.names, i.list = name.FindAllString(m.source[s[2]:s[3]], -1), s[2]
		}
		m.imports = append(m.imports, i)
	}
	for _, s := range exportForm.FindAllStringSubmatch(m.source, -1) {
		m.exports = append(m.exports, s[1])
	}
	ast, err := js.Parse(parse.NewInputBytes(bytes.Clone(source)), js.Options{})
	if err != nil {
		m.wrong = true
		j.syntax(m, err)
		return m
	}
	if m.wrong = !j.checkForms(m, ast); !m.wrong {
		m.code = importForm.ReplaceAllStringFunc(m.source, func(s string) string { return strings.Repeat("\n", strings.Count(s, "\n")) })
		m.code = exportForm.ReplaceAllStringFunc(m.code, func(s string) string { return strings.TrimPrefix(s, "export ") })
	}
	for _, v := range ast.Scope.Declared {
		m.declared = append(m.declared, string(v.Name()))
	}
	for _, v := range ast.Scope.Undeclared {
		m.free = append(m.free, string(v.Name()))
	}
	for _, i := range m.imports {
		m.free = slices.DeleteFunc(m.free, func(name string) bool { return slices.Contains(i.names, name) })
	}
	return m
}

// checkForms reports every other way to import and export.
func (j *joiner) checkForms(m *module, ast *js.AST) bool {
	found := 0
	for _, statement := range ast.List {
		switch statement.(type) {
		case *js.ImportStmt, *js.ExportStmt:
			found++
		}
	}
	if found == len(m.imports)+len(m.exports) {
		return true
	}
	before := len(j.faults)
	for _, s := range either.FindAllStringIndex(m.source, -1) {
		rest := m.source[s[0]:]
		if i := importForm.FindStringIndex(rest); i != nil && i[0] == 0 {
			continue
		}
		if e := exportForm.FindStringIndex(rest); e != nil && e[0] == 0 {
			continue
		}
		j.formFault(m, s[1]-len("import"))
	}
	if len(j.faults) == before {
		j.formFault(m, -1)
	}
	return false
}

func (j *joiner) formFault(m *module, at int) {
	j.fault(m, at, "import and export have one form here, at the beginning of a line",
		`write import { name } from "./file.js"; or export before function, class or const`)
}

// checkNames reports names at the top of two modules of a script, and those that hide
// what another module means of the browser's.
func (j *joiner) checkNames(entry string, modules []*module) {
	owner := map[string]*module{}
	for _, m := range modules {
		for _, i := range m.imports {
			if j.isTaken(entry, i) {
				for _, name := range i.names {
					of := j.modules[i.path]
					if other := j.wanted[name]; other != nil && other != of {
						j.fault(of, of.place(name), name+" is a name of "+other.name+" too", "rename one: both are shared")
					}
					j.wanted[name], owner[name] = of, of
				}
			}
		}
	}
	for _, m := range modules {
		for _, name := range m.declared {
			if other := owner[name]; other != nil {
				j.fault(m, m.place(name), name+" is a name of "+other.name+" too", "rename one: the files of a script share one scope")
			}
			owner[name] = m
		}
	}
	for _, m := range modules {
		for _, name := range m.free {
			if other := owner[name]; other != nil {
				j.fault(other, other.place(name), name+" hides what "+m.name+" means by it", "import it there, or rename it here")
			}
		}
	}
}

// place is where a name is declared.
func (m *module) place(name string) int {
	word := regexp.QuoteMeta(name) + `(?:[^\w$]|$)`
	for _, form := range []string{`(?m)^(?:export )?(?:async )?(?:function|class|const|let|var)\b(?:[^=\n]*[^\w$\n])?(` + word + `)`, `(?:^|[^\w$.])(` + word + `)`} {
		if s := regexp.MustCompile(form).FindStringSubmatchIndex(m.source); s != nil {
			return s[2]
		}
	}
	return -1
}

// isTaken reports whether an import of a script is of another one, which is shared.
func (j *joiner) isTaken(entry string, i importing) bool {
	of := j.shared[i.path]
	return of != "" && of != entry
}

// takes are the names that a script takes from shared ones.
func (j *joiner) takes(entry string, modules []*module) []string {
	names := map[string]bool{}
	for _, m := range modules {
		for _, i := range m.imports {
			if j.isTaken(entry, i) {
				for _, name := range i.names {
					names[name] = true
				}
			}
		}
	}
	return slices.Sorted(maps.Keys(names))
}

// gives are the names that others take from a script.
func (j *joiner) gives(entry string, modules []*module) (names []string) {
	for _, m := range modules {
		for _, name := range m.exports {
			if j.wanted[name] == m && j.shared[m.path] == entry {
				names = append(names, name)
			}
		}
	}
	return names
}

// join makes one script of modules in their order.
func (j *joiner) join(entry string, modules []*module) []byte {
	var b strings.Builder
	b.WriteString(`(() => {"use strict";`)
	if takes := j.takes(entry, modules); len(takes) > 0 {
		b.WriteString("const {" + strings.Join(takes, ",") + "} = " + global + ";")
	}
	for _, m := range modules {
		b.WriteString("\n" + m.code)
	}
	if gives := j.gives(entry, modules); len(gives) > 0 {
		b.WriteString("\n" + global + " = {..." + global + "," + strings.Join(gives, ",") + "};")
	}
	b.WriteString("\n})();")

	var out bytes.Buffer
	err := new(minifyjs.Minifier).Minify(minify.New(), &out, strings.NewReader(b.String()), nil)
	if err != nil {
		j.syntaxJoined(modules, err)
	}
	return out.Bytes()
}

// syntax reports what the parser has found in a module.
func (j *joiner) syntax(m *module, err error) {
	d := diag.Diag{Pos: diag.Pos{File: m.name}, Rule: "theme", Message: strings.Join(strings.Fields(err.Error()), " ")}
	if e := new(parse.Error); errors.As(err, &e) {
		d.Pos.Line, d.Pos.Col, d.Message = e.Line, e.Column, e.Message
	}
	j.faults = append(j.faults, d)
}

// syntaxJoined reports what a module may have and a function not, in the module: a
// module's lines are those of the script.
func (j *joiner) syntaxJoined(modules []*module, err error) {
	m := modules[len(modules)-1]
	e := new(parse.Error)
	if errors.As(err, &e) {
		e.Line-- // of the function's head
		for _, m = range modules {
			n := strings.Count(m.code, "\n") + 1
			if e.Line <= n {
				break
			}
			e.Line -= n
		}
	}
	j.syntax(m, err)
}
