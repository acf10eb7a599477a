// Package worksheet reads the worksheets that authors write,
// content/worksheets/ID.yaml, and compiles each into a calculator.
//
// One file defines a worksheet for all languages of the site: its fields, rows and
// formulas once, its texts by language. Compile reports every fault at its line and
// column, inside formulas too, and computes the examples that the file gives.
// docs/worksheets.md is the manual of the notation.
package worksheet

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"playbook/calculators"
	"playbook/calculators/form"
	"playbook/calculators/report"
	"playbook/calculators/sheet"
	"playbook/generator/internal/diag"
	"playbook/generator/internal/formula"
	"playbook/generator/internal/strict"
)

const rule = "worksheet"

// Worksheet is a compiled file.
type Worksheet struct {
	Calculator *calculators.Calculator
	Words      map[string]map[string]string // by language and key
	Handoffs   []Handoff
}

// Handoff is what another calculator is given by the worksheet's example.
type Handoff struct {
	To string
	At diag.Pos
}

// Say gives the interface's word for a language, with arguments as in words.Table.
type Say func(lang, key string, args ...any) string

// Compile reads a worksheet for a site's languages, the first of which is the
// default. A worksheet with faults is nil.
func Compile(file, id string, src []byte, languages []string, say Say) (*Worksheet, diag.List) {
	o, r := strict.Read(src, diag.Pos{File: file, Line: 1, Col: 1}, rule, "a worksheet")
	c := &compiler{
		reader: r, id: id, languages: languages, say: say,
		sheet: &sheet.Sheet{Form: &form.Form{ID: id}},
		words: map[string]map[string]string{}, labelled: map[string]bool{},
	}
	for _, lang := range languages {
		c.words[lang] = map[string]string{}
	}
	c.program = formula.New(c.sheet)
	if !validID.MatchString(id) {
		r.Add(diag.Pos{File: file, Line: 1, Col: 1}, "the file's name is the worksheet's id: small letters, digits and hyphens", "such as deal-fit.yaml")
	}
	if o == nil {
		return nil, r.Faults()
	}
	c.read(o)
	if faults := c.faults(); len(faults) > 0 {
		return nil, faults
	}
	encoded := sheet.Encode(c.sheet)
	calc := calculators.FromSheet(encoded)
	if calc == nil {
		return nil, diag.List{{Pos: diag.Pos{File: file, Line: 1, Col: 1}, Rule: rule, Message: "the worksheet is too large", Help: "make two of it"}}
	}
	c.encoded = calc
	c.examples(o)
	if faults := c.faults(); len(faults) > 0 {
		return nil, faults
	}
	return &Worksheet{Calculator: calc, Words: c.words, Handoffs: c.handedOver}, nil
}

// faults are those of the file and of its formulas, each once: fields of items are
// read for each item.
func (c *compiler) faults() diag.List {
	all := append(slices.Clone(c.reader.Faults()), c.program.Faults()...)
	all.Sort()
	return slices.Compact(all)
}

var (
	validID   = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)
	validName = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
	reserved  = []string{"and", "or", "not", "where", "as", "true", "false"}
)

// compiler reads one file.
type compiler struct {
	reader    *strict.Reader
	id        string
	languages []string
	say       Say
	sheet     *sheet.Sheet
	program   *formula.Program
	words     map[string]map[string]string
	labelled  map[string]bool // columns "group.name" with a label

	texts      []saying // that name values
	more       []form.Field
	names      map[string]diag.Pos
	encoded    *calculators.Calculator
	handedOver []Handoff
}

// saying is a text whose placeholders are looked up when all names are known.
type saying struct {
	of   string // the group whose rows it speaks of
	args *[]sheet.Arg
	at   map[string]diag.Pos
	text map[string]string // by language
}

func (c *compiler) add(at diag.Pos, message, help string) { c.reader.Add(at, message, help) }

// read reads the whole file.
func (c *compiler) read(o *strict.Object) {
	c.names = map[string]diag.Pos{}
	c.word(o, "title", "title", true)
	if !c.word(o, "intro", "intro", false) {
		c.set("intro", "")
	}
	if !c.word(o, "more", "more", false) {
		c.each("more", "ui.worksheet.more")
	}
	if o.Value("currency").Is() {
		c.currency(o)
	}
	c.yesNo("option.yes_no.")
	c.fields(o)
	c.rows(o)
	c.sheet.Form.Fields = append(c.sheet.Form.Fields, c.more...)
	c.periods(o)
	c.lookups(o)
	c.formulas(o, "")
	c.labels(o, "")
	c.program.Compile()
	c.verdicts(o)
	c.notes(o)
	c.tables(o)
	c.figures(o)
	c.handoffs(o)
	if list, ok := o.Value("assumes").List(); ok {
		for i, v := range list {
			key := fmt.Sprintf("assume.%d", i)
			c.text(v, key)
			c.sheet.Assumed = append(c.sheet.Assumed, key)
		}
	}
	c.fillTexts()
	for i := range c.sheet.Groups {
		g := &c.sheet.Groups[i]
		for j := range g.Columns {
			g.Columns[j].Told = g.Columns[j].Name != "" && c.labelled[g.Name+"."+g.Columns[j].Name]
		}
	}
	for i := range c.sheet.Values {
		v := &c.sheet.Values[i]
		v.Fact = c.words[c.languages[0]][c.key("fact."+v.Name)] != ""
		for lang, words := range c.words {
			label := words[c.key("fact."+v.Name)]
			if label == "" {
				label = v.Name
			}
			c.words[lang][c.key("name."+v.Name)] = label
			c.words[lang][c.key("value."+v.Name)] = label
		}
	}
	o.Value("examples")
	o.End()
}

func (c *compiler) key(key string) string { return "calc." + c.id + "." + key }

// set gives a word to all languages.
func (c *compiler) set(key, text string) {
	for _, lang := range c.languages {
		c.words[lang][c.key(key)] = text
	}
}

// each takes a word of the interface in each language.
func (c *compiler) each(key, from string, args ...any) {
	for _, lang := range c.languages {
		c.words[lang][c.key(key)] = c.say(lang, from, args...)
	}
}

// yesNo takes the interface's words for yes and no.
func (c *compiler) yesNo(prefix string) {
	for _, code := range []string{"yes", "no"} {
		c.each(prefix+code, "report."+code)
	}
}

// word reads a text by language; false where there is none.
func (c *compiler) word(o *strict.Object, name, key string, required bool) bool {
	v := o.Value(name)
	if !v.Is() {
		if required {
			o.Missing(name, "write a text, or one for each language")
		}
		return false
	}
	c.text(v, key)
	return true
}

// text reads a text, or one for each language, under a key. It returns them with
// their places.
func (c *compiler) text(v strict.Value, key string) (texts map[string]string, at map[string]diag.Pos) {
	texts, at = map[string]string{}, map[string]diag.Pos{}
	if !v.IsObject() {
		s, ok := v.Scalar()
		switch {
		case !ok || s == "":
			c.add(v.At(), "this must be a text", "")
		case len(c.languages) > 1 && strings.ContainsFunc(s, isLetter):
			c.add(v.At(), "this text is in one language, the site has "+diag.And(c.languages), "write {"+c.languages[0]+": …, "+c.languages[1]+": …}")
		}
		for _, lang := range c.languages {
			texts[lang], at[lang] = s, v.At()
		}
	} else if o := v.Object("a text"); o != nil {
		for _, lang := range c.languages {
			texts[lang], at[lang] = o.Text(lang), o.At(lang)
			if texts[lang] == "" {
				c.add(v.At(), "the text has no "+quote(lang), "the site's languages are "+diag.And(c.languages))
			}
		}
		o.End()
	}
	for lang, s := range texts {
		c.words[lang][c.key(key)] = s
	}
	return texts, at
}

func isLetter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r > 0x2E80 }

// named checks a new name.
func (c *compiler) named(o *strict.Object, name, full string) bool {
	at := o.KeyAt(name)
	help := "small letters, digits and _, beginning with a letter: first_year"
	switch {
	case !validName.MatchString(name):
		c.add(at, quote(name)+" cannot be a name", help)
		return false
	case slices.Contains(reserved, name):
		c.add(at, quote(name)+" is a word of formulas", "choose another name")
		return false
	}
	if earlier, twice := c.names[full]; twice {
		c.add(at, fmt.Sprintf("the name %q is taken, in line %d", full, earlier.Line), "choose another name")
		return false
	}
	c.names[full] = at
	return true
}

// entry is a named block of keys; nil for one that cannot be used. what and like say
// in a fault what it is.
func (c *compiler) entry(o *strict.Object, name, full, what, like string) *strict.Object {
	v := o.Value(name)
	if !c.named(o, name, full) {
		return nil
	}
	if !v.IsObject() {
		c.add(v.At(), what+" is keys with values", like)
		return nil
	}
	return v.Object(what)
}

func (c *compiler) currency(o *strict.Object) {
	code := o.Text("currency")
	if !regexp.MustCompile(`^[A-Z]{3}$`).MatchString(code) {
		o.Add("currency", "a currency is three capital letters", "such as EUR, USD or CNY")
	}
	c.names["currency"] = o.At("currency")
	c.sheet.Form.Fields = append(c.sheet.Form.Fields, form.Field{Name: "currency", Kind: form.Currency, Default: code, Setting: true})
	c.each("field.currency.label", "ui.worksheet.currency")
	c.each("field.currency.help", "ui.worksheet.currency-help")
}

// ---- Formulas

// definition is a line of formulas: "name = formula".
var definition = regexp.MustCompile(`^([^\s=<>(]+)\s*=\s*([^=]|$)`)

// formulas reads the formulas of the sheet or of a group.
func (c *compiler) formulas(o *strict.Object, of string) {
	v := o.Value("formulas")
	if !v.Is() {
		return
	}
	src, ok := v.Source()
	if !ok {
		c.add(v.At(), "formulas are lines of \"name = formula\"", "begin them with: formulas: |")
		return
	}
	for _, line := range src.Lines() {
		m := definition.FindStringSubmatchIndex(line.Text)
		if m == nil {
			c.add(line.At(0), "this line is no formula", "write name = formula; go on in the next line by starting it further in")
			continue
		}
		name := line.Text[:m[3]]
		full := name
		if of != "" {
			full = of + "." + name
		}
		if !validName.MatchString(name) || slices.Contains(reserved, name) {
			c.add(line.At(0), quote(name)+" cannot be a name", "small letters, digits and _, beginning with a letter: first_year")
			continue
		}
		if earlier, twice := c.names[full]; twice {
			c.add(line.At(0), fmt.Sprintf("the name %q is taken, in line %d", full, earlier.Line), "choose another name")
			continue
		}
		c.names[full] = line.At(0)
		rest := line.From(m[4])
		label := "name." + full
		if of != "" {
			c.set(label, name)
			c.set("column."+full, name)
		}
		c.program.Define(of, name, label, formula.Text{Text: rest.Text, At: rest.At})
	}
}

// labels reads what values, or a group's computed columns, are called.
func (c *compiler) labels(o *strict.Object, of string) {
	labels := o.Map("labels")
	if labels == nil {
		return
	}
	for _, name := range labels.Keys() {
		full := name
		if of != "" {
			full = of + "." + name
		}
		if _, ok := c.names[full]; !ok {
			var known []string
			for n := range c.names {
				if rest, ok := strings.CutPrefix(n, of+"."); of != "" && ok {
					known = append(known, rest)
				} else if of == "" && !strings.Contains(n, ".") {
					known = append(known, n)
				}
			}
			slices.Sort(known)
			c.add(labels.KeyAt(name), "there is no value "+quote(name)+diag.Suggest(name, known), "labels name formulas")
		}
		v := labels.Value(name)
		if of == "" {
			c.text(v, "fact."+name)
			continue
		}
		c.text(v, "name."+full)
		c.text(v, "column."+full)
		c.labelled[full] = true
	}
	labels.End()
}

// condition reads a condition at a key; nil where there is none.
func (c *compiler) condition(o *strict.Object, key, of string) *sheet.Node {
	v := o.Value(key)
	if !v.Is() {
		return nil
	}
	src, ok := v.Source()
	if !ok {
		c.add(v.At(), quote(key)+" is a formula", "put it in quotation marks when it begins with a sign")
		return nil
	}
	return c.program.Condition(of, formula.Text{Text: src.Text, At: src.At})
}

// show reads an expression at a key that has to be there.
func (c *compiler) show(o *strict.Object, key, of string) (sheet.Show, formula.Type) {
	v := o.Value(key)
	if !v.Is() {
		o.Missing(key, "write a name or a formula")
		return sheet.Show{}, formula.Type{}
	}
	src, ok := v.Source()
	if !ok {
		c.add(v.At(), quote(key)+" is a formula", "")
		return sheet.Show{}, formula.Type{}
	}
	return c.program.Show(of, formula.Text{Text: src.Text, At: src.At})
}

// ---- What the report says

// placeholder is {name} or {name?one|many} in a text.
var placeholder = regexp.MustCompile(`\{([^{}?]*)(\?[^{}]*)?\}`)

// saying reads a text that names values.
func (c *compiler) saying(v strict.Value, key, of string, args *[]sheet.Arg) {
	texts, at := c.text(v, key)
	c.texts = append(c.texts, saying{of, args, at, texts})
}

// fillTexts looks up what texts name.
func (c *compiler) fillTexts() {
	for _, s := range c.texts {
		for _, lang := range c.languages {
			for _, m := range placeholder.FindAllStringSubmatch(s.text[lang], -1) {
				name := m[1]
				if slices.ContainsFunc(*s.args, func(a sheet.Arg) bool { return a.Name == name }) {
					continue
				}
				if !c.program.Has(s.of, name) {
					c.add(s.at[lang], "the text names "+quote("{"+name+"}")+", which there is not"+diag.Suggest(name, c.program.Names(s.of)), "")
					continue
				}
				at := s.at[lang]
				show, _ := c.program.Show(s.of, formula.Text{Text: name, At: func(int) diag.Pos { return at }})
				*s.args = append(*s.args, sheet.Arg{Name: name, Show: show})
			}
			if s.at[lang] == s.at[c.languages[len(c.languages)-1]] { // one text for all
				break
			}
		}
	}
}

func (c *compiler) sign(o *strict.Object) report.Sign {
	return report.Sign(o.Choice("sign", "none", "flag", "bell"))
}

// verdicts reads the verdicts: the first that holds is said, the last one without a
// condition.
func (c *compiler) verdicts(o *strict.Object) {
	n := len(o.List("verdict", 0))
	c.sheet.Verdicts = make([]sheet.Rule, 0, n)
	i := 0
	o.Each("verdict", 0, func(v *strict.Object) {
		r := sheet.Rule{Group: -1, Sign: c.sign(v), When: c.condition(v, "when", "")}
		last := i == n-1
		switch {
		case last && v.Has("when"):
			v.Add("when", "the last verdict is for everything else and has no condition", "add a verdict without \"when\"")
		case !last && !v.Has("when"):
			c.add(v.Here(), "only the last verdict has no condition: those below it are never said", "add \"when\", or move it to the end")
		}
		c.said(v, &r, fmt.Sprintf("verdict.%d", i), "")
		i++
	})
}

// said reads a rule's text and what follows it, and adds the rule.
func (c *compiler) said(v *strict.Object, r *sheet.Rule, key, of string) {
	list := &c.sheet.Verdicts
	if strings.HasPrefix(key, "note.") {
		list = &c.sheet.Notes
	}
	r.Keys = []string{key}
	*list = append(*list, *r)
	kept := &(*list)[len(*list)-1]
	if !v.Value("text").Is() {
		v.Missing("text", "")
	} else {
		c.saying(v.Value("text"), key, of, &kept.Args)
	}
	if more := v.Value("next"); more.Is() {
		kept.Keys = append(kept.Keys, key+".next")
		c.saying(more, key+".next", of, &kept.Args)
	}
}

// notes reads the notes, which are said where their conditions hold.
func (c *compiler) notes(o *strict.Object) {
	c.sheet.Notes = make([]sheet.Rule, 0, len(o.List("notes", 0)))
	i := 0
	o.Each("notes", 0, func(v *strict.Object) {
		of, group := c.group(v, "rows", false)
		r := sheet.Rule{Group: group, Sign: c.sign(v), When: c.condition(v, "when", of)}
		c.said(v, &r, fmt.Sprintf("note.%d", i), of)
		i++
	})
}

// group reads the name of a group; -1 where there is none.
func (c *compiler) group(o *strict.Object, key string, required bool) (string, int) {
	name := o.Text(key)
	if name == "" {
		if required {
			o.Missing(key, "name a group of rows")
		}
		return "", -1
	}
	var names []string
	for i := range c.sheet.Groups {
		if c.sheet.Groups[i].Name == name {
			return name, i
		}
		names = append(names, c.sheet.Groups[i].Name)
	}
	o.Add(key, "there are no rows "+quote(name)+diag.Suggest(name, names), "the worksheet has the rows "+diag.And(names))
	return "", -1
}

// order reads what rows are ordered by, the greatest first; nil where they are not.
func (c *compiler) order(o *strict.Object, of string) *sheet.Node {
	if !o.Has("order") {
		return nil
	}
	show, t := c.show(o, "order", of)
	if t.Kind > sheet.Date {
		o.Add("order", "rows are ordered by numbers or dates, this is "+t.Kind.String(), "")
	}
	return show.Node
}

// tables reads the tables that the report shows.
func (c *compiler) tables(o *strict.Object) {
	i := 0
	o.Each("tables", 0, func(v *strict.Object) {
		of, group := c.group(v, "rows", true)
		t := sheet.Table{Group: group, When: c.condition(v, "when", of), Caption: fmt.Sprintf("table.%d", i)}
		c.word(v, "caption", t.Caption, true)
		t.Order = c.order(v, of)
		columns, ok := v.Value("columns").List()
		if !ok {
			v.Missing("columns", "a list of the names of columns: [name, value]")
		}
		for _, column := range columns {
			src, ok := column.Source()
			if !ok {
				c.add(column.At(), "a column is a name", "")
				continue
			}
			if of == "" {
				continue
			}
			show, _ := c.program.Show(of, formula.Text{Text: src.Text, At: src.At})
			t.Columns = append(t.Columns, show)
			if _, ok := c.names[of+"."+src.Text]; !ok && c.program.Has("", src.Text) {
				c.add(column.At(), quote(src.Text)+" is no column of "+quote(of), "give a formula of rows a name, and show that")
			}
			t.Heads = append(t.Heads, "column."+of+"."+src.Text)
		}
		c.sheet.Tables = append(c.sheet.Tables, t)
		i++
	})
}

// figures reads the figures that the report shows.
func (c *compiler) figures(o *strict.Object) {
	kinds := []string{"bars", "radar", "funnel"}
	i := 0
	o.Each("figures", 0, func(v *strict.Object) {
		f := sheet.Figure{Kind: kinds[v.Choice("kind", kinds...)], Caption: fmt.Sprintf("figure.%d", i)}
		of := ""
		of, f.Group = c.group(v, "rows", true)
		c.word(v, "caption", f.Caption, true)
		f.Order = c.order(v, of)
		f.When = c.condition(v, "when", of)
		f.Label, _ = c.show(v, "label", of)
		var t formula.Type
		if f.Value, t = c.show(v, "value", of); t.Kind > sheet.Money {
			v.Add("value", "a figure shows numbers, this is "+t.Kind.String(), "")
		}
		if f.Kind == "radar" {
			f.Most, _ = c.show(v, "most", of)
		}
		f.Flag = c.condition(v, "flag", of)
		c.sheet.Figures = append(c.sheet.Figures, f)
		i++
	})
}

// handoffs reads what other calculators are given.
func (c *compiler) handoffs(o *strict.Object) {
	i := 0
	o.Each("handoffs", 0, func(v *strict.Object) {
		of, group := c.group(v, "rows", false)
		h := sheet.Handoff{To: v.Required("to", "the id of a calculator"), Key: fmt.Sprintf("handoff.%d", i), When: c.condition(v, "when", "")}
		c.word(v, "text", h.Key, true)
		give := v.Map("give")
		if give == nil {
			v.Missing("give", "the other calculator's fields, with what they get")
		} else {
			for _, field := range give.Keys() {
				g := sheet.Give{Field: field, Group: -1}
				scope := ""
				if strings.Contains(field, ".") {
					if of == "" {
						c.add(give.KeyAt(field), "a field of rows needs rows", "add \"rows\" to the handoff")
					}
					scope, g.Group = of, group
				}
				g.Show, _ = c.show(give, field, scope)
				h.Gives = append(h.Gives, g)
			}
			give.End()
		}
		c.handedOver = append(c.handedOver, Handoff{h.To, v.At("to")})
		c.sheet.Handoffs = append(c.sheet.Handoffs, h)
		i++
	})
}

func quote(s string) string { return `"` + s + `"` }

// sorted are the keys of a map in order.
func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
