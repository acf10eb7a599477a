package render

import (
	"cmp"
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"playbook/calculators"
	"playbook/calculators/form"
	"playbook/calculators/report"
	"playbook/generator/internal/markdown"
	"playbook/generator/internal/site"
	"playbook/generator/internal/words"
)

// calculator prepares a block in the text of a page: short, with a link to the
// calculator's own page. It returns nil for a block that check has refused.
func (c *content) calculator(block *markdown.Calculator) *Calculator {
	d := c.r.calculator(block, c.lang, c.page.Lang, c.root)
	if d == nil {
		return nil
	}
	d.Short = true
	path := c.r.site.ToolPath(block.ID, c.page.Lang)
	if path == "" {
		return d
	}
	d.Page = c.root + path + "#" + block.ID
	i := slices.IndexFunc(c.r.site.Tools, func(t site.Tool) bool { return t.ID == block.ID })
	if own := c.r.toolBlock(c.r.site.Tools[i], c.lang.Code); own != block {
		// Another example than that of the calculator's page: the link shows it there.
		if example := c.r.example(block, c.lang.Code); example != c.r.example(own, c.lang.Code) {
			d.Page += "?" + example
		}
	}
	if len(block.Show) > 0 && !strings.Contains(d.Page, "?") {
		for _, item := range d.Items {
			if !item.Hidden {
				d.Page += "-" + item.Name
				break
			}
		}
	}
	return d
}

// toolBlock is the block whose example a calculator's own page shows: that of the
// first module that holds it.
func (r *Renderer) toolBlock(t site.Tool, lang string) *markdown.Calculator {
	for _, block := range t.Modules[0].In(lang).Doc().Calculators {
		if block.ID == t.ID {
			return block
		}
	}
	return &markdown.Calculator{ID: t.ID} // the translation holds it elsewhere
}

// decode reads a block's fields, in the words of the text's language.
func (r *Renderer) decode(calc *calculators.Calculator, block *markdown.Calculator, lang string) (*form.Input, []form.Fault) {
	pairs := make([]form.Pair, len(block.Fields))
	for i, f := range block.Fields {
		pairs[i] = form.Pair{Name: f.Name, Value: f.Value}
	}
	return form.DecodePairs(calc.Form.In(r.words[lang].Get), calc.Viewed(block.Show, pairs))
}

// example is the encoding of a block's example, without what only its page sets; ""
// where it has faults.
func (r *Renderer) example(block *markdown.Calculator, lang string) string {
	calc := r.site.Calculators.Find(block.ID)
	in, faults := r.decode(calc, block, lang)
	if len(faults) > 0 {
		return ""
	}
	var pairs []form.Pair
	for _, p := range in.Pairs() {
		if f := calc.Form.Field(p.Name); f == nil || !f.View && !f.Today && f.Kind != form.File {
			pairs = append(pairs, p)
		}
	}
	return form.Encode(pairs)
}

// calculator computes a block's default result and prepares its form, in the text's
// language; links lead to pages of another, as seen from root. It returns nil for a
// block that check has refused.
func (r *Renderer) calculator(block *markdown.Calculator, text Language, lang, root string) *Calculator {
	calc := r.site.Calculators.Find(block.ID)
	if calc == nil {
		return nil
	}
	w := r.words[text.Code]
	in, faults := r.decode(calc, block, text.Code)
	if len(faults) > 0 {
		return nil
	}
	result, faults := calc.Compute(in)
	if len(faults) > 0 {
		return nil
	}
	word := func(key string) string { return w.Get("calc." + calc.ID + "." + key) }
	link := r.moduleHref(lang, root)
	says := report.NewWords(calc.ID, w.Get, link)
	f := &formView{calc: calc, words: w, word: word, show: block.Show, values: map[string]string{}}
	for _, p := range in.Pairs() {
		f.values[p.Name] = p.Value
	}
	d := &Calculator{
		More: word("more"),
		ID:   calc.ID, Lang: text,
		Title: word("title"), Caption: block.Caption,
		Intro:   linked(introOf(word, block.Show), link),
		Report:  template.HTML(report.HTML(result, says)),
		Answer:  template.HTML(report.AnswerHTML(result, says)),
		Runtime: r.runtime(calc.ID, text.Code, root),
	}
	d.Buyer = len(result.Buyer) > 0
	for _, p := range calc.Presets {
		d.Presets = append(d.Presets, preset(calc.ID, p, w))
	}
	if name := calc.Form.Today(); name != "" {
		d.Today = name + "=" + f.values[name]
	}
	for i := range calc.Form.Fields {
		if calc.Form.Fields[i].Today {
			continue
		}
		item := f.item(&calc.Form.Fields[i])
		if item.Section != "" && !item.Hidden {
			d.Parts++
		}
		d.Items = append(d.Items, item)
	}
	return d
}

// runtime is where the browser finds a calculator's code and words, as seen from root.
func (r *Renderer) runtime(id, lang, root string) Runtime {
	return Runtime{
		Worker: r.theme.href(root, "js/worker.js"),
		Words:  root + r.wordFiles[lang+"/"+id],
		Wasm:   r.theme.href(root, "calculators.wasm"),
		Inline: r.theme.href(root, "calculators.js"),
	}
}

// introOf is the question a calculator's block opens with: that of its part where
// it shows one alone and the part has its own (the word intro-PART), else the
// calculator's.
func introOf(word func(key string) string, show []string) string {
	if len(show) == 1 {
		if own := word("intro-" + show[0]); own != "" {
			return own
		}
	}
	return word("intro")
}

func preset(id string, p form.Preset, w *words.Table) Preset {
	var args []any
	for _, a := range p.Args {
		args = append(args, a.Name, a.Value)
	}
	out := Preset{At: p.At, Label: w.Say("calc."+id+"."+p.Key, args...), Set: form.Encode(p.Pairs), From: p.From, Until: p.Until}
	if p.Help != "" {
		out.Help = w.Get("calc." + id + "." + p.Help)
	}
	return out
}

// formView turns a form's fields into what the template shows.
type formView struct {
	calc   *calculators.Calculator
	words  *words.Table
	word   func(key string) string
	show   []string
	values map[string]string
}

func (v *formView) item(f *form.Field) FormItem {
	if f.Kind != form.Rows {
		it := v.field(f, f.Name, "field."+f.Name)
		it.Hidden = !v.calc.Shows(v.show, f.Name)
		it.Section = v.word("section." + f.Name)
		it.Example = !f.Setting && !f.View && it.Value != ""
		if f.Kind == form.Choice && !f.Optional {
			it.Empty = f.Options[0]
		}
		return it
	}
	it := FormItem{
		Field: *f, Group: f.Name, ID: v.calc.ID + "-" + f.Name,
		Label: v.word("group." + f.Name + ".label"), Help: v.word("group." + f.Name + ".help"),
		Add: v.word("group." + f.Name + ".add"), RowLabel: v.word("group." + f.Name + ".row"), Remove: v.word("group." + f.Name + ".remove"),
		Hidden: !v.calc.Shows(v.show, f.Name), Section: v.word("section." + f.Name),
		Example: !f.Setting && !f.Fixed && len(f.DefaultRows) > 0,
		colon:   v.words.Get("report.colon"), mark: v.words.Get("format.group"), decimal: v.words.Get("format.decimal"),
	}
	it.Template = v.row(f, "__N__")
	for _, n := range v.rowNumbers(f.Name) {
		it.Rows = append(it.Rows, v.row(f, strconv.Itoa(n)))
	}
	return it
}

// rowNumbers lists the numbers of a group's rows in the values.
func (v *formView) rowNumbers(group string) []int {
	var all []int
	for name := range v.values {
		rest, ok := strings.CutPrefix(name, group+".")
		if !ok {
			continue
		}
		digits, _, _ := strings.Cut(rest, ".")
		if n, err := strconv.Atoi(digits); err == nil && !slices.Contains(all, n) {
			all = append(all, n)
		}
	}
	slices.Sort(all)
	return all
}

func (v *formView) row(group *form.Field, n string) []FormItem {
	var items []FormItem
	for i := range group.Fields {
		f := &group.Fields[i]
		it := v.field(f, group.Name+"."+n+"."+f.Name, "group."+group.Name+"."+f.Name)
		if n == "__N__" {
			it.Value = f.Default
			for j := range it.Choices {
				it.Choices[j].Selected = chosen(f, f.Default, it.Choices[j].Value)
			}
		}
		items = append(items, it)
	}
	return items
}

// field prepares one field: input is its name attribute, key leads to its words.
func (v *formView) field(f *form.Field, input, key string) FormItem {
	it := FormItem{
		Field: *f, Input: input, ID: v.calc.ID + "-" + strings.ReplaceAll(input, ".", "-"),
		Label: v.word(key + ".label"), Help: v.word(key + ".help"),
		Value: v.values[input],
	}
	if f.List != "" {
		it.ListID = v.calc.ID + "-" + f.List
	}
	if s := v.values[f.LabelFrom]; s != "" {
		it.Label = s
	}
	if group, _, ok := strings.Cut(f.LabelFrom, "."); ok && !slices.Contains(v.rowNumbers(group), rowOf(f.LabelFrom)) {
		it.Hidden = true
	}
	switch f.Unit {
	case "":
	case "currency":
		it.UnitWord = v.values["currency"]
	default:
		it.UnitWord = v.words.Get("unit." + f.Unit)
	}
	if f.Kind == form.Choice && f.Optional {
		it.Choices = []Choice{{Text: v.words.Get("report.none"), Selected: it.Value == ""}}
	}
	for _, o := range f.Options {
		it.Choices = append(it.Choices, Choice{Value: o, Text: v.word("option." + f.Name + "." + o), Selected: chosen(f, it.Value, o)})
	}
	scale := scaleOf(f)
	if scale > 1 { // as the language writes it, and the form reads it
		it.Value = strings.Replace(it.Value, ".", cmp.Or(v.words.Get("format.decimal"), "."), 1)
	}
	if scale > 0 {
		it.MinText = decimal(f.Min, scale)
		if f.Max != 0 {
			it.MaxText = decimal(f.Max, scale)
		}
	}
	return it
}

// scaleOf is what a field's number is multiplied by where it is held; 0 for a field
// of another kind.
func scaleOf(f *form.Field) int64 {
	switch f.Kind {
	case form.Integer, form.Money, form.Percent, form.Number:
		scale := int64(1)
		for range f.Scale() {
			scale *= 10
		}
		return scale
	}
	return 0
}

// rowOf is the number of the row that a field's full name is of.
func rowOf(name string) int {
	parts := strings.Split(name, ".")
	n, _ := strconv.Atoi(parts[1])
	return n
}

// chosen reports whether a value of the field holds an option.
func chosen(f *form.Field, value, option string) bool {
	if f.Kind == form.Many {
		return slices.Contains(form.Split(value), option)
	}
	return value == option
}

// decimal prints n ÷ scale (a power of ten) without needless zeros.
func decimal(n, scale int64) string {
	s := strconv.FormatInt(n/scale, 10)
	if rest := n % scale; rest != 0 {
		s += "." + strings.TrimRight(fmt.Sprintf("%0*d", len(strconv.FormatInt(scale, 10))-1, rest), "0")
	}
	return s
}

const moduleLink = "](module:"

// modulesIn lists the modules that a word's links name.
func modulesIn(text string) []string {
	var all []string
	for {
		i := strings.Index(text, moduleLink)
		if i < 0 {
			return all
		}
		text = text[i+len(moduleLink):]
		if j := strings.IndexByte(text, ')'); j >= 0 {
			module, _, _ := strings.Cut(text[:j], "#")
			all = append(all, module)
		}
	}
}

// linked renders a word: escaped, with its [text](module:ID) links.
func linked(text string, link func(module string) string) template.HTML {
	var b strings.Builder
	for {
		i := strings.Index(text, moduleLink)
		if i < 0 {
			break
		}
		open := strings.LastIndexByte(text[:i], '[')
		length := strings.IndexByte(text[i:], ')')
		if open < 0 || length < 0 {
			break
		}
		module, anchor, hasAnchor := strings.Cut(text[i+len(moduleLink):i+length], "#")
		label := template.HTMLEscapeString(text[open+1 : i])
		b.WriteString(template.HTMLEscapeString(text[:open]))
		if href := link(module); href != "" {
			if hasAnchor {
				href += "#" + anchor
			}
			b.WriteString(`<a href="` + template.HTMLEscapeString(href) + `">` + label + `</a>`)
		} else {
			b.WriteString(label)
		}
		text = text[i+length+1:]
	}
	b.WriteString(template.HTMLEscapeString(text))
	return template.HTML(b.String())
}

// moduleHref gives the address of a module, or of a "calculator:ID", as seen
// from a depth, "" where there is none: what the links of reports lead to.
func (r *Renderer) moduleHref(lang, root string) func(string) string {
	return func(module string) string {
		if id, ok := strings.CutPrefix(module, "calculator:"); ok {
			if path := r.site.ToolPath(id, lang); path != "" {
				return root + path + "#" + id
			}
			return ""
		}
		if m := r.site.Find(module); m != nil {
			return root + m.In(lang).Path
		}
		return ""
	}
}
