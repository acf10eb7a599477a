package check

import (
	"encoding/json"
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"playbook/calculators"
	"playbook/calculators/report"
	"playbook/generator/internal/diag"
	"playbook/generator/internal/markdown"
	"playbook/generator/internal/site"
	"playbook/generator/internal/words"
)

// boundValues: a number in the text that is bound to a calculator's value and is
// not that value, rounded to the places that the text shows.
func boundValues(c *context) diag.List {
	var all diag.List
	for p := range c.written {
		computed := map[string]computed{}
		for _, v := range p.Doc().Values {
			if message, help := boundValue(c.site.Calculators, v, p, c.words[p.Lang], computed); message != "" {
				all = append(all, diag.Diag{Pos: v.Pos, Rule: "bound-value", Message: message, Help: help})
			}
		}
	}
	return all
}

// computed is what a calculator says on one page: its values by name.
type computed struct {
	values map[string]any
	names  []string
	faulty bool // the block's own faults are reported there
}

func boundValue(set *calculators.Set, v markdown.BoundValue, p *site.Page, w *words.Table, known map[string]computed) (message, help string) {
	id, name, _ := strings.Cut(v.Value, ".")
	calc := set.Find(id)
	if set.Faulty(id) {
		return "", ""
	}
	if calc == nil {
		return fmt.Sprintf("unknown calculator %q in %q", id, markdown.ValueScheme+v.Value), "write [number](value:CALCULATOR.VALUE)"
	}
	c, ok := known[id]
	if !ok {
		c = compute(calc, p, w)
		known[id] = c
	}
	if c.faulty {
		return "", ""
	}
	want, ok := lookUp(c.values, name)
	if !ok {
		help = "the values are: " + strings.Join(c.names, ", ")
		if near := diag.Closest(name, c.names); near != "" {
			help = fmt.Sprintf("did you mean %q?", near)
		}
		return fmt.Sprintf("%s has no value %q", id, name), help
	}
	number, ok := want.(json.Number)
	if !ok {
		return fmt.Sprintf("%s.%s is %v, not a number", id, name, want), "bind numbers only"
	}
	shown, unit, percent, ok := readShown(v.Text, w.Get("format.decimal"))
	if !ok {
		return fmt.Sprintf("%q is not a number", v.Text), fmt.Sprintf("%s.%s is %s here", id, name, number)
	}
	value, _ := new(big.Rat).SetString(number.String())
	if near(shown, value, unit) || percent && value.Cmp(big.NewRat(1, 1)) < 0 && near(shown, new(big.Rat).Mul(value, big.NewRat(100, 1)), unit) {
		return "", ""
	}
	return fmt.Sprintf("the text says %s, the worksheet %s", v.Text, number), fmt.Sprintf("%s.%s, computed from the block on this page: change the text or the block", id, name)
}

// compute answers with a page's block of a calculator, or with its example where
// the page has none.
func compute(calc *calculators.Calculator, p *site.Page, w *words.Table) computed {
	block := &markdown.Calculator{ID: calc.ID}
	if i := slices.IndexFunc(p.Doc().Calculators, func(b *markdown.Calculator) bool { return b.ID == calc.ID }); i >= 0 {
		block = p.Doc().Calculators[i]
	}
	result, faults := answer(calc, block, w)
	if len(faults) > 0 {
		return computed{faulty: true}
	}
	c := computed{values: map[string]any{}}
	decoder := json.NewDecoder(strings.NewReader(report.JSON(result)))
	decoder.UseNumber()
	if decoder.Decode(&c.values) != nil {
		return computed{faulty: true}
	}
	for name := range c.values {
		c.names = append(c.names, name)
	}
	slices.Sort(c.names)
	return c
}

// lookUp finds a value by its name; an entry of a list is NAME.N, from 0.
func lookUp(values map[string]any, name string) (any, bool) {
	if v, ok := values[name]; ok {
		return v, true
	}
	name, at, _ := strings.Cut(name, ".")
	list, _ := values[name].([]any)
	i, err := strconv.Atoi(at)
	if err != nil || i < 0 || i >= len(list) {
		return nil, false
	}
	return list[i], true
}

var (
	shownNumber = regexp.MustCompile(`^[^\d−-]*([−-]?)[^\d]*(\d[\d,\x{202f}\x{a0} ]*)(?:\.(\d+))?\s*(万亿|万|亿|(?:billion|bn|million|m|thousand|k)\b)?`)
	shownUnits  = map[string]int64{"": 1, "万": 1e4, "亿": 1e8, "万亿": 1e12, "k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9}
)

// readShown reads a number as prose shows it, £1.2m or 18万元: its value, and the
// worth of its last place. decimal is the language's decimal mark.
func readShown(text, decimal string) (value, unit *big.Rat, percent, ok bool) {
	if decimal == "," {
		text = strings.NewReplacer(",", ".", ".", ",").Replace(text)
	}
	m := shownNumber.FindStringSubmatch(text)
	if m == nil {
		return nil, nil, false, false
	}
	digits := strings.NewReplacer(",", "", " ", "", "\u00a0", "", "\u202f", "").Replace(m[2])
	value, ok = new(big.Rat).SetString(digits + "." + m[3] + "0")
	if !ok {
		return nil, nil, false, false
	}
	if m[1] != "" {
		value.Neg(value)
	}
	times := new(big.Rat).SetInt64(shownUnits[m[4]])
	place := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(len(m[3]))), nil)
	unit = new(big.Rat).Mul(times, new(big.Rat).SetFrac(big.NewInt(1), place))
	percent = strings.Contains(text, "%") || strings.Contains(text, "percent") || strings.Contains(text, "％")
	return value.Mul(value, times), unit, percent, true
}

// near reports whether a value rounds to what is shown, at the shown places.
func near(shown, value, unit *big.Rat) bool {
	d := new(big.Rat).Sub(shown, value)
	return d.Abs(d).Cmp(new(big.Rat).Mul(unit, big.NewRat(1, 2))) <= 0
}
