package worksheet

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"playbook/calculators/sheet"
	"playbook/generator/internal/diag"
	"playbook/generator/internal/source"
	"playbook/generator/internal/strict"
)

// card is a scorecard as it stands in a module: settings, a table of criteria and a
// table of bands.
//
//	```scorecard deal-fit
//	title: Deal fit
//	scale: 0..5
//
//	| Criterion | Weight | What a high score needs | Example | Evidence |
//	|---|---|---|---|---|
//	| The buyer has named the cost of the problem | 60 | A figure | 4 | 96,000 a year, said Ann |
//	| We know who decides | 40 | | 2 | |
//	| The budget is gone | blocker | | | |
//
//	| From | Verdict | What to do |
//	|---|---|---|
//	| 0 | Leave it | Tell the buyer why |
//	| 70 | Go on | |
//	```
type card struct {
	id, lang string
	at       diag.Pos // of the id
	first    diag.Pos // of the first line in the fence
	lines    []string

	title, intro Entry
	low, high    int
	total        int // 0: none is stated
	without      int // what a score counts at most without evidence; -1: evidence is not asked
	criteria     []criterion
	bands        []band
}

// Entry is a text with its place.
type Entry = strict.Entry

type criterion struct {
	name, help string
	at         diag.Pos
	weight     sheet.Decimal
	blocker    bool
	head       bool // it has sub-criteria, which are scored instead
	sub        bool

	example  string // the score that the reader sees at first, "" for none
	evidence string // and its evidence
}

type band struct {
	from       sheet.Decimal
	text, next string
	at         diag.Pos
}

// fence is the line that begins a fenced block.
var fence = regexp.MustCompile("^ {0,3}(`{3,}|~{3,})[ \t]*(.*)$")

// cards finds the scorecards of a Markdown file.
func cards(file, lang string, text []byte) []*card {
	if !bytes.Contains(text, []byte("scorecard ")) {
		return nil
	}
	var all []*card
	var open string // the fence that is open
	var in *card
	n := 0
	for line := range strings.Lines(string(text)) {
		n++
		line = strings.TrimRight(line, "\r\n")
		m := fence.FindStringSubmatch(line)
		switch {
		case open != "":
			if m != nil && strings.HasPrefix(m[1], open) && m[2] == "" {
				open, in = "", nil
			} else if in != nil {
				in.lines = append(in.lines, line)
			}
		case m != nil:
			open = m[1]
			if id, ok := strings.CutPrefix(strings.TrimSpace(m[2]), "scorecard "); ok {
				id = strings.TrimSpace(id)
				at := diag.Pos{File: file, Line: n, Col: utf8.RuneCountInString(line[:strings.LastIndex(line, id)]) + 1}
				in = &card{id: id, lang: lang, at: at, first: diag.Pos{File: file, Line: n + 1, Col: 1}}
				all = append(all, in)
			}
		}
	}
	return all
}

// read reads what stands in the block. say gives the interface's words in the
// card's language.
func (c *card) read(say func(key string, args ...any) string) (faults diag.List) {
	add := func(at diag.Pos, message, help string) {
		faults = append(faults, diag.Diag{Pos: at, Rule: "scorecard", Message: message, Help: help})
	}
	if !validID.MatchString(c.id) {
		add(c.at, quote(c.id)+" cannot be an id", "small letters, digits and hyphens: deal-fit")
	}
	// The settings come before the first table.
	end := slices.IndexFunc(c.lines, isRow)
	if end < 0 {
		add(c.at, "the scorecard has no table", "write a row a criterion: | Criterion | Weight |")
		return faults
	}
	o, r := strict.Read([]byte(strings.Join(c.lines[:end], "\n")), c.first, "scorecard", "a scorecard")
	c.low, c.high, c.without = 0, 5, -1
	if o != nil {
		c.title = Entry{Value: o.Required("title", "what the scorecard is called"), ValueAt: o.At("title")}
		c.intro = Entry{Value: o.Text("intro"), ValueAt: o.At("intro")}
		if o.Has("scale") {
			low, high, _ := strings.Cut(o.Text("scale"), "..")
			var err1, err2 error
			c.low, err1 = strconv.Atoi(low)
			c.high, err2 = strconv.Atoi(high)
			if err1 != nil || err2 != nil || c.low < 0 || c.high <= c.low || c.high > 100 {
				o.Add("scale", "a scale goes from one whole number to a higher one, at most 100", "such as 0..5")
				c.low, c.high = 0, 5
			}
		}
		if o.Has("total") {
			c.total = o.Whole("total", 1)
		}
		if o.Has("without_evidence") {
			c.without = o.Whole("without_evidence", 0)
			if c.without >= c.high {
				o.Add("without_evidence", fmt.Sprintf("without evidence a score counts less than %d, the highest", c.high), "")
			}
		}
		o.End()
	}
	faults = append(faults, r.Faults()...)

	tables := c.tables(end)
	if len(tables) != 2 {
		add(c.first, fmt.Sprintf("a scorecard has two tables, this one %d", len(tables)), "criteria with their weights; below an empty line, bands with their verdicts")
		return faults
	}
	blocked := []string{"!", strings.ToLower(say("ui.worksheet.blocker")), "blocker"}
	sum := sheet.Decimal{} // of all weights
	for _, row := range tables[0] {
		cells := row.cells
		if len(cells) < 2 || len(cells) > 5 {
			add(row.at, "a criterion is a row of two to five cells", "| Criterion | Weight | What a high score needs | Example | Evidence |")
			continue
		}
		k := criterion{name: cells[0].text, at: row.at}
		if len(cells) > 2 {
			k.help = cells[2].text
		}
		if len(cells) > 3 && cells[3].text != "" {
			k.example = cells[3].text
			if n, err := strconv.Atoi(k.example); err != nil || n < c.low || n > c.high {
				add(cells[3].at, fmt.Sprintf("the example's score is a whole number from %d to %d, not %s", c.low, c.high, quote(k.example)), "")
				k.example = ""
			}
		}
		if len(cells) > 4 && cells[4].text != "" {
			k.evidence = cells[4].text
			if c.without < 0 {
				add(cells[4].at, "the scorecard asks for no evidence", "set without_evidence, or leave the cell empty")
			}
		}
		if bare, ok := strings.CutPrefix(k.name, "- "); ok {
			k.name, k.sub = strings.TrimSpace(bare), true
		}
		if k.name == "" {
			add(row.at, "the criterion has no name", "")
		}
		if slices.Contains(blocked, strings.ToLower(cells[1].text)) {
			k.blocker = true
			c.criteria = append(c.criteria, k)
			continue
		}
		w, ok := sheet.ParseDecimal(strings.TrimSuffix(cells[1].text, "%"))
		if !ok || w.Sign() <= 0 {
			add(cells[1].at, "a weight is a number above 0, or "+quote(say("ui.worksheet.blocker"))+", not "+quote(cells[1].text), "")
			w = sheet.Int(1)
		}
		k.weight = w
		if k.sub {
			head := len(c.criteria) - 1
			for head >= 0 && c.criteria[head].sub {
				head--
			}
			if head < 0 || c.criteria[head].blocker {
				add(row.at, "a sub-criterion stands below the criterion that it is a part of", "")
				k.sub = false
			} else {
				c.criteria[head].head = true
			}
		}
		if !k.sub {
			sum, _ = sum.Add(w)
		}
		c.criteria = append(c.criteria, k)
	}
	if c.total > 0 && sum.Cmp(sheet.Int(int64(c.total))) != 0 {
		add(tables[0][0].at, fmt.Sprintf("the weights add up to %s, not to %d", shortDecimal(sum), c.total), "change a weight, or the total")
	}
	most := sheet.Int(100)
	if c.total > 0 {
		most = sheet.Int(int64(c.total))
	}
	var before sheet.Decimal // what the band above ends with
	var open bool
	for i, row := range tables[1] {
		cells := row.cells
		if len(cells) < 2 || len(cells) > 3 {
			add(row.at, "a band is a row of two or three cells", "| From | Verdict | What to do |")
			continue
		}
		b := band{at: row.at, text: cells[1].text}
		if len(cells) == 3 {
			b.next = cells[2].text
		}
		if b.text == "" {
			add(row.at, "the band has no verdict", "")
		}
		from, to, ranged := cutRange(cells[0].text)
		var ok bool
		if b.from, ok = sheet.ParseDecimal(from); !ok {
			add(cells[0].at, "a band begins at a number, not at "+quote(cells[0].text), "40, or 40-69")
			continue
		}
		switch {
		case i == 0 && b.from.Sign() != 0:
			add(cells[0].at, "the lowest band begins at "+from+": scores below it have none", "let it begin at 0")
		case i > 0 && b.from.Cmp(c.bands[len(c.bands)-1].from) <= 0:
			add(cells[0].at, "bands rise: "+from+" is no more than the one above", "")
		case b.from.Cmp(most) > 0:
			add(cells[0].at, fmt.Sprintf("no score reaches %s: the highest is %s", from, shortDecimal(most)), "")
		case open:
			after, _ := before.Add(sheet.Int(1))
			if b.from.Cmp(before) < 0 || b.from.Cmp(before) == 0 && c.total == 0 && ranged {
				add(cells[0].at, fmt.Sprintf("the bands overlap: the one above ends with %s", shortDecimal(before)), "")
			} else if b.from.Cmp(after) > 0 {
				add(cells[0].at, fmt.Sprintf("a gap between the bands: the one above ends with %s", shortDecimal(before)), "")
			}
		}
		open = false
		if ranged {
			if before, ok = sheet.ParseDecimal(to); !ok || before.Cmp(b.from) < 0 {
				add(cells[0].at, "a band ends at a number that is no less than its beginning", "")
			} else {
				open = true
			}
			if i == len(tables[1])-1 && ok && before.Cmp(most) < 0 {
				add(cells[0].at, fmt.Sprintf("scores from %s to %s have no band", to, shortDecimal(most)), "let the last band have no end")
			}
		}
		c.bands = append(c.bands, b)
	}
	if len(c.bands) == 0 || !slices.ContainsFunc(c.criteria, func(k criterion) bool { return !k.blocker }) {
		add(c.at, "a scorecard needs a criterion with a weight, and a band", "")
	}
	return faults
}

func shortDecimal(d sheet.Decimal) string {
	s := d.Text(6)
	return strings.TrimRight(strings.TrimRight(s, "0"), ".")
}

// cutRange takes 40-69, 40–69 and 40..69 apart.
func cutRange(s string) (from, to string, ok bool) {
	for _, between := range []string{"..", "–", "—", "-", "~", "～"} {
		if from, to, ok = strings.Cut(s, between); ok {
			return strings.TrimSpace(from), strings.TrimSpace(to), true
		}
	}
	return strings.TrimSuffix(strings.TrimSpace(s), "+"), "", false
}

type cell struct {
	text string
	at   diag.Pos
}

type tableRow struct {
	at    diag.Pos
	cells []cell
}

func isRow(line string) bool { return strings.HasPrefix(strings.TrimSpace(line), "|") }

// delimiter is the line below a table's head.
var delimiter = regexp.MustCompile(`^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$`)

// tables reads the tables from a line on, without their heads.
func (c *card) tables(from int) [][]tableRow {
	var all [][]tableRow
	inside := false
	for i := from; i < len(c.lines); i++ {
		line := c.lines[i]
		if !isRow(line) {
			inside = false
			continue
		}
		if !inside {
			all, inside = append(all, nil), true
			if i+1 < len(c.lines) && delimiter.MatchString(c.lines[i+1]) {
				i++
				continue
			}
		}
		all[len(all)-1] = append(all[len(all)-1], c.row(i))
	}
	return slices.DeleteFunc(all, func(rows []tableRow) bool { return len(rows) == 0 })
}

// row takes a row apart; \| is a bar in a cell.
func (c *card) row(i int) tableRow {
	line := c.lines[i]
	at := c.first
	at.Line += i
	r := tableRow{at: at}
	start := strings.Index(line, "|") + 1
	r.at.Col = start
	for j := start; j <= len(line); j++ {
		if j < len(line) && (line[j] != '|' || line[j-1] == '\\') {
			continue
		}
		text := line[start:j]
		if j == len(line) && strings.TrimSpace(text) == "" {
			break
		}
		place := at
		place.Col = utf8.RuneCountInString(line[:start]) + 1 + len(text) - len(strings.TrimLeft(text, " "))
		r.cells = append(r.cells, cell{strings.ReplaceAll(strings.TrimSpace(text), `\|`, "|"), place})
		start = j + 1
	}
	return r
}

// compare reports where a translation of a scorecard has other numbers.
func (c *card) compare(other *card) (faults diag.List) {
	add := func(at diag.Pos, message string) {
		faults = append(faults, diag.Diag{Pos: at, Rule: "scorecard", Message: message, Help: "the scorecard in " + c.at.File + " counts for all languages"})
	}
	if len(c.criteria) != len(other.criteria) {
		add(other.at, fmt.Sprintf("%d criteria, in the other language %d", len(other.criteria), len(c.criteria)))
	} else {
		for i, k := range other.criteria {
			if k.weight != c.criteria[i].weight || k.blocker != c.criteria[i].blocker || k.sub != c.criteria[i].sub {
				add(k.at, "the criterion counts in another way than in the other language")
			} else if k.example != c.criteria[i].example || (k.evidence == "") != (c.criteria[i].evidence == "") {
				add(k.at, "the criterion has another example than in the other language")
			}
		}
	}
	if len(c.bands) != len(other.bands) {
		add(other.at, fmt.Sprintf("%d bands, in the other language %d", len(other.bands), len(c.bands)))
	} else {
		for i, b := range other.bands {
			if b.from != c.bands[i].from {
				add(b.at, "the band begins elsewhere than in the other language")
			}
		}
	}
	if c.low != other.low || c.high != other.high || c.total != other.total || c.without != other.without {
		add(other.at, "another scale, total or rule for evidence than in the other language")
	}
	return faults
}

// yaml writes a scorecard, in all its languages, as a worksheet's file.
func (c *card) yaml(all map[string]*card, languages []string, say Say) []byte {
	var b strings.Builder
	texts := func(text func(*card) string) string {
		var parts []string
		for _, lang := range languages {
			of := all[lang]
			if of == nil {
				of = c
			}
			s := text(of)
			if s == "" {
				s = "–"
			}
			parts = append(parts, lang+": "+strconv.Quote(s))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	}
	word := func(key string) string {
		var parts []string
		for _, lang := range languages {
			parts = append(parts, lang+": "+strconv.Quote(say(lang, "ui.worksheet."+key)))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	}
	// Braces of a text are no places for values.
	plain := func(s string) string { return strings.NewReplacer("{", "(", "}", ")").Replace(s) }
	fmt.Fprintf(&b, "title: %s\n", texts(func(c *card) string { return c.title.Value }))
	if c.intro.Value != "" {
		fmt.Fprintf(&b, "intro: %s\n", texts(func(c *card) string { return c.intro.Value }))
	}
	b.WriteString("rows:\n  score:\n    fields:\n")
	fmt.Fprintf(&b, "      points: {kind: whole, from: %d, to: %d, optional: true, label: %s}\n", c.low, c.high, word("points"))
	if c.without >= 0 {
		fmt.Fprintf(&b, "      evidence: {kind: text, label: %s, help: %s}\n", word("evidence"), word("evidence-help"))
	}
	b.WriteString("    items:\n")
	// The weight of a sub-criterion is its part of that of the criterion above.
	part := sheet.Decimal{}
	for i, k := range c.criteria {
		if k.head {
			part = sheet.Decimal{}
			for _, s := range c.criteria[i+1:] {
				if !s.sub {
					break
				}
				part, _ = part.Add(s.weight)
			}
			part, _ = k.weight.Div(part)
		}
		if k.blocker || k.head {
			continue
		}
		weight := k.weight
		if k.sub {
			weight, _ = weight.Mul(part)
		}
		name := func(c *card) string {
			if c.criteria[i].sub {
				for h := i; h >= 0; h-- {
					if c.criteria[h].head {
						return plain(c.criteria[h].name + " · " + c.criteria[i].name)
					}
				}
			}
			return plain(c.criteria[i].name)
		}
		fmt.Fprintf(&b, "      c%d: {name: %s, weight: %s", i+1, texts(name), weight.Text(18))
		if k.help != "" {
			fmt.Fprintf(&b, ", help: %s", texts(func(c *card) string { return c.criteria[i].help }))
		}
		if k.example != "" || k.evidence != "" {
			var parts []string
			if k.example != "" {
				parts = append(parts, "points: "+k.example)
			}
			if k.evidence != "" {
				parts = append(parts, "evidence: "+texts(func(c *card) string { return c.criteria[i].evidence }))
			}
			fmt.Fprintf(&b, ", example: {%s}", strings.Join(parts, ", "))
		}
		b.WriteString("}\n")
	}
	counts := "first_known(points, 0)"
	if c.without >= 0 {
		counts = fmt.Sprintf("if(empty(points), 0, empty(evidence) and points > %d, %d, points)", c.without, c.without)
	}
	fmt.Fprintf(&b, "    formulas: |\n      counts = %s\n      lost = weight * (%d - counts)\n    labels:\n      counts: %s\n      weight: %s\n", counts, c.high, word("counts"), word("weight"))
	blocked := slices.ContainsFunc(c.criteria, func(k criterion) bool { return k.blocker })
	if blocked {
		fmt.Fprintf(&b, "  blocker:\n    label: %[1]s\n    fields:\n      holds: {kind: yes_no, default: \"no\", label: %[1]s}\n    items:\n", word("blockers"))
		for i, k := range c.criteria {
			if k.blocker {
				fmt.Fprintf(&b, "      b%d: {name: %s", i+1, texts(func(c *card) string { return plain(c.criteria[i].name) }))
				if k.help != "" {
					fmt.Fprintf(&b, ", help: %s", texts(func(c *card) string { return c.criteria[i].help }))
				}
				b.WriteString("}\n")
			}
		}
	}
	most := 100
	if c.total > 0 {
		most = c.total
	}
	fmt.Fprintf(&b, "formulas: |\n  result = sum(score.weight * score.counts) / sum(score.weight * %d) * %d as number 0\n", c.high, most)
	b.WriteString("  scored = count(score.points)\n  criteria = count(score)\n  band = ")
	for i := len(c.bands) - 1; i > 0; i-- {
		fmt.Fprintf(&b, "if(result >= %s, %d, ", shortDecimal(c.bands[i].from), i+1)
	}
	b.WriteString("1" + strings.Repeat(")", len(c.bands)-1) + "\n")
	b.WriteString("  weakest = first(score.name where score.lost = max(score.lost))\n")
	if blocked {
		b.WriteString("  blocked = first(blocker.name where blocker.holds)\n")
	}
	fmt.Fprintf(&b, "labels:\n  result: %s\n  scored: %s\n  weakest: %s\n", word("score"), word("scored"), word("weakest"))
	b.WriteString("verdict:\n")
	if blocked {
		fmt.Fprintf(&b, "  - when: known(blocked)\n    sign: flag\n    text: %s\n", word("blocked"))
	}
	fmt.Fprintf(&b, "  - when: scored = 0\n    text: %s\n", word("unscored"))
	for i := len(c.bands) - 1; i >= 0; i-- {
		lead := "  - "
		if i > 0 {
			fmt.Fprintf(&b, "  - when: band = %d\n", i+1)
			lead = "    "
		}
		sign := "none"
		switch {
		case i == 0 && len(c.bands) > 1:
			sign = "flag"
		case i == len(c.bands)-1:
			sign = "bell"
		}
		fmt.Fprintf(&b, "%ssign: %s\n    text: %s\n", lead, sign, texts(func(of *card) string {
			return say(of.lang, "ui.worksheet.verdict", "text", plain(of.bands[i].text))
		}))
		if c.bands[i].next != "" {
			fmt.Fprintf(&b, "    next: %s\n", texts(func(of *card) string { return plain(of.bands[i].next) }))
		}
	}
	fmt.Fprintf(&b, "notes:\n  - when: scored > 0 and scored < criteria\n    text: %s\n", word("partly"))
	if c.without >= 0 {
		fmt.Fprintf(&b, "  - rows: score\n    when: counts < points\n    sign: flag\n    text: %s\n", word("unproven"))
	}
	fmt.Fprintf(&b, "figures:\n  - {kind: bars, rows: score, caption: %s, label: name, value: counts, order: lost, flag: counts * 2 < %d and known(points)}\n", word("figure"), c.high)
	return []byte(b.String())
}

// scorecards compiles the scorecards of a site's modules, which have faults of their
// own. Each is one worksheet, in all the languages in which it stands.
func (l *Loader) scorecards(tree *source.Tree, say Say) (sheets []*Worksheet, files []string, faulty []string, faults diag.List) {
	byID := map[string]map[string]*card{}
	var ids []string
	keep := map[string]knownCards{}
	for _, f := range tree.Files {
		if f.Kind != source.Markdown {
			continue
		}
		lang := f.Lang
		if lang == "" {
			lang = tree.Settings.Languages[0]
		}
		k, ok := l.cards[f.Path]
		if !ok || k.hash != f.Hash {
			k = knownCards{hash: f.Hash, cards: cards(f.Path, lang, f.Text())}
		}
		keep[f.Path] = k
		for _, c := range k.cards {
			if byID[c.id] == nil {
				byID[c.id] = map[string]*card{}
				ids = append(ids, c.id)
			}
			if byID[c.id][lang] == nil { // check reports the second on a page
				copied := *c
				byID[c.id][lang] = &copied
			}
		}
	}
	l.cards = keep
	for _, id := range ids {
		all := byID[id]
		var found diag.List
		var main *card
		for _, lang := range tree.Settings.Languages {
			c := all[lang]
			if c == nil {
				continue
			}
			found = append(found, c.read(func(key string, args ...any) string { return say(lang, key, args...) })...)
			if main == nil {
				main = c
			} else if len(found) == 0 {
				found = append(found, main.compare(c)...)
			}
		}
		if len(found) == 0 {
			w, more := Compile(main.at.File, id, main.yaml(all, tree.Settings.Languages, say), tree.Settings.Languages, say)
			for _, d := range more {
				d.Pos = main.at
				found = append(found, d)
			}
			if w != nil {
				sheets, files = append(sheets, w), append(files, main.at.File)
			}
		}
		if len(found) > 0 {
			faults, faulty = append(faults, found...), append(faulty, id)
		}
	}
	return sheets, files, faulty, faults
}

type knownCards struct {
	hash  [32]byte
	cards []*card
}
