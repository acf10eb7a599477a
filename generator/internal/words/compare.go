package words

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"

	"playbook/generator/internal/diag"
)

// marks are words that a language may do without.
const marks = "ui.quiz.mark."

// Compare warns of the words that one of a site's languages lacks and another, or
// the theme, has; of arguments that the theme does not give; and of an author's own
// word that looks like a misspelt one of the theme's. Languages and calculators that
// the site does not have are not looked at, nor calculators whose words are all the
// theme's.
func Compare(tables map[string]*Table, languages, calculators []string) diag.List {
	c := comparison{first: tables[Languages(tables)[0]]}
	ids := map[string]bool{}
	for _, id := range calculators {
		ids[id] = true
	}
	for _, code := range languages {
		if t := tables[code]; t != nil { // else the caller reports it
			c.tables = append(c.tables, t)
			for id, words := range t.calculators {
				if words.own {
					ids[id] = true
				}
			}
		}
	}
	c.section("")
	for _, id := range slices.Sorted(maps.Keys(ids)) {
		if c.first.calculators[id] == nil {
			c.unknownCalculator(id)
			continue
		}
		if slices.ContainsFunc(c.tables, func(t *Table) bool { return t.calculators[id] == nil || t.calculators[id].own }) {
			c.section(id)
		}
	}
	return c.faults
}

// comparison compares the languages of a site.
type comparison struct {
	first  *Table
	tables []*Table
	faults diag.List
}

func (c *comparison) warn(pos diag.Pos, message, help string) {
	c.faults = append(c.faults, diag.Diag{Pos: pos, Severity: diag.Warning, Rule: rule, Message: message, Help: help})
}

// unknownCalculator is for a file of words that no calculator has.
func (c *comparison) unknownCalculator(id string) {
	help := "remove the file, or name it after a calculator"
	if near := diag.Closest(id, slices.Sorted(maps.Keys(c.first.calculators))); near != "" {
		help = "did you mean " + near + ".yaml?"
	}
	for _, t := range c.tables {
		if t.calculators[id] != nil {
			at := diag.Pos{File: place(dir + "/" + t.Code + "/" + id + ".yaml"), Line: 1, Col: 1}
			c.warn(at, "there is no calculator "+strconv.Quote(id), help)
		}
	}
}

// of is the words of a calculator in a language, or those of the language's file.
func (t *Table) of(calculator string) map[string]word {
	if calculator == "" {
		return t.words
	}
	return t.calculator(calculator)
}

// section compares the words of a calculator, or those of the languages' files.
func (c *comparison) section(calculator string) {
	hasFirst := slices.Contains(c.tables, c.first)
	wanted := map[string]word{}
	for key, w := range c.first.of(calculator) {
		if w.theme || hasFirst {
			wanted[key] = w
		}
	}
	known := sync.OnceValue(func() []string {
		keys := []string{marks + "answer", marks + "hint", marks + "labels", marks + "model", marks + "why"}
		for key, w := range c.first.of(calculator) {
			if w.theme {
				keys = append(keys, key)
			}
		}
		slices.Sort(keys)
		return keys
	})
	for _, t := range c.tables {
		words := t.of(calculator)
		for _, key := range slices.Sorted(maps.Keys(words)) {
			w := words[key]
			f, ok := c.first.own(key)
			if w.own && !f.theme && !slices.Contains(known(), key) {
				if near := diag.Closest(key, known()); near != "" {
					c.warn(w.pos, "unknown word "+strconv.Quote(key), "did you mean "+strconv.Quote(near)+"?")
					continue
				}
			}
			if !ok && hasFirst && !strings.HasPrefix(key, marks) {
				c.warn(w.pos, "unknown word "+strconv.Quote(key), "no other language has it: remove it or add it to "+c.first.Code+".yaml")
				continue
			}
			if _, ok := wanted[key]; !ok {
				wanted[key] = w
			}
			if t == c.first || !ok || strings.HasPrefix(key, "format.") {
				continue // every language takes the parts of a date as it needs them
			}
			for _, name := range arguments(w.text) {
				if !slices.Contains(arguments(f.text), name) {
					c.warn(w.pos, "unknown argument {"+name+"} in "+strconv.Quote(key), c.first.Code+".yaml has: "+strconv.Quote(f.text))
				}
			}
		}
	}
	for _, t := range c.tables {
		if calculator != "" && len(t.calculator(calculator)) == 0 {
			c.warn(t.Place(""), "there are no words of the calculator "+strconv.Quote(calculator), "add "+place(dir+"/"+t.Code+"/"+calculator+".yaml")+", a translation of "+c.first.Code+"/"+calculator+".yaml; until then they are shown as they are")
			continue
		}
		for _, key := range slices.Sorted(maps.Keys(wanted)) {
			if _, ok := t.own(key); !ok && !strings.HasPrefix(key, marks) {
				c.warn(t.near(calculator, key), "missing word "+strconv.Quote(key), "translate "+strconv.Quote(clip(wanted[key].text))+"; until then it is shown as it is")
			}
		}
	}
}

// near is the place where a missing word would stand: beside the last word of the
// same section of its file, or at the file's beginning.
func (t *Table) near(calculator, key string) diag.Pos {
	parts := strings.Split(key, ".")
	least := 1
	if calculator != "" {
		least = 2 // each has a file of its own
	}
	for n := len(parts) - 1; n >= least; n-- {
		prefix := strings.Join(parts[:n], ".") + "."
		best := diag.Pos{}
		for k, w := range t.of(calculator) {
			if strings.HasPrefix(k, prefix) && (w.pos.Line > best.Line || w.pos.Line == best.Line && w.pos.Col > best.Col) {
				best = w.pos
			}
		}
		if best.Line > 0 {
			return best
		}
	}
	return t.Place("")
}

// clip is the beginning of a word, as a fault shows it.
func clip(s string) string {
	const most = 80
	n := 0
	for i := range s {
		if n++; n > most {
			return s[:i] + "…"
		}
	}
	return s
}
