package markdown

import (
	"bytes"
	"slices"
	"strings"

	"playbook/generator/internal/diag"
	"playbook/generator/internal/strict"
)

// frontMatter reads the block between two lines "---" at the beginning of the
// file and returns the text with that block blanked: cut out, it would shift
// every position after it.
func (r *reading) frontMatter() []byte {
	src := r.src
	start, stop, end := fenceLines(src)
	if start < 0 {
		r.missingTitle()
		return src
	}
	if stop < 0 {
		if r.opt.Guest { // a line across the page, as Markdown has it
			return src
		}
		r.errorf(r.at(0), "front-matter", `end it with a line "---" before the text`, "the front matter does not end")
		return src
	}
	block := src[start:stop]
	if r.opt.Guest && !looksLikeKeys(block) {
		return src
	}
	o, reader := strict.Read(block, diag.Pos{File: r.file, Line: 2, Col: 1}, "front-matter", "the front matter")
	if o != nil {
		r.meta(o, reader)
	}
	r.diags = append(r.diags, reader.Faults()...)

	blank := slices.Clone(src)
	for i := range end {
		if blank[i] != '\n' {
			blank[i] = ' '
		}
	}
	return blank
}

// fenceLines finds the front matter: its first byte, the byte after its last
// line, and the byte after the closing line. start is -1 without front matter,
// stop -1 when it does not end.
func fenceLines(src []byte) (start, stop, end int) {
	line, rest, more := bytes.Cut(src, []byte{'\n'})
	if !isFence(line) {
		return -1, -1, -1
	}
	start = len(line) + 1
	if !more {
		return start, -1, -1
	}
	for at := start; ; {
		line, after, more := bytes.Cut(rest, []byte{'\n'})
		if isFence(line) {
			return start, at, min(at+len(line)+1, len(src))
		}
		if !more {
			return start, -1, -1
		}
		at += len(line) + 1
		rest = after
	}
}

func isFence(line []byte) bool {
	return bytes.HasPrefix(line, []byte("---")) && len(bytes.TrimRight(line[3:], " \t")) == 0
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

// meta takes what the front matter says.
func (r *reading) meta(o *strict.Object, reader *strict.Reader) {
	m := &r.doc.Meta
	m.Title = o.Text("title")
	if m.Title == "" && !r.opt.Guest {
		o.Missing("title", "every page has a title")
	}
	m.Description = o.Text("description")
	m.Systems = o.TextOrTexts("systems")
	m.Slides = o.Text("slides")
	m.Minutes = o.Whole("minutes", 1)
	m.Tags = o.TextOrTexts("tags")
	m.Aliases = o.TextOrTexts("aliases")
	m.Draft = o.Bool("draft")
	m.Pos = map[string]diag.Pos{}
	for _, key := range []string{"title", "description", "systems", "slides", "minutes", "tags", "aliases", "draft"} {
		if o.Has(key) {
			m.Pos[key] = o.At(key)
		}
	}
	for _, alias := range m.Aliases {
		if !strings.HasPrefix(alias, "/") || strings.Contains(alias, "..") || strings.ContainsAny(alias, "?#\\") {
			reader.Add(o.At("aliases"), "the alias "+quoted(alias)+" is not an address of the site",
				"write it from the site's root, such as /old/name/")
			m.Aliases = nil
		}
	}
	m.Tags = slices.DeleteFunc(m.Tags, func(s string) bool { return s == "" })
	o.End()
}

func quoted(s string) string { return `"` + s + `"` }
