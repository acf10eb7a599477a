package check

import (
	"fmt"
	"slices"
	"strings"

	"playbook/calculators"
	"playbook/calculators/form"
	"playbook/calculators/report"
	"playbook/generator/internal/diag"
	"playbook/generator/internal/markdown"
	"playbook/generator/internal/words"
)

// calculatorBlocks: an unknown calculator or field, and a value that the
// calculator's own form refuses.
func calculatorBlocks(c *context) diag.List {
	var all diag.List
	for p := range c.written {
		for _, block := range p.Doc().Calculators {
			all = append(all, calculatorBlock(c.site.Calculators, block, c.words[p.Lang], c.words[c.site.Languages[0]])...)
		}
	}
	return all
}

// calculatorBlock checks one block as its page's language reads it; messages are
// in the words of the first language.
func calculatorBlock(set *calculators.Set, block *markdown.Calculator, page, say *words.Table) diag.List {
	calc := set.Find(block.ID)
	if set.Faulty(block.ID) {
		return nil // which is told at its own place
	}
	if calc == nil {
		ids := set.IDs()
		d := diag.Diag{Pos: block.IDPos, Rule: "calculator", Message: fmt.Sprintf("unknown calculator %q", block.ID)}
		if near := diag.Closest(block.ID, ids); near != "" {
			d.Message += fmt.Sprintf(" (did you mean %q?)", near)
		}
		d.Help = "the calculators are: " + strings.Join(ids, ", ")
		return diag.List{d}
	}
	var all diag.List
	names := append(calc.Parts(), fieldNames(calc.Form)...)
	for _, show := range block.Show {
		if !slices.Contains(names, show) {
			d := diag.Diag{Pos: block.Pos, Rule: "calculator-field", Message: fmt.Sprintf("show names an unknown field %q", show), Help: showHelp(calc, names)}
			if near := diag.Closest(show, names); near != "" {
				d.Help = fmt.Sprintf("did you mean %q?", near)
			}
			all = append(all, d)
		}
	}
	says := report.NewWords(calc.ID, say.Get, nil)
	_, faults := answer(calc, block, page)
	for _, f := range faults {
		d := diag.Diag{Pos: block.Pos, Rule: "calculator-value", Message: f.Field + ": " + says.Fault(f)}
		for _, field := range block.Fields {
			if field.Name != f.Field && !strings.HasPrefix(field.Name, f.Field+".") {
				continue
			}
			d.Pos = field.ValuePos
			if f.Key == "unknown" {
				d.Rule, d.Pos = "calculator-field", field.NamePos
			}
			break
		}
		all = append(all, d)
	}
	return all
}

// answer computes a calculator with the fields of a block, in the words of the
// page's language. A result is given only where the form has no faults.
func answer(calc *calculators.Calculator, block *markdown.Calculator, page *words.Table) (*report.Result, []form.Fault) {
	pairs := make([]form.Pair, len(block.Fields))
	for i, f := range block.Fields {
		pairs[i] = form.Pair{Name: f.Name, Value: f.Value}
	}
	in, faults := form.DecodePairs(calc.Form.In(page.Get), calc.Viewed(block.Show, pairs))
	if len(faults) > 0 {
		return nil, faults
	}
	return calc.Compute(in)
}

// showHelp lists what a block may show: parts where there are any, else fields.
func showHelp(calc *calculators.Calculator, names []string) string {
	if parts := calc.Parts(); len(parts) > 0 {
		return "the parts are: " + strings.Join(parts, ", ")
	}
	return "the fields are: " + strings.Join(names, ", ")
}

func fieldNames(f *form.Form) []string {
	names := make([]string, len(f.Fields))
	for i := range f.Fields {
		names[i] = f.Fields[i].Name
	}
	return names
}
