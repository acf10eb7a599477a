package markdown

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"time"

	"playbook/generator/internal/diag"
	"playbook/generator/internal/strict"
)

// frontMatter reads the block between two lines "---" at the beginning of the
// file and returns the text with that block blanked: cut out, it would shift
// every position after it.
func (r *reading) frontMatter() []byte {
	src := r.src
	if r.opt.Guest {
		return r.guestFrontMatter()
	}
	start, stop, end := fenceLines(src, "---")
	if start < 0 {
		r.missingTitle()
		return src
	}
	if stop < 0 {
		r.errorf(r.at(0), "front-matter", `end it with a line "---" before the text`, "the front matter does not end")
		return src
	}
	block := src[start:stop]
	o, reader := strict.Read(block, diag.Pos{File: r.file, Line: 2, Col: 1}, "front-matter", "the front matter")
	if o != nil {
		r.meta(o, reader)
	}
	r.yamlFaults(reader.Faults(), 2, r.at(stop).Line)
	return blanked(src, end)
}

// yamlFaults takes over the faults of a block of YAML between two lines of the
// file. The YAML parser names places beyond a block that breaks off, and an
// empty block at the end of a file has no line of its own.
func (r *reading) yamlFaults(list diag.List, first, last int) {
	last = min(max(first, last), len(r.lines))
	for _, d := range list {
		if d.Pos.Line > last {
			d.Pos.Line, d.Pos.Col = last, 1
		}
		r.diags = append(r.diags, d)
	}
}

// blanked is the text with everything before end made blank space.
func blanked(src []byte, end int) []byte {
	blank := slices.Clone(src)
	for i := range end {
		if blank[i] != '\n' {
			blank[i] = ' '
		}
	}
	return blank
}

// guestFrontMatter is frontMatter for a guest, whose front matter may be in another
// notation, or broken.
func (r *reading) guestFrontMatter() []byte {
	src := r.src
	if f, end, ok := jsonFields(src); ok {
		r.guestMeta(f, r.at(0))
		return blanked(src, end)
	}
	if start, stop, end := fenceLines(src, "+++"); start >= 0 && stop >= 0 {
		r.guestMeta(looseFields(src[start:stop], "="), r.at(0))
		r.doc.Meta.HoldsFolder = holdsFolder(src[start:stop])
		return blanked(src, end)
	}
	for _, mark := range [][2]string{{"---json", "---"}, {";;;", ";;;"}} {
		inner, ok := bytes.CutPrefix(src, []byte(mark[0]+"\n"))
		if stop := bytes.Index(inner, []byte("\n"+mark[1])); ok && stop >= 0 {
			block := bytes.TrimSpace(inner[:stop])
			f, _, ok := jsonFields(block)
			if !ok {
				f = looseFields(block, ":")
			}
			r.guestMeta(f, r.at(0))
			return blanked(src, len(src)-len(inner)+stop+1+len(mark[1]))
		}
	}
	start, stop, end := fenceLines(src, "---")
	if start < 0 {
		return src
	}
	if stop < 0 { // a line across the page, as Markdown has it, or keys that do not end
		block, _, _ := bytes.Cut(src[min(start, len(src)):], []byte("\n\n"))
		if looksLikeKeys(block) {
			r.guestOrder(looseFields(block, ":"), r.at(0))
		}
		return src
	}
	block := src[start:stop]
	if !looksLikeKeys(block) {
		return src
	}
	r.doc.Meta.HoldsFolder = holdsFolder(block)
	o, reader := strict.Read(block, diag.Pos{File: r.file, Line: 2, Col: 1}, "front-matter", "the front matter")
	if o == nil {
		r.guestMeta(looseFields(block, ":"), r.at(0))
	} else {
		r.meta(o, reader)
	}
	r.yamlFaults(reader.Faults(), 2, r.at(stop).Line)
	return blanked(src, end)
}

// fenceLines finds the front matter between two lines of a mark: its first byte, the byte after its last
// line, and the byte after the closing line. start is -1 without front matter,
// stop -1 when it does not end.
func fenceLines(src []byte, mark string) (start, stop, end int) {
	line, rest, more := bytes.Cut(src, []byte{'\n'})
	if !isFence(line, mark) {
		return -1, -1, -1
	}
	start = len(line) + 1
	if !more {
		return start, -1, -1
	}
	for at := start; ; {
		line, after, more := bytes.Cut(rest, []byte{'\n'})
		if isFence(line, mark) {
			return start, at, min(at+len(line)+1, len(src))
		}
		if !more {
			return start, -1, -1
		}
		at += len(line) + 1
		rest = after
	}
}

func isFence(line []byte, mark string) bool {
	return bytes.HasPrefix(line, []byte(mark)) && len(bytes.TrimRight(line[len(mark):], " \t")) == 0
}

// looksLikeKeys tells front matter from a text between two lines across the page.
func looksLikeKeys(block []byte) bool {
	for line := range bytes.Lines(block) {
		line = bytes.TrimSpace(line)
		if len(line) == 0 || line[0] == '#' {
			continue
		}
		return bytes.IndexByte(line, ':') > 0
	}
	return true
}

func (r *reading) missingTitle() {
	if !r.opt.Guest {
		r.errorf(diag.Pos{File: r.file, Line: 1, Col: 1}, "front-matter",
			"begin the file with:\n---\ntitle: …\n---", "there is no front matter")
	}
}

var metaKeys = []string{"title", "description", "systems", "slides", "keywords", "minutes", "tags", "aliases", "date", "updated", "source", "draft", "glossary"}

// meta takes what the front matter says.
func (r *reading) meta(o *strict.Object, reader *strict.Reader) {
	m := &r.doc.Meta
	m.Title = r.opt.Language.typeset(o.Text("title"))
	if m.Title == "" && !r.opt.Guest {
		o.Missing("title", "every page has a title")
	}
	m.Description = r.opt.Language.typeset(o.Text("description"))
	m.Systems = o.TextOrTexts("systems")
	m.Slides = o.Text("slides")
	m.Keywords = o.TextOrTexts("keywords")
	m.Minutes = o.Whole("minutes", 1)
	m.Tags = slices.DeleteFunc(o.TextOrTexts("tags"), func(s string) bool { return s == "" })
	for _, e := range o.Entries("aliases", 0) {
		m.Aliases = append(m.Aliases, Alias{Address: e.Value, Pos: e.ValueAt})
	}
	if !r.opt.Guest {
		m.Draft = o.Bool("draft")
		m.Date, m.Updated = day(o, "date"), day(o, "updated")
		m.Source = o.Text("source")
		if image := o.Text("image"); image != "" {
			m.Image = &Link{Pos: o.At("image"), Dest: image, Image: true}
			r.doc.Links = append(r.doc.Links, m.Image)
		}
	}
	m.Glossary = o.Bool("glossary")
	m.Pos = map[string]diag.Pos{}
	for _, key := range metaKeys {
		if o.Has(key) {
			m.Pos[key] = o.At(key)
		}
	}
	if !r.opt.Guest {
		o.End()
		return
	}
	f := fields{}
	for _, key := range o.Keys() {
		if name := strings.ToLower(key); slices.Contains(heldKeys, name) {
			f[name] = o.TextOrTexts(key)
			if o.Get(key) != nil && len(f[name]) == 0 {
				f[name] = []string{"?"} // in doubt it is held back
			}
		}
	}
	for _, key := range slices.Concat(weightKeys, addressKeys, dayKeys) {
		if o.Has(key) {
			f[key] = o.TextOrTexts(key)
		}
	}
	r.guestOrder(f, m.Pos["title"])
	for _, key := range o.Keys() {
		if !slices.Contains(metaKeys, key) && !slices.Contains(guestKeys, key) && f[strings.ToLower(key)] == nil {
			r.unknownKey(o.At(key), key)
		}
	}
}

// day is a key's value if it is a day.
func day(o *strict.Object, key string) string {
	s := o.Text(key)
	if _, err := time.Parse(time.DateOnly, s); err != nil && s != "" {
		o.Add(key, fmt.Sprintf("%q must be a day, not %q", key, s), "write one such as 2027-05-31")
		return ""
	}
	return s
}
