// Package words is every word of the interface and of the calculators, in every
// language of the theme, and what the theme says of each language.
//
// A language is one file, i18n/CODE.yaml: nested YAML, read flattened to dotted
// keys, so that
//
//	ui:
//	  next: Next
//
// is the word "ui.next". A calculator's words have a file of their own,
// i18n/CODE/ID.yaml, whose keys stand under "calc.ID.". Every i18n/CODE.yaml
// begins with the language itself, see Language:
//
//	language: {name: Français, tag: fr, speed: 230, no-break-before: "; : ! ?"}
//
// A word may hold arguments, {name}, and choose a form by a number,
// {n?month|months}: the first form for the numbers of the word format.singular,
// the second otherwise. {{ and }} stand for the braces themselves.
//
// Start with Load. A third language is one more file and needs no Go. A word
// that a language lacks is taken from English; Compare reports it.
//
// Words under ui.quiz.mark. may be there: other names of **Hint:**, **Why:**,
// **Answer:**, **Labels:** and **Model:** in questions.
package words

import (
	"crypto/sha256"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"playbook/generator/internal/diag"
	"playbook/generator/internal/source"
	"playbook/generator/internal/strict"
)

const (
	dir  = "i18n"
	base = source.DefaultLanguage // whose words stand in for those that another language lacks
	rule = "words"
)

// Table is one language's words.
type Table struct {
	Language

	words       map[string]word // of its own file
	calculators map[string]*calculator
	fallback    *Table // English: asked for what is missing here; nil for itself
	singular    string // numbers that take the first of two forms
}

// calculator is a calculator's words in one language. The theme's are read when
// they are asked for: few sites have every calculator.
type calculator struct {
	own  bool // some are the author's
	read func() map[string]word
}

// word is a text and where it is written.
type word struct {
	text  string
	pos   diag.Pos
	own   bool // written by the site's author, over the theme or beside it
	theme bool // the theme has it
}

// Get returns the word as it is written, that of English where this language
// lacks it, and "" for a key that nobody has.
func (t *Table) Get(key string) string {
	w, _ := t.find(key)
	return w.text
}

// With is the table with more words, which take the place of those it has.
func (t *Table) With(more map[string]string) *Table {
	w := *t
	w.words = maps.Clone(t.words)
	for key, text := range more {
		w.words[key] = word{text: text, own: true}
	}
	return &w
}

func (t *Table) find(key string) (word, bool) {
	w, ok := t.own(key)
	if !ok && t.fallback != nil {
		w, ok = t.fallback.own(key)
	}
	return w, ok
}

// own finds a word of this language.
func (t *Table) own(key string) (word, bool) {
	w, ok := t.words[key]
	if id := calculatorOf(key); !ok && id != "" {
		w, ok = t.calculator(id)[key]
	}
	return w, ok
}

// calculatorOf is the ID in calc.ID.KEY, or "".
func calculatorOf(key string) string {
	rest, _ := strings.CutPrefix(key, "calc.")
	if len(rest) == len(key) {
		return ""
	}
	id, _, _ := strings.Cut(rest, ".")
	return id
}

// calculator is the words of a calculator's file.
func (t *Table) calculator(id string) map[string]word {
	if c := t.calculators[id]; c != nil {
		return c.read()
	}
	return nil
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
	return expand(w.text, t.singular, args)
}

// Under returns the words whose keys begin with one of the prefixes, with
// English for those that are missing: what a page hands to its scripts.
func (t *Table) Under(prefixes ...string) map[string]string {
	some := map[string]string{}
	add := func(words map[string]word, prefix string) {
		for key, w := range words {
			if strings.HasPrefix(key, prefix) {
				some[key] = w.text
			}
		}
	}
	for _, from := range []*Table{t.fallback, t} {
		if from == nil {
			continue
		}
		for _, prefix := range prefixes {
			add(from.calculator(calculatorOf(prefix)), prefix)
			add(from.words, prefix)
		}
	}
	return some
}

// Languages returns the codes of the tables, English first, the others in the
// order of their codes.
func Languages(tables map[string]*Table) []string {
	codes := slices.Sorted(maps.Keys(tables))
	if i := slices.Index(codes, base); i > 0 {
		codes = slices.Insert(slices.Delete(codes, i, i+1), 0, base)
	}
	return codes
}

// Load reads every language of the layers: i18n/CODE.yaml and i18n/CODE/ID.yaml.
// Where several layers have a word, the first one's counts, so an author may
// change a single word; the last layer is the theme's. Faults are a file that
// cannot be read, a word that is not text, a control character, a brace that does
// not close, and what is wrong in the section of the language.
//
// Positions name the file as templates/i18n/CODE.yaml.
func Load(layers ...fs.FS) (map[string]*Table, diag.List) {
	return new(Loader).Load(Codes(layers...), layers...)
}

// Codes returns the codes of the languages that the layers have, English first.
func Codes(layers ...fs.FS) []string {
	tables := map[string]*Table{}
	for _, layer := range layers {
		names, _ := files(layer)
		for _, name := range names {
			code, _ := parts(name)
			tables[code] = nil
		}
	}
	return Languages(tables)
}

// Loader loads again and again, and parses only the files that changed.
type Loader struct {
	mu            sync.Mutex
	files, before map[fileKey]file // of this and of the last Load
}

// fileKey is the name of a file, which is in the places of its words, and the hash
// of its bytes.
type fileKey struct {
	name string
	hash [sha256.Size]byte
}

// file is what one file gave. Nobody writes to it.
type file struct {
	words  map[string]word
	faults diag.List
}

// Load is as the function Load, for some languages and English.
func (l *Loader) Load(languages []string, layers ...fs.FS) (map[string]*Table, diag.List) {
	l.before, l.files = l.files, map[fileKey]file{}
	var faults diag.List
	tables := map[string]*Table{}
	for i, layer := range layers {
		names, err := files(layer)
		if err != nil {
			faults = append(faults, fault(diag.Pos{File: place(dir)}, err.Error(), ""))
		}
		for _, name := range names {
			code, id := parts(name)
			if code != base && !slices.Contains(languages, code) {
				continue
			}
			t := tables[code]
			if t == nil {
				t = &Table{Language: Language{Code: code}, words: map[string]word{}, calculators: map[string]*calculator{}}
				tables[code] = t
			}
			own := i < len(layers)-1
			if id != "" && !own {
				t.addCalculator(id, false, func() map[string]word { return l.file(layer, name).words })
				continue
			}
			f := l.file(layer, name)
			faults = append(faults, f.faults...)
			if id != "" {
				t.addCalculator(id, true, func() map[string]word { return f.words })
			} else {
				fill(t.words, f.words, own)
			}
		}
	}
	if len(tables) == 0 {
		return tables, append(faults, fault(diag.Pos{File: place(dir)}, "the theme has no language", "add templates/i18n/en.yaml"))
	}
	codes := Languages(tables)
	first := tables[codes[0]]
	for _, code := range codes {
		t := tables[code]
		var wrong diag.List
		t.Language, wrong = newLanguage(code, t.words)
		faults = append(faults, wrong...)
		maps.DeleteFunc(t.words, func(key string, _ word) bool { return strings.HasPrefix(key, section) })
		if t != first {
			t.fallback = first
		}
		t.singular = t.Get("format.singular")
	}
	return tables, faults
}

// addCalculator adds a layer's words of a calculator, under those that are there.
func (t *Table) addCalculator(id string, own bool, read func() map[string]word) {
	over := t.calculators[id]
	t.calculators[id] = &calculator{own: own || over != nil, read: sync.OnceValue(func() map[string]word {
		all := map[string]word{}
		if over != nil {
			maps.Copy(all, over.read())
		}
		fill(all, read(), own)
		return all
	})}
}

// fill adds the words of a layer, the author's own or the theme's, that are not
// there yet.
func fill(words, layer map[string]word, own bool) {
	for key, w := range layer {
		if over, ok := words[key]; ok {
			w = over
		} else {
			w.own = own
		}
		w.theme = w.theme || !own
		words[key] = w
	}
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

// parts are the code, and the calculator or "", in i18n/CODE.yaml and
// i18n/CODE/ID.yaml.
func parts(name string) (code, id string) {
	code, id, _ = strings.Cut(strings.TrimSuffix(strings.TrimPrefix(name, dir+"/"), ".yaml"), "/")
	return code, id
}

func place(name string) string { return "templates/" + name }

func fault(pos diag.Pos, message, help string) diag.Diag {
	return diag.Diag{Pos: pos, Rule: rule, Message: message, Help: help}
}

// file reads a file, and parses it unless it is known.
func (l *Loader) file(layer fs.FS, name string) file {
	data, err := fs.ReadFile(layer, name)
	if err != nil {
		return file{faults: diag.List{fault(diag.Pos{File: place(name)}, "cannot be read: "+err.Error(), "")}}
	}
	key := fileKey{name, sha256.Sum256(data)}
	l.mu.Lock()
	f, known := l.files[key]
	if !known {
		f, known = l.before[key]
	}
	l.mu.Unlock()
	if !known {
		f.words, f.faults = parse(name, data)
	}
	l.mu.Lock()
	l.files[key] = f
	l.mu.Unlock()
	return f
}

// parse reads the words of a file.
func parse(name string, data []byte) (map[string]word, diag.List) {
	words := map[string]word{}
	o, r := strict.Read(data, diag.Pos{File: place(name), Line: 1, Col: 1}, rule, "a file of words")
	if o == nil {
		return words, r.Faults()
	}
	prefix := ""
	if _, id := parts(name); id != "" {
		prefix = "calc." + id + "."
	}
	o.Flat(func(key, text string, at diag.Pos) {
		key, text = prefix+key, strings.TrimRight(text, "\n")
		if strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }) {
			r.Add(at, "a control character in "+strconv.Quote(key), "take it out")
		}
		if message := brace(text); message != "" {
			r.Add(at, message+" in "+strconv.Quote(key), "write {name}, {n?one|many}, or {{ for the brace itself")
		}
		words[key] = word{text: text, pos: at}
	})
	return words, r.Faults()
}
