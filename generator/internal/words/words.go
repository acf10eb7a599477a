// Package words is every word of the interface and of the calculators, in every
// language of the theme.
//
// A language is one file, i18n/CODE.yaml: nested YAML, read flattened to dotted
// keys, so that
//
//	ui:
//	  next: Next
//
// is the word "ui.next". A calculator's words have a file of their own,
// i18n/CODE/ID.yaml, whose keys stand under "calc.ID.". Every i18n/CODE.yaml
// begins with the language itself:
//
//	language: {name: 简体中文, tag: zh-Hans, cjk: true}
//
// A word may hold arguments, {name}, and choose a form by a number,
// {n?month|months}: the first form when the number is exactly 1, the second
// otherwise. {{ and }} stand for the braces themselves.
//
// Start with Load. A third language is one more file and needs no Go. A word
// that a language lacks is taken from English; Compare reports it.
//
// Words under ui.quiz.mark. may be there: other names of **Hint:**, **Why:**,
// **Answer:**, **Labels:** and **Model:** in questions.
package words

import (
	"crypto/sha256"
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"playbook/generator/internal/diag"
)

const (
	dir  = "i18n"
	base = "en" // the language whose words fill the gaps of the others
	rule = "words"
)

// Table is one language's words.
type Table struct {
	Code string // of the file and of the site's folder: "zh"
	Name string // in itself: "简体中文"
	Tag  string // BCP 47, the lang attribute: "zh-Hans"
	CJK  bool   // written without spaces between words

	words    map[string]word
	fallback *Table // the first language: asked for what is missing here; nil for itself

	sort   sync.Once
	sorted []string // what Keys returns
}

// word is a text and where it is written.
type word struct {
	text string
	pos  diag.Pos
	own  bool // written by the site's author, over the theme or beside it
}

// Get returns the word as it is written, that of the first language where this
// one lacks it, and "" for a key that nobody has.
func (t *Table) Get(key string) string {
	w, _ := t.find(key)
	return w.text
}

func (t *Table) find(key string) (word, bool) {
	w, ok := t.words[key]
	if !ok && t.fallback != nil {
		w, ok = t.fallback.words[key]
	}
	return w, ok
}

// Say returns the word with its arguments put in: names and values by turns,
//
//	t.Say("ui.minutes", "n", 5)
//
// Values are strings or whole numbers. A key that nobody has comes back as
// itself, so that it is seen; an argument that is not given stays as written.
func (t *Table) Say(key string, args ...any) string {
	w, ok := t.find(key)
	if !ok {
		return key
	}
	return expand(w.text, args)
}

// Keys returns the language's own keys and those that it takes from the first
// language, sorted.
func (t *Table) Keys() []string {
	all := map[string]bool{}
	for k := range t.words {
		all[k] = true
	}
	if t.fallback != nil {
		for k := range t.fallback.words {
			all[k] = true
		}
	}
	return slices.Sorted(maps.Keys(all))
}

// Under returns the words whose keys begin with one of the prefixes, gaps
// filled: what a page hands to its scripts.
func (t *Table) Under(prefixes ...string) map[string]string {
	t.sort.Do(func() { t.sorted = t.Keys() })
	some := map[string]string{}
	for _, prefix := range prefixes {
		i, _ := slices.BinarySearch(t.sorted, prefix)
		for _, k := range t.sorted[i:] {
			if !strings.HasPrefix(k, prefix) {
				break
			}
			some[k] = t.Get(k)
		}
	}
	return some
}

// Languages returns the codes of the tables, the first language first, the
// others in the order of their codes.
func Languages(tables map[string]*Table) []string {
	codes := slices.Sorted(maps.Keys(tables))
	if i := slices.Index(codes, base); i > 0 {
		codes = slices.Insert(slices.Delete(codes, i, i+1), 0, base)
	}
	return codes
}

// Load reads every i18n/CODE.yaml and i18n/CODE/ID.yaml of the layers; where several layers have a
// word, the first one's counts, so an author may change a single word; the last
// layer is the theme's. Faults are a file that cannot be read, a word that is not
// text, a control character and a brace that does not close.
//
// Positions name the file as templates/i18n/CODE.yaml.
func Load(layers ...fs.FS) (map[string]*Table, diag.List) { return new(Loader).Load(layers...) }

// Loader loads again and again, and reads only the files that changed.
type Loader struct{ read map[[sha256.Size]byte]file }

// file is what one file gave. Its name is part of its positions, so its key is
// the hash of name and bytes.
type file struct {
	words  map[string]word
	faults diag.List
}

// Load is as the function Load.
func (l *Loader) Load(layers ...fs.FS) (map[string]*Table, diag.List) {
	var faults diag.List
	tables := map[string]*Table{}
	keep := map[[sha256.Size]byte]file{}
	for i, layer := range layers {
		own := i < len(layers)-1
		names, err := files(layer)
		if err != nil {
			faults = append(faults, fault(diag.Pos{File: place(dir)}, err.Error(), ""))
		}
		// Reading YAML takes long for what it is: the files are read all at once.
		type reading struct {
			key [sha256.Size]byte
			file
			err error
		}
		read := make([]reading, len(names))
		var wg sync.WaitGroup
		for i, name := range names {
			wg.Go(func() {
				r := &read[i]
				var data []byte
				if data, r.err = fs.ReadFile(layer, name); r.err != nil {
					return
				}
				r.key = sha256.Sum256(append([]byte(name+"\x00"), data...))
				known := false
				if r.file, known = l.read[r.key]; !known {
					r.words, r.faults = parse(place(name), section(name), data)
				}
			})
		}
		wg.Wait()
		for i, name := range names {
			f := read[i]
			if f.err != nil {
				faults = append(faults, fault(diag.Pos{File: place(name)}, "cannot be read: "+f.err.Error(), ""))
				continue
			}
			keep[f.key] = f.file
			faults = append(faults, f.faults...)
			code := language(name)
			if tables[code] == nil {
				tables[code] = &Table{Code: code, words: map[string]word{}}
			}
			for key, w := range f.words {
				if _, ok := tables[code].words[key]; !ok {
					w.own = own
					tables[code].words[key] = w
				}
			}
		}
	}
	l.read = keep
	if len(tables) == 0 {
		return tables, append(faults, fault(diag.Pos{File: place(dir)}, "the theme has no language", "add templates/i18n/en.yaml"))
	}
	codes := Languages(tables)
	first := tables[codes[0]]
	for _, code := range codes {
		t := tables[code]
		faults = append(faults, t.readMetadata()...)
		if t != first {
			t.fallback = first
		}
	}
	return tables, faults
}

// files lists the files of words: the languages', then the calculators'.
func files(layer fs.FS) ([]string, error) {
	names, err := fs.Glob(layer, dir+"/*.yaml")
	if err != nil {
		return nil, err
	}
	more, err := fs.Glob(layer, dir+"/*/*.yaml")
	return append(names, more...), err
}

// language is the code in i18n/CODE.yaml and i18n/CODE/ID.yaml.
func language(name string) string {
	code, _, _ := strings.Cut(strings.TrimPrefix(name, dir+"/"), "/")
	return strings.TrimSuffix(code, ".yaml")
}

// section is what the keys of a file stand under: "calc.ID" for a calculator's.
func section(name string) string {
	if path.Dir(name) == dir {
		return ""
	}
	return "calc." + strings.TrimSuffix(path.Base(name), ".yaml")
}

func place(name string) string { return "templates/" + name }

func fault(pos diag.Pos, message, help string) diag.Diag {
	return diag.Diag{Pos: pos, Rule: rule, Message: message, Help: help}
}

// readMetadata takes what the file says of its language.
func (t *Table) readMetadata() diag.List {
	t.Name, t.Tag = t.words["language.name"].text, t.words["language.tag"].text
	t.CJK = t.words["language.cjk"].text == "true"
	var faults diag.List
	for _, key := range []string{"language.name", "language.tag"} {
		if t.words[key].text == "" {
			faults = append(faults, fault(t.start(),
				key+" is missing", "begin the file with language: {name: …, tag: …, cjk: false}"))
		}
	}
	if t.Name == "" {
		t.Name = t.Code
	}
	if t.Tag == "" {
		t.Tag = t.Code
	}
	return faults
}

// marks are words that a language may do without.
const marks = "ui.quiz.mark."

// Compare warns of the words that one of a site's languages lacks and another, or
// the theme, has; of arguments that the theme does not give; and of an author's own
// word that looks like a misspelt one of the theme's. Languages that the site does
// not have are not looked at.
func Compare(tables map[string]*Table, languages []string) diag.List {
	var faults diag.List
	warn := func(pos diag.Pos, message, help string) {
		faults = append(faults, diag.Diag{Pos: pos, Severity: diag.Warning, Rule: rule, Message: message, Help: help})
	}
	first := tables[Languages(tables)[0]]
	wanted := map[string]word{}
	for key, w := range first.words {
		if !w.own || slices.Contains(languages, first.Code) {
			wanted[key] = w
		}
	}
	known := sync.OnceValue(func() []string {
		var keys []string
		for _, mark := range []string{"answer", "hint", "labels", "model", "why"} {
			keys = append(keys, marks+mark)
		}
		for key, w := range first.words {
			if !w.own {
				keys = append(keys, key)
			}
		}
		slices.Sort(keys)
		return keys
	})
	for _, code := range languages {
		t := tables[code]
		if t == nil {
			continue // which the caller reports
		}
		for _, key := range slices.Sorted(maps.Keys(t.words)) {
			w := t.words[key]
			f, ok := first.words[key]
			if w.own && (!ok || f.own) {
				if near := diag.Closest(key, known()); near != "" && !slices.Contains(known(), key) {
					warn(w.pos, "unknown word "+strconv.Quote(key), "did you mean "+strconv.Quote(near)+"?")
					continue
				}
			}
			if !ok && slices.Contains(languages, first.Code) && !strings.HasPrefix(key, marks) {
				warn(w.pos, "unknown word "+strconv.Quote(key), "no other language has it: remove it or add it to "+first.Code+".yaml")
				continue
			}
			if _, ok := wanted[key]; !ok {
				wanted[key] = w
			}
			if t == first || !ok || strings.HasPrefix(key, "format.") {
				continue // every language takes the parts of a date as it needs them
			}
			for _, name := range arguments(w.text) {
				if !slices.Contains(arguments(f.text), name) {
					warn(w.pos, "unknown argument {"+name+"} in "+strconv.Quote(key), first.Code+".yaml has: "+strconv.Quote(f.text))
				}
			}
		}
	}
	for _, code := range languages {
		t := tables[code]
		if t == nil {
			continue
		}
		absent := map[string]bool{} // files of calculators
		for _, key := range slices.Sorted(maps.Keys(wanted)) {
			if _, ok := t.words[key]; ok || strings.HasPrefix(key, marks) {
				continue
			}
			if id := t.absent(key); id != "" {
				if !absent[id] {
					absent[id] = true
					warn(t.start(), "there are no words of the calculator "+strconv.Quote(id), "add "+place(dir+"/"+code+"/"+id+".yaml")+", a translation of "+first.Code+"/"+id+".yaml; until then they are shown as they are")
				}
				continue
			}
			warn(t.near(key), "missing word "+strconv.Quote(key), "translate "+strconv.Quote(wanted[key].text)+"; until then it is shown as it is")
		}
	}
	return faults
}

// start is the place of what is wrong with a language as a whole.
func (t *Table) start() diag.Pos {
	return diag.Pos{File: place(dir + "/" + t.Code + ".yaml"), Line: 1, Col: 1}
}

// absent is the calculator of a missing word, if none of its words are there.
func (t *Table) absent(key string) string {
	rest, ok := strings.CutPrefix(key, "calc.")
	id, _, _ := strings.Cut(rest, ".")
	if !ok || t.near("calc."+id+".x") != t.start() {
		return ""
	}
	return id
}

// near is the place where a missing word would stand: beside the last word of the
// same section of its file, or at the file's beginning.
func (t *Table) near(key string) diag.Pos {
	parts := strings.Split(key, ".")
	least := 1
	if parts[0] == "calc" {
		least = 2 // each has a file of its own
	}
	for n := len(parts) - 1; n >= least; n-- {
		section := strings.Join(parts[:n], ".") + "."
		best := diag.Pos{}
		for k, w := range t.words {
			if strings.HasPrefix(k, section) && (w.pos.Line > best.Line || w.pos.Line == best.Line && w.pos.Col > best.Col) {
				best = w.pos
			}
		}
		if best.Line > 0 {
			return best
		}
	}
	return t.start()
}

// parse reads one file, whose keys stand under a section.
func parse(file, section string, data []byte) (words map[string]word, faults diag.List) {
	failed := diag.Guard(file, func() { words, faults = parseYAML(file, section, data) })
	return words, append(faults, failed...)
}

// parseYAML is parse, which the parser's panics end.
func parseYAML(file, section string, data []byte) (map[string]word, diag.List) {
	p := reader{file: file, section: section, words: map[string]word{}}
	tree, err := parser.ParseBytes(data, 0)
	if err != nil {
		pos := diag.Pos{File: file, Line: 1, Col: 1}
		message := err.Error()
		var at yaml.Error
		if errors.As(err, &at) {
			message = at.GetMessage()
			if tok := at.GetToken(); tok != nil && tok.Position != nil {
				pos.Line, pos.Col = tok.Position.Line, tok.Position.Column
			}
		}
		return p.words, diag.List{fault(pos, strings.Join(strings.Fields(message), " "), "")}
	}
	for _, doc := range tree.Docs {
		if doc.Body != nil {
			p.read(section, doc.Body)
		}
	}
	return p.words, p.faults
}

type reader struct {
	file, section string
	words         map[string]word
	faults        diag.List
}

func (p *reader) at(n ast.Node) diag.Pos {
	pos := diag.Pos{File: p.file}
	if tok := n.GetToken(); tok != nil && tok.Position != nil {
		pos.Line, pos.Col = tok.Position.Line, tok.Position.Column
	}
	return pos
}

func (p *reader) read(key string, node ast.Node) {
	switch n := node.(type) {
	case *ast.MappingNode:
		for _, v := range n.Values {
			p.read(key, v)
		}
	case *ast.MappingValueNode:
		name := n.Key.GetToken().Value
		if key != "" {
			name = key + "." + name
		}
		p.read(name, n.Value)
	case *ast.LiteralNode: // | and >
		p.word(key, n.Value.Value, n)
	case *ast.NullNode:
		p.word(key, "", n)
	case *ast.StringNode:
		p.word(key, n.Value, n)
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		p.word(key, n.GetToken().Value, n)
	case *ast.CommentGroupNode:
	default:
		p.faults = append(p.faults, fault(p.at(node), "a word must be text", ""))
	}
}

func (p *reader) word(key, text string, node ast.Node) {
	pos := p.at(node)
	if key == p.section {
		p.faults = append(p.faults, fault(pos, "a language file holds key: word lines", ""))
		return
	}
	p.add(key, word{text: text, pos: pos})
}

func (p *reader) add(key string, w word) {
	w.text = strings.TrimRight(w.text, "\n")
	if strings.ContainsFunc(w.text, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }) {
		p.faults = append(p.faults, fault(w.pos, "a control character in "+strconv.Quote(key), "take it out"))
	}
	if message := brace(w.text); message != "" {
		p.faults = append(p.faults, fault(w.pos, message+" in "+strconv.Quote(key), "write {name}, {n?one|many}, or {{ for the brace itself"))
	}
	p.words[key] = w
}
