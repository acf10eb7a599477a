package markdown

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"

	"playbook/generator/internal/diag"
)

// A glossary is a file with "glossary: true" in its front matter. Each section of
// the second level is a term:
//
//	## Red flag {#red-flag}
//	<!-- term: synonyms="warning flag; flag" deprecated="danger sign" -->
//
//	A mark for an obstacle or a gap in a sale.
//
// The comment may be left out. Its keys hold names, with semicolons between them:
//
//	synonyms    other good names
//	deprecated  names that the course does not use; check warns of them
//	find        how running text names the term, where title and synonyms would
//	            find too much ("win"); find="" leaves it to [text](term:win)
//	pinyin      of the title, by which Chinese sorts: one name

// glossary takes the terms out of the document; what stands before the first
// stays as an introduction.
func (r *reading) glossary(root ast.Node) {
	named := map[string]string{} // a name in lower case → the term that has it
	for c := root.FirstChild(); c != nil; {
		h, ok := c.(*ast.Heading)
		if !ok || h.Level != 2 {
			c = c.NextSibling()
			continue
		}
		var nodes []ast.Node
		for n := h.NextSibling(); n != nil && !isSection(n); n = h.NextSibling() {
			root.RemoveChild(root, n)
			nodes = append(nodes, n)
		}
		c = h.NextSibling()
		root.RemoveChild(root, h)
		r.term(h, nodes, named)
	}
}

func isSection(n ast.Node) bool {
	h, ok := n.(*ast.Heading)
	return ok && h.Level <= 2
}

func (r *reading) term(h *ast.Heading, nodes []ast.Node, named map[string]string) {
	t := &Term{Pos: r.pos(h), ID: headingID(h), Title: r.plain(headingText(h)...)}
	if !isID(t.ID) {
		r.errorf(t.Pos, "term", "write ## "+t.Title+" {#red-flag}: the translations share it", "the term %q has no id in lower case", t.Title)
	}
	given := map[string]bool{}
	nodes = slices.DeleteFunc(nodes, func(n ast.Node) bool {
		block, ok := n.(*ast.HTMLBlock)
		return ok && r.termComment(t, block, given)
	})
	if r.opt.Language.Readings && t.Pinyin == "" {
		r.errorf(t.Pos, "term", `write <!-- term: pinyin="…" --> under the heading; the glossary is sorted by it`, "the term %q has no pinyin", t.Title)
	}
	if !given["find"] {
		t.Find = append([]string{t.Title}, t.Synonyms...)
	}
	for _, name := range slices.Concat([]string{t.Title}, t.Synonyms, t.Deprecated) {
		name = strings.ToLower(name)
		if other, taken := named[name]; taken && other != t.ID {
			r.errorf(t.Pos, "term", "a name means one thing", "%q stands for two terms: %s and %s", name, other, t.ID)
		}
		named[name] = t.ID
	}
	t.Definition = r.blocks(nodes)
	if len(t.Definition) == 0 {
		r.errorf(t.Pos, "term", "say in a sentence or two what it means", "the term %q has no definition", t.Title)
	}
	r.doc.Terms = append(r.doc.Terms, t)
}

// termComment reads <!-- term: key="…" … -->; false for any other block.
func (r *reading) termComment(t *Term, block *ast.HTMLBlock, given map[string]bool) bool {
	if block.HTMLBlockType != ast.HTMLBlockType2 || block.Lines().Len() == 0 {
		return false
	}
	start := block.Lines().At(0).Start
	lines := block.Lines()
	stop := lines.At(lines.Len() - 1).Stop
	if block.HasClosure() {
		stop = max(stop, block.ClosureLine.Stop)
	}
	src := r.src[start:stop]
	end := bytes.Index(src, []byte("-->"))
	text, ok := bytes.CutPrefix(src[:max(end, 0)], []byte("<!--"))
	text = bytes.TrimLeft(text, " \t\n")
	text, isTerm := bytes.CutPrefix(text, []byte("term:"))
	if !ok || !isTerm {
		return false
	}
	offset := start + bytes.Index(src, text)
	for {
		rest := bytes.TrimLeft(text, " \t\n")
		offset += len(text) - len(rest)
		text = rest
		if len(text) == 0 {
			return true
		}
		key, after, ok := bytes.Cut(text, []byte(`="`))
		value, after, closed := bytes.Cut(after, []byte(`"`))
		if !ok || !closed || bytes.ContainsAny(key, " \t\n\"") {
			r.errorf(r.at(offset), "term", `write key="name; name"`, "this is no key with a value: %q", firstWord(text))
			return true
		}
		r.termKey(t, string(key), string(value), r.at(offset), given)
		offset += len(text) - len(after)
		text = after
	}
}

func firstWord(text []byte) string {
	word, _, _ := bytes.Cut(text, []byte{' '})
	if len(word) > 40 {
		word = word[:40]
		for !utf8.Valid(word) {
			word = word[:len(word)-1]
		}
	}
	return string(word)
}

func (r *reading) termKey(t *Term, key, value string, at diag.Pos, given map[string]bool) {
	var names []string
	for _, name := range strings.FieldsFunc(value, func(c rune) bool { return c == ';' || c == '；' }) {
		if name = strings.Join(strings.Fields(name), " "); name != "" {
			names = append(names, name)
		}
	}
	if given[key] {
		r.errorf(at, "term", "", "key %q is given twice", key)
	}
	given[key] = true
	switch key {
	case "synonyms":
		t.Synonyms = names
	case "deprecated":
		t.Deprecated = names
	case "find":
		t.Find = names
	case "pinyin":
		t.Pinyin = strings.Join(names, " ")
		for _, c := range t.Pinyin {
			if c != ' ' && c != '-' && c != '\'' && (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'z') {
				r.errorf(at, "term", "write it in plain letters, a space between syllables: xiao hong qi", "pinyin with %q", string(c))
				break
			}
		}
	default:
		keys := []string{"synonyms", "deprecated", "find", "pinyin"}
		r.errorf(at, "term", diag.DidYouMean(key, keys, "the keys are"), "unknown key %q of a term", key)
	}
}

// TermScheme is how a link names a term: [text](term:red-flag).
const TermScheme = "term:"

// termLink reports whether a link opens a term's card. In the glossary itself it
// leads to the entry: cards show definitions, and none opens over another.
func (r *reading) termLink(l *ast.Link) (id string, card bool) {
	id, ok := strings.CutPrefix(string(l.Destination), TermScheme)
	return id, ok && !r.doc.Meta.Glossary
}

// AppendTermOpening appends the tag that opens a term's card; </button> ends it.
// The card is the element with the id that TermCard gives.
func AppendTermOpening(b []byte, id string) []byte {
	b = append(b, `<button type="button" class="term" popovertarget="`...)
	b = appendEscaped(b, TermCard(id))
	return append(b, `">`...)
}

// TermCard is the id of a term's card.
func TermCard(id string) string { return "term-" + id }

// Running calls f with every stretch of the document's running text, that of
// its questions and definitions included, and with where it stands in the file.
// The text is HTML's: "&" is "&amp;".
func (d *Document) Running(f func(text []byte, offset int)) {
	walk := func(bodies ...Body) {
		for _, b := range bodies {
			for _, p := range b {
				for _, s := range p.Text {
					if s.Running() {
						f(p.HTML[s.Start:s.End], int(s.Offset))
					}
				}
			}
		}
	}
	walk(d.Body)
	for _, t := range d.Terms {
		walk(t.Definition)
	}
	for _, q := range d.Quizzes {
		walk(q.bodies()...)
	}
}
