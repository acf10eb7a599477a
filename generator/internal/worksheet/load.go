package worksheet

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"playbook/calculators"
	"playbook/calculators/form"
	"playbook/calculators/report"
	"playbook/generator/internal/diag"
	"playbook/generator/internal/source"
	"playbook/generator/internal/words"
)

// Loader loads a site's worksheets again and again, and compiles only those that
// changed.
type Loader struct {
	known     map[string]known // by path
	cards     map[string]knownCards
	languages []string
	theme     map[string]*words.Table
	tables    map[string]*words.Table // of the site, as long as all of this stays
}

type known struct {
	hash   [32]byte
	sheet  *Worksheet
	faults diag.List
}

// Load compiles the worksheets of a site. It returns the site's calculators, and
// the theme's words with those of the worksheets.
func (l *Loader) Load(tree *source.Tree, theme map[string]*words.Table) (*calculators.Set, map[string]*words.Table, diag.List) {
	same := slices.Equal(l.languages, tree.Settings.Languages) && l.theme != nil && l.theme[tree.Settings.Languages[0]] == theme[tree.Settings.Languages[0]]
	if !same {
		l.known, l.cards, l.tables = nil, nil, nil
	}
	l.languages, l.theme = tree.Settings.Languages, theme
	say := func(lang, key string, args ...any) string { return theme[lang].Say(key, args...) }
	keep := map[string]known{}
	var all []*calculators.Calculator
	var faulty []string
	var sheets []*Worksheet
	var files []string
	var faults diag.List
	changed := false
	for _, f := range tree.Files {
		if f.Kind != source.Worksheet {
			continue
		}
		k, ok := l.known[f.Path]
		if id := idOf(f.Path); !ok || k.hash != f.Hash {
			changed = true
			k = known{hash: f.Hash}
			failed := diag.Guard(f.Path, func() { k.sheet, k.faults = Compile(f.Path, id, f.Text(), tree.Settings.Languages, say) })
			k.faults = append(k.faults, failed...)
			if calculators.Find(id) != nil {
				k.sheet = nil
				k.faults = append(k.faults, diag.Diag{
					Pos: diag.Pos{File: f.Path, Line: 1, Col: 1}, Rule: rule,
					Message: fmt.Sprintf("the program has a calculator %q of its own", id), Help: "choose another name for the file",
				})
			}
		}
		keep[f.Path] = k
		faults = append(faults, k.faults...)
		if k.sheet != nil {
			all = append(all, k.sheet.Calculator)
			sheets, files = append(sheets, k.sheet), append(files, f.Path)
		} else {
			faulty = append(faulty, idOf(f.Path))
		}
	}
	changed = changed || len(keep) != len(l.known)
	l.known = keep
	cards, in, bad, found := l.scorecards(tree, say)
	faults, faulty = append(faults, found...), append(faulty, bad...)
	for i, w := range cards {
		id := w.Calculator.ID
		if calculators.Find(id) != nil || slices.ContainsFunc(all, func(c *calculators.Calculator) bool { return c.ID == id }) {
			faults = append(faults, diag.Diag{Pos: diag.Pos{File: in[i], Line: 1, Col: 1}, Rule: rule, Message: fmt.Sprintf("there is a calculator %q already", id), Help: "give the scorecard another id"})
			continue
		}
		all, sheets, files = append(all, w.Calculator), append(sheets, w), append(files, in[i])
	}
	changed = changed || len(cards) > 0
	if len(all) == 0 && len(faulty) == 0 {
		return nil, theme, faults
	}
	if changed || l.tables == nil {
		l.tables = map[string]*words.Table{}
		for lang, table := range theme {
			own := map[string]string{}
			for _, s := range sheets {
				texts := s.Words[lang]
				if texts == nil { // a language of the theme that the site does not have
					texts = s.Words[tree.Settings.Languages[0]]
				}
				for key, text := range texts {
					own[key] = text
				}
			}
			l.tables[lang] = table.With(own)
		}
	}
	set := calculators.NewSet(all, faulty)
	for i, s := range sheets {
		faults = append(faults, s.checkHandoffs(set, l.tables[tree.Settings.Languages[0]], files[i])...)
	}
	return set, l.tables, faults
}

// idOf is the id of the worksheet in a file.
func idOf(file string) string { return strings.TrimSuffix(path.Base(file), path.Ext(file)) }

// checkHandoffs reports what another calculator would not take of the example.
func (s *Worksheet) checkHandoffs(set *calculators.Set, w *words.Table, file string) diag.List {
	var faults diag.List
	in, bad := form.DecodePairs(s.Calculator.Form.In(w.Get), nil)
	if len(bad) > 0 {
		return nil
	}
	result, _ := s.Calculator.Compute(in)
	given := map[string][]form.Pair{}
	say := report.NewWords(s.Calculator.ID, w.Get, nil)
	for _, b := range result.Blocks {
		for i := range b.Handoffs {
			given[b.Handoffs[i].To] = b.Handoffs[i].Pairs(say)
		}
	}
	for _, h := range s.Handoffs {
		to := set.Find(h.To)
		if set.Faulty(h.To) {
			continue
		}
		if to == nil {
			d := diag.Diag{Pos: h.At, Rule: rule, Message: fmt.Sprintf("unknown calculator %q%s", h.To, diag.Suggest(h.To, set.IDs())), Help: "the calculators are: " + strings.Join(set.IDs(), ", ")}
			faults = append(faults, d)
			continue
		}
		says := report.NewWords(h.To, w.Get, nil)
		_, bad := form.DecodePairs(to.Form.In(w.Get), given[h.To])
		for _, f := range bad {
			faults = append(faults, diag.Diag{Pos: h.At, Rule: rule, Message: fmt.Sprintf("%s does not take what the example hands over: %s: %s", h.To, f.Field, says.Fault(f))})
		}
	}
	return faults
}
