package render

import (
	"encoding/json"
	"strings"

	"playbook/calculators"
	"playbook/calculators/chart"
	"playbook/generator/internal/words"
)

// Scripts take their words from scripts: assets/en.HASH.js holds those of the
// interface in one language, assets/value-equation.en.HASH.js those that the
// calculator's reports say. They are not in the pages, because most readers of a
// page touch neither; they are classic scripts, because a page opened from disk
// cannot fetch. Each adds one entry to the global playbookWords: "en" is
// {"quiz": {…}, "calculator": {…}, "keys": {…}, "store": {…}, "fill": {…}}, "en/value-equation" a flat object whose
// addresses (keys "link.…") are seen from the site's root. With the words of quizzes
// come the pictures of the two signs, "bell" and "flag", which never stand without
// a word.

// scriptWords publishes the words of the interface and of the calculators that
// the site holds.
func (r *Renderer) scriptWords() {
	r.wordFiles = map[string]string{}
	for _, lang := range r.site.Languages {
		w := r.words[lang]
		calculator := under(w, "ui.calculator.")
		for name, key := range map[string]string{"list": "format.list", "group": "format.group", "decimal": "format.decimal", "colon": "report.colon"} {
			calculator[name] = w.Get(key)
		}
		quiz := under(w, "ui.quiz.")
		for _, sign := range []string{"bell", "flag"} {
			quiz[sign] = chart.SignSVG(sign)
		}
		keys := under(w, "ui.keys.")
		keys["close"] = w.Get("ui.close")
		store := under(w, "ui.store.")
		store["close"] = w.Get("ui.close")
		r.publishWords(lang, lang, map[string]any{"quiz": quiz, "calculator": calculator, "keys": keys, "store": store, "fill": under(w, "ui.fill.")})
		for _, t := range r.site.Tools {
			r.publishWords(lang+"/"+t.ID, t.ID+"."+lang, reportWords(r.site.Calculators.Find(t.ID), w, r.moduleHref(lang, "")))
		}
	}
}

// publishWords adds the script that registers words under a name.
func (r *Renderer) publishWords(name, base string, table any) {
	data, err := json.Marshal(table)
	if err != nil {
		panic(err) // maps of strings always encode
	}
	key, _ := json.Marshal(name)
	a := hashedAsset(base+".js", []byte("(self.playbookWords??={})["+string(key)+"]="+string(data)+"\n"))
	a.Path = r.site.Unused(a.Path)
	r.wordFiles[name] = a.Path
	r.wordAssets = append(r.wordAssets, a)
}

// WordAssets are the words that scripts load, and those of the site as an app.
func (r *Renderer) WordAssets() []Asset { return r.wordAssets }

// under is the words below a prefix, by the rest of their keys.
func under(w *words.Table, prefix string) map[string]string {
	table := map[string]string{}
	for key, text := range w.Under(prefix) {
		table[strings.TrimPrefix(key, prefix)] = text
	}
	return table
}

// reportWords is what a calculator's reports and faults say, and where their
// links lead.
func reportWords(calc *calculators.Calculator, w *words.Table, link func(string) string) map[string]string {
	id := calc.ID
	table := w.Under("calc."+id+".", "format.", "unit.", "fault.", "report.")
	for key, text := range table {
		if own, ok := strings.CutPrefix(key, "calc."+id+"."); ok && saidByPage(own) {
			delete(table, key)
			continue
		}
		for _, module := range modulesIn(text) {
			if href := link(module); href != "" {
				table["link."+module] = href
			}
		}
	}
	for _, hand := range calc.Hands {
		if href := link("calculator:" + hand.To); href != "" {
			table["link.calculator:"+hand.To] = href
		}
	}
	if calc.Sheet != "" {
		table["sheet"] = calc.Sheet
	}
	return table
}

// saidByPage reports whether a calculator's word is said by its page alone, never
// by a report.
func saidByPage(key string) bool {
	last := key[strings.LastIndexByte(key, '.')+1:]
	switch {
	case key == "intro", strings.HasPrefix(key, "intro-"), strings.HasPrefix(key, "value."), strings.HasPrefix(key, "section."):
		return true
	case strings.HasPrefix(key, "field."), strings.HasPrefix(key, "group."):
		return last == "help" || last == "add" || last == "remove"
	}
	return false
}
