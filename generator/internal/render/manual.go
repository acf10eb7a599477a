package render

import (
	"encoding/json"
	"html/template"
	"strconv"
	"strings"

	"playbook/calculators/form"
	"playbook/calculators/report"
	"playbook/generator/internal/site"
	"playbook/generator/internal/words"
)

// Manual is what authors and programmers need to know of a calculator, made of
// its form, its words and its worked example.
type Manual struct {
	ID     string
	Intro  template.HTML
	Tool   *Calculator   // nil where its block has faults
	Used   []Link        // the modules that hold it
	Fields []ManualField // in the order of the form, groups among them
	Values []ManualValue
	Hands  []ManualHand // what its reports hand to other calculators
	Block  string       // how a page holds it with other defaults
	Shell  string       // how the command line computes it
}

// ManualField is a field, or a group of rows with its own Fields.
type ManualField struct {
	Name    string // as it is written: "quota", "problem.0.amount"
	ID      string // of the element
	Label   string
	Help    string
	Kind    string // a word: "an amount"
	Unit    string
	Range   string
	Default string // as typed; "" for none
	Empty   bool   // may be left empty
	Options []Choice
	Fields  []ManualField
}

// ManualValue is one of the computed values, with that of the worked example.
type ManualValue struct{ Name, Text, JSON string }

// ManualHand is what a calculator hands to another one.
type ManualHand struct {
	To     Link
	Fields []string
}

// toolPage is the page of a calculator: the tool, and its manual behind it.
func (r *Renderer) toolPage(lang string, t site.Tool) *Page {
	w := r.words[lang]
	calc := r.site.Calculators.Find(t.ID)
	d := r.newGenerated("tool", lang, w.Get("calc."+t.ID+".title"), func(l string) string { return r.site.ToolPath(t.ID, l) })
	d.Crumbs = append(d.Crumbs, Link{Title: w.Get("ui.tools.title"), Href: d.Site.Tools})
	link := r.moduleHref(lang, d.Root)
	f := calc.Form.In(w.Get)
	m := &Manual{
		ID:    t.ID,
		Intro: linked(w.Get("calc."+t.ID+".intro"), link),
	}
	block := *r.toolBlock(t, lang)
	block.Show = nil // all of it
	m.Tool = r.calculator(&block, d.Lang, lang, d.Root)
	if m.Tool != nil {
		d.needs = []string{"calculator"}
	}
	for _, module := range t.Modules {
		page := module.In(lang)
		m.Used = append(m.Used, Link{Title: page.Title, Href: d.Root + page.Path})
	}
	v := &manualWords{w, t.ID}
	for i := range f.Fields {
		m.Fields = append(m.Fields, v.field(&f.Fields[i], "", "field."+f.Fields[i].Name))
	}
	in, _ := form.DecodePairs(f, nil) // the defaults of a calculator have no faults: its tests see to it
	if result, faults := calc.Compute(in); len(faults) == 0 {
		m.Values = v.values(result)
	}
	for _, hand := range calc.Hands {
		m.Hands = append(m.Hands, ManualHand{
			To:     Link{Title: w.Get("calc." + hand.To + ".title"), Href: link("calculator:" + hand.To)},
			Fields: hand.Fields,
		})
	}
	m.Block, m.Shell = manualExamples(f, in.Pairs(), w.Get("ui.manual.caption"))
	d.Manual = m
	return d
}

type manualWords struct {
	*words.Table
	id string
}

func (v *manualWords) word(key string) string { return v.Get("calc." + v.id + "." + key) }

// kindWords are the words ui.manual.kind.NAME of the kinds of field.
var kindWords = map[form.Kind]string{
	form.Text: "text", form.Choice: "choice", form.Integer: "whole", form.Money: "money", form.Percent: "percent",
	form.Month: "month", form.Date: "date", form.Rows: "rows", form.Currency: "currency", form.Many: "many", form.File: "file", form.Number: "number",
}

func (v *manualWords) field(f *form.Field, group, key string) ManualField {
	d := ManualField{
		Name: group + f.Name, Kind: v.Get("ui.manual.kind." + kindWords[f.Kind]),
		Default: f.Default, Empty: f.Optional, Range: v.bounds(f),
	}
	if f.Kind == form.File {
		d.Default, _, _ = strings.Cut(f.Default, "\n")
		d.Default += " …"
	}
	d.ID = "field-" + strings.ReplaceAll(d.Name, ".", "-")
	if f.Kind == form.Rows {
		key = "group." + f.Name
		for i := range f.Fields {
			d.Fields = append(d.Fields, v.field(&f.Fields[i], f.Name+".0.", key+"."+f.Fields[i].Name))
		}
	}
	d.Label, d.Help = v.word(key+".label"), v.word(key+".help")
	switch f.Unit {
	case "":
	case "currency":
		d.Unit = v.Get("ui.manual.in-currency")
	default:
		d.Unit = v.Get("unit." + f.Unit)
	}
	for _, o := range f.Options {
		d.Options = append(d.Options, Choice{Value: o, Text: v.word("option." + f.Name + "." + o)})
	}
	return d
}

// bounds says how much or how many a field takes.
func (v *manualWords) bounds(f *form.Field) string {
	scale := scaleOf(f)
	switch {
	case f.Kind == form.Rows:
		return v.Say("ui.manual.rows", "from", f.MinRows, "to", orDefault(f.MaxRows, form.DefaultMaxRows))
	case f.Kind == form.Text:
		return v.Say("ui.manual.length", "n", orDefault(f.MaxLen, form.DefaultMaxLen))
	case scale > 0 && f.Max != 0:
		return v.Say("ui.manual.range", "from", v.grouped(decimal(f.Min, scale)), "to", v.grouped(decimal(f.Max, scale)))
	case scale > 0:
		return v.Say("ui.manual.least", "from", v.grouped(decimal(f.Min, scale)))
	}
	return ""
}

func (v *manualWords) grouped(s string) string {
	return grouped(s, v.Get("format.group"), v.Get("format.decimal"))
}

// grouped sets a mark before every three digits of a number's whole part, and the
// language's before its decimals, where it may stand already.
func grouped(s, mark, decimal string) string {
	whole, fraction, dotted := strings.Cut(strings.Replace(s, decimal, ".", 1), ".")
	for i := len(whole) - 3; i > 0 && whole[i-1] != '-'; i -= 3 {
		whole = whole[:i] + mark + whole[i:]
	}
	if dotted {
		whole += decimal + fraction
	}
	return whole
}

func orDefault(n, otherwise int) int {
	if n == 0 {
		return otherwise
	}
	return n
}

// values are the computed values in their order, each once.
func (v *manualWords) values(result *report.Result) []ManualValue {
	var byName map[string]json.RawMessage
	if err := json.Unmarshal([]byte(report.JSON(result)), &byName); err != nil {
		panic(err) // report writes JSON
	}
	var all []ManualValue
	for _, value := range result.Values {
		all = append(all, ManualValue{Name: value.Name, Text: v.word("value." + value.Name), JSON: string(byName[value.Name])})
	}
	return all
}

// manualExamples write the same few fields as a block of a page and as a command:
// the first two plain ones and the first row of the first group, as the worked
// example has them.
func manualExamples(f *form.Form, pairs []form.Pair, caption string) (block, shell string) {
	values := map[string]string{}
	for _, p := range pairs {
		values[p.Name] = p.Value
	}
	var show, lines, args []string
	give := func(name string) {
		if value := values[name]; value != "" {
			lines = append(lines, name+": "+yamlText(value))
			args = append(args, shellText(name+"="+value))
		}
	}
	plain, groups := 0, 0
	for _, field := range f.Fields {
		switch {
		case field.Kind == form.File:
			show = append(show, field.Name)
			args = append(args, "--input export.csv")
		case field.Kind == form.Rows && groups < 1:
			groups++
			show = append(show, field.Name)
			for _, part := range field.Fields {
				give(field.Name + ".0." + part.Name)
			}
		case field.Kind != form.Rows && plain < 2:
			plain++
			show = append(show, field.Name)
			give(field.Name)
		}
	}
	block = "```calculator " + f.ID + "\ncaption: " + yamlText(caption) + "\nshow: [" + strings.Join(show, ", ") + "]\n" +
		strings.Join(append(lines, "```"), "\n")
	return block, strings.Join(append([]string{"playbook calc " + f.ID}, append(args, "--format json")...), " ")
}

// yamlText writes a text as a value of YAML: plain where nothing in it has a
// meaning there.
func yamlText(s string) string {
	if s == "" || strings.ContainsAny(s, ":#,[]{}&*!|>'\"%@`\\") || s != strings.TrimSpace(s) || strings.HasPrefix(s, "-") || strings.HasPrefix(s, "?") {
		return strconv.Quote(s)
	}
	return s
}

// shellText quotes an argument where a shell would take it apart.
func shellText(s string) string {
	if strings.ContainsAny(s, " \t'\"$`\\!*?[](){}<>|&;#~") {
		return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
	}
	return s
}
